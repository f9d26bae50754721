//! The site's search: an index that a browser reads piece by piece, and the same search for the command line.
//!
//! In: the site. Out: files for a sink, one set for each language, all of them classic scripts, so that they load from a
//! folder as well as from a server. Pure; never parses our own HTML: what can be found is what `parse` noted in its one
//! walk. `themes/standard/static/search.js`, with `search-guess.js`, is the twin of `stem`, `tokens`, `query`, `lookup`, `rank`
//! and `snippet`.

mod collect;
mod compounds;
mod count;
mod distance;
mod engine;
mod files;
mod forms;
mod index;
mod lookup;
mod query;
mod rank;
mod snippet;
mod stem;
mod synonyms;
mod tokens;
mod vocabulary;
mod words;

pub use collect::SectionKind;
pub use engine::{Engine, Explained, Hit, Results, Sub};
pub use snippet::Run;

use crate::model::output::Sink;
use crate::model::site::Site;
use std::sync::Mutex;

/// Makes the index files of every language.
///
/// # Errors
/// When the sink cannot keep a file.
pub fn search(site: &Site, sink: &dyn Sink) -> anyhow::Result<()> {
    let hash = files::hash(site);
    for language in 0..site.languages.len() {
        let files = files::Files::new(site, language, &hash, sink);
        let index = index::build(site, language, &|group, pages| files.texts(group, &pages));
        files.finish(&index)?;
    }
    Ok(())
}

/// The search of one language, in memory.
pub fn engine(site: &Site, language: usize) -> Engine {
    let kept = Mutex::new(Vec::new());
    let text_bytes = files::text_bytes(site);
    let index = index::build(site, language, &|group, pages| {
        let counts = files::counts(&pages, text_bytes);
        kept.lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push((group, pages));
        counts
    });
    let mut kept = kept
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    kept.sort_by_key(|(group, _)| *group);
    let pages = kept.into_iter().flat_map(|(_, pages)| pages).collect();
    Engine::new(index, pages)
}

/// How a text is analysed, a word a line: the word, its stem and its key. For comparing with the browser.
pub fn analysis(text: &str, language: &str) -> String {
    let stemmer = stem::Stemmer::of(language);
    let mut lines = String::new();
    tokens::Tokenizer::new(language).each(text, |word, chunk, _| {
        let stem = stemmer.stem(word);
        let key = stem::fold(&stem);
        lines.push_str(&format!("{chunk} {word} {stem} {key}\n"));
    });
    lines
}
