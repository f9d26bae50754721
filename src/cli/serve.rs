//! `serve`: builds, serves from memory, rebuilds when a file changes.

use super::build::{build_options, configuration, pool};
use super::console::Console;
use super::{Exit, root};
use crate::diagnostic::Severity;
use crate::diagnostic::terminal;
use crate::fs::Disk;
use crate::pipeline::{self, BuildOptions, Report};
use crate::serve::{Built, Event, ServeError, ServeOptions, serve as run_server};
use crate::{config, discover};
use anyhow::Result;
use clap::ArgMatches;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Serves a preview until it is stopped.
pub fn serve(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    if configuration(&root, console)?.is_none() {
        return Ok(Exit::Usage);
    }
    let Some(build) = build_options(options, console) else {
        return Ok(Exit::Usage);
    };
    let pool = pool(options)?;
    let folders = [
        discover::CONTENT,
        discover::STATIC,
        discover::THEMES,
        config::FILE_NAME,
        crate::model::lock::FILE_NAME,
    ];
    let port = options.get_one::<u16>("port").copied().unwrap_or(4000);
    let server = ServeOptions {
        bind: options
            .get_one::<IpAddr>("bind")
            .copied()
            .unwrap_or(IpAddr::from([127, 0, 0, 1])),
        port,
        open: options.get_flag("open"),
        watch: folders.iter().map(|folder| root.join(folder)).collect(),
        ignore: vec![root.join("output")],
    };
    let speaker = Console::new(console.language);
    let language = console.language;
    let builder = move || pool.install(|| built(&root, &build, language));
    let report = move |event: Event| tell(&speaker, event);
    match run_server(&server, builder, report) {
        Ok(()) => Ok(Exit::Clean),
        Err(error) => match error.downcast_ref::<ServeError>() {
            Some(ServeError::PortInUse(port)) => {
                console.say(
                    "port_in_use",
                    &[
                        ("port", &port.to_string()),
                        ("next", &port.saturating_add(1).to_string()),
                    ],
                );
                Ok(Exit::Machine)
            }
            None => Err(error),
        },
    }
}

/// One build for the server. Content with errors gives no files but the findings, as text.
fn built(
    root: &Path,
    options: &BuildOptions,
    language: crate::diagnostic::catalogue::MessageLanguage,
) -> Built {
    let outcome = discover::read_config(&Disk, root).and_then(|text| match text {
        Some(text) => pipeline::build_in_memory(&Disk, root, &text, options),
        None => anyhow::bail!("{} is missing", PathBuf::from(config::FILE_NAME).display()),
    });
    match outcome {
        Ok((report, files)) if report.counts.errors == 0 => Built {
            files,
            problems: None,
        },
        Ok((report, _)) => Built {
            problems: Some(errors(&report, language)),
            ..Built::default()
        },
        Err(error) => Built {
            problems: Some(format!("{error:#}")),
            ..Built::default()
        },
    }
}

fn errors(report: &Report, language: crate::diagnostic::catalogue::MessageLanguage) -> String {
    let errors = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    errors
        .map(|finding| terminal::render(finding, &report.files, language, false))
        .collect::<Vec<_>>()
        .join("\n")
}

fn tell(console: &Console, event: Event) {
    match event {
        Event::Listening(address) => {
            console.tell("listening", &[("address", &address.to_string())])
        }
        Event::Rebuilt { changed, took } => {
            console.tell(
                "rebuilt",
                &[
                    ("changed", &changed.to_string()),
                    ("milliseconds", &took.as_millis().to_string()),
                ],
            );
        }
        Event::Failed(problems) => {
            console.say("rebuild_failed", &[("problems", &problems)]);
        }
    }
}
