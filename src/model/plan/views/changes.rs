//! The views of what changed: a page's own log, the site's, and the news of the front page.

use super::{DateView, LinkView};
use serde::Serialize;
use std::sync::Arc;

/// One line of a page's own log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView {
    pub date: DateView,
    /// Editorial, clarification or substantial, in words.
    pub kind: String,
    pub text: String,
}

/// The page of changes of a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangesView {
    /// By month, the newest first.
    pub months: Vec<MonthView>,
    /// Pages that no longer hold, the newest first.
    pub gone: Vec<GoneView>,
    /// There are more than the page holds.
    pub is_cut: bool,
    pub feed_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthView {
    /// `2026-11`
    pub id: String,
    pub title: String,
    pub items: Vec<PageChangeView>,
}

/// A change with the page it was made on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageChangeView {
    pub title: Arc<str>,
    /// `None` for a superseded page, whose address leads elsewhere.
    pub url: Option<Arc<str>>,
    #[serde(flatten)]
    pub change: ChangeView,
}

/// A page that no longer holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoneView {
    pub title: Arc<str>,
    pub url: Option<Arc<str>>,
    /// Superseded, withdrawn or retracted, in a word.
    pub word: String,
    pub date: Option<DateView>,
    pub reason: Option<String>,
    pub successor: Option<LinkView>,
}
