//! What a page is known by: its permanent id and its path.

use super::Inputs;
use super::status;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::ids::PageId;
use crate::text::span::Span;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Finds pages by id and path.
pub struct Index {
    ids: HashMap<Arc<str>, PageId>,
    paths: HashMap<Arc<str>, PageId>,
    /// Ids that stand in front matter that could not be read: references to them are no findings of their own.
    unreadable: HashSet<String>,
    /// Ids of drafts and of pages of a later date.
    hidden: HashSet<String>,
    /// By page: what a reader should read instead.
    successors: Vec<Option<PageId>>,
}

/// Indexes the tree; an id used twice is a finding with both places.
pub fn index(tree: &Tree, inputs: &Inputs, diags: &mut Diagnostics) -> Index {
    let mut index = Index {
        ids: HashMap::new(),
        paths: HashMap::with_capacity(tree.nodes.len()),
        unreadable: HashSet::new(),
        hidden: hidden_ids(tree, inputs),
        successors: Vec::new(),
    };
    for (at, node) in tree.nodes.iter().enumerate() {
        // A page of a taxonomy may have the path of an entry, which then keeps it.
        index
            .paths
            .entry(Arc::clone(&node.path))
            .or_insert(PageId::of(at));
    }
    for (at, node) in tree.nodes.iter().enumerate() {
        let (Some(id), Some(document)) = (&node.content_id, node.document) else {
            continue;
        };
        let Some(first) = index.ids.insert(Arc::clone(id), PageId::of(at)) else {
            continue;
        };
        let place = |document| {
            let id = inputs
                .document(document)
                .front_matter
                .as_ref()?
                .id
                .as_ref()?;
            Some(Span::new(inputs.file(document), id.range.clone()))
        };
        let first_place = tree.nodes[first.index()].document.and_then(place);
        if let (Some(here), Some(there)) = (place(document), first_place) {
            diags
                .add(Code::DuplicateId, here)
                .arg("what", "page-id")
                .arg("id", id.to_string())
                .related(there);
        }
        index.ids.insert(Arc::clone(id), first);
    }
    for document in inputs
        .documents
        .iter()
        .filter(|document| document.front_matter.is_none())
    {
        let lines = document
            .text
            .lines()
            .take_while(|line| !line.starts_with('#'));
        index.unreadable.extend(
            lines
                .filter_map(|line| line.strip_prefix("id:"))
                .map(|id| id.trim().trim_matches(['"', '\'']).to_string()),
        );
    }
    index.successors = status::successors(tree, inputs, &index, diags);
    index
}

fn hidden_ids(tree: &Tree, inputs: &Inputs) -> HashSet<String> {
    let documents = tree.hidden.values().map(|id| inputs.document(*id));
    let ids = documents.filter_map(|document| document.front_matter.as_ref()?.id.as_ref());
    ids.map(|id| id.value.clone()).collect()
}

impl Index {
    pub fn by_id(&self, id: &str) -> Option<PageId> {
        self.ids.get(id).copied()
    }

    pub fn by_path(&self, path: &str) -> Option<PageId> {
        self.paths.get(path).copied()
    }

    /// What a reader should read instead of a page that no longer holds.
    pub fn successor(&self, page: PageId) -> Option<PageId> {
        *self.successors.get(page.index())?
    }

    /// Whether an id is one that only an unreadable file knows.
    pub fn is_unreadable(&self, id: &str) -> bool {
        self.unreadable.contains(id)
    }

    /// Whether an id is one of a draft or of a page of a later date.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.hidden.contains(id)
    }

    /// All ids and paths, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.ids
            .keys()
            .chain(self.paths.keys())
            .map(|name| name.as_ref())
    }
}

/// The path of the page that a file of content is: `a/b.md` → `a/b`, `a/index.md` → `a`, `index.md` → ``.
pub fn page_path(file: &str) -> &str {
    let path = file.strip_suffix(".md").unwrap_or(file);
    match path {
        "index" => "",
        path => path.strip_suffix("/index").unwrap_or(path),
    }
}

/// A path relative to a folder, with `.` and `..` taken away. `None` when it leaves the content folder.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{join, page_path};

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("", "./x//y").as_deref(), Some("x/y"));
        assert_eq!(join("a", "../../x"), None);
    }

    #[test]
    fn a_folder_is_named_by_its_page() {
        let pages = ["a/b.md", "a/index.md", "index.md", "a/index/index.md"].map(page_path);
        assert_eq!(pages, ["a/b", "a", "", "a/index"]);
    }
}
