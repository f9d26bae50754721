//! The search in Rust and the search in the browser are twins: they take the same words from the same text, and put the
//! same pages in the same order for every judged query and for misspelt words.

use super::{Visit, in_browser};
use crate::search::{engine, judged, misspelt};
use crate::support::repository;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use vejviser::search::analysis;

/// The search page, whose engine is asked.
const PAGE: &str = "soeg/index.html";
/// Queries of other kinds than the judged.
const NOBODY_PREPARED: [&str; 39] = [
    "",
    "og i det",
    "a",
    "\"fælles pejlemærker\"",
    "\"pejlemærker fælles\"",
    "\"børn",
    "\"børn\"",
    "\"skolen\" og \"barnet\"",
    "§ 13",
    "§",
    "9.2",
    "6-8 uger",
    "\"6-8 uger\"",
    "\"rejsehoold\"",
    "skole \"rejsehoold\"",
    "\"skolen\"",
    "1.23å 1.2½",
    "10.klasse",
    "36.000",
    "%20",
    "<b>fravær</b>",
    "&amp; &lt;",
    "😀 fravær",
    "constructor __proto__ hasOwnProperty",
    "*?\\/--",
    "skole-hjem-",
    "børne- og",
    "samle op og holde fast",
    "skrive under på aftalen",
    "melde fra",
    "start op",
    "hørt og mødt",
    "staten ",
    "pæd.psyk.",
    "fra\u{ad}vær",
    "ｆｒａｖær 漢字 مرحبا",
    "1.234.567,89 2021/2022",
    "ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord ord fravær",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenundwaisenversicherung skolehjemsamarbejdsudvalget",
];
/// Texts that are taken apart at once.
const TOGETHER: usize = 50_000;

#[test]
fn both_twins_take_every_text_apart_alike() {
    in_browser("/", false, |visit| {
        visit.open(PAGE);
        let mut texts = String::new();
        read_all(&repository().join("content"), &mut texts);
        texts.push_str(include_str!("../../search/odd.txt"));
        let mut rest = texts.as_str();
        while !rest.is_empty() {
            let end = rest
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .find(|at| *at >= TOGETHER)
                .unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            for language in ["da", "en"] {
                let ours = analysis(piece, language);
                let theirs = visit.page.eval(&format!(
                    "(async (engine, text) => {{ await engine.load(engine.language); \
                     const {{ chunks, tokens }} = vejviserSearch.tools; const words = tokens(chunks(text), engine); \
                     return words.map(({{ word, at }}) => `${{at}} ${{word}} ${{engine.stem(word)}} ${{engine.key(word)}}\\n`).join(''); }})({}, {})",
                    opened(language),
                    json!(piece)
                ));
                let theirs = theirs.as_str().unwrap_or_default();
                let differing = ours.lines().zip(theirs.lines()).find(|(a, b)| a != b);
                let counts = (ours.lines().count(), theirs.lines().count());
                let is_same = differing.is_none() && counts.0 == counts.1;
                visit.add(
                    language,
                    (!is_same).then(|| format!("{differing:?}, words {counts:?}")),
                );
            }
            rest = after;
        }
    });
}

fn read_all(folder: &Path, texts: &mut String) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("content can be listed")
        .map(|entry| entry.expect("content can be listed").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read_all(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            texts.push_str(&fs::read_to_string(path).expect("content is UTF-8"));
        }
    }
}

#[test]
fn both_twins_put_pages_in_the_same_order() {
    in_browser("/", false, |visit| {
        for (language, page) in [("da", PAGE), ("en", "en/search/index.html")] {
            visit.open(page);
            visit
                .page
                .eval(&format!("globalThis.vvEngine = {}", opened(language)));
            let engine = engine(language);
            let queries = judged()
                .into_iter()
                .filter(|judged| (judged.category == "engelsk") == (language == "en"));
            let mut queries: Vec<String> = queries
                .map(|judged| judged.query)
                .chain(NOBODY_PREPARED)
                .map(String::from)
                .collect();
            if language == "da" {
                queries.extend(misspelt().into_iter().map(|(_, slipped)| slipped + " "));
            }
            for query in &queries {
                let ours = engine.search(query, 20);
                let ours = json!({
                    "total": ours.total,
                    "isPartial": ours.is_partial,
                    "shown": ours.corrected,
                    "urls": ours.results.iter().map(|hit| &hit.url).collect::<Vec<_>>(),
                    "subs": ours.results.iter().map(|hit| hit.subs.len()).collect::<Vec<_>>(),
                    "first": ours.results.first().map(|hit| hit.snippet.iter().map(|run| json!([run.text, run.is_match])).collect::<Vec<_>>()),
                });
                let theirs = ask(visit, query);
                visit.add(
                    query,
                    (ours != theirs).then(|| format!("Rust {ours}, browser {theirs}")),
                );
            }
        }
    });
}

/// The engine of a language, as the search page opens it.
fn opened(language: &str) -> String {
    format!(
        "(() => {{ const {{ index, guess }} = document.querySelector('[data-search-page]').dataset; \
         return vejviserSearch.open({{ base: index, guess, language: '{language}' }}); }})()"
    )
}

fn ask(visit: &mut Visit, query: &str) -> Value {
    visit.page.eval(&format!(
        "new Promise((resolve, reject) => vvEngine.search({}, {{ limit: 20, failed: reject, done: (found) => resolve({{ \
           total: found.total, isPartial: found.isPartial, shown: found.spelling && found.spelling.shown, urls: found.results.map((hit) => hit.url), \
           subs: found.results.map((hit) => hit.subs.length), \
           first: found.results.length ? found.results[0].snippet.map((run) => [run.text, run.isMatch]) : null }}) }}))",
        json!(query)
    ))
}
