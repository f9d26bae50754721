//! Text into HTML, with the placeholder for the way to the site's root.
//!
//! Every text and attribute that comes from an author goes through `html`; it also drops the control characters
//! that HTML forbids, so that the placeholder below can never come from content.

use std::sync::Arc;

/// Stands in rendered pages where the relative way to the site's root belongs (`../../`).
///
/// A control character, because no author's text can hold it after [`html`].
pub const ROOT: char = '\u{1}';

/// Appends `text` with `&`, `<`, `>` and `"` escaped and forbidden control characters left out.
pub fn html(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_of(&SPECIAL, rest) {
        out.push_str(&rest[..at]);
        let found = rest[at..].chars().next().unwrap_or_default();
        match found {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
        rest = &rest[at + found.len_utf8()..];
    }
    out.push_str(rest);
}

/// The first byte that a table names. Eight are asked at a time, since nearly none is.
fn first_of(table: &[bool; 256], text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_one = |byte: &u8| table[usize::from(*byte)];
    let plain = bytes
        .chunks_exact(8)
        .take_while(|eight| !eight.iter().fold(false, |any, byte| any | is_one(byte)));
    let start = 8 * plain.count();
    bytes[start..].iter().position(is_one).map(|at| start + at)
}

/// The bytes that [`html`] looks at: four signs, control characters, and what begins a forbidden character.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 32 {
        special[byte] = !matches!(byte as u8, b'\t' | b'\n' | b'\r');
        byte += 1;
    }
    special[127] = true;
    // First bytes of characters some of which HTML forbids: U+0080–U+009F, and U+FFFE and U+FFFF.
    special[0xC2] = true;
    special[0xEF] = true;
    special[b'&' as usize] = true;
    special[b'<' as usize] = true;
    special[b'>' as usize] = true;
    special[b'"' as usize] = true;
    special
};

/// JSON that may stand in a script element: nothing in it ends the element, and no character that HTML forbids is left.
pub fn json_in_html(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 8);
    let mut rest = json;
    while let Some(at) = first_of(&SPECIAL_IN_JSON, rest) {
        out.push_str(&rest[..at]);
        let found = rest[at..].chars().next().unwrap_or_default();
        match found {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
        rest = &rest[at + found.len_utf8()..];
    }
    out.push_str(rest);
    out
}

/// The bytes that [`json_in_html`] looks at: those of [`html`] but the quotation mark, and the first of two line ends.
const SPECIAL_IN_JSON: [bool; 256] = {
    let mut special = SPECIAL;
    special[b'"' as usize] = false;
    special[0xE2] = true;
    special
};

/// `text` escaped as by [`html`].
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    html(&mut out, text);
    out
}

/// `text` escaped as by [`html`], for addresses that begin with [`ROOT`].
pub fn escaped_keeping_root(text: &str) -> String {
    match text.strip_prefix(ROOT) {
        Some(rest) => format!("{ROOT}{}", escaped(rest)),
        None => escaped(text),
    }
}

/// Whether HTML forbids a character: control characters but tab and line ends, and two that are none.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text holds a character that has no place in content.
pub fn has_control(text: &str) -> bool {
    text.chars().any(is_forbidden)
}

/// Where a page stands, for its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The page's own folder from the site's root (`metoder/er-du-paa-vej/`); addresses become relative to it.
    Folder(Arc<str>),
    /// The path of the site's root on its host, for a page that is served at any depth.
    Host(Arc<str>),
}

/// Replaces every [`ROOT`]: the address after it becomes the shortest way there from the page.
pub fn fill_root(html: &[u8], base: &Base) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(ROOT as u8, rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match base {
            Base::Host(path) => out.extend_from_slice(path.as_bytes()),
            Base::Folder(folder) => rest = way(&mut out, folder.as_bytes(), rest),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Writes the way up from `folder` to what it shares with the address that `rest` begins with; returns the rest.
fn way<'a>(out: &mut Vec<u8>, folder: &[u8], rest: &'a [u8]) -> &'a [u8] {
    let same = folder.iter().zip(rest).take_while(|(a, b)| a == b).count();
    let shared = folder[..same]
        .iter()
        .rposition(|b| *b == b'/')
        .map_or(0, |at| at + 1);
    let up = folder[shared..].iter().filter(|b| **b == b'/').count();
    for _ in 0..up {
        out.extend_from_slice(b"../");
    }
    let rest = &rest[shared..];
    let is_here = up == 0
        && !rest
            .first()
            .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'%' | b'_' | b'#'));
    if is_here || up == 0 && folder.is_empty() && rest.first() != Some(&b'#') {
        out.extend_from_slice(b"./");
    }
    rest
}

/// Appends a link address with everything escaped that may not stand in one, keeping what is escaped already.
pub fn href(out: &mut String, address: &str) {
    encode(out, address, b"-_.~!*();:@=+$,/?#%'&");
}

/// Appends a file's path as an address: its own `%`, `#` and `?` are part of its name.
pub fn path_href(out: &mut String, path: &str) {
    encode(out, path, b"-_.~!*()@=+$,/'");
}

fn encode(out: &mut String, text: &str, kept: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in text.bytes() {
        if b == b'&' && kept.contains(&b) {
            out.push_str("&amp;");
        } else if b.is_ascii_alphanumeric() || kept.contains(&b) {
            out.push(b as char);
        } else {
            out.push('%');
            out.push(HEX[usize::from(b >> 4)] as char);
            out.push(HEX[usize::from(b & 15)] as char);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escaped("<a href=\"x\">&</a>"),
            "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;"
        );
    }

    #[test]
    fn the_placeholder_cannot_come_from_text() {
        assert_eq!(escaped("a\u{1}b\tc"), "ab\tc");
    }

    #[test]
    fn roots_are_filled() {
        let from = |folder: &str, address: &str| {
            let html = format!("\"{ROOT}{address}\"");
            let filled = fill_root(html.as_bytes(), &Base::Folder(folder.into()));
            String::from_utf8(filled)
                .expect("text stays text")
                .trim_matches('"')
                .to_string()
        };
        assert_eq!(from("", "x/"), "./x/");
        assert_eq!(from("", ""), "./");
        assert_eq!(from("a/", "x/"), "../x/");
        assert_eq!(from("a/b/", "a/c/#d"), "../c/#d");
        assert_eq!(from("a/b/", "a/bc/"), "../bc/");
        assert_eq!(from("a/b/", "a/b/"), "./");
        assert_eq!(from("a/b/", "a/b/#c"), "#c");
        assert_eq!(from("a/b/", "a/b/c/"), "c/");
        assert_eq!(from("a/b/", ""), "../../");
        assert_eq!(from("a/b/", "a/b/index.html"), "index.html");
        let host = fill_root(b"\"\x01x/\"", &Base::Host("/k/".into()));
        assert_eq!(host, b"\"/k/x/\"");
    }

    #[test]
    fn addresses_are_encoded_once() {
        let mut out = String::new();
        href(&mut out, "/a b%20ø?q=1&r=\"");
        assert_eq!(out, "/a%20b%20%C3%B8?q=1&amp;r=%22");
    }
}
