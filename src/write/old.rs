//! The site that is in the output now, and which of the things there are ours.
//!
//! In: the output folder and its manifest. Out: what it holds, and the foreign things that stand in the way
//! of a new site. Never writes. Ours is what the manifest lists, and nothing else.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

use super::WriteError;
use super::manifest::{Listed, MANIFEST, MANIFEST_LIMIT, Manifest};
use super::place::Place;
use super::staging::NewSite;
use crate::fs::{Entry, EntryKind, Fs, shown};

/// What the output holds before the build.
#[derive(Default)]
pub struct OldSite {
    pub entries: Vec<Entry>,
    pub manifest: Manifest,
    /// The manifest as it stands on disk; empty when there is none that we trust.
    pub manifest_bytes: Vec<u8>,
    /// Listed files that are there as regular files, not reached through a link: they may be unchanged.
    files: HashMap<String, (blake3::Hash, u64)>,
}

impl OldSite {
    /// Reads the output. A manifest that cannot be trusted is an error, or no manifest when adopting.
    pub fn read(fs: &dyn Fs, place: &Place, adopt: bool) -> Result<OldSite> {
        if !place.exists {
            return Ok(OldSite::default());
        }
        let mut old = OldSite {
            entries: fs.outline(&place.output).with_context(|| {
                format!("cannot look through the output {}", shown(&place.output))
            })?,
            ..OldSite::default()
        };
        if old
            .entries
            .iter()
            .any(|entry| entry.path == Path::new(MANIFEST))
        {
            match read_manifest(fs, &place.output.join(MANIFEST))? {
                Ok((manifest, bytes)) => (old.manifest, old.manifest_bytes) = (manifest, bytes),
                Err(_) if adopt => {}
                Err(reason) => return Err(WriteError::DamagedManifest { reason }.into()),
            }
        }
        old.files = old.unchanged_so_far();
        Ok(old)
    }

    /// Whether the old site had a file at `path` with this hash and size, and has one there still.
    pub fn has(&self, path: &str, hash: blake3::Hash, size: u64) -> bool {
        self.files.get(path) == Some(&(hash, size))
    }

    /// What in the output is ours.
    pub fn owned(&self) -> Owned {
        let manifest = (!self.manifest_bytes.is_empty()).then_some(MANIFEST);
        Owned::new(
            self.manifest
                .files
                .iter()
                .map(|file| file.path.as_str())
                .chain(manifest),
        )
    }

    fn unchanged_so_far(&self) -> HashMap<String, (blake3::Hash, u64)> {
        let there: HashSet<Cow<str>> = self
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::File)
            .filter_map(|entry| slashed(&entry.path))
            .collect();
        let is_there = |file: &&Listed| there.contains(file.path.as_str());
        let known = |file: &Listed| (file.path.clone(), (file.hash, file.size));
        self.manifest
            .files
            .iter()
            .filter(is_there)
            .map(known)
            .collect()
    }
}

/// Reads and checks a manifest. The outer error is the disk's, the inner one the manifest's.
pub fn read_manifest(fs: &dyn Fs, path: &Path) -> Result<Result<(Manifest, Vec<u8>), String>> {
    match fs.read(path, MANIFEST_LIMIT) {
        Ok(bytes) => Ok(Manifest::from_bytes(&bytes).map(|manifest| (manifest, bytes))),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge
            ) =>
        {
            Ok(Err(format!("it cannot be read: {error}")))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", shown(path))),
    }
}

/// The files that are ours in a folder, and the folders that hold them.
pub struct Owned {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Owned {
    /// From checked paths.
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Owned {
        let files: HashSet<String> = paths.into_iter().map(str::to_owned).collect();
        let mut folders = HashSet::new();
        for path in &files {
            for folder in folders_above(path) {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        Owned { files, folders }
    }

    /// Whether something other than a folder is ours to remove. A link in place of a folder of ours is:
    /// it was planted, and only the link itself goes.
    pub fn owns(&self, path: &Path, kind: EntryKind) -> bool {
        slashed(path).is_some_and(|path| {
            self.files.contains(path.as_ref())
                || kind == EntryKind::Link && self.folders.contains(path.as_ref())
        })
    }

    /// Whether a folder is there because of our files.
    pub fn owns_folder(&self, path: &Path) -> bool {
        slashed(path).is_some_and(|path| self.folders.contains(path.as_ref()))
    }

    /// All files that are ours.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }
}

/// Finds the foreign things in the way of the new site. Returns the paths to take over, which is none
/// unless adopting; without adopting they are the error.
pub fn settle_foreign(
    old: &OldSite,
    owned: &Owned,
    new: &NewSite,
    adopt: bool,
) -> Result<Vec<String>, WriteError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in &old.entries {
        if entry.kind == EntryKind::Folder || owned.owns(&entry.path, entry.kind) {
            continue;
        }
        let needed = slashed(&entry.path).filter(|path| new.needs(path));
        if let Some(path) = needed {
            files.push(path.into_owned());
        } else if entry
            .path
            .ancestors()
            .skip(1)
            .filter_map(slashed)
            .any(|path| new.has_file(&path))
        {
            folders.push(shown(&entry.path));
        }
    }
    if !folders.is_empty() {
        return Err(WriteError::ForeignFolders(folders));
    }
    if !files.is_empty() && !adopt {
        return Err(WriteError::ForeignFiles(files));
    }
    Ok(files)
}

/// The foreign things that a swap has to move: files and folders, but nothing inside a foreign folder.
pub fn outermost_foreign<'a>(old: &'a OldSite, owned: &Owned) -> Vec<&'a Entry> {
    let is_outermost = |entry: &&Entry| {
        let parent = entry.path.parent().unwrap_or(Path::new(""));
        let is_ours = owned.owns(&entry.path, entry.kind) || owned.owns_folder(&entry.path);
        !is_ours && (parent.as_os_str().is_empty() || owned.owns_folder(parent))
    };
    old.entries.iter().filter(is_outermost).collect()
}

/// Whether one of these is a mount point, which cannot be moved.
pub fn has_mount(fs: &dyn Fs, place: &Place, foreign: &[&Entry]) -> Result<bool> {
    for entry in foreign {
        let path = place.output.join(&entry.path);
        if fs
            .is_mount_point(&path)
            .with_context(|| format!("cannot look at {}", shown(&path)))?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The folders above a path, the nearest first: `a/b`, `a` for `a/b/c`.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

/// A relative path as the manifest writes it; `None` when it is not UTF-8, and so not ours.
pub fn slashed(path: &Path) -> Option<Cow<'_, str>> {
    let path = path.to_str()?;
    Some(if cfg!(windows) {
        Cow::Owned(path.replace('\\', "/"))
    } else {
        Cow::Borrowed(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_files_and_links_over_listed_folders_are_ours() {
        let owned = Owned::new(["a/b/c", "d"]);
        let owns = |path: &str, kind| owned.owns(Path::new(path), kind);
        assert!(
            owns("a/b/c", EntryKind::File)
                && owns("d", EntryKind::Link)
                && owns("a/b", EntryKind::Link)
        );
        assert!(
            !owns("a/b", EntryKind::File)
                && !owns("a/x", EntryKind::File)
                && !owns("x", EntryKind::Link)
        );
        assert!(owned.owns_folder(Path::new("a")) && !owned.owns_folder(Path::new("d")));
    }

    #[test]
    fn folders_come_nearest_first() {
        assert_eq!(folders_above("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(folders_above("a").count(), 0);
    }
}
