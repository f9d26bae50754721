//! References of the front matter: ids, paths and relative `.md` links become pages.
//!
//! Every reference of every kind goes through one list, so a new key is one line here.

use super::Inputs;
use super::figures::Figures;
use super::ids::{Index, join, page_path};
use super::status;
use super::tree::{Tree, TreeNode};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::config::Taxonomy;
use crate::model::document::Document;
use crate::model::front_matter::*;
use crate::model::ids::PageId;
use crate::text::span::Span;
use std::collections::HashMap;

/// What the references of one page lead to.
#[derive(Default)]
pub struct Targets {
    /// By the place of the reference.
    pub pages: HashMap<u32, PageId>,
    pub translates: Option<PageId>,
}

/// Resolves the front matter of every page, in the order of the tree.
pub fn resolve(
    tree: &Tree,
    inputs: &Inputs,
    index: &Index,
    figures: &Figures,
    diags: &mut Diagnostics,
) -> Vec<Targets> {
    diags.par_map(&tree.nodes, |node, own| {
        let Some(document) = node.document.map(|id| inputs.document(id)) else {
            return Targets::default();
        };
        let Some(front_matter) = &document.front_matter else {
            return Targets::default();
        };
        let page = PageReferences {
            node,
            tree,
            inputs,
            index,
        };
        let mut targets = Targets::default();
        for (reference, key, kinds) in references(front_matter) {
            if let Some(target) = page.look_up(reference, key, kinds, own) {
                targets.pages.insert(reference.range.start, target);
            }
        }
        targets.translates = front_matter
            .translates
            .as_ref()
            .and_then(|r| targets.pages.get(&r.range.start).copied());
        page.check_names(front_matter, document, own);
        page.check_figures(front_matter, figures, own);
        targets
    })
}

/// Finds a page that the configuration names, for a menu. One that no longer holds is not shown there.
pub fn look_up_in_config(
    reference: &Reference,
    tree: &Tree,
    index: &Index,
    inputs: &Inputs,
    diags: &mut Diagnostics,
) -> Option<PageId> {
    let found = find(&reference.value, "", index);
    let span = Span::new(inputs.config_file, reference.range.clone());
    if let Some(page) = found {
        status::tell_of_link(tree, index, page, span, diags);
    } else if is_draft(&reference.value, "", tree, index) {
        diags
            .add(Code::LinkToDraft, span)
            .arg("target", reference.value.clone());
    } else if !index.is_unreadable(&reference.value) {
        diags
            .add(Code::UnknownId, span)
            .arg("what", "page-id")
            .arg("id", reference.value.clone())
            .nearest(&reference.value, index.names());
    }
    found.filter(|page| tree.nodes[page.index()].status.is_current())
}

/// A page by id, by path, or by a `.md` path relative to `folder`.
pub fn find(name: &str, folder: &str, index: &Index) -> Option<PageId> {
    index
        .by_id(name)
        .or_else(|| index.by_path(&path_of(name, folder)?))
}

/// The path that a name is: a `.md` path is relative to `folder`, one without it begins at the root.
fn path_of(name: &str, folder: &str) -> Option<String> {
    if name.ends_with(".md") {
        join(folder, name).map(|file| page_path(&file).to_string())
    } else {
        Some(name.trim_end_matches('/').to_string())
    }
}

/// Whether a name that was not found is that of a draft or of a page of a later date.
pub fn is_draft(name: &str, folder: &str, tree: &Tree, index: &Index) -> bool {
    let is_hidden = |path: String| tree.hidden.contains_key(path.as_str());
    index.is_hidden(name) || path_of(name, folder).is_some_and(is_hidden)
}

/// The folder that a page's relative paths start from.
pub fn folder_of(node: &TreeNode) -> &str {
    if node.is_section {
        &node.path
    } else {
        node.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

type Expected = &'static [Kind];
const ANY: Expected = &[];
/// Kinds that have a page of their own for their items to stand on.
const WITH_ITEMS: Expected = &[
    Kind::Page,
    Kind::Guide,
    Kind::Method,
    Kind::Model,
    Kind::Value,
    Kind::CoreElement,
    Kind::Aspect,
    Kind::Case,
    Kind::Checklist,
];

/// All references of a page's front matter, with their key and the kinds they may lead to.
pub fn references(fm: &FrontMatter) -> Vec<(&Reference, &'static str, Expected)> {
    let mut all: Vec<(&Reference, &'static str, Expected)> = Vec::new();
    let sources: Expected = &[Kind::Source];
    all.extend(fm.sources.iter().map(|r| (r, "sources", sources)));
    all.extend(
        fm.figures
            .iter()
            .filter_map(|f| f.source.as_ref())
            .map(|r| (r, "source", sources)),
    );
    all.extend(
        fm.evidence
            .iter()
            .flat_map(|e| &e.basis)
            .map(|r| (r, "basis", sources)),
    );
    all.extend(fm.related.iter().map(|r| (&r.to, "to", ANY)));
    all.extend(fm.superseded_by.iter().map(|r| (r, "superseded_by", ANY)));
    all.extend(fm.translates.iter().map(|r| (r, "translates", ANY)));
    match &fm.kind {
        KindData::Page => {}
        KindData::Source(source) => {
            let references = source.mentioned_in.iter();
            all.extend(references.map(|r| (r, "mentioned_in", sources)));
        }
        KindData::Guide(guide) => all.extend(guide.chapters.iter().map(|r| (r, "chapters", ANY))),
        KindData::Method(method) => {
            let checklists: Expected = &[Kind::Checklist];
            all.extend(
                method
                    .tested_in
                    .iter()
                    .map(|r| (r, "tested_in", &[Kind::Case] as Expected)),
            );
            all.extend(
                method
                    .checklists
                    .iter()
                    .map(|r| (r, "checklists", checklists)),
            );
            all.extend(
                method
                    .steps
                    .iter()
                    .filter_map(|s| s.checklist.as_ref())
                    .map(|r| (r, "checklist", checklists)),
            );
        }
        KindData::Model(model) => {
            all.extend(
                model
                    .values
                    .iter()
                    .map(|r| (r, "values", &[Kind::Value] as Expected)),
            );
            all.extend(
                model
                    .core_elements
                    .iter()
                    .map(|r| (r, "core_elements", &[Kind::CoreElement] as Expected)),
            );
            all.extend(
                model
                    .aspects
                    .iter()
                    .map(|r| (r, "aspects", &[Kind::Aspect] as Expected)),
            );
        }
        KindData::Member(member) => {
            all.extend(
                member
                    .model
                    .iter()
                    .map(|r| (r, "model", &[Kind::Model] as Expected)),
            );
            all.extend(
                member
                    .values
                    .iter()
                    .map(|r| (r, "values", &[Kind::Value] as Expected)),
            );
        }
        KindData::Case(case) => all.extend(
            case.methods
                .iter()
                .map(|r| (r, "methods", &[Kind::Method] as Expected)),
        ),
        KindData::Checklist(list) => {
            all.extend(list.collect.iter().map(|r| (r, "collect", WITH_ITEMS)));
        }
        KindData::Term(term) => {
            let terms: Expected = &[Kind::Term];
            all.extend(
                term.not_to_be_confused_with
                    .iter()
                    .map(|r| (r, "not_to_be_confused_with", terms)),
            );
        }
    }
    all
}

struct PageReferences<'a> {
    node: &'a TreeNode,
    tree: &'a Tree,
    inputs: &'a Inputs<'a>,
    index: &'a Index,
}

impl PageReferences<'_> {
    fn span(&self, range: &crate::text::span::TextRange) -> Span {
        let document = self
            .node
            .document
            .expect("only pages with a document have references");
        Span::new(self.inputs.file(document), range.clone())
    }

    fn look_up(
        &self,
        reference: &Reference,
        key: &'static str,
        kinds: Expected,
        diags: &mut Diagnostics,
    ) -> Option<PageId> {
        let folder = folder_of(self.node);
        let name = match key {
            // `page#heading`; the heading is looked up where headings are known.
            "collect" => reference.value.split('#').next().unwrap_or_default(),
            _ => &reference.value,
        };
        let Some(found) = find(name, folder, self.index) else {
            let span = self.span(&reference.range);
            if is_draft(name, folder, self.tree, self.index) {
                let severity = super::links::severity(self.inputs, Code::LinkToDraft);
                diags
                    .add_as(Code::LinkToDraft, severity, span)
                    .arg("target", name);
            } else if !self.index.is_unreadable(name) {
                let severity = super::links::severity(self.inputs, Code::UnknownId);
                diags
                    .add_as(Code::UnknownId, severity, self.span(&reference.range))
                    .arg("what", "page-id")
                    .arg("id", name)
                    .nearest(name, self.index.names());
            }
            return None;
        };
        let kind = self.tree.nodes[found.index()].kind;
        if !kinds.is_empty() && !kinds.contains(&kind) {
            let expected: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            diags
                .add(Code::WrongKind, self.span(&reference.range))
                .arg("key", key)
                .arg("id", name)
                .arg("kind", kind.name())
                .arg("wanted", expected.join(", "));
            return None;
        }
        let own = self.node.status;
        let target = self.tree.nodes[found.index()].status;
        // What came in place of a page may itself have been followed by another; that is no fault.
        let is_followed = own == Status::Superseded && target != Status::Superseded;
        // That something was mentioned somewhere stays true. What rests on a source is told with the source.
        let is_of_source = matches!(key, "mentioned_in" | "sources" | "source" | "basis");
        let is_told = own.is_current() && !is_of_source;
        if is_told || key == "superseded_by" && is_followed {
            let place = self.span(&reference.range);
            status::tell_of_link(self.tree, self.index, found, place, diags);
        }
        Some(found)
    }

    /// Owners, topics and roles name entries of the configuration.
    fn check_names(&self, fm: &FrontMatter, document: &Document, diags: &mut Diagnostics) {
        let config = self.inputs.config;
        if let Some(owner) = &fm.owner
            && config.contact(&owner.value).is_none()
        {
            let known = config.contacts.iter().map(|contact| contact.id.as_str());
            self.unknown_name(owner, "contacts", known, diags);
        }
        if config.is_lenient {
            return;
        }
        for taxonomy in &config.taxonomies {
            let name = taxonomy.name.value.as_str();
            let mut terms: Vec<&Reference> = fm.terms(name).iter().collect();
            if name == Taxonomy::ROLES {
                terms.extend(&document.role_uses);
                terms.extend(document.items.iter().filter_map(|item| item.role.as_ref()));
                if let KindData::Method(method) = &fm.kind {
                    terms.extend(method.steps.iter().filter_map(|step| step.role.as_ref()));
                }
            }
            for term in terms {
                if taxonomy.position(&term.value).is_none() {
                    self.unknown_name(term, name, taxonomy.ids(), diags);
                }
            }
        }
    }

    fn unknown_name<'n>(
        &self,
        name: &Reference,
        list: &str,
        known: impl IntoIterator<Item = &'n str>,
        diags: &mut Diagnostics,
    ) {
        let severity = super::links::severity(self.inputs, Code::UnknownName);
        diags
            .add_as(Code::UnknownName, severity, self.span(&name.range))
            .arg("list", list)
            .arg("name", name.value.clone())
            .nearest(&name.value, known);
    }

    /// A case's results name figures, which have ids of their own.
    fn check_figures(&self, fm: &FrontMatter, figures: &Figures, diags: &mut Diagnostics) {
        let KindData::Case(case) = &fm.kind else {
            return;
        };
        for result in case
            .results
            .iter()
            .filter(|result| !figures.contains_key(&result.value))
        {
            diags
                .add(Code::UnknownId, self.span(&result.range))
                .arg("what", "figure-id")
                .arg("id", result.value.clone())
                .nearest(&result.value, figures.keys().map(String::as_str));
        }
    }
}
