//! The site's own Danish is plain: the lix of what readers get stays below 45, and `check -v` tells of it.
//!
//! Measured over the built pages, not the sources, so that what the program counts in the files can be held against
//! what stands on the pages.

use crate::support::{TODAY, built_site, files_below, repository, said, vejviser};
use std::fs;
use vejviser::text::lix::Lix;

/// From here on a text is as hard as the prose of public administration.
const HARD: u32 = 45;

/// Elements that hold no running text.
const CLOSED: [&str; 9] = [
    "h2", "h3", "h4", "table", "pre", "svg", "sup", "button", "form",
];
/// Elements inside a paragraph.
const INLINE: [&str; 8] = ["a", "em", "strong", "code", "span", "mark", "del", "abbr"];

/// The running text of a page's own content.
fn of_page(html: &str) -> Lix {
    let mut lix = Lix::default();
    let Some((_, content)) = html.split_once("<article data-content>") else {
        return lix;
    };
    let content = content
        .split_once("</article>")
        .map_or(content, |(content, _)| content);
    let mut paragraph = String::new();
    let mut closed = 0_usize;
    for piece in content.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        if CLOSED.contains(&name) {
            match tag.starts_with('/') {
                true => closed = closed.saturating_sub(1),
                false => closed += 1,
            }
        }
        if !INLINE.contains(&name) {
            lix += Lix::of_paragraph(&paragraph);
            paragraph.clear();
        }
        if closed == 0 {
            paragraph.push_str(text);
        }
    }
    lix += Lix::of_paragraph(&paragraph);
    lix
}

#[test]
fn the_measure_sees_running_text_alone() {
    let page = "<h1>Titel</h1><article data-content><h2>Overskrift her</h2><p>Vi <a href=\"x\">spørger</a> barnet.</p>\
                <table><tr><td>Celle</td></tr></table><ul><li>Et punkt</li></ul></article><p>Foden.</p>";
    let found = of_page(page);
    assert_eq!((found.words, found.sentences, found.long_words), (5, 2, 1));
}

#[test]
fn our_danish_is_plain_and_the_check_says_how_plain() {
    let mut shown = Lix::default();
    for path in files_below(built_site(), "html") {
        let page = fs::read_to_string(path).expect("a page");
        if page.contains("<html lang=\"da\"") {
            shown += of_page(&page);
        }
    }
    assert!(shown.words > 30_000, "only {} words were seen", shown.words);
    let shown = shown.value().expect("there is text");
    assert!(shown < HARD, "lix {shown}");
    let checked = vejviser(
        repository(),
        &["check", "-v", "--today", TODAY, "--lang", "en"],
    );
    let told = said(&checked);
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("readability (da): lix "));
    let told: u32 = line
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no measure in: {told}"));
    assert!(told.abs_diff(shown) <= 3, "told {told}, shown {shown}");
}
