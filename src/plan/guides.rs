//! Guides: their chapters in order, and on each chapter's page its place among them.
//!
//! Which guides a page is a chapter of is found once for the whole site; a page looks at its own guides alone.

use super::pages::child_view;
use super::{Planner, booklets};
use crate::model::front_matter::{Kind, KindData};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{Page, Site};
use std::collections::{HashMap, HashSet};

/// A page is told to be a chapter of so many guides; more would push its own title down.
const MOST_GUIDES: usize = 3;

/// By page: its places in the guides of its language, in the order of the site.
pub type GuidePlaces = HashMap<PageId, Vec<GuidePlace>>;

/// A chapter's place in a guide.
pub struct GuidePlace {
    guide: PageId,
    /// From 1.
    number: usize,
    count: usize,
    next: Option<PageId>,
}

/// A guide's chapters that can be read, each once.
pub fn chapters<'a>(site: &'a Site, guide: &'a Page) -> Vec<&'a Page> {
    let Some(KindData::Guide(data)) = site.front_matter(guide).map(|fm| &fm.kind) else {
        return Vec::new();
    };
    let mut seen = HashSet::from([guide.id]);
    let chapters = site.targets(guide, &data.chapters);
    chapters
        .filter(|chapter| chapter.status.is_current() && !chapter.kind.is_entry())
        .filter(|chapter| seen.insert(chapter.id))
        .collect()
}

/// Every chapter's guides.
pub fn places(site: &Site) -> GuidePlaces {
    let mut places = GuidePlaces::new();
    let guides = site.pages.iter().filter(|page| page.kind == Kind::Guide);
    for guide in guides.filter(|guide| guide.status.is_current()) {
        let chapters = chapters(site, guide);
        for (at, chapter) in chapters.iter().enumerate() {
            if chapter.language != guide.language {
                continue;
            }
            places.entry(chapter.id).or_default().push(GuidePlace {
                guide: guide.id,
                number: at + 1,
                count: chapters.len(),
                next: chapters.get(at + 1).map(|next| next.id),
            });
        }
    }
    places
}

/// What a guide's own page shows of it: its chapters, in brief beside its text and told of below it.
pub fn fill(planner: &Planner, guide: &Page, view: &mut PageView) {
    let chapters = chapters(planner.site, guide);
    view.course = (!chapters.is_empty()).then(|| CourseView {
        label: planner.texts(guide).text("guide_chapters").to_string(),
        items: chapters.iter().map(|page| planner.link(page)).collect(),
    });
    view.guide = Some(GuideView {
        chapters: chapters
            .iter()
            .map(|chapter| child_view(planner, chapter))
            .collect(),
        booklet: booklets::guide_link(planner, guide),
    });
}

/// A page's places in guides.
pub fn of_page(planner: &Planner, page: &Page) -> Vec<GuidePlaceView> {
    let texts = planner.texts(page);
    let view = |place: &GuidePlace| {
        let (n, count) = (place.number.to_string(), place.count.to_string());
        GuidePlaceView {
            guide: planner.short_link(planner.site.page(place.guide)),
            label: texts.filled("chapter_of", &[("n", &n), ("count", &count)]),
            next: place
                .next
                .map(|next| planner.short_link(planner.site.page(next))),
        }
    };
    let places = planner.guide_places.get(&page.id).into_iter().flatten();
    places.take(MOST_GUIDES).map(view).collect()
}
