//! From one content file to one document: front matter, and the facts of its body.
//!
//! In: a file's text and the options. Out: a [`Document`] with findings of its own. Pure, one file at a time: it
//! knows no other file, no address and no date, so a document can be cached by its bytes.

mod front_matter;
mod markdown;
mod readability;

pub use front_matter::shape as front_matter_shape;
pub use readability::readability;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::config::Config;
use crate::model::document::Document;
use crate::model::front_matter::Kind;
use crate::model::ids::FileId;
use crate::text::span::Span;
use std::sync::Arc;

/// What decides how a file is read, beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// Other people's content: unknown keys are kept quietly, a missing title is no finding.
    pub is_lenient: bool,
    /// `raw_html: allow`: nothing is cleaned, so nothing is reported.
    pub allows_raw_html: bool,
    /// The site's own taxonomies: each is a key of its pages, beside those that every site has.
    pub taxonomies: Vec<String>,
}

impl ParseOptions {
    /// The options of a site. A taxonomy with the name of another key could never be read from a page, and is a finding.
    pub fn new(config: &Config, config_file: FileId, diags: &mut Diagnostics) -> Self {
        let own: Vec<_> = config
            .taxonomies
            .iter()
            .filter(|taxonomy| !taxonomy.is_built_in())
            .map(|taxonomy| &taxonomy.name)
            .collect();
        if !own.is_empty() {
            let shapes = Kind::ALL.map(front_matter_shape);
            let is_key = |name: &str| {
                let mut keys = shapes.iter().flat_map(|shape| &shape.keys);
                keys.any(|key| key.name == name)
            };
            for name in own.iter().filter(|name| is_key(&name.value)) {
                diags
                    .add(
                        Code::TaxonomyName,
                        Span::new(config_file, name.range.clone()),
                    )
                    .arg("name", name.value.clone());
            }
        }
        ParseOptions {
            is_lenient: config.is_lenient,
            allows_raw_html: config.allows_raw_html,
            taxonomies: own.into_iter().map(|name| name.value.clone()).collect(),
        }
    }
}

/// Reads one file.
pub fn parse(text: &Arc<str>, options: &ParseOptions) -> Document {
    let mut diags = Diagnostics::new();
    let parts = front_matter::split(text, &mut diags);
    let front_matter = front_matter::read(text, &parts, options, &mut diags);
    let needs_title =
        options.is_lenient && front_matter.as_ref().is_some_and(|fm| fm.title.is_none());
    let typed = front_matter
        .as_ref()
        .filter(|fm| matches!(fm.kind.kind(), Kind::Method | Kind::Case))
        .filter(|_| !options.is_lenient)
        .map(|fm| &fm.figures[..]);
    let facts = markdown::walk(
        text,
        parts.body_start,
        needs_title,
        typed,
        options,
        &mut diags,
    );
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
        prose: facts.prose,
        shown: facts.shown,
        words: facts.words,
        has_raw_html: facts.has_raw_html,
        is_cut: facts.is_cut,
        findings: diags.into_list(),
    }
}
