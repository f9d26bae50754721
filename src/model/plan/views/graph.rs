//! The views of how pages hang together: matrices, where a page is used, what to do next.

use serde::Serialize;
use std::sync::Arc;

/// Two lists of pages and what ties them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixView {
    pub id: String,
    pub title: String,
    pub caption: String,
    pub note: Option<String>,
    /// What the rows are: the head of their column.
    pub corner: String,
    pub columns: Vec<MatrixHead>,
    pub rows: Vec<MatrixRow>,
    /// The cells' marks say it all; their texts are for those who do not see them.
    pub marks_only: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixHead {
    pub title: Arc<str>,
    pub short: Arc<str>,
    pub url: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixRow {
    pub title: Arc<str>,
    pub short: Arc<str>,
    pub url: Arc<str>,
    /// One for each column.
    pub cells: Vec<MatrixCell>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MatrixCell {
    /// Empty where nothing ties the two.
    pub text: String,
    pub url: Option<Arc<str>>,
    pub mark: Option<&'static str>,
}

/// Pages of one kind that refer to a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UsedGroup {
    pub title: String,
    pub items: Vec<UsedItem>,
    /// «og 12 andre»
    pub more: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UsedItem {
    pub title: Arc<str>,
    pub url: Arc<str>,
    /// What the page does with this one, where that is known.
    pub relation: Option<String>,
    pub editorial: bool,
}
