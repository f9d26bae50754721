//! `vejviser.lock`: what must not change unseen. From its text to values and back.
//!
//! In: the file's text, or a site. Out: the addresses and items it remembers with their places, or the text to remember
//! a site by: YAML, an address or item to a line, sorted, so that a change of one page is a change of one line. Reads
//! and writes no file; what is missing now is for `audit`. Items are in `items`.
//!
//! ```yaml
//! version: 1
//! pages:
//!   /gammelt/sted/: {to: "rejsehold"}
//!   /metoder/rejsehold/: {id: "rejsehold", reviewed: 2026-11-21, text: "9f86d081884c7d65"}
//! ```

pub mod items;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::lock::{ListPromise, Locked, LockedAs, LockedList, Name, text_hash};
use crate::model::site::{Page, Site};
use crate::text::span::{Spanned, TextRange};
use crate::yaml::{self, Data, KeyReader};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The version that is written, and the newest that can be read.
const VERSION: i64 = 1;

/// The first line of the file.
const HEAD: &str = "# Skrevet af `vejviser lock`; ret den ikke i hånden. / Written by `vejviser lock`; not to be edited.\n";

/// The addresses and the lists of items that a lock remembers.
pub type Remembered = (BTreeMap<String, Locked>, BTreeMap<String, LockedList>);

/// Reads a lock. `None`, with a finding, when it cannot be trusted.
pub fn read(text: &str, diags: &mut Diagnostics<TextRange>) -> Option<Remembered> {
    let node = yaml::parse_file(text, diags)?;
    let mut keys = KeyReader::new(&node, false, diags);
    keys.required_node("version");
    let version = keys.integer("version", 1..=i64::MAX)?;
    if version.value > VERSION {
        keys.report(Code::LockVersion, version.range)
            .arg("version", version.value.to_string())
            .arg("known", VERSION.to_string());
        return None;
    }
    let mut addresses = BTreeMap::new();
    for (address, node) in keys.free_map("pages") {
        if !address.value.starts_with('/') {
            keys.report(Code::BadValue, address.range)
                .arg("key", "pages")
                .arg("known", "/metoder/rejsehold/");
            continue;
        }
        if !matches!(node.data, Data::Map(_)) {
            keys.wrong_type("pages", node, "map");
            continue;
        }
        if let Some(what) = keys.nested(node, entry) {
            let place = address.range;
            addresses.insert(address.value, Locked { what, place });
        }
    }
    let lists = items::read(&mut keys);
    keys.finish();
    Some((addresses, lists))
}

fn entry(keys: &mut KeyReader) -> Option<LockedAs> {
    if let Some(to) = keys.text("to") {
        return Some(LockedAs::Alias(Name::Id(to.value)));
    }
    if let Some(path) = keys.text("to_path") {
        return Some(LockedAs::Alias(Name::Path(path.value)));
    }
    let name = match keys.text("id") {
        Some(id) => Name::Id(id.value),
        None => Name::Path(keys.required_text("path")?.value),
    };
    let reviewed = keys.date("reviewed");
    let Spanned { value: text, .. } = keys.required_text("text")?;
    Some(LockedAs::Page {
        name,
        reviewed: reviewed.map(|day| day.value),
        text,
    })
}

/// What a site is to be remembered by: the pages that have an address and a file, and their old addresses.
pub fn of(site: &Site) -> BTreeMap<String, LockedAs> {
    let mut addresses = BTreeMap::new();
    for redirect in &site.redirects {
        let name = name_of(site.page(redirect.to));
        addresses.insert(redirect.address(), LockedAs::Alias(name));
    }
    for page in site.pages.iter().filter(|page| page.fragment.is_none()) {
        let Some(document) = page.document.map(|id| site.document(id)) else {
            continue;
        };
        let front_matter = document.front_matter.as_ref();
        let reviewed = front_matter.and_then(|fm| fm.reviewed.as_ref());
        let locked = LockedAs::Page {
            name: name_of(page),
            reviewed: reviewed.map(|day| day.value),
            text: text_hash(document),
        };
        addresses.insert(format!("/{}", page.address), locked);
    }
    addresses
}

fn name_of(page: &Page) -> Name {
    match &page.content_id {
        Some(id) => Name::Id(id.to_string()),
        None => Name::Path(page.path.to_string()),
    }
}

/// The file's text.
pub fn text(
    addresses: &BTreeMap<String, LockedAs>,
    lists: &BTreeMap<String, ListPromise>,
) -> String {
    let mut out = format!("{HEAD}version: {VERSION}\npages:");
    if addresses.is_empty() {
        out.push_str(" {}");
    }
    out.push('\n');
    for (address, locked) in addresses {
        _ = match locked {
            LockedAs::Alias(Name::Id(id)) => writeln!(out, "  {address}: {{to: {}}}", quoted(id)),
            LockedAs::Alias(Name::Path(path)) => {
                writeln!(out, "  {address}: {{to_path: {}}}", quoted(path))
            }
            LockedAs::Page {
                name,
                reviewed,
                text,
            } => {
                let name = match name {
                    Name::Id(id) => format!("id: {}", quoted(id)),
                    Name::Path(path) => format!("path: {}", quoted(path)),
                };
                let reviewed = reviewed.map_or(String::new(), |day| format!(", reviewed: {day}"));
                writeln!(out, "  {address}: {{{name}{reviewed}, text: \"{text}\"}}")
            }
        };
    }
    items::write(lists, &mut out);
    out
}

/// A name as YAML reads it whatever it holds: as JSON, which is a part of YAML. Without quotes `null` were no name.
fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> BTreeMap<String, LockedAs> {
        let page = |name, reviewed: Option<&str>, text: &str| LockedAs::Page {
            name,
            reviewed: reviewed.and_then(crate::text::date::parse),
            text: text.to_string(),
        };
        let path = |path: &str| Name::Path(path.to_string());
        let id = |id: &str| Name::Id(id.to_string());
        BTreeMap::from([
            ("/".into(), page(path(""), None, "0123456789012345")),
            (
                "/a-b/".into(),
                page(id("true"), Some("2026-11-21"), "1e10000000000000"),
            ),
            (
                "/c/".into(),
                page(path("æ: #\"x\\ y"), None, "0x00000000000000"),
            ),
            ("/gammel.html".into(), LockedAs::Alias(id("null"))),
            ("/gammelt/".into(), LockedAs::Alias(path("a b"))),
        ])
    }

    #[test]
    fn what_is_written_is_read() {
        let mut diags = Diagnostics::new();
        let text = text(&addresses(), &BTreeMap::new());
        let (lock, _) = read(&text, &mut diags).expect("it can be read");
        assert_eq!(diags.list(), [], "{text}");
        let found: BTreeMap<String, LockedAs> = lock
            .iter()
            .map(|(address, locked)| {
                let place = &locked.place;
                let shown = &text[place.start as usize..place.end as usize];
                assert_eq!(shown, address);
                (address.clone(), locked.what.clone())
            })
            .collect();
        assert_eq!(found, addresses());
        assert_eq!(text.lines().count(), 3 + found.len());
    }

    #[test]
    fn lists_that_are_written_are_read() {
        let texts = |ids: &[&str]| -> BTreeMap<String, String> {
            let text = |id: &&str| {
                (
                    id.to_string(),
                    format!("\"{id}\": # {{#x}}\u{a0}\u{202e} æ"),
                )
            };
            ids.iter().map(text).collect()
        };
        let lists: BTreeMap<String, ListPromise> = ["null", "1", "a-list", "a: b/æ", "'\"\\"]
            .map(|name| {
                let list = ListPromise {
                    version: (name.len() > 2).then_some(7),
                    asked: texts(&["true", "on", "1e3", "barnets-ord", "2026-01-01"]),
                    retired: texts(if name == "1" { &[] } else { &["no", "~"] }),
                };
                (name.to_string(), list)
            })
            .into();
        let mut diags = Diagnostics::new();
        let text = text(&addresses(), &lists);
        let (_, found) = read(&text, &mut diags).expect("it can be read");
        assert_eq!(diags.list(), [], "{text}");
        let found: BTreeMap<String, ListPromise> = found
            .into_iter()
            .map(|(name, list)| (name, list.what))
            .collect();
        assert_eq!(found, lists, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut diags = Diagnostics::new();
        read(text, &mut diags);
        let found: Vec<_> = diags
            .list()
            .iter()
            .map(|d| {
                let place = &d.primary.span;
                (
                    d.code.name(),
                    &text[place.start as usize..place.end as usize],
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_cannot_be_trusted_has_its_place() {
        check("", &[("missing-key", "")]);
        check("version: 2\nnew: {}\n", &[("lock-version", "2")]);
        check("version: 0\n", &[("bad-value", "0")]);
        check("<<<<<<< HEAD\nversion: 1\n", &[("yaml-syntax", ":")]);
        check(
            "version: 1\npages:\n  a/: {id: a}\n  /b/: [b]\n  /c/: {id: c}\n  /d/: {ud: d}\n",
            &[
                ("bad-value", "a/"),
                ("wrong-type", "[b]"),
                ("missing-key", ""),
                ("missing-key", ""),
                ("unknown-key", "ud"),
            ],
        );
    }

    #[test]
    fn an_empty_site_has_an_empty_lock() {
        let mut diags = Diagnostics::new();
        let text = text(&BTreeMap::new(), &BTreeMap::new());
        let (addresses, lists) = read(&text, &mut diags).expect("it can be read");
        assert!(addresses.is_empty() && lists.is_empty() && diags.is_empty());
    }
}
