//! Task items: the label, its attributes in braces, and the help text after it.
//!
//! `- [ ] Barnet har sagt, hvad der er vigtigt {#barnets-ord role=laerer}`: the label ends at the brace, else where
//! the item's first paragraph ends; what follows is help. Whether ids are missing or taken is for others.

use super::{Node, Placed};
use crate::text::span::TextRange;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// The head of a task item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemMark<'a> {
    pub is_checked: bool,
    pub attributes: Attributes<'a>,
    /// The label in the file, without its attributes.
    pub label: TextRange,
}

/// What stands in an item's braces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes<'a> {
    pub id: Option<(&'a str, TextRange)>,
    pub role: Option<(&'a str, TextRange)>,
    pub source: Option<(&'a str, TextRange)>,
    /// Old ids of the item.
    pub was: Option<(&'a str, TextRange)>,
    /// What is none of these.
    pub unknown: Vec<(&'a str, TextRange)>,
}

/// Puts item nodes around the labels and help texts of task items.
pub fn items<'a>(nodes: Vec<Placed<'a>>, text: &'a str) -> Vec<Placed<'a>> {
    // What comes before the first task stays where it is.
    let is_marker = |(node, _): &Placed| matches!(node, Node::Markdown(Event::TaskListMarker(_)));
    let marker = nodes.iter().position(is_marker).unwrap_or(nodes.len());
    let is_list = |(node, _): &Placed| matches!(node, Node::Markdown(Event::Start(Tag::Item)));
    let first = nodes[..marker].iter().rposition(is_list).unwrap_or(marker);
    let mut out = nodes;
    let mut nodes = out.split_off(first);
    // One entry for each open list item: whether it is a task item whose help is still open.
    let mut open: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        match &nodes[at].0 {
            Node::Markdown(Event::Start(Tag::Item)) => {
                open.push(false);
                out.push(taken(&mut nodes[at]));
                at += 1;
                // In a loose item the paragraph opens before the marker; the label takes its place.
                let loose = matches!(
                    nodes.get(at),
                    Some((Node::Markdown(Event::Start(Tag::Paragraph)), _))
                );
                let marker = at + usize::from(loose);
                if let Some((Node::Markdown(Event::TaskListMarker(is_checked)), _)) =
                    nodes.get(marker)
                {
                    if let Some(top) = open.last_mut() {
                        *top = true;
                    }
                    at = label(&nodes, marker + 1, *is_checked, loose, text, &mut out);
                }
            }
            Node::Markdown(Event::End(TagEnd::Item)) => {
                if open.pop() == Some(true) {
                    out.push((Node::HelpEnd, nodes[at].1.clone()));
                }
                out.push(taken(&mut nodes[at]));
                at += 1;
            }
            _ => {
                out.push(taken(&mut nodes[at]));
                at += 1;
            }
        }
    }
    out
}

/// A node moved out of the list it is read from, which is not read there again.
fn taken<'a>(place: &mut Placed<'a>) -> Placed<'a> {
    std::mem::replace(place, (Node::HelpEnd, 0..0))
}

/// Writes one label; returns where the item goes on.
fn label<'a>(
    nodes: &[Placed<'a>],
    from: usize,
    is_checked: bool,
    loose: bool,
    text: &'a str,
    out: &mut Vec<Placed<'a>>,
) -> usize {
    let mut end = from;
    while let Some((node, _)) = nodes.get(end) {
        let is_end = match node {
            Node::Markdown(Event::End(TagEnd::Paragraph | TagEnd::Item)) => true,
            Node::Markdown(Event::Start(tag)) => is_block(tag),
            _ => false,
        };
        if is_end {
            break;
        }
        end += 1;
    }
    let start_byte = nodes.get(from).map_or(0, |(_, range)| range.start);
    let end_byte = nodes[from..end]
        .iter()
        .map(|(_, range)| range.end)
        .max()
        .unwrap_or(start_byte)
        .max(start_byte);
    let (label_end, attributes, rest) = attributes(text, start_byte..end_byte);
    out.push((
        Node::ItemStart(Box::new(ItemMark {
            is_checked,
            attributes,
            label: start_byte..label_end,
        })),
        start_byte..end_byte,
    ));
    let mut help = Vec::new();
    for (node, range) in &nodes[from..end] {
        if range.end <= label_end {
            out.push((node.clone(), range.clone()));
        } else if range.start < label_end {
            out.push((cut(node, range, label_end), range.start..label_end));
        } else if range.start >= rest {
            help.push((node.clone(), range.clone()));
        }
    }
    while matches!(
        help.first(),
        Some((Node::Markdown(Event::SoftBreak | Event::HardBreak), _))
    ) {
        help.remove(0);
    }
    let next = match nodes.get(end) {
        Some((Node::Markdown(Event::End(TagEnd::Paragraph)), _)) if loose => end + 1,
        _ => end,
    };
    let has_more = !matches!(
        nodes.get(next),
        None | Some((Node::Markdown(Event::End(TagEnd::Item)), _))
    );
    out.push((
        Node::LabelEnd {
            has_help: !help.is_empty() || has_more,
        },
        label_end..label_end,
    ));
    if !help.is_empty() {
        let range = help[0].1.start..end_byte;
        out.push((Node::Markdown(Event::Start(Tag::Paragraph)), range.clone()));
        out.append(&mut help);
        out.push((Node::Markdown(Event::End(TagEnd::Paragraph)), range));
    }
    next
}

/// A text node that reaches over the label's end, cut there.
fn cut<'a>(node: &Node<'a>, range: &TextRange, end: u32) -> Node<'a> {
    match node {
        Node::Markdown(Event::Text(CowStr::Borrowed(text))) => {
            let kept = (end - range.start).min(text.len() as u32) as usize;
            Node::Markdown(Event::Text(CowStr::Borrowed(
                text.get(..kept).unwrap_or(text).trim_end(),
            )))
        }
        other => other.clone(),
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Where the label ends, its attributes, and where the text after them begins. The braces must close a line.
fn attributes(text: &str, range: TextRange) -> (u32, Attributes<'_>, u32) {
    let source = &text[range.start as usize..range.end as usize];
    let trimmed_end = range.start + source.trim_end().len() as u32;
    let none = (trimmed_end, Attributes::default(), range.end);
    let Some(open) = source
        .find("{#")
        .or_else(|| source.find(" {").map(|at| at + 1))
    else {
        return none;
    };
    let Some(close) = source[open..].find('}').map(|at| open + at) else {
        return none;
    };
    let after = &source[close + 1..];
    let line_end = after.find('\n').unwrap_or(after.len());
    if !after[..line_end].trim().is_empty() {
        return none;
    }
    let inside = range.start + open as u32 + 1..range.start + close as u32;
    let Some(attributes) = parse_attributes(text, inside) else {
        return none;
    };
    let label_end = range.start + source[..open].trim_end().len() as u32;
    (label_end, attributes, range.start + close as u32 + 1)
}

/// `#id key=value key="two words"`. `None` when it does not look like attributes at all.
fn parse_attributes(text: &str, range: TextRange) -> Option<Attributes<'_>> {
    let mut found = Attributes::default();
    let mut at = range.start as usize;
    let end = range.end as usize;
    while at < end {
        let rest = &text[at..end];
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let quoted = rest
            .find("=\"")
            .filter(|q| !rest[..*q].contains(char::is_whitespace));
        let length = match quoted {
            Some(quote) => quote + 2 + rest[quote + 2..].find('"')? + 1,
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let word = &rest[..length];
        let place =
            |offset: usize, length: usize| (at + offset) as u32..(at + offset + length) as u32;
        if let Some(id) = word.strip_prefix('#') {
            found.id = Some((id, place(1, id.len())));
        } else if let Some((key, value)) = word.split_once('=') {
            let quote = usize::from(value.starts_with('"'));
            let value = value.trim_matches('"');
            let entry = (value, place(key.len() + 1 + quote, value.len()));
            match key {
                "role" => found.role = Some(entry),
                "source" => found.source = Some(entry),
                "was" => found.was = Some(entry),
                _ => found.unknown.push((word, place(0, length))),
            }
        } else {
            found.unknown.push((word, place(0, length)));
        }
        at += length;
    }
    let is_ours =
        found.id.is_some() || found.role.is_some() || found.source.is_some() || found.was.is_some();
    is_ours.then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::markdown::tests::outline;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(outline(text), format!("<List> {expected} </List>"));
    }

    #[test]
    fn the_label_ends_at_the_brace() {
        check(
            "- [ ] Barnet *har* sagt {#barnets-ord role=laerer}\n  Spørg åbent.\n",
            "<Item> <item Some(\"barnets-ord\") false> \"Barnet \" <Emphasis> \"har\" </Emphasis> \" sagt\" |help=true| <Paragraph> \"Spørg åbent.\" </Paragraph> </help> </Item>",
        );
    }

    #[test]
    fn without_braces_it_ends_with_the_paragraph() {
        check(
            "- [x] To\n\n  Hjælp\n",
            "<Item> <item None true> \"To\" |help=true| <Paragraph> \"Hjælp\" </Paragraph> </help> </Item>",
        );
    }

    #[test]
    fn a_plain_item_beside_a_task() {
        check(
            "- [ ] a\n- b\n",
            "<Item> <item None false> \"a\" |help=false| </help> </Item> <Item> \"b\" </Item>",
        );
    }

    #[test]
    fn braces_that_are_text_stay() {
        check(
            "- [ ] brug {sådan} her\n",
            "<Item> <item None false> \"brug {sådan} her\" |help=false| </help> </Item>",
        );
    }

    #[test]
    fn tasks_inside_tasks() {
        check(
            "- [ ] a {#aa}\n  - [ ] b {#bb}\n",
            "<Item> <item Some(\"aa\") false> \"a\" |help=true| <List> <Item> <item Some(\"bb\") false> \"b\" |help=false| </help> </Item> </List> </help> </Item>",
        );
    }
}
