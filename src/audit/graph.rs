//! What hangs loose: members without a model or a checklist, aspects without hallmarks, cases and pages that
//! nothing leads to.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Kind, KindData, Member};
use crate::model::graph::{HALLMARKS, Tie, hallmarks};
use crate::model::ids::PageId;
use crate::model::site::{LinkTarget, Page, Site};
use crate::text::span::Span;
use std::collections::HashSet;

/// Looks at every page's ties.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    // The pages that list terms or sources.
    let entries = site.pages.iter().filter(|page| page.kind.is_entry());
    let lists: HashSet<PageId> = entries.filter_map(|entry| entry.parent).collect();
    for page in site.pages.iter().filter(|page| page.is_listed()) {
        let Some(front_matter) = site.front_matter(page) else {
            continue;
        };
        match &front_matter.kind {
            KindData::Member(member) => member_ties(site, page, member, diags),
            KindData::Case(case) => {
                let names_method = site.targets(page, &case.methods).next().is_some();
                if !names_method && page.referrers.is_empty() {
                    diags
                        .add(Code::CaseOrphan, title(site, page))
                        .arg("title", page.title.to_string());
                }
            }
            _ => {}
        }
        if !page.kind.is_entry() && !site.config.is_lenient && is_orphan(site, &lists, page) {
            diags
                .add(Code::PageOrphan, title(site, page))
                .arg("title", page.title.to_string());
        }
    }
}

fn member_ties(site: &Site, page: &Page, member: &Member, diags: &mut Diagnostics) {
    let model = member.model.as_ref();
    let model = model.and_then(|r| Some((r, site.target(page, r)?)));
    if let Some((reference, model)) = model.filter(|(_, model)| model.is_listed()) {
        let is_listed = page
            .referrers
            .iter()
            .any(|user| user.page == model.id && user.tie == Tie::Member);
        if !is_listed {
            diags
                .add(
                    Code::MemberOutsideModel,
                    site.span(page, reference.range.clone()),
                )
                .arg("title", page.title.to_string())
                .arg("model", model.title.to_string())
                .arg("list", member.kind.list_key())
                .arg("id", page.content_id.as_deref().unwrap_or(&page.path))
                .related(title(site, model));
        }
    }
    if page.kind == Kind::CoreElement && !has_checklist(site, page) {
        diags
            .add(Code::CoreElementWithoutChecklist, title(site, page))
            .arg("title", page.title.to_string());
    }
    if page.kind == Kind::Aspect {
        let found = hallmarks(site, page);
        if found.as_ref().is_none_or(Vec::is_empty) {
            let place = if found.is_some() {
                heading(site, page)
            } else {
                None
            };
            diags
                .add(
                    Code::AspectWithoutHallmarks,
                    place.unwrap_or_else(|| title(site, page)),
                )
                .arg("title", page.title.to_string());
        }
    }
}

/// Whether a checklist refers to the page, or the page to a checklist.
fn has_checklist(site: &Site, page: &Page) -> bool {
    let links = page.pieces.iter().flat_map(|piece| &piece.links);
    let linked = links.filter_map(|link| match link {
        LinkTarget::Page { page, .. } => Some(*page),
        _ => None,
    });
    page.referrers
        .iter()
        .map(|user| user.page)
        .chain(page.targets.values().copied())
        .chain(linked)
        .any(|id| site.page(id).kind == Kind::Checklist)
}

/// Whether neither a page, nor the menu, nor the list of the section it lies in leads to a page.
fn is_orphan(site: &Site, lists: &HashSet<PageId>, page: &Page) -> bool {
    let in_menu = site
        .languages
        .iter()
        .flat_map(|language| language.menu.iter().map(|entry| entry.page))
        .chain(site.footer.iter().copied())
        .any(|id| id == page.id);
    let is_home_of_language = site.languages.iter().any(|l| l.home == page.id);
    !in_menu
        && !is_home_of_language
        && page.referrers.is_empty()
        && page
            .parent
            .is_some_and(|parent| !lists_children(site, lists, site.page(parent)))
}

/// Whether a section's own page lists the pages below it. A glossary and the list of sources do not, nor do kinds
/// that tell of other things; what a template of the author's own does is not known here.
fn lists_children(site: &Site, lists: &HashSet<PageId>, section: &Page) -> bool {
    let has_own_template = site
        .front_matter(section)
        .is_some_and(|fm| fm.template.is_some());
    let is_home = site.languages.iter().any(|l| l.home == section.id);
    let is_of_kind = matches!(section.kind, Kind::Page | Kind::Guide | Kind::Method);
    has_own_template || is_home || is_of_kind && !lists.contains(&section.id)
}

fn title(site: &Site, page: &Page) -> Span {
    let title = site.front_matter(page).and_then(|fm| fm.title.as_ref());
    site.span(page, title.map_or(0..0, |title| title.range.clone()))
}

/// The heading that an aspect's hallmarks should stand under.
fn heading(site: &Site, page: &Page) -> Option<Span> {
    page.pieces.iter().find_map(|piece| {
        let at = piece.heading_ids.iter().position(|id| &**id == HALLMARKS)?;
        let document = &site.documents[piece.document.index()];
        let range = document.document.headings[at].range.clone();
        Some(Span::new(document.file, range))
    })
}
