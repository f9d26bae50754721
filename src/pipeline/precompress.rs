//! Compressed twins beside the text files, for web servers that send what lies ready: `build --precompress`.
//!
//! In: finished files on their way to the output. Out: the same, and beside each text file that becomes smaller one
//! with `.gz` and one with `.br` at its end. No time or name is written into them: same input, same bytes.

use crate::fs::Fs;
use crate::model::ids::AssetId;
use crate::model::output::Sink;
use crate::model::source::Asset;
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

/// Endings of files that are text. Pictures and fonts are compressed already.
const TEXT: [&str; 9] = [
    "html",
    "css",
    "js",
    "json",
    "svg",
    "xml",
    "txt",
    "ics",
    "webmanifest",
];
/// Below this a twin saves nothing that a packet does not hold anyway.
const LEAST: usize = 256;
/// Brotli's 11 takes twenty times as long as 9 for three per cent less.
const BROTLI_QUALITY: i32 = 9;
/// As large a window as every browser must accept.
const BROTLI_WINDOW: i32 = 22;

/// A sink that adds the twins.
pub struct Precompressed<'a, S> {
    pub inner: S,
    /// `None`: files go through as they are.
    pub twins: Option<Twins<'a>>,
}

/// What is needed to read files that are published as they are.
pub struct Twins<'a> {
    fs: &'a dyn Fs,
    assets: Vec<Asset>,
    /// Paths of the author's own files, which win.
    taken: HashSet<Arc<str>>,
}

impl<'a> Twins<'a> {
    pub fn new(fs: &'a dyn Fs, assets: Vec<Asset>) -> Self {
        let taken = assets.iter().map(|asset| Arc::clone(&asset.path)).collect();
        Twins { fs, assets, taken }
    }
}

impl<S: Sink> Precompressed<'_, S> {
    fn put_twins(&self, twins: &Twins, path: &str, bytes: &[u8]) -> Result<()> {
        if bytes.len() < LEAST {
            return Ok(());
        }
        for (ending, twin) in [("gz", gzip(bytes)?), ("br", brotli(bytes)?)] {
            let twin_path = format!("{path}.{ending}");
            if twin.len() < bytes.len() && !twins.taken.contains(&*twin_path) {
                self.inner.put(&twin_path, &twin)?;
            }
        }
        Ok(())
    }
}

impl<S: Sink> Sink for Precompressed<'_, S> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        if let Some(twins) = self.twins.as_ref().filter(|_| is_text(path)) {
            self.put_twins(twins, path, bytes)?;
        }
        self.inner.put(path, bytes)
    }

    fn copy(&self, path: &str, asset: AssetId) -> Result<()> {
        if let Some(twins) = self.twins.as_ref().filter(|_| is_text(path)) {
            let from = &twins.assets[asset.index()].from;
            let bytes = twins
                .fs
                .read(from, u64::MAX)
                .with_context(|| format!("cannot read {}", crate::fs::shown(from)))?;
            self.put_twins(twins, path, &bytes)?;
        }
        self.inner.copy(path, asset)
    }
}

fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // What only the server reads is never sent.
    let is_sent = !name.starts_with('.') && name != "_headers" && name != "web.config";
    is_sent
        && name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| TEXT.contains(&ending))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    // `mtime` is zero unless it is set.
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn twins_hold_the_same_bytes_and_are_made_alike() {
        let text = "Børn og unge. ".repeat(200);
        let twin = gzip(text.as_bytes()).expect("memory");
        assert_eq!(twin, gzip(text.as_bytes()).expect("memory"));
        let mut back = String::new();
        flate2::read::GzDecoder::new(&twin[..])
            .read_to_string(&mut back)
            .expect("a whole file");
        assert_eq!(back, text);
        let twin = brotli(text.as_bytes()).expect("memory");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &twin[..], &mut back).expect("a whole file");
        assert_eq!(back, text.as_bytes());
    }

    #[test]
    fn only_text_that_is_sent_has_twins() {
        assert!(is_text("metoder/index.html"));
        assert!(!is_text("billede.webp"));
        assert!(!is_text(".vejviser-manifest.json"));
        assert!(!is_text("_headers"));
    }
}
