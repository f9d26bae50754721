//! The plan: every output path, what makes it, and the view — the plain data — that its template gets.
//!
//! A view is the whole of what an output shows, so two equal views give equal bytes. Addresses in views begin with
//! the placeholder for the way to the site's root (`text::escape::ROOT`), which `render` fills last.

mod booklets;
mod views;

pub use booklets::*;
pub use views::*;

use super::ids::{AssetId, PageId};
use crate::text::escape::Base;
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that will be written, sorted by path.
#[derive(Debug, Default)]
pub struct Plan {
    pub outputs: Vec<Output>,
    /// One for each language: what every page of it sees of the site.
    pub sites: Vec<SiteView>,
    /// Navigation of sections, each rendered once and shared by its pages.
    pub navs: Vec<NavView>,
    /// The address of each page, by page.
    pub addresses: Vec<Arc<str>>,
    /// The address of each asset, by asset.
    pub asset_addresses: Vec<Arc<str>>,
    /// The number of each source on the page that shows it.
    pub source_numbers: HashMap<PageId, u32>,
}

/// One file to be written.
#[derive(Debug)]
pub struct Output {
    /// Relative, with `/`.
    pub path: Arc<str>,
    pub maker: Maker,
}

/// What makes an output.
#[derive(Debug)]
pub enum Maker {
    Page(Box<PageOutput>),
    /// Many pages as one.
    Booklet(Box<Booklet>),
    /// Finished bytes: sitemap, robots.
    Text(String),
    /// A file of the theme, by its path below `static/`.
    ThemeFile(Arc<str>),
    Asset(AssetId),
}

/// A page made from a template.
#[derive(Debug)]
pub struct PageOutput {
    pub template: Arc<str>,
    /// Index into [`Plan::sites`].
    pub site: usize,
    /// Index into [`Plan::navs`].
    pub nav: Option<usize>,
    /// The page whose body is rendered into the view; `None` for generated pages.
    pub body: Option<PageId>,
    /// Pages shown as entries of this one, with bodies of their own.
    pub entries: Vec<PageId>,
    /// Where the page stands, for its addresses.
    pub base: Base,
    /// Addresses that the menu and the navigation mark as current: the page's own first, then what it lies in.
    pub current: Vec<Arc<str>>,
    pub view: PageView,
}
