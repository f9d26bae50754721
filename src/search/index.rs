//! The index of one language: which sections a stem leads to, and how strongly.
//!
//! In: the site. Out: an [`Index`], and on the way the collected pages, given away group by group so that they need not
//! all be in memory. Parallel over groups; the same index whatever the number of threads.

use super::collect::{self, Facets, FoundPage};
use super::count::{Batch, Reader, part, quantised};
use super::stem::{Stemmer, fold};
use super::synonyms::{self, Group};
use super::vocabulary::{self, Entry, FastMap, FastSet, Vocabulary};
use super::words::stop_words;
use crate::diagnostic::Diagnostics;
use crate::model::front_matter::{Kind, KindData};
use crate::model::site::{Page, Site};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Groups that one worker reads with one table of words. Every table has most of the site's words, so few are made, but
/// enough for two workers: four cost a twentieth more.
const GROUPS_AT_ONCE: std::ops::RangeInclusive<usize> = 64..=1024;
const USUAL_BATCHES: usize = 2;
/// Bytes of text to a word that a section counts.
const USUAL_WORD: usize = 8;
/// Entries that misspellings are compared with.
const MOST_WORDS: usize = 10_000;
/// Bytes of one file of entries: a few files on a small site, more and larger ones on a large one.
const ENTRY_BYTES: std::ops::RangeInclusive<usize> = 4 * 1024..=16 * 1024;
const USUAL_FILES: usize = 64;

/// The index of one language.
#[derive(Debug, Default)]
pub struct Index {
    pub language: String,
    pub entries: Vec<Entry>,
    /// For each entry where its postings begin, and where the last ends.
    pub starts: Vec<u32>,
    /// Section and six bits of weight and flags, ascending within an entry.
    pub postings: Vec<u32>,
    /// For each page its first section.
    pub first_sections: Vec<u32>,
    /// For each page its index into `sets`.
    pub facets: Vec<u32>,
    pub sets: Vec<Facets>,
    /// Number of sections in all.
    pub sections: u32,
    pub synonyms: Vec<Group>,
    /// For each group of pages, the number of sections of each of its text files.
    pub groups: Vec<Vec<u32>>,
    /// The commonest entries, for misspellings, in the order of the entries.
    pub dictionary: Vec<u32>,
    /// The first entry of each file of entries.
    pub files: Vec<u32>,
    /// Words that do not count, sorted.
    pub stops: Vec<String>,
}

impl Index {
    /// The postings of an entry: section, weight with flags.
    pub fn postings(&self, entry: u32) -> impl Iterator<Item = (u32, u32)> {
        let at = entry as usize;
        let range = self.starts[at] as usize..self.starts[at + 1] as usize;
        self.postings[range]
            .iter()
            .map(|posting| (posting >> WEIGHT_BITS, posting & ((1 << WEIGHT_BITS) - 1)))
    }

    /// The dictionary entry of a stem, or the commonest that is only spelt otherwise.
    pub fn in_dictionary(&self, stem: &str) -> Option<u32> {
        let key = fold(stem);
        let entry = |at: &u32| &self.entries[*at as usize];
        let start = self.dictionary.partition_point(|at| entry(at).key < key);
        let same = self.dictionary[start..]
            .iter()
            .take_while(|at| entry(at).key == key);
        let mut best: Option<u32> = None;
        for at in same.copied() {
            if entry(&at).stem == stem {
                return Some(at);
            }
            if best.is_none_or(|best| entry(&at).class() > entry(&best).class()) {
                best = Some(at);
            }
        }
        best
    }

    /// The entries of each file.
    pub fn file_ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let ends = self
            .files
            .iter()
            .skip(1)
            .copied()
            .chain([self.entries.len() as u32]);
        self.files
            .iter()
            .zip(ends)
            .map(|(start, end)| *start as usize..end as usize)
    }

    /// Where the entries end that lie in so many files from the one that a key belongs to.
    pub fn end_of_files(&self, key: &str, files: usize) -> usize {
        let is_before =
            |start: &u32| *start == 0 || self.entries[*start as usize].key.as_str() <= key;
        let file = self.files.partition_point(is_before);
        let end = self.files.get(file + files - 1);
        end.map_or(self.entries.len(), |start| *start as usize)
    }

    /// What a page lists, as the glossary does terms.
    pub fn list(&self, page: usize) -> Option<Kind> {
        let kind = self.sets[self.facets[page] as usize].kind;
        [Kind::Term, Kind::Source]
            .into_iter()
            .find(|entry| entry.name() == kind)
    }

    pub fn page_of(&self, section: u32) -> usize {
        self.first_sections
            .partition_point(|first| *first <= section)
            - 1
    }
}

/// Builds the index of a language. `give` gets the pages of each group with the group's number, from several threads,
/// and says how many sections go into each of its files.
pub fn build(
    site: &Site,
    language: usize,
    give: &(dyn Fn(usize, Vec<FoundPage>) -> Vec<u32> + Sync),
) -> Index {
    let code = site.languages[language].code.clone();
    let pages = collect::searched(site, language);
    let text_bytes = super::files::text_bytes(site);
    let groups = groups(site, &pages, text_bytes);
    let numbered: Vec<(usize, &[&Page])> = groups.into_iter().enumerate().collect();
    let at_once = numbered
        .len()
        .div_ceil(USUAL_BATCHES)
        .clamp(*GROUPS_AT_ONCE.start(), *GROUPS_AT_ONCE.end());
    let batches: Vec<&[(usize, &[&Page])]> = numbered.chunks(at_once).collect();
    let stops = stop_words(&code, &site.config.search.stop_words);
    // Nothing is found wrong here; the room of findings is also the one that spreads work.
    let batches = Diagnostics::new().par_map(&batches, |batch, _| {
        let words = batch.len() * text_bytes / USUAL_WORD;
        let mut reader = Reader::new(&code, &stops, words);
        for (number, group) in *batch {
            let found: Vec<FoundPage> =
                group.iter().map(|page| collect::page(site, page)).collect();
            for page in &found {
                reader.page(page);
            }
            reader.group(give(*number, found));
        }
        reader.finish()
    });
    join(site, language, &code, &stops, batches)
}

/// Consecutive pages whose sources together come near to `most` bytes: their texts are kept together.
fn groups<'p, 'a>(site: &Site, pages: &'p [&'a Page], most: usize) -> Vec<&'p [&'a Page]> {
    let size = |page: &Page| {
        let entries = page
            .children
            .iter()
            .map(|id| site.page(*id))
            .filter(|entry| entry.kind.is_entry());
        let own = page.document.map_or(0, |id| site.document(id).text.len());
        own + entries
            .filter_map(|entry| entry.document)
            .map(|id| site.document(id).text.len())
            .sum::<usize>()
    };
    let mut groups = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (at, page) in pages.iter().enumerate() {
        let more = size(page);
        // The end that is nearer to what is wanted.
        if at > start && bytes + more / 2 > most {
            groups.push(&pages[start..at]);
            start = at;
            bytes = 0;
        }
        bytes += more;
    }
    if start < pages.len() {
        groups.push(&pages[start..]);
    }
    groups
}

/// Joins what the workers found: one vocabulary, and the sections of each entry.
fn join(
    site: &Site,
    language: usize,
    code: &str,
    stops: &FastSet<String>,
    batches: Vec<Batch>,
) -> Index {
    let stemmer = Stemmer::of(code);
    let mut counts: FastMap<&str, u32> = FastMap::default();
    let occurring = batches.iter().flat_map(|batch| &batch.forms);
    for (form, count) in occurring.filter(|(_, count)| *count > 0) {
        *counts.entry(&**form).or_default() += count;
    }
    let mut forms: Vec<(String, u32)> = counts
        .into_iter()
        .map(|(form, count)| (form.to_string(), count))
        .collect();
    forms.sort_unstable();
    let Vocabulary { entries, leads } =
        vocabulary::make(stemmer, &forms, stops, &own_parts(site, language, stemmer));
    let place: FastMap<&str, u32> = forms
        .iter()
        .enumerate()
        .map(|(at, (form, _))| (form.as_str(), at as u32))
        .collect();
    let batches: Vec<Mutex<Batch>> = batches.into_iter().map(Mutex::new).collect();
    // Nothing is found wrong here; the room of findings is also the one that spreads work.
    let merged = Diagnostics::new().par_map(&batches, |batch, _| {
        let mut batch = batch.lock().unwrap_or_else(PoisonError::into_inner);
        let map: Vec<u32> = std::mem::take(&mut batch.forms)
            .iter()
            .map(|(form, _)| place.get(&**form).copied().unwrap_or_default())
            .collect();
        let merged = merged(entries.len(), &leads, &batch, &map);
        // On a large site the words of all workers take much room.
        batch.words = Vec::new();
        merged
    });
    drop(place);
    drop(forms);
    drop(leads);
    let (starts, postings) = postings(entries.len(), merged);
    let mut index = Index {
        language: code.to_string(),
        entries,
        starts,
        postings,
        synonyms: synonyms::groups(site, language, stemmer, stops),
        ..Index::default()
    };
    index.dictionary = dictionary(&index.entries);
    index.files = files(&index);
    index.stops = stops.iter().cloned().collect();
    index.stops.sort();
    let mut sets: BTreeMap<Facets, u32> = BTreeMap::new();
    for batch in batches {
        let batch = batch.into_inner().unwrap_or_else(PoisonError::into_inner);
        index.groups.extend(batch.groups);
        for (count, facets) in batch.pages {
            let next = sets.len() as u32;
            index.facets.push(*sets.entry(facets).or_insert(next));
            index.first_sections.push(index.sections);
            index.sections += count;
        }
    }
    let mut sets: Vec<(Facets, u32)> = sets.into_iter().collect();
    sets.sort_by_key(|(_, at)| *at);
    index.sets = sets.into_iter().map(|(facets, _)| facets).collect();
    index
}

/// The commonest entries.
fn dictionary(entries: &[Entry]) -> Vec<u32> {
    let mut all: Vec<u32> = (0..entries.len() as u32)
        .filter(|at| entries[*at as usize].count > 0)
        .collect();
    all.sort_by_key(|at| std::cmp::Reverse(entries[*at as usize].count));
    all.truncate(MOST_WORDS);
    all.sort_unstable();
    all
}

/// Cuts the entries into files.
fn files(index: &Index) -> Vec<u32> {
    let size =
        |at: usize| super::files::size(&index.entries[at], index.starts[at + 1] - index.starts[at]);
    let total: usize = (0..index.entries.len()).map(size).sum();
    let most = (total / USUAL_FILES).clamp(*ENTRY_BYTES.start(), *ENTRY_BYTES.end());
    let mut starts = vec![0];
    let mut bytes = 0;
    for (at, entry) in index.entries.iter().enumerate() {
        let more = size(at);
        // A key is in one file, so that its entries are found together.
        let is_new_key = at > 0 && index.entries[at - 1].key != entry.key;
        if bytes > 0 && bytes + more > most && is_new_key {
            starts.push(at as u32);
            bytes = 0;
        }
        bytes += more;
    }
    starts
}

/// The parts that authors give for compounds, by stem.
fn own_parts(site: &Site, language: usize, stemmer: Stemmer) -> BTreeMap<String, Vec<String>> {
    let mut own = BTreeMap::new();
    for page in site
        .pages
        .iter()
        .filter(|page| usize::from(page.language) == language)
    {
        if let Some(KindData::Term(term)) = site.front_matter(page).map(|fm| &fm.kind)
            && !term.parts.is_empty()
        {
            own.insert(stemmer.stem(&page.title.to_lowercase()), term.parts.clone());
        }
    }
    own
}

/// The entries of a worker's sections, with the weight of each.
struct Merged {
    /// Entry and six bits of weight and flags, one section after the other.
    entries: Vec<u32>,
    /// For each section where its entries end.
    ends: Vec<u32>,
}

/// Bits of a posting's weight and flags.
const WEIGHT_BITS: u32 = 6;

/// Joins the forms of each section that lead to the same entry.
fn merged(entries: usize, leads: &vocabulary::Leads, batch: &Batch, map: &[u32]) -> Merged {
    let mut merged = Merged {
        entries: Vec::with_capacity(batch.words.len() * 5 / 4),
        ends: Vec::with_capacity(batch.ends.len()),
    };
    // For each entry the section it was last seen in, from one on, and its place there.
    let mut seen = vec![(0u32, 0u32); entries];
    let mut open: Vec<(u32, u32, u8)> = Vec::new();
    for words in batch.sections() {
        let section = merged.ends.len() as u32 + 1;
        let mut add = |entry: u32, units: u16, flags: u8| {
            let (last, place) = &mut seen[entry as usize];
            if *last != section {
                (*last, *place) = (section, open.len() as u32);
                open.push((entry, 0, 0));
            }
            let counted = &mut open[*place as usize];
            counted.1 += u32::from(units);
            counted.2 |= flags;
        };
        for word in words {
            let (entry, parts) = leads.of(map[word.form as usize]);
            if let Some(entry) = entry {
                add(entry, word.units, word.flags);
            }
            for entry in parts {
                add(*entry, part(word.units), 0);
            }
        }
        let whole = open.drain(..).map(|(entry, units, flags)| {
            entry << WEIGHT_BITS | u32::from(flags) | quantised(units)
        });
        merged.entries.extend(whole);
        merged.ends.push(merged.entries.len() as u32);
    }
    merged
}

/// Where each entry's postings begin and the last end, and all postings: counted, then placed.
fn postings(entries: usize, merged: Vec<Merged>) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; entries + 1];
    for whole in merged.iter().flat_map(|merged| &merged.entries) {
        starts[(whole >> WEIGHT_BITS) as usize + 1] += 1;
    }
    for at in 0..entries {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut postings = vec![0; starts[entries] as usize];
    let mut section = 0;
    for Merged { entries, ends } in merged {
        let mut start = 0;
        for end in ends {
            for whole in &entries[start..end as usize] {
                let place = &mut next[(whole >> WEIGHT_BITS) as usize];
                postings[*place as usize] =
                    section << WEIGHT_BITS | whole & ((1 << WEIGHT_BITS) - 1);
                *place += 1;
            }
            start = end as usize;
            section += 1;
        }
    }
    (starts, postings)
}
