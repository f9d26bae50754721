//! Pages that show entries: the glossary from A to Å, and the sources with what uses them.

use super::Planner;
use crate::model::front_matter::{CitedSource, Dated, KindData};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::{collate, slug};
use std::sync::Arc;

/// Adds the glossary's or the sources' entries to the view of the page that shows them.
pub fn fill(planner: &Planner, page: &Page, entries: &[PageId], view: &mut PageView) {
    let pages: Vec<&Page> = entries.iter().map(|id| planner.site.page(*id)).collect();
    let mut sources = Vec::new();
    let mut terms: Vec<(String, TermView)> = Vec::new();
    for entry in pages {
        let Some(fm) = planner.site.front_matter(entry) else {
            continue;
        };
        match &fm.kind {
            KindData::Source(data) => {
                sources.push(source(planner, page, entry, data, sources.len() + 1))
            }
            KindData::Term(data) => {
                let view = TermView {
                    id: anchor(entry),
                    title: Arc::clone(&entry.title),
                    definition: data.definition.clone(),
                    synonyms: data.synonyms.clone(),
                    abbreviations: data.abbreviations.clone(),
                    confused_with: planner
                        .site
                        .targets(entry, &data.not_to_be_confused_with)
                        .map(|t| planner.link(t))
                        .collect(),
                    used_on: used_on(planner, entry),
                };
                terms.push((collate::initial(&entry.title), view));
            }
            _ => {}
        }
    }
    if !sources.is_empty() {
        view.sources = Some(sources);
    }
    if !terms.is_empty() {
        view.glossary = Some(glossary(terms));
    }
}

fn glossary(mut terms: Vec<(String, TermView)>) -> GlossaryView {
    terms.sort_by(|(_, a), (_, b)| collate::compare(&a.title, &b.title));
    let mut letters: Vec<LetterView> = Vec::new();
    for (letter, term) in terms {
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.terms.push(term),
            _ => letters.push(LetterView {
                id: letter_id(&letter),
                letter,
                terms: vec![term],
            }),
        }
    }
    GlossaryView { letters }
}

fn letter_id(letter: &str) -> String {
    let slug = slug::slug(letter);
    if slug.is_empty() {
        "vv-letter-0".to_string()
    } else {
        format!("vv-letter-{slug}")
    }
}

fn anchor(entry: &Page) -> Arc<str> {
    entry
        .fragment
        .clone()
        .unwrap_or_else(|| Arc::clone(&entry.path))
}

fn used_on(planner: &Planner, entry: &Page) -> Vec<LinkView> {
    entry
        .used_on
        .iter()
        .map(|id| planner.link(planner.site.page(*id)))
        .collect()
}

fn source(
    planner: &Planner,
    page: &Page,
    entry: &Page,
    data: &CitedSource,
    number: usize,
) -> SourceView {
    let texts = planner.texts(page);
    let facts = source_facts(planner, page, entry);
    SourceView {
        id: anchor(entry),
        number,
        title: Arc::clone(&entry.title),
        kind: texts
            .text(&format!(
                "source_type_{}",
                data.source_type.replace('-', "_")
            ))
            .to_string(),
        publisher: facts.publisher,
        dated: facts.dated,
        access: texts
            .text(if data.is_seen {
                "access_seen"
            } else {
                "access_mentioned"
            })
            .to_string(),
        url: data
            .url
            .as_ref()
            .map(|url| url.value.clone())
            .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        interest: data.interest.clone(),
        caveats: data.caveats.clone(),
        status: None,
        used_on: used_on(planner, entry),
    }
}

/// What is told of a source wherever it is named.
pub struct SourceFacts {
    pub publisher: String,
    pub dated: String,
    pub is_seen: bool,
}

/// The facts of a source in the language of the page that shows them.
pub fn source_facts(planner: &Planner, page: &Page, source: &Page) -> SourceFacts {
    let texts = planner.texts(page);
    let data = planner
        .site
        .front_matter(source)
        .and_then(|fm| match &fm.kind {
            KindData::Source(data) => Some(data),
            _ => None,
        });
    SourceFacts {
        publisher: data.map(|data| data.publisher.clone()).unwrap_or_default(),
        dated: match data.map(|data| &data.dated) {
            Some(Dated::Date(date)) => texts.date(*date),
            Some(Dated::Year(year)) => year.to_string(),
            Some(Dated::Unknown) | None => texts.text("source_undated").to_string(),
        },
        is_seen: data.is_some_and(|data| data.is_seen),
    }
}
