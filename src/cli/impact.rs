//! `check --impact ID`: which pages fall when a source does.
//!
//! In: what came of a check. Out: a list on stdout, a page to a line, and the sources that are known through this one.

use super::console::Console;
use crate::diagnostic::catalogue::harmless;
use crate::diagnostic::terminal::Sources;
use crate::model::front_matter::Kind;
use crate::model::site::{Page, Site, SourceUse, UsedBy};
use crate::pipeline::Report;
use crate::text::nearest::nearest;
use clap::ArgMatches;
use serde_json::json;

/// Tells what rests on a source, where that is asked for; `false` when there is no such source.
pub fn tell(options: &ArgMatches, console: &Console, report: &Report) -> bool {
    let id = options.try_get_one::<String>("impact").ok().flatten();
    let (Some(id), Some(site)) = (id, report.site()) else {
        return true;
    };
    let Some(source) = find(site, id) else {
        unknown(site, id, console);
        return false;
    };
    let uses = site
        .source_uses
        .get(&source.id)
        .map_or(&[][..], Vec::as_slice);
    let known_through = site.known_through(source);
    if console.is_json() {
        for use_ in uses {
            console.print(&object(site, report, source, use_).to_string());
        }
        for other in &known_through {
            console.print(&mention(site, report, source, other).to_string());
        }
    } else {
        list(site, report, source, uses, console);
        mentions(site, report, &known_through, console);
    }
    true
}

fn name(page: &Page) -> &str {
    page.content_id.as_deref().unwrap_or(&page.path)
}

fn sources(site: &Site) -> impl Iterator<Item = &Page> {
    site.pages.iter().filter(|page| page.kind == Kind::Source)
}

fn find<'a>(site: &'a Site, id: &str) -> Option<&'a Page> {
    sources(site).find(|source| name(source) == id || &*source.path == id)
}

fn unknown(site: &Site, id: &str, console: &Console) {
    let shown = harmless(id);
    match nearest(id, sources(site).map(name)) {
        Some(nearest) => console.say(
            "unknown_source_nearest",
            &[("id", &shown), ("nearest", nearest)],
        ),
        None => console.say("unknown_source", &[("id", &shown)]),
    }
}

fn path<'a>(site: &Site, report: &'a Report, page: &Page) -> &'a str {
    report.files.path(site.span(page, 0..0).file)
}

fn url(page: &Page) -> String {
    let anchor = page
        .fragment
        .as_ref()
        .map_or(String::new(), |anchor| format!("#{anchor}"));
    match format!("{}{anchor}", page.address) {
        address if address.is_empty() => "./".to_string(),
        address => address,
    }
}

fn object(site: &Site, report: &Report, source: &Page, use_: &SourceUse) -> serde_json::Value {
    let page = site.page(use_.page);
    json!({"impact": {
        "source": name(source),
        "path": path(site, report, page),
        "title": &*page.title,
        "url": url(page),
        "by": use_.by.iter().map(|by| by.name()).collect::<Vec<_>>(),
        "places": use_.places,
        "figures": use_.figures,
    }})
}

fn mention(site: &Site, report: &Report, source: &Page, other: &Page) -> serde_json::Value {
    json!({"impact": {
        "source": name(source),
        "path": path(site, report, other),
        "title": &*other.title,
        "url": url(other),
        "by": ["mentioned_in"],
        "seen": site.source(other).is_some_and(|data| data.is_seen),
    }})
}

fn list(site: &Site, report: &Report, source: &Page, uses: &[SourceUse], console: &Console) {
    let title = match uses.len() {
        0 => "impact_none",
        1 => "impact_one",
        _ => "impact_title",
    };
    let count = uses.len().to_string();
    let shown = [("title", harmless(&source.title)), ("count", count)];
    let shown: Vec<(&str, &str)> = shown.iter().map(|(key, text)| (*key, &**text)).collect();
    console.print(&console.sentence(title, &shown));
    for use_ in uses {
        let page = site.page(use_.page);
        let ways: Vec<String> = use_.by.iter().map(|by| way(*by, use_, console)).collect();
        console.print(&format!(
            "  {} ({}): {}",
            harmless(&page.title),
            harmless(path(site, report, page)),
            ways.join(", ")
        ));
    }
}

/// One way to rest on the source: «teksten (side 4)», «tal (fravaer-foer)».
fn way(by: UsedBy, use_: &SourceUse, console: &Console) -> String {
    let word = console.sentence(&format!("impact_{}", by.name()), &[]);
    let told = match by {
        UsedBy::Text => &use_.places,
        UsedBy::Figure => &use_.figures,
        _ => return word,
    };
    match told.is_empty() {
        true => word,
        false => format!("{word} ({})", harmless(&told.join("; "))),
    }
}

fn mentions(site: &Site, report: &Report, sources: &[&Page], console: &Console) {
    if sources.is_empty() {
        return;
    }
    console.print(&format!("\n{}", console.sentence("impact_mentions", &[])));
    for source in sources {
        let is_seen = site.source(source).is_some_and(|data| data.is_seen);
        let access = console.sentence(
            if is_seen {
                "impact_seen"
            } else {
                "impact_unseen"
            },
            &[],
        );
        let count = site
            .source_uses
            .get(&source.id)
            .map_or(0, Vec::len)
            .to_string();
        let used = console.sentence("impact_used", &[("count", &count)]);
        console.print(&format!(
            "  {} ({}): {access}, {used}",
            harmless(&source.title),
            harmless(path(site, report, source)),
        ));
    }
}
