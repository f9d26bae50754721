//! What holds for any text whatever: nothing panics, places lie inside their file, nothing unsafe comes out.
//!
//! Texts are random characters, and random heaps of what means something to Markdown, YAML or a browser, since those
//! reach further in. Each text is read alone, and fewer are sent through the whole chain to finished pages.

use crate::support::{TODAY, in_memory, said, site, vejviser};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use vejviser::diagnostic::catalogue::MessageLanguage;
use vejviser::diagnostic::terminal::{Sources, render};
use vejviser::diagnostic::{Diagnostic, json};
use vejviser::model::front_matter::Kind;
use vejviser::parse::{ParseOptions, parse};
use vejviser::text::slug::{MAX_SLUG, is_id, slug};
use vejviser::text::span::{Span, TextRange, position};

const MARKDOWN: &str = "\n¦\n\n¦\r\n¦\r¦ ¦    ¦\t¦a¦bc d¦æ¦👩‍👧¦é¦\u{feff}¦\u{1}¦\u{202e}¦# ¦## ¦### Åh {#åh}\
     ¦{#id}¦{#vv-x}¦===¦---¦***¦- ¦* ¦1. ¦- [ ] ¦- [x] ¦{#punkt role=laerer}\
     ¦{#a was=\"b c\" source=¦\"}¦{¦}¦> ¦> [!note] ¦> [!role x]¦[!nej]¦```¦```rust\n¦~~~¦`¦``\
     ¦*¦**¦_¦~~¦|¦|---|¦| a | b |\n|--|:-:|\n¦\\¦\\|¦[¦]¦(¦)¦](¦![¦[a](b.md)¦[[¦]]¦[[index]]\
     ¦[[a|b]]¦[^n]¦[^n]: ¦[a]: ¦[@x]¦[@x, s. 3]¦[=y]¦[@¦[=¦<¦>¦</¦<b>¦</b>\
     ¦<div onclick=\"x\">¦</div>¦<script>¦<style>¦<!--¦-->¦<?¦<![CDATA[¦]]>\
     ¦<a href=\"javascript:x\">¦<svg>¦<p¦\"¦'¦=¦&¦&amp;¦&#0;¦&#1;¦&#x202e;¦<https://x.dk>\
     ¦<x@y.dk>¦javascript:alert(1)¦%00¦%¦../¦//¦#";

const YAML: &str = "\n¦\n  ¦\n    ¦\n- ¦\n  - ¦ ¦\t¦\r¦: ¦:¦- ¦, ¦{¦}¦[¦]¦{}¦[]¦&a ¦*a¦!!str ¦!x¦|¦|-\n  \
     ¦>\n  ¦'¦\"¦\\¦\\x1b¦#¦ # ¦---¦...¦%YAML¦?¦? ¦<<: ¦~¦null¦true¦1¦-1¦1.5¦1e999¦0x1F¦.nan\
     ¦2026-02-30¦2026-11-21¦12 months¦æ¦👩‍👧¦\u{feff}¦\u{1}¦\u{85}¦\u{2028}¦a¦x-y¦id¦title\
     ¦../../x¦content/index.md¦a - b¦a - (b * c)¦{id: a, value: 1, unit: pct}¦{to: index}\
     ¦[index]";

const KEYS: &str = "id title short_title description weight slug aliases draft template date updated \
     published reviewed review_by owner status superseded_by topics roles sources figures \
     evidence related changes key_points toc noindex translates keywords extra chapters \
     purpose audience steps requires tested_in checklists resources maturity consists_of \
     counts period cycle model number statement values organisation case_type results \
     actors methods transfer version answers repeat collect retired fields definition \
     forms synonyms autolink source_type publisher dated access url nosuch";

fn heap(of: &'static str, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(of.split('¦').collect::<Vec<_>>()), 0..most)
        .prop_map(|parts| parts.concat())
}

fn body() -> impl Strategy<Value = String> {
    prop_oneof![4 => heap(MARKDOWN, 40), 1 => any::<String>()]
}

/// Any text between the fences, or known keys with values that may or may not fit.
fn front_matter() -> impl Strategy<Value = String> {
    let value = prop_oneof![3 => heap(YAML, 4), 1 => any::<String>()];
    let key = (select(KEYS.split(' ').collect::<Vec<_>>()), value)
        .prop_map(|(key, value)| format!("{key}: {value}\n"));
    let keys = (select(Kind::ALL.to_vec()), prop::collection::vec(key, 0..6));
    let keys =
        keys.prop_map(|(kind, keys)| format!("kind: {}\ntitle: A\n{}", kind.name(), keys.concat()));
    prop_oneof![4 => keys, 2 => heap(YAML, 30), 1 => any::<String>()]
}

fn page() -> impl Strategy<Value = String> {
    (front_matter(), body()).prop_map(|(keys, body)| format!("---\n{keys}\n---\n{body}"))
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn check_range(text: &str, range: &TextRange) -> Result<(), TestCaseError> {
    let found = text.get(range.start as usize..range.end as usize);
    prop_assert!(found.is_some(), "{range:?} of {} bytes", text.len());
    Ok(())
}

/// Reads one file by itself and looks at every place in what came out.
fn check_parse(text: &str) -> Result<(), TestCaseError> {
    let text: Arc<str> = text.into();
    for is_lenient in [false, true] {
        let options = ParseOptions {
            is_lenient,
            allows_raw_html: is_lenient,
            taxonomies: vec!["skoleform".to_owned()],
        };
        let document = parse(&text, &options);
        prop_assert!(text.is_char_boundary(document.body_start as usize));
        for finding in &document.findings {
            check_range(&text, &finding.primary.span)?;
            for related in &finding.related {
                check_range(&text, &related.span)?;
            }
        }
        let mut sections = document
            .headings
            .iter()
            .flat_map(|heading| [&heading.range, &heading.section]);
        sections.try_for_each(|range| check_range(&text, range))?;
        let mut links = document.links.iter().map(|link| &link.range);
        links.try_for_each(|range| check_range(&text, range))?;
        let mut items = document.items.iter().map(|item| &item.range);
        items.try_for_each(|range| check_range(&text, range))?;
    }
    Ok(())
}

/// A finding's places in the files of a whole site, and its words in both languages.
fn check_finding(finding: &Diagnostic, files: &dyn Sources) -> Result<(), TestCaseError> {
    let check = |span: Span| check_range(files.text(span.file), &(span.start..span.end));
    check(finding.primary.span)?;
    finding
        .related
        .iter()
        .try_for_each(|related| check(related.span))?;
    for language in [MessageLanguage::Danish, MessageLanguage::English] {
        prop_assert!(render(finding, files, language, false).contains(finding.code.name()));
        let object = json::object(finding, files, language);
        prop_assert!(
            object["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    Ok(())
}

/// The insides of a text's tags. Quotes in attributes and `<` in text are escaped, so there is no mistaking them.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let parts = html.split('<').skip(1);
    parts.filter_map(|rest| Some(rest.split_once('>')?.0))
}

fn ids(html: &str) -> Vec<&str> {
    let id = |tag: &'_ str| tag.find(" id=\"").map(|at| at + 5);
    let ids = tags(html).filter_map(|tag| tag[id(tag)?..].split('"').next());
    ids.collect()
}

/// What an author must not be able to bring into a page.
fn unsafe_part(tag: &str) -> Option<&'static str> {
    let tag = tag.to_lowercase();
    let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
    let elements = [
        "script", "style", "iframe", "object", "embed", "base", "meta", "link",
    ];
    let handler = |part: &str| part.starts_with("on") && part.contains("=\"");
    if let Some(element) = elements.into_iter().find(|element| *element == name) {
        return Some(element);
    }
    if tag.contains("=\"javascript:") || tag.contains("=\"data:") {
        return Some("an address that is a script");
    }
    let outside_quotes = tag.split('"').step_by(2);
    let mut attributes = outside_quotes.flat_map(str::split_whitespace);
    let has_style = tag.contains(" style=\"");
    let has_handler = attributes.any(|part| handler(&format!("{part}\"")));
    (has_style || has_handler).then_some("a handler or a style")
}

#[test]
fn unsafe_parts_are_seen() {
    for tag in [
        "script",
        "SCRIPT src=\"x\"",
        "p onclick=\"x\"",
        "a href=\"javascript:x\"",
        "p style=\"x\"",
    ] {
        assert!(unsafe_part(tag).is_some(), "{tag}");
    }
    for tag in [
        "p",
        "/p",
        "a href=\"x\" class=\"external\"",
        "img alt=\"a onclick= b\"",
        "ol start=\"2\"",
    ] {
        assert_eq!(unsafe_part(tag), None, "{tag}");
    }
}

/// Sends a page through the whole chain; whatever is wrong with it, places are right and what is made is safe.
fn check_site(root: &Path, text: &str) -> Result<(), TestCaseError> {
    std::fs::write(root.join("content/a.md"), text).expect("a page can be written");
    let (report, files) = in_memory(root);
    for finding in &report.findings {
        check_finding(finding, &report.files)?;
        let code = finding.code.name();
        // Whatever a page says, our own templates show it.
        let is_ours = matches!(code, "template-syntax" | "template-failed");
        prop_assert!(!is_ours, "{code}");
    }
    for (path, bytes) in &files {
        prop_assert!(
            !path.starts_with('/') && !path.split('/').any(|part| part == ".."),
            "{path}"
        );
        let Some(html) = std::str::from_utf8(bytes)
            .ok()
            .filter(|_| path.ends_with(".html"))
        else {
            continue;
        };
        let control = html
            .chars()
            .find(|c| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}'));
        prop_assert!(control.is_none(), "{control:?} in {path}");
        if report.counts.errors == 0 {
            let ids = ids(html);
            let unique: HashSet<&str> = ids.iter().copied().collect();
            prop_assert_eq!(
                ids.len(),
                unique.len(),
                "an id stands twice in {}: {:?}",
                path,
                ids
            );
        }
        let article = html
            .split("<article data-content>")
            .nth(1)
            .and_then(|rest| rest.split("</article>").next());
        let found = tags(article.unwrap_or_default()).find_map(unsafe_part);
        prop_assert!(found.is_none(), "{found:?} in {path}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        check_parse(&text)?;
    }

    #[test]
    fn any_markdown_is_read_without_a_panic(body in body()) {
        check_parse(&format!("---\ntitle: A\n---\n{body}"))?;
    }

    #[test]
    fn any_front_matter_is_read_without_a_panic(page in page()) {
        check_parse(&page)?;
    }

    #[test]
    fn slugs_are_safe_in_addresses_and_stay_themselves(text in any::<String>()) {
        let once = slug(&text);
        prop_assert!(once.len() <= MAX_SLUG);
        prop_assert!(once.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
        prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"));
        prop_assert_eq!(slug(&once), once.as_str());
        prop_assert_eq!(is_id(&once), (2..=80).contains(&once.len()));
    }

    #[test]
    fn danish_words_keep_all_their_letters(text in "[a-zæøåA-ZÆØÅ0-9]{1,30}") {
        let spelt = text.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
        prop_assert_eq!(slug(&text), spelt);
    }

    #[test]
    fn positions_grow_with_the_offset(text in body(), one in 0..200usize, more in 0..50usize) {
        let (first, second) = (position(&text, one), position(&text, one + more));
        prop_assert!(first <= second && first.line >= 1 && first.column >= 1);
        prop_assert!(second.column <= text.chars().count() + 1);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn any_page_gives_right_places_and_safe_pages(page in page(), body in body()) {
        let site = site("-- content/index.md\n---\ntitle: Forside\n---\n");
        check_site(site.path(), &page)?;
        check_site(site.path(), &format!("---\ntitle: A\nid: aa\n---\n{body}"))?;
    }
}

/// Depth and length that a parser might answer by overflowing its stack or by never ending.
#[test]
fn extreme_shapes_are_answered() {
    let many = |text: &str| text.repeat(20_000);
    let nested_list: String = (0..300)
        .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
        .collect();
    let bodies = [
        many(">"),
        many("["),
        many("*a "),
        many("![a]("),
        "<div>".repeat(1_000),
        many("`a"),
        many("[[a"),
        many("| a "),
        many("\\"),
        many("- "),
        format!("{}\n|{}\n", many("|a"), many("|-")),
        nested_list,
    ];
    let mut text = String::from("-- content/index.md\n---\ntitle: A\n---\n");
    for (number, body) in bodies.iter().enumerate() {
        text.push_str(&format!(
            "-- content/b{number}.md\n---\ntitle: A\n---\n{body}\n"
        ));
    }
    let values = ["[", "{a: ", "- ", "&a [*a, ", "'", "? ", "!!x "];
    for (number, value) in values.iter().enumerate() {
        let value = value.repeat(5_000);
        text.push_str(&format!(
            "-- content/f{number}.md\n---\ntitle: A\nextra: {value}\n---\n"
        ));
    }
    let site = site(&text);
    let checked = vejviser(site.path(), &["check", "-q", "--today", TODAY]);
    assert_eq!(
        checked.status.code(),
        Some(1),
        "{}",
        said(&checked).chars().take(2_000).collect::<String>()
    );
}

/// Cleaning takes time that grows with the square of the depth, so depth must have a limit, as lists and quotes have.
#[test]
fn deep_raw_html_is_a_finding() {
    let page = format!(
        "-- content/index.md\n---\ntitle: A\n---\n{}\n",
        "<div>".repeat(5_000)
    );
    let site = site(&page);
    let checked = vejviser(site.path(), &["check", "--today", TODAY]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).contains("[nesting-too-deep]"));
}
