//! Whether two short texts can mean the same: by their words, the longer words counting more.

/// Two texts are about different things when fewer of their letters than this stand in words they share …
const SHARED: f64 = 0.3;
/// … and the shorter of them is not mostly contained in the other either.
const CONTAINED: f64 = 0.6;

/// The words of a text in small letters, without signs.
fn words(text: &str) -> Vec<Vec<char>> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().flat_map(char::to_lowercase).collect())
        .collect()
}

/// Whether the words are the same but for endings, slips of the pen, signs and small or capital letters.
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    one.len() == other.len()
        && one
            .iter()
            .zip(&other)
            .all(|(one, other)| is_word(one, other))
}

/// Whether the texts have so little in common that one can hardly be a new wording of the other.
pub fn is_another(one: &str, other: &str) -> bool {
    let (one, mut other) = (words(one), words(other));
    let weight = |words: &[Vec<char>]| words.iter().map(Vec::len).sum::<usize>() as f64;
    let (of_one, of_other) = (weight(&one), weight(&other));
    let (mut shared_of_one, mut shared_of_other) = (0.0, 0.0);
    for word in &one {
        let exact = other.iter().position(|known| known == word);
        let near = exact.or_else(|| other.iter().position(|known| is_word(word, known)));
        if let Some(at) = near {
            shared_of_one += word.len() as f64;
            shared_of_other += other.swap_remove(at).len() as f64;
        }
    }
    if of_one == 0.0 || of_other == 0.0 {
        return of_one != of_other;
    }
    let shared = (shared_of_one + shared_of_other) / (of_one + of_other);
    let contained = (shared_of_one / of_one).max(shared_of_other / of_other);
    shared < SHARED && contained < CONTAINED
}

/// The same word, in another form perhaps: only its ending differs, or one letter.
fn is_word(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short == long {
        return true;
    }
    if short.len() < 4 {
        return false;
    }
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let back = short.iter().rev().zip(long.iter().rev());
    let back = back.take_while(|(a, b)| a == b).count();
    let is_form = front >= 4 && front * 2 > long.len() && long.len() - short.len() <= 3;
    let is_slip = long.len() - short.len() <= 1 && front + back + 1 >= long.len();
    let is_transposed = long.len() == short.len()
        && front + back + 2 == long.len()
        && short[front] == long[front + 1]
        && short[front + 1] == long[front];
    is_form || is_slip || is_transposed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_signs_and_slips_are_the_same() {
        for (one, other) in [
            ("Barnet er hørt.", "barnet  er hørt"),
            ("Mødet er aftalt", "Møderne er aftalt"),
            ("Refferatet er sendt", "Referatet er sendt"),
            ("Referatet er sednt", "Referatet er sendt"),
        ] {
            assert!(is_same(one, other), "{one} / {other}");
            assert!(!is_another(one, other), "{one} / {other}");
        }
        assert!(!is_same("Barnet er hørt", "Barnet er ikke hørt"));
        assert!(!is_same("Vi ringer", "Vi ringer hjem"));
        assert!(!is_same("Forældre er hørt", "Forældremøde er hørt"));
    }

    #[test]
    fn a_new_wording_is_told_from_another_question() {
        for (one, other) in [
            (
                "Barnet har sagt, hvad der er vigtigt",
                "Barnet har fortalt, hvad der betyder noget",
            ),
            ("Mødetid", "Mødetid og sted er aftalt med alle deltagere"),
            (
                "Forældrene har fået referatet",
                "Referat er sendt til forældre og skole",
            ),
        ] {
            assert!(!is_another(one, other), "{one} / {other}");
            assert!(!is_another(other, one), "{other} / {one}");
        }
        for (one, other) in [
            ("Mødetid er aftalt", "Referatet er sendt"),
            ("Telefonen er ladet op", "Alle hjem har fået tid og sted"),
            ("Barnet er hørt", "Budgettet er godkendt"),
            ("A", ""),
        ] {
            assert!(is_another(one, other), "{one} / {other}");
            assert!(is_another(other, one), "{other} / {one}");
        }
        assert!(!is_another("", "…"));
    }

    proptest! {
        #[test]
        fn a_text_is_never_another_than_itself(text in "\\PC{0,60}") {
            prop_assert!(is_same(&text, &text));
            prop_assert!(!is_another(&text, &text));
        }
    }
}
