//! Puts a foreign thing into the output without ever replacing anything.
//!
//! In: where it lies, and where in the output it belongs. Out: it lies there; or, when the new site has taken
//! that very path in the meantime, beside it under a name with `.vv-kept` added.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::fs::{EntryKind, Fs};

/// Moves `from` to `path` below `output`, or next to it. Missing folders are made.
pub fn put_back(fs: &dyn Fs, from: &Path, output: &Path, path: &Path) -> io::Result<()> {
    fs.rename(from, &free_place(fs, output, path)?)
}

fn free_place(fs: &dyn Fs, output: &Path, path: &Path) -> io::Result<PathBuf> {
    let mut place = output.to_path_buf();
    let mut parts = path.iter().peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let mut attempt = 0;
        loop {
            let candidate = place.join(kept_name(part.to_owned(), attempt));
            match fs.kind(&candidate)? {
                None if is_last => return Ok(candidate),
                None => fs.create_dir(&candidate)?,
                Some(EntryKind::Folder) if !is_last => {}
                Some(_) => {
                    attempt += 1;
                    continue;
                }
            }
            place = candidate;
            break;
        }
    }
    Ok(place)
}

fn kept_name(mut name: OsString, attempt: u32) -> OsString {
    match attempt {
        0 => {}
        1 => name.push(".vv-kept"),
        more => name.push(format!(".vv-kept{more}")),
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::Disk;

    #[test]
    fn nothing_is_ever_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for text in ["1", "2", "3"] {
            std::fs::write(root.join("from"), text).unwrap();
            put_back(&Disk, &root.join("from"), root, Path::new("a/b")).unwrap();
        }
        let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
        assert_eq!(
            (read("a/b"), read("a/b.vv-kept"), read("a/b.vv-kept2")),
            ("1".into(), "2".into(), "3".into())
        );
        std::fs::write(root.join("from"), "4").unwrap();
        put_back(&Disk, &root.join("from"), root, Path::new("a/b/c")).unwrap();
        assert_eq!(read("a/b.vv-kept3/c"), "4");
    }
}
