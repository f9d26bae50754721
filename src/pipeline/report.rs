//! What comes of a build: its findings, the files they point into, and what was published.

use crate::diagnostic::{Counts, Diagnostic, Diagnostics, terminal::Sources};
use crate::model::brand::Branded;
use crate::model::document::Document;
use crate::model::ids::{FileId, PageId};
use crate::model::plan::Plan;
use crate::model::site::{Page, Site};
use crate::model::source::SourceFile;
use crate::parse::readability;
use crate::text::lix::Lix;
use crate::text::span::line_starts;
use crate::write::Published;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// What came of a build.
#[derive(Debug)]
pub struct Report {
    /// Sorted, each once.
    pub findings: Vec<Diagnostic>,
    pub counts: Counts,
    pub pages: usize,
    /// The files the findings point into.
    pub files: Files,
    pub language: String,
    /// What was written; `None` when errors kept the old site.
    pub published: Option<Published>,
    /// What the site's brand has come to.
    pub brand: Branded,
    pub workings: Workings,
}

impl Report {
    /// Sorts the findings and counts them.
    pub(super) fn new(
        diags: Diagnostics,
        files: Vec<SourceFile>,
        pages: usize,
        language: &str,
    ) -> Report {
        let findings = diags.finish(&|file| files[file.index()].path.to_string());
        Report {
            counts: Counts::of(&findings),
            findings,
            pages,
            files: Files::new(files),
            language: language.to_string(),
            published: None,
            brand: Branded::default(),
            workings: Workings::default(),
        }
    }

    /// The site as it was read; `None` without a configuration.
    pub fn site(&self) -> Option<&Site> {
        self.workings.0.as_ref().map(|(_, site, _)| site)
    }

    /// How hard each page's own text is to read, in the order of the site. Pages that stand on another as entries and
    /// pages without running text are left out.
    pub fn readability(&self) -> Vec<(PageId, Lix)> {
        let Some((_, site, _)) = &self.workings.0 else {
            return Vec::new();
        };
        let of = |page: &Page| {
            let document = &site.documents[page.document?.index()].document;
            let lix = readability(document);
            (lix.words > 0).then_some((page.id, lix))
        };
        let pages = site.pages.par_iter().filter(|page| !page.kind.is_entry());
        pages.filter_map(of).collect()
    }

    pub(super) fn is_publishable(&self, is_strict: bool) -> bool {
        self.counts.errors == 0 && !(is_strict && self.counts.warnings > 0)
    }
}

/// What the stages made on the way. Held so that a program that ends anyway need not take it apart piece by piece.
#[derive(Debug, Default)]
pub struct Workings(Option<(Vec<Arc<Document>>, Site, Plan)>);

impl Workings {
    pub(super) fn new(documents: Vec<Arc<Document>>, site: Site, plan: Plan) -> Workings {
        Workings(Some((documents, site, plan)))
    }

    /// Leaves the memory to the system, as the last act of a program.
    pub fn leave(self) {
        std::mem::forget(self.0);
    }
}

/// The text files of a site, for showing findings.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<SourceFile>,
    /// Made when the first finding of a file is shown.
    lines: Vec<OnceLock<Vec<u32>>>,
}

impl Files {
    fn new(files: Vec<SourceFile>) -> Files {
        let lines = files.iter().map(|_| OnceLock::new()).collect();
        Files { files, lines }
    }
}

impl Sources for Files {
    fn path(&self, file: FileId) -> &str {
        self.files
            .get(file.index())
            .map_or("", |file| file.path.as_ref())
    }

    fn text(&self, file: FileId) -> &str {
        self.files
            .get(file.index())
            .map_or("", |file| file.text.as_ref())
    }

    fn lines(&self, file: FileId) -> &[u32] {
        let lines = self.lines.get(file.index());
        lines.map_or(&[0], |lines| {
            lines.get_or_init(|| line_starts(self.text(file)))
        })
    }
}
