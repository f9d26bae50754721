//! Finds and reads every file of a site: configuration, content, the theme's own files, assets.
//!
//! In: the site's folder. Out: a [`SourceTree`], sorted by path; what cannot be published is a finding. The only
//! reader of content; each file is read once. Nothing outside the site's folder is read, whatever links say.

mod walk;

use crate::config::{Config, FILE_NAME, MAX_CONFIG};
use crate::diagnostic::{Code, Diagnostics};
use crate::fs::{EntryKind, Fs};
use crate::model::ids::FileId;
use crate::model::source::*;
use crate::text::span::Span;
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use walk::Found;

/// The largest template or interface text file, in bytes.
const MAX_THEME_FILE: u64 = 1024 * 1024;
/// How much of an image is read to learn its size.
const IMAGE_HEADER: usize = 64 * 1024;

/// The folder of the pages, below the site's root.
pub const CONTENT: &str = "content";
/// The folder of files that are copied as they are.
pub const STATIC: &str = "static";
/// The folder of themes.
pub const THEMES: &str = "themes";

/// The text of the configuration; `None` when there is no such file. Bytes that are no UTF-8 become replacement
/// characters, and reading it will say what is wrong.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_config(fs: &dyn Fs, root: &Path) -> Result<Option<Arc<str>>> {
    let path = root.join(FILE_NAME);
    if fs
        .kind(&path)
        .with_context(|| format!("cannot look at {}", crate::fs::shown(&path)))?
        .is_none()
    {
        return Ok(None);
    }
    let bytes = fs
        .read(&path, MAX_CONFIG)
        .with_context(|| format!("cannot read {}", crate::fs::shown(&path)))?;
    Ok(Some(String::from_utf8_lossy(&bytes).into()))
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
        tree: SourceTree::default(),
    };
    reader.tree.files.push(SourceFile {
        path: FILE_NAME.into(),
        text: Arc::clone(config_text),
    });
    reader.content(root, config)?;
    reader.statics(root, config)?;
    reader.theme(root, config)?;
    let mut tree = reader.tree;
    tree.assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
}

struct Reader<'a> {
    fs: &'a dyn Fs,
    diags: &'a mut Diagnostics,
    tree: SourceTree,
}

impl Reader<'_> {
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
            self.add_asset(CONTENT, found, config);
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
        for found in others
            .into_iter()
            .filter(|file| file.path.starts_with("static/"))
        {
            match self.fs.read(&found.disk, config.limits.asset_bytes) {
                Ok(bytes) => self
                    .tree
                    .theme
                    .statics
                    .push((found.path.as_str().into(), bytes.into())),
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
            .map(|file| fs.read(&file.disk, limit))
            .collect();
        let mut known = Vec::with_capacity(files.len());
        for (found, bytes) in files.into_iter().zip(read) {
            let path = format!("{folder}/{}", found.path);
            match bytes {
                Ok(bytes) => {
                    let file = self.add_text(&path, bytes);
                    known.push((found, file));
                }
                Err(error) => self.unreadable(&path, &error, limit),
            }
        }
        known
    }

    /// Adds a file's bytes as text. What is no UTF-8 or holds a zero byte is a finding at its place; the text is
    /// then kept with replacement characters, for showing it.
    fn add_text(&mut self, path: &str, bytes: Vec<u8>) -> FileId {
        let (text, bad) = match String::from_utf8(bytes) {
            Ok(text) => {
                let zero = text.find('\0');
                (text, zero)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    Some(at),
                )
            }
        };
        let width = bad
            .and_then(|at| text[at..].chars().next())
            .map_or(0, char::len_utf8);
        let file = self.add_file(path, text.into());
        if let Some(at) = bad {
            self.diags.add(
                Code::FileEncoding,
                Span {
                    file,
                    start: at as u32,
                    end: (at + width) as u32,
                },
            );
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

    fn add_asset(&mut self, folder: &str, found: Found, config: &Config) {
        let shown = format!("{folder}/{}", found.path);
        if found.size > config.limits.asset_bytes {
            let file = self.add_file(&shown, "".into());
            self.too_large(file, config.limits.asset_bytes);
            return;
        }
        let file = self.add_file(&shown, "".into());
        let dimensions = is_image(&found.path)
            .then(|| self.dimensions(&found))
            .flatten();
        self.tree.assets.push(Asset {
            from: found.disk,
            file,
            path: found.path.as_str().into(),
            size: found.size,
            dimensions,
        });
    }

    /// Width and height from an image's first bytes.
    fn dimensions(&self, found: &Found) -> Option<(u32, u32)> {
        let mut header = Vec::new();
        let mut keep = |bytes: &[u8]| {
            let room = IMAGE_HEADER.saturating_sub(header.len());
            header.extend_from_slice(&bytes[..bytes.len().min(room)]);
        };
        self.fs.stream(&found.disk, found.size, &mut keep).ok()?;
        let size = imagesize::blob_size(&header).ok()?;
        Some((
            u32::try_from(size.width).ok()?,
            u32::try_from(size.height).ok()?,
        ))
    }

    fn unreadable(&mut self, path: &str, error: &std::io::Error, limit: u64) {
        let file = self.add_file(path, "".into());
        if error.kind() == std::io::ErrorKind::FileTooLarge {
            self.too_large(file, limit);
        } else {
            self.diags
                .add(Code::FileUnreadable, Span::whole(file))
                .arg("reason", error.kind().to_string());
        }
    }

    fn too_large(&mut self, file: FileId, limit: u64) {
        self.diags
            .add(Code::FileTooLarge, Span::whole(file))
            .arg("what", "file")
            .arg("limit", format!("{} kB", limit / 1024));
    }
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
