//! Typed numbers: each given one has a source, and no two of them say different things of the same.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Figure, FigureValue};
use crate::model::ids::PageId;
use crate::model::site::{Page, Site};
use crate::text::number::Decimal;
use std::collections::HashMap;

/// What a number is about: what, of whom, when, from where, in which unit.
type Subject = ([String; 4], Option<PageId>);

/// Checks the figures of every page.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    let mut first: HashMap<Subject, (&Page, &Figure, &str)> = HashMap::new();
    for page in site.pages.iter().filter(|page| page.is_listed()) {
        let figures = site
            .front_matter(page)
            .into_iter()
            .flat_map(|fm| &fm.figures);
        for figure in figures {
            let FigureValue::Given(value) = &figure.value else {
                continue;
            };
            let place = site.span(page, figure.id.range.clone());
            // A value that cannot be used has been told of.
            let is_asked = !value.is_empty() && !site.config.is_lenient;
            if is_asked && !figure.has_source {
                diags
                    .add(Code::FigureSourceMissing, place)
                    .arg("id", figure.id.value.clone());
            }
            let Some(subject) = subject(page, figure) else {
                continue;
            };
            let (other_page, other, other_value) =
                *first.entry(subject).or_insert((page, figure, value));
            if !is_same(value, other_value) {
                diags
                    .add(Code::FiguresDiffer, place)
                    .arg("first", other_value)
                    .arg("second", value.clone())
                    .related(site.span(other_page, other.id.range.clone()));
            }
        }
    }
}

/// What a figure is about; `None` where it does not say.
fn subject(page: &Page, figure: &Figure) -> Option<Subject> {
    let words = |text: &Option<String>| {
        let words = text.iter().flat_map(|text| text.split_whitespace());
        words.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let what = words(&figure.what);
    let unit = match words(&figure.unit).as_str() {
        "%" | "pct." | "pct" | "percent" | "per cent" => "procent".to_string(),
        unit => unit.to_string(),
    };
    let source = figure
        .source
        .as_ref()
        .and_then(|source| page.targets.get(&source.range.start));
    let parts = [what, words(&figure.population), words(&figure.period), unit];
    (!parts[0].is_empty()).then(|| (parts, source.copied()))
}

fn is_same(one: &str, other: &str) -> bool {
    match (Decimal::parse(one), Decimal::parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.trim() == other.trim(),
    }
}
