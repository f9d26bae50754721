//! The lists of items in `vejviser.lock`: an item to a line, sorted.
//!
//! ```yaml
//! items:
//!   opfoelgning:
//!     version: 2
//!     asked:
//!       barnets-ord: "Barnet har sagt, hvad der er vigtigt"
//!     retired:
//!       kaffe-klar: "Kaffen er klar"
//! ```
//!
//! What was once asked is never left out, so that its id cannot come to mean another thing.

use super::quoted;
use crate::model::checklist;
use crate::model::lock::{ListPromise, LockedList};
use crate::model::site::{Page, Site};
use crate::text::span::TextRange;
use crate::yaml::{Data, KeyReader};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Reads the lists.
pub fn read(keys: &mut KeyReader) -> BTreeMap<String, LockedList> {
    let mut lists = BTreeMap::new();
    for (name, node) in keys.free_map("items") {
        if !matches!(node.data, Data::Map(_)) {
            keys.wrong_type("items", node, "map");
            continue;
        }
        let list = keys.nested(node, |keys| {
            let mut places = BTreeMap::new();
            LockedList {
                what: ListPromise {
                    version: keys.integer("version", 1..=1_000_000).map(|n| n.value),
                    asked: texts("asked", keys, &mut places),
                    retired: texts("retired", keys, &mut places),
                },
                place: name.range,
                places,
            }
        });
        lists.insert(name.value, list);
    }
    lists
}

fn texts(
    key: &'static str,
    keys: &mut KeyReader,
    places: &mut BTreeMap<String, TextRange>,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (id, node) in keys.free_map(key) {
        let Some(text) = node.as_text() else {
            keys.wrong_type(key, node, "text");
            continue;
        };
        texts.insert(id.value.clone(), text.into_owned());
        places.insert(id.value, id.range);
    }
    texts
}

/// What the lists of a site are to be remembered by. What the old lock knew is carried on, but for `forgotten`: lists
/// and ids, an empty id for a whole list.
pub fn of(site: &Site, forgotten: &[(String, String)]) -> BTreeMap<String, ListPromise> {
    let none = BTreeMap::new();
    let old = site.lock.as_ref().map_or(&none, |lock| &lock.lists);
    let mut lists = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.fragment.is_none()) {
        let name = checklist::name(page);
        let is_forgotten = |id: &str| {
            let mut all = forgotten.iter();
            all.any(|(list, item)| list == name && item == id)
        };
        let old = old.get(name).filter(|_| !is_forgotten(""));
        let mut promise = match old {
            Some(list) if !page.has_body() => list.what.clone(),
            _ => promise(site, page),
        };
        if let Some(old) = old {
            for (id, text) in old.what.asked.iter().chain(&old.what.retired) {
                if !promise.asked.contains_key(id) && !is_forgotten(id) {
                    promise.retired.insert(id.clone(), text.clone());
                }
            }
        }
        if !promise.asked.is_empty() || !promise.retired.is_empty() {
            lists.insert(name.to_string(), promise);
        }
    }
    lists
}

/// What a page asks now, and what it says that it asked before.
fn promise(site: &Site, page: &Page) -> ListPromise {
    let declared = checklist::declared(site, page);
    let mut promise = ListPromise {
        version: declared.map(|list| list.version),
        ..ListPromise::default()
    };
    for ticked in checklist::items(site, page) {
        for old in &ticked.item.was {
            let text = plain(&ticked.item.text);
            promise.retired.insert(old.clone(), text);
        }
        if let Some(id) = &ticked.item.id {
            let text = plain(&ticked.item.text);
            promise.asked.insert(id.value.clone(), text);
        }
    }
    for item in declared.iter().flat_map(|list| &list.retired) {
        let id = item.id.value.clone();
        promise.retired.insert(id, plain(&item.text));
    }
    promise
        .retired
        .retain(|id, _| !promise.asked.contains_key(id));
    promise
}

/// A text without characters that YAML does not take as they are.
fn plain(text: &str) -> String {
    let is_strange = |c: &char| {
        c.is_control()
            || matches!(
                c,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
    };
    text.chars().filter(|c| !is_strange(c)).collect()
}

/// Writes the lists; nothing where there are none.
pub fn write(lists: &BTreeMap<String, ListPromise>, out: &mut String) {
    if lists.is_empty() {
        return;
    }
    out.push_str("items:\n");
    for (name, list) in lists {
        _ = writeln!(out, "  {}:", key(name));
        if let Some(version) = list.version {
            _ = writeln!(out, "    version: {version}");
        }
        for (what, texts) in [("asked", &list.asked), ("retired", &list.retired)] {
            if texts.is_empty() {
                continue;
            }
            _ = writeln!(out, "    {what}:");
            for (id, text) in texts {
                _ = writeln!(out, "      {}: {}", key(id), quoted(text));
            }
        }
    }
}

/// A name that YAML could take for anything else stands in quotes.
fn key(name: &str) -> String {
    let is_plain = name.len() > 5
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/'));
    if is_plain {
        name.to_string()
    } else {
        quoted(name)
    }
}
