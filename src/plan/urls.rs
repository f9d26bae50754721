//! Addresses as they stand in pages: relative, behind the placeholder for the way to the root.

use super::hosting::Server;
use crate::model::site::{Page, Site};
use crate::text::escape::{ROOT, path_href};
use std::sync::Arc;

/// What the caller decides about the output.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    pub link_style: LinkStyle,
    /// Wins over the configuration's.
    pub base_url: Option<String>,
    /// The web servers that get a file of their own kind.
    pub servers: Vec<Server>,
    /// Whether text files get compressed twins.
    pub precompress: bool,
}

/// How links name a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStyle {
    /// `../rejsehold/`
    #[default]
    Folder,
    /// `../rejsehold/index.html`, which works from a folder without script.
    File,
}

/// The address of every page.
pub fn page_addresses(site: &Site, options: &PlanOptions) -> Vec<Arc<str>> {
    site.pages
        .iter()
        .map(|page| page_address(page, options.link_style))
        .collect()
}

fn page_address(page: &Page, style: LinkStyle) -> Arc<str> {
    let mut url = format!("{ROOT}{}", page.address);
    if style == LinkStyle::File {
        url.push_str("index.html");
    }
    if let Some(fragment) = &page.fragment {
        url.push('#');
        url.push_str(fragment);
    }
    url.into()
}

/// The address of every asset.
pub fn asset_addresses(site: &Site) -> Vec<Arc<str>> {
    let address = |path: &str| {
        let mut url = String::from(ROOT);
        path_href(&mut url, path);
        url.into()
    };
    site.assets
        .iter()
        .map(|asset| address(&asset.path))
        .collect()
}

/// The absolute address of a page, where the site's is known.
pub fn absolute(base_url: Option<&str>, address: &str) -> Option<String> {
    base_url.map(|base| format!("{base}{address}"))
}
