//! What makes the theme a site's own: its colours, its logo, its letters.
//!
//! In: what the configuration sets. Out: the theme with the site's part added to its one style sheet, so that a
//! brand costs no request, and findings. Without a brand nothing changes. Pure.

mod colour;
mod palette;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::brand::*;
use crate::model::ids::FileId;
use crate::text::span::Span;
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
pub fn brand(brand: &Brand, config_file: FileId, theme: &mut Theme, diags: &mut Diagnostics) {
    let mut sheet = String::new();
    if !brand.colours.is_empty() {
        let palette = palette::palette(&brand.colours);
        for look in &palette {
            report(look, &brand.colours, config_file, diags);
        }
        colours(&mut sheet, &palette, &brand.colours);
        icon(theme, &palette);
        theme.palette = Some(palette);
    }
    if let Some(radius) = brand.radius {
        _ = writeln!(sheet, ":root{{--radius:{radius}px}}");
    }
    append(theme, &sheet);
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
