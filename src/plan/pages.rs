//! The view of one page: what all kinds share. What is the kind's own is in `kinds.rs`.

use super::urls::absolute;
use super::{
    Planner, about, accessibility, changes, entries, figures, guides, kinds, linked_data, matrices,
    my_lists, redirects, sites, sources, status, storage, taxonomies, where_used,
};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{FrontMatter, Kind};
use crate::model::graph::group_anchor;
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::escape::Base;
use crate::text::span::Span;
use std::sync::Arc;

/// A page with more words than this gets a link back to its top.
const LONG_PAGE: u32 = 1200;
/// A table of contents is shown from this many headings of the second level.
const TOC_HEADINGS: usize = 3;

/// Plans one page.
pub fn page(planner: &Planner, page: &Page, nav: Option<usize>, diags: &mut Diagnostics) -> Output {
    static NO_FRONT_MATTER: std::sync::LazyLock<FrontMatter> =
        std::sync::LazyLock::new(FrontMatter::default);
    let site = planner.site;
    if let Some(redirect) = redirects::superseded(planner, page) {
        return redirect;
    }
    let fm = site.front_matter(page).unwrap_or(&NO_FRONT_MATTER);
    let fm = &*status::told(page, fm);
    let template = template(planner, page, fm, diags);
    let shown: Vec<PageId> = page
        .children
        .iter()
        .copied()
        .filter(|child| site.page(*child).kind.is_entry())
        .collect();
    let mut view = common(planner, page, fm, &template);
    kinds::fill(planner, page, fm, &mut view);
    view.guides = guides::of_page(planner, page);
    view.accessibility = accessibility::view(planner, page);
    if template == storage::TEMPLATE {
        view.storage = storage::rows(planner, page);
    }
    entries::fill(planner, page, &shown, &mut view);
    where_used::fill(planner, page, fm, &mut view);
    view.matrices = matrices::of(planner, page, fm);
    taxonomies::add_filter(planner, Some(page), &site.language(page).code, &mut view);
    view.linked_data = Some(linked_data::text(planner, page, fm, &view));
    Output {
        path: format!("{}index.html", page.address).into(),
        maker: Maker::Page(Box::new(PageOutput {
            template: format!("{template}.html").into(),
            site: usize::from(page.language),
            nav,
            body: Some(page.id),
            entries: shown,
            base: Base::Folder(Arc::clone(&page.address)),
            current: current(planner, page),
            view,
        })),
    }
}

/// The template: the author's, else the one of what the page is, else of its kind.
fn template(planner: &Planner, page: &Page, fm: &FrontMatter, diags: &mut Diagnostics) -> String {
    let has = |name: &str| {
        planner
            .theme
            .templates
            .contains_key(format!("{name}.html").as_str())
    };
    if let Some(wanted) = &fm.template {
        let name = wanted.value.trim_end_matches(".html");
        if has(name) {
            return name.to_string();
        }
        if !planner.site.config.is_lenient
            && let Some(document) = page.document
        {
            let names: Vec<&str> = planner
                .theme
                .templates
                .keys()
                .filter_map(|name| name.strip_suffix(".html"))
                .collect();
            let span = Span::new(
                planner.site.documents[document.index()].file,
                wanted.range.clone(),
            );
            diags
                .add(Code::TemplateUnknown, span)
                .arg("name", name)
                .nearest(name, names);
        }
    }
    let entry_kind = page
        .children
        .iter()
        .map(|child| planner.site.page(*child).kind)
        .find(|kind| kind.is_entry());
    let name = match (status::shown_kind(page), entry_kind) {
        _ if planner.site.language(page).home == page.id => "front",
        (Kind::Page, Some(Kind::Term)) => "glossary",
        (Kind::Page, Some(Kind::Source)) => "sources",
        (Kind::Page, _) if page.is_section => "section",
        (kind, _) => kind.name(),
    };
    if has(name) {
        name.to_string()
    } else {
        "page".to_string()
    }
}

fn common(planner: &Planner, page: &Page, fm: &FrontMatter, template: &str) -> PageView {
    let site = planner.site;
    let texts = planner.texts(page);
    let language = site.language(page);
    let document = page.document.map(|id| site.document(id));
    let is_home = language.home == page.id;
    let has_body = page.has_body();
    let listing = taxonomies::listing(planner, page);
    let lead = taxonomies::lead(planner, page).or_else(|| page.description.clone());
    PageView {
        kind: status::shown_kind(page).name(),
        template: template.to_string(),
        title: Arc::clone(&page.title),
        head_title: head_title(planner, page, is_home),
        short_title: planner.short_title(page),
        description: page.description.clone().or_else(|| {
            is_home
                .then(|| language.description.as_deref().map(Arc::from))
                .flatten()
        }),
        lead,
        language: language.code.clone(),
        direction: "ltr",
        url: planner.url(page),
        canonical: absolute(sites::base_url(planner), &page.address),
        open_graph: open_graph(planner, page, is_home),
        noindex: fm.is_noindex || fm.is_draft || !page.status.is_current(),
        generated: page.document.is_none(),
        breadcrumbs: breadcrumbs(planner, page),
        notice: notice(planner, page, fm),
        status: status::view(planner, page, fm),
        meta: about::meta(planner, page, fm),
        toc: toc(planner, page, fm, listing.as_ref()),
        key_points: fm.key_points.clone(),
        evidence: fm
            .evidence
            .as_ref()
            .map(|evidence| about::evidence(planner, page, evidence)),
        figures: figures::of_page(planner, page),
        citations: sources::citations(planner, page),
        related: related(planner, page, fm),
        children: children(planner, page),
        listing,
        roles: if is_home {
            taxonomies::roles(planner, page)
        } else {
            Vec::new()
        },
        about: about::rows(planner, page, fm),
        basis_changed: site
            .changed_basis(page)
            .into_iter()
            .map(|basis| planner.link(basis.page))
            .collect(),
        history: changes::history(planner, page, fm),
        begun_lists: if is_home {
            my_lists::begun(planner, usize::from(page.language))
        } else {
            Vec::new()
        },
        news: if is_home {
            changes::news(planner, usize::from(page.language))
        } else {
            Vec::new()
        },
        prev: page.previous.map(|id| planner.short_link(site.page(id))),
        next: page.next.map(|id| planner.short_link(site.page(id))),
        to_top: has_body && document.is_some_and(|document| document.words > LONG_PAGE),
        translations: page
            .translations
            .iter()
            .map(|id| site.page(*id))
            .filter(|other| other.status.is_current())
            .map(|other| {
                let code = site.language(other).code.clone();
                LanguageView {
                    title: planner.texts(other).text("language_name").to_string(),
                    code,
                    url: planner.url(other),
                }
            })
            .collect(),
        kicker: (has_body && page.kind == Kind::Case).then(|| texts.text("case_label").to_string()),
        ..PageView::default()
    }
}

/// What other sites show of a page that is linked there. Only where the site's address is known: it must be absolute.
fn open_graph(planner: &Planner, page: &Page, is_home: bool) -> Option<OpenGraphView> {
    let url = absolute(sites::base_url(planner), &page.address)?;
    Some(OpenGraphView {
        kind: if is_home { "website" } else { "article" },
        url,
        locale: planner.texts(page).text("og_locale").to_string(),
    })
}

/// «Page – site»; with the section in between where two pages have the same title.
fn head_title(planner: &Planner, page: &Page, is_home: bool) -> String {
    let site_title = &planner.site.language(page).title;
    if is_home {
        return site_title.clone();
    }
    let section = page
        .parent
        .map(|parent| planner.site.page(parent))
        .filter(|_| planner.shared_titles.contains_key(&page.title));
    match section {
        Some(section) => format!("{} – {} – {site_title}", page.title, section.title),
        None => format!("{} – {site_title}", page.title),
    }
}

fn notice(planner: &Planner, page: &Page, fm: &FrontMatter) -> Option<NoticeView> {
    fm.is_draft.then(|| NoticeView {
        text: planner.texts(page).text("draft_notice").to_string(),
    })
}

/// From the front page down to the section the page lies in.
fn breadcrumbs(planner: &Planner, page: &Page) -> Vec<LinkView> {
    let site = planner.site;
    let home = site.language(page).home;
    if page.id == home {
        return Vec::new();
    }
    let mut line = Vec::new();
    let mut at = page.parent;
    while let Some(id) = at.filter(|id| *id != home) {
        line.push(planner.short_link(site.page(id)));
        at = site.page(id).parent;
    }
    line.push(LinkView {
        title: planner.texts(page).text("home").into(),
        url: planner.url(site.page(home)),
    });
    line.reverse();
    line
}

/// The addresses that menus mark: the page, then every section it lies in, but not the front page.
fn current(planner: &Planner, page: &Page) -> Vec<Arc<str>> {
    let home = planner.site.language(page).home;
    let mut current = vec![planner.url(page)];
    let mut at = page.parent.filter(|_| page.id != home);
    while let Some(id) = at.filter(|id| *id != home) {
        current.push(planner.url(planner.site.page(id)));
        at = planner.site.page(id).parent;
    }
    current
}

fn toc(
    planner: &Planner,
    page: &Page,
    fm: &FrontMatter,
    listing: Option<&ListingView>,
) -> Vec<TocItem> {
    if fm.toc == Some(false) {
        return Vec::new();
    }
    let mut items = Vec::new();
    for piece in &page.pieces {
        let headings = planner
            .site
            .document(piece.document)
            .headings
            .iter()
            .zip(&piece.heading_ids);
        let shown = headings.filter(|(heading, _)| {
            heading.level == 2 && piece.range.contains(&heading.range.start)
        });
        items.extend(shown.map(|(heading, id)| TocItem {
            id: Arc::clone(id),
            title: heading.text.as_str().into(),
            items: Vec::new(),
        }));
    }
    items.extend(page.collected.iter().map(|group| {
        let owner = planner.site.page(group.owner);
        TocItem {
            id: group_anchor(owner).into(),
            title: planner.short_title(owner),
            items: Vec::new(),
        }
    }));
    items.extend(listing.into_iter().flat_map(taxonomies::headings));
    let least = if fm.toc == Some(true) {
        1
    } else {
        TOC_HEADINGS
    };
    if items.len() < least {
        Vec::new()
    } else {
        items
    }
}

fn related(planner: &Planner, page: &Page, fm: &FrontMatter) -> Vec<RelatedView> {
    let texts = planner.texts(page);
    let view = |related: &crate::model::front_matter::Related| {
        let target = planner.site.target(page, &related.to)?;
        Some(RelatedView {
            title: Arc::clone(&target.title),
            url: planner.url(target),
            why: related.why.clone(),
            label: texts.text(related.relation.text_key()).to_string(),
            editorial: related.is_editorial,
        })
    };
    fm.related.iter().filter_map(view).collect()
}

/// The most cards of a front page: more than a reader takes in at once is a list, and lists are the menu's.
const MOST_CARDS: usize = 6;

/// The pages below a page, but for those that it leads to in a way of their own. Where the author wrote a menu, its
/// first entries are the front page's ways in.
fn children(planner: &Planner, page: &Page) -> Vec<ChildView> {
    if planner.site.config.menu.is_some() && page.id == planner.site.languages[0].home {
        let menu = planner.site.languages[0].menu.iter();
        let pages = menu.map(|entry| planner.site.page(entry.page));
        let cards = pages.filter(|entry| entry.id != page.id).take(MOST_CARDS);
        return cards.map(|card| child_view(planner, card)).collect();
    }
    let children = page.children.iter().map(|id| planner.site.page(*id));
    let is_listed = |child: &&Page| match &child.listing {
        None => true,
        Some(listing) if listing.place.term.is_some() => page.listing.is_none(),
        Some(_) => !taxonomies::has_no_card(planner, child),
    };
    children
        .filter(|child| !child.kind.is_entry() && child.language == page.language)
        .filter(is_listed)
        .map(|child| child_view(planner, child))
        .collect()
}

/// A page in a list: title, one sentence, kind, review date.
pub fn child_view(planner: &Planner, page: &Page) -> ChildView {
    let fm = planner.site.front_matter(page);
    let reviewed = fm.and_then(|fm| fm.reviewed.as_ref());
    ChildView {
        title: Arc::clone(&page.title),
        url: planner.url(page),
        description: page.description.clone(),
        kind: page.kind.name(),
        reviewed: reviewed.map(|date| about::date_view(planner, page, date.value)),
        count: taxonomies::count(planner, page),
        roles: fm
            .map(|fm| taxonomies::role_ids(planner, fm))
            .unwrap_or_default(),
    }
}
