//! What is served: the last good build, the problems of the last build, and what changed when.
//!
//! In: what a build came to, request paths. Out: the next snapshot, the file behind a path, the news for a browser.
//! A snapshot never changes; a build makes a new one, and only when a reader could tell the difference does its number grow.
//! Deliberately not done: disk, network, threads, HTML. A path is looked up in a map and is never a path on the disk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::Built;

/// Problems longer than this are cut: they go to every open page.
const PROBLEMS_LIMIT: usize = 64 * 1024;
/// How many changes are remembered; a browser that missed more reloads.
const CHANGES_KEPT: usize = 64;

/// One state of the site as browsers see it.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    number: u64,
    files: Option<Arc<BTreeMap<String, Arc<[u8]>>>>,
    problems: Option<Arc<str>>,
    /// What the latest numbers brought, the newest last.
    changes: VecDeque<(u64, Arc<Effect>)>,
}

#[derive(Debug)]
enum Effect {
    /// Only the problems came, went or changed.
    Problems,
    /// Only these style sheets changed.
    Styles(Vec<String>),
    /// Something changed that only a reload shows.
    Page,
}

/// What a browser is told: what it must do to show the snapshot `number`.
#[derive(Debug, PartialEq, Eq)]
pub struct News {
    /// The number the browser has seen once it has done this.
    pub number: u64,
    /// Whether it must load the page again; then the rest does not matter.
    pub reload: bool,
    /// Style sheets to swap when no reload is needed, as decoded addresses from the root (`/css/a.css`).
    pub styles: Vec<String>,
    /// What the bar must show; `None` takes it away.
    pub problems: Option<Arc<str>>,
}

/// The answer to a look-up.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// A file: its output path and bytes.
    File(String, &'a Arc<[u8]>),
    /// A folder asked for without its slash; holds the relative address to go to.
    Folder(String),
    /// Nothing; holds the site's own page for that.
    Missing(Option<&'a Arc<[u8]>>),
}

impl Snapshot {
    /// The snapshot after a build, and how many files are new, different or gone.
    pub fn next(&self, built: Built) -> (Self, usize) {
        if let Some(text) = built.problems {
            let text = cut(text);
            if self.problems.as_deref() == Some(text.as_str()) {
                return (self.clone(), 0);
            }
            let next = Self {
                problems: Some(text.into()),
                ..self.clone()
            };
            return (next.with_change(Effect::Problems), 0);
        }
        let empty = BTreeMap::new();
        let changed = changed_paths(self.files.as_deref().unwrap_or(&empty), &built.files);
        if changed.is_empty() && self.is_built() && self.problems.is_none() {
            return (self.clone(), 0);
        }
        let effect = match () {
            () if !self.is_built() => Effect::Page,
            () if changed.is_empty() => Effect::Problems,
            () => effect(&changed),
        };
        let next = Self {
            files: Some(Arc::new(built.files)),
            problems: None,
            ..self.clone()
        };
        (next.with_change(effect), changed.len())
    }

    fn with_change(mut self, effect: Effect) -> Self {
        self.number += 1;
        self.changes.push_back((self.number, Arc::new(effect)));
        if self.changes.len() > CHANGES_KEPT {
            self.changes.pop_front();
        }
        self
    }

    /// Grows with each snapshot that looks different; a page carries the number it was served with.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Whether there has been a good build.
    pub fn is_built(&self) -> bool {
        self.files.is_some()
    }

    /// The last build's problems, if it failed.
    pub fn problems(&self) -> Option<&str> {
        self.problems.as_deref()
    }

    /// What a page served with number `since` does not show yet. A page knows nothing of problems when it `is_new`.
    pub fn news(&self, since: u64, is_new: bool) -> Option<News> {
        if since == self.number && !(is_new && self.problems.is_some()) {
            return None;
        }
        let oldest_known = self.changes.front().map_or(0, |(number, _)| *number);
        let mut reload = since > self.number || since + 1 < oldest_known;
        let mut styles = Vec::new();
        for (_, effect) in self.changes.iter().filter(|(number, _)| *number > since) {
            match effect.as_ref() {
                Effect::Problems => {}
                Effect::Styles(paths) => styles.extend(paths.iter().cloned()),
                Effect::Page => reload = true,
            }
        }
        styles.sort();
        styles.dedup();
        Some(News {
            number: self.number,
            reload,
            styles,
            problems: self.problems.clone(),
        })
    }

    /// Looks up a decoded request path. `/` at the end means the folder's `index.html`.
    pub fn find(&self, path: &str) -> Found<'_> {
        let Some(files) = self.files.as_deref() else {
            return Found::Missing(None);
        };
        let key = path.strip_prefix('/').unwrap_or(path);
        let is_folder = key.is_empty() || key.ends_with('/');
        let file = if is_folder {
            format!("{key}index.html")
        } else {
            key.to_owned()
        };
        if let Some(bytes) = files.get(&file) {
            return Found::File(file, bytes);
        }
        if !is_folder && files.contains_key(&format!("{key}/index.html")) {
            let name = key.rsplit('/').next().unwrap_or(key);
            // The dot keeps a name with a colon from being read as a scheme.
            return Found::Folder(format!("./{}/", encode(name)));
        }
        Found::Missing(files.get("404.html"))
    }
}

/// Decodes a request path once; `None` when it holds what no address of a site holds: encoded slashes, backslashes,
/// control characters, dot segments, broken escapes or bytes that are not UTF-8.
pub fn decode(raw: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        match u8::try_from(high * 16 + low).ok()? {
            b'/' => return None,
            byte => decoded.push(byte),
        }
    }
    let path = String::from_utf8(decoded).ok()?;
    let is_plain = path.starts_with('/')
        && !path.contains(|character: char| character == '\\' || character.is_control())
        && !path
            .split('/')
            .any(|segment| segment == "." || segment == "..");
    is_plain.then_some(path)
}

fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn changed_paths(
    old: &BTreeMap<String, Arc<[u8]>>,
    new: &BTreeMap<String, Arc<[u8]>>,
) -> Vec<String> {
    let is_same = |path: &String, bytes: &Arc<[u8]>| {
        old.get(path)
            .is_some_and(|old| Arc::ptr_eq(old, bytes) || old == bytes)
    };
    let differing = new
        .iter()
        .filter(|(path, bytes)| !is_same(path, bytes))
        .map(|(path, _)| path);
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    differing.chain(gone).cloned().collect()
}

fn effect(changed: &[String]) -> Effect {
    let mut styles = Vec::new();
    for path in changed.iter().filter(|path| !is_companion(path)) {
        if !path.ends_with(".css") {
            return Effect::Page;
        }
        styles.push(format!("/{path}"));
    }
    Effect::Styles(styles)
}

/// Manifests and compressed twins follow a file's change; no page shows them.
fn is_companion(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') || name.ends_with(".gz") || name.ends_with(".br")
}

fn cut(mut text: String) -> String {
    if text.len() > PROBLEMS_LIMIT {
        let end = (0..=PROBLEMS_LIMIT).rfind(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.push_str("\n…");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(files: &[(&str, &str)]) -> Built {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Arc::from(text.as_bytes())));
        Built {
            files: files.collect(),
            problems: None,
        }
    }

    fn reloads(snapshot: &Snapshot, since: u64) -> bool {
        let news = snapshot.news(since, false);
        news.expect("there is something to tell").reload
    }

    fn failed(text: &str) -> Built {
        Built {
            files: BTreeMap::new(),
            problems: Some(text.to_owned()),
        }
    }

    #[test]
    fn paths_are_decoded_once() {
        let decoded = "/ = /, /a/b.css = /a/b.css, /v%C3%A6rdi/ = /værdi/, /a%20b = /a b, //a = //a, \
            /%252e%252e/x = /%2e%2e/x, /%2541 = /%41, /... = /..., /.vejviser/x = /.vejviser/x";
        for (raw, expected) in decoded
            .split(", ")
            .filter_map(|pair| pair.split_once(" = "))
        {
            assert_eq!(decode(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn hostile_paths_are_refused() {
        let refused = "a * /.. /../etc/passwd /a/../b /. /./a /%2e%2e/a /.%2E/a /%2e /a/.. /a%2fb /a%2Fb \
            /..%2f.. /a%5cb /a%5Cb /a\\b /..\\a /%00 /a%00.html /a%0d%0ab /a\tb /%7f /%C2%85 /% /%2 \
            /%zz /%+1 /%ff /%c0%ae%c0%ae/ /%ed%a0%80";
        for raw in refused.split(' ').chain([""]) {
            assert_eq!(decode(raw), None, "{raw}");
        }
    }

    #[test]
    fn folders_have_an_index_and_a_slash() {
        let (snapshot, _) = Snapshot::default().next(built(&[
            ("index.html", "front"),
            ("404.html", "none"),
            ("a/æ b/index.html", "deep"),
            ("x:y/index.html", "colon"),
        ]));
        let file = |path: &str, text: &str| format!("{path}: {text}");
        for (path, expected) in [
            ("/", file("index.html", "front")),
            ("/index.html", file("index.html", "front")),
            ("/a/æ b/", file("a/æ b/index.html", "deep")),
            ("/a/æ b", "./%C3%A6%20b/".to_owned()),
            ("/x:y", "./x%3Ay/".to_owned()),
            ("/a", "none".to_owned()),
            ("/a/", "none".to_owned()),
            ("//", "none".to_owned()),
            ("//index.html", "none".to_owned()),
            ("/index.html/", "none".to_owned()),
        ] {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let found = match snapshot.find(path) {
                Found::File(path, bytes) => file(&path, &text(bytes)),
                Found::Folder(location) => location,
                Found::Missing(page) => page.map_or_else(String::new, |page| text(page)),
            };
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn nothing_new_when_no_file_differs() {
        let (first, changed) = Snapshot::default().next(built(&[("a.html", "1")]));
        assert_eq!((changed, first.number()), (1, 1));
        let (second, changed) = first.next(built(&[("a.html", "1")]));
        assert_eq!((changed, second.number()), (0, 1));
        assert_eq!(second.news(1, true), None);
    }

    #[test]
    fn only_style_sheets_are_swapped() {
        let (first, _) =
            Snapshot::default().next(built(&[("a.html", "1"), ("a.css", "1"), ("b.css", "1")]));
        let (second, _) = first.next(built(&[
            ("a.html", "1"),
            ("a.css", "2"),
            ("a.css.br", "2"),
            ("b.css", "1"),
        ]));
        let news = second.news(1, true).expect("a change");
        assert_eq!(
            (news.reload, news.styles),
            (false, vec!["/a.css".to_owned()])
        );
        let (third, changed) = second.next(built(&[("a.html", "2"), ("a.css", "3")]));
        assert_eq!(changed, 4);
        assert!(reloads(&third, 2));
        assert!(reloads(&third, 1));
    }

    #[test]
    fn problems_keep_the_last_good_build() {
        let (good, _) = Snapshot::default().next(built(&[("a.html", "1")]));
        let (bad, _) = good.next(failed("broken"));
        assert!(matches!(bad.find("/a.html"), Found::File(..)));
        assert_eq!(bad.news(2, false), None);
        let news = bad
            .news(2, true)
            .expect("the page does not show the problems yet");
        assert_eq!(
            (news.reload, news.problems.as_deref()),
            (false, Some("broken"))
        );
        assert_eq!(bad.next(failed("broken")).0.number(), 2);
        let (mended, changed) = bad.next(built(&[("a.html", "1")]));
        let news = mended.news(2, false).expect("the bar must go");
        assert_eq!((changed, news.reload, news.problems), (0, false, None));
    }

    #[test]
    fn a_first_good_build_and_forgotten_changes_reload() {
        let (bad, _) = Snapshot::default().next(failed("broken"));
        assert!(!bad.is_built());
        let (mut snapshot, _) = bad.next(built(&[]));
        assert!(snapshot.is_built() && reloads(&snapshot, 1));
        for turn in 0..=CHANGES_KEPT {
            snapshot = snapshot.next(built(&[("a.css", &turn.to_string())])).0;
        }
        assert!(reloads(&snapshot, 2));
        assert!(!reloads(&snapshot, snapshot.number() - 5));
        assert!(reloads(&snapshot, u64::MAX));
    }

    #[test]
    fn long_problems_are_cut_between_characters() {
        let text = cut("æ".repeat(PROBLEMS_LIMIT));
        assert!(text.len() <= PROBLEMS_LIMIT + "\n…".len() && text.ends_with("\n…"));
    }
}
