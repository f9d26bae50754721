//! What rests on sources that hold no longer or that nobody has looked at in time.
//!
//! Told where a page cites such a source, not where a page shows a number of another page: its record is told there.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{FrontMatter, KindData, Reference, Status};
use crate::model::ids::PageId;
use crate::model::site::{Page, Site};
use crate::text::date::Date;
use crate::text::span::TextRange;
use std::collections::{HashMap, HashSet};

/// Checks every place that cites a source.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    let faults: HashMap<PageId, Fault> = site
        .pages
        .iter()
        .filter_map(|page| Some((page.id, fault(site, page)?)))
        .collect();
    if faults.is_empty() {
        return;
    }
    let resting: Vec<&Page> = site
        .pages
        .iter()
        .filter(|page| {
            page.rests_on
                .iter()
                .any(|source| faults.contains_key(source))
        })
        .collect();
    diags.par_map(&resting, |page, own| of_page(site, page, &faults, own));
}

/// What is wrong with a source.
enum Fault {
    /// It is withdrawn, or another took its place.
    Fallen,
    /// It was to be looked at again by this day.
    Overdue(Date),
}

fn fault(site: &Site, source: &Page) -> Option<Fault> {
    site.source(source)?;
    let front_matter = site.front_matter(source)?;
    if front_matter.status != Status::Current {
        return Some(Fault::Fallen);
    }
    let due = front_matter.due()?;
    let last = site
        .config
        .review
        .warn
        .map_or(due, |grace| grace.after(due));
    (site.today > last).then_some(Fault::Overdue(due))
}

fn of_page(site: &Site, page: &Page, faults: &HashMap<PageId, Fault>, diags: &mut Diagnostics) {
    let mut overdue: HashSet<PageId> = HashSet::new();
    for (source, place) in places(site, page) {
        let source = site.page(source);
        let Some(front_matter) = site.front_matter(source) else {
            continue;
        };
        match faults.get(&source.id) {
            Some(Fault::Fallen) => fallen(site, page, source, front_matter, place, diags),
            // Once on each page: the source is what must be read, not each place.
            Some(Fault::Overdue(due)) if overdue.insert(source.id) => {
                let finding = diags.add(Code::SourceOverdue, site.span(page, place));
                finding.arg("id", name(source)).arg("due", due.to_string());
                if let Some(review_by) = &front_matter.review_by {
                    finding.related(site.span(source, review_by.range.clone()));
                }
            }
            _ => {}
        }
    }
}

fn fallen(
    site: &Site,
    page: &Page,
    source: &Page,
    front_matter: &FrontMatter,
    place: TextRange,
    diags: &mut Diagnostics,
) {
    let successor = source.successor.map(|id| site.page(id));
    // What takes a source's place may tell of it.
    if successor.is_some_and(|successor| successor.id == page.id) {
        return;
    }
    let finding = diags.add(Code::SourceWithdrawn, site.span(page, place));
    finding
        .arg("id", name(source))
        .arg("what", front_matter.status.name())
        .related(site.span(source, front_matter.status_place.clone()));
    if let Some(successor) = successor.filter(|_| front_matter.status == Status::Superseded) {
        finding.arg("nearest", name(successor));
    }
}

fn name(page: &Page) -> &str {
    page.content_id.as_deref().unwrap_or(&page.path)
}

/// Every place of a page that cites a source, in the order of the file.
fn places(site: &Site, page: &Page) -> Vec<(PageId, TextRange)> {
    let mut places: Vec<(PageId, TextRange)> = Vec::new();
    for piece in &page.pieces {
        let document = site.document(piece.document);
        for (citation, number) in document.citations.iter().zip(&piece.citations) {
            let cited = (number.number as usize).checked_sub(1);
            if let Some(cited) = cited.and_then(|at| page.citations.get(at)) {
                places.push((cited.source, citation.id.range.clone()));
            }
        }
        for (item, source) in document.items.iter().zip(&piece.item_sources) {
            if let (Some(source), Some(written)) = (source, &item.source) {
                places.push((*source, written.range.clone()));
            }
        }
    }
    let named = site.front_matter(page).map(references).unwrap_or_default();
    let targets = named.into_iter().filter_map(|reference| {
        let source = page.targets.get(&reference.range.start)?;
        Some((*source, reference.range.clone()))
    });
    places.extend(targets);
    places.sort_by_key(|(_, place)| place.start);
    places
}

/// The sources that a page's front matter names.
fn references(front_matter: &FrontMatter) -> Vec<&Reference> {
    let figures = front_matter.figures.iter();
    let evidence = front_matter.evidence.iter();
    let mut all: Vec<&Reference> = front_matter.sources.iter().collect();
    all.extend(figures.filter_map(|figure| figure.source.as_ref()));
    all.extend(evidence.flat_map(|evidence| &evidence.basis));
    if let KindData::Source(source) = &front_matter.kind {
        // To tell who mentions a source is not to rest on it.
        all.retain(|reference| !source.mentioned_in.contains(reference));
    }
    all
}
