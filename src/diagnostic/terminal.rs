//! Findings as text for people, with the lines they point at.
//!
//! In: findings and the files they point into. Out: one string, drawn as rustc draws its own. Colour is the
//! caller's choice. Does not sort and does not write.

use super::catalogue::{self, MessageLanguage};
use super::{Diagnostic, Severity};
use crate::model::ids::FileId;
use crate::text::span::{BYTE_ORDER_MARK, Position, Span, position};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

/// The longest line shown whole, in bytes; of longer ones only the part around the place is shown.
const LINE_LIMIT: usize = 200;

/// What a finding's excerpt needs to know of a file.
pub trait Sources {
    fn path(&self, file: FileId) -> &str;
    fn text(&self, file: FileId) -> &str;
    /// Where each line of the file begins.
    fn lines(&self, file: FileId) -> &[u32];

    /// Line and column of a byte.
    fn position(&self, file: FileId, offset: u32) -> Position {
        let text = self.text(file);
        let lines = self.lines(file);
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or_default() as usize;
        let within = position(&text[start..], (offset as usize).saturating_sub(start));
        Position {
            line: line - 1 + within.line,
            column: within.column,
        }
    }
}

/// Draws one finding.
pub fn render(
    diagnostic: &Diagnostic,
    sources: &dyn Sources,
    language: MessageLanguage,
    colour: bool,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let name = catalogue::text(language, "command", diagnostic.severity.name())
        .unwrap_or(diagnostic.severity.name());
    let message = catalogue::filled(language, diagnostic, "message");
    let label = catalogue::filled(language, diagnostic, diagnostic.primary.text);
    let help = catalogue::help(language, diagnostic);
    let help_name = catalogue::text(language, "command", "help").unwrap_or("help");
    let code = diagnostic.code.name();

    let mut excerpts = vec![(
        Excerpt::of(diagnostic.primary.span, sources),
        label,
        AnnotationKind::Primary,
    )];
    for related in &diagnostic.related {
        let text = catalogue::filled(language, diagnostic, related.text);
        excerpts.push((
            Excerpt::of(related.span, sources),
            text,
            AnnotationKind::Context,
        ));
    }
    let mut group = Group::with_title(
        level
            .with_name(name)
            .primary_title(message.as_str())
            .id(code),
    );
    for (excerpt, text, kind) in &excerpts {
        let annotation: Annotation = kind.span(excerpt.range.clone()).label(text.as_str());
        group = group.element(
            Snippet::source(excerpt.text.as_str())
                .path(excerpt.path.as_str())
                .line_start(excerpt.line)
                .annotation(annotation),
        );
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(help_name).message(help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = renderer.render(&[group]);
    out.push('\n');
    out
}

/// The lines of a file around one place, and the place within them.
struct Excerpt {
    path: String,
    text: String,
    line: usize,
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn of(span: Span, sources: &dyn Sources) -> Excerpt {
        let text = sources.text(span.file);
        let start = floor(text, span.start as usize);
        let end = floor(text, span.end as usize).max(start);
        let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line_end = text[end..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| end + at);
        let line = sources.position(span.file, start as u32).line;
        let mut first = line_start;
        let mut last = line_end;
        if last - first > LINE_LIMIT {
            // The column shown must stay right, so a long line is cut behind the place only.
            let wanted = if start - first > LINE_LIMIT {
                end
            } else {
                start.max(end.min(first + LINE_LIMIT))
            };
            last = floor(text, (wanted + 40).min(line_end));
        }
        if text[first..].starts_with(BYTE_ORDER_MARK) {
            first += BYTE_ORDER_MARK.len_utf8();
        }
        let first = first.min(start.max(first));
        // The renderer makes ASCII's control characters harmless; those of the second half are ours to replace, by a
        // sign of as many bytes, so that the places stay right.
        let harmless = |c: char| {
            if matches!(c, '\u{80}'..='\u{9f}') {
                '\u{b7}'
            } else {
                c
            }
        };
        let shown: String = text[first..last.max(first)].chars().map(harmless).collect();
        let from = start.saturating_sub(first).min(shown.len());
        let to = end.saturating_sub(first).clamp(from, shown.len());
        Excerpt {
            path: catalogue::harmless(sources.path(span.file)),
            text: shown,
            line,
            range: from..to,
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
