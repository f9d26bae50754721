//! Taxonomies: terms that the configuration declares and no page uses.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::site::Site;
use crate::text::span::Span;

/// Notes every term without a page, in taxonomies that are in use: perhaps a name is left over, perhaps readers have
/// been forgotten. One that no page uses at all may just have been declared.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    if site.config.is_lenient {
        return;
    }
    for (index, taxonomy) in site.config.taxonomies.iter().enumerate() {
        let is_used = |term: usize| {
            let mut pages = site
                .term_pages
                .range((index, term, 0)..=(index, term, u8::MAX));
            pages.any(|(_, page)| {
                let listing = site.page(*page).listing.as_ref();
                listing.is_some_and(|list| !list.pages.is_empty() || !list.marked.is_empty())
            })
        };
        let (used, unused): (Vec<usize>, Vec<usize>) =
            (0..taxonomy.terms.len()).partition(|term| is_used(*term));
        for term in unused.into_iter().filter(|_| !used.is_empty()) {
            let id = &taxonomy.terms[term].id;
            diags
                .add(
                    Code::TaxonomyTermUnused,
                    Span::new(site.config_file, id.range.clone()),
                )
                .arg("list", taxonomy.name.value.clone())
                .arg("name", id.value.clone());
        }
    }
}
