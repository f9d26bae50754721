//! Small sites whose names say a behaviour, with what the program must say of them and make of them.
//!
//! In: `tests/fixtures/<case>/`, each a site with `expected.stderr` (all findings of `check`; without it there must
//! be none) and `expected/` (parts of the output). `SNAPSHOTS=overwrite` writes both anew, for every file of
//! `expected/` that is there already. A file `index.html` there is what stands inside `<article data-content>`,
//! `index.main.html` the first `main` element of that page; a page without an article is compared whole;
//! `files.txt` lists all files but the theme's.

mod ids;
mod locked;
mod parts;
mod sites;

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use vejviser::diagnostic::Code;

use self::parts::part;
use self::sites::{as_windows_writes, cases, files, name_of, prepared};
use crate::support::{TODAY, said, vejviser};

#[test]
fn findings_are_those_expected() {
    each(&cases(), check_findings);
}

#[test]
fn output_is_that_expected() {
    each(&cases(), check_output);
}

/// What readers get does not depend on the system it was written on.
#[test]
fn line_ends_and_a_byte_order_mark_change_no_output() {
    each(&cases(), |case, faults| {
        let site = prepared(case);
        as_windows_writes(site.path());
        compare_output(case, site.path(), &Assert::new(), faults);
    });
}

/// Editors on Windows see each finding at the same line and column as all others.
#[test]
fn line_ends_and_a_byte_order_mark_change_no_finding() {
    each(&cases(), |case, faults| {
        let site = prepared(case);
        let plain = without_excerpts(&findings(case, site.path()));
        as_windows_writes(site.path());
        let found = without_excerpts(&findings(case, site.path()));
        let difference = Assert::new().try_eq(None, found.into(), Data::text(plain).raw());
        faults.extend(difference.err().map(|difference| difference.to_string()));
    });
}

#[test]
fn every_code_has_a_fixture() {
    let texts: Vec<String> = cases()
        .iter()
        .filter_map(|case| fs::read_to_string(case.join("expected.stderr")).ok())
        .collect();
    let has = |code: &Code| {
        let mark = format!("[{}]: ", code.name());
        texts
            .iter()
            .any(|text| text.lines().any(|line| line.contains(&mark)))
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !has(code))
        .map(|code| code.name())
        .collect();
    assert!(missing.is_empty(), "no fixture provokes {missing:?}");
}

fn check_findings(case: &Path, faults: &mut Vec<String>) {
    let site = prepared(case);
    let found = findings(case, site.path());
    let expected = case.join("expected.stderr");
    if !found.is_empty() || expected.exists() {
        compare("findings", found, &expected, &written(), faults);
    }
}

fn check_output(case: &Path, faults: &mut Vec<String>) {
    let site = prepared(case);
    compare_output(case, site.path(), &written(), faults);
}

/// Builds the site and compares the parts of it that stand in `expected/`.
fn compare_output(case: &Path, root: &Path, assert: &Assert, faults: &mut Vec<String>) {
    let wanted = case.join("expected");
    if !wanted.is_dir() {
        return;
    }
    let built = vejviser(root, &["build", "--today", TODAY]);
    if !built.status.success() {
        return faults.push(format!("the site is not built:\n{}", said(&built)));
    }
    let output = root.join("output");
    for expected in files(&wanted) {
        let name = expected.strip_prefix(&wanted).expect("found below it");
        match part(&output, name) {
            Some(text) => compare(&name.to_string_lossy(), text, &expected, assert, faults),
            None => faults.push(format!("{} is not in the output", name.display())),
        }
    }
    let all = files(&output);
    let is_page = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "html");
    for page in all.iter().filter(is_page) {
        let html = fs::read_to_string(page).expect("pages are UTF-8");
        let name = page
            .strip_prefix(&output)
            .expect("found below it")
            .display();
        faults.extend(
            ids::faults(&html)
                .iter()
                .map(|fault| format!("{name}: {fault}")),
        );
    }
}

/// Checks all cases, so that one run shows everything that is wrong.
fn each(cases: &[PathBuf], check: impl Fn(&Path, &mut Vec<String>)) {
    let mut report = String::new();
    for case in cases {
        let mut faults = Vec::new();
        check(case, &mut faults);
        for fault in faults {
            report.push_str(&format!("\n== {}\n{fault}\n", name_of(case)));
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// All that `check` says, in Danish, but for its last line, which holds the time.
fn findings(case: &Path, root: &Path) -> String {
    if name_of(case) == "a-file-that-cannot-be-read" {
        return locked::findings(root, "laast.md");
    }
    let checked = vejviser(root, &["check", "--lang", "da", "--today", TODAY]);
    let text = said(&checked);
    let (findings, summary) = text
        .trim_end()
        .rsplit_once("\n")
        .unwrap_or(("", text.trim_end()));
    // Without its last line the program broke down; all it said is then what was found.
    let is_whole = summary.contains(" sider set efter på ");
    match if is_whole { findings } else { &text }.trim_end() {
        "" => String::new(),
        findings => format!("{findings}\n"),
    }
}

/// Findings without the lines they show, which are cut at a number of bytes.
fn without_excerpts(findings: &str) -> String {
    let is_excerpt = |line: &&str| {
        line.trim_start()
            .trim_start_matches(char::is_numeric)
            .trim_start()
            .starts_with('|')
    };
    let kept = findings.lines().filter(|line| !is_excerpt(line));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Writes what it sees anew where `SNAPSHOTS` asks for it.
fn written() -> Assert {
    Assert::new().action_env("SNAPSHOTS")
}

/// Compares with a file. Nothing in it is a wildcard.
fn compare(name: &str, text: String, place: &Path, assert: &Assert, faults: &mut Vec<String>) {
    let expected = Data::read_from(place, Some(DataFormat::Text)).raw();
    let actual = Data::text(text).raw();
    if let Err(difference) = assert.try_eq(Some(&name), actual, expected) {
        faults.push(difference.to_string());
    }
}
