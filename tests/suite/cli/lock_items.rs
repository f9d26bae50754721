//! `lock`: the items of checklists are remembered, guarded by `check`, and forgotten only by name.

use super::{exits, files, write};
use crate::support::{said, site};
use std::fs;
use tempfile::TempDir;

const ITEMS: &str = "- [ ] Barnet har sagt, hvad der er vigtigt {#barnets-ord}\n\
    - [ ] Mødetid er aftalt {#moedetid}\n- [ ] Kaffen er klar {#kaffe}\n";

fn page(keys: &str, items: &str) -> String {
    format!(
        "---\nkind: checklist\nid: opfoelgning\ntitle: Opfølgning\nreviewed: 2026-11-21\n{keys}---\n\n{items}"
    )
}

/// A site with a checklist and a page with hallmarks and items without ids, locked.
fn locked() -> TempDir {
    let site = site(&format!(
        "-- content/index.md\n---\ntitle: Forside\n---\n\n[liste](liste.md), [side](side.md)\n\
         -- content/liste.md\n{}\
         -- content/side.md\n---\nid: side\ntitle: Side\n---\n\n- [ ] Uden id\n\n## Kendetegn {{#kendetegn}}\n\n- [ ] Vi \"lytter\": altid {{#lytter}}\n",
        page("", ITEMS)
    ));
    exits(site.path(), "lock --today 2026-11-21", 0);
    site
}

fn list(site: &TempDir, keys: &str, items: &str) {
    write(site, "content/liste.md", &page(keys, items));
}

fn items(site: &TempDir) -> String {
    let text = fs::read_to_string(site.path().join("vejviser.lock")).expect("the lock is there");
    text.split_once("items:\n")
        .map_or(String::new(), |(_, items)| items.to_string())
}

#[track_caller]
fn check(site: &TempDir, status: i32, code: &str) -> String {
    let found = said(&exits(site.path(), "check --lang en", status));
    assert!(found.contains(&format!("[{code}]")), "{found}");
    found
}

const LOCKED: &str = "  opfoelgning:\n    version: 1\n    asked:\n      barnets-ord: \"Barnet har sagt, hvad der er vigtigt\"\n      \
    \"kaffe\": \"Kaffen er klar\"\n      moedetid: \"Mødetid er aftalt\"\n  \"side\":\n    asked:\n      lytter: \"Vi \\\"lytter\\\": altid\"\n";

#[test]
fn a_lock_holds_a_line_for_each_item_that_has_an_id() {
    let site = locked();
    assert_eq!(items(&site), LOCKED);
    let before = files(site.path());
    let told = said(&exits(site.path(), "lock --lang en", 0));
    assert!(
        told.contains(
            "it also remembers items, 4 in all (lists: 2). new: 0, changed: 0, retired: 0, forgotten: 0"
        ),
        "{told}"
    );
    assert_eq!(files(site.path()), before);
    exits(site.path(), "check", 0);
}

#[test]
fn an_item_with_a_new_id_leads_on_from_the_old_one() {
    let site = locked();
    let new = ITEMS.replace("{#moedetid}", "{#tid-og-sted}");
    list(&site, "", &new);
    let found = check(&site, 1, "item-vanished");
    assert!(
        found.contains("write `was=\"moedetid\"` in the braces of the item `tid-og-sted`"),
        "{found}"
    );
    assert!(found.contains("content/liste.md:3:5"), "{found}");
    assert!(found.contains("vejviser.lock:"), "{found}");
    let before = files(site.path());
    exits(site.path(), "lock", 1);
    exits(site.path(), "build", 1);
    assert_eq!(files(site.path()), before);
    list(
        &site,
        "",
        &new.replace("{#tid-og-sted}", "{#tid-og-sted was=\"moedetid\"}"),
    );
    exits(site.path(), "check --strict", 0);
    exits(site.path(), "lock", 0);
    assert!(
        items(&site).contains("    retired:\n      moedetid: \"Mødetid er aftalt\"\n"),
        "{}",
        items(&site)
    );
    // Once it is remembered the page need not say it for ever, but nothing else may take the id.
    list(&site, "", &new);
    exits(site.path(), "check --strict", 0);
    exits(site.path(), "lock", 0);
    list(
        &site,
        "",
        &format!("{new}- [ ] Vejret er godt {{#moedetid}}\n"),
    );
    check(&site, 1, "item-reused");
    list(
        &site,
        "",
        &format!("{new}- [ ] Mødetiden er aftalt {{#moedetid}}\n"),
    );
    exits(site.path(), "check --strict", 0);
}

#[test]
fn an_item_that_is_retired_asks_for_a_new_version() {
    let site = locked();
    let new = ITEMS.replace("- [ ] Kaffen er klar {#kaffe}\n", "");
    list(&site, "", &new);
    check(&site, 1, "item-vanished");
    let retired = "retired: [{id: kaffe, text: Kaffen er klar}]\n";
    list(&site, retired, &new);
    let found = check(&site, 0, "checklist-version");
    assert!(found.contains("write `version: 2`"), "{found}");
    list(&site, &format!("version: 2\n{retired}"), &new);
    exits(site.path(), "check --strict", 0);
    exits(site.path(), "lock", 0);
    exits(site.path(), "check --strict", 0);
    assert!(items(&site).contains("    version: 2\n"));
    list(&site, &format!("version: 2\n{retired}"), ITEMS);
    check(&site, 1, "item-retired-in-use");
}

#[test]
fn new_words_are_fine_and_another_question_is_not() {
    let site = locked();
    list(
        &site,
        "",
        &ITEMS.replace("Mødetid er aftalt", "Mødetid er afftalt."),
    );
    exits(site.path(), "check --strict", 0);
    let reworded = ITEMS.replace("Mødetid er", "Mødetid og sted er");
    list(&site, "", &reworded);
    check(&site, 0, "checklist-version");
    list(&site, "version: 2\n", &reworded);
    exits(site.path(), "check --strict", 0);
    let another = ITEMS.replace("Mødetid er aftalt", "Referatet er sendt");
    list(&site, "version: 2\n", &another);
    let found = check(&site, 1, "item-reused");
    assert!(found.contains("content/liste.md:10:"), "{found}");
    exits(site.path(), "lock", 1);
    // An editor who knows better says so by name.
    exits(site.path(), "lock --forget opfoelgning#kaffe", 2);
    exits(site.path(), "lock --forget opfoelgning#findes-ikke", 2);
    exits(site.path(), "lock --forget findes-ikke#kaffe", 2);
    exits(site.path(), "lock --forget opfoelgning#moedetid", 0);
    exits(site.path(), "check --strict", 0);
    assert!(items(&site).contains("moedetid: \"Referatet er sendt\"\n"));
}

#[test]
fn items_and_lists_are_forgotten_by_name() {
    let site = locked();
    write(
        &site,
        "content/side.md",
        "---\nid: side\ntitle: Side\n---\n\n## Kendetegn {#kendetegn}\n\nIngen.\n",
    );
    list(&site, "", &ITEMS.replace("{#kaffe}", "{#te}"));
    let found = check(&site, 1, "checklist-vanished");
    assert!(found.contains("`vejviser lock --forget side#`"), "{found}");
    exits(site.path(), "lock --forget side#", 1);
    exits(site.path(), "lock --forget side#lytter", 1);
    let output = exits(
        site.path(),
        "lock --format json --forget side# --forget opfoelgning#kaffe",
        0,
    );
    let text = String::from_utf8(output.stdout.clone()).expect("JSON is UTF-8");
    let last = text.lines().last().unwrap_or_default();
    assert!(
        last.ends_with(
            r#""items":{"count":3,"added":["opfoelgning#te"],"changed":[],"retired":[],"forgotten":["opfoelgning#kaffe","side#lytter"]}}}"#
        ),
        "{last}"
    );
    exits(site.path(), "check", 0);
    assert!(!items(&site).contains("side"), "{}", items(&site));
}

/// A page that has lost its text may get it back, and its readers their answers.
#[test]
fn a_page_without_its_text_keeps_its_items() {
    let site = locked();
    let retracted =
        "status: retracted\nchanges: [{date: 2026-11-01, type: substantial, text: Hvorfor.}]\n";
    list(&site, retracted, "");
    write(
        &site,
        "content/index.md",
        "---\ntitle: Forside\n---\n\n[side](side.md)\n",
    );
    exits(site.path(), "check", 0);
    exits(site.path(), "lock", 0);
    assert_eq!(items(&site), LOCKED);
    fs::remove_file(site.path().join("content/liste.md")).expect("a page");
    check(&site, 1, "address-vanished");
    exits(site.path(), "lock --forget /liste/", 0);
    assert!(!items(&site).contains("opfoelgning"));
}

/// Items are guarded on the list where they are ticked.
#[test]
fn collected_items_belong_to_the_list_that_collects_them() {
    let site = locked();
    list(&site, "collect: [side#kendetegn]\n", ITEMS);
    check(&site, 1, "checklist-vanished");
    exits(site.path(), "lock --forget side#", 0);
    assert!(items(&site).contains("lytter"), "{}", items(&site));
    assert!(!items(&site).contains("side"), "{}", items(&site));
    exits(site.path(), "check --strict", 0);
    list(&site, "", ITEMS);
    let found = check(&site, 1, "item-vanished");
    assert!(
        found.contains("`lytter`") && found.contains("`opfoelgning`"),
        "{found}"
    );
}

/// Whatever a label holds, the lock can be read again.
#[test]
fn strange_signs_in_items_do_not_break_the_lock() {
    let site = locked();
    let strange = "\"a\": \\ 'b' # {c}\u{7f}\u{85}\u{feff}\u{2028}\u{202e} - [ ] ~ |";
    list(
        &site,
        "retired: [{id: \"on\", text: \"\\e[31m\"}]\n",
        &format!("{ITEMS}- [ ] {strange} {{#true}}\n- [ ] `null` {{#null}}\n- [ ] 1e3 {{#1e3}}\n"),
    );
    let found = said(&super::run(site.path(), "check --lang en"));
    list(
        &site,
        "",
        &format!("{ITEMS}- [ ] {strange} {{#true}}\n- [ ] `null` {{#null}}\n- [ ] 1e3 {{#1e3}}\n"),
    );
    super::run(site.path(), "lock");
    let after = said(&super::run(site.path(), "check --lang en"));
    assert!(!after.contains("vejviser.lock:"), "{found}{after}");
}
