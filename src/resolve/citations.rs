//! Citations and figures of a body: sources numbered in the order of their first use, figures known to the site.

use super::links::BodyLinks;
use crate::diagnostic::Code;
use crate::model::document::Document;
use crate::model::front_matter::Kind;
use crate::model::ids::PageId;
use crate::model::site::{CitationNumber, PageCitation};
use crate::text::span::TextRange;

impl BodyLinks<'_, '_> {
    /// Numbers the sources in the order of their first citation.
    pub(super) fn citations(
        &mut self,
        document: &Document,
    ) -> (Vec<PageCitation>, Vec<CitationNumber>) {
        let mut citations: Vec<PageCitation> = Vec::new();
        let mut numbers = Vec::with_capacity(document.citations.len());
        for citation in &document.citations {
            let Some(source) = self.source(&citation.id.value, &citation.id.range) else {
                numbers.push(CitationNumber::default());
                continue;
            };
            numbers.push(cite(&mut citations, source, citation.place.clone()));
        }
        (citations, numbers)
    }

    pub(super) fn source(&mut self, id: &str, range: &TextRange) -> Option<PageId> {
        let index = self.resolver.index;
        let found = index.by_id(id).or_else(|| index.by_path(id));
        match found {
            Some(page) if self.resolver.tree.nodes[page.index()].kind == Kind::Source => Some(page),
            Some(page) => {
                let kind = self.resolver.tree.nodes[page.index()].kind.name();
                self.report(Code::WrongKind, range)
                    .arg("key", "[@…]")
                    .arg("id", id)
                    .arg("kind", kind)
                    .arg("wanted", "source");
                None
            }
            None => {
                if !index.is_unreadable(id) {
                    let sources = self
                        .resolver
                        .tree
                        .nodes
                        .iter()
                        .filter(|node| node.kind == Kind::Source);
                    let names: Vec<&str> = sources
                        .filter_map(|node| node.content_id.as_deref())
                        .collect();
                    self.report(Code::UnknownId, range)
                        .arg("what", "source-id")
                        .arg("id", id)
                        .nearest(id, names);
                }
                None
            }
        }
    }

    pub(super) fn figures(&mut self, document: &Document) {
        for figure in &document.figure_uses {
            let figures = self.resolver.figures;
            if let Some(known) = figures.get(&figure.value) {
                self.tell_of_link(known.page, &figure.range);
            } else {
                self.report(Code::UnknownId, &figure.range)
                    .arg("what", "figure-id")
                    .arg("id", figure.value.clone())
                    .nearest(&figure.value, figures.keys().map(String::as_str));
            }
        }
    }
}

/// Numbers one more use of a source on a page.
pub fn cite(
    citations: &mut Vec<PageCitation>,
    source: PageId,
    place: Option<String>,
) -> CitationNumber {
    let known = citations.iter().position(|c| c.source == source);
    let at = known.unwrap_or_else(|| {
        citations.push(PageCitation {
            source,
            places: Vec::new(),
        });
        citations.len() - 1
    });
    citations[at].places.push(place);
    CitationNumber {
        number: at as u32 + 1,
        occurrence: citations[at].places.len() as u32,
    }
}
