//! Ids of headings and task items, unique on their page.

use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::model::document::{Document, Item};
use crate::model::front_matter::Kind;
use crate::model::graph::HALLMARKS;
use crate::model::ids::FileId;
use crate::text::slug::{item_id, slug};
use crate::text::span::Span;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Ids that begin so belong to the theme.
pub const RESERVED: &str = "vv-";

/// The ids of one document, in the order of its headings and items.
#[derive(Default)]
pub struct Anchors {
    pub headings: Vec<Arc<str>>,
    pub items: Vec<Arc<str>>,
    /// Ids of the items that a checklist collects from other pages.
    pub collected: Vec<Arc<str>>,
}

impl Anchors {
    pub fn has(&self, anchor: &str) -> bool {
        self.headings.iter().any(|id| id.as_ref() == anchor)
            || anchor.strip_prefix("vv-item-").is_some_and(|item| {
                let mut items = self.items.iter().chain(&self.collected);
                items.any(|id| id.as_ref() == item)
            })
    }
}

/// Gives every heading and item an id: the author's, else one made from its text by Danish rules.
/// `reserved` are the ids of what else the page shows: a glossary's terms, a model's members; `severity` is what an
/// item without the id it needs weighs.
pub fn assign(
    document: &Document,
    file: FileId,
    reserved: &[Arc<str>],
    severity: Severity,
    diags: &mut Diagnostics,
) -> Anchors {
    Anchors {
        headings: headings(document, file, reserved, diags),
        items: items(document, file, severity, diags),
        collected: Vec::new(),
    }
}

fn headings(
    document: &Document,
    file: FileId,
    reserved: &[Arc<str>],
    diags: &mut Diagnostics,
) -> Vec<Arc<str>> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for (at, heading) in document.headings.iter().enumerate() {
        let Some(id) = &heading.id else { continue };
        let span = Span::new(file, heading.range.clone());
        if id.starts_with(RESERVED) {
            diags
                .add(Code::HeadingIdReserved, span)
                .arg("id", id.clone());
        } else if let Some(first) = taken.get(id) {
            let first = Span::new(file, document.headings[*first].range.clone());
            diags
                .add(Code::HeadingIdTaken, span)
                .arg("id", id.clone())
                .related(first);
        } else {
            taken.insert(id.clone(), at);
        }
    }
    let mut ids = Vec::with_capacity(document.headings.len());
    let mut next = HashMap::new();
    for (at, heading) in document.headings.iter().enumerate() {
        if let Some(id) = &heading.id
            && taken.get(id) == Some(&at)
        {
            ids.push(id.as_str().into());
            continue;
        }
        let mut base = slug(&heading.text);
        if base.is_empty() {
            base = "afsnit".to_string();
        } else if base.starts_with(RESERVED) {
            base.insert_str(0, "om-");
        }
        let id = free(&base, &mut next, |id| {
            taken.contains_key(id) || reserved.iter().any(|other| other.as_ref() == id)
        });
        taken.insert(id.clone(), at);
        ids.push(id.into());
    }
    ids
}

/// On checklists and in lists of hallmarks the author gives each item its id; elsewhere it may be made from the
/// item's text, never from its position, so that ticks stay with what they were put to.
fn items(
    document: &Document,
    file: FileId,
    severity: Severity,
    diags: &mut Diagnostics,
) -> Vec<Arc<str>> {
    let is_checklist = document
        .front_matter
        .as_ref()
        .is_some_and(|fm| fm.kind.kind() == Kind::Checklist);
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, item) in document.items.iter().enumerate() {
        let Some(id) = &item.id else {
            let is_hallmark = item
                .heading
                .is_some_and(|h| document.headings[h as usize].id.as_deref() == Some(HALLMARKS));
            if (is_checklist || is_hallmark) && !item.has_bad_id {
                missing_item_id(item, file, severity, diags);
            }
            continue;
        };
        if let Some(first) = places.insert(id.value.as_str(), at) {
            let first_place = document.items[first]
                .id
                .as_ref()
                .map_or(item.range.clone(), |id| id.range.clone());
            diags
                .add(Code::ItemIdTaken, Span::new(file, id.range.clone()))
                .arg("id", id.value.clone())
                .related(Span::new(file, first_place));
        }
    }
    let mut taken: HashSet<String> = document
        .items
        .iter()
        .filter_map(|i| i.id.as_ref())
        .map(|id| id.value.clone())
        .collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut ids = Vec::with_capacity(document.items.len());
    let mut next = HashMap::new();
    for item in &document.items {
        if let Some(id) = &item.id
            && seen.insert(&id.value)
        {
            ids.push(id.value.as_str().into());
            continue;
        }
        let base = format!(
            "t{}",
            &blake3::hash(item.text.to_lowercase().as_bytes()).to_hex()[..10]
        );
        let id = free(&base, &mut next, |id| taken.contains(id));
        taken.insert(id.clone());
        ids.push(id.into());
    }
    ids
}

/// Reports an item that needs an id and has none, with one made from its text.
pub fn missing_item_id(item: &Item, file: FileId, severity: Severity, diags: &mut Diagnostics) {
    diags
        .add_as(
            Code::ItemIdMissing,
            severity,
            Span::new(file, item.range.clone()),
        )
        .propose(item_id(&item.text).unwrap_or_default());
}

/// The first free of `base`, `base-2`, `base-3`, …; `next` remembers how far each base has come.
fn free(base: &str, next: &mut HashMap<String, usize>, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(base) {
        return base.to_string();
    }
    let number = next.entry(base.to_string()).or_insert(2);
    loop {
        let id = format!("{base}-{number}");
        *number += 1;
        if !is_taken(&id) {
            return id;
        }
    }
}
