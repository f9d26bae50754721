//! The list of the files that are ours: sorted paths, hashes, sizes; no times, no absolute paths.
//!
//! In: the files of a site, or the bytes of a manifest found in the output. Out: bytes, or a checked list.
//! A manifest is read as if a stranger had written it: every path is checked before anything trusts it.
//! Deliberately not done: it does not list itself, and a manifest of another version is refused whole.

use std::fmt::Write;

use serde::Deserialize;

use super::place::INNER;

/// Name of the manifest in the output.
pub const MANIFEST: &str = ".vejviser-manifest.json";

/// Largest manifest that is read.
pub const MANIFEST_LIMIT: u64 = 256 * 1024 * 1024;

/// Longest output path in bytes.
const PATH_LIMIT: usize = 900;

/// Longest part of an output path in bytes; most file systems take no more.
const PART_LIMIT: usize = 255;

const VERSION: u32 = 1;

/// A checked, sorted list of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub files: Vec<Listed>,
}

/// One file of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub path: String,
    pub hash: blake3::Hash,
    pub size: u64,
}

impl Manifest {
    /// The manifest as written to disk: one file per line, the same bytes for the same site.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::with_capacity(64 + self.files.len() * 160);
        text.push_str("{\n\"version\": 1,\n\"files\": [");
        for (index, file) in self.files.iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            // Checked paths hold neither control characters nor backslashes: only quotes need escaping.
            let path = file.path.replace('"', "\\\"");
            let _ = write!(
                text,
                "{{\"path\":\"{path}\",\"blake3\":\"{}\",\"size\":{}}}",
                file.hash.to_hex(),
                file.size
            );
        }
        text.push_str("\n]\n}\n");
        text.into_bytes()
    }

    /// Reads a manifest; the error says in plain words why it cannot be trusted.
    pub fn from_bytes(bytes: &[u8]) -> Result<Manifest, String> {
        let raw: RawManifest =
            serde_json::from_slice(bytes).map_err(|error| format!("it cannot be read: {error}"))?;
        if raw.version != VERSION {
            return Err(format!(
                "it has version {}, and this program knows version {VERSION}",
                raw.version
            ));
        }
        let mut files: Vec<Listed> = Vec::with_capacity(raw.files.len());
        for RawFile { path, blake3, size } in raw.files {
            let named = path.escape_debug();
            if let Err(reason) = check_path(&path) {
                return Err(format!("it lists the path `{named}`, which {reason}"));
            }
            if files.last().is_some_and(|before| before.path >= path) {
                return Err(format!("its paths are not sorted at `{named}`"));
            }
            let Ok(hash) = blake3::Hash::from_hex(&blake3) else {
                return Err(format!("it has no proper hash for `{named}`"));
            };
            files.push(Listed { path, hash, size });
        }
        Ok(Manifest { files })
    }

    /// Whether `path` is listed.
    pub fn lists(&self, path: &str) -> bool {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .is_ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    version: u32,
    files: Vec<RawFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    path: String,
    blake3: String,
    size: u64,
}

/// Checks that a path is relative, stays below the root on every system, and is none of our own.
/// The error completes the sentence "the path …".
pub fn check_path(path: &str) -> Result<(), &'static str> {
    if path.len() > PATH_LIMIT {
        return Err("is longer than 900 bytes");
    }
    if path
        .chars()
        .any(|c| c.is_control() || c == '\\' || c == ':')
    {
        return Err("holds a backslash, a colon or a control character");
    }
    for part in path.split('/') {
        if part.is_empty() {
            return Err("is empty, or has a slash too many");
        }
        // Covers `.` and `..`, and the spellings that Windows takes for them.
        if part.ends_with(['.', ' ']) {
            return Err("has a part that ends in a dot or a space");
        }
        if part.len() > PART_LIMIT {
            return Err("has a part longer than 255 bytes");
        }
    }
    let first = path.split('/').next().unwrap_or(path);
    if first.eq_ignore_ascii_case(MANIFEST) || first.eq_ignore_ascii_case(INNER) {
        return Err("is used by the program itself");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(path: &str) -> Listed {
        Listed {
            path: path.to_owned(),
            hash: blake3::hash(path.as_bytes()),
            size: path.len() as u64,
        }
    }

    #[test]
    fn a_manifest_survives_the_round_trip() {
        let manifest = Manifest {
            files: ["a", "a-b", "a/b", "b \"citat\"", "å/ø.html"]
                .map(listed)
                .into(),
        };
        assert_eq!(
            Manifest::from_bytes(&manifest.to_bytes()),
            Ok(manifest.clone())
        );
        assert!(manifest.lists("a/b") && !manifest.lists("a/c"));
        assert_eq!(
            Manifest::from_bytes(&Manifest::default().to_bytes()),
            Ok(Manifest::default())
        );
    }

    #[test]
    fn hostile_manifests_are_refused() {
        let hash = blake3::hash(b"").to_hex();
        let of = |paths: &[&str]| {
            let lines: Vec<_> = paths
                .iter()
                .map(|path| {
                    format!(
                        r#"{{"path":{},"blake3":"{hash}","size":1}}"#,
                        serde_json::json!(path)
                    )
                })
                .collect();
            Manifest::from_bytes(
                format!(r#"{{"version":1,"files":[{}]}}"#, lines.join(",")).as_bytes(),
            )
        };
        assert!(of(&["a", "b"]).is_ok());
        for bad in [
            &["../a"][..],
            &["/etc/passwd"],
            &["a/../../b"],
            &["a//b"],
            &["a/"],
            &[""],
            &["."],
            &["a\\b"],
            &["C:x"],
            &["a\0b"],
            &["a\nb"],
            &[".vv-stage/x"],
            &[MANIFEST],
            &["b", "a"],
            &["a", "a"],
            &["a/.. /b"],
        ] {
            assert!(of(bad).is_err(), "{bad:?}");
        }
        assert!(of(&[&"x".repeat(256)]).is_err());
        assert!(of(&[&"x/".repeat(451)]).is_err());
        for text in [
            "",
            "{}",
            "[]",
            r#"{"version":2,"files":[]}"#,
            r#"{"version":1,"files":[],"x":1}"#,
        ] {
            assert!(Manifest::from_bytes(text.as_bytes()).is_err(), "{text}");
        }
        assert!(Manifest::from_bytes("[".repeat(100_000).as_bytes()).is_err());
    }
}
