//! Typed figures: one record for each number, known to the whole site, derived ones computed.

use super::Inputs;
use super::ids::Index;
use super::references::find;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Figure, FigureValue, Sign};
use crate::model::ids::PageId;
use crate::model::site::SiteFigure;
use crate::text::span::{Span, Spanned, TextRange};
use std::collections::BTreeMap;

pub type Figures = BTreeMap<String, SiteFigure>;

/// Collects the figures of all pages. An id used twice is a finding; a derived figure whose parts cannot be computed
/// as well.
pub fn collect(tree: &Tree, inputs: &Inputs, index: &Index, diags: &mut Diagnostics) -> Figures {
    let mut given: BTreeMap<String, (PageId, &Figure, Span)> = BTreeMap::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(document) = node.document else {
            continue;
        };
        let Some(front_matter) = &inputs.document(document).front_matter else {
            continue;
        };
        for figure in &front_matter.figures {
            let span = Span::new(inputs.file(document), figure.id.range.clone());
            if let Some((_, _, first)) = given.get(&figure.id.value) {
                diags
                    .add(Code::DuplicateId, span)
                    .arg("what", "figure-id")
                    .arg("id", figure.id.value.clone())
                    .related(*first);
                continue;
            }
            given.insert(figure.id.value.clone(), (PageId::of(at), figure, span));
        }
    }
    let mut figures = Figures::new();
    for (id, (page, figure, span)) in &given {
        let value = match &figure.value {
            FigureValue::Given(value) => value.clone(),
            FigureValue::Derived { left, sign, right } => {
                let place = |range: &TextRange| Span::new(span.file, range.clone());
                let operand = |operand: &Spanned<String>, diags: &mut Diagnostics| {
                    let found = given
                        .get(&operand.value)
                        .and_then(|(_, figure, _)| match &figure.value {
                            FigureValue::Given(value) => Decimal::parse(value),
                            FigureValue::Derived { .. } => None,
                        });
                    if found.is_none() {
                        diags
                            .add(Code::DerivedFigure, place(&operand.range))
                            .arg("value", operand.value.clone());
                    }
                    found
                };
                match (operand(left, diags), operand(right, diags)) {
                    (Some(a), Some(b)) => a.combine(b, *sign).to_string(),
                    _ => String::new(),
                }
            }
        };
        let source = figure
            .source
            .as_ref()
            .and_then(|source| find(&source.value, "", index));
        figures.insert(
            id.clone(),
            SiteFigure {
                page: *page,
                figure: (*figure).clone(),
                value,
                source,
            },
        );
    }
    figures
}

/// A decimal number exactly as written: digits and how many of them stand after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i64,
    places: u32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Decimal> {
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

    fn combine(self, other: Decimal, sign: Sign) -> Decimal {
        let places = self.places.max(other.places);
        let scaled = |d: Decimal| d.digits * 10_i64.pow(places - d.places);
        let digits = match sign {
            Sign::Plus => scaled(self) + scaled(other),
            Sign::Minus => scaled(self) - scaled(other),
        };
        Decimal { digits, places }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, sign: Sign, right: &str, expected: &str) {
        let (a, b) = (
            Decimal::parse(left).expect("a number"),
            Decimal::parse(right).expect("a number"),
        );
        assert_eq!(a.combine(b, sign).to_string(), expected);
    }

    #[test]
    fn differences_are_exact() {
        check("9.2", Sign::Minus, "5.2", "4.0");
        check("5", Sign::Minus, "5.25", "-0.25");
        check("0.1", Sign::Plus, "0.2", "0.3");
    }

    #[test]
    fn words_are_no_numbers() {
        assert_eq!(Decimal::parse("6–8"), None);
        assert_eq!(Decimal::parse("ca. 1.000"), None);
    }
}
