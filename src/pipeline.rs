//! The whole way from a folder to a site, on one screen. The first file to read.
//!
//! ```text
//! discover ─▶ parse ─▶ resolve ─▶ audit ─▶ plan ─▶ render ─▶ write
//!   (IO)      (pure)   (pure)   (pure)  (pure)   (pure)    (IO)
//!                          └────────▶ search ────────┘
//! ```
//!
//! The only room that names two stages. Content's mistakes are findings and stop the write, never the build: the old
//! site stays. The machine's failures are errors.

mod fix;
mod precompress;
mod report;
mod sinks;

use crate::audit::audit;
use crate::brand::brand;
use crate::config;
use crate::diagnostic::{Code, Diagnostics};
use crate::fs::Fs;
use crate::model::config::Config;
use crate::model::document::Document;
use crate::model::ids::FileId;
use crate::model::lock::Lock;
use crate::model::output::Sink;
use crate::model::site::Site;
use crate::model::source::{ConfigFile, SourceFile, SourceTree};
use crate::parse::{ParseOptions, parse};
use crate::plan::{PlanOptions, plan};
use crate::render::render;
use crate::resolve::{Inputs, resolve};
pub use crate::search::{
    Engine as SearchEngine, Hit as SearchHit, Results as SearchResults, Run as SearchRun,
};
use crate::search::{engine, search};
use crate::text::date::Date;
use crate::text::span::Span;
use crate::theme::Theme;
use crate::write::{Stage, WriteOptions};
use crate::{discover, lock, theme};
use anyhow::Result;
pub use fix::{Mended, missing_ids};
use precompress::{Precompressed, Twins};
use rayon::prelude::*;
pub use report::{Files, Report, Workings};
pub use sinks::Memory;
use std::path::Path;
use std::sync::Arc;

/// What decides a build, beside the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The only date that decides anything.
    pub today: Date,
    pub with_drafts: bool,
    /// Warnings keep the old site too.
    pub is_strict: bool,
    pub plan: PlanOptions,
}

/// Builds a site into a folder, or leaves the folder as it was when there are errors.
///
/// # Errors
/// When the machine fails: a folder cannot be listed, the output cannot be written.
pub fn build(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    output: &Path,
    options: &BuildOptions,
    write: &WriteOptions,
) -> Result<Report> {
    let stage = Stage::begin(fs, output, write)?;
    let (mut report, stage) = make(fs, root, config_file, options, |tree| Precompressed {
        inner: sinks::Staged {
            stage,
            assets: tree.assets.clone(),
        },
        twins: options
            .plan
            .precompress
            .then(|| Twins::new(fs, tree.assets.clone())),
    })?;
    if let Some(stage) = stage.filter(|_| report.is_publishable(options.is_strict)) {
        report.published = Some(stage.inner.stage.publish()?);
    }
    Ok(report)
}

/// Does all that a build does, and writes nothing.
///
/// # Errors
/// When a folder cannot be listed.
pub fn check(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    options: &BuildOptions,
) -> Result<Report> {
    Ok(make(fs, root, config_file, options, |_| sinks::Nowhere)?.0)
}

/// Builds a site into memory.
///
/// # Errors
/// When a folder cannot be listed or an asset cannot be read.
pub fn build_in_memory(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    options: &BuildOptions,
) -> Result<(Report, Memory)> {
    let (report, sink) = make(fs, root, config_file, options, |tree| {
        sinks::InMemory::new(fs, tree.assets.clone())
    })?;
    Ok((
        report,
        sink.map(sinks::InMemory::into_files).unwrap_or_default(),
    ))
}

/// Makes the search of a site without the site. `None` where there is no such site or language.
///
/// # Errors
/// When a folder cannot be listed.
pub fn search_engine(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    options: &BuildOptions,
    language: Option<&str>,
) -> Result<(Report, Option<SearchEngine>)> {
    let mut diags = Diagnostics::new();
    let Some(config) = read_config(config_file, &mut diags) else {
        return Ok((Report::new(diags, vec![shown(config_file)], 0, ""), None));
    };
    let (tree, _, _, site) = resolved(fs, root, config_file, &config, options, &mut diags)?;
    let known = |code: &str| site.languages.iter().position(|own| own.code == code);
    let engine = language.map_or(Some(0), known).map(|at| engine(&site, at));
    let report = Report::new(diags, tree.files, site.pages.len(), &config.language);
    Ok((report, engine))
}

/// The chain of stages. The sink is made once it is known what there is to put; `None` without a configuration.
fn make<S: Sink>(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    options: &BuildOptions,
    sink: impl FnOnce(&SourceTree) -> S,
) -> Result<(Report, Option<S>)> {
    let mut diags = Diagnostics::new();
    let Some(config) = read_config(config_file, &mut diags) else {
        return Ok((Report::new(diags, vec![shown(config_file)], 0, ""), None));
    };
    let (tree, documents, theme, site) =
        resolved(fs, root, config_file, &config, options, &mut diags)?;
    audit(&site, &mut diags);
    theme::check_languages(
        &theme,
        site.languages.iter().map(|language| language.code.as_str()),
        FileId(0),
        &mut diags,
    );
    let wanted = documents.iter().filter_map(|document| {
        let front_matter = document.front_matter.as_ref()?;
        Some(front_matter.template.as_ref()?.value.as_str())
    });
    theme::check_used(&theme, &tree, wanted, &mut diags);
    let plan = plan(&site, &theme, &options.plan, &mut diags);
    let sink = sink(&tree);
    render(&plan, &site, &theme, &sink, &mut diags)?;
    search(&site, &sink)?;
    let mut report = Report::new(diags, tree.files, site.pages.len(), &config.language);
    report.brand = theme.brand;
    report.workings = Workings::new(documents, site, plan);
    Ok((report, Some(sink)))
}

/// What the stages before the plan make: the files, the documents, the theme, and the site.
fn resolved(
    fs: &dyn Fs,
    root: &Path,
    config_file: &ConfigFile,
    config: &Arc<Config>,
    options: &BuildOptions,
    diags: &mut Diagnostics,
) -> Result<(SourceTree, Vec<Arc<Document>>, Theme, Site)> {
    let tree = discover::discover(fs, root, &config_file.text, config, diags)?;
    let lock = read_lock(&tree, diags);
    let mut theme = theme::load(&tree, diags);
    brand(&config.brand, &tree, &mut theme, diags);
    theme::add_own_styles(&mut theme);
    theme::join_bundles(&mut theme);
    let parse_options = ParseOptions::new(config, FileId(0), diags);
    let documents: Vec<_> = tree
        .content
        .par_iter()
        .map(|content| {
            Arc::new(parse(
                &tree.files[content.file.index()].text,
                &parse_options,
            ))
        })
        .collect();
    let inputs = Inputs {
        config,
        theme: &theme,
        config_file: FileId(0),
        content: &tree.content,
        documents: &documents,
        assets: &tree.assets,
        lock: lock.as_ref(),
        today: options.today,
        with_drafts: options.with_drafts,
    };
    let site = resolve(&inputs, diags);
    Ok((tree, documents, theme, site))
}

fn read_config(file: &ConfigFile, diags: &mut Diagnostics) -> Option<Arc<Config>> {
    if let Some(bad) = &file.bad {
        diags.add(Code::FileEncoding, Span::new(FileId(0), bad.clone()));
    }
    let mut own = Diagnostics::new();
    let config = config::read(&file.text, &mut own);
    diags.extend(own.list().iter().map(|finding| finding.in_file(FileId(0))));
    config.map(Arc::new)
}

fn read_lock(tree: &SourceTree, diags: &mut Diagnostics) -> Option<Arc<Lock>> {
    let file = tree.lock?;
    let mut own = Diagnostics::new();
    let remembered = lock::read(&tree.files[file.index()].text, &mut own);
    diags.extend(own.list().iter().map(|finding| finding.in_file(file)));
    let (addresses, lists) = remembered?;
    Some(Arc::new(Lock {
        file,
        addresses,
        lists,
    }))
}

fn shown(file: &ConfigFile) -> SourceFile {
    SourceFile {
        path: config::FILE_NAME.into(),
        text: Arc::clone(&file.text),
    }
}
