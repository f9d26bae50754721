//! Whether a word of a query may be a misspelt word of the site.

use crate::text::slips::slips_to;

/// Whether the first or the second letter is the same, or the two have changed places.
pub fn is_alike(a: &[char], b: &[char]) -> bool {
    let (&[a, next_a, ..], &[b, next_b, ..]) = (a, b) else {
        return false;
    };
    a == b || next_a == next_b || (a == next_b && next_a == b)
}

/// Whether two words that begin alike differ by at most `most` slips.
pub fn is_near(a: &[char], b: &[char], most: usize) -> bool {
    is_alike(a, b)
        && a.len().abs_diff(b.len()) <= most
        && slips_to(a, b, most).is_some_and(|slips| slips[b.len()] <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[track_caller]
    fn check(word: &str, other: &str, most: usize, expected: bool) {
        assert_eq!(is_near(&letters(word), &letters(other), most), expected);
    }

    #[test]
    fn slips_are_counted() {
        check("plotprojetk", "plotprojekt", 1, true);
        check("rolefordeling", "rollefordeling", 1, true);
        check("rolefordelig", "rollefordeling", 1, false);
        check("rolefordelig", "rollefordeling", 2, true);
        check("kgo", "kog", 1, true);
        check("abcd", "xycd", 2, false);
        check("k", "k", 1, false);
    }
}
