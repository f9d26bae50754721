//! Finds words and phrases in running text: whole ones only, of two that begin together the longer.
//!
//! Where words begin is found for many bytes at a time, and a small table tells of nearly every word that nothing
//! begins with it. So a text costs less than an automaton over all words, which would look at each byte by itself.

use super::boundary;
use std::collections::HashMap;

/// The words and phrases to find, each with a number of the caller's.
pub struct Words {
    /// For the first two bytes of a word, the lengths of words that something begins with, one bit each.
    lengths: Box<[u32; PLACES]>,
    /// By their first word, the longest first.
    phrases: HashMap<Box<[u8]>, Vec<Phrase>>,
}

struct Phrase {
    /// What follows the first word, each gap between words one blank.
    rest: Box<str>,
    number: usize,
}

/// A word or phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    pub number: usize,
}

impl Words {
    /// Phrases begin with a letter or digit; others are never found. Of two alike the first counts.
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, usize)>) -> Words {
        let mut words = Words {
            lengths: Box::new([0; PLACES]),
            phrases: HashMap::new(),
        };
        for (phrase, number) in phrases {
            let length = word_length(phrase.as_bytes());
            let (first, rest) = phrase.as_bytes().split_at(length);
            let Ok(rest) = std::str::from_utf8(rest) else {
                continue;
            };
            if first.is_empty() {
                continue;
            }
            words.lengths[place(first)] |= bit(first);
            let phrases = words.phrases.entry(first.into()).or_default();
            if phrases.iter().all(|known| *known.rest != *rest) {
                phrases.push(Phrase {
                    rest: rest.into(),
                    number,
                });
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            }
        }
        words
    }

    /// The first word or phrase of `text[from..end]`. What stands around the range decides where words end.
    pub fn next(&self, text: &str, from: usize, end: usize) -> Option<Found> {
        let bytes = &text.as_bytes()[..end];
        let mut chunk = from;
        while chunk < end {
            let mut letters = letters(&bytes[chunk..end.min(chunk + CHUNK)]);
            // A word that goes on after the chunk begins the next one.
            let cut = letters.leading_ones() as usize;
            if cut == CHUNK {
                chunk += word_length(&bytes[chunk..]);
                continue;
            }
            letters &= u64::MAX >> cut;
            let mut starts = letters & !(letters << 1);
            while starts != 0 {
                let place = starts.trailing_zeros();
                let length = (!letters >> place).trailing_zeros() as usize;
                let start = chunk + place as usize;
                if self.is_likely(&bytes[start..start + length])
                    && let Some(found) = self.phrase(text, start, start + length, end)
                {
                    return Some(found);
                }
                starts &= starts - 1;
            }
            chunk += CHUNK - cut;
        }
        None
    }

    /// Whether anything may begin with a word.
    fn is_likely(&self, word: &[u8]) -> bool {
        is_continuation(word[0]) || self.lengths[place(word)] & bit(word) != 0
    }

    /// The longest phrase that begins with the word `text[start..word_end]`.
    fn phrase(&self, text: &str, start: usize, word_end: usize, end: usize) -> Option<Found> {
        let bytes = &text.as_bytes()[..end];
        // The rest of a sign such as `»`, whose first byte is none of a word.
        let signs = bytes[start..word_end].iter();
        let start = start + signs.take_while(|byte| is_continuation(**byte)).count();
        let phrases = self.phrases.get(&bytes[start..word_end])?;
        let is_after_blank = start == 0 || matches!(bytes[start - 1], b' ' | b'\n');
        let stands_alone = is_after_blank
            || boundary::starts(text, start) && !boundary::is_in_address(text, start);
        if !stands_alone {
            return None;
        }
        phrases.iter().find_map(|phrase| {
            let end = word_end + matching(&bytes[word_end..], phrase.rest.as_bytes())?;
            boundary::ends(text, end).then_some(Found {
                start,
                end,
                number: phrase.number,
            })
        })
    }
}

/// How much of a text a phrase covers, where the text begins with it. A blank of the phrase is any gap between two
/// words of a line, or one line's end with the marks of quotes and lists after it.
fn matching(text: &[u8], phrase: &[u8]) -> Option<usize> {
    let mut at = 0;
    for byte in phrase {
        if *byte != b' ' {
            if text.get(at) != Some(byte) {
                return None;
            }
            at += 1;
            continue;
        }
        let gap = gap(&text[at..]);
        if gap == 0 {
            return None;
        }
        at += gap;
    }
    Some(at)
}

fn gap(text: &[u8]) -> usize {
    let blanks = |text: &[u8], also: &[u8]| {
        let is_blank = |b: &&u8| matches!(b, b' ' | b'\t') || also.contains(b);
        text.iter().take_while(is_blank).count()
    };
    if text.starts_with("\u{a0}".as_bytes()) {
        return 2;
    }
    let mut at = blanks(text, b"\r");
    if text.get(at) == Some(&b'\n') {
        at += 1 + blanks(&text[at + 1..], b">");
    }
    at
}

/// How many beginnings of words are told apart.
const PLACES: usize = 1 << 12;
/// How many bytes are looked at together.
const CHUNK: usize = 64;

/// Which bytes of a chunk are in words, one bit each. Written so that the compiler does many bytes at a time.
fn letters(chunk: &[u8]) -> u64 {
    let mut bytes = [0; CHUNK];
    bytes[..chunk.len()].copy_from_slice(chunk);
    for byte in &mut bytes {
        *byte = u8::from(is_letter(*byte));
    }
    let mut letters = 0;
    for (at, eight) in bytes.as_chunks().0.iter().enumerate() {
        // Gathers the lowest bits of eight bytes in the highest byte.
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        letters |= gathered << (8 * at);
    }
    letters
}

/// Whether a byte is in a word. Of signs beyond ASCII those are known by their first byte that stand in Danish text:
/// `»`, `§`, `–`, `”` and their neighbours; any other character is taken for a letter.
fn is_letter(byte: u8) -> bool {
    let is_ascii = ((byte | 32).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
    is_ascii | ((byte >= 128) & (byte != 0xC2) & (byte != 0xE2))
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn word_length(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_letter(**byte)).count()
}

fn place(word: &[u8]) -> usize {
    let second = word.get(1).copied().unwrap_or_default();
    usize::from(word[0] & 63) << 6 | usize::from(second & 63)
}

fn bit(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: [&str; 7] = [
        "hold",
        "fælles hold",
        "fælles hold i skolen",
        "PPR",
        "børne- og ungehjem",
        "§ 3",
        "år",
    ];

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = Words::new(PHRASES.iter().enumerate().map(|(i, phrase)| (*phrase, i)));
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = words.next(text, at, text.len()) {
            found.push(&text[next.start..next.end]);
            at = next.end;
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn whole_words_only() {
        check("Et hold, holdet og »hold«.", &["hold", "hold"]);
        check("PPR-hold og ppr, men PPR.", &["PPR"]);
        check("År år åre", &["år"]);
    }

    #[test]
    fn the_longest_that_stands_alone_wins() {
        check("et fælles hold i skolen", &["fælles hold i skolen"]);
        check("et fælles hold i skolerne", &["fælles hold"]);
        check("et fælles holdet hold", &["hold"]);
    }

    #[test]
    fn phrases_go_on_over_a_line() {
        check("fælles\nhold", &["fælles\nhold"]);
        check("fælles\r\n> hold", &["fælles\r\n> hold"]);
        check("fælles\u{a0}hold", &["fælles\u{a0}hold"]);
        check("fælles\n\nhold", &["hold"]);
        check("børne- og\n  ungehjem", &["børne- og\n  ungehjem"]);
    }

    #[test]
    fn nothing_is_found_past_the_range() {
        let words = Words::new([("fælles hold", 0), ("hold", 1)]);
        assert_eq!(words.next("fælles hold", 0, 7), None);
        assert_eq!(words.next("rejsehold", 5, 9), None);
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        for length in 0..140 {
            let letters = "å".repeat(length);
            check(
                &format!("{letters} hold {letters}, fælles hold"),
                &["hold", "fælles hold"],
            );
            check(&format!("{}hold", "»".repeat(length)), &["hold"]);
            check(
                &format!("{}hold{letters}", ".".repeat(length)),
                &["hold"][..usize::from(length == 0)],
            );
        }
    }

    #[test]
    fn phrases_without_a_word_are_left_out() {
        check("§ 3", &[]);
        let words = Words::new([("", 0), ("–", 1)]);
        assert_eq!(words.next("a – b", 0, 7), None);
    }
}
