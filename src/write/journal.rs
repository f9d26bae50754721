//! Notes for the next run, in case this one does not get to its end.
//!
//! In: what a publication is about to do. Out: a small file, and after an interruption the decision what
//! becomes of the leftovers. A swap's journal lies beside the output and says by its presence alone that a
//! stage may hold the old site with foreign files in it. A journal of a build file by file lies in the stage
//! inside the output and says that the build is decided; a torn one does not parse, and decides nothing.
//! Journals are checked like manifests: they lie where others may write.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::manifest::{MANIFEST, MANIFEST_LIMIT, check_path};
use super::place::Place;
use super::staging::remove_tree;
use super::{in_place, swap};
use crate::fs::{EntryKind, Fs, shown};

/// Beside the output while two folders change places.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwapJournal {
    /// Foreign files that the user gave up with `--adopt`.
    pub adopted: Vec<String>,
}

/// Inside the output while files change places one by one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InPlaceJournal {
    /// What moves from the stage to the output, in this order.
    pub moves: Vec<String>,
    /// What is deleted from the output afterwards.
    pub removes: Vec<String>,
    /// What in the output is ours, and so may be replaced.
    pub owned: Vec<String>,
}

impl SwapJournal {
    /// The journal's bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads the journal. One that is torn was never acted upon, so it counts as empty.
    pub fn read(fs: &dyn Fs, place: &Place) -> Result<SwapJournal> {
        let path = place.journal();
        if fs
            .kind(&path)
            .with_context(|| format!("cannot look at {}", shown(&path)))?
            != Some(EntryKind::File)
        {
            return Ok(SwapJournal::default());
        }
        let bytes = fs
            .read(&path, MANIFEST_LIMIT)
            .with_context(|| format!("cannot read the journal {}", shown(&path)))?;
        let journal: SwapJournal = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(if are_sound(&journal.adopted) {
            journal
        } else {
            SwapJournal::default()
        })
    }
}

impl InPlaceJournal {
    /// The journal's bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads the journal inside the output; `None` when nothing was decided.
    pub fn read(fs: &dyn Fs, place: &Place) -> Result<Option<InPlaceJournal>> {
        let (inner, path) = (place.inner(), place.inner_journal());
        let is_ours = fs
            .kind(&inner)
            .with_context(|| format!("cannot look at {}", shown(&inner)))?
            == Some(EntryKind::Folder);
        if !is_ours
            || fs
                .kind(&path)
                .with_context(|| format!("cannot look at {}", shown(&path)))?
                != Some(EntryKind::File)
        {
            return Ok(None);
        }
        let bytes = fs
            .read(&path, MANIFEST_LIMIT)
            .with_context(|| format!("cannot read the journal {}", shown(&path)))?;
        let is_sound = |journal: &InPlaceJournal| {
            are_sound(&journal.moves) && are_sound(&journal.removes) && are_sound(&journal.owned)
        };
        Ok(serde_json::from_slice(&bytes).ok().filter(is_sound))
    }
}

/// Finishes or undoes what an interrupted run left behind.
pub fn recover(fs: &dyn Fs, place: &Place) -> Result<()> {
    let journal = place.journal();
    let has_journal = fs
        .kind(&journal)
        .with_context(|| format!("cannot look at {}", shown(&journal)))?
        .is_some();
    if has_journal {
        swap::finish(fs, place)?;
    } else {
        for stage in place.stages(fs)? {
            remove_tree(fs, &stage)?;
        }
    }
    match InPlaceJournal::read(fs, place)? {
        Some(journal) => in_place::roll_forward(fs, place, &journal),
        None => remove_inner(fs, place),
    }
}

/// Removes the stage inside the output; a foreign file that happens to have its name stays.
pub fn remove_inner(fs: &dyn Fs, place: &Place) -> Result<()> {
    let inner = place.inner();
    let kind = fs
        .kind(&inner)
        .with_context(|| format!("cannot look at {}", shown(&inner)))?;
    match kind {
        Some(EntryKind::Folder | EntryKind::Link) => remove_tree(fs, &inner),
        Some(EntryKind::File | EntryKind::Other) | None => Ok(()),
    }
}

fn are_sound(paths: &[String]) -> bool {
    paths
        .iter()
        .all(|path| path == MANIFEST || check_path(path).is_ok())
}
