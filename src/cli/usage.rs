//! What is wrong with a command line, in the reader's language.
//!
//! In: the error as clap tells it by its kind and values. Out: a whole sentence, how the command is called, and where
//! its help is. None of clap's own words are used, and what was typed is made harmless before it is repeated.

use super::help::Called;
use crate::diagnostic::catalogue::{self, MessageLanguage, harmless};
use crate::text::nearest::nearest;
use clap::builder::styling::{AnsiColor, Style};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

const RED: Style = AnsiColor::Red.on_default().bold();

/// The lines for people.
pub fn told(error: &Error, called: &Called, language: MessageLanguage) -> String {
    let text = |entry| catalogue::text(language, "command", entry).unwrap_or_default();
    let below = match called.command.has_subcommands() {
        true => "usage_help_commands",
        false => "usage_help_options",
    };
    let help = catalogue::fill(text(below), |_| Some(called.words.clone()));
    format!(
        "{RED}{}{RED:#}: {}\n\n{}\n{help}",
        text("error"),
        sentence(error, called, language),
        called.usage(language)
    )
}

fn sentence(error: &Error, called: &Called, language: MessageLanguage) -> String {
    let say = |entry: &str, values: &[(&str, &str)]| {
        let template = catalogue::text(language, "command", entry).unwrap_or_default();
        catalogue::fill(template, |name| {
            let value = values.iter().find(|(key, _)| *key == name);
            // The list of what can be chosen is ours, and may be long.
            value.map(|(_, value)| match name {
                "known" => value.to_string(),
                _ => harmless(value),
            })
        })
    };
    let argument = one(error, ContextKind::InvalidArg);
    let value = one(error, ContextKind::InvalidValue);
    let about_argument = [("argument", argument), ("value", value)];
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            let options = called.command.get_arguments().filter_map(Arg::get_long);
            match nearest(argument.trim_start_matches('-'), options) {
                Some(near) => {
                    let near = format!("--{near}");
                    say(
                        "usage_option_nearest",
                        &[("argument", argument), ("nearest", &near)],
                    )
                }
                None => say("usage_option", &about_argument),
            }
        }
        ErrorKind::UnknownArgument => match called.command.get_positionals().next() {
            Some(_) => say("usage_too_many_words", &about_argument),
            None => say("usage_surplus_word", &about_argument),
        },
        ErrorKind::InvalidSubcommand => {
            let typed = one(error, ContextKind::InvalidSubcommand);
            let names = called.command.get_subcommands().map(Command::get_name);
            match nearest(typed, names) {
                Some(near) => say(
                    "usage_command_nearest",
                    &[("command", typed), ("nearest", near)],
                ),
                None => say("usage_command", &[("command", typed)]),
            }
        }
        ErrorKind::InvalidValue => {
            let known = many(error, ContextKind::ValidValue);
            let list = known.join(", ");
            let near = nearest(value, known.iter().map(String::as_str));
            match (value, near) {
                ("", _) if known.is_empty() => say("usage_no_value", &about_argument),
                ("", _) => say(
                    "usage_no_choice",
                    &[("argument", argument), ("known", &list)],
                ),
                (_, Some(near)) => {
                    let values = [("argument", argument), ("value", value), ("nearest", near)];
                    say("usage_choice_nearest", &values)
                }
                (_, None) => {
                    let values = [("argument", argument), ("value", value), ("known", &list)];
                    say("usage_choice", &values)
                }
            }
        }
        ErrorKind::ValueValidation => {
            let name = argument.trim_start_matches('-');
            let name = name.split([' ', '=']).next().unwrap_or_default();
            let expected = catalogue::text(language, "command", &format!("expected_{name}"));
            match expected {
                Some(expected) => {
                    let values = [
                        ("argument", argument),
                        ("value", value),
                        ("expected", expected),
                    ];
                    say("usage_value_expected", &values)
                }
                None => say("usage_value", &about_argument),
            }
        }
        ErrorKind::TooManyValues => say("usage_no_value_wanted", &about_argument),
        ErrorKind::ArgumentConflict => say("usage_twice", &about_argument),
        ErrorKind::MissingRequiredArgument => {
            let missing = many(error, ContextKind::InvalidArg);
            say("usage_missing", &[("arguments", &missing.join("`, `"))])
        }
        ErrorKind::InvalidUtf8 => say("usage_not_text", &[]),
        _ => say("usage_other", &[("command", &called.words)]),
    }
}

fn one(error: &Error, kind: ContextKind) -> &str {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text,
        _ => "",
    }
}

fn many(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    #[track_caller]
    fn check(line: &str, danish: &str, english: &str) {
        let words = || line.split(' ').filter(|word| !word.is_empty());
        for (language, expected) in [
            (MessageLanguage::Danish, format!("fejl: {danish}")),
            (MessageLanguage::English, format!("error: {english}")),
        ] {
            let mut whole = args::command(language);
            let error = whole
                .try_get_matches_from_mut(std::iter::once("vejviser").chain(words()))
                .expect_err("the line is wrong");
            whole.build();
            let told = told(&error, &Called::by(&whole, words()), language);
            let told = anstream::adapter::strip_str(&told).to_string();
            assert_eq!(told.lines().next(), Some(expected.as_str()), "{line}");
        }
    }

    #[test]
    fn the_command_and_its_help_are_named() {
        let mut whole = args::command(MessageLanguage::Danish);
        let words = ["status", "merge", "--nosuch"];
        let error = whole
            .try_get_matches_from_mut(std::iter::once("vejviser").chain(words))
            .expect_err("there is no such option");
        whole.build();
        let told = told(&error, &Called::by(&whole, words), MessageLanguage::Danish);
        assert_eq!(
            anstream::adapter::strip_str(&told).to_string(),
            "fejl: tilvalget `--nosuch` findes ikke\n\n\
             Brug: vejviser status merge [TILVALG] --output <MAPPE> <FILER>...\n\
             skriv `vejviser status merge --help` for at se tilvalgene"
        );
    }

    #[test]
    fn an_unknown_command() {
        check(
            "nosuch",
            "kommandoen `nosuch` findes ikke",
            "there is no command `nosuch`",
        );
        check(
            "biuld --strict",
            "kommandoen `biuld` findes ikke. mente du `build`?",
            "there is no command `biuld`. did you mean `build`?",
        );
    }

    #[test]
    fn an_unknown_option() {
        check(
            "build --nosuch=1",
            "tilvalget `--nosuch` findes ikke",
            "there is no option `--nosuch`",
        );
        check(
            "check --strikt",
            "tilvalget `--strikt` findes ikke. mente du `--strict`?",
            "there is no option `--strikt`. did you mean `--strict`?",
        );
        check(
            "build -x",
            "tilvalget `-x` findes ikke",
            "there is no option `-x`",
        );
    }

    #[test]
    fn a_word_too_many() {
        check(
            "build output",
            "`output` er et ord for meget",
            "`output` is one word too many",
        );
        check(
            "new method Frokost for de nye",
            "`for` er et ord for meget. sæt ord, der hører sammen, i anførselstegn.",
            "`for` is one word too many. put words that belong together in quotation marks.",
        );
    }

    #[test]
    fn a_value_that_is_none_of_the_choices() {
        check(
            "build --format xml",
            "`xml` passer ikke til `--format <FORMAT>`. vælg en af disse: human, json",
            "`xml` does not fit `--format <FORMAT>`. choose one of these: human, json",
        );
        check(
            "new metod Titel",
            "`metod` passer ikke til `<SLAGS>`. mente du `method`?",
            "`metod` does not fit `<KIND>`. did you mean `method`?",
        );
    }

    #[test]
    fn a_value_that_is_missing() {
        check(
            "build --root",
            "`--root <MAPPE>` mangler sin værdi",
            "`--root <DIR>` lacks its value",
        );
        check(
            "build --lang",
            "`--lang <SPROG>` mangler sin værdi. vælg en af disse: da, en",
            "`--lang <LANGUAGE>` lacks its value. choose one of these: da, en",
        );
    }

    #[test]
    fn a_value_of_another_form() {
        check(
            "serve --port mange",
            "`mange` passer ikke til `--port <PORT>`. skriv et helt tal fra 0 til 65535.",
            "`mange` does not fit `--port <PORT>`. write a whole number from 0 to 65535.",
        );
        check(
            "build --today i-dag",
            "`i-dag` passer ikke til `--today <DATO>`. skriv en dato som 2026-11-22.",
            "`i-dag` does not fit `--today <DATE>`. write a date such as 2026-11-22.",
        );
    }

    /// Whatever can have a form has a sentence that tells of it.
    #[test]
    fn every_value_with_a_form_tells_of_it() {
        for line in [
            "serve --bind x",
            "build --jobs 0",
            "search x --limit 0",
            "serve --port 65536",
            "check --review snart",
            "build --today 2026-13-01",
        ] {
            let mut whole = args::command(MessageLanguage::Danish);
            let words = || line.split(' ');
            let error = whole
                .try_get_matches_from_mut(std::iter::once("vejviser").chain(words()))
                .expect_err("the value is of another form");
            assert_eq!(error.kind(), ErrorKind::ValueValidation, "{line}");
            whole.build();
            let called = Called::by(&whole, words());
            let told = sentence(&error, &called, MessageLanguage::Danish);
            assert!(told.contains(". skriv e"), "{told}");
        }
    }

    #[test]
    fn a_value_that_nobody_asked_for() {
        check(
            "build --quiet=ja",
            "`--quiet` skal ikke have en værdi. slet `=ja`.",
            "`--quiet` takes no value. delete `=ja`.",
        );
    }

    #[test]
    fn an_option_given_twice() {
        check(
            "build --root a --root b",
            "`--root <MAPPE>` må kun stå én gang",
            "`--root <DIR>` may be given only once",
        );
    }

    #[test]
    fn what_must_be_there() {
        check(
            "new",
            "der mangler `<SLAGS>`, `<TITEL>`",
            "missing: `<KIND>`, `<TITLE>`",
        );
        check(
            "status merge svar",
            "der mangler `--output <MAPPE>`",
            "missing: `--output <DIR>`",
        );
        check(
            "check --ics frister.ics",
            "der mangler `--review <TID>`",
            "missing: `--review <TIME>`",
        );
    }
}
