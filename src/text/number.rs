//! Decimal numbers: exact sums, and how people write them.
//!
//! In: numbers as files hold them, with a decimal point (`9.2`). Out: exact values, and texts in the reader's
//! language. What is no plain number (`6–8`, `ca. 1.000`) is left as it stands.

/// Numbers with at least this many digits before the decimal sign are written in groups of three.
const GROUPED_FROM: usize = 5;

/// A decimal number exactly as written: digits and how many of them stand after the point.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: i64,
    places: u32,
}

impl Decimal {
    pub fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = !whole.is_empty()
            && fraction.bytes().all(|b| b.is_ascii_digit())
            && fraction.len() <= 6;
        let digits = format!("{whole}{fraction}")
            .parse()
            .ok()
            .filter(|n: &i64| n.abs() < 1_000_000_000_000)?;
        is_number.then_some(Decimal {
            digits,
            places: fraction.len() as u32,
        })
    }

    pub fn plus(self, other: Decimal) -> Decimal {
        let places = self.places.max(other.places);
        Decimal {
            digits: self.scaled(places) + other.scaled(places),
            places,
        }
    }

    pub fn minus(self, other: Decimal) -> Decimal {
        self.plus(Decimal {
            digits: -other.digits,
            ..other
        })
    }

    /// Digits and places without zeros at the end of the fraction.
    fn key(self) -> (i64, u32) {
        let mut key = (self.digits, self.places);
        while key.1 > 0 && key.0 % 10 == 0 {
            key = (key.0 / 10, key.1 - 1);
        }
        key
    }

    fn scaled(self, places: u32) -> i64 {
        self.digits * 10_i64.pow(places - self.places)
    }
}

/// Equal in value: `9.2` is `9.20`.
impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Decimal {}

impl std::hash::Hash for Decimal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let scale = 10_i64.pow(self.places);
        let sign = if self.digits < 0 { "-" } else { "" };
        write!(f, "{sign}{}", self.digits.abs() / scale)?;
        if self.places > 0 {
            write!(
                f,
                ".{:0width$}",
                self.digits.abs() % scale,
                width = self.places as usize
            )?;
        }
        Ok(())
    }
}

/// A value as readers of a language write it: `12500.5` is «12.500,5» in Danish and "12,500.5" in English. What is
/// no plain number is shown as it stands.
pub fn shown(value: &str, language: &str) -> String {
    let Some((sign, whole, fraction)) = parts(value) else {
        return value.to_string();
    };
    let (decimal, group) = if is_english(language) {
        ('.', ',')
    } else {
        (',', '.')
    };
    let mut out = String::with_capacity(value.len() + 4);
    out.push_str(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && whole.len() >= GROUPED_FROM && (whole.len() - at) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(decimal);
        out.push_str(fraction);
    }
    out
}

/// A number in a text of a language, as a file would hold it: «1.250,5» is `1250.5` in Danish.
pub fn plain(text: &str, is_english: bool) -> String {
    let (decimal, group) = if is_english { ('.', ',') } else { (',', '.') };
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| *letter != group) {
        out.push(if letter == decimal { '.' } else { letter });
    }
    out
}

fn is_english(language: &str) -> bool {
    language == "en" || language.starts_with("en-")
}

/// Sign, digits before and digits after the point, of a plain number.
fn parts(value: &str) -> Option<(&'static str, &str, Option<&str>)> {
    let (sign, rest) = match value.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", value),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_digits(whole) && fraction.is_none_or(is_digits)).then_some((sign, whole, fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    #[track_caller]
    fn check(value: &str, danish: &str, english: &str) {
        assert_eq!(shown(value, "da"), danish);
        assert_eq!(shown(value, "en"), english);
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(decimal("9.2").minus(decimal("5.2")).to_string(), "4.0");
        assert_eq!(decimal("5").minus(decimal("5.25")).to_string(), "-0.25");
        assert_eq!(decimal("0.1").plus(decimal("0.2")).to_string(), "0.3");
        assert_eq!(decimal("9.2"), decimal("9.20"));
        assert_ne!(decimal("9.2"), decimal("9.21"));
    }

    #[test]
    fn words_are_no_numbers() {
        assert!(Decimal::parse("6–8").is_none());
        assert!(Decimal::parse("ca. 1.000").is_none());
        assert!(Decimal::parse("").is_none());
    }

    #[test]
    fn numbers_are_written_as_their_readers_write_them() {
        check("9.2", "9,2", "9.2");
        check("4.0", "4,0", "4.0");
        check("-0.25", "−0,25", "−0.25");
        check("1000", "1000", "1000");
        check("9999.5", "9999,5", "9999.5");
        check("10000", "10.000", "10,000");
        check("1234567.89", "1.234.567,89", "1,234,567.89");
        check("2024", "2024", "2024");
    }

    #[test]
    fn texts_are_left_as_they_stand() {
        for text in [
            "6–8",
            "ca. 1.000",
            "12500 kr.",
            "-",
            ".5",
            "5.",
            "1.2.3",
            "",
        ] {
            check(text, text, text);
        }
    }

    #[test]
    fn what_people_write_is_read_back() {
        assert_eq!(plain("1.250,5", false), "1250.5");
        assert_eq!(plain("1,250.5", true), "1250.5");
    }
}
