//! How many slips of the finger lie between two words.

/// Whether two keys differ by at most `most` letters: one too many, missing, wrong, or two that changed places. The
/// first or the second letter must be the same.
pub fn distance(word: &[char], other: &str, most: usize) -> bool {
    let mut letters = [' '; 64];
    let mut count = 0;
    for c in other.chars() {
        if count == letters.len() {
            return false;
        }
        letters[count] = c;
        count += 1;
    }
    let other = &letters[..count];
    if count.abs_diff(word.len()) > most
        || count < 2
        || word.len() < 2
        || word.len() > letters.len()
    {
        return false;
    }
    if word[0] != other[0] && word[1] != other[1] {
        return false;
    }
    let mut before = [0usize; 65];
    let mut last: [usize; 65] = std::array::from_fn(|at| at);
    for row in 1..=word.len() {
        let mut next = [0usize; 65];
        next[0] = row;
        let mut least = row;
        for column in 1..=count {
            let is_same = word[row - 1] == other[column - 1];
            let mut cost = (last[column] + 1)
                .min(next[column - 1] + 1)
                .min(last[column - 1] + usize::from(!is_same));
            if row > 1
                && column > 1
                && word[row - 1] == other[column - 2]
                && word[row - 2] == other[column - 1]
            {
                cost = cost.min(before[column - 2] + 1);
            }
            next[column] = cost;
            least = least.min(cost);
        }
        if least > most {
            return false;
        }
        before = last;
        last = next;
    }
    last[count] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, other: &str, most: usize, expected: bool) {
        let word: Vec<char> = word.chars().collect();
        assert_eq!(distance(&word, other, most), expected);
    }

    #[test]
    fn slips_are_counted() {
        check("plotprojetk", "plotprojekt", 1, true);
        check("rolefordeling", "rollefordeling", 1, true);
        check("rolefordelig", "rollefordeling", 1, false);
        check("rolefordelig", "rollefordeling", 2, true);
        check("abcd", "xycd", 2, false);
    }
}
