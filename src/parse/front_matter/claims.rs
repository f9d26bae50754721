//! Figures and evidence: what a page claims in numbers, and what its claims rest on.

use super::values;
use crate::diagnostic::Code;
use crate::model::front_matter::*;
use crate::text::slug::is_id;
use crate::text::span::{Spanned, TextRange};
use crate::yaml::KeyReader;

pub(super) fn figure(keys: &mut KeyReader, place: TextRange) -> Option<Figure> {
    keys.required_node("id");
    let id = keys.id("id");
    let value = figure_value(keys, place);
    let figure = Figure {
        id: id.clone().unwrap_or(Spanned::new(String::new(), 0..0)),
        value: value.unwrap_or(FigureValue::Given(String::new())),
        unit: keys.words("unit"),
        what: keys.words("what"),
        population: keys.words("population"),
        period: keys.words("period"),
        source: keys.text("source"),
        has_source: keys.node("source").is_some(),
        as_written: keys.words("as_written"),
        note: keys.words("note"),
        reservation: keys.words("reservation"),
    };
    id.map(|_| figure)
}

fn figure_value(keys: &mut KeyReader, place: TextRange) -> Option<FigureValue> {
    let is_given = keys.node("value").or(keys.node("derived")).is_some();
    if let Some(same) = keys.id("same_as") {
        if is_given {
            keys.report(Code::DerivedFigure, same.range.clone())
                .arg("value", same.value.clone());
        }
        return Some(FigureValue::Same(same));
    }
    let is_given = is_given || keys.node("same_as").is_some();
    let value = keys.text("value");
    let derived = keys.text_like("derived", "^[a-z0-9-]+ +[-−–+] +[a-z0-9-]+$");
    match (value, derived) {
        (Some(value), None) => Some(FigureValue::Given(value.value)),
        (None, Some(formula)) => {
            let parsed = formula_of(&formula);
            if parsed.is_none() {
                keys.report(Code::DerivedFigure, formula.range)
                    .arg("value", formula.value);
            }
            parsed
        }
        (Some(_), Some(formula)) => {
            keys.report(Code::DerivedFigure, formula.range)
                .arg("value", formula.value);
            None
        }
        (None, None) if is_given => None,
        (None, None) => {
            keys.report(Code::MissingKey, place.start..place.start)
                .arg("key", "value");
            None
        }
    }
}

/// `a - b` or `a + b`, with spaces round the sign since ids hold hyphens.
fn formula_of(formula: &Spanned<String>) -> Option<FigureValue> {
    let mut parts = formula.value.split_whitespace();
    let (left, sign, right) = (parts.next()?, parts.next()?, parts.next()?);
    let sign = match sign {
        "-" | "−" | "–" => Sign::Minus,
        "+" => Sign::Plus,
        _ => return None,
    };
    let operand = |text: &str| Spanned::new(text.to_string(), formula.range.clone());
    let is_whole = parts.next().is_none() && is_id(left) && is_id(right);
    is_whole.then(|| FigureValue::Derived {
        left: operand(left),
        sign,
        right: operand(right),
    })
}

pub(super) fn evidence(keys: &mut KeyReader) -> Evidence {
    let word = |name: &'static str| (name, name);
    Evidence {
        basis: keys.texts("basis"),
        design: keys.choice(
            "design",
            &[
                "description",
                "before-after",
                "comparison",
                "trial",
                "synthesis",
                "law",
            ]
            .map(word),
        ),
        stated_by: keys.choice(
            "stated_by",
            &["party", "vendor", "independent", "authority"].map(word),
        ),
        strength: strength(keys),
        unknown: values(keys.texts("unknown")),
    }
}

fn strength(keys: &mut KeyReader) -> Option<Spanned<u8>> {
    let steps = [
        ("1", Some(1)),
        ("2", Some(2)),
        ("3", Some(3)),
        ("4", Some(4)),
        ("not-assessed", None),
    ];
    let value = keys.choice("strength", &steps).flatten()?;
    let place = keys.node("strength")?.range.clone();
    Some(Spanned::new(value, place))
}
