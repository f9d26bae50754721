//! What `discover` finds: text files with their bytes, assets as handles, in layers.

use super::ids::FileId;
use crate::text::span::TextRange;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything read from disk. Texts are whole; assets are only known by place and size and streamed at the end.
#[derive(Debug, Default)]
pub struct SourceTree {
    /// The folders that content came from, lowest first.
    pub layers: Vec<Layer>,
    /// All text files: configuration first, then the lock, content and theme, each sorted by path.
    pub files: Vec<SourceFile>,
    /// The site's lock among `files`, where it has one.
    pub lock: Option<FileId>,
    /// The content pages among `files`.
    pub content: Vec<ContentFile>,
    /// Files to be published as they are, sorted by output path.
    pub assets: Vec<Asset>,
    /// The files that the brand names and that are there.
    pub brand: Vec<BrandFile>,
    /// The theme's own files by their path below the theme.
    pub theme: ThemeFiles,
}

/// The configuration as read.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    pub text: Arc<str>,
    /// Where it is no UTF-8.
    pub bad: Option<TextRange>,
}

/// One folder of content. An edition has several; a plain site has one.
#[derive(Clone, Debug)]
pub struct Layer {
    pub root: PathBuf,
}

/// A text file as read: the original bytes, with byte order mark and line ends as they were.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path from the site's root with `/`, for people and findings.
    pub path: Arc<str>,
    pub text: Arc<str>,
}

/// A page's source.
#[derive(Clone, Debug)]
pub struct ContentFile {
    pub file: FileId,
    /// Index into [`SourceTree::layers`].
    pub layer: u8,
    /// Path below the content folder, with `/` and `.md`.
    pub path: Arc<str>,
}

/// A file that is copied to the output.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it is on disk.
    pub from: PathBuf,
    /// Its entry among the files, with an empty text, for findings.
    pub file: FileId,
    /// Its path below the content folder or `static/`, which is also its path in the output.
    pub path: Arc<str>,
    pub size: u64,
    pub hash: blake3::Hash,
    /// Width and height in pixels, for images whose header tells.
    pub dimensions: Option<(u32, u32)>,
}

/// A file of the brand, whole.
#[derive(Clone, Debug)]
pub struct BrandFile {
    /// Index into [`SourceTree::assets`].
    pub asset: usize,
    pub bytes: Arc<[u8]>,
}

/// A theme's own files in the site's `themes/<name>/`; they win over those embedded in the program.
#[derive(Clone, Debug, Default)]
pub struct ThemeFiles {
    /// Templates, icons and interface texts, sorted by path (`templates/page.html`, `i18n/da.yaml`).
    pub files: Vec<ThemeFile>,
    /// Files of `static/`, sorted by path.
    pub statics: Vec<ThemeStatic>,
    /// Files at other places, which nothing reads.
    pub others: Vec<ThemeFile>,
}

/// One file of a theme that goes out as it is.
#[derive(Clone, Debug)]
pub struct ThemeStatic {
    pub path: Arc<str>,
    /// Its entry among the files, with an empty text, for findings.
    pub file: FileId,
    pub bytes: Arc<[u8]>,
}

/// One text file of a theme.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    pub path: Arc<str>,
    pub file: FileId,
}
