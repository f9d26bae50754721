//! How pages hang together beyond their tree: who uses whom, and which checklist collects whose items.
//!
//! Made by `resolve` once for the whole site, so that no page's plan has to look at the others.

use super::front_matter::Relation;
use super::ids::PageId;
use super::site::{Page, Piece, Site};
use crate::text::slug::slug;
use std::sync::Arc;

/// A page that refers to another, in its front matter or in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referrer {
    pub page: PageId,
    pub tie: Tie,
}

/// What one page is to the page that refers to it. Of several between two pages, the first of these is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// A model consists of it.
    Member,
    /// A checklist collects its items.
    Collects,
    /// A method or one of its steps is worked with by this checklist.
    Checklist,
    /// A method was tested in this case.
    TestedIn,
    /// A case uses this method.
    Method,
    /// A core element carries out this value.
    Value { is_editorial: bool },
    /// A guide has it as a chapter.
    Chapter,
    Related {
        relation: Relation,
        is_editorial: bool,
    },
    /// The text links to it.
    Link,
    /// Named in some other key: the model it belongs to, what took its place.
    Named,
}

impl Tie {
    /// The smaller, the more it says.
    pub fn rank(self) -> u8 {
        match self {
            Tie::Member => 0,
            Tie::Collects => 1,
            Tie::Checklist => 2,
            Tie::TestedIn => 3,
            Tie::Method => 4,
            Tie::Value { .. } => 5,
            Tie::Chapter => 6,
            Tie::Related { .. } => 7,
            Tie::Link => 8,
            Tie::Named => 9,
        }
    }
}

/// Items of one page that a checklist shows as its own.
#[derive(Clone, Debug)]
pub struct CollectedGroup {
    /// The page that the items belong to, where their text is kept.
    pub owner: PageId,
    /// The heading they stand under there; `None` when they come from more than one place, or from the whole page.
    pub anchor: Option<Arc<str>>,
    /// The owner's document, its links and citations as they are on the collecting page.
    pub piece: Piece,
    /// Places among the document's items, in the order of the text.
    pub items: Vec<u32>,
}

/// The heading whose task list is an aspect's hallmarks.
pub const HALLMARKS: &str = "kendetegn";

/// An aspect's hallmarks, each with its place among the items of its piece and the checklist it is ticked in.
/// `None` when the page has no such heading.
pub fn hallmarks(site: &Site, page: &Page) -> Option<Vec<(u32, Option<PageId>)>> {
    let heading = |piece: &Piece| piece.heading_ids.iter().position(|id| &**id == HALLMARKS);
    let (piece, at) = page
        .pieces
        .iter()
        .find_map(|piece| Some((piece, heading(piece)?)))?;
    let document = site.document(piece.document);
    let section = &document.headings[at].section;
    let items = (0u32..).zip(&document.items);
    let hallmarks = items.filter(|(_, item)| section.contains(&item.range.start));
    let list = |at: u32| piece.item_lists.get(at as usize).copied().flatten();
    Some(hallmarks.map(|(at, _)| (at, list(at))).collect())
}

/// The id of the group that holds a page's items on the checklist that collects them.
pub fn group_anchor(owner: &Page) -> String {
    let name = owner.content_id.as_deref().unwrap_or(&owner.path);
    format!("vv-from-{}", slug(name))
}
