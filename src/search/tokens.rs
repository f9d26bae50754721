//! Text to words, as the index and a query see them.
//!
//! In: text as a reader sees it. Out: words in lower case, each with the number of the space-separated chunk it stands
//! in, so that a snippet can mark it. Chains give their parts and the joined word, numbers one spelling, `børne- og
//! ungehjem` a mark for what the vocabulary must spell out. The twin is in `themes/standard/static/search.js`.

mod numbers;
mod plain;

use icu_normalizer::ComposingNormalizer;
use numbers::{danish, english, number};
use plain::{plain_chunk, small};
use std::borrow::Cow;

/// The longest word that is indexed, in letters; longer ones are addresses and keys.
const LONGEST: usize = 40;
/// Between the left part of a suspended compound and the word that ends it: `børne\u{1}ungehjem`.
pub const SUSPENDED: char = '\u{1}';

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    /// One part of a chain.
    Part,
    /// The parts of a chain together.
    Joined,
    /// Two words with [`SUSPENDED`] between them.
    Suspended,
}

/// Splits texts of one language.
pub struct Tokenizer {
    is_english: bool,
    word: String,
    parts: Vec<String>,
    has_hyphen: bool,
    suspended: Option<String>,
}

impl Tokenizer {
    pub fn new(language: &str) -> Tokenizer {
        Tokenizer {
            is_english: language.split('-').next() == Some("en"),
            word: String::new(),
            parts: Vec::new(),
            has_hyphen: false,
            suspended: None,
        }
    }

    /// The number words from two to twelve, for the twin in the browser.
    pub fn number_words(&self) -> &'static str {
        numbers::words(self.is_english)
    }

    /// Gives every token of a text to `take`, with the number of its chunk.
    pub fn each(&mut self, text: &str, mut take: impl FnMut(&str, u32, TokenKind)) {
        let text = composed(text);
        self.suspended = None;
        let mut rest = &*text;
        let mut at = 0;
        while let Some(first) = rest.bytes().next() {
            if matches!(first, b' ' | b'\n' | b'\t' | b'\r') {
                rest = &rest[1..];
                continue;
            }
            let mut take = |word: &str, kind| take(word, at, kind);
            if let Some(plain) = plain_chunk(rest) {
                let word = &rest[..plain.word];
                if plain.has_capitals {
                    self.word.extend(word.chars().map(small));
                    self.end_chain(&mut take);
                } else {
                    self.plain_word(word, &mut take);
                }
                at += 1;
                rest = &rest[plain.length..];
            } else {
                let length = rest.find(SEPARATORS).unwrap_or(rest.len());
                self.chunk(&rest[..length], &mut take);
                at += u32::from(length > 0);
                rest = rest[length..].trim_start_matches(SEPARATORS);
            }
        }
    }

    /// A word that stands as it is indexed.
    fn plain_word(&mut self, word: &str, take: &mut impl FnMut(&str, TokenKind)) {
        match self.known(word) {
            Some(known) => self.give(&known, TokenKind::Word, take),
            None => self.give(word, TokenKind::Word, take),
        }
        self.finish_suspended(word, take);
    }

    fn chunk(&mut self, chunk: &str, take: &mut impl FnMut(&str, TokenKind)) {
        let mut before: Option<char> = None;
        let mut letters = chunk.chars().filter(|c| *c != '\u{ad}').peekable();
        while let Some(raw) = letters.next() {
            let c = unified(raw);
            let next = letters.peek().copied().map(unified);
            let is_inside = before.is_some_and(char::is_alphanumeric)
                && next.is_some_and(char::is_alphanumeric);
            let is_number = before.is_some_and(|b| b.is_ascii_digit())
                && next.is_some_and(|n| n.is_ascii_digit());
            match c {
                _ if c.is_alphanumeric() => self.word.extend(c.to_lowercase().map(letter)),
                '\'' if is_inside => {
                    // The s of a genitive goes too; else the word is written together.
                    let rest: String = letters.clone().take(2).collect();
                    let mut rest = rest.chars();
                    let is_genitive = rest.next().is_some_and(|s| matches!(s, 's' | 'S'))
                        && !rest.next().is_some_and(char::is_alphanumeric);
                    if is_genitive {
                        before = letters.next();
                        continue;
                    }
                }
                '.' | ',' if is_number => self.word.push(c),
                '-' | '/' if is_inside => {
                    self.end_part();
                    self.has_hyphen |= c == '-';
                }
                '-' if before.is_some_and(char::is_alphanumeric) => {
                    self.end_part();
                    let left = self.parts.concat();
                    self.end_chain(take);
                    self.suspended = Some(left).filter(|left| left.chars().count() >= 3);
                }
                '§' => {
                    self.end_chain(take);
                    take("§", TokenKind::Word);
                }
                '%' => {
                    self.end_chain(take);
                    take(
                        if self.is_english {
                            "percent"
                        } else {
                            "procent"
                        },
                        TokenKind::Word,
                    );
                }
                _ => self.end_chain(take),
            }
            before = Some(c);
        }
        self.end_chain(take);
    }

    fn end_part(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let known = self.known(&word);
        self.parts.push(known.map_or(word, Cow::into_owned));
    }

    /// The one spelling of numbers, number words and `paragraf`.
    fn known(&self, word: &str) -> Option<Cow<'static, str>> {
        let first = word.as_bytes()[0];
        if first.is_ascii_digit() {
            let is_marked = word.contains(['.', ',']);
            return is_marked.then(|| number(word, self.is_english).into());
        }
        let known = if self.is_english {
            english(word)
        } else {
            danish(word)
        };
        known.map(Cow::Borrowed)
    }

    fn end_chain(&mut self, take: &mut impl FnMut(&str, TokenKind)) {
        if self.parts.is_empty() {
            // The usual case, without a copy.
            if self.word.is_empty() {
                return;
            }
            let word = std::mem::take(&mut self.word);
            self.plain_word(&word, take);
            self.word = word;
            self.word.clear();
            return;
        }
        self.end_part();
        let parts = std::mem::take(&mut self.parts);
        let has_hyphen = std::mem::take(&mut self.has_hyphen);
        let kind = if parts.len() > 1 {
            TokenKind::Part
        } else {
            TokenKind::Word
        };
        for part in &parts {
            self.give(part, kind, take);
        }
        let joined = parts.concat();
        if parts.len() > 1 && has_hyphen {
            let is_range = parts.iter().all(|part| part.as_bytes()[0].is_ascii_digit());
            let whole = if is_range {
                parts.join("-")
            } else {
                joined.clone()
            };
            self.give(&whole, TokenKind::Joined, take);
        }
        self.finish_suspended(&joined, take);
    }

    fn give(&self, word: &str, kind: TokenKind, take: &mut impl FnMut(&str, TokenKind)) {
        if word.len() <= LONGEST || word.chars().count() <= LONGEST {
            take(word, kind);
        }
    }

    /// The word after `børne- og` ends what was left open.
    fn finish_suspended(&mut self, word: &str, take: &mut impl FnMut(&str, TokenKind)) {
        if self.suspended.is_none() || matches!(word, "og" | "eller" | "samt" | "and" | "or") {
            return;
        }
        if let Some(left) = self.suspended.take() {
            let both = format!("{left}{SUSPENDED}{word}");
            self.give(&both, TokenKind::Suspended, take);
        }
    }
}

const SEPARATORS: [char; 6] = [' ', '\n', '\t', '\r', '\u{a0}', '\u{202f}'];

/// The space-separated pieces of a text, which a snippet is made of.
pub fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS).filter(|chunk| !chunk.is_empty())
}

/// Letters and their marks as one.
pub fn composed(text: &str) -> Cow<'_, str> {
    // All that changes is a mark of its own or comes after the marks, whose first byte is 0xcc; between them stand the
    // dashes and quotation marks, and of those that begin with 0xe2 only a few letterlike signs change.
    let bytes = text.as_bytes();
    let may_differ = bytes
        .iter()
        .fold(false, |any, byte| any | (*byte >= 0xcc && *byte != 0xe2));
    if !may_differ && memchr::memchr_iter(0xe2, bytes).all(|at| bytes[at + 1] != 0x84) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(ComposingNormalizer::new_nfc().normalize(text).into_owned())
}

/// All dashes one, all apostrophes one.
fn unified(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '’' | '‘' | '`' | '´' => '\'',
        other => other,
    }
}

/// Accents that people leave out.
fn letter(c: char) -> char {
    match c {
        'a'..='z' | 'æ' | 'ø' | 'å' => c,
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'á' | 'à' | 'â' => 'a',
        'í' | 'ì' | 'î' => 'i',
        'ó' | 'ò' | 'ô' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ä' => 'æ',
        'ö' => 'ø',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, text: &str, expected: &str) {
        let mut found = Vec::new();
        Tokenizer::new(language).each(text, |word, _, _| found.push(word.replace(SUSPENDED, "+")));
        assert_eq!(found.join(" "), expected);
    }

    proptest::proptest! {
        /// Plain chunks have a way of their own, which must lead to the same words.
        #[test]
        fn plain_chunks_are_read_as_all_others(text in "[a-dsÆØÅæøåéB .,;:!?)\"'/§0-9-]{0,40}") {
            let mut found = Vec::new();
            Tokenizer::new("da").each(&text, |word, at, kind| found.push((word.to_string(), at, kind)));
            let mut expected = Vec::new();
            let mut tokenizer = Tokenizer::new("da");
            for (at, chunk) in chunks(&text).enumerate() {
                tokenizer.chunk(chunk, &mut |word, kind| {
                    expected.push((word.to_string(), at as u32, kind))
                });
            }
            proptest::prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn words_are_lower_case_without_marks() {
        check("da", "Skolens É\u{ad}t (idé).", "skolens et ide");
        check("da", "a\u{30a}r Å", "år å");
    }

    #[test]
    fn chains_give_parts_and_whole() {
        check(
            "da",
            "skole–hjem-samarbejde",
            "skole hjem samarbejde skolehjemsamarbejde",
        );
        check("da", "og/eller", "og eller");
        check(
            "da",
            "børne- og ungehjem",
            "børne og ungehjem børne+ungehjem",
        );
    }

    #[test]
    fn numbers_have_one_spelling() {
        check(
            "da",
            "36.000 9,2 9.2 seks-otte 6–8 10. § 13 §13 5%",
            "36000 9,2 9,2 6 8 6-8 6 8 6-8 10 § 13 § 13 5 procent",
        );
        check("en", "36,000 9.2 two", "36000 9,2 2");
        check(
            "da",
            "1.234,56.7 1,234.567 1.23å",
            "1234,567 1,234,567 1,23å",
        );
        check("en", "1.234,567 1,234.5", "1,234,567 1234,5");
        check("da", "1.234.567,5 12.10.2026", "1234567,5 12,10,2026");
    }

    #[test]
    fn apostrophes_do_not_split() {
        check("da", "PPR's synes’ninger 'ord'", "ppr synesninger ord");
    }
}
