//! `build` and `check`.

use super::args::is_set;
use super::console::Console;
use super::{Exit, root, today};
use crate::fs::{Disk, Fs};
use crate::model::source::ConfigFile;
use crate::pipeline::{self, BuildOptions, Report};
use crate::plan::{LinkStyle, PlanOptions, Server};
use crate::write::{Mode, WriteOptions};
use crate::{config, discover};
use anyhow::Result;
use clap::ArgMatches;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// As deep a stack as rendering a page may need.
const STACK: usize = 16 * 1024 * 1024;

/// Builds the whole site, atomically.
pub fn build(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    let output = options
        .get_one::<PathBuf>("output")
        .cloned()
        .unwrap_or_else(|| root.join("output"));
    let Some(config) = configuration(&root, console)? else {
        return Ok(Exit::Usage);
    };
    let Some(build) = build_options(options, console) else {
        return Ok(Exit::Usage);
    };
    if let Some(folder) = overlaps(&root, &output) {
        console.say(
            "output_overlaps",
            &[("output", &crate::fs::shown(&output)), ("folder", folder)],
        );
        return Ok(Exit::Usage);
    }
    let write = WriteOptions {
        adopt: options.get_flag("adopt"),
        command: "vejviser build".to_string(),
    };
    let exit = run(options, console, || {
        pipeline::build(&Disk, &root, &config, &output, &build, &write)
    })?;
    if exit == Exit::Findings {
        console.tell("no_errors_written", &[]);
    }
    Ok(exit)
}

/// Finds everything a build finds. Writes nothing, but ids of items where that is asked for.
pub fn check(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    let Some(config) = configuration(&root, console)? else {
        return Ok(Exit::Usage);
    };
    let Some(build) = build_options(options, console) else {
        return Ok(Exit::Usage);
    };
    if is_set(options, "fix") {
        let work = || pipeline::check(&Disk, &root, &config, &build);
        let report = pool(options)?.install(work)?;
        super::fix::fix(&root, &report, console)?;
    }
    run(options, console, || {
        pipeline::check(&Disk, &root, &config, &build)
    })
}

fn run(
    options: &ArgMatches,
    console: &Console,
    work: impl FnOnce() -> Result<Report> + Send,
) -> Result<Exit> {
    let start = Instant::now();
    let report = pool(options)?.install(work)?;
    console.findings(&report);
    super::review::tell(options, console, &report)?;
    let is_known = super::impact::tell(options, console, &report);
    super::readability::tell(console, &report);
    super::brand::tell(console, &report);
    console.summary(&report, start.elapsed());
    if let Some(published) = &report.published {
        console.detail(match published.mode {
            Mode::Fresh => "mode_fresh",
            Mode::Exchange => "mode_exchange",
            Mode::PerFile => "mode_per_file",
            Mode::Untouched => "mode_untouched",
        });
    }
    let is_strict = options.get_flag("strict") && report.counts.warnings > 0;
    let exit = if report.language.is_empty() || !is_known {
        Exit::Usage
    } else if report.counts.errors > 0 || is_strict {
        Exit::Findings
    } else {
        Exit::Clean
    };
    report.workings.leave();
    Ok(exit)
}

/// Threads with deep stacks, as many as asked for.
pub fn pool(options: &ArgMatches) -> Result<rayon::ThreadPool> {
    let jobs = options
        .get_one::<u16>("jobs")
        .map_or(0, |n| usize::from(*n));
    Ok(rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .build()?)
}

/// The configuration's text; says what is missing when there is none.
pub fn configuration(root: &Path, console: &Console) -> Result<Option<ConfigFile>> {
    let text = discover::read_config(&Disk, root)?;
    if text.is_none() {
        console.say(
            "no_configuration",
            &[
                ("file", config::FILE_NAME),
                ("root", &crate::fs::shown(root)),
            ],
        );
    }
    Ok(text)
}

/// What decides a build; `None`, after saying why, when an argument is no good.
pub fn build_options(options: &ArgMatches, console: &Console) -> Option<BuildOptions> {
    let given = options.try_get_one::<String>("base-url").ok().flatten();
    let base_url = match given {
        Some(url) => match config::check_base_url(url) {
            Some(url) => Some(url),
            None => {
                console.say("bad_base_url", &[("url", url)]);
                return None;
            }
        },
        None => None,
    };
    let link_style = if is_set(options, "offline") {
        LinkStyle::File
    } else {
        LinkStyle::Folder
    };
    Some(BuildOptions {
        today: today(options),
        with_drafts: is_set(options, "drafts"),
        is_strict: is_set(options, "strict"),
        plan: PlanOptions {
            link_style,
            base_url,
            servers: servers(options),
            precompress: is_set(options, "precompress"),
        },
    })
}

/// The web servers asked for, each once.
fn servers(options: &ArgMatches) -> Vec<Server> {
    let given = options.try_get_many::<String>("headers").ok().flatten();
    let named = given.into_iter().flatten();
    let servers: BTreeSet<Server> = named.filter_map(|name| Server::of(name)).collect();
    servers.into_iter().collect()
}

/// The source folder that the output is, holds or lies in, if it does.
fn overlaps(root: &Path, output: &Path) -> Option<&'static str> {
    let real = |path: &Path| {
        let existing = path
            .ancestors()
            .find(|ancestor| matches!(Disk.kind(ancestor), Ok(Some(_))))?;
        let base = Disk
            .canonicalize(if existing.as_os_str().is_empty() {
                Path::new(".")
            } else {
                existing
            })
            .ok()?;
        Some(base.join(path.strip_prefix(existing).ok()?))
    };
    let absolute = std::path::absolute(output).ok()?;
    let output = real(&absolute)?;
    [discover::CONTENT, discover::THEMES, discover::STATIC]
        .into_iter()
        .find(|folder| {
            let source = std::path::absolute(root.join(folder))
                .ok()
                .and_then(|path| real(&path));
            source.is_some_and(|source| source.starts_with(&output) || output.starts_with(&source))
        })
}
