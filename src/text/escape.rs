//! Text into HTML, with the placeholder for the way to the site's root.
//!
//! Every text and attribute that comes from an author goes through `html`; it also drops the control characters
//! that HTML forbids, so that the placeholder below can never come from content.

/// Stands in rendered pages where the relative way to the site's root belongs (`../../`).
///
/// A control character, because no author's text can hold it after [`html`].
pub const ROOT: char = '\u{1}';

/// Appends `text` with `&`, `<`, `>` and `"` escaped and forbidden control characters left out.
pub fn html(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut start = 0;
    for (i, b) in bytes.iter().enumerate() {
        let replacement = match b {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0..=8 | 11 | 12 | 14..=31 | 127 => "",
            _ => continue,
        };
        out.push_str(&text[start..i]);
        out.push_str(replacement);
        start = i + 1;
    }
    out.push_str(&text[start..]);
}

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

/// Whether a text holds a control character that has no place in content (tab and line ends are fine).
pub fn has_control(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, 0..=8 | 11 | 12 | 14..=31 | 127))
}

/// Replaces every [`ROOT`] by `root` (`./`, `../`, `../../`, …).
pub fn fill_root(text: &str, root: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(|b| *b == ROOT as u8) {
        out.push_str(&rest[..at]);
        out.push_str(root);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// Appends a link address with everything escaped that may not stand in one, keeping what is escaped already.
pub fn href(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in address.bytes() {
        match b {
            b'&' => out.push_str("&amp;"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(b as char),
            b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'(' | b')' | b';' | b':' | b'@' | b'=' | b'+' | b'$' | b',' | b'/' | b'?' | b'#' | b'%' | b'\'' => {
                out.push(b as char);
            }
            _ => {
                out.push('%');
                out.push(HEX[usize::from(b >> 4)] as char);
                out.push(HEX[usize::from(b & 15)] as char);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("<a href=\"x\">&</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
    }

    #[test]
    fn the_placeholder_cannot_come_from_text() {
        assert_eq!(escaped("a\u{1}b\tc"), "ab\tc");
    }

    #[test]
    fn roots_are_filled() {
        assert_eq!(fill_root("<a href=\"\u{1}x/\">", "../"), "<a href=\"../x/\">");
    }

    #[test]
    fn addresses_are_encoded_once() {
        let mut out = String::new();
        href(&mut out, "/a b%20ø?q=1&r=\"");
        assert_eq!(out, "/a%20b%20%C3%B8?q=1&amp;r=%22");
    }
}
