//! `check --fix`: ids that items lack are written into the files, and not a byte beside them.

use super::{exits, files, write};
use crate::support::{said, site};
use std::fs;
use tempfile::TempDir;

const HEAD: &str = "---\nkind: checklist\nid: liste\ntitle: Liste\nreviewed: 2026-11-21\n---\n\n";

fn list(items: &str) -> TempDir {
    site(&format!(
        "-- content/index.md\n---\ntitle: Forside\n---\n\nSe [listen](liste.md).\n\
         -- content/liste.md\n{HEAD}{items}"
    ))
}

fn text(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).expect("the file is there")
}

#[track_caller]
fn check(items: &str, expected: &str) {
    let site = list(items);
    exits(site.path(), "check", 1);
    let fixed = exits(site.path(), "check --fix", 0);
    let liste = text(&site, "content/liste.md");
    assert_eq!(&liste[HEAD.len()..], expected, "{}", said(&fixed));
    let before = files(site.path());
    let again = said(&exits(site.path(), "check --fix --lang en", 0));
    assert!(again.contains("there were no ids to write"), "{again}");
    assert_eq!(files(site.path()), before);
}

#[test]
fn ids_are_made_of_the_text_and_unique_in_the_list() {
    check(
        "- [ ] Barnet er hørt\n- [x] Barnet er *hørt*  \n- [ ] Æblet {#barnet-er-hoert-3}\n- [ ] Barnet er hørt.\n",
        "- [ ] Barnet er hørt {#barnet-er-hoert}\n- [x] Barnet er *hørt* {#barnet-er-hoert-2}  \n\
         - [ ] Æblet {#barnet-er-hoert-3}\n- [ ] Barnet er hørt. {#barnet-er-hoert-4}\n",
    );
    let long = "Barnet har sagt, hvad der er vigtigt for det";
    check(
        &format!("- [ ] {long}\n- [ ] {long}\n"),
        &format!(
            "- [ ] {long} {{#barnet-har-sagt-hvad-der-er-vigtigt-for}}\n\
             - [ ] {long} {{#barnet-har-sagt-hvad-der-er-vigtigt-fo-2}}\n"
        ),
    );
    check("- [ ] 你好\n", "- [ ] 你好 {#punkt}\n");
}

#[test]
fn attributes_help_and_nesting_stay_as_they_are() {
    check(
        "1. [ ] Ring hjem { was=\"gammelt\"  }\n\n   Hjælp: *ja*.\n\n   - [ ] Indre\n     over to linjer\n\n\
         > - [ ] I citat `{kode}`\n\n\
         * [ ] Til sidst\n  {was=sidst}\n  Hjælp.",
        "1. [ ] Ring hjem {#ring-hjem  was=\"gammelt\"  }\n\n   Hjælp: *ja*.\n\n   - [ ] Indre\n     over to linjer {#indre-over-to-linjer}\n\n\
         > - [ ] I citat `{kode}` {#i-citat-kode}\n\n\
         * [ ] Til sidst\n  {#til-sidst was=sidst}\n  Hjælp.",
    );
}

#[test]
fn old_and_retired_ids_are_not_given_again() {
    let site = list("- [ ] Ring hjem\n- [ ] Skriv ned {#skrevet was=\"skriv-ned ring-hjem-2\"}\n");
    let path = "content/liste.md";
    let retired = text(&site, path).replace(
        "reviewed",
        "retired: [{id: ring-hjem, text: Ring til hjemmet}]\nreviewed",
    );
    write(&site, path, &retired);
    exits(site.path(), "check --fix", 0);
    assert!(text(&site, path).contains("- [ ] Ring hjem {#ring-hjem-3}\n"));
}

/// Readers' answers are kept under the ids that the lock remembers.
#[test]
fn ids_of_other_questions_are_not_given_again() {
    let site =
        list("- [ ] Ring hjem {#ring-hjem}\n- [ ] Skriv ned {#skriv-ned}\n- [ ] Aftal {#aftal}\n");
    exits(site.path(), "lock --today 2026-11-21", 0);
    let lock = text(&site, "vejviser.lock");
    let lock = lock.replace("\"Ring hjem\"", "\"Aftal et møde med skolen\"");
    let asked = "      skriv-ned: \"Skriv ned\"\n";
    let lock = lock.replace(asked, &format!("    retired:\n{asked}"));
    write(&site, "vejviser.lock", &lock);
    let items = "- [ ] Ring hjem\n- [ ] Skriv ned\n- [ ] Aftal\n";
    write(&site, "content/liste.md", &format!("{HEAD}{items}"));
    exits(site.path(), "check --fix", 1);
    assert_eq!(
        &text(&site, "content/liste.md")[HEAD.len()..],
        "- [ ] Ring hjem {#ring-hjem-2}\n- [ ] Skriv ned {#skriv-ned-2}\n- [ ] Aftal {#aftal}\n"
    );
}

#[test]
fn bytes_beside_the_ids_are_kept() {
    let site = list("");
    let old = format!("\u{feff}{HEAD}- [ ] Første\t\n\n\n- [ ]  Anden  \n\n\tHjælp\n\nSlut")
        .replace('\n', "\r\n");
    write(&site, "content/liste.md", &old);
    let before = files(site.path());
    exits(site.path(), "check --fix", 0);
    let new = text(&site, "content/liste.md");
    let expected = old
        .replace("Første", "Første {#foerste}")
        .replace("Anden", "Anden {#anden}");
    assert_eq!(new, expected);
    let changed: Vec<String> = files(site.path())
        .into_iter()
        .filter(|(path, bytes)| before.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
}

#[test]
fn what_was_written_is_said_with_its_place() {
    let site = list("- [ ] Første\n- [ ] Anden {role=x}\n");
    let told = said(&exits(site.path(), "check --fix --lang en", 1));
    assert!(
        told.contains("`content/liste.md`, line 8: the item was given the id `foerste`\n"),
        "{told}"
    );
    assert!(
        told.contains("[unknown-name]"),
        "what else is wrong: {told}"
    );
    let site = list("- [ ] Første\n");
    let output = exits(site.path(), "check --fix --format json", 0);
    let text = String::from_utf8(output.stdout.clone()).expect("JSON is UTF-8");
    assert_eq!(
        text.lines().next(),
        Some(r#"{"fixed":{"path":"content/liste.md","line":8,"id":"foerste"}}"#)
    );
    assert_eq!(text.lines().count(), 2);
}

/// An id in braces would be read as a part of the text, so the editor must find the place.
#[test]
fn what_cannot_be_written_is_refused_aloud() {
    let items = "- [ ] Skriv `{#id}` bagefter\n- [ ] Ring hjem\n";
    let site = list(items);
    let told = said(&exits(site.path(), "check --fix -q --lang en", 1));
    assert!(
        told.contains("`content/liste.md`, line 8: the item was given no id"),
        "{told}"
    );
    let expected = items.replace("hjem", "hjem {#ring-hjem}");
    assert_eq!(text(&site, "content/liste.md"), format!("{HEAD}{expected}"));
}

#[test]
fn collected_items_get_ids_that_are_free_on_the_checklist() {
    let site = site(
        "-- content/index.md\n---\ntitle: Forside\n---\n\nSe [listen](liste.md).\n\
         -- content/liste.md\n---\nkind: checklist\nid: liste\ntitle: Liste\ncollect: [a, b]\nreviewed: 2026-11-21\n---\n\n- [ ] Ring\n\
         -- content/a.md\n---\nid: side-a\ntitle: A\n---\n\n- [ ] Ring\n\
         -- content/b.md\n---\nid: side-b\ntitle: B\n---\n\n- [ ] Ring\n\
         -- content/c.md\n---\ntitle: C\n---\n\n- [ ] Ring\n\n[a](a.md)\n",
    );
    exits(site.path(), "check --fix", 0);
    let ids: Vec<String> = ["a", "b", "liste", "c"]
        .iter()
        .map(|name| {
            let text = text(&site, &format!("content/{name}.md"));
            let line = text.lines().find(|line| line.contains("Ring"));
            line.unwrap_or_default().replace("- [ ] Ring", "")
        })
        .collect();
    assert_eq!(ids, [" {#ring}", " {#ring-2}", " {#ring-3}", ""]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = list("- [ ] Første\n");
    let path = site.path().join("content/liste.md");
    let real = site.path().join("content/.liste.txt");
    fs::rename(&path, &real).expect("a file can be moved");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).expect("it is ours");
    symlink(".liste.txt", &path).expect("a link");
    exits(site.path(), "check --fix", 0);
    let kept = fs::symlink_metadata(&path).expect("it is there");
    assert!(kept.file_type().is_symlink());
    assert!(text(&site, "content/.liste.txt").contains("{#foerste}"));
    let mode = fs::metadata(&real).expect("it is there").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}
