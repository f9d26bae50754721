//! The stage: a folder where the new site grows while the old one is served.
//!
//! In: files one by one, from any number of threads. Out: the files on disk and the sorted list of them.
//! Each folder is made once, each file is one open, write and close, and no call asks what is already there:
//! the stage is new and nobody else's. Unchanged files are only noted; they are linked in at the end, if at all.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::manifest::{Listed, MANIFEST, Manifest};
use super::old::folders_above;
use crate::fs::{EntryKind, Fs, shown};

/// Lists that finished files are noted in, so that threads seldom meet.
const SHARDS: usize = 16;

/// A stage under way.
pub struct Staging<'a> {
    fs: &'a dyn Fs,
    /// Where the files go.
    pub root: PathBuf,
    /// A folder around the root, for a stage inside the output.
    around: Option<PathBuf>,
    folders: RwLock<HashSet<String>>,
    noted: [Mutex<Vec<Noted>>; SHARDS],
}

/// A finished file.
struct Noted {
    file: Listed,
    is_changed: bool,
}

impl<'a> Staging<'a> {
    /// A stage at `root`; nothing is made before the first file.
    pub fn new(fs: &'a dyn Fs, root: PathBuf, around: Option<PathBuf>) -> Staging<'a> {
        Staging {
            fs,
            root,
            around,
            folders: RwLock::default(),
            noted: Default::default(),
        }
    }

    /// Writes a new file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let target = self.target(path)?;
        self.fs
            .write_new(&target, bytes)
            .with_context(|| format!("cannot write {}", shown(&target)))
    }

    /// Copies a file that must have `size` bytes.
    pub fn copy(&self, path: &str, from: &Path, size: u64) -> Result<()> {
        let target = self.target(path)?;
        let copied = self
            .fs
            .copy_new(from, &target)
            .with_context(|| format!("cannot copy {} to {}", shown(from), shown(&target)))?;
        if copied != size {
            bail!(
                "{} was changed while it was being copied; build again",
                shown(from)
            );
        }
        Ok(())
    }

    /// Gives a file of the old site a second name in the stage, or copies it where that cannot be done.
    pub fn link(&self, path: &str, from: &Path, size: u64) -> Result<()> {
        if self.fs.hard_link(from, &self.target(path)?).is_ok() {
            return Ok(());
        }
        self.copy(path, from, size)
    }

    /// Notes a finished file for the manifest.
    pub fn note(&self, path: &str, hash: blake3::Hash, size: u64, is_changed: bool) {
        let shard = &self.noted[usize::from(hash.as_bytes()[0]) % SHARDS];
        let file = Listed {
            path: path.to_owned(),
            hash,
            size,
        };
        shard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Noted { file, is_changed });
    }

    /// Makes the stage's own folder, for a site without files.
    pub fn make_root(&self) -> Result<()> {
        self.ensure_folder("")
    }

    /// The new site, once every file has been noted.
    pub fn finish(&mut self) -> Result<NewSite> {
        let take = |shard: &mut Mutex<Vec<Noted>>| {
            std::mem::take(shard.get_mut().unwrap_or_else(PoisonError::into_inner))
        };
        let mut noted: Vec<Noted> = self.noted.iter_mut().flat_map(take).collect();
        noted.par_sort_unstable_by(|a, b| a.file.path.cmp(&b.file.path));
        NewSite::new(noted)
    }

    fn target(&self, path: &str) -> Result<PathBuf> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.ensure_folder(folder)?;
        Ok(self.root.join(path))
    }

    fn ensure_folder(&self, folder: &str) -> Result<()> {
        if self
            .folders
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(folder)
        {
            return Ok(());
        }
        if folder.is_empty() {
            if let Some(around) = &self.around {
                self.make_folder(around)?;
            }
            self.make_folder(&self.root)?;
        } else {
            self.ensure_folder(folder.rsplit_once('/').map_or("", |(above, _)| above))?;
            self.make_folder(&self.root.join(folder))?;
        }
        self.folders
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(folder.to_owned());
        Ok(())
    }

    fn make_folder(&self, folder: &Path) -> Result<()> {
        match self.fs.create_dir(folder) {
            // Another thread was first. A file of that name makes the next step fail.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result.with_context(|| format!("cannot make the folder {}", shown(folder))),
        }
    }
}

/// A site that is ready to be published.
pub struct NewSite {
    pub manifest: Manifest,
    /// For each file of the manifest, whether it was written or copied rather than found unchanged.
    pub is_changed: Vec<bool>,
    folders: HashSet<String>,
}

impl NewSite {
    fn new(noted: Vec<Noted>) -> Result<NewSite> {
        let (files, is_changed): (Vec<_>, Vec<_>) = noted
            .into_iter()
            .map(|noted| (noted.file, noted.is_changed))
            .unzip();
        if let Some(twice) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            bail!("the site has two files at {}", twice[0].path);
        }
        let mut folders = HashSet::new();
        for file in &files {
            for folder in folders_above(&file.path) {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        let site = NewSite {
            manifest: Manifest { files },
            is_changed,
            folders,
        };
        match site
            .folders
            .iter()
            .filter(|folder| site.manifest.lists(folder))
            .min()
        {
            Some(both) => bail!("the site has both a file and a folder at {both}"),
            None => Ok(site),
        }
    }

    /// The files with whether each has changed.
    pub fn files(&self) -> impl Iterator<Item = (&Listed, bool)> {
        self.manifest
            .files
            .iter()
            .zip(self.is_changed.iter().copied())
    }

    /// Whether the new site has a file at `path`.
    pub fn has_file(&self, path: &str) -> bool {
        path == MANIFEST || self.manifest.lists(path)
    }

    /// Whether the new site has a file or a folder at `path`.
    pub fn needs(&self, path: &str) -> bool {
        self.has_file(path) || self.folders.contains(path)
    }
}

/// Removes a folder of ours with all that is in it; links in it are removed, not followed. Missing is fine.
pub fn remove_tree(fs: &dyn Fs, root: &Path) -> Result<()> {
    let doing = || format!("cannot remove {}", shown(root));
    match fs.kind(root).with_context(doing)? {
        None => return Ok(()),
        Some(EntryKind::Folder) => {}
        Some(_) => return gone(fs.remove_file(root)).with_context(doing),
    }
    let entries = fs.outline(root).with_context(doing)?;
    let (folders, files): (Vec<_>, Vec<_>) = entries
        .iter()
        .partition(|entry| entry.kind == EntryKind::Folder);
    files
        .par_iter()
        .try_for_each(|entry| gone(fs.remove_file(&root.join(&entry.path))))
        .with_context(doing)?;
    let folders: Vec<&Path> = folders.iter().map(|entry| entry.path.as_path()).collect();
    remove_folders(&folders, |folder| {
        gone(fs.remove_dir(&root.join(folder))).with_context(doing)
    })?;
    gone(fs.remove_dir(root)).with_context(doing)
}

/// Removes folders, the deepest first; those of one depth lie apart and can go together.
pub fn remove_folders(
    folders: &[&Path],
    remove: impl Fn(&Path) -> Result<()> + Sync,
) -> Result<()> {
    let mut by_depth: BTreeMap<usize, Vec<&Path>> = BTreeMap::new();
    for folder in folders {
        by_depth
            .entry(folder.components().count())
            .or_default()
            .push(folder);
    }
    by_depth
        .values()
        .rev()
        .try_for_each(|level| level.par_iter().try_for_each(|folder| remove(folder)))
}

/// Takes "it is not there" for success of a removal.
pub fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
