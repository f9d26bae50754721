//! `search`: the site's own search on the command line, in the same order as on the search page.

use super::build::{build_options, configuration, pool};
use super::console::Console;
use super::{Exit, root};
use crate::fs::Disk;
use crate::pipeline::{self, SearchHit, SearchResults, SearchRun};
use anyhow::Result;
use clap::ArgMatches;
use serde_json::{Value, json};

/// Searches the site as it is in its folder now.
pub fn search(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    let Some(config) = configuration(&root, console)? else {
        return Ok(Exit::Usage);
    };
    let Some(build) = build_options(options, console) else {
        return Ok(Exit::Usage);
    };
    let limit = options
        .get_one::<u16>("limit")
        .map_or(10, |limit| usize::from(*limit));
    let language = options.get_one::<String>("language").map(String::as_str);
    let query = options
        .get_one::<String>("query")
        .map_or("", String::as_str);
    let (report, engine) = pool(options)?
        .install(|| pipeline::search_engine(&Disk, &root, &config, &build, language))?;
    let Some(engine) = engine else {
        // Without a configuration that can be read there is nothing to search; in a language it lacks, neither.
        console.findings(&report);
        if let Some(language) = language.filter(|_| !report.language.is_empty()) {
            console.say("search_language", &[("language", language)]);
        }
        return Ok(Exit::Usage);
    };
    let results = engine.search(query, limit);
    let is_explained = options.get_flag("explain");
    if console.is_json() {
        console.print(&as_json(&results, is_explained).to_string());
    } else {
        console.print(as_text(&results, is_explained, console).trim_end());
    }
    report.workings.leave();
    Ok(Exit::Clean)
}

fn as_text(results: &SearchResults, is_explained: bool, console: &Console) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        text.push_str(&crate::diagnostic::catalogue::harmless(words));
        text.push('\n');
    };
    if is_explained {
        for word in &results.explained {
            let taken: Vec<String> = word
                .taken_for
                .iter()
                .take(8)
                .map(|(name, weight)| format!("{name} {weight:.2}"))
                .collect();
            line(&format!(
                "{} ({:.2}): {}",
                word.word,
                word.weight,
                taken.join(", ")
            ));
        }
    }
    if let Some(corrected) = &results.corrected {
        line(&console.sentence("search_corrected", &[("words", corrected)]));
    }
    line(&console.sentence("search_total", &[("count", &results.total.to_string())]));
    if results.is_partial {
        line(&console.sentence("search_partial", &[]));
    }
    for (at, hit) in results.results.iter().enumerate() {
        let score = if is_explained {
            format!("  {:.3}", hit.score)
        } else {
            String::new()
        };
        line(&format!("{}. {}{score}", at + 1, titles(hit)));
        line(&format!("   {}", hit.url));
        line(&format!("   {}", words(&hit.snippet)));
        for sub in &hit.subs {
            line(&format!("   – {}  {}", sub.title, sub.url));
        }
    }
    text
}

fn titles(hit: &SearchHit) -> String {
    match &hit.heading {
        Some(heading) => format!("{} – {heading}", hit.title),
        None => hit.title.clone(),
    }
}

fn words(runs: &[SearchRun]) -> String {
    runs.iter()
        .map(|run| {
            if run.is_match {
                format!("«{}»", run.text)
            } else {
                run.text.clone()
            }
        })
        .collect()
}

fn as_json(results: &SearchResults, is_explained: bool) -> Value {
    let runs = |runs: &[SearchRun]| -> Vec<Value> {
        runs.iter()
            .map(|run| json!({"text": run.text, "isMatch": run.is_match}))
            .collect()
    };
    let hits: Vec<Value> = results
        .results
        .iter()
        .map(|hit| {
            let subs: Vec<Value> = hit
                .subs
                .iter()
                .map(|sub| json!({"url": sub.url, "title": sub.title, "kind": sub.kind.name(), "snippet": runs(&sub.snippet)}))
                .collect();
            json!({
                "url": hit.url, "title": hit.title, "kind": hit.kind.name(), "pageKind": hit.page_kind, "trail": hit.trail,
                "heading": hit.heading, "score": hit.score, "snippet": runs(&hit.snippet), "subs": subs,
            })
        })
        .collect();
    let mut whole = json!({
        "query": results.query, "total": results.total, "isPartial": results.is_partial, "shown": results.corrected, "dropped": results.dropped, "results": hits,
    });
    if is_explained {
        whole["words"] = results
            .explained
            .iter()
            .map(|word| {
                let taken: Vec<Value> = word
                    .taken_for
                    .iter()
                    .map(|(name, weight)| json!({"word": name, "weight": weight}))
                    .collect();
                json!({"word": word.word, "weight": word.weight, "takenFor": taken})
            })
            .collect();
    }
    whole
}
