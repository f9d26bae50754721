//! The only room that touches the disk: one trait, one real implementation.
//!
//! In: paths and bytes. Out: bytes, entries, plain `io::Error`s; callers add what they were doing.
//! Links are never followed silently: a walk reports them, a read refuses them, a rename replaces them.
//! Deliberately not done: no retries, no policy, no knowledge of sites, and no `fsync` (a killed process
//! loses nothing; what a power cut may cost, the next build finds by comparing bytes).
//! Everything goes through [`Fs`], so that a test can fail or stop at the n-th call.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

mod disk;
mod lock;
mod system;

pub use disk::Disk;
pub use lock::{FileLock, LockAttempt};

/// One thing found by [`Fs::walk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it lies, below the root that was walked.
    pub path: PathBuf,
    /// What it is; a link is a link, whatever it points at.
    pub kind: EntryKind,
    /// Bytes of a file; 0 for everything else.
    pub size: u64,
}

/// What a path is, without following links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// The file system as the program uses it.
pub trait Fs: Send + Sync {
    /// Everything below `root`, sorted by path bytes, so a folder comes before what it holds.
    /// Links are reported, not followed. A missing root is `NotFound`, a file `NotADirectory`.
    fn walk(&self, root: &Path) -> io::Result<Vec<Entry>>;

    /// Like [`Fs::walk`] without looking at each file: every size is 0. Much cheaper on large folders.
    fn outline(&self, root: &Path) -> io::Result<Vec<Entry>>;

    /// The names in one folder, sorted; nothing is looked at closer.
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// What `path` is, or `None` when nothing is there. Links are not followed.
    fn kind(&self, path: &Path) -> io::Result<Option<EntryKind>>;

    /// Whether another file system, or a bind mount, begins at `path`.
    fn is_mount_point(&self, path: &Path) -> io::Result<bool>;

    /// The bytes of a regular file. Never hangs on a pipe and never allocates for more than `limit`:
    /// a larger file is `FileTooLarge`, anything that is not a regular file `InvalidInput`.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Like [`Fs::read`], handing the bytes to `sink` piece by piece. Returns how many there were.
    fn stream(&self, path: &Path, limit: u64, sink: &mut dyn FnMut(&[u8])) -> io::Result<u64>;

    /// Makes a file that must not exist yet, in one open, write and close. Leaves nothing on failure.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Copies a regular file to a path that must not exist yet. Returns the bytes copied.
    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<u64>;

    /// Gives a file a second name.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames; a file or link at `to` is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Lets two paths change places in one step; `Unsupported` where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;

    /// Makes one folder that must not exist yet.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder and the missing ones above it.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;

    /// Gives `to` the permissions of `from`: two folders, or two files.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes anything but a folder; a link itself, not what it points at.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;

    /// Tries to take the lock file at `path`, leaving `note` in it for whoever comes next.
    fn lock(&self, path: &Path, note: &str) -> io::Result<LockAttempt>;

    /// The absolute path without links.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;
}

/// Gives a file new bytes in one step: whoever looks sees the old file or the new one. The file may be new.
///
/// # Errors
/// When the system refuses; the old file is then as it was.
pub fn replace(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(fs, path, bytes, |_| Ok(()))
}

/// Like [`replace`], for a file that is there: whoever could read and write it still can.
///
/// # Errors
/// When the system refuses; the old file is then as it was.
pub fn replace_keeping_mode(fs: &dyn Fs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(fs, path, bytes, |new| fs.copy_mode(path, new))
}

fn replace_with(
    fs: &dyn Fs,
    path: &Path,
    bytes: &[u8],
    prepare: impl Fn(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let Some(name) = path.file_name() else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(".vv-new");
    let beside = path.with_file_name(beside);
    // What a killed run left there.
    if fs.kind(&beside)?.is_some() {
        fs.remove_file(&beside)?;
    }
    fs.write_new(&beside, bytes)?;
    let replaced = prepare(&beside).and_then(|()| fs.rename(&beside, path));
    replaced.inspect_err(|_| {
        // The first error tells more than this one could.
        _ = fs.remove_file(&beside);
    })
}

/// A path as it may be shown to people: control characters and those that turn the direction of text are escaped.
pub fn shown(path: &Path) -> String {
    let is_hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text = path.to_string_lossy();
    let escape = |c: char| {
        if is_hostile(c) {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        }
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.ics");
        for bytes in [&b"one"[..], b"two"] {
            replace(&Disk, &path, bytes).expect("a file can be written");
            assert_eq!(Disk.read(&path, 10).expect("it is there"), bytes);
        }
        std::fs::write(folder.path().join(".a.ics.vv-new"), "left").expect("a file");
        replace(&Disk, &path, b"three").expect("a file can be written");
        let taken = folder.path().join("folder");
        std::fs::create_dir_all(taken.join("below")).expect("a folder");
        assert!(replace(&Disk, &taken, b"x").is_err());
        assert_eq!(
            Disk.names(folder.path()).expect("a folder"),
            ["a.ics", "folder"]
        );
    }

    #[test]
    fn control_characters_in_names_are_escaped() {
        assert_eq!(shown(Path::new("blå/\u{1b}[31m")), "blå/\\u{1b}[31m");
    }
}
