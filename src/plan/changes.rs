//! What changed: the page of changes of each language, a page's own log, and the news of the front page.
//!
//! In: the pages' own logs. Out: the newest of all, gathered once for the whole site; no page's plan looks at the
//! others. A change dated later than today has not happened yet.

use super::{Planner, about, lists, sites, status};
use crate::model::front_matter::{Change, ChangeWeight, FrontMatter};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{Page, Site};
use crate::text::date::Date;
use crate::text::{collate, slug};
use std::cmp::Reverse;
use std::sync::Arc;

/// The most changes that the page of changes holds, and the most pages that no longer hold.
const MOST_LISTED: usize = 500;
/// The most changes of a feed.
const MOST_IN_FEED: usize = 50;
/// The most changes that the front page tells of.
const MOST_NEWS: usize = 5;

/// What changed in one language, the newest first.
#[derive(Debug, Default)]
pub struct Log {
    pub entries: Vec<Entry>,
    /// There were more than [`MOST_LISTED`].
    pub is_cut: bool,
    /// Substantial changes that readers may want to be told of.
    pub feed: Vec<Entry>,
    /// The last substantial change of each page that holds, but for the front page.
    pub news: Vec<Entry>,
    /// Pages that no longer hold.
    pub gone: Vec<PageId>,
}

/// One change: a page, and the place of the change in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub page: PageId,
    pub at: usize,
    date: Date,
}

impl Log {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.gone.is_empty()
    }
}

/// The log of each language.
pub fn logs(site: &Site) -> Vec<Log> {
    let mut logs: Vec<Log> = site.languages.iter().map(|_| Log::default()).collect();
    for page in &site.pages {
        let Some(fm) = site.front_matter(page).filter(|fm| !fm.is_draft) else {
            continue;
        };
        let log = &mut logs[usize::from(page.language)];
        if !page.status.is_current() {
            log.gone.push(page.id);
        }
        let entries = fm.changes.iter().enumerate().map(|(at, change)| Entry {
            page: page.id,
            at,
            date: change.date.value,
        });
        let entries: Vec<Entry> = entries.filter(|entry| entry.date <= site.today).collect();
        let substantial = entries.iter().filter(|entry| {
            let weight = fm.changes[entry.at].weight;
            weight == ChangeWeight::Substantial
        });
        if page.status.is_current() {
            log.feed.extend(substantial.clone());
            let is_home = site.language(page).home == page.id;
            let last = substantial.max_by_key(|entry| entry.date);
            log.news.extend(last.filter(|_| !is_home));
        } else {
            // Of a page that no longer holds only what came of it is worth telling, however light.
            let last = fm.last_change();
            let is_last =
                |entry: &&Entry| last.is_some_and(|last| std::ptr::eq(last, &fm.changes[entry.at]));
            log.feed.extend(entries.iter().find(is_last));
        }
        log.entries.extend(entries);
    }
    for log in &mut logs {
        log.is_cut = log.entries.len() > MOST_LISTED || log.gone.len() > MOST_LISTED;
        newest(site, &mut log.entries, MOST_LISTED);
        newest(site, &mut log.feed, MOST_IN_FEED);
        newest(site, &mut log.news, MOST_NEWS);
        let date = |id: &PageId| Reverse(gone_on(site, site.page(*id)));
        log.gone.sort_by_key(date);
        log.gone.truncate(MOST_LISTED);
    }
    logs
}

/// Keeps the newest; those of one day by title.
fn newest(site: &Site, entries: &mut Vec<Entry>, most: usize) {
    let order = |entry: &Entry| (Reverse(entry.date), entry.page, entry.at);
    entries.sort_unstable_by_key(order);
    entries.truncate(most);
    let title = |entry: &Entry| &site.page(entry.page).title;
    entries.sort_by(|a, b| {
        let by_title = || collate::compare(title(a), title(b));
        b.date.cmp(&a.date).then_with(by_title)
    });
}

/// The day a page stopped holding, as far as its log tells.
fn gone_on(site: &Site, page: &Page) -> Option<Date> {
    let change = site.front_matter(page)?.last_change()?;
    Some(change.date.value)
}

impl Entry {
    pub fn change<'a>(&self, site: &'a Site) -> Option<&'a Change> {
        let fm = site.front_matter(site.page(self.page))?;
        fm.changes.get(self.at)
    }
}

/// The folder of a language's page of changes; `None` where nothing has changed.
pub fn folder(planner: &Planner, language: usize) -> Option<String> {
    let slug = slug::slug(planner.texts[language].text("changes_folder"));
    let folder = &planner.site.languages[language].folder;
    (!planner.logs[language].is_empty()).then(|| format!("{folder}{slug}/"))
}

/// The link to a language's page of changes.
pub fn link(planner: &Planner, language: usize) -> Option<LinkView> {
    let folder = folder(planner, language)?;
    Some(LinkView {
        title: planner.texts[language].text("changes_title").into(),
        url: sites::generated_address(planner, &folder).into(),
    })
}

/// A language's page of changes.
pub fn output(planner: &Planner, language: usize) -> Option<Output> {
    let texts = planner.texts[language];
    let folder = folder(planner, language)?;
    let title = texts.text("changes_title").into();
    let view = PageView {
        description: Some(texts.text("changes_description").into()),
        lead: Some(texts.text("changes_description").into()),
        changes: Some(changes(planner, language)),
        ..lists::generated_view(planner, language, "changes", title, &folder)
    };
    Some(lists::folder_page(&folder, language, view))
}

fn changes(planner: &Planner, language: usize) -> ChangesView {
    let site = planner.site;
    let log = &planner.logs[language];
    let mut months: Vec<MonthView> = Vec::new();
    for entry in &log.entries {
        let Some(item) = page_change(planner, *entry) else {
            continue;
        };
        let id = format!("{:04}-{:02}", entry.date.year(), entry.date.month());
        match months.last_mut() {
            Some(last) if last.id == id => last.items.push(item),
            _ => months.push(MonthView {
                id,
                title: planner.texts[language].month(entry.date),
                items: vec![item],
            }),
        }
    }
    let gone = log.gone.iter().map(|id| site.page(*id));
    ChangesView {
        months,
        gone: gone.filter_map(|page| gone_view(planner, page)).collect(),
        is_cut: log.is_cut,
        feed_url: super::atom::address(planner, language),
    }
}

fn page_change(planner: &Planner, entry: Entry) -> Option<PageChangeView> {
    let page = planner.site.page(entry.page);
    Some(PageChangeView {
        title: Arc::clone(&page.title),
        url: own_url(planner, page),
        change: change_view(planner, page, entry.change(planner.site)?),
    })
}

/// The address of a page that can still be read there.
fn own_url(planner: &Planner, page: &Page) -> Option<Arc<str>> {
    (!page.is_redirect()).then(|| planner.url(page))
}

fn gone_view(planner: &Planner, page: &Page) -> Option<GoneView> {
    let status = status::view(planner, page, planner.site.front_matter(page)?)?;
    Some(GoneView {
        title: Arc::clone(&page.title),
        url: own_url(planner, page),
        word: status.word,
        date: status.date,
        reason: status.reason,
        successor: status.successor,
    })
}

fn change_view(planner: &Planner, page: &Page, change: &Change) -> ChangeView {
    let kind = match change.weight {
        ChangeWeight::Editorial => "change_editorial",
        ChangeWeight::Clarification => "change_clarification",
        ChangeWeight::Substantial => "change_substantial",
    };
    ChangeView {
        date: about::date_view(planner, page, change.date.value),
        kind: planner.texts(page).text(kind).to_string(),
        text: change.text.clone(),
    }
}

/// A page's own log, the newest first.
pub fn history(planner: &Planner, page: &Page, fm: &FrontMatter) -> Vec<ChangeView> {
    let has_happened = |change: &&Change| change.date.value <= planner.site.today;
    let mut changes: Vec<&Change> = fm.changes.iter().filter(has_happened).collect();
    changes.sort_by_key(|change| Reverse((change.date.value, change.weight)));
    let view = |change: &Change| change_view(planner, page, change);
    changes.into_iter().map(view).collect()
}

/// What a language's front page tells of.
pub fn news(planner: &Planner, language: usize) -> Vec<PageChangeView> {
    let entries = planner.logs[language].news.iter();
    let item = |entry: &Entry| {
        let mut item = page_change(planner, *entry)?;
        // They are all of one kind, so it is not told.
        item.change.kind.clear();
        Some(item)
    };
    entries.filter_map(item).collect()
}
