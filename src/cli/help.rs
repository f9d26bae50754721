//! The help of a command, in the reader's language.
//!
//! In: a command as clap knows it. Out: what it is for, how it is called, what is below it, its arguments and
//! options. Clap's own page of help has English words that cannot be changed. Everything fits 80 columns.

use crate::diagnostic::catalogue::{self, MessageLanguage};
use clap::builder::styling::Style;
use clap::{Arg, ArgAction, Command};

const WIDTH: usize = 80;
/// A name longer than this has its explanation on the next line.
const WIDEST: usize = 28;
const BOLD: Style = Style::new().bold();

/// A command and the words that call it: `vejviser status merge`.
pub struct Called<'c> {
    pub command: &'c Command,
    pub words: String,
    /// How many of the words name a command below the program.
    pub depth: usize,
}

impl<'c> Called<'c> {
    /// The command that words call, as far as they name commands.
    pub fn by<'w>(root: &'c Command, words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut called = Called {
            command: root,
            words: root.get_name().to_string(),
            depth: 0,
        };
        for word in words {
            let Some(below) = called.command.find_subcommand(word) else {
                break;
            };
            called.command = below;
            called.words = format!("{} {word}", called.words);
            called.depth += 1;
        }
        called
    }

    /// The page of help.
    pub fn help(&self, language: MessageLanguage) -> String {
        let text = |entry: &str| catalogue::text(language, "command", entry).unwrap_or_default();
        let mut page = String::new();
        if let Some(about) = self.command.get_about() {
            page = broken(&about.to_string(), WIDTH).join("\n") + "\n\n";
        }
        page.push_str(&self.usage(language));
        page.push('\n');
        let commands = self.command.get_subcommands().map(|below| {
            let about = below.get_about().map(ToString::to_string);
            (below.get_name().to_string(), about.unwrap_or_default())
        });
        let rows_of = |arg: &Arg| (name(arg), explained(arg, language));
        let (positional, options): (Vec<_>, Vec<_>) = self
            .command
            .get_arguments()
            .partition(|arg| arg.is_positional());
        let sections = [
            ("help_commands", commands.collect::<Vec<_>>()),
            (
                "help_arguments",
                positional.into_iter().map(rows_of).collect(),
            ),
            ("help_options", options.into_iter().map(rows_of).collect()),
        ];
        for (heading, rows) in sections {
            section(&mut page, text(heading), &rows);
        }
        page
    }

    /// How the command is called, in one line.
    pub fn usage(&self, language: MessageLanguage) -> String {
        let text = |entry: &str| catalogue::text(language, "command", entry).unwrap_or_default();
        let mut line = format!(
            "{BOLD}{}{BOLD:#} {BOLD}{}{BOLD:#}",
            text("help_usage"),
            self.words
        );
        let mut add = |word: &str| {
            line.push(' ');
            line.push_str(word);
        };
        let is_ours =
            |arg: &&Arg| !matches!(arg.get_action(), ArgAction::Help | ArgAction::Version);
        let (positional, options): (Vec<_>, Vec<_>) = self
            .command
            .get_arguments()
            .filter(is_ours)
            .partition(|arg| arg.is_positional());
        if options.iter().any(|arg| !arg.is_required_set()) {
            add(text("help_any_options"));
        }
        for arg in options
            .iter()
            .filter(|arg| arg.is_required_set())
            .chain(&positional)
        {
            add(&arg.to_string());
        }
        if self.command.has_subcommands() {
            add(&format!("<{}>", text("value_command")));
        }
        line
    }
}

/// `-q, --quiet`, `    --root <DIR>` or `<KIND>`.
fn name(arg: &Arg) -> String {
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(_)) => format!("-{short}, {arg}"),
        (None, Some(_)) => format!("    {arg}"),
        _ => arg.to_string(),
    }
}

/// What an argument is for, what holds without it, and what it can be.
fn explained(arg: &Arg, language: MessageLanguage) -> String {
    let text = |entry: &str| catalogue::text(language, "command", entry).unwrap_or_default();
    let mut about = arg.get_help().map(ToString::to_string).unwrap_or_default();
    if !arg.get_action().takes_values() {
        return about;
    }
    let otherwise: Vec<_> = arg
        .get_default_values()
        .iter()
        .filter_map(|v| v.to_str())
        .collect();
    let choices = arg.get_possible_values();
    let choices: Vec<_> = choices.iter().map(|value| value.get_name()).collect();
    for (entry, values) in [("help_choose", choices), ("help_else", otherwise)] {
        if !values.is_empty() {
            let values = values.join(", ");
            about.push(' ');
            about.push_str(&catalogue::fill(text(entry), |_| Some(values.clone())));
        }
    }
    about
}

/// A heading and its rows: names to the left, explanations beside them, broken between words.
fn section(page: &mut String, heading: &str, rows: &[(String, String)]) {
    if rows.is_empty() {
        return;
    }
    page.push_str(&format!("\n{BOLD}{heading}{BOLD:#}\n"));
    let widths = rows.iter().map(|(name, _)| name.chars().count());
    let column = widths.filter(|width| *width <= WIDEST).max();
    let column = column.unwrap_or(WIDEST);
    for (name, about) in rows {
        page.push_str(&format!("  {BOLD}{name}{BOLD:#}"));
        let width = name.chars().count();
        for (at, line) in broken(about, WIDTH - column - 4).iter().enumerate() {
            let indent = if at == 0 && width <= column {
                column - width + 2
            } else {
                page.push('\n');
                column + 4
            };
            page.push_str(&format!("{:indent$}{line}", ""));
        }
        page.push('\n');
    }
}

/// A text in lines no wider than this, broken between words; a word that is wider has a line of its own.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    fn each<'c>(command: &'c Command, words: Vec<&'c str>, look: &mut dyn FnMut(&[&str])) {
        look(&words);
        for below in command.get_subcommands() {
            let mut words = words.clone();
            words.push(below.get_name());
            each(below, words, look);
        }
    }

    #[test]
    fn every_page_of_help_is_in_one_language_and_fits() {
        for (language, foreign) in [
            (
                MessageLanguage::Danish,
                ["Usage", "Options", "Print", "default", "possible", "DIR"],
            ),
            (
                MessageLanguage::English,
                ["Brug", "Tilvalg", "vis ", "ellers", "vælg", "MAPPE"],
            ),
        ] {
            let mut whole = args::command(language);
            whole.build();
            let mut count = 0;
            each(&whole, Vec::new(), &mut |words| {
                let called = Called::by(&whole, words.iter().copied());
                let page = anstream::adapter::strip_str(&called.help(language)).to_string();
                for word in foreign {
                    assert!(!page.contains(word), "{word} in\n{page}");
                }
                for line in page.lines() {
                    let width = line.chars().count();
                    assert!(width <= WIDTH && line == line.trim_end(), "{line}");
                }
                count += 1;
            });
            assert!(count >= 14, "only {count} commands");
        }
    }

    #[test]
    fn a_page_of_help_says_all_there_is_to_say() {
        let mut whole = args::command(MessageLanguage::Danish);
        whole.build();
        let page = Called::by(&whole, ["completions"]).help(MessageLanguage::Danish);
        assert_eq!(
            anstream::adapter::strip_str(&page).to_string(),
            "skriv et script, så skallen kan gøre kommandoerne færdige\n\
             \n\
             Brug: vejviser completions [TILVALG] <SKAL>\n\
             \n\
             Argumenter:\n  \
               <SKAL>  den skal, scriptet er til [vælg: bash, elvish, fish, powershell, zsh]\n\
             \n\
             Tilvalg:\n      \
                   --lang <SPROG>  beskedernes sprog; ellers webstedets [vælg: da, en]\n  \
               -h, --help          vis denne hjælp\n"
        );
    }
}
