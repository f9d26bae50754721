//! `_headers`, which several hosts of static files read. Its patterns know no regular expressions, so files that may
//! be kept are named one by one.

use super::{FOR_EVER, FRESH, Hosting};
use crate::plan::{Planner, sites};
use std::fmt::Write;

pub fn text(hosting: &Hosting, planner: &Planner) -> String {
    let base = &hosting.base;
    let mut out = format!("{base}*\n");
    for (name, value) in &hosting.headers {
        _ = writeln!(out, "  {name}: {value}");
    }
    // Of two rules with one header both values would be sent: pages are the host's default, asked for anew.
    _ = writeln!(out, "\n{base}\n  Cache-Control: {FRESH}");
    for path in sites::theme_paths(planner) {
        _ = write!(out, "\n{base}{path}\n  Cache-Control: {FOR_EVER}\n");
    }
    for language in &hosting.languages {
        _ = write!(
            out,
            "\n{base}assets/search/{language}/*\n  Cache-Control: {FOR_EVER}\n"
        );
    }
    out
}
