//! Interface texts: every text that the program or a template asks for is there, in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::repository;

/// Calls of the program that name a text.
const CALLS: &[&str] = &[
    ".text(\"",
    ".filled(\"",
    ".counted(\"",
    ".numbered(\"",
    ".word(\"",
    "fact(\"",
    "label(\"",
    "text_row(\"",
    "date_row(\"",
];

#[test]
fn both_languages_hold_the_same_texts() {
    let (danish, english) = (keys_of("da"), keys_of("en"));
    let differing: Vec<_> = danish.symmetric_difference(&english).collect();
    assert!(
        danish.len() > 100 && differing.is_empty(),
        "only in one language: {differing:?}"
    );
}

#[test]
fn every_text_asked_for_is_there() {
    let known = keys_of("da");
    let mut asked = BTreeSet::new();
    for folder in ["src/plan", "src/render", "src/resolve"] {
        each_file(&repository().join(folder), "rs", &mut |text| {
            asked.extend(CALLS.iter().flat_map(|call| keys_after(text, call)));
        });
    }
    let of_code = asked.len();
    each_file(
        &repository().join("themes/standard/templates"),
        "html",
        &mut |text| {
            asked.extend(text.split("{{").flat_map(|part| keys_after(part, " t.")));
            asked.extend(keys_after(text, "={t."));
        },
    );
    assert!(
        of_code > 15 && asked.len() > of_code + 30,
        "the look-up finds too little: {asked:?}"
    );
    let missing: Vec<_> = asked.iter().filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "no such texts: {missing:?}");
}

/// A theme of somebody's own gets no texts to translate that nobody shows.
#[test]
fn every_text_is_asked_for() {
    let (mut named, mut stems) = (BTreeSet::new(), BTreeSet::new());
    each_file(&repository().join("src"), "rs", &mut |text| {
        for (at, _) in text.match_indices('"') {
            let rest = &text[at + 1..];
            let key = key_at(rest);
            match rest[key.len()..].chars().next() {
                Some('"') => named.insert(key),
                Some('{') if key.ends_with('_') => stems.insert(key),
                _ => false,
            };
        }
    });
    each_file(
        &repository().join("themes/standard/templates"),
        "html",
        &mut |text| named.extend(keys_after(text, "t.")),
    );
    // Groups whose name is itself put in; those of the scripts have a test of their own.
    stems.extend(["design_", "stated_by_", "the_", "tick_", "mine_"].map(String::from));
    let unused: Vec<_> = keys_of("da")
        .into_iter()
        .filter(|key| !named.contains(key.strip_suffix("_plural").unwrap_or(key)))
        .filter(|key| !stems.iter().any(|stem| key.starts_with(stem)))
        .collect();
    assert!(unused.is_empty(), "nobody asks for: {unused:?}");
}

/// Texts whose key is made of a kind, a number or another word of the front matter.
#[test]
fn every_word_of_the_front_matter_has_its_text() {
    let known = keys_of("da");
    let groups = [
        ("strength", "1 2 3 4 not_assessed"),
        (
            "design",
            "description before_after comparison trial synthesis law",
        ),
        ("stated_by", "party vendor independent authority"),
        (
            "source_type",
            "press_release vendor_article project_description presentation law knowledge_note research",
        ),
        (
            "callout",
            "important remember example research law discuss quote role note tip warning caution",
        ),
        (
            "kind",
            "page guide method model value core_element aspect case checklist term source",
        ),
        (
            "kinds",
            "page guide method model value core_element aspect case checklist term source",
        ),
        ("the", "method value core_element aspect case checklist"),
        (
            "use",
            "collects checklist tested_in method value chapter related supports contrast inspired_by part_of uses",
        ),
        (
            "related",
            "related supports contrast inspired_by part_of uses",
        ),
        ("maturity", "developing tested established"),
        (
            "unit",
            "days weeks months days_plural weeks_plural months_plural",
        ),
        ("answer", "yes partly no scale_1 scale_2 scale_3 scale_4"),
        ("status", "superseded withdrawn retracted"),
        ("superseded", "title text"),
        ("withdrawn", "title text"),
        ("retracted", "title text"),
        ("month", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ];
    for (group, words) in groups {
        for word in words.split(' ') {
            assert!(known.contains(&format!("{group}_{word}")), "{group}_{word}");
        }
    }
}

/// The scripts of checklists name their words in calls; a key that is put together there ends before a quote.
#[test]
fn every_word_of_the_checklists_scripts_is_there_and_used() {
    let mut scripts = String::new();
    each_file(
        &repository().join("themes/standard/static"),
        "js",
        &mut |text| scripts.push_str(text),
    );
    let mut named = BTreeSet::new();
    for mark in ["\"tick_", "\"mine_"] {
        let stems = keys_after(&scripts, mark);
        named.extend(stems.map(|stem| format!("{}{stem}", &mark[1..])));
    }
    let is_named_by = |name: &str, key: &str| {
        let is_counted =
            [format!("{name}_one"), format!("{name}_other")].contains(&key.to_string());
        key == name || is_counted || (name.ends_with('_') && key.starts_with(name))
    };
    let known = keys_of("da");
    let missing: Vec<_> = named
        .iter()
        .filter(|name| !known.iter().any(|key| is_named_by(name, key)))
        .collect();
    assert!(
        named.len() > 60 && missing.is_empty(),
        "no such texts: {missing:?}"
    );
    let is_of_scripts = |key: &&String| key.starts_with("tick_") || key.starts_with("mine_");
    let unused: Vec<_> = known
        .iter()
        .filter(is_of_scripts)
        .filter(|key| !named.iter().any(|name| is_named_by(name, key)))
        .collect();
    assert!(unused.is_empty(), "no script says: {unused:?}");
}

fn keys_of(language: &str) -> BTreeSet<String> {
    let path = repository().join(format!("themes/standard/i18n/{language}.yaml"));
    let text = fs::read_to_string(path).expect("the theme speaks this language");
    let keys = text
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| line.split_once(':'));
    keys.map(|(key, _)| key.to_string()).collect()
}

/// The keys that follow each place of a mark in a text.
fn keys_after<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = String> + 't {
    text.match_indices(mark)
        .map(move |(at, _)| key_at(&text[at + mark.len()..]))
        .filter(|key| !key.is_empty())
}

/// The key a text begins with.
fn key_at(text: &str) -> String {
    let is_of_key = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_';
    text.chars().take_while(is_of_key).collect()
}

fn each_file(folder: &Path, ending: &str, look: &mut dyn FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_file(&path, ending, look);
        } else if path.extension().is_some_and(|found| found == ending) {
            look(&fs::read_to_string(&path).expect("a text file"));
        }
    }
}
