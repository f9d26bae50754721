//! From documents to the site: the tree, stable ids, addresses, and every link and reference resolved.
//!
//! In: all documents, assets, the configuration and today's date. Out: a [`Site`] in which every reference is a
//! page; what leads nowhere is a finding. Pure and whole-site; it reads no file and renders nothing.

mod anchors;
mod citations;
mod collect;
mod figures;
mod ids;
mod links;
mod references;
mod referrers;
mod status;
mod taxonomies;
mod terms;
mod tree;
mod uses;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::config::Config;
use crate::model::document::Document;
use crate::model::front_matter::{Kind, KindData, Status};
use crate::model::ids::{DocumentId, FileId, PageId};
use crate::model::lock::Lock;
use crate::model::site::*;
use crate::model::source::{Asset, ContentFile};
use crate::text::date::Date;
use crate::theme::Theme;
use ids::Index;
use std::collections::HashMap;
use std::sync::Arc;
use tree::Tree;

/// Everything that decides what the site is.
pub struct Inputs<'a> {
    pub config: &'a Arc<Config>,
    /// Its words are the addresses and titles of pages that are made.
    pub theme: &'a Theme,
    pub config_file: FileId,
    /// One for each document, in the same order.
    pub content: &'a [ContentFile],
    pub documents: &'a [Arc<Document>],
    pub assets: &'a [Asset],
    pub lock: Option<&'a Arc<Lock>>,
    pub today: Date,
    /// Publish drafts and pages dated later than today as well.
    pub with_drafts: bool,
}

impl Inputs<'_> {
    fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    fn file(&self, id: DocumentId) -> FileId {
        self.content[id.index()].file
    }
}

/// Joins the documents to a site. Always gives one; what is wrong is among the findings.
pub fn resolve(inputs: &Inputs, diags: &mut Diagnostics) -> Site {
    for (document, content) in inputs.documents.iter().zip(inputs.content) {
        diags.extend(
            document
                .findings
                .iter()
                .map(|finding| finding.in_file(content.file)),
        );
    }
    let tree = tree::grow(inputs, diags);
    let index = ids::index(&tree, inputs, diags);
    let ids: Vec<DocumentId> = (0..inputs.documents.len()).map(DocumentId::of).collect();
    let reserved = reserved_ids(&tree, inputs);
    let mut anchors = diags.par_map(&ids, |id, own| {
        let reserved = reserved.get(id).map_or(&[][..], Vec::as_slice);
        let severity = links::severity(inputs, Code::ItemIdMissing);
        anchors::assign(
            inputs.document(*id),
            inputs.file(*id),
            reserved,
            severity,
            own,
        )
    });
    let figures = figures::collect(&tree, inputs, &index, diags);
    let targets = references::resolve(&tree, inputs, &index, &figures, diags);
    let collection = collect::find(&tree, inputs, &targets, &mut anchors, diags);
    let lexicons = terms::collect(&tree, inputs, diags);
    let confusions = terms::confusions(&tree, inputs, &targets);
    let resolver = links::Resolver {
        inputs,
        tree: &tree,
        index: &index,
        anchors: &anchors,
        figures: &figures,
        lexicons: &lexicons,
    };
    let nodes: Vec<usize> = (0..tree.nodes.len()).collect();
    let bodies = diags.par_map(&nodes, |node, own| links::resolve(&resolver, *node, own));
    let mut pages = assemble(&tree, inputs, anchors, targets, &index, bodies, collection);
    let term_pages = taxonomies::list(&mut pages, inputs);
    let redirects = redirects(&tree, &index, inputs);
    let (languages, footer, statement) = languages(&tree, inputs, &index, diags);
    let mut site = Site {
        config: Arc::clone(inputs.config),
        config_file: inputs.config_file,
        today: inputs.today,
        documents: inputs
            .documents
            .iter()
            .zip(inputs.content)
            .map(|(document, content)| SiteDocument {
                document: Arc::clone(document),
                file: content.file,
            })
            .collect(),
        languages,
        pages,
        assets: inputs.assets.to_vec(),
        redirects,
        figures,
        lock: inputs.lock.cloned(),
        source_uses: HashMap::new(),
        confusions,
        footer,
        statement,
        term_pages,
    };
    uses::fill(&mut site, diags);
    site
}

/// The ids that a page shows beside those of its own text: its entries', and a model's members'.
fn reserved_ids(tree: &Tree, inputs: &Inputs) -> HashMap<DocumentId, Vec<Arc<str>>> {
    let mut reserved: HashMap<DocumentId, Vec<Arc<str>>> = HashMap::new();
    for node in &tree.nodes {
        if let (Some(fragment), Some(parent)) = (&node.fragment, node.parent)
            && let Some(page) = tree.nodes[parent].document
        {
            reserved.entry(page).or_default().push(Arc::clone(fragment));
        }
        let front_matter = node
            .document
            .and_then(|id| inputs.document(id).front_matter.as_ref());
        if let (Some(page), Some(KindData::Model(model))) =
            (node.document, front_matter.map(|fm| &fm.kind))
        {
            let members = [&model.values, &model.core_elements, &model.aspects]
                .into_iter()
                .flatten();
            reserved
                .entry(page)
                .or_default()
                .extend(members.map(|member| Arc::from(member.value.as_str())));
        }
    }
    reserved
}

/// Puts what the phases found together to pages.
fn assemble(
    tree: &Tree,
    inputs: &Inputs,
    anchors: Vec<anchors::Anchors>,
    targets: Vec<references::Targets>,
    index: &Index,
    mut bodies: Vec<links::Body>,
    collection: collect::Collection,
) -> Vec<Page> {
    let document = |id: DocumentId| inputs.document(id);
    let item_lists: Vec<_> = (0..inputs.documents.len())
        .map(DocumentId::of)
        .map(|id| collection.lists_of(id, document(id)))
        .collect();
    let mut collected = collection.groups(inputs, &anchors, &mut bodies);
    let neighbours = neighbours(tree);
    let mut pages: Vec<Page> = Vec::with_capacity(tree.nodes.len());
    for (at, ((node, targets), body)) in tree.nodes.iter().zip(targets).zip(bodies).enumerate() {
        // What readers are not to see is not in the site at all, so no stage can let it out.
        let has_body = node.has_body();
        let piece = node.document.filter(|_| has_body).map(|id| {
            let document = inputs.document(id);
            let start = document
                .title_heading
                .as_ref()
                .map_or(document.body_start, |range| range.end);
            Piece {
                document: id,
                range: start..document.text.len() as u32,
                heading_ids: anchors[id.index()].headings.clone(),
                item_ids: anchors[id.index()].items.clone(),
                links: body.links,
                images: body.images,
                citations: body.citation_numbers,
                item_sources: body.item_sources,
                item_lists: item_lists[id.index()].clone(),
                terms: body.terms,
            }
        });
        let (previous, next) = neighbours[at];
        pages.push(Page {
            id: PageId::of(at),
            path: Arc::clone(&node.path),
            content_id: node.content_id.clone(),
            document: node.document,
            kind: node.kind,
            title: Arc::clone(&node.title),
            status: node.status,
            successor: index.successor(PageId::of(at)),
            replaces: Vec::new(),
            description: node.description.clone().filter(|_| has_body),
            language: node.language,
            address: Arc::clone(&node.address),
            fragment: node.fragment.clone(),
            is_section: node.is_section,
            parent: node.parent.map(PageId::of),
            children: node
                .children
                .iter()
                .filter(|child| tree.nodes[**child].is_listed())
                .map(|child| PageId::of(*child))
                .collect(),
            previous,
            next,
            pieces: piece.into_iter().collect(),
            targets: targets.pages,
            citations: body.citations,
            rests_on: Vec::new(),
            used_on: Vec::new(),
            referrers: Vec::new(),
            collected: collected.remove(&at).unwrap_or_default(),
            translations: targets.translates.into_iter().collect(),
            listing: node.place.map(|place| Listing {
                place,
                pages: Vec::new(),
                marked: Vec::new(),
            }),
        });
    }
    link_back(&mut pages);
    replace(&mut pages);
    referrers::fill(&mut pages, inputs);
    pages
}

/// Pages learn which superseded ones they came in place of.
fn replace(pages: &mut [Page]) {
    for at in 0..pages.len() {
        let page = &pages[at];
        if let Some(successor) = page.successor.filter(|_| page.status == Status::Superseded) {
            pages[successor.index()].replaces.push(PageId::of(at));
        }
    }
}

/// Sources and terms learn which pages use them, and translations of each other.
fn link_back(pages: &mut [Page]) {
    let mut uses: Vec<(PageId, PageId)> = Vec::new();
    let mut pairs: Vec<(PageId, PageId)> = Vec::new();
    for page in pages.iter() {
        let cited = page.citations.iter().map(|citation| citation.source);
        let pieces = page.pieces.iter();
        let linked = pieces.clone().flat_map(|piece| &piece.links);
        let linked = linked.filter_map(|link| match link {
            LinkTarget::Page { page, .. } => Some(*page),
            _ => None,
        });
        let named = pieces.flat_map(|piece| &piece.terms).map(|term| term.page);
        let mut used: Vec<PageId> = cited
            .chain(linked)
            .chain(named)
            .chain(page.targets.values().copied())
            .collect();
        used.sort_unstable();
        used.dedup();
        uses.extend(
            used.into_iter()
                .filter(|target| *target != page.id)
                .map(|target| (target, page.id)),
        );
        pairs.extend(page.translations.iter().map(|other| (*other, page.id)));
    }
    for (target, user) in uses {
        // A page that no longer holds is no reason to trust what it used.
        if !pages[user.index()].is_listed() {
            continue;
        }
        if pages[target.index()].kind.is_entry() && !pages[user.index()].kind.is_entry() {
            pages[target.index()].used_on.push(user);
        }
    }
    for (original, translation) in pairs {
        pages[original.index()].translations.push(translation);
    }
}

/// The pages before and after each page among its siblings; a model's members go round.
fn neighbours(tree: &Tree) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut neighbours = vec![(None, None); tree.nodes.len()];
    for section in tree.nodes.iter().filter(|node| node.parent.is_some()) {
        let shown = |child: &&usize| {
            let node = &tree.nodes[**child];
            // Nobody reads on from one role to the next.
            node.is_listed() && !node.kind.is_entry() && node.place.is_none()
        };
        let siblings: Vec<usize> = section.children.iter().filter(shown).copied().collect();
        let count = siblings.len();
        for (place, at) in siblings.iter().enumerate() {
            let is_member = matches!(
                tree.nodes[*at].kind,
                Kind::Aspect | Kind::Value | Kind::CoreElement
            );
            let is_round = is_member && count > 2;
            let previous = if is_round {
                Some((place + count - 1) % count)
            } else {
                place.checked_sub(1)
            };
            let next = if is_round {
                Some((place + 1) % count)
            } else {
                Some(place + 1).filter(|next| *next < count)
            };
            neighbours[*at] = (
                previous.map(|i| PageId::of(siblings[i])),
                next.map(|i| PageId::of(siblings[i])),
            );
        }
    }
    neighbours
}

fn redirects(tree: &Tree, index: &Index, inputs: &Inputs) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let Some(id) = node.document else { continue };
        let page = PageId::of(at);
        let is_superseded = node.status == Status::Superseded;
        let to = index.successor(page).filter(|_| is_superseded);
        let aliases = inputs
            .document(id)
            .front_matter
            .iter()
            .flat_map(|fm| &fm.aliases);
        redirects.extend(aliases.map(|alias| Redirect {
            from: alias.value.as_str().into(),
            to: to.unwrap_or(page),
            file: inputs.file(id),
            range: alias.range.clone(),
        }));
    }
    redirects
}

/// The site's languages with their menus, and the links of the foot.
fn languages(
    tree: &Tree,
    inputs: &Inputs,
    index: &Index,
    diags: &mut Diagnostics,
) -> (Vec<Language>, Vec<PageId>, Option<PageId>) {
    let config = inputs.config;
    let mut look_up = |reference: &crate::model::front_matter::Reference| {
        references::look_up_in_config(reference, tree, index, inputs, diags)
    };
    let menu: Option<Vec<MenuEntry>> = config.menu.as_ref().map(|items| {
        let entry = |item: &crate::model::config::MenuItem| {
            let page = look_up(&item.page)?;
            let title = item
                .title
                .as_deref()
                .map_or_else(|| tree.short_title(page.index(), inputs), Arc::from);
            Some(MenuEntry { page, title })
        };
        items.iter().filter_map(entry).collect()
    });
    let mut footer: Vec<PageId> = config.footer.iter().filter_map(&mut look_up).collect();
    let statement = config.accessibility.statement.as_ref().and_then(look_up);
    // The law asks for the statement in the foot of every page.
    footer.splice(0..0, statement.filter(|page| !footer.contains(page)));
    let mut languages = vec![Language {
        code: config.language.clone(),
        folder: String::new(),
        title: config.title.clone(),
        description: config.description.clone(),
        home: PageId(0),
        menu: menu.unwrap_or_else(|| sections_menu(tree, 0, 0, inputs)),
    }];
    for (i, language) in config.languages.iter().enumerate() {
        let Some(home) = index.by_path(&language.folder) else {
            continue;
        };
        languages.push(Language {
            code: language.code.clone(),
            folder: format!("{}/", language.folder),
            title: language
                .title
                .clone()
                .unwrap_or_else(|| config.title.clone()),
            description: language
                .description
                .clone()
                .or_else(|| config.description.clone()),
            home,
            menu: sections_menu(tree, home.index(), i as u8 + 1, inputs),
        });
    }
    (languages, footer, statement)
}

/// Without a menu of the author's, the sections below the front page are it, else its pages: at most seven, none of our
/// making.
fn sections_menu(tree: &Tree, home: usize, language: u8, inputs: &Inputs) -> Vec<MenuEntry> {
    let is_own = |child: &usize| {
        let node = &tree.nodes[*child];
        let is_made = node.place.is_some() && node.document.is_none();
        let is_page = node.is_listed() && !node.kind.is_entry();
        node.language == language && is_page && !is_made
    };
    let pages = tree.nodes[home].children.iter().copied().filter(is_own);
    let (sections, pages): (Vec<usize>, Vec<usize>) =
        pages.partition(|child| tree.nodes[*child].is_section);
    let shown = if sections.is_empty() { pages } else { sections };
    shown
        .into_iter()
        .take(7)
        .map(|child| MenuEntry {
            page: PageId::of(child),
            title: tree.short_title(child, inputs),
        })
        .collect()
}
