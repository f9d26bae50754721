//! What `check --fix` writes: ids for the task items that need one and have none.
//!
//! In: what came of a check. Out: for each file the text it should have, which is its own with ids put in and nothing
//! else. Every new text is read again before it is handed out: an id that does not become its item's, or that changes
//! anything beside it, is refused and told. Writes nothing itself.

use super::Report;
use crate::diagnostic::terminal::Sources;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::checklist;
use crate::model::document::{Document, Item};
use crate::model::front_matter::KindData;
use crate::model::ids::{DocumentId, FileId};
use crate::model::lock::ListPromise;
use crate::model::site::{Page, Site};
use crate::parse::{ParseOptions, parse};
use crate::text::similar;
use crate::text::slug::{MAX_ITEM_ID, item_id};
use crate::text::span::position;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What an item is called when its text gives no id.
const NAMELESS: &str = "punkt";

/// A file and the text it should have.
#[derive(Clone, Debug)]
pub struct Mended {
    /// From the site's root.
    pub path: String,
    /// What was read; whoever writes makes sure that it still stands there.
    pub old: Arc<str>,
    pub new: Arc<str>,
    /// Line and id of each item that got one.
    pub written: Vec<(usize, String)>,
    /// Lines of the items whose id could not be put in.
    pub refused: Vec<usize>,
}

/// Puts ids into the files of a site, where a finding asks for one.
pub fn missing_ids(report: &Report) -> Vec<Mended> {
    let Some(site) = report.site() else {
        return Vec::new();
    };
    let mut files: BTreeMap<FileId, Vec<u32>> = BTreeMap::new();
    for finding in &report.findings {
        if finding.code == Code::ItemIdMissing {
            let span = finding.primary.span;
            files.entry(span.file).or_default().push(span.start);
        }
    }
    let options = ParseOptions::new(&site.config, site.config_file, &mut Diagnostics::new());
    // Ids of lists that several files share, as they are given out.
    let mut given: Vec<(DocumentId, String)> = Vec::new();
    let documents = (0u32..).map(DocumentId).zip(&site.documents);
    documents
        .filter_map(|(id, known)| {
            let starts = files.get(&known.file)?;
            let ids = proposals(site, id, starts, &mut given);
            let path = report.files.path(known.file).to_string();
            Some(mended(path, &known.document, ids, &options))
        })
        .collect()
}

/// An id for each item that begins at one of the places, by its place among the items.
fn proposals(
    site: &Site,
    id: DocumentId,
    starts: &[u32],
    given: &mut Vec<(DocumentId, String)>,
) -> Vec<(usize, String)> {
    let related = related(site, id);
    let mut taken = taken(site, &related);
    let locked = locked(site, &related);
    let known = given.iter().filter(|(of, _)| related.contains(of));
    taken.extend(known.map(|(_, id)| id.clone()));
    let mut ids = Vec::new();
    for (at, item) in site.document(id).items.iter().enumerate() {
        if starts.contains(&item.range.start) && item.id.is_none() {
            let new = free(item, &taken, &locked);
            taken.insert(new.clone());
            given.push((id, new.clone()));
            ids.push((at, new));
        }
    }
    ids
}

/// The documents whose items are on a list with those of this one, and itself.
fn related(site: &Site, id: DocumentId) -> Vec<DocumentId> {
    let documents = |page: &Page| -> Vec<DocumentId> {
        let groups = page.collected.iter().map(|group| group.piece.document);
        page.document.into_iter().chain(groups).collect()
    };
    let mut related = vec![id];
    for page in site.pages.iter().filter(|page| !page.collected.is_empty()) {
        let of_page = documents(page);
        if of_page.contains(&id) {
            related.extend(of_page);
        }
    }
    related
}

/// What the site's lock remembers of the lists of these documents.
fn locked<'a>(site: &'a Site, documents: &[DocumentId]) -> Vec<&'a ListPromise> {
    let Some(lock) = &site.lock else {
        return Vec::new();
    };
    let is_related = |page: &&Page| page.document.is_some_and(|id| documents.contains(&id));
    let pages = site.pages.iter().filter(is_related);
    let lists = pages.filter_map(|page| lock.lists.get(checklist::name(page)));
    lists.map(|list| &list.what).collect()
}

/// The ids that are or were in use there.
fn taken(site: &Site, documents: &[DocumentId]) -> HashSet<String> {
    let mut taken = HashSet::new();
    for id in documents {
        let document = site.document(*id);
        for item in &document.items {
            taken.extend(item.id.as_ref().map(|id| id.value.clone()));
            taken.extend(item.was.iter().cloned());
        }
        if let Some(KindData::Checklist(list)) = document.front_matter.as_ref().map(|fm| &fm.kind) {
            taken.extend(list.retired.iter().map(|item| item.id.value.clone()));
        }
    }
    taken
}

/// An id that readers have answered under is free for the same question alone.
fn free(item: &Item, taken: &HashSet<String>, locked: &[&ListPromise]) -> String {
    let is_anothers = |list: &&ListPromise, id: &str| {
        let asked = list.asked.get(id);
        list.retired.contains_key(id)
            || asked.is_some_and(|text| !similar::is_same(text, &item.text))
    };
    let is_taken = |id: &str| taken.contains(id) || locked.iter().any(|list| is_anothers(list, id));
    let base = item_id(&item.text).unwrap_or_else(|| NAMELESS.to_string());
    let mut id = base.clone();
    let mut number = 2;
    while is_taken(&id) {
        let end = format!("-{number}");
        // Ids are ASCII, so that any byte may be the last.
        let kept = base.len().min(MAX_ITEM_ID - end.len());
        id = format!("{}{end}", base[..kept].trim_end_matches('-'));
        number += 1;
    }
    id
}

/// All ids at once; one by one where that does not come out right, so that one bad place keeps no other from its id.
fn mended(
    path: String,
    document: &Document,
    ids: Vec<(usize, String)>,
    options: &ParseOptions,
) -> Mended {
    let line = |at: usize| position(&document.text, document.items[at].range.start as usize).line;
    let mut new = with_ids(document, &ids, options);
    let mut written = Vec::new();
    let mut refused = Vec::new();
    if new.is_some() {
        written = ids;
    } else {
        for id in ids {
            written.push(id);
            match with_ids(document, &written, options) {
                Some(text) => new = Some(text),
                None => refused.extend(written.pop().map(|(at, _)| line(at))),
            }
        }
    }
    Mended {
        path,
        old: Arc::clone(&document.text),
        new: new.unwrap_or_else(|| Arc::clone(&document.text)),
        written: written.into_iter().map(|(at, id)| (line(at), id)).collect(),
        refused,
    }
}

/// The text with ids, sorted by place; `None` when it would then be read as anything but the same with these ids.
fn with_ids(
    document: &Document,
    ids: &[(usize, String)],
    options: &ParseOptions,
) -> Option<Arc<str>> {
    let text = &*document.text;
    let mut new = String::with_capacity(text.len() + 32 * ids.len());
    let mut done = 0;
    for (at, id) in ids {
        let item = document.items.get(*at)?;
        let label_end = item.label_end as usize;
        let rest = text.get(label_end..item.range.end as usize)?;
        let inner = rest.trim_start();
        let brace = label_end + rest.len() - inner.len();
        let (place, id) = if inner.starts_with('{') {
            (brace + 1, format!("#{id} "))
        } else {
            (label_end, format!(" {{#{id}}}"))
        };
        new.push_str(text.get(done..place)?);
        new.push_str(&id);
        done = place;
    }
    new.push_str(text.get(done..)?);
    let new: Arc<str> = new.into();
    is_same(document, &parse(&new, options), ids).then_some(new)
}

fn is_same(old: &Document, new: &Document, ids: &[(usize, String)]) -> bool {
    let is_same_item = |(at, (old, new)): (usize, (&Item, &Item))| {
        let written = ids.iter().find(|(place, _)| *place == at);
        let expected = written
            .map(|(_, id)| id.as_str())
            .or(old.id.as_ref().map(|id| id.value.as_str()));
        let value = |word: &Option<crate::text::span::Spanned<String>>| {
            word.as_ref().map(|word| word.value.clone())
        };
        new.id.as_ref().map(|id| id.value.as_str()) == expected
            && old.text == new.text
            && !old.text.is_empty()
            && value(&old.role) == value(&new.role)
            && value(&old.source) == value(&new.source)
            && old.was == new.was
            && old.has_help == new.has_help
            && old.heading == new.heading
    };
    let headings = |document: &Document| -> Vec<String> {
        let headings = document.headings.iter();
        headings.map(|heading| heading.text.clone()).collect()
    };
    old.items.len() == new.items.len()
        && old
            .items
            .iter()
            .zip(&new.items)
            .enumerate()
            .all(is_same_item)
        && headings(old) == headings(new)
        && old.links.len() == new.links.len()
        && old.citations.len() == new.citations.len()
        && old.is_cut == new.is_cut
}
