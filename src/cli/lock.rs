//! `lock`: remembers the site's addresses and the items of its checklists, so that none of them vanishes unseen.
//!
//! In: the site as `check` finds it, and the addresses and items that may be forgotten. Out: `vejviser.lock`, whole or as it was.
//! While there are errors nothing is written: what a broken site is remembered by would be wrong.

mod lists;

use super::build::{build_options, configuration, pool};
use super::console::Console;
use super::{Exit, root};
use crate::diagnostic::catalogue::harmless;
use crate::diagnostic::{Code, Counts};
use crate::fs::{self, Disk};
use crate::lock;
use crate::model::lock::{FILE_NAME, LockedAs};
use crate::pipeline::{self, Report};
use anyhow::{Context, Result};
use clap::ArgMatches;
use serde_json::json;
use std::collections::BTreeMap;

/// The most addresses that are told one by one.
const MOST_TOLD: usize = 20;

/// Writes the lock.
pub fn lock(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    let Some(config) = configuration(&root, console)? else {
        return Ok(Exit::Usage);
    };
    let Some(build) = build_options(options, console) else {
        return Ok(Exit::Usage);
    };
    let mut report = pool(options)?.install(|| pipeline::check(&Disk, &root, &config, &build))?;
    let given = options.get_many::<String>("forget").into_iter().flatten();
    let mut forgotten = Vec::new();
    let mut forgotten_items = Vec::new();
    for what in given {
        match what.split_once('#') {
            Some((list, item)) => forgotten_items.push((list.to_string(), item.to_string())),
            None => forgotten.push(whole(what)),
        }
    }
    let reported = report.findings.clone();
    forget(&mut report, &forgotten, &forgotten_items);
    console.findings(&report);
    let Some(site) = report.site() else {
        return Ok(Exit::Usage);
    };
    let old: BTreeMap<&str, &LockedAs> = site
        .lock
        .iter()
        .flat_map(|lock| &lock.addresses)
        .map(|(address, locked)| (address.as_str(), &locked.what))
        .collect();
    let new = lock::of(site);
    for address in &forgotten {
        let entry = match (old.contains_key(&**address), new.contains_key(address)) {
            (_, true) => "lock_forget_alive",
            (false, false) => "lock_forget_unknown",
            (true, false) => continue,
        };
        console.say(entry, &[("address", &harmless(address))]);
        return Ok(Exit::Usage);
    }
    for (list, item) in &forgotten_items {
        let name = format!("{list}#{item}");
        if let Some(entry) = lists::refused(site, list, item, &reported) {
            console.say(entry, &[("item", &harmless(&name))]);
            return Ok(Exit::Usage);
        }
    }
    if report.counts.errors > 0 {
        console.say("lock_refused", &[("file", FILE_NAME)]);
        return Ok(Exit::Findings);
    }
    let difference = Difference::between(&old, &new);
    let new_lists = lock::items::of(site, &forgotten_items);
    let items = lists::Difference::between(site, &new_lists);
    if site.lock.is_none() || !difference.is_empty() || items.is_changed {
        let path = root.join(FILE_NAME);
        fs::replace(&Disk, &path, lock::text(&new, &new_lists).as_bytes())
            .with_context(|| format!("cannot write {}", fs::shown(&path)))?;
    }
    difference.tell(new.len(), &items, console);
    report.workings.leave();
    Ok(Exit::Clean)
}

/// An address from the site's root, however it was given.
fn whole(address: &str) -> String {
    let inner = address.trim_matches('/');
    match inner {
        "" => "/".to_string(),
        file if file.ends_with(".html") => format!("/{file}"),
        folder => format!("/{folder}/"),
    }
}

/// Takes the addresses and items that may vanish out of the findings.
fn forget(report: &mut Report, forgotten: &[String], items: &[(String, String)]) {
    report.findings.retain(|finding| match finding.code {
        Code::AddressVanished => {
            let address = finding.value("address").unwrap_or_default();
            !forgotten.iter().any(|known| known == address)
        }
        _ => !items
            .iter()
            .any(|(list, item)| lists::is_about(finding, list, item)),
    });
    report.counts = Counts::of(&report.findings);
}

/// What a new lock has that the old had not, and the other way round.
struct Difference<'a> {
    added: Vec<&'a str>,
    changed: Vec<&'a str>,
    removed: Vec<&'a str>,
}

impl<'a> Difference<'a> {
    fn between(
        old: &BTreeMap<&'a str, &LockedAs>,
        new: &'a BTreeMap<String, LockedAs>,
    ) -> Difference<'a> {
        let is_changed = |(address, locked): &(&String, &LockedAs)| {
            old.get(address.as_str())
                .is_some_and(|known| known != locked)
        };
        let is_added = |address: &&str| !old.contains_key(address);
        Difference {
            added: new.keys().map(String::as_str).filter(is_added).collect(),
            changed: new
                .iter()
                .filter(is_changed)
                .map(|(address, _)| address.as_str())
                .collect(),
            removed: old
                .keys()
                .copied()
                .filter(|address| !new.contains_key(*address))
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    fn tell(&self, count: usize, items: &lists::Difference, console: &Console) {
        if console.is_json() {
            let told = json!({"lock": {
                "addresses": count,
                "added": self.added,
                "changed": self.changed,
                "forgotten": self.removed,
                "items": items.object(),
            }});
            return console.print(&told.to_string());
        }
        let numbers = [
            count,
            self.added.len(),
            self.changed.len(),
            self.removed.len(),
        ]
        .map(|number| number.to_string());
        console.tell(
            "lock_written",
            &[
                ("file", FILE_NAME),
                ("count", &numbers[0]),
                ("added", &numbers[1]),
                ("changed", &numbers[2]),
                ("forgotten", &numbers[3]),
            ],
        );
        for (entry, addresses) in [
            ("lock_added", &self.added),
            ("lock_forgotten", &self.removed),
        ] {
            for address in addresses.iter().take(MOST_TOLD) {
                console.tell(entry, &[("address", &harmless(address))]);
            }
            if let Some(more) = addresses.len().checked_sub(MOST_TOLD).filter(|n| *n > 0) {
                console.tell("lock_more", &[("count", &more.to_string())]);
            }
        }
        items.tell(console);
    }
}
