//! Every output path, what makes it, and the view its template gets.
//!
//! In: the site and the theme. Out: a [`Plan`]. Two makers of one path are found here, before anything is made.
//! Pure; nothing is rendered, and a page's view is built from that page alone, so no page costs more because the
//! site is bigger.

mod about;
mod accessibility;
mod atom;
mod booklets;
mod changes;
mod entries;
mod feeds;
mod figures;
mod guides;
mod hosting;
mod kinds;
mod linked_data;
mod lists;
mod matrices;
mod my_lists;
mod nav;
mod pages;
mod redirects;
mod search_page;
mod sites;
mod sources;
mod status;
mod storage;
mod taxonomies;
mod urls;
mod where_used;

pub use hosting::Server;
pub use urls::{LinkStyle, PlanOptions};

use crate::diagnostic::{Code, Diagnostics};
use crate::i18n::Texts;
use crate::model::ids::{AssetId, PageId};
use crate::model::plan::*;
use crate::model::site::{Page, Site};
use crate::text::span::Span;
use crate::theme::Theme;
use std::collections::HashMap;
use std::sync::Arc;

/// What all views are made from.
pub(crate) struct Planner<'a> {
    pub site: &'a Site,
    pub theme: &'a Theme,
    pub options: &'a PlanOptions,
    /// By page.
    pub addresses: Vec<Arc<str>>,
    pub assets: Vec<Arc<str>>,
    /// By language.
    pub texts: Vec<&'a Texts>,
    /// Titles that more than one page has.
    pub shared_titles: HashMap<Arc<str>, u32>,
    /// The number of each source on the page that shows it.
    pub source_numbers: HashMap<PageId, u32>,
    /// By language: what changed.
    pub logs: Vec<changes::Log>,
    /// By language: the checklists that readers can work with, in the order of the site.
    pub checklists: Vec<Vec<PageId>>,
    /// By language: the chapters of the whole guidance on one page; none where there is no such page.
    pub booklets: Vec<Vec<PageId>>,
    pub guide_places: guides::GuidePlaces,
}

impl Planner<'_> {
    pub fn url(&self, page: &Page) -> Arc<str> {
        Arc::clone(&self.addresses[page.id.index()])
    }

    pub fn texts(&self, page: &Page) -> &Texts {
        self.texts[usize::from(page.language)]
    }

    /// The title where room is short: in paths, menus and beside other pages.
    pub fn short_title(&self, page: &Page) -> Arc<str> {
        let short = self
            .site
            .front_matter(page)
            .and_then(|fm| fm.short_title.as_deref());
        short.map_or_else(|| Arc::clone(&page.title), Arc::from)
    }

    pub fn link(&self, page: &Page) -> LinkView {
        LinkView {
            title: Arc::clone(&page.title),
            url: self.url(page),
        }
    }

    pub fn short_link(&self, page: &Page) -> LinkView {
        LinkView {
            title: self.short_title(page),
            url: self.url(page),
        }
    }

    pub fn described(&self, page: &Page) -> DescribedLink {
        DescribedLink {
            title: Arc::clone(&page.title),
            url: self.url(page),
            description: page.description.clone(),
        }
    }
}

/// Plans the whole site.
pub fn plan(site: &Site, theme: &Theme, options: &PlanOptions, diags: &mut Diagnostics) -> Plan {
    let texts = site
        .languages
        .iter()
        .map(|language| theme.texts_of(&language.code))
        .collect();
    let mut shared_titles: HashMap<Arc<str>, u32> = HashMap::new();
    for page in site.pages.iter().filter(|page| page.fragment.is_none()) {
        *shared_titles.entry(Arc::clone(&page.title)).or_default() += 1;
    }
    shared_titles.retain(|_, count| *count > 1);
    let planner = Planner {
        site,
        theme,
        options,
        addresses: urls::page_addresses(site, options),
        assets: urls::asset_addresses(site),
        texts,
        shared_titles,
        source_numbers: sources::numbers(site),
        logs: changes::logs(site),
        checklists: my_lists::checklists(site),
        booklets: booklets::whole(site),
        guide_places: guides::places(site),
    };
    if sites::base_url(&planner).is_none() && !site.config.has_bad_base_url {
        diags.add(Code::BaseUrlMissing, Span::whole(site.config_file));
    }
    accessibility::check(&planner, diags);
    let (navs, nav_of) = nav::sections(&planner);
    let shown: Vec<&Page> = site
        .pages
        .iter()
        .filter(|page| page.fragment.is_none())
        .collect();
    let mut outputs: Vec<(Output, Span)> = diags
        .par_map(&shown, |page, own| {
            (
                pages::page(&planner, page, nav_of[page.id.index()], own),
                place(site, page),
            )
        })
        .into_iter()
        .collect();
    let config = Span::whole(site.config_file);
    outputs.extend(redirects::aliases(&planner));
    outputs.extend(
        lists::generated(&planner)
            .into_iter()
            .map(|output| (output, config)),
    );
    outputs.extend(sources::files(&planner));
    outputs.extend(
        feeds::files(&planner)
            .into_iter()
            .chain(hosting::files(&planner))
            .map(|output| (output, config)),
    );
    let statics = theme
        .statics
        .iter()
        .map(|(path, bytes)| sites::theme_output(path, bytes));
    outputs.extend(statics.map(|output| (output, config)));
    for (i, asset) in site.assets.iter().enumerate() {
        let output = Output {
            path: Arc::clone(&asset.path),
            maker: Maker::Asset(AssetId::of(i)),
        };
        outputs.push((output, Span::whole(asset.file)));
    }
    let outputs = without_collisions(outputs, diags);
    Plan {
        outputs,
        sites: sites::views(&planner),
        navs,
        addresses: planner.addresses,
        asset_addresses: planner.assets,
        source_numbers: planner.source_numbers,
    }
}

/// Where a page comes from: its file, or for one that is made the place of the configuration that asks for it.
fn place(site: &Site, page: &Page) -> Span {
    if let Some(document) = page.document {
        return Span::whole(site.documents[document.index()].file);
    }
    let Some(listing) = &page.listing else {
        return Span::whole(site.config_file);
    };
    let taxonomy = &site.config.taxonomies[listing.place.taxonomy];
    let term = listing.place.term.map(|term| &taxonomy.terms[term].id);
    let name = term.unwrap_or(&taxonomy.name);
    Span::new(site.config_file, name.range.clone())
}

/// Sorts by path; of two outputs for one path — also by case — the first stays and both sources are named.
fn without_collisions(mut outputs: Vec<(Output, Span)>, diags: &mut Diagnostics) -> Vec<Output> {
    outputs.sort_by(|a, b| a.0.path.cmp(&b.0.path).then(a.1.cmp(&b.1)));
    let mut first: HashMap<String, Span> = HashMap::with_capacity(outputs.len());
    let mut folders: HashMap<String, Span> = HashMap::new();
    for (output, span) in &outputs {
        let mut folder: &str = &output.path;
        // Sorted paths: once a folder is known, so are those it lies in.
        while let Some((above, _)) = folder.rsplit_once('/') {
            if folders.contains_key(above) {
                break;
            }
            folders.insert(above.to_lowercase(), *span);
            folder = above;
        }
    }
    let mut kept = Vec::with_capacity(outputs.len());
    for (output, span) in outputs {
        let key = output.path.to_lowercase();
        let other = first
            .get(&key)
            .copied()
            .or_else(|| folders.get(&key).copied());
        if let Some(other) = other {
            let address = output
                .path
                .strip_suffix("index.html")
                .unwrap_or(&output.path);
            diags
                .add(Code::AddressCollision, span)
                .arg("address", format!("/{address}"))
                .related(other);
            continue;
        }
        first.insert(key, span);
        kept.push(output);
    }
    kept
}
