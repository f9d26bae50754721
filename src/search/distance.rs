//! How many slips of the finger lie between two words: letters too many, missing, wrong, or two that changed places.

/// Slips from a key to each beginning of a word, the empty one first; nothing where even the fewest are more than `most`.
pub fn slips_to(key: &[char], word: &[char], most: usize) -> Option<Vec<usize>> {
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    for (row, letter) in key.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in word.iter().enumerate() {
            let is_swapped =
                row > 0 && column > 0 && key[row - 1] == *other && word[column - 1] == *letter;
            let swapped = is_swapped.then(|| before[column - 1] + 1);
            let wrong = last[column] + usize::from(letter != other);
            let moved = last[column + 1].min(next[column]) + 1;
            next.push(wrong.min(moved).min(swapped.unwrap_or(usize::MAX)));
        }
        if next.iter().all(|slips| *slips > most) {
            return None;
        }
        before = last;
        last = next;
    }
    Some(last)
}

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

    #[test]
    fn slips_to_beginnings_are_counted() {
        assert_eq!(
            slips_to(&letters("elev"), &letters("elver"), 1),
            Some(vec![4, 3, 2, 1, 1, 2])
        );
        assert_eq!(slips_to(&letters("skole"), &letters("hjem"), 1), None);
        assert_eq!(slips_to(&[], &letters("er"), 0), Some(vec![0, 1, 2]));
    }
}
