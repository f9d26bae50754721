//! Items of other pages on the checklist that collects them: one group for each page, named after it.
//!
//! The owner's text is walked as on its own page, but only what belongs to the items is shown. What its links and
//! citations lead to was decided for this page in `resolve`; notes stay where they are and are linked to.

use super::Body;
use crate::markdown::{self, Node};
use crate::model::graph::{CollectedGroup, group_anchor};
use crate::text::escape::escaped;
use pulldown_cmark::{Event, Tag, TagEnd};

impl Body<'_> {
    /// Writes all groups that the page collects.
    pub(super) fn write_collected(&mut self) {
        let page = self.page;
        for group in &page.collected {
            let owner = self.bodies.site.page(group.owner);
            let address = self.page_url(group.owner, group.anchor.as_deref());
            let id = escaped(&group_anchor(owner));
            self.open_block("fieldset", " class=\"group\"");
            self.writer.open("legend", "");
            self.writer.open("h2", &format!(" id=\"{id}\""));
            self.writer.open("a", &format!(" href=\"{address}\""));
            self.writer.text(&owner.title);
            self.writer.close("a");
            self.writer.close("h2");
            self.close_block("legend");
            self.open_block("ul", " class=\"task-list\"");
            let items = self.collected_items(group);
            self.writer.widget(&items);
            self.close_block("ul");
            self.close_block("fieldset");
        }
    }

    /// The items of a group as list items.
    fn collected_items(&self, group: &CollectedGroup) -> String {
        let site = self.bodies.site;
        let owner = site.page(group.owner);
        let document = site.document(group.piece.document);
        if document.is_cut {
            return String::new();
        }
        let mut body = Body {
            answers: self.answers,
            is_checklist: false,
            owner: Some(owner),
            prefix: format!("{}-", group_anchor(owner)),
            // The list that the items stand in is not walked, but they are in one.
            depth: 1,
            figures_seen: self.figures_seen.clone(),
            ..Body::new(self.bodies, self.page, &group.piece, document, self.citing)
        };
        let extents: Vec<_> = group
            .items
            .iter()
            .map(|at| &document.items[*at as usize].extent)
            .collect();
        let (nodes, _) = markdown::read(&document.text, document.body_start);
        let mut at = 0;
        while at < nodes.len() {
            let (node, range) = &nodes[at];
            // The list around an only item stands where the item does; a list inside an item begins after it.
            let after = u32::from(matches!(
                node,
                Node::Markdown(Event::Start(Tag::List(_)) | Event::End(TagEnd::List(_)))
            ));
            let is_shown = extents
                .iter()
                .any(|extent| extent.start + after <= range.start && range.end <= extent.end);
            if is_shown {
                at += body.node(&nodes[at..]);
                continue;
            }
            if let Node::Markdown(Event::FootnoteReference(name)) = node {
                body.footnotes.count(name);
            }
            body.skip(&nodes[at]);
            at += 1;
        }
        body.writer.finish()
    }
}
