//! Booklets: the whole of a language's guidance as one page, and each guide as one.
//!
//! In: the pages that are chapters, in order. Out: where every address leads within the booklet, the numbers of the
//! sources, and the contents. The chapters' views are those of their own pages.

mod chapters;

pub use chapters::whole;

use super::{Planner, about, entries, lists, sites, sources};
use crate::model::front_matter::Kind;
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{LinkTarget, Page, Site};
use crate::text::escape::{Base, escaped_keeping_root};
use crate::text::slug;
use chapters::{guide_chapters, has_sources};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// From so many words a chapter begins a new page on paper.
const LONG_CHAPTER: u32 = 300;
/// The id of the sources' chapter.
const SOURCES: &str = "vv-sources";
/// The id of a guide's chapter of terms.
const TERMS: &str = "vv-terms";

/// The way to the whole guidance of a language.
pub fn link(planner: &Planner, language: usize) -> Option<LinkView> {
    let texts = planner.texts[language];
    let has_one = !planner.booklets[language].is_empty();
    has_one.then(|| LinkView {
        title: texts.text("booklet_link").into(),
        url: sites::generated_address(planner, &folder(planner, language)).into(),
    })
}

fn folder(planner: &Planner, language: usize) -> String {
    let slug = slug::slug(planner.texts[language].text("booklet_folder"));
    format!("{}{slug}/", planner.site.languages[language].folder)
}

/// The way to a guide as one page.
pub fn guide_link(planner: &Planner, guide: &Page) -> Option<LinkView> {
    let chapters = guide_chapters(planner.site, guide)?;
    let has_one = !chapters.is_empty();
    has_one.then(|| LinkView {
        title: planner.texts(guide).text("booklet_guide_link").into(),
        url: sites::generated_address(planner, &guide_folder(planner, guide)).into(),
    })
}

fn guide_folder(planner: &Planner, guide: &Page) -> String {
    let slug = slug::slug(planner.texts(guide).text("booklet_guide_folder"));
    format!("{}{slug}/", guide.address)
}

/// All booklets.
pub fn outputs(planner: &Planner) -> Vec<Output> {
    let site = planner.site;
    let languages = 0..site.languages.len();
    let mut outputs: Vec<Output> = languages
        .filter_map(|language| whole_output(planner, language))
        .collect();
    let guides = site.pages.iter().filter(|page| page.kind == Kind::Guide);
    outputs.extend(guides.filter_map(|guide| guide_output(planner, guide)));
    outputs
}

fn whole_output(planner: &Planner, language: usize) -> Option<Output> {
    if planner.booklets[language].is_empty() {
        return None;
    }
    let own = &planner.site.languages[language];
    let home = planner.site.page(own.home);
    Some(booklet(
        planner,
        &planner.booklets[language],
        home,
        Front {
            label: planner.texts[language].text("booklet_title").into(),
            title: own.title.as_str().into(),
            lead: own.description.as_deref().map(Arc::from),
            folder: folder(planner, language),
            crumbs: vec![home.id],
        },
    ))
}

fn guide_output(planner: &Planner, guide: &Page) -> Option<Output> {
    let site = planner.site;
    let chapters = guide_chapters(site, guide).filter(|chapters| !chapters.is_empty())?;
    let mut crumbs = vec![guide.id];
    let home = site.language(guide).home;
    while let Some(parent) = site.page(crumbs[crumbs.len() - 1]).parent {
        crumbs.push(parent);
        if parent == home {
            break;
        }
    }
    crumbs.reverse();
    Some(booklet(
        planner,
        &chapters,
        guide,
        Front {
            label: planner.texts(guide).text("booklet_guide_title").into(),
            title: Arc::clone(&guide.title),
            lead: guide.description.clone(),
            folder: guide_folder(planner, guide),
            crumbs,
        },
    ))
}

/// What stands on the front of a booklet.
struct Front {
    label: Arc<str>,
    title: Arc<str>,
    lead: Option<Arc<str>>,
    folder: String,
    /// The pages it lies below, from the front page down.
    crumbs: Vec<PageId>,
}

/// A booklet of `pages`; `of` is the page it is the whole of, which stands first as the introduction.
fn booklet(planner: &Planner, pages: &[PageId], of: &Page, front: Front) -> Output {
    let site = planner.site;
    let language = usize::from(of.language);
    let mut chapters = page_chapters(planner, pages, of);
    let mut places = Places::default();
    for (chapter, id) in chapters.iter().zip(pages) {
        let address = address(planner, site.page(*id));
        places.chapters.insert(address, chapter.anchor.clone());
    }
    let terms = if of.kind == Kind::Guide {
        terms_of(site, pages)
    } else {
        Vec::new()
    };
    for term in &terms {
        let id = format!("{TERMS}.{}", entries::anchor(site.page(*term)));
        places
            .entries
            .insert(address(planner, site.page(*term)), id);
    }
    let source_numbers = numbers(site, pages, &terms);
    for (source, number) in &source_numbers {
        let id = sources::booklet_anchor(*number);
        places
            .entries
            .insert(address(planner, site.page(*source)), id);
    }
    if !terms.is_empty() {
        chapters.push(own_chapter(planner, of, TERMS, "kinds_term", |view| {
            entries::fill(planner, of, &terms, view);
            // Where else they are used is nothing to those who read the guide.
            let letters = view
                .glossary
                .iter_mut()
                .flat_map(|found| &mut found.letters);
            for term in letters.flat_map(|letter| &mut letter.terms) {
                term.used_on.clear();
                term.used_more = None;
            }
        }));
        if let ChapterContent::Own(page) = &mut chapters[pages.len()].content {
            page.entries = terms;
        }
    }
    if !source_numbers.is_empty() {
        let last = pages.len() - 1;
        if !has_sources(site, pages[last]) {
            chapters.push(own_chapter(planner, of, SOURCES, "citations_title", |_| {}));
        }
        if let Some(last) = chapters.last_mut() {
            last.has_sources = true;
        }
    }
    let contents = contents(planner, pages, &chapters);
    let changed = pages.iter().filter_map(|id| {
        let fm = site.front_matter(site.page(*id))?;
        about::last_changed(fm, site.today)
    });
    let shared = lists::generated_view(planner, language, "booklet", front.title, &front.folder);
    let view = PageView {
        head_title: format!("{}: {}", front.label, shared.head_title),
        short_title: Arc::clone(&front.label),
        lead: front.lead,
        noindex: true,
        breadcrumbs: front
            .crumbs
            .iter()
            .map(|id| crumb(planner, site.page(*id)))
            .collect(),
        booklet: Some(BookletView {
            label: front.label,
            publisher: site.config.publisher.clone(),
            changed: changed
                .max()
                .map(|date| about::date_view(planner, of, date)),
            contents,
        }),
        ..shared
    };
    let mut output = lists::folder_page(&front.folder, language, view);
    output.maker = match output.maker {
        Maker::Page(page) => Maker::Booklet(Box::new(Booklet {
            page: *page,
            chapters,
            places,
            sources: sources::of_booklet(planner, of, &source_numbers, pages),
            source_numbers,
        })),
        other => other,
    };
    output
}

/// A page above the booklet, in the words of the line that leads to it.
fn crumb(planner: &Planner, page: &Page) -> LinkView {
    let is_home = planner.site.language(page).home == page.id;
    LinkView {
        title: match is_home {
            true => planner.texts(page).text("home").into(),
            false => planner.short_title(page),
        },
        url: planner.url(page),
    }
}

/// One chapter for each page, with an id that no other has.
fn page_chapters(planner: &Planner, pages: &[PageId], of: &Page) -> Vec<Chapter> {
    let site = planner.site;
    let mut taken = BTreeSet::new();
    let chapter = |id: &PageId| {
        let page = site.page(*id);
        let slug = slug::slug(&page.address.trim_end_matches('/').replace('/', " "));
        let stem = match slug.as_str() {
            "" => planner.texts(of).text("home").to_lowercase(),
            slug if slug.starts_with("vv-") => format!("p-{slug}"),
            slug => slug.to_string(),
        };
        let mut anchor = stem.clone();
        let mut n = 1;
        while !taken.insert(anchor.clone()) {
            n += 1;
            anchor = format!("{stem}-{n}");
        }
        let words = page
            .pieces
            .iter()
            .map(|piece| site.document(piece.document).words);
        let is_top = page.parent == Some(site.language(page).home);
        Chapter {
            anchor,
            title: (page.id == of.id).then(|| planner.texts(of).text("booklet_intro").to_string()),
            is_new_page: is_top || of.kind == Kind::Guide || words.sum::<u32>() >= LONG_CHAPTER,
            has_sources: false,
            content: ChapterContent::Page(page.id),
        }
    };
    pages.iter().map(chapter).collect()
}

/// A chapter that no page of its own is behind.
fn own_chapter(
    planner: &Planner,
    of: &Page,
    anchor: &str,
    title: &str,
    fill: impl FnOnce(&mut PageView),
) -> Chapter {
    let title: Arc<str> = planner.texts(of).text(title).into();
    let mut view = PageView {
        kind: "page",
        short_title: Arc::clone(&title),
        title,
        language: planner.site.language(of).code.clone(),
        generated: true,
        ..PageView::default()
    };
    fill(&mut view);
    Chapter {
        anchor: anchor.to_string(),
        title: None,
        is_new_page: true,
        has_sources: false,
        content: ChapterContent::Own(Box::new(PageOutput {
            template: "chapter.html".into(),
            site: usize::from(of.language),
            nav: None,
            body: None,
            entries: Vec::new(),
            base: Base::Folder(Arc::clone(&of.address)),
            current: Vec::new(),
            view,
        })),
    }
}

/// A page's address as it stands in finished HTML.
fn address(planner: &Planner, page: &Page) -> String {
    escaped_keeping_root(&planner.url(page))
}

/// The terms that the texts of some pages lead to, in the order of the site.
fn terms_of(site: &Site, pages: &[PageId]) -> Vec<PageId> {
    let pieces = pages.iter().flat_map(|id| &site.page(*id).pieces);
    let used = pieces.flat_map(|piece| {
        let links = piece.links.iter().filter_map(|link| match link {
            LinkTarget::Page { page, .. } => Some(*page),
            _ => None,
        });
        links.chain(piece.terms.iter().map(|term| term.page))
    });
    let terms: BTreeSet<PageId> = used
        .filter(|id| site.page(*id).kind == Kind::Term)
        .collect();
    terms.into_iter().collect()
}

/// The sources' numbers: those cited first, in the order of the text, then those that the pages rest on otherwise.
fn numbers(site: &Site, pages: &[PageId], terms: &[PageId]) -> HashMap<PageId, u32> {
    let mut numbers = HashMap::new();
    let entries = pages.iter().flat_map(|id| &site.page(*id).children);
    let entries = entries.filter(|id| site.page(**id).kind == Kind::Term);
    let all: Vec<&Page> = pages
        .iter()
        .chain(entries)
        .chain(terms)
        .map(|id| site.page(*id))
        .collect();
    let cited = all.iter().flat_map(|page| &page.citations);
    let rested_on = all.iter().flat_map(|page| &page.rests_on);
    for source in cited
        .map(|citation| citation.source)
        .chain(rested_on.copied())
    {
        let next = numbers.len() as u32 + 1;
        numbers.entry(source).or_insert(next);
    }
    numbers
}

/// The contents: chapters below the chapter of the section they lie in, two levels deep.
fn contents(planner: &Planner, pages: &[PageId], chapters: &[Chapter]) -> Vec<TocItem> {
    let site = planner.site;
    let mut contents: Vec<TocItem> = Vec::new();
    let mut tops: HashMap<PageId, usize> = HashMap::new();
    for (at, chapter) in chapters.iter().enumerate() {
        let page = pages.get(at).map(|id| site.page(*id));
        let title = match (&chapter.title, page, &chapter.content) {
            (Some(title), _, _) => title.as_str().into(),
            (None, Some(page), _) => Arc::clone(&page.title),
            (None, None, ChapterContent::Own(own)) => Arc::clone(&own.view.title),
            (None, None, ChapterContent::Page(id)) => Arc::clone(&site.page(*id).title),
        };
        let item = TocItem {
            id: chapter.anchor.as_str().into(),
            title,
            items: Vec::new(),
        };
        let mut above = page.and_then(|page| page.parent);
        while let Some(id) = above.filter(|id| !tops.contains_key(id)) {
            above = site.page(id).parent;
        }
        match above.map(|id| tops[&id]) {
            Some(top) => contents[top].items.push(item),
            None => {
                if let Some(page) = page.filter(|page| page.is_section && chapter.title.is_none()) {
                    tops.insert(page.id, contents.len());
                }
                contents.push(item);
            }
        }
    }
    contents
}
