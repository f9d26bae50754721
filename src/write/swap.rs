//! The swap: the new site and the old one change places in one step.
//!
//! In: a finished stage beside the output. Out: the new site as the output, foreign things moved over to it,
//! the old site gone. Clearing a stage works the same before and after the swap, since the manifest in the
//! stage says which of its files are ours: those are deleted, everything else is moved to the output.
//! So an interrupted run needs no record of how far it came.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::aside::put_back;
use super::journal::SwapJournal;
use super::manifest::MANIFEST;
use super::old::{Owned, read_manifest};
use super::place::Place;
use super::staging::{gone, remove_folders};
use crate::fs::{Entry, EntryKind, Fs, shown};

/// Rounds of clearing, should someone keep adding files to the old folder meanwhile.
const ROUNDS: usize = 5;

/// Swaps stage and output, leaving a journal. `false` when this file system cannot, and then no journal.
pub fn exchange(fs: &dyn Fs, place: &Place, adopted: Vec<String>) -> Result<bool> {
    let journal = place.journal();
    fs.write_new(&journal, &SwapJournal { adopted }.to_bytes()?)
        .with_context(|| format!("cannot write the journal {}", shown(&journal)))?;
    match fs.exchange(&place.stage(), &place.output) {
        Ok(()) => Ok(true),
        Err(error) if is_refusal(&error) => {
            remove_journal(fs, place)?;
            Ok(false)
        }
        Err(error) => Err(error)
            .with_context(|| format!("cannot swap the new site into {}", shown(&place.output))),
    }
}

/// Clears the stage after a swap, and removes the journal. The foreign things we know of go first, before
/// anything else is looked at, so that they are away for as short as can be.
pub fn tidy(fs: &dyn Fs, place: &Place, owned: &Owned, foreign: &[&Entry]) -> Result<()> {
    let (stage, output) = (place.stage(), &place.output);
    for entry in foreign {
        let from = stage.join(&entry.path);
        let is_shared =
            entry.kind == EntryKind::Folder && is_folder(fs, &output.join(&entry.path))?;
        if !is_shared {
            move_back(fs, &from, output, &entry.path)?;
        }
    }
    clear(fs, &stage, output, owned)?;
    remove_journal(fs, place)
}

/// Finishes or undoes an interrupted swap; which of the two, does not matter.
pub fn finish(fs: &dyn Fs, place: &Place) -> Result<()> {
    let adopted = SwapJournal::read(fs, place)?.adopted;
    for stage in place.stages(fs)? {
        let path = stage.join(MANIFEST);
        let kind = fs
            .kind(&path)
            .with_context(|| format!("cannot look at {}", shown(&path)))?;
        let manifest = match kind {
            Some(_) => read_manifest(fs, &path)?.ok().map(|(manifest, _)| manifest),
            None => None,
        };
        let itself = manifest.is_some().then_some(MANIFEST);
        let listed = manifest
            .iter()
            .flat_map(|manifest| &manifest.files)
            .map(|file| file.path.as_str());
        let owned = Owned::new(
            listed
                .chain(itself)
                .chain(adopted.iter().map(String::as_str)),
        );
        clear(fs, &stage, &place.output, &owned)?;
    }
    remove_journal(fs, place)
}

/// Empties and removes a stage: what is ours is deleted, the rest is moved to the output.
fn clear(fs: &dyn Fs, stage: &Path, output: &Path, owned: &Owned) -> Result<()> {
    let doing = || format!("cannot clear {}", shown(stage));
    for _ in 0..ROUNDS {
        match fs.kind(stage).with_context(doing)? {
            None => return Ok(()),
            Some(EntryKind::Folder) => {}
            Some(_) => return gone(fs.remove_file(stage)).with_context(doing),
        }
        clear_once(fs, stage, output, owned)?;
        match fs.remove_dir(stage) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            result => return gone(result).with_context(doing),
        }
    }
    bail!(
        "{} cannot be cleared: something keeps writing to it",
        shown(stage)
    )
}

fn clear_once(fs: &dyn Fs, stage: &Path, output: &Path, owned: &Owned) -> Result<()> {
    let entries = fs
        .walk(stage)
        .with_context(|| format!("cannot look through {}", shown(stage)))?;
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let mut moved: HashSet<&Path> = HashSet::new();
    for entry in &entries {
        if !moved.is_empty() && entry.path.ancestors().any(|above| moved.contains(above)) {
            continue;
        }
        let from = stage.join(&entry.path);
        let stays = if entry.kind == EntryKind::Folder {
            owned.owns_folder(&entry.path) || is_folder(fs, &output.join(&entry.path))?
        } else {
            owned.owns(&entry.path, entry.kind)
        };
        match (stays, entry.kind) {
            (true, EntryKind::Folder) => folders.push(entry.path.as_path()),
            (true, _) if entry.path == Path::new(MANIFEST) => {}
            (true, _) => files.push(from),
            (false, _) => {
                move_back(fs, &from, output, &entry.path)?;
                moved.insert(&entry.path);
            }
        }
    }
    files
        .par_iter()
        .try_for_each(|path| gone(fs.remove_file(path)))
        .with_context(|| format!("cannot delete the old files in {}", shown(stage)))?;
    remove_folders(&folders, |folder| remove_if_empty(fs, &stage.join(folder)))?;
    // Last, since it is what tells a later run which files are ours.
    if owned.owns(Path::new(MANIFEST), EntryKind::File) {
        gone(fs.remove_file(&stage.join(MANIFEST)))
            .with_context(|| format!("cannot delete the old manifest in {}", shown(stage)))?;
    }
    Ok(())
}

fn move_back(fs: &dyn Fs, from: &Path, output: &Path, path: &Path) -> Result<()> {
    // Its owner may have taken it away in the meantime.
    gone(put_back(fs, from, output, path))
        .with_context(|| format!("cannot move {} back to {}", shown(from), shown(output)))
}

fn is_folder(fs: &dyn Fs, path: &Path) -> Result<bool> {
    let kind = fs
        .kind(path)
        .with_context(|| format!("cannot look at {}", shown(path)))?;
    Ok(kind == Some(EntryKind::Folder))
}

/// Removes a folder unless something foreign is in it.
fn remove_if_empty(fs: &dyn Fs, folder: &Path) -> Result<()> {
    match fs.remove_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        result => {
            gone(result).with_context(|| format!("cannot remove the folder {}", shown(folder)))
        }
    }
}

fn remove_journal(fs: &dyn Fs, place: &Place) -> Result<()> {
    let journal = place.journal();
    gone(fs.remove_file(&journal))
        .with_context(|| format!("cannot remove the journal {}", shown(&journal)))
}

/// Whether a failed exchange means "not here" rather than "something is wrong".
fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, InvalidInput, ResourceBusy, Unsupported};
    matches!(
        error.kind(),
        CrossesDevices | InvalidInput | ResourceBusy | Unsupported
    )
}
