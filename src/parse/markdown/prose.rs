//! Where in a file glossary terms may be linked: running text that is nobody else's words and in no link already.
//!
//! In: the nodes of a body, one by one. Out: ranges of the file, in order, in which every byte is shown as written
//! but for line ends and the marks of quotes and lists after them. Left out are links, headings, heads of tables,
//! code, images, labels of task items, quotations, notes, and what stands inside an element of raw HTML.

use crate::markdown::{CalloutKind, Node, raw_html};
use crate::text::span::TextRange;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The ranges found so far.
#[derive(Default)]
pub struct Prose {
    pub ranges: Vec<TextRange>,
    /// The elements of raw HTML that are open.
    pub raw: raw_html::Open,
    /// How many elements are open that hold no prose.
    closed: usize,
    /// For each open callout, whether it is a quotation.
    callouts: Vec<bool>,
    /// The last node was a line's end inside a paragraph, so that the next text goes on in the same range.
    is_joined: bool,
}

impl Prose {
    /// Looks at the next node.
    pub fn node(&mut self, node: &Node, range: &TextRange, source: &str) {
        let was_joined = std::mem::take(&mut self.is_joined);
        match node {
            Node::Markdown(Event::Text(text)) => {
                let is_prose = self.closed == 0 && self.raw.is_empty();
                if is_prose && source.get(range.start as usize..range.end as usize) == Some(text) {
                    self.text(range, was_joined);
                }
            }
            Node::Markdown(Event::SoftBreak) => {
                let last = self.ranges.last();
                self.is_joined = self.closed == 0 && last.is_some_and(|r| r.end == range.start);
            }
            Node::Markdown(Event::Start(tag)) => self.start(tag),
            Node::Markdown(Event::End(tag)) => self.end(tag),
            Node::ItemStart(_) => {
                self.raw.enter();
                self.closed += 1;
            }
            Node::LabelEnd { .. } => {
                self.raw.leave();
                self.closed -= 1;
            }
            Node::CalloutStart(callout) => {
                let is_quote = callout.kind == CalloutKind::Quote;
                self.raw.enter();
                self.callouts.push(is_quote);
                self.closed += usize::from(is_quote);
            }
            Node::CalloutEnd => {
                self.raw.leave();
                self.closed -= usize::from(self.callouts.pop() == Some(true));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        if !matches!(tag, Tag::HtmlBlock) {
            self.raw.enter();
        }
        let is_closed = matches!(
            tag,
            Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Heading { .. }
                | Tag::TableHead
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_)
        );
        self.closed += usize::from(is_closed);
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {}
            // A link that leads nowhere is no element, and notes are shown elsewhere.
            TagEnd::Link | TagEnd::FootnoteDefinition => self.raw.leave_open(),
            _ => self.raw.leave(),
        }
        let was_closed = matches!(
            tag,
            TagEnd::Link
                | TagEnd::Image
                | TagEnd::Heading(_)
                | TagEnd::TableHead
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
        );
        self.closed -= usize::from(was_closed);
    }

    fn text(&mut self, range: &TextRange, is_joined: bool) {
        match self.ranges.last_mut() {
            Some(last) if is_joined || last.end == range.start => last.end = range.end,
            _ => self.ranges.push(range.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut prose = Prose::default();
        for (node, range) in crate::markdown::read(text, 0).0 {
            prose.node(&node, &range, text);
        }
        let found: Vec<&str> = prose
            .ranges
            .iter()
            .map(|range| &text[range.start as usize..range.end as usize])
            .collect();
        assert_eq!(found, expected);
        assert_eq!(prose.closed, 0);
    }

    #[test]
    fn a_paragraph_is_one_range_over_its_lines() {
        check("En\nto [x] tre.\n\nFire\n", &["En\nto [x] tre.", "Fire"]);
        check("> [!tip]\n> En\n> to\n", &["En\n> to"]);
    }

    #[test]
    fn markup_and_what_is_not_shown_as_written_end_a_range() {
        check("En *to* tre", &["En ", "to", " tre"]);
        check("En &amp; to \\* tre", &["En ", " to ", "* tre"]);
        check("En  \nto", &["En", "to"]);
    }

    #[test]
    fn links_headings_code_and_images_hold_none() {
        check(
            "# A\n\n[b](c.md) [[d]] `e` ![f](g.png)\n\n    h\n",
            &[" ", " ", " "],
        );
        check("| A |\n| --- |\n| b |\n", &["b"]);
    }

    #[test]
    fn labels_quotations_and_notes_hold_none() {
        check("- [ ] A {#b}\n  Hjælp.\n- c\n", &["Hjælp.", "c"]);
        check("> A\n\n> [!quote] B\n> c\n\n> [!law] D\n> e\n", &["e"]);
        check("A[^1].\n\n[^1]: B\n", &["A", "."]);
    }
}
