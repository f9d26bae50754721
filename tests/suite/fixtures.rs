//! Small sites whose names say a behaviour, with what the program must say of them and make of them.
//!
//! In: `tests/fixtures/<case>/`, each a site with `expected.stderr` (all findings of `check`; without it there must
//! be none) and `expected/` (parts of the output). `SNAPSHOTS=overwrite` writes both anew, for every file of
//! `expected/` that is there already. A file `index.html` there is what stands inside `<article data-content>`,
//! `index.main.html` the first `main` element of that page, a page without an article is compared
//! whole, and `files.txt` lists all files but the theme's.

mod locked;

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::assert::Action;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use tempfile::TempDir;
use vejviser::diagnostic::Code;

use crate::support::{TODAY, repository, said, vejviser};

/// Cases that the program does not meet yet. Their files say what is right and are never written anew.
const UNMET: &[&str] = &[
    "a-callout-points-at-its-unknown-role",
    "a-language-without-texts-is-said-once",
    "a-picture-of-another-host-in-raw-html-is-told",
    "a-member-without-its-model-is-no-fault-of-the-theme",
    "a-theme-text-with-a-byte-order-mark-is-read",
    "a-value-of-the-wrong-type-is-not-also-missing",
    "an-unused-footnote-is-marked-alone",
    "another-language-is-not-the-current-page",
    "an-item-with-a-bad-id-is-not-also-without-one",
    "decomposed-letters-follow-danish-rules",
    "emphasis-in-an-image-description-is-text",
    "front-matter-never-closed-is-said-once",
    "nesting-too-deep-stops-reading",
];

#[test]
fn findings_are_those_expected() {
    each(&met(), check_findings);
}

#[test]
fn output_is_that_expected() {
    each(&met(), check_output);
}

#[test]
#[ignore = "these cases are faults of the program that are not mended yet"]
fn what_is_unmet_is_met() {
    each(&unmet(), |case, faults| {
        check_findings(case, faults);
        check_output(case, faults);
    });
}

/// A case that is met by now belongs to the others, which `SNAPSHOTS` can write anew.
#[test]
fn what_is_unmet_is_not_met() {
    for case in unmet() {
        let mut faults = Vec::new();
        check_findings(&case, &mut faults);
        check_output(&case, &mut faults);
        assert!(!faults.is_empty(), "take {} out of UNMET", name_of(&case));
    }
}

/// Editors on Windows see each finding at the same line and column as all others.
#[test]
fn line_ends_and_a_byte_order_mark_change_no_finding() {
    each(&met(), |case, faults| {
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
        compare("findings", found, &expected, faults);
    }
}

fn check_output(case: &Path, faults: &mut Vec<String>) {
    let wanted = case.join("expected");
    if !wanted.is_dir() {
        return;
    }
    let site = prepared(case);
    let output = site.path().join("output");
    let built = vejviser(site.path(), &["build", "--today", TODAY]);
    if !built.status.success() {
        return faults.push(format!("the site is not built:\n{}", said(&built)));
    }
    for expected in files(&wanted) {
        let name = expected.strip_prefix(&wanted).expect("found below it");
        match part(&output, name) {
            Some(text) => compare(&name.to_string_lossy(), text, &expected, faults),
            None => faults.push(format!("{} is not in the output", name.display())),
        }
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

fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/fixtures");
    let entries = fs::read_dir(folder).expect("the folder of the fixtures");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("vejviser.yaml").is_file())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn met() -> Vec<PathBuf> {
    let mut cases = cases();
    cases.retain(|case| !UNMET.contains(&name_of(case)));
    cases
}

fn unmet() -> Vec<PathBuf> {
    let mut cases = cases();
    cases.retain(|case| UNMET.contains(&name_of(case)));
    assert_eq!(cases.len(), UNMET.len());
    cases
}

fn name_of(case: &Path) -> &str {
    case.file_name()
        .and_then(|name| name.to_str())
        .expect("fixtures have plain names")
}

/// A copy of the case's site with what cannot lie in every repository.
fn prepared(case: &Path) -> TempDir {
    let site = tempfile::tempdir().expect("a temporary folder");
    let root = site.path();
    for file in files(case) {
        let name = file.strip_prefix(case).expect("found below it");
        if !name.starts_with("expected") && name != Path::new("expected.stderr") {
            write(
                &root.join(name),
                &fs::read(&file).expect("a readable fixture"),
            );
        }
    }
    let content = root.join("content");
    let page = |title: &str, body: &str| format!("---\ntitle: {title}\n---\n\n{body}\n");
    match name_of(case) {
        "a-file-that-is-not-utf-8" => {
            write(
                &content.join("latin.md"),
                b"---\ntitle: Latin\n---\n\n\xc6blet er r\xf8dt.\n",
            );
            write(
                &content.join("nulbyte.md"),
                b"---\ntitle: Nul\n---\n\nA\0B\n",
            );
        }
        "crlf-and-bom-keep-places" | "a-theme-text-with-a-byte-order-mark-is-read" => {
            as_windows_writes(root)
        }
        "file-names-that-cannot-be-published" => {
            for name in ["hvad?.md", "aux.md", "mappe ./side.md", "e\u{301}n.md"] {
                write(&content.join(name), page("Side", "Tekst.").as_bytes());
            }
            write(&root.join("static/graf:1.png"), b"");
        }
        "files-over-their-limits" => {
            let keys = format!("---\ntitle: A\nextra: {{a: {}}}\n---\n", "x".repeat(65_536));
            write(&content.join("noegler.md"), keys.as_bytes());
            let html = format!("<p>{}</p>", "x".repeat(65_536));
            write(&content.join("html.md"), page("HTML", &html).as_bytes());
            let long = page("Lang", &"lang tekst ".repeat(12_000));
            write(&content.join("lang.md"), long.as_bytes());
            let items: String = (0..1001)
                .map(|n| format!("- [ ] Punkt {n} {{#punkt-{n}}}\n"))
                .collect();
            write(
                &content.join("punkter.md"),
                page("Punkter", &items).as_bytes(),
            );
            let value = format!("---\ntitle: B\ndescription: {}\n---\n", "x".repeat(5001));
            write(&content.join("vaerdi.md"), value.as_bytes());
            write(&root.join("static/stor.bin"), &[0; 1025]);
        }
        #[cfg(unix)]
        "a-link-out-of-the-site" => {
            use std::os::unix::fs::symlink;
            write(&root.join("hemmelig.md"), page("Hemmelig", "").as_bytes());
            symlink("index.md", content.join("genvej.md")).expect("a link");
            symlink("../hemmelig.md", content.join("ude.md")).expect("a link");
            symlink("/", content.join("rod")).expect("a link");
            symlink("findes-ikke.md", content.join("doed.md")).expect("a link");
        }
        _ => {}
    }
    site
}

/// Gives all pages and the configuration a byte order mark and CRLF.
fn as_windows_writes(root: &Path) {
    for file in files(root) {
        let is_text = file
            .extension()
            .is_some_and(|ending| ending == "md" || ending == "yaml");
        if is_text && let Ok(text) = fs::read_to_string(&file) {
            let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            write(&file, text.as_bytes());
        }
    }
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

/// What stands in the output for a file of `expected/`.
fn part(output: &Path, name: &Path) -> Option<String> {
    if name == Path::new("files.txt") {
        let all = files(output);
        let names = all
            .iter()
            .filter_map(|file| file.strip_prefix(output).ok()?.to_str());
        let pages = names.filter(|name| !name.starts_with("assets/"));
        return Some(pages.map(|name| format!("{name}\n")).collect());
    }
    let file = name.file_name()?.to_str()?;
    let parts: Vec<&str> = file.split('.').collect();
    let (file, element) = match parts[..] {
        [stem, element, "html"] => (format!("{stem}.html"), Some(element)),
        _ => (file.to_owned(), None),
    };
    let bytes = fs::read(output.join(name.with_file_name(file))).ok()?;
    let text = without_hashes(&String::from_utf8(bytes).ok()?);
    const ARTICLE: &str = "<article data-content>";
    let (start, end) = match element {
        Some(element) => {
            let start = text.find(&format!("<{element}"))?;
            let close = format!("</{element}>");
            (start, start + text[start..].find(&close)? + close.len())
        }
        None => match text.find(ARTICLE) {
            Some(at) => (at + ARTICLE.len(), text.rfind("</article>")?),
            None => (0, text.len()),
        },
    };
    Some(format!("{}\n", text[start..end].trim()))
}

/// Names of the theme's files change with its bytes; fixtures must not.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split("assets/");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut names = part.splitn(3, '.');
        let (name, hash, rest) = (names.next(), names.next(), names.next());
        match (name, hash, rest) {
            (Some(name), Some(hash), Some(rest)) if is_hash(hash) => {
                out.push_str(&format!("assets/{name}.{rest}"));
            }
            _ => out.push_str(&format!("assets/{part}")),
        }
    }
    out
}

fn is_hash(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Compares with a file, or writes it where `SNAPSHOTS` says so. Nothing in it is a wildcard.
fn compare(name: &str, text: String, place: &Path, faults: &mut Vec<String>) {
    let expected = Data::read_from(place, Some(DataFormat::Text)).raw();
    let actual = Data::text(text).raw();
    let is_unmet = UNMET
        .iter()
        .any(|case| place.iter().any(|part| part == *case));
    let assert = match is_unmet {
        true => Assert::new().action(Action::Verify),
        false => Assert::new().action_env("SNAPSHOTS"),
    };
    if let Err(difference) = assert.try_eq(Some(&name), actual, expected) {
        faults.push(difference.to_string());
    }
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() && !path.is_symlink() {
            true => files.extend(self::files(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
