//! Where a page uses a term first: in each section the first use becomes a link, and the first abbreviation of the
//! page is spelt out.
//!
//! In: a document's prose, its links as they were resolved, and the lexicon of its language. Out: uses in the order
//! of the text. A section is what stands under one heading of the second level; the text before the first is one too.
//! A link of the author's to a term, anywhere in a section, is that section's use of it.

use super::{KnownTerm, Lexicon};
use crate::model::document::{Document, LinkKind};
use crate::model::ids::PageId;
use crate::model::site::{LinkTarget, TermUse};
use crate::resolve::tree::TreeNode;
use crate::text::span::TextRange;

/// Finds the uses of terms on one page.
pub fn uses(
    lexicon: &Lexicon,
    page: PageId,
    node: &TreeNode,
    document: &Document,
    links: &[LinkTarget],
) -> Vec<TermUse> {
    if lexicon.terms.is_empty() {
        return Vec::new();
    }
    let mut reading = Reading {
        lexicon,
        page,
        node,
        document,
        links: links_to_terms(lexicon, document, links),
        linked: Vec::new(),
        spelt: Vec::new(),
        uses: Vec::new(),
    };
    let mut sections = sections(document);
    let mut section = 0..0;
    for range in &document.prose {
        while range.start >= section.end
            && let Some(next) = sections.next()
        {
            section = next;
            reading.begin(&section);
        }
        reading.read(range);
    }
    reading.uses
}

/// The author's own links to terms, in the order of the text.
struct TermLink {
    start: u32,
    term: usize,
    /// `[[id]]`, which shows the term's title.
    shows_title: bool,
}

fn links_to_terms(lexicon: &Lexicon, document: &Document, links: &[LinkTarget]) -> Vec<TermLink> {
    let to_term = |(link, target): (&crate::model::document::Link, &LinkTarget)| {
        let LinkTarget::Page { page, .. } = target else {
            return None;
        };
        Some(TermLink {
            start: link.range.start,
            term: *lexicon.places.get(page)?,
            shows_title: link.kind == LinkKind::Titled,
        })
    };
    document
        .links
        .iter()
        .zip(links)
        .filter_map(to_term)
        .collect()
}

/// The ranges between the headings of the second level.
fn sections(document: &Document) -> impl Iterator<Item = TextRange> {
    let headings = document.headings.iter().filter(|h| h.level == 2);
    let starts = std::iter::once(0).chain(headings.clone().map(|h| h.range.start));
    let ends = headings.map(|h| h.range.start);
    starts
        .zip(ends.chain(std::iter::once(u32::MAX)))
        .map(|(start, end)| start..end)
}

/// A page being read. Terms are given by their place in the lexicon.
struct Reading<'a> {
    lexicon: &'a Lexicon,
    page: PageId,
    node: &'a TreeNode,
    document: &'a Document,
    links: Vec<TermLink>,
    /// Terms that have a link in the section.
    linked: Vec<usize>,
    /// Terms whose full form the page has shown, or whose abbreviation it has linked.
    spelt: Vec<usize>,
    uses: Vec<TermUse>,
}

impl Reading<'_> {
    fn begin(&mut self, section: &TextRange) {
        let own = self
            .links
            .iter()
            .filter(|link| section.contains(&link.start));
        self.linked.clear();
        self.linked.extend(own.map(|link| link.term));
    }

    fn read(&mut self, range: &TextRange) {
        let (mut at, end) = (range.start as usize, range.end as usize);
        while let Some(found) = self.lexicon.words.next(&self.document.text, at, end) {
            at = found.end;
            let meaning = &self.lexicon.meanings[found.number];
            let place = found.start as u32..found.end as u32;
            self.found(meaning.term, meaning.is_abbreviation, place, end);
        }
    }

    fn found(&mut self, at: usize, is_abbreviation: bool, place: TextRange, end: usize) {
        let term = &self.lexicon.terms[at];
        let is_own = term.page == self.page;
        if term.is_autolinked && !is_own && !self.linked.contains(&at) {
            self.linked.push(at);
            let is_spelt_out = is_abbreviation && !self.is_known(at, term, &place, end);
            self.uses.push(TermUse {
                range: place,
                page: term.page,
                expansion: is_spelt_out.then(|| term.expansion.clone()),
            });
            self.spell(at);
        }
        if !is_abbreviation {
            self.spell(at);
        }
    }

    fn spell(&mut self, at: usize) {
        if !self.spelt.contains(&at) {
            self.spelt.push(at);
        }
    }

    /// Whether the reader is told elsewhere what an abbreviation stands for: the full form stood above, it follows in
    /// the same paragraph, or parentheses stand where it would be put.
    fn is_known(&self, at: usize, term: &KnownTerm, place: &TextRange, end: usize) -> bool {
        let (start, stop) = (place.start as usize, place.end as usize);
        let text = &self.document.text;
        let after = &text[stop..];
        let is_in_parentheses = text[..start].ends_with('(') && after.starts_with(')');
        if is_in_parentheses || after.trim_start().starts_with('(') || self.spelt.contains(&at) {
            return true;
        }
        let mut above = self
            .links
            .iter()
            .take_while(|link| link.start < place.start);
        let body = self.document.body_start as usize;
        let head = [Some(&self.node.title), self.node.description.as_ref()];
        let shown = head.into_iter().flatten().map(|text| text.as_ref());
        let mut shown: Vec<&str> = shown.collect();
        shown.extend([&text[body..start], &text[stop..end]]);
        above.any(|link| link.term == at && link.shows_title)
            || shown
                .iter()
                .any(|text| term.spellings.iter().any(|word| text.contains(word)))
    }
}
