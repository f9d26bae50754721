//! Where the output lies, and what our own things beside it and inside it are called.
//!
//! In: the output path as the user wrote it. Out: real paths, and whether the folder can be swapped whole.
//! Makes the folders above the output when they are missing; touches nothing else.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::fs::{EntryKind, Fs, shown};

/// The folder inside the output that holds the stage of a build file by file.
pub const INNER: &str = ".vv-stage";

/// The output and its neighbourhood.
pub struct Place {
    /// The output folder itself, without links.
    pub output: PathBuf,
    /// Whether it existed when we looked.
    pub exists: bool,
    /// Whether it must be filled file by file: a mount point, or reached through a link.
    pub in_place: bool,
    /// The link that led to it, if one did.
    pub link: Option<PathBuf>,
    beside: PathBuf,
    name: OsString,
}

impl Place {
    /// Finds the output.
    pub fn locate(fs: &dyn Fs, output: &Path) -> Result<Place> {
        let doing = || format!("cannot find the output folder {}", shown(output));
        // Without a slash at the end, which would follow a link.
        let given: PathBuf = std::path::absolute(output)
            .with_context(doing)?
            .components()
            .collect();
        match fs.kind(&given).with_context(doing)? {
            None => {
                let (Some(parent), Some(name)) = (given.parent(), given.file_name()) else {
                    bail!("{} cannot be the output folder", shown(output));
                };
                fs.create_dir_all(parent)
                    .with_context(|| format!("cannot make the folder {}", shown(parent)))?;
                let beside = fs.canonicalize(parent).with_context(doing)?;
                Ok(Place {
                    output: beside.join(name),
                    exists: false,
                    in_place: false,
                    link: None,
                    name: name.to_owned(),
                    beside,
                })
            }
            Some(kind @ (EntryKind::Folder | EntryKind::Link)) => {
                let real = fs.canonicalize(&given).with_context(doing)?;
                if fs.kind(&real).with_context(doing)? != Some(EntryKind::Folder) {
                    bail!(
                        "the output {} is a link to something that is not a folder",
                        shown(output)
                    );
                }
                let (Some(beside), Some(name)) = (real.parent(), real.file_name()) else {
                    bail!("{} cannot be the output folder", shown(output));
                };
                let is_link = kind == EntryKind::Link;
                Ok(Place {
                    exists: true,
                    in_place: is_link || fs.is_mount_point(&real).with_context(doing)?,
                    link: is_link.then_some(given),
                    beside: beside.to_path_buf(),
                    name: name.to_owned(),
                    output: real,
                })
            }
            Some(EntryKind::File | EntryKind::Other) => {
                bail!("the output {} is not a folder", shown(output))
            }
        }
    }

    /// Sees whether the output exists, now that nobody else changes it.
    pub fn look_again(&mut self, fs: &dyn Fs) -> Result<()> {
        let doing = || format!("cannot look at the output {}", shown(&self.output));
        let kind = fs.kind(&self.output).with_context(doing)?;
        if kind.is_some_and(|kind| kind != EntryKind::Folder) {
            bail!("the output {} is no longer a folder", shown(&self.output));
        }
        self.exists = kind.is_some();
        Ok(())
    }

    /// The lock beside the output.
    pub fn lock(&self) -> PathBuf {
        self.beside.join(self.own_name(&self.name, "lock"))
    }

    /// The lock beside the link to the output, for when the folder around the target is not ours to write in.
    pub fn lock_beside_link(&self) -> Option<PathBuf> {
        let link = self.link.as_ref()?;
        Some(link.with_file_name(self.own_name(link.file_name()?, "lock")))
    }

    /// The journal of a swap.
    pub fn journal(&self) -> PathBuf {
        self.beside.join(self.own_name(&self.name, "journal"))
    }

    /// The stage of this process, beside the output.
    pub fn stage(&self) -> PathBuf {
        let mut name = self.own_name(&self.name, "stage-");
        name.push(std::process::id().to_string());
        self.beside.join(name)
    }

    /// The stages that runs before this one left beside the output.
    pub fn stages(&self, fs: &dyn Fs) -> Result<Vec<PathBuf>> {
        let prefix = self.own_name(&self.name, "stage-");
        let names = match fs.names(&self.beside) {
            Ok(names) => names,
            // Not our folder, so no run of ours left anything in it.
            Err(error) if self.in_place && error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Ok(Vec::new());
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot read the folder {}", shown(&self.beside)));
            }
        };
        let is_stage = |name: &OsString| {
            name.as_encoded_bytes()
                .strip_prefix(prefix.as_encoded_bytes())
                .is_some_and(|pid| !pid.is_empty() && pid.iter().all(u8::is_ascii_digit))
        };
        Ok(names
            .into_iter()
            .filter(is_stage)
            .map(|name| self.beside.join(name))
            .collect())
    }

    /// The stage inside the output.
    pub fn inner(&self) -> PathBuf {
        self.output.join(INNER)
    }

    /// The new files in the stage inside the output.
    pub fn inner_site(&self) -> PathBuf {
        self.inner().join("site")
    }

    /// The journal in the stage inside the output; its presence means that the build is decided.
    pub fn inner_journal(&self) -> PathBuf {
        self.inner().join("journal.json")
    }

    fn own_name(&self, name: &OsStr, what: &str) -> OsString {
        let mut own = OsString::from(".");
        own.push(name);
        own.push(".vv-");
        own.push(what);
        own
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::fs::Disk;

    #[test]
    fn own_things_lie_beside_the_output() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let place = Place::locate(&Disk, &root.join("a/./ud/")).unwrap();
        assert_eq!(place.output, root.join("a/ud"));
        assert_eq!(place.lock(), root.join("a/.ud.vv-lock"));
        assert_eq!(place.journal(), root.join("a/.ud.vv-journal"));
        assert!(!place.exists && !place.in_place);
        for name in [
            ".ud.vv-stage-12",
            ".ud.vv-stage-",
            ".ud.vv-stage-1x",
            "ud.vv-stage-1",
        ] {
            std::fs::create_dir(root.join("a").join(name)).unwrap();
        }
        assert_eq!(
            place.stages(&Disk).unwrap(),
            [root.join("a/.ud.vv-stage-12")]
        );
    }

    #[test]
    fn links_lead_to_the_real_folder_and_roots_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("www/real")).unwrap();
        std::os::unix::fs::symlink("www/real", root.join("ud")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("broken")).unwrap();
        std::fs::write(root.join("file"), "").unwrap();
        let place = Place::locate(&Disk, &root.join("ud/")).unwrap();
        assert!(place.in_place && place.exists);
        assert_eq!(place.lock(), root.join("www/.real.vv-lock"));
        assert_eq!(place.lock_beside_link(), Some(root.join(".ud.vv-lock")));
        assert!(Place::locate(&Disk, Path::new("/")).is_err());
        assert!(Place::locate(&Disk, &root.join("broken")).is_err());
        assert!(Place::locate(&Disk, &root.join("file")).is_err());
        assert!(Place::locate(&Disk, &root.join("no/..")).is_err());
    }
}
