//! Reads a mapping key by key, so that every bad key has a finding of its own, at its own place.
//!
//! In: a mapping. Out: typed values; what is missing, of the wrong type, unknown or misspelt is a finding, and the
//! reading goes on. A lenient reader (for other people's content) keeps unknown keys quietly and turns errors of
//! type into warnings.

mod texts;

use super::shape::{Holds, Shape};
use super::{Data, Entry, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::text::date::{self, Date};
use crate::text::slug::is_id;
use crate::text::span::{Spanned, TextRange};
use std::borrow::Cow;

/// The longest single text of a value, in characters.
const MAX_TEXT: usize = 5_000;

/// One mapping being read. Call the readers for the keys that are known, then [`KeyReader::finish`].
pub struct KeyReader<'n, 'd> {
    entries: &'n [Entry],
    used: Vec<bool>,
    known: Vec<Cow<'static, str>>,
    place: TextRange,
    is_lenient: bool,
    diags: &'d mut Diagnostics<TextRange>,
    /// What has been asked, while a shape is being recorded.
    asked: Option<Shape>,
}

impl<'n, 'd> KeyReader<'n, 'd> {
    /// Begins to read a node; one that is no mapping is a finding and reads as empty.
    pub fn new(node: &'n Node, is_lenient: bool, diags: &'d mut Diagnostics<TextRange>) -> Self {
        let entries: &[Entry] = match &node.data {
            Data::Map(entries) => entries,
            Data::Null => &[],
            _ => {
                diags
                    .add(Code::WrongType, node.range.clone())
                    .arg("key", "")
                    .arg("expected", "map")
                    .arg("found", node.kind());
                &[]
            }
        };
        KeyReader {
            entries,
            used: vec![false; entries.len()],
            known: Vec::new(),
            place: node.range.start..node.range.start,
            is_lenient,
            diags,
            asked: None,
        }
    }

    /// What `read` asks of a mapping, found by letting it read an empty one.
    pub fn shape_of<R>(read: impl FnOnce(&mut KeyReader) -> R) -> Shape {
        let nothing = Node {
            data: Data::Null,
            range: 0..0,
        };
        let mut diags = Diagnostics::new();
        let mut keys = KeyReader::new(&nothing, true, &mut diags);
        keys.asked = Some(Shape::default());
        read(&mut keys);
        keys.asked.unwrap_or_default()
    }

    /// Notes what a key is asked for, while a shape is being recorded.
    fn note(&mut self, key: &str, holds: impl FnOnce() -> Holds) {
        if let Some(shape) = &mut self.asked {
            shape.ask(key, holds());
        }
    }

    fn is_recording(&self) -> bool {
        self.asked.is_some()
    }

    /// Adds a finding of the caller's at a place of this mapping.
    pub fn report(&mut self, code: Code, range: TextRange) -> &mut Diagnostic<TextRange> {
        let severity = if self.is_lenient {
            Severity::Warning
        } else {
            code.severity()
        };
        self.diags.add_as(code, severity, range)
    }

    /// The raw value of a key; an empty one (`key:`) counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.look_up(Cow::Borrowed(key))
    }

    fn look_up(&mut self, key: Cow<'static, str>) -> Option<&'n Node> {
        self.note(&key, || Holds::Anything);
        let at = self.entries.iter().position(|entry| entry.key == key);
        self.known.push(key);
        let at = at?;
        self.used[at] = true;
        Some(&self.entries[at].value).filter(|node| node.data != Data::Null)
    }

    /// The place of a key; the beginning of the mapping where it is not there.
    pub fn place_of(&self, key: &str) -> TextRange {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        entry.map_or_else(|| self.place.clone(), |entry| entry.key_range.clone())
    }

    /// The place of a key that is there with nothing after it.
    pub fn place_of_empty(&self, key: &str) -> Option<TextRange> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.value.data == Data::Null).then(|| entry.key_range.clone())
    }

    /// Like [`KeyReader::node`], but its absence is a finding.
    pub fn required_node(&mut self, key: &'static str) -> Option<&'n Node> {
        let node = self.node(key);
        if let Some(shape) = &mut self.asked {
            shape.require(key);
        }
        if node.is_none() {
            let place = self.place.clone();
            self.report(Code::MissingKey, place).arg("key", key);
        }
        node
    }

    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.note(key, || Holds::Text);
        let node = self.node(key)?;
        self.text_of(key, node)
    }

    pub fn required_text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.note(key, || Holds::Text);
        let node = self.required_node(key)?;
        self.text_of(key, node)
    }

    /// A text that the caller will only take in a form, here a regular expression for editors' tools.
    pub fn text_like(&mut self, key: &'static str, form: &'static str) -> Option<Spanned<String>> {
        let text = self.text(key);
        self.note(key, || Holds::Form(form));
        text
    }

    /// A text without its place.
    pub fn words(&mut self, key: &'static str) -> Option<String> {
        self.text(key).map(|text| text.value)
    }

    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        self.note(key, || Holds::Boolean);
        let node = self.node(key)?;
        match node.data {
            Data::Bool(value) => Some(value),
            _ => {
                self.wrong_type(key, node, "true-or-false");
                None
            }
        }
    }

    /// A whole number within limits (both included).
    pub fn integer(
        &mut self,
        key: &'static str,
        limits: std::ops::RangeInclusive<i64>,
    ) -> Option<Spanned<i64>> {
        self.note(key, || Holds::Integer(limits.clone()));
        let node = self.node(key)?;
        let number = match &node.data {
            Data::Number { written, .. } => written.parse::<i64>().ok(),
            _ => None,
        };
        match number {
            Some(n) if limits.contains(&n) => Some(Spanned::new(n, node.range.clone())),
            Some(_) => {
                self.report(Code::BadValue, node.range.clone())
                    .arg("key", key)
                    .arg("known", format!("{}–{}", limits.start(), limits.end()));
                None
            }
            None => {
                self.wrong_type(key, node, "whole-number");
                None
            }
        }
    }

    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        self.note(key, || Holds::Date);
        let node = self.node(key)?;
        let found = match &node.data {
            Data::Text(text) => date::parse(text),
            _ => None,
        };
        if found.is_none() {
            let written = node.as_text().unwrap_or_default().into_owned();
            self.report(Code::BadDate, node.range.clone())
                .arg("key", key)
                .arg("value", written);
        }
        found.map(|date| Spanned::new(date, node.range.clone()))
    }

    /// An author's id: small letters, digits and hyphens.
    pub fn id(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let text = self.text(key);
        self.note(key, || Holds::Id);
        let text = text?;
        if is_id(&text.value) {
            return Some(text);
        }
        let proposed = crate::text::slug::slug(&text.value);
        self.report(Code::BadId, text.range)
            .arg("value", text.value)
            .propose(proposed);
        None
    }

    /// One of a closed set of words.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(key);
        self.note(key, || {
            Holds::Choice(choices.iter().map(|(name, _)| name.to_string()).collect())
        });
        let text = text?;
        let found = choices
            .iter()
            .find(|(name, _)| *name == text.value)
            .map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.report(Code::BadValue, text.range)
                .arg("key", key)
                .arg("known", names.join(", "))
                .nearest(&text.value, names);
        }
        found
    }

    /// A nested mapping, read by `read`.
    pub fn map<R>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut KeyReader) -> R,
    ) -> Option<R> {
        if self.is_recording() {
            let shape = KeyReader::shape_of(read);
            self.note(key, || Holds::Map(shape));
            return None;
        }
        let node = self.node(key)?;
        if !matches!(node.data, Data::Map(_)) {
            self.wrong_type(key, node, "map");
            return None;
        }
        Some(self.nested(node, read))
    }

    /// A list of mappings, each read by `read`, which also gets the item's place.
    pub fn maps<R>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut KeyReader, TextRange) -> R,
    ) -> Vec<R> {
        if self.is_recording() {
            let shape = KeyReader::shape_of(|keys| read(keys, 0..0));
            self.note(key, || Holds::Maps(shape));
            return Vec::new();
        }
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Data::List(items) = &node.data else {
            self.wrong_type(key, node, "list-of-maps");
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            if !matches!(item.data, Data::Map(_)) {
                self.wrong_type(key, item, "map");
                continue;
            }
            out.push(self.nested(item, |keys| read(keys, item.range.clone())));
        }
        out
    }

    /// A list of texts and mappings, each read by its reader. `None` without the key.
    pub fn texts_or_maps<R>(
        &mut self,
        key: &'static str,
        of_text: impl Fn(Spanned<String>) -> R,
        mut of_map: impl FnMut(&mut KeyReader) -> Option<R>,
    ) -> Option<Vec<R>> {
        if self.is_recording() {
            let shape = KeyReader::shape_of(of_map);
            self.note(key, || Holds::TextsOrMaps(shape));
            return None;
        }
        let node = self.node(key)?;
        let Data::List(items) = &node.data else {
            self.wrong_type(key, node, "list");
            return None;
        };
        let mut out = Vec::new();
        for item in items {
            if matches!(item.data, Data::Map(_)) {
                out.extend(self.nested(item, &mut of_map));
            } else if let Some(text) = self.text_of(key, item) {
                out.push(of_text(text));
            }
        }
        Some(out)
    }

    /// Mappings under names of the author's, each read by `read`, which also gets its name.
    pub fn maps_by_name<R>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut KeyReader, Spanned<String>) -> Option<R>,
    ) -> Vec<R> {
        if self.is_recording() {
            let shape = KeyReader::shape_of(|keys| read(keys, Spanned::new(String::new(), 0..0)));
            self.note(key, || Holds::NamedMaps(shape));
            return Vec::new();
        }
        let mut out = Vec::new();
        for (name, node) in self.free_map(key) {
            if matches!(node.data, Data::Map(_)) {
                out.extend(self.nested(node, |keys| read(keys, name)));
            } else {
                self.wrong_type(key, node, "map");
            }
        }
        out
    }

    /// A mapping with free keys: each key with its place and value.
    pub fn free_map(&mut self, key: &'static str) -> Vec<(Spanned<String>, &'n Node)> {
        self.note(key, || Holds::FreeMap);
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Data::Map(entries) = &node.data else {
            self.wrong_type(key, node, "map");
            return Vec::new();
        };
        entries
            .iter()
            .map(|e| (Spanned::new(e.key.clone(), e.key_range.clone()), &e.value))
            .collect()
    }

    /// Reads a node that is a mapping with a reader of its own.
    pub fn nested<R>(&mut self, node: &Node, read: impl FnOnce(&mut KeyReader) -> R) -> R {
        let mut keys = KeyReader::new(node, self.is_lenient, self.diags);
        let result = read(&mut keys);
        keys.finish();
        result
    }

    /// Text of a node that must be a text; a number or true/false is taken as written.
    pub fn text_of(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        let Some(text) = node.as_text() else {
            self.wrong_type(key, node, "text");
            return None;
        };
        if text.chars().count() > MAX_TEXT {
            self.report(Code::TooLong, node.range.clone())
                .arg("key", key)
                .arg("limit", MAX_TEXT.to_string());
            return None;
        }
        Some(Spanned::new(text.trim().to_string(), node.range.clone()))
    }

    /// Every key left over is unknown: a finding with the nearest known name, or kept quietly when lenient.
    /// Returns the entries left over.
    pub fn finish(mut self) -> Vec<Entry> {
        let mut left = Vec::new();
        for (entry, used) in self.entries.iter().zip(std::mem::take(&mut self.used)) {
            if used {
                continue;
            }
            if !self.is_lenient {
                let known = std::mem::take(&mut self.known);
                self.diags
                    .add(Code::UnknownKey, entry.key_range.clone())
                    .arg("key", entry.key.clone())
                    .nearest(&entry.key, known.iter().map(AsRef::as_ref));
                self.known = known;
            }
            left.push(entry.clone());
        }
        left
    }

    pub fn wrong_type(&mut self, key: &str, node: &Node, expected: &'static str) {
        self.report(Code::WrongType, node.range.clone())
            .arg("key", key)
            .arg("expected", expected)
            .arg("found", node.kind());
    }
}
