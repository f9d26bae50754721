//! How many slips of the finger lie between two words: letters too many, missing, wrong, or two that changed places (the
//! optimal string alignment of Damerau and Levenshtein).

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

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
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
