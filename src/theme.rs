//! The theme: templates, style, scripts, icons and interface texts.
//!
//! The theme `standard` is embedded in the program. Files of a site's `themes/<name>/` win over it one by one, so a
//! site that wants another footer overrides that one file. Our scripts and style sheet go out lean, a site's own as they
//! are. What is here is trusted: it belongs to the site's owner.

mod blocks;
mod bundles;
mod unused;

pub use bundles::join as join_bundles;
pub use unused::check_used;

use crate::diagnostic::{Code, Diagnostics};
use crate::i18n::Texts;
use crate::model::brand::Branded;
use crate::model::ids::FileId;
use crate::model::source::SourceTree;
use crate::text::lean;
use crate::text::span::Span;
use include_dir::{Dir, File, include_dir};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/standard");

/// The name of the embedded theme.
pub const STANDARD: &str = "standard";

/// The embedded theme's files: path below the theme and bytes, sorted by path.
pub fn embedded() -> Vec<(&'static str, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders = vec![&EMBEDDED];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        let named =
            |file: &'static File<'static>| file.path().to_str().map(|path| (path, file.contents()));
        files.extend(folder.files().filter_map(named));
    }
    files.sort_by_key(|(path, _)| *path);
    files
}

/// One of the embedded theme's files below `static/`.
pub fn embedded_static(path: &str) -> Option<&'static [u8]> {
    EMBEDDED
        .get_file(format!("static/{path}"))
        .map(File::contents)
}

/// A site's own style sheet, which stands after the theme's in the same file.
const OWN_STYLES: &str = "own.css";

/// A theme, complete.
#[derive(Clone, Debug)]
pub struct Theme {
    /// By name below `templates/`: `page.html`, `parts/header.html`. Where a site's own stands in place of ours, ours
    /// is `standard/page.html`.
    pub templates: BTreeMap<Arc<str>, Template>,
    /// By path below `static/`.
    pub statics: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// Inline SVG by name.
    pub icons: BTreeMap<String, Arc<str>>,
    /// Interface texts by language.
    pub texts: BTreeMap<String, Texts>,
    /// What the site's own brand adds.
    pub brand: Branded,
}

/// A template's source and, where it is the site's own file, its place.
#[derive(Clone, Debug)]
pub struct Template {
    pub text: Arc<str>,
    pub file: Option<FileId>,
}

impl Theme {
    /// The interface texts of a language; where it has none, which is a finding, those of another, so that the rest
    /// of the site can still be looked at.
    pub fn texts_of(&self, language: &str) -> &Texts {
        static NONE: std::sync::LazyLock<Texts> = std::sync::LazyLock::new(Texts::default);
        let other = || self.texts.get("en").or_else(|| self.texts.values().next());
        self.texts.get(language).or_else(other).unwrap_or(&NONE)
    }

    /// The icon of a name; empty when the theme has none.
    pub fn icon(&self, name: &str) -> &str {
        self.icons.get(name).map_or("", |svg| svg.as_ref())
    }
}

/// Puts the site's own theme files over the embedded ones.
pub fn load(tree: &SourceTree, diags: &mut Diagnostics) -> Theme {
    let mut theme = Theme {
        templates: BTreeMap::new(),
        statics: BTreeMap::new(),
        icons: BTreeMap::new(),
        texts: BTreeMap::new(),
        brand: Branded::default(),
    };
    for (path, bytes) in embedded() {
        match std::str::from_utf8(bytes) {
            Ok(text) if !path.starts_with("static/") => {
                add_text(&mut theme, path, text.into(), None, diags)
            }
            Ok(text) if path.ends_with(".js") => {
                add_static(&mut theme, path, lean::script(text).into_bytes().into())
            }
            Ok(text) if path.ends_with(".css") => {
                add_static(&mut theme, path, lean::style(text).into_bytes().into())
            }
            _ => add_static(&mut theme, path, bytes.into()),
        }
    }
    for own in &tree.theme.files {
        let file = &tree.files[own.file.index()];
        add_text(
            &mut theme,
            &own.path,
            Arc::clone(&file.text),
            Some(own.file),
            diags,
        );
    }
    for own in &tree.theme.statics {
        let embedded = EMBEDDED.get_file(own.path.as_ref()).map(File::contents);
        // An unchanged copy of ours is ours.
        if embedded != Some(own.bytes.as_ref()) {
            add_static(&mut theme, &own.path, Arc::clone(&own.bytes));
        }
    }
    settle_second_names(&mut theme);
    blocks::check(&mut theme, diags);
    theme
}

/// Leaves out those of the replaced templates that nothing extends: what they define would be there twice. One that is
/// extended and was not replaced has its second name too.
fn settle_second_names(theme: &mut Theme) {
    let mut used = BTreeSet::new();
    for template in theme.templates.values() {
        used.extend(blocks::extends(&template.text).map(String::from));
    }
    let prefix = format!("{STANDARD}/");
    let is_kept = |name: &Arc<str>| !name.starts_with(&prefix) || used.contains(name.as_ref());
    theme.templates.retain(|name, _| is_kept(name));
    for name in used {
        let embedded = name.strip_prefix(&prefix);
        if let Some(ours) = embedded.and_then(|name| theme.templates.get(name)).cloned() {
            theme.templates.entry(name.into()).or_insert(ours);
        }
    }
}

/// Ends the theme's style sheet with the site's own, so that a colour or a measure can be set without a copy of it all.
/// Called when all else is in the style sheet: what a site writes there has the last word.
pub fn add_own_styles(theme: &mut Theme) {
    let Some(own) = theme.statics.remove(OWN_STYLES) else {
        return;
    };
    let sheet = theme.statics.entry("site.css".into()).or_default();
    *sheet = [sheet.as_ref(), b"\n", own.as_ref()].concat().into();
}

fn add_text(
    theme: &mut Theme,
    path: &str,
    text: Arc<str>,
    file: Option<FileId>,
    diags: &mut Diagnostics,
) {
    if let Some(name) = path.strip_prefix("templates/") {
        let own = Template { text, file };
        if let Some(embedded) = theme.templates.insert(name.into(), own) {
            // A site's own template may extend the one it replaces.
            theme
                .templates
                .insert(format!("{STANDARD}/{name}").into(), embedded);
        }
    } else if let Some(name) = path.strip_prefix("icons/") {
        let name = name.trim_end_matches(".svg").to_string();
        theme.icons.insert(name, text.trim().into());
    } else if let Some(language) = path.strip_prefix("i18n/") {
        let language = language.trim_end_matches(".yaml").to_string();
        let mut own = Diagnostics::new();
        theme
            .texts
            .entry(language)
            .or_default()
            .read(&text, &mut own);
        let place = |d: &crate::diagnostic::Diagnostic<_>| file.map(|file| d.in_file(file));
        diags.extend(own.list().iter().filter_map(place));
    }
}

fn add_static(theme: &mut Theme, path: &str, bytes: Arc<[u8]>) {
    if let Some(name) = path.strip_prefix("static/") {
        theme.statics.insert(name.into(), bytes);
    }
}

/// A language of the site without interface texts is an error, at the configuration.
pub fn check_languages<'a>(
    theme: &Theme,
    languages: impl IntoIterator<Item = &'a str>,
    config: FileId,
    diags: &mut Diagnostics,
) {
    for language in languages {
        if !theme.texts.contains_key(language) {
            let known: Vec<&str> = theme.texts.keys().map(String::as_str).collect();
            diags
                .add(Code::TextMissing, Span::whole(config))
                .arg("language", language)
                .arg("known", known.join(", "));
        }
    }
}
