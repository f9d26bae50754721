//! The site's own letters: files of the site, told to the style sheet.
//!
//! In: the files that the configuration names. Out: their part of the style sheet, how many they are and what they
//! weigh. Readers see the system's letters until the files are there (`font-display: swap`), and where they never come.

use super::Files;
use crate::diagnostic::Code;
use crate::model::brand::{FontFile, Fonts};
use crate::text::escape::path_href;
use crate::text::span::Span;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How a file of letters that can be used begins.
const WOFF2: &[u8] = b"wOF2";
/// From here on, in bytes, letters weigh more than the rest of a page does together.
const HEAVY: u64 = 100_000;

/// Appends the letters to a style sheet. Their number and weight.
pub fn fonts(sheet: &mut String, fonts: &Fonts, files: &mut Files) -> (usize, u64) {
    let mut known = BTreeSet::new();
    let mut bytes = 0;
    for (family, own, used) in [
        ("vv-body", &fonts.body, "--font"),
        ("vv-heading", &fonts.heading, "--font-heading"),
    ] {
        let mut has_any = false;
        for font in own {
            let Some((path, size)) = usable(font, files) else {
                continue;
            };
            has_any = true;
            face(sheet, family, font, &path);
            if known.insert(path) {
                bytes += size;
            }
        }
        if has_any {
            _ = writeln!(sheet, ":root{{{used}:\"{family}\",var(--stack)}}");
        }
    }
    if bytes > HEAVY {
        let place = Span::new(files.config_file, fonts.place.clone());
        files
            .diags
            .add(Code::FontsHeavy, place)
            .arg("size", bytes.div_ceil(1000).to_string())
            .arg("limit", (HEAVY / 1000).to_string());
    }
    (known.len(), bytes)
}

/// The published path and size of a file that holds letters.
fn usable(font: &FontFile, files: &mut Files) -> Option<(String, u64)> {
    let found = files.find(&font.file)?;
    if !found.bytes.starts_with(WOFF2) {
        files
            .report(Code::BrandFileUnusable, &font.file)
            .arg("reason", "brand-no-woff2");
        return None;
    }
    let asset = &files.tree.assets[found.asset];
    Some((asset.path.to_string(), asset.size))
}

fn face(sheet: &mut String, family: &str, font: &FontFile, path: &str) {
    // The style sheet stands in `assets/`.
    let mut url = String::from("../");
    path_href(&mut url, path);
    let style = if font.is_italic { "italic" } else { "normal" };
    let size = font.size_adjust;
    let size = size.map_or(String::new(), |size| format!(";size-adjust:{size}%"));
    let weight = &font.weight;
    _ = writeln!(
        sheet,
        "@font-face{{font-family:\"{family}\";src:url(\"{url}\")format(\"woff2\");font-weight:{weight};font-style:{style};font-display:swap{size}}}"
    );
}
