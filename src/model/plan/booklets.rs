//! The plan of a booklet: many pages as one, to be read in one go or printed.
//!
//! A chapter is made from the view of the page it shows, so nothing is planned twice. What the chapters share is
//! decided here: where each address leads within the booklet, and the numbers of the sources.

use super::{PageOutput, SourceView};
use crate::model::ids::PageId;
use std::collections::HashMap;

#[derive(Debug)]
pub struct Booklet {
    /// The page around the chapters.
    pub page: PageOutput,
    /// In reading order.
    pub chapters: Vec<Chapter>,
    pub places: Places,
    /// The number of each source in the booklet.
    pub source_numbers: HashMap<PageId, u32>,
    /// The sources by number.
    pub sources: Vec<SourceView>,
}

#[derive(Debug)]
pub struct Chapter {
    /// The chapter's id, and what those inside it begin with. It has no full stop, which parts the two.
    pub anchor: String,
    /// Stands above the chapter in place of its page's title.
    pub title: Option<String>,
    /// Begins a new page on paper.
    pub is_new_page: bool,
    /// The sources of the whole booklet are listed here.
    pub has_sources: bool,
    pub content: ChapterContent,
}

#[derive(Debug)]
pub enum ChapterContent {
    /// A page of the site, by the view that it has there.
    Page(PageId),
    /// What no page of its own is behind: the glossary of a guide, the sources.
    Own(Box<PageOutput>),
}

/// Where addresses lead within a booklet.
#[derive(Debug, Default)]
pub struct Places {
    /// Addresses of pages and the ids of their chapters.
    pub chapters: HashMap<String, String>,
    /// Whole addresses, fragment and all, and the ids they lead to.
    pub entries: HashMap<String, String>,
}
