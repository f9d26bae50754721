//! The command line: arguments in, findings and a summary out, an exit code to the system.
//!
//! Text for people goes to stderr, JSON to stdout. Exit codes: 0 clean · 1 the content or the configuration's values
//! have errors · 2 wrong usage, or no configuration that can be read · 3 the machine failed · 70 a bug of ours.

mod args;
mod brand;
mod build;
mod console;
mod fix;
mod help;
mod impact;
mod init;
mod lock;
mod new;
mod readability;
mod review;
mod schema;
mod search;
mod serve;
mod status;
mod usage;

use crate::diagnostic::Code;
use crate::diagnostic::catalogue::{self, MessageLanguage};
use crate::fs::Disk;
use crate::text::date::{self, Date};
use clap::error::ErrorKind;
use console::Console;
use help::Called;
use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the program tells the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Clean = 0,
    Findings = 1,
    Usage = 2,
    Machine = 3,
    Bug = 70,
}

/// Runs one command.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let exit = catch_unwind(AssertUnwindSafe(|| command(&arguments))).unwrap_or_else(|_| {
        let language = early_language(&arguments);
        Console::new(language).say("bug", &[]);
        Exit::Bug
    });
    ExitCode::from(exit as u8)
}

fn command(arguments: &[OsString]) -> Exit {
    let language = early_language(arguments);
    let mut whole = args::command(language);
    let matches = match whole.try_get_matches_from_mut(arguments) {
        Ok(matches) => matches,
        Err(error) => return not_a_command(&error, &mut whole, arguments, language),
    };
    let Some((name, options)) = matches.subcommand() else {
        return Exit::Usage;
    };
    let console = Console::new(language).with(options);
    let outcome = match name {
        "build" => build::build(options, &console),
        "check" => build::check(options, &console),
        "serve" => serve::serve(options, &console),
        "new" => new::new(options, &console),
        "init" => init::init(options, &console),
        "lock" => lock::lock(options, &console),
        "status" => status::status(options, &console),
        "search" => search::search(options, &console),
        "schema" => schema::schema(options, &console),
        "completions" => Ok(completions(options, language)),
        "help" => Ok(help_with(options, &mut whole, language)),
        "explain" => Ok(explain(options, &console)),
        _ => Ok(Exit::Usage),
    };
    outcome.unwrap_or_else(|error| console.failure(&error))
}

/// A question about the program, or words that it does not understand.
fn not_a_command(
    error: &clap::Error,
    whole: &mut clap::Command,
    arguments: &[OsString],
    language: MessageLanguage,
) -> Exit {
    whole.build();
    let words = arguments.iter().skip(1).map_while(|word| word.to_str());
    let called = Called::by(whole, words);
    match error.kind() {
        ErrorKind::DisplayHelp => {
            _ = write!(anstream::stdout(), "{}", called.help(language));
            Exit::Clean
        }
        ErrorKind::DisplayVersion => {
            _ = error.print();
            Exit::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            _ = write!(anstream::stderr(), "{}", called.help(language));
            Exit::Usage
        }
        _ => {
            _ = writeln!(
                anstream::stderr(),
                "{}",
                usage::told(error, &called, language)
            );
            Exit::Usage
        }
    }
}

/// The help of the command that the words name, else of the whole program.
fn help_with(
    options: &clap::ArgMatches,
    whole: &mut clap::Command,
    language: MessageLanguage,
) -> Exit {
    whole.build();
    let words = options.get_many::<String>("command").into_iter().flatten();
    let words: Vec<&str> = words.map(String::as_str).collect();
    let called = Called::by(whole, words.iter().copied());
    if let Some(unknown) = words.get(called.depth) {
        Console::new(language).say("usage_command", &[("command", unknown)]);
        return Exit::Usage;
    }
    _ = write!(anstream::stdout(), "{}", called.help(language));
    Exit::Clean
}

/// The words a shell can complete, as a script for that shell.
fn completions(options: &clap::ArgMatches, language: MessageLanguage) -> Exit {
    let Some(shell) = options.get_one::<clap_complete::Shell>("shell") else {
        return Exit::Usage;
    };
    let mut script = Vec::new();
    clap_complete::generate(
        *shell,
        &mut args::command(language),
        "vejviser",
        &mut script,
    );
    // A reader that hangs up is no failure.
    _ = std::io::stdout().write_all(&script);
    Exit::Clean
}

/// What a finding means and what to do about it.
fn explain(options: &clap::ArgMatches, console: &Console) -> Exit {
    let name = options.get_one::<String>("code").map_or("", String::as_str);
    match Code::from_name(name) {
        Some(code) => {
            console.print(&format!(
                "{}\n\n{}",
                code.name(),
                catalogue::explain(console.language, code).trim_end()
            ));
            Exit::Clean
        }
        None => {
            let names = Code::ALL.iter().map(|code| code.name());
            let nearest = crate::text::nearest::nearest(name, names).unwrap_or("unknown-key");
            console.say(
                "unknown_code",
                &[("code", &catalogue::harmless(name)), ("nearest", nearest)],
            );
            Exit::Usage
        }
    }
}

/// The language of the messages, before the arguments can be read: `--lang`, else the site's, else English.
fn early_language(arguments: &[OsString]) -> MessageLanguage {
    let words: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let value_of = |name: &str| {
        let joined = words
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        joined.or_else(|| {
            words
                .iter()
                .position(|word| *word == name)
                .and_then(|at| words.get(at + 1).copied())
        })
    };
    if let Some(language) = value_of("--lang") {
        return MessageLanguage::of(language);
    }
    let is_init = words.get(1) == Some(&"init");
    let root = value_of("--root")
        .map(PathBuf::from)
        .or_else(|| find_root(&std::env::current_dir().ok()?));
    let text = root.and_then(|root| crate::discover::read_config(&Disk, &root).ok().flatten());
    let site_language = text.as_ref().and_then(|file| {
        let line = file
            .text
            .lines()
            .find_map(|line| line.strip_prefix("language:"))?;
        Some(line.trim().trim_matches(['"', '\'']).to_string())
    });
    match (text, site_language) {
        (Some(_), Some(language)) => MessageLanguage::of(&language),
        (Some(_), None) => MessageLanguage::Danish,
        (None, _) if is_init => MessageLanguage::Danish,
        (None, _) => MessageLanguage::English,
    }
}

/// The nearest folder, here or above, with a configuration.
fn find_root(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join(crate::config::FILE_NAME).is_file())
        .map(Path::to_path_buf)
}

/// The site's folder: `--root`, else the nearest one above that has a configuration, else here.
fn root(options: &clap::ArgMatches) -> anyhow::Result<PathBuf> {
    if let Some(root) = options.get_one::<PathBuf>("root") {
        return Ok(root.clone());
    }
    let here = std::env::current_dir()?;
    Ok(find_root(&here).unwrap_or(here))
}

/// The date that decides: `--today`, else `SOURCE_DATE_EPOCH`, else the clock's, in UTC.
fn today(options: &clap::ArgMatches) -> Date {
    let given = options
        .try_get_one::<String>("today")
        .ok()
        .flatten()
        .and_then(|text| date::parse(text));
    let seconds = || {
        let variable = std::env::var("SOURCE_DATE_EPOCH")
            .ok()
            .and_then(|text| text.parse::<i64>().ok());
        variable.unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
        })
    };
    given.unwrap_or_else(|| date::from_epoch(seconds()))
}
