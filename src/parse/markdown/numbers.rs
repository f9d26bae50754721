//! Numbers that stand loose in the text of a method or a case, where each should be a typed figure.
//!
//! In: a body's nodes. Out: findings. Text is read block by block, through emphasis; headings, the heads of tables,
//! links, code and what is typed already are not looked into. What is a number and what only looks like one is
//! told in `scan.rs`.

mod numeral;
mod scan;
mod words;

use crate::diagnostic::{Code, Diagnostics};
use crate::markdown::{Node, Placed};
use crate::model::front_matter::{Figure, FigureValue};
use crate::text::number::{self, Decimal};
use crate::text::span::TextRange;
use pulldown_cmark::{Event, Tag, TagEnd};
use scan::Cell;
use std::collections::HashMap;

/// Stands in a block for what is no text: a link, a citation, code.
const OBJECT: char = '\u{fffc}';

/// Reports the loose numbers of a body. One that the page has typed with the same value is proposed.
pub fn check(nodes: &[Placed], figures: &[Figure], diags: &mut Diagnostics<TextRange>) {
    // Of two with one value the first is proposed.
    let typed = figures
        .iter()
        .rev()
        .filter_map(|figure| match &figure.value {
            FigureValue::Given(value) => Some((Decimal::parse(value)?, figure.id.value.as_str())),
            FigureValue::Derived { .. } | FigureValue::Same(_) => None,
        });
    let mut reader = Reader {
        typed: typed.collect(),
        diags,
        block: Block::default(),
        skipped: 0,
        table: None,
    };
    for (node, range) in nodes {
        reader.node(node, range);
    }
    reader.end_block();
}

/// The text of one block, with the places in the file that its parts come from.
#[derive(Default)]
struct Block {
    text: String,
    /// Where in the block each part begins, and its place in the file. Parts of another length than their source
    /// (entities) have one place.
    parts: Vec<(usize, TextRange)>,
    cell: Cell,
}

struct Reader<'f, 'd> {
    /// Value and id of the page's figures.
    typed: HashMap<Decimal, &'f str>,
    diags: &'d mut Diagnostics<TextRange>,
    block: Block,
    /// How many links, headings and the like are open whose words are not looked into.
    skipped: usize,
    /// The table being read.
    table: Option<Table>,
}

/// Where in a table the reader is.
#[derive(Default)]
struct Table {
    in_head: bool,
    /// From 1.
    row: u64,
    /// From 0.
    column: usize,
    /// Whether the numbers of each column are those of steps, pages and the like, as its head says.
    is_numbering: Vec<bool>,
}

impl Reader<'_, '_> {
    fn node(&mut self, node: &Node, range: &TextRange) {
        match node {
            Node::Markdown(Event::Start(tag)) => self.start(tag),
            Node::Markdown(Event::End(end)) => self.end(end),
            Node::Markdown(Event::Text(text)) if self.skipped == 0 => {
                self.block
                    .parts
                    .push((self.block.text.len(), range.clone()));
                self.block.text.push_str(text);
            }
            Node::Markdown(Event::SoftBreak | Event::HardBreak) => self.block.text.push(' '),
            Node::Markdown(Event::Code(_) | Event::FootnoteReference(_))
            | Node::Citation { .. }
            | Node::Figure { .. } => self.block.text.push(OBJECT),
            Node::Markdown(_) => {}
            Node::CalloutStart(_)
            | Node::CalloutEnd
            | Node::ItemStart(_)
            | Node::LabelEnd { .. }
            | Node::HelpEnd => self.end_block(),
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript => {}
            Tag::Link { .. } | Tag::Image { .. } => {
                self.block.text.push(OBJECT);
                self.skipped += 1;
            }
            _ => {
                self.end_block();
                self.skipped += usize::from(is_skipped(tag));
                match (tag, &mut self.table) {
                    (Tag::Table(_), table) => *table = Some(Table::default()),
                    (Tag::TableHead, Some(table)) => table.in_head = true,
                    (Tag::TableRow, Some(table)) => {
                        (table.row, table.column) = (table.row + 1, 0);
                    }
                    (Tag::TableCell, Some(table)) => self.block.cell = table.cell(),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, end: &TagEnd) {
        match end {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::Link | TagEnd::Image => self.skipped -= 1,
            _ => {
                self.end_block();
                self.skipped -= usize::from(is_skipped_end(end));
                match (end, &mut self.table) {
                    (TagEnd::Table, table) => *table = None,
                    (TagEnd::TableHead, Some(table)) => table.in_head = false,
                    (TagEnd::TableCell, Some(table)) => table.column += 1,
                    _ => {}
                }
            }
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if let Some(table) = self.table.as_mut().filter(|table| table.in_head) {
            if !block.parts.is_empty() {
                table.is_numbering.resize(table.column + 1, false);
                table.is_numbering[table.column] = words::is_numbering(&block.text);
            }
            return;
        }
        if !block.text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        for found in scan::numbers(&block.text, block.cell) {
            let value = &block.text[found.clone()];
            let finding = self.diags.add(Code::NumberUntyped, block.place(&found));
            finding.arg("value", value);
            if let Some(id) = same(&self.typed, value) {
                finding.arg("nearest", id);
            }
        }
    }
}

/// The figure whose value is written here, in Danish or in English.
fn same<'f>(typed: &HashMap<Decimal, &'f str>, written: &str) -> Option<&'f str> {
    let written = written.trim_end_matches(['%', ' ', '\u{a0}']);
    let find = |is_english| typed.get(&Decimal::parse(&number::plain(written, is_english))?);
    find(false).or_else(|| find(true)).copied()
}

impl Table {
    fn cell(&self) -> Cell {
        Cell {
            row: (self.column == 0).then_some(self.row),
            is_numbering: self
                .is_numbering
                .get(self.column)
                .copied()
                .unwrap_or_default(),
        }
    }
}

impl Block {
    /// The place in the file of a range of the block.
    fn place(&self, range: &std::ops::Range<usize>) -> TextRange {
        let after = self
            .parts
            .partition_point(|(start, _)| *start <= range.start);
        let Some((start, source)) = after.checked_sub(1).and_then(|at| self.parts.get(at)) else {
            return 0..0;
        };
        let end = self
            .parts
            .get(after)
            .map_or(self.text.len(), |(start, _)| *start);
        let offset = (range.start - start) as u32;
        let length = (range.end.min(end) - range.start) as u32;
        if source.start + offset + length <= source.end {
            source.start + offset..source.start + offset + length
        } else {
            source.clone()
        }
    }
}

fn is_skipped(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock
    )
}

fn is_skipped_end(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock
    )
}
