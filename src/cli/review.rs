//! `check --review`: which pages are next, by who answers for them; also as a calendar.
//!
//! In: what came of a check. Out: a list on stdout, a page to a line, and a file where one is asked for.

use super::console::Console;
use super::today;
use crate::config;
use crate::diagnostic::catalogue::harmless;
use crate::diagnostic::terminal::Sources;
use crate::fs::{self, Disk};
use crate::model::site::{Due, Site};
use crate::pipeline::Report;
use crate::text::calendar::{self, Event};
use crate::text::date::{Date, Duration};
use anyhow::{Context, Result};
use clap::ArgMatches;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Tells what falls due, where that is asked for.
pub fn tell(options: &ArgMatches, console: &Console, report: &Report) -> Result<()> {
    let within = options.try_get_one::<String>("review").ok().flatten();
    let Some(within) = within.and_then(|text| Duration::parse(text)) else {
        return Ok(());
    };
    let Some(site) = report.site() else {
        return Ok(());
    };
    let last = within.after(today(options));
    let due = site.due_until(last);
    if console.is_json() {
        for page in &due {
            console.print(&object(site, report, page).to_string());
        }
    } else {
        list(site, report, &due, last, console);
    }
    match options.get_one::<PathBuf>("ics") {
        Some(file) => {
            let given = options.get_one::<String>("base-url");
            let base = given.and_then(|url| config::check_base_url(url));
            let base = base.or_else(|| site.config.base_url.clone());
            write(file, site, report, &due, base, console)
        }
        None => Ok(()),
    }
}

fn path<'a>(site: &Site, report: &'a Report, due: &Due) -> &'a str {
    report.files.path(site.span(due.page, 0..0).file)
}

fn object(site: &Site, report: &Report, due: &Due) -> serde_json::Value {
    json!({"review": {
        "path": path(site, report, due),
        "title": &*due.page.title,
        "due": due.date.to_string(),
        "overdue": due.is_overdue,
        "reviewed": due.reviewed.map(|day| day.to_string()),
        "owner": due.owner.map(|owner| &owner.id),
        "owner_name": due.owner.map(|owner| &owner.name),
    }})
}

fn list(site: &Site, report: &Report, due: &[Due], last: Date, console: &Console) {
    let overdue = due.iter().filter(|page| page.is_overdue).count();
    let title = if due.is_empty() {
        "review_none"
    } else {
        "review_title"
    };
    console.print(&console.sentence(
        title,
        &[
            ("date", &last.to_string()),
            ("count", &due.len().to_string()),
            ("overdue", &overdue.to_string()),
        ],
    ));
    let groups = due.chunk_by(|a, b| a.owner.map(|o| &o.id) == b.owner.map(|o| &o.id));
    for group in groups {
        let owner = group.first().and_then(|page| page.owner);
        let name = owner.map_or_else(
            || console.sentence("review_no_owner", &[]),
            |owner| harmless(&owner.name),
        );
        console.print(&format!("\n{name}"));
        for page in group {
            let mark = if page.is_overdue {
                format!("  {}", console.sentence("review_overdue", &[]))
            } else {
                String::new()
            };
            console.print(&format!(
                "  {}  {} ({}){mark}",
                page.date,
                harmless(&page.page.title),
                harmless(path(site, report, page)),
            ));
        }
    }
}

/// Writes the calendar. A calendar without events is none, so nothing is written then.
fn write(
    file: &Path,
    site: &Site,
    report: &Report,
    due: &[Due],
    base: Option<String>,
    console: &Console,
) -> Result<()> {
    let shown = fs::shown(file);
    if due.is_empty() {
        console.tell("review_not_written", &[("path", &shown)]);
        return Ok(());
    }
    let event = |page: &Due| {
        let owner = page.owner.map_or_else(
            || console.sentence("review_no_owner", &[]),
            |owner| owner.name.clone(),
        );
        let place = path(site, report, page);
        let name = match &*page.page.path {
            "" => "index",
            name => name,
        };
        let anchor = page.page.fragment.as_ref();
        let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        let address = &page.page.address;
        Event {
            uid: format!("{name}@{}", site.config.id),
            day: page.date,
            summary: console.sentence("review_summary", &[("title", &page.page.title)]),
            description: console
                .sentence("review_description", &[("owner", &owner), ("path", place)]),
            url: base.as_ref().map(|base| format!("{base}{address}{anchor}")),
        }
    };
    let events: Vec<Event> = due.iter().map(event).collect();
    let text = calendar::calendar(site.today, &events);
    fs::replace(&Disk, file, text.as_bytes()).with_context(|| format!("cannot write {shown}"))?;
    console.tell(
        "review_written",
        &[("path", &shown), ("count", &events.len().to_string())],
    );
    Ok(())
}
