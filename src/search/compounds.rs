//! Compounds cut into their parts, by the site's own words.
//!
//! In: the words of a site with how often each occurs. Out: the parts of a word, `skolehjemsamarbejde` → skole, hjem,
//! samarbejde. A word is cut where both sides are words of the site; nothing is known of Danish but the letters that may
//! stand between two parts.

use super::stem::Stemmer;
use super::vocabulary::{FastMap, FastSet};

/// Letters between two parts, none first.
pub const LINKS: [&str; 6] = ["", "s", "e", "er", "n", "en"];
/// What looks like a word and is no part: endings and words that are prefixes.
const NO_PARTS: &str = "ing ning else hed lig som isk skab dom ende ene ens eren erne ere for fra med til ved under over efter \
    mellem mod uden inden ind ned bag hos gen sam mis van ken den det der des dig din dit hen her hun han man men min mit nok nu \
    når ond ret sig sin sit slå tid ude var vor yde ter tet ner ser let lse ist rne ion tion ment ling ant ent age ale are ari ati";

/// The shortest word that is cut, in letters.
const SHORTEST_WHOLE: usize = 7;
/// The shortest part.
const SHORTEST_PART: usize = 3;
/// The shortest rest that is kept although the site does not know it.
const SHORTEST_REST: usize = 5;

/// Knows the words of a site.
pub struct Splitter<'a> {
    stemmer: Stemmer,
    counts: FastMap<&'a str, u32>,
    stems: FastSet<&'a str>,
    no_parts: FastSet<String>,
}

impl<'a> Splitter<'a> {
    /// `words` are forms with their number of occurrences and their stem.
    pub fn new(
        stemmer: Stemmer,
        words: impl Iterator<Item = (&'a str, u32, &'a str)>,
        stop_words: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut no_parts: FastSet<String> = FastSet::default();
        for word in NO_PARTS.split_whitespace().chain(stop_words) {
            no_parts.insert(stemmer.stem(word));
            no_parts.insert(word.to_string());
        }
        let mut counts = FastMap::default();
        let mut stems = FastSet::default();
        for (word, count, stem) in words {
            if word.chars().all(char::is_alphabetic) {
                counts.insert(word, count);
                stems.insert(stem);
            }
        }
        Splitter {
            stemmer,
            counts,
            stems,
            no_parts,
        }
    }

    /// The parts of a word, without their links; none for a word that is no compound of the site's words.
    pub fn parts(&self, word: &str) -> Vec<String> {
        let mut parts = Vec::new();
        self.split(word, &mut parts, 0);
        parts.dedup();
        parts
    }

    fn split(&self, word: &str, parts: &mut Vec<String>, depth: usize) -> bool {
        let borders: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let count = borders.len();
        if count < SHORTEST_WHOLE || depth > 3 || !word.chars().all(char::is_alphabetic) {
            return false;
        }
        // Cheap questions first: few left parts are words of the site. Each beginning is asked for once, for all links.
        let mut is_left = vec![false; word.len()];
        for border in &borders[1..] {
            is_left[*border] = self.is_left(&word[..*border]);
        }
        let mut best: Option<(i32, usize, usize)> = None;
        for (letters, border) in cuts(&borders, SHORTEST_PART, SHORTEST_PART) {
            let (left, right) = word.split_at(border);
            let mut bases = bases(left, &is_left).peekable();
            if bases.peek().is_none() || !self.is_right(right, count - letters) {
                continue;
            }
            for (rank, base) in bases {
                let balance = (letters as i32 - (count - letters) as i32).abs();
                let score = -balance - if rank == 0 { 0 } else { 2 };
                if best.is_none_or(|(other, _, _)| score > other) {
                    best = Some((score, base, border));
                }
            }
        }
        if let Some((_, base, right)) = best {
            for part in [&word[..base], &word[right..]] {
                parts.push(part.to_string());
                self.split(part, parts, depth + 1);
            }
            return true;
        }
        self.unknown_left(word, &borders, parts, depth)
            || (depth == 0 && self.unknown_rest(word, &borders, &is_left, parts))
    }

    /// A right part that is known, after a left part that is itself cut.
    fn unknown_left(
        &self,
        word: &str,
        borders: &[usize],
        parts: &mut Vec<String>,
        depth: usize,
    ) -> bool {
        let count = borders.len();
        for (letters, border) in cuts(borders, SHORTEST_WHOLE, SHORTEST_PART + 1) {
            let (left, right) = word.split_at(border);
            if !self.is_right(right, count - letters) {
                continue;
            }
            for link in ["", "s"] {
                let mut own = Vec::new();
                if let Some(base) = left.strip_suffix(link)
                    && self.split(base, &mut own, depth + 2)
                {
                    parts.append(&mut own);
                    parts.push(right.to_string());
                    return true;
                }
            }
        }
        false
    }

    /// After the longest left part that the site uses more than once, the rest is a part too.
    fn unknown_rest(
        &self,
        word: &str,
        borders: &[usize],
        is_left: &[bool],
        parts: &mut Vec<String>,
    ) -> bool {
        for (_, border) in cuts(borders, SHORTEST_PART + 1, SHORTEST_REST).rev() {
            let (left, rest) = word.split_at(border);
            let known = bases(left, is_left)
                .map(|(_, base)| &left[..base])
                .find(|base| {
                    base.len() >= 4 && self.counts.get(base).is_some_and(|count| *count >= 2)
                });
            // The stem is what costs here, so it comes last.
            if let Some(base) = known
                && !self.is_no_part(rest, &self.stemmer.stemmed(rest))
            {
                parts.push(base.to_string());
                parts.push(rest.to_string());
                return true;
            }
        }
        false
    }

    fn is_left(&self, base: &str) -> bool {
        base.len() >= SHORTEST_PART
            && self.counts.contains_key(base)
            && !self.no_parts.contains(base)
    }

    fn is_right(&self, right: &str, letters: usize) -> bool {
        if self.no_parts.contains(right) {
            return false;
        }
        // The stem is what costs here, and most ends of words are ruled out without it.
        let count = self.counts.get(right);
        if letters <= SHORTEST_PART && count.is_none_or(|count| *count <= 1) {
            return false;
        }
        let stem = self.stemmer.stemmed(right);
        let is_known = count.is_some()
            || (stem.chars().count() >= SHORTEST_PART && self.stems.contains(&*stem));
        is_known && !self.no_parts.contains(&*stem)
    }

    fn is_no_part(&self, word: &str, stem: &str) -> bool {
        self.no_parts.contains(word) || self.no_parts.contains(stem)
    }
}

/// The lengths at which a left part ends before a link, with the number of the link. `is_left` says for each length
/// whether the beginning of the word may be a left part.
fn bases(left: &str, is_left: &[bool]) -> impl Iterator<Item = (usize, usize)> {
    LINKS.iter().enumerate().filter_map(move |(rank, link)| {
        let base = left.len().checked_sub(link.len())?;
        (is_left[base] && left.ends_with(link)).then_some((rank, base))
    })
}

/// Where a word may be cut: letters before the cut, and its place; so many letters stay on either side.
fn cuts(
    borders: &[usize],
    left: usize,
    right: usize,
) -> impl DoubleEndedIterator<Item = (usize, usize)> {
    let end = (borders.len() + 1).saturating_sub(right).max(left);
    let places = borders.iter().copied().enumerate();
    places.take(end).skip(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, word: &str, expected: &str) {
        let stemmer = Stemmer::Danish;
        let words: Vec<(&str, String)> = words
            .split(' ')
            .map(|word| (word, stemmer.stem(word)))
            .collect();
        let splitter = Splitter::new(
            stemmer,
            words.iter().map(|(word, stem)| (*word, 2, stem.as_str())),
            std::iter::empty(),
        );
        assert_eq!(splitter.parts(word).join(" "), expected);
    }

    #[test]
    fn compounds_are_cut_where_both_sides_are_words() {
        check(
            "skole hjem samarbejde",
            "skolehjemsamarbejdet",
            "skole hjem samarbejdet",
        );
        check("børn hjem", "børnehjemmet", "børn hjemmet");
        check("trivsel plan", "trivselsplaner", "trivsel planer");
    }

    #[test]
    fn the_rest_of_a_half_known_word_is_kept() {
        check("klasse", "klassekammerater", "klasse kammerater");
    }

    #[test]
    fn words_that_are_no_compounds_stay_whole() {
        check("skole", "undervisning", "");
        check("form", "forminden", "");
        check("led skole", "ledelse", "");
    }
}
