//! Pages that show entries: the glossary from A to Å, and the sources with what uses them.

use super::{Planner, sources, status};
use crate::model::front_matter::{FrontMatter, KindData, Term};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::escape::ROOT;
use crate::text::span::Spanned;
use crate::text::{collate, slug};
use std::sync::Arc;

/// The most pages that an entry of the glossary lists: a page that names all of a large site's would be too heavy.
const MAX_USED_ON: usize = 50;

/// The pages that an entry lists, each as `view` shows it, and what is said of those beyond them.
pub fn listed<'a, T>(
    planner: &Planner,
    page: &Page,
    mut users: impl Iterator<Item = &'a Page>,
    view: impl FnMut(&'a Page) -> T,
) -> (Vec<T>, Option<String>) {
    let shown = users.by_ref().take(MAX_USED_ON).map(view).collect();
    let left = users.count();
    let more = (left > 0).then(|| planner.texts(page).counted("used_more", left));
    (shown, more)
}

/// Adds the glossary's or the sources' entries to the view of the page that shows them.
pub fn fill(planner: &Planner, page: &Page, entries: &[PageId], view: &mut PageView) {
    let pages: Vec<&Page> = entries.iter().map(|id| planner.site.page(*id)).collect();
    let mut shown = Vec::new();
    let mut terms: Vec<(String, TermView)> = Vec::new();
    for entry in pages {
        let Some(fm) = planner.site.front_matter(entry) else {
            continue;
        };
        match &fm.kind {
            KindData::Source(data) => shown.push(sources::entry(planner, page, entry, data)),
            KindData::Term(data) => {
                let view = term(planner, entry, fm, data);
                terms.push((collate::initial(&entry.title), view));
            }
            _ => {}
        }
    }
    if !shown.is_empty() {
        view.sources = Some(shown);
        view.sources_data = Some(format!("{ROOT}{}", sources::data_path(page)).into());
    }
    if !terms.is_empty() {
        view.glossary = Some(glossary(terms));
    }
}

fn term(planner: &Planner, entry: &Page, fm: &FrontMatter, data: &Term) -> TermView {
    let site = planner.site;
    let words = |words: &[Spanned<String>]| words.iter().map(|word| word.value.clone()).collect();
    let confused_with = site.confusions.get(&entry.id).into_iter().flatten();
    let related = fm
        .related
        .iter()
        .filter_map(|related| site.target(entry, &related.to));
    let users = entry.used_on.iter().map(|id| site.page(*id));
    let (used_on, used_more) = listed(planner, entry, users, |user| planner.link(user));
    TermView {
        id: anchor(entry),
        title: Arc::clone(&entry.title),
        definition: if entry.has_body() {
            data.definition.clone()
        } else {
            String::new()
        },
        status: status::view(planner, entry, fm),
        local_name: data.local_name.as_ref().map(|name| name.value.clone()),
        synonyms: words(&data.synonyms),
        abbreviations: words(&data.abbreviations),
        confused_with: confused_with
            .map(|id| planner.link(site.page(*id)))
            .collect(),
        see_also: related.map(|page| planner.link(page)).collect(),
        sources: entry
            .rests_on
            .iter()
            .map(|id| planner.link(site.page(*id)))
            .collect(),
        used_on,
        used_more,
        used_count: entry.used_on.len(),
    }
}

fn glossary(mut terms: Vec<(String, TermView)>) -> GlossaryView {
    terms.sort_by(|(_, a), (_, b)| collate::compare(&a.title, &b.title));
    let mut letters: Vec<LetterView> = Vec::new();
    for (letter, term) in terms {
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.terms.push(term),
            _ => letters.push(LetterView {
                id: letter_id(&letter),
                letter,
                terms: vec![term],
            }),
        }
    }
    GlossaryView { letters }
}

fn letter_id(letter: &str) -> String {
    let slug = slug::slug(letter);
    if slug.is_empty() {
        "vv-letter-0".to_string()
    } else {
        format!("vv-letter-{slug}")
    }
}

pub fn anchor(entry: &Page) -> Arc<str> {
    entry
        .fragment
        .clone()
        .unwrap_or_else(|| Arc::clone(&entry.path))
}
