//! Scores: which pages a query leads to, and by which of their sections.
//!
//! In: the slots of a query with their candidates. Out: pages in order, each with its sections in order. Only sums,
//! products and square roots, and a logarithm that is rounded, so that the browser's numbers are the same.

use super::count::{HIGHEST, IN_HEADING, IN_TITLE};
use super::index::Index;
use super::lookup::Candidates;
use crate::model::front_matter::Kind;
use std::cmp::Ordering;

/// A page that a query leads to.
#[derive(Clone, Debug)]
pub struct PageHit {
    pub page: usize,
    pub score: f64,
    /// Its sections with their scores, best first.
    pub sections: Vec<(u32, f64)>,
}

/// What a slot is worth, for explaining.
#[derive(Clone, Debug)]
pub struct Mass {
    pub weight: f64,
    pub is_found: bool,
}

/// How much the further sections of a page add.
const REST: f64 = 0.15;
const MOST_REST: usize = 3;
/// How much it adds that a page as a whole has the words. A list of entries is no whole: each entry stands for itself.
const WHOLE_PAGE: f64 = 0.2;
const ALL_IN_HEADING: f64 = 1.25;
const ALL_IN_TITLE: f64 = 1.15;
/// What every word says, however common it is: a question is answered by most of its words, not by its rarest.
const ANY_WORD: f64 = 0.5;
/// Of a word that the site does not have.
const UNKNOWN: f64 = 0.7;
/// Share of the words' weight that a page must have.
const GATE: f64 = 0.34;
const GATE_LONG: f64 = 0.22;
const GATE_LAST: f64 = 0.12;
/// Share of the first page's score below which the rest is dropped.
const TAIL: f64 = 0.08;

/// What a slot finds in each section.
struct Found {
    /// By section: weight times impact; flags.
    values: Vec<f64>,
    flags: Vec<u8>,
    idf: f64,
    has_exact: bool,
}

/// Ranks the pages.
pub fn rank(index: &Index, candidates: &[Candidates]) -> (Vec<PageHit>, Vec<Mass>) {
    let found: Vec<Found> = candidates
        .iter()
        .map(|candidates| find(index, candidates))
        .collect();
    let total: f64 = found.iter().map(|slot| slot.idf).sum();
    let masses = found
        .iter()
        .map(|slot| Mass {
            weight: slot.idf,
            is_found: !slot.values.is_empty(),
        })
        .collect();
    let known: Vec<&Found> = found
        .iter()
        .filter(|slot| !slot.values.is_empty())
        .collect();
    let mut hits: Vec<(PageHit, f64)> = Vec::new();
    if total > 0.0 && !known.is_empty() {
        for page in 0..index.first_sections.len() {
            hits.extend(page_hit(index, page, &known, found.len(), total));
        }
    }
    let gate = if found.len() >= 4 { GATE_LONG } else { GATE };
    let has_exact = found.iter().any(|slot| slot.has_exact);
    if hits.iter().any(|(_, share)| *share >= gate) {
        hits.retain(|(_, share)| *share >= gate);
    } else {
        hits.retain(|(_, share)| has_exact && *share >= GATE_LAST);
    }
    let mut hits: Vec<PageHit> = hits.into_iter().map(|(hit, _)| hit).collect();
    hits.sort_by(|a, b| descending(a.score, b.score).then(a.page.cmp(&b.page)));
    if let Some(best) = hits.first().map(|hit| hit.score) {
        hits.retain(|hit| hit.score >= best * TAIL);
    }
    (hits, masses)
}

pub fn descending(a: f64, b: f64) -> Ordering {
    b.partial_cmp(&a).unwrap_or(Ordering::Equal)
}

/// The page's score, with the share of the query's weight that it has.
fn page_hit(
    index: &Index,
    page: usize,
    known: &[&Found],
    slots: usize,
    total: f64,
) -> Option<(PageHit, f64)> {
    let first = index.first_sections[page];
    let end = index
        .first_sections
        .get(page + 1)
        .copied()
        .unwrap_or(index.sections);
    let mut sections: Vec<(u32, f64)> = Vec::new();
    for section in first..end {
        let at = section as usize;
        let (mut sum, mut mass, mut count, mut flags) = (0.0, 0.0, 0, IN_HEADING | IN_TITLE);
        for slot in known {
            if slot.values[at] > 0.0 {
                sum += slot.idf * slot.values[at];
                mass += slot.idf;
                count += 1;
                flags &= u32::from(slot.flags[at]);
            }
        }
        if count == 0 {
            continue;
        }
        let mut score = sum * covered(mass / total);
        if count == slots && flags & IN_HEADING != 0 {
            score *= ALL_IN_HEADING;
        }
        if count == slots && flags & IN_TITLE != 0 {
            score *= ALL_IN_TITLE;
        }
        sections.push((section, score));
    }
    if sections.is_empty() {
        return None;
    }
    sections.sort_by(|a, b| descending(a.1, b.1).then(a.0.cmp(&b.0)));
    let list = index.list(page);
    let is_list = list.is_some();
    let best = sections[0].0;
    let (first, end) = if is_list {
        (best, best + 1)
    } else {
        (first, end)
    };
    let (mut sum, mut mass) = (0.0, 0.0);
    for slot in known {
        let best = slot.values[first as usize..end as usize]
            .iter()
            .copied()
            .fold(0.0, f64::max);
        if best > 0.0 {
            sum += slot.idf * best;
            mass += slot.idf;
        }
    }
    let rest: f64 = match list {
        // What a term means is read before what is told with the word.
        Some(Kind::Term) => sections[0].1,
        Some(_) => 0.0,
        None => sections[1..]
            .iter()
            .take(MOST_REST)
            .map(|(_, score)| score)
            .sum(),
    };
    let share = mass / total;
    let score = sections[0].1 + REST * rest + WHOLE_PAGE * (sum * covered(share));
    Some((
        PageHit {
            page,
            score,
            sections,
        },
        share,
    ))
}

/// What a share of the query's weight is worth: to the power of 1.25.
fn covered(share: f64) -> f64 {
    share * share.sqrt().sqrt()
}

/// Where the candidates of a slot are.
fn find(index: &Index, candidates: &Candidates) -> Found {
    let sections = f64::from(index.sections);
    if candidates.is_empty() {
        return Found {
            values: Vec::new(),
            flags: Vec::new(),
            idf: UNKNOWN * idf(sections, 1.0),
            has_exact: false,
        };
    }
    let mut values = vec![0.0; index.sections as usize];
    let mut flags = vec![0u8; index.sections as usize];
    // How many sections the candidates have that will do best.
    let mut spread: Vec<(f64, usize)> = Vec::new();
    for (entry, weight) in &candidates.entries {
        let mut count = 0;
        for (section, posting) in index.postings(*entry) {
            let at = section as usize;
            let value = weight * impact(posting);
            if value > values[at] {
                values[at] = value;
                flags[at] = (posting & (IN_HEADING | IN_TITLE)) as u8;
            }
            count += 1;
        }
        spread.push((*weight, count));
    }
    for (entries, weight) in &candidates.sets {
        let mut common: Vec<(u32, f64, u32)> = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if at == 0 {
                common = index
                    .postings(*entry)
                    .map(|(section, posting)| (section, impact(posting), posting))
                    .collect();
                continue;
            }
            let mut others = index.postings(*entry).peekable();
            common.retain_mut(|(section, least, flags)| {
                while others.next_if(|(other, _)| other < section).is_some() {}
                match others.peek() {
                    Some((other, posting)) if other == section => {
                        *least = least.min(impact(*posting));
                        *flags &= posting;
                        true
                    }
                    _ => false,
                }
            });
        }
        for (section, least, both) in &common {
            let at = *section as usize;
            let value = weight * least;
            if value > values[at] {
                values[at] = value;
                flags[at] = (both & (IN_HEADING | IN_TITLE)) as u8;
            }
        }
        if !common.is_empty() {
            spread.push((*weight, common.len()));
        }
    }
    let best = spread.iter().map(|(weight, _)| *weight).fold(0.0, f64::max);
    let most = spread
        .iter()
        .filter(|(weight, _)| *weight >= 0.85 * best)
        .map(|(_, count)| *count)
        .max();
    let Some(most) = most else {
        return Found {
            values: Vec::new(),
            flags,
            idf: UNKNOWN * idf(sections, 1.0),
            has_exact: false,
        };
    };
    Found {
        values,
        flags,
        idf: idf(sections, most as f64),
        has_exact: best >= 0.85,
    }
}

fn impact(posting: u32) -> f64 {
    f64::from(posting & HIGHEST) / f64::from(HIGHEST + 1)
}

/// How much it says that a section has a word, rounded so that every machine agrees.
fn idf(sections: f64, count: f64) -> f64 {
    let raw = (1.0 + (sections - count + 0.5).max(0.0) / (count + 0.5)).ln();
    (raw * 10_000.0).round() / 10_000.0 + ANY_WORD
}
