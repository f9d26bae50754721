//! How hard a document is to read, for `check -v`: the lix of its running text.
//!
//! In: a parsed document, read again, since only an editor who asks for it needs the measure. Out: the counts of
//! paragraphs and items of lists. Headings, tables and code are no running text; citations are no words.

use crate::markdown::{self, Node};
use crate::model::document::Document;
use crate::text::lix::Lix;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The counts of one document's body.
pub fn readability(document: &Document) -> Lix {
    let mut reader = Reader::default();
    for (node, _) in markdown::read(&document.text, document.body_start).0 {
        reader.node(&node);
    }
    reader.finish();
    reader.lix
}

#[derive(Default)]
struct Reader {
    lix: Lix,
    paragraph: String,
    /// How many elements are open that are no running text.
    closed: usize,
}

impl Reader {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Markdown(Event::Text(text) | Event::Code(text)) => self.words(text),
            Node::Markdown(Event::SoftBreak | Event::HardBreak) => self.words(" "),
            Node::Markdown(Event::Start(tag)) => {
                self.closed += usize::from(is_closed(tag));
                self.border(is_inline(&tag.to_end()));
            }
            Node::Markdown(Event::End(tag)) => {
                self.border(is_inline(tag));
                self.closed -= usize::from(is_closed_end(tag));
            }
            Node::Figure { .. } | Node::Citation { .. } | Node::Markdown(_) => {}
            Node::CalloutStart(_)
            | Node::CalloutEnd
            | Node::ItemStart(_)
            | Node::LabelEnd { .. }
            | Node::HelpEnd => self.finish(),
        }
    }

    fn words(&mut self, text: &str) {
        if self.closed == 0 {
            self.paragraph.push_str(text);
        }
    }

    fn border(&mut self, is_inline: bool) {
        if !is_inline {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.lix += Lix::of_paragraph(&self.paragraph);
        self.paragraph.clear();
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

fn is_closed(tag: &Tag) -> bool {
    is_closed_end(&tag.to_end())
}

/// What holds no running text; an image's words are not in the text either.
fn is_closed_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::Table
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::MetadataBlock(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lix(text: &str) -> Lix {
        let mut reader = Reader::default();
        for (node, _) in markdown::read(text, 0).0 {
            reader.node(&node);
        }
        reader.finish();
        reader.lix
    }

    #[test]
    fn paragraphs_items_and_callouts_are_running_text() {
        let text = "Vi *spørger*\nbarnet.\n\n- et punkt\n- [ ] et kryds {#kryds}\n\n  Med hjælp.\n\n> [!remember] Husk\n> Skriv ned.\n";
        // 3 + 2 + 2 + 2 + 2 words in five sentences
        let found = lix(text);
        assert_eq!((found.words, found.sentences), (11, 5), "{found:?}");
    }

    #[test]
    fn headings_tables_code_and_citations_are_not() {
        let text = "## En overskrift\n\nTallet falder [@kilde, side 4] til [=tal].\n\n| A | B |\n|---|---|\n| ord | ord |\n\n```\nkode her\n```\n\n![billedets ord](x.png)\n";
        let found = lix(text);
        assert_eq!((found.words, found.sentences), (3, 1), "{found:?}");
    }
}
