//! Events of the YAML parser as a tree in which everything knows its place.
//!
//! In: text. Out: the tree, and findings for what our small language does not have. Works on a stack of its own, so
//! no nesting can overflow the program's.

use super::{Data, Entry, MAX_DEPTH, Node};
use crate::diagnostic::{Code, Diagnostics};
use crate::text::escape::has_control;
use crate::text::span::TextRange;
use saphyr_parser::{Event, Marker, Parser};

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

/// The tree of a document that begins at byte `base` of its file. The outer option is `None` when the text cannot be
/// read; the inner when it is empty.
pub fn tree(text: &str, base: u32, diags: &mut Diagnostics<TextRange>) -> Option<Option<Node>> {
    Builder::new(text, base, diags).run()
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
                    self.scalar(text.into_owned(), is_plain, range);
                }
                Event::SequenceStart(anchor, tag) => {
                    let data = OpenData::List(Vec::new());
                    if !self.open(anchor, tag.is_some(), range, data) {
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

    fn scalar(&mut self, text: String, is_plain: bool, range: TextRange) {
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
            data: if is_plain {
                super::plain(text)
            } else {
                Data::Text(text)
            },
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
