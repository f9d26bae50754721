//! Matrices: two lists of pages and what ties them, as data for a table.
//!
//! On a model's page its values against its core elements, and its aspects against the checklists that hold their
//! hallmarks; on the page of a section of methods, the methods against the cases. Only pages that the page at hand
//! lists are looked at, and what refers to them.

use super::Planner;
use crate::model::front_matter::{FrontMatter, GuidanceModel, Kind, KindData, Member, Reference};
use crate::model::graph::{Tie, group_anchor, hallmarks};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::collate;
use std::sync::Arc;

const FULL: Option<&str> = Some("●");
/// A weaker tie: proposed by the editors, or told of without a trial.
const HOLLOW: Option<&str> = Some("○");

/// The matrices of a page; none for most.
pub fn of(planner: &Planner, page: &Page, fm: &FrontMatter) -> Vec<MatrixView> {
    let found = match &fm.kind {
        KindData::Model(model) => vec![
            values_and_elements(planner, page, model),
            aspects_and_checklists(planner, page, model),
        ],
        _ if page.is_section => vec![methods_and_cases(planner, page)],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// Which values each core element carries out.
fn values_and_elements(
    planner: &Planner,
    page: &Page,
    model: &GuidanceModel,
) -> Option<MatrixView> {
    let site = planner.site;
    let texts = planner.texts(page);
    let values: Vec<&Page> = members(planner, page, &model.values).collect();
    let elements: Vec<(&Page, &Member)> = members(planner, page, &model.core_elements)
        .filter_map(
            |element| match site.front_matter(element).map(|fm| &fm.kind) {
                Some(KindData::Member(data)) => Some((element, &**data)),
                _ => None,
            },
        )
        .collect();
    let is_tied = |value: &Page, (element, data): &(&Page, &Member)| {
        site.targets(element, &data.values)
            .any(|target| target.id == value.id)
    };
    let tied: Vec<bool> = elements
        .iter()
        .filter(|element| values.iter().any(|value| is_tied(value, element)))
        .map(|(_, data)| data.has_editorial_values)
        .collect();
    if tied.is_empty() {
        return None;
    }
    let are_all_ours = tied.iter().all(|is_ours| *is_ours);
    let note = match tied.iter().any(|is_ours| *is_ours) {
        _ if are_all_ours => Some("matrix_values_editorial"),
        true => Some("matrix_values_partly_editorial"),
        false => None,
    };
    let cell = |value: &Page, element: &(&Page, &Member)| {
        if !is_tied(value, element) {
            return MatrixCell::default();
        }
        let is_marked_ours = element.1.has_editorial_values && !are_all_ours;
        let (text, mark) = if is_marked_ours {
            ("matrix_yes_editorial", HOLLOW)
        } else {
            ("matrix_yes", FULL)
        };
        MatrixCell {
            text: texts.text(text).to_string(),
            url: None,
            mark,
        }
    };
    let rows = values.iter().map(|value| {
        let cells = elements.iter().map(|element| cell(value, element));
        row(planner, value, cells.collect())
    });
    Some(MatrixView {
        id: "vv-matrix-values".to_string(),
        title: texts.text("matrix_values_title").to_string(),
        caption: texts.text("matrix_values_caption").to_string(),
        note: note.map(|key| texts.text(key).to_string()),
        corner: texts.text("kind_value").to_string(),
        columns: elements
            .iter()
            .map(|(page, _)| head(planner, page))
            .collect(),
        rows: rows.collect(),
        marks_only: true,
    })
}

/// A model's members, but for those that no longer hold.
fn members<'a>(
    planner: &'a Planner,
    model: &'a Page,
    list: &'a [Reference],
) -> impl Iterator<Item = &'a Page> {
    let members = planner.site.targets(model, list);
    members.filter(|member| member.is_listed())
}

/// How many of each aspect's hallmarks each checklist holds.
fn aspects_and_checklists(
    planner: &Planner,
    page: &Page,
    model: &GuidanceModel,
) -> Option<MatrixView> {
    let site = planner.site;
    let texts = planner.texts(page);
    let aspects: Vec<&Page> = members(planner, page, &model.aspects).collect();
    let users = aspects.iter().flat_map(|aspect| &aspect.referrers);
    let lists = users
        .map(|user| site.page(user.page))
        .filter(|user| user.kind == Kind::Checklist && user.language == page.language);
    let lists = in_order(lists);
    if lists.is_empty() {
        return None;
    }
    let rows = aspects.iter().map(|aspect| {
        let own = hallmarks(site, aspect).unwrap_or_default();
        let cell = |list: &&Page| {
            let held = own.iter().filter(|(_, held_by)| *held_by == Some(list.id));
            let held = held.count();
            if held > 0 {
                let (held, all) = (held.to_string(), own.len().to_string());
                return MatrixCell {
                    text: texts.filled("matrix_held", &[("n", &held), ("count", &all)]),
                    url: Some(format!("{}#{}", planner.url(list), group_anchor(aspect)).into()),
                    mark: FULL,
                };
            }
            if aspect.referrers.iter().any(|user| user.page == list.id) {
                return MatrixCell {
                    text: texts.text("matrix_named").to_string(),
                    url: Some(planner.url(list)),
                    mark: HOLLOW,
                };
            }
            MatrixCell::default()
        };
        row(planner, aspect, lists.iter().map(cell).collect())
    });
    let rows = rows.collect();
    Some(MatrixView {
        id: "vv-matrix-aspects".to_string(),
        title: texts.text("matrix_aspects_title").to_string(),
        caption: texts.text("matrix_aspects_caption").to_string(),
        note: None,
        corner: texts.text("kind_aspect").to_string(),
        columns: lists.iter().map(|list| head(planner, list)).collect(),
        rows,
        marks_only: false,
    })
}

/// Where the methods of a section were tested, and which cases tell of them.
fn methods_and_cases(planner: &Planner, page: &Page) -> Option<MatrixView> {
    let site = planner.site;
    let texts = planner.texts(page);
    let children = page.children.iter().map(|id| site.page(*id));
    let children: Vec<&Page> = children
        .filter(|child| !child.kind.is_entry() && child.language == page.language)
        .collect();
    let methods: Vec<&Page> = children
        .iter()
        .copied()
        .filter(|child| child.kind == Kind::Method)
        .collect();
    if methods.len() * 2 <= children.len() {
        return None;
    }
    let ties: Vec<Vec<(PageId, bool)>> = methods
        .iter()
        .map(|method| cases_of(planner, method))
        .collect();
    let cases = ties.iter().flatten().map(|(case, _)| site.page(*case));
    let cases = in_order(cases);
    if cases.is_empty() {
        return None;
    }
    let rows = methods.iter().zip(&ties).map(|(method, ties)| {
        let cell = |case: &&Page| match ties.iter().find(|(id, _)| *id == case.id) {
            None => MatrixCell::default(),
            Some((_, is_tested)) => {
                let (text, mark) = if *is_tested {
                    ("matrix_tested", FULL)
                } else {
                    ("matrix_described", HOLLOW)
                };
                MatrixCell {
                    text: texts.text(text).to_string(),
                    url: None,
                    mark,
                }
            }
        };
        row(planner, method, cases.iter().map(cell).collect())
    });
    let rows = rows.collect();
    Some(MatrixView {
        id: "vv-matrix-methods".to_string(),
        title: texts.text("matrix_methods_title").to_string(),
        caption: texts.text("matrix_methods_caption").to_string(),
        note: Some(texts.text("matrix_methods_note").to_string()),
        corner: texts.text("kind_method").to_string(),
        columns: cases.iter().map(|case| head(planner, case)).collect(),
        rows,
        marks_only: false,
    })
}

/// A method's cases, and whether the method says it was tested there.
fn cases_of(planner: &Planner, method: &Page) -> Vec<(PageId, bool)> {
    let site = planner.site;
    let mut cases = Vec::new();
    if let Some(KindData::Method(data)) = site.front_matter(method).map(|fm| &fm.kind) {
        cases.extend(
            site.targets(method, &data.tested_in)
                .map(|case| (case.id, true)),
        );
    }
    for user in &method.referrers {
        let is_known = cases.iter().any(|(case, _)| *case == user.page);
        if user.tie == Tie::Method && !is_known {
            cases.push((user.page, false));
        }
    }
    cases.retain(|(case, _)| {
        let case = site.page(*case);
        case.language == method.language && case.is_listed()
    });
    cases
}

/// Pages once each, in Danish order.
fn in_order<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<&'a Page> {
    let mut pages: Vec<&Page> = pages.collect();
    pages.sort_by(|a, b| collate::compare(&a.title, &b.title).then_with(|| a.id.cmp(&b.id)));
    pages.dedup_by_key(|page| page.id);
    pages
}

fn head(planner: &Planner, page: &Page) -> MatrixHead {
    MatrixHead {
        title: Arc::clone(&page.title),
        short: planner.short_title(page),
        url: planner.url(page),
    }
}

fn row(planner: &Planner, page: &Page, cells: Vec<MatrixCell>) -> MatrixRow {
    MatrixRow {
        title: Arc::clone(&page.title),
        short: planner.short_title(page),
        url: planner.url(page),
        cells,
    }
}
