//! The known name nearest to a mistyped one.

/// The candidate nearest to `name`, if it is near enough to be meant: at most a third of the letters differ, and
/// of several equally near the first in order wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    let limit = (name.len() / 3).clamp(1, 6);
    let letters = letters_of(name.iter().copied());
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Two measures that cost little rule out nearly all of a large site's names.
        let length = candidate.chars().count();
        if length.abs_diff(name.len()) > limit || length == 0 {
            continue;
        }
        let differing = (letters ^ letters_of(candidate.chars().flat_map(char::to_lowercase)))
            .count_ones() as usize;
        if differing > 2 * limit {
            continue;
        }
        let distance = edit_distance(&name, candidate);
        if distance <= limit && best.is_none_or(|(d, c)| (distance, candidate) < (d, c)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters a name has, one bit for several letters each. One edit changes at most two bits.
fn letters_of(name: impl Iterator<Item = char>) -> u64 {
    name.fold(0, |letters, c| letters | 1 << (c as u32 % 64))
}

/// Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment).
fn edit_distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = last.clone();
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(
            nearest(name, ["title", "topics", "toc", "description", "weight"]),
            expected
        );
    }

    #[test]
    fn one_slip_is_near() {
        check("titel", Some("title"));
        check("Descripton", Some("description"));
        check("wieght", Some("weight"));
    }

    #[test]
    fn another_word_is_not() {
        check("banana", None);
        check("", None);
    }
}
