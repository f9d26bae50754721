//! Generated pages: all pages from A to Å, the page of errors. The search's is in `search_page.rs`.

use super::pages::child_view;
use super::{
    Planner, accessibility, booklets, changes, my_lists, search_page, sites, taxonomies, urls,
};
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::escape::Base;
use crate::text::{collate, slug};
use std::sync::Arc;

/// The most pages that one list of all pages holds.
const MOST_LISTED: usize = 2_000;

/// Pages that no file is behind.
pub fn generated(planner: &Planner) -> Vec<Output> {
    let mut outputs = vec![not_found(planner)];
    let languages = planner.site.languages.iter().enumerate();
    for (language, _) in languages {
        outputs.extend(all_pages(planner, language));
        outputs.extend(search_page::output(planner, language));
        outputs.extend(my_lists::output(planner, language));
        outputs.extend(changes::output(planner, language));
    }
    outputs.extend(booklets::outputs(planner));
    outputs.extend(accessibility::short_address(planner));
    outputs
}

/// The page of errors: served at any depth, so its addresses begin at the host's root, where the site's is known.
fn not_found(planner: &Planner) -> Output {
    let language = &planner.site.languages[0];
    let title: Arc<str> = planner.texts[0].text("not_found_title").into();
    let view = PageView {
        kind: "page",
        template: "404".to_string(),
        head_title: format!("{title} – {}", language.title),
        short_title: Arc::clone(&title),
        title,
        language: language.code.clone(),
        direction: "ltr",
        noindex: true,
        generated: true,
        ..PageView::default()
    };
    let base = Base::Host(sites::base_url(planner).map_or("/", sites::path_of).into());
    let path = "404.html".to_string();
    generated_page(path, sites::errors_index(planner), base, view)
}

/// What a language's pages without a file share; `folder` is where one lies, from the site's root.
pub fn generated_view(
    planner: &Planner,
    language: usize,
    template: &str,
    title: Arc<str>,
    folder: &str,
) -> PageView {
    let own = &planner.site.languages[language];
    PageView {
        kind: "page",
        template: template.to_string(),
        head_title: format!("{title} – {}", own.title),
        short_title: Arc::clone(&title),
        title,
        language: own.code.clone(),
        direction: "ltr",
        url: sites::generated_address(planner, folder).into(),
        canonical: urls::absolute(sites::base_url(planner), folder),
        generated: true,
        breadcrumbs: vec![LinkView {
            title: planner.texts[language].text("home").into(),
            url: planner.url(planner.site.page(own.home)),
        }],
        ..PageView::default()
    }
}

/// A page that no file is behind, in a folder of its own.
pub fn folder_page(folder: &str, language: usize, view: PageView) -> Output {
    let base = Base::Folder(folder.into());
    generated_page(format!("{folder}index.html"), language, base, view)
}

/// A page that no file is behind, by the template that its view names.
pub fn generated_page(path: String, site: usize, base: Base, view: PageView) -> Output {
    Output {
        path: path.into(),
        maker: Maker::Page(Box::new(PageOutput {
            template: format!("{}.html", view.template).into(),
            site,
            nav: None,
            body: None,
            entries: Vec::new(),
            base,
            current: Vec::new(),
            view,
        })),
    }
}

/// The folder of a language's list of all pages, below the language's own; `None` where there are too many pages
/// for one list to help anybody.
pub fn all_pages_folder(planner: &Planner, language: usize) -> Option<String> {
    let texts = planner.texts[language];
    let slug = slug::slug(texts.text("list_all_folder"));
    let is_small = planner.site.pages.len() <= MOST_LISTED;
    is_small.then(|| format!("{}{slug}/", planner.site.languages[language].folder))
}

/// The way to a language's list of all pages, where it has one.
pub fn all_pages_link(planner: &Planner, language: usize) -> Option<LinkView> {
    let folder = all_pages_folder(planner, language)?;
    Some(LinkView {
        title: planner.texts[language].text("list_all").into(),
        url: sites::generated_address(planner, &folder).into(),
    })
}

/// All pages of a language from A to Å.
fn all_pages(planner: &Planner, language: usize) -> Option<Output> {
    let texts = planner.texts[language];
    let folder = all_pages_folder(planner, language)?;
    let title = texts.text("list_all").into();
    let mut view = PageView {
        description: Some(texts.text("list_all_description").into()),
        groups: by_letter(planner, language),
        ..generated_view(planner, language, "list", title, &folder)
    };
    let code = &planner.site.languages[language].code;
    taxonomies::add_filter(planner, None, code, &mut view);
    Some(folder_page(&folder, language, view))
}

/// The pages of a language under their first letters, without those that stand on another as entries.
pub fn by_letter(planner: &Planner, language: usize) -> Vec<GroupView> {
    let site = planner.site;
    let home = site.languages[language].home;
    let is_listed = |page: &&Page| {
        let is_page = page.status.is_current() && !page.kind.is_entry();
        is_page && usize::from(page.language) == language && page.id != home
    };
    let mut pages: Vec<&Page> = site.pages.iter().filter(is_listed).collect();
    pages.sort_by(|a, b| collate::compare(&a.title, &b.title).then_with(|| a.path.cmp(&b.path)));
    let mut groups: Vec<GroupView> = Vec::new();
    for page in pages {
        let letter = collate::initial(&page.title);
        match groups.last_mut() {
            Some(last) if last.title == letter => last.items.push(child_view(planner, page)),
            _ => groups.push(GroupView {
                title: letter,
                items: vec![child_view(planner, page)],
            }),
        }
    }
    groups
}
