//! Typed figures: one record for each number, known to the whole site, derived ones computed.

use super::Inputs;
use super::ids::Index;
use super::references::{find, folder_of};
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Figure, FigureValue, Kind, Sign};
use crate::model::ids::PageId;
use crate::model::site::SiteFigure;
use crate::text::number::Decimal;
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
                    (Some(a), Some(b)) => match sign {
                        Sign::Plus => a.plus(b),
                        Sign::Minus => a.minus(b),
                    }
                    .to_string(),
                    _ => String::new(),
                }
            }
        };
        let source = |page: &PageId, figure: &Figure| {
            let folder = folder_of(&tree.nodes[page.index()]);
            let found = find(&figure.source.as_ref()?.value, folder, index)?;
            (tree.nodes[found.index()].kind == Kind::Source).then_some(found)
        };
        let operands = match &figure.value {
            FigureValue::Derived { left, right, .. } if figure.source.is_none() => {
                vec![left, right]
            }
            _ => Vec::new(),
        };
        let mut sources: Vec<PageId> = source(page, figure).into_iter().collect();
        for operand in operands {
            let found = given
                .get(&operand.value)
                .and_then(|(page, figure, _)| source(page, figure));
            sources.extend(found.filter(|found| !sources.contains(found)));
        }
        figures.insert(
            id.clone(),
            SiteFigure {
                page: *page,
                figure: (*figure).clone(),
                value,
                sources,
            },
        );
    }
    figures
}
