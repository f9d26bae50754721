//! A page's body: its pieces' nodes as HTML.
//!
//! In: a page. Out: the HTML of its body, with the placeholder for the way to the root. The text is walked again
//! here, streaming; where links and citations lead was decided in `resolve`. Blocks are in this file, links and
//! other inline marks in `inline.rs`, tables, task items and notes in files of their own.

mod collected;
mod footnotes;
mod headings;
mod inline;
mod items;
mod tables;
mod terms;

use super::clean::HtmlWriter;
use super::highlight::{self, Highlighter};
use crate::i18n::Texts;
use crate::markdown::{self, Callout, Node, Placed};
use crate::model::document::Document;
use crate::model::front_matter::{Answers, KindData};
use crate::model::ids::PageId;
use crate::model::plan::Plan;
use crate::model::site::{Page, Piece, Site};
use crate::text::escape::escaped;
use crate::theme::Theme;
use footnotes::Footnotes;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use tables::Table;

/// What bodies are rendered from.
pub struct Bodies<'a> {
    pub plan: &'a Plan,
    pub site: &'a Site,
    pub theme: &'a Theme,
    /// In the language of the page.
    pub texts: &'a Texts,
    pub language: &'a str,
    pub highlighter: &'a Highlighter,
    /// In a booklet the number of each source there; its checklists are for paper.
    pub booklet: Option<&'a HashMap<PageId, u32>>,
}

/// Where citations lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Citing {
    /// To the page's own list of sources.
    Page,
    /// Straight to the source: for entries, which have no list of their own.
    Source,
}

impl Bodies<'_> {
    pub fn word<'t>(&'t self, key: &'t str) -> &'t str {
        self.texts.text(key)
    }

    fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.texts.filled(key, values)
    }

    /// Renders the body of one page.
    pub fn render(&self, id: PageId, citing: Citing) -> String {
        let page = self.site.page(id);
        let mut out = String::new();
        let mut figures_seen = HashSet::new();
        for piece in &page.pieces {
            let document = self.site.document(piece.document);
            let mut body = Body::new(self, page, piece, document, citing);
            body.figures_seen = std::mem::take(&mut figures_seen);
            body.walk();
            figures_seen = std::mem::take(&mut body.figures_seen);
            let html = body.writer.finish();
            if out.is_empty() {
                out = html
            } else {
                out.push_str(&html)
            }
        }
        out
    }
}

/// One piece being rendered.
struct Body<'a> {
    bodies: &'a Bodies<'a>,
    page: &'a Page,
    piece: &'a Piece,
    document: &'a Document,
    citing: Citing,
    /// Before every id of an entry's body, which shares its page with others; empty for a page of its own.
    prefix: String,
    writer: HtmlWriter,
    footnotes: Footnotes,
    answers: Answers,
    is_checklist: bool,
    /// The page whose items are being shown on this one; `None` for a page's own text.
    owner: Option<&'a Page>,
    /// Whether a group of a checklist's form is open.
    group_open: bool,
    /// The lines of a block of raw HTML being read.
    raw_block: String,
    /// How many blocks are open that hold others: quotes, lists, callouts, notes.
    depth: usize,
    /// Language and text of a code block being read.
    code: Option<(Option<String>, String)>,
    table: Table,
    /// How many tables have stood under each label so far.
    table_labels: Vec<(String, usize)>,
    /// Set while the words inside `[[id]]` are left out, since the target's title stands there instead.
    skips_link_text: bool,
    /// What closes each open link.
    link_ends: Vec<bool>,
    in_heading: bool,
    /// Figures that have been read on the page, and so need no reservation again.
    figures_seen: HashSet<String>,
    list_kinds: Vec<&'static str>,
    items: items::Items,
    terms: terms::Terms,
    next: Cursors,
}

/// The place of the next fact of each of the document's lists.
#[derive(Default)]
struct Cursors {
    heading: usize,
    link: usize,
    image: usize,
    citation: usize,
    item: usize,
}

impl<'a> Body<'a> {
    fn new(
        bodies: &'a Bodies<'a>,
        page: &'a Page,
        piece: &'a Piece,
        document: &'a Document,
        citing: Citing,
    ) -> Self {
        let is_cleaned = document.has_raw_html && !bodies.site.config.allows_raw_html;
        let writer = if is_cleaned {
            HtmlWriter::cleaning(&document.text)
        } else {
            HtmlWriter::plain()
        };
        let checklist = document
            .front_matter
            .as_ref()
            .and_then(|fm| match &fm.kind {
                KindData::Checklist(checklist) => Some(checklist),
                _ => None,
            });
        Body {
            bodies,
            page,
            piece,
            document,
            citing,
            prefix: entry_prefix(page),
            writer,
            footnotes: Footnotes::default(),
            answers: checklist.map(|c| c.answers).unwrap_or_default(),
            is_checklist: checklist.is_some(),
            owner: None,
            group_open: false,
            raw_block: String::new(),
            depth: 0,
            code: None,
            table: Table::default(),
            table_labels: Vec::new(),
            skips_link_text: false,
            link_ends: Vec::new(),
            in_heading: false,
            figures_seen: HashSet::new(),
            list_kinds: Vec::new(),
            items: items::Items::default(),
            terms: terms::Terms::default(),
            next: Cursors::default(),
        }
    }

    fn walk(&mut self) {
        // A document that was not read to its end has no facts for the rest; its error keeps the site unpublished.
        if self.document.is_cut {
            return;
        }
        let (nodes, _) = markdown::read(&self.document.text, self.document.body_start);
        if self.is_checklist {
            self.open_form();
        }
        let mut at = 0;
        while at < nodes.len() {
            let (_, range) = &nodes[at];
            if range.start < self.piece.range.start || range.end > self.piece.range.end {
                self.skip(&nodes[at]);
                at += 1;
                continue;
            }
            at += self.node(&nodes[at..]);
        }
        self.close_group();
        if self.is_checklist {
            self.write_collected();
        }
        self.write_footnotes();
        if self.is_checklist {
            self.close_block(self.form_element());
        }
    }

    /// A node outside the piece: only the places in the document's lists move on.
    pub(super) fn skip(&mut self, (node, _): &Placed) {
        match node {
            Node::Markdown(Event::Start(Tag::Heading { .. })) => self.next.heading += 1,
            Node::Markdown(Event::Start(Tag::Link { .. })) => self.next.link += 1,
            Node::Markdown(Event::Start(Tag::Image { .. })) => self.next.image += 1,
            Node::Citation { .. } => self.next.citation += 1,
            Node::ItemStart(_) => self.next.item += 1,
            _ => {}
        }
    }

    /// Renders one node; returns how many were used.
    fn node(&mut self, nodes: &[Placed]) -> usize {
        match &nodes[0].0 {
            Node::Markdown(Event::Start(tag)) => return self.start(tag, nodes),
            Node::Markdown(Event::End(tag)) => self.end(*tag),
            Node::Markdown(Event::Text(text)) => self.prose(text, &nodes[0].1),
            Node::Markdown(event) => self.event(event),
            Node::Citation { .. } => self.citation(),
            Node::Figure { id } => self.figure(id),
            Node::CalloutStart(callout) => {
                self.depth += 1;
                self.open_callout(callout);
            }
            Node::CalloutEnd => {
                self.depth -= 1;
                self.close_block("div");
            }
            Node::ItemStart(mark) => self.open_item(mark),
            Node::LabelEnd { has_help } => self.end_label(*has_help),
            Node::HelpEnd => self.end_help(),
        }
        1
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Code(code) if !self.skips_link_text => {
                self.writer.open("code", "");
                self.writer.text(code);
                self.writer.close("code");
            }
            Event::Html(html) => self.raw_block.push_str(html),
            Event::InlineHtml(html) => self.writer.raw(html),
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.writer.out.push_str("<br>\n"),
            Event::Rule => self.writer.out.push_str("<hr>\n"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if !self.skips_link_text {
            self.writer.text(text);
        }
    }

    fn start(&mut self, tag: &Tag, nodes: &[Placed]) -> usize {
        self.depth += usize::from(matches!(
            tag,
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_)
        ));
        match tag {
            Tag::Paragraph => {
                if let Some(used) = self.illustration(nodes) {
                    return used;
                }
                self.writer.open("p", "");
            }
            Tag::Heading { .. } => self.open_heading(),
            Tag::BlockQuote(_) => self.open_block("blockquote", ""),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => highlight::language(info),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((language, String::new()));
            }
            Tag::List(start) => self.open_list(*start, nodes),
            Tag::Item => self.open_list_item(nodes),
            Tag::FootnoteDefinition(name) => self.open_footnote(name),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.writer.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                if !std::mem::replace(&mut self.table.body_open, true) {
                    self.writer.out.push_str("<tbody>\n");
                }
                self.table.cell = 0;
                self.writer.out.push_str("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.writer.open("em", ""),
            Tag::Strong => self.writer.open("strong", ""),
            Tag::Strikethrough => self.writer.open("del", ""),
            Tag::Superscript => self.writer.open("sup", ""),
            Tag::Subscript => self.writer.open("sub", ""),
            Tag::Link {
                link_type, title, ..
            } => self.open_link(*link_type, title),
            Tag::Image { .. } => return self.inline_image(nodes),
            _ => {}
        }
        1
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth -= usize::from(matches!(
            tag,
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition
        ));
        match tag {
            TagEnd::Paragraph => self.close_block("p"),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(_) => self.close_block("blockquote"),
            TagEnd::CodeBlock => self.write_code(),
            TagEnd::List(_) => {
                let kind = self.list_kinds.pop().unwrap_or("ul");
                self.close_block(kind);
                self.point_to_checklist();
            }
            TagEnd::Item => self.close_block("li"),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.writer.out.push_str("</tr></thead>\n");
            }
            TagEnd::TableRow => self.writer.out.push_str("</tr>\n"),
            TagEnd::TableCell => self
                .writer
                .close(if self.table.in_head { "th" } else { "td" }),
            TagEnd::Emphasis => self.writer.close("em"),
            TagEnd::Strong => self.writer.close("strong"),
            TagEnd::Strikethrough => self.writer.close("del"),
            TagEnd::Superscript => self.writer.close("sup"),
            TagEnd::Subscript => self.writer.close("sub"),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.raw_block);
                self.writer.raw(&html);
            }
            TagEnd::Link => self.close_link(),
            _ => {}
        }
    }

    fn open_block(&mut self, element: &'static str, attributes: &str) {
        self.writer.open(element, attributes);
        self.writer.out.push('\n');
    }

    fn close_block(&mut self, element: &'static str) {
        self.writer.close(element);
        self.writer.out.push('\n');
    }

    fn open_callout(&mut self, callout: &Callout) {
        let name = callout.kind.name();
        self.open_block("div", &format!(" class=\"callout callout-{name}\""));
        self.writer.open("p", " class=\"callout-title\"");
        self.writer.widget(self.bodies.theme.icon(name));
        let role = callout
            .role
            .and_then(|role| self.bodies.site.config.role(role))
            .map(|role| role.plural_in(self.bodies.language))
            .unwrap_or_default();
        let title = match &callout.title {
            Some(title) => title.clone(),
            None => self
                .bodies
                .filled(&format!("callout_{name}"), &[("role", role)]),
        };
        self.writer.open("strong", "");
        self.writer.text(&title);
        self.writer.close("strong");
        self.close_block("p");
    }

    fn write_code(&mut self) {
        let Some((language, code)) = self.code.take() else {
            return;
        };
        let class = language.as_ref().map_or_else(String::new, |language| {
            format!(" class=\"language-{language}\"")
        });
        // A place the keyboard stops at says what it is.
        let label = escaped(self.bodies.word("code_label"));
        self.writer.open(
            "pre",
            &format!(" class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\""),
        );
        let mut html = format!("<code{class}>");
        self.bodies
            .highlighter
            .code(&mut html, &code, language.as_deref());
        html.push_str("</code>");
        self.writer.widget(&html);
        self.close_block("pre");
    }
}

/// What the ids of an entry's body begin with.
fn entry_prefix(page: &Page) -> String {
    page.fragment
        .as_ref()
        .map_or_else(String::new, |fragment| format!("{fragment}-"))
}
