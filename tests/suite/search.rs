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

/// The queries the search was made with.
pub fn judged() -> Vec<Judged> {
    read(include_str!("../search/judged.txt"))
}

fn read(list: &'static str) -> Vec<Judged> {
    let lines = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let judged = |line: &'static str| {
        let mut fields = line.split(" | ");
        let mut next = || fields.next().expect("three fields").trim();
        let (category, query, pages) = (next(), next(), next());
        Judged {
            category,
            query,
            pages: pages.split(' ').filter(|page| *page != "-").collect(),
        }
    };
    lines.map(judged).collect()
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

/// Danish words of the judged queries, without those that are misspelt already, each with one slip of the finger.
pub fn misspelt() -> Vec<(&'static str, String)> {
    let queries = judged().into_iter().filter(|judged| {
        !["engelsk", "negativ", "stavefejl", "uden_aeoeaa", "praefiks"].contains(&judged.category)
    });
    let mut words: Vec<&str> = queries
        .flat_map(|judged| judged.query.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= 5)
        .collect();
    words.sort_unstable();
    words.dedup();
    let slips = words.iter().enumerate();
    slips.map(|(at, word)| (*word, slip(word, at))).collect()
}

/// A letter left out, two that changed places, one twice or another vowel, by turns and not at the beginning.
fn slip(word: &str, turn: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + turn * 7 % (letters.len() - 2);
    match turn % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.swap(at, at + 1),
        2 => letters.insert(at, letters[at]),
        _ => {
            let vowel = letters
                .iter()
                .skip(1)
                .position(|c| "aeiouyæøå".contains(*c));
            let at = vowel.map_or(at, |vowel| vowel + 1);
            letters[at] = if letters[at] == 'e' { 'i' } else { 'e' };
        }
    }
    letters.into_iter().collect()
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
    let mean = mean_reciprocal_rank(judged());
    assert!(mean >= 0.9, "mean reciprocal rank {mean:.3}");
}

/// Four of ten are whole questions or in words that the pages do not use, so less is reached than with the others.
#[test]
fn queries_written_without_sight_of_the_search_lead_to_their_pages() {
    let mean = mean_reciprocal_rank(read(include_str!("../search/unseen.txt")));
    assert!(mean >= 0.76, "mean reciprocal rank {mean:.3}");
}

/// Asks every query, prints what fails, and that nothing is found where nothing may be.
fn mean_reciprocal_rank(queries: Vec<Judged>) -> f64 {
    let engines = [engine("da"), engine("en")];
    let mut reached: BTreeMap<&str, Reached> = BTreeMap::new();
    let mut negatives = Vec::new();
    for judged in queries {
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
    mean
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

#[test]
fn a_slip_of_the_finger_is_put_right() {
    let engine = engine("da");
    let is_known = |word: &&(&str, String)| engine.search(word.0, 1).corrected.is_none();
    let misspelt = misspelt();
    let (mut count, mut missed) = (0, Vec::new());
    for (word, slipped) in misspelt.iter().filter(is_known) {
        // A blank ends the word, else it may go on.
        let found = engine.search(&format!("{slipped} "), 10);
        let right = engine.search(&format!("{word} "), 10);
        if found.corrected.is_none() && found.total > 0 {
            continue; // the slip made another word of the site
        }
        count += 1;
        let first = right.results.first().map(|hit| &hit.url);
        if !found.results.iter().any(|hit| Some(&hit.url) == first) {
            missed.push(format!("{slipped} for {word}: {:?}", found.corrected));
        }
    }
    println!("{} of {count} missed: {missed:#?}", missed.len());
    assert!(count > 100, "{count} words are too few");
    assert!(missed.len() * 8 <= count, "{missed:#?}");
}

#[test]
fn short_words_are_put_right_too_and_forms_of_verbs_are_no_slips() {
    let engine = engine("da");
    let corrected = |query: &str| engine.search(query, 1).corrected;
    for (slipped, word) in [
        ("vjle ", "vejle"),
        ("kgøe ", "køge"),
        ("fravr ", "fravær"),
        ("elver ", "eleverne"),
    ] {
        assert_eq!(corrected(slipped).as_deref(), Some(word), "{slipped}");
    }
    for form in ["hørt ", "mødt "] {
        let found = engine.search(form, 1);
        assert!(found.corrected.is_none() && found.total > 0, "{form}");
    }
}
