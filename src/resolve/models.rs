//! Models as a graph: the counts an author states, and the numbers of the members.

use super::Inputs;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{GuidanceModel, KindData, Reference};
use crate::model::site::Page;
use crate::text::span::Span;

/// Checks every model against its own counts, and every member against its place in the model's list.
pub fn check(pages: &[Page], inputs: &Inputs, diags: &mut Diagnostics) {
    for page in pages {
        let Some(document) = page.document else {
            continue;
        };
        let Some(front_matter) = &inputs.document(document).front_matter else {
            continue;
        };
        if let KindData::Model(model) = &front_matter.kind {
            counts(model, page, inputs, diags);
            for members in [&model.values, &model.core_elements, &model.aspects] {
                numbers(members, page, pages, inputs, diags);
            }
        }
    }
}

fn counts(model: &GuidanceModel, page: &Page, inputs: &Inputs, diags: &mut Diagnostics) {
    let Some(document) = page.document else {
        return;
    };
    let lists = [
        ("values", model.counts.values, model.values.len()),
        (
            "core_elements",
            model.counts.core_elements,
            model.core_elements.len(),
        ),
        ("aspects", model.counts.aspects, model.aspects.len()),
    ];
    for (key, stated, listed) in lists {
        let is_stated = stated.is_some() || listed > 0;
        if is_stated && stated != i64::try_from(listed).ok() {
            diags
                .add(
                    Code::CountMismatch,
                    Span::new(inputs.file(document), model.counts.place.clone()),
                )
                .arg("key", key)
                .arg(
                    "stated",
                    stated.map_or_else(|| "–".to_string(), |n| n.to_string()),
                )
                .arg("listed", listed.to_string());
        }
    }
}

fn numbers(
    members: &[Reference],
    model: &Page,
    pages: &[Page],
    inputs: &Inputs,
    diags: &mut Diagnostics,
) {
    for (place, reference) in members.iter().enumerate() {
        let Some(target) = model.targets.get(&reference.range.start) else {
            continue;
        };
        let member = &pages[target.index()];
        let Some(document) = member.document else {
            continue;
        };
        let Some(front_matter) = &inputs.document(document).front_matter else {
            continue;
        };
        let KindData::Member(data) = &front_matter.kind else {
            continue;
        };
        let Some(number) = &data.number else { continue };
        if number.value != place as i64 + 1 {
            let model_file = model
                .document
                .map_or(inputs.config_file, |id| inputs.file(id));
            diags
                .add(
                    Code::NumberMismatch,
                    Span::new(inputs.file(document), number.range.clone()),
                )
                .arg("number", number.value.to_string())
                .arg("place", (place + 1).to_string())
                .arg("model", model.title.to_string())
                .related(Span::new(model_file, reference.range.clone()));
        }
    }
}
