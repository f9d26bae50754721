//! A site's theme files that nothing uses: most often the name of what they were to replace is misspelt or gone.
//!
//! In: the site's own files and the templates that its pages ask for. Out: findings, with the nearest name of the
//! embedded theme's. A template that another own one takes in, and a text that an own template shows, is used.

use super::{OWN_STYLES, Theme, embedded};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::Kind;
use crate::model::ids::FileId;
use crate::model::source::SourceTree;
use crate::text::nearest::nearest;
use crate::text::span::Span;
use crate::yaml::{self, Data};
use std::collections::BTreeSet;

/// Tells of the files and texts that nothing uses. `wanted` are the templates that pages ask for by name.
pub fn check_used<'a>(
    theme: &Theme,
    tree: &SourceTree,
    wanted: impl IntoIterator<Item = &'a str>,
    diags: &mut Diagnostics,
) {
    let ours: Vec<&str> = embedded().into_iter().map(|(path, _)| path).collect();
    let wanted: BTreeSet<&str> = wanted
        .into_iter()
        .map(|name| name.trim_end_matches(".html"))
        .collect();
    let own = tree.theme.files.iter().chain(&tree.theme.others);
    let own = own.map(|file| (&file.path, file.file));
    let statics = tree.theme.statics.iter();
    for (path, file) in own.chain(statics.map(|file| (&file.path, file.file))) {
        let is_used = ours.contains(&path.as_ref())
            || is_notes(path)
            || match path.split_once('/') {
                Some(("templates", name)) => is_template_used(theme, name, &wanted),
                Some(("static", name)) => name == OWN_STYLES,
                Some(("i18n", name)) => name.ends_with(".yaml") && !name.contains('/'),
                _ => false,
            };
        if !is_used {
            diags
                .add(Code::ThemeFileUnused, Span::whole(file))
                .arg("value", path.as_ref())
                .propose(near_path(path, &ours).unwrap_or_default());
        }
    }
    for own in &tree.theme.files {
        let language = own.path.strip_prefix("i18n/");
        if let Some(language) = language.and_then(|name| name.strip_suffix(".yaml")) {
            let text = &tree.files[own.file.index()].text;
            check_texts(theme, own.file, language, text, diags);
        }
    }
}

/// What people write about a theme beside it.
fn is_notes(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.ends_with(".md") || name.starts_with("LICENSE") || name.ends_with(".txt")
}

fn is_template_used(theme: &Theme, name: &str, wanted: &BTreeSet<&str>) -> bool {
    let Some(stem) = name.strip_suffix(".html") else {
        return false;
    };
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    let takes_in = |text: &str| quoted.iter().any(|name| text.contains(name));
    let mut others = theme
        .templates
        .iter()
        .filter(|(own, _)| own.as_ref() != name);
    wanted.contains(stem)
        || Kind::ALL.iter().any(|kind| kind.name() == stem)
        || others.any(|(_, template)| takes_in(&template.text))
}

/// The embedded path that may be meant: near as a whole, or the same file in another folder.
fn near_path(path: &str, ours: &[&str]) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_string();
    let own = name(path);
    let same = ours.iter().find(|known| name(known) == own).copied();
    let found = same.or_else(|| nearest(path, ours.iter().copied()));
    found.map(String::from)
}

/// Texts of a language that neither the theme nor an own template shows.
fn check_texts(theme: &Theme, file: FileId, language: &str, text: &str, diags: &mut Diagnostics) {
    // What is wrong with the file itself was told when it was read.
    let mut told = Diagnostics::new();
    let Some(node) = yaml::parse_file(text, &mut told) else {
        return;
    };
    let Data::Map(entries) = &node.data else {
        return;
    };
    let known = known_texts(language);
    for entry in entries {
        let key = entry.key.as_str();
        let is_number = key
            .strip_prefix("number_")
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        let shown = format!("t.{key}");
        let mut own = theme.templates.values().filter(|own| own.file.is_some());
        if known.contains(key) || is_number || own.any(|own| own.text.contains(&shown)) {
            continue;
        }
        diags
            .add(
                Code::ThemeTextUnused,
                Span::new(file, entry.key_range.clone()),
            )
            .arg("value", key)
            .nearest(key, known.iter().map(String::as_str));
    }
}

/// The keys of the embedded texts of a language; of one that the program does not have, those of English.
fn known_texts(language: &str) -> BTreeSet<String> {
    let of = |language: &str| {
        let path = format!("i18n/{language}.yaml");
        let (_, bytes) = embedded().into_iter().find(|(own, _)| *own == path)?;
        let mut told = Diagnostics::new();
        let node = yaml::parse(std::str::from_utf8(bytes).ok()?, 0, &mut told)?;
        let Data::Map(entries) = node.data else {
            return None;
        };
        Some(entries.into_iter().map(|entry| entry.key).collect())
    };
    of(language).or_else(|| of("en")).unwrap_or_default()
}
