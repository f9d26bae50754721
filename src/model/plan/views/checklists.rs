//! The views of checklists: what their scripts need to know, and the page that shows all of them.

use super::{DateView, DescribedLink, FieldView, LinkView};
use serde::Serialize;

/// The scripts and the style that only pages with checklists load.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListFilesView {
    pub css: String,
    /// For one checklist, in order.
    pub checklist_js: Vec<String>,
    /// What a checklist fetches when a reader first asks for it, in order.
    pub more_js: Vec<String>,
    /// What the page of all checklists fetches so.
    pub files_js: String,
    /// For the page of all checklists, in order.
    pub overview_js: Vec<String>,
    /// For the page that tells what is stored, in order.
    pub storage_js: Vec<String>,
    /// The front page's way back.
    pub continue_js: String,
}

/// How often a checklist is answered again: `unit` is `days`, `weeks` or `months`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RepeatView {
    pub min: i64,
    pub max: i64,
    pub unit: &'static str,
}

/// An item that is no longer asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetiredView {
    pub id: String,
    pub text: String,
    /// The day it went out.
    pub since: Option<DateView>,
    pub why: Option<String>,
}

/// What the page of all checklists knows of each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MyListView {
    pub id: String,
    pub version: i64,
    pub link: DescribedLink,
    pub answers: &'static str,
    pub repeat: Option<RepeatView>,
    pub fields: Vec<FieldView>,
    pub groups: Vec<MyListGroup>,
}

/// What the front page knows of a checklist, to lead readers back to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BegunListView {
    pub id: String,
    pub link: LinkView,
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MyListGroup {
    pub title: String,
    /// The aspect, core element or value that the group is about.
    pub about: Option<LinkView>,
    pub items: Vec<MyListItem>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MyListItem {
    pub id: String,
    pub text: String,
    /// Ids it had before, with blanks between them.
    pub was: String,
}
