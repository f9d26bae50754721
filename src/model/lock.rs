//! What a site promised: the addresses it has been read at, as `vejviser.lock` remembers them. Read by `lock`.

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
