//! What `render` hands to the one who writes: paths and bytes, one at a time.

use crate::model::ids::AssetId;

/// Takes finished files. Called from several threads; a file's path is relative with `/` and never asked twice.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// The machine's failure to keep it; the build then ends and the old site stays.
    fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()>;

    /// Takes a file that is published as it is.
    ///
    /// # Errors
    /// As [`Sink::put`], and when the file cannot be read any more.
    fn copy(&self, path: &str, asset: AssetId) -> anyhow::Result<()>;
}
