//! Counts the words of sections: how often and where each stands, as one weight.
//!
//! In: collected pages. Out: for each section its forms with their weighted numbers of occurrences, as BM25F has them,
//! in units of one [`Batch`]. A section's weights depend on that section alone.

use super::collect::{Facets, FoundPage, Section, SectionKind};
use super::tokens::{TokenKind, Tokenizer};
use super::vocabulary::{FastMap, FastSet};

/// Fixed-point units of a weighted number of occurrences.
const UNIT: f64 = 64.0;
/// Saturation and the share of a text's length, as in BM25F.
const K1: f64 = 1.2;
const B: f64 = 0.6;
/// The length of a usual section. A constant, so that a section's weights depend on that section alone.
const USUAL_LENGTH: f64 = 60.0;
/// Highest weight of a posting: four bits.
pub const HIGHEST: u32 = 15;
/// Flags of a posting beside its weight.
pub const IN_HEADING: u32 = 16;
pub const IN_TITLE: u32 = 32;

/// What a word counts for, by where it stands.
mod weight {
    pub const TITLE: f64 = 4.0;
    pub const HEADING: f64 = 3.0;
    /// Other names of a term.
    pub const NAME: f64 = 3.0;
    /// Words the text does without: a page that says them comes first.
    pub const KEYWORD: f64 = 1.5;
    /// The page's title and the heading above, in a section further down.
    pub const CONTEXT: f64 = 0.8;
    pub const BODY: f64 = 1.0;
    pub const PART: f64 = 0.45;
}

/// A section's words while they are counted.
pub struct Counted {
    /// Form in the worker's table, weighted number of occurrences in units, flags.
    pub words: Vec<(u32, u16, u8)>,
}

/// What one worker found.
#[derive(Default)]
pub struct Batch {
    pub forms: Vec<(String, u32)>,
    pub sections: Vec<Counted>,
    /// Number of sections of each page, and its facets.
    pub pages: Vec<(u32, Facets)>,
    pub groups: Vec<Vec<u32>>,
}

/// Counts the words of sections with one table of forms.
pub struct Reader<'a> {
    tokenizer: Tokenizer,
    stops: &'a FastSet<String>,
    table: FastMap<String, u32>,
    is_stop: Vec<bool>,
    /// For each form the section it was last seen in, and its place there.
    seen: Vec<(u32, u32)>,
    /// Of the section being read: form, body count, weight of other fields in units, flags.
    open: Vec<(u32, u32, u32, u8)>,
    pub batch: Batch,
}

impl<'a> Reader<'a> {
    pub fn new(language: &str, stops: &'a FastSet<String>) -> Self {
        Reader {
            tokenizer: Tokenizer::new(language),
            stops,
            table: FastMap::default(),
            is_stop: Vec::new(),
            seen: Vec::new(),
            open: Vec::new(),
            batch: Batch::default(),
        }
    }

    pub fn page(&mut self, page: &FoundPage) {
        for section in &page.sections {
            self.section(page, section);
        }
        self.batch
            .pages
            .push((page.sections.len() as u32, page.facets.clone()));
    }

    fn section(&mut self, page: &FoundPage, section: &Section) {
        self.open.clear();
        let length = self.field(&section.text, 0.0, 0);
        match section.kind {
            SectionKind::Page => {
                self.field(&page.title, weight::TITLE, IN_TITLE | IN_HEADING);
                if let Some(short) = &page.short_title {
                    self.field(short, weight::HEADING, 0);
                }
                for keyword in &page.keywords {
                    self.field(keyword, weight::KEYWORD, 0);
                }
            }
            SectionKind::Term => {
                self.field(&section.heading, weight::TITLE, IN_TITLE | IN_HEADING);
                self.field(&page.title, weight::CONTEXT, 0);
            }
            SectionKind::Section => {
                self.field(&section.heading, weight::HEADING, IN_HEADING);
                self.field(&page.title, weight::CONTEXT, 0);
            }
            SectionKind::ChecklistItem => {
                self.field(&section.heading, weight::CONTEXT, 0);
                self.field(&page.title, weight::CONTEXT, 0);
            }
        }
        for name in &section.names {
            self.field(name, weight::NAME, 0);
        }
        for keyword in &section.keywords {
            self.field(keyword, weight::KEYWORD, 0);
        }
        let norm = 1.0 - B + B * f64::from(length) / USUAL_LENGTH;
        let words = self
            .open
            .iter()
            .map(|(form, body, other, flags)| {
                let units = f64::from(*body) * weight::BODY * UNIT / norm + f64::from(*other);
                (*form, units.min(60_000.0) as u16, *flags)
            })
            .collect();
        self.batch.sections.push(Counted { words });
    }

    /// Counts the words of a field; `weight` 0 is the body, whose length counts. Gives the number of words.
    fn field(&mut self, text: &str, weight: f64, flags: u32) -> u32 {
        let section = self.batch.sections.len() as u32 + 1;
        let units = (weight * UNIT) as u32;
        let mut length = 0;
        let Reader {
            tokenizer,
            stops,
            table,
            is_stop,
            seen,
            open,
            batch,
            ..
        } = self;
        tokenizer.each(text, |word, _, kind| {
            length += u32::from(matches!(kind, TokenKind::Word | TokenKind::Part));
            let form = match table.get(word) {
                Some(form) => *form,
                None => {
                    let form = batch.forms.len() as u32;
                    table.insert(word.to_string(), form);
                    batch.forms.push((word.to_string(), 0));
                    is_stop.push(stops.contains(word));
                    seen.push((0, 0));
                    form
                }
            };
            let at = form as usize;
            batch.forms[at].1 += 1;
            if units == 0 && is_stop[at] {
                return;
            }
            if seen[at].0 != section {
                seen[at] = (section, open.len() as u32);
                open.push((form, 0, 0, 0));
            }
            let counted = &mut open[seen[at].1 as usize];
            if units == 0 {
                counted.1 += 1;
            } else {
                counted.2 += units;
                counted.3 |= flags as u8;
            }
        });
        length
    }
}

/// Four bits of how much a weighted number of occurrences says; never nothing.
pub fn quantised(units: u32) -> u32 {
    let occurrences = f64::from(units) / UNIT;
    let impact = occurrences / (K1 + occurrences);
    ((impact * f64::from(HIGHEST + 1)) as u32).clamp(1, HIGHEST)
}

/// What a form's parts count for, of its own weight.
pub fn part(units: u16) -> u16 {
    (f64::from(units) * weight::PART) as u16
}
