//! «Hvor er det brugt?» and «Næste skridt»: what a page's place among the others gives its reader.
//!
//! Both come from the ties found in `resolve`; a page looks at those that refer to it and at no others.

use super::Planner;
use crate::model::front_matter::{FrontMatter, Kind, KindData, Related, Relation};
use crate::model::graph::{Referrer, Tie};
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::model::site::{LinkTarget, Page};
use crate::text::collate;
use std::sync::Arc;

/// The most pages of one kind that are listed.
const MOST_OF_A_KIND: usize = 20;
/// The most checklists, and the most methods, among the next steps.
const MOST_STEPS: usize = 2;
/// The kinds that refer, in the order they are told.
const USERS: [Kind; 9] = [
    Kind::Guide,
    Kind::Model,
    Kind::Method,
    Kind::Case,
    Kind::Aspect,
    Kind::Value,
    Kind::CoreElement,
    Kind::Checklist,
    Kind::Page,
];

/// Adds both to the view of a page whose kind has them.
pub fn fill(planner: &Planner, page: &Page, fm: &FrontMatter, view: &mut PageView) {
    let has_uses = matches!(
        page.kind,
        Kind::Value
            | Kind::CoreElement
            | Kind::Aspect
            | Kind::Checklist
            | Kind::Method
            | Kind::Case
    );
    if !has_uses || !page.is_listed() {
        return;
    }
    let steps = next_steps(planner, page, fm);
    let is_step = |id: PageId| steps.iter().any(|step| step.page == id);
    let related = fm.related.iter().filter_map(|related| {
        planner
            .site
            .target(page, &related.to)
            .map(|target| target.id)
    });
    let mut shown = related.map(|id| !is_step(id));
    view.related.retain(|_| shown.next().unwrap_or(true));
    view.where_used = groups(planner, page, &is_step);
    view.next_steps = steps
        .iter()
        .map(|step| step_view(planner, page, step))
        .collect();
}

/// A page to go to, and the author's own words about it where there are any.
struct Step<'a> {
    page: PageId,
    related: Option<&'a Related>,
}

fn next_steps<'a>(planner: &Planner, page: &Page, fm: &'a FrontMatter) -> Vec<Step<'a>> {
    let site = planner.site;
    let candidates: Vec<PageId> = match &fm.kind {
        KindData::Member(_) => {
            let mut found = near(planner, page, fm, Kind::Checklist);
            if page.kind == Kind::CoreElement {
                found.extend(near(planner, page, fm, Kind::Method));
            }
            found
        }
        // A method's own checklists stand in its box «Sådan kommer I i gang».
        KindData::Method(method) if method.checklists.is_empty() => {
            near(planner, page, fm, Kind::Checklist)
        }
        KindData::Case(_) => {
            let mut found: Vec<PageId> = Vec::new();
            for method in methods_of(planner, page) {
                if let Some(KindData::Method(data)) = site.front_matter(method).map(|fm| &fm.kind) {
                    let lists = site.targets(method, &data.checklists);
                    found.extend(lists.filter(|list| list.is_listed()).map(|list| list.id));
                }
            }
            first_of_each(found, MOST_STEPS)
        }
        _ => Vec::new(),
    };
    let related = |id: PageId| {
        fm.related.iter().find(|related| {
            site.target(page, &related.to)
                .is_some_and(|page| page.id == id)
        })
    };
    candidates
        .into_iter()
        .map(|id| Step {
            page: id,
            related: related(id),
        })
        .collect()
}

/// Pages of one kind that are tied to a page: what collects from it first, then what it names itself, then what
/// names it, of which those that know its model too are nearer.
fn near(planner: &Planner, page: &Page, fm: &FrontMatter, kind: Kind) -> Vec<PageId> {
    let site = planner.site;
    let is_wanted = |id: &PageId| {
        let other = site.page(*id);
        other.kind == kind && other.language == page.language && other.is_listed()
    };
    let users = |collects: bool| -> Vec<PageId> {
        let users = page.referrers.iter();
        let users = users.filter(|user| (user.tie == Tie::Collects) == collects);
        users.map(|user| user.page).filter(is_wanted).collect()
    };
    let mut found = users(true);
    found.extend(
        fm.related
            .iter()
            .filter_map(|related| site.target(page, &related.to))
            .map(|page| page.id),
    );
    let links = page.pieces.iter().flat_map(|piece| &piece.links);
    found.extend(links.filter_map(|link| match link {
        LinkTarget::Page { page, .. } => Some(*page),
        _ => None,
    }));
    let model = match &fm.kind {
        KindData::Member(member) => member.model.as_ref(),
        _ => None,
    };
    let model = model.and_then(|model| site.target(page, model));
    let mut others = users(false);
    others.sort_by_cached_key(|id| {
        let mut known = model.iter().flat_map(|model| &model.referrers);
        !known.any(|user| user.page == *id)
    });
    found.extend(others);
    found.retain(is_wanted);
    first_of_each(found, MOST_STEPS)
}

/// Each page once, at its first place.
fn first_of_each(pages: Vec<PageId>, most: usize) -> Vec<PageId> {
    let mut kept: Vec<PageId> = Vec::new();
    for page in pages {
        if !kept.contains(&page) && kept.len() < most {
            kept.push(page);
        }
    }
    kept
}

/// The methods of a case: those it names, and those that name it as a place they were tested in.
pub fn methods_of<'a>(planner: &'a Planner, case: &'a Page) -> Vec<&'a Page> {
    let site = planner.site;
    let mut methods: Vec<&Page> = match site.front_matter(case).map(|fm| &fm.kind) {
        Some(KindData::Case(data)) => site.targets(case, &data.methods).collect(),
        _ => Vec::new(),
    };
    for user in &case.referrers {
        let method = site.page(user.page);
        let is_tested = user.tie == Tie::TestedIn && method.language == case.language;
        if is_tested && !methods.iter().any(|known| known.id == method.id) {
            methods.push(method);
        }
    }
    methods
}

fn step_view(planner: &Planner, page: &Page, step: &Step) -> RelatedView {
    let target = planner.site.page(step.page);
    let is_tied_by_us = |user: &Referrer| {
        let is_editorial = matches!(
            user.tie,
            Tie::Related {
                is_editorial: true,
                ..
            }
        );
        is_editorial && user.page == step.page
    };
    let why = step.related.and_then(|related| related.why.clone());
    RelatedView {
        label: kind_word(planner, page, "kind", target.kind),
        title: Arc::clone(&target.title),
        url: planner.url(target),
        why: why.or_else(|| target.description.as_deref().map(String::from)),
        editorial: match step.related {
            Some(related) => related.is_editorial,
            None => page.referrers.iter().any(is_tied_by_us),
        },
    }
}

/// The pages that use a page, by kind. Left out is what the page shows already, what only its place in the tree
/// ties to it, and what is written in another language.
fn groups(planner: &Planner, page: &Page, is_step: &dyn Fn(PageId) -> bool) -> Vec<UsedGroup> {
    let site = planner.site;
    let mut above = Vec::new();
    let mut at = page.parent;
    while let Some(id) = at {
        above.push(id);
        at = site.page(id).parent;
    }
    let is_shown = |id: PageId| {
        let user = site.page(id);
        user.language == page.language
            && !above.contains(&id)
            && !is_step(id)
            && !page.targets.values().any(|target| *target == id)
    };
    let mut groups = Vec::new();
    for kind in USERS {
        let users = page.referrers.iter().filter(|user| {
            site.page(user.page).kind == kind
                && !matches!(user.tie, Tie::Member | Tie::Named)
                // A case shows its methods, also those that only name it.
                && !(page.kind == Kind::Case && user.tie == Tie::TestedIn)
                && is_shown(user.page)
        });
        let mut users: Vec<_> = users.map(|user| (site.page(user.page), user.tie)).collect();
        if users.is_empty() {
            continue;
        }
        users.sort_by(|(a, _), (b, _)| {
            collate::compare(&a.title, &b.title).then_with(|| a.path.cmp(&b.path))
        });
        let left = users.len().saturating_sub(MOST_OF_A_KIND);
        users.truncate(MOST_OF_A_KIND);
        groups.push(UsedGroup {
            title: kind_word(planner, page, "kinds", kind),
            items: users
                .into_iter()
                .map(|(user, tie)| item(planner, page, user, tie))
                .collect(),
            more: (left > 0).then(|| planner.texts(page).counted("used_more", left)),
        });
    }
    groups
}

fn item(planner: &Planner, page: &Page, user: &Page, tie: Tie) -> UsedItem {
    let (key, editorial) = match tie {
        Tie::Collects => (Some("use_collects"), false),
        Tie::Checklist => (Some("use_checklist"), false),
        Tie::TestedIn => (Some("use_tested_in"), false),
        Tie::Method => (Some("use_method"), false),
        Tie::Value { is_editorial } => (Some("use_value"), is_editorial),
        Tie::Chapter => (Some("use_chapter"), false),
        Tie::Related {
            relation,
            is_editorial,
        } => (Some(relation_key(relation)), is_editorial),
        Tie::Member | Tie::Link | Tie::Named => (None, false),
    };
    let it = kind_word(planner, page, "the", page.kind);
    let texts = planner.texts(page);
    UsedItem {
        title: Arc::clone(&user.title),
        url: planner.url(user),
        relation: key.map(|key| texts.filled(key, &[("it", &it)])),
        editorial,
    }
}

/// What a relation is called from the other end.
fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Related => "use_related",
        Relation::Supports => "use_supports",
        Relation::Contrast => "use_contrast",
        Relation::InspiredBy => "use_inspired_by",
        Relation::PartOf => "use_part_of",
        Relation::Uses => "use_uses",
    }
}

/// A word for a kind of page: `kind_…` one, `kinds_…` many, `the_…` the one at hand.
fn kind_word(planner: &Planner, page: &Page, group: &str, kind: Kind) -> String {
    let key = format!("{group}_{}", kind.name().replace('-', "_"));
    planner.texts(page).text(&key).to_string()
}
