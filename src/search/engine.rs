//! A whole search: query in, results out, as on the site's search page.
//!
//! In: an index with its pages, a query, filters. Out: results in order with snippets. The twin in the browser is
//! `themes/standard/static/search.js`, which loads the same index piece by piece.

use super::collect::{FoundPage, Section, SectionKind};
use super::index::Index;
use super::lookup::{self, Candidates};
use super::query::{self, Query};
use super::rank::{self, PageHit, descending};
use super::snippet::{self, Run};
use super::stem::{Stemmer, fold};
use super::vocabulary::FastSet;

/// An index with the texts of its pages, ready for queries.
pub struct Engine {
    pub index: Index,
    pub pages: Vec<FoundPage>,
    stops: FastSet<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Results {
    pub query: String,
    /// Pages in all.
    pub total: usize,
    /// Whether there may be more pages with what is quoted.
    pub is_partial: bool,
    pub results: Vec<Hit>,
    /// The words searched for, where one was taken for misspelt.
    pub corrected: Option<String>,
    /// Words that nothing was found for.
    pub dropped: Vec<String>,
    /// What each word was taken for, and its weight.
    pub explained: Vec<Explained>,
}

/// What a word of the query was taken for.
#[derive(Clone, Debug)]
pub struct Explained {
    pub word: String,
    pub weight: f64,
    pub taken_for: Vec<(String, f64)>,
}

/// A page among the results, by its best section.
#[derive(Clone, Debug)]
pub struct Hit {
    /// From the site's root, with the fragment.
    pub url: String,
    pub title: String,
    pub kind: SectionKind,
    pub page_kind: &'static str,
    pub trail: Vec<String>,
    pub heading: Option<String>,
    pub score: f64,
    pub snippet: Vec<Run>,
    pub subs: Vec<Sub>,
}

/// A further section of the same page.
#[derive(Clone, Debug)]
pub struct Sub {
    pub url: String,
    pub title: String,
    pub kind: SectionKind,
    pub snippet: Vec<Run>,
}

/// A section of a page that is shown.
struct Near<'a> {
    section: &'a Section,
    /// Share of the best section's score, more where the words stand near each other.
    value: f64,
    snippet: Vec<Run>,
}

/// Pages whose texts are looked at together and put in order by closeness.
const BLOCK: usize = 10;
const MOST_SUBS: usize = 3;
/// Share of the best section's score that a further section must have.
const SUB: f64 = 0.35;
/// A heading or title that is the query.
const SAME_HEADING: f64 = 1.25;
/// Pages whose texts are searched for a phrase in quotes.
const MOST_QUOTED: usize = 100;

impl Engine {
    pub fn new(index: Index, pages: Vec<FoundPage>) -> Engine {
        let stops = index.stops.iter().cloned().collect();
        Engine {
            index,
            pages,
            stops,
        }
    }

    /// Searches, and gives at most so many pages.
    pub fn search(&self, text: &str, limit: usize) -> Results {
        let query = query::analyse(text, &self.index.language, &self.stops);
        let candidates = lookup::candidates(&self.index, &query.slots);
        let (mut hits, masses) = rank::rank(&self.index, &candidates);
        let weights: Vec<f64> = masses.iter().map(|mass| mass.weight).collect();
        let is_partial = !query.literals.is_empty() && hits.len() > MOST_QUOTED;
        if !query.literals.is_empty() {
            self.keep_quoted(&mut hits, &query.literals);
        }
        let needles = snippet::needles(&self.index, &candidates, &weights);
        let total = hits.len();
        let mut results = Vec::new();
        for block in hits.chunks(BLOCK) {
            if results.len() >= limit {
                break;
            }
            let mut block: Vec<Hit> = block
                .iter()
                .map(|hit| self.hit(hit, &query, &needles))
                .collect();
            block.sort_by(|a, b| descending(a.score, b.score));
            results.extend(block);
        }
        results.truncate(limit);
        Results {
            query: query.text.clone(),
            total,
            is_partial,
            results,
            corrected: corrected(&query, &candidates),
            dropped: query
                .slots
                .iter()
                .zip(&masses)
                .filter(|(_, mass)| !mass.is_found)
                .map(|(slot, _)| slot.word.clone())
                .collect(),
            explained: self.explained(&query, &candidates, &weights),
        }
    }

    /// A section's heading and text.
    fn text_of(&self, section: u32) -> String {
        let page = &self.pages[self.index.page_of(section)];
        let own = self.section(section);
        let heading = if own.kind == SectionKind::Page {
            &*page.title
        } else {
            &own.heading
        };
        snippet::prepared(heading, &own.text)
    }

    fn section(&self, section: u32) -> &Section {
        let page = self.index.page_of(section);
        &self.pages[page].sections[(section - self.index.first_sections[page]) as usize]
    }

    /// Keeps sections that hold every phrase as written.
    fn keep_quoted(&self, hits: &mut Vec<PageHit>, phrases: &[Vec<String>]) {
        hits.truncate(MOST_QUOTED);
        for hit in hits.iter_mut() {
            hit.sections.retain(|(section, _)| {
                let words = query::words(&self.text_of(*section), &self.index.language);
                phrases
                    .iter()
                    .all(|phrase| snippet::has_phrase(&words, phrase))
            });
        }
        hits.retain(|hit| !hit.sections.is_empty());
    }

    /// A page as it is shown: of its best sections, the one with the words nearest each other leads.
    fn hit(&self, hit: &PageHit, query: &Query, needles: &[snippet::Needle]) -> Hit {
        let page = &self.pages[hit.page];
        let best = hit.sections[0].1;
        let near = hit.sections.iter().enumerate();
        let near = near.filter(|(at, (_, value))| *at == 0 || *value >= SUB * best);
        let mut near: Vec<Near> = near
            .take(1 + MOST_SUBS)
            .map(|(_, (at, value))| self.near(*at, value / best, query, needles))
            .collect();
        let mut first = 0;
        for at in 1..near.len() {
            if near[at].value > near[first].value {
                first = at;
            }
        }
        let first = near.remove(first);
        let own = first.section;
        let is_same = self.is_query(&own.heading, query) || self.is_query(&page.title, query);
        let url = |section: &Section| match &section.fragment {
            Some(fragment) => format!("{}#{fragment}", page.url),
            None => page.url.to_string(),
        };
        let subs = near.into_iter().map(|near| {
            let heading = &near.section.heading;
            Sub {
                url: url(near.section),
                title: if heading.is_empty() {
                    page.title.to_string()
                } else {
                    heading.clone()
                },
                kind: near.section.kind,
                snippet: near.snippet,
            }
        });
        Hit {
            url: url(own),
            title: page.title.to_string(),
            kind: own.kind,
            page_kind: page.facets.kind,
            trail: page.trail.iter().map(ToString::to_string).collect(),
            heading: Some(own.heading.clone()).filter(|heading| !heading.is_empty()),
            score: hit.score * first.value * if is_same { SAME_HEADING } else { 1.0 },
            snippet: first.snippet,
            subs: subs.collect(),
        }
    }

    /// Reads a section of a page that is shown. `share` is its score as a share of the best section's.
    fn near(&self, at: u32, share: f64, query: &Query, needles: &[snippet::Needle]) -> Near<'_> {
        let language = &self.index.language;
        let section = self.section(at);
        let whole = self.text_of(at);
        let marked = snippet::mark(&whole, language, needles);
        let words = query::words(&whole, language);
        let nearness = marked.closeness(needles.len()) * snippet::as_typed(&words, &query.words);
        Near {
            section,
            value: share * nearness,
            snippet: marked.after_heading(&section.text).snippet(needles),
        }
    }

    /// Whether a heading has the words of the query and no others that count.
    fn is_query(&self, heading: &str, query: &Query) -> bool {
        let stemmer = Stemmer::of(&self.index.language);
        let words = query::words(heading, &self.index.language);
        let counting = words.iter().filter(|word| !self.stops.contains(*word));
        let keys: Vec<String> = counting.map(|word| fold(&stemmer.stem(word))).collect();
        !keys.is_empty() && keys.iter().eq(query.slots.iter().map(|slot| &slot.key))
    }

    fn explained(
        &self,
        query: &Query,
        candidates: &[Candidates],
        weights: &[f64],
    ) -> Vec<Explained> {
        let name = |entry: u32| self.index.entries[entry as usize].display.clone();
        query
            .slots
            .iter()
            .zip(candidates)
            .zip(weights)
            .map(|((slot, candidates), weight)| {
                let mut taken_for: Vec<(String, f64)> = candidates
                    .entries
                    .iter()
                    .map(|(entry, weight)| (name(*entry), *weight))
                    .collect();
                taken_for.extend(candidates.sets.iter().map(|(entries, weight)| {
                    let names: Vec<String> = entries.iter().map(|entry| name(*entry)).collect();
                    (names.join(" + "), *weight)
                }));
                taken_for.sort_by(|a, b| descending(a.1, b.1));
                Explained {
                    word: slot.word.clone(),
                    weight: *weight,
                    taken_for,
                }
            })
            .collect()
    }
}

/// The query with the words of the site in place of those that were taken for misspelt.
fn corrected(query: &Query, candidates: &[Candidates]) -> Option<String> {
    candidates
        .iter()
        .any(|slot| slot.corrected.is_some())
        .then(|| {
            let words: Vec<&str> = query
                .slots
                .iter()
                .zip(candidates)
                .map(|(slot, found)| found.corrected.as_deref().unwrap_or(&slot.word))
                .collect();
            words.join(" ")
        })
}
