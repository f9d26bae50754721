//! The site after `resolve`: pages in a tree, and every reference a [`PageId`].
//!
//! A page is made of pieces, each a range of a document with what its links, headings and citations lead to, in the
//! order of the document's own lists. A plain page has one piece; an edition's page may have several.

mod review;

pub use review::*;

use super::document::Document;
use super::front_matter::{CitedSource, Figure, FrontMatter, Kind, KindData, Reference, Status};
use super::graph::{CollectedGroup, Referrer};
use super::ids::{AssetId, DocumentId, FileId, PageId};
use super::lock::Lock;
use super::source::Asset;
use crate::model::config::Config;
use crate::text::date::Date;
use crate::text::number;
use crate::text::span::{Span, TextRange};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

#[derive(Debug)]
pub struct Site {
    pub config: Arc<Config>,
    pub config_file: FileId,
    /// The one date that decides anything.
    pub today: Date,
    pub documents: Vec<SiteDocument>,
    pub languages: Vec<Language>,
    pub pages: Vec<Page>,
    pub assets: Vec<Asset>,
    pub redirects: Vec<Redirect>,
    pub figures: BTreeMap<String, SiteFigure>,
    /// Which pages rest on each source, in the order of the pages.
    pub source_uses: HashMap<PageId, Vec<SourceUse>>,
    /// For each term those that it must not be confused with; of two each has the other.
    pub confusions: BTreeMap<PageId, Vec<PageId>>,
    /// What the site promised before.
    pub lock: Option<Arc<Lock>>,
    /// Links of the foot of every page.
    pub footer: Vec<PageId>,
    /// The page of the accessibility statement.
    pub statement: Option<PageId>,
    /// The page that lists what is tagged with a term, by taxonomy, term and language.
    pub term_pages: BTreeMap<(usize, usize, u8), PageId>,
}

/// A document and the file it came from.
#[derive(Clone, Debug)]
pub struct SiteDocument {
    pub document: Arc<Document>,
    pub file: FileId,
}

/// A language of the site.
#[derive(Clone, Debug)]
pub struct Language {
    pub code: String,
    /// The folder of its pages, with `/` at the end; empty for the site's main language.
    pub folder: String,
    pub title: String,
    pub description: Option<String>,
    pub home: PageId,
    pub menu: Vec<MenuEntry>,
}

#[derive(Clone, Debug)]
pub struct MenuEntry {
    pub page: PageId,
    pub title: Arc<str>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub id: PageId,
    /// Path below the content folder without `.md`; a section's page has its folder's path, the front page none.
    pub path: Arc<str>,
    pub content_id: Option<Arc<str>>,
    /// The document whose front matter is the page's. `None` for a section without a page of its own.
    pub document: Option<DocumentId>,
    pub kind: Kind,
    pub status: Status,
    /// What a reader should read instead of a page that no longer holds; never one that was superseded too.
    pub successor: Option<PageId>,
    /// The superseded pages whose successor this is, by path.
    pub replaces: Vec<PageId>,
    pub title: Arc<str>,
    pub description: Option<Arc<str>>,
    /// Index into [`Site::languages`].
    pub language: u8,
    /// Output folder with `/` at the end; empty for the front page. An entry has its section's.
    pub address: Arc<str>,
    /// The anchor of an entry (a term or source) on its section's page.
    pub fragment: Option<Arc<str>>,
    pub is_section: bool,
    pub parent: Option<PageId>,
    /// In reading order.
    pub children: Vec<PageId>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
    pub pieces: Vec<Piece>,
    /// The pages that the front matter's references lead to, by the place of the reference.
    pub targets: HashMap<u32, PageId>,
    /// Sources cited in the text, in the order of their first citation.
    pub citations: Vec<PageCitation>,
    /// The sources that the page rests on, in any way, in the order of the site.
    pub rests_on: Vec<PageId>,
    /// Pages that cite this source or use this term.
    pub used_on: Vec<PageId>,
    /// Pages that refer to this page, each once, in the order of the site. Empty for terms and sources.
    pub referrers: Vec<Referrer>,
    /// Items of other pages that this checklist shows, one group for each page.
    pub collected: Vec<CollectedGroup>,
    /// Pages of other languages with the same content.
    pub translations: Vec<PageId>,
    /// What the page lists, when it is a taxonomy's.
    pub listing: Option<Listing>,
}

/// Whose page a page of a taxonomy is: a term's, or that of all its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxonomyPlace {
    /// Index into the configuration's taxonomies.
    pub taxonomy: usize,
    /// Index into the taxonomy's terms.
    pub term: Option<usize>,
}

/// What the page of a topic, a role or another term lists; that of a whole taxonomy lists the pages of its terms.
#[derive(Clone, Debug)]
pub struct Listing {
    pub place: TaxonomyPlace,
    /// In reading order.
    pub pages: Vec<PageId>,
    /// Where a text has a box for the role: the page, and the heading it stands under.
    pub marked: Vec<(PageId, Option<HeadingPlace>)>,
}

/// A heading of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingPlace {
    /// Index into [`Page::pieces`].
    pub piece: usize,
    /// Index into the headings of the piece's document.
    pub heading: usize,
}

/// A part of a page's body: a range of one document.
#[derive(Clone, Debug)]
pub struct Piece {
    pub document: DocumentId,
    pub range: TextRange,
    /// One for each heading of the document.
    pub heading_ids: Vec<Arc<str>>,
    /// One for each link of the document.
    pub links: Vec<LinkTarget>,
    /// One for each image of the document.
    pub images: Vec<ImageTarget>,
    /// One for each citation of the document: its number on the page and which of that source's uses it is.
    pub citations: Vec<CitationNumber>,
    /// One for each task item of the document.
    pub item_ids: Vec<Arc<str>>,
    /// One for each task item of the document: the source it names.
    pub item_sources: Vec<Option<PageId>>,
    /// One for each task item of the document: the checklist that collects it, where it is ticked. Empty when none is.
    pub item_lists: Vec<Option<PageId>>,
    /// Words of the text that become links to terms, in order; none touches another.
    pub terms: Vec<TermUse>,
}

/// A word or phrase of a document's prose that names a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermUse {
    pub range: TextRange,
    pub page: PageId,
    /// What the word stands for, where it is an abbreviation that the page spells out here.
    pub expansion: Option<Arc<str>>,
}

/// Where a link leads. Nothing is looked up again after `resolve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Page {
        page: PageId,
        anchor: Option<Arc<str>>,
    },
    /// An anchor of the page the link stands on.
    Here(Arc<str>),
    Asset(AssetId),
    External(Arc<str>),
    /// A finding has been made; the text is shown without a link.
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageTarget {
    Asset(AssetId),
    Broken,
}

/// A citation's number on its page, from 1, and the number of its use, from 1. Zero for an unknown source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CitationNumber {
    pub number: u32,
    pub occurrence: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCitation {
    pub source: PageId,
    /// One for each use; empty text where no place was given.
    pub places: Vec<Option<String>>,
}

/// An old address that leads to a page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// Path of the address without slashes at its ends.
    pub from: Arc<str>,
    pub to: PageId,
    /// Where the alias was written.
    pub file: FileId,
    pub range: TextRange,
}

impl Redirect {
    /// The address that leads on, from the site's root.
    pub fn address(&self) -> String {
        let name = self.from.rsplit('/').next().unwrap_or_default();
        let end = if name.ends_with(".html") { "" } else { "/" };
        format!("/{}{end}", self.from)
    }
}

/// A typed number, known to the whole site.
#[derive(Clone, Debug)]
pub struct SiteFigure {
    pub page: PageId,
    pub figure: Figure,
    /// The value with a decimal point, computed for derived figures.
    pub value: String,
    /// Its own source; those of the figures that a derived one is computed from.
    pub sources: Vec<PageId>,
}

/// How one page rests on a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceUse {
    pub page: PageId,
    /// Sorted, each once.
    pub by: Vec<UsedBy>,
    /// The places in the source that the page's citations name, in the order of the text, each once.
    pub places: Vec<String>,
    /// The figures from the source that the page owns or shows, sorted.
    pub figures: Vec<String>,
}

/// A way to rest on a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsedBy {
    /// `[@source]`
    Text,
    /// `evidence.basis`
    Evidence,
    /// A figure of the page's own, or one that it shows.
    Figure,
    /// The source of a task item.
    Item,
    /// The page's list of sources.
    Sources,
}

impl UsedBy {
    /// The word for machines.
    pub fn name(self) -> &'static str {
        match self {
            UsedBy::Text => "text",
            UsedBy::Evidence => "evidence",
            UsedBy::Figure => "figure",
            UsedBy::Item => "item",
            UsedBy::Sources => "sources",
        }
    }
}

impl Page {
    /// Whether readers see its text.
    pub fn has_body(&self) -> bool {
        self.status.has_body(self.kind)
    }

    /// Whether lists and menus show it. Terms and sources stay in theirs whatever came of them, with their status.
    pub fn is_listed(&self) -> bool {
        self.status.is_current() || self.kind.is_entry()
    }

    /// Whether its address leads on to what came in its place.
    pub fn is_redirect(&self) -> bool {
        let is_superseded = self.status == Status::Superseded && self.successor.is_some();
        is_superseded && self.fragment.is_none()
    }
}

impl Site {
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()].document
    }

    pub fn language(&self, page: &Page) -> &Language {
        &self.languages[usize::from(page.language)]
    }

    /// The front matter of a page; `None` for one without a file or with front matter that cannot be read.
    pub fn front_matter(&self, page: &Page) -> Option<&FrontMatter> {
        self.document(page.document?).front_matter.as_ref()
    }

    /// A place in the file that a page's front matter and text stand in; the configuration for a page without one.
    pub fn span(&self, page: &Page, range: TextRange) -> Span {
        match page.document {
            Some(document) => Span::new(self.documents[document.index()].file, range),
            None => Span::new(self.config_file, 0..0),
        }
    }

    /// What a source says of itself; `None` for a page that is none.
    pub fn source(&self, page: &Page) -> Option<&CitedSource> {
        match &self.front_matter(page)?.kind {
            KindData::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The sources that tell that they are mentioned in this one, in the order of the site.
    pub fn known_through(&self, source: &Page) -> Vec<&Page> {
        let is_told_by = |page: &&Page| {
            self.source(page).is_some_and(|data| {
                let mut tellers = self.targets(page, &data.mentioned_in);
                tellers.any(|teller| teller.id == source.id)
            })
        };
        self.pages.iter().filter(is_told_by).collect()
    }

    /// The figures that a page's text shows, in the order of their first use.
    pub fn figures_of<'a>(&'a self, page: &'a Page) -> Vec<(&'a str, &'a SiteFigure)> {
        let own = page.pieces.iter().flat_map(|piece| {
            let uses = self.document(piece.document).figure_uses.iter();
            uses.filter(|figure| piece.range.contains(&figure.range.start))
        });
        let collected = page.collected.iter().flat_map(|group| {
            let document = self.document(group.piece.document);
            let is_shown = |at: u32| {
                let mut items = group
                    .items
                    .iter()
                    .map(|item| &document.items[*item as usize]);
                items.any(|item| item.extent.contains(&at))
            };
            let uses = document.figure_uses.iter();
            uses.filter(move |figure| is_shown(figure.range.start))
        });
        let uses = own.chain(collected);
        let mut found: Vec<(&str, &SiteFigure)> = Vec::new();
        for id in uses.map(|figure| figure.value.as_str()) {
            if let Some(figure) = self.figures.get(id)
                && !found.iter().any(|(known, _)| *known == id)
            {
                found.push((id, figure));
            }
        }
        found
    }

    /// The text and id of a heading.
    pub fn heading<'a>(&'a self, page: &'a Page, place: HeadingPlace) -> (&'a str, &'a Arc<str>) {
        let piece = &page.pieces[place.piece];
        let heading = &self.document(piece.document).headings[place.heading];
        (&heading.text, &piece.heading_ids[place.heading])
    }

    /// The page a front matter reference leads to.
    pub fn target(&self, page: &Page, reference: &Reference) -> Option<&Page> {
        page.targets
            .get(&reference.range.start)
            .map(|id| self.page(*id))
    }

    /// The pages a list of references leads to, without those that could not be resolved.
    pub fn targets<'a>(
        &'a self,
        page: &'a Page,
        references: &'a [Reference],
    ) -> impl Iterator<Item = &'a Page> {
        references
            .iter()
            .filter_map(|reference| self.target(page, reference))
    }
}

impl SiteFigure {
    /// The value as readers of a language write it.
    pub fn number(&self, language: &str) -> String {
        number::shown(&self.value, language)
    }

    /// The figure as a reader sees it: «9,2 procent», with a blank between that no line breaks at.
    pub fn text(&self, language: &str) -> String {
        let mut text = self.number(language);
        if let Some(unit) = &self.figure.unit {
            text.push('\u{a0}');
            text.push_str(unit);
        }
        text
    }
}

/// The id of a citation in the text: the first use of source 2 is `vv-citation-2`, its next `vv-citation-2-2`.
pub fn citation_anchor(number: u32, occurrence: u32) -> String {
    match occurrence {
        1 => format!("vv-citation-{number}"),
        n => format!("vv-citation-{number}-{n}"),
    }
}
