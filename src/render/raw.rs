//! Authors' raw HTML on its way into a body: only tags of the allow-list, and only in balance.
//!
//! ammonia reads the whole body afterwards and has the last word. This pass is for what a browser's parser would do
//! to the rest of the page: an unclosed `<script>` or comment would swallow it, a stray `</div>` would close one of
//! ours. Elements that are not allowed are left out here; of those that hold no text for readers the content too.

use crate::markdown::raw_html::{ELEMENTS, VOID, tag_end};

/// Elements whose content is not text: it goes with them.
const CONTENT_TOO: &[&str] = &[
    "script",
    "style",
    "textarea",
    "title",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
    "template",
    "svg",
    "math",
    "object",
    "select",
];

/// The elements that are open, ours and theirs.
#[derive(Default)]
pub struct Balance {
    open: Vec<Element>,
}

enum Element {
    Ours,
    Theirs(String),
}

impl Balance {
    pub fn open_ours(&mut self) {
        self.open.push(Element::Ours);
    }

    /// Closes what authors left open inside our innermost element, and that element.
    pub fn close_ours(&mut self, out: &mut String) {
        while let Some(Element::Theirs(name)) = self.open.pop() {
            close(out, &name);
        }
    }

    /// Closes what authors left open at the end.
    pub fn finish(&mut self, out: &mut String) {
        while let Some(element) = self.open.pop() {
            if let Element::Theirs(name) = element {
                close(out, &name);
            }
        }
    }

    /// Appends one piece of raw HTML.
    pub fn add(&mut self, out: &mut String, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let end = tag_end(rest, 0);
            let tag = &rest[..end];
            let Some(name) = name_of(tag) else {
                // A sign, a declaration or an instruction: text, or nothing a page shows.
                if !tag.starts_with("<!") && !tag.starts_with("<?") {
                    out.push_str("&lt;");
                    rest = &rest[1..];
                } else {
                    rest = &rest[end..];
                }
                continue;
            };
            rest = &rest[end..];
            let is_closing = tag.starts_with("</");
            if !ELEMENTS.contains(&name.as_str()) {
                if !is_closing && CONTENT_TOO.contains(&name.as_str()) {
                    rest = after_end(rest, &name);
                }
            } else if is_closing {
                self.close_theirs(out, &name);
            } else {
                out.push_str(tag);
                if !tag.ends_with('>') {
                    out.push('>');
                }
                if !VOID.contains(&name.as_str()) {
                    self.open.push(Element::Theirs(name));
                }
            }
        }
        out.push_str(rest);
    }

    /// Closes an author's element, and what was left open inside it; an end tag without a start is left out.
    fn close_theirs(&mut self, out: &mut String, name: &str) {
        let inside = self
            .open
            .iter()
            .rev()
            .take_while(|element| matches!(element, Element::Theirs(_)));
        let place = inside
            .into_iter()
            .position(|element| matches!(element, Element::Theirs(open) if open == name));
        for _ in 0..place.map_or(0, |place| place + 1) {
            if let Some(Element::Theirs(name)) = self.open.pop() {
                close(out, &name);
            }
        }
    }
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// The rest after an element's end tag; all of it when there is none here.
fn after_end<'h>(html: &'h str, name: &str) -> &'h str {
    let lower = html.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("</{name}")) else {
        return html;
    };
    html[at..].find('>').map_or("", |end| &html[at + end + 1..])
}

/// The name of a start or end tag in small letters; `None` when this is no tag.
fn name_of(tag: &str) -> Option<String> {
    let inside = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<'))?;
    let length = inside
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
        .count();
    let is_name = inside.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name.then(|| inside[..length].to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut out = String::new();
        let mut balance = Balance::default();
        balance.open_ours();
        balance.add(&mut out, html);
        balance.close_ours(&mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn what_is_open_is_closed_and_what_is_not_stays_shut() {
        check("<b>x", "<b>x</b>");
        check("x</div></p>", "x");
        check("<div><b>x</div>y", "<div><b>x</b></div>y");
        check("<br>a<hr>", "<br>a<hr>");
    }

    #[test]
    fn what_would_swallow_the_page_goes() {
        check("a <script> b", "a  b");
        check("<script>x</script>y", "y");
        check("a <!-- b", "a ");
        check("a <!-- <b> --> c", "a  c");
        check("<textarea>x", "x");
        check("<svg><path/></svg>y", "y");
    }

    #[test]
    fn signs_are_text() {
        check("a < b", "a &lt; b");
        check("<!DOCTYPE html>x<?php y ?>z", "xz");
    }
}
