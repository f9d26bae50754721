//! Looks at authors' raw HTML for what the allow-list does not hold, with its place.
//!
//! This scan only reports; ammonia does the cleaning, on whole bodies, with the same list. A browser's parser sees
//! more than this scan does, so a finding may be missing here, but nothing unsafe gets through there.

use crate::text::span::TextRange;

/// Elements that authors may use. No frames, forms, scripts, styles, SVG or MathML.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Those of them that have no end tag.
pub const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Attributes that authors may use on any of them.
pub const ATTRIBUTES: &[&str] = &[
    "href", "src", "alt", "title", "colspan", "rowspan", "scope", "lang", "dir", "width", "height",
    "datetime", "start", "open",
];

/// Schemes of links; everything else but a relative address is removed.
pub const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Something that will be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// `<script>`, `onclick`, `javascript:`
    pub what: String,
    pub range: TextRange,
}

/// The elements of raw HTML that are open, as the finished page has them: the end of one of ours closes those inside
/// it, and an end tag closes only what was opened inside the same one of ours.
#[derive(Debug, Default)]
pub struct Open {
    /// With how many of ours were open around each.
    elements: Vec<(&'static str, usize)>,
    ours: usize,
}

impl Open {
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Opens one of ours.
    pub fn enter(&mut self) {
        self.ours += 1;
    }

    /// Closes one of ours, and what was left open inside it.
    pub fn leave(&mut self) {
        self.ours = self.ours.saturating_sub(1);
        while self
            .elements
            .pop_if(|(_, ours)| *ours > self.ours)
            .is_some()
        {}
    }

    /// Closes one of ours that may not have been shown as an element: what is open inside it may stay open.
    pub fn leave_open(&mut self) {
        self.ours = self.ours.saturating_sub(1);
        for (_, ours) in self.elements.iter_mut().rev() {
            if *ours <= self.ours {
                break;
            }
            *ours = self.ours;
        }
    }

    /// Keeps something open to the end: of markup that is not cleaned nobody knows where it ends.
    pub fn stay(&mut self) {
        if self.elements.is_empty() {
            self.elements.push(("", 0));
        }
    }

    fn start(&mut self, element: &'static str) {
        self.elements.push((element, self.ours));
    }

    fn end(&mut self, element: &'static str) {
        let ended = (element, self.ours);
        if let Some(place) = self.elements.iter().rposition(|open| *open == ended) {
            self.elements.truncate(place);
        }
    }
}

/// Finds what cleaning will remove from one piece of raw HTML that begins at byte `base` of its file. `elements` are
/// those that are open, before and after; returns how many were at most.
pub fn scan(html: &str, base: u32, elements: &mut Open, found: &mut Vec<Removed>) -> usize {
    let mut deepest = elements.elements.len();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|i| at + i) {
        let rest = &html[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            if let Some(end) = comment.find("-->") {
                at = open + 4 + end + 3;
                continue;
            }
            // Without its end a comment takes the rest of the page with it.
            found.push(Removed {
                what: "<!--".to_string(),
                range: base + open as u32..base + open as u32 + 4,
            });
            return deepest;
        }
        let closing = rest.starts_with('/');
        let name_start = open + 1 + usize::from(closing);
        let name_length = html[name_start..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
            .count();
        if name_length == 0 {
            at = open + 1;
            continue;
        }
        let name = html[name_start..name_start + name_length].to_ascii_lowercase();
        let name_end = name_start + name_length;
        let tag_end = tag_end(html, name_end);
        match ELEMENTS.iter().find(|known| **known == name) {
            None if closing => {}
            None => {
                let range = base + open as u32..base + tag_end as u32;
                found.push(Removed {
                    what: format!("<{name}>"),
                    range,
                });
            }
            Some(known) if closing => elements.end(known),
            Some(known) => {
                attributes(html, name_end, tag_end, base, found);
                if !VOID.contains(known) {
                    elements.start(known);
                    deepest = deepest.max(elements.elements.len());
                }
            }
        }
        at = tag_end;
    }
    deepest
}

/// The byte after a tag's `>`, quotes respected; the text's end for a tag that never closes.
pub fn tag_end(html: &str, from: usize) -> usize {
    let mut quote = None;
    for (i, b) in html.bytes().enumerate().skip(from) {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn attributes(html: &str, from: usize, to: usize, base: u32, found: &mut Vec<Removed>) {
    let bytes = html.as_bytes();
    let mut at = from;
    while at < to {
        if bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'/' | b'>' | b'"' | b'\'' | b'=')
        {
            at += 1;
            continue;
        }
        let name_start = at;
        while at < to
            && !bytes[at].is_ascii_whitespace()
            && !matches!(bytes[at], b'=' | b'>' | b'/' | b'"' | b'\'')
        {
            at += 1;
        }
        let name = html[name_start..at].to_ascii_lowercase();
        let mut end = at;
        let mut value = "";
        let gap = html[at..to].len() - html[at..to].trim_start().len();
        if bytes.get(at + gap) == Some(&b'=') {
            at += gap + 1;
            at += html[at..to].len() - html[at..to].trim_start().len();
            let start = at;
            match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = html[at + 1..to]
                        .bytes()
                        .position(|b| b == *quote)
                        .map_or(to, |i| at + 1 + i);
                    value = &html[start + 1..close];
                    at = (close + 1).min(to);
                }
                _ => {
                    while at < to && !bytes[at].is_ascii_whitespace() && bytes[at] != b'>' {
                        at += 1;
                    }
                    value = &html[start..at];
                }
            }
            end = at;
        }
        let range = base + name_start as u32..base + end as u32;
        if !ATTRIBUTES.contains(&name.as_str()) {
            found.push(Removed { what: name, range });
        } else if matches!(name.as_str(), "href" | "src")
            && let Some(scheme) = bad_address(&name, value)
        {
            found.push(Removed {
                what: scheme,
                range,
            });
        }
    }
}

/// What is wrong with an address in raw HTML, where it is neither resolved nor checked: a scheme that is not allowed,
/// a relative address, a picture of another host.
fn bad_address(attribute: &str, value: &str) -> Option<String> {
    match scheme(value) {
        None => Some(format!("{attribute}=\"{value}\"")),
        Some(_) if attribute == "src" => Some(format!("{attribute}=\"{value}\"")),
        Some(_) => bad_scheme(value),
    }
}

/// The scheme of an address if it is not one of [`SCHEMES`]: `javascript:`. Relative addresses have none.
pub fn bad_scheme(address: &str) -> Option<String> {
    let scheme = scheme(address)?;
    (!SCHEMES.contains(&scheme.as_str())).then(|| format!("{scheme}:"))
}

/// The scheme of an absolute address as a browser reads it: blanks and control characters do not count.
pub fn scheme(address: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
    {
        match c {
            ':' if !scheme.is_empty() => return Some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let mut found = Vec::new();
        scan(html, 0, &mut Open::default(), &mut found);
        let words: Vec<_> = found.iter().map(|r| r.what.as_str()).collect();
        assert_eq!(words, expected);
        for removed in found {
            assert!(
                html.get(removed.range.start as usize..removed.range.end as usize)
                    .is_some()
            );
        }
    }

    #[test]
    fn what_is_allowed_is_quiet() {
        check(
            "<p lang=\"en\">a <b>b</b> <a href='https://x.dk'>c</a><!-- <script> --></p>",
            &[],
        );
    }

    #[test]
    fn elements_attributes_and_schemes_are_found() {
        check("<script>x</script>", &["<script>"]);
        check("<p style=\"color:red\" onclick=x>", &["style", "onclick"]);
        check("<a href=\" java\tscript:alert(1)\">", &["javascript:"]);
        check("<iframe src=x></iframe>", &["<iframe>"]);
        check(
            "<a href=\"x.md\"><img src=\"https://x.dk/a.png\">",
            &["href=\"x.md\"", "src=\"https://x.dk/a.png\""],
        );
        check("a <!-- b", &["<!--"]);
    }

    #[test]
    fn elements_are_open_until_their_own_end() {
        let mut open = Open::default();
        let read = |html: &str, open: &mut Open| {
            scan(html, 0, open, &mut Vec::new());
        };
        read("<p>a<br><a href='x'></b>b", &mut open);
        assert_eq!(open.elements, [("p", 0), ("a", 0)]);
        open.enter();
        read("</a><b>", &mut open);
        assert_eq!(open.elements, [("p", 0), ("a", 0), ("b", 1)]);
        open.leave();
        assert_eq!(open.elements, [("p", 0), ("a", 0)]);
        read("</P>", &mut open);
        assert!(open.is_empty());
    }

    #[test]
    fn broken_tags_end_with_the_text() {
        check("<p title=\"open", &[]);
        check("a < b", &[]);
    }
}
