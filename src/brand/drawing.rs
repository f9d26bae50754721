//! Cleans an SVG drawing by an allow-list, so that it can do nothing but be looked at, wherever it is opened.
//!
//! In: the bytes as a drawing program wrote them. Out: the drawing with the elements that draw, without scripts,
//! handlers, animation, foreign content, entities and addresses outside itself; and the names of what was taken out
//! that a reader might miss. What drawing programs write for themselves goes quietly. `None` for what is no
//! well-formed drawing: guessing what it means is how cleaners are got round.

mod xml;

use crate::text::escape;
use std::collections::BTreeSet;
use xml::{after_doctype, attribute, decoded};

/// The deepest nesting. Drawings need no more, and a stack has an end.
const DEEPEST: usize = 256;

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "style",
    "switch",
];
/// What drawing programs write for themselves, beside all that has a name space of its own.
const QUIET: &[&str] = &["metadata"];

/// A drawing that can be published.
pub struct Drawing {
    pub text: String,
    /// Width and height, in any unit.
    pub size: Option<(f64, f64)>,
    /// Elements and attributes that were taken out.
    pub removed: BTreeSet<String>,
}

/// Cleans a drawing.
pub fn cleaned(bytes: &[u8]) -> Option<Drawing> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let mut cleaner = Cleaner {
        rest: text,
        out: String::with_capacity(text.len()),
        open: Vec::new(),
        skipped_from: None,
        size: None,
        removed: BTreeSet::new(),
        has_root: false,
    };
    while !cleaner.rest.is_empty() {
        cleaner.step()?;
    }
    let is_whole = cleaner.has_root && cleaner.open.is_empty();
    is_whole.then_some(Drawing {
        text: cleaner.out,
        size: cleaner.size,
        removed: cleaner.removed,
    })
}

struct Cleaner<'t> {
    rest: &'t str,
    out: String,
    open: Vec<&'t str>,
    /// How many elements are open around the outermost one that is left out.
    skipped_from: Option<usize>,
    size: Option<(f64, f64)>,
    removed: BTreeSet<String>,
    has_root: bool,
}

impl<'t> Cleaner<'t> {
    /// One tag, comment or text.
    fn step(&mut self) -> Option<()> {
        let rest = self.rest;
        if let Some(after) = rest.strip_prefix("<!--") {
            self.rest = after.split_once("-->")?.1;
        } else if let Some(after) = rest.strip_prefix("<?") {
            self.rest = after.split_once("?>")?.1;
            if after.starts_with("xml-stylesheet") {
                self.removed.insert("xml-stylesheet".to_string());
            }
        } else if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let (text, after) = after.split_once("]]>")?;
            self.rest = after;
            self.text(text);
        } else if rest.starts_with("<!") {
            self.rest = after_doctype(rest)?;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>')?;
            self.rest = after;
            self.end(name.trim_end())?;
        } else if let Some(after) = rest.strip_prefix('<') {
            self.start(after)?;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            self.rest = &rest[end..];
            // An entity that is not known has no meaning here.
            let text = decoded(&rest[..end]).unwrap_or_default();
            self.text(&text);
        }
        Some(())
    }

    fn text(&mut self, text: &str) {
        let holds_text = ["title", "desc", "text", "tspan", "style"];
        let Some(element) = self.open.last().filter(|_| self.skipped_from.is_none()) else {
            return;
        };
        if !holds_text.contains(element) {
            return;
        }
        if *element == "style" && !is_harmless_style(text) {
            self.removed.insert("style".to_string());
            return;
        }
        escape::html(&mut self.out, text);
    }

    fn end(&mut self, name: &str) -> Option<()> {
        if self.open.pop()? != name {
            return None;
        }
        match self.skipped_from {
            Some(depth) if depth == self.open.len() => self.skipped_from = None,
            Some(_) => {}
            None => self.out.push_str(&format!("</{name}>")),
        }
        Some(())
    }

    /// A start tag, from its name on.
    fn start(&mut self, after: &'t str) -> Option<()> {
        let is_name = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
        let end = after.find(|c| !is_name(c))?;
        let name = &after[..end];
        let mut rest = &after[end..];
        let mut attributes = Vec::new();
        let is_empty = loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>") {
                self.rest = after;
                break true;
            }
            if let Some(after) = rest.strip_prefix('>') {
                self.rest = after;
                break false;
            }
            let (attribute, value, after) = attribute(rest)?;
            attributes.push((attribute, value));
            rest = after;
        };
        let is_outside = self.open.is_empty();
        if name.is_empty() || self.open.len() >= DEEPEST || (is_outside && self.has_root) {
            return None;
        }
        if is_outside && name != "svg" {
            return None;
        }
        let is_skipped = self.skipped_from.is_some();
        if !is_skipped && ELEMENTS.contains(&name) {
            self.has_root = true;
            self.element(name, &attributes, is_outside, is_empty);
        } else if !is_skipped {
            if !name.contains(':') && !QUIET.contains(&name) || name.ends_with(":script") {
                self.removed.insert(name.to_string());
            }
            if !is_empty {
                self.skipped_from = Some(self.open.len());
            }
        }
        if !is_empty {
            self.open.push(name);
        }
        Some(())
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], is_root: bool, is_empty: bool) {
        self.out.push('<');
        self.out.push_str(name);
        if is_root {
            self.out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        let mut known = BTreeSet::new();
        for (attribute, value) in attributes {
            let Some(value) = decoded(value) else {
                continue;
            };
            let attribute = attribute.strip_prefix("xlink:").unwrap_or(attribute);
            if attribute == "xmlns" || attribute.contains(':') {
                continue;
            }
            if !is_harmless(attribute, &value) {
                self.removed.insert(attribute.to_string());
                continue;
            }
            // The old and the new name of one attribute often stand side by side.
            if known.insert(attribute) {
                self.write(attribute, &value);
            }
        }
        if is_root {
            self.measure(attributes);
        }
        self.out.push_str(if is_empty { "/>" } else { ">" });
    }

    /// Finds the drawing's size, and gives it the box without which it cannot be scaled.
    fn measure(&mut self, attributes: &[(&str, &str)]) {
        let value = |name: &str| {
            let own = attributes.iter().find(|(own, _)| *own == name);
            own.map(|(_, value)| *value)
        };
        let length = |name: &str| {
            let text = value(name)?.trim();
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let number: f64 = text[..text.len() - unit.len()].parse().ok()?;
            (number > 0.0 && number < 1e6 && unit != "%").then_some((number, unit))
        };
        let given = length("width").zip(length("height"));
        let given = given.filter(|((_, one), (_, other))| one == other);
        let given = given.map(|((width, unit), (height, _))| (width, height, unit));
        let numbers: Option<Vec<f64>> = value("viewBox").and_then(|text| {
            let parts = text.split([' ', ',', '\n', '\t']);
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(|part| part.parse().ok()).collect()
        });
        let of_box = match numbers.as_deref() {
            Some([_, _, width, height]) if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
            _ => None,
        };
        if let (None, Some((width, height, "" | "px"))) = (of_box, given) {
            self.write("viewBox", &format!("0 0 {width} {height}"));
        }
        self.size = of_box.or(given.map(|(width, height, _)| (width, height)));
    }

    fn write(&mut self, attribute: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(attribute);
        self.out.push_str("=\"");
        escape::html(&mut self.out, value);
        self.out.push('"');
    }
}

fn is_harmless(attribute: &str, value: &str) -> bool {
    let attribute = attribute.to_ascii_lowercase();
    let is_handler = attribute.starts_with("on");
    let is_address = matches!(attribute.as_str(), "href" | "src" | "data" | "base");
    !is_handler && (!is_address || value.starts_with('#')) && is_harmless_style(value)
}

/// Neither rules nor values may fetch anything, nor hide behind escapes what they fetch.
fn is_harmless_style(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let forbidden = [
        "@",
        "\\",
        "javascript:",
        "expression(",
        "image-set(",
        "image(",
        "src(",
    ];
    let is_own = |(at, _): (usize, &str)| {
        let inside = text[at + 4..].trim_start_matches([' ', '"', '\'']);
        inside.starts_with('#')
    };
    !forbidden.iter().any(|part| text.contains(part)) && text.match_indices("url(").all(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(inside: &str, expected: &str, removed: &[&str]) {
        let drawing = format!("<svg viewBox=\"0 0 30 10\">{inside}</svg>");
        let found = cleaned(drawing.as_bytes()).expect("well formed");
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\">";
        assert_eq!(found.text, format!("{start}{expected}</svg>"));
        assert_eq!(found.removed.iter().collect::<Vec<_>>(), removed);
        assert_eq!(found.size, Some((30.0, 10.0)));
    }

    #[test]
    fn what_draws_stays() {
        let drawn = "<g id=\"a\" fill=\"url(#b)\"><title>Æ &amp; ø</title><path d=\"M0 0\"/></g>";
        check(drawn, drawn, &[]);
        let styled = "<style>.a{fill:#fff}</style><text class=\"a\">b</text>";
        check(styled, styled, &[]);
        check(
            "<use xlink:href=\"#a\" href=\"#a\"/><use href='#b'></use>",
            "<use href=\"#a\"/><use href=\"#b\"></use>",
            &[],
        );
    }

    #[test]
    fn what_runs_or_fetches_goes() {
        check("<script>alert(1)</script><path/>", "<path/>", &["script"]);
        check("<x:script href='a'/>", "", &["x:script"]);
        check(
            "<path onload=\"x\" d=\"M0\"/>",
            "<path d=\"M0\"/>",
            &["onload"],
        );
        check(
            "<g><set attributeName='onclick' to='x'/></g>",
            "<g></g>",
            &["set"],
        );
        check(
            "<foreignObject><div><g/></div></foreignObject>",
            "",
            &["foreignObject"],
        );
        check("<image href=\"https://x.dk/a\"/>", "", &["image"]);
        check("<a href=\"javascript:x\"><path/></a>", "", &["a"]);
        check("<use href=\"https://x.dk/a#b\"/>", "<use/>", &["href"]);
        check("<style>@import 'a'</style>", "<style></style>", &["style"]);
        check(
            "<style><![CDATA[a{fill:url(//x.dk)}]]></style>",
            "<style></style>",
            &["style"],
        );
        check(
            "<g style=\"fill:url&#40;//x.dk)\" fill='url( \"#a\")'/>",
            "<g fill=\"url( &quot;#a&quot;)\"/>",
            &["style"],
        );
    }

    #[test]
    fn what_drawing_programs_write_for_themselves_goes_quietly() {
        check(
            "<!-- a --><metadata><rdf:RDF/></metadata><sodipodi:namedview a='b'/><g inkscape:label='x' i:extra='&ns;'/>",
            "<g/>",
            &[],
        );
        let whole = "\u{feff}<?xml version=\"1.0\"?>\n<!DOCTYPE svg [<!ENTITY a \"]>\">]>\n<svg xmlns:x=\"y\" width=\"60px\" height=\"20px\"><path/></svg>\n";
        let found = cleaned(whole.as_bytes()).expect("well formed");
        assert_eq!(
            found.text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60px\" height=\"20px\" viewBox=\"0 0 60 20\"><path/></svg>"
        );
        assert_eq!(found.size, Some((60.0, 20.0)));
    }

    const PARTS: &str = "<g>¦</g>¦<path d=\"M0\"/>¦<script>¦</script>¦<style>¦</style>¦<a href=\"¦\">¦</a>\
         ¦<g onclick='¦'/>¦&#x6a;¦&¦;¦&lt;script&gt;¦<![CDATA[¦]]>¦<!--¦-->¦<?¦?>¦<!DOCTYPE x [¦]>\
         ¦url(¦url(#a)¦@import¦a¦ ¦<use xlink:href=\"#a\"/>¦\"¦'¦<¦>¦/¦æ¦\u{1}\
         ¦<g style=\"fill:red\"/>¦<text>¦</text>";

    proptest! {
        /// What came out clean stays as it is, and nothing that runs is in it.
        #[test]
        fn whatever_comes_in_a_clean_drawing_comes_out(
            parts in prop::collection::vec(prop::sample::select(PARTS.split('¦').collect::<Vec<_>>()), 0..24)
        ) {
            let text = format!("<svg viewBox=\"0 0 3 1\">{}</svg>", parts.concat());
            if let Some(found) = cleaned(text.as_bytes()) {
                let again = cleaned(found.text.as_bytes()).expect("what we write is well formed");
                prop_assert_eq!(&again.text, &found.text);
                prop_assert!(again.removed.is_empty(), "{:?}", again.removed);
                prop_assert!(!found.text.contains("<script") && !found.text.contains(" onclick"));
            }
        }
    }

    #[test]
    fn what_is_not_well_formed_is_no_drawing() {
        for bad in [
            "",
            "text",
            "<svg>",
            "<svg><g></svg>",
            "<svg></svg><svg></svg>",
            "<html></html>",
            "<svg a></svg>",
            "<svg a=b></svg>",
            "<svg a=\"<\"></svg>",
            "<svg><!-- </svg>",
            "</svg>",
            "<!DOCTYPE",
            "<",
        ] {
            assert!(cleaned(bad.as_bytes()).is_none(), "{bad}");
        }
        assert!(cleaned("<svg>".repeat(100_000).as_bytes()).is_none());
    }
}
