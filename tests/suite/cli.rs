//! The command line as people and scripts meet it: exit codes, what is said and where, and what is left on the disk.
//!
//! Exit codes: 0 clean, 1 errors in content or configuration, 2 wrong usage, 3 the machine. Findings for people go
//! to stderr, JSON to stdout.

mod fix;
mod impact;
mod json;
mod lock;
mod lock_items;
mod made;
mod review;
mod status;
mod words;

use crate::support::{names, said, site, vejviser};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A small site without findings.
const CLEAN: &str = "-- content/index.md\n---\ntitle: Forside\n---\n\nVelkommen.\n\
                     -- content/om.md\n---\ntitle: Om\n---\n\nSe [forsiden](index.md).\n";

fn run(folder: &Path, line: &str) -> Output {
    let arguments: Vec<&str> = line.split(' ').collect();
    vejviser(folder, &arguments)
}

#[track_caller]
fn exits(folder: &Path, line: &str, expected: i32) -> Output {
    let output = run(folder, line);
    assert_eq!(
        output.status.code(),
        Some(expected),
        "{line}\n{}",
        said(&output)
    );
    output
}

/// Every file below a folder, with its bytes.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file can be read");
                found.insert(path.display().to_string(), bytes);
            }
        }
    }
    found
}

fn write(folder: &TempDir, path: &str, text: &str) {
    fs::write(folder.path().join(path), text).expect("a file can be written");
}

#[test]
fn a_clean_site_exits_with_0_and_says_so_in_one_line() {
    let site = site(CLEAN);
    let built = exits(site.path(), "build", 0);
    assert!(built.stdout.is_empty());
    assert_eq!(said(&built).lines().count(), 1, "{}", said(&built));
    assert!(site.path().join("output/om/index.html").is_file());
    let checked = exits(site.path(), "check --strict", 0);
    assert_eq!(said(&checked).lines().count(), 1);
    assert!(said(&exits(site.path(), "build -q", 0)).is_empty());
    exits(site.path(), "--help", 0);
    exits(site.path(), "build --help", 0);
    exits(site.path(), "--version", 0);
}

#[test]
fn wrong_usage_exits_with_2() {
    let site = site(CLEAN);
    let none: &[&str] = &[];
    assert_eq!(vejviser(site.path(), none).status.code(), Some(2));
    for line in [
        "nosuch",
        "build --nosuch",
        "build --today 2026-13-01",
        "build --today i-dag",
        "build --jobs 0",
        "build --jobs mange",
        "build --format xml",
        "build --lang fr",
        "build --base-url javascript:alert(1)",
        "build --base-url eksempel.dk",
        "new banan Titel",
        "new page",
        "new page –",
        "new page Titel --in ../ude",
        "explain",
        "explain nosuch-code",
        "init",
    ] {
        let output = exits(site.path(), line, 2);
        assert!(!output.stderr.is_empty(), "{line} says nothing");
    }
    assert_eq!(names(site.path()), ["content", "vejviser.yaml"]);
    assert_eq!(names(&site.path().join("content")), ["index.md", "om.md"]);
}

#[test]
fn without_a_configuration_it_says_what_is_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for line in [
        "build",
        "check",
        "new page Titel",
        "serve --port 0",
        "build --root findes/ikke",
    ] {
        let output = exits(folder.path(), line, 2);
        assert!(
            said(&output).contains("`vejviser.yaml`"),
            "{line}: {}",
            said(&output)
        );
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_configuration_that_is_not_yaml_exits_with_2_and_one_with_wrong_values_with_1() {
    let site = site(CLEAN);
    write(&site, "vejviser.yaml", "id: [\n");
    let output = exits(site.path(), "check", 2);
    assert!(said(&output).contains("[yaml-syntax]"));
    assert!(said(&output).contains("vejviser.yaml:"));
    write(
        &site,
        "vejviser.yaml",
        "id: test\ntitel: Test\nbase_url: eksempel.dk\n",
    );
    let output = exits(site.path(), "check", 1);
    for code in ["unknown-key", "missing-key", "bad-value"] {
        assert!(
            said(&output).contains(&format!("[{code}]")),
            "{code}: {}",
            said(&output)
        );
    }
}

#[test]
fn the_machines_failures_exit_with_3() {
    let site = site(CLEAN);
    write(&site, "fil", "her");
    for line in ["build --output fil", "build --output fil/ud"] {
        let output = exits(site.path(), line, 3);
        assert!(!output.stderr.is_empty());
    }
    assert_eq!(
        fs::read(site.path().join("fil")).expect("it is there"),
        b"her"
    );
}

#[test]
fn warnings_count_only_when_asked() {
    let site = site(CLEAN);
    write(
        &site,
        "content/index.md",
        "---\ntitle: Forside\n---\n\n## A\n\n#### B\n",
    );
    let lenient = exits(site.path(), "check", 0);
    assert!(said(&lenient).contains("[heading-jump]"));
    exits(site.path(), "check --strict", 1);
    exits(site.path(), "build --strict", 1);
    assert!(!site.path().join("output").exists());
    exits(site.path(), "build", 0);
    assert!(site.path().join("output/index.html").is_file());
}

#[test]
fn notes_never_count() {
    let site = site(CLEAN);
    write(&site, "vejviser.yaml", "id: test\ntitle: Test\n");
    let output = exits(site.path(), "check --strict", 0);
    assert!(said(&output).contains("[base-url-missing]"));
}

/// One broken page must not hide the errors of the others, nor touch the site that readers see.
#[test]
fn all_errors_are_shown_and_the_old_site_stays() {
    let site = site(CLEAN);
    exits(site.path(), "build", 0);
    let before = files(&site.path().join("output"));
    write(
        &site,
        "content/a.md",
        "---\ntitle: A\n---\n\nSe [b](b.md) og [væk](vaek.md).\n",
    );
    write(&site, "content/b.md", "---\ntitle: [\n---\n\nTekst.\n");
    write(
        &site,
        "content/c.md",
        "---\ntitle: C\ntitel: C\n---\n\nSe [a](a.md#nej).\n",
    );
    let output = exits(site.path(), "build --lang en", 1);
    let text = said(&output);
    for place in [
        "error[link-target-missing]",
        "content/a.md:5:",
        "error[yaml-syntax]",
        "content/b.md:",
        "error[unknown-key]",
        "content/c.md:3:1",
        "error[anchor-missing]",
        "content/c.md:6:",
    ] {
        assert!(text.contains(place), "{place} is not in\n{text}");
    }
    assert_eq!(text.matches("error[").count(), 4, "{text}");
    assert!(
        text.lines()
            .any(|line| line.contains("4 errors, 0 warnings")),
        "{text}"
    );
    assert!(text.contains("the old site stands unchanged"), "{text}");
    assert_eq!(files(&site.path().join("output")), before);
    assert_eq!(names(site.path()), ["content", "output", "vejviser.yaml"]);
}

#[test]
fn a_strict_build_with_warnings_keeps_the_old_site() {
    let site = site(CLEAN);
    exits(site.path(), "build", 0);
    let before = files(&site.path().join("output"));
    write(
        &site,
        "content/a.md",
        "---\ntitle: A\n---\n\n## B\n\n#### Spring\n",
    );
    let output = exits(site.path(), "build --strict --lang en", 1);
    assert!(
        said(&output).contains("warning[heading-jump]"),
        "{}",
        said(&output)
    );
    assert_eq!(files(&site.path().join("output")), before);
    exits(site.path(), "build", 0);
    assert_ne!(files(&site.path().join("output")), before);
}

#[test]
fn front_matter_that_is_never_closed_is_one_finding() {
    let site = site(CLEAN);
    write(&site, "content/a.md", "---\ntitle: A\n\nTekst.\n");
    let text = said(&exits(site.path(), "check --lang en", 1));
    assert!(text.contains("error[front-matter-open]"));
    assert_eq!(text.matches("error[").count(), 1, "{text}");
}

#[test]
fn the_output_may_not_overlap_what_the_site_is_made_of() {
    let site = site(CLEAN);
    for folder in ["static", "themes/min"] {
        fs::create_dir_all(site.path().join(folder)).expect("a folder can be made");
    }
    std::os::unix::fs::symlink("content", site.path().join("genvej")).expect("a link can be made");
    let before = files(site.path());
    for output in [
        ".",
        "..",
        "content",
        "content/ud",
        "content/../content/ud/dybt",
        "themes",
        "themes/min/ud",
        "static/ud",
        "genvej/ud",
        "./content/.",
    ] {
        let said = said(&exits(
            site.path(),
            &format!("build --lang en --output {output}"),
            2,
        ));
        assert!(said.contains("overlaps"), "{output}: {said}");
    }
    assert_eq!(files(site.path()), before);
    assert_eq!(names(&site.path().join("content")), ["index.md", "om.md"]);
}

#[test]
fn foreign_files_stay_and_one_in_the_way_is_taken_over_only_when_asked() {
    let site = site(CLEAN);
    let output = site.path().join("output");
    fs::create_dir_all(output.join("om")).expect("a folder can be made");
    write(&site, "output/om/index.html", "min egen");
    write(&site, "output/om/noter.txt", "mine noter");
    let before = files(&output);
    let refused = exits(site.path(), "build --lang en", 3);
    assert!(
        said(&refused).contains("om/index.html"),
        "{}",
        said(&refused)
    );
    assert!(said(&refused).contains("--adopt"));
    assert!(!said(&refused).contains("noter.txt"));
    assert_eq!(files(&output), before);

    exits(site.path(), "build --adopt", 0);
    let page = fs::read_to_string(output.join("om/index.html")).expect("the page is there");
    assert!(page.contains("<article data-content>"));
    assert_eq!(
        fs::read(output.join("om/noter.txt")).expect("it is there"),
        b"mine noter"
    );

    fs::remove_file(site.path().join("content/om.md")).expect("a file can be removed");
    exits(site.path(), "build", 0);
    assert_eq!(names(&output.join("om")), ["noter.txt"]);
}
