//! Sources: what is told of each wherever it is shown, the list under a text, the entries, and the twin for machines.

use super::{Planner, entries};
use crate::model::front_matter::{CitedSource, Dated, FrontMatter, Kind, Status};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{Page, PageCitation, Site, citation_anchor};
use crate::text::escape::ROOT;
use crate::text::span::Span;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The number of each source on the page that shows it: its place there, from 1.
pub fn numbers(site: &Site) -> HashMap<PageId, u32> {
    let mut numbers = HashMap::new();
    for page in &site.pages {
        let children = page.children.iter().map(|child| site.page(*child));
        let sources = children.filter(|child| site.source(child).is_some());
        numbers.extend(
            (1..)
                .zip(sources)
                .map(|(number, source)| (source.id, number)),
        );
    }
    numbers
}

/// The sources that a page cites, numbered as in its text.
pub fn citations(planner: &Planner, page: &Page) -> Vec<CitationView> {
    let view = |(number, citation): (u32, &PageCitation)| {
        let source = planner.site.page(citation.source);
        let uses = 1..=citation.places.len() as u32;
        CitationView {
            number,
            id: format!("vv-source-{number}"),
            title: source.title.clone(),
            url: planner.url(source),
            facts: facts(planner, page, source),
            places: places(citation),
            back: uses.map(|nth| citation_anchor(number, nth)).collect(),
        }
    };
    (1..).zip(&page.citations).map(view).collect()
}

/// The places in the source, each once.
fn places(citation: &PageCitation) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for place in citation.places.iter().flatten() {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    places
}

/// A source among all sources.
pub fn entry(planner: &Planner, page: &Page, entry: &Page, data: &CitedSource) -> SourceView {
    entry_used_by(planner, page, entry, data, |_| true)
}

/// A source, and of the pages that rest on it those that `is_told`.
fn entry_used_by(
    planner: &Planner,
    page: &Page,
    entry: &Page,
    data: &CitedSource,
    is_told: impl Fn(&Page) -> bool,
) -> SourceView {
    let users = uses(planner, entry).map(|(_, user)| user);
    let users = users.filter(|user| is_told(user));
    let view = |user| user_view(planner, page, user);
    let (used_on, used_more) = entries::listed(planner, page, users, view);
    SourceView {
        id: entries::anchor(entry),
        number: planner
            .source_numbers
            .get(&entry.id)
            .copied()
            .unwrap_or_default(),
        title: entry.title.clone(),
        facts: facts(planner, page, entry),
        url: data.url.as_ref().map(|url| url.value.clone()),
        used_on,
        used_more,
    }
}

fn user_view(planner: &Planner, page: &Page, user: &Page) -> UserView {
    let is_foreign = user.language != page.language;
    UserView {
        title: user.title.clone(),
        url: planner.url(user),
        language: is_foreign.then(|| planner.site.language(user).code.clone()),
    }
}

/// The id of a source in a booklet.
pub fn booklet_anchor(number: u32) -> String {
    format!("vv-source-{number}")
}

/// The sources of a booklet by number, each with those of the booklet's pages that rest on it.
pub fn of_booklet(
    planner: &Planner,
    of: &Page,
    numbers: &HashMap<PageId, u32>,
    pages: &[PageId],
) -> Vec<SourceView> {
    let pages: HashSet<PageId> = pages.iter().copied().collect();
    let view = |(id, number): (&PageId, &u32)| {
        let source = planner.site.page(*id);
        let data = planner.site.source(source)?;
        let is_told = |user: &Page| pages.contains(&user.id);
        Some(SourceView {
            id: booklet_anchor(*number).into(),
            number: *number,
            ..entry_used_by(planner, of, source, data, is_told)
        })
    };
    let mut sources: Vec<SourceView> = numbers.iter().filter_map(view).collect();
    sources.sort_by_key(|source| source.number);
    sources
}

/// The uses of a source, with the page of each.
fn uses<'a>(
    planner: &'a Planner,
    source: &Page,
) -> impl Iterator<Item = (&'a crate::model::site::SourceUse, &'a Page)> {
    let uses = planner
        .site
        .source_uses
        .get(&source.id)
        .into_iter()
        .flatten();
    uses.map(|use_| (use_, planner.site.page(use_.page)))
}

/// What is told of a source, in the language of the page that shows it.
fn facts(planner: &Planner, page: &Page, source: &Page) -> SourceFacts {
    let texts = planner.texts(page);
    let (Some(fm), Some(data)) = (
        planner.site.front_matter(source),
        planner.site.source(source),
    ) else {
        return SourceFacts::default();
    };
    let kind = format!("source_type_{}", data.source_type.replace('-', "_"));
    let mentions: Vec<LinkView> = planner
        .site
        .targets(source, &data.mentioned_in)
        .map(|mention| planner.short_link(mention))
        .collect();
    let access = match (data.is_seen, mentions.is_empty()) {
        (true, true) => "access_seen",
        (true, false) => "access_seen_in",
        (false, true) => "access_mentioned",
        (false, false) => "access_mentioned_in",
    };
    SourceFacts {
        kind: texts.text(&kind).to_string(),
        publisher: data.publisher.clone(),
        dated: match &data.dated {
            Dated::Date(date) => texts.date(*date),
            Dated::Year(year) => year.to_string(),
            Dated::Unknown => texts.text("source_undated").to_string(),
        },
        access: AccessView {
            text: texts.text(access).to_string(),
            sources: mentions,
        },
        interest: data.interest.clone(),
        caveats: data.caveats.clone(),
        status: status(planner, page, source, fm),
    }
}

fn status(planner: &Planner, page: &Page, source: &Page, fm: &FrontMatter) -> Option<StatusView> {
    let successor = source.successor.map(|id| planner.site.page(id));
    let key = match (fm.status, successor) {
        (Status::Current, _) => return None,
        (Status::Superseded, Some(_)) => "source_superseded_by",
        (Status::Superseded, None) => "source_superseded",
        (Status::Withdrawn, _) => "source_withdrawn",
        (Status::Retracted, _) => "source_retracted",
    };
    let texts = planner.texts(page);
    Some(StatusView {
        text: texts.text(key).to_string(),
        successor: successor
            .filter(|_| fm.status == Status::Superseded)
            .map(|page| planner.link(page)),
    })
}

/// Where the twin for machines of a page of sources lies, from the site's root.
pub fn data_path(page: &Page) -> String {
    format!("{}sources.json", page.address)
}

/// The twin for machines of each page that shows sources.
pub fn files(planner: &Planner) -> Vec<(Output, Span)> {
    let mut files = Vec::new();
    for page in planner
        .site
        .pages
        .iter()
        .filter(|page| page.fragment.is_none())
    {
        let children = page.children.iter().map(|child| planner.site.page(*child));
        let mut sources: Vec<&Page> = children
            .filter(|child| child.kind == Kind::Source)
            .collect();
        if sources.is_empty() {
            continue;
        }
        sources.sort_by_key(|source| id(source));
        let lines: Vec<String> = sources
            .iter()
            .filter_map(|source| line(planner, source))
            .collect();
        let output = Output {
            path: data_path(page).into(),
            maker: Maker::Text(format!("{{\"sources\": [\n{}\n]}}\n", lines.join(",\n"))),
        };
        files.push((output, super::place(planner.site, page)));
    }
    files
}

fn id(page: &Page) -> &str {
    page.content_id.as_deref().unwrap_or(&page.path)
}

/// One source as machines read it; addresses are those from the site's root.
fn line(planner: &Planner, source: &Page) -> Option<String> {
    let site = planner.site;
    let (fm, data) = (site.front_matter(source)?, site.source(source)?);
    let record = SourceRecord {
        id: id(source),
        title: &source.title,
        kind: data.source_type,
        publisher: &data.publisher,
        dated: match &data.dated {
            Dated::Date(date) => Some(date.to_string()),
            Dated::Year(year) => Some(year.to_string()),
            Dated::Unknown => None,
        },
        access: if data.is_seen { "seen" } else { "mentioned" },
        mentioned_in: site.targets(source, &data.mentioned_in).map(id).collect(),
        status: fm.status.name(),
        superseded_by: fm
            .superseded_by
            .as_ref()
            .and_then(|by| site.target(source, by))
            .map(id),
        reviewed: fm.reviewed.as_ref().map(|date| date.value.to_string()),
        review_due: fm.due().map(|date| date.to_string()),
        url: from_root(planner, source),
        used_on: uses(planner, source)
            .map(|(use_, user)| UseRecord {
                path: &user.path,
                title: &user.title,
                url: from_root(planner, user),
                by: use_.by.iter().map(|by| by.name()).collect(),
                places: &use_.places,
                figures: &use_.figures,
            })
            .collect(),
    };
    serde_json::to_string(&record).ok()
}

fn from_root<'a>(planner: &'a Planner, page: &Page) -> &'a str {
    match planner.addresses[page.id.index()].trim_start_matches(ROOT) {
        "" => "./",
        address => address,
    }
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    publisher: &'a str,
    dated: Option<String>,
    access: &'static str,
    mentioned_in: Vec<&'a str>,
    status: &'static str,
    superseded_by: Option<&'a str>,
    reviewed: Option<String>,
    review_due: Option<String>,
    url: &'a str,
    used_on: Vec<UseRecord<'a>>,
}

#[derive(Serialize)]
struct UseRecord<'a> {
    path: &'a str,
    title: &'a str,
    url: &'a str,
    by: Vec<&'static str>,
    places: &'a [String],
    figures: &'a [String],
}
