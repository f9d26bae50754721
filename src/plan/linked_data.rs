//! What a page is, for machines: JSON-LD in the vocabulary of schema.org.
//!
//! In: a page and its view. Out: one JSON text. An `Article` for most pages, a `HowTo` for a method with its steps,
//! a `DefinedTermSet` for the glossary, a `CollectionPage` for lists, a `WebSite` for the front page. Addresses only
//! where the site's own is known, since they must be absolute. Says nothing that the page does not show.

use super::urls::absolute;
use super::{Planner, sites};
use crate::model::front_matter::{FrontMatter, Kind};
use crate::model::plan::{CitationView, PageView, StepView, TermView};
use crate::model::site::Page;
use crate::text::escape::json_in_html;
use serde::Serialize;

/// What a page is.
#[derive(Serialize)]
struct Thing<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "datePublished", skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(rename = "isPartOf", skip_serializing_if = "Option::is_none")]
    whole: Option<Named<'a>>,
    #[serde(rename = "step", skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Part<'a>>,
    #[serde(rename = "hasDefinedTerm", skip_serializing_if = "Option::is_none")]
    terms: Option<Vec<Part<'a>>>,
    #[serde(rename = "citation", skip_serializing_if = "Vec::is_empty")]
    citations: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breadcrumb: Option<Breadcrumb<'a>>,
}

/// A thing of which only the name is told.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

/// A step, a term or a cited work.
#[derive(Serialize)]
struct Part<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "alternateName", skip_serializing_if = "Vec::is_empty")]
    others: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
}

#[derive(Serialize)]
struct Breadcrumb<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<Crumb<'a>>,
}

#[derive(Serialize)]
struct Crumb<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

/// The JSON-LD of a page, ready to stand in a script element.
pub fn text(planner: &Planner, page: &Page, fm: &FrontMatter, view: &PageView) -> String {
    let base = sites::base_url(planner);
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
    let is_article = kind == "Article";
    let changes = fm.changes.iter().map(|change| &change.date);
    let days = changes.chain(&fm.updated).map(|day| day.value);
    let modified = days.filter(|day| *day <= planner.site.today).max();
    let steps = view.method.iter().flat_map(|method| &method.steps);
    let thing = Thing {
        context: "https://schema.org",
        kind,
        headline: is_article.then_some(&view.title),
        name: (!is_article).then_some(&view.title),
        description: view.description.as_deref(),
        language: &view.language,
        url: view.canonical.as_deref(),
        published: fm.date.or(fm.published).map(|day| day.to_string()),
        modified: modified.map(|day| day.to_string()),
        publisher: planner.site.config.publisher.as_deref().map(organisation),
        whole: (!is_home).then(|| Named {
            kind: "WebSite",
            name: &planner.site.language(page).title,
        }),
        steps: steps.map(|step| self::step(view, step)).collect(),
        terms: view.glossary.as_ref().map(|glossary| {
            let terms = glossary.letters.iter().flat_map(|letter| &letter.terms);
            terms.map(|term| self::term(view, term)).collect()
        }),
        citations: view.citations.iter().map(citation).collect(),
        breadcrumb: base
            .filter(|_| !view.breadcrumbs.is_empty())
            .map(|base| breadcrumb(planner, page, base)),
    };
    // Writing to memory cannot fail, and neither can texts and numbers.
    json_in_html(&serde_json::to_string(&thing).unwrap_or_default())
}

fn organisation(name: &str) -> Named<'_> {
    Named {
        kind: "Organization",
        name,
    }
}

/// Something on the page under its own id.
fn part<'a>(view: &PageView, kind: &'static str, name: &'a str, id: &str) -> Part<'a> {
    Part {
        kind,
        name,
        description: None,
        others: Vec::new(),
        url: view.canonical.as_ref().map(|page| format!("{page}#{id}")),
        publisher: None,
    }
}

/// A method's step by name: what to do in it stands on its page.
fn step<'a>(view: &PageView, step: &'a StepView) -> Part<'a> {
    part(view, "HowToStep", &step.title, &step.id)
}

fn term<'a>(view: &PageView, term: &'a TermView) -> Part<'a> {
    let others = term.abbreviations.iter().chain(&term.synonyms);
    Part {
        description: Some(&term.definition),
        others: others.map(String::as_str).collect(),
        ..part(view, "DefinedTerm", &term.title, &term.id)
    }
}

fn citation(citation: &CitationView) -> Part<'_> {
    Part {
        kind: "CreativeWork",
        name: &citation.title,
        description: None,
        others: Vec::new(),
        url: None,
        publisher: Some(organisation(&citation.facts.publisher)),
    }
}

/// From the front page to the page itself.
fn breadcrumb<'a>(planner: &'a Planner, page: &'a Page, base: &str) -> Breadcrumb<'a> {
    let site = planner.site;
    let mut line = vec![page];
    let home = site.language(page).home;
    let mut at = page.parent;
    while let Some(id) = at {
        line.push(site.page(id));
        at = site.page(id).parent.filter(|_| id != home);
    }
    line.reverse();
    let item = |(i, page): (usize, &'a Page)| Crumb {
        kind: "ListItem",
        position: i + 1,
        name: &page.title,
        item: absolute(Some(base), &page.address).unwrap_or_default(),
    };
    Breadcrumb {
        kind: "BreadcrumbList",
        items: line.into_iter().enumerate().map(item).collect(),
    }
}
