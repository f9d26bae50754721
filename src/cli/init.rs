//! `init`: a small working Danish site to begin from.

use super::Exit;
use super::console::Console;
use crate::fs::{Disk, Fs, shown};
use anyhow::{Context, Result};
use clap::ArgMatches;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
/// The day of review in the starter's files.
const STARTER_DAY: &str = "2026-11-21";

/// Writes the starter site into a folder that is new or empty.
pub fn init(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let Some(folder) = options.get_one::<PathBuf>("dir") else {
        return Ok(Exit::Usage);
    };
    let is_taken = match Disk.names(folder) {
        Ok(names) => !names.is_empty(),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if is_taken {
        console.say("init_taken", &[("folder", &shown(folder))]);
        return Ok(Exit::Usage);
    }
    write(&STARTER, folder, &super::today(options).to_string())?;
    console.tell("init_done", &[("folder", &shown(folder))]);
    Ok(Exit::Clean)
}

/// Writes a folder of the starter. What it says was reviewed on its own day was so on the day it is made.
fn write(from: &Dir, to: &Path, today: &str) -> Result<()> {
    Disk.create_dir_all(to)
        .with_context(|| format!("cannot make {}", shown(to)))?;
    for file in from.files() {
        let Some(name) = file.path().file_name() else {
            continue;
        };
        let path = to.join(name);
        let bytes = match file.contents_utf8() {
            Some(text) => text.replace(STARTER_DAY, today).into_bytes(),
            None => file.contents().to_vec(),
        };
        Disk.write_new(&path, &bytes)
            .with_context(|| format!("cannot write {}", shown(&path)))?;
    }
    for folder in from.dirs() {
        if let Some(name) = folder.path().file_name() {
            write(folder, &to.join(name), today)?;
        }
    }
    Ok(())
}
