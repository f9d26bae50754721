//! From what a reader types to slots: one for each word that is searched for.
//!
//! In: the query as typed. Out: its words in order, which of them count, and the phrases in quotes.

use super::stem::{Stemmer, fold};
use super::tokens::{TokenKind, Tokenizer, composed};
use super::vocabulary::FastSet;

/// A query taken apart.
#[derive(Debug, Default)]
pub struct Query {
    /// Trimmed, as typed.
    pub text: String,
    pub slots: Vec<Slot>,
    /// All words as typed, also those that do not count.
    pub words: Vec<String>,
    /// Words that must stand side by side, as written.
    pub literals: Vec<Vec<String>>,
}

/// One word of the query.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    pub word: String,
    pub key: String,
    /// Place among all words of the query, also those that do not count.
    pub place: usize,
    /// Any word that begins so will do.
    pub is_prefix: bool,
    /// Still being typed.
    pub is_typed: bool,
    /// In quotes: no other word will do.
    pub is_literal: bool,
    /// For `6-8` the numbers by themselves.
    pub range: Vec<String>,
    /// What stands apart from a verb and in front in its noun: `op` of `følge op`.
    pub particle: Option<String>,
}

/// A word of a text or a query; of a range, `6-8`, also the numbers.
struct Word {
    text: String,
    chunk: u32,
    range: Vec<String>,
}

/// Takes a query apart. Its last word may go on.
pub fn analyse(text: &str, language: &str, stops: &FastSet<String>) -> Query {
    let text = text.trim();
    let stemmer = Stemmer::of(language);
    let (plain, quoted) = quotes(text);
    let literals: Vec<Vec<String>> = quoted
        .iter()
        .map(|phrase| self::words(phrase, language))
        .filter(|phrase| !phrase.is_empty())
        .collect();
    let words = read(&plain, language);
    let dotted = dotted_chunks(&plain);
    let is_open = plain.chars().next_back().is_some_and(char::is_alphanumeric);
    let count = words.len();
    let all: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    let mut slots: Vec<Slot> = Vec::new();
    for (place, word) in words.into_iter().enumerate() {
        let is_typed = is_open && place + 1 == count;
        let is_dotted = dotted.contains(&word.chunk) && word.text.chars().count() <= 6;
        slots.push(Slot {
            key: fold(&stemmer.stem(&word.text)),
            place,
            is_prefix: is_typed || is_dotted,
            is_typed,
            is_literal: literals.iter().flatten().any(|own| *own == word.text),
            range: word.range,
            particle: particle(&all[place + 1..], stemmer, stops),
            word: word.text,
        });
    }
    let is_counting = |slot: &Slot| !stops.contains(&slot.word);
    if slots.iter().any(is_counting) {
        slots.retain(is_counting);
    }
    slots.truncate(MOST_SLOTS);
    Query {
        text: text.to_string(),
        slots,
        words: all,
        literals,
    }
}

/// The particle that the words after a verb begin with. What may be a preposition is one where it leads on to something.
fn particle(after: &[String], stemmer: Stemmer, stops: &FastSet<String>) -> Option<String> {
    let word = after.first()?;
    let [adverbs, prepositions] = stemmer.particles();
    let is_last = after.get(1).is_none_or(|next| stops.contains(next));
    let is_particle = has(adverbs, word) || (is_last && has(prepositions, word));
    is_particle.then(|| word.clone())
}

fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|own| own == word)
}

/// The most words of a query that are searched for.
const MOST_SLOTS: usize = 24;

/// The query without its quotation marks, and what stood between them.
fn quotes(text: &str) -> (String, Vec<String>) {
    let mut plain = String::new();
    let mut quoted = Vec::new();
    let pieces: Vec<&str> = text.split(['"', '“', '”', '„', '«', '»']).collect();
    let count = pieces.len();
    for (at, piece) in pieces.iter().enumerate() {
        // Every second piece is inside; a mark that is never closed is none.
        if at % 2 == 1 && at + 1 < count {
            quoted.push((*piece).to_string());
        }
        if at > 0 {
            plain.push(' ');
        }
        plain.push_str(piece);
    }
    (plain, quoted)
}

/// The words of a text in order, a range as one.
pub fn words(text: &str, language: &str) -> Vec<String> {
    let words = read(text, language).into_iter();
    words.map(|word| word.text).collect()
}

fn read(text: &str, language: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    Tokenizer::new(language).each(text, |token, chunk, kind| match kind {
        TokenKind::Suspended => {}
        TokenKind::Joined if token.contains('-') => {
            // A range counts as one word.
            let range: Vec<String> = token.split('-').map(String::from).collect();
            words.truncate(words.len().saturating_sub(range.len()));
            words.push(Word {
                text: token.to_string(),
                chunk,
                range,
            });
        }
        TokenKind::Joined => {}
        TokenKind::Word | TokenKind::Part => words.push(Word {
            text: token.to_string(),
            chunk,
            range: Vec::new(),
        }),
    });
    words
}

/// Chunks with a full stop between letters: `pæd.psyk.`
fn dotted_chunks(text: &str) -> Vec<u32> {
    let text = composed(text);
    let is_dotted = |chunk: &str| {
        let letters: Vec<char> = chunk.chars().collect();
        letters
            .windows(3)
            .any(|three| three[1] == '.' && three[0].is_alphabetic() && three[2].is_alphabetic())
    };
    super::tokens::chunks(&text)
        .enumerate()
        .filter(|(_, chunk)| is_dotted(chunk))
        .map(|(at, _)| at as u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::stop_words;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let query = analyse(text, "da", &stop_words("da", &[]));
        let slot = |slot: &Slot| match &slot.particle {
            Some(particle) => format!("{}<{particle}", slot.word),
            None => slot.word.clone(),
        };
        let slots: Vec<String> = query.slots.iter().map(slot).collect();
        assert_eq!(slots.join(" "), expected);
    }

    #[test]
    fn a_particle_is_told_from_a_preposition_by_what_follows() {
        check("følge op på fravær", "følge<op fravær");
        check("holde fast", "holde<fast fast");
        check("melde til", "melde<til");
        check("melde fra til skolen", "melde<fra skolen");
        check("adgang til data", "adgang data");
    }
}
