//! Items of checklists against what the site's lock remembers of them: readers' answers follow the ids.
//!
//! An id that was published stays in use, or is retired, or leads on by `was`; it never comes to mean another thing.
//! What may be forgotten is for `lock --forget` to say.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::checklist::{self, Ticked};
use crate::model::front_matter::Checklist;
use crate::model::graph::HALLMARKS;
use crate::model::lock::{Lock, LockedAs, LockedList, Name};
use crate::model::site::{Page, Site};
use crate::text::similar::{is_another, is_same};
use crate::text::span::Span;
use std::collections::{BTreeMap, HashMap};

/// Checks the items of every page, and every list that the lock remembers.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    let lock = site.lock.as_deref();
    let mut left: BTreeMap<&str, &LockedList> = lock
        .iter()
        .flat_map(|lock| &lock.lists)
        .map(|(name, list)| (name.as_str(), list))
        .collect();
    for page in site.pages.iter().filter(|page| page.fragment.is_none()) {
        let name = checklist::name(page);
        let items = checklist::items(site, page);
        let locked = lock.zip(left.remove(name));
        if items.is_empty() && locked.is_none() {
            continue;
        }
        let list = List::new(site, page, items);
        list.old_ids(locked.map(|(_, locked)| locked), diags);
        // Nobody is asked anything on a page that has lost its text; what was answered may come back with it.
        if let Some((lock, locked)) = locked.filter(|_| page.has_body()) {
            list.against(lock, locked, diags);
        }
    }
    if let Some(lock) = lock {
        for (name, locked) in left {
            gone(site, lock, name, locked, diags);
        }
    }
}

/// The items of one page.
struct List<'a> {
    site: &'a Site,
    page: &'a Page,
    name: &'a str,
    declared: Option<&'a Checklist>,
    items: Vec<Ticked<'a>>,
    by_id: HashMap<&'a str, usize>,
    /// Old ids and the item that each leads on to.
    by_old_id: HashMap<&'a str, usize>,
}

impl<'a> List<'a> {
    fn new(site: &'a Site, page: &'a Page, items: Vec<Ticked<'a>>) -> List<'a> {
        let old = |(at, ticked): (usize, &Ticked<'a>)| -> Vec<(&'a str, usize)> {
            let ids = ticked.item.was.iter();
            ids.map(|id| (id.as_str(), at)).collect()
        };
        List {
            site,
            page,
            name: checklist::name(page),
            declared: checklist::declared(site, page),
            by_id: items
                .iter()
                .enumerate()
                .map(|(at, ticked)| (ticked.id, at))
                .collect(),
            by_old_id: items.iter().enumerate().flat_map(old).collect(),
            items,
        }
    }

    fn item(&self, id: &str) -> Option<&Ticked<'a>> {
        self.by_id.get(id).map(|at| &self.items[*at])
    }

    fn is_retired(&self, id: &str) -> bool {
        let mut retired = self.declared.iter().flat_map(|list| &list.retired);
        retired.any(|item| item.id.value == id)
    }

    /// Where an item's id stands.
    fn place(&self, ticked: &Ticked) -> Span {
        let item = ticked.item;
        let range = item.id.as_ref().map_or(&item.range, |id| &id.range);
        self.span(ticked, range.clone())
    }

    fn span(&self, ticked: &Ticked, range: crate::text::span::TextRange) -> Span {
        let file = self.site.documents[ticked.document.index()].file;
        Span::new(file, range)
    }

    /// Where the page says which list it is: its id, the heading of its hallmarks, or its title.
    fn head(&self) -> Span {
        let front_matter = self.site.front_matter(self.page);
        let document = self.page.document.map(|id| self.site.document(id));
        let hallmarks = document.and_then(|document| {
            let mut headings = document.headings.iter();
            headings.find(|heading| heading.id.as_deref() == Some(HALLMARKS))
        });
        let hallmarks = hallmarks.filter(|_| self.declared.is_none());
        let range = hallmarks.map(|heading| heading.range.clone()).or_else(|| {
            let named = front_matter.and_then(|fm| fm.id.as_ref().or(fm.title.as_ref()));
            named.map(|name| name.range.clone())
        });
        self.site.span(self.page, range.unwrap_or(0..0))
    }

    /// Old ids that cannot be old: they are in use, or were never known.
    fn old_ids(&self, locked: Option<&LockedList>, diags: &mut Diagnostics) {
        for ticked in &self.items {
            let place = || self.span(ticked, ticked.item.was_range.clone());
            for old in &ticked.item.was {
                if let Some(used) = self.item(old) {
                    diags
                        .add(Code::ItemWasInUse, place())
                        .arg("id", old)
                        .related(self.place(used));
                } else if let Some(locked) = locked.filter(|list| !list.knows(old)) {
                    diags
                        .add(Code::ItemWasUnknown, place())
                        .arg("id", old)
                        .nearest(old, locked.ids());
                }
            }
        }
        for retired in self.declared.iter().flat_map(|list| &list.retired) {
            if let Some(used) = self.item(&retired.id.value) {
                diags
                    .add(
                        Code::ItemRetiredInUse,
                        self.site.span(self.page, retired.id.range.clone()),
                    )
                    .arg("id", &retired.id.value)
                    .related(self.place(used));
            }
        }
    }

    fn against(&self, lock: &Lock, locked: &LockedList, diags: &mut Diagnostics) {
        let promise = &locked.what;
        let goes_on = |id: &&String| {
            self.by_id.contains_key(id.as_str())
                || self.by_old_id.contains_key(id.as_str())
                || self.is_retired(id)
        };
        if !promise.asked.is_empty() && !promise.asked.keys().any(|id| goes_on(&id)) {
            diags
                .add(
                    Code::ChecklistVanished,
                    Span::new(lock.file, locked.place.clone()),
                )
                .arg("list", self.name)
                .related(self.head());
            return;
        }
        let mut count = 0;
        for (id, text) in &promise.asked {
            match self.item(id) {
                Some(ticked) if is_another(text, &ticked.item.text) => {
                    self.reused(id, ticked, lock, locked, diags);
                }
                Some(ticked) => count += usize::from(!is_same(text, &ticked.item.text)),
                None if goes_on(&id) => count += usize::from(self.is_retired(id)),
                None => self.vanished(id, text, lock, locked, diags),
            }
        }
        for (id, text) in &promise.retired {
            if let Some(ticked) = self.item(id).filter(|_| !self.is_retired(id))
                && is_another(text, &ticked.item.text)
            {
                self.reused(id, ticked, lock, locked, diags);
            }
        }
        if let Some(declared) = self.declared.filter(|_| count > 0) {
            self.version(declared, count, lock, locked, diags);
        }
    }

    fn vanished(
        &self,
        id: &str,
        text: &str,
        lock: &Lock,
        locked: &LockedList,
        diags: &mut Diagnostics,
    ) {
        let is_new = |ticked: &&Ticked| !locked.knows(ticked.id) && ticked.item.id.is_some();
        let mut new = self.items.iter().filter(is_new);
        let same = new.find(|ticked| is_same(text, &ticked.item.text));
        let finding = diags.add(Code::ItemVanished, self.head());
        finding.arg("id", id).arg("list", self.name);
        if let Some(same) = same {
            finding.arg("nearest", same.id);
        }
        finding.related(Span::new(lock.file, locked.place_of(id)));
    }

    fn reused(
        &self,
        id: &str,
        ticked: &Ticked,
        lock: &Lock,
        locked: &LockedList,
        diags: &mut Diagnostics,
    ) {
        diags
            .add(Code::ItemReused, self.place(ticked))
            .arg("id", id)
            .arg("list", self.name)
            .related(Span::new(lock.file, locked.place_of(id)));
    }

    /// Readers are told of a new edition by its number.
    fn version(
        &self,
        declared: &Checklist,
        count: usize,
        lock: &Lock,
        locked: &LockedList,
        diags: &mut Diagnostics,
    ) {
        let known = locked.what.version.unwrap_or(1);
        if declared.version > known {
            return;
        }
        let place = match &declared.version_range {
            Some(range) => self.site.span(self.page, range.clone()),
            None => self.head(),
        };
        diags
            .add(Code::ChecklistVersion, place)
            .arg("version", (known.saturating_add(1)).to_string())
            .arg("count", count.to_string())
            .related(Span::new(lock.file, locked.place.clone()));
    }
}

/// A list whose page is not there. When its address is not either, that is told already.
fn gone(site: &Site, lock: &Lock, name: &str, locked: &LockedList, diags: &mut Diagnostics) {
    if locked.what.asked.is_empty() {
        return;
    }
    let is_named = |known: &Name| match known {
        Name::Id(known) | Name::Path(known) => known == name,
    };
    let address = lock
        .addresses
        .iter()
        .find(|(_, locked)| matches!(&locked.what, LockedAs::Page { name, .. } if is_named(name)));
    let page = address.and_then(|(address, _)| {
        let mut pages = site.pages.iter().filter(|page| page.fragment.is_none());
        pages.find(|page| *page.address == *address.trim_start_matches('/'))
    });
    if address.is_some() && page.is_none() {
        return;
    }
    let finding = diags.add(
        Code::ChecklistVanished,
        Span::new(lock.file, locked.place.clone()),
    );
    finding.arg("list", name);
    if let Some(page) = page {
        let named = site.front_matter(page);
        let named = named.and_then(|fm| fm.id.as_ref().or(fm.title.as_ref()));
        let range = named.map_or(0..0, |name| name.range.clone());
        finding.arg("nearest", name).related(site.span(page, range));
    }
}
