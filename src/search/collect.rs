//! What can be found: the sections, task items and entries of each page, as text.
//!
//! In: a page of the site with the facts of its one parse walk. Out: its sections in reading order. Pages that say they
//! are not to be searched have none; generated lists have no text of their own.

mod fields;

use crate::model::document::Document;
use crate::model::front_matter::*;
use crate::model::site::{LinkTarget, Page, Piece, Site};
use fields::Text;
use std::sync::Arc;

/// A page with what can be found on it.
#[derive(Clone, Debug)]
pub struct FoundPage {
    /// The folder of the page, from the site's root.
    pub url: Arc<str>,
    pub title: Arc<str>,
    pub short_title: Option<String>,
    /// Kind, roles and topics, which filters ask for.
    pub facets: Facets,
    /// Titles of the sections it lies in, outermost first.
    pub trail: Vec<Arc<str>>,
    /// Words that are searched and not shown.
    pub keywords: Vec<String>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facets {
    pub kind: &'static str,
    pub roles: Vec<String>,
    pub topics: Vec<String>,
}

/// A unit of the search: from a heading to the next, a task item, or an entry of a list.
#[derive(Clone, Debug)]
pub struct Section {
    pub kind: SectionKind,
    /// The id on the page; none for the beginning of the page.
    pub fragment: Option<String>,
    /// Its own heading; that above it for a task item.
    pub heading: String,
    pub text: String,
    /// Other names of a term.
    pub names: Vec<String>,
    /// Words that are searched and not shown.
    pub keywords: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    Page,
    Section,
    ChecklistItem,
    Term,
}

impl SectionKind {
    pub const ALL: [SectionKind; 4] = [
        SectionKind::Page,
        SectionKind::Section,
        SectionKind::ChecklistItem,
        SectionKind::Term,
    ];

    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Page => "page",
            SectionKind::Section => "section",
            SectionKind::ChecklistItem => "checklist-item",
            SectionKind::Term => "term",
        }
    }
}

/// The pages of a language that are searched, in the order of the site.
pub fn searched(site: &Site, language: usize) -> Vec<&Page> {
    let is_searched = |page: &&Page| {
        usize::from(page.language) == language
            && page.fragment.is_none()
            && site.front_matter(page).is_some_and(is_open)
    };
    site.pages.iter().filter(is_searched).collect()
}

fn is_open(fm: &FrontMatter) -> bool {
    !fm.is_noindex && !fm.is_draft && !matches!(fm.status, Status::Superseded | Status::Retracted)
}

/// Collects one page.
pub fn page(site: &Site, page: &Page) -> FoundPage {
    let fm = site.front_matter(page);
    let mut sections = vec![Section {
        kind: SectionKind::Page,
        fragment: None,
        heading: String::new(),
        text: String::new(),
        names: Vec::new(),
        keywords: Vec::new(),
    }];
    if let Some(fm) = fm {
        let mut intro = Text::default();
        intro.add(page.description.as_deref());
        intro.all(&fm.key_points);
        fields::kind(site, page, fm, &mut intro, &mut sections);
        sections[0].text = intro.0;
    }
    for piece in &page.pieces {
        body(site, page, piece, &mut sections);
    }
    // A number is told of on every page that shows it, and found where it is at home.
    let own = site.figures_of(page).into_iter();
    sections.extend(
        own.filter(|(_, figure)| figure.page == page.id)
            .map(|(id, figure)| fields::figure(site, page, id, figure)),
    );
    if let Some(evidence) = fm.and_then(|fm| fm.evidence.as_ref()) {
        let mut text = Text::default();
        text.all(&evidence.unknown);
        sections.push(Section {
            kind: SectionKind::Section,
            fragment: Some("vv-evidence".to_string()),
            heading: String::new(),
            text: text.0,
            names: Vec::new(),
            keywords: Vec::new(),
        });
    }
    let mut entry_kind = None;
    for entry in page
        .children
        .iter()
        .map(|id| site.page(*id))
        .filter(|entry| entry.kind.is_entry())
    {
        if let Some(fm) = site.front_matter(entry).filter(|fm| is_open(fm)) {
            entry_kind.get_or_insert(entry.kind);
            sections.push(fields::entry(site, entry, fm));
        }
    }
    sections.retain(|section| {
        section.kind == SectionKind::Page || !section.text.is_empty() || !section.heading.is_empty()
    });
    let ids = |list: &[Reference]| list.iter().map(|id| id.value.clone()).collect();
    FoundPage {
        url: Arc::clone(&page.address),
        title: Arc::clone(&page.title),
        short_title: fm.and_then(|fm| fm.short_title.clone()),
        facets: Facets {
            kind: entry_kind.unwrap_or(page.kind).name(),
            roles: fm.map(|fm| ids(&fm.roles)).unwrap_or_default(),
            topics: fm.map(|fm| ids(&fm.topics)).unwrap_or_default(),
        },
        trail: trail(site, page),
        keywords: fm.map(|fm| fm.keywords.clone()).unwrap_or_default(),
        sections,
    }
}

fn trail(site: &Site, page: &Page) -> Vec<Arc<str>> {
    let home = site.language(page).home;
    let mut trail = Vec::new();
    let mut at = page.parent.filter(|_| page.id != home);
    while let Some(above) = at.filter(|id| *id != home) {
        let above = site.page(above);
        let short = site
            .front_matter(above)
            .and_then(|fm| fm.short_title.as_deref());
        trail.push(short.map_or_else(|| Arc::clone(&above.title), Arc::from));
        at = above.parent;
    }
    trail.reverse();
    trail
}

/// The sections of a body: what stands before the first heading goes on the page's beginning.
fn body(site: &Site, page: &Page, piece: &Piece, sections: &mut Vec<Section>) {
    let document = site.document(piece.document);
    let answers = match site.front_matter(page).map(|fm| &fm.kind) {
        Some(KindData::Checklist(checklist)) => checklist.answers,
        _ => Answers::Done,
    };
    let first_answer = answers
        .choices()
        .first()
        .map(|(value, _)| format!("-{value}"));
    let mut heading = 0;
    let mut item = 0;
    // Where text goes: a section, and within it for a time a task item.
    let mut section = 0;
    let mut open: Option<(usize, u32)> = None;
    for (at, range) in document.shown.iter().enumerate() {
        if !piece.range.contains(&range.start) {
            continue;
        }
        while let Some(next) = document
            .headings
            .get(heading)
            .filter(|next| next.range.start < range.start)
        {
            if piece.range.contains(&next.range.start) {
                section = sections.len();
                let after = document.headings.get(heading + 1);
                let end = after.map_or(piece.range.end, |after| after.range.start);
                let most = end.min(piece.range.end).saturating_sub(next.range.end);
                sections.push(Section {
                    kind: SectionKind::Section,
                    fragment: Some(piece.heading_ids[heading].to_string()),
                    heading: next.text.clone(),
                    text: String::with_capacity(most as usize),
                    names: Vec::new(),
                    keywords: Vec::new(),
                });
            }
            heading += 1;
        }
        while let Some(next) = document
            .items
            .get(item)
            .filter(|next| next.range.start <= range.start)
        {
            open = Some((sections.len(), next.range.end));
            let heading = sections[section].heading.clone();
            let ending = first_answer.as_deref().unwrap_or_default();
            sections.push(Section {
                kind: SectionKind::ChecklistItem,
                fragment: Some(format!("vv-item-{}{ending}", piece.item_ids[item])),
                heading,
                text: String::new(),
                names: Vec::new(),
                keywords: Vec::new(),
            });
            item += 1;
        }
        let to = match open {
            Some((item, end)) if range.start < end => item,
            _ => section,
        };
        shown(site, page, piece, document, at, &mut sections[to].text);
    }
    // Headings with no text of their own are found too.
    for (at, last) in document.headings.iter().enumerate().skip(heading) {
        if piece.range.contains(&last.range.start) {
            sections.push(Section {
                kind: SectionKind::Section,
                fragment: Some(piece.heading_ids[at].to_string()),
                heading: last.text.clone(),
                text: String::new(),
                names: Vec::new(),
                keywords: Vec::new(),
            });
        }
    }
}

/// Adds the words of one range as a reader sees them.
fn shown(
    site: &Site,
    page: &Page,
    piece: &Piece,
    document: &Document,
    at: usize,
    out: &mut String,
) {
    let range = &document.shown[at];
    let source = &document.text[range.start as usize..range.end as usize];
    let before = at.checked_sub(1).map_or(0, |last| document.shown[last].end);
    let gap = document
        .text
        .get(before as usize..range.start as usize)
        .unwrap_or(" ");
    if source.starts_with(['.', ',', ';', ':', '!', '?', ')']) && out.ends_with(' ') {
        // What stood before it, a citation's mark, is not shown here.
        out.pop();
    }
    let is_apart = gap.contains(|c: char| c.is_whitespace() || c == '|')
        || source.starts_with(char::is_whitespace);
    let is_apart = is_apart && !source.starts_with(['.', ',', ';', ':', '!', '?', ')']);
    if is_apart && !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    if let Some(id) = source
        .strip_prefix("[=")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        if let Some(figure) = site.figures.get(id.trim()) {
            out.push_str(&figure.text(&site.language(page).code));
        }
        return;
    }
    if source.starts_with("[[") {
        let at = document
            .links
            .binary_search_by_key(&range.start, |link| link.range.start);
        if let Some(LinkTarget::Page { page, .. }) = at.ok().and_then(|at| piece.links.get(at)) {
            out.push_str(&site.page(*page).title);
        }
        return;
    }
    if source.starts_with('&') && source.ends_with(';') {
        out.push_str(match source {
            "&amp;" => "&",
            "&lt;" => "<",
            "&gt;" => ">",
            "&shy;" => "",
            "&ndash;" | "&mdash;" => "–",
            "&sect;" => "§",
            _ => " ",
        });
        return;
    }
    push_words(source, out);
}

/// Adds text with one space for every run of white space, after it one where the text ends so.
fn push_words(source: &str, out: &mut String) {
    let text = source.trim();
    let is_plain = is_simple(text) || is_plain(text);
    let mut words = text.split_whitespace();
    let mut lines = text.split('\n');
    let pieces: &mut dyn Iterator<Item = &str> = if is_plain { &mut lines } else { &mut words };
    for (at, piece) in pieces.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(piece);
    }
    if !text.is_empty() && source.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

/// Whether a text is plain and has none of the bytes that begin white space beyond ASCII, as most texts are. Asks every
/// byte the same without an end in between, so that many are asked at once.
fn is_simple(text: &str) -> bool {
    let is_space = |byte: u8| (byte == b' ') | (byte == b'\n');
    let is_odd = |byte: u8| {
        ((byte < b' ') & (byte != b'\n')) | (byte == 0xc2) | ((0xe1..=0xe3).contains(&byte))
    };
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let has_two = bytes.iter().zip(next).fold(false, |any, (byte, next)| {
        any | (is_space(*byte) & is_space(*next))
    });
    !has_two && !bytes.iter().fold(false, |any, byte| any | is_odd(*byte))
}

/// Whether a trimmed text's only white space is single spaces and line feeds.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut was_space = false;
    for (at, byte) in bytes.iter().enumerate() {
        let is_space = matches!(byte, b' ' | b'\n');
        // The dashes and quotation marks of Danish texts begin as white space beyond ASCII does.
        let may_be_space = match byte {
            0xc2 => bytes[at + 1] <= 0xa0,
            0xe1 | 0xe3 => true,
            0xe2 => bytes[at + 1] != 0x80 || !matches!(bytes[at + 2], 0x90..=0x9f | 0xa6),
            _ => *byte < b' ' && !is_space,
        };
        if may_be_space || (is_space && was_space) {
            return false;
        }
        was_space = is_space;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Plain texts have ways of their own, which must lead to the same words.
        #[test]
        fn runs_of_white_space_are_one_space(text in "[aæ \n\t\u{a0}\u{2003}–»§]{0,40}") {
            let mut out = String::new();
            push_words(&text, &mut out);
            let mut expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !expected.is_empty() && text.ends_with(char::is_whitespace) {
                expected.push(' ');
            }
            proptest::prop_assert_eq!(out, expected);
        }
    }
}
