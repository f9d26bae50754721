//! `--format json`: an object to a line, the last the summary; places count bytes, lines and Unicode scalar values.

use super::{CLEAN, exits, write};
use crate::support::{said, site};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

const KEYS: [&str; 9] = [
    "code", "severity", "path", "start", "end", "message", "label", "help", "related",
];

/// The findings and the summary; nothing else may be on stdout, and nothing on stderr.
pub fn findings(output: &Output) -> (Vec<Value>, Value) {
    assert_eq!(said(output), "");
    let text = std::str::from_utf8(&output.stdout).expect("JSON is UTF-8");
    assert!(text.ends_with('\n'));
    let parse =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let mut objects: Vec<Value> = text.lines().map(parse).collect();
    let mut last = objects.pop().expect("there is a summary");
    assert_eq!(keys(&last), ["summary"]);
    (objects, last["summary"].take())
}

/// The objects of one name beside findings and the summary, each without its name.
pub fn objects(output: &Output, name: &str) -> Vec<Value> {
    let (found, _) = findings(output);
    let named = found
        .into_iter()
        .filter_map(|mut object| object.get_mut(name).map(Value::take));
    named.collect()
}

fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

/// Whether a place names a byte of its file, and its line and column are that byte's.
#[track_caller]
fn check_place(root: &Path, path: &Value, place: &Value) {
    assert_eq!(keys(place), ["byte", "line", "column"]);
    let path = root.join(path.as_str().expect("a path is text"));
    let text = std::fs::read_to_string(path).expect("the file is there");
    let byte = place["byte"].as_u64().expect("a number") as usize;
    assert!(
        text.is_char_boundary(byte),
        "{byte} lies inside a character or outside the file"
    );
    let before = &text[..byte];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    assert_eq!(place["line"], line);
    assert_eq!(place["column"], before[start..].chars().count() + 1);
}

#[test]
fn every_line_is_a_finding_and_the_last_the_summary() {
    let site = site(CLEAN);
    let lines = "Æøå 👩‍👧 é [a](vaek.md), [b](vaek2.md)\n\n## A {#ens}\n\n## Åh {#ens}\n\n#### Æ\n";
    write(
        &site,
        "content/ø.md",
        &format!("---\ntitle: Ø\nåh: nej\n---\n\n{lines}"),
    );
    write(
        &site,
        "content/a.md",
        &format!("---\ntitle: A\ntitel: \"æøå\"\n---\n\n{lines}"),
    );
    let output = exits(site.path(), "check --format json", 1);
    let (found, summary) = findings(&output);
    let mut counts = [0; 3];
    for finding in &found {
        assert_eq!(keys(finding), KEYS);
        for key in ["code", "path", "message", "label"] {
            assert!(
                finding[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}: {finding}"
            );
        }
        assert!(
            finding["help"].is_string() || finding["help"].is_null(),
            "{finding}"
        );
        let severity = ["error", "warning", "note"]
            .iter()
            .position(|name| finding["severity"] == *name);
        counts[severity.expect("one of the three")] += 1;
        for related in finding["related"].as_array().expect("a list") {
            assert!(related["message"].is_string());
            check_place(site.path(), &related["path"], &related["start"]);
            check_place(site.path(), &related["path"], &related["end"]);
        }
        check_place(site.path(), &finding["path"], &finding["start"]);
        check_place(site.path(), &finding["path"], &finding["end"]);
    }
    for code in [
        "unknown-key",
        "link-target-missing",
        "heading-id-taken",
        "heading-jump",
    ] {
        assert!(
            found.iter().any(|finding| finding["code"] == code),
            "no {code}"
        );
    }
    assert!(
        found
            .iter()
            .any(|finding| finding["related"] != Value::Array(Vec::new()))
    );
    for (count, name) in counts.iter().zip(["errors", "warnings", "notes"]) {
        assert_eq!(summary[name], *count, "{summary}");
    }
    let link = found
        .iter()
        .find(|finding| finding["code"] == "link-target-missing")
        .expect("seen above");
    assert_eq!(
        (
            link["start"]["line"].as_u64(),
            link["start"]["column"].as_u64()
        ),
        (Some(6), Some(15))
    );
    assert_eq!(link["end"]["column"], 22);
}

#[test]
fn a_clean_build_is_one_object() {
    let site = site(CLEAN);
    let (found, summary) = findings(&exits(site.path(), "build --format json", 0));
    assert!(found.is_empty());
    let known = [
        "errors",
        "warnings",
        "notes",
        "pages",
        "files",
        "written",
        "unchanged",
        "removed",
    ];
    assert_eq!(keys(&summary), known);
    assert!(summary["pages"].as_u64().is_some_and(|pages| pages >= 2));
    assert_eq!(summary["files"], summary["written"]);
    let (_, again) = findings(&exits(site.path(), "build --format json", 0));
    assert_eq!(
        (&again["written"], &again["unchanged"]),
        (&Value::from(0), &summary["files"])
    );
}

#[test]
fn a_broken_configuration_is_told_in_json_too() {
    let site = site(CLEAN);
    write(&site, "vejviser.yaml", "a: [\n");
    let (found, summary) = findings(&exits(site.path(), "build --format json", 2));
    assert_eq!(found[0]["code"], "yaml-syntax");
    assert_eq!(summary["errors"], 1);
    assert_eq!(summary["files"], Value::Null);
}
