//! The views of guides and of booklets.

use super::{ChildView, DateView, LinkView, TocItem};
use serde::Serialize;
use std::sync::Arc;

/// What a guide shows of its chapters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuideView {
    /// In the guide's order.
    pub chapters: Vec<ChildView>,
    /// The whole guide on one page.
    pub booklet: Option<LinkView>,
}

/// A page's place in a guide that it is a chapter of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuidePlaceView {
    pub guide: LinkView,
    /// «Kapitel 2 af 9»
    pub label: String,
    pub next: Option<LinkView>,
}

/// The front of a booklet. Its chapters are added by `render`: each `{id, new_page, html}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BookletView {
    /// What the booklet is, above its title.
    pub label: Arc<str>,
    pub publisher: Option<String>,
    /// The last day that one of its pages changed.
    pub changed: Option<DateView>,
    pub contents: Vec<TocItem>,
}
