//! Taxonomies: a page for each term in use, and one for all terms of a taxonomy, in each language.
//!
//! A content page at such a place — `roller/laerer.md` — is that page; where there is none, one is made. Which pages a
//! term lists is found in one walk over the site, in reading order. Whether a term exists is asked in `references`.

use super::Inputs;
use super::tree::{TreeNode, generated, slug_of};
use crate::diagnostic::{Code, Diagnostics};
use crate::i18n::Texts;
use crate::model::config::Taxonomy;
use crate::model::ids::PageId;
use crate::model::site::{HeadingPlace, Listing, Page, TaxonomyPlace};
use crate::text::slug::slug;
use crate::text::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A term of a language: taxonomy, term, language.
type Key = (usize, usize, u8);

/// Gives the pages of taxonomies their places, and makes those that no file is behind.
pub fn grow(nodes: &mut Vec<TreeNode>, inputs: &Inputs, diags: &mut Diagnostics) {
    let used = used(nodes, inputs);
    let config = inputs.config;
    let mut languages = vec![(0, config.language.as_str())];
    for language in &config.languages {
        let is_home = |node: &TreeNode| *node.path == *language.folder;
        languages.extend(
            nodes
                .iter()
                .position(is_home)
                .map(|home| (home, language.code.as_str())),
        );
    }
    for (home, code) in languages {
        let texts = inputs.theme.texts_of(code);
        for (index, taxonomy) in config.taxonomies.iter().enumerate() {
            if !taxonomy.terms.is_empty() {
                let mut garden = Garden {
                    nodes,
                    inputs,
                    taxonomy,
                    index,
                    code,
                };
                garden.plant(home, texts, &used, diags);
            }
        }
    }
}

/// The terms that have something to list.
fn used(nodes: &[TreeNode], inputs: &Inputs) -> BTreeSet<Key> {
    let mut used = BTreeSet::new();
    for node in nodes {
        let Some(document) = node.document.map(|id| inputs.document(id)) else {
            continue;
        };
        let Some(front_matter) = &document.front_matter else {
            continue;
        };
        if node.kind.is_entry() || is_home(&node.path, node.language, inputs) || !node.is_listed() {
            continue;
        }
        for (t, taxonomy) in inputs.config.taxonomies.iter().enumerate() {
            let tagged = front_matter.terms(&taxonomy.name.value).iter();
            let boxes = document
                .role_uses
                .iter()
                .filter(|_| taxonomy.name.value == Taxonomy::ROLES);
            let terms = tagged
                .chain(boxes)
                .filter_map(|name| taxonomy.position(&name.value));
            used.extend(terms.map(|term| (t, term, node.language)));
        }
    }
    used
}

/// A front page belongs to all topics and all roles.
fn is_home(path: &str, language: u8, inputs: &Inputs) -> bool {
    match usize::from(language).checked_sub(1) {
        Some(other) => path == inputs.config.languages[other].folder,
        None => path.is_empty(),
    }
}

/// One taxonomy of one language, being planted.
struct Garden<'a> {
    nodes: &'a mut Vec<TreeNode>,
    inputs: &'a Inputs<'a>,
    taxonomy: &'a Taxonomy,
    index: usize,
    code: &'a str,
}

impl Garden<'_> {
    fn plant(&mut self, home: usize, texts: &Texts, used: &BTreeSet<Key>, diags: &mut Diagnostics) {
        let language = self.nodes[home].language;
        let folder = folder(self.taxonomy, texts);
        let title = title(self.taxonomy, texts, self.code);
        let taxonomy = self.index;
        let place = |term| TaxonomyPlace { taxonomy, term };
        let whole = place(None);
        let mut overview = self.find(home, &folder);
        if overview.is_some_and(|overview| !self.nodes[overview].is_listed()) {
            return;
        }
        if overview.is_some_and(|overview| !self.take(overview, &title, whole, diags)) {
            return;
        }
        for (i, term) in self.taxonomy.terms.iter().enumerate() {
            let id = term.id.value.as_str();
            let authored = overview.and_then(|overview| self.find(overview, id));
            // A page that no longer holds keeps its place, and the term has none.
            if authored.is_some_and(|page| !self.nodes[page].is_listed()) {
                continue;
            }
            if authored.is_none() && !used.contains(&(self.index, i, language)) {
                continue;
            }
            let above = *overview.get_or_insert_with(|| self.add(home, &folder, &title, whole));
            let title = term.title.in_language(self.code);
            match authored {
                Some(page) => drop(self.take(page, title, place(Some(i)), diags)),
                None => drop(self.add(above, id, title, place(Some(i)))),
            }
        }
    }

    /// The page below another that has this name, as its file or as its address. Entries have no page.
    fn find(&self, parent: usize, name: &str) -> Option<usize> {
        let above = &self.nodes[parent];
        let address = format!("{}{}/", above.address, slug_of(name));
        let pages = || {
            above
                .children
                .iter()
                .copied()
                .filter(|child| self.nodes[*child].fragment.is_none())
        };
        let is_named = |child: &usize| {
            let path = &self.nodes[*child].path;
            path.rsplit('/').next() == Some(name)
        };
        pages()
            .find(is_named)
            .or_else(|| pages().find(|child| *self.nodes[*child].address == *address))
    }

    fn add(&mut self, parent: usize, name: &str, title: &str, place: TaxonomyPlace) -> usize {
        let at = self.nodes.len();
        let node = generated(name, title, place, &self.nodes[parent]);
        self.nodes.push(node);
        self.nodes[parent].children.push(at);
        at
    }

    /// Makes a page the taxonomy's. One that another has already is a finding, and stays the other's: then `false`.
    fn take(
        &mut self,
        page: usize,
        title: &str,
        place: TaxonomyPlace,
        diags: &mut Diagnostics,
    ) -> bool {
        let node = &mut self.nodes[page];
        match node.place {
            None => {
                node.place = Some(place);
                if node.document.is_none() {
                    node.title = title.into();
                }
            }
            Some(other) if other != place => {
                let span = |place: TaxonomyPlace| {
                    let taxonomy = &self.inputs.config.taxonomies[place.taxonomy];
                    let name = place
                        .term
                        .map_or(&taxonomy.name, |term| &taxonomy.terms[term].id);
                    Span::new(self.inputs.config_file, name.range.clone())
                };
                diags
                    .add(Code::AddressCollision, span(place))
                    .arg("address", format!("/{}", node.address))
                    .related(span(other));
                return false;
            }
            Some(_) => {}
        }
        true
    }
}

/// The folder of a taxonomy's pages: a word of the language for topics and roles, else its own name.
fn folder(taxonomy: &Taxonomy, texts: &Texts) -> String {
    let word = match taxonomy.name.value.as_str() {
        Taxonomy::TOPICS => texts.text("topics_folder"),
        Taxonomy::ROLES => texts.text("roles_folder"),
        name => name,
    };
    slug(word)
}

/// The title of a taxonomy: the site's own, else a word of the language for topics and roles.
fn title(taxonomy: &Taxonomy, texts: &Texts, code: &str) -> String {
    match taxonomy.name.value.as_str() {
        Taxonomy::TOPICS if taxonomy.title.is_none() => texts.text("topics").to_string(),
        Taxonomy::ROLES if taxonomy.title.is_none() => texts.text("roles").to_string(),
        _ => taxonomy.title_in(code),
    }
}

/// Gives every page of a taxonomy what it lists, and pairs the languages. Out: the page of each term.
pub fn list(pages: &mut [Page], inputs: &Inputs) -> BTreeMap<Key, PageId> {
    let places: Vec<(PageId, TaxonomyPlace, u8)> = pages
        .iter()
        .filter_map(|page| Some((page.id, page.listing.as_ref()?.place, page.language)))
        .collect();
    let term_pages: BTreeMap<Key, PageId> = places
        .iter()
        .filter_map(|(page, place, language)| {
            Some(((place.taxonomy, place.term?, *language), *page))
        })
        .collect();
    let mut lists: BTreeMap<PageId, Listing> = BTreeMap::new();
    if !places.is_empty() {
        for page in in_reading_order(pages) {
            tagged(page, inputs, &term_pages, &mut lists);
        }
    }
    for (page, place, language) in &places {
        let mut listing = lists.remove(page).unwrap_or_else(|| empty(*place));
        if place.term.is_none() {
            let range = (place.taxonomy, 0, 0)..(place.taxonomy + 1, 0, 0);
            let terms = term_pages.range(range);
            listing.pages = terms
                .filter(|((_, _, of), _)| of == language)
                .map(|(_, page)| *page)
                .collect();
        }
        pages[page.index()].listing = Some(listing);
    }
    for (page, place, language) in &places {
        let twins = places
            .iter()
            .filter(|(_, other, of)| other == place && of != language);
        for (twin, _, _) in twins {
            let translations = &mut pages[page.index()].translations;
            if !translations.contains(twin) {
                translations.push(*twin);
            }
        }
    }
    term_pages
}

fn empty(place: TaxonomyPlace) -> Listing {
    Listing {
        place,
        pages: Vec::new(),
        marked: Vec::new(),
    }
}

/// All pages as a reader would go through them; last those below a section that no longer holds.
fn in_reading_order(pages: &[Page]) -> Vec<&Page> {
    let mut order = Vec::with_capacity(pages.len());
    let mut is_read = vec![false; pages.len()];
    let mut open = vec![PageId(0)];
    while let Some(id) = open.pop() {
        let page = &pages[id.index()];
        is_read[id.index()] = true;
        order.push(page);
        open.extend(page.children.iter().rev());
    }
    order.extend(pages.iter().filter(|page| !is_read[page.id.index()]));
    order
}

/// Adds a page to the lists of its terms, and its boxes for a role to that role's.
fn tagged(
    page: &Page,
    inputs: &Inputs,
    term_pages: &BTreeMap<Key, PageId>,
    lists: &mut BTreeMap<PageId, Listing>,
) {
    if page.kind.is_entry() || is_home(&page.path, page.language, inputs) || !page.is_listed() {
        return;
    }
    let Some(document) = page.document.map(|id| inputs.document(id)) else {
        return;
    };
    let Some(front_matter) = &document.front_matter else {
        return;
    };
    for (taxonomy, declared) in inputs.config.taxonomies.iter().enumerate() {
        let page_of = |name: &str| {
            let term = declared.position(name)?;
            let at = *term_pages.get(&(taxonomy, term, page.language))?;
            let place = TaxonomyPlace {
                taxonomy,
                term: Some(term),
            };
            (at != page.id).then_some((at, place))
        };
        let terms = front_matter.terms(&declared.name.value).iter();
        for (at, place) in terms.filter_map(|name| page_of(&name.value)) {
            let list = lists.entry(at).or_insert_with(|| empty(place));
            if list.pages.last() != Some(&page.id) {
                list.pages.push(page.id);
            }
        }
        let is_roles = declared.name.value == Taxonomy::ROLES;
        for role in document.role_uses.iter().filter(|_| is_roles) {
            let Some((at, place)) = page_of(&role.value) else {
                continue;
            };
            let mark = (page.id, heading_above(page, inputs, role.range.start));
            let list = lists.entry(at).or_insert_with(|| empty(place));
            if list.marked.last() != Some(&mark) {
                list.marked.push(mark);
            }
        }
    }
}

/// The last heading before a place in the text.
fn heading_above(page: &Page, inputs: &Inputs, at: u32) -> Option<HeadingPlace> {
    let piece = page
        .pieces
        .iter()
        .position(|piece| Some(piece.document) == page.document && piece.range.contains(&at))?;
    let range = &page.pieces[piece].range;
    let headings = &inputs.document(page.pieces[piece].document).headings;
    let heading = headings
        .iter()
        .rposition(|heading| heading.range.start < at && range.contains(&heading.range.start))?;
    Some(HeadingPlace { piece, heading })
}
