//! Checklists that collect items of other pages: `collect: [page#heading]`.
//!
//! In: the front matter's targets and the items' ids, then the resolved bodies. Out: for each checklist its groups
//! of items, and for each item the one checklist it is ticked in. The text stays with its owner; only where its
//! citations are numbered is the collecting page's own.

use super::Inputs;
use super::anchors::{Anchors, missing_item_id};
use super::citations::cite;
use super::links::{self, Body};
use super::references::Targets;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::document::{Document, Item};
use crate::model::front_matter::{KindData, Reference};
use crate::model::graph::CollectedGroup;
use crate::model::ids::{DocumentId, PageId};
use crate::model::site::{CitationNumber, LinkTarget, PageCitation, Piece};
use crate::text::span::{Span, TextRange};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Who collects what.
#[derive(Default)]
pub struct Collection {
    /// By the node of the checklist.
    lists: BTreeMap<usize, Vec<Group>>,
    /// The checklist of each collected item, by its document and its place there.
    taken: HashMap<(DocumentId, u32), PageId>,
}

struct Group {
    owner: PageId,
    document: DocumentId,
    anchor: Option<Arc<str>>,
    items: Vec<u32>,
}

/// Finds the items of every `collect`, and tells each checklist's anchors of them, so that they can be linked to.
pub fn find(
    tree: &Tree,
    inputs: &Inputs,
    targets: &[Targets],
    anchors: &mut [Anchors],
    diags: &mut Diagnostics,
) -> Collection {
    let mut finder = Finder {
        tree,
        inputs,
        targets,
        places: HashMap::new(),
        found: Collection::default(),
    };
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(document) = node.document else {
            continue;
        };
        let Some(fm) = &inputs.document(document).front_matter else {
            continue;
        };
        // The items of a list that nobody sees are ticked where they stand.
        if let KindData::Checklist(checklist) = &fm.kind
            && node.has_body()
        {
            for reference in &checklist.collect {
                finder.reference(at, document, reference, anchors, diags);
            }
            anchors[document.index()].collected = finder.ids(at, document, anchors, diags);
        }
    }
    finder.found
}

struct Finder<'a> {
    tree: &'a Tree,
    inputs: &'a Inputs<'a>,
    targets: &'a [Targets],
    /// Where each item was collected first.
    places: HashMap<(DocumentId, u32), Span>,
    found: Collection,
}

impl Finder<'_> {
    fn reference(
        &mut self,
        list: usize,
        list_document: DocumentId,
        reference: &Reference,
        anchors: &[Anchors],
        diags: &mut Diagnostics,
    ) {
        let Some(owner) = self.targets[list].pages.get(&reference.range.start) else {
            return;
        };
        let place = Span::new(self.inputs.file(list_document), reference.range.clone());
        let heading = reference.value.split_once('#').map(|(_, heading)| heading);
        let owner_node = &self.tree.nodes[owner.index()];
        let document = owner_node.document.filter(|_| owner_node.has_body());
        let Some(document) = document else {
            diags
                .add(Code::CollectEmpty, place)
                .arg("target", reference.value.clone());
            return;
        };
        let facts = self.inputs.document(document);
        let Some(section) = self.section(facts, &anchors[document.index()], heading) else {
            let heading = heading.unwrap_or_default();
            let known = anchors[document.index()].headings.iter();
            diags
                .add_as(
                    Code::AnchorMissing,
                    links::severity(self.inputs, Code::AnchorMissing),
                    place,
                )
                .arg("anchor", heading)
                .nearest(heading, known.map(|id| id.as_ref()));
            return;
        };
        let items: Vec<u32> = (0u32..)
            .zip(&facts.items)
            .filter(|(_, item)| section.contains(&item.range.start))
            .map(|(at, _)| at)
            .collect();
        if items.is_empty() {
            diags
                .add(Code::CollectEmpty, place)
                .arg("target", reference.value.clone());
            return;
        }
        let first = items
            .iter()
            .find_map(|item| self.places.get(&(document, *item)).copied())
            .or_else(|| {
                (document == list_document)
                    .then(|| item_place(self.inputs, document, &facts.items[items[0] as usize]))
            });
        if let Some(first) = first {
            diags
                .add(Code::ItemCollectedTwice, place)
                .arg("target", reference.value.clone())
                .related(first);
        }
        for item in items {
            self.take(list, *owner, document, item, place, heading);
        }
    }

    /// The part of a document that a heading begins; the whole of it without one.
    fn section(
        &self,
        document: &Document,
        anchors: &Anchors,
        heading: Option<&str>,
    ) -> Option<TextRange> {
        let Some(heading) = heading.filter(|heading| !heading.is_empty()) else {
            return Some(document.body_start..document.text.len() as u32);
        };
        let at = anchors
            .headings
            .iter()
            .position(|id| id.as_ref() == heading)?;
        Some(document.headings[at].section.clone())
    }

    /// Gives an item to a checklist, unless another has it or it stands there anyway.
    fn take(
        &mut self,
        list: usize,
        owner: PageId,
        document: DocumentId,
        item: u32,
        place: Span,
        heading: Option<&str>,
    ) {
        if owner.index() == list || self.places.contains_key(&(document, item)) {
            return;
        }
        self.places.insert((document, item), place);
        self.found.taken.insert((document, item), PageId::of(list));
        let groups = self.found.lists.entry(list).or_default();
        let anchor = heading.filter(|heading| !heading.is_empty());
        match groups.iter_mut().find(|group| group.owner == owner) {
            Some(group) => {
                group.anchor = group
                    .anchor
                    .take()
                    .filter(|known| Some(known.as_ref()) == anchor);
                group.items.push(item);
            }
            None => groups.push(Group {
                owner,
                document,
                anchor: anchor.map(Arc::from),
                items: vec![item],
            }),
        }
    }

    /// The ids of a checklist's collected items. They must differ from each other and from those of its own.
    fn ids(
        &self,
        list: usize,
        list_document: DocumentId,
        anchors: &[Anchors],
        diags: &mut Diagnostics,
    ) -> Vec<Arc<str>> {
        let Some(groups) = self.found.lists.get(&list) else {
            return Vec::new();
        };
        let mut taken: HashMap<&str, Span> = HashMap::new();
        let own = &self.inputs.document(list_document).items;
        for (item, id) in own.iter().zip(&anchors[list_document.index()].items) {
            taken.insert(id, item_place(self.inputs, list_document, item));
        }
        let mut ids = Vec::new();
        for group in groups {
            let document = self.inputs.document(group.document);
            for at in &group.items {
                let item = &document.items[*at as usize];
                let id = &anchors[group.document.index()].items[*at as usize];
                let place = item_place(self.inputs, group.document, item);
                if item.id.is_none() && !item.has_bad_id {
                    let severity = links::severity(self.inputs, Code::ItemIdMissing);
                    missing_item_id(item, self.inputs.file(group.document), severity, diags);
                }
                if let Some(first) = taken.get(id.as_ref()) {
                    diags
                        .add(Code::ItemIdTaken, place)
                        .arg("id", id.to_string())
                        .related(*first);
                } else {
                    taken.insert(id, place);
                }
                ids.push(Arc::clone(id));
            }
        }
        ids
    }
}

/// The place of an item's id, else of its label.
fn item_place(inputs: &Inputs, document: DocumentId, item: &Item) -> Span {
    let range = item.id.as_ref().map_or(&item.range, |id| &id.range);
    Span::new(inputs.file(document), range.clone())
}

impl Collection {
    /// The checklist of each item of a document; nothing at all where no item is collected.
    pub fn lists_of(&self, id: DocumentId, document: &Document) -> Vec<Option<PageId>> {
        let list = |at: u32| self.taken.get(&(id, at)).copied();
        let count = document.items.len() as u32;
        if self.taken.is_empty() || (0..count).all(|at| list(at).is_none()) {
            return Vec::new();
        }
        (0..count).map(list).collect()
    }

    /// The groups of every checklist, by node. Sources that their items cite are numbered after the checklist's own.
    pub fn groups(
        self,
        inputs: &Inputs,
        anchors: &[Anchors],
        bodies: &mut [Body],
    ) -> BTreeMap<usize, Vec<CollectedGroup>> {
        let mut all = BTreeMap::new();
        for (list, groups) in self.lists {
            let mut citations = std::mem::take(&mut bodies[list].citations);
            let joined = groups
                .into_iter()
                .map(|group| joined(group, inputs, anchors, bodies, &mut citations))
                .collect();
            bodies[list].citations = citations;
            all.insert(list, joined);
        }
        all
    }
}

fn joined(
    group: Group,
    inputs: &Inputs,
    anchors: &[Anchors],
    bodies: &[Body],
    citations: &mut Vec<PageCitation>,
) -> CollectedGroup {
    let document = inputs.document(group.document);
    let body = &bodies[group.owner.index()];
    let extents: Vec<&TextRange> = group
        .items
        .iter()
        .map(|at| &document.items[*at as usize].extent)
        .collect();
    let is_shown = |range: &TextRange| extents.iter().any(|extent| extent.contains(&range.start));
    let number = |(at, citation): (usize, &crate::model::document::CitationUse)| {
        let known = body.citation_numbers[at].number.checked_sub(1);
        let source = known.and_then(|at| body.citations.get(at as usize));
        match source.filter(|_| is_shown(&citation.id.range)) {
            Some(source) => cite(citations, source.source, citation.place.clone()),
            None => CitationNumber::default(),
        }
    };
    let numbers = document.citations.iter().enumerate().map(number).collect();
    let link = |target: &LinkTarget| match target {
        LinkTarget::Here(anchor) => LinkTarget::Page {
            page: group.owner,
            anchor: Some(Arc::clone(anchor)),
        },
        other => other.clone(),
    };
    let anchors = &anchors[group.document.index()];
    CollectedGroup {
        owner: group.owner,
        anchor: group.anchor,
        piece: Piece {
            document: group.document,
            range: document.body_start..document.text.len() as u32,
            heading_ids: anchors.headings.clone(),
            links: body.links.iter().map(link).collect(),
            images: body.images.clone(),
            citations: numbers,
            item_ids: anchors.items.clone(),
            item_sources: body.item_sources.clone(),
            item_lists: Vec::new(),
            terms: body.terms.clone(),
        },
        items: group.items,
    }
}
