//! Navigation of sections: made once for each, shared by all its pages.
//!
//! A page shows its top section with one nested level when that is small, else its nearest section; a section of
//! many pages is shown in parts, so that no page grows with the site.

use super::Planner;
use crate::model::ids::PageId;
use crate::model::plan::{LinkView, NavItem, NavView};
use crate::model::site::Page;

/// The most links one navigation shows before only the nearest section is shown.
const SMALL: usize = 40;
/// The most links of one part.
const PART: usize = 60;

/// All navigations, and which one each page shows.
pub fn sections(planner: &Planner) -> (Vec<NavView>, Vec<Option<usize>>) {
    let site = planner.site;
    let mut navs: Vec<NavView> = Vec::new();
    // Index of the first part of each section's navigation, and how many pages a part has.
    let mut of_section: Vec<Option<usize>> = vec![None; site.pages.len()];
    let mut nav_of = vec![None; site.pages.len()];
    let places = places(planner);
    for page in &site.pages {
        let Some(section) = shown_section(planner, page) else {
            continue;
        };
        let first = *of_section[section.id.index()].get_or_insert_with(|| {
            navs.extend(parts(planner, section));
            navs.len() - parts_count(planner, section)
        });
        nav_of[page.id.index()] = Some(first + part_of(planner, &places, section, page));
    }
    (navs, nav_of)
}

/// The section whose navigation a page shows. None for the front page and pages beside it.
fn shown_section<'a>(planner: &'a Planner, page: &'a Page) -> Option<&'a Page> {
    let site = planner.site;
    let home = site.language(page).home;
    if page.kind.is_entry() {
        return None;
    }
    let mut line = vec![page];
    while let Some(parent) = line
        .last()
        .and_then(|p| p.parent)
        .filter(|parent| *parent != home)
    {
        line.push(site.page(parent));
    }
    let top = *line.last()?;
    if page.id == home || page.parent.is_none() || !top.is_section {
        return None;
    }
    let shown = |id: &PageId| !site.page(*id).kind.is_entry();
    let below: usize = top
        .children
        .iter()
        .filter(|c| shown(c))
        // More are too many whatever lies below them; a page must not cost more because its section is bigger.
        .take(SMALL + 1)
        .map(|c| 1 + site.page(*c).children.len())
        .sum();
    let section = if below <= SMALL && line.len() <= 3 {
        top
    } else {
        line.into_iter().find(|p| p.is_section)?
    };
    section.children.iter().any(shown).then_some(section)
}

fn shown_children<'a>(planner: &'a Planner, section: &'a Page) -> Vec<&'a Page> {
    section
        .children
        .iter()
        .map(|id| planner.site.page(*id))
        .filter(|page| !page.kind.is_entry())
        .collect()
}

fn parts_count(planner: &Planner, section: &Page) -> usize {
    shown_children(planner, section).len().div_ceil(PART).max(1)
}

fn parts(planner: &Planner, section: &Page) -> Vec<NavView> {
    let children = shown_children(planner, section);
    let total: usize = children.iter().map(|child| 1 + child.children.len()).sum();
    let nested = total <= SMALL;
    let link = |page: &Page| planner.short_link(page);
    let item = |page: &&Page| {
        let LinkView { title, url } = link(page);
        let items = if nested {
            shown_children(planner, page)
                .into_iter()
                .map(link)
                .collect()
        } else {
            Vec::new()
        };
        NavItem { title, url, items }
    };
    let LinkView { title, url } = link(section);
    let view = |items: Vec<NavItem>| NavView {
        site: usize::from(section.language),
        title: title.clone(),
        url: url.clone(),
        items,
    };
    children
        .chunks(PART)
        .map(|part| view(part.iter().map(item).collect()))
        .collect()
}

/// Each page's place among the shown children of its section.
fn places(planner: &Planner) -> Vec<usize> {
    let mut places = vec![0; planner.site.pages.len()];
    for section in &planner.site.pages {
        for (place, child) in shown_children(planner, section).into_iter().enumerate() {
            places[child.id.index()] = place;
        }
    }
    places
}

/// Which part of its section's navigation a page stands in.
fn part_of(planner: &Planner, places: &[usize], section: &Page, page: &Page) -> usize {
    if page.id == section.id {
        return 0;
    }
    let mut at = page;
    while let Some(parent) = at.parent.filter(|parent| *parent != section.id) {
        at = planner.site.page(parent);
    }
    places[at.id.index()] / PART
}
