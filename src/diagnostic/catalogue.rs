//! The words of the findings, in Danish and English.
//!
//! Each code has `message`, `label` and `explain`, and where they help `help`, `help_nearest` (when a near name is
//! known) and `related`. Named places are `{name}`. Values are shown as they stand, cut at 120 characters and
//! without control characters, so that content cannot speak to the terminal.

use super::{Code, Diagnostic};
use crate::yaml;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language that findings and the command line can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageLanguage {
    Danish,
    English,
}

impl MessageLanguage {
    /// The language of a code such as `da`; anything but Danish is English.
    pub fn of(code: &str) -> MessageLanguage {
        if code.eq_ignore_ascii_case("da") {
            MessageLanguage::Danish
        } else {
            MessageLanguage::English
        }
    }
}

type Texts = BTreeMap<String, BTreeMap<String, String>>;

static DANISH: LazyLock<Texts> = LazyLock::new(|| load(include_str!("messages.da.yaml")));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| load(include_str!("messages.en.yaml")));

fn load(text: &str) -> Texts {
    yaml::catalogue(text).expect("the catalogue is part of the program and read by its tests")
}

/// One text of a group (a code's name, or `command` for the command line's own), as written.
pub fn text(language: MessageLanguage, group: &str, entry: &str) -> Option<&'static str> {
    let texts = match language {
        MessageLanguage::Danish => &*DANISH,
        MessageLanguage::English => &*ENGLISH,
    };
    texts.get(group)?.get(entry).map(String::as_str)
}

/// All groups and entries of a language, for the test that keeps the languages alike.
pub fn entries(language: MessageLanguage) -> impl Iterator<Item = (&'static str, &'static str)> {
    let texts = match language {
        MessageLanguage::Danish => &*DANISH,
        MessageLanguage::English => &*ENGLISH,
    };
    texts.iter().flat_map(|(group, entries)| {
        entries
            .keys()
            .map(move |entry| (group.as_str(), entry.as_str()))
    })
}

/// The text of one entry of a finding's code with its values filled in; empty when the entry is absent.
pub fn filled<S>(language: MessageLanguage, diagnostic: &Diagnostic<S>, entry: &str) -> String {
    let Some(template) = text(language, diagnostic.code.name(), entry) else {
        return String::new();
    };
    fill(template, |name| {
        diagnostic
            .value(name)
            .map(|value| translated(language, name, value))
    })
}

/// What to do: the near name if one is known, else the code's general help.
pub fn help<S>(language: MessageLanguage, diagnostic: &Diagnostic<S>) -> Option<String> {
    let entry = match diagnostic.value("nearest") {
        Some(_) if text(language, diagnostic.code.name(), "help_nearest").is_some() => {
            "help_nearest"
        }
        _ => "help",
    };
    Some(filled(language, diagnostic, entry)).filter(|help| !help.is_empty())
}

/// The explanation of a code, for `vejviser explain`.
pub fn explain(language: MessageLanguage, code: Code) -> String {
    text(language, code.name(), "explain")
        .unwrap_or_default()
        .to_string()
}

/// Fills the places `{name}` of a template; a place without a value stays as it is.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let filled = after
            .find('}')
            .and_then(|close| value(&after[..close]).map(|v| (close, v)));
        match filled {
            Some((close, value)) => {
                out.push_str(&value);
                rest = &after[close + 1..];
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A value as shown: words of ours (`what: a text`) in the reader's language, author's text made harmless.
fn translated(language: MessageLanguage, name: &str, value: &str) -> String {
    if matches!(name, "expected" | "what" | "found" | "reason")
        && let Some(word) = text(language, "word", value)
    {
        return word.to_string();
    }
    if matches!(name, "ratio" | "least") {
        return decimal(language, value);
    }
    harmless(value)
}

/// A number as a language writes it.
pub fn decimal(language: MessageLanguage, value: &str) -> String {
    match language {
        MessageLanguage::Danish => value.replace('.', ","),
        MessageLanguage::English => value.to_string(),
    }
}

/// Text of an author without control or direction characters, cut at 120 characters.
pub fn harmless(value: &str) -> String {
    let mut out = String::new();
    for (i, c) in value.chars().enumerate() {
        if i == 120 {
            out.push('…');
            break;
        }
        let bad = c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        out.push(if bad { '\u{fffd}' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_hold_the_same_entries() {
        let danish: BTreeSet<_> = entries(MessageLanguage::Danish).collect();
        let english: BTreeSet<_> = entries(MessageLanguage::English).collect();
        let differ: Vec<_> = danish.symmetric_difference(&english).collect();
        assert!(differ.is_empty(), "only in one language: {differ:?}");
    }

    #[test]
    fn every_code_has_its_texts() {
        for code in Code::ALL {
            for entry in ["message", "label", "explain"] {
                assert!(
                    text(MessageLanguage::Danish, code.name(), entry).is_some(),
                    "{}: {entry}",
                    code.name()
                );
            }
        }
    }

    #[test]
    fn every_group_is_a_code_or_ours() {
        for (group, entry) in entries(MessageLanguage::Danish) {
            assert!(
                Code::from_name(group).is_some() || matches!(group, "command" | "word"),
                "{group}: {entry}"
            );
        }
    }

    #[test]
    fn both_languages_have_the_same_places() {
        for (group, entry) in entries(MessageLanguage::Danish) {
            let places = |language| {
                let template = text(language, group, entry).unwrap_or_default();
                let places: BTreeSet<_> = template
                    .split('{')
                    .skip(1)
                    .filter_map(|p| p.split('}').next())
                    .collect();
                places
            };
            assert_eq!(
                places(MessageLanguage::Danish),
                places(MessageLanguage::English),
                "{group}: {entry}"
            );
        }
    }

    #[test]
    fn messages_speak_plainly() {
        for (group, entry) in entries(MessageLanguage::Danish) {
            if entry == "message" {
                for language in [MessageLanguage::Danish, MessageLanguage::English] {
                    let message = text(language, group, entry).unwrap_or_default();
                    assert!(
                        !message.ends_with('.') && !message.is_empty(),
                        "{group}: {message}"
                    );
                }
            }
        }
    }

    #[test]
    fn content_cannot_speak_to_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }
}
