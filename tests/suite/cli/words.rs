//! In which language the program speaks, what it explains, and that content cannot speak to the terminal through it.

use super::{CLEAN, exits, write};
use crate::support::{said, site, vejviser};
use std::process::Command;
use vejviser::diagnostic::Code;

#[test]
fn messages_are_in_the_language_asked_for_else_the_sites() {
    let site = site(CLEAN);
    write(&site, "content/a.md", "---\ntitle: A\ntitel: A\n---\n");
    let text = |line: &str| said(&exits(site.path(), line, 1));
    assert!(text("check").contains("fejl[unknown-key]: nøglen `titel` findes ikke"));
    assert!(text("check --lang da").contains("fejl[unknown-key]"));
    assert!(text("check --lang en").contains("error[unknown-key]: the key `titel` does not exist"));
    assert!(text("check --lang=en").contains("error[unknown-key]"));
    let configuration = "id: test\ntitle: Test\nlanguage: en\nbase_url: https://eksempel.dk/\n";
    write(&site, "vejviser.yaml", configuration);
    assert!(text("check").contains("error[unknown-key]"));
    assert!(text("check --lang da").contains("fejl[unknown-key]"));
}

#[test]
fn without_a_site_messages_are_english() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(said(&exits(folder.path(), "build", 2)).contains("does not exist"));
    assert!(said(&exits(folder.path(), "build --lang da", 2)).contains("findes ikke"));
}

#[test]
fn help_and_wrong_usage_are_in_the_sites_language() {
    let site = site(CLEAN);
    let shown = |line: &str| {
        let output = exits(site.path(), line, 0);
        assert_eq!(said(&output), "", "{line}");
        String::from_utf8(output.stdout).expect("help is UTF-8")
    };
    let help = shown("build --help");
    assert!(help.contains("Brug: vejviser build [TILVALG]\n"), "{help}");
    assert_eq!(shown("help build"), help);
    assert_eq!(shown("build -h"), help);
    assert!(shown("build --help --lang en").contains("Usage: vejviser build [OPTIONS]\n"));
    assert!(shown("help status merge").contains("Brug: vejviser status merge "));
    let alone = said(&exits(site.path(), "status", 2));
    assert!(
        alone.contains("Brug: vejviser status <KOMMANDO>\n"),
        "{alone}"
    );
    let wrong = |line: &str| said(&exits(site.path(), line, 2));
    assert!(wrong("build --nosuch").starts_with("fejl: tilvalget `--nosuch` findes ikke\n"));
    assert!(
        wrong("build --nosuch --lang en").starts_with("error: there is no option `--nosuch`\n")
    );
    assert!(wrong("help merge").contains("kommandoen `merge` findes ikke"));
    let outside = tempfile::tempdir().expect("a temporary folder");
    let outside = said(&exits(outside.path(), "build --nosuch", 2));
    assert!(
        outside.starts_with("error: there is no option"),
        "{outside}"
    );
}

#[cfg(unix)]
#[test]
fn a_word_that_is_no_text_is_told_of() {
    use std::os::unix::ffi::OsStrExt;
    let site = site(CLEAN);
    let output = Command::new(env!("CARGO_BIN_EXE_vejviser"))
        .arg("search")
        .arg(std::ffi::OsStr::from_bytes(b"\xff"))
        .current_dir(site.path())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("fejl: et af ordene kan ikke læses som tekst\n"));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(Code::ALL.len() > 40);
    for code in Code::ALL {
        let mut texts = Vec::new();
        for language in ["da", "en"] {
            let line = format!("explain {} --lang {language}", code.name());
            let output = exits(folder.path(), &line, 0);
            assert_eq!(said(&output), "");
            let text = String::from_utf8(output.stdout).expect("explanations are UTF-8");
            let (name, text) = text.split_once("\n\n").expect("a name and a text");
            assert_eq!(name, code.name());
            assert!(text.trim().len() > 40, "{line}: {text}");
            texts.push(text.to_string());
        }
        assert_ne!(texts[0], texts[1], "{} is not translated", code.name());
    }
}

#[test]
fn a_misspelt_code_gets_the_nearest_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = said(&exits(folder.path(), "explain unknow-key --lang en", 2));
    assert!(
        text.contains("`unknow-key`") && text.contains("`unknown-key`"),
        "{text}"
    );
}

/// Escapes, bells, backspaces, and marks that turn the writing direction.
const HOSTILE: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\u{8}\u{7f}\u{202e}\u{2066}";

/// The same commands in one character each: CSI, DCS, next line.
const HOSTILE_ALONE: &str = "\u{9b}2J\u{90}\u{85}";

/// What must never come out: control characters but line ends and tabs, and direction marks.
fn hostile(text: &str) -> Vec<char> {
    let is_turn = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    let is_hostile = |c: &char| (c.is_control() && !matches!(c, '\n' | '\t')) || is_turn(*c);
    text.chars().filter(is_hostile).collect()
}

/// The site's findings with everything that a terminal would be sent, as if it showed colours.
#[track_caller]
fn check_harmless(path: &str, text: &str, code: &str) {
    for format in ["human", "json"] {
        check_harmless_in(format, path, text, code);
    }
}

#[track_caller]
fn check_harmless_in(format: &str, path: &str, text: &str, code: &str) {
    let site = site(CLEAN);
    write(&site, path, text);
    let output = Command::new(env!("CARGO_BIN_EXE_vejviser"))
        .args(["check", "--format", format])
        .current_dir(site.path())
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .expect("the program runs");
    let all = [output.stdout, output.stderr].concat();
    let all = String::from_utf8(all).expect("what is said is UTF-8");
    assert!(all.contains(code), "{format}: no {code} in {all:?}");
    let found = hostile(&all);
    assert!(found.is_empty(), "{format} {path}: {found:?} in {all:?}");
}

fn page(front_matter: &str, body: &str) -> String {
    format!("---\ntitle: A\n{front_matter}---\n\n{body}\n")
}

#[test]
fn hostile_front_matter_stays_in_the_file() {
    check_harmless(
        "content/a.md",
        &page(&format!("nøgle{HOSTILE}: x\n"), ""),
        "a.md",
    );
    check_harmless(
        "content/a.md",
        &page(&format!("date: {HOSTILE}\n"), ""),
        "a.md",
    );
    check_harmless(
        "content/a.md",
        &page(&format!("id: \"{HOSTILE}\"\n"), ""),
        "a.md",
    );
    check_harmless("content/a.md", &page("id: \"\\u202e\"\n", ""), "bad-id");
    check_harmless(
        "content/a.md",
        &page("owner: \"\\u202e\"\n", ""),
        "unknown-name",
    );
    check_harmless("content/a.md", &page("\"\\u202e\": x\n", ""), "unknown-key");
    check_harmless(
        "content/a.md",
        &page("weight: \"\\e[31m\\x9b\"\n", ""),
        "control-character",
    );
}

#[test]
fn hostile_markdown_stays_in_the_file() {
    check_harmless(
        "content/a.md",
        &page("", &format!("[x](<{HOSTILE}.md>)")),
        "link-target-missing",
    );
    check_harmless(
        "content/a.md",
        &page("", &format!("{HOSTILE} [x](vaek.md) {HOSTILE}")),
        "link-target-missing",
    );
    check_harmless(
        "content/a.md",
        &page("", &format!("[[{HOSTILE}]]")),
        "unknown-id",
    );
    check_harmless(
        "content/a.md",
        &page("", &format!("![x](<{HOSTILE}.png>)")),
        "asset-missing",
    );
    check_harmless(
        "content/a.md",
        &page("", &format!("> [!x{HOSTILE}] y")),
        "callout-unknown",
    );
    check_harmless(
        "content/a.md",
        &page("", &format!("<p x{HOSTILE}=1>")),
        "a.md",
    );
    check_harmless(
        "content/a.md",
        &page("", "[x](&#27;&#x9b;2J&#x202e;.md)"),
        "link-target-missing",
    );
}

#[test]
fn hostile_configuration_stays_in_the_file() {
    let with = |line: &str| format!("id: test\ntitle: Test\n{line}\n");
    check_harmless(
        "vejviser.yaml",
        &with(&format!("x{HOSTILE}: 1")),
        "vejviser.yaml",
    );
    check_harmless("vejviser.yaml", &with("theme: \"\\u202e\""), "bad-id");
    check_harmless("vejviser.yaml", &with("menu: [\"\\u202e\"]"), "unknown-id");
}

#[test]
fn commands_of_one_character_stay_in_the_file() {
    let body = page("", &format!("{HOSTILE_ALONE} [x](vaek.md)"));
    check_harmless("content/a.md", &body, "link-target-missing");
    let front_matter = page(&format!("nøgle{HOSTILE_ALONE}: x\n"), "");
    check_harmless("content/a.md", &front_matter, "a.md");
    let configuration = format!("id: test\ntitle: Test\nx{HOSTILE_ALONE}: 1\n");
    check_harmless("vejviser.yaml", &configuration, "vejviser.yaml");
}

#[test]
fn hostile_file_names_stay_in_the_folder() {
    for name in [
        format!("a{HOSTILE}{HOSTILE_ALONE}.md"),
        format!("a\n{HOSTILE}b.png"),
    ] {
        check_harmless_in(
            "human",
            &format!("content/{name}"),
            &page("", ""),
            "file-name",
        );
    }
}

#[test]
fn hostile_file_names_stay_in_the_folder_in_json() {
    for name in [
        format!("a{HOSTILE}{HOSTILE_ALONE}.md"),
        format!("a\n{HOSTILE}b.png"),
    ] {
        check_harmless_in(
            "json",
            &format!("content/{name}"),
            &page("", ""),
            "file-name",
        );
    }
}

#[test]
fn hostile_arguments_are_not_repeated_raw() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let option = format!("--{HOSTILE}");
    for arguments in [
        ["explain", HOSTILE],
        ["build", "--root=\u{9b}2J\u{202e}"],
        ["build", &option],
        ["build", HOSTILE],
        ["build\u{202e}", "--strict"],
        ["build", "--format=\u{9b}2J\u{202e}"],
        ["build", "--jobs=\u{9b}2J\u{202e}"],
        ["build", "--quiet=\u{9b}2J\u{202e}"],
    ] {
        let output = vejviser(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(hostile(&said(&output)).is_empty(), "{:?}", said(&output));
    }
}
