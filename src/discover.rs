//! Finds and reads every file of a site: configuration, content, the theme's own files, assets.
//!
//! In: the site's folder. Out: a [`SourceTree`], sorted by path; what cannot be published is a finding. The only
//! reader of content; each file is read once. Nothing outside the site's folder is read, whatever links say.

mod svg;
mod walk;

use crate::config::{FILE_NAME, MAX_CONFIG};
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::fs::{EntryKind, Fs};
use crate::model::config::Config;
use crate::model::ids::FileId;
use crate::model::lock;
use crate::model::source::*;
use crate::text::span::{Span, TextRange};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walk::Found;

/// The largest template or interface text file, in bytes.
const MAX_THEME_FILE: u64 = 1024 * 1024;
/// The largest drawing among the pages, in bytes.
const MAX_DRAWING: u64 = 1024 * 1024;
/// The largest logo or file of letters, in bytes.
const MAX_BRAND_FILE: u64 = 2 * 1024 * 1024;
/// The largest lock, in bytes.
const MAX_LOCK: u64 = 64 * 1024 * 1024;
/// How much of an image is read to learn its size.
const IMAGE_HEADER: usize = 64 * 1024;

/// The folder of the pages, below the site's root.
pub const CONTENT: &str = "content";
/// The folder of files that are copied as they are.
pub const STATIC: &str = "static";
/// The folder of themes.
pub const THEMES: &str = "themes";

/// The configuration's file; `None` when there is none.
///
/// # Errors
/// When the file is there and cannot be read, or is larger than [`MAX_CONFIG`].
pub fn read_config(fs: &dyn Fs, root: &Path) -> Result<Option<ConfigFile>> {
    let path = root.join(FILE_NAME);
    let doing = |what: &str| format!("cannot {what} {}", crate::fs::shown(&path));
    if fs.kind(&path).with_context(|| doing("look at"))?.is_none() {
        return Ok(None);
    }
    let bytes = fs.read(&path, MAX_CONFIG).with_context(|| doing("read"))?;
    let (text, bad) = decoded(&bytes);
    Ok(Some(ConfigFile { text, bad }))
}

/// Bytes as text. What is no UTF-8, or a zero byte, has its place beside it; the text then holds replacement
/// characters, for showing it.
fn decoded(bytes: &[u8]) -> (Arc<str>, Option<TextRange>) {
    let (text, bad): (Arc<str>, _) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), text.find('\0')),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            (text.into(), Some(error.valid_up_to()))
        }
    };
    let bad = bad.map(|at| {
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        at as u32..(at + width) as u32
    });
    (text, bad)
}

/// Finds everything below the site's root.
///
/// # Errors
/// When a folder cannot be listed. A single file that cannot be read is a finding.
pub fn discover(
    fs: &dyn Fs,
    root: &Path,
    config_text: &Arc<str>,
    config: &Config,
    diags: &mut Diagnostics,
) -> Result<SourceTree> {
    let mut reader = Reader {
        fs,
        diags,
        root: fs
            .canonicalize(root)
            .with_context(|| format!("cannot find {}", crate::fs::shown(root)))?,
        tree: SourceTree::default(),
    };
    reader.tree.files.push(SourceFile {
        path: FILE_NAME.into(),
        text: Arc::clone(config_text),
    });
    reader.lock(root)?;
    reader.content(root, config)?;
    reader.statics(root, config)?;
    reader.theme(root, config)?;
    let mut tree = reader.tree;
    tree.assets.sort_by(|a, b| a.path.cmp(&b.path));
    brand_files(fs, &mut tree, config, diags);
    Ok(tree)
}

/// Reads what the brand names, among the files that are published anyway. What is not there is for `brand` to tell.
fn brand_files(fs: &dyn Fs, tree: &mut SourceTree, config: &Config, diags: &mut Diagnostics) {
    let named: BTreeSet<&str> = config.brand.files().map(|f| f.value.as_str()).collect();
    for (asset, of) in tree.assets.iter().enumerate() {
        if !named.contains(tree.files[of.file.index()].path.as_ref()) {
            continue;
        }
        match fs.read(&of.from, MAX_BRAND_FILE) {
            Ok(bytes) => tree.brand.push(BrandFile {
                asset,
                bytes: bytes.into(),
            }),
            Err(error) => unreadable(diags, of.file, &error, MAX_BRAND_FILE),
        }
    }
}

struct Reader<'a> {
    fs: &'a dyn Fs,
    diags: &'a mut Diagnostics,
    /// The site's folder without links.
    root: PathBuf,
    tree: SourceTree,
}

impl Reader<'_> {
    /// The site's lock, where it has one.
    fn lock(&mut self, root: &Path) -> Result<()> {
        let path = root.join(lock::FILE_NAME);
        if self.fs.kind(&path)?.is_none() {
            return Ok(());
        }
        match self.fs.read(&path, MAX_LOCK) {
            Ok(bytes) => self.tree.lock = Some(self.add_text(lock::FILE_NAME, decoded(&bytes))),
            Err(error) => self.unreadable(lock::FILE_NAME, &error, MAX_LOCK),
        }
        Ok(())
    }

    fn content(&mut self, root: &Path, config: &Config) -> Result<()> {
        let folder = root.join(CONTENT);
        self.tree.layers.push(Layer {
            root: folder.clone(),
        });
        let found = self.find(&folder, CONTENT)?;
        let (pages, assets): (Vec<Found>, Vec<Found>) = found
            .into_iter()
            .partition(|file| file.path.ends_with(".md"));
        for (found, file) in self.read_all(CONTENT, pages, config.limits.page_bytes) {
            self.tree.content.push(ContentFile {
                file,
                layer: 0,
                path: found.path.as_str().into(),
            });
        }
        for found in assets {
            if is_harmless(&found.path) || self.is_harmless_drawing(&found) {
                self.add_asset(CONTENT, found, config);
            } else {
                let file = self.add_file(&format!("{CONTENT}/{}", found.path), "".into());
                let ending = found
                    .path
                    .rsplit('.')
                    .next()
                    .unwrap_or_default()
                    .to_string();
                let severity = if config.is_lenient {
                    Severity::Warning
                } else {
                    Code::AssetType.severity()
                };
                self.diags
                    .add_as(Code::AssetType, severity, Span::whole(file))
                    .arg("ending", ending);
            }
        }
        Ok(())
    }

    fn statics(&mut self, root: &Path, config: &Config) -> Result<()> {
        for found in self.find(&root.join(STATIC), STATIC)? {
            self.add_asset(STATIC, found, config);
        }
        Ok(())
    }

    fn theme(&mut self, root: &Path, config: &Config) -> Result<()> {
        let shown = format!("{THEMES}/{}", config.theme);
        let folder = root.join(THEMES).join(&config.theme);
        if config.theme != crate::theme::STANDARD
            && self.fs.kind(&folder)? != Some(EntryKind::Folder)
        {
            self.diags
                .add(Code::ThemeMissing, Span::whole(FileId(0)))
                .arg("path", shown.clone());
            return Ok(());
        }
        let found = self.find(&folder, &shown)?;
        let is_text = |file: &Found| {
            ["templates/", "i18n/", "icons/"]
                .iter()
                .any(|part| file.path.starts_with(part))
        };
        let (texts, others): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_text);
        for (found, file) in self.read_all(&shown, texts, MAX_THEME_FILE) {
            self.tree.theme.files.push(ThemeFile {
                path: found.path.as_str().into(),
                file,
            });
        }
        for found in others {
            let path: Arc<str> = found.path.as_str().into();
            if !path.starts_with("static/") {
                let file = self.add_file(&format!("{shown}/{path}"), "".into());
                self.tree.theme.others.push(ThemeFile { path, file });
                continue;
            }
            match self.fs.read(&found.disk, config.limits.asset_bytes) {
                Ok(bytes) => {
                    let file = self.add_file(&format!("{shown}/{path}"), "".into());
                    self.tree.theme.statics.push(ThemeStatic {
                        path,
                        file,
                        bytes: bytes.into(),
                    });
                }
                Err(error) => self.unreadable(
                    &format!("{shown}/{}", found.path),
                    &error,
                    config.limits.asset_bytes,
                ),
            }
        }
        Ok(())
    }

    /// The files below a folder, with bad names and links that lead out left out as findings. A missing folder is
    /// an empty one.
    fn find(&mut self, folder: &Path, shown: &str) -> Result<Vec<Found>> {
        // The folder itself may be a link, but not out of the site.
        if self
            .fs
            .canonicalize(folder)
            .is_ok_and(|real| !real.starts_with(&self.root))
        {
            let file = self.add_file(shown, "".into());
            self.diags
                .add(Code::LinkOutside, Span::whole(file))
                .arg("path", shown);
            return Ok(Vec::new());
        }
        let outcome = walk::find(self.fs, folder)
            .with_context(|| format!("cannot list {}", crate::fs::shown(folder)))?;
        for problem in outcome.problems {
            let file = self.add_file(&format!("{shown}/{}", problem.path), "".into());
            let finding = self.diags.add(problem.code, Span::whole(file));
            finding.arg("path", problem.path);
            if let Some(proposed) = problem.proposed {
                finding.propose(proposed);
            }
        }
        Ok(outcome.files)
    }

    /// Reads files in parallel; those that cannot be read are findings.
    fn read_all(&mut self, folder: &str, files: Vec<Found>, limit: u64) -> Vec<(Found, FileId)> {
        let fs = self.fs;
        let read: Vec<_> = files
            .par_iter()
            .map(|file| fs.read(&file.disk, limit).map(|bytes| decoded(&bytes)))
            .collect();
        let mut known = Vec::with_capacity(files.len());
        for (found, text) in files.into_iter().zip(read) {
            let path = format!("{folder}/{}", found.path);
            match text {
                Ok(text) => {
                    let file = self.add_text(&path, text);
                    known.push((found, file));
                }
                Err(error) => self.unreadable(&path, &error, limit),
            }
        }
        known
    }

    /// Adds a file's text, with the place where it is none.
    fn add_text(&mut self, path: &str, (text, bad): (Arc<str>, Option<TextRange>)) -> FileId {
        let file = self.add_file(path, text);
        if let Some(bad) = bad {
            self.diags.add(Code::FileEncoding, Span::new(file, bad));
        }
        file
    }

    fn add_file(&mut self, path: &str, text: Arc<str>) -> FileId {
        self.tree.files.push(SourceFile {
            path: path.into(),
            text,
        });
        FileId::of(self.tree.files.len() - 1)
    }

    fn is_harmless_drawing(&self, found: &Found) -> bool {
        let is_svg = found.path.to_ascii_lowercase().ends_with(".svg");
        is_svg
            && self
                .fs
                .read(&found.disk, MAX_DRAWING)
                .is_ok_and(|bytes| svg::is_harmless(&bytes))
    }

    /// Adds a file to be published as it is; reads it once, for its hash and an image's size.
    fn add_asset(&mut self, folder: &str, found: Found, config: &Config) {
        let shown = format!("{folder}/{}", found.path);
        let limit = config.limits.asset_bytes;
        let mut hasher = blake3::Hasher::new();
        let mut header = Vec::new();
        let read = self.fs.stream(&found.disk, limit, &mut |bytes| {
            hasher.update(bytes);
            let room = IMAGE_HEADER.saturating_sub(header.len());
            header.extend_from_slice(&bytes[..bytes.len().min(room)]);
        });
        match read {
            Ok(size) => {
                let file = self.add_file(&shown, "".into());
                self.tree.assets.push(Asset {
                    from: found.disk,
                    file,
                    dimensions: is_image(&found.path).then(|| dimensions(&header)).flatten(),
                    path: found.path.into(),
                    size,
                    hash: hasher.finalize(),
                });
            }
            Err(error) => self.unreadable(&shown, &error, limit),
        }
    }

    fn unreadable(&mut self, path: &str, error: &std::io::Error, limit: u64) {
        let file = self.add_file(path, "".into());
        unreadable(self.diags, file, error, limit);
    }
}

/// A file that cannot be read, or is too large to be.
fn unreadable(diags: &mut Diagnostics, file: FileId, error: &std::io::Error, limit: u64) {
    if error.kind() == std::io::ErrorKind::FileTooLarge {
        diags
            .add(Code::FileTooLarge, Span::whole(file))
            .arg("what", "file")
            .arg("limit", format!("{} kB", limit / 1024));
    } else {
        diags
            .add(Code::FileUnreadable, Span::whole(file))
            .arg("reason", error.kind().to_string());
    }
}

/// Kinds of files that cannot run anything in a reader's browser. What can — HTML, scripts — belongs in
/// `static/`, which is the site's owner's, not its authors'.
fn is_harmless(path: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "txt", "csv", "json", "ics", "doc",
        "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "epub", "zip", "mp3",
        "m4a", "ogg", "opus", "wav", "mp4", "webm", "vtt", "yaml", "yml", "toml",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Width and height from an image's first bytes.
fn dimensions(header: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(header).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

fn is_image(path: &str) -> bool {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif"
    )
}
