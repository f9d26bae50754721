//! The page «Mine tjeklister» of each language: all its checklists, with what the overview's script needs to count.
//!
//! What a reader has ticked is known to the browser alone; here is only what there is to tick. A group of items
//! that is about a value, a core element or an aspect says so, so that progress can be told across lists.

use super::lists::{folder_page, generated_view};
use super::{Planner, kinds, sites};
use crate::model::checklist;
use crate::model::front_matter::{Checklist, Kind, KindData};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{Page, Piece, Site};
use crate::text::slug;
use std::collections::HashMap;
use std::iter;

/// By language: its checklists, in the order of the site.
pub fn checklists(site: &Site) -> Vec<Vec<PageId>> {
    let mut lists = vec![Vec::new(); site.languages.len()];
    for page in site
        .pages
        .iter()
        .filter(|page| page.kind == Kind::Checklist)
    {
        if page.status.is_current() {
            lists[usize::from(page.language)].push(page.id);
        }
    }
    lists
}

fn folder(planner: &Planner, language: usize) -> String {
    let slug = slug::slug(planner.texts[language].text("my_lists_folder"));
    format!("{}{slug}/", planner.site.languages[language].folder)
}

/// The way to a language's page of all checklists, where it has any and the theme can show them.
pub fn link(planner: &Planner, language: usize) -> Option<LinkView> {
    sites::list_files(planner)?;
    let has_lists = !planner.checklists[language].is_empty();
    has_lists.then(|| LinkView {
        title: planner.texts[language].text("my_lists").into(),
        url: sites::generated_address(planner, &folder(planner, language)).into(),
    })
}

/// The page of all checklists of a language.
pub fn output(planner: &Planner, language: usize) -> Option<Output> {
    let LinkView { title, .. } = link(planner, language)?;
    let site = planner.site;
    let texts = planner.texts[language];
    let folder = folder(planner, language);
    let members = members(planner, language);
    let lists = planner.checklists[language].iter();
    let view = PageView {
        description: Some(texts.text("my_lists_description").into()),
        lead: Some(texts.text("my_lists_description").into()),
        my_lists: lists
            .filter_map(|id| list(planner, site.page(*id), &members))
            .collect(),
        ..generated_view(planner, language, "my-lists", title, &folder)
    };
    Some(folder_page(&folder, language, view))
}

/// What the front page of a language needs to lead readers back to checklists they have begun.
pub fn begun(planner: &Planner, language: usize) -> Vec<BegunListView> {
    if sites::list_files(planner).is_none() {
        return Vec::new();
    }
    let pages = planner.checklists[language].iter();
    pages
        .map(|id| {
            let page = planner.site.page(*id);
            let items = checklist::items(planner.site, page).into_iter();
            let ids = items.map(|ticked| {
                let old = ticked.item.was.iter().map(String::as_str);
                let ids: Vec<&str> = iter::once(ticked.id).chain(old).collect();
                ids.join("/")
            });
            let answers = checklist::declared(planner.site, page).map(|list| list.answers);
            BegunListView {
                id: checklist::name(page).to_string(),
                link: planner.link(page),
                answers: answers.unwrap_or_default().values().join(" "),
                items: ids.collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

/// The values, core elements and aspects of a language by their titles, long and short.
fn members<'a>(planner: &Planner<'a>, language: usize) -> HashMap<String, &'a Page> {
    let mut members = HashMap::new();
    let is_member = |page: &&Page| {
        let is_member = matches!(page.kind, Kind::Value | Kind::CoreElement | Kind::Aspect);
        is_member && usize::from(page.language) == language && page.status.is_current()
    };
    for page in planner.site.pages.iter().filter(is_member) {
        members.entry(page.title.to_lowercase()).or_insert(page);
        let short = planner.short_title(page);
        members.entry(short.to_lowercase()).or_insert(page);
    }
    members
}

fn list(planner: &Planner, page: &Page, members: &HashMap<String, &Page>) -> Option<MyListView> {
    let KindData::Checklist(checklist) = &planner.site.front_matter(page)?.kind else {
        return None;
    };
    Some(MyListView {
        id: checklist::name(page).to_string(),
        version: checklist.version,
        link: planner.described(page),
        answers: checklist.answers.name(),
        repeat: checklist.repeat.map(kinds::repeat),
        fields: kinds::fields(checklist),
        groups: groups(planner, page, checklist, members),
    })
}

/// The groups in the order of the page: its own under their headings, then those it collects.
fn groups(
    planner: &Planner,
    page: &Page,
    checklist: &Checklist,
    members: &HashMap<String, &Page>,
) -> Vec<MyListGroup> {
    let site = planner.site;
    let mut groups: Vec<MyListGroup> = Vec::new();
    for piece in &page.pieces {
        let document = site.document(piece.document);
        let mut last = None;
        for (at, item) in document.items.iter().enumerate() {
            if !piece.range.contains(&item.range.start) || is_elsewhere(piece, at) {
                continue;
            }
            let under = item.heading.map_or(0, |heading| heading as usize + 1);
            let heading = document.headings[..under]
                .iter()
                .rposition(|heading| heading.level == 2);
            if last != Some(heading) {
                last = Some(heading);
                let title = heading.map_or("", |at| &document.headings[at].text);
                groups.push(MyListGroup {
                    title: title.to_string(),
                    about: about(title, members).map(|member| planner.short_link(member)),
                    items: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.items.push(view(site, piece, at));
            }
        }
    }
    if checklist.collect.is_empty() {
        return groups;
    }
    groups.extend(page.collected.iter().map(|group| {
        let owner = site.page(group.owner);
        let is_member = matches!(owner.kind, Kind::Value | Kind::CoreElement | Kind::Aspect);
        let items = group.items.iter();
        MyListGroup {
            title: owner.title.to_string(),
            about: is_member.then(|| planner.short_link(owner)),
            items: items
                .map(|at| view(site, &group.piece, *at as usize))
                .collect(),
        }
    }));
    groups
}

fn is_elsewhere(piece: &Piece, at: usize) -> bool {
    piece.item_lists.get(at).copied().flatten().is_some()
}

fn view(site: &Site, piece: &Piece, at: usize) -> MyListItem {
    let item = &site.document(piece.document).items[at];
    MyListItem {
        id: piece.item_ids[at].to_string(),
        text: item.text.clone(),
        was: item.was.join(" "),
    }
}

/// The member that a heading names: «1. Vejledere» names the core element Vejledere.
fn about<'a>(title: &str, members: &HashMap<String, &'a Page>) -> Option<&'a Page> {
    let name = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    members.get(&name.to_lowercase()).copied()
}
