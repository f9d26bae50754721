//! The glossary: all words that terms are known by, and what must not be confused with what.
//!
//! In: the tree of pages. Out: for each language one [`Lexicon`] that finds terms in running text, and findings
//! about words that two terms claim. Where a page uses a term first is decided in `uses.rs`, for each page by itself.

mod boundary;
mod uses;
mod words;

use super::Inputs;
use super::references::Targets;
use super::tree::{Tree, TreeNode};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{FrontMatter, Kind, KindData, Term};
use crate::model::ids::PageId;
use crate::text::span::{Span, Spanned};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
pub use uses::uses;
use words::Words;

/// The terms of one language.
pub struct Lexicon {
    words: Words,
    /// What each word of `words` means.
    meanings: Vec<Meaning>,
    terms: Vec<KnownTerm>,
    /// The place of a page's term in `terms`.
    places: HashMap<PageId, usize>,
}

struct Meaning {
    term: usize,
    is_abbreviation: bool,
}

struct KnownTerm {
    page: PageId,
    is_autolinked: bool,
    /// What an abbreviation of it stands for, as it is written in running text.
    expansion: Arc<str>,
    /// All its words but abbreviations, in each way they may be written.
    spellings: Vec<String>,
}

/// Collects the terms of each language. A word that two terms give is a finding and belongs to the first.
pub fn collect(tree: &Tree, inputs: &Inputs, diags: &mut Diagnostics) -> Vec<Lexicon> {
    let languages = 0..=inputs.config.languages.len();
    languages
        .map(|language| {
            let terms = terms(tree, inputs)
                .filter(|(_, entry)| usize::from(entry.node.language) == language);
            lexicon(terms, diags)
        })
        .collect()
}

/// A term as its author wrote it.
struct Entry<'a> {
    node: &'a TreeNode,
    front_matter: &'a FrontMatter,
    term: &'a Term,
    file: crate::model::ids::FileId,
}

fn terms<'a>(tree: &'a Tree, inputs: &'a Inputs) -> impl Iterator<Item = (PageId, Entry<'a>)> {
    tree.nodes.iter().enumerate().filter_map(|(at, node)| {
        let document = node.document.filter(|_| node.kind == Kind::Term)?;
        let front_matter = inputs.document(document).front_matter.as_ref()?;
        let KindData::Term(term) = &front_matter.kind else {
            return None;
        };
        let file = inputs.file(document);
        Some((
            PageId::of(at),
            Entry {
                node,
                front_matter,
                term,
                file,
            },
        ))
    })
}

fn lexicon<'a>(
    entries: impl Iterator<Item = (PageId, Entry<'a>)>,
    diags: &mut Diagnostics,
) -> Lexicon {
    let mut spellings: Vec<String> = Vec::new();
    let mut meanings = Vec::new();
    let mut terms: Vec<KnownTerm> = Vec::new();
    let mut places = HashMap::new();
    let mut claimed: HashMap<String, (PageId, Span)> = HashMap::new();
    for (page, entry) in entries {
        let mut known = KnownTerm {
            page,
            is_autolinked: entry.term.is_autolinked,
            expansion: expansion(&entry).into(),
            spellings: Vec::new(),
        };
        for (word, is_abbreviation) in entry.words() {
            let text = one_spaced(&word.value);
            let span = Span::new(entry.file, word.range.clone());
            match claimed.get(&text.to_lowercase()) {
                Some((other, there)) if *other != page => {
                    diags
                        .add(Code::TermCollision, span)
                        .arg("word", text)
                        .related(*there);
                    continue;
                }
                Some(_) => {}
                None => {
                    claimed.insert(text.to_lowercase(), (page, span));
                }
            }
            for spelling in ways_to_write(&text, is_abbreviation) {
                meanings.push(Meaning {
                    term: terms.len(),
                    is_abbreviation,
                });
                if !is_abbreviation {
                    known.spellings.push(spelling.clone());
                }
                spellings.push(spelling);
            }
        }
        places.insert(page, terms.len());
        terms.push(known);
    }
    let numbered = spellings.iter().enumerate();
    Lexicon {
        words: Words::new(numbered.map(|(number, spelling)| (spelling.as_str(), number))),
        meanings,
        terms,
        places,
    }
}

impl<'a> Entry<'a> {
    /// All words the term is known by, and which of them are abbreviations: also `PPR's`, a form that begins with one.
    fn words(&self) -> impl Iterator<Item = (&'a Spanned<String>, bool)> {
        let term = self.term;
        let full = self.front_matter.title.iter().chain(&term.local_name);
        let is_short = |form: &Spanned<String>| {
            let mut short = term.abbreviations.iter();
            short.any(|short| form.value.starts_with(short.value.as_str()))
        };
        full.chain(&term.synonyms)
            .map(|word| (word, false))
            .chain(term.forms.iter().map(move |form| (form, is_short(form))))
            .chain(term.abbreviations.iter().map(|word| (word, true)))
    }
}

/// The title as it is written inside a sentence: as the author gives it among synonyms and forms, else with a small
/// first letter, unless a capital further in shows that it is a name.
fn expansion(entry: &Entry) -> String {
    let title = one_spaced(&entry.node.title);
    let others = entry.term.synonyms.iter().chain(&entry.term.forms);
    let mut given = others.map(|word| one_spaced(&word.value));
    if let Some(given) = given.find(|word| word.to_lowercase() == title.to_lowercase()) {
        return given;
    }
    ways_to_write(&title, false).swap_remove(0)
}

/// An ordinary word may begin a sentence or stand inside one; abbreviations and words with capitals further in are
/// always written alike. The way inside a sentence comes first.
fn ways_to_write(word: &str, is_abbreviation: bool) -> Vec<String> {
    let mut letters = word.chars();
    let first = letters.next();
    let rest = letters.as_str();
    match first {
        Some(first) if !is_abbreviation && !rest.chars().any(char::is_uppercase) => {
            let small: String = first.to_lowercase().collect();
            let large: String = first.to_uppercase().collect();
            let is_one = small == large;
            let ways = [small, large].map(|first| format!("{first}{rest}"));
            ways.into_iter().take(if is_one { 1 } else { 2 }).collect()
        }
        _ => vec![word.to_string()],
    }
}

/// A text with one blank between its words.
fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For each term those that it must not be confused with, which holds both ways: first those that it names itself.
pub fn confusions(
    tree: &Tree,
    inputs: &Inputs,
    targets: &[Targets],
) -> BTreeMap<PageId, Vec<PageId>> {
    let mut pairs: Vec<(PageId, PageId)> = Vec::new();
    for (page, entry) in terms(tree, inputs) {
        let targets = &targets[page.index()].pages;
        let named = entry.term.not_to_be_confused_with.iter();
        let named = named.filter_map(|reference| targets.get(&reference.range.start));
        pairs.extend(
            named
                .filter(|other| **other != page)
                .map(|other| (page, *other)),
        );
    }
    let turned = pairs.iter().map(|(page, other)| (*other, *page));
    let both: Vec<(PageId, PageId)> = pairs.iter().copied().chain(turned).collect();
    let mut confusions: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for (page, other) in both {
        let others = confusions.entry(page).or_default();
        if !others.contains(&other) {
            others.push(other);
        }
    }
    confusions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[&str]) {
        assert_eq!(ways_to_write(word, false), expected);
    }

    #[test]
    fn ordinary_words_may_begin_a_sentence() {
        check("Rejsehold", &["rejsehold", "Rejsehold"]);
        check("årshjul", &["årshjul", "Årshjul"]);
        check("6–8 uger", &["6–8 uger"]);
    }

    #[test]
    fn names_and_abbreviations_are_written_one_way() {
        check("Fælles Mål", &["Fælles Mål"]);
        check("PPR", &["PPR"]);
        assert_eq!(ways_to_write("fx", true), ["fx"]);
    }
}
