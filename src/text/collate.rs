//! Order for people: Danish alphabetical order, æ, ø and å last, `aa` as å.
//!
//! One collator for the whole program; machines' order is that of the bytes and needs none.

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::cmp::Ordering;
use std::sync::LazyLock;

static DANISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(locale!("da").into(), options)
        .expect("the collation data for Danish is compiled in")
});

/// Compares two texts as a Danish reader expects; texts that collate alike are ordered by bytes.
pub fn compare(a: &str, b: &str) -> Ordering {
    DANISH.compare(a, b).then_with(|| a.cmp(b))
}

/// The letter a text is listed under: its first letter in capitals, `#` for digits and signs.
pub fn initial(text: &str) -> String {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    match letters.next() {
        Some(c) if c.is_alphabetic() => {
            let doubled_a =
                matches!(c, 'a' | 'A') && letters.next().is_some_and(|n| matches!(n, 'a' | 'A'));
            if doubled_a {
                "Å".to_string()
            } else {
                c.to_uppercase().collect()
            }
        }
        _ => "#".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_come_last() {
        let mut words = vec!["Århus", "Aalborg", "Ærø", "zebra", "Øresund", "Bo", "aben"];
        words.sort_by(|a, b| compare(a, b));
        assert_eq!(
            words,
            ["aben", "Bo", "zebra", "Ærø", "Øresund", "Aalborg", "Århus"]
        );
    }

    #[test]
    fn initials_follow_the_same_order() {
        assert_eq!(initial("åben"), "Å");
        assert_eq!(initial("Aalborg"), "Å");
        assert_eq!(initial("”ære”"), "Æ");
        assert_eq!(initial("6–8 uger"), "#");
    }
}
