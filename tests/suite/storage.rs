//! What the site says that it keeps in a reader's browser is what its scripts keep.
//!
//! In: the theme's scripts, read as text, and the page that tells of them. The scripts write in two places only, so
//! their keys can be told from the words they are made of.

use std::collections::BTreeSet;
use std::fs;

use crate::support::repository;

const TOLD: &str =
    "tests/fixtures/what-is-kept-in-the-browser-is-told/expected/lagring/index.main.html";

fn scripts() -> Vec<(String, String)> {
    let folder = repository().join("themes/standard/static");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut scripts: Vec<(String, String)> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("scripts are UTF-8");
            (name.into_owned(), text)
        })
        .collect();
    scripts.sort();
    scripts
}

/// The literals that follow some words of a script.
fn after<'t>(text: &'t str, words: &'t str) -> Vec<&'t str> {
    let found = text.split(words).skip(1);
    found.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn scripts_keep_nothing_in_other_stores() {
    for (name, text) in scripts() {
        for store in ["document.cookie", "sessionStorage", "indexedDB", "caches."] {
            assert!(!text.contains(store), "{name} uses {store}");
        }
    }
}

#[test]
fn every_key_that_scripts_write_is_told() {
    let scripts = scripts();
    let writers: Vec<&str> = scripts
        .iter()
        .filter(|(_, text)| text.contains("setItem(") || text.contains("localStorage["))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(writers, ["lists.js", "page.js"]);
    let text_of = |wanted: &str| {
        let mut all = scripts.iter();
        all.find(|(name, _)| name == wanted)
            .map_or("", |(_, text)| text)
    };
    let (lists, page) = (text_of("lists.js"), text_of("page.js"));
    // All that is written goes through one function, which is given keys of these names.
    let given: BTreeSet<&str> = lists
        .split("put(")
        .skip(1)
        .filter_map(|rest| rest.split(',').next())
        .filter(|key| !key.contains(')'))
        .collect();
    let known = ["LISTS + id", "SETTINGS", "key"];
    assert_eq!(given, BTreeSet::from(known));
    let mut keys: BTreeSet<String> = after(lists, "PREFIX + \"")
        .into_iter()
        .map(|end| match end.strip_suffix(':') {
            Some(list) => format!("{list}:…"),
            None => end.to_string(),
        })
        .collect();
    keys.extend(
        after(lists, "BACKUP = \"")
            .into_iter()
            .map(|backup| format!("checklist:…{backup}…")),
    );
    let own = after(page, "\"vejviser:1:\" + root.dataset.site + \":");
    keys.extend(own.into_iter().map(String::from));
    let told = fs::read_to_string(repository().join(TOLD)).expect("the page is there");
    let told: BTreeSet<String> = told
        .split("<code>vejviser:1:proeve:")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('<')?.0.to_string()))
        .collect();
    assert_eq!(keys, told);
}
