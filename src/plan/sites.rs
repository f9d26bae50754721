//! What every page sees of the site: once for each language, and once more for the page of errors.

use super::{
    LinkStyle, Planner, accessibility, atom, booklets, changes, lists, my_lists, search_page,
};
use crate::model::brand::LogoImage;
use crate::model::plan::*;
use crate::model::site::{Language, Page};
use crate::text::escape::ROOT;
use std::sync::Arc;

/// The rule that every page carries: nothing inline, nothing from another host.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/// The folder of the search's index.
const SEARCH_INDEX: &str = "assets/search/";

/// Index into [`Plan::sites`] of the view for the page of errors.
pub fn errors_index(planner: &Planner) -> usize {
    planner.site.languages.len()
}

/// One view for each language, then that of the page of errors, which knows addresses only when the site's is known.
pub fn views(planner: &Planner) -> Vec<SiteView> {
    let mut views: Vec<SiteView> = planner
        .site
        .languages
        .iter()
        .map(|language| view(planner, language))
        .collect();
    let mut errors = view(planner, &planner.site.languages[0]);
    if base_url(planner).is_none() {
        let nothing: Arc<str> = "".into();
        errors = SiteView {
            css: None,
            front_css: None,
            model_css: None,
            logo: None,
            start_js: None,
            page_js: None,
            icon: None,
            menu: Vec::new(),
            languages: Vec::new(),
            footer_links: Vec::new(),
            changes: None,
            home_url: nothing,
            search_url: None,
            search: None,
            lists: None,
            my_lists: None,
            booklet: None,
            ..errors
        };
    }
    views.push(errors);
    views
}

pub fn base_url<'a>(planner: &'a Planner) -> Option<&'a str> {
    planner
        .options
        .base_url
        .as_deref()
        .or(planner.site.config.base_url.as_deref())
}

fn view(planner: &Planner, language: &Language) -> SiteView {
    let site = planner.site;
    let config = &site.config;
    let home = site.page(language.home);
    let asset = |name: &str| theme_address(planner, name);
    let contact = config.contacts.first();
    let languages = &site.languages;
    let place = languages
        .iter()
        .position(|other| other.code == language.code)
        .unwrap_or_default();
    let search = search_files(planner);
    SiteView {
        id: config.id.clone(),
        title: language.title.clone(),
        description: language.description.clone(),
        language: language.code.clone(),
        publisher: config.publisher.clone(),
        home_url: planner.url(home),
        menu: language
            .menu
            .iter()
            .map(|entry| LinkView {
                title: Arc::clone(&entry.title),
                url: planner.url(site.page(entry.page)),
            })
            .collect(),
        css: asset("site.css"),
        front_css: asset("front.css"),
        model_css: asset("model.css"),
        start_js: asset("start.js"),
        page_js: asset("page.js"),
        icon: asset("icon.svg"),
        languages: languages
            .iter()
            .filter(|_| languages.len() > 1)
            .map(|other| LanguageView {
                code: other.code.clone(),
                title: planner
                    .theme
                    .texts
                    .get(&other.code)
                    .map_or(&other.code[..], |t| t.text("language_name"))
                    .to_string(),
                url: planner.url(site.page(other.home)),
            })
            .collect(),
        footer_links: site
            .footer
            .iter()
            .map(|id| site.page(*id))
            .filter_map(|page| in_language(planner, page, place))
            .chain(accessibility::link(planner, place).map(FootLink::from))
            .chain(my_lists::link(planner, place).map(FootLink::from))
            .chain(changes::link(planner, place).map(FootLink::from))
            .chain(lists::all_pages_link(planner, place).map(FootLink::from))
            .chain(booklets::link(planner, place).map(FootLink::from))
            .collect(),
        changes: changes::link(planner, place),
        feed_url: atom::address(planner, place),
        contact: contact.map(|contact| ContactView {
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            address: contact.address.clone(),
        }),
        edition: None,
        base_url: base_url(planner).map(String::from),
        search_url: search
            .is_some()
            .then(|| generated_address(planner, &search_page::folder(planner, place))),
        search,
        lists: list_files(planner),
        my_lists: my_lists::link(planner, place),
        booklet: booklets::link(planner, place),
        logo: logo(planner),
        csp: CSP,
        offline: planner.options.link_style == LinkStyle::File,
    }
}

fn logo(planner: &Planner) -> Option<LogoView> {
    let logo = planner.theme.brand.logo.as_ref()?;
    let image = |image: &LogoImage| {
        Some(ImageView {
            url: theme_address(planner, &image.file)?,
            width: image.width,
            height: image.height,
        })
    };
    Some(LogoView {
        alt: logo.alt.clone(),
        light: image(&logo.light)?,
        dark: logo.dark.as_ref().and_then(image),
    })
}

/// The way to a page of the foot from pages of a language: to its translation, else to the page itself where it stands
/// in the site's main language. What the law asks for is the same in every language, and no foot goes without it.
fn in_language(planner: &Planner, page: &Page, language: usize) -> Option<FootLink> {
    let site = planner.site;
    let is_in = |page: &&Page| usize::from(page.language) == language;
    let mut translations = page.translations.iter().map(|id| site.page(*id));
    let own = Some(page)
        .filter(is_in)
        .or_else(|| translations.find(is_in));
    if let Some(own) = own {
        return Some(planner.short_link(own).into());
    }
    let main = Some(page).filter(|page| page.language == 0)?;
    Some(FootLink {
        language: Some(site.languages[0].code.clone()),
        ..planner.short_link(main).into()
    })
}

/// What the search's scripts start from, where the theme has them.
pub fn search_files(planner: &Planner) -> Option<SearchFilesView> {
    Some(SearchFilesView {
        root: ROOT.to_string(),
        index: format!("{ROOT}{SEARCH_INDEX}"),
        js: theme_address(planner, "search.js")?,
        guess_js: theme_address(planner, "search-guess.js")?,
        field_js: theme_address(planner, "search-field.js")?,
        page_js: theme_address(planner, "search-page.js")?,
    })
}

/// The scripts and the style of checklists, where the theme has them all.
pub fn list_files(planner: &Planner) -> Option<ListFilesView> {
    let all = |names: &[&str]| -> Option<Vec<String>> {
        let addresses = names.iter().map(|name| theme_address(planner, name));
        addresses.collect()
    };
    Some(ListFilesView {
        css: theme_address(planner, "checklist.css")?,
        overview_css: theme_address(planner, "my-lists.css")?,
        checklist_js: theme_address(planner, "checklist-page.js")?,
        more_js: all(&["list-files.js", "checklist-rounds.js", "checklist-files.js"])?,
        overview_js: theme_address(planner, "my-lists.js")?,
        list_js: theme_address(planner, "checklist.js")?,
        files_js: theme_address(planner, "list-files.js")?,
        storage_js: theme_address(planner, "storage.js")?,
        front_js: theme_address(planner, "front.js")?,
    })
}

/// The address of a generated page that stands in a folder.
pub fn generated_address(planner: &Planner, folder: &str) -> String {
    let file = match planner.options.link_style {
        LinkStyle::File => "index.html",
        LinkStyle::Folder => "",
    };
    format!("{ROOT}{folder}{file}")
}

/// The path of an absolute address: `https://x.dk/a/` → `/a/`.
pub fn path_of(base_url: &str) -> &str {
    let host = base_url.find("://").map_or(0, |at| at + 3);
    base_url[host..]
        .find('/')
        .map_or("/", |at| &base_url[host + at..])
}

fn theme_address(planner: &Planner, name: &str) -> Option<String> {
    let bytes = planner.theme.statics.get(name)?;
    Some(format!("{ROOT}{}", hashed_path(name, bytes)))
}

/// A theme's file in the output, under a name that changes with its bytes and so can be cached for ever.
pub fn theme_output(path: &Arc<str>, bytes: &[u8]) -> Output {
    Output {
        path: hashed_path(path, bytes).into(),
        maker: Maker::ThemeFile(Arc::clone(path)),
    }
}

/// Where the theme's files stand in the output.
pub fn theme_paths(planner: &Planner) -> Vec<String> {
    let statics = planner.theme.statics.iter();
    statics
        .map(|(path, bytes)| hashed_path(path, bytes))
        .collect()
}

fn hashed_path(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash[..10];
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{path}.{hash}"),
    }
}
