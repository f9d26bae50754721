//! Generated pages: all pages from A to Å, the page of errors. The search's is in `search_page.rs`.

use super::pages::child_view;
use super::{Planner, accessibility, booklets, changes, my_lists, search_page, sites};
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
    generated_page(
        "404.html",
        "404.html".to_string(),
        sites::errors_index(planner),
        base,
        view,
    )
}

/// A page that no file is behind.
pub fn generated_page(
    template: &str,
    path: String,
    site: usize,
    base: Base,
    view: PageView,
) -> Output {
    Output {
        path: path.into(),
        maker: Maker::Page(Box::new(PageOutput {
            template: template.into(),
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
    let site = planner.site;
    let texts = planner.texts[language];
    let folder = all_pages_folder(planner, language)?;
    let home = site.page(site.languages[language].home);
    let title: Arc<str> = texts.text("list_all").into();
    let mut view = PageView {
        kind: "page",
        template: "list".to_string(),
        head_title: format!("{title} – {}", site.languages[language].title),
        description: Some(texts.text("list_all_description").into()),
        short_title: Arc::clone(&title),
        title,
        language: site.languages[language].code.clone(),
        direction: "ltr",
        canonical: super::urls::absolute(sites::base_url(planner), &folder),
        generated: true,
        breadcrumbs: vec![LinkView {
            title: texts.text("home").into(),
            url: planner.url(home),
        }],
        groups: by_letter(planner, language),
        ..PageView::default()
    };
    super::taxonomies::add_filter(planner, None, &site.languages[language].code, &mut view);
    let base = Base::Folder(folder.as_str().into());
    Some(generated_page(
        "list.html",
        format!("{folder}index.html"),
        language,
        base,
        view,
    ))
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
