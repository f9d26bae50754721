//! From one content file to one document: front matter, and the facts of its body.
//!
//! In: a file's text and the options. Out: a [`Document`] with findings of its own. Pure, one file at a time: it
//! knows no other file, no address and no date, so a document can be cached by its bytes.

mod front_matter;
mod markdown;

pub use front_matter::shape as front_matter_shape;

use crate::diagnostic::Diagnostics;
use crate::model::document::Document;
use std::sync::Arc;

/// What decides how a file is read, beside its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// Other people's content: unknown keys are kept quietly, a missing title is no finding.
    pub is_lenient: bool,
    /// `raw_html: allow`: nothing is cleaned, so nothing is reported.
    pub allows_raw_html: bool,
}

/// Reads one file.
pub fn parse(text: &Arc<str>, options: &ParseOptions) -> Document {
    let mut diags = Diagnostics::new();
    let parts = front_matter::split(text, &mut diags);
    let front_matter = front_matter::read(text, &parts, options.is_lenient, &mut diags);
    let needs_title =
        options.is_lenient && front_matter.as_ref().is_some_and(|fm| fm.title.is_none());
    let facts = markdown::walk(text, parts.body_start, needs_title, options, &mut diags);
    Document {
        text: Arc::clone(text),
        front_matter,
        body_start: parts.body_start,
        title_heading: facts.title_heading,
        headings: facts.headings,
        links: facts.links,
        images: facts.images,
        citations: facts.citations,
        figure_uses: facts.figure_uses,
        items: facts.items,
        role_uses: facts.role_uses,
        words: facts.words,
        has_raw_html: facts.has_raw_html,
        is_cut: facts.is_cut,
        findings: diags.into_list(),
    }
}
