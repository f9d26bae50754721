//! YAML as values with places. The only file that names serde_yaml; `yaml/builder.rs` alone names saphyr-parser.
//!
//! In: text. Out: a tree in which every key and value knows its byte range, plus findings for what is not our small
//! language of front matter: no anchors, tags, merge keys or further documents, at most 32 levels.
//! Structure, places and limits come from an event parser that cannot overflow the stack; serde_yaml says what each
//! scalar is. Which keys are known is the reader's matter (`yaml/keys.rs`).

mod builder;
mod keys;
mod shape;

pub use keys::KeyReader;
pub use shape::{Holds, KeyShape, Shape};

use crate::diagnostic::Diagnostics;
use crate::text::span::{BYTE_ORDER_MARK, TextRange};
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

/// Reads a whole file that is one YAML document, as [`parse`] does; a byte order mark says nothing.
pub fn parse_file(text: &str, diags: &mut Diagnostics<TextRange>) -> Option<Node> {
    let rest = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    parse(rest, (text.len() - rest.len()) as u32, diags)
}

/// Reads one YAML document that begins at byte `base` of its file. `None` when it cannot be read at all; what is
/// wrong is then among the findings. An empty text is an empty map.
pub fn parse(text: &str, base: u32, diags: &mut Diagnostics<TextRange>) -> Option<Node> {
    let tree = builder::tree(text, base, diags)?;
    Some(tree.unwrap_or(Node {
        data: Data::Map(Vec::new()),
        range: base..base,
    }))
}

/// What a scalar without quotation marks is.
fn plain(text: String) -> Data {
    use serde_yaml::Value;
    // Most are words, and need not be asked for: only these can begin what is no text. By themselves the marks between
    // documents would be read as such.
    let may_be_typed = match text.bytes().next() {
        _ if text.starts_with("---") || text.starts_with("...") => false,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => true,
        Some(b'~' | b't' | b'T' | b'f' | b'F' | b'n' | b'N') => text.len() <= 5,
        Some(_) => false,
        None => true,
    };
    if !may_be_typed {
        return Data::Text(text);
    }
    match serde_yaml::from_str(&text) {
        Ok(Value::Null) => Data::Null,
        Ok(Value::Bool(flag)) => Data::Bool(flag),
        Ok(Value::Number(number)) => Data::Number {
            value: number.as_f64().unwrap_or(f64::NAN),
            written: text,
        },
        _ => Data::Text(text),
    }
}

/// Reads a catalogue of texts: groups of entries, each one text. For files that are part of the program.
///
/// # Errors
/// When the text is not YAML of that shape; the message names the place.
pub fn catalogue(text: &str) -> Result<BTreeMap<String, BTreeMap<String, String>>, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
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

    proptest::proptest! {
        /// A scalar by itself is what it is in its document.
        #[test]
        fn scalars_have_the_types_of_their_document(
            scalars in proptest::collection::vec("(---|\\.\\.\\.)?[-+.~0-9a-fxoinulltrueTRUEfalseNULLyes_:,' ]{0,9}", 1..4)
        ) {
            let text: String = scalars.iter().map(|scalar| format!("- {scalar}\n")).collect();
            let (node, findings) = read(&text);
            let whole = serde_yaml::from_str::<serde_yaml::Value>(&text);
            let (Some(Data::List(items)), Ok(serde_yaml::Value::Sequence(values))) =
                (node.map(|node| node.data), whole)
            else {
                return Ok(());
            };
            proptest::prop_assert!(findings.is_empty());
            proptest::prop_assert_eq!(items.len(), values.len());
            for (item, value) in items.iter().zip(&values) {
                let expected = match value {
                    serde_yaml::Value::Null => "nothing",
                    serde_yaml::Value::Bool(_) => "true-or-false",
                    serde_yaml::Value::Number(_) => "number",
                    serde_yaml::Value::String(_) => "text",
                    serde_yaml::Value::Sequence(_) => "list",
                    _ => "map",
                };
                proptest::prop_assert_eq!(item.kind(), expected, "{}", text);
            }
        }
    }

    #[test]
    fn only_scalars_without_quotation_marks_have_types() {
        let kinds = |text: &str| match read(text).0.map(|node| node.data) {
            Some(Data::List(items)) => items.iter().map(Node::kind).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            kinds("[1, -0.5, .inf, 0x1f, True, ~, null, nej, 2026-08-01, 12:30, tre]"),
            [
                "number",
                "number",
                "number",
                "number",
                "true-or-false",
                "nothing",
                "nothing",
                "text",
                "text",
                "text",
                "text"
            ]
        );
        assert_eq!(kinds("['1', \"true\", '', '~']"), ["text"; 4]);
        assert_eq!(kinds("-\n-\n"), ["nothing"; 2]);
        assert_eq!(kinds("- ...\n- ---\n- --- 12\n- ... 12\n"), ["text"; 4]);
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
