//! The editors' handbook keeps its word: every example of it is built.
//!
//! In: the pages of `content/om/for-redaktoerer/`. The examples of one page are one small site. A fenced block names
//! its file after its language (` ```markdown content/metoder/moede.md `, ` ```yaml vejviser.yaml `); Markdown without
//! a file is a part of a page, and gets one around it. Blocks of other languages are not examples of content.

use crate::support::{TODAY, repository, said, vejviser};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What an example stands in that sets nothing of its own.
const CONFIGURATION: &str = "id: eksempel\ntitle: Eksempel\nbase_url: https://eksempel.dk/\ncontacts: {redaktionen: {name: Redaktionen}}\n\
     taxonomies:\n  roles: {laerer: Lærer, skoleleder: Skoleleder}\n  topics: {samarbejde: Samarbejde}\n";

/// The examples of a page: path and text.
fn examples(page: &str) -> BTreeMap<String, String> {
    let mut examples = BTreeMap::new();
    let mut open: Option<(String, String, String)> = None;
    let mut parts = 0;
    for line in page.lines() {
        match &mut open {
            None => {
                let ticks: String = line.chars().take_while(|c| *c == '`').collect();
                if ticks.len() < 3 {
                    continue;
                }
                let mut info = line[ticks.len()..].split_whitespace();
                let language = info.next().unwrap_or_default();
                let path = match (language, info.next()) {
                    (_, Some(path)) => path.to_string(),
                    ("markdown", None) => {
                        parts += 1;
                        format!("content/uddrag-{parts}.md")
                    }
                    _ => String::new(),
                };
                open = Some((ticks, path, String::new()));
            }
            Some((ticks, path, text)) if line.starts_with(ticks.as_str()) => {
                if !path.is_empty() {
                    examples.insert(std::mem::take(path), std::mem::take(text));
                }
                open = None;
            }
            Some((_, _, text)) => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    examples
}

/// The examples with what a site must have beside them: a configuration, a front page, a page for each section.
fn as_site(mut files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for (path, text) in &mut files {
        if path.contains("/uddrag-") && !text.starts_with("---\n") {
            let name = path.rsplit('/').next().unwrap_or_default();
            *text = format!("---\ntitle: \"Uddrag {name}\"\n---\n\n{text}");
        }
    }
    let mut folders = BTreeSet::from(["content".to_string()]);
    for path in files.keys() {
        let mut folder = Path::new(path).parent();
        while let Some(at) = folder.filter(|at| at.starts_with("content")) {
            folders.insert(at.to_string_lossy().into_owned());
            folder = at.parent();
        }
    }
    for folder in folders {
        files
            .entry(format!("{folder}/index.md"))
            .or_insert_with(|| format!("---\ntitle: \"Sektion {folder}\"\n---\n\nTekst.\n"));
    }
    files
        .entry("vejviser.yaml".to_string())
        .or_insert_with(|| CONFIGURATION.to_string());
    files
}

fn chapters() -> Vec<PathBuf> {
    let folder = repository().join("content/om/for-redaktoerer");
    let mut chapters: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the handbook is there")
        .map(|entry| entry.expect("a chapter").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    chapters.sort();
    chapters
}

#[test]
fn every_example_can_be_built() {
    let mut count = 0;
    let mut faults = Vec::new();
    for chapter in chapters() {
        let page = fs::read_to_string(&chapter).expect("a chapter is UTF-8");
        let examples = examples(&page);
        if examples.is_empty() {
            continue;
        }
        count += examples.len();
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in as_site(examples) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("an example can be written");
        }
        let checked = vejviser(folder.path(), &["check", "--strict", "--today", TODAY]);
        if checked.status.code() != Some(0) {
            let name = chapter.file_name().unwrap_or_default().to_string_lossy();
            faults.push(format!("{name}:\n{}", said(&checked)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 20, "only {count} examples found");
}

/// Every key that the program reads is told of in the handbook.
#[test]
fn every_key_is_in_the_handbook() {
    let text: String = chapters()
        .iter()
        .map(|chapter| fs::read_to_string(chapter).expect("a chapter is UTF-8"))
        .collect();
    let mut missing = BTreeSet::new();
    let mut ask = |shape: &vejviser::yaml::Shape| {
        for key in &shape.keys {
            if !text.contains(&format!("`{}`", key.name)) {
                missing.insert(key.name.clone());
            }
        }
    };
    for kind in vejviser::model::front_matter::Kind::ALL {
        ask(&vejviser::parse::front_matter_shape(kind));
    }
    ask(&vejviser::config::shape());
    assert!(missing.is_empty(), "not told of: {missing:?}");
}

/// The check sees what it should: an example with a mistake is found.
#[test]
fn examples_are_read_as_they_stand() {
    let page = "Tekst\n\n```markdown content/a.md\n---\ntitle: A\n---\n```\n\n````markdown\nB\n```\n````\n\n```text\nC\n```\n";
    let found = examples(page);
    assert_eq!(found.len(), 2);
    assert_eq!(found["content/a.md"], "---\ntitle: A\n---\n");
    assert_eq!(found["content/uddrag-1.md"], "B\n```\n");
    let site = as_site(found);
    assert!(site["content/uddrag-1.md"].starts_with("---\ntitle:"));
    assert!(site.contains_key("content/index.md") && site.contains_key("vejviser.yaml"));
}
