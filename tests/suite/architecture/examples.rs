//! The rules of `architecture.rs` on small examples: each wrong one must be seen, the right ones must pass.

use super::source::Source;
use super::{LONGEST, Rule, banned_words, foreign_crates, headless, imports, impurities, too_long};

/// Each wrong example must give exactly one breach, which holds the words given.
#[test]
fn the_checker_sees_what_is_wrong() {
    let wrong: &[(Rule, &str, &str, &str)] = &[
        (
            imports,
            "parse/x.rs",
            "use crate::resolve::Tree;",
            "parse imports crate::resolve::Tree",
        ),
        (
            imports,
            "plan.rs",
            "use crate::{text::slug, render};",
            "plan imports crate::render",
        ),
        (
            imports,
            "plan.rs",
            "use {crate::text, crate::write::{self}};",
            "crate::write",
        ),
        (
            imports,
            "text/a.rs",
            "use crate::model::{ids::FileId, site::Site};",
            ":1: text imports crate::model::site",
        ),
        (
            imports,
            "text/a.rs",
            "fn f() -> crate::config::Config {}",
            "text imports crate::config",
        ),
        (
            imports,
            "yaml.rs",
            "mod a { mod b { use super::super::super::theme::X; } }",
            "yaml imports crate::theme",
        ),
        (
            imports,
            "yaml/keys.rs",
            "use super::super::theme::X;",
            "yaml imports crate::theme",
        ),
        (
            imports,
            "render/a.rs",
            "// c\n\nuse crate::fs::Disk;",
            ":3: render imports crate::fs",
        ),
        (
            imports,
            "model/a.rs",
            "use crate::yaml::Node;",
            "model imports crate::yaml",
        ),
        (
            imports,
            "serve/a.rs",
            "use crate::cli::Exit;",
            "serve imports crate::cli",
        ),
        (
            imports,
            "pipeline.rs",
            "use crate::serve;",
            "pipeline imports crate::serve",
        ),
        (
            imports,
            "cli/a.rs",
            "use crate::discover;\nfn f() { discover::discover(); }",
            ":2: cli imports crate::discover::discover",
        ),
        (
            imports,
            "cli/a.rs",
            "use crate::discover::*;",
            "crate::discover::*",
        ),
        (
            imports,
            "cli/a.rs",
            "use crate::write::{WriteError, Stage};",
            "crate::write::Stage",
        ),
        (
            imports,
            "cli.rs",
            "use crate::render::render;",
            "cli imports crate::render",
        ),
        (imports, "text.rs", "use crate::*;", "hides"),
        (imports, "pipeline.rs", "use crate::discover as d;", "hides"),
        (
            imports,
            "discover/a.rs",
            "use crate::markdown::read;",
            "discover imports crate::markdown",
        ),
        (
            imports,
            "main.rs",
            "fn main() { vejviser::pipeline::build() }",
            "main imports crate::pipeline",
        ),
        (imports, "utils.rs", "", "does not know"),
        (impurities, "resolve/a.rs", "use std::{io, fs};", "std::fs"),
        (
            impurities,
            "render.rs",
            "fn f() { std::env::var(\"X\"); }",
            "std::env",
        ),
        (
            impurities,
            "parse.rs",
            "fn f() { Instant::now(); }",
            "Instant",
        ),
        (
            impurities,
            "plan/a.rs",
            "use std::process::Command;",
            "std::process",
        ),
        (
            foreign_crates,
            "parse.rs",
            "use serde_yaml::Value;",
            "serde_yaml",
        ),
        (
            foreign_crates,
            "yaml/keys.rs",
            "fn f(v: &serde_yaml::Value) {}",
            "serde_yaml",
        ),
        (
            foreign_crates,
            "discover/walk.rs",
            "use walkdir::WalkDir;",
            "walkdir",
        ),
        (foreign_crates, "theme.rs", "use ::tera::Tera;", "tera"),
        (foreign_crates, "serve/state.rs", "use tokio as t;", "tokio"),
        (
            foreign_crates,
            "render.rs",
            "use rayon::prelude::*;",
            "rayon",
        ),
        (
            banned_words,
            "a.rs",
            "fn f() { x\n.unwrap(); }",
            ":2: .unwrap",
        ),
        (
            banned_words,
            "a.rs",
            "#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }\nfn g() { todo!() }",
            ":3: todo",
        ),
        (
            banned_words,
            "a.rs",
            "fn f() { println!(\"x\") }",
            "println",
        ),
        (
            banned_words,
            "a.rs",
            "fn f() { let c = '\"'; dbg!(c) }",
            "dbg",
        ),
        (headless, "a.rs", "use std::io;\n", "//!"),
    ];
    for (rule, path, text, expected) in wrong {
        let found = rule(&Source::new(path, text));
        assert_eq!(found.len(), 1, "{path}: {text}\n{found:#?}");
        assert!(found[0].contains(expected), "{text}\n{found:#?}");
    }
    let long = "//! a\n".repeat(LONGEST + 1);
    assert_eq!(too_long(&Source::new("a.rs", &long)).len(), 1);
}

#[test]
fn the_checker_is_quiet_about_what_is_right() {
    let right: &[(Rule, &str, &str)] = &[
        (
            imports,
            "parse/x.rs",
            "// use crate::resolve::Tree;\n/* crate::write::x */ use crate::model::site::Site;",
        ),
        (
            imports,
            "parse/x.rs",
            "fn f() { g(\"crate::resolve\", r#\"crate::\"write\"#, '\\'', 'a'); }",
        ),
        (
            imports,
            "plan/x.rs",
            "use super::super::plan::y; mod tests { use super::*; use super::super::Planner; }",
        ),
        (
            imports,
            "text/a.rs",
            "use crate::model::ids::FileId; use self::span::Span;",
        ),
        (
            imports,
            "cli/a.rs",
            "use crate::{config, discover};\nfn f() { discover::read_config(); config::read(); }",
        ),
        (
            imports,
            "cli/a.rs",
            "use crate::serve::{Built, serve as run}; use super::write::X;",
        ),
        (
            imports,
            "pipeline.rs",
            "use crate::{discover, plan::{PlanOptions, plan}, write::Stage};",
        ),
        (
            imports,
            "write/a.rs",
            "use std::fmt::Write; fn f<'a>(x: &'a str) { x.parse::<u8>(); }",
        ),
        (
            impurities,
            "parse.rs",
            "fn f() { let instant = env!(\"X\"); }",
        ),
        (impurities, "write.rs", "use std::fs::File;"),
        (
            foreign_crates,
            "cli/a.rs",
            "fn f(notify: u8) { notify.x(); let tera = notify; }",
        ),
        (
            banned_words,
            "a.rs",
            "#[cfg(test)]\nuse x;\n#[cfg(all(test, unix))]\nmod t { fn f() { x.unwrap() } }\n// todo!()",
        ),
        (
            banned_words,
            "a.rs",
            "fn f() { x.unwrap_or(\"println!\"); writeln!(y); }",
        ),
        (headless, "a.rs", "//! What it is.\n"),
    ];
    for (rule, path, text) in right {
        let found = rule(&Source::new(path, text));
        assert!(found.is_empty(), "{path}: {text}\n{found:#?}");
    }
}
