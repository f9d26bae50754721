//! The views of lists of pages: what a section holds, what a topic or a role has.

use super::{DateView, LinkView, PageView};
use serde::Serialize;
use std::sync::Arc;

/// A page in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChildView {
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub description: Option<Arc<str>>,
    pub kind: &'static str,
    pub reviewed: Option<DateView>,
    /// How many pages it lists itself, in words: «12 sider».
    pub count: Option<String>,
    /// The ids of its roles with spaces between; empty where the list has no filter.
    pub roles: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupView {
    /// Empty for a list without a heading.
    pub title: String,
    pub items: Vec<ChildView>,
}

/// What the page of a topic, a role or another term lists; that of all terms lists their pages in one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListingView {
    /// «12 sider», where the lead does not say so already.
    pub count: Option<String>,
    /// By kind.
    pub groups: Vec<GroupView>,
    /// Where texts have a box for the role.
    pub marked: Option<MarkedView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkedView {
    pub title: String,
    pub links: Vec<LinkView>,
}

/// The control that narrows a page's lists to one role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleFilterView {
    /// How many rows are shown at first: all.
    pub count: usize,
    pub roles: Vec<ChoiceView>,
}

/// One choice of a control.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceView {
    pub value: String,
    pub title: String,
}

impl PageView {
    /// The rows of all lists of pages.
    pub fn rows(&self) -> impl Iterator<Item = &ChildView> {
        let listed = self.listing.iter().flat_map(|listing| &listing.groups);
        let groups = self.groups.iter().chain(listed);
        self.children
            .iter()
            .chain(groups.flat_map(|group| &group.items))
    }

    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut ChildView> {
        let listed = self
            .listing
            .iter_mut()
            .flat_map(|listing| &mut listing.groups);
        let groups = self.groups.iter_mut().chain(listed);
        self.children
            .iter_mut()
            .chain(groups.flat_map(|group| &mut group.items))
    }
}
