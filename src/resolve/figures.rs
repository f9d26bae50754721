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
use crate::text::span::{Span, Spanned};
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
    let records = Records {
        given: &given,
        tree,
        index,
    };
    let mut figures = Figures::new();
    for (id, (page, figure, span)) in &given {
        figures.insert(
            id.clone(),
            SiteFigure {
                page: *page,
                figure: (*figure).clone(),
                value: records.value(figure, span, diags),
                sources: records.sources(*page, figure),
            },
        );
    }
    figures
}

/// The records of all pages, by id.
struct Records<'a> {
    given: &'a BTreeMap<String, (PageId, &'a Figure, Span)>,
    tree: &'a Tree,
    index: &'a Index,
}

impl Records<'_> {
    /// The value with a decimal point, computed where it is derived; empty, with a finding, where that cannot be.
    fn value(&self, figure: &Figure, span: &Span, diags: &mut Diagnostics) -> String {
        let mut unknown = |operand: &Spanned<String>| {
            diags
                .add(
                    Code::DerivedFigure,
                    Span::new(span.file, operand.range.clone()),
                )
                .arg("value", operand.value.clone());
        };
        match &figure.value {
            FigureValue::Given(value) => value.clone(),
            FigureValue::Derived { left, sign, right } => {
                let mut operand = |operand: &Spanned<String>| {
                    let found = self.written(&operand.value).and_then(Decimal::parse);
                    if found.is_none() {
                        unknown(operand);
                    }
                    found
                };
                match (operand(left), operand(right)) {
                    (Some(a), Some(b)) => match sign {
                        Sign::Plus => a.plus(b),
                        Sign::Minus => a.minus(b),
                    }
                    .to_string(),
                    _ => String::new(),
                }
            }
            FigureValue::Same(other) => match self.written(&other.value) {
                Some(value) => value.to_string(),
                None => {
                    unknown(other);
                    String::new()
                }
            },
        }
    }

    /// The value of a figure that has one of its own.
    fn written(&self, id: &str) -> Option<&str> {
        match &self.given.get(id)?.1.value {
            FigureValue::Given(value) => Some(value),
            FigureValue::Derived { .. } | FigureValue::Same(_) => None,
        }
    }

    /// The figure's own source; without one, those of the figures its value comes from.
    fn sources(&self, page: PageId, figure: &Figure) -> Vec<PageId> {
        let mut sources: Vec<PageId> = self.source(page, figure).into_iter().collect();
        let others = match &figure.value {
            _ if figure.source.is_some() => Vec::new(),
            FigureValue::Given(_) => Vec::new(),
            FigureValue::Derived { left, right, .. } => vec![left, right],
            FigureValue::Same(other) => vec![other],
        };
        for other in others {
            let found = self
                .given
                .get(&other.value)
                .and_then(|(page, figure, _)| self.source(*page, figure));
            sources.extend(found.filter(|found| !sources.contains(found)));
        }
        sources
    }

    fn source(&self, page: PageId, figure: &Figure) -> Option<PageId> {
        let folder = folder_of(&self.tree.nodes[page.index()]);
        let found = find(&figure.source.as_ref()?.value, folder, self.index)?;
        (self.tree.nodes[found.index()].kind == Kind::Source).then_some(found)
    }
}
