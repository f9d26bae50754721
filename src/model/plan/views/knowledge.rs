//! The views of what a site's claims rest on: glossary, sources, evidence, citations.

use super::LinkView;
use serde::Serialize;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GlossaryView {
    pub letters: Vec<LetterView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetterView {
    pub letter: String,
    pub id: String,
    pub terms: Vec<TermView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermView {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub definition: String,
    pub synonyms: Vec<String>,
    pub abbreviations: Vec<String>,
    pub confused_with: Vec<LinkView>,
    pub used_on: Vec<LinkView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceView {
    pub id: Arc<str>,
    pub number: usize,
    pub title: Arc<str>,
    #[serde(rename = "type")]
    pub kind: String,
    pub publisher: String,
    pub dated: String,
    pub access: String,
    pub url: Option<String>,
    pub interest: Option<String>,
    pub caveats: Vec<String>,
    pub status: Option<String>,
    pub used_on: Vec<LinkView>,
}

/// «Viden bag»
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceView {
    pub strength: String,
    /// 1–4; `None` when not assessed.
    pub squares: Option<u8>,
    pub design: Option<String>,
    pub stated_by: Option<String>,
    pub basis: Vec<LinkView>,
    pub unknown: Vec<String>,
}

/// A source in the list under the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitationView {
    pub number: usize,
    pub id: String,
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub publisher: String,
    pub dated: String,
    pub access: Option<String>,
    pub places: Vec<String>,
    pub back: Vec<String>,
}
