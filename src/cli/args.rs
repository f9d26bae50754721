//! The arguments of every command, in the reader's language. What is shown of them is made in `help.rs` and `usage.rs`.

use crate::diagnostic::catalogue::{self, MessageLanguage};
use crate::model::front_matter::Kind;
use crate::plan::Server;
use crate::text::date;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::net::IpAddr;
use std::path::PathBuf;

/// The whole command line.
pub fn command(language: MessageLanguage) -> Command {
    let text = |entry: &str| catalogue::text(language, "command", entry).unwrap_or_default();
    let lang = || {
        Arg::new("lang")
            .long("lang")
            .value_name("LANGUAGE")
            .value_parser(["da", "en"])
            .help(text("arg_lang"))
    };
    let common = |command: Command| {
        command
            .arg(path("root").help(text("arg_root")))
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_name("FORMAT")
                    .value_parser(["human", "json"])
                    .default_value("human")
                    .help(text("arg_format")),
            )
            .arg(lang())
            .arg(flag("quiet").short('q').help(text("arg_quiet")))
            .arg(flag("verbose").short('v').help(text("arg_verbose")))
    };
    let today = || {
        Arg::new("today")
            .long("today")
            .value_name("DATE")
            .value_parser(is_date)
            .help(text("arg_today"))
    };
    let jobs = || {
        Arg::new("jobs")
            .long("jobs")
            .value_name("N")
            .value_parser(value_parser!(u16).range(1..=1024))
            .help(text("arg_jobs"))
    };
    let building = |command: Command| {
        common(command)
            .arg(
                Arg::new("base-url")
                    .long("base-url")
                    .value_name("URL")
                    .help(text("arg_base_url")),
            )
            .arg(flag("drafts").help(text("arg_drafts")))
            .arg(today())
            .arg(jobs())
    };
    let whole = Command::new("vejviser")
        .version(env!("CARGO_PKG_VERSION"))
        .about(text("about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            building(Command::new("build").about(text("about_build")))
                .arg(path("output").help(text("arg_output")))
                .arg(flag("offline").help(text("arg_offline")))
                .arg(
                    Arg::new("headers")
                        .long("headers")
                        .value_name("SERVER")
                        .value_parser(PossibleValuesParser::new(Server::ALL.map(Server::name)))
                        .value_delimiter(',')
                        .action(ArgAction::Append)
                        .help(text("arg_headers")),
                )
                .arg(flag("precompress").help(text("arg_precompress")))
                .arg(flag("adopt").help(text("arg_adopt")))
                .arg(flag("strict").help(text("arg_strict"))),
        )
        .subcommand(
            building(Command::new("check").about(text("about_check")))
                .arg(flag("strict").help(text("arg_strict")))
                .arg(flag("fix").help(text("arg_fix")))
                .arg(
                    Arg::new("impact")
                        .long("impact")
                        .value_name("ID")
                        .help(text("arg_impact")),
                )
                .arg(
                    Arg::new("review")
                        .long("review")
                        .value_name("TIME")
                        .value_parser(is_duration)
                        .help(text("arg_review")),
                )
                .arg(
                    Arg::new("ics")
                        .long("ics")
                        .value_name("FILE")
                        .requires("review")
                        .value_parser(value_parser!(PathBuf))
                        .help(text("arg_ics")),
                ),
        )
        .subcommand(
            building(Command::new("serve").about(text("about_serve")))
                .arg(
                    Arg::new("port")
                        .long("port")
                        .value_name("PORT")
                        .value_parser(value_parser!(u16))
                        .default_value("4000")
                        .help(text("arg_port")),
                )
                .arg(
                    Arg::new("bind")
                        .long("bind")
                        .value_name("ADDR")
                        .value_parser(value_parser!(IpAddr))
                        .default_value("127.0.0.1")
                        .help(text("arg_bind")),
                )
                .arg(flag("open").help(text("arg_open"))),
        )
        .subcommand(
            common(Command::new("new").about(text("about_new")))
                .arg(
                    Arg::new("kind")
                        .required(true)
                        .value_name("KIND")
                        .value_parser(PossibleValuesParser::new(Kind::ALL.map(Kind::name)))
                        .help(text("arg_kind")),
                )
                .arg(
                    Arg::new("title")
                        .required(true)
                        .value_name("TITLE")
                        .help(text("arg_title")),
                )
                .arg(
                    Arg::new("folder")
                        .long("in")
                        .value_name("FOLDER")
                        .help(text("arg_in")),
                ),
        )
        .subcommand(
            common(Command::new("init").about(text("about_init")))
                .arg(today())
                .arg(
                    Arg::new("dir")
                        .required(true)
                        .value_name("DIR")
                        .value_parser(value_parser!(PathBuf))
                        .help(text("arg_dir")),
                ),
        )
        .subcommand(
            building(Command::new("search").about(text("about_search")))
                .arg(
                    Arg::new("query")
                        .required(true)
                        .value_name("QUERY")
                        .help(text("arg_query")),
                )
                .arg(flag("explain").help(text("arg_explain")))
                .arg(
                    Arg::new("limit")
                        .long("limit")
                        .value_name("N")
                        .value_parser(value_parser!(u16).range(1..))
                        .help(text("arg_limit")),
                )
                .arg(
                    Arg::new("language")
                        .long("language")
                        .value_name("LANGUAGE")
                        .help(text("arg_language")),
                ),
        )
        .subcommand(
            common(Command::new("schema").about(text("about_schema")))
                .arg(
                    Arg::new("what")
                        .value_name("WHAT")
                        .value_parser(PossibleValuesParser::new(
                            super::schema::WHOLE
                                .into_iter()
                                .chain(Kind::ALL.map(Kind::name)),
                        ))
                        .help(text("arg_what")),
                )
                .arg(path("output").help(text("arg_schema_output"))),
        )
        .subcommand(
            Command::new("completions")
                .about(text("about_completions"))
                .arg(
                    Arg::new("shell")
                        .required(true)
                        .value_name("SHELL")
                        .value_parser(value_parser!(clap_complete::Shell))
                        .help(text("arg_shell")),
                )
                .arg(lang()),
        )
        .subcommand(
            common(Command::new("lock").about(text("about_lock")))
                .arg(
                    Arg::new("forget")
                        .long("forget")
                        .value_name("ADDRESS")
                        .action(ArgAction::Append)
                        .help(text("arg_forget")),
                )
                .arg(today())
                .arg(jobs()),
        )
        .subcommand(
            Command::new("status")
                .about(text("about_status"))
                .subcommand_required(true)
                .arg_required_else_help(true)
                .subcommand(
                    common(Command::new("merge").about(text("about_status_merge")))
                        .arg(
                            Arg::new("files")
                                .required(true)
                                .value_name("FILES")
                                .num_args(1..)
                                .value_parser(value_parser!(PathBuf))
                                .help(text("arg_files")),
                        )
                        .arg(
                            path("output")
                                .required(true)
                                .help(text("arg_status_output")),
                        )
                        .arg(flag("keep-notes").help(text("arg_keep_notes")))
                        .arg(flag("keep-names").help(text("arg_keep_names")))
                        .arg(today())
                        .arg(jobs()),
                ),
        )
        .subcommand(
            common(Command::new("explain").about(text("about_explain"))).arg(
                Arg::new("code")
                    .required(true)
                    .value_name("CODE")
                    .help(text("arg_code")),
            ),
        );
    let mut names = Vec::new();
    for command in whole.get_subcommands() {
        names.push(command.get_name().to_string());
        names.extend(
            command
                .get_subcommands()
                .map(|below| below.get_name().to_string()),
        );
    }
    let help = Command::new("help")
        .about(text("about_help"))
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .num_args(0..)
                .value_parser(PossibleValuesParser::new(names))
                .help(text("arg_command")),
        )
        .arg(lang());
    spoken(whole.subcommand(help), &text)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(text("arg_version")),
        )
}

/// The same commands with a flag for help and names of values in the reader's language: clap's own are English.
fn spoken(command: Command, text: &impl Fn(&str) -> &'static str) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(text("arg_help"));
    command
        .mut_args(|arg| {
            let name = arg.get_value_names().and_then(<[_]>::first);
            match name.map(|name| text(&format!("value_{}", name.to_lowercase()))) {
                Some(name) => arg.value_name(name),
                None => arg,
            }
        })
        .arg(help)
        .mut_subcommands(|below| spoken(below, text))
}

fn path(name: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

/// Whether a flag is set; one that the command does not have is not.
pub fn is_set(options: &ArgMatches, name: &str) -> bool {
    matches!(options.try_get_one::<bool>(name), Ok(Some(true)))
}

fn is_date(text: &str) -> Result<String, String> {
    match date::parse(text) {
        Some(_) => Ok(text.to_string()),
        // `usage.rs` tells what is expected, in the reader's language.
        None => Err(String::new()),
    }
}

fn is_duration(text: &str) -> Result<String, String> {
    match date::Duration::parse(text) {
        Some(_) => Ok(text.to_string()),
        None => Err(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_name_in_the_readers_language() {
        fn check(command: &Command) {
            for arg in command.get_arguments() {
                let is_named = arg
                    .get_value_names()
                    .is_some_and(|names| !names[0].is_empty());
                assert_eq!(
                    is_named,
                    arg.get_action().takes_values(),
                    "{} {arg}",
                    command.get_name()
                );
            }
            command.get_subcommands().for_each(check);
        }
        for language in [MessageLanguage::Danish, MessageLanguage::English] {
            check(&command(language));
        }
    }

    #[test]
    fn the_arguments_are_sound() {
        command(MessageLanguage::Danish).debug_assert();
        command(MessageLanguage::English).debug_assert();
    }
}
