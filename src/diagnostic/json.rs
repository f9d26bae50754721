//! Findings as JSON, one object to a line, for editors and scripts.
//!
//! The shape is `{code, severity, path, start: {byte, line, column}, end: {…}, message, label, help, related}`;
//! columns count Unicode scalar values.

use super::catalogue::{self, MessageLanguage};
use super::terminal::Sources;
use super::{Diagnostic, Label};
use crate::text::span::Span;
use serde_json::{Value, json};

/// One finding as a JSON object.
pub fn object(diagnostic: &Diagnostic, sources: &dyn Sources, language: MessageLanguage) -> Value {
    let related = |label: &Label| {
        let mut place = place(label.span, sources);
        place["message"] = json!(catalogue::filled(language, diagnostic, label.text));
        place
    };
    let mut object = json!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.name(),
    });
    let at = place(diagnostic.primary.span, sources);
    for key in ["path", "start", "end"] {
        object[key] = at[key].clone();
    }
    object["message"] = json!(catalogue::filled(language, diagnostic, "message"));
    object["label"] = json!(catalogue::filled(
        language,
        diagnostic,
        diagnostic.primary.text
    ));
    object["help"] = json!(catalogue::help(language, diagnostic));
    object["related"] = diagnostic.related.iter().map(related).collect();
    object
}

fn place(span: Span, sources: &dyn Sources) -> Value {
    let point = |offset: u32| {
        let p = sources.position(span.file, offset);
        json!({"byte": offset, "line": p.line, "column": p.column})
    };
    json!({"path": catalogue::harmless(sources.path(span.file)), "start": point(span.start), "end": point(span.end)})
}
