//! Guesses at words that the site does not have: slips of the finger, compounds of two of its words, the same beginning.
//!
//! In: a slot that nothing was found for. Out: what may have been meant, each with how well. The twin in the browser is
//! `themes/standard/static/search-guess.js`.

use super::{Candidates, LINKS, Lookup};
use crate::search::distance::{is_alike, is_near};
use crate::search::query::Slot;
use crate::search::stem::fold;
use crate::text::slips::slips_to;

const UNKNOWN_PARTS: f64 = 0.75;
const ONE_SLIP: f64 = 0.7;
const TWO_SLIPS: f64 = 0.45;
const SLIP_IN_PART: f64 = 0.5;
const SAME_START: f64 = 0.4;

impl Lookup<'_> {
    /// Guesses at a word the site does not have.
    pub(super) fn unknown(&self, slot: &Slot, found: &mut Candidates) {
        let count = slot.key.chars().count();
        if slot.key.chars().any(|c| c.is_numeric()) {
            return;
        }
        if slot.word.chars().count() >= 4 {
            self.slips(slot, 1, ONE_SLIP, found);
        }
        self.cut(slot, 0, UNKNOWN_PARTS, found);
        if found.is_empty() && count >= 8 {
            self.slips(slot, 2, TWO_SLIPS, found);
        }
        if found.is_empty() && count >= 8 {
            self.cut(slot, 1, SLIP_IN_PART, found);
        }
        if found.is_empty() && count >= 6 {
            self.same_start(slot, found);
        }
    }

    /// The words of the dictionary with at most so many slips: as written most often, else stem against stem, else a stem
    /// and an ending with the slips in either, since a misspelt word may have lost the wrong ending.
    fn slips(&self, slot: &Slot, most: usize, weight: f64, found: &mut Candidates) {
        let key = letters(&slot.key);
        let whole = letters(&fold(&slot.word));
        let rests = self.rests(&whole);
        let is_form = |other: &[char]| {
            let slips = (other.len() >= 3).then(|| slips_to(other, &whole, most));
            let slips = slips.flatten().unwrap_or_default();
            slips
                .iter()
                .zip(&rests)
                .any(|(slips, rest)| slips + rest <= most)
        };
        let (mut written, mut stems) = (Vec::new(), Vec::new());
        for at in &self.index.dictionary {
            let entry = &self.index.entries[*at as usize];
            let other = letters(&entry.key);
            if !is_alike(&other, &whole) || self.index.stops.contains(&entry.display) {
                continue;
            }
            if is_near(&letters(&fold(&entry.display)), &whole, most) {
                written.push(*at);
            } else if is_near(&other, &key, most) || is_form(&other) {
                stems.push(*at);
            }
        }
        let near = if written.is_empty() { stems } else { written };
        let mut best: Option<(u32, u32)> = None;
        for entry in near {
            found.add(entry, weight);
            let count = self.index.entries[entry as usize].class();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, entry));
            }
        }
        if let Some((_, entry)) = best {
            found.corrected = Some(self.index.entries[entry as usize].display.clone());
        }
    }

    /// For each place in a word, how many slips what follows is from being an ending.
    fn rests(&self, word: &[char]) -> Vec<usize> {
        let endings = self.stemmer.inflections();
        let endings: Vec<Vec<char>> = endings.into_iter().map(letters).collect();
        let rest = |at: usize| {
            let rest = &word[at..];
            let slips = endings
                .iter()
                .filter_map(|ending| slips_to(ending, rest, usize::MAX));
            slips
                .map(|slips| slips[rest.len()])
                .min()
                .unwrap_or(rest.len())
        };
        (0..=word.len()).map(rest).collect()
    }

    /// The word cut into words of the site; with `slips`, one of the two may be misspelt.
    fn cut(&self, slot: &Slot, slips: usize, weight: f64, found: &mut Candidates) {
        let word = letters(&slot.word);
        let count = word.len();
        let mut best: Option<(i64, Vec<u32>)> = None;
        for at in 3..count.saturating_sub(2) {
            let right: String = word[at..].iter().collect();
            for (rank, link) in LINKS.iter().enumerate() {
                let left: String = word[..at].iter().collect();
                let Some(base) = left
                    .strip_suffix(link)
                    .filter(|base| base.chars().count() >= 3)
                else {
                    continue;
                };
                let Some(pair) = self.pair(base, &right, slips) else {
                    continue;
                };
                let balance = (at as i64 * 2 - count as i64).abs();
                let score = -balance - if rank == 0 { 0 } else { 2 };
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    best = Some((score, pair));
                }
            }
        }
        if let Some((_, pair)) = best {
            found.add_set(&pair, weight);
        }
    }

    fn pair(&self, left: &str, right: &str, slips: usize) -> Option<Vec<u32>> {
        let known = |word: &str| self.index.in_dictionary(&self.stemmer.stem(word));
        let close = |word: &str| {
            let key = letters(&fold(&self.stemmer.stem(word)));
            if key.len() < 5 {
                return None;
            }
            let is_close = |at: &&u32| {
                let other = &self.index.entries[**at as usize].key;
                is_near(&key, &letters(other), 1)
            };
            self.index.dictionary.iter().find(is_close).copied()
        };
        match (known(left), known(right)) {
            (Some(left), Some(right)) => Some(vec![left, right]),
            (Some(known), None) if slips == 1 && left.chars().count() >= 4 => {
                Some(vec![known, close(right)?])
            }
            (None, Some(known)) if slips == 1 && right.chars().count() >= 4 => {
                Some(vec![close(left)?, known])
            }
            _ => None,
        }
    }

    /// The words that share the longest beginning.
    fn same_start(&self, slot: &Slot, found: &mut Candidates) {
        let key = letters(&slot.key);
        let mut longest = 6.max(key.len().saturating_mul(6).div_ceil(10));
        let mut best: Vec<u32> = Vec::new();
        for entry in &self.index.dictionary {
            let other = &self.index.entries[*entry as usize].key;
            let shared = other.chars().zip(&key).take_while(|(a, b)| a == *b).count();
            if shared > longest {
                longest = shared;
                best.clear();
            }
            if shared == longest {
                best.push(*entry);
            }
        }
        for entry in best.into_iter().take(5) {
            found.add(entry, SAME_START);
        }
    }
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}
