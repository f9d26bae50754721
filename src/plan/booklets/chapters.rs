//! Which pages are the chapters of a booklet, and in what order.
//!
//! The whole guidance is what readers come for: the menu's pages with all below them, then what else lies at the top.
//! Left out are pages that are about the site (those of its foot and what lies below them), lists that other pages
//! make (topics, roles), and pages that ask not to be found. Terms and sources come last. A site too large to be
//! read as one page has guides alone.

use crate::model::front_matter::Kind;
use crate::model::ids::PageId;
use crate::model::site::{Page, Site};
use crate::plan::guides;
use std::collections::HashSet;

/// The most pages of a booklet, and the most bytes of their texts: nobody reads or prints more in one go.
const MOST_PAGES: usize = 500;
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Fewer pages than this are read where they stand.
const LEAST_PAGES: usize = 3;
/// By language: the chapters of the whole guidance; empty where there is no such booklet.
pub fn whole(site: &Site) -> Vec<Vec<PageId>> {
    if site
        .pages
        .iter()
        .filter(|page| is_guidance(site, page))
        .count()
        > MOST_PAGES * site.languages.len()
    {
        return vec![Vec::new(); site.languages.len()];
    }
    (0..site.languages.len())
        .map(|language| whole_of(site, language))
        .collect()
}

fn whole_of(site: &Site, language: usize) -> Vec<PageId> {
    let own = &site.languages[language];
    let home = site.page(own.home);
    let mut walk = Walk {
        site,
        language,
        seen: about_the_site(site, home),
        chapters: Vec::new(),
        last: Vec::new(),
    };
    walk.seen.insert(home.id);
    let menu = own.menu.iter().map(|entry| entry.page);
    for page in menu.chain(home.children.iter().copied()) {
        walk.visit(site.page(page));
    }
    let mut chapters = walk.chapters;
    walk.last.sort_by_key(|id| has_sources(site, *id));
    let count = chapters.len();
    chapters.extend(walk.last);
    if home.document.is_some() {
        chapters.insert(0, home.id);
    }
    let is_fit = count >= LEAST_PAGES && is_small(site, &chapters);
    if is_fit { chapters } else { Vec::new() }
}

/// Pages of the foot in any language, with those that are their translations.
fn about_the_site(site: &Site, home: &Page) -> HashSet<PageId> {
    let foot = site.footer.iter().copied();
    let translated = foot
        .clone()
        .flat_map(|id| site.page(id).translations.clone());
    foot.chain(translated).filter(|id| *id != home.id).collect()
}

/// Whether a page shows sources.
pub fn has_sources(site: &Site, id: PageId) -> bool {
    let mut children = site.page(id).children.iter();
    children.any(|child| site.page(*child).kind == Kind::Source)
}

struct Walk<'a> {
    site: &'a Site,
    language: usize,
    seen: HashSet<PageId>,
    chapters: Vec<PageId>,
    /// Glossaries and lists of sources.
    last: Vec<PageId>,
}

impl Walk<'_> {
    /// A page and what lies below it, in reading order.
    fn visit(&mut self, page: &Page) {
        if !self.seen.insert(page.id)
            || usize::from(page.language) != self.language
            || page.listing.is_some()
            || page.kind.is_entry()
        {
            return;
        }
        let at = self.chapters.len();
        let mut children = page.children.iter().map(|child| self.site.page(*child));
        if children.any(|child| child.kind.is_entry()) {
            self.last.push(page.id);
        } else if is_guidance(self.site, page) {
            self.chapters.push(page.id);
        }
        for child in &page.children {
            self.visit(self.site.page(*child));
        }
        // A section that no file is behind stands for what it holds.
        let is_empty = page.document.is_none() && self.chapters.len() == at + 1;
        if is_empty && self.chapters.last() == Some(&page.id) {
            self.chapters.pop();
        }
    }
}

fn is_guidance(site: &Site, page: &Page) -> bool {
    let is_hidden = site.front_matter(page).is_some_and(|fm| fm.is_noindex);
    page.status.is_current() && page.fragment.is_none() && page.listing.is_none() && !is_hidden
}

fn is_small(site: &Site, chapters: &[PageId]) -> bool {
    let texts = chapters.iter().flat_map(|id| {
        let page = site.page(*id);
        let entries = page.children.iter().map(|child| site.page(*child));
        let entries = entries.filter(|entry| entry.kind.is_entry());
        let pieces = std::iter::once(page).chain(entries);
        pieces.flat_map(|page| &page.pieces)
    });
    let bytes: usize = texts.map(|piece| piece.range.len()).sum();
    chapters.len() <= MOST_PAGES && bytes <= MOST_BYTES
}

/// The guide's own page, then its chapters.
pub fn guide_chapters(site: &Site, guide: &Page) -> Option<Vec<PageId>> {
    let chapters = guides::chapters(site, guide);
    if chapters.is_empty() || !guide.status.is_current() {
        return None;
    }
    let ids = chapters.iter().map(|chapter| chapter.id);
    let ids: Vec<PageId> = std::iter::once(guide.id).chain(ids).collect();
    is_small(site, &ids).then_some(ids)
}
