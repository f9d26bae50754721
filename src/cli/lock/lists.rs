//! The items in a new lock beside those in the old one.

use super::super::console::Console;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::checklist;
use crate::model::lock::ListPromise;
use crate::model::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether a finding is about an item that may be forgotten; an empty id stands for the whole list.
pub fn is_about(finding: &Diagnostic, list: &str, item: &str) -> bool {
    let is_list = finding.value("list") == Some(list);
    match finding.code {
        Code::ItemVanished | Code::ItemReused => {
            is_list && (item.is_empty() || finding.value("id") == Some(item))
        }
        Code::ChecklistVanished => is_list && item.is_empty(),
        _ => false,
    }
}

/// Why an item, or a list with an empty id, cannot be forgotten: the entry of what is said.
pub fn refused(
    site: &Site,
    list: &str,
    item: &str,
    findings: &[Diagnostic],
) -> Option<&'static str> {
    let lock = site.lock.as_ref();
    let Some(known) = lock.and_then(|lock| lock.lists.get(list)) else {
        return Some("lock_item_unknown");
    };
    if !item.is_empty() && !known.knows(item) {
        return Some("lock_item_unknown");
    }
    let mut pages = site.pages.iter().filter(|page| page.fragment.is_none());
    let page = pages.find(|page| checklist::name(page) == list);
    let items = page.map_or(Vec::new(), |page| checklist::items(site, page));
    let is_asked = items.iter().any(|ticked| {
        let is_it = item.is_empty() || ticked.id == item;
        is_it && known.what.asked.contains_key(ticked.id)
    });
    let mut told = findings.iter();
    let is_told = told.any(|finding| is_about(finding, list, item));
    (is_asked && !is_told).then_some("lock_item_alive")
}

/// What the new lists have that the old had not, and the other way round; items as `list#item`.
#[derive(Default)]
pub struct Difference {
    pub is_changed: bool,
    lists: usize,
    count: usize,
    added: Vec<String>,
    changed: Vec<String>,
    retired: Vec<String>,
    forgotten: Vec<String>,
}

impl Difference {
    pub fn between(site: &Site, new: &BTreeMap<String, ListPromise>) -> Difference {
        let none = BTreeMap::new();
        let old = site.lock.as_ref().map_or(&none, |lock| &lock.lists);
        let mut found = Difference {
            is_changed: old.len() != new.len()
                || old
                    .iter()
                    .any(|(name, list)| new.get(name) != Some(&list.what)),
            ..Difference::default()
        };
        let nothing = ListPromise::default();
        for (name, list) in new {
            let before = old.get(name).map_or(&nothing, |list| &list.what);
            found.lists += usize::from(!list.asked.is_empty());
            found.count += list.asked.len();
            for (id, text) in &list.asked {
                let item = format!("{name}#{id}");
                match before.asked.get(id) {
                    None => found.added.push(item),
                    Some(known) if known != text => found.changed.push(item),
                    Some(_) => {}
                }
            }
            let is_new = |id: &&String| !before.retired.contains_key(*id);
            let retired = list.retired.keys().filter(is_new);
            found
                .retired
                .extend(retired.map(|id| format!("{name}#{id}")));
        }
        for (name, list) in old {
            let after = new.get(name).unwrap_or(&nothing);
            let is_gone =
                |id: &&str| !after.asked.contains_key(*id) && !after.retired.contains_key(*id);
            let gone = list.ids().filter(is_gone);
            found
                .forgotten
                .extend(gone.map(|id| format!("{name}#{id}")));
        }
        found
    }

    pub fn object(&self) -> Value {
        json!({
            "count": self.count,
            "added": self.added,
            "changed": self.changed,
            "retired": self.retired,
            "forgotten": self.forgotten,
        })
    }

    /// Says it in a line, where there are or were any items.
    pub fn tell(&self, console: &Console) {
        if self.count == 0 && !self.is_changed {
            return;
        }
        let numbers = [
            self.count,
            self.lists,
            self.added.len(),
            self.changed.len(),
            self.retired.len(),
            self.forgotten.len(),
        ]
        .map(|number| number.to_string());
        let names = ["count", "lists", "added", "changed", "retired", "forgotten"];
        let mut values = Vec::new();
        for (name, number) in names.into_iter().zip(&numbers) {
            values.push((name, number.as_str()));
        }
        console.tell("lock_items", &values);
    }
}
