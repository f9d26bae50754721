//! Dates of review: overdue, contradictory or missing ones, what changed under a page since, and dates that were only
//! moved.
//!
//! A page that is a draft, or that no longer holds, owes nobody a review.

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::model::front_matter::{FrontMatter, Kind, ReviewBy};
use crate::model::lock::{LockedAs, text_hash};
use crate::model::site::{Page, Site};
use crate::text::date::{Date, Duration};
use crate::text::span::Span;
use std::collections::BTreeMap;

/// More pages than this with one date of review must show that they were read.
const MOST_ON_ONE_DAY: usize = 10;
/// How many other places or names a finding tells.
const TOLD: usize = 3;

/// Checks the dates of every page.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    let mut moved: BTreeMap<Date, Vec<&Page>> = BTreeMap::new();
    for page in &site.pages {
        let is_read = |fm: &&FrontMatter| !fm.is_draft && page.status.is_current();
        let Some(front_matter) = site.front_matter(page).filter(is_read) else {
            continue;
        };
        dates(site, page, front_matter, diags);
        missing(site, page, front_matter, diags);
        basis(site, page, diags);
        if let Some(reviewed) = &front_matter.reviewed
            && !is_accounted_for(front_matter, reviewed.value)
            && !is_known(site, page, reviewed.value)
        {
            moved.entry(reviewed.value).or_default().push(page);
        }
    }
    for (date, pages) in moved {
        in_bulk(site, date, &pages, diags);
    }
}

/// Whether the last review is in the past, the next after it, and not long gone.
fn dates(site: &Site, page: &Page, front_matter: &FrontMatter, diags: &mut Diagnostics) {
    let reviewed = front_matter.reviewed.as_ref();
    if let Some(reviewed) = reviewed
        && reviewed.value > site.today
    {
        diags
            .add(
                Code::ReviewedInFuture,
                site.span(page, reviewed.range.clone()),
            )
            .arg("date", reviewed.value.to_string())
            .arg("today", site.today.to_string());
    }
    let (Some(review_by), Some(due)) = (&front_matter.review_by, front_matter.due()) else {
        return;
    };
    let place = site.span(page, review_by.range.clone());
    // Of two dates that contradict each other neither can be overdue.
    if review_by.value == ReviewBy::Date(due)
        && let Some(reviewed) = reviewed
        && due <= reviewed.value
    {
        diags
            .add(Code::ReviewBeforeReviewed, place)
            .arg("date", due.to_string())
            .arg("reviewed", reviewed.value.to_string())
            .related(site.span(page, reviewed.range.clone()));
        return;
    }
    let limits = site.config.review;
    let is_past =
        |limit: Option<Duration>| limit.is_some_and(|limit| site.today > limit.after(due));
    let severity = if is_past(limits.fail) {
        Severity::Error
    } else if is_past(limits.warn) || limits.warn.is_none() && site.today > due {
        Severity::Warning
    } else {
        return;
    };
    let finding = diags.add_as(Code::ReviewOverdue, severity, place);
    finding.arg("due", due.to_string());
    if let Some(reviewed) = reviewed {
        finding.related(site.span(page, reviewed.range.clone()));
    }
}

/// What tells people how to act carries the day it was last read, and who answers for it.
fn missing(site: &Site, page: &Page, front_matter: &FrontMatter, diags: &mut Diagnostics) {
    let is_asked = matches!(
        page.kind,
        Kind::Method | Kind::Model | Kind::Aspect | Kind::Checklist
    );
    if !is_asked || site.config.is_lenient {
        return;
    }
    let place = match &front_matter.title {
        Some(title) => site.span(page, title.range.clone()),
        None => site.span(page, 0..0),
    };
    let mut report = |code| {
        diags.add(code, place).arg("kind", page.kind.name());
    };
    if front_matter.reviewed.is_none() {
        report(Code::ReviewedMissing);
    }
    // A site that names nobody asks for nobody.
    if front_matter.owner.is_none() && !site.config.contacts.is_empty() {
        report(Code::OwnerMissing);
    }
}

/// What a page rests on must not have changed since the page was read.
fn basis(site: &Site, page: &Page, diags: &mut Diagnostics) {
    let changed = site.changed_basis(page);
    let reviewed = site
        .front_matter(page)
        .and_then(|fm| fm.reviewed.as_ref())
        .filter(|_| !changed.is_empty());
    let Some(reviewed) = reviewed else { return };
    let mut names: Vec<&str> = changed.iter().map(|basis| &*basis.page.title).collect();
    if names.len() > TOLD {
        names.truncate(TOLD);
        names.push("…");
    }
    let finding = diags.add(Code::BasisChanged, site.span(page, reviewed.range.clone()));
    finding.arg("names", names.join(", "));
    for basis in changed.iter().take(TOLD) {
        finding.related(site.span(basis.page, basis.place.clone()));
    }
}

/// Whether something says what came of the review of a day: the page was new, or its log tells.
fn is_accounted_for(front_matter: &FrontMatter, day: Date) -> bool {
    let is_new = front_matter.date == Some(day) || front_matter.published == Some(day);
    let changes = &front_matter.changes;
    is_new || changes.iter().any(|change| change.date.value == day)
}

/// Whether the site's lock knows the page with this day already, or with another text. A page that the lock does not
/// know came after it. Terms and sources are in no lock.
fn is_known(site: &Site, page: &Page, day: Date) -> bool {
    let Some(lock) = site.lock.as_ref().filter(|_| page.fragment.is_none()) else {
        return false;
    };
    let locked = lock.addresses.get(&format!("/{}", page.address));
    match locked.map(|locked| &locked.what) {
        Some(LockedAs::Page { reviewed, text, .. }) => {
            let document = page.document.map(|id| site.document(id));
            *reviewed == Some(day) || document.is_some_and(|own| text_hash(own) != *text)
        }
        _ => true,
    }
}

fn in_bulk(site: &Site, date: Date, pages: &[&Page], diags: &mut Diagnostics) {
    if pages.len() <= MOST_ON_ONE_DAY {
        return;
    }
    let place = |page: &&Page| -> Option<Span> {
        let reviewed = site.front_matter(page)?.reviewed.as_ref()?;
        Some(site.span(page, reviewed.range.clone()))
    };
    let mut places = pages.iter().filter_map(place);
    let Some(first) = places.next() else { return };
    let finding = diags.add(Code::ReviewedInBulk, first);
    finding
        .arg("count", pages.len().to_string())
        .arg("date", date.to_string());
    for other in places.take(TOLD) {
        finding.related(other);
    }
}
