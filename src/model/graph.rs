//! How pages hang together beyond their tree: who uses whom, and which checklist collects whose items.
//!
//! Made by `resolve` once for the whole site, so that no page's plan has to look at the others.

use super::front_matter::Relation;
use super::ids::PageId;
use super::site::{Page, Piece};
use crate::text::slug::slug;
use std::sync::Arc;

/// A page that refers to another: from its front matter, or from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The page that refers.
    pub page: PageId,
    pub kind: UseKind,
}

/// What one page is to the page that refers to it. Of several ties between two pages the first of these is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseKind {
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

impl UseKind {
    /// The smaller, the more it says.
    pub fn rank(self) -> u8 {
        match self {
            UseKind::Member => 0,
            UseKind::Collects => 1,
            UseKind::Checklist => 2,
            UseKind::TestedIn => 3,
            UseKind::Method => 4,
            UseKind::Value { .. } => 5,
            UseKind::Chapter => 6,
            UseKind::Related { .. } => 7,
            UseKind::Link => 8,
            UseKind::Named => 9,
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

/// The id of the group that holds a page's items on the checklist that collects them.
pub fn group_anchor(owner: &Page) -> String {
    let name = owner.content_id.as_deref().unwrap_or(&owner.path);
    format!("vv-from-{}", slug(name))
}
