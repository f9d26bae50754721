//! Our dialect of Markdown: CommonMark and a few small passes, read the same way by `parse` and `render`.
//!
//! In: the text of a document. Out: nodes in order, each with its byte range in the file. `parse` walks them for
//! facts, `render` for HTML; nothing is kept in between. Each feature beyond pulldown-cmark's is one pass in one
//! file: the parser's callback for unknown link references gives us `[@source]`, `[=figure]` and `[!callout]` as
//! whole links, so that no pass has to glue text together.

pub mod callout;
pub mod inline;
pub mod item;
pub mod raw_html;

use crate::text::span::TextRange;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser};

pub use callout::{Callout, CalloutKind};
pub use item::ItemMark;

/// One step of a document: an event of the parser, or one of our own.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    Markdown(Event<'a>),
    /// `[@source-id, place]`
    Citation {
        id: CowStr<'a>,
        place: Option<CowStr<'a>>,
    },
    /// `[=figure-id]`
    Figure {
        id: CowStr<'a>,
    },
    /// Boxed, as are items: there are hundreds of nodes to a page, and few of these.
    CalloutStart(Box<Callout<'a>>),
    CalloutEnd,
    /// The start of a task item's label; the help text follows [`Node::LabelEnd`].
    ItemStart(Box<ItemMark<'a>>),
    LabelEnd {
        has_help: bool,
    },
    /// The end of a task item's help text, before the item's own end.
    HelpEnd,
}

/// A node and where it stands in the file.
pub type Placed<'a> = (Node<'a>, TextRange);

/// What the parser noticed beside the nodes.
#[derive(Debug, Default)]
pub struct Noticed {
    /// Full references `[text][name]` without a definition.
    pub missing_references: Vec<(String, TextRange)>,
}

/// The parser's options. Definition lists stay off: together with the others they can panic.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Reads the body of a document that begins at byte `start` of `text`.
pub fn read(text: &str, start: u32) -> (Vec<Placed<'_>>, Noticed) {
    let body = &text[start as usize..];
    let mut noticed = Noticed::default();
    let mut nodes: Vec<Placed> = Vec::with_capacity(body.len() / 14 + 8);
    let mut special = false;
    let callback = |link: BrokenLink<'_>| {
        let range = link.span.start as u32 + start..link.span.end as u32 + start;
        if link.link_type == LinkType::Shortcut && link.reference.starts_with(['@', '=', '!']) {
            special = true;
            return Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
        }
        if link.link_type == LinkType::Reference {
            noticed
                .missing_references
                .push((link.reference.to_string(), range));
        }
        None
    };
    let mut has_items = false;
    for (event, range) in
        Parser::new_with_broken_link_callback(body, options(), Some(callback)).into_offset_iter()
    {
        has_items |= matches!(event, Event::TaskListMarker(_));
        nodes.push((
            Node::Markdown(event),
            range.start as u32 + start..range.end as u32 + start,
        ));
    }
    if special {
        nodes = callout::callouts(nodes, text);
        nodes = inline::citations_and_figures(nodes);
    }
    if has_items {
        nodes = item::items(nodes, text);
    }
    (nodes, noticed)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The nodes of a text in short form, for the tests of the passes.
    pub fn outline(text: &str) -> String {
        let mut out = String::new();
        for (node, _) in read(text, 0).0 {
            let word = match node {
                Node::Markdown(Event::Start(tag)) => format!("<{}>", name(&format!("{tag:?}"))),
                Node::Markdown(Event::End(tag)) => format!("</{}>", name(&format!("{tag:?}"))),
                Node::Markdown(Event::Text(text)) => format!("{:?}", &*text),
                Node::Markdown(event) => name(&format!("{event:?}")),
                Node::Citation { id, place } => format!(
                    "cite({id}{})",
                    place.map(|p| format!("; {p}")).unwrap_or_default()
                ),
                Node::Figure { id } => format!("figure({id})"),
                Node::CalloutStart(c) => {
                    format!("<callout {} {:?} {:?}>", c.kind.name(), c.role, c.title)
                }
                Node::CalloutEnd => "</callout>".into(),
                Node::ItemStart(m) => format!(
                    "<item {:?} {}>",
                    m.attributes.id.map(|(id, _)| id),
                    m.is_checked
                ),
                Node::LabelEnd { has_help } => format!("|help={has_help}|"),
                Node::HelpEnd => "</help>".into(),
            };
            out.push_str(&word);
            out.push(' ');
        }
        out.trim_end().to_string()
    }

    fn name(debug: &str) -> String {
        debug
            .split([' ', '(', '{'])
            .next()
            .unwrap_or_default()
            .to_string()
    }

    #[test]
    fn nodes_stay_small() {
        // A page has hundreds, and they are moved more than once.
        assert!(size_of::<Placed>() <= 112, "{}", size_of::<Placed>());
    }

    #[test]
    fn ranges_are_those_of_the_file() {
        let text = "---\ntitle: æ\n---\n# Hej\n";
        let start = text.find('#').expect("a heading") as u32;
        let (nodes, _) = read(text, start);
        assert_eq!(nodes[1].1, start + 2..start + 5);
    }

    #[test]
    fn missing_references_are_noticed() {
        let (_, noticed) = read("a [b][c] [f]", 0);
        assert_eq!(noticed.missing_references, [("c".to_string(), 2..8)]);
    }
}
