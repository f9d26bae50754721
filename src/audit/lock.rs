//! Addresses that were promised and that nothing answers at any more.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::lock::{Lock, Name};
use crate::model::site::{Page, Site};
use crate::text::span::Span;
use std::collections::HashSet;

/// Checks every address that the site's lock remembers.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    let Some(lock) = &site.lock else { return };
    let pages = site.pages.iter().filter(|page| page.fragment.is_none());
    let given: HashSet<String> = pages
        .map(|page| format!("/{}", page.address))
        .chain(site.redirects.iter().map(|redirect| redirect.address()))
        .collect();
    for (address, locked) in &lock.addresses {
        if !given.contains(address) {
            let name = locked.what.name();
            vanished(site, lock, address, locked.place.clone(), name, diags);
        }
    }
}

fn vanished(
    site: &Site,
    lock: &Lock,
    address: &str,
    place: std::ops::Range<u32>,
    name: &Name,
    diags: &mut Diagnostics,
) {
    let is_it = |page: &&Page| {
        page.fragment.is_none()
            && match name {
                Name::Id(id) => page.content_id.as_deref() == Some(id),
                Name::Path(path) => *page.path == **path && page.document.is_some(),
            }
    };
    let finding = diags.add(Code::AddressVanished, Span::new(lock.file, place));
    finding.arg("address", address);
    if let Some(page) = site.pages.iter().find(is_it) {
        let front_matter = site.front_matter(page);
        let id = front_matter.and_then(|fm| fm.id.as_ref().or(fm.title.as_ref()));
        let range = id.map_or(0..0, |id| id.range.clone());
        finding
            .arg("nearest", address.trim_matches('/'))
            .arg("now", format!("/{}", page.address))
            .related(site.span(page, range));
    }
}
