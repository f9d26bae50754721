//! The search of the repository's own site, judged: `tests/search/judged.txt` names the pages that answer each query.
//!
//! `VEJVISER_SEARCH_ROOT` names another site to judge by the same queries; failures are printed, so that
//! `cargo test --test suite -- search::judged --nocapture` shows what to look at.

use crate::support::{TODAY, repository};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vejviser::fs::Disk;
use vejviser::pipeline::{BuildOptions, SearchEngine, search_engine};
use vejviser::plan::PlanOptions;

/// A query with the pages that answer it.
pub struct Judged {
    pub category: &'static str,
    pub query: &'static str,
    pages: Vec<&'static str>,
}

pub fn judged() -> Vec<Judged> {
    let lines = include_str!("../search/judged.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    let read = |line: &'static str| {
        let mut fields = line.split(" | ");
        let mut next = || fields.next().expect("three fields").trim();
        let (category, query, pages) = (next(), next(), next());
        Judged {
            category,
            query,
            pages: pages.split(' ').filter(|page| *page != "-").collect(),
        }
    };
    lines.map(read).collect()
}

pub fn engine(language: &str) -> SearchEngine {
    let root = std::env::var_os("VEJVISER_SEARCH_ROOT")
        .map_or_else(|| repository().to_path_buf(), PathBuf::from);
    let config = vejviser::discover::read_config(&Disk, &root)
        .expect("the site can be read")
        .expect("a configuration");
    let options = BuildOptions {
        today: vejviser::text::date::parse(TODAY).expect("a date"),
        with_drafts: false,
        is_strict: false,
        plan: PlanOptions::default(),
    };
    let (_, engine) = search_engine(&Disk, &root, &config, &options, Some(language))
        .expect("the site can be read");
    engine.expect("the site has pages in the language")
}

/// What a list of queries reached: reciprocal ranks, and whether anything was found.
#[derive(Default)]
struct Reached {
    count: usize,
    ranks: f64,
    nothing: usize,
}

#[test]
fn judged_queries_lead_to_their_pages() {
    let engines = [engine("da"), engine("en")];
    let mut reached: BTreeMap<&str, Reached> = BTreeMap::new();
    let mut negatives = Vec::new();
    for judged in judged() {
        let engine = &engines[usize::from(judged.category == "engelsk")];
        let results = engine.search(judged.query, 10);
        if judged.category == "negativ" {
            if results.total > 2 {
                negatives.push((judged.query, results.total));
            }
            continue;
        }
        let is_right = |url: &str| judged.pages.iter().any(|page| url.starts_with(page));
        let rank = results.results.iter().position(|hit| is_right(&hit.url));
        if rank != Some(0) {
            let first: Vec<&str> = results
                .results
                .iter()
                .take(3)
                .map(|hit| &*hit.url)
                .collect();
            let rank = rank.map_or("-".to_string(), |rank| (rank + 1).to_string());
            println!(
                "{rank:>2} {} | {} | {}",
                judged.category,
                judged.query,
                first.join(" ")
            );
        }
        let reached = reached.entry(judged.category).or_default();
        reached.count += 1;
        reached.ranks += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        reached.nothing += usize::from(results.total == 0);
    }
    for (category, reached) in &reached {
        println!(
            "{category:<18} {:>3}  {:.3}  {}",
            reached.count,
            reached.ranks / reached.count as f64,
            reached.nothing
        );
    }
    let count: usize = reached.values().map(|reached| reached.count).sum();
    let mean = reached.values().map(|reached| reached.ranks).sum::<f64>() / count as f64;
    println!("all {count} {mean:.3}");
    assert!(negatives.is_empty(), "{negatives:?}");
    assert!(mean >= 0.9, "mean reciprocal rank {mean:.3}");
}

#[test]
fn what_is_quoted_is_found_as_written_and_not_guessed_at() {
    let engine = engine("da");
    let total = |query: &str| engine.search(query, 10).total;
    assert!(total("\"6-8 uger\"") > 0);
    assert!(total("\"fælles pejlemærker\"") > 0);
    assert!(total("rejsehoold") > 0);
    assert_eq!(total("\"rejsehoold\""), 0);
    assert_eq!(total("\"pejlemærker fælles\""), 0);
}
