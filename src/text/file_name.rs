//! Which file names may become addresses, and which files are no content at all.
//!
//! A name must mean the same on every system that a site is edited, built or hosted on.

use icu_normalizer::ComposingNormalizer;

/// The longest file name, in bytes.
const MAX_NAME: usize = 200;

/// Editors' and systems' own files, which are passed over quietly.
pub fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with("~$")
        || name.starts_with('#') && name.ends_with('#')
        || [".swp", ".swo", ".tmp", ".bak"]
            .iter()
            .any(|ending| name.ends_with(ending))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// A better name for one that cannot be published; `None` when it is fine.
pub fn proposed(name: &str) -> Option<String> {
    if is_good(name) {
        return None;
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut stem = crate::text::slug::slug(stem);
    if stem.is_empty() || is_device(&stem) {
        stem.push_str("-side");
    }
    stem.truncate(MAX_NAME / 2);
    let ending = crate::text::slug::slug(ending);
    Some(if ending.is_empty() {
        stem
    } else {
        format!("{stem}.{ending}")
    })
}

fn is_good(name: &str) -> bool {
    let composed = ComposingNormalizer::new_nfc();
    let is_bad_character = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    name.len() <= MAX_NAME
        && !name.contains(is_bad_character)
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !is_device(name)
        && composed.is_normalized(name)
}

/// Names that Windows keeps for devices, with any ending.
pub fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|n: &str| matches!(n.as_bytes(), [b'1'..=b'9']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(proposed(name).as_deref(), expected);
    }

    #[test]
    fn ordinary_names_are_fine() {
        check("Forældre og børn.md", None);
        check("index.md", None);
    }

    #[test]
    fn names_that_fail_somewhere_get_a_proposal() {
        check("hvad?.md", Some("hvad.md"));
        check("aux.md", Some("aux-side.md"));
        check("slut. ", Some("slut"));
        check("a\u{30a}r.md", Some("aar.md"));
        check("x\u{202e}dm.exe.md", Some("x-dm-exe.md"));
    }

    #[test]
    fn editors_files_are_ignored() {
        for name in [
            ".git",
            "a.md~",
            "#a#",
            ".a.swp",
            "4913",
            "~$a.docx",
            "Thumbs.db",
        ] {
            assert!(is_ignored(name), "{name}");
        }
        assert!(!is_ignored("a.md"));
    }
}
