//! What a page claims: typed numbers, and what its claims rest on.

use super::Reference;
use crate::text::span::Spanned;

/// A typed number with its unit, population, period and source.
#[derive(Clone, Debug)]
pub struct Figure {
    pub id: Spanned<String>,
    pub value: FigureValue,
    pub unit: Option<String>,
    pub what: Option<String>,
    pub population: Option<String>,
    pub period: Option<String>,
    pub source: Option<Reference>,
    /// The key `source` is there, even where its value cannot be used.
    pub has_source: bool,
    /// How the source writes it, where that differs or is doubtful.
    pub as_written: Option<String>,
    pub note: Option<String>,
    /// What follows the number in the text, in the author's own words; an empty one says that nothing does.
    pub reservation: Option<String>,
}

/// What a reader must know at a number's first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservation<'a> {
    /// The author's own words.
    Own(&'a str),
    /// The source names a period, but not the one of the record: the reader is told that it stands as in the source.
    Period,
    /// Nobody but us has computed it.
    Derived,
}

impl Figure {
    pub fn is_derived(&self) -> bool {
        matches!(self.value, FigureValue::Derived { .. })
    }

    pub fn reservation(&self) -> Option<Reservation<'_>> {
        match (&self.reservation, &self.as_written) {
            (Some(own), _) => Some(own.trim())
                .filter(|own| !own.is_empty())
                .map(Reservation::Own),
            _ if self.is_derived() => Some(Reservation::Derived),
            (None, Some(written)) if has_year(written) => {
                let period = self.period.as_deref().unwrap_or_default().trim();
                let is_told = !period.is_empty() && written.contains(period);
                (!is_told).then_some(Reservation::Period)
            }
            _ => None,
        }
    }
}

/// Whether a text names a year, and so a period.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| {
        digits.len() == 4
            && matches!(
                digits.as_bytes(),
                [b'1', b'5'..=b'9', ..] | [b'2', b'0' | b'1', ..]
            )
    })
}

/// A figure's value: given, computed from two others and so marked as ours, or another figure's.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureValue {
    /// As written with a decimal point (`9.2`), or a text such as `6–8`.
    Given(String),
    Derived {
        left: Spanned<String>,
        sign: Sign,
        right: Spanned<String>,
    },
    /// The value of another figure, told anew: in another language or another unit's name.
    Same(Spanned<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// What a page's knowledge rests on.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub basis: Vec<Reference>,
    /// Key of the interface text: `description`, `trial`, …
    pub design: Option<&'static str>,
    pub stated_by: Option<&'static str>,
    /// 1–4; `None` is «not assessed».
    pub strength: Option<Spanned<u8>>,
    pub unknown: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        written: Option<&str>,
        period: Option<&str>,
        own: Option<&str>,
        expected: Option<Reservation>,
    ) {
        let figure = Figure {
            id: Spanned::new(String::new(), 0..0),
            value: FigureValue::Given("5.2".into()),
            unit: None,
            what: None,
            population: None,
            period: period.map(String::from),
            source: None,
            has_source: false,
            as_written: written.map(String::from),
            note: None,
            reservation: own.map(String::from),
        };
        assert_eq!(figure.reservation(), expected);
    }

    #[test]
    fn a_period_that_the_source_writes_otherwise_is_told() {
        let period = Some(Reservation::Period);
        check(
            Some("5,2 % i 2021/2021"),
            Some("Skoleåret er uklart"),
            None,
            period,
        );
        check(Some("5,2 % i 2021/2021"), None, None, period);
        check(
            Some("9,2 procent i 2018/2019"),
            Some("2018/2019"),
            None,
            None,
        );
        check(Some("21 indsatser"), Some("Fremgår ikke"), None, None);
        check(Some("1499 elever"), None, None, None);
        check(None, Some("2020"), None, None);
    }

    #[test]
    fn the_author_has_the_last_word() {
        check(
            Some("5,2 % i 2021/2021"),
            None,
            Some("skoleåret er uklart"),
            Some(Reservation::Own("skoleåret er uklart")),
        );
        check(Some("5,2 % i 2021/2021"), None, Some(" "), None);
    }
}
