//! The index as files that a browser loads one by one, each a classic script with one call.
//!
//! In: an index, and the pages of each group while they are collected. Out: `assets/search/da.js`, the root, which is
//! asked for anew and brings the endings and the number words of the language; and below `assets/search/da/HASH/` files
//! that never change: `p` pages where there are many, `w` words for misspellings, `t0`, `t1` … entries with their
//! sections, `s0`, `s1` … texts. A small site has all but the texts in its root.
//!
//! Numbers are written in 64 characters, five bits in each and one for «more follows», so that a file is plain text.

use super::collect::{FoundPage, Section, SectionKind};
use super::index::Index;
use super::stem::Stemmer;
use super::tokens::Tokenizer;
use super::vocabulary::Entry;
use crate::model::output::Sink;
use crate::model::site::Site;
use crate::text::span::BYTE_ORDER_MARK;
use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};

/// The form of the files. Part of their folder's name, so that a browser never joins files of two forms.
const VERSION: u32 = 4;
/// Bytes of text in one file: little on a small site, where a query should cost little; more on a large one, where
/// files are many.
const TEXT_BYTES: std::ops::RangeInclusive<usize> = 8 * 1024..=12 * 1024;
const USUAL_FILES: usize = 512;
/// Bytes of all but the texts, below which the root holds them.
const SMALL: usize = 24 * 1024;
/// Bytes of what is known of the pages, below which the root holds it.
const FEW_PAGES: usize = 16 * 1024;
/// Bytes that are hashed together.
const HASHED_AT_ONCE: usize = 64 * 1024;
const RECEIVER: &str = "vejviserSearchFile";

/// What decides an index, in short. Changes with any text, title or address of the site.
pub fn hash(site: &Site) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(
        format!(
            "{VERSION} {} {:?}",
            env!("CARGO_PKG_VERSION"),
            site.config.search
        )
        .as_bytes(),
    );
    // Short pieces cost the hasher more than long ones.
    let mut pieces = Vec::with_capacity(2 * HASHED_AT_ONCE);
    for page in &site.pages {
        for text in [&page.address, &page.title] {
            pieces.extend_from_slice(text.as_bytes());
            pieces.push(0);
        }
        let document = page.document.map(|id| site.document(id));
        if let Some(document) = document {
            // Line ends and a byte order mark say nothing.
            let text = document.text.trim_start_matches(BYTE_ORDER_MARK);
            for piece in text.split('\r') {
                pieces.extend_from_slice(piece.as_bytes());
            }
        }
        pieces.push(0);
        if pieces.len() >= HASHED_AT_ONCE {
            hasher.update(&pieces);
            pieces.clear();
        }
    }
    hasher.update(&pieces);
    hasher.finalize().to_hex()[..10].to_string()
}

/// Bytes of text in one file of this site.
pub fn text_bytes(site: &Site) -> usize {
    let total: usize = site
        .documents
        .iter()
        .map(|own| own.document.text.len())
        .sum();
    (total / USUAL_FILES).clamp(*TEXT_BYTES.start(), *TEXT_BYTES.end())
}

/// How many sections go into each text file of a group: as many files as come nearest to `text_bytes`, of like size.
pub fn counts(pages: &[FoundPage], text_bytes: usize) -> Vec<u32> {
    let size = |section: &Section| section.text.len() + section.heading.len();
    let sections = || pages.iter().flat_map(|page| &page.sections).map(size);
    let total: usize = sections().sum();
    let files = ((total + text_bytes / 2) / text_bytes).max(1);
    let mut counts = vec![0; files];
    let mut before = 0;
    for size in sections() {
        // The file in which the middle of the section lies.
        let file = (2 * before + size) * files / (2 * total).max(1);
        counts[file.min(files - 1)] += 1;
        before += size;
    }
    counts.retain(|count| *count > 0);
    counts
}

/// Puts the files of one language.
pub struct Files<'a> {
    language: String,
    hash: &'a str,
    text_bytes: usize,
    sink: &'a dyn Sink,
    /// The first failure to keep a text; told at the end.
    failure: Mutex<Option<anyhow::Error>>,
}

impl<'a> Files<'a> {
    pub fn new(site: &Site, language: usize, hash: &'a str, sink: &'a dyn Sink) -> Self {
        Files {
            language: site.languages[language].code.clone(),
            hash,
            text_bytes: text_bytes(site),
            sink,
            failure: Mutex::new(None),
        }
    }

    /// Puts the texts of a group of pages, and says how many sections are in each file.
    pub fn texts(&self, group: usize, pages: &[FoundPage]) -> Vec<u32> {
        let counts = counts(pages, self.text_bytes);
        let mut sections = pages
            .iter()
            .enumerate()
            .flat_map(|(at, page)| page.sections.iter().map(move |section| (at, section)));
        for (file, count) in counts.iter().enumerate() {
            let mut own_pages = Vec::new();
            let mut own = Vec::new();
            let mut last = None;
            for (at, section) in sections.by_ref().take(*count as usize) {
                if last != Some(at) {
                    last = Some(at);
                    let page = &pages[at];
                    own_pages.push((&page.url, &page.title, &page.trail));
                }
                let kind = SectionKind::ALL
                    .iter()
                    .position(|kind| *kind == section.kind);
                let fragment = section.fragment.as_deref().unwrap_or_default();
                own.push((
                    own_pages.len() - 1,
                    kind,
                    fragment,
                    &section.heading,
                    &section.text,
                ));
            }
            self.put(&text_name(group, file), &(own_pages, own))
                .unwrap_or_else(|error| {
                    let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                    failure.get_or_insert(error);
                });
        }
        counts
    }

    /// Puts everything else.
    pub fn finish(&self, index: &Index) -> Result<()> {
        if let Some(error) = self
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            return Err(error);
        }
        let pages = pages(index);
        let words = words(index);
        let files: Vec<String> = index
            .file_ranges()
            .map(|range| terms(index, range))
            .collect();
        let size =
            words.len() + files.iter().map(String::len).sum::<usize>() + 2 * index.facets.len();
        let endings = Stemmer::of(&self.language).endings();
        let numbers = Tokenizer::new(&self.language).number_words();
        let mut root = json!({"hash": self.hash, "endings": endings, "numbers": numbers});
        if size <= SMALL {
            root["pages"] = pages;
            root["words"] = words.into();
            root["terms"] = files.into();
        } else {
            let starts = index
                .file_ranges()
                .map(|range| index.entries[range.start].key.as_str());
            root["starts"] = starts.collect::<Vec<_>>().join(" ").into();
            if pages.to_string().len() <= FEW_PAGES {
                root["pages"] = pages;
            } else {
                self.put("p", &pages)?;
            }
            self.put("w", &words)?;
            for (at, file) in files.iter().enumerate() {
                self.put(&format!("t{at}"), file)?;
            }
        }
        self.put_script(&self.language, &root)
    }

    fn put(&self, name: &str, data: &impl Serialize) -> Result<()> {
        let name = format!("{}/{}/{name}", self.language, self.hash);
        self.put_script(&name, data)
    }

    fn put_script(&self, name: &str, data: &impl Serialize) -> Result<()> {
        let mut script = Vec::with_capacity(2 * self.text_bytes);
        script.extend(RECEIVER.bytes());
        script.push(b'(');
        serde_json::to_writer(&mut script, name)?;
        script.push(b',');
        serde_json::to_writer(&mut script, data)?;
        script.extend(b")\n");
        self.sink.put(&format!("assets/search/{name}.js"), &script)
    }
}

fn text_name(group: usize, file: usize) -> String {
    if file == 0 {
        format!("s{group}")
    } else {
        format!("s{group}-{file}")
    }
}

/// What is known of each page, and of the site.
fn pages(index: &Index) -> Value {
    let mut counts = String::new();
    let mut sets = String::new();
    for (at, first) in index.first_sections.iter().enumerate() {
        let next = index
            .first_sections
            .get(at + 1)
            .copied()
            .unwrap_or(index.sections);
        number(&mut counts, next - first);
        number(&mut sets, index.facets[at]);
    }
    let mut groups = String::new();
    for group in &index.groups {
        number(&mut groups, group.len() as u32);
        group.iter().for_each(|count| number(&mut groups, *count));
    }
    let facets: Vec<Value> = index
        .sets
        .iter()
        .map(|facets| json!([[facets.kind], facets.roles, facets.topics]))
        .collect();
    let synonyms: Vec<Vec<String>> = index
        .synonyms
        .iter()
        .map(|group| group.iter().map(|phrase| phrase.join(" ")).collect())
        .collect();
    json!({
        "counts": counts,
        "sets": sets,
        "facets": facets,
        "groups": groups,
        "synonyms": synonyms,
        "stop": index.stops.join(" "),
    })
}

/// The commonest words, for misspellings: what is shared with the one before, the rest, a class of how common, and the
/// form that people know.
fn words(index: &Index) -> String {
    let mut out = String::new();
    let mut last = "";
    for at in &index.dictionary {
        let entry = &index.entries[*at as usize];
        front_coded(&mut out, last, &entry.stem);
        last = &entry.stem;
        out.push(' ');
        number(&mut out, entry.class());
        match entry.display.strip_prefix(entry.stem.as_str()) {
            Some(ending) => out.push_str(ending),
            None => {
                out.push('=');
                out.push_str(&entry.display);
            }
        }
        out.push('|');
    }
    out
}

/// Entries of one file: stem, then its parts or what it stands for, then its sections.
fn terms(index: &Index, range: std::ops::Range<usize>) -> String {
    let mut out = String::new();
    let mut last = "";
    for at in range {
        let entry = &index.entries[at];
        front_coded(&mut out, last, &entry.stem);
        last = &entry.stem;
        out.push(' ');
        if let Some(alias) = entry.alias {
            out.push('=');
            out.push_str(&index.entries[alias as usize].stem);
        } else {
            let parts: Vec<&str> = entry
                .parts
                .iter()
                .map(|part| index.entries[*part as usize].stem.as_str())
                .collect();
            out.push_str(&parts.join("+"));
            out.push(' ');
            let mut next = 0;
            for (section, weight) in index.postings(at as u32) {
                number(&mut out, section - next);
                out.push(character(weight));
                next = section + 1;
            }
        }
        out.push('|');
    }
    out
}

/// About how many bytes an entry takes in its file.
pub fn size(entry: &Entry, postings: u32) -> usize {
    4 + entry.stem.len() + 5 * entry.parts.len() + postings as usize * 9 / 4
}

/// How many letters are shared with the one before, as a browser counts them, then the rest.
fn front_coded(out: &mut String, last: &str, stem: &str) {
    let mut shared = 0;
    let mut units = 0;
    for (letter, _) in stem.chars().zip(last.chars()).take_while(|(a, b)| a == b) {
        if units + letter.len_utf16() > 63 {
            break;
        }
        units += letter.len_utf16();
        shared += letter.len_utf8();
    }
    out.push(character(units as u32));
    out.push_str(&stem[shared..]);
}

/// One of 64 characters that a script's text holds as they are.
fn character(value: u32) -> char {
    match value + 35 {
        92 => '~',
        code => char::from_u32(code).unwrap_or('#'),
    }
}

/// Five bits in each character, the lowest first.
fn number(out: &mut String, mut value: u32) {
    while value > 31 {
        out.push(character(value & 31 | 32));
        value >>= 5;
    }
    out.push(character(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_need_no_escapes() {
        let mut out = String::new();
        for value in [0, 31, 32, 57, 1_000, u32::MAX] {
            number(&mut out, value);
        }
        assert_eq!(Value::from(out.as_str()).to_string(), format!("\"{out}\""));
        for value in 0..64 {
            assert!(
                !"\"\\| =+".contains(character(value)) || value == 8 || value == 26,
                "{value}"
            );
        }
    }
}
