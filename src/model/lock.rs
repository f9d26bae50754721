//! What a site promised: the addresses it has been read at, and the items its readers have answered, as
//! `vejviser.lock` remembers them. Read by `lock`.

use super::document::Document;
use super::ids::FileId;
use crate::text::date::Date;
use crate::text::span::{BYTE_ORDER_MARK, TextRange};
use std::collections::BTreeMap;

/// The name of the file at the site's root.
pub const FILE_NAME: &str = "vejviser.lock";

/// The lock as it was read.
#[derive(Clone, Debug)]
pub struct Lock {
    pub file: FileId,
    /// By address, with `/` at its beginning.
    pub addresses: BTreeMap<String, Locked>,
    /// By the name that a page's answers are kept under.
    pub lists: BTreeMap<String, LockedList>,
}

/// The items of a page, and where they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedList {
    pub what: ListPromise,
    /// The list's name.
    pub place: TextRange,
    /// The id of each item.
    pub places: BTreeMap<String, TextRange>,
}

/// What readers were asked: ids and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPromise {
    /// Of a page that is a checklist.
    pub version: Option<i64>,
    pub asked: BTreeMap<String, String>,
    /// What is asked no longer, or under another id.
    pub retired: BTreeMap<String, String>,
}

impl LockedList {
    /// Whether an id was ever used.
    pub fn knows(&self, id: &str) -> bool {
        self.what.asked.contains_key(id) || self.what.retired.contains_key(id)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = self.what.asked.keys().chain(self.what.retired.keys());
        ids.map(String::as_str)
    }

    pub fn place_of(&self, id: &str) -> TextRange {
        self.places.get(id).unwrap_or(&self.place).clone()
    }
}

/// One address, and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    pub what: LockedAs,
    pub place: TextRange,
}

/// What was to be read at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockedAs {
    Page {
        name: Name,
        reviewed: Option<Date>,
        /// [`text_hash`] of the page.
        text: String,
    },
    /// An old address that led to a page.
    Alias(Name),
}

/// What a page is known by: its id, else its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Id(String),
    Path(String),
}

impl LockedAs {
    pub fn name(&self) -> &Name {
        match self {
            LockedAs::Page { name, .. } | LockedAs::Alias(name) => name,
        }
    }
}

/// A short hash of all that a page says, however its lines are broken. The days it was read or mended are no part of
/// it, so that a page whose day alone was moved is known by it.
pub fn text_hash(document: &Document) -> String {
    const DAYS: [&str; 3] = ["reviewed:", "review_by:", "updated:"];
    let (front_matter, body) = document.text.split_at(document.body_start as usize);
    let is_said = |line: &&str| !DAYS.iter().any(|key| line.starts_with(key));
    let lines = front_matter.trim_start_matches(BYTE_ORDER_MARK).lines();
    let words = lines
        .filter(is_said)
        .chain([body])
        .flat_map(str::split_whitespace);
    let mut hasher = blake3::Hasher::new();
    for word in words {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    hasher.finalize().to_hex()[..16].to_string()
}
