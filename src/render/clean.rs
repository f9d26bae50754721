//! Writes a body's HTML; in bodies that hold authors' raw HTML, cleans it by an allow-list.
//!
//! A body is cleaned as a whole, since a fragment's parser would close tags early. Our own markup must come through
//! untouched, so in such bodies each tag of ours carries only a key that nobody can guess from the text, and gets
//! its attributes back afterwards. Elements that authors may not use are carried by `div` and `span` meanwhile.

use super::raw::Balance;
use crate::markdown::raw_html::tag_end;
use crate::markdown::raw_html::{ATTRIBUTES, ELEMENTS, SCHEMES};
use crate::text::escape::{self, ROOT};
use std::borrow::Cow;
use std::collections::HashSet;

/// Collects the HTML of one body.
pub struct HtmlWriter {
    pub out: String,
    carriers: Option<Carriers>,
}

/// What stands in for our own tags while a body is cleaned.
struct Carriers {
    key: String,
    marks: Vec<Mark>,
    open: Vec<&'static str>,
    balance: Balance,
}

struct Mark {
    start: String,
    /// The end tag, where the carrier's own is not the right one.
    end: Option<String>,
    /// Stands for a whole widget: start, content and end.
    is_whole: bool,
}

impl HtmlWriter {
    /// A writer for a body without raw HTML, or one whose raw HTML is trusted.
    pub fn plain() -> Self {
        HtmlWriter {
            out: String::with_capacity(12 * 1024),
            carriers: None,
        }
    }

    /// A writer for a body whose raw HTML must be cleaned. The key is made from the text, which so cannot hold it.
    pub fn cleaning(text: &str) -> Self {
        let key = format!("data-vv{}", &blake3::hash(text.as_bytes()).to_hex()[..24]);
        HtmlWriter {
            carriers: Some(Carriers {
                key,
                marks: Vec::new(),
                open: Vec::new(),
                balance: Balance::default(),
            }),
            ..Self::plain()
        }
    }

    /// Opens one of our elements; `attributes` begins with a blank or is empty.
    pub fn open(&mut self, element: &'static str, attributes: &str) {
        let Some(carriers) = &mut self.carriers else {
            self.out.push('<');
            self.out.push_str(element);
            self.out.push_str(attributes);
            self.out.push('>');
            return;
        };
        let carrier = carrier(element);
        if !is_void(element) {
            carriers.open.push(carrier);
            carriers.balance.open_ours();
        }
        if attributes.is_empty() && carrier == element {
            self.out.push_str(&format!("<{element}>"));
            return;
        }
        let end = (carrier != element).then(|| format!("</{element}>"));
        self.out.push_str(&format!(
            "<{carrier} {}=\"{}\">",
            carriers.key,
            carriers.marks.len()
        ));
        carriers.marks.push(Mark {
            start: format!("<{element}{attributes}>"),
            end,
            is_whole: false,
        });
    }

    /// Closes one of our elements.
    pub fn close(&mut self, element: &'static str) {
        let carrier = match &mut self.carriers {
            Some(carriers) => {
                carriers.balance.close_ours(&mut self.out);
                carriers.open.pop().unwrap_or(element)
            }
            None => element,
        };
        self.out.push_str("</");
        self.out.push_str(carrier);
        self.out.push('>');
    }

    /// A finished piece of ours that holds nothing of an author's markup: an input, an icon.
    pub fn widget(&mut self, html: &str) {
        match &mut self.carriers {
            Some(carriers) => {
                self.out.push_str(&format!(
                    "<span {}=\"{}\"></span>",
                    carriers.key,
                    carriers.marks.len()
                ));
                carriers.marks.push(Mark {
                    start: html.to_string(),
                    end: None,
                    is_whole: true,
                });
            }
            None => self.out.push_str(html),
        }
    }

    pub fn text(&mut self, text: &str) {
        escape::html(&mut self.out, text);
    }

    /// One piece of an author's raw HTML: a whole block, or one inline tag.
    pub fn raw(&mut self, html: &str) {
        let html: String = html.chars().filter(|c| !escape::is_forbidden(*c)).collect();
        match &mut self.carriers {
            Some(carriers) => carriers.balance.add(&mut self.out, &html),
            None => self.out.push_str(&html),
        }
    }

    /// The finished body.
    pub fn finish(mut self) -> String {
        match self.carriers {
            Some(mut carriers) => {
                carriers.balance.finish(&mut self.out);
                restored(&cleaned(&self.out, &carriers.key), &carriers)
            }
            None => self.out,
        }
    }
}

/// The element that carries one of ours through the cleaning.
fn carrier(element: &'static str) -> &'static str {
    match element {
        "label" | "legend" | "button" => "span",
        "form" | "fieldset" | "section" | "svg" => "div",
        other => other,
    }
}

fn is_void(element: &str) -> bool {
    matches!(element, "img" | "br" | "hr" | "input")
}

/// The whole body through the allow-list.
fn cleaned(html: &str, key: &str) -> String {
    let mut attributes: HashSet<&str> = ATTRIBUTES.iter().copied().collect();
    attributes.insert(key);
    let cleaned = ammonia::Builder::empty()
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(["script", "style"].into())
        .generic_attributes(attributes)
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            // Pictures of other hosts would tell them who reads; links may lead there.
            ("img", "src") if value.contains(':') || value.starts_with("//") => None,
            _ => Some(Cow::Borrowed(value)),
        })
        .clean(html)
        .to_string();
    cleaned.chars().filter(|c| *c != ROOT).collect()
}

/// Puts our own tags back. The cleaned HTML is well formed, so a stack of `div` and `span` finds each one's end.
fn restored(html: &str, carriers: &Carriers) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let mut open: Vec<Option<&Mark>> = Vec::new();
    let mut rest = html;
    let attribute = format!(" {}=\"", carriers.key);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = tag_end(rest, 0);
        let tag = &rest[..end];
        rest = &rest[end..];
        if let Some(name) = tag.strip_prefix("</") {
            let name = name.trim_end_matches('>');
            let mark = if matches!(name, "div" | "span") {
                open.pop().flatten()
            } else {
                None
            };
            match mark {
                Some(Mark { is_whole: true, .. }) => {}
                Some(Mark { end: Some(end), .. }) => out.push_str(end),
                _ => out.push_str(tag),
            }
            continue;
        }
        let mark = tag.find(&attribute).and_then(|at| {
            let number = tag[at + attribute.len()..].split('"').next()?;
            carriers.marks.get(number.parse::<usize>().ok()?)
        });
        let name = tag[1..].split([' ', '>', '/']).next().unwrap_or_default();
        if matches!(name, "div" | "span") {
            open.push(mark);
        }
        out.push_str(mark.map_or(tag, |mark| mark.start.as_str()));
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(raw: &str) -> String {
        let mut writer = HtmlWriter::cleaning(raw);
        writer.open("p", " class=\"ours\"");
        writer.widget("<input type=\"checkbox\">");
        writer.open("label", " for=\"x\"");
        writer.raw(raw);
        writer.close("label");
        writer.close("p");
        writer.finish()
    }

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(
            clean(raw),
            format!(
                "<p class=\"ours\"><input type=\"checkbox\"><label for=\"x\">{expected}</label></p>"
            )
        );
    }

    #[test]
    fn ours_comes_through_and_theirs_is_cleaned() {
        check("a <b class=\"x\" onclick=\"y\">b</b>", "a <b>b</b>");
        check("<script>alert(1)</script>x", "x");
        check(
            "<a href=\"javascript:x\">l</a>",
            "<a rel=\"noopener noreferrer\">l</a>",
        );
        check("<input type=\"text\"><svg><path/></svg>y", "y");
    }

    #[test]
    fn unclosed_tags_are_closed() {
        check("<b>open", "<b>open</b>");
    }

    #[test]
    fn the_root_placeholder_cannot_be_forged() {
        assert!(!clean("&#1;<a href=\"&#1;x\">y</a>").contains(ROOT));
    }

    #[test]
    fn pictures_of_other_hosts_go() {
        check(
            "<img src=\"https://x.dk/a.png\" alt=\"a\">",
            "<img alt=\"a\">",
        );
    }
}
