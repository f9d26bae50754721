//! A lock file: held by the operating system, not by its mere existence.
//!
//! In: a path and a note about who asks. Out: the lock, or the note of whoever has it.
//! A dead process holds nothing, so a lock file left behind is simply taken. The file is removed
//! while the lock is still held; whoever opened it just before notices, and opens the new one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Longest note that is read back.
const NOTE_LIMIT: u64 = 200;

/// What came of trying to take a lock.
#[derive(Debug)]
pub enum LockAttempt {
    /// The lock is ours until the value is dropped.
    Taken(FileLock),
    /// Someone else has it; `holder` is the note they left, possibly empty.
    Held {
        /// The note in the lock file, on one line.
        holder: String,
    },
}

/// A lock that is held until dropped.
#[derive(Debug)]
pub struct FileLock {
    /// Closing it lets go of the lock.
    file: File,
    path: PathBuf,
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Only where the check in `attempt` works is it safe to take the file away.
        if cfg!(unix) && is_same_file(&self.file, &self.path).unwrap_or(false) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

pub(super) fn attempt(path: &Path, note: &str) -> io::Result<LockAttempt> {
    loop {
        let mut file = open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Ok(LockAttempt::Held {
                    holder: holder(&file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if !is_same_file(&file, path)? {
            continue;
        }
        // The note is a courtesy; the lock holds without it.
        let _ = file
            .set_len(0)
            .and_then(|()| file.write_all(note.as_bytes()));
        return Ok(LockAttempt::Taken(FileLock {
            file,
            path: path.to_path_buf(),
        }));
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, super::system::careful());
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    Ok(file)
}

fn holder(file: &File) -> String {
    let mut bytes = Vec::new();
    let _ = file.take(NOTE_LIMIT).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes)
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Whether `path` still names the open file: the holder before us removed it when letting go.
#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let ours = file.metadata()?;
    match std::fs::symlink_metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time_and_the_note_says_who() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        std::fs::write(&path, "left by a dead process, longer than the next note").unwrap();
        let LockAttempt::Taken(lock) = attempt(&path, "pid 1\u{1b}[31m build\n").unwrap() else {
            panic!("a file that nobody locks is free")
        };
        let LockAttempt::Held { holder } = attempt(&path, "pid 2").unwrap() else {
            panic!("the lock is taken")
        };
        assert_eq!(holder, "pid 1[31m build");
        drop(lock);
        assert!(cfg!(not(unix)) || !path.exists());
        assert!(matches!(
            attempt(&path, "pid 2").unwrap(),
            LockAttempt::Taken(_)
        ));
    }

    #[test]
    fn many_threads_never_hold_it_together() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let LockAttempt::Taken(_lock) = attempt(&path, "x").unwrap() {
                            assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                            inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        }
                    }
                });
            }
        });
    }
}
