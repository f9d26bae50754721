//! A whole search: query in, results out, as on the site's search page.
//!
//! In: an index with its pages, a query, filters. Out: results in order with snippets. The twin in the browser is
//! `themes/standard/static/search.js`, which loads the same index piece by piece.

use super::collect::{FoundPage, SectionKind};
use super::index::Index;
use super::lookup::{self, Candidates};
use super::query::{self, Query};
use super::rank::{self, PageHit, descending};
use super::snippet::{self, Run};
use super::stem::Stemmer;
use super::tokens::{TokenKind, Tokenizer};
use super::vocabulary::FastSet;

/// An index with the texts of its pages, ready for queries.
pub struct Engine {
    pub index: Index,
    pub pages: Vec<FoundPage>,
    stops: FastSet<String>,
}

/// What a reader asks for beside the words.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The last word may go on.
    pub is_typing: bool,
    pub kinds: Vec<String>,
    pub roles: Vec<String>,
    pub topics: Vec<String>,
    pub limit: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Results {
    pub query: String,
    /// Pages in all.
    pub total: usize,
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

/// Pages whose texts are looked at together and put in order by closeness.
const BLOCK: usize = 10;
const MOST_SUBS: usize = 3;
/// Share of the best section's score that a further section must have.
const SUB: f64 = 0.35;
/// A heading or title that is the query.
const SAME_HEADING: f64 = 1.25;
/// Pages whose texts are searched for a phrase in quotes.
const MOST_QUOTED: usize = 30;

impl Engine {
    pub fn new(index: Index, pages: Vec<FoundPage>) -> Engine {
        let stops = index.stops.iter().cloned().collect();
        Engine {
            index,
            pages,
            stops,
        }
    }

    /// Searches.
    pub fn search(&self, text: &str, options: &Options) -> Results {
        let query = query::analyse(text, options.is_typing, &self.index.language, &self.stops);
        let candidates = lookup::candidates(&self.index, &query.slots);
        let is_wanted = |page: usize| self.is_wanted(page, options);
        let (mut hits, masses) = rank::rank(&self.index, &candidates, &is_wanted);
        let weights: Vec<f64> = masses.iter().map(|mass| mass.weight).collect();
        if !query.literals.is_empty() {
            self.keep_quoted(&mut hits, &query.literals);
        }
        let needles = snippet::needles(&self.index, &candidates, &weights);
        let total = hits.len();
        let mut results = Vec::new();
        for block in hits.chunks(BLOCK) {
            if results.len() >= options.limit {
                break;
            }
            let mut block: Vec<Hit> = block
                .iter()
                .map(|hit| self.hit(hit, &query, &needles))
                .collect();
            block.sort_by(|a, b| descending(a.score, b.score));
            results.extend(block);
        }
        results.truncate(options.limit);
        Results {
            query: query.text.clone(),
            total,
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

    fn is_wanted(&self, page: usize, options: &Options) -> bool {
        let facets = &self.index.sets[self.index.facets[page] as usize];
        let has = |wanted: &[String], own: &[String]| {
            wanted.is_empty() || wanted.iter().any(|id| own.contains(id))
        };
        (options.kinds.is_empty() || options.kinds.iter().any(|kind| kind == facets.kind))
            && has(&options.roles, &facets.roles)
            && has(&options.topics, &facets.topics)
    }

    fn text_of(&self, section: u32) -> (usize, String) {
        let page = self.index.page_of(section);
        let own = &self.pages[page].sections[(section - self.index.first_sections[page]) as usize];
        let heading = if own.kind == SectionKind::Page {
            &*self.pages[page].title
        } else {
            &own.heading
        };
        (page, snippet::prepared(heading, &own.text))
    }

    /// Keeps sections that hold every phrase as written.
    fn keep_quoted(&self, hits: &mut Vec<PageHit>, phrases: &[Vec<String>]) {
        hits.truncate(MOST_QUOTED);
        for hit in hits.iter_mut() {
            hit.sections.retain(|(section, _)| {
                let (_, text) = self.text_of(*section);
                let words = snippet::words(&text, &self.index.language);
                phrases
                    .iter()
                    .all(|phrase| snippet::has_phrase(&words, phrase))
            });
        }
        hits.retain(|hit| !hit.sections.is_empty());
    }

    fn hit(&self, hit: &PageHit, query: &Query, needles: &[snippet::Needle]) -> Hit {
        let page = &self.pages[hit.page];
        let first = self.index.first_sections[hit.page];
        let section = |section: u32| &page.sections[(section - first) as usize];
        let (best, best_score) = hit.sections[0];
        let own = section(best);
        let (_, whole) = self.text_of(best);
        let closeness =
            snippet::mark(&whole, &self.index.language, needles).closeness(needles.len());
        let words = snippet::words(&whole, &self.index.language);
        let closeness = closeness * snippet::as_typed(&words, &query.words);
        let is_same = self.is_query(&own.heading, query) || self.is_query(&page.title, query);
        let url = |section: &super::collect::Section| match &section.fragment {
            Some(fragment) => format!("{}#{fragment}", page.url),
            None => page.url.to_string(),
        };
        let runs = |section: &super::collect::Section| {
            let text = snippet::prepared("", &section.text);
            snippet::mark(&text, &self.index.language, needles).snippet(needles)
        };
        let subs = hit.sections[1..]
            .iter()
            .take_while(|(_, score)| *score >= SUB * best_score)
            .take(MOST_SUBS)
            .map(|(at, _)| {
                let own = section(*at);
                Sub {
                    url: url(own),
                    title: if own.heading.is_empty() {
                        page.title.to_string()
                    } else {
                        own.heading.clone()
                    },
                    kind: own.kind,
                    snippet: runs(own),
                }
            })
            .collect();
        Hit {
            url: url(own),
            title: page.title.to_string(),
            kind: own.kind,
            page_kind: page.facets.kind,
            trail: page.trail.iter().map(ToString::to_string).collect(),
            heading: Some(own.heading.clone()).filter(|heading| !heading.is_empty()),
            score: hit.score * closeness * if is_same { SAME_HEADING } else { 1.0 },
            snippet: runs(own),
            subs,
        }
    }

    /// Whether a heading has the words of the query and no others that count.
    fn is_query(&self, heading: &str, query: &Query) -> bool {
        let stemmer = Stemmer::of(&self.index.language);
        let mut keys: Vec<String> = Vec::new();
        Tokenizer::new(&self.index.language).each(heading, |word, _, kind| {
            if matches!(kind, TokenKind::Word | TokenKind::Part) && !self.stops.contains(word) {
                keys.push(super::stem::fold(&stemmer.stem(word)));
            }
        });
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
