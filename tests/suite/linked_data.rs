//! What pages say to machines: JSON-LD that is JSON, Open Graph and canonical addresses only with a base address.

use crate::support::{TODAY, built_site, files_below, said, site, vejviser};
use serde_json::Value;
use std::fs;
use std::path::Path;

const SITE: &str = r#"
-- vejviser.yaml
id: for-maskiner
title: For maskiner
publisher: Udgiver & søn
-- content/index.md
---
title: Forside
---
Hej.
-- content/metoder/index.md
---
title: Metoder
---
-- content/metoder/moede.md
---
kind: method
title: "</script><script>alert(1)</script> & møde"
description: "Æ <!-- ø"
purpose: P
audience: A
date: 2026-01-02
changes:
  - {date: 2026-02-03, type: substantial, text: Nyt}
steps:
  - {id: foerst, title: Først, text: Spørg.}
---
Ifølge kilden [@kilden].
-- content/begreber/index.md
---
title: Begreber
---
-- content/begreber/ppr.md
---
kind: term
id: ppr
title: Pædagogisk psykologisk rådgivning
definition: Hjælp.
abbreviations: [PPR]
---
-- content/kilder/index.md
---
title: Kilder
---
-- content/kilder/kilden.md
---
kind: source
id: kilden
title: Kilden
source_type: law
publisher: Folketinget
dated: 2024
access: seen
---
"#;

fn built(arguments: &[&str]) -> tempfile::TempDir {
    let folder = site(SITE);
    let all = [&["build", "--today", TODAY], arguments].concat();
    let output = vejviser(folder.path(), &all);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    folder
}

/// The JSON-LD of a page, read as a browser would: to the first end tag.
fn linked_data(html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (json, _) = rest.split_once("</script")?;
    Some(serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}")))
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("output").join(path)).expect("the page is there")
}

#[test]
fn a_page_says_what_it_is_without_an_address_of_its_own() {
    let folder = built(&[]);
    let html = page(folder.path(), "metoder/moede/index.html");
    let data = linked_data(&html).expect("there is JSON-LD");
    assert_eq!(data["@type"], "HowTo");
    assert_eq!(data["name"], "</script><script>alert(1)</script> & møde");
    assert_eq!(data["description"], "Æ <!-- ø");
    assert_eq!(data["step"][0]["name"], "Først");
    assert_eq!(data["datePublished"], "2026-01-02");
    assert_eq!(data["dateModified"], "2026-02-03");
    assert_eq!(data["publisher"]["name"], "Udgiver & søn");
    assert_eq!(data["citation"][0]["publisher"]["name"], "Folketinget");
    for needle in [
        "og:title",
        "rel=\"canonical\"",
        "BreadcrumbList",
        "<script>",
    ] {
        assert!(!html.contains(needle), "{needle}");
    }
    assert!(data.get("url").is_none());
}

#[test]
fn addresses_are_absolute_where_the_sites_own_is_known() {
    let folder = built(&["--base-url", "https://eksempel.dk/vejledning"]);
    let html = page(folder.path(), "metoder/moede/index.html");
    let data = linked_data(&html).expect("there is JSON-LD");
    let url = "https://eksempel.dk/vejledning/metoder/moede/";
    assert_eq!(data["url"], url);
    assert_eq!(data["step"][0]["url"], format!("{url}#vv-step-foerst"));
    let line = data["breadcrumb"]["itemListElement"]
        .as_array()
        .expect("a list");
    let names: Vec<&str> = line
        .iter()
        .filter_map(|item| item["name"].as_str())
        .collect();
    assert_eq!(names[..2], ["Forside", "Metoder"]);
    assert_eq!(line[2]["item"], url);
    for needle in [
        format!("<link rel=\"canonical\" href=\"{url}\">"),
        format!("<meta property=\"og:url\" content=\"{url}\">"),
        "<meta property=\"og:locale\" content=\"da_DK\">".to_string(),
        "<meta property=\"og:type\" content=\"article\">".to_string(),
    ] {
        assert!(html.contains(&needle), "{needle}");
    }
    let glossary = linked_data(&page(folder.path(), "begreber/index.html")).expect("JSON-LD");
    assert_eq!(glossary["@type"], "DefinedTermSet");
    assert_eq!(glossary["hasDefinedTerm"][0]["alternateName"][0], "PPR");
    let front = linked_data(&page(folder.path(), "index.html")).expect("JSON-LD");
    assert_eq!(front["@type"], "WebSite");
}

#[test]
fn every_page_of_the_example_site_has_json_that_can_be_read() {
    let found: Vec<Value> = files_below(built_site(), "html")
        .iter()
        .filter_map(|path| linked_data(&fs::read_to_string(path).expect("a page")))
        .collect();
    assert!(found.len() > 40, "only {} pages have JSON-LD", found.len());
    let types = |name: &str| found.iter().filter(|data| data["@type"] == name).count();
    assert!(types("HowTo") > 0 && types("Article") > 0 && types("WebSite") > 0);
}
