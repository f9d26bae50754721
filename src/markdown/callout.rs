//! Callouts: a block quote that opens with `[!kind]`, with an optional title on the same line.
//!
//! The parser knows GitHub's five kinds without titles; this pass knows ours as well, and the title.

use super::inline::unknown_reference;
use super::{Node, Placed};
use crate::text::span::TextRange;
use pulldown_cmark::{Event, Tag, TagEnd};

/// What a callout is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutKind {
    Important,
    Remember,
    Example,
    Research,
    Law,
    Discuss,
    Quote,
    Role,
    Note,
    Tip,
    Warning,
    Caution,
}

impl CalloutKind {
    pub const ALL: [CalloutKind; 12] = [
        CalloutKind::Important,
        CalloutKind::Remember,
        CalloutKind::Example,
        CalloutKind::Research,
        CalloutKind::Law,
        CalloutKind::Discuss,
        CalloutKind::Quote,
        CalloutKind::Role,
        CalloutKind::Note,
        CalloutKind::Tip,
        CalloutKind::Warning,
        CalloutKind::Caution,
    ];

    /// The word in Markdown, the class in HTML and the name of the icon.
    pub fn name(self) -> &'static str {
        match self {
            CalloutKind::Important => "important",
            CalloutKind::Remember => "remember",
            CalloutKind::Example => "example",
            CalloutKind::Research => "research",
            CalloutKind::Law => "law",
            CalloutKind::Discuss => "discuss",
            CalloutKind::Quote => "quote",
            CalloutKind::Role => "role",
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Warning => "warning",
            CalloutKind::Caution => "caution",
        }
    }
}

/// A callout's head.
#[derive(Clone, Debug, PartialEq)]
pub struct Callout<'a> {
    pub kind: CalloutKind,
    /// The role's id, for `[!role laerer]`.
    pub role: Option<&'a str>,
    /// The author's title as plain text; without one the kind's own is shown.
    pub title: Option<String>,
}

/// Turns block quotes that open with a known `[!kind]` into callouts. Unknown kinds stay quotes that begin with the
/// author's text, and are a finding of `parse` (see [`unknown`]).
pub fn callouts<'a>(mut nodes: Vec<Placed<'a>>, text: &'a str) -> Vec<Placed<'a>> {
    let mut out: Vec<Placed> = Vec::with_capacity(nodes.len());
    let mut open: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let (node, range) = &nodes[at];
        match node {
            Node::Markdown(Event::Start(Tag::BlockQuote(_))) => match head(&nodes[at..], text) {
                Some((callout, used, rest)) => {
                    open.push(true);
                    out.push((Node::CalloutStart(Box::new(callout)), range.clone()));
                    if let Some(rest) = rest {
                        out.push((Node::Markdown(Event::Start(Tag::Paragraph)), rest));
                    }
                    at += used;
                    continue;
                }
                None => open.push(false),
            },
            Node::Markdown(Event::End(TagEnd::BlockQuote(_))) if open.pop() == Some(true) => {
                out.push((Node::CalloutEnd, range.clone()));
                at += 1;
                continue;
            }
            _ => {}
        }
        // Moved, not copied: what has been passed is not read again.
        out.push(std::mem::replace(&mut nodes[at], (Node::CalloutEnd, 0..0)));
        at += 1;
    }
    out
}

/// The head of a callout, how many nodes it used, and the rest of its first paragraph, which begins anew.
fn head<'a>(
    nodes: &[Placed<'a>],
    text: &'a str,
) -> Option<(Callout<'a>, usize, Option<TextRange>)> {
    let [
        _,
        (Node::Markdown(Event::Start(Tag::Paragraph)), paragraph),
        (link, link_range),
        ..,
    ] = nodes
    else {
        return None;
    };
    let reference = unknown_reference(link)?;
    let (kind, role) = kind_of(&reference, text, link_range.start as usize)?;
    // The head runs to the end of the line; what follows in the paragraph is its body. A line's end inside a link or
    // emphasis is none of the head's.
    let mut depth = 0;
    let mut is_inside_link = false;
    let mut title = String::new();
    let mut end = None;
    for (at, (node, _)) in nodes.iter().enumerate().skip(2) {
        match node {
            Node::Markdown(Event::Start(_)) => {
                is_inside_link |= at == 2;
                depth += 1;
            }
            Node::Markdown(Event::End(TagEnd::Paragraph)) => {
                end = Some((at, true));
                break;
            }
            Node::Markdown(Event::End(_)) => {
                depth -= 1;
                is_inside_link &= depth > 0;
            }
            Node::Markdown(Event::SoftBreak | Event::HardBreak) if depth == 0 => {
                end = Some((at, false));
                break;
            }
            Node::Markdown(Event::SoftBreak | Event::HardBreak) => title.push(' '),
            Node::Markdown(Event::Text(text) | Event::Code(text)) if !is_inside_link => {
                title.push_str(text)
            }
            _ => {}
        }
    }
    let (end, is_paragraph_end) = end?;
    let title = Some(title.trim().to_string()).filter(|title| !title.is_empty());
    let rest = (!is_paragraph_end).then(|| nodes[end].1.end..paragraph.end);
    Some((Callout { kind, role, title }, end + 1, rest))
}

fn kind_of<'a>(
    reference: &str,
    text: &'a str,
    at: usize,
) -> Option<(CalloutKind, Option<&'a str>)> {
    let word = reference.strip_prefix('!')?;
    let (name, rest) = word.split_once(' ').unwrap_or((word, ""));
    let kind = CalloutKind::ALL
        .into_iter()
        .find(|kind| kind.name().eq_ignore_ascii_case(name))?;
    if kind != CalloutKind::Role {
        return rest.is_empty().then_some((kind, None));
    }
    let inside = text[at..].strip_prefix("[!")?.split(']').next()?;
    let role = inside
        .split_once(' ')
        .map(|(_, role)| role.trim())
        .filter(|role| !role.is_empty());
    role.map(|role| (kind, Some(role)))
}

/// The unknown kind a block quote opens with, for `parse` to report: `nodes` begin at the quote's start.
pub fn unknown<'n>(nodes: &'n [Placed<'_>]) -> Option<&'n Placed<'n>> {
    let [
        (Node::Markdown(Event::Start(Tag::BlockQuote(_))), _),
        (Node::Markdown(Event::Start(Tag::Paragraph)), _),
        (first, _),
        second,
        ..,
    ] = nodes
    else {
        return None;
    };
    let opens = matches!(first, Node::Markdown(Event::Text(bracket)) if &**bracket == "[");
    let is_mark = matches!(&second.0, Node::Markdown(Event::Text(word)) if word.starts_with('!'));
    (opens && is_mark).then_some(second)
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::outline;

    #[test]
    fn a_callout_has_kind_title_and_body() {
        assert_eq!(
            outline("> [!discuss] Tag *den* op\n> Tekst\n"),
            "<callout discuss None Some(\"Tag den op\")> <Paragraph> \"Tekst\" </Paragraph> </callout>"
        );
    }

    #[test]
    fn a_head_alone_on_its_paragraph() {
        assert_eq!(
            outline("> [!LAW]\n>\n> Tekst\n"),
            "<callout law None None> <Paragraph> \"Tekst\" </Paragraph> </callout>"
        );
    }

    #[test]
    fn a_line_end_inside_a_link_does_not_end_the_title() {
        assert_eq!(
            outline("> [!note] [a\n> b](x.md) c\n> d\n"),
            "<callout note None Some(\"a b c\")> <Paragraph> \"d\" </Paragraph> </callout>"
        );
    }

    #[test]
    fn roles_name_their_role() {
        assert_eq!(
            outline("> [!role laerer]\n> Tekst\n"),
            "<callout role Some(\"laerer\") None> <Paragraph> \"Tekst\" </Paragraph> </callout>"
        );
    }

    #[test]
    fn unknown_kinds_stay_quotes() {
        assert_eq!(
            outline("> [!banan] x\n"),
            "<BlockQuote> <Paragraph> \"[\" \"!banan\" \"]\" \" x\" </Paragraph> </BlockQuote>"
        );
    }

    #[test]
    fn a_callout_in_a_callout() {
        let nested = outline("> [!note]\n> a\n>\n> > [!tip]\n> > b\n");
        assert_eq!(nested.matches("</callout>").count(), 2);
    }
}
