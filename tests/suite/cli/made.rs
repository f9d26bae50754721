//! `init` and `new`: what they make can be built and checked as it is, and nothing that was there is touched.

use super::json::findings;
use super::{CLEAN, exits, files, write};
use crate::support::{TODAY, said, site, vejviser};
use std::fs;

#[test]
fn a_new_site_builds_and_is_clean() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exits(folder.path(), "init ny/mappe", 0);
    let root = folder.path().join("ny/mappe");
    let built = exits(&root, "build", 0);
    assert!(!said(&built).contains("fejl["), "{}", said(&built));
    assert!(root.join("output/index.html").is_file());
    let checked = exits(&root, "check --strict --lang en", 0);
    assert!(
        said(&checked).contains("0 errors, 0 warnings"),
        "{}",
        said(&checked)
    );
    // From inside the site the nearest configuration above is found.
    exits(&root.join("content/metoder"), "build", 0);
    assert!(!root.join("content/metoder/output").exists());
}

#[test]
fn a_folder_with_something_in_it_is_not_made_a_site() {
    let site = site(CLEAN);
    let before = files(site.path());
    for line in ["init .", "init content", "init vejviser.yaml"] {
        let refused = exits(site.path(), line, 2);
        assert!(!refused.stderr.is_empty());
    }
    assert_eq!(files(site.path()), before);
    fs::create_dir(site.path().join("tom")).expect("a folder can be made");
    exits(site.path(), "init tom", 0);
}

/// A new site says that it was read on the day it was made.
#[test]
fn a_new_site_is_reviewed_the_day_it_is_made() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exits(folder.path(), "init ny --today 2031-02-03", 0);
    let root = folder.path().join("ny");
    exits(&root, "check --strict --today 2031-02-03", 0);
    let method = root.join("content/metoder/et-godt-moede.md");
    let text = fs::read_to_string(method).expect("a method is there");
    assert!(text.contains("\nreviewed: 2031-02-03\n"), "{text}");
}

/// A page of each kind, and what `check --drafts` then finds besides sections without a page of their own.
fn found_in_new(kind: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exits(folder.path(), &format!("init . --today {TODAY}"), 0);
    let made = vejviser(folder.path(), &["new", kind, "Æblets «vej» & \"mål\""]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let checked = vejviser(
        folder.path(),
        &["check", "--drafts", "--format", "json", "--today", TODAY],
    );
    let findings = findings(&checked).0;
    let findings: Vec<&serde_json::Value> = findings
        .iter()
        .filter(|finding| {
            // What a page lacks of others is for its author to write.
            let of_others = [
                "section-without-page",
                "case-orphan",
                "core-element-without-checklist",
            ];
            finding["severity"] != "note" && of_others.iter().all(|code| finding["code"] != *code)
        })
        .collect();
    findings
        .iter()
        .map(|finding| format!("{} {}", finding["code"], finding["message"]))
        .collect()
}

#[test]
fn a_new_page_of_each_kind_is_accepted_as_it_is() {
    for kind in [
        "page",
        "guide",
        "method",
        "model",
        "case",
        "checklist",
        "term",
        "source",
    ] {
        let found = found_in_new(kind);
        assert!(found.is_empty(), "{kind}: {found:?}");
    }
}

/// The model that a value, core element or aspect belongs to is the one thing its author must write.
#[test]
fn a_new_part_of_a_model_lacks_only_its_model() {
    for kind in ["value", "core-element", "aspect"] {
        let found = found_in_new(kind);
        assert_eq!(found.len(), 1, "{kind}: {found:?}");
        assert!(
            found[0].contains("unknown-id") && found[0].contains("`model-id`"),
            "{found:?}"
        );
    }
}

#[test]
fn a_new_page_never_overwrites() {
    let site = site(CLEAN);
    exits(site.path(), "new page Nyt --in mappe", 0);
    let path = site.path().join("content/mappe/nyt.md");
    let text = fs::read_to_string(&path).expect("the page is there");
    assert!(
        text.contains("draft: true") && text.contains("title: \"Nyt\""),
        "{text}"
    );
    write(&site, "content/mappe/nyt.md", "mit");
    exits(site.path(), "new page Nyt --in mappe", 2);
    assert_eq!(fs::read(&path).expect("it is there"), b"mit");
}

#[test]
fn schemas_know_the_names_of_their_site_and_are_written_where_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exits(folder.path(), "init .", 0);
    let text = said(&exits(folder.path(), "schema", 0));
    assert!(
        text.contains("$schema=.vejviser/schema/vejviser.schema.json"),
        "{text}"
    );
    exits(folder.path(), "schema --output her", 0);
    for name in ["vejviser.schema.json", "front-matter.schema.json"] {
        let first = fs::read(folder.path().join(".vejviser/schema").join(name)).expect(name);
        let second = fs::read(folder.path().join("her").join(name)).expect(name);
        assert!(first == second, "{name} differs");
    }
    let printed = exits(folder.path(), "schema case --lang en", 0);
    let schema: serde_json::Value =
        serde_json::from_slice(&printed.stdout).expect("one schema is JSON");
    let config = fs::read_to_string(folder.path().join("vejviser.yaml")).expect("it is there");
    let roles = schema["properties"]["roles"].to_string();
    assert!(
        config.contains("medarbejder:") && roles.contains("\"medarbejder\""),
        "{roles}"
    );
    assert_eq!(schema["required"][0], "title");
    assert_eq!(
        schema["properties"]["transfer"]["properties"]["beware"]["description"],
        "What to beware of."
    );
    let outside = tempfile::tempdir().expect("a temporary folder");
    exits(outside.path(), "schema", 2);
    exits(outside.path(), "schema configuration", 0);
    exits(outside.path(), "schema nosuch", 2);
}

#[test]
fn shells_get_a_script_that_knows_the_commands() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let made = exits(folder.path(), &format!("completions {shell}"), 0);
        let script = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(
            script.contains("explain") && script.contains("base-url"),
            "{shell}"
        );
    }
    exits(folder.path(), "completions cmd", 2);
}
