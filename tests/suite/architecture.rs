//! The shape of the program, kept by reading `src/**/*.rs` as text: who imports whom, who owns which crate.
//!
//! A rule is a function from files to breaches, so that each is also tried on small wrong examples: a checker that
//! finds nothing because it sees nothing would pass for ever.

mod examples;
mod source;

use crate::support::repository;
use source::{Named, Source};
use std::fs;
use std::path::Path;

/// The stages, in the order of the chain. They never import each other.
const STAGES: [&str; 8] = [
    "discover", "parse", "resolve", "audit", "plan", "render", "search", "write",
];
/// What a stage may import beside the tools of its own row.
const DATA: &str = "model config theme i18n text yaml diagnostic";
/// Rooms that know no disk, clock, environment or network.
const PURE: &str = "brand parse resolve audit plan render search schema status markdown model config lock theme i18n text yaml diagnostic";
/// Longest file, with its tests.
const LONGEST: usize = 450;

/// What each room may import of ours, beside itself. `room::item` allows that item alone.
fn allowed(room: &str) -> String {
    match room {
        "text" | "yaml" | "diagnostic" => "text yaml diagnostic model::ids".to_string(),
        "fs" => String::new(),
        "markdown" => "text".to_string(),
        "model" => "text diagnostic".to_string(),
        // A theme holds its interface texts.
        "theme" => "model text yaml diagnostic i18n".to_string(),
        // A brand makes the theme the site's own.
        "brand" => "model text diagnostic theme".to_string(),
        "config" | "lock" | "i18n" => "model text yaml diagnostic".to_string(),
        "discover" | "write" => format!("{DATA} fs"),
        "parse" | "resolve" | "render" => format!("{DATA} markdown"),
        "audit" | "plan" | "search" => DATA.to_string(),
        "status" => "text diagnostic model::front_matter::Answers".to_string(),
        "schema" => format!("{DATA} parse::front_matter_shape"),
        "pipeline" => format!("{DATA} lock fs brand {}", STAGES.join(" ")),
        "serve" => "pipeline config diagnostic model text fs".to_string(),
        "cli" => "pipeline serve schema status config lock diagnostic model text fs \
                  discover::read_config discover::CONTENT discover::THEMES discover::STATIC \
                  plan::LinkStyle plan::PlanOptions plan::Server write::WriteOptions write::WriteError write::Mode"
            .to_string(),
        "main" => "cli".to_string(),
        _ => String::new(),
    }
}

const ROOMS: &str = "discover parse resolve audit plan render search write pipeline schema status cli serve brand config lock theme i18n \
                     model markdown diagnostic fs text yaml main lib";

/// Heavy crates, the files that may name them, and whether the owner of the product named them.
const OWNERS: &[(&str, &str)] = &[
    ("walkdir", "fs.rs fs/"),
    ("serde_yaml", "yaml.rs"),
    ("saphyr_parser", "yaml/builder.rs"),
    ("tera", "render.rs render/"),
    ("syntect", "render/highlight.rs"),
    ("notify", "serve/watch.rs"),
    ("notify_debouncer_full", "serve/watch.rs"),
    ("axum", "serve/http.rs"),
    ("tokio", "serve/http.rs"),
    ("annotate_snippets", "diagnostic/terminal.rs"),
    ("ammonia", "render/clean.rs"),
    ("icu_collator", "text/collate.rs"),
    ("clap", "cli.rs cli/"),
    ("clap_complete", "cli.rs cli/"),
    (
        "rayon",
        "diagnostic.rs pipeline.rs pipeline/ discover.rs discover/ write.rs write/ cli.rs cli/",
    ),
    (
        "pulldown_cmark",
        "markdown.rs markdown/ parse.rs parse/ render.rs render/",
    ),
];

/// The crates the product must be built on.
const NAMED: [&str; 6] = [
    "pulldown-cmark",
    "tera",
    "serde_yaml",
    "walkdir",
    "syntect",
    "notify",
];

/// From a file to its breaches, as `src/path:line: what`.
type Rule = fn(&Source) -> Vec<String>;

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&repository().join("src"), "", &mut found);
    assert!(
        found.len() > 60,
        "only {} files found below src",
        found.len()
    );
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("src can be listed")
        .map(|entry| entry.expect("src can be listed").path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path
            .file_name()
            .expect("an entry has a name")
            .to_string_lossy();
        let below = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{below}/"), found);
        } else if below.ends_with(".rs") {
            let text = fs::read_to_string(&path).expect("source is UTF-8");
            found.push(Source::new(&below, &text));
        }
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|entry| entry == word)
}

fn at(source: &Source, line: usize, what: &str) -> String {
    format!("src/{}:{line}: {what}", source.path)
}

/// Imports that the table of rooms forbids.
fn imports(source: &Source) -> Vec<String> {
    let room = source.room();
    if !has(ROOMS, room) {
        return vec![at(source, 1, "a room the table of rooms does not know")];
    }
    let allowed = allowed(room);
    let breach = |named: &Named| {
        let (target, item) = named.room()?;
        let what = named.parts.join("::");
        if target == "*" || (named.is_renamed && item.is_none() && has(ROOMS, target)) {
            return Some(format!("{what} hides which room is meant"));
        }
        let is_own = target == room || (room == "lib" || !has(ROOMS, target));
        let is_item_allowed = match item {
            Some(item) => has(&allowed, &format!("{target}::{item}")),
            // The room alone is brought in; the items taken from it are paths of their own.
            None => allowed.contains(&format!("{target}::")),
        };
        (!is_own && !has(&allowed, target) && !is_item_allowed)
            .then(|| format!("{room} imports {what}"))
    };
    let found = source.paths();
    found
        .iter()
        .filter_map(|named| Some(at(source, named.line, &breach(named)?)))
        .collect()
}

/// Doors to the world in rooms that must be pure.
fn impurities(source: &Source) -> Vec<String> {
    if !has(PURE, source.room()) {
        return Vec::new();
    }
    let doors = [
        "std::fs",
        "std::env",
        "std::time",
        "std::net",
        "std::process",
        "std::thread",
    ];
    let paths = source.paths();
    let mut found: Vec<String> = paths
        .iter()
        .filter(|named| doors.iter().any(|door| named.starts_with(door)))
        .map(|named| at(source, named.line, &named.parts.join("::")))
        .collect();
    for word in ["Instant", "SystemTime"] {
        let lines = source.lines_with(word, "");
        found.extend(lines.into_iter().map(|line| at(source, line, word)));
    }
    found
}

/// Heavy crates named outside their owner.
fn foreign_crates(source: &Source) -> Vec<String> {
    let owns = |owners: &str| {
        owners.split_whitespace().any(|owner| {
            source.path == owner || (owner.ends_with('/') && source.path.starts_with(owner))
        })
    };
    let paths = source.paths();
    let breach = |named: &&Named| {
        let owner = OWNERS.iter().find(|(name, _)| named.starts_with(name));
        owner.is_some_and(|(_, owners)| !owns(owners))
    };
    paths
        .iter()
        .filter(breach)
        .map(|named| at(source, named.line, &named.parts.join("::")))
        .collect()
}

/// Words that code outside tests does without.
fn banned_words(source: &Source) -> Vec<String> {
    let banned = [
        (".unwrap", "()"),
        ("todo", "!"),
        ("unimplemented", "!"),
        ("dbg", "!"),
        ("println", "!"),
        ("print", "!"),
        ("eprintln", "!"),
        ("eprint", "!"),
        ("unsafe", ""),
    ];
    let mut found = Vec::new();
    for (word, after) in banned {
        let lines = source.lines_with(word, after);
        found.extend(lines.into_iter().map(|line| at(source, line, word)));
    }
    found
}

fn headless(source: &Source) -> Vec<String> {
    let is_headed = source.text.starts_with("//! ");
    (!is_headed)
        .then(|| at(source, 1, "does not open with `//!`"))
        .into_iter()
        .collect()
}

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let what = format!("{lines} lines");
    (lines > LONGEST)
        .then(|| at(source, lines, &what))
        .into_iter()
        .collect()
}

#[track_caller]
fn none(rule: Rule) {
    none_in(rule, |_| true);
}

#[track_caller]
fn none_in(rule: Rule, wanted: fn(&str) -> bool) {
    let all = sources();
    let found: Vec<String> = all
        .iter()
        .filter(|source| wanted(source.room()))
        .flat_map(rule)
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn tools_import_only_each_other() {
    none_in(imports, |room| {
        has("text yaml diagnostic fs markdown", room)
    });
}

#[test]
fn the_model_imports_only_text_and_diagnostic() {
    none_in(imports, |room| room == "model");
}

#[test]
fn configuration_and_theme_import_no_stage() {
    none_in(imports, |room| has("config lock theme i18n", room));
}

#[test]
fn stages_do_not_import_each_other() {
    none_in(imports, |room| STAGES.contains(&room));
}

#[test]
fn only_the_pipeline_names_the_stages() {
    none_in(imports, |room| has("pipeline serve cli main lib", room));
}

#[test]
fn every_room_is_in_the_table() {
    let all = sources();
    let unknown: Vec<&str> = all
        .iter()
        .map(Source::room)
        .filter(|room| !has(ROOMS, room))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_middle_of_the_chain_is_pure() {
    none(impurities);
}

#[test]
fn heavy_crates_have_one_owner() {
    none(foreign_crates);
}

#[test]
fn every_file_says_what_it_is() {
    none(headless);
}

#[test]
fn no_file_is_too_long() {
    none(too_long);
}

#[test]
fn nothing_unfinished_is_shipped() {
    none(banned_words);
}

#[test]
fn unsafe_code_is_forbidden() {
    let all = sources();
    let lib = all
        .iter()
        .find(|source| source.path == "lib.rs")
        .expect("src/lib.rs exists");
    assert!(lib.code.contains("#![forbid(unsafe_code)]"));
}

#[test]
fn the_named_crates_are_used() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("Cargo.toml exists");
    let dependencies = manifest
        .split("[dependencies]")
        .nth(1)
        .expect("a table of dependencies");
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    let all = sources();
    for name in NAMED {
        let line = |line: &str| {
            line.split_once('=')
                .is_some_and(|(key, _)| key.trim() == name)
        };
        assert!(
            dependencies.lines().any(line),
            "{name} is not in Cargo.toml"
        );
        let name = name.replace('-', "_");
        let is_used = |source: &Source| source.paths().iter().any(|named| named.starts_with(&name));
        assert!(all.iter().any(is_used), "{name} is not used in src");
    }
}
