//! `status merge`: one overview of the checklists that many teams have handed in as files.
//!
//! In: the files, and the site where there is one. Out: `overblik.csv`, `overblik.html` and `overblik.json`. A file
//! that cannot be taken in is told of and left out; the others are merged all the same. Nothing is sent anywhere.

use super::build::{build_options, configuration, pool};
use super::console::Console;
use super::{Exit, find_root, root, today};
use crate::config;
use crate::diagnostic::catalogue::harmless;
use crate::fs::{self, Disk, Fs};
use crate::model::checklist;
use crate::model::site::{Page, Site};
use crate::pipeline::{self, Report};
use crate::status::{self, Handed, Kept, Listed, ListedItem, Problem};
use crate::text::nearest::nearest;
use anyhow::{Context, Result};
use clap::ArgMatches;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Merges files.
pub fn status(options: &ArgMatches, console: &Console) -> Result<Exit> {
    match options.subcommand() {
        Some(("merge", options)) => merge(options, &console.clone_with(options)),
        _ => Ok(Exit::Usage),
    }
}

fn merge(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let report = match site(options, console)? {
        Ok(report) => report,
        Err(exit) => return Ok(exit),
    };
    let site = report.as_ref().and_then(Report::site);
    let given = options.get_many::<PathBuf>("files").into_iter().flatten();
    let mut intake = Intake {
        console,
        refused: 0,
    };
    let files = intake.files(given);
    let lists = site.map(lists);
    let handed = intake.fitting(files, site, lists.as_deref());
    intake.tell_joined(&handed);
    let paths: BTreeSet<&PathBuf> = handed.iter().map(|(path, _)| path).collect();
    let count = paths.len();
    let handed = status::join(handed.into_iter().map(|(_, handed)| handed));
    if handed.is_empty() {
        console.say("status_nothing", &[]);
        return Ok(Exit::Findings);
    }
    let lists = lists.unwrap_or_else(|| status::lists_of_files(&handed));
    let kept = Kept {
        notes: options.get_flag("keep-notes"),
        names: options.get_flag("keep-names"),
    };
    let day = today(options).to_string();
    let overview = status::overview(&handed, &lists, kept, &day);
    let output = options.get_one::<PathBuf>("output").cloned();
    let output = output.unwrap_or_default();
    Disk.create_dir_all(&output)
        .with_context(|| format!("cannot make {}", fs::shown(&output)))?;
    let data = format!("{}\n", serde_json::to_string_pretty(&overview)?);
    for (name, text) in [
        ("overblik.csv", status::csv(&overview)),
        (
            "overblik.html",
            status::html(&overview, console.language, &day),
        ),
        ("overblik.json", data),
    ] {
        let path = output.join(name);
        fs::replace(&Disk, &path, text.as_bytes())
            .with_context(|| format!("cannot write {}", fs::shown(&path)))?;
    }
    if console.is_json() {
        console.print(&json!({"overview": overview}).to_string());
    }
    let numbers = [overview.schools.len(), overview.lists.len(), count].map(|n| n.to_string());
    let values = [
        ("output", &*fs::shown(&output)),
        ("schools", &*numbers[0]),
        ("lists", &*numbers[1]),
        ("files", &*numbers[2]),
    ];
    console.tell("status_written", &values);
    Ok(if intake.refused > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// The site at the root that was given, else the one around here; `None` where there is none.
fn site(options: &ArgMatches, console: &Console) -> Result<Result<Option<Report>, Exit>> {
    let is_given = options.contains_id("root");
    let here = std::env::current_dir()?;
    if !is_given && find_root(&here).is_none() {
        console.tell("status_no_site", &[("file", config::FILE_NAME)]);
        return Ok(Ok(None));
    }
    let root = root(options)?;
    let Some(config) = configuration(&root, console)? else {
        return Ok(Err(Exit::Usage));
    };
    let Some(build) = build_options(options, console) else {
        return Ok(Err(Exit::Usage));
    };
    let report = pool(options)?.install(|| pipeline::check(&Disk, &root, &config, &build))?;
    if report.counts.errors > 0 {
        console.say("status_site_errors", &[]);
    }
    Ok(Ok(Some(report)))
}

/// Every list that readers of the site can answer, in the order of the site.
fn lists(site: &Site) -> Vec<Listed> {
    let pages = site.pages.iter().filter(|page| page.fragment.is_none());
    pages.filter_map(|page| listed(site, page)).collect()
}

fn listed(site: &Site, page: &Page) -> Option<Listed> {
    let items: Vec<ListedItem> = checklist::items(site, page)
        .iter()
        .map(|ticked| ListedItem {
            id: ticked.id.to_string(),
            text: ticked.item.text.clone(),
            section: ticked.section.to_string(),
            was: ticked.item.was.clone(),
        })
        .collect();
    let answers = checklist::declared(site, page).map(|list| list.answers);
    let is_list = answers.is_some() || !items.is_empty();
    is_list.then(|| Listed {
        id: checklist::name(page).to_string(),
        title: page.title.to_string(),
        answers: answers.unwrap_or_default(),
        items,
    })
}

/// Takes files in, and tells of every one that cannot be.
struct Intake<'a> {
    console: &'a Console,
    refused: usize,
}

impl Intake<'_> {
    /// Everything the files hold, with the path each came from.
    fn files<'p>(&mut self, given: impl Iterator<Item = &'p PathBuf>) -> Vec<(PathBuf, Handed)> {
        let mut paths: Vec<PathBuf> = Vec::new();
        for path in given {
            match Disk.names(path) {
                Ok(names) => {
                    let is_json = |name: &&std::ffi::OsString| {
                        let ending = Path::new(name).extension();
                        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
                    };
                    let names = names.iter().filter(is_json);
                    paths.extend(names.map(|name| path.join(name)));
                }
                Err(_) => paths.push(path.clone()),
            }
        }
        let real = |path: &PathBuf| Disk.canonicalize(path).unwrap_or_else(|_| path.clone());
        paths.sort_by_cached_key(|path| (real(path), path.clone()));
        paths.dedup_by_key(|path| real(path));
        let mut found = Vec::new();
        for path in &paths {
            let name = school_name(path, &paths);
            if let Some(handed) = self.file(path, &name) {
                found.extend(handed.into_iter().map(|handed| (path.clone(), handed)));
            }
        }
        found
    }

    fn file(&mut self, path: &Path, name: &str) -> Option<Vec<Handed>> {
        let bytes = match Disk.read(path, status::LARGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                let entry = match error.kind() {
                    std::io::ErrorKind::FileTooLarge => "status_too_large",
                    _ => "status_unreadable",
                };
                self.refuse(entry, path, &[]);
                return None;
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            self.refuse("status_wrong_format", path, &[]);
            return None;
        };
        match status::read(&text, name) {
            Ok(handed) => Some(handed),
            Err(Problem::Format) => {
                self.refuse("status_wrong_format", path, &[]);
                None
            }
            Err(Problem::Newer(version)) => {
                self.refuse("status_newer", path, &[("version", &version.to_string())]);
                None
            }
        }
    }

    /// What belongs to the site, or to the one that most of the files are from.
    fn fitting(
        &mut self,
        files: Vec<(PathBuf, Handed)>,
        site: Option<&Site>,
        lists: Option<&[Listed]>,
    ) -> Vec<(PathBuf, Handed)> {
        let expected = match site {
            Some(site) => site.config.id.clone(),
            None => most_frequent(&files),
        };
        let mut fitting = Vec::new();
        let mut told = BTreeSet::new();
        for (path, handed) in files {
            if handed.site != expected {
                // A collection of another site is told once, not list by list.
                if told.insert((path.clone(), handed.site.clone())) {
                    let values = [("site", &*handed.site), ("expected", &*expected)];
                    self.refuse("status_wrong_site", &path, &values);
                }
                continue;
            }
            let known = lists.map(|lists| lists.iter().map(|list| list.id.as_str()));
            if let Some(mut known) =
                known.filter(|known| !known.clone().any(|id| id == handed.list))
            {
                let near = nearest(&handed.list, known.by_ref());
                let entry = match near {
                    Some(_) => "status_wrong_list_nearest",
                    None => "status_wrong_list",
                };
                let values = [
                    ("list", &*handed.list),
                    ("nearest", near.unwrap_or_default()),
                ];
                self.refuse(entry, &path, &values);
                continue;
            }
            self.warn_of_persons(&path, &handed);
            fitting.push((path, handed));
        }
        fitting
    }

    /// Names the place, never the number.
    fn warn_of_persons(&self, path: &Path, handed: &Handed) {
        let warn = |field: &str, text: &str| {
            if status::looks_like_person(text) {
                self.tell("status_person", "warning", path, &[("field", field)]);
            }
        };
        for (id, round) in &handed.rounds {
            warn(&format!("{id}: name"), &round.name);
            for (field, (_, text)) in &round.fields {
                warn(&format!("{id}: {field}"), text);
                warn(&format!("{id}: fields"), field);
            }
            for (item, entry) in &round.items {
                for (field, text) in [
                    ("note", &entry.note),
                    ("who", &entry.who),
                    ("text", &entry.text),
                ] {
                    warn(&format!("{id}: {item}: {field}"), text);
                }
                warn(&format!("{id}: items"), item);
            }
        }
    }

    /// Which teams handed in a list more than once.
    fn tell_joined(&self, handed: &[(PathBuf, Handed)]) {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (_, handed) in handed {
            *counts.entry((&handed.school, &handed.list)).or_default() += 1;
        }
        for ((school, list), count) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let values = [
                ("school", &*harmless(school)),
                ("list", &*harmless(list)),
                ("count", &*count.to_string()),
            ];
            self.say("status_joined", "note", &values);
        }
    }

    fn refuse(&mut self, entry: &str, path: &Path, values: &[(&str, &str)]) {
        self.refused += 1;
        self.tell(entry, "error", path, values);
    }

    fn tell(&self, entry: &str, severity: &str, path: &Path, values: &[(&str, &str)]) {
        let path = fs::shown(path);
        let mut all = vec![("path", &*path)];
        all.extend(values);
        self.say(entry, severity, &all);
    }

    /// As findings are told; a number in a file's name is hidden too.
    fn say(&self, entry: &str, severity: &str, values: &[(&str, &str)]) {
        let hidden: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| (*name, harmless(&status::masked(value))))
            .collect();
        let values: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let message = self.console.sentence(entry, &values);
        if self.console.is_json() {
            let code = entry.trim_start_matches("status_").replace('_', "-");
            let mut told = json!({"code": code, "severity": severity, "message": message});
            for (name, value) in values {
                told[name] = value.into();
            }
            self.console.print(&told.to_string());
            return;
        }
        let word = self.console.sentence(severity, &[]);
        let line = [("severity", &*word), ("message", &*message)];
        match severity {
            "note" => self.console.tell("status_line", &line),
            _ => self.console.say("status_line", &line),
        }
    }
}

/// A team is called what its file is; where two files in different folders have one name, the folder's name tells them
/// apart.
fn school_name(path: &Path, all: &[PathBuf]) -> String {
    let stem = |path: &Path| {
        let stem = path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    };
    let own = stem(path);
    let is_alone = all.iter().filter(|other| stem(other) == own).count() == 1;
    let folder = path.parent().and_then(Path::file_name);
    match folder.filter(|_| !is_alone) {
        Some(folder) => format!("{} – {own}", folder.to_string_lossy()),
        None => own,
    }
}

/// The site that most of the files are from; of several, the first by name.
fn most_frequent(files: &[(PathBuf, Handed)]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, handed) in files {
        *counts.entry(&handed.site).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(String::new(), |(site, _)| site.to_string())
}
