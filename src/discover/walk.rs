//! The files below one folder, by their paths with `/`.
//!
//! Names that cannot be published and links that lead out of the folder are problems; links to files inside it are
//! read where they lead. Does not read any file.

use crate::diagnostic::Code;
use crate::fs::{EntryKind, Fs};
use crate::text::file_name as names;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

/// The longest path below a folder, in bytes.
const MAX_PATH: usize = 900;

/// A file found.
pub struct Found {
    /// Below the folder, with `/`.
    pub path: String,
    /// Where its bytes are.
    pub disk: PathBuf,
}

/// Something that cannot be published.
pub struct Problem {
    pub code: Code,
    pub path: String,
    pub proposed: Option<String>,
}

#[derive(Default)]
pub struct Outcome {
    /// Sorted by path.
    pub files: Vec<Found>,
    pub problems: Vec<Problem>,
}

/// Finds all files below a folder. A folder that does not exist is empty.
pub fn find(fs: &dyn Fs, folder: &Path) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    let entries = match fs.outline(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(outcome),
        Err(error) => return Err(error),
    };
    // Folders whose content is passed over: ignored ones, and those with a bad name, told once.
    let mut closed: HashSet<PathBuf> = HashSet::new();
    for entry in entries {
        let is_below_closed = entry
            .path
            .ancestors()
            .skip(1)
            .any(|parent| closed.contains(parent));
        if is_below_closed {
            continue;
        }
        let name = entry
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let path = entry
            .path
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/");
        if names::is_ignored(&name) {
            closed.insert(entry.path);
            continue;
        }
        let is_readable_name = entry.path.to_str().is_some() && path.len() <= MAX_PATH;
        let proposed = names::proposed(&name);
        if !is_readable_name || proposed.is_some() {
            outcome.problems.push(Problem {
                code: Code::FileName,
                path,
                proposed: Some(proposed.unwrap_or_default()),
            });
            closed.insert(entry.path);
            continue;
        }
        let disk = folder.join(&entry.path);
        match entry.kind {
            EntryKind::Folder => {}
            EntryKind::File => outcome.files.push(Found { path, disk }),
            EntryKind::Link => match linked_file(fs, folder, &disk) {
                Some(target) => outcome.files.push(Found { path, disk: target }),
                None => outcome.problems.push(Problem {
                    code: Code::LinkOutside,
                    path,
                    proposed: None,
                }),
            },
            EntryKind::Other => outcome.problems.push(Problem {
                code: Code::LinkOutside,
                path,
                proposed: None,
            }),
        }
    }
    outcome.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(outcome)
}

/// The file that a link leads to, if it lies in the same folder.
fn linked_file(fs: &dyn Fs, folder: &Path, link: &Path) -> Option<PathBuf> {
    let root = fs.canonicalize(folder).ok()?;
    let target = fs.canonicalize(link).ok()?;
    let is_inside = target.starts_with(&root);
    (is_inside && fs.kind(&target).ok()? == Some(EntryKind::File)).then_some(target)
}
