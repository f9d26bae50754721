//! The views of checklists: what their scripts need to know, and the page that shows all of them.

use super::{DateView, DescribedLink, FieldView, LinkView};
use serde::Serialize;

/// The scripts and the style that only pages with checklists load.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListFilesView {
    pub css: String,
    /// The style of the page of all checklists, in place of that of one.
    pub overview_css: String,
    /// For one checklist, in place of the page's script, which it holds.
    pub checklist_js: String,
    /// What a checklist fetches when a reader first asks for it, in order.
    pub more_js: Vec<String>,
    /// For the page of all checklists, in place of the page's script, which it holds.
    pub overview_js: String,
    /// What that page fetches to show a checklist.
    pub list_js: String,
    /// What that page fetches when files go out or come in.
    pub files_js: String,
    /// For the page that tells what is stored, in place of the page's script, which it holds.
    pub storage_js: String,
    /// For the front page, which leads back to lists begun, in place of the page's script, which it holds.
    pub front_js: String,
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
    /// The answers that count, with blanks between them.
    pub answers: String,
    /// For each item its id, and behind slashes those it had before; blanks between the items.
    pub items: String,
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
