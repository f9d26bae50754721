//! What topics, roles and the site's own taxonomies show: their pages' lists, rows of «Om denne side», the front page's
//! ways in, and what lists can be narrowed to.
//!
//! Which pages a term has was found once in `resolve`; here it only becomes views.

use super::Planner;
use super::pages::child_view;
use crate::model::config::Taxonomy;
use crate::model::front_matter::{FrontMatter, Kind};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{Listing, Page};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A list is narrowed by role from this many pages and this many roles.
const FILTER_PAGES: usize = 6;
const FILTER_ROLES: usize = 2;

/// What readers look for first comes first.
const KINDS: [Kind; 9] = [
    Kind::Guide,
    Kind::Method,
    Kind::Checklist,
    Kind::Case,
    Kind::Model,
    Kind::Aspect,
    Kind::CoreElement,
    Kind::Value,
    Kind::Page,
];

/// The lead of a page that is made: how much it lists, or what it is for.
pub fn lead(planner: &Planner, page: &Page) -> Option<Arc<str>> {
    let listing = page.listing.as_ref().filter(|_| page.document.is_none())?;
    let taxonomy = &planner.site.config.taxonomies[listing.place.taxonomy];
    let texts = planner.texts(page);
    match (listing.place.term, taxonomy.name.value.as_str()) {
        (Some(_), _) => count(planner, page).map(Arc::from),
        (None, Taxonomy::TOPICS) => Some(texts.text("topics_lead").into()),
        (None, Taxonomy::ROLES) => Some(texts.text("roles_lead").into()),
        (None, _) => None,
    }
}

/// «12 sider», for the page of a term that has any.
pub fn count(planner: &Planner, page: &Page) -> Option<String> {
    let listing = page.listing.as_ref()?;
    let count = listing.pages.len();
    let is_told = listing.place.term.is_some() && count > 0;
    is_told.then(|| planner.texts(page).numbered("pages_count", count))
}

/// What a taxonomy's page lists.
pub fn listing(planner: &Planner, page: &Page) -> Option<ListingView> {
    let listing = page.listing.as_ref()?;
    let groups = match listing.place.term {
        Some(_) => by_kind(planner, page, &listing.pages),
        None if listing.pages.is_empty() => Vec::new(),
        None => vec![GroupView {
            title: String::new(),
            items: rows(planner, &listing.pages),
        }],
    };
    let view = ListingView {
        count: count(planner, page).filter(|_| page.document.is_some()),
        groups,
        marked: marked(planner, page, listing),
    };
    (!view.groups.is_empty() || view.marked.is_some()).then_some(view)
}

fn rows(planner: &Planner, pages: &[PageId]) -> Vec<ChildView> {
    let view = |id: &PageId| child_view(planner, planner.site.page(*id));
    pages.iter().map(view).collect()
}

fn by_kind(planner: &Planner, page: &Page, pages: &[PageId]) -> Vec<GroupView> {
    let site = planner.site;
    let group = |kind: &Kind| {
        let of_kind: Vec<PageId> = pages
            .iter()
            .copied()
            .filter(|id| site.page(*id).kind == *kind)
            .collect();
        let key = format!("kinds_{}", kind.name().replace('-', "_"));
        (!of_kind.is_empty()).then(|| GroupView {
            title: planner.texts(page).text(&key).to_string(),
            items: rows(planner, &of_kind),
        })
    };
    KINDS.iter().filter_map(group).collect()
}

/// «Særligt for lærere»: the boxes for a role in other pages' texts.
fn marked(planner: &Planner, page: &Page, listing: &Listing) -> Option<MarkedView> {
    let site = planner.site;
    let taxonomy = &site.config.taxonomies[listing.place.taxonomy];
    let role = taxonomy.terms[listing.place.term?].plural_in(&site.language(page).code);
    let link = |(id, place): &(PageId, Option<_>)| {
        let target = site.page(*id);
        let url = planner.url(target);
        match place.map(|place| site.heading(target, place)) {
            Some((heading, anchor)) => LinkView {
                title: format!("{}: {heading}", target.title).into(),
                url: format!("{url}#{anchor}").into(),
            },
            None => LinkView {
                title: Arc::clone(&target.title),
                url,
            },
        }
    };
    (!listing.marked.is_empty()).then(|| MarkedView {
        title: planner
            .texts(page)
            .filled("callout_role", &[("role", role)]),
        links: listing.marked.iter().map(link).collect(),
    })
}

/// The headings of a list, for the table of contents.
pub fn headings(listing: &ListingView) -> impl Iterator<Item = TocItem> {
    let item = |id: String, title: &str| TocItem {
        id: id.into(),
        title: title.into(),
        items: Vec::new(),
    };
    let groups = listing
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| !group.title.is_empty())
        .map(move |(i, group)| item(format!("vv-group-{}", i + 1), &group.title));
    let marked = listing.marked.iter();
    groups.chain(marked.map(move |marked| item("vv-marked".to_string(), &marked.title)))
}

/// Whether the front page leads to a page in another way than by a card: roles by a row of their own; what is made, for
/// nobody asked for it to stand among the site's own sections.
pub fn has_no_card(planner: &Planner, page: &Page) -> bool {
    page.listing.as_ref().is_some_and(|listing| {
        let taxonomy = &planner.site.config.taxonomies[listing.place.taxonomy];
        page.document.is_none() || taxonomy.name.value == Taxonomy::ROLES
    })
}

/// «Jeg er …»: the roles that have pages, by the names of the roles.
pub fn roles(planner: &Planner, home: &Page) -> Vec<LinkView> {
    let site = planner.site;
    let mut roles = Vec::new();
    for (index, taxonomy) in site.config.taxonomies.iter().enumerate() {
        if taxonomy.name.value == Taxonomy::ROLES {
            let ids = taxonomy.terms.iter().enumerate();
            roles.extend(ids.filter_map(|(term, _)| term_link(planner, home, index, term)));
        }
    }
    roles
}

/// A term by its own name, with a link to its page in the language of `page`.
fn term_link(planner: &Planner, page: &Page, taxonomy: usize, term: usize) -> Option<LinkView> {
    let site = planner.site;
    let at = site.term_pages.get(&(taxonomy, term, page.language))?;
    let title = &site.config.taxonomies[taxonomy].terms[term].title;
    Some(LinkView {
        title: title.in_language(&site.language(page).code).into(),
        url: planner.url(site.page(*at)),
    })
}

/// «Målgruppe», «Emner» and the site's own: what a page is tagged with.
pub fn about_rows(planner: &Planner, page: &Page, fm: &FrontMatter) -> Vec<AboutRow> {
    let config = &planner.site.config;
    let texts = planner.texts(page);
    let language = &planner.site.language(page).code;
    let mut taxonomies: Vec<(usize, &Taxonomy)> = config.taxonomies.iter().enumerate().collect();
    taxonomies.sort_by_key(|(_, taxonomy)| match taxonomy.name.value.as_str() {
        Taxonomy::ROLES => 0,
        Taxonomy::TOPICS => 1,
        _ => 2,
    });
    let mut rows = Vec::new();
    for (index, taxonomy) in taxonomies {
        let (mut links, mut plain) = (Vec::new(), Vec::new());
        for name in fm.terms(&taxonomy.name.value) {
            let Some(term) = taxonomy.position(&name.value) else {
                continue;
            };
            let link = term_link(planner, page, index, term);
            match link.filter(|link| link.url != planner.url(page)) {
                Some(link) => links.push(link),
                // The term's own page; or one that no longer holds, the only one of its topic.
                None => plain.push(taxonomy.terms[term].title.in_language(language)),
            }
        }
        let label = match taxonomy.name.value.as_str() {
            Taxonomy::ROLES => texts.text("about_roles").to_string(),
            Taxonomy::TOPICS => texts.text("about_topics").to_string(),
            _ => taxonomy.title_in(language),
        };
        if !links.is_empty() || !plain.is_empty() {
            rows.push(AboutRow {
                label,
                text: Some(plain.join(", ")).filter(|text| !text.is_empty()),
                links,
                ..AboutRow::default()
            });
        }
    }
    rows
}

/// The ids of a page's roles with spaces between, for the filter.
pub fn role_ids(planner: &Planner, fm: &FrontMatter) -> String {
    let Some(roles) = planner.site.config.taxonomy(Taxonomy::ROLES) else {
        return String::new();
    };
    let is_named = |id: &&str| fm.roles.iter().any(|role| role.value == *id);
    let named: Vec<&str> = roles.ids().filter(is_named).collect();
    named.join(" ")
}

/// Decides whether the page's lists can be narrowed by role. The page of a role is for that role already.
pub fn add_filter(planner: &Planner, page: Option<&Page>, language: &str, view: &mut PageView) {
    let roles = planner.site.config.taxonomy(Taxonomy::ROLES);
    let is_of_role = page
        .and_then(|page| page.listing.as_ref())
        .is_some_and(|listing| {
            let taxonomy = &planner.site.config.taxonomies[listing.place.taxonomy];
            taxonomy.name.value == Taxonomy::ROLES
        });
    let mut count = 0;
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for row in view.rows() {
        count += 1;
        found.extend(row.roles.split(' '));
    }
    let terms = roles.iter().flat_map(|roles| &roles.terms);
    let choices: Vec<ChoiceView> = terms
        .filter(|term| found.contains(term.id.value.as_str()))
        .map(|term| ChoiceView {
            value: term.id.value.clone(),
            title: term.title.in_language(language).to_string(),
        })
        .collect();
    if !is_of_role && count >= FILTER_PAGES && choices.len() >= FILTER_ROLES {
        view.filter = Some(RoleFilterView {
            count,
            roles: choices,
        });
    } else {
        view.rows_mut().for_each(|row| row.roles.clear());
    }
}
