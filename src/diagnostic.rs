//! Findings: what is wrong or worth knowing about the author's files, as plain data.
//!
//! A stage collects findings and goes on; they are joined in input order, sorted, and shown together at the end.
//! A finding holds a code and values, never a sentence: the words come from the catalogue in the reader's language.
//! The machine's failures (disk, port) are not findings; they are `anyhow::Error`s of the two ends.

pub mod catalogue;
pub mod code;
pub mod json;
pub mod terminal;

pub use code::{Code, Severity};

use crate::model::ids::FileId;
use crate::text::span::{Span, TextRange};

/// A place, and the word from the catalogue that says why it is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<S = Span> {
    pub span: S,
    /// Entry of the code in the catalogue that holds the text: `label`, `related`, …
    pub text: &'static str,
}

/// One finding. `S` is [`Span`] on the site, [`TextRange`] inside one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic<S = Span> {
    pub code: Code,
    pub severity: Severity,
    pub primary: Label<S>,
    pub related: Vec<Label<S>>,
    /// Values for the named places of the texts.
    pub args: Vec<(&'static str, String)>,
}

impl<S> Diagnostic<S> {
    /// Sets a named value that the texts can show.
    pub fn arg(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.args.push((name, value.into()));
        self
    }

    /// Suggests the known name nearest to `name`, when one is near.
    pub fn nearest<'a>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        if let Some(found) = crate::text::nearest::nearest(name, known) {
            let found = found.to_string();
            self.arg("nearest", found);
        }
        self
    }

    /// Suggests a better word for the one found, where there is one.
    pub fn propose(&mut self, better: impl Into<String>) -> &mut Self {
        let better = better.into();
        if !better.is_empty() && self.value("value") != Some(better.as_str()) {
            self.arg("nearest", better);
        }
        self
    }

    /// Points at a second place.
    pub fn related(&mut self, span: S) -> &mut Self {
        self.related.push(Label {
            span,
            text: "related",
        });
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Diagnostic<TextRange> {
    /// The same finding in a file of the site.
    pub fn in_file(&self, file: FileId) -> Diagnostic<Span> {
        let label = |l: &Label<TextRange>| Label {
            span: Span::new(file, l.span.clone()),
            text: l.text,
        };
        Diagnostic {
            code: self.code,
            severity: self.severity,
            primary: label(&self.primary),
            related: self.related.iter().map(label).collect(),
            args: self.args.clone(),
        }
    }
}

/// Collects findings. Each parallel task has its own; they are joined in input order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics<S = Span> {
    list: Vec<Diagnostic<S>>,
}

impl<S> Default for Diagnostics<S> {
    fn default() -> Self {
        Diagnostics { list: Vec::new() }
    }
}

impl<S> Diagnostics<S> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding at the severity of its code.
    pub fn add(&mut self, code: Code, span: S) -> &mut Diagnostic<S> {
        self.add_as(code, code.severity(), span)
    }

    /// Adds a finding at another severity than its code's own (lenient content, configured levels).
    pub fn add_as(&mut self, code: Code, severity: Severity, span: S) -> &mut Diagnostic<S> {
        self.list.push(Diagnostic {
            code,
            severity,
            primary: Label {
                span,
                text: "label",
            },
            related: Vec::new(),
            args: Vec::new(),
        });
        self.list
            .last_mut()
            .expect("a finding was pushed in the line above")
    }

    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic<S>>) {
        self.list.extend(more);
    }

    pub fn list(&self) -> &[Diagnostic<S>] {
        &self.list
    }

    pub fn into_list(self) -> Vec<Diagnostic<S>> {
        self.list
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl Diagnostics<Span> {
    /// Maps in parallel, each item with its own collector; the findings are joined in the order of the items.
    pub fn par_map<T: Sync, R: Send>(
        &mut self,
        items: &[T],
        work: impl Fn(&T, &mut Diagnostics) -> R + Sync,
    ) -> Vec<R> {
        use rayon::prelude::*;
        let done: Vec<(R, Diagnostics)> = items
            .par_iter()
            .map(|item| {
                let mut own = Diagnostics::new();
                let result = work(item, &mut own);
                (result, own)
            })
            .collect();
        let mut results = Vec::with_capacity(done.len());
        for (result, own) in done {
            results.push(result);
            self.list.extend(own.list);
        }
        results
    }

    /// Sorted by file, place and code, each finding once. `paths` gives each file's path by its id.
    pub fn finish(mut self, paths: &dyn Fn(FileId) -> String) -> Vec<Diagnostic> {
        self.list.sort_by_cached_key(|d| {
            let span = d.primary.span;
            (
                paths(span.file),
                span.start,
                span.end,
                d.code.name(),
                d.args.clone(),
            )
        });
        self.list.dedup();
        self.list
    }
}

/// How many findings of each severity a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Counts {
    pub fn of(list: &[Diagnostic]) -> Counts {
        let mut counts = Counts::default();
        for d in list {
            match d.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}
