//! `[@source-id, place]` and `[=figure-id]`: from links the parser could not resolve to nodes of our own.

use super::{Node, Placed};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// Turns the links that the parser's callback let through into citations and figures; any other goes back to text.
pub fn citations_and_figures(nodes: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let mut out = Vec::with_capacity(nodes.len());
    let mut nodes = nodes.into_iter();
    while let Some((node, range)) = nodes.next() {
        let Some(reference) = unknown_reference(&node) else {
            out.push((node, range));
            continue;
        };
        let ours = match reference.chars().next() {
            Some('@') => Some(citation(&reference)),
            Some('=') => Some(Node::Figure {
                id: part(&reference, 1, reference.len()),
            }),
            _ => None,
        };
        let inside = inside_of_link(&mut nodes);
        let Some(ours) = ours else {
            out.push((text("["), range.start..range.start + 1));
            out.extend(inside);
            out.push((text("]"), range.end - 1..range.end));
            continue;
        };
        inside.for_each(drop);
        out.push((ours, range));
    }
    out
}

/// What stands inside a link whose start has been taken, up to its end, which is taken too. An address in angle
/// brackets is a link inside it.
fn inside_of_link<'a>(
    nodes: &mut impl Iterator<Item = Placed<'a>>,
) -> impl Iterator<Item = Placed<'a>> {
    let mut depth = 1;
    nodes.by_ref().take_while(move |(node, _)| {
        match node {
            Node::Markdown(Event::Start(Tag::Link { .. })) => depth += 1,
            Node::Markdown(Event::End(TagEnd::Link)) => depth -= 1,
            _ => {}
        }
        depth > 0
    })
}

/// The reference of a link that no definition resolves, as the author wrote it.
pub fn unknown_reference<'a>(node: &Node<'a>) -> Option<CowStr<'a>> {
    match node {
        Node::Markdown(Event::Start(Tag::Link {
            link_type: LinkType::ShortcutUnknown,
            id,
            ..
        })) => Some(id.clone()),
        _ => None,
    }
}

fn citation<'a>(reference: &CowStr<'a>) -> Node<'a> {
    let comma = reference.find(',').unwrap_or(reference.len());
    let id = part(reference, 1, comma);
    let place = part(reference, (comma + 1).min(reference.len()), reference.len());
    Node::Citation {
        id,
        place: Some(place).filter(|p| !p.is_empty()),
    }
}

fn part<'a>(text: &CowStr<'a>, from: usize, to: usize) -> CowStr<'a> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(text[from..to].trim()),
        other => CowStr::from(other[from..to].trim().to_string()),
    }
}

fn text(word: &'static str) -> Node<'static> {
    Node::Markdown(Event::Text(CowStr::Borrowed(word)))
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::outline;

    #[test]
    fn citations_have_a_place() {
        assert_eq!(
            outline("A [@koege]."),
            "<Paragraph> \"A \" cite(koege) \".\" </Paragraph>"
        );
        assert_eq!(
            outline("[@a, slide 3]"),
            "<Paragraph> cite(a; slide 3) </Paragraph>"
        );
    }

    #[test]
    fn figures_are_nodes() {
        assert_eq!(outline("[=fald]"), "<Paragraph> figure(fald) </Paragraph>");
    }

    #[test]
    fn what_is_no_callout_stays_text() {
        assert_eq!(
            outline("Se [!x] her"),
            "<Paragraph> \"Se \" \"[\" \"!x\" \"]\" \" her\" </Paragraph>"
        );
    }

    #[test]
    fn an_address_inside_ends_with_itself() {
        assert_eq!(
            outline("[@<https://x.dk>] a"),
            "<Paragraph> cite(<https://x.dk>) \" a\" </Paragraph>"
        );
        assert_eq!(
            outline("[!<https://x.dk>] a"),
            "<Paragraph> \"[\" \"!\" <Link> \"https://x.dk\" </Link> \"]\" \" a\" </Paragraph>"
        );
    }

    #[test]
    fn a_definition_wins() {
        assert_eq!(
            outline("[@a]\n\n[@a]: https://x.dk\n"),
            "<Paragraph> <Link> \"@a\" </Link> </Paragraph>"
        );
    }
}
