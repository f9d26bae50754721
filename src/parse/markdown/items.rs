//! Task items: their attributes checked, their labels as words.

use super::Walk;
use crate::diagnostic::Code;
use crate::markdown;
use crate::model::document::Item;
use crate::text::slug::{self, MAX_ITEM_ID, is_id};
use crate::text::span::{Spanned, TextRange};

/// The most task items of one page.
pub const MAX_ITEMS: usize = 1_000;

impl Walk<'_, '_> {
    /// Reads a task item; `false` when there are more than anybody can tick.
    pub(super) fn item(&mut self, mark: &markdown::ItemMark, range: &TextRange) -> bool {
        if self.facts.items.len() == MAX_ITEMS {
            self.diags
                .add(Code::TooLong, range.clone())
                .arg("key", "- [ ]")
                .arg("limit", MAX_ITEMS.to_string());
            return false;
        }
        let spanned = |entry: &Option<(&str, TextRange)>| {
            entry
                .as_ref()
                .map(|(v, r)| Spanned::new(v.to_string(), r.clone()))
        };
        let mut has_bad_id = false;
        let mut id = spanned(&mark.attributes.id);
        if let Some(Spanned { value, range }) = &id
            && (!is_id(value) || value.len() > MAX_ITEM_ID)
        {
            self.diags
                .add(Code::BadId, range.clone())
                .arg("value", value.clone())
                .propose(slug::item_id(value).unwrap_or_default());
            id = None;
            has_bad_id = true;
        }
        for (word, range) in &mark.attributes.unknown {
            self.diags
                .add(Code::ItemAttribute, range.clone())
                .arg("value", *word)
                .nearest(
                    word.split('=').next().unwrap_or_default(),
                    ["role", "source", "was"],
                );
        }
        self.label = Some(String::new());
        self.open_items.push(self.facts.items.len());
        self.facts.items.push(Item {
            id,
            has_bad_id,
            text: String::new(),
            role: spanned(&mark.attributes.role),
            source: spanned(&mark.attributes.source),
            was: mark
                .attributes
                .was
                .as_ref()
                .map(|(ids, _)| ids.split_whitespace().map(String::from).collect())
                .unwrap_or_default(),
            was_range: mark
                .attributes
                .was
                .as_ref()
                .map_or(0..0, |(_, range)| range.clone()),
            range: range.clone(),
            label_end: mark.label.end,
            extent: range.clone(),
            has_help: false,
            heading: self.facts.headings.len().checked_sub(1).map(|i| i as u32),
        });
        true
    }

    /// The end of an item's help, which stands where the whole item does.
    pub(super) fn end_item(&mut self, extent: &TextRange) {
        if let Some(place) = self.open_items.pop() {
            self.facts.items[place].extent = extent.clone();
        }
    }

    pub(super) fn end_label(&mut self, has_help: bool) {
        if let (Some(label), Some(item)) = (self.label.take(), self.facts.items.last_mut()) {
            item.has_help = has_help;
            item.text = label.split_whitespace().collect::<Vec<_>>().join(" ");
            if item.text.is_empty() {
                self.diags.add(Code::ItemUnlabelled, item.range.clone());
            }
        }
    }
}
