//! The page of the search in each language: its form, what results can be narrowed to, and the list of all pages,
//! which readers without script use instead. Results are made in the browser; the index is none of this file's business.

use super::lists::{all_pages_link, by_letter, folder_page, generated_view};
use super::{Planner, sites};
use crate::model::config::Taxonomy;
use crate::model::front_matter::{FrontMatter, Kind, Reference};
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::slug;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most pages that are listed under the results; the list is an aid there, and search must be light.
const MOST_LISTED: usize = 300;

/// The folder of a language's search page.
pub fn folder(planner: &Planner, language: usize) -> String {
    let slug = slug::slug(planner.texts[language].text("search_folder"));
    format!("{}{slug}/", planner.site.languages[language].folder)
}

/// The search page of a language; `None` where the theme has no scripts for it.
pub fn output(planner: &Planner, language: usize) -> Option<Output> {
    let site = planner.site;
    let texts = planner.texts[language];
    let files = sites::search_files(planner)?;
    let folder = folder(planner, language);
    let title = texts.text("search_title").into();
    let is_small = site.pages.len() <= MOST_LISTED;
    let view = PageView {
        kind: "search",
        description: Some(texts.text("search_description").into()),
        groups: if is_small {
            by_letter(planner, language)
        } else {
            Vec::new()
        },
        search: Some(SearchView {
            filters: filters(planner, language),
            sections: sections(planner, language),
            all_pages: all_pages_link(planner, language),
            others: others(planner, language),
            files,
        }),
        ..generated_view(planner, language, "search", title, &folder)
    };
    Some(folder_page(&folder, language, view))
}

/// One fieldset for each way to narrow results: only what pages of the language are or are about.
fn filters(planner: &Planner, language: usize) -> Vec<FilterView> {
    let site = planner.site;
    let texts = planner.texts[language];
    let code = &site.languages[language].code;
    let is_own =
        move |page: &&Page| usize::from(page.language) == language && page.status.is_current();
    let pages = || site.pages.iter().filter(is_own);
    let kinds: BTreeSet<&str> = pages().map(|page| page.kind.name()).collect();
    let kinds = Kind::ALL
        .iter()
        .map(|kind| kind.name())
        .filter(|name| kinds.contains(name))
        .map(|name| FilterOption {
            id: name.into(),
            title: texts
                .text(&format!("kind_{}", name.replace('-', "_")))
                .into(),
        });
    let terms = |taxonomy: &str, ids: fn(&FrontMatter) -> &[Reference]| -> Vec<FilterOption> {
        let used: BTreeSet<&str> = pages()
            .filter_map(|page| site.front_matter(page))
            .flat_map(ids)
            .map(|id| id.value.as_str())
            .collect();
        let all = site.config.taxonomy(taxonomy).into_iter();
        all.flat_map(|found| &found.terms)
            .filter(|term| used.contains(term.id.value.as_str()))
            .map(|term| FilterOption {
                id: term.id.value.as_str().into(),
                title: term.title.in_language(code).into(),
            })
            .collect()
    };
    let filter = |name, title, options| FilterView {
        name,
        title: texts.text(title).to_string(),
        options,
    };
    let mut filters = vec![
        filter("kind", "search_kinds", kinds.collect()),
        filter(
            "role",
            "search_roles",
            terms(Taxonomy::ROLES, |fm| &fm.roles),
        ),
        filter(
            "topic",
            "search_topics",
            terms(Taxonomy::TOPICS, |fm| &fm.topics),
        ),
    ];
    filters.retain(|filter| !filter.options.is_empty());
    filters
}

/// The main menu: what the site's owner holds to be the ways in.
fn sections(planner: &Planner, language: usize) -> Vec<LinkView> {
    let menu = planner.site.languages[language].menu.iter();
    menu.map(|entry| LinkView {
        title: Arc::clone(&entry.title),
        url: planner.url(planner.site.page(entry.page)),
    })
    .collect()
}

fn others(planner: &Planner, language: usize) -> Vec<LanguageView> {
    let languages = planner.site.languages.iter().enumerate();
    languages
        .filter(|(other, _)| *other != language)
        .map(|(other, found)| LanguageView {
            code: found.code.clone(),
            title: planner.texts[other].text("language_name").to_string(),
            url: sites::generated_address(planner, &folder(planner, other)).into(),
        })
        .collect()
}
