//! Pages that no longer hold: each says why, and a superseded one what came in its place.

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::model::front_matter::Status;
use crate::model::site::Site;

/// Checks every page that is not current.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    for page in &site.pages {
        let front_matter = site
            .front_matter(page)
            .filter(|_| !page.status.is_current());
        let Some(front_matter) = front_matter else {
            continue;
        };
        let place = site.span(page, front_matter.status_place.clone());
        if page.status == Status::Superseded && front_matter.superseded_by.is_none() {
            let code = Code::SupersededWithoutTarget;
            let severity = if site.config.is_lenient {
                Severity::Warning
            } else {
                code.severity()
            };
            diags.add_as(code, severity, place);
        }
        // A newer law is all the reason there is for an older one.
        let is_plain = page.kind.is_entry() && page.successor.is_some();
        if front_matter.changes.is_empty() && !is_plain {
            diags
                .add(Code::StatusUnexplained, place)
                .arg("status", page.status.name());
        }
    }
}
