//! Code in colours, by classes: the style sheet decides how they look, and no inline style is needed.
//!
//! The syntax definitions are loaded when the first code block of a known language comes, so a site without code
//! never pays for them. Large blocks and unknown languages stay plain.

use crate::text::escape;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The largest block that is coloured, in bytes.
const MAX_BLOCK: usize = 64 * 1024;
/// The longest line that is coloured, in characters: the definitions' patterns can take long on longer ones.
const MAX_LINE: usize = 1_000;

/// How many coloured blocks are kept.
const MAX_KNOWN: usize = 1_000;

const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The language of an info string: its first word, with nothing that could leave a class name.
pub fn language(info: &str) -> Option<String> {
    let word = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
    let clean: String = word
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.'))
        .collect();
    Some(clean).filter(|word| !word.is_empty() && word.len() <= 40)
}

/// A block as HTML, or nothing where it stays plain.
type Coloured = Option<Arc<str>>;

/// Colours code; a block that stands on many pages is coloured once.
#[derive(Default)]
pub struct Highlighter {
    /// By language and code; `None` for what stays plain.
    known: Mutex<HashMap<(String, String), Coloured>>,
}

impl Highlighter {
    /// Appends code as HTML.
    pub fn code(&self, out: &mut String, code: &str, language: Option<&str>) {
        let html = language.and_then(|language| self.coloured(code, language));
        match html {
            Some(html) => out.push_str(&html),
            None => escape::html(out, code),
        }
    }

    fn coloured(&self, code: &str, language: &str) -> Option<Arc<str>> {
        let key = (language.to_string(), code.to_string());
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if let Some(html) = known {
            return html;
        }
        let html = coloured(code, language).map(Arc::from);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MAX_KNOWN {
            known.insert(key, html.clone());
        }
        html
    }
}

fn coloured(code: &str, language: &str) -> Option<String> {
    let is_plain = matches!(language, "text" | "txt" | "plain" | "plaintext" | "console");
    let is_large = code.len() > MAX_BLOCK || code.lines().any(|line| line.len() > MAX_LINE);
    if is_plain || is_large || escape::has_control(code) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes_and_no_style() {
        let mut out = String::new();
        Highlighter::default().code(&mut out, "id: 4711 # <b>\n", Some("yaml"));
        assert!(
            out.contains("class=\"hl-") && !out.contains("style=") && out.contains("&lt;b&gt;"),
            "{out}"
        );
    }

    #[test]
    fn unknown_languages_are_plain() {
        let mut out = String::new();
        Highlighter::default().code(&mut out, "a < b", Some("nosuch"));
        assert_eq!(out, "a &lt; b");
    }

    #[test]
    fn an_info_string_cannot_leave_its_class() {
        assert_eq!(language("yaml\"><script>").as_deref(), Some("yamlscript"));
        assert_eq!(language("c++ title=x").as_deref(), Some("c++"));
        assert_eq!(language("\"").as_deref(), None);
    }
}
