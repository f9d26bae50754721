//! Reads lists of texts.
//!
//! In: a key. Out: its texts, as many as can be read; what is no text is a finding.

use super::KeyReader;
use crate::text::span::Spanned;
use crate::yaml::shape::Holds;
use crate::yaml::{Data, Node};
use std::borrow::Cow;

impl KeyReader<'_, '_> {
    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        self.note(key, || Holds::Texts);
        let node = self.node(key);
        self.texts_of(key, node)
    }

    /// Like [`KeyReader::texts`], for a key that the site itself has made. `None` where the name is a key already.
    pub fn own_texts(&mut self, key: &str) -> Option<Vec<Spanned<String>>> {
        if self.known.iter().any(|known| known == key) {
            return None;
        }
        self.note(key, || Holds::Texts);
        let node = self.look_up(Cow::Owned(key.to_string()));
        Some(self.texts_of(key, node))
    }

    fn texts_of(&mut self, key: &str, node: Option<&Node>) -> Vec<Spanned<String>> {
        let Some(node) = node else {
            return Vec::new();
        };
        match &node.data {
            Data::List(items) => items
                .iter()
                .filter_map(|item| self.text_of(key, item))
                .collect(),
            Data::Map(_) => {
                self.wrong_type(key, node, "list-of-texts");
                Vec::new()
            }
            _ => self.text_of(key, node).into_iter().collect(),
        }
    }

    /// A list of lists of texts.
    pub fn text_lists(&mut self, key: &'static str) -> Vec<Vec<String>> {
        self.note(key, || Holds::TextLists);
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Data::List(lists) = &node.data else {
            self.wrong_type(key, node, "list");
            return Vec::new();
        };
        let mut out = Vec::new();
        for list in lists {
            match &list.data {
                Data::List(texts) => out.push(
                    texts
                        .iter()
                        .filter_map(|text| self.text_of(key, text))
                        .map(|text| text.value)
                        .collect(),
                ),
                _ => self.wrong_type(key, list, "list-of-texts"),
            }
        }
        out
    }
}
