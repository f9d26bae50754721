//! The views of what a site's claims rest on: glossary, sources, evidence, citations.

use super::{LinkView, PageStatusView};
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
    /// Empty for a term that was retracted.
    pub definition: String,
    pub status: Option<PageStatusView>,
    /// What the house that publishes the site calls it.
    pub local_name: Option<String>,
    pub synonyms: Vec<String>,
    pub abbreviations: Vec<String>,
    pub confused_with: Vec<LinkView>,
    pub see_also: Vec<LinkView>,
    pub sources: Vec<LinkView>,
    pub used_on: Vec<LinkView>,
    /// How many pages use it.
    pub used_count: usize,
    /// That there are more than those listed, which are many enough.
    pub used_more: Option<String>,
}

/// What is told of a source wherever it is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceFacts {
    #[serde(rename = "type")]
    pub kind: String,
    pub publisher: String,
    pub dated: String,
    pub access: AccessView,
    pub interest: Option<String>,
    pub caveats: Vec<String>,
    pub status: Option<StatusView>,
}

/// Whether the editors have seen a source, and which sources tell of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AccessView {
    pub text: String,
    pub sources: Vec<LinkView>,
}

/// That a source holds no longer, and what holds instead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatusView {
    pub text: String,
    pub successor: Option<LinkView>,
}

/// A page that rests on a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserView {
    pub title: Arc<str>,
    pub url: Arc<str>,
    /// Where it is another than that of the page that lists it.
    pub language: Option<String>,
}

/// A source among all sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceView {
    pub id: Arc<str>,
    pub number: u32,
    pub title: Arc<str>,
    pub facts: SourceFacts,
    pub url: Option<String>,
    pub used_on: Vec<UserView>,
    /// That there are more than those listed, which are many enough.
    pub used_more: Option<String>,
}

/// A typed number with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureView {
    pub id: String,
    /// As the text shows it: number and unit.
    pub value: String,
    pub what: Option<String>,
    pub population: Option<String>,
    pub period: Option<String>,
    pub as_written: Option<String>,
    pub note: Option<String>,
    pub sources: Vec<LinkView>,
    /// «9,2 − 5,2» for a number that we have computed.
    pub formula: Option<String>,
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
    pub number: u32,
    pub id: String,
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub facts: SourceFacts,
    pub places: Vec<String>,
    pub back: Vec<String>,
}
