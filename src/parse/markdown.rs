//! The facts of a body, found in one walk: headings, links, images, citations, figures, task items, words.
//!
//! In: nodes. Out: facts with their ranges, and findings about what this file alone can tell.

mod footnotes;
mod headings;
mod items;
mod numbers;
mod prose;
mod shown;

use super::ParseOptions;
use crate::diagnostic::{Code, Diagnostics};
use crate::markdown::{self, Node, Placed, callout, raw_html};
use crate::model::document::*;
use crate::model::front_matter::Figure;
use crate::text::span::{Spanned, TextRange};
use footnotes::Footnotes;
use prose::Prose;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use shown::Shown;

/// How many blocks may stand inside each other.
pub const MAX_NESTING: usize = 100;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 2_000;
/// The most footnotes of one page.
pub const MAX_FOOTNOTES: usize = 10_000;
/// How many elements of raw HTML may stand inside each other.
pub const MAX_RAW_DEPTH: usize = 256;
/// The most raw HTML of one page, in bytes.
pub const MAX_RAW_HTML: usize = 64 * 1024;

#[derive(Default)]
pub struct Facts {
    pub title_heading: Option<TextRange>,
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    pub citations: Vec<CitationUse>,
    pub figure_uses: Vec<Spanned<String>>,
    pub items: Vec<Item>,
    pub role_uses: Vec<Spanned<String>>,
    pub prose: Vec<TextRange>,
    pub shown: Vec<TextRange>,
    pub words: u32,
    pub has_raw_html: bool,
    pub is_cut: bool,
}

/// Walks the body that begins at byte `start`. Where the page needs a title, its first heading may be it. Where its
/// numbers must be `typed`, the figures are those of the page.
pub fn walk(
    text: &str,
    start: u32,
    needs_title: bool,
    typed: Option<&[Figure]>,
    options: &ParseOptions,
    diags: &mut Diagnostics<TextRange>,
) -> Facts {
    let (nodes, noticed) = markdown::read(text, start);
    if let Some(figures) = typed {
        numbers::check(&nodes, figures, diags);
    }
    for (name, range) in noticed.missing_references {
        diags
            .add(Code::LinkReferenceMissing, range)
            .arg("name", name);
    }
    let mut walk = Walk {
        text,
        options,
        diags,
        facts: Facts::default(),
        footnotes: Footnotes::default(),
        prose: Prose::default(),
        shown: Shown::default(),
        heading: None,
        label: None,
        open_items: Vec::new(),
        image_alt: None,
        raw_bytes: 0,
        in_code: false,
        cell: None,
        depth: 0,
    };
    for at in 0..nodes.len() {
        if !walk.node(&nodes, at) {
            walk.facts.is_cut = true;
            break;
        }
    }
    walk.footnotes.report(walk.diags);
    let mut facts = walk.facts;
    facts.prose = walk.prose.ranges;
    facts.shown = walk.shown.ranges;
    facts.words = count_words(&text[start as usize..]);
    let has_title = needs_title
        && facts
            .headings
            .first()
            .is_some_and(|h| h.level == 1 && !h.text.is_empty());
    facts.title_heading = has_title.then(|| facts.headings[0].range.clone());
    headings::finish(
        &mut facts.headings[usize::from(has_title)..],
        text.len() as u32,
        diags,
    );
    facts
}

struct Walk<'t, 'd> {
    text: &'t str,
    options: &'t ParseOptions,
    diags: &'d mut Diagnostics<TextRange>,
    facts: Facts,
    footnotes: Footnotes,
    prose: Prose,
    shown: Shown,
    /// The heading being read.
    heading: Option<String>,
    /// The task item's label being read.
    label: Option<String>,
    /// Places of the task items being read, innermost last.
    open_items: Vec<usize>,
    /// Whether the image being read has alternative text.
    image_alt: Option<bool>,
    raw_bytes: usize,
    in_code: bool,
    /// Where the table cell being read begins.
    cell: Option<TextRange>,
    depth: usize,
}

impl Walk<'_, '_> {
    /// Reads one node; `false` when the rest must not be read.
    fn node(&mut self, nodes: &[Placed], at: usize) -> bool {
        let (node, range) = &nodes[at];
        self.prose.node(node, range, self.text);
        self.shown.node(node, range, self.text);
        match node {
            Node::Markdown(event) => return self.event(event, range, &nodes[at..]),
            Node::Citation { id, place } => self.facts.citations.push(CitationUse {
                id: Spanned::new(id.to_string(), range.clone()),
                place: place.as_ref().map(ToString::to_string),
            }),
            Node::Figure { id } => self
                .facts
                .figure_uses
                .push(Spanned::new(id.to_string(), range.clone())),
            Node::CalloutStart(callout) => {
                if let Some(role) = callout.role {
                    let at = self.text[range.start as usize..]
                        .find(role)
                        .unwrap_or_default();
                    let start = range.start + at as u32;
                    let place = start..start + role.len() as u32;
                    self.facts
                        .role_uses
                        .push(Spanned::new(role.to_string(), place));
                }
            }
            Node::ItemStart(mark) => return self.item(mark, range),
            Node::LabelEnd { has_help } => self.end_label(*has_help),
            Node::HelpEnd => self.end_item(range),
            Node::CalloutEnd => {}
        }
        true
    }

    fn event(&mut self, event: &Event, range: &TextRange, rest: &[Placed]) -> bool {
        match event {
            Event::Start(tag) => {
                if is_container(tag) {
                    self.depth += 1;
                    if self.depth > MAX_NESTING {
                        self.diags
                            .add(Code::NestingTooDeep, range.start..range.start)
                            .arg("limit", MAX_NESTING.to_string());
                        return false;
                    }
                }
                if let Tag::Table(columns) = tag
                    && columns.len() > MAX_COLUMNS
                {
                    self.limit("| |", MAX_COLUMNS, range);
                    return false;
                }
                if matches!(tag, Tag::FootnoteDefinition(_))
                    && self.footnotes.definitions.len() == MAX_FOOTNOTES
                {
                    self.limit("[^1]:", MAX_FOOTNOTES, range);
                    return false;
                }
                if matches!(tag, Tag::HtmlBlock) {
                    return self.raw_html(range);
                }
                self.start(tag, range, rest);
            }
            Event::End(end) => {
                if is_container_end(end) {
                    self.depth -= 1;
                }
                self.end(*end, range);
            }
            Event::Text(text) => {
                self.missing_footnote(text, rest);
                self.words(text);
            }
            Event::Code(code) => self.words(code),
            Event::Html(_) => {}
            Event::InlineHtml(_) => return self.raw_html(range),
            Event::FootnoteReference(name) => {
                self.footnotes.uses.insert(name.to_lowercase());
            }
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
        true
    }

    /// `[^name]` without a definition stays text, which the reader would see.
    fn missing_footnote(&mut self, text: &str, rest: &[Placed]) {
        if text != "[" || self.in_code {
            return;
        }
        let [
            (_, open),
            (Node::Markdown(Event::Text(name)), _),
            (Node::Markdown(Event::Text(close)), end),
            ..,
        ] = rest
        else {
            return;
        };
        if let Some(name) = name.strip_prefix('^')
            && close.starts_with(']')
            && !name.is_empty()
        {
            self.diags
                .add(Code::FootnoteMissing, open.start..end.start + 1)
                .arg("name", name);
        }
    }

    fn start(&mut self, tag: &Tag, range: &TextRange, rest: &[Placed]) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.heading = Some(String::new());
                self.facts.headings.push(Heading {
                    level: *level as u8,
                    text: String::new(),
                    id: id.as_ref().map(ToString::to_string),
                    range: range.clone(),
                    section: range.clone(),
                });
                debug_assert!((*level as u8) >= HeadingLevel::H1 as u8);
            }
            Tag::BlockQuote(_) => {
                if let Some((Node::Markdown(Event::Text(word)), place)) = callout::unknown(rest) {
                    let name = word.trim_start_matches('!');
                    self.diags
                        .add(Code::CalloutUnknown, place.clone())
                        .arg("name", name)
                        .nearest(
                            name,
                            markdown::CalloutKind::ALL.iter().map(|kind| kind.name()),
                        );
                }
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::FootnoteDefinition(name) => {
                let line = self.text[range.start as usize..]
                    .lines()
                    .next()
                    .unwrap_or_default();
                let place = range.start..range.start + line.trim_end().len() as u32;
                self.footnotes.definitions.push((name.to_string(), place));
            }
            Tag::TableCell => self.cell = Some(range.clone()),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(*link_type, dest_url, range),
            Tag::Image { dest_url, .. } => {
                self.image_alt = Some(false);
                self.facts.images.push(Image {
                    target: dest_url.to_string(),
                    range: range.clone(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: &TextRange) {
        match end {
            TagEnd::Heading(_) => {
                if let (Some(text), Some(heading)) =
                    (self.heading.take(), self.facts.headings.last_mut())
                {
                    heading.text = text.trim().to_string();
                    if heading.text.is_empty() {
                        self.diags.add(Code::HeadingEmpty, range.clone());
                    }
                }
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Image if self.image_alt.take() == Some(false) => {
                self.diags.add(Code::ImageWithoutAlt, range.clone());
            }
            _ => {}
        }
    }

    fn link(&mut self, link_type: LinkType, target: &CowStr, range: &TextRange) {
        let kind = match link_type {
            LinkType::Autolink => LinkKind::Auto,
            LinkType::Email => LinkKind::Email,
            LinkType::WikiLink { has_pothole: true } => LinkKind::Named,
            LinkType::WikiLink { has_pothole: false } => LinkKind::Titled,
            _ => LinkKind::Markdown,
        };
        // In a table cell the bar of `[[id\|text]]` is written with a backslash, which the parser leaves there.
        let target = if kind == LinkKind::Named {
            target.trim_end_matches('\\')
        } else {
            target
        };
        self.facts.links.push(Link {
            kind,
            target: target.trim().to_string(),
            range: range.clone(),
        });
    }

    /// A `[[id|text]]` in a table cell is cut by its bar unless the bar is escaped.
    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let source = &self.text[cell.start as usize..cell.end as usize];
        let Some(open) = source.rfind("[[") else {
            return;
        };
        let is_cut = !source[open..].contains("]]")
            && self.text[cell.end as usize..].trim_start().starts_with('|');
        let line = self.text[cell.end as usize..]
            .lines()
            .next()
            .unwrap_or_default();
        if is_cut && line.contains("]]") {
            let start = cell.start + open as u32;
            self.diags.add(Code::ReferenceCut, start..cell.end);
        }
    }

    fn limit(&mut self, what: &str, limit: usize, range: &TextRange) {
        self.diags
            .add(Code::TooLong, range.start..range.start)
            .arg("key", what)
            .arg("limit", limit.to_string());
    }

    fn words(&mut self, text: &str) {
        if self.in_code {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(label) = &mut self.label {
            label.push_str(text);
        }
        if let Some(has_alt) = &mut self.image_alt {
            *has_alt |= !text.trim().is_empty();
        }
    }

    /// One inline tag, or a block as a whole; `false` when there is more than can be cleaned in a reader's time.
    fn raw_html(&mut self, range: &TextRange) -> bool {
        self.facts.has_raw_html = true;
        if self.options.allows_raw_html {
            self.prose.raw.stay();
            return true;
        }
        self.raw_bytes += range.len();
        if self.raw_bytes > MAX_RAW_HTML {
            self.diags
                .add(Code::FileTooLarge, range.start..range.start)
                .arg("what", "raw-html")
                .arg("limit", format!("{} kB", MAX_RAW_HTML / 1024));
            return false;
        }
        let mut removed = Vec::new();
        let html = &self.text[range.start as usize..range.end as usize];
        let deepest = raw_html::scan(html, range.start, &mut self.prose.raw, &mut removed);
        for removed in removed {
            self.diags
                .add(Code::RawHtmlRemoved, removed.range)
                .arg("markup", removed.what);
        }
        if deepest > MAX_RAW_DEPTH {
            self.diags
                .add(Code::NestingTooDeep, range.start..range.start)
                .arg("limit", MAX_RAW_DEPTH.to_string());
        }
        deepest <= MAX_RAW_DEPTH
    }
}

/// About how many words a text has: its blanks and line ends. Near enough for a measure of length, and a loop the
/// compiler does many bytes at a time.
fn count_words(text: &str) -> u32 {
    text.bytes().filter(|b| matches!(b, b' ' | b'\n')).count() as u32
}

fn is_container(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)
    )
}

fn is_container_end(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition
    )
}
