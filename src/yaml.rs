//! YAML as values with places. The only file that names serde_yaml and saphyr-parser.
//!
//! In: text. Out: a tree in which every key and value knows its byte range, plus findings for what is not our small
//! language of front matter: no anchors, tags, merge keys or further documents, at most 32 levels.
//! Places, duplicates and limits come from an event parser that runs first and cannot overflow the stack;
//! serde_yaml then says what each scalar is. Which keys are known is the reader's matter (`yaml/keys.rs`).

mod keys;

pub use keys::KeyReader;

use crate::diagnostic::{Code, Diagnostics};
use crate::text::escape::has_control;
use crate::text::span::TextRange;
use saphyr_parser::{Event, Marker, Parser};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many collections may stand inside each other.
pub const MAX_DEPTH: usize = 32;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub data: Data,
    pub range: TextRange,
}

/// What a value is. Numbers keep how they were written, since `5.0` and `5` differ to a reader.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    Null,
    Bool(bool),
    Number { value: f64, written: String },
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a mapping with its value, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_range: TextRange,
    pub value: Node,
}

impl Node {
    /// What this is, as a word of the catalogue.
    pub fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "true-or-false",
            Data::Number { .. } => "number",
            Data::Text(_) => "text",
            Data::List(_) => "list",
            Data::Map(_) => "map",
        }
    }

    /// Text as a reader sees it: texts, numbers and true or false as they were written.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        match &self.data {
            Data::Text(text) => Some(Cow::Borrowed(text)),
            Data::Number { written, .. } => Some(Cow::Borrowed(written)),
            Data::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            _ => None,
        }
    }
}

/// Reads one YAML document that begins at byte `base` of its file. `None` when it cannot be read at all; what is
/// wrong is then among the findings. An empty text is an empty map.
pub fn parse(text: &str, base: u32, diags: &mut Diagnostics<TextRange>) -> Option<Node> {
    let tree = Builder::new(text, base, diags).run()?;
    let mut tree = tree.unwrap_or(Node {
        data: Data::Map(Vec::new()),
        range: base..base,
    });
    match serde_yaml::from_str::<serde_yaml::Value>(text) {
        Ok(values) => {
            give_types(&mut tree, &values);
            Some(tree)
        }
        // Duplicates are found and reported by the builder; the first of them is kept.
        Err(_) if diags.list().iter().any(|d| d.code == Code::DuplicateKey) => {
            guess_types(&mut tree);
            Some(tree)
        }
        Err(error) => {
            let at = error.location().map_or(0, |l| l.index().min(text.len())) as u32;
            diags
                .add(Code::YamlSyntax, base + at..base + at)
                .arg("reason", "yaml-other");
            None
        }
    }
}

/// Reads a catalogue of texts: groups of entries, each one text. For files that are part of the program.
///
/// # Errors
/// When the text is not YAML of that shape; the message names the place.
pub fn catalogue(text: &str) -> Result<BTreeMap<String, BTreeMap<String, String>>, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

/// Puts serde_yaml's types on the scalars of the tree; both walk the same document.
fn give_types(node: &mut Node, value: &serde_yaml::Value) {
    use serde_yaml::Value;
    match (&mut node.data, value) {
        (Data::List(items), Value::Sequence(values)) => {
            for (item, value) in items.iter_mut().zip(values) {
                give_types(item, value);
            }
        }
        (Data::Map(entries), Value::Mapping(values)) => {
            for (entry, (_, value)) in entries.iter_mut().zip(values) {
                give_types(&mut entry.value, value);
            }
        }
        (data @ Data::Text(_), Value::Null) => *data = Data::Null,
        (data @ Data::Text(_), Value::Bool(flag)) => *data = Data::Bool(*flag),
        (data @ Data::Text(_), Value::Number(number)) => {
            if let Data::Text(written) = std::mem::replace(data, Data::Null) {
                *data = Data::Number {
                    value: number.as_f64().unwrap_or(f64::NAN),
                    written,
                };
            }
        }
        _ => {}
    }
}

/// The types of scalars one by one, for a document with duplicate keys, which serde_yaml refuses as a whole.
fn guess_types(node: &mut Node) {
    match &mut node.data {
        Data::List(items) => items.iter_mut().for_each(guess_types),
        Data::Map(entries) => entries
            .iter_mut()
            .for_each(|entry| guess_types(&mut entry.value)),
        Data::Text(text) if text.len() < 40 && !text.contains(['\n', '#', ':', '"', '\'']) => {
            let value =
                serde_yaml::from_str(text).unwrap_or(serde_yaml::Value::String(String::new()));
            if !value.is_sequence() && !value.is_mapping() {
                give_types(node, &value);
            }
        }
        _ => {}
    }
}

/// Builds the tree from events, on a stack of its own.
struct Builder<'t, 'd> {
    text: &'t str,
    base: u32,
    diags: &'d mut Diagnostics<TextRange>,
    stack: Vec<Open>,
    root: Option<Node>,
    cursor: (usize, usize),
    is_ascii: bool,
}

/// A collection whose end has not come yet.
struct Open {
    start: u32,
    end: u32,
    data: OpenData,
}

enum OpenData {
    List(Vec<Node>),
    Map {
        entries: Vec<Entry>,
        key: Option<(String, TextRange)>,
    },
}

impl<'t, 'd> Builder<'t, 'd> {
    fn new(text: &'t str, base: u32, diags: &'d mut Diagnostics<TextRange>) -> Self {
        Builder {
            text,
            base,
            diags,
            stack: Vec::new(),
            root: None,
            cursor: (0, 0),
            is_ascii: text.is_ascii(),
        }
    }

    /// The outer option is `None` when the text cannot be read; the inner when it is empty.
    fn run(mut self) -> Option<Option<Node>> {
        let mut documents = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, span) = match event {
                Ok(pair) => pair,
                Err(error) => {
                    let at = self.byte(*error.marker());
                    let end = self.end_of_character(at);
                    if error.info().contains("recursion limit") {
                        self.diags
                            .add(Code::YamlTooDeep, at..end)
                            .arg("limit", MAX_DEPTH.to_string());
                        return None;
                    }
                    self.diags
                        .add(Code::YamlSyntax, at..end)
                        .arg("reason", reason(error.info()));
                    return None;
                }
            };
            let range = self.byte(span.start)..self.byte(span.end);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.forbid("documents", range);
                        return None;
                    }
                }
                Event::Alias(_) => {
                    self.forbid("alias", range);
                    return None;
                }
                Event::Scalar(text, style, anchor, tag) => {
                    if !self.check_plain(anchor, tag.is_some(), range.clone()) {
                        return None;
                    }
                    if has_control(&text) {
                        self.diags.add(Code::ControlCharacter, range.clone());
                        return None;
                    }
                    let is_plain = style == saphyr_parser::ScalarStyle::Plain;
                    if is_plain && text == "<<" && self.expects_key() {
                        self.forbid("merge", range);
                        return None;
                    }
                    self.scalar(text.into_owned(), range);
                }
                Event::SequenceStart(anchor, tag) => {
                    if !self.open(anchor, tag.is_some(), range, OpenData::List(Vec::new())) {
                        return None;
                    }
                }
                Event::MappingStart(anchor, tag) => {
                    let data = OpenData::Map {
                        entries: Vec::new(),
                        key: None,
                    };
                    if !self.open(anchor, tag.is_some(), range, data) {
                        return None;
                    }
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(range),
                _ => {}
            }
        }
        Some(self.root)
    }

    fn open(&mut self, anchor: usize, has_tag: bool, range: TextRange, data: OpenData) -> bool {
        if !self.check_plain(anchor, has_tag, range.clone()) {
            return false;
        }
        if self.expects_key() {
            self.forbid("key", range);
            return false;
        }
        if self.stack.len() == MAX_DEPTH {
            self.diags
                .add(Code::YamlTooDeep, range)
                .arg("limit", MAX_DEPTH.to_string());
            return false;
        }
        self.stack.push(Open {
            start: range.start,
            end: range.end,
            data,
        });
        true
    }

    fn close(&mut self, range: TextRange) {
        let Some(open) = self.stack.pop() else { return };
        let data = match open.data {
            OpenData::List(items) => Data::List(items),
            OpenData::Map { entries, .. } => Data::Map(entries),
        };
        // A block collection ends where its last value ends, not where the next line begins.
        let is_flow = range.end > range.start;
        let end = if is_flow {
            range.end
        } else {
            open.end.max(open.start)
        };
        self.value(Node {
            data,
            range: open.start..end,
        });
    }

    fn scalar(&mut self, text: String, range: TextRange) {
        if let Some(Open {
            data:
                OpenData::Map {
                    entries,
                    key: key @ None,
                },
            ..
        }) = self.stack.last_mut()
        {
            if let Some(first) = entries.iter().find(|entry| entry.key == text) {
                let first = first.key_range.clone();
                self.diags
                    .add(Code::DuplicateKey, range.clone())
                    .arg("key", text.clone())
                    .related(first);
            }
            *key = Some((text, range));
            return;
        }
        let trimmed = self.trim(range);
        self.value(Node {
            data: Data::Text(text),
            range: trimmed,
        });
    }

    fn value(&mut self, node: Node) {
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.end = open.end.max(node.range.end);
        match &mut open.data {
            OpenData::List(items) => items.push(node),
            OpenData::Map { entries, key } => {
                if let Some((key, key_range)) = key.take() {
                    // The first of two keys is kept, as the finding says.
                    if !entries.iter().any(|entry| entry.key == key) {
                        entries.push(Entry {
                            key,
                            key_range,
                            value: node,
                        });
                    }
                }
            }
        }
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Open {
                data: OpenData::Map { key: None, .. },
                ..
            })
        )
    }

    fn check_plain(&mut self, anchor: usize, has_tag: bool, range: TextRange) -> bool {
        if anchor != 0 {
            self.forbid("anchor", range);
            return false;
        }
        if has_tag {
            self.forbid("tag", range);
            return false;
        }
        true
    }

    fn forbid(&mut self, what: &'static str, range: TextRange) {
        self.diags.add(Code::YamlForbidden, range).arg("what", what);
    }

    /// A block scalar's span runs to the start of the next line; findings should end with its text.
    fn trim(&self, range: TextRange) -> TextRange {
        let from = (range.start - self.base) as usize;
        let to = (range.end - self.base) as usize;
        let kept = self.text[from..to].trim_end().len();
        range.start..range.start + kept as u32
    }

    /// The byte of a marker, which counts characters. Markers come nearly in order, so the cursor walks on.
    fn byte(&mut self, marker: Marker) -> u32 {
        let wanted = marker.index();
        if self.is_ascii {
            return self.base + wanted.min(self.text.len()) as u32;
        }
        let (mut chars, mut bytes) = self.cursor;
        if wanted < chars {
            (chars, bytes) = (0, 0);
        }
        for c in self.text[bytes..].chars() {
            if chars == wanted {
                break;
            }
            chars += 1;
            bytes += c.len_utf8();
        }
        self.cursor = (chars, bytes);
        self.base + bytes as u32
    }

    fn end_of_character(&self, at: u32) -> u32 {
        let offset = (at - self.base) as usize;
        at + self.text[offset..]
            .chars()
            .next()
            .filter(|c| *c != '\n')
            .map_or(0, |c| c.len_utf8() as u32)
    }
}

/// A word of the catalogue for what the event parser says; its own text is never shown.
fn reason(info: &str) -> &'static str {
    let info = info.to_ascii_lowercase();
    let has = |part: &str| info.contains(part);
    if has("tab") {
        "yaml-tab"
    } else if has("mapping values are not allowed") || has("mapping value") {
        "yaml-colon"
    } else if has("quoted scalar") || has("unexpected end of stream") && has("scalar") {
        "yaml-quote"
    } else if has("flow") || has("',' or") || has("bracket") {
        "yaml-bracket"
    } else if has("simple key") || has("expected ':'") || has("block mapping") || has("indent") {
        "yaml-indent"
    } else if has("cannot start any token") || has("character") {
        "yaml-character"
    } else {
        "yaml-other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Vec<(&'static str, TextRange)>) {
        let mut diags = Diagnostics::new();
        let node = parse(text, 0, &mut diags);
        (
            node,
            diags
                .into_list()
                .into_iter()
                .map(|d| (d.code.name(), d.primary.span))
                .collect(),
        )
    }

    #[track_caller]
    fn check_finding(text: &str, code: &str, marked: &str) {
        let (_, findings) = read(text);
        let (found, range) = findings.first().cloned().expect("a finding");
        assert_eq!(
            (found, &text[range.start as usize..range.end as usize]),
            (code, marked)
        );
    }

    #[test]
    fn values_know_their_type_and_place() {
        let text = "title: Ærø\ncount: 5.0\nok: true\nlist: [a, 'b']\nnested:\n  - id: x\n";
        let (node, findings) = read(text);
        assert!(findings.is_empty(), "{findings:?}");
        let Some(Node {
            data: Data::Map(entries),
            ..
        }) = node
        else {
            panic!("a map")
        };
        let shown: Vec<_> = entries
            .iter()
            .map(|e| {
                (
                    e.key.as_str(),
                    e.value.kind(),
                    &text[e.value.range.start as usize..e.value.range.end as usize],
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("title", "text", "Ærø"),
                ("count", "number", "5.0"),
                ("ok", "true-or-false", "true"),
                ("list", "list", "[a, 'b']"),
                ("nested", "list", "- id: x"),
            ]
        );
    }

    #[test]
    fn duplicates_are_found_with_both_places() {
        check_finding("a: 1\nb: 2\na: 3\n", "duplicate-key", "a");
    }

    #[test]
    fn the_language_is_small() {
        check_finding("a: &x 1\n", "yaml-forbidden", "&x 1");
        check_finding("a: !!str 1\n", "yaml-forbidden", "!!str 1");
        check_finding("<<: {a: 1}\n", "yaml-forbidden", "<<");
    }

    #[test]
    fn deep_nesting_is_refused_before_it_costs() {
        let (node, findings) = read(&format!("a: {}", "[".repeat(5000)));
        assert!(node.is_none());
        assert_eq!(findings[0].0, "yaml-too-deep");
    }

    #[test]
    fn syntax_errors_have_a_place() {
        check_finding("title: a: b\n", "yaml-syntax", ":");
        let (_, findings) = read("title: \"open\n");
        assert_eq!(findings[0].0, "yaml-syntax");
    }

    #[test]
    fn nothing_is_an_empty_map() {
        assert_eq!(read("").0.map(|n| n.data), Some(Data::Map(Vec::new())));
        assert_eq!(
            read("# only a comment\n").0.map(|n| n.data),
            Some(Data::Map(Vec::new()))
        );
    }
}
