//! Blocks of a site's own templates that no template they extend has: nothing would show them.
//!
//! In: the theme, complete. Out: findings at the blocks' names, with the nearest name there is, and the theme without
//! those templates, so that the engine, which stops at the first and knows no place, need not say it again. Templates
//! are read as text here; what is wrong with their form is the engine's to tell.

use super::{STANDARD, Theme};
use crate::diagnostic::{Code, Diagnostics};
use crate::text::nearest::nearest;
use crate::text::span::Span;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A chain of templates longer than this goes in a circle.
const MAX_CHAIN: usize = 16;

/// Tells of blocks that nothing has a place for, and puts the theme's own templates back where they are.
pub fn check(theme: &mut Theme, diags: &mut Diagnostics) {
    for name in with_unknown_blocks(theme, diags) {
        theme.templates.remove(&name);
        let key: Arc<str> = format!("{STANDARD}/{name}").into();
        if let Some(embedded) = theme.templates.remove(&key) {
            theme.templates.insert(name, embedded);
        }
    }
}

/// The templates that have such blocks, each of which is told.
fn with_unknown_blocks(theme: &Theme, diags: &mut Diagnostics) -> BTreeSet<Arc<str>> {
    let mut found = BTreeSet::new();
    for (template_name, template) in &theme.templates {
        let (Some(file), Some(parent)) = (template.file, extends(&template.text)) else {
            continue;
        };
        let known = blocks_of(theme, parent);
        // A parent that is not there is the engine's to tell.
        if known.is_empty() {
            continue;
        }
        for range in outer_blocks(&template.text) {
            let name = &template.text[range.clone()];
            if known.contains(name) {
                continue;
            }
            found.insert(Arc::clone(template_name));
            let finding = diags
                .add(
                    Code::ThemeBlockUnknown,
                    Span::new(file, range.start as u32..range.end as u32),
                )
                .arg("block", name)
                .arg("parent", parent)
                .arg(
                    "known",
                    known.iter().copied().collect::<Vec<_>>().join(", "),
                );
            if let Some(nearest) = nearest(name, known.iter().copied()) {
                finding.propose(nearest.to_string());
            }
        }
    }
    found
}

/// The blocks of a template and of all it extends.
fn blocks_of<'t>(theme: &'t Theme, name: &str) -> BTreeSet<&'t str> {
    let mut blocks = BTreeSet::new();
    let mut name = Some(name);
    for _ in 0..MAX_CHAIN {
        let Some(template) = name.and_then(|name| theme.templates.get(name)) else {
            break;
        };
        blocks.extend(
            tags(&template.text)
                .filter_map(|tag| block_name(&template.text, tag))
                .map(|range| &template.text[range]),
        );
        name = extends(&template.text);
    }
    blocks
}

/// The template that a template extends.
pub fn extends(text: &str) -> Option<&str> {
    let tag = tags(text).find(|tag| words(&text[tag.clone()]).starts_with("extends"))?;
    let inside = words(&text[tag]);
    let quoted = inside["extends".len()..].trim();
    let quote = quoted.chars().next().filter(|c| "\"'".contains(*c))?;
    quoted[1..].split(quote).next()
}

/// The names of the blocks that stand in no other block.
fn outer_blocks(text: &str) -> Vec<Range<usize>> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for tag in tags(text) {
        if words(&text[tag.clone()]).starts_with("endblock") {
            depth = depth.saturating_sub(1);
        } else if let Some(name) = block_name(text, tag) {
            if depth == 0 {
                found.push(name);
            }
            depth += 1;
        }
    }
    found
}

/// What stands inside each `{% … %}`.
fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find("{%")? + 2;
        let end = start + text[start..].find("%}")?;
        at = end + 2;
        Some(start..end)
    })
}

fn words(inside: &str) -> &str {
    inside.trim_matches(['-', ' ', '\n', '\r', '\t'])
}

/// Where the name stands in `block name`.
fn block_name(text: &str, tag: Range<usize>) -> Option<Range<usize>> {
    let inside = words(&text[tag.clone()]);
    let name = inside.strip_prefix("block")?;
    let name = name.strip_prefix([' ', '\n', '\t'])?.trim();
    let start = tag.start + text[tag].find(inside)? + inside.len() - name.len();
    Some(start..start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_blocks_and_the_parent_are_found() {
        let text = "{# x #}{% extends 'a.html' -%}{%- block one %}{% block two %}{% endblock two %}{% endblock %}{% block three -%}{% endblock three %}";
        assert_eq!(extends(text), Some("a.html"));
        let names: Vec<&str> = outer_blocks(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(names, ["one", "three"]);
        assert_eq!(extends("{% block x %}"), None);
        assert!(outer_blocks("{% block").is_empty());
    }
}
