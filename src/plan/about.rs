//! «Om denne side»: who answers for a page, when it was looked at, what it rests on. And the line under the title.

use super::{Planner, taxonomies};
use crate::model::front_matter::{Evidence, FrontMatter};
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::date::Date;

/// The line under the title.
pub fn meta(planner: &Planner, page: &Page, fm: &FrontMatter) -> MetaView {
    MetaView {
        reviewed: fm
            .reviewed
            .as_ref()
            .map(|date| date_view(planner, page, date.value)),
        overdue: is_overdue(planner, fm),
        date: fm
            .updated
            .as_ref()
            .map(|day| day.value)
            .or(fm.date)
            .map(|date| date_view(planner, page, date)),
    }
}

pub fn date_view(planner: &Planner, page: &Page, date: Date) -> DateView {
    DateView {
        iso: date.to_string(),
        text: planner.texts(page).date(date),
    }
}

fn is_overdue(planner: &Planner, fm: &FrontMatter) -> bool {
    fm.status.is_current() && fm.due().is_some_and(|due| due < planner.site.today)
}

/// The rows, in the theme's order; what a page does not say has no row.
pub fn rows(planner: &Planner, page: &Page, fm: &FrontMatter) -> Vec<AboutRow> {
    let texts = planner.texts(page);
    let config = &planner.site.config;
    let label = |key: &str| texts.text(key).to_string();
    let text_row = |key: &str, text: String| AboutRow {
        label: label(key),
        text: Some(text),
        ..AboutRow::default()
    };
    let date_row = |key: &str, date: Date| AboutRow {
        label: label(key),
        date: Some(date_view(planner, page, date)),
        ..AboutRow::default()
    };
    let mut rows = Vec::new();
    let is_described = fm.owner.is_some()
        || fm.reviewed.is_some()
        || fm.evidence.is_some()
        || !fm.roles.is_empty();
    if let Some(publisher) = config.publisher.as_ref().filter(|_| is_described) {
        rows.push(text_row("about_publisher", publisher.clone()));
    }
    if let Some(owner) = fm
        .owner
        .as_ref()
        .and_then(|owner| config.contact(&owner.value))
    {
        rows.push(text_row("about_owner", owner.name.clone()));
    }
    if let Some(reviewed) = &fm.reviewed {
        rows.push(date_row("about_reviewed", reviewed.value));
    }
    if let Some(due) = fm.due() {
        let note = is_overdue(planner, fm).then(|| label("about_review_overdue"));
        rows.push(AboutRow {
            note,
            ..date_row("about_review_by", due)
        });
    }
    rows.extend(taxonomies::about_rows(planner, page, fm));
    let sources: Vec<LinkView> = planner
        .site
        .targets(page, &fm.sources)
        .map(|source| planner.link(source))
        .collect();
    if !sources.is_empty() {
        rows.push(AboutRow {
            label: label("about_sources"),
            links: sources,
            ..AboutRow::default()
        });
    }
    for old in &page.replaces {
        let old = planner.site.page(*old);
        let change = planner
            .site
            .front_matter(old)
            .and_then(|fm| fm.last_change());
        rows.push(AboutRow {
            date: change.map(|change| date_view(planner, page, change.date.value)),
            ..text_row("about_replaces", old.title.to_string())
        });
    }
    let happened = fm.changes.iter().map(|change| change.date.value);
    if let Some(date) = happened.filter(|date| *date <= planner.site.today).max() {
        rows.push(date_row("about_changed", date));
    }
    rows
}

/// «Viden bag»
pub fn evidence(planner: &Planner, page: &Page, evidence: &Evidence) -> EvidenceView {
    let texts = planner.texts(page);
    let squares = evidence.strength.as_ref().map(|strength| strength.value);
    let strength = squares.map_or_else(
        || "strength_not_assessed".to_string(),
        |n| format!("strength_{n}"),
    );
    let word = |group: &str, name: &'static str| {
        texts
            .text(&format!("{group}_{}", name.replace('-', "_")))
            .to_string()
    };
    EvidenceView {
        strength: texts.text(&strength).to_string(),
        squares,
        design: evidence.design.map(|name| word("design", name)),
        stated_by: evidence.stated_by.map(|name| word("stated_by", name)),
        basis: planner
            .site
            .targets(page, &evidence.basis)
            .map(|source| planner.link(source))
            .collect(),
        unknown: evidence.unknown.clone(),
    }
}

/// The last day, no later than today, that the author says the page changed or was looked at.
pub fn last_changed(fm: &FrontMatter, today: Date) -> Option<Date> {
    let changes = fm.changes.iter().map(|change| change.date.value);
    let dates = [
        fm.date,
        fm.updated.as_ref().map(|date| date.value),
        fm.reviewed.as_ref().map(|date| date.value),
    ];
    let days = changes.chain(dates.into_iter().flatten());
    days.filter(|day| *day <= today).max()
}
