//! What the standard library has no word for: opening without following links, exchanging two names,
//! telling a mount point.
//!
//! In: paths. Out: what the system says; elsewhere than on Linux the nearest honest answer.

#[cfg(not(unix))]
pub use elsewhere::*;
#[cfg(unix)]
pub use unix::*;

#[cfg(unix)]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;

    use rustix::fs::OFlags;

    /// Flags that neither follow a link nor wait for a pipe.
    pub fn careful() -> i32 {
        (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed()
    }

    pub fn open_for_reading(path: &Path) -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .custom_flags(careful())
            .open(path)
            .map_err(|error| {
                if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
                    io::Error::new(io::ErrorKind::InvalidInput, "a link, not a regular file")
                } else {
                    error
                }
            })
    }

    #[cfg(target_os = "linux")]
    pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    #[cfg(not(target_os = "linux"))]
    pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    #[cfg(target_os = "linux")]
    pub fn is_mount_point(path: &Path) -> io::Result<bool> {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        match statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE) {
            Ok(found)
                if found
                    .stx_attributes_mask
                    .contains(StatxAttributes::MOUNT_ROOT) =>
            {
                Ok(found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
            }
            Ok(_) | Err(rustix::io::Errno::NOSYS) => is_other_device(path),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub fn is_mount_point(path: &Path) -> io::Result<bool> {
        is_other_device(path)
    }

    fn is_other_device(path: &Path) -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt;
        let Some(parent) = path.parent() else {
            return Ok(true);
        };
        Ok(std::fs::symlink_metadata(path)?.dev() != std::fs::symlink_metadata(parent)?.dev())
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub fn open_for_reading(path: &Path) -> io::Result<File> {
        if std::fs::symlink_metadata(path)?.is_symlink() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a link, not a regular file",
            ));
        }
        File::open(path)
    }

    pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn is_mount_point(_: &Path) -> io::Result<bool> {
        Ok(false)
    }
}
