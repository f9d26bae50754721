//! The way without a swap: each file is moved into the output on its own.
//!
//! In: a stage inside the output and a journal of what is to happen. Out: the new site; every file is old or
//! new at any moment, and a run that was killed is continued by the next. For mount points, links to folders
//! and file systems that cannot exchange two names.
//! No path is followed through a link: each folder is looked at before anything moves into it.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

use super::aside::put_back;
use super::journal::InPlaceJournal;
use super::manifest::MANIFEST;
use super::old::{OldSite, Owned, folders_above, slashed};
use super::place::Place;
use super::staging::{NewSite, gone, remove_tree};
use crate::fs::{EntryKind, Fs, shown};

/// What is to happen to bring the new site in.
pub fn plan(old: &OldSite, new: &NewSite, owned: &Owned) -> InPlaceJournal {
    let mut moves: Vec<String> = new
        .files()
        .filter(|(_, is_changed)| *is_changed)
        .map(|(file, _)| file.path.clone())
        .collect();
    moves.sort_by_cached_key(|path| rank(path));
    moves.push(MANIFEST.to_owned());
    let stale = old
        .manifest
        .files
        .iter()
        .filter(|file| !new.has_file(&file.path));
    let mut mine: Vec<String> = owned.files().map(str::to_owned).collect();
    mine.sort_unstable();
    InPlaceJournal {
        moves,
        removes: stale.map(|file| file.path.clone()).collect(),
        owned: mine,
    }
}

/// Writes the journal; once it is there whole, the build is decided.
pub fn decide(fs: &dyn Fs, place: &Place, journal: &InPlaceJournal) -> Result<()> {
    let path = place.inner_journal();
    fs.write_new(&path, &journal.to_bytes()?)
        .with_context(|| format!("cannot write the journal {}", shown(&path)))
}

/// Does what the journal says, or what is left of it.
pub fn roll_forward(fs: &dyn Fs, place: &Place, journal: &InPlaceJournal) -> Result<()> {
    let mut output = Output {
        fs,
        root: &place.output,
        owned: Owned::new(journal.owned.iter().map(String::as_str)),
        real: HashSet::new(),
    };
    let site = place.inner_site();
    let is_there = fs
        .kind(&site)
        .with_context(|| format!("cannot look at {}", shown(&site)))?;
    if is_there == Some(EntryKind::Folder) {
        let staged = fs
            .walk(&site)
            .with_context(|| format!("cannot look through {}", shown(&site)))?;
        let staged: HashSet<_> = staged
            .iter()
            .filter(|entry| entry.kind == EntryKind::File)
            .filter_map(|entry| slashed(&entry.path))
            .collect();
        // What is no longer staged has been moved already.
        for path in journal
            .moves
            .iter()
            .filter(|path| staged.contains(path.as_str()))
        {
            output.move_in(&site, path)?;
        }
    }
    output.remove_stale(&journal.removes)?;
    remove_tree(fs, &site)?;
    let journal = place.inner_journal();
    gone(fs.remove_file(&journal))
        .with_context(|| format!("cannot remove the journal {}", shown(&journal)))?;
    remove_tree(fs, &place.inner())
}

/// The output while it is being changed.
struct Output<'a> {
    fs: &'a dyn Fs,
    root: &'a Path,
    owned: Owned,
    /// Folders that have been seen to be folders.
    real: HashSet<String>,
}

impl Output<'_> {
    fn move_in(&mut self, site: &Path, path: &str) -> Result<()> {
        self.make_way(path)
            .and_then(|()| self.fs.rename(&site.join(path), &self.root.join(path)))
            .with_context(|| format!("cannot put {} in its place", shown(&self.root.join(path))))
    }

    /// Sees to it that `path` lies in real folders, and that only something of ours, or nothing, is there.
    fn make_way(&mut self, path: &str) -> io::Result<()> {
        let mut above: Vec<&str> = folders_above(path).collect();
        above.reverse();
        for folder in above {
            if self.real.contains(folder) {
                continue;
            }
            let place = self.root.join(folder);
            match self.fs.kind(&place)? {
                Some(EntryKind::Folder) => {}
                None => self.fs.create_dir(&place)?,
                Some(kind) => {
                    self.clear_away(folder, kind)?;
                    self.fs.create_dir(&place)?;
                }
            }
            self.real.insert(folder.to_owned());
        }
        match self.fs.kind(&self.root.join(path))? {
            Some(EntryKind::Folder) => self.empty_folder(path),
            // Renaming replaces it.
            Some(kind) if self.owned.owns(Path::new(path), kind) => Ok(()),
            Some(kind) => self.clear_away(path, kind),
            None => Ok(()),
        }
    }

    /// Removes what is ours; anything else came in the last moment and is kept under another name.
    fn clear_away(&self, path: &str, kind: EntryKind) -> io::Result<()> {
        let place = self.root.join(path);
        if self.owned.owns(Path::new(path), kind) {
            return gone(self.fs.remove_file(&place));
        }
        put_back(self.fs, &place, self.root, Path::new(path))
    }

    /// Takes a folder away where a file is to be; foreign things in it are kept under another name.
    fn empty_folder(&mut self, path: &str) -> io::Result<()> {
        let place = self.root.join(path);
        let entries = self.fs.outline(&place)?;
        for entry in entries.iter().rev() {
            let inside = place.join(&entry.path);
            if entry.kind == EntryKind::Folder {
                ignore_not_empty(self.fs.remove_dir(&inside))?;
            } else if self
                .owned
                .owns(&Path::new(path).join(&entry.path), entry.kind)
            {
                gone(self.fs.remove_file(&inside))?;
            }
        }
        ignore_not_empty(self.fs.remove_dir(&place))?;
        self.real
            .retain(|folder| Path::new(folder).strip_prefix(path).is_err());
        match self.fs.kind(&place)? {
            Some(_) => put_back(self.fs, &place, self.root, Path::new(path)),
            None => Ok(()),
        }
    }

    /// Deletes what the new site no longer has, and the folders that are empty for it.
    fn remove_stale(&mut self, paths: &[String]) -> Result<()> {
        let mut emptied: Vec<&str> = Vec::new();
        for path in paths {
            let doing = || {
                format!(
                    "cannot delete the old file {}",
                    shown(&self.root.join(path))
                )
            };
            if !self.is_in_real_folder(path).with_context(doing)? {
                continue;
            }
            let place = self.root.join(path);
            match self.fs.kind(&place).with_context(doing)? {
                None | Some(EntryKind::Folder) => {}
                Some(_) => gone(self.fs.remove_file(&place)).with_context(doing)?,
            }
            emptied.extend(folders_above(path));
        }
        emptied.sort_unstable();
        emptied.dedup();
        for folder in emptied.iter().rev() {
            // Also when it is a mount point, or otherwise not ours to remove: an empty folder does no harm.
            let _ = self.fs.remove_dir(&self.root.join(folder));
        }
        Ok(())
    }

    fn is_in_real_folder(&self, path: &str) -> io::Result<bool> {
        for folder in folders_above(path) {
            if !self.real.contains(folder)
                && self.fs.kind(&self.root.join(folder))? != Some(EntryKind::Folder)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn ignore_not_empty(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        result => gone(result),
    }
}

/// When a file moves: first what pages ask for, then pages, then what points at pages.
fn rank(path: &str) -> u8 {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let name = name
        .strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".br"))
        .unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_hashed = stem
        .split(['.', '-', '_'])
        .skip(1)
        .any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match extension {
        "html" => 1,
        "js" | "json" | "xml" | "txt" | "webmanifest" | "" if !is_hashed => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_move_before_what_refers_to_them() {
        let mut paths = [
            "sitemap.xml",
            "index.html",
            "search/index.js",
            "a/index.html.gz",
            "vv-1a2b3c4d.js",
            "b.css",
            "_headers",
        ];
        paths.sort_by_key(|path| (rank(path), *path));
        assert_eq!(
            paths,
            [
                "b.css",
                "vv-1a2b3c4d.js",
                "a/index.html.gz",
                "index.html",
                "_headers",
                "search/index.js",
                "sitemap.xml"
            ]
        );
    }
}
