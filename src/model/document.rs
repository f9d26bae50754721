//! One parsed content file: its front matter and the facts found in one walk of its body.
//!
//! Ranges are local to the file. A document knows no other file and no address; it carries its own findings, so
//! that it can be kept from build to build for as long as its bytes stay the same. Nodes are not kept: `render`
//! walks the text again.

use super::front_matter::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::text::span::{Spanned, TextRange};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Document {
    pub text: Arc<str>,
    /// `None` when the front matter could not be read; the page is then known by its path alone.
    pub front_matter: Option<FrontMatter>,
    pub body_start: u32,
    /// Lenient content without a title: its first heading is the title and not part of the body.
    pub title_heading: Option<TextRange>,
    pub headings: Vec<Heading>,
    /// Every link, in the order of the text.
    pub links: Vec<Link>,
    /// Every image, in the order of the text.
    pub images: Vec<Image>,
    pub citations: Vec<CitationUse>,
    /// `[=figure-id]`, in the order of the text.
    pub figure_uses: Vec<Spanned<String>>,
    /// Task items, in the order of the text.
    pub items: Vec<Item>,
    /// Role callouts: `[!role laerer]`.
    pub role_uses: Vec<Spanned<String>>,
    /// Running text in which terms may be linked, in order: every byte is shown as written, but for line ends and the
    /// marks of quotes and lists after them.
    pub prose: Vec<TextRange>,
    /// The words a reader sees, but for headings and code blocks: text as written, or one of `[[id]]`, `[=figure]`, `&amp;`.
    pub shown: Vec<TextRange>,
    /// About how many words the body has.
    pub words: u32,
    pub has_raw_html: bool,
    /// A limit was hit and the body not read to its end.
    pub is_cut: bool,
    pub findings: Vec<Diagnostic<TextRange>>,
}

/// A heading of the body.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2–6 as rendered: the page's title is the only `h1`.
    pub level: u8,
    /// The heading's words, without markup.
    pub text: String,
    /// The author's own id.
    pub id: Option<String>,
    pub range: TextRange,
    /// From the heading to the next of the same or a higher level.
    pub section: TextRange,
}

/// A link of the body.
#[derive(Clone, Debug)]
pub struct Link {
    pub kind: LinkKind,
    /// As written: an address, a path, or the id of `[[id]]`.
    pub target: String,
    pub range: TextRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](address)` and its other CommonMark forms.
    Markdown,
    /// `<https://…>` and e-mail addresses.
    Auto,
    /// `<name@example.org>`
    Email,
    /// `[[id]]`, which shows the target's title.
    Titled,
    /// `[[id|text]]`
    Named,
}

#[derive(Clone, Debug)]
pub struct Image {
    pub target: String,
    pub range: TextRange,
}

#[derive(Clone, Debug)]
pub struct CitationUse {
    pub id: Spanned<String>,
    pub place: Option<String>,
}

/// A task item.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: Option<Spanned<String>>,
    /// The author gave an id that cannot be used, and has been told.
    pub has_bad_id: bool,
    /// The label's words, without markup.
    pub text: String,
    pub role: Option<Spanned<String>>,
    pub source: Option<Spanned<String>>,
    /// Ids it had before.
    pub was: Vec<String>,
    /// Where they stand.
    pub was_range: TextRange,
    /// The label with its attributes.
    pub range: TextRange,
    /// Where the label ends and its attributes may begin.
    pub label_end: u32,
    /// The whole item with its help text.
    pub extent: TextRange,
    /// Whether help text follows the label.
    pub has_help: bool,
    /// Index of the heading it stands under.
    pub heading: Option<u32>,
}
