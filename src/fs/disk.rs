//! The real disk.
//!
//! In: paths. Out: what the operating system says. The Linux-only calls (exchange, mount points, opening
//! without following links) live here and nowhere else; other systems get the nearest honest answer.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Entry, EntryKind, Fs, LockAttempt, lock, system};

/// Bytes per piece in [`Fs::stream`].
const PIECE: usize = 128 * 1024;

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Fs for Disk {
    fn walk(&self, root: &Path) -> io::Result<Vec<Entry>> {
        let size = |found: &DirEntry| Ok(found.metadata()?.len());
        entries(root, size)
    }

    fn outline(&self, root: &Path) -> io::Result<Vec<Entry>> {
        entries(root, |_| Ok(0))
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names = fs::read_dir(folder)?
            .map(|found| Ok(found?.file_name()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort_unstable();
        Ok(names)
    }

    fn kind(&self, path: &Path) -> io::Result<Option<EntryKind>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(kind_of(metadata.file_type()))),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn is_mount_point(&self, path: &Path) -> io::Result<bool> {
        system::is_mount_point(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let (mut file, size) = open_regular(path, limit)?;
        let size = usize::try_from(size).map_err(|_| io::ErrorKind::FileTooLarge)?;
        // One byte more than expected: the read that fills it tells that the file grew.
        let mut bytes = vec![0; size + 1];
        let mut filled = 0;
        while filled < bytes.len() {
            match file.read(&mut bytes[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let has_grown = filled == bytes.len();
        bytes.truncate(filled);
        if has_grown {
            let room = limit.saturating_sub(filled as u64);
            file.take(room.saturating_add(1)).read_to_end(&mut bytes)?;
        }
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn stream(&self, path: &Path, limit: u64, sink: &mut dyn FnMut(&[u8])) -> io::Result<u64> {
        let (mut file, size) = open_regular(path, limit)?;
        let length = usize::try_from(size.saturating_add(1)).map_or(PIECE, |size| size.min(PIECE));
        let mut piece = vec![0; length];
        let mut total = 0;
        loop {
            match file.read(&mut piece) {
                Ok(0) => return Ok(total),
                Ok(count) => {
                    total += count as u64;
                    if total > limit {
                        return Err(io::ErrorKind::FileTooLarge.into());
                    }
                    sink(&piece[..count]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes).inspect_err(|_| discard(path))
    }

    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<u64> {
        let (mut source, _) = open_regular(from, u64::MAX)?;
        let mut target = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut target).inspect_err(|_| discard(to))
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        system::exchange(one, other)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, path: &Path, note: &str) -> io::Result<LockAttempt> {
        lock::attempt(path, note)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}

fn entries(root: &Path, size: impl Fn(&DirEntry) -> io::Result<u64>) -> io::Result<Vec<Entry>> {
    if !fs::metadata(root)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let entry = |found: DirEntry| {
        let kind = kind_of(found.file_type());
        let size = if kind == EntryKind::File {
            size(&found)?
        } else {
            0
        };
        let path = found
            .path()
            .strip_prefix(root)
            .map_err(io::Error::other)?
            .to_path_buf();
        Ok(Entry { path, kind, size })
    };
    let mut entries = Vec::new();
    for found in WalkDir::new(root).min_depth(1).follow_links(false) {
        match found.map_err(io::Error::from).and_then(entry) {
            Ok(entry) => entries.push(entry),
            // It went away while we were looking.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    entries.sort_unstable_by(|a, b| {
        a.path
            .as_os_str()
            .as_encoded_bytes()
            .cmp(b.path.as_os_str().as_encoded_bytes())
    });
    Ok(entries)
}

fn kind_of(kind: fs::FileType) -> EntryKind {
    if kind.is_file() {
        EntryKind::File
    } else if kind.is_dir() {
        EntryKind::Folder
    } else if kind.is_symlink() {
        EntryKind::Link
    } else {
        EntryKind::Other
    }
}

/// Opens a regular file for reading and tells its size; opening neither follows a link nor waits for a pipe.
fn open_regular(path: &Path, limit: u64) -> io::Result<(File, u64)> {
    let file = system::open_for_reading(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    if metadata.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok((file, metadata.len()))
}

/// Takes a half-written file away; the failure that led here is the one worth reporting.
fn discard(path: &Path) {
    let _ = fs::remove_file(path);
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_walk_is_sorted_by_bytes_and_does_not_follow_links() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/c"), "12345").unwrap();
        fs::write(root.join("a-b"), "").unwrap();
        symlink("a", root.join("z")).unwrap();
        let found: Vec<_> = Disk
            .walk(root)
            .unwrap()
            .into_iter()
            .map(|entry| {
                (
                    entry.path.to_string_lossy().into_owned(),
                    entry.kind,
                    entry.size,
                )
            })
            .collect();
        let expected = [
            ("a", EntryKind::Folder, 0),
            ("a-b", EntryKind::File, 0),
            ("a/b", EntryKind::Folder, 0),
            ("a/b/c", EntryKind::File, 5),
            ("z", EntryKind::Link, 0),
        ];
        assert_eq!(
            found,
            expected.map(|(path, kind, size)| (path.to_owned(), kind, size))
        );
        assert_eq!(
            Disk.walk(&root.join("no")).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
        assert_eq!(
            Disk.walk(&root.join("a-b")).unwrap_err().kind(),
            io::ErrorKind::NotADirectory
        );
    }

    #[test]
    fn reading_takes_regular_files_within_the_limit_only() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("five"), "12345").unwrap();
        symlink("five", root.join("link")).unwrap();
        let pipe = rustix::fs::FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, root.join("pipe"), pipe, 0o600.into(), 0).unwrap();
        let fails = |name: &str, limit| Disk.read(&root.join(name), limit).unwrap_err().kind();
        assert_eq!(Disk.read(&root.join("five"), 5).unwrap(), b"12345");
        assert_eq!(fails("five", 4), io::ErrorKind::FileTooLarge);
        assert_eq!(fails("link", 9), io::ErrorKind::InvalidInput);
        assert_eq!(fails("pipe", 9), io::ErrorKind::InvalidInput);
        assert_eq!(fails(".", 9), io::ErrorKind::InvalidInput);
        let mut bytes = Vec::new();
        let count = Disk.stream(&root.join("five"), 5, &mut |piece| {
            bytes.extend_from_slice(piece)
        });
        assert_eq!((count.unwrap(), bytes.as_slice()), (5, b"12345".as_slice()));
        // Files of the kernel say that they are empty and are not.
        let told = Disk.read(Path::new("/proc/self/status"), 1 << 20).unwrap();
        assert!(told.starts_with(b"Name:"));
        assert_eq!(
            Disk.read(Path::new("/proc/self/status"), 10)
                .unwrap_err()
                .kind(),
            io::ErrorKind::FileTooLarge
        );
    }

    #[test]
    fn new_files_never_replace_and_never_follow() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        symlink(root.join("outside"), root.join("link")).unwrap();
        let error = Disk.write_new(&root.join("link"), b"x").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert!(!root.join("outside").exists());
        Disk.write_new(&root.join("a"), b"x").unwrap();
        assert_eq!(Disk.copy_new(&root.join("a"), &root.join("b")).unwrap(), 1);
        assert!(Disk.copy_new(&root.join("a"), &root.join("b")).is_err());
    }

    #[test]
    fn the_root_of_proc_is_a_mount_point_and_a_folder_is_not() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!Disk.is_mount_point(folder.path()).unwrap());
        assert!(Disk.is_mount_point(Path::new("/proc")).unwrap());
    }
}
