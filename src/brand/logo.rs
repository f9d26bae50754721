//! The site's logo: one picture, or one for each look.
//!
//! In: the files that the configuration names. Out: pictures among the theme's files, under names that change with
//! their bytes, and their size on the page. A drawing is cleaned; what was taken out of it is a finding.

use super::Files;
use super::drawing;
use crate::diagnostic::Code;
use crate::model::brand::{Logo, LogoFiles, LogoImage};
use crate::text::span::Spanned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How high a logo is shown, in pixels.
const HEIGHT: u32 = 40;
/// The widest that makes sense beside the site's name, in pixels.
const WIDEST: u32 = 1000;

/// Makes the logo and puts its pictures among the theme's files.
pub fn logo(
    named: &LogoFiles,
    files: &mut Files,
    statics: &mut BTreeMap<Arc<str>, Arc<[u8]>>,
) -> Option<Logo> {
    let light = image(&named.light, "logo", files, statics);
    let dark = named.dark.as_ref();
    let dark = dark.and_then(|dark| image(dark, "logo-dark", files, statics));
    Some(Logo {
        alt: named.alt.clone(),
        light: light?,
        dark,
    })
}

fn image(
    named: &Spanned<String>,
    name: &str,
    files: &mut Files,
    statics: &mut BTreeMap<Arc<str>, Arc<[u8]>>,
) -> Option<LogoImage> {
    let found = files.find(named)?;
    let asset = &files.tree.assets[found.asset];
    let ending = ending(&found.bytes);
    let (bytes, size) = match ending {
        Some("svg") => match drawing::cleaned(&found.bytes) {
            Some(drawing) => {
                if !drawing.removed.is_empty() {
                    let removed: Vec<&str> = drawing.removed.iter().map(String::as_str).collect();
                    files
                        .report(Code::LogoCleaned, named)
                        .arg("removed", removed.join(", "));
                }
                (drawing.text.into_bytes().into(), drawing.size)
            }
            None => {
                files
                    .report(Code::BrandFileUnusable, named)
                    .arg("reason", "brand-bad-drawing");
                return None;
            }
        },
        _ => {
            let size = asset
                .dimensions
                .map(|(width, height)| (f64::from(width), f64::from(height)));
            (Arc::clone(&found.bytes), size)
        }
    };
    let reason = match (ending, size) {
        (None, _) => "brand-no-picture",
        (_, None) => "brand-no-size",
        (Some(ending), Some(size)) => {
            let file = format!("{name}.{ending}");
            let image = LogoImage {
                width: width(size),
                height: HEIGHT,
                file,
            };
            statics.insert(image.file.as_str().into(), bytes);
            return Some(image);
        }
    };
    files
        .report(Code::BrandFileUnusable, named)
        .arg("reason", reason);
    None
}

/// The ending of a picture that a logo can be, by what is in it.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if is_webp {
        Some("webp")
    } else if bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
        || bytes.starts_with(b"\xef\xbb\xbf<")
    {
        Some("svg")
    } else {
        None
    }
}

/// The width that goes with the height.
fn width((width, height): (f64, f64)) -> u32 {
    let shown = (width * f64::from(HEIGHT) / height).round();
    (shown as u32).clamp(1, WIDEST)
}
