//! One build per output at a time.
//!
//! In: the place and the command that asks. Out: the lock, or an error that says who has it.
//! Deliberately not done: no waiting; the caller decides whether to try again.

use std::io;

use anyhow::{Context, Result};

use super::WriteError;
use super::place::Place;
use crate::fs::{FileLock, Fs, LockAttempt, shown};

/// Takes the lock of the output.
pub fn take(fs: &dyn Fs, place: &Place, command: &str) -> Result<FileLock> {
    let note = format!("pid {}: {command}\n", std::process::id());
    let mut path = place.lock();
    let mut attempt = fs.lock(&path, &note);
    if let (Err(error), Some(beside_link)) = (&attempt, place.lock_beside_link())
        && matches!(
            error.kind(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
        )
    {
        path = beside_link;
        attempt = fs.lock(&path, &note);
    }
    match attempt.with_context(|| format!("cannot take the lock {}", shown(&path)))? {
        LockAttempt::Taken(lock) => Ok(lock),
        LockAttempt::Held { holder } => Err(WriteError::Locked { holder }.into()),
    }
}
