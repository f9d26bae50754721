//! Pages that no longer hold: what they say of themselves.
//!
//! In: a page with its status and successor, which `resolve` found. Out: the notice, and what else is told. A retracted page keeps its title, the notice and
//! who answers for it; its text is not in the site at all, and what its front matter says is left out here.

use super::{Planner, about};
use crate::model::front_matter::{FrontMatter, Kind, Status};
use crate::model::plan::*;
use crate::model::site::Page;
use std::borrow::Cow;

/// What stands above the text of a page that no longer holds.
pub fn view(planner: &Planner, page: &Page, fm: &FrontMatter) -> Option<PageStatusView> {
    let (title, text) = match fm.status {
        Status::Current => return None,
        Status::Superseded => ("superseded_title", "superseded_text"),
        Status::Withdrawn => ("withdrawn_title", "withdrawn_text"),
        Status::Retracted => ("retracted_title", "retracted_text"),
    };
    let texts = planner.texts(page);
    let reason = fm.last_change();
    let successor = page.successor.map(|id| planner.site.page(id));
    Some(PageStatusView {
        name: fm.status.name(),
        word: texts
            .text(&format!("status_{}", fm.status.name()))
            .to_string(),
        title: texts.text(title).to_string(),
        text: texts.filled(text, &[("title", &page.title)]),
        reason: reason.map(|change| change.text.clone()),
        date: reason.map(|change| about::date_view(planner, page, change.date.value)),
        successor: successor.map(|successor| planner.link(successor)),
    })
}

/// The kind whose page is shown: what a kind shows beyond its text is not told of a retracted page.
pub fn shown_kind(page: &Page) -> Kind {
    match page.status {
        Status::Retracted => Kind::Page,
        _ => page.kind,
    }
}

/// What a page's front matter says to readers: of a retracted page only who answers for it and what came of it.
pub fn told<'a>(page: &Page, fm: &'a FrontMatter) -> Cow<'a, FrontMatter> {
    if page.status != Status::Retracted {
        return Cow::Borrowed(fm);
    }
    Cow::Owned(FrontMatter {
        id: fm.id.clone(),
        title: fm.title.clone(),
        short_title: fm.short_title.clone(),
        is_draft: fm.is_draft,
        owner: fm.owner.clone(),
        status: fm.status,
        superseded_by: fm.superseded_by.clone(),
        changes: fm.changes.clone(),
        ..FrontMatter::default()
    })
}
