//! What the program says: findings and sentences on stderr, JSON on stdout.
//!
//! A reader that hangs up (`| head`) is no failure.

use super::Exit;
use super::args::is_set;
use crate::diagnostic::catalogue::{self, MessageLanguage};
use crate::diagnostic::terminal::Sources;
use crate::diagnostic::{Severity, json, terminal};
use crate::model::ids::FileId;
use crate::pipeline::Report;
use crate::write::WriteError;
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// The most findings of one file that are shown to people; a script gets all of them.
const MAX_SHOWN: usize = 100;

pub struct Console {
    pub language: MessageLanguage,
    is_json: bool,
    is_quiet: bool,
    is_verbose: bool,
}

impl Console {
    pub fn new(language: MessageLanguage) -> Self {
        Console {
            language,
            is_json: false,
            is_quiet: false,
            is_verbose: false,
        }
    }

    /// As the arguments ask for it.
    pub fn with(self, options: &clap::ArgMatches) -> Self {
        let format = options.try_get_one::<String>("format").ok().flatten();
        Console {
            is_json: format.is_some_and(|format| format == "json"),
            is_quiet: is_set(options, "quiet"),
            is_verbose: is_set(options, "verbose"),
            ..self
        }
    }

    /// The same language, as the arguments of a command below ask for it.
    pub fn clone_with(&self, options: &clap::ArgMatches) -> Self {
        Console::new(self.language).with(options)
    }

    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// Whether people asked for details.
    pub fn is_verbose(&self) -> bool {
        self.is_verbose && !self.is_json
    }

    /// One of the command line's own sentences, on stderr.
    pub fn say(&self, entry: &str, values: &[(&str, &str)]) {
        self.error_line(&self.sentence(entry, values));
    }

    /// A sentence that is no more than an account of what was done; `-q` leaves it out.
    pub fn tell(&self, entry: &str, values: &[(&str, &str)]) {
        if !self.is_quiet && !self.is_json {
            self.say(entry, values);
        }
    }

    /// A detail that only `-v` asks for.
    pub fn detail(&self, entry: &str) {
        if self.is_verbose() {
            self.say(entry, &[]);
        }
    }

    /// What was asked for, on stdout.
    pub fn print(&self, text: &str) {
        _ = writeln!(anstream::stdout(), "{text}");
    }

    pub fn sentence(&self, entry: &str, values: &[(&str, &str)]) -> String {
        let template = catalogue::text(self.language, "command", entry).unwrap_or(entry);
        catalogue::fill(template, |name| {
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_string())
        })
    }

    /// The machine's failure, as a sentence and an exit code.
    pub fn failure(&self, error: &anyhow::Error) -> Exit {
        match error.downcast_ref::<WriteError>() {
            Some(WriteError::ForeignFiles(paths)) => {
                let list: Vec<String> = paths
                    .iter()
                    .map(|path| format!("  {}", catalogue::harmless(path)))
                    .collect();
                self.say("foreign_files", &[("paths", &list.join("\n"))]);
            }
            Some(WriteError::ForeignFolders(paths)) => {
                let list: Vec<String> = paths
                    .iter()
                    .map(|path| format!("  {}", catalogue::harmless(path)))
                    .collect();
                self.say("foreign_folders", &[("paths", &list.join("\n"))]);
            }
            Some(WriteError::DamagedManifest { reason }) => {
                self.say(
                    "damaged_manifest",
                    &[("reason", &catalogue::harmless(reason))],
                );
            }
            Some(WriteError::Locked { holder }) => {
                self.say("locked", &[("holder", &catalogue::harmless(holder))])
            }
            _ => {
                let chain: Vec<String> = error
                    .chain()
                    .map(|cause| catalogue::harmless(&cause.to_string()))
                    .collect();
                self.say("failure", &[("reason", &chain.join(": "))]);
            }
        }
        Exit::Machine
    }

    /// All findings.
    pub fn findings(&self, report: &Report) {
        if self.is_json {
            for finding in &report.findings {
                self.print(&json::object(finding, &report.files, self.language).to_string());
            }
            return;
        }
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let mut out = anstream::stderr().lock();
        let shown = report
            .findings
            .iter()
            .filter(|finding| !self.is_quiet || finding.severity == Severity::Error);
        let mut of_file = (None, 0);
        for finding in shown {
            let file = Some(finding.primary.span.file);
            if of_file.0 != file {
                self.more(&mut out, report, of_file);
                of_file = (file, 0);
            }
            of_file.1 += 1;
            if of_file.1 <= MAX_SHOWN {
                _ = writeln!(
                    out,
                    "{}",
                    terminal::render(finding, &report.files, self.language, colour)
                );
            }
        }
        self.more(&mut out, report, of_file);
    }

    /// How many findings of a file were not shown.
    fn more(&self, out: &mut impl Write, report: &Report, (file, count): (Option<FileId>, usize)) {
        if let Some(file) = file.filter(|_| count > MAX_SHOWN) {
            let path = catalogue::harmless(report.files.path(file));
            let more = (count - MAX_SHOWN).to_string();
            _ = writeln!(
                out,
                "{}\n",
                self.sentence("more_findings", &[("count", &more), ("path", &path)])
            );
        }
    }

    /// The last line, or the last JSON object: what was found and what was made.
    pub fn summary(&self, report: &Report, took: Duration) {
        let counts = report.counts;
        let published = report.published.as_ref();
        if self.is_json {
            let summary = json!({"summary": {
                "errors": counts.errors,
                "warnings": counts.warnings,
                "notes": counts.notes,
                "pages": report.pages,
                "files": published.map(|p| p.files),
                "written": published.map(|p| p.written),
                "unchanged": published.map(|p| p.unchanged),
                "removed": published.map(|p| p.removed),
            }});
            self.print(&summary.to_string());
            return;
        }
        let seconds = self.decimal(took.as_secs_f64());
        let found = self.counted_findings(report);
        let pages = report.pages.to_string();
        match published {
            Some(p) => {
                let numbers = [p.files, p.written, p.unchanged, p.removed].map(|n| n.to_string());
                self.tell(
                    "built",
                    &[
                        ("pages", &pages),
                        ("files", &numbers[0]),
                        ("written", &numbers[1]),
                        ("unchanged", &numbers[2]),
                        ("removed", &numbers[3]),
                        ("seconds", &seconds),
                        ("found", &found),
                    ],
                );
            }
            None => self.tell(
                "checked",
                &[("pages", &pages), ("seconds", &seconds), ("found", &found)],
            ),
        }
    }

    fn counted_findings(&self, report: &Report) -> String {
        let counts = report.counts;
        let word = |count: usize, one: &str, many: &str| {
            self.sentence(
                if count == 1 { one } else { many },
                &[("count", &count.to_string())],
            )
        };
        let mut parts = vec![
            word(counts.errors, "one_error", "errors"),
            word(counts.warnings, "one_warning", "warnings"),
        ];
        if counts.notes > 0 {
            parts.push(word(counts.notes, "one_note", "notes"));
        }
        parts.join(", ")
    }

    fn decimal(&self, number: f64) -> String {
        let text = format!("{number:.2}");
        if self.language == MessageLanguage::Danish {
            text.replace('.', ",")
        } else {
            text
        }
    }

    fn error_line(&self, text: &str) {
        _ = writeln!(anstream::stderr(), "{text}");
    }
}
