//! Where in a file the words are that a reader sees, for the search: running text of all blocks, also in links,
//! tables, labels and notes.
//!
//! In: the nodes of a body, one by one. Out: ranges of the file in order, without headings, code blocks, images and raw
//! HTML. A range holds text as written, or one thing that the site spells out: `[[id]]`, `[=figure]`, `&amp;`.

use crate::markdown::Node;
use crate::text::span::TextRange;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

/// The ranges found so far.
#[derive(Default)]
pub struct Shown {
    pub ranges: Vec<TextRange>,
    /// How many elements are open whose text is not taken from here.
    closed: usize,
    /// Whether the last range is text as written, so that its neighbour may join it.
    is_open: bool,
}

impl Shown {
    /// Looks at the next node.
    pub fn node(&mut self, node: &Node, range: &TextRange, source: &str) {
        match node {
            Node::Markdown(Event::Text(text)) if self.closed == 0 => {
                let written = source.get(range.start as usize..range.end as usize);
                if text.trim().is_empty() {
                    return;
                }
                self.text(range, written == Some(text.as_ref()), source);
            }
            Node::Markdown(Event::Code(_)) if self.closed == 0 => {
                let code = &source[range.start as usize..range.end as usize];
                let ticks = (code.len() - code.trim_start_matches('`').len()) as u32;
                if 2 * ticks < range.len() as u32 {
                    self.text(&(range.start + ticks..range.end - ticks), true, source);
                }
            }
            // A task item's words end with the item.
            Node::ItemStart(_) | Node::Markdown(Event::End(TagEnd::Item)) => self.is_open = false,
            Node::Figure { .. } if self.closed == 0 => self.text(range, false, source),
            Node::Markdown(Event::Start(tag)) => {
                if self.closed == 0 && is_titled(tag) {
                    self.text(range, false, source);
                }
                self.closed += usize::from(holds_none(tag));
            }
            Node::Markdown(Event::End(end)) if self.closed > 0 => {
                self.closed -= usize::from(held_none(end, source, range))
            }
            Node::CalloutStart(callout) => {
                let head = source[range.start as usize..range.end as usize]
                    .lines()
                    .next();
                if let (Some(title), Some(head)) = (&callout.title, head)
                    && let Some(at) = head.find(title.as_str())
                {
                    let start = range.start + at as u32;
                    self.text(&(start..start + title.len() as u32), false, source);
                }
            }
            _ => {}
        }
    }

    /// Adds a range, joined to the last where nothing but space is between them.
    fn text(&mut self, range: &TextRange, is_written: bool, source: &str) {
        let was_open = std::mem::replace(&mut self.is_open, is_written);
        match self.ranges.last_mut() {
            Some(last)
                if was_open
                    && is_written
                    && last.end <= range.start
                    && source[last.end as usize..range.start as usize]
                        .trim()
                        .is_empty() =>
            {
                last.end = range.end;
            }
            _ => self.ranges.push(range.clone()),
        }
    }
}

/// `[[id]]`, which shows its target's title.
fn is_titled(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Link {
            link_type: LinkType::WikiLink { has_pothole: false },
            ..
        }
    )
}

fn holds_none(tag: &Tag) -> bool {
    is_titled(tag)
        || matches!(
            tag,
            Tag::Image { .. } | Tag::Heading { .. } | Tag::CodeBlock(_)
        )
}

fn held_none(end: &TagEnd, source: &str, range: &TextRange) -> bool {
    match end {
        TagEnd::Image | TagEnd::Heading(_) | TagEnd::CodeBlock => true,
        TagEnd::Link => {
            let link = &source[range.start as usize..range.end as usize];
            link.starts_with("[[") && !link.contains('|')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut shown = Shown::default();
        for (node, range) in crate::markdown::read(text, 0).0 {
            shown.node(&node, &range, text);
        }
        let found: Vec<&str> = shown
            .ranges
            .iter()
            .map(|range| &text[range.start as usize..range.end as usize])
            .collect();
        assert_eq!(found, expected);
        assert_eq!(shown.closed, 0);
    }

    #[test]
    fn paragraphs_join_over_space_alone() {
        check("En\nto.\n\nTre\n", &["En\nto.\n\nTre"]);
        check("En *to* [tre](x.md)", &["En ", "to", "tre"]);
    }

    #[test]
    fn what_the_site_spells_out_stands_alone() {
        check(
            "A [[b]] [[c|d]] &amp; [=e] `f`",
            &["A ", "[[b]]", "d", "&amp;", "[=e]", "f"],
        );
    }

    #[test]
    fn headings_images_and_code_blocks_are_left_out() {
        check("# A *b*\n\nc ![d *e*](f.png)\n\n    g\n", &["c "]);
    }

    #[test]
    fn labels_help_and_titles_of_callouts_are_in() {
        check("- [ ] A {#b}\n  C\n", &["A", "C"]);
        check("- [ ] A\n\nB\n", &["A", "B"]);
        check("> [!tip] A b\n> c\n", &["A b", "c"]);
    }
}
