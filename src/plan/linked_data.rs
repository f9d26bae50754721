//! What a page is, for machines: JSON-LD in the vocabulary of schema.org.
//!
//! In: a page and its view. Out: one JSON text. An `Article` for most pages, a `HowTo` for a method with its steps,
//! a `DefinedTermSet` for the glossary, a `CollectionPage` for lists, a `WebSite` for the front page. Addresses only
//! where the site's own is known, since they must be absolute. Says nothing that the page does not show.

use super::urls::absolute;
use super::{Planner, sites};
use crate::model::front_matter::{FrontMatter, Kind, KindData};
use crate::model::plan::PageView;
use crate::model::site::Page;
use crate::text::escape::json_in_html;
use serde_json::{Map, Value, json};

/// The JSON-LD of a page, ready to stand in a script element.
pub fn text(planner: &Planner, page: &Page, fm: &FrontMatter, view: &PageView) -> String {
    let base = sites::base_url(planner);
    let mut thing = Map::new();
    thing.insert("@context".into(), "https://schema.org".into());
    let is_home = planner.site.language(page).home == page.id;
    let kind = match () {
        () if is_home => "WebSite",
        () if view.glossary.is_some() => "DefinedTermSet",
        () if page.kind == Kind::Method => "HowTo",
        () if page.is_section || view.listing.is_some() || view.sources.is_some() => {
            "CollectionPage"
        }
        () => "Article",
    };
    thing.insert("@type".into(), kind.into());
    let name = if kind == "Article" {
        "headline"
    } else {
        "name"
    };
    thing.insert(name.into(), view.title.as_ref().into());
    if let Some(description) = &view.description {
        thing.insert("description".into(), description.as_ref().into());
    }
    thing.insert("inLanguage".into(), view.language.as_str().into());
    if let Some(url) = &view.canonical {
        thing.insert("url".into(), url.as_str().into());
    }
    if let Some(date) = fm.date.or(fm.published) {
        thing.insert("datePublished".into(), date.to_string().into());
    }
    let changes = fm.changes.iter().map(|change| &change.date);
    let days = changes.chain(&fm.updated).map(|day| day.value);
    if let Some(date) = days.filter(|day| *day <= planner.site.today).max() {
        thing.insert("dateModified".into(), date.to_string().into());
    }
    if let Some(publisher) = &planner.site.config.publisher {
        thing.insert("publisher".into(), organisation(publisher));
    }
    if !is_home {
        let site = &planner.site.language(page).title;
        thing.insert("isPartOf".into(), json!({"@type": "WebSite", "name": site}));
    }
    if let KindData::Method(_) = &fm.kind {
        thing.extend(steps(view));
    }
    if view.glossary.is_some() {
        thing.insert("hasDefinedTerm".into(), terms(view));
    }
    if !view.citations.is_empty() {
        thing.insert("citation".into(), citations(view));
    }
    if let Some(base) = base.filter(|_| !view.breadcrumbs.is_empty()) {
        thing.insert("breadcrumb".into(), breadcrumb(planner, page, base));
    }
    json_in_html(&Value::Object(thing).to_string())
}

fn organisation(name: &str) -> Value {
    json!({"@type": "Organization", "name": name})
}

/// A method's steps by name: what to do in each stands on its page, under its own id.
fn steps(view: &PageView) -> Option<(String, Value)> {
    let steps = &view.method.as_ref()?.steps;
    let step = |step: &crate::model::plan::StepView| {
        let mut one = json!({"@type": "HowToStep", "name": step.title});
        if let Some(page) = &view.canonical {
            one["url"] = format!("{page}#{}", step.id).into();
        }
        one
    };
    let list: Vec<Value> = steps.iter().map(step).collect();
    (!list.is_empty()).then(|| ("step".to_string(), list.into()))
}

fn terms(view: &PageView) -> Value {
    let letters = view.glossary.iter().flat_map(|glossary| &glossary.letters);
    let term = |term: &crate::model::plan::TermView| {
        let mut one = json!({
            "@type": "DefinedTerm",
            "name": term.title,
            "description": term.definition,
        });
        let others: Vec<&String> = term.abbreviations.iter().chain(&term.synonyms).collect();
        if !others.is_empty() {
            one["alternateName"] = json!(others);
        }
        if let Some(page) = &view.canonical {
            one["url"] = format!("{page}#{}", term.id).into();
        }
        one
    };
    letters.flat_map(|letter| &letter.terms).map(term).collect()
}

fn citations(view: &PageView) -> Value {
    let work = |citation: &crate::model::plan::CitationView| {
        json!({
            "@type": "CreativeWork",
            "name": citation.title,
            "publisher": organisation(&citation.facts.publisher),
        })
    };
    view.citations.iter().map(work).collect()
}

/// From the front page to the page itself.
fn breadcrumb(planner: &Planner, page: &Page, base: &str) -> Value {
    let site = planner.site;
    let mut line = vec![page];
    let home = site.language(page).home;
    let mut at = page.parent;
    while let Some(id) = at {
        line.push(site.page(id));
        at = site.page(id).parent.filter(|_| id != home);
    }
    line.reverse();
    let item = |(i, page): (usize, &&Page)| {
        json!({
            "@type": "ListItem",
            "position": i + 1,
            "name": page.title,
            "item": absolute(Some(base), &page.address),
        })
    };
    let items: Vec<Value> = line.iter().enumerate().map(item).collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}
