//! The example site is told in our own words: no run of twelve words stands in the documents it rests on.
//!
//! In: `tests/originality/runs.txt`, one line for each run of twelve words of those documents: the first six bytes of
//! its BLAKE3, in hexadecimal. A word is a run of letters and digits, in small letters; words are joined by a blank.
//! Quotations, the text of laws, and what a source writes word for word (`as_written`) may be the same: they are
//! meant to be.

use crate::support::{files_below, repository};
use std::collections::HashSet;
use std::fs;

const RUN: usize = 12;

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect()
}

fn key(run: &[String]) -> String {
    blake3::hash(run.join(" ").as_bytes()).to_hex()[..12].to_string()
}

/// The page without what may be the same word for word.
fn own_words(page: &str) -> String {
    let mut out = String::new();
    let mut is_quoting = false;
    for line in page.lines() {
        if let Some(quoted) = line.strip_prefix('>') {
            let quoted = quoted.trim_start();
            if quoted.starts_with("[!") {
                is_quoting = quoted.starts_with("[!quote]") || quoted.starts_with("[!law]");
            }
        } else {
            is_quoting = false;
        }
        // A mark that is no word parts what stands before a quotation from what stands after it.
        let is_literal = line.trim_start().starts_with("as_written:");
        out.push_str(if is_quoting || is_literal { "" } else { line });
        out.push('\n');
    }
    without_quotations(&out)
}

/// Leaves out what stands between quotation marks in the running text, and no more than a paragraph of it.
fn without_quotations(text: &str) -> String {
    let paragraph = |text: &str| {
        let mut parts = text.split(['"', '”', '“']);
        let mut out = parts.next().unwrap_or_default().to_string();
        while let (Some(_), Some(after)) = (parts.next(), parts.next()) {
            out.push_str(after);
        }
        out
    };
    let (front_matter, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .unwrap_or(("", text));
    let body: Vec<String> = body.split("\n\n").map(paragraph).collect();
    format!("{front_matter}\n{}", body.join("\n\n"))
}

fn shared(page: &str, runs: &HashSet<&str>) -> Vec<String> {
    let words = words(&own_words(page));
    let same = |run: &&[String]| runs.contains(key(run).as_str());
    words
        .windows(RUN)
        .filter(same)
        .map(|run| run.join(" "))
        .collect()
}

#[test]
fn no_run_of_twelve_words_is_taken_over() {
    let text = fs::read_to_string(repository().join("tests/originality/runs.txt"))
        .expect("the list of runs is there");
    let runs: HashSet<&str> = text.lines().collect();
    assert!(runs.len() > 4_000, "only {} runs are listed", runs.len());
    let pages = files_below(&repository().join("content"), "md");
    assert!(pages.len() > 40, "only {} pages found", pages.len());
    let mut faults = Vec::new();
    for path in pages {
        let page = fs::read_to_string(&path).expect("a page is UTF-8");
        for run in shared(&page, &runs) {
            faults.push(format!("{}: {run}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The check sees what it should: a run is found in running text, and only there.
#[test]
fn a_run_is_found_in_running_text_and_not_in_a_quotation() {
    let run = "en to tre fire fem seks syv otte ni ti elleve tolv";
    let key = key(&words(run));
    let runs = HashSet::from([key.as_str()]);
    assert_eq!(shared(&format!("Se, {run}!"), &runs), [run]);
    assert_eq!(
        shared(
            "En, to – tre\nfire fem seks **syv** otte ni ti elleve tolv",
            &runs
        ),
        [run]
    );
    let nothing: [&str; 0] = [];
    assert_eq!(shared(&format!("> [!quote] Ord\n> {run}"), &runs), nothing);
    assert_eq!(shared(&format!("as_written: {run}"), &runs), nothing);
    assert_eq!(shared(&format!("Loven siger: ”{run}”."), &runs), nothing);
    let after = format!("Et ” ord\n\n{run}");
    assert_eq!(
        shared(&after, &runs),
        [run],
        "a mark never closed hides no more"
    );
    let front_matter = format!("---\ndescription: \"{run}\"\n---\n");
    assert_eq!(
        shared(&front_matter, &runs),
        [run],
        "YAML's marks quote nobody"
    );
}
