//! The views of the search: its page, and what its scripts need to know.

use super::{LanguageView, LinkView};
use serde::Serialize;
use std::sync::Arc;

/// Addresses that the search's scripts start from; none of them changes with the site's texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchFilesView {
    /// The way to the site's root.
    pub root: String,
    /// The folder of the index.
    pub index: String,
    /// The script that finds; the field in the header and the search page share it.
    pub js: String,
    /// What that script fetches for the first word that the site does not have.
    pub guess_js: String,
    /// What the field fetches after it.
    pub field_js: String,
    /// For the search page, in place of the page's script, which it holds. It needs the script that finds before it.
    pub page_js: String,
}

/// The search page, beside the list of all pages, which it has as groups where the site is small.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SearchView {
    pub files: SearchFilesView,
    pub filters: Vec<FilterView>,
    /// Ways on for those who find nothing.
    pub sections: Vec<LinkView>,
    /// The list of all pages, where the site has one.
    pub all_pages: Option<LinkView>,
    /// The search pages of the site's other languages.
    pub others: Vec<LanguageView>,
}

/// What results can be narrowed to: one fieldset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilterView {
    /// `kind`, `role` or `topic`
    pub name: &'static str,
    pub title: String,
    pub options: Vec<FilterOption>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilterOption {
    pub id: Arc<str>,
    pub title: Arc<str>,
}
