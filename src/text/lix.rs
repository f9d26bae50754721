//! How hard a text is to read, by Björnsson's measure lix: words in a sentence, plus long words in a hundred.
//!
//! In: paragraphs of running text. Out: counts that can be added up. Below 45 is text for a broad public; 45–55 is
//! the prose of public administration. It counts letters and full stops and knows nothing of sense.

use std::ops::AddAssign;

/// A word of more letters than this is long.
const LONG: usize = 6;

/// The counts that the measure is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lix {
    pub words: u32,
    pub long_words: u32,
    pub sentences: u32,
}

impl Lix {
    /// Counts one paragraph. Its end ends a sentence too, so a list's items without full stops are sentences.
    pub fn of_paragraph(text: &str) -> Lix {
        let mut lix = Lix::default();
        let mut is_open = false;
        for word in text.split_whitespace() {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 0 {
                lix.words += 1;
                lix.long_words += u32::from(letters > LONG);
                is_open = true;
            }
            if is_open && ends_sentence(word) {
                lix.sentences += 1;
                is_open = false;
            }
        }
        lix.sentences += u32::from(is_open);
        lix
    }

    /// The measure, rounded to a whole number; `None` for no text.
    pub fn value(self) -> Option<u32> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let (words, long, sentences) = (
            u64::from(self.words),
            u64::from(self.long_words),
            u64::from(self.sentences),
        );
        // words ÷ sentences + 100 × long ÷ words, over one denominator and rounded half up
        let over = words * words + 100 * long * sentences;
        let under = sentences * words;
        u32::try_from((2 * over + under) / (2 * under)).ok()
    }
}

impl AddAssign for Lix {
    fn add_assign(&mut self, other: Lix) {
        self.words += other.words;
        self.long_words += other.long_words;
        self.sentences += other.sentences;
    }
}

/// A full stop, colon, question or exclamation mark, also before a closing bracket or quotation mark; but not the
/// full stop of an ordinal or a short form (`3.`, `bl.a.`, `kl.`).
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches([')', ']', '"', '”', '’', '»']);
    match bare.chars().last() {
        Some('!' | '?' | ':') => true,
        Some('.') => {
            let before = bare.trim_end_matches('.');
            let is_number = before.chars().all(|c| c.is_ascii_digit());
            let is_short = before.contains('.') || before.chars().count() < 3;
            !is_number && !is_short
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: u32, long_words: u32, sentences: u32) {
        let expected = Lix {
            words,
            long_words,
            sentences,
        };
        assert_eq!(Lix::of_paragraph(text), expected, "{text}");
    }

    #[test]
    fn words_long_words_and_sentences_are_counted() {
        check("Skriv et spørgsmål. Spørg barnet!", 5, 1, 2);
        check("Den 3. marts kl. 9.30 i 10. klasse mødes vi.", 7, 0, 1);
        check("Børnene – bl.a. de små – kommer (hver dag).", 7, 1, 1);
        check("et punkt uden punktum", 4, 1, 1);
        check("1.000 § 13 …", 0, 0, 0);
    }

    #[test]
    fn the_measure_is_words_a_sentence_and_long_words_a_hundred() {
        let mut sum = Lix::of_paragraph("Skriv et spørgsmål. Spørg barnet!");
        assert_eq!(sum.value(), Some(23)); // 5 ÷ 2 + 100 × 1 ÷ 5 = 22.5
        sum += Lix::of_paragraph("Vi ses.");
        assert_eq!(sum.value(), Some(17)); // 7 ÷ 3 + 100 ÷ 7 = 16.6
        assert_eq!(Lix::default().value(), None);
    }
}
