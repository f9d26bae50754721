//! Models as a graph: the counts an author states, and the numbers of the members.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{GuidanceModel, KindData, Reference};
use crate::model::site::{Page, Site};

/// Checks every model against its own counts, and every member against its place in the model's list.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    for page in &site.pages {
        let Some(front_matter) = site.front_matter(page) else {
            continue;
        };
        if let KindData::Model(model) = &front_matter.kind {
            counts(site, page, model, diags);
            for members in [&model.values, &model.core_elements, &model.aspects] {
                numbers(site, page, members, diags);
            }
        }
    }
}

fn counts(site: &Site, page: &Page, model: &GuidanceModel, diags: &mut Diagnostics) {
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
                    site.span(page, model.counts.place.clone()),
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

fn numbers(site: &Site, model: &Page, members: &[Reference], diags: &mut Diagnostics) {
    for (place, reference) in members.iter().enumerate() {
        let Some(member) = site.target(model, reference) else {
            continue;
        };
        let Some(KindData::Member(data)) = site.front_matter(member).map(|fm| &fm.kind) else {
            continue;
        };
        let Some(number) = &data.number else { continue };
        if number.value != place as i64 + 1 {
            diags
                .add(
                    Code::NumberMismatch,
                    site.span(member, number.range.clone()),
                )
                .arg("number", number.value.to_string())
                .arg("place", (place + 1).to_string())
                .arg("model", model.title.to_string())
                .related(site.span(model, reference.range.clone()));
        }
    }
}
