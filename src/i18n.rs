//! Interface texts: the words of the theme in one language.
//!
//! In: the theme's `i18n/<language>.yaml`. Out: texts by key; `{name}` marks a place, a map with `one` and `other`
//! a text that follows a number. A site's own file replaces single texts; the rest comes from the embedded theme.

use crate::diagnostic::catalogue::fill;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Figure, Reservation};
use crate::text::date::Date;
use crate::text::span::TextRange;
use crate::yaml::{self, Data};
use std::collections::BTreeMap;

/// The texts of one language.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    texts: BTreeMap<String, Text>,
}

/// One interface text.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(untagged)]
pub enum Text {
    One(String),
    Plural { one: String, other: String },
}

impl Texts {
    /// Reads a file's texts over those that are there already.
    pub fn read(&mut self, text: &str, diags: &mut Diagnostics<TextRange>) {
        let Some(node) = yaml::parse_file(text, diags) else {
            return;
        };
        let Data::Map(entries) = &node.data else {
            diags
                .add(Code::WrongType, node.range.clone())
                .arg("key", "")
                .arg("expected", "map")
                .arg("found", node.kind());
            return;
        };
        for entry in entries {
            if let Some(text) = entry.value.as_text() {
                self.texts
                    .insert(entry.key.clone(), Text::One(text.into_owned()));
            } else if let Some(plural) = plural(&entry.value) {
                self.texts.insert(entry.key.clone(), plural);
            } else {
                diags
                    .add(Code::WrongType, entry.value.range.clone())
                    .arg("key", entry.key.clone())
                    .arg("expected", "text")
                    .arg("found", entry.value.kind());
            }
        }
    }

    /// The text of a key; the key itself where it is missing, which a test of the theme rules out.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.texts.get(key) {
            Some(Text::One(text)) => text,
            Some(Text::Plural { other, .. }) => other,
            None => key,
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// A text with its places filled.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), |name| {
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_string())
        })
    }

    /// A text that follows a number, which fills the place `{count}`: as a word up to twelve when there is one.
    pub fn counted(&self, key: &str, count: usize) -> String {
        let template = match self.texts.get(key) {
            Some(Text::Plural { one, .. }) if count == 1 => one,
            Some(Text::Plural { other, .. }) => other,
            Some(Text::One(text)) => text,
            None => key,
        };
        let word_key = format!("number_{count}");
        let number = if self.has(&word_key) {
            self.text(&word_key).to_string()
        } else {
            count.to_string()
        };
        let filled = fill(template, |name| (name == "count").then(|| number.clone()));
        capitalised(filled)
    }

    /// The month of a date as a heading: «Marts 2026».
    pub fn month(&self, date: Date) -> String {
        let month = self.text(&format!("month_{}", date.month())).to_string();
        let year = date.year().to_string();
        capitalised(self.filled("month_year", &[("month", &month), ("year", &year)]))
    }

    /// A text that follows a number, which fills the place `{count}` as a number: «12 sider».
    pub fn numbered(&self, key: &str, count: usize) -> String {
        let template = match self.texts.get(key) {
            Some(Text::Plural { one, .. }) if count == 1 => one,
            _ => self.text(key),
        };
        fill(template, |name| {
            (name == "count").then(|| count.to_string())
        })
    }

    /// A date as people write it: «3. marts 2026».
    pub fn date(&self, date: Date) -> String {
        let month = format!("month_{}", date.month());
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.filled(
            "date",
            &[("day", &day), ("month", self.text(&month)), ("year", &year)],
        )
    }

    /// What a reader must know at a number's first use.
    pub fn reservation<'a>(&'a self, figure: &'a Figure) -> Option<&'a str> {
        Some(match figure.reservation()? {
            Reservation::Own(text) => text,
            Reservation::Period => self.text("figure_period"),
            Reservation::Derived => self.text("figure_derived"),
        })
    }

    /// All texts as they stand, for templates: a text, or a map of `one` and `other`.
    pub fn serializable(&self) -> &BTreeMap<String, Text> {
        &self.texts
    }
}

fn plural(node: &yaml::Node) -> Option<Text> {
    let Data::Map(entries) = &node.data else {
        return None;
    };
    let find = |key: &str| {
        entries
            .iter()
            .find(|e| e.key == key)
            .and_then(|e| e.value.as_text())
            .map(|t| t.into_owned())
    };
    Some(Text::Plural {
        one: find("one")?,
        other: find("other")?,
    })
}
/// A text with a large first letter.
fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
