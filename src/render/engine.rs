//! The template engine. The only file that names Tera's errors and loads templates.
//!
//! Templates get data and no doors: no function that looks anything up is registered. What is wrong with a template
//! is a finding at its place, in the site's own file where it has one.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::ids::FileId;
use crate::text::span::Span;
use crate::theme::Theme;
use std::error::Error as _;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera, Value};

/// The largest page a template may make, in bytes.
const MAX_OUTPUT: usize = 16 * 1024 * 1024;

pub struct Engine<'a> {
    tera: Tera,
    theme: &'a Theme,
    config_file: FileId,
}

impl<'a> Engine<'a> {
    /// Loads all templates of the theme; `None` when one cannot be read, which is a finding.
    pub fn new(
        theme: &'a Theme,
        config_file: FileId,
        diags: &mut Diagnostics,
    ) -> Option<Engine<'a>> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![""]);
        let sources = theme
            .templates
            .iter()
            .map(|(name, template)| (name.to_string(), template.text.to_string()));
        let engine = match tera.add_raw_templates(sources) {
            Ok(()) => Engine {
                tera,
                theme,
                config_file,
            },
            Err(error) => {
                Engine {
                    tera: Tera::new(),
                    theme,
                    config_file,
                }
                .report(Code::TemplateSyntax, &error, "", diags);
                return None;
            }
        };
        Some(engine)
    }

    /// Renders one template. `None` when it fails, which is a finding that names what was being rendered.
    pub fn render<const N: usize>(
        &self,
        name: &str,
        values: [(&'static str, Value); N],
        about: &Arc<str>,
        diags: &mut Diagnostics,
    ) -> Option<Vec<u8>> {
        let mut context = Context::new();
        for (key, value) in values {
            context.insert_value(key, value);
        }
        let mut out = Limited {
            bytes: Vec::with_capacity(24 * 1024),
        };
        match self.tera.render_to(name, &context, &mut out) {
            Ok(()) => Some(out.bytes),
            Err(error) => {
                self.report(Code::TemplateFailed, &error, about, diags);
                None
            }
        }
    }

    /// Renders a part that goes into others; empty when it fails.
    pub fn render_text<const N: usize>(
        &self,
        name: &str,
        values: [(&'static str, Value); N],
        about: &Arc<str>,
        diags: &mut Diagnostics,
    ) -> String {
        let bytes = self.render(name, values, about, diags).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn report(&self, code: Code, error: &tera::Error, about: &str, diags: &mut Diagnostics) {
        let mut place = (Span::whole(self.config_file), String::new());
        let mut reason = String::new();
        let mut current: Option<&tera::Error> = Some(error);
        while let Some(error) = current {
            match error.kind() {
                ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                    reason = report.message().to_string();
                    place = self.place(report.filename(), report.span().range.clone());
                }
                // Some errors carry a drawn report; its first line says what is wrong.
                kind => {
                    let text = kind.to_string();
                    reason = text
                        .lines()
                        .find(|line| !line.trim().is_empty())
                        .unwrap_or_default()
                        .to_string();
                    let named = self
                        .theme
                        .templates
                        .keys()
                        .find(|name| text.contains(name.as_ref()));
                    if let Some(name) = named {
                        place = self.place(name, 0..0);
                    }
                }
            }
            current = error.source().and_then(|source| source.downcast_ref());
        }
        let (span, template) = place;
        diags
            .add(code, span)
            .arg("template", template)
            .arg("reason", reason)
            .arg("page", about);
    }

    fn place(&self, template: &str, range: std::ops::Range<usize>) -> (Span, String) {
        let file = self
            .theme
            .templates
            .get(template)
            .and_then(|template| template.file);
        let span = match file {
            Some(file) => Span::new(file, range.start as u32..range.end as u32),
            None => Span::whole(self.config_file),
        };
        (span, template.to_string())
    }
}

/// A buffer that refuses to grow without end, since the engine itself has no limit.
struct Limited {
    bytes: Vec<u8>,
}

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_OUTPUT {
            return Err(std::io::Error::other("the page is larger than 16 MiB"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
