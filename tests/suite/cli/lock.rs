//! `lock`: the site's addresses are remembered, guarded by `check`, and forgotten only by name.

use super::{exits, files, names, write};
use crate::support::{said, site};
use std::fs;
use tempfile::TempDir;

const SITE: &str = "-- content/index.md\n---\ntitle: Forside\n---\n\
    -- content/a.md\n---\nid: a-metode\ntitle: A\nreviewed: 2026-11-01\naliases: [gammel.html, gammelt/sted]\n---\n\nTekst.\n\
    -- content/mappe/æ ø.md\n---\ntitle: Æ\n---\n";

fn locked(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("vejviser.lock")).expect("the lock is there")
}

fn lines(folder: &TempDir) -> Vec<String> {
    let text = locked(folder);
    let entries = text.lines().skip(3);
    let without_hash = entries.map(|line| match line.split_once(", text: \"") {
        Some((start, rest)) => {
            assert_eq!(rest.len(), "0123456789abcdef\"}".len(), "{line}");
            start.trim().to_string()
        }
        None => line.trim().to_string(),
    });
    without_hash.collect()
}

fn remove(folder: &TempDir, path: &str) {
    fs::remove_file(folder.path().join(path)).expect("a file can be removed");
}

#[test]
fn a_lock_holds_a_line_for_each_address_and_stays_while_nothing_changes() {
    let site = site(SITE);
    let told = said(&exits(site.path(), "lock --today 2026-11-21", 0));
    assert!(
        told.contains("`vejviser.lock` husker adresser, 5 i alt. nye: 5, ændrede: 0, glemte: 0"),
        "{told}"
    );
    assert!(told.contains("  ny: /gammelt/sted/\n"), "{told}");
    assert!(locked(&site).starts_with("# Skrevet af `vejviser lock`"));
    assert_eq!(
        lines(&site),
        [
            "/: {path: \"\"",
            "/a/: {id: \"a-metode\", reviewed: 2026-11-01",
            "/gammel.html: {to: \"a-metode\"}",
            "/gammelt/sted/: {to: \"a-metode\"}",
            "/mappe/ae-oe/: {path: \"mappe/æ ø\"",
        ]
    );
    let before = files(site.path());
    exits(site.path(), "lock --today 2026-12-01", 0);
    assert_eq!(files(site.path()), before);
    exits(site.path(), "check", 0);
    exits(site.path(), "build", 0);
    assert_eq!(
        names(site.path()),
        ["content", "output", "vejviser.lock", "vejviser.yaml"]
    );
}

#[test]
fn a_moved_page_keeps_its_address_by_an_alias() {
    let site = site(SITE);
    exits(site.path(), "lock", 0);
    let text = fs::read_to_string(site.path().join("content/a.md")).expect("a page");
    remove(&site, "content/a.md");
    write(&site, "content/flyttet.md", &text);
    let found = said(&exits(site.path(), "check --lang en", 1));
    assert!(
        found.contains("error[address-vanished]: the address `/a/` is no more"),
        "{found}"
    );
    assert!(
        found.contains("write `aliases: [a]` on the page, which now is at `/flyttet/`"),
        "{found}"
    );
    assert!(found.contains("content/flyttet.md:2:5"), "{found}");
    let refused = exits(site.path(), "lock --lang en", 1);
    assert!(said(&refused).contains("`vejviser.lock` is not touched"));
    assert!(locked(&site).contains("  /a/: {id"));
    write(
        &site,
        "content/flyttet.md",
        &text.replace("[gammel", "[a, gammel"),
    );
    exits(site.path(), "check", 0);
    exits(site.path(), "lock", 0);
    assert!(
        locked(&site).contains("  /a/: {to: \"a-metode\"}\n"),
        "{}",
        locked(&site)
    );
    // The alias is a promise too.
    write(&site, "content/flyttet.md", &text);
    exits(site.path(), "check", 1);
}

#[test]
fn a_page_that_is_gone_must_be_forgotten_by_name() {
    let site = site(SITE);
    exits(site.path(), "lock", 0);
    let before = locked(&site);
    remove(&site, "content/mappe/æ ø.md");
    let found = said(&exits(site.path(), "build --lang en", 1));
    assert!(
        found.contains("`vejviser lock --forget /mappe/ae-oe/`"),
        "{found}"
    );
    assert!(!site.path().join("output").exists());
    exits(site.path(), "lock", 1);
    exits(site.path(), "lock --forget findes/ikke", 2);
    exits(site.path(), "lock --forget a --forget /mappe/ae-oe/", 2);
    assert_eq!(locked(&site), before);
    let told = said(&exits(
        site.path(),
        "lock --lang en --forget mappe/ae-oe",
        0,
    ));
    assert!(
        told.contains("new: 0, changed: 0, forgotten: 1\n  forgotten: /mappe/ae-oe/"),
        "{told}"
    );
    exits(site.path(), "check", 0);
}

#[test]
fn a_page_of_another_status_still_answers() {
    let site = site(SITE);
    exits(site.path(), "lock", 0);
    let page = |status: &str| {
        format!(
            "---\nid: a-metode\ntitle: A\naliases: [gammel.html, gammelt/sted]\nstatus: {status}\n\
             changes: [{{date: 2026-11-01, type: substantial, text: Hvorfor.}}]\n---\n"
        )
    };
    for status in [
        "withdrawn",
        "retracted",
        "superseded\nsuperseded_by: mappe/æ ø",
    ] {
        write(&site, "content/a.md", &page(status));
        exits(site.path(), "check", 0);
    }
    write(
        &site,
        "content/a.md",
        "---\nid: a-metode\ntitle: A\ndraft: true\n---\n",
    );
    exits(site.path(), "check", 1);
}

#[test]
fn nothing_is_locked_while_there_are_errors() {
    let site = site(SITE);
    write(
        &site,
        "content/b.md",
        "---\ntitle: B\n---\n\n[væk](vaek.md)\n",
    );
    let refused = said(&exits(site.path(), "lock", 1));
    assert!(refused.contains("[link-target-missing]"), "{refused}");
    assert!(!site.path().join("vejviser.lock").exists());
    exits(site.path(), "lock --drafts", 2);
}

#[test]
fn a_lock_that_cannot_be_read_is_an_error_and_stays_as_it_is() {
    let site = site(SITE);
    for (text, code) in [
        ("<<<<<<< HEAD\nversion: 1\n", "yaml-syntax"),
        ("version: 2\nitems: {}\n", "lock-version"),
        ("version: 1\nitems: {a: [b]}\n", "wrong-type"),
        ("version: 1\nitems: {a: {spurgt: {}}}\n", "unknown-key"),
        ("version: 1\npages: {/a/: {id: x}}\n", "missing-key"),
        ("version: 1\nsider: {}\n", "unknown-key"),
        ("", "missing-key"),
    ] {
        write(&site, "vejviser.lock", text);
        let found = said(&exits(site.path(), "check --lang en", 1));
        assert!(found.contains(&format!("error[{code}]")), "{found}");
        assert!(found.contains("vejviser.lock:"), "{found}");
        exits(site.path(), "lock", 1);
        exits(site.path(), "build", 1);
        assert_eq!(locked(&site), text);
    }
    fs::write(site.path().join("vejviser.lock"), b"version: \xff\n").expect("a file");
    let found = said(&exits(site.path(), "check --lang en", 1));
    assert!(found.contains("error[file-encoding]"), "{found}");
    remove(&site, "vejviser.lock");
    fs::create_dir(site.path().join("vejviser.lock")).expect("a folder");
    exits(site.path(), "check", 1);
}

#[test]
fn scripts_are_told_what_came_and_went() {
    let site = site(SITE);
    exits(site.path(), "lock", 0);
    write(
        &site,
        "content/a.md",
        "---\nid: a-metode\ntitle: A\naliases: [gammel.html]\n---\n\nNy tekst.\n",
    );
    write(&site, "content/ny.md", "---\ntitle: Ny\n---\n");
    let output = exits(site.path(), "lock --format json --forget /gammelt/sted/", 0);
    let text = String::from_utf8(output.stdout.clone()).expect("JSON is UTF-8");
    let last = text.lines().last().expect("an object");
    assert_eq!(
        last,
        r#"{"lock":{"addresses":5,"added":["/ny/"],"changed":["/a/"],"forgotten":["/gammelt/sted/"],"items":{"count":0,"added":[],"changed":[],"retired":[],"forgotten":[]}}}"#
    );
}

/// Dates that are moved for many pages at once are doubted, unless the pages were written on since the lock.
#[test]
fn the_lock_knows_which_pages_were_only_given_a_new_date() {
    let site = site(SITE);
    let page = |n: usize, day: &str, text: &str| {
        let page =
            format!("---\ntitle: Side {n}\nreviewed: {day}\nreview_by: 12 months\n---\n\n{text}\n");
        write(&site, &format!("content/side-{n}.md"), &page);
    };
    let doubted = |line: &str| said(&exits(site.path(), line, 0)).contains("[reviewed-in-bulk]");
    for n in 0..11 {
        page(n, "2026-11-01", "Tekst.");
    }
    let check = "check --today 2026-11-21";
    assert!(doubted(check));
    exits(site.path(), "lock --today 2026-11-21", 0);
    assert!(!doubted(check), "what was locked is settled");
    for n in 0..11 {
        page(n, "2026-11-20", "Tekst.");
    }
    assert!(doubted(check));
    page(3, "2026-11-20", "Teksten  er\nlæst.");
    assert!(!doubted(check), "ten are few enough");
    page(3, "2026-11-20", "Tekst.\n");
    assert!(doubted(check), "blank lines are no text");
}
