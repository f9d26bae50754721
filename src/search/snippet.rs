//! What a reader sees of a hit: the part of its text with most of the query's words, marked.
//!
//! In: a section's text and the candidates of the query. Out: a run of words with marks, and how close together the
//! query's words stand, by which near hits are put in order.

use super::index::Index;
use super::lookup::Candidates;
use super::stem::{Stemmer, fold};
use super::tokens::{TokenKind, Tokenizer, chunks, composed};

/// A run of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub is_match: bool,
}

/// What the words of a slot look like.
pub struct Needle {
    /// Folded stems with their number of letters.
    keys: Vec<(String, usize)>,
    weight: f64,
}

/// Words of a snippet.
const LENGTH: usize = 28;
/// Letters of a stem that may be found inside a longer word.
const INSIDE: usize = 4;

/// The needles of a query, one for each slot.
pub fn needles(index: &Index, candidates: &[Candidates], weights: &[f64]) -> Vec<Needle> {
    let key = |entry: u32| index.entries[entry as usize].key.clone();
    let needle = |(candidates, weight): (&Candidates, &f64)| {
        let sets = candidates
            .sets
            .iter()
            .flat_map(|(entries, _)| entries.iter().copied());
        let entries = candidates.entries.keys().copied().chain(sets);
        let mut keys: Vec<String> = entries.map(key).collect();
        keys.sort();
        keys.dedup();
        let keys = keys.into_iter().map(|key| {
            let letters = key.chars().count();
            (key, letters)
        });
        let keys = keys.collect();
        Needle {
            keys,
            weight: *weight,
        }
    };
    candidates.iter().zip(weights).map(needle).collect()
}

/// A text with the slots that each of its chunks matches, as bits.
pub struct Marked<'t> {
    chunks: Vec<&'t str>,
    slots: Vec<u32>,
}

/// Finds the needles in a text.
pub fn mark<'t>(text: &'t str, language: &str, needles: &[Needle]) -> Marked<'t> {
    let chunks: Vec<&str> = chunks(text).collect();
    let mut slots = vec![0u32; chunks.len()];
    let stemmer = Stemmer::of(language);
    Tokenizer::new(language).each(text, |word, at, kind| {
        if kind == TokenKind::Suspended {
            return;
        }
        let key = fold(&stemmer.stem(word));
        let letters = key.chars().count();
        for (slot, needle) in needles.iter().enumerate() {
            if needle
                .keys
                .iter()
                .any(|wanted| is_match(&key, letters, wanted))
            {
                slots[at as usize] |= 1 << slot;
            }
        }
    });
    Marked { chunks, slots }
}

/// The same word, or one that begins or ends with it.
fn is_match(key: &str, letters: usize, (wanted, count): &(String, usize)) -> bool {
    key == wanted
        || (*count >= INSIDE
            && letters >= count + 3
            && (key.starts_with(wanted.as_str()) || key.ends_with(wanted.as_str())))
}

impl<'t> Marked<'t> {
    /// The marks of the text after a heading.
    pub fn after_heading(&self, text: &str) -> Marked<'t> {
        let heading = self.chunks.len() - chunks(text).count();
        Marked {
            chunks: self.chunks[heading..].to_vec(),
            slots: self.slots[heading..].to_vec(),
        }
    }

    /// How close the slots stand together: 1.3 side by side, towards 1 far apart.
    pub fn closeness(&self, slots: usize) -> f64 {
        let all = self.slots.iter().fold(0, |all, bits| all | bits);
        let wanted = all.count_ones() as usize;
        if wanted < 2 {
            return 1.0;
        }
        let mut counts = [0u32; 32];
        let mut have = 0;
        let mut start = 0;
        let mut least = usize::MAX;
        for end in 0..self.slots.len() {
            for (slot, count) in counts.iter_mut().enumerate().take(slots) {
                if self.slots[end] >> slot & 1 == 1 {
                    *count += 1;
                    have += usize::from(*count == 1);
                }
            }
            while have == wanted {
                least = least.min(end - start + 1);
                for (slot, count) in counts.iter_mut().enumerate().take(slots) {
                    if self.slots[start] >> slot & 1 == 1 {
                        *count -= 1;
                        have -= usize::from(*count == 0);
                    }
                }
                start += 1;
            }
        }
        if least <= wanted {
            return 1.3;
        }
        1.0 + 0.25 * (wanted as f64 / least as f64)
    }

    /// The best run of words, or the beginning.
    pub fn snippet(&self, needles: &[Needle]) -> Vec<Run> {
        let count = self.chunks.len();
        let mut best = (0.0, 0);
        // How often each slot is matched among the words from `start` on.
        let mut counts = vec![0u32; needles.len()];
        let mut end = 0;
        for start in 0..count {
            while end < (start + LENGTH).min(count) {
                slots_of(self.slots[end], &mut counts, |count| *count += 1);
                end += 1;
            }
            let is_first = start == 0 || ends_sentence(self.chunks[start - 1]);
            let mut value = if is_first { 0.5 } else { 0.0 };
            for (count, needle) in counts.iter().zip(needles) {
                if *count > 0 {
                    value += needle.weight + 0.05 * f64::from(count - 1);
                }
            }
            if value > best.0 + 1e-9 {
                best = (value, start);
            }
            slots_of(self.slots[start], &mut counts, |count| *count -= 1);
        }
        let start = best.1;
        let end = (start + LENGTH).min(count);
        let mut runs: Vec<Run> = Vec::new();
        if start > 0 {
            push(&mut runs, "… ", false);
        }
        for at in start..end {
            if at > start {
                push(&mut runs, " ", false);
            }
            let chunk = self.chunks[at];
            if self.slots[at] == 0 {
                push(&mut runs, chunk, false);
                continue;
            }
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '§' | '%');
            let from = chunk.find(is_word).unwrap_or(0);
            let to = chunk.rfind(is_word).map_or(chunk.len(), |at| {
                at + chunk[at..].chars().next().map_or(1, char::len_utf8)
            });
            push(&mut runs, &chunk[..from], false);
            push(&mut runs, &chunk[from..to], true);
            push(&mut runs, &chunk[to..], false);
        }
        if end < count {
            push(&mut runs, " …", false);
        }
        runs
    }
}

/// Changes the counts of the slots that are set among the bits.
fn slots_of(bits: u32, counts: &mut [u32], change: impl Fn(&mut u32)) {
    let counts = counts.iter_mut().enumerate();
    counts
        .filter(|(slot, _)| bits >> slot & 1 == 1)
        .for_each(|(_, count)| change(count));
}

fn ends_sentence(chunk: &str) -> bool {
    chunk.ends_with(['.', '!', '?', ':'])
}

fn push(runs: &mut Vec<Run>, text: &str, is_match: bool) {
    if text.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(last) if last.is_match == is_match => last.text.push_str(text),
        _ => runs.push(Run {
            text: text.to_string(),
            is_match,
        }),
    }
}

/// Whether a phrase stands among words as written.
pub fn has_phrase(words: &[String], phrase: &[String]) -> bool {
    words.windows(phrase.len()).any(|window| window == phrase)
}

/// How much it says that words of the query stand in a text as typed: 1.3 for the whole query.
pub fn as_typed(words: &[String], query: &[String]) -> f64 {
    let mut longest = 0;
    for start in 0..words.len() {
        for first in 0..query.len() {
            let pairs = words[start..].iter().zip(&query[first..]);
            longest = longest.max(pairs.take_while(|(a, b)| a == b).count());
        }
    }
    if longest < 2 {
        return 1.0;
    }
    1.0 + 0.3 * (longest as f64 / query.len() as f64)
}

/// The text with letters and marks together, as both sides cut it.
pub fn prepared(heading: &str, text: &str) -> String {
    let whole = if heading.is_empty() {
        text.to_string()
    } else {
        format!("{heading} {text}")
    };
    composed(&whole).into_owned()
}
