//! CommonMark 0.31.2 and the extensions we read, section by section, through the whole program.
//!
//! One site holds a page for each case; it is built once, and each page's `<article data-content>` is compared.
//! The specification's own HTML, but for what is ours: headings have ids and begin at `h2`, code blocks can be
//! scrolled by keyboard, tables stand in a frame, links to other hosts carry a class, relative links are resolved.

mod blocks;
mod inlines;
mod links;

use crate::support::{TODAY, said, site, vejviser};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::sync::LazyLock;

/// Markdown, and the HTML it gives.
pub type Case = (&'static str, &'static str);

const SECTIONS: &[&[Case]] = &[
    blocks::TABS,
    blocks::PRECEDENCE,
    blocks::BREAKS,
    blocks::ATX_HEADINGS,
    blocks::SETEXT_HEADINGS,
    blocks::INDENTED_CODE,
    blocks::FENCED_CODE,
    links::DEFINITIONS,
    blocks::PARAGRAPHS,
    blocks::QUOTES,
    blocks::LIST_ITEMS,
    blocks::LISTS,
    inlines::HTML_BLOCKS,
    inlines::CODE_SPANS,
    inlines::EMPHASIS,
    links::LINKS,
    links::IMAGES,
    links::IMAGES_WITH_MARKUP,
    links::TITLES,
    links::AUTOLINKS,
    inlines::RAW_HTML,
    inlines::LINE_BREAKS,
    inlines::ENTITIES,
    inlines::ESCAPES,
    inlines::EXTENSIONS,
];

/// What stands in the article of each Markdown text's page.
static ARTICLES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let cases = || SECTIONS.iter().copied().flatten().enumerate();
    let mut text = String::from(
        "-- vejviser.yaml\nid: commonmark\ntitle: CommonMark\nbase_url: https://eksempel.dk/\nraw_html: allow\n\
         -- content/index.md\n---\ntitle: Forside\n---\n\
         -- content/t/index.md\n---\ntitle: Sider\n---\n\
         -- content/t/billede.png\nikke et billede\n\
         -- content/t/andet.png\nikke et billede\n\
         -- content/t/naboside.md\n---\ntitle: Nabo\n---\n## Afsnit\n",
    );
    for (number, (markdown, _)) in cases() {
        write!(
            text,
            "-- content/t/p{number}.md\n---\ntitle: Side\n---\n{markdown}\n"
        )
        .expect("writing to a string cannot fail");
    }
    let folder = site(&text);
    let built = vejviser(folder.path(), &["build", "--today", TODAY, "-q"]);
    assert!(built.status.success(), "{}", said(&built));
    let read = |number: usize| {
        let path = folder.path().join(format!("output/t/p{number}/index.html"));
        let html = fs::read_to_string(path).expect("every case has its page");
        let (_, rest) = html
            .split_once("<article data-content>")
            .expect("an article");
        let (article, _) = rest.rsplit_once("</article>").expect("an article's end");
        article.to_string()
    };
    cases()
        .map(|(number, (markdown, _))| (*markdown, read(number)))
        .collect()
});

/// Expected HTML with its shorthand written out.
fn read(expected: &str) -> String {
    expected
        .replace(
            "<pre><code",
            "<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"Kodeeksempel\"><code",
        )
        .replace(" ext>", " class=\"external\" rel=\"noopener\">")
        .replace("<img ", "<img src=\"../billede.png\" ")
        .replace(
            "<table 1>",
            "<div class=\"table-frame\" tabindex=\"0\" role=\"region\" aria-label=\"Tabel: Side\"><table>",
        )
}

/// Without the blanks around blocks, which a reader never sees; inside `pre` all stays.
fn normal(html: &str) -> String {
    const BLOCKS: &str =
        " p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr div table thead tbody tr th td section ";
    let mut out = String::new();
    let mut rest = html;
    let mut in_pre = false;
    while let Some(open) = rest.find('<') {
        let end = rest[open..]
            .find('>')
            .map_or(rest.len(), |at| open + at + 1);
        let tag = &rest[open..end];
        let name = tag
            .trim_start_matches(['<', '/'])
            .split([' ', '>', '\n'])
            .next()
            .unwrap_or_default();
        let is_block = !name.is_empty() && BLOCKS.contains(&format!(" {name} "));
        out.push_str(&rest[..open]);
        if is_block && !in_pre {
            out.truncate(out.trim_end().len());
        }
        out.push_str(tag);
        rest = &rest[end..];
        if name == "pre" {
            in_pre = !tag.starts_with("</");
        }
        if is_block && !in_pre {
            rest = rest.trim_start();
        }
    }
    out.push_str(rest);
    out.trim().to_string()
}

#[track_caller]
fn check(section: &[Case]) {
    let mut wrong = String::new();
    for (markdown, expected) in section {
        let found = normal(&ARTICLES[markdown].replace(" loading=\"lazy\" decoding=\"async\"", ""));
        let expected = normal(&read(expected));
        if found != expected {
            write!(
                wrong,
                "\n{markdown:?}\n  expected {expected:?}\n  found    {found:?}\n"
            )
            .expect("writing to a string cannot fail");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn tabs() {
    check(blocks::TABS);
}

#[test]
fn precedence() {
    check(blocks::PRECEDENCE);
}

#[test]
fn thematic_breaks() {
    check(blocks::BREAKS);
}

#[test]
fn atx_headings() {
    check(blocks::ATX_HEADINGS);
}

#[test]
fn setext_headings() {
    check(blocks::SETEXT_HEADINGS);
}

#[test]
fn indented_code() {
    check(blocks::INDENTED_CODE);
}

#[test]
fn fenced_code() {
    check(blocks::FENCED_CODE);
}

#[test]
fn html_blocks() {
    check(inlines::HTML_BLOCKS);
}

#[test]
fn link_reference_definitions() {
    check(links::DEFINITIONS);
}

#[test]
fn paragraphs_and_blank_lines() {
    check(blocks::PARAGRAPHS);
}

#[test]
fn block_quotes() {
    check(blocks::QUOTES);
}

#[test]
fn list_items() {
    check(blocks::LIST_ITEMS);
}

#[test]
fn lists() {
    check(blocks::LISTS);
}

#[test]
fn code_spans() {
    check(inlines::CODE_SPANS);
}

#[test]
fn emphasis() {
    check(inlines::EMPHASIS);
}

#[test]
fn links() {
    check(links::LINKS);
}

#[test]
fn link_titles() {
    check(links::TITLES);
}

#[test]
fn images() {
    check(links::IMAGES);
}

#[test]
fn markup_in_alternative_texts() {
    check(links::IMAGES_WITH_MARKUP);
}

#[test]
fn autolinks() {
    check(links::AUTOLINKS);
}

#[test]
fn raw_html() {
    check(inlines::RAW_HTML);
}

#[test]
fn hard_and_soft_breaks() {
    check(inlines::LINE_BREAKS);
}

#[test]
fn entities() {
    check(inlines::ENTITIES);
}

#[test]
fn backslash_escapes() {
    check(inlines::ESCAPES);
}

#[test]
fn tables_footnotes_and_strikethrough() {
    check(inlines::EXTENSIONS);
}

#[test]
fn the_set_is_large_and_each_case_stands_once() {
    let cases = SECTIONS.iter().copied().flatten().count();
    assert!(cases >= 90, "{cases} cases");
    assert_eq!(cases, ARTICLES.len(), "a Markdown text stands twice");
}
