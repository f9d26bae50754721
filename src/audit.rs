//! What an editor should mend before readers trust the site: counts, evidence, sources, dates of review.
//!
//! In: the site. Out: findings, each at its place in a file. Every reference was resolved before; nothing is changed
//! here and nothing is looked up outside the site. One file for each thing that is asked.

mod evidence;
mod figures;
mod graph;
mod items;
mod lock;
mod models;
mod review;
mod sources;
mod status;
mod taxonomies;
mod terms;

use crate::diagnostic::Diagnostics;
use crate::model::site::Site;

/// Asks everything of every page.
pub fn audit(site: &Site, diags: &mut Diagnostics) {
    graph::check(site, diags);
    lock::check(site, diags);
    items::check(site, diags);
    models::check(site, diags);
    review::check(site, diags);
    status::check(site, diags);
    taxonomies::check(site, diags);
    sources::check(site, diags);
    figures::check(site, diags);
    evidence::check(site, diags);
    terms::check(site, diags);
}
