//! From a query's words to entries of the index: forms, spellings, prefixes, compounds, nouns of verbs, synonyms.
//!
//! In: the slots of a query. Out: for each the entries that will do, each with how well, and sets of entries that must
//! all be there. Nothing is looked up beyond three files of the vocabulary for one beginning, so that the browser finds
//! the same with few requests.

mod guess;

use super::index::Index;
use super::query::Slot;
use super::stem::{Stemmer, fold};
use std::collections::BTreeMap;

/// What will do for a slot.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Entry to weight.
    pub entries: BTreeMap<u32, f64>,
    /// Entries that must all be in a section, and the weight.
    pub sets: Vec<(Vec<u32>, f64)>,
    /// A word of the site that was taken for a misspelt one.
    pub corrected: Option<String>,
}

impl Candidates {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.sets.is_empty()
    }

    fn add(&mut self, entry: u32, weight: f64) {
        let old = self.entries.entry(entry).or_insert(0.0);
        *old = old.max(weight);
    }

    fn add_set(&mut self, entries: &[u32], weight: f64) {
        let set = (entries.to_vec(), weight);
        if entries.len() > 1 && !self.sets.contains(&set) {
            self.sets.push(set);
        }
    }
}

const FOLDED: f64 = 0.88;
const NEUTER: f64 = 0.95;
const PARTS: f64 = 0.5;
const SYNONYM: f64 = 0.7;
const MOST_PREFIXED: usize = 40;
const MOST_FILES: usize = 3;
/// Letters of a verb's stem that is looked for behind its particle, and entries of such nouns.
const LEAST_VERB: usize = 3;
const MOST_NOUNS: usize = 10;
/// What such a noun counts for: it says the same.
const NOUN: f64 = 0.95;
const LINKS: [&str; 4] = ["", "s", "e", "er"];

/// Finds the candidates of every slot.
pub fn candidates(index: &Index, slots: &[Slot]) -> Vec<Candidates> {
    let lookup = Lookup {
        index,
        stemmer: Stemmer::of(&index.language),
    };
    let mut found: Vec<Candidates> = slots.iter().map(|slot| lookup.known(slot)).collect();
    lookup.joined(slots, &mut found);
    lookup.particles(slots, &mut found);
    lookup.synonyms(slots, &mut found);
    for (slot, found) in slots.iter().zip(&mut found) {
        if found.is_empty() && !slot.is_literal {
            lookup.unknown(slot, found);
        }
    }
    found
}

struct Lookup<'a> {
    index: &'a Index,
    stemmer: Stemmer,
}

impl Lookup<'_> {
    /// Entries with a key, aliases followed.
    fn at_key(&self, key: &str) -> impl Iterator<Item = (u32, &str)> {
        let entries = &self.index.entries;
        let start = entries.partition_point(|entry| entry.key.as_str() < key);
        let own = entries[start..]
            .iter()
            .take_while(move |entry| entry.key == key);
        own.enumerate().map(move |(at, entry)| {
            (
                entry.alias.unwrap_or((start + at) as u32),
                entry.stem.as_str(),
            )
        })
    }

    /// The entries of a word in any form or spelling.
    fn exact(&self, word: &str) -> Vec<(u32, f64)> {
        let stem = self.stemmer.stem(word);
        let mut found = self.stemmed(&stem);
        if fold(word) != fold(&stem) {
            self.look(&mut found, word, 1.0);
        }
        found
    }

    /// Adds the entries of a stem that are not there yet; another spelling counts less.
    fn look(&self, found: &mut Vec<(u32, f64)>, exact: &str, weight: f64) {
        for (entry, text) in self.at_key(&fold(exact)) {
            if !found.iter().any(|(other, _)| *other == entry) {
                let spelling = if text == exact { 1.0 } else { FOLDED };
                found.push((entry, weight * spelling));
            }
        }
    }

    fn stemmed(&self, stem: &str) -> Vec<(u32, f64)> {
        let mut found = Vec::new();
        self.look(&mut found, stem, 1.0);
        if self.stemmer != Stemmer::Danish {
            return found;
        }
        let count = stem.chars().count();
        let base = stem.strip_suffix('t');
        if count >= 5 {
            if let Some(base) = base {
                self.look(&mut found, base, NEUTER);
            }
            self.look(&mut found, &format!("{stem}t"), NEUTER);
        } else if let Some(base) = base.filter(|_| count == 4 && found.is_empty()) {
            // A short word in `t` is mostly a word of its own; where there is none, that of a verb: `hørt`, `mødt`.
            self.look(&mut found, base, NEUTER);
            found.retain(|(entry, _)| self.index.entries[*entry as usize].stem == base);
        }
        found
    }

    /// Entries that begin with a word, the shortest first.
    fn prefixed(&self, word: &str, most: usize) -> Vec<(u32, f64)> {
        let start = fold(word);
        let letters = start.chars().count();
        let entries = &self.index.entries;
        let first = entries.partition_point(|entry| entry.key.as_str() < start.as_str());
        let end = self.index.end_of_files(&start, MOST_FILES).max(first);
        let mut found: Vec<(usize, u32)> = entries[first..end]
            .iter()
            .take_while(|entry| entry.key.starts_with(&start))
            .enumerate()
            .map(|(at, entry)| {
                (
                    entry.key.chars().count(),
                    entry.alias.unwrap_or((first + at) as u32),
                )
            })
            .collect();
        found.sort_by_key(|(count, _)| *count);
        found.truncate(most);
        found
            .into_iter()
            .map(|(count, entry)| (entry, 0.5 + 0.35 * (letters as f64 / count as f64)))
            .collect()
    }

    /// What is found without guessing.
    fn known(&self, slot: &Slot) -> Candidates {
        let mut found = Candidates::default();
        let exact = self.exact(&slot.word);
        for (entry, weight) in &exact {
            found.add(*entry, *weight);
            if *weight >= FOLDED {
                found.add_set(&self.index.entries[*entry as usize].parts, PARTS);
            }
        }
        let letters = slot.word.chars().count();
        let factor = if exact.is_empty() { 1.0 } else { 0.5 };
        if (slot.is_prefix && letters >= 2) || (exact.is_empty() && letters >= 5) {
            for (entry, weight) in self.prefixed(&slot.word, MOST_PREFIXED) {
                found.add(entry, weight * factor);
            }
        }
        if !slot.range.is_empty() {
            let numbers: Vec<u32> = slot
                .range
                .iter()
                .filter_map(|number| Some(self.exact(number).first()?.0))
                .collect();
            if numbers.len() == slot.range.len() {
                found.add_set(&numbers, PARTS);
            }
        }
        found
    }

    /// Two or three neighbours that are one word of the site.
    fn joined(&self, slots: &[Slot], found: &mut [Candidates]) {
        for first in 0..slots.len() {
            for count in [2, 3] {
                let Some(span) = slots.get(first..first + count) else {
                    continue;
                };
                let is_close = span
                    .windows(2)
                    .all(|pair| pair[1].place == pair[0].place + 1);
                if !is_close || span.iter().any(|slot| slot.word.chars().count() < 2) {
                    continue;
                }
                let mut hits: Vec<(u32, f64)> = Vec::new();
                for word in written_together(span) {
                    hits.extend(self.exact(&word));
                    if span[count - 1].is_typed && hits.is_empty() {
                        hits.extend(self.prefixed(&word, 10));
                    }
                }
                for (entry, weight) in hits {
                    found[first..first + count]
                        .iter_mut()
                        .for_each(|slot| slot.add(entry, weight));
                }
            }
        }
    }

    /// A verb with its particle is found in nouns too: `følge op` in `opfølgning`. The particle may be a slot or none.
    fn particles(&self, slots: &[Slot], found: &mut [Candidates]) {
        for (first, slot) in slots.iter().enumerate() {
            let Some(particle) = &slot.particle else {
                continue;
            };
            let stem = self.stemmer.stem(&slot.word);
            if stem.chars().count() < LEAST_VERB {
                continue;
            }
            let is_slot = slots
                .get(first + 1)
                .is_some_and(|next| next.place == slot.place + 1);
            for (entry, _) in self.prefixed(&format!("{particle}{stem}"), MOST_NOUNS) {
                for slot in &mut found[first..=first + usize::from(is_slot)] {
                    slot.add(entry, NOUN);
                }
            }
        }
    }

    fn synonyms(&self, slots: &[Slot], found: &mut [Candidates]) {
        let groups = self.index.synonyms.iter().map(|group| {
            let keys = |phrase: &Vec<String>| phrase.iter().map(|stem| fold(stem)).collect();
            (group, group.iter().map(keys).collect::<Vec<Vec<String>>>())
        });
        let groups: Vec<_> = groups.collect();
        for first in 0..slots.len() {
            for (group, phrases) in &groups {
                for (at, keys) in phrases.iter().enumerate() {
                    let span = slots.get(first..first + keys.len());
                    let is_phrase = |span: &[Slot]| span.iter().map(|slot| &slot.key).eq(keys);
                    if !span.is_some_and(is_phrase) {
                        continue;
                    }
                    for (_, other) in group.iter().enumerate().filter(|(other, _)| *other != at) {
                        self.synonym(other, &mut found[first..first + keys.len()]);
                    }
                }
            }
        }
    }

    fn synonym(&self, phrase: &[String], found: &mut [Candidates]) {
        let entries: Vec<Vec<(u32, f64)>> = phrase.iter().map(|stem| self.stemmed(stem)).collect();
        if let [only] = entries.as_slice() {
            for (entry, weight) in only {
                found
                    .iter_mut()
                    .for_each(|slot| slot.add(*entry, weight * SYNONYM));
            }
            return;
        }
        let all: Option<Vec<u32>> = entries
            .iter()
            .map(|entries| Some(entries.first()?.0))
            .collect();
        if let Some(all) = all {
            found
                .iter_mut()
                .for_each(|slot| slot.add_set(&all, SYNONYM));
        }
    }
}

/// The spellings of a span of words written as one.
fn written_together(span: &[Slot]) -> Vec<String> {
    let mut words = vec![span[0].word.clone()];
    for slot in &span[1..] {
        let longer = words.iter().flat_map(|word| {
            LINKS
                .iter()
                .map(move |link| format!("{word}{link}{}", slot.word))
        });
        words = longer.collect();
    }
    words
}
