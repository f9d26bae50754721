//! Who refers to whom: what the front matter and the text of each page lead to, seen from the other end.
//!
//! In: the pages with their targets and links. Out: each page's `referrers`, one entry for each page that refers to
//! it, with the strongest tie between the two. One walk of the whole site, so that no page has to look at the rest.

use super::Inputs;
use super::references::references;
use crate::model::front_matter::{FrontMatter, KindData};
use crate::model::graph::{Referrer, Tie};
use crate::model::ids::PageId;
use crate::model::site::{LinkTarget, Page};

/// Ties every page to those that refer to it.
pub fn fill(pages: &mut [Page], inputs: &Inputs) {
    let mut all: Vec<(PageId, Referrer)> = Vec::new();
    let mut own: Vec<(PageId, Tie)> = Vec::new();
    // A page that no longer holds is no reason to trust what it refers to.
    for page in pages.iter().filter(|page| page.is_listed()) {
        let front_matter = page
            .document
            .and_then(|id| inputs.document(id).front_matter.as_ref());
        if let Some(front_matter) = front_matter {
            named(page, front_matter, &mut own);
        }
        let links = page.pieces.iter().flat_map(|piece| &piece.links);
        own.extend(links.filter_map(|link| match link {
            LinkTarget::Page { page, .. } => Some((*page, Tie::Link)),
            _ => None,
        }));
        own.sort_by_key(|(target, tie)| (*target, tie.rank()));
        own.dedup_by_key(|(target, _)| *target);
        all.extend(own.drain(..).map(|(target, tie)| {
            let page = page.id;
            (target, Referrer { page, tie })
        }));
    }
    for (target, referrer) in all {
        let target = &mut pages[target.index()];
        if target.id != referrer.page && !target.kind.is_entry() {
            target.referrers.push(referrer);
        }
    }
}

/// The pages that a page's front matter names.
fn named(page: &Page, front_matter: &FrontMatter, own: &mut Vec<(PageId, Tie)>) {
    let target = |start: u32| page.targets.get(&start).copied();
    for related in &front_matter.related {
        let kind = Tie::Related {
            relation: related.relation,
            is_editorial: related.is_editorial,
        };
        own.extend(target(related.to.range.start).map(|target| (target, kind)));
    }
    for (reference, key, _) in references(front_matter) {
        let Some(kind) = kind(key, &front_matter.kind) else {
            continue;
        };
        own.extend(target(reference.range.start).map(|target| (target, kind)));
    }
}

/// What a key says of the page it names; `None` for what is told otherwise or is no use at all.
fn kind(key: &str, page: &KindData) -> Option<Tie> {
    Some(match (key, page) {
        ("to" | "translates", _) => return None,
        ("values" | "core_elements" | "aspects", KindData::Model(_)) => Tie::Member,
        ("values", KindData::Member(member)) => Tie::Value {
            is_editorial: member.has_editorial_values,
        },
        ("collect", _) => Tie::Collects,
        ("checklist" | "checklists", _) => Tie::Checklist,
        ("tested_in", _) => Tie::TestedIn,
        ("methods", _) => Tie::Method,
        ("chapters", _) => Tie::Chapter,
        _ => Tie::Named,
    })
}
