//! Which pages rest on each source, and how.
//!
//! In: the site with all its references resolved. Out: for each source the pages that cite it, build their evidence
//! or a figure on it, ask it of a task item or list it. A link to a source is no use of it, nor is the word of
//! another source that mentions it.

use crate::diagnostic::Diagnostics;
use crate::model::front_matter::{FrontMatter, KindData};
use crate::model::ids::PageId;
use crate::model::site::{Page, Site, SourceUse, UsedBy};

/// Tells each source who uses it, in the order of the pages, and each page what it rests on.
pub fn fill(site: &mut Site, diags: &mut Diagnostics) {
    let of_pages = diags.par_map(&site.pages, |page, _| of_page(site, page));
    for (page, uses) in site.pages.iter_mut().zip(&of_pages) {
        page.rests_on = uses.iter().map(|(source, _)| *source).collect();
        page.rests_on.sort_unstable();
    }
    for (source, use_) in of_pages.into_iter().flatten() {
        site.source_uses.entry(source).or_default().push(use_);
    }
}

/// The sources that one page rests on; none of a page that no list shows.
fn of_page(site: &Site, page: &Page) -> Vec<(PageId, SourceUse)> {
    if !page.is_listed() {
        return Vec::new();
    }
    let mut found = Found {
        page: page.id,
        uses: Vec::new(),
    };
    for citation in &page.citations {
        let use_ = found.add(citation.source, UsedBy::Text);
        for place in citation.places.iter().flatten() {
            if !use_.places.contains(place) {
                use_.places.push(place.clone());
            }
        }
    }
    let own = page.pieces.iter().flat_map(|piece| &piece.item_sources);
    let collected = page.collected.iter().flat_map(|group| {
        let items = group.items.iter();
        items.map(|item| &group.piece.item_sources[*item as usize])
    });
    for source in own.chain(collected).flatten() {
        found.add(*source, UsedBy::Item);
    }
    let front_matter = site.front_matter(page);
    if let Some(fm) = front_matter {
        for source in site.targets(page, &fm.sources) {
            found.add(source.id, UsedBy::Sources);
        }
        let evidence = fm.evidence.iter().flat_map(|evidence| &evidence.basis);
        for source in evidence.filter_map(|reference| site.target(page, reference)) {
            found.add(source.id, UsedBy::Evidence);
        }
    }
    let owned = front_matter.into_iter().flat_map(named_figures);
    let shown = site.figures_of(page).into_iter().map(|(id, _)| id);
    for id in owned.chain(shown) {
        for source in site
            .figures
            .get(id)
            .into_iter()
            .flat_map(|figure| &figure.sources)
        {
            let figures = &mut found.add(*source, UsedBy::Figure).figures;
            if let Err(place) = figures.binary_search_by(|known| known.as_str().cmp(id)) {
                figures.insert(place, id.to_string());
            }
        }
    }
    found.uses.retain(|(source, _)| *source != page.id);
    found.uses
}

/// The figures that a page's front matter holds or names.
fn named_figures(fm: &FrontMatter) -> Vec<&str> {
    let mut ids: Vec<&str> = fm
        .figures
        .iter()
        .map(|figure| figure.id.value.as_str())
        .collect();
    if let KindData::Case(case) = &fm.kind {
        ids.extend(case.results.iter().map(|result| result.value.as_str()));
    }
    ids
}

/// The uses found on one page so far.
struct Found {
    page: PageId,
    uses: Vec<(PageId, SourceUse)>,
}

impl Found {
    fn add(&mut self, source: PageId, by: UsedBy) -> &mut SourceUse {
        let at = match self.uses.iter().position(|(known, _)| *known == source) {
            Some(at) => at,
            None => {
                let use_ = SourceUse {
                    page: self.page,
                    by: Vec::new(),
                    places: Vec::new(),
                    figures: Vec::new(),
                };
                self.uses.push((source, use_));
                self.uses.len() - 1
            }
        };
        let use_ = &mut self.uses[at].1;
        if let Err(place) = use_.by.binary_search(&by) {
            use_.by.insert(place, by);
        }
        use_
    }
}
