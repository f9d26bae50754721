//! Publishes a site: all of it or nothing.
//!
//! In: files one by one, from any thread. Out: the output folder with the new site, foreign files untouched.
//! The site grows in a stage; one swap brings it in, so that an interruption at any call leaves the old site
//! or the new one (file by file, where a folder cannot be swapped: each file old or new, and the next run
//! goes on). Deletes only files listed in its own checked manifest.
//! Deliberately not done: no rendering, no waiting for locks, no `fsync`.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rayon::prelude::*;

use crate::fs::{FileLock, Fs, shown};

mod aside;
mod in_place;
mod journal;
mod lock;
mod manifest;
mod old;
mod place;
mod staging;
mod swap;

pub use manifest::{MANIFEST, check_path};

use old::{OldSite, Owned};
use place::Place;
use staging::{NewSite, Staging, remove_tree};

/// How to publish.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// Take over foreign files at paths the site needs.
    pub adopt: bool,
    /// What is running, for whoever meets our lock: `vejviser build`.
    pub command: String,
}

/// Failures that a user meets and can do something about; found by `error.downcast_ref::<WriteError>()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// Files that are not ours lie at paths the site needs; all of them, sorted. `--adopt` takes them over.
    ForeignFiles(Vec<String>),
    /// Foreign files in folders where the site needs a file; adopting does not help, they must be moved.
    ForeignFolders(Vec<String>),
    /// The manifest in the output cannot be trusted. `--adopt` goes on without it.
    DamagedManifest {
        /// Why, in plain words.
        reason: String,
    },
    /// Another build into the same output is running.
    Locked {
        /// What it says about itself; may be empty.
        holder: String,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            WriteError::ForeignFiles(paths) => write!(
                f,
                "the output holds files that are not from this program, at paths the site needs; move them away, \
                 or take them over with --adopt: {}",
                paths.join(", ")
            ),
            WriteError::ForeignFolders(paths) => write!(
                f,
                "the output holds files that are not from this program, in folders where the site needs a file; \
                 move them away: {}",
                paths.join(", ")
            ),
            WriteError::DamagedManifest { reason } => write!(
                f,
                "the list of our files in the output, {MANIFEST}, cannot be trusted ({reason}); \
                 build with --adopt to replace it"
            ),
            WriteError::Locked { holder } if holder.is_empty() => {
                write!(f, "another build into the same output is running")
            }
            WriteError::Locked { holder } => {
                write!(
                    f,
                    "another build into the same output is running ({holder})"
                )
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// How a site was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// There was no output; the stage became it.
    Fresh,
    /// Stage and output changed places.
    Exchange,
    /// Each file was moved on its own.
    PerFile,
    /// Nothing differed, so nothing was touched.
    Untouched,
}

/// What was done. The manifest itself is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Of these, new or changed.
    pub written: usize,
    /// Of these, as they were.
    pub unchanged: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// How.
    pub mode: Mode,
}

/// One publication under way. Dropped before [`Stage::publish`], it leaves the old site.
pub struct Stage<'a> {
    fs: &'a dyn Fs,
    place: Place,
    old: OldSite,
    staging: Staging<'a>,
    adopt: bool,
    phase: Phase,
    /// Let go of last.
    _lock: FileLock,
}

/// How far a publication has come, and so what is to be done if it ends here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Only the stage exists: remove it.
    Staging,
    /// Only the stages beside and inside the output exist: remove them.
    StagingInside,
    /// Journal of a swap is there: clear the stage, which may by now hold the old site.
    Swapping,
    /// Nothing to do, or nothing that must not wait for the next run.
    Settled,
}

impl<'a> Stage<'a> {
    /// Locks the output, finishes what an interrupted run left, and looks at the site that is there.
    /// Nothing is made before the first file that differs from it.
    pub fn begin(fs: &'a dyn Fs, output: &Path, options: &WriteOptions) -> Result<Stage<'a>> {
        let mut place = Place::locate(fs, output)?;
        let lock = lock::take(fs, &place, &options.command)?;
        journal::recover(fs, &place)
            .context("cannot finish what an interrupted build left behind")?;
        place.look_again(fs)?;
        let old = OldSite::read(fs, &place, options.adopt)?;
        let (staging, phase) = if place.in_place {
            (
                Staging::new(fs, place.inner_site(), Some(place.inner())),
                Phase::StagingInside,
            )
        } else {
            (Staging::new(fs, place.stage(), None), Phase::Staging)
        };
        Ok(Stage {
            fs,
            place,
            old,
            staging,
            adopt: options.adopt,
            phase,
            _lock: lock,
        })
    }

    /// Adds a file. Each path is put once; it is relative, with `/` between its parts.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        checked(path)?;
        let (hash, size) = (blake3::hash(bytes), bytes.len() as u64);
        let is_unchanged = self.old.has(path, hash, size)
            && self
                .fs
                .read(&self.place.output.join(path), size)
                .is_ok_and(|there| there == bytes);
        if !is_unchanged {
            self.staging.write(path, bytes)?;
        }
        self.staging.note(path, hash, size, !is_unchanged);
        Ok(())
    }

    /// Adds a file from disk, whose hash and size are known.
    pub fn copy(&self, path: &str, from: &Path, hash: blake3::Hash, size: u64) -> Result<()> {
        checked(path)?;
        let is_unchanged = self.old.has(path, hash, size)
            && hash_of(self.fs, &self.place.output.join(path), size)
                .is_ok_and(|there| there == hash);
        if !is_unchanged {
            self.staging.copy(path, from, size)?;
        }
        self.staging.note(path, hash, size, !is_unchanged);
        Ok(())
    }

    /// Makes what was put the site. An error leaves the old site, unless it says that the new one is in place.
    pub fn publish(mut self) -> Result<Published> {
        let new = self.staging.finish()?;
        let files = new.manifest.files.len();
        let written = new
            .is_changed
            .iter()
            .filter(|is_changed| **is_changed)
            .count();
        let removed = self
            .old
            .manifest
            .files
            .iter()
            .filter(|file| !new.has_file(&file.path))
            .count();
        let manifest = new.manifest.to_bytes();
        let is_same = written == 0 && manifest == self.old.manifest_bytes;
        let mode = if is_same {
            Mode::Untouched
        } else {
            self.replace(&new, &manifest)?
        };
        self.phase = Phase::Settled;
        Ok(Published {
            files,
            written,
            unchanged: files - written,
            removed,
            mode,
        })
    }

    fn replace(&mut self, new: &NewSite, manifest: &[u8]) -> Result<Mode> {
        let owned = self.old.owned();
        let adopted = old::settle_foreign(&self.old, &owned, new, self.adopt)?;
        let owned = Owned::new(owned.files().chain(adopted.iter().map(String::as_str)));
        let foreign = old::outermost_foreign(&self.old, &owned);
        if self.place.in_place || old::has_mount(self.fs, &self.place, &foreign)? {
            return self.move_files(new, manifest, &owned);
        }
        self.complete_stage(new, manifest)?;
        let (stage, output) = (self.place.stage(), &self.place.output);
        if !self.place.exists {
            self.fs.rename(&stage, output).with_context(|| {
                format!("cannot put the new site in place at {}", shown(output))
            })?;
            return Ok(Mode::Fresh);
        }
        self.fs
            .copy_mode(output, &stage)
            .with_context(|| format!("cannot set the permissions of {}", shown(&stage)))?;
        self.phase = Phase::Swapping;
        if !swap::exchange(self.fs, &self.place, adopted)? {
            self.phase = Phase::Staging;
            return self.move_files(new, manifest, &owned);
        }
        swap::tidy(self.fs, &self.place, &owned, &foreign).context(IN_PLACE_ALREADY)?;
        Ok(Mode::Exchange)
    }

    /// Adds the unchanged files and the manifest to the stage.
    fn complete_stage(&self, new: &NewSite, manifest: &[u8]) -> Result<()> {
        self.staging.make_root()?;
        let unchanged: Vec<_> = new.files().filter(|(_, is_changed)| !is_changed).collect();
        unchanged.par_iter().try_for_each(|(file, _)| {
            self.staging
                .link(&file.path, &self.place.output.join(&file.path), file.size)
        })?;
        self.staging.write(MANIFEST, manifest)
    }

    /// Publishes file by file.
    fn move_files(&mut self, new: &NewSite, manifest: &[u8], owned: &Owned) -> Result<Mode> {
        self.phase = Phase::StagingInside;
        if self.place.in_place {
            self.staging.write(MANIFEST, manifest)?;
        } else {
            let inside = Staging::new(self.fs, self.place.inner_site(), Some(self.place.inner()));
            for (file, _) in new.files().filter(|(_, is_changed)| *is_changed) {
                inside.link(&file.path, &self.staging.root.join(&file.path), file.size)?;
            }
            inside.write(MANIFEST, manifest)?;
        }
        let journal = in_place::plan(&self.old, new, owned);
        in_place::decide(self.fs, &self.place, &journal)?;
        self.phase = Phase::Settled;
        in_place::roll_forward(self.fs, &self.place, &journal)
            .and_then(|()| remove_tree(self.fs, &self.place.stage()))
            .context("the new site is partly in place; the next build finishes the work")?;
        Ok(Mode::PerFile)
    }
}

const IN_PLACE_ALREADY: &str = "the new site is in place, but clearing away the old one failed; the next build finishes the work";

impl Drop for Stage<'_> {
    /// Leaves the output as it is, as far as the disk lets us; the next run takes what stays behind.
    fn drop(&mut self) {
        let _ = match self.phase {
            Phase::Staging => remove_tree(self.fs, &self.place.stage()),
            Phase::StagingInside => remove_tree(self.fs, &self.place.stage())
                .and_then(|()| journal::remove_inner(self.fs, &self.place)),
            Phase::Swapping => swap::finish(self.fs, &self.place),
            Phase::Settled => Ok(()),
        };
    }
}

fn checked(path: &str) -> Result<()> {
    check_path(path).map_err(|reason| anyhow!("the output path `{}` {reason}", path.escape_debug()))
}

fn hash_of(fs: &dyn Fs, path: &Path, limit: u64) -> std::io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    fs.stream(path, limit, &mut |piece| {
        hasher.update(piece);
    })?;
    Ok(hasher.finalize())
}
