//! `check --fix`: writes the ids that items lack into the files, and nothing else.
//!
//! In: what came of a check. Out: the files, each replaced in one step, and a line for every id that was written or
//! could not be. A file that is not what was read any more is left as it is.

use super::console::Console;
use crate::diagnostic::catalogue::harmless;
use crate::fs::{self, Disk, Fs};
use crate::pipeline::{Mended, Report, missing_ids};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;

/// Writes every id that can be written. `true` when a file was changed.
pub fn fix(root: &Path, report: &Report, console: &Console) -> Result<bool> {
    let mut has_written = false;
    for mended in missing_ids(report) {
        for line in &mended.refused {
            tell_refused("fix_refused", &mended, *line, console);
        }
        if mended.written.is_empty() {
            continue;
        }
        if write(root, &mended)? {
            has_written = true;
            tell_written(&mended, console);
        } else {
            tell_refused("fix_changed", &mended, mended.written[0].0, console);
        }
    }
    if !has_written {
        console.tell("fix_nothing", &[]);
    }
    Ok(has_written)
}

/// Gives the file its new text, unless it is not the one that was read.
fn write(root: &Path, mended: &Mended) -> Result<bool> {
    let shown = fs::shown(Path::new(&mended.path));
    // A link inside the site stays one; what it leads to gets the text.
    let path = Disk
        .canonicalize(&root.join(&mended.path))
        .with_context(|| format!("cannot find {shown}"))?;
    let limit = mended.old.len() as u64;
    match Disk.read(&path, limit) {
        Ok(bytes) if bytes == mended.old.as_bytes() => {}
        _ => return Ok(false),
    }
    fs::replace_keeping_mode(&Disk, &path, mended.new.as_bytes())
        .with_context(|| format!("cannot write {shown}"))?;
    Ok(true)
}

fn tell_written(mended: &Mended, console: &Console) {
    for (line, id) in &mended.written {
        if console.is_json() {
            let told = json!({"fixed": {"path": mended.path, "line": line, "id": id}});
            console.print(&told.to_string());
        }
        let values = [
            ("path", &*harmless(&mended.path)),
            ("line", &line.to_string()),
            ("id", id),
        ];
        console.tell("fix_written", &values);
    }
}

/// What could not be done is said even to those who want no account of what was.
fn tell_refused(entry: &str, mended: &Mended, line: usize, console: &Console) {
    let values = [
        ("path", &*harmless(&mended.path)),
        ("line", &line.to_string()),
    ];
    console.say(entry, &values);
}
