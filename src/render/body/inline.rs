//! Links, images, citations and figures.

use super::{Body, Citing};
use crate::markdown::{Node, Placed};
use crate::model::front_matter::Kind;
use crate::model::ids::PageId;
use crate::model::site::{ImageTarget, LinkTarget, citation_anchor};
use crate::text::escape::{self, escaped};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

impl Body<'_> {
    pub(super) fn open_link(&mut self, link_type: LinkType, title: &str) {
        let place = self.next.link;
        self.next.link += 1;
        let target = &self.piece.links[place];
        let attributes = match target {
            LinkTarget::Page { page, anchor } => {
                let mut url = self.page_url(*page, anchor.as_deref());
                url.insert_str(0, " href=\"");
                url.push('"');
                if self.bodies.site.page(*page).kind == Kind::Term {
                    url.push_str(" class=\"term\"");
                }
                Some(url)
            }
            LinkTarget::Here(anchor) => Some(format!(
                " href=\"#{}{}\"",
                escaped(&self.prefix),
                escaped(anchor)
            )),
            LinkTarget::Asset(asset) => Some(format!(
                " href=\"{}\"",
                self.bodies.plan.asset_addresses[asset.index()]
            )),
            LinkTarget::External(url) => {
                let mut attributes = String::from(" href=\"");
                escape::href(&mut attributes, url);
                attributes.push('"');
                let is_web = url.starts_with("http");
                attributes.push_str(if is_web {
                    " class=\"external\" rel=\"noopener\""
                } else {
                    ""
                });
                Some(attributes)
            }
            LinkTarget::Broken => None,
        };
        let attributes = attributes.map(|attributes| with_title(attributes, title));
        if let Some(attributes) = &attributes {
            self.writer.open("a", attributes);
        }
        self.link_ends.push(attributes.is_some());
        if link_type == (LinkType::WikiLink { has_pothole: false })
            && let LinkTarget::Page { page, .. } = target
        {
            let title = self.bodies.site.page(*page).title.clone();
            self.writer.text(&title);
            self.skips_link_text = true;
        }
    }

    pub(super) fn close_link(&mut self) {
        self.skips_link_text = false;
        if self.link_ends.pop() == Some(true) {
            self.writer.close("a");
        }
    }

    /// The address of a page as an attribute's value.
    pub(super) fn page_url(&self, page: PageId, anchor: Option<&str>) -> String {
        let url = &self.bodies.plan.addresses[page.index()];
        let mut out = escape::escaped_keeping_root(url);
        if let Some(anchor) = anchor {
            if let Some(hash) = out.find('#') {
                out.truncate(hash);
            }
            out.push('#');
            escape::href(&mut out, &super::entry_prefix(self.bodies.site.page(page)));
            escape::href(&mut out, anchor);
        }
        out
    }

    /// An image in running text. Returns how many nodes it used.
    pub(super) fn inline_image(&mut self, nodes: &[Placed]) -> usize {
        let (html, used) = self.image(nodes);
        self.writer.widget(&html);
        used
    }

    /// The image that begins the nodes, with its size so that nothing jumps when it comes, and loaded only when it is
    /// near. Its alternative text is the words inside it; what else stands there has no place in an attribute.
    fn image(&mut self, nodes: &[Placed]) -> (String, usize) {
        let place = self.next.image;
        self.next.image += 1;
        let mut alt = String::new();
        let mut depth = 1;
        let mut used = 1;
        while depth > 0
            && let Some(node) = nodes.get(used)
        {
            match &node.0 {
                Node::Markdown(Event::Start(Tag::Image { .. })) => depth += 1,
                Node::Markdown(Event::End(TagEnd::Image)) => depth -= 1,
                Node::Markdown(Event::Text(text) | Event::Code(text)) => alt.push_str(text),
                Node::Markdown(Event::SoftBreak | Event::HardBreak) => alt.push(' '),
                _ => {}
            }
            self.skip(node);
            used += 1;
        }
        let ImageTarget::Asset(asset) = self.piece.images[place] else {
            return (escaped(&alt), used);
        };
        let url = &self.bodies.plan.asset_addresses[asset.index()];
        let size = match self.bodies.site.assets[asset.index()].dimensions {
            Some((width, height)) => format!(" width=\"{width}\" height=\"{height}\""),
            None => String::new(),
        };
        let alt = escaped(&alt);
        (
            format!("<img src=\"{url}\" alt=\"{alt}\"{size} loading=\"lazy\" decoding=\"async\">"),
            used,
        )
    }

    /// An image alone in its paragraph with a title is a figure with a caption. Returns how many nodes it used.
    pub(super) fn illustration(&mut self, nodes: &[Placed]) -> Option<usize> {
        let (Node::Markdown(Event::Start(Tag::Image { title, .. })), range) = nodes.get(1)? else {
            return None;
        };
        let after = nodes
            .iter()
            .skip(2)
            .find(|(_, inner)| inner.start >= range.end || inner.end > range.end)?;
        let is_alone = matches!(after.0, Node::Markdown(Event::End(TagEnd::Paragraph)));
        if !is_alone || title.is_empty() {
            return None;
        }
        self.open_block("figure", " class=\"illustration\"");
        let (image, used) = self.image(&nodes[1..]);
        self.writer.widget(&image);
        self.writer.open("figcaption", "");
        self.writer.text(title);
        self.writer.close("figcaption");
        self.close_block("figure");
        Some(used + 2)
    }

    /// `[@source]`: its number on the page, a link to the list of sources.
    pub(super) fn citation(&mut self) {
        let place = self.next.citation;
        self.next.citation += 1;
        let number = self.piece.citations[place];
        let Some(citation) = number
            .number
            .checked_sub(1)
            .and_then(|at| self.page.citations.get(at as usize))
        else {
            return;
        };
        let (shown, attributes) = match (self.citing, self.bodies.booklet) {
            // A booklet has one list of sources for all its chapters.
            (_, Some(numbers)) => {
                let number = numbers.get(&citation.source).copied().unwrap_or_default();
                (number.to_string(), format!(" href=\"#vv-source-{number}\""))
            }
            (Citing::Page, None) => {
                let shown = number.number.to_string();
                let anchor = citation_anchor(number.number, number.occurrence);
                let attributes = format!(" href=\"#vv-source-{shown}\" id=\"{anchor}\"");
                (shown, attributes)
            }
            // An entry has no list of its own: the number is the one that the source's own entry bears.
            (Citing::Source, None) => {
                let number = self.bodies.plan.source_numbers.get(&citation.source);
                let url = self.page_url(citation.source, None);
                (
                    number.copied().unwrap_or_default().to_string(),
                    format!(" href=\"{url}\""),
                )
            }
        };
        let label = escaped(&self.bodies.filled("citation_label", &[("n", &shown)]));
        let attributes = format!(" class=\"citation\"{attributes} aria-label=\"{label}\"");
        self.writer.open("a", &attributes);
        self.writer.text(&format!("[{shown}]"));
        self.writer.close("a");
    }

    /// `[=figure]`: the typed number with its unit, a link to its record; where it is first read, what a reader must
    /// know of it follows.
    pub(super) fn figure(&mut self, id: &str) {
        let Some(figure) = self.bodies.site.figures.get(id) else {
            return;
        };
        let text = figure.text(&self.bodies.site.language(self.page).code);
        if self.in_heading || !self.link_ends.is_empty() || self.items.in_label() {
            self.writer.text(&text);
            return;
        }
        if self.citing == Citing::Source {
            self.writer.open("span", " class=\"figure\"");
            self.writer.text(&text);
            self.writer.close("span");
        } else {
            let attributes = format!(" class=\"figure\" href=\"#vv-figure-{}\"", escaped(id));
            self.writer.open("a", &attributes);
            self.writer.text(&text);
            self.writer.close("a");
        }
        if self.figures_seen.insert(id.to_string())
            && let Some(reservation) = self.bodies.texts.reservation(&figure.figure)
        {
            self.writer.out.push(' ');
            self.writer.open("small", "");
            self.writer.text(&format!("({reservation})"));
            self.writer.close("small");
        }
    }

    /// An item's own source, straight to its entry.
    pub(super) fn source_link(&mut self, source: PageId) {
        let source = self.bodies.site.page(source);
        let attributes = format!(
            " class=\"citation\" href=\"{}\"",
            self.page_url(source.id, None)
        );
        self.writer.out.push(' ');
        self.writer.open("a", &attributes);
        let title = source.title.clone();
        self.writer.text(&title);
        self.writer.close("a");
    }
}

/// A link's attributes with its title after its address, which comes first.
fn with_title(attributes: String, title: &str) -> String {
    let address_end = attributes.match_indices('"').nth(1).map(|(at, _)| at + 1);
    match address_end {
        Some(end) if !title.is_empty() => {
            format!(
                "{} title=\"{}\"{}",
                &attributes[..end],
                escaped(title),
                &attributes[end..]
            )
        }
        _ => attributes,
    }
}
