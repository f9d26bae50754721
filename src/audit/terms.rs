//! Terms that no page uses. One that is never linked by itself may stand in any text unseen, so it is not asked.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::KindData;
use crate::model::site::Site;

/// Tells of every entry of the glossary that no page leads to.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    for page in site.pages.iter().filter(|page| page.used_on.is_empty()) {
        let Some(front_matter) = site.front_matter(page) else {
            continue;
        };
        let is_sought = match &front_matter.kind {
            KindData::Term(term) => page.kind.is_entry() && term.is_autolinked,
            _ => false,
        };
        if is_sought {
            let range = front_matter.title.as_ref().map(|title| title.range.clone());
            diags
                .add(Code::TermUnused, site.span(page, range.unwrap_or(0..0)))
                .arg("title", page.title.to_string());
        }
    }
}
