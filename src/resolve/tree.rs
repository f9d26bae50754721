//! The tree of sections and pages with their addresses and order.
//!
//! A folder is a section, its `index.md` the section's page; a folder without one gets a page that lists what is in
//! it. Drafts and pages of a later date are left out here, so no later phase knows of them.

use super::{Inputs, ids, taxonomies};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::document::Document;
use crate::model::front_matter::{FrontMatter, Kind, Status};
use crate::model::ids::DocumentId;
use crate::model::site::TaxonomyPlace;
use crate::text::slug::{slug, title_of};
use crate::text::span::Span;
use crate::text::{collate, escape};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub struct Tree {
    /// Sorted by path, so a section comes before what is in it; the front page is the first. Pages of taxonomies that
    /// no file is behind come last.
    pub nodes: Vec<TreeNode>,
    /// Drafts and pages of a later date: path to document.
    pub hidden: HashMap<Arc<str>, DocumentId>,
}

/// A page to be, without its body's links.
pub struct TreeNode {
    pub path: Arc<str>,
    pub document: Option<DocumentId>,
    pub is_section: bool,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub kind: Kind,
    pub status: Status,
    pub content_id: Option<Arc<str>>,
    pub title: Arc<str>,
    pub description: Option<Arc<str>>,
    pub language: u8,
    pub address: Arc<str>,
    pub fragment: Option<Arc<str>>,
    /// Whose page it is, when it is a taxonomy's.
    pub place: Option<TaxonomyPlace>,
}

impl TreeNode {
    pub fn has_body(&self) -> bool {
        self.status.has_body(self.kind)
    }

    /// Whether lists and menus show it. Terms and sources stay in theirs whatever came of them, with their status.
    pub fn is_listed(&self) -> bool {
        self.status.is_current() || self.kind.is_entry()
    }
}

impl Tree {
    /// The title for menus and paths: the short one where the author gives one.
    pub fn short_title(&self, node: usize, inputs: &Inputs) -> Arc<str> {
        let node = &self.nodes[node];
        let short = node.document.and_then(|id| {
            inputs
                .document(id)
                .front_matter
                .as_ref()?
                .short_title
                .as_deref()
        });
        short.map_or_else(|| Arc::clone(&node.title), Arc::from)
    }
}

/// Grows the tree. Two files for one path are a finding; the first keeps the place.
pub fn grow(inputs: &Inputs, diags: &mut Diagnostics) -> Tree {
    let mut hidden: HashMap<Arc<str>, DocumentId> = HashMap::new();
    let hidden_folders = hidden_folders(inputs);
    let mut places: BTreeMap<Arc<str>, Option<DocumentId>> = BTreeMap::from([("".into(), None)]);
    let mut sections: HashSet<Arc<str>> = HashSet::from(["".into()]);
    for (i, content) in inputs.content.iter().enumerate() {
        let id = DocumentId::of(i);
        let (path, is_index) = page_path(&content.path);
        let is_below_hidden = hidden_folders
            .iter()
            .any(|folder| path.starts_with(folder.as_str()));
        if is_below_hidden || is_left_out(id, inputs) {
            hidden.insert(path, id);
            continue;
        }
        add_folders(&path, &mut places, &mut sections);
        if is_index {
            sections.insert(Arc::clone(&path));
        }
        match places.get(&path).copied().flatten() {
            Some(first) => {
                diags
                    .add(Code::AddressCollision, Span::whole(content.file))
                    .arg("address", format!("/{path}/"))
                    .related(Span::whole(inputs.file(first)));
            }
            None => {
                places.insert(path, Some(id));
            }
        }
    }
    let mut nodes: Vec<TreeNode> = Vec::with_capacity(places.len());
    let mut by_path: HashMap<Arc<str>, usize> = HashMap::with_capacity(places.len());
    for (path, document) in places {
        let parent = (!path.is_empty())
            .then(|| by_path[path.rsplit_once('/').map_or("", |(folder, _)| folder)]);
        let is_section = sections.contains(&path);
        let node = node(
            inputs,
            &path,
            document,
            is_section,
            parent.map(|p| &nodes[p]),
        );
        let at = nodes.len();
        by_path.insert(path, at);
        nodes.push(node);
        if let Some(parent) = parent {
            nodes[parent].children.push(at);
        }
    }
    taxonomies::grow(&mut nodes, inputs, diags);
    let generated = nodes
        .iter()
        .filter(|node| node.document.is_none() && node.place.is_none());
    for node in generated {
        report_generated(inputs, &node.path, diags);
    }
    order(&mut nodes, inputs);
    check_counts(inputs, nodes.len(), diags);
    Tree { nodes, hidden }
}

/// The folders whose own page is left out, and with it all that lies in them. Known before any page is placed: a folder
/// may have files that sort before its page.
fn hidden_folders(inputs: &Inputs) -> Vec<String> {
    let ids = (0..inputs.content.len()).map(DocumentId::of);
    let hidden = ids.zip(inputs.content).filter_map(|(id, content)| {
        let (path, is_index) = page_path(&content.path);
        let is_hidden = is_index && !path.is_empty() && is_left_out(id, inputs);
        is_hidden.then(|| format!("{path}/"))
    });
    hidden.collect()
}

fn is_left_out(id: DocumentId, inputs: &Inputs) -> bool {
    !inputs.with_drafts && is_hidden(inputs.document(id), inputs)
}

/// A page's path and whether it is its folder's page: `metoder/index.md` is the page of `metoder`.
fn page_path(file: &str) -> (Arc<str>, bool) {
    let path = ids::page_path(file);
    (path.into(), file.strip_suffix(".md") != Some(path))
}

fn is_hidden(document: &Document, inputs: &Inputs) -> bool {
    let is_later = |fm: &FrontMatter| fm.published.is_some_and(|date| date > inputs.today);
    document
        .front_matter
        .as_ref()
        .is_some_and(|fm| fm.is_draft || is_later(fm))
}

fn add_folders(
    path: &str,
    places: &mut BTreeMap<Arc<str>, Option<DocumentId>>,
    sections: &mut HashSet<Arc<str>>,
) {
    for (at, _) in path.match_indices('/') {
        let folder = &path[..at];
        if !places.contains_key(folder) {
            places.insert(folder.into(), None);
        }
        if !sections.contains(folder) {
            sections.insert(folder.into());
        }
    }
}

fn node(
    inputs: &Inputs,
    path: &Arc<str>,
    document: Option<DocumentId>,
    is_section: bool,
    parent: Option<&TreeNode>,
) -> TreeNode {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parsed = document.map(|id| inputs.document(id));
    let front_matter = parsed.and_then(|d| d.front_matter.as_ref());
    let kind = front_matter.map_or(Kind::Page, |fm| fm.kind.kind());
    let content_id: Option<Arc<str>> = front_matter
        .and_then(|fm| fm.id.as_ref())
        .map(|id| id.value.as_str().into());
    let own_slug = front_matter
        .and_then(|fm| fm.slug.as_ref())
        .map_or_else(|| slug_of(name), |s| s.value.clone());
    let is_entry = kind.is_entry() && !is_section && parent.is_some();
    let (address, fragment): (Arc<str>, Option<Arc<str>>) = match parent {
        None => ("".into(), None),
        Some(parent) if is_entry => {
            let fragment = content_id
                .clone()
                .unwrap_or_else(|| own_slug.as_str().into());
            (Arc::clone(&parent.address), Some(fragment))
        }
        Some(parent) => (format!("{}{own_slug}/", parent.address).into(), None),
    };
    TreeNode {
        path: Arc::clone(path),
        document,
        is_section,
        parent: None,
        children: Vec::new(),
        kind: if kind.is_entry() && !is_entry {
            Kind::Page
        } else {
            kind
        },
        status: front_matter.map_or(Status::Current, |fm| fm.status),
        content_id,
        title: title(inputs, name, parsed).into(),
        description: front_matter
            .and_then(|fm| fm.description.as_deref())
            .map(Arc::from),
        language: language(inputs, path),
        address,
        fragment,
        place: None,
    }
}

/// A page of a taxonomy that no file is behind, below another.
pub fn generated(name: &str, title: &str, place: TaxonomyPlace, parent: &TreeNode) -> TreeNode {
    let path = match parent.path.as_ref() {
        "" => name.to_string(),
        above => format!("{above}/{name}"),
    };
    TreeNode {
        path: path.into(),
        document: None,
        is_section: place.term.is_none(),
        parent: None,
        children: Vec::new(),
        kind: Kind::Page,
        status: Status::Current,
        content_id: None,
        title: title.into(),
        description: None,
        language: parent.language,
        address: format!("{}{}/", parent.address, slug_of(name)).into(),
        fragment: None,
        place: Some(place),
    }
}

pub fn slug_of(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        format!("side-{:x}", name.bytes().map(u32::from).sum::<u32>())
    } else {
        slug
    }
}

/// The title: the author's, else (lenient content) the first heading, else what the file's name says.
fn title(inputs: &Inputs, name: &str, document: Option<&Document>) -> String {
    let authored = document
        .and_then(|d| d.front_matter.as_ref()?.title.as_ref())
        .map(|t| t.value.clone());
    let heading = || {
        document
            .and_then(|d| d.headings.first())
            .map(|h| h.text.clone())
            .filter(|_| inputs.config.is_lenient)
    };
    let title = authored.or_else(heading).unwrap_or_else(|| {
        if name.is_empty() {
            return inputs.config.title.clone();
        }
        title_of(name)
    });
    title.chars().filter(|c| *c != escape::ROOT).collect()
}

fn language(inputs: &Inputs, path: &str) -> u8 {
    let is_of = |folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    inputs
        .config
        .languages
        .iter()
        .position(|language| is_of(&language.folder))
        .map_or(0, |i| i as u8 + 1)
}

fn report_generated(inputs: &Inputs, path: &str, diags: &mut Diagnostics) {
    if inputs.config.is_lenient || inputs.content.is_empty() {
        return;
    }
    if path.is_empty() {
        diags.add(Code::HomeMissing, Span::whole(inputs.config_file));
    } else {
        let first = inputs
            .content
            .iter()
            .find(|c| c.path.starts_with(path) && c.path[path.len()..].starts_with('/'));
        let file = first.map_or(inputs.config_file, |c| c.file);
        diags
            .add(Code::SectionWithoutPage, Span::whole(file))
            .arg("path", format!("{path}/index.md"));
    }
}

/// Parents, and the children's order: by `weight`, those without one last, then by title in Danish order. A
/// taxonomy's terms stand as in the configuration.
fn order(nodes: &mut [TreeNode], inputs: &Inputs) {
    let weight = |node: &TreeNode| {
        let authored = node
            .document
            .and_then(|id| inputs.document(id).front_matter.as_ref()?.weight);
        authored.or_else(|| node.place?.term.map(|term| term as i64))
    };
    let weights: Vec<i64> = nodes
        .iter()
        .map(|node| weight(node).unwrap_or(i64::MAX))
        .collect();
    for at in 0..nodes.len() {
        let mut children = std::mem::take(&mut nodes[at].children);
        children.sort_by(|a, b| {
            let by_title = || collate::compare(&nodes[*a].title, &nodes[*b].title);
            let by_path = || nodes[*a].path.cmp(&nodes[*b].path);
            weights[*a]
                .cmp(&weights[*b])
                .then_with(by_title)
                .then_with(by_path)
        });
        for child in &children {
            nodes[*child].parent = Some(at);
        }
        nodes[at].children = children;
    }
}

fn check_counts(inputs: &Inputs, pages: usize, diags: &mut Diagnostics) {
    if inputs.content.is_empty() {
        diags.add(Code::NothingToPublish, Span::whole(inputs.config_file));
    }
    if pages > inputs.config.limits.pages {
        diags
            .add(Code::TooLong, Span::whole(inputs.config_file))
            .arg("key", "limits.pages")
            .arg("limit", inputs.config.limits.pages.to_string());
    }
}
