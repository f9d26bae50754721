//! The known name nearest to a mistyped one.

use super::slips::slips_to;

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
        let candidate_letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let slips = slips_to(&name, &candidate_letters, limit);
        let distance = slips.map_or(usize::MAX, |slips| slips[candidate_letters.len()]);
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
