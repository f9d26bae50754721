//! Terms in running text: whatever an author writes, a glossary adds links and full forms, and changes nothing else.
//! Where terms and sources are told of, no list of those who use them is without end.
//!
//! Random pages are built twice, with terms that are linked and with the same terms never linked. Without the links
//! and what they spell out, the two must be the same bytes.

use crate::support::{in_memory, site};
use proptest::prelude::*;
use proptest::sample::select;

/// Words of the glossary and what else means something to Markdown.
const PIECES: &str = "hold¦Hold¦hold ¦ hold ¦fælles hold¦fælles\nhold ¦fælles ¦PPR¦ PPR ¦ppr¦pædagogisk rådgivning¦ord ¦-¦. \
     ¦\n¦\n\n¦\n\n## ¦\n\n### Hold\n\n¦\n\n> ¦\n> ¦\n\n> [!law] hold\n> ¦\n\n> [!quote]\n> ¦\n- ¦\n- [ ] ¦\n  ¦ {#hold role=x}\n\
     ¦*¦**¦_¦~~¦`¦```\n¦\n    ¦| hold | PPR |\n|--|--|\n| ¦ | ¦\n\n[^1]: ¦[^1]¦[¦]¦[hold](a.md)¦[[hold]]¦[[ppr|PPR]]¦![hold](x.png)\
     ¦[@x]¦[=x]¦<https://hold.dk>¦[@<https://x.dk>]¦[!<hold@x.dk>]¦&amp;¦&shy;¦&nbsp;¦\\¦\\*¦<b>¦</b>¦<a href=\"x\">¦</a>¦<div>\n\n¦</div>\n\n\
     ¦<br>¦<details>\n<summary>hold</summary>\n\n¦</details>¦<!-- hold -->¦<p>¦\r\n¦\u{ad}¦\u{301}¦é¦»¦👩‍👧¦\t¦/";

/// What the glossary adds after an abbreviation.
const ADDED: &str = " (pædagogisk rådgivning)";

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES.split('¦').collect::<Vec<_>>()), 0..40)
        .prop_map(|parts| parts.concat())
}

/// The articles of a site with these bodies.
fn articles(bodies: &[String], autolink: &str) -> Vec<String> {
    let term = |id: &str, keys: &str| {
        format!(
            "-- content/begreber/{id}.md\n---\nkind: term\nid: {id}\ndefinition: Et ord.\nautolink: {autolink}\n{keys}\n---\n"
        )
    };
    let root = site(&format!(
        "-- content/index.md\n---\ntitle: Forside\n---\n-- content/begreber/index.md\n---\ntitle: Begreber\n---\n{}{}{}",
        term("hold", "title: Hold"),
        term("faelles", "title: Fælles hold"),
        term("ppr", "title: Pædagogisk rådgivning\nabbreviations: [PPR]"),
    ));
    for (number, body) in bodies.iter().enumerate() {
        let page = format!("---\ntitle: A\nid: side-{number}\n---\n{body}");
        std::fs::write(root.path().join(format!("content/s{number}.md")), page)
            .expect("a page can be written");
    }
    let (_, made) = in_memory(root.path());
    let article = |number: usize| {
        let bytes = &made[&format!("s{number}/index.html")];
        let html = std::str::from_utf8(bytes).expect("pages are UTF-8");
        let (_, rest) = html
            .split_once("<article data-content>")
            .expect("each page has an article");
        let (article, _) = rest.split_once("</article>").expect("it ends");
        article.to_string()
    };
    (0..bodies.len()).map(article).collect()
}

/// An article without its links to terms and what they spell out.
fn unlinked(html: &str) -> Result<String, TestCaseError> {
    let mut out = String::new();
    let mut rest = html;
    let mut open_links = 0;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        rest = &rest[end..];
        if tag.starts_with("<a ") && tag.ends_with(" class=\"term\">") {
            prop_assert_eq!(open_links, 0, "a link in a link: {}", html);
            let (words, after) = rest.split_once("</a>").unwrap_or((rest, ""));
            prop_assert!(!words.contains('<'), "markup in a term: {}", html);
            out.push_str(words);
            rest = after.strip_prefix(ADDED).unwrap_or(after);
            continue;
        }
        open_links += i32::from(tag.starts_with("<a ") || tag == "<a>");
        open_links -= i32::from(tag == "</a>");
        out.push_str(tag);
    }
    out.push_str(rest);
    Ok(out)
}

#[test]
fn an_entry_lists_so_many_pages_and_counts_the_rest() {
    let root = site(
        "-- content/index.md\n---\ntitle: Forside\n---\n-- content/begreber/index.md\n---\ntitle: Begreber\n---\n\
         -- content/begreber/hold.md\n---\nkind: term\nid: hold\ntitle: Hold\ndefinition: Et ord.\n---\n\
         -- content/kilder/index.md\n---\ntitle: Kilder\n---\n\
         -- content/kilder/bog.md\n---\nkind: source\nid: bog\ntitle: Bog\nsource_type: research\n\
         publisher: P\ndated: 2020\naccess: seen\n---\n-- content/sider/index.md\n---\ntitle: Sider\n---\n",
    );
    for number in 0..51 {
        let page = format!("---\ntitle: Side {number}\nsources: [bog]\n---\nEt hold.\n");
        std::fs::write(
            root.path().join(format!("content/sider/s{number}.md")),
            page,
        )
        .expect("a page can be written");
    }
    let (_, made) = in_memory(root.path());
    for page in ["begreber/index.html", "kilder/index.html"] {
        let html = std::str::from_utf8(&made[page]).expect("pages are UTF-8");
        assert_eq!(html.matches("href=\"../sider/s").count(), 50, "{page}");
        assert!(html.contains("Og én anden"), "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_glossary_adds_links_and_changes_no_word(bodies in prop::collection::vec(body(), 1..60)) {
        let (linked, plain) = (articles(&bodies, "first"), articles(&bodies, "never"));
        for ((linked, plain), body) in linked.iter().zip(&plain).zip(&bodies) {
            prop_assert_eq!(unlinked(linked)?, unlinked(plain)?, "{:?}", body);
        }
    }
}
