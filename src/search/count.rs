//! Counts the words of sections: how often and where each stands, as one weight.
//!
//! In: collected pages. Out: for each section its forms with their weighted numbers of occurrences, as BM25F has them,
//! in units of one [`Batch`]. A section's weights depend on that section alone.

use super::collect::{Facets, FoundPage, Section, SectionKind};
use super::forms::{Forms, Handle};
use super::tokens::{TokenKind, Tokenizer};
use super::vocabulary::FastSet;
use compact_str::CompactString;

/// Fixed-point units of a weighted number of occurrences.
const UNIT: f64 = 64.0;
/// Saturation and the share of a text's length, as in BM25F.
const K1: f64 = 0.8;
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
    pub const KEYWORD: f64 = 0.6;
    /// The page's title and the heading above, in a section further down.
    pub const CONTEXT: f64 = 0.5;
    pub const BODY: f64 = 1.0;
    pub const PART: f64 = 0.45;
}

/// Words that are fetched together: few enough to stay at hand until they are counted.
const AT_ONCE: usize = 64;

/// A form in a section.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// In the worker's list of forms.
    pub form: u32,
    /// Weighted number of occurrences in units.
    pub units: u16,
    pub flags: u8,
}

/// What one worker found.
#[derive(Default)]
pub struct Batch {
    /// Every form with its number of occurrences, which is none for a stop word that did not occur.
    pub forms: Vec<(CompactString, u32)>,
    /// The words of all sections, one section after the other.
    pub words: Vec<Counted>,
    /// For each section where its words end.
    pub ends: Vec<u32>,
    /// Number of sections of each page, and its facets.
    pub pages: Vec<(u32, Facets)>,
    pub groups: Vec<Vec<u32>>,
}

impl Batch {
    /// The words of each section.
    pub fn sections(&self) -> impl Iterator<Item = &[Counted]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends);
        ranges.map(|(start, end)| &self.words[start as usize..*end as usize])
    }
}

/// Counts the words of sections with one table of forms.
pub struct Reader {
    tokenizer: Tokenizer,
    forms: Forms,
    /// The first so many forms are the stop words.
    stops: u32,
    /// The words of the section being read, as they come.
    read: Vec<Read>,
    /// Its forms.
    open: Vec<Open>,
    batch: Batch,
}

/// A word of the section being read, with what it counts for: no units in the body, whose words are counted.
struct Read {
    handle: Handle,
    units: u32,
    flags: u8,
}

/// A form in the section being read.
struct Open {
    form: u32,
    body: u32,
    /// Weight of other fields in units.
    other: u32,
    flags: u8,
}

impl Reader {
    /// `words` is about how many words there will be, so that their room need not grow.
    pub fn new(language: &str, stops: &FastSet<String>, words: usize) -> Self {
        let mut forms = Forms::new();
        let mut sorted: Vec<&String> = stops.iter().collect();
        sorted.sort();
        for word in &sorted {
            let handle = forms.handle(word);
            forms.of(handle);
        }
        Reader {
            tokenizer: Tokenizer::new(language),
            forms,
            stops: sorted.len() as u32,
            read: Vec::new(),
            open: Vec::new(),
            batch: Batch {
                words: Vec::with_capacity(words),
                ..Batch::default()
            },
        }
    }

    /// Notes how many sections each text file of the group has.
    pub fn group(&mut self, counts: Vec<u32>) {
        self.batch.groups.push(counts);
    }

    pub fn finish(self) -> Batch {
        let mut batch = self.batch;
        batch.forms = self.forms.finish();
        batch
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
        self.count();
        let norm = 1.0 - B + B * f64::from(length) / USUAL_LENGTH;
        let body = weight::BODY * UNIT / norm;
        self.batch.words.extend(self.open.drain(..).map(|word| {
            let units = f64::from(word.body) * body + f64::from(word.other);
            Counted {
                form: word.form,
                units: units.min(60_000.0) as u16,
                flags: word.flags,
            }
        }));
        self.batch.ends.push(self.batch.words.len() as u32);
    }

    /// Reads the words of a field; `weight` 0 is the body, whose length counts. Gives the number of words.
    fn field(&mut self, text: &str, weight: f64, flags: u32) -> u32 {
        let units = (weight * UNIT) as u32;
        let mut length = 0;
        let Reader {
            tokenizer,
            forms,
            read,
            ..
        } = self;
        tokenizer.each(text, |word, _, kind| {
            length += u32::from(matches!(kind, TokenKind::Word | TokenKind::Part));
            read.push(Read {
                handle: forms.handle(word),
                units,
                flags: flags as u8,
            });
        });
        length
    }

    /// Counts what was read.
    fn count(&mut self) {
        let section = self.batch.ends.len() as u32 + 1;
        let Reader {
            forms, read, open, ..
        } = self;
        for some in read.chunks(AT_ONCE) {
            forms.fetch(some.iter().map(|word| word.handle));
            for word in some {
                let form = forms.of(word.handle);
                form.count += 1;
                if word.units == 0 && form.at < self.stops {
                    continue;
                }
                if form.section != section {
                    form.section = section;
                    form.place = open.len() as u32;
                    open.push(Open {
                        form: form.at,
                        body: 0,
                        other: 0,
                        flags: 0,
                    });
                }
                let open = &mut open[form.place as usize];
                if word.units == 0 {
                    open.body += 1;
                } else {
                    open.other += word.units;
                    open.flags |= word.flags;
                }
            }
        }
        read.clear();
    }
}

/// From so many units on a posting has the highest weight.
const MOST_UNITS: usize = (HIGHEST as f64 * K1 * UNIT) as usize + 1;

/// Weights by their units, since every posting asks.
const WEIGHTS: [u8; MOST_UNITS] = {
    let mut weights = [0; MOST_UNITS];
    let mut units = 0;
    while units < MOST_UNITS {
        let occurrences = units as f64 / UNIT;
        let impact = occurrences / (K1 + occurrences);
        let weight = (impact * (HIGHEST + 1) as f64) as u8;
        weights[units] = if weight == 0 { 1 } else { weight };
        units += 1;
    }
    weights
};

/// Four bits of how much a weighted number of occurrences says; never nothing.
pub fn quantised(units: u32) -> u32 {
    let weight = WEIGHTS.get(units as usize);
    weight.map_or(HIGHEST, |weight| u32::from(*weight))
}

/// What a form's parts count for, of its own weight.
pub fn part(units: u16) -> u16 {
    (f64::from(units) * weight::PART) as u16
}
