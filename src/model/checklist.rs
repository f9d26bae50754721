//! What readers tick on a page: its own items, and those it collects from other pages.

use super::document::{Document, Item};
use super::front_matter::{Checklist, KindData};
use super::ids::DocumentId;
use super::site::{Page, Piece, Site};
use std::ops::Range;

/// A task item that is ticked on a page.
#[derive(Clone, Copy, Debug)]
pub struct Ticked<'a> {
    /// The author's id, else one made from the text.
    pub id: &'a str,
    pub item: &'a Item,
    pub document: DocumentId,
    /// The heading of the second level that it stands under, or the title of the page it was collected from.
    pub section: &'a str,
}

/// What a page's answers are kept under in a browser: its id, else its path.
pub fn name(page: &Page) -> &str {
    page.content_id.as_deref().unwrap_or(&page.path)
}

/// The items that are ticked on a page, in the order of the page.
pub fn items<'a>(site: &'a Site, page: &'a Page) -> Vec<Ticked<'a>> {
    let mut found = Vec::new();
    if !page.has_body() {
        return found;
    }
    for piece in &page.pieces {
        let document = site.document(piece.document);
        for (at, item) in document.items.iter().enumerate() {
            let is_elsewhere = piece.item_lists.get(at).copied().flatten().is_some();
            if piece.range.contains(&item.range.start) && !is_elsewhere {
                let section = section(document, item);
                found.extend(ticked(piece, at, item, section));
            }
        }
    }
    for group in &page.collected {
        let owner = site.page(group.owner);
        let items = &site.document(group.piece.document).items;
        for at in group.items.iter().map(|at| *at as usize) {
            if let Some(item) = items.get(at) {
                found.extend(ticked(&group.piece, at, item, &owner.title));
            }
        }
    }
    found
}

fn ticked<'a>(piece: &'a Piece, at: usize, item: &'a Item, section: &'a str) -> Option<Ticked<'a>> {
    Some(Ticked {
        id: piece.item_ids.get(at)?,
        item,
        document: piece.document,
        section,
    })
}

fn section<'a>(document: &'a Document, item: &Item) -> &'a str {
    let under = item.heading.map_or(0, |heading| heading as usize + 1);
    let mut above: Range<usize> = 0..under.min(document.headings.len());
    let heading = above.rfind(|at| document.headings[*at].level == 2);
    heading.map_or("", |at| &document.headings[at].text)
}

/// What the front matter says of a checklist; `None` for a page of another kind.
pub fn declared<'a>(site: &'a Site, page: &Page) -> Option<&'a Checklist> {
    match &site.front_matter(page)?.kind {
        KindData::Checklist(checklist) => Some(checklist),
        _ => None,
    }
}
