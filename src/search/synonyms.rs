//! Words that mean the same: from the glossary and the configuration.
//!
//! In: the site. Out: groups of phrases, each phrase the stems of its words without stop words, in one spelling.

use super::stem::Stemmer;
use super::tokens::{TokenKind, Tokenizer};
use super::vocabulary::FastSet;
use crate::model::front_matter::KindData;
use crate::model::site::Site;

/// Phrases that stand for each other.
pub type Group = Vec<Phrase>;
/// The stems of a phrase.
pub type Phrase = Vec<String>;

/// The groups of a language.
pub fn groups(
    site: &Site,
    language: usize,
    stemmer: Stemmer,
    stops: &FastSet<String>,
) -> Vec<Group> {
    let mut tokenizer = Tokenizer::new(&site.languages[language].code);
    let mut groups = Vec::new();
    let mut add = |names: &mut dyn Iterator<Item = &str>| {
        let mut group: Group = Vec::new();
        for name in names {
            let phrase = phrase(name, &mut tokenizer, stemmer, stops);
            if !phrase.is_empty() && !group.contains(&phrase) {
                group.push(phrase);
            }
        }
        if group.len() > 1 {
            groups.push(group);
        }
    };
    for page in site
        .pages
        .iter()
        .filter(|page| usize::from(page.language) == language)
    {
        if let Some(KindData::Term(term)) = site.front_matter(page).map(|fm| &fm.kind) {
            let others = term
                .abbreviations
                .iter()
                .chain(&term.synonyms)
                .chain(&term.local_name);
            add(&mut std::iter::once(&*page.title).chain(others.map(|word| word.value.as_str())));
        }
    }
    for group in &site.config.search.synonyms {
        add(&mut group.iter().map(String::as_str));
    }
    groups
}

fn phrase(
    text: &str,
    tokenizer: &mut Tokenizer,
    stemmer: Stemmer,
    stops: &FastSet<String>,
) -> Phrase {
    let mut phrase = Vec::new();
    tokenizer.each(text, |word, _, kind| {
        if matches!(kind, TokenKind::Word | TokenKind::Part) && !stops.contains(word) {
            phrase.push(stemmer.stem(word));
        }
    });
    phrase
}
