//! What makes the theme a site's own: its colours, its logo, its letters.
//!
//! In: what the configuration sets. Out: the theme with the site's part added to its one style sheet, so that a
//! brand costs no request, and findings. Without a brand nothing changes. Pure.

mod colour;
mod drawing;
mod fonts;
mod logo;
mod palette;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::brand::*;
use crate::model::ids::FileId;
use crate::model::source::{BrandFile, SourceTree};
use crate::text::span::{Span, Spanned};
use crate::theme::Theme;
use std::fmt::Write as _;
use std::sync::Arc;

/// The theme's style sheet, to which a brand is added.
const SHEET: &str = "site.css";
/// The theme's own colour in its icon.
const ICON: &str = "icon.svg";
/// What a look's part of the style sheet sets.
const SET: [Token; 6] = [
    Token::Tint,
    Token::Primary,
    Token::Link,
    Token::Visited,
    Token::OnPrimary,
    Token::Focus,
];

/// Makes the theme the site's own.
pub fn brand(brand: &Brand, tree: &SourceTree, theme: &mut Theme, diags: &mut Diagnostics) {
    let config_file = FileId(0);
    let mut sheet = String::new();
    if !brand.colours.is_empty() {
        let palette = palette::palette(&brand.colours);
        for look in &palette {
            report(look, &brand.colours, config_file, diags);
        }
        colours(&mut sheet, &palette, &brand.colours);
        icon(theme, &palette);
        theme.brand.palette = Some(palette);
    }
    if let Some(radius) = brand.radius {
        _ = writeln!(sheet, ":root{{--radius:{radius}px}}");
    }
    let mut files = Files {
        tree,
        config_file,
        diags,
    };
    theme.brand.fonts = fonts::fonts(&mut sheet, &brand.fonts, &mut files);
    if let Some(named) = &brand.logo {
        theme.brand.logo = logo::logo(named, &mut files, &mut theme.statics);
    }
    append(theme, &sheet);
}

/// The files that a brand names.
struct Files<'a> {
    tree: &'a SourceTree,
    config_file: FileId,
    diags: &'a mut Diagnostics,
}

impl<'a> Files<'a> {
    /// A file by its path from the site's root. One that is not there is a finding; so is one that is there and could
    /// not be read, which has been told of.
    fn find(&mut self, named: &Spanned<String>) -> Option<&'a BrandFile> {
        let tree = self.tree;
        let path = |file: FileId| tree.files[file.index()].path.as_ref();
        let is_named = |own: &&BrandFile| path(tree.assets[own.asset].file) == named.value;
        let found = tree.brand.iter().find(is_named);
        let is_known = || tree.files.iter().any(|file| *file.path == *named.value);
        if found.is_none() && !is_known() {
            let known = tree.assets.iter().map(|asset| path(asset.file));
            let by_path = crate::text::nearest::nearest(&named.value, known.clone());
            let name = |path: &str| path.rsplit('/').next().map(String::from);
            let wanted = name(&named.value);
            // A forgotten or wrong folder is the likeliest mistake.
            let by_name = || known.into_iter().find(|path| name(path) == wanted);
            let nearest = by_path.or_else(by_name).unwrap_or_default().to_string();
            self.report(Code::BrandFileMissing, named).propose(nearest);
        }
        found
    }

    fn report(&mut self, code: Code, named: &Spanned<String>) -> &mut Diagnostic {
        let place = Span::new(self.config_file, named.range.clone());
        self.diags.add(code, place).arg("value", &named.value)
    }
}

/// What had to be done about the given colours of a look.
fn report(look: &Look, given: &BrandColours, config_file: FileId, diags: &mut Diagnostics) {
    for (token, colour) in &palette::given_for(look.scheme, given).0 {
        let Some(pair) = palette::failing(look, *token, colour.value) else {
            continue;
        };
        let code = if given.is_fixed {
            Code::ColourContrast
        } else {
            Code::ColourAdjusted
        };
        diags
            .add(code, Span::new(config_file, colour.range.clone()))
            .arg("value", colour.value.to_string())
            .arg("what", scheme_word(look.scheme))
            .arg("found", ground_word(pair.ground))
            .arg("ratio", shown_ratio(pair.ratio))
            .arg("least", shown_ratio(pair.least))
            .propose(look.tokens.of(*token).to_string());
    }
}

/// The colours of both looks. They stand where the theme's own do, and only on screen: paper is white.
fn colours(sheet: &mut String, palette: &Palette, given: &BrandColours) {
    let [light, dark] = palette;
    let set = |look: &Look| {
        let one = |token: Token| format!("{}:{}", token.name(), look.tokens.of(token));
        SET.map(one).join(";")
    };
    // A line above the page may have the very colour of the site: nothing need be read on it.
    let line = given.light.of(Token::Primary);
    let line = line.map_or(String::new(), |colour| format!(";--brand:{colour}"));
    let back = if line.is_empty() {
        ""
    } else {
        ";--brand:var(--primary)"
    };
    let (light, dark) = (set(light), set(dark));
    _ = write!(
        sheet,
        "@media screen{{\n:root{{{light}{line}}}\n:root[data-appearance=dark]{{{dark}{back}}}\n}}\n\
         @media screen and (prefers-color-scheme:dark){{\n:root:not([data-appearance=light]){{{dark}{back}}}\n}}\n"
    );
}

/// The theme's icon in the site's colour; a site's own icon stays as it is.
fn icon(theme: &mut Theme, palette: &Palette) {
    let [light, _] = palette;
    let Some(bytes) = theme.statics.get(ICON) else {
        return;
    };
    let standard = palette::standard(Scheme::Light).of(Token::Primary);
    let ours = crate::theme::embedded_static(ICON);
    if ours.is_none_or(|ours| ours != bytes.as_ref()) {
        return;
    }
    let drawing = String::from_utf8_lossy(bytes);
    let own = light.tokens.of(Token::Primary).to_string();
    let drawing = drawing.replace(&standard.to_string(), &own);
    theme
        .statics
        .insert(ICON.into(), drawing.into_bytes().into());
}

fn append(theme: &mut Theme, sheet: &str) {
    if sheet.is_empty() {
        return;
    }
    let own = theme.statics.get(SHEET).map_or(&b""[..], |own| own);
    let mut bytes = own.to_vec();
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(sheet.as_bytes());
    theme.statics.insert(SHEET.into(), Arc::from(bytes));
}

fn scheme_word(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Light => "look-light",
        Scheme::Dark => "look-dark",
    }
}

fn ground_word(ground: Ground) -> &'static str {
    match ground {
        Ground::Token(Token::Background) => "ground-background",
        Ground::Token(Token::Surface) => "ground-surface",
        Ground::Token(Token::Mark) => "ground-mark",
        _ => "ground-box",
    }
}
