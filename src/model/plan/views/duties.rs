//! The views of what the law asks for: the accessibility statement, and what is kept in a reader's browser.

use super::DateView;
use serde::Serialize;

/// What the statement's page shows besides its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessibilityView {
    /// The statement in the national tool.
    pub url: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// When it was last revised.
    pub date: Option<DateView>,
}

/// A key of the browser's store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredView {
    pub key: String,
    pub purpose: String,
    pub when: String,
    /// How a reader deletes it.
    pub delete: String,
}
