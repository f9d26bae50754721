//! The words of a language's pages and what each leads to in the index.
//!
//! In: every form that occurs, with its number. Out: entries — stems with their compound parts, in the order of their
//! keys — and for each form the entries it counts for. One form leads to its stem, and at a lower weight to the stems of
//! its parts.

use super::compounds::Splitter;
use super::stem::{Stemmer, fold};
use super::tokens::SUSPENDED;
use crate::diagnostic::Diagnostics;
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A map for look-up only, fast for short words. The words of one's own site need no defence against floods.
pub type FastMap<K, V> = HashMap<K, V, FixedState>;
pub type FastSet<K> = HashSet<K, FixedState>;

/// A stem of the index.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    pub stem: String,
    /// The form that occurs most, for people.
    pub display: String,
    /// How often its forms occur.
    pub count: u32,
    /// Entries of its parts.
    pub parts: Vec<u32>,
    /// The entry that this other spelling stands for; it has no sections of its own.
    pub alias: Option<u32>,
}

impl Entry {
    /// How common it is, in steps of twice as often.
    pub fn class(&self) -> u32 {
        self.count.max(1).ilog2()
    }
}

/// What each form counts for, in the order they were given, in few bytes: a large site reads it for every word.
#[derive(Debug, Default)]
pub struct Leads {
    /// The entry of a form's stem, and where its parts begin. After the last form stands the end of its parts.
    forms: Vec<(u32, u32)>,
    parts: Vec<u32>,
}

/// A mark of a suspended compound that could not be spelled out leads to no entry.
const NOWHERE: u32 = u32::MAX;

impl Leads {
    fn new(forms: impl Iterator<Item = (Option<u32>, Vec<u32>)>) -> Leads {
        let mut leads = Leads::default();
        for (entry, parts) in forms {
            let start = leads.parts.len() as u32;
            leads.forms.push((entry.unwrap_or(NOWHERE), start));
            leads.parts.extend(parts);
        }
        leads.forms.push((NOWHERE, leads.parts.len() as u32));
        leads
    }

    /// The entry of a form, and the entries of its parts.
    pub fn of(&self, form: u32) -> (Option<u32>, &[u32]) {
        let at = form as usize;
        let (entry, start) = self.forms[at];
        let end = self.forms[at + 1].1;
        let parts = &self.parts[start as usize..end as usize];
        (Some(entry).filter(|entry| *entry != NOWHERE), parts)
    }
}

#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Sorted by key, then stem.
    pub entries: Vec<Entry>,
    pub leads: Leads,
}

/// A form on its way: its stem, and the stems of its parts.
struct Word {
    stem: String,
    parts: Vec<String>,
    is_compound: bool,
}

/// Makes the vocabulary from sorted forms. `own_parts` are the parts that authors give for a compound.
pub fn make(
    stemmer: Stemmer,
    forms: &[(String, u32)],
    stop_words: &FastSet<String>,
    own_parts: &BTreeMap<String, Vec<String>>,
) -> Vocabulary {
    let plain: Vec<Cow<str>> = forms
        .iter()
        .map(|(form, _)| {
            if form.contains(SUSPENDED) {
                Cow::default()
            } else {
                stemmer.stemmed(form)
            }
        })
        .collect();
    let bare: FastSet<&str> = plain.iter().map(|stem| &**stem).collect();
    let stems: Vec<&str> = plain
        .iter()
        .map(|stem| without_neuter(stem, &bare, stemmer))
        .collect();
    let known = forms
        .iter()
        .zip(&stems)
        .filter(|(_, stem)| !stem.is_empty());
    let splitter = Splitter::new(
        stemmer,
        known.map(|((form, count), stem)| (form.as_str(), *count, *stem)),
        stop_words.iter().map(String::as_str),
    );
    let stem_of = |word: &str| {
        let stem = stemmer.stemmed(word);
        without_neuter(&stem, &bare, stemmer).to_string()
    };
    let pairs: Vec<(&str, &str)> = forms
        .iter()
        .zip(&stems)
        .map(|((form, _), stem)| (form.as_str(), *stem))
        .collect();
    // Nothing is found wrong here; the room of findings is also the one that spreads work.
    let words: Vec<Word> = Diagnostics::new().par_map(&pairs, |(form, stem), _| {
        word(form, stem, &splitter, own_parts, &stem_of)
    });
    entries(forms, &words)
}

/// The stem without a neuter t, if the site has it so.
fn without_neuter<'a>(stem: &'a str, stems: &FastSet<&str>, stemmer: Stemmer) -> &'a str {
    match stem.strip_suffix('t') {
        Some(base) if stemmer == Stemmer::Danish && base.len() >= 4 && stems.contains(base) => base,
        _ => stem,
    }
}

fn word(
    form: &str,
    stem: &str,
    splitter: &Splitter,
    own_parts: &BTreeMap<String, Vec<String>>,
    stem_of: &dyn Fn(&str) -> String,
) -> Word {
    if let Some((left, right)) = form.split_once(SUSPENDED) {
        // «børne- og ungehjem» says «børnehjem» too.
        let last = splitter.parts(right).pop();
        let whole = last.map(|last| format!("{left}{last}"));
        return Word {
            stem: whole.as_deref().map(stem_of).unwrap_or_default(),
            parts: Vec::new(),
            is_compound: false,
        };
    }
    let parts = match own_parts.get(stem) {
        Some(parts) => parts.clone(),
        None => splitter.parts(form),
    };
    let mut parts: Vec<String> = parts.iter().map(|part| stem_of(part)).collect();
    parts.retain(|part| part != stem && part.chars().count() >= 2);
    let mut seen = FastSet::default();
    parts.retain(|part| seen.insert(part.clone()));
    Word {
        stem: stem.to_string(),
        is_compound: !parts.is_empty(),
        parts,
    }
}

/// What is known of a stem while its forms are read.
struct Known<'a> {
    key: String,
    count: u32,
    /// The commonest form, with its number.
    display: (u32, &'a str),
    parts: &'a [String],
}

impl<'a> Known<'a> {
    fn new(stem: &'a str) -> Self {
        Known {
            key: fold(stem),
            count: 0,
            display: (0, stem),
            parts: &[],
        }
    }
}

fn entries(forms: &[(String, u32)], words: &[Word]) -> Vocabulary {
    let mut known: FastMap<&str, Known> = FastMap::default();
    // Forms that do not begin as their stem does, with their key and the stem they stand for.
    let mut aliases: Vec<(String, &str, &str)> = Vec::new();
    for ((form, count), word) in forms
        .iter()
        .zip(words)
        .filter(|(_, word)| !word.stem.is_empty())
    {
        let stem = word.stem.as_str();
        let entry = known.entry(stem).or_insert_with(|| Known::new(stem));
        entry.count += count;
        if !form.contains(SUSPENDED) {
            if *count > entry.display.0 {
                entry.display = (*count, form);
            }
            let begins_alike = form.starts_with(stem);
            let form_key = Some(form).filter(|_| !begins_alike).map(|form| fold(form));
            if let Some(form_key) = form_key.filter(|key| !key.starts_with(&entry.key)) {
                aliases.push((form_key, form, stem));
            }
        }
        if word.is_compound && entry.parts.is_empty() {
            entry.parts = &word.parts;
        }
        for part in &word.parts {
            known.entry(part).or_insert_with(|| Known::new(part));
        }
    }
    aliases.retain(|(_, form, _)| !known.contains_key(form));
    // Key and stem, and what the entry is: a stem that is known, or a form with the stem it stands for.
    let stems = known
        .iter()
        .map(|(stem, known)| (known.key.as_str(), *stem, Ok(known)));
    let others = aliases
        .iter()
        .map(|(key, form, stem)| (key.as_str(), *form, Err(*stem)));
    let mut all: Vec<(&str, &str, Result<&Known, &str>)> = stems.chain(others).collect();
    all.sort_unstable_by_key(|(key, stem, _)| (*key, *stem));
    let place: FastMap<&str, u32> = all
        .iter()
        .enumerate()
        .filter(|(_, (_, _, what))| what.is_ok())
        .map(|(at, (_, stem, _))| (*stem, at as u32))
        .collect();
    let at = |stem: &str| place.get(stem).copied();
    let entries = all
        .iter()
        .map(|(key, stem, what)| {
            let known = what.ok();
            let parts = known.map(|known| known.parts).unwrap_or_default();
            Entry {
                key: (*key).to_string(),
                stem: (*stem).to_string(),
                display: known.map_or(*stem, |known| known.display.1).to_string(),
                count: known.map_or(0, |known| known.count),
                parts: parts.iter().filter_map(|part| at(part)).collect(),
                alias: what.err().and_then(at),
            }
        })
        .collect();
    let leads = Leads::new(words.iter().map(|word| {
        let parts = word.parts.iter().filter_map(|part| at(part)).collect();
        (at(&word.stem), parts)
    }));
    Vocabulary { entries, leads }
}
