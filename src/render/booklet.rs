//! A booklet: each chapter through its own template, in parallel, then moved onto the shared page.
//!
//! In: the booklet's plan and the plans of its pages. Out: the bytes of one page. A chapter is rendered as if it were
//! alone; afterwards its headings go down one level, its ids get the chapter's in front, and every link that leads to
//! a place in the booklet leads there. What is moved is our own finished HTML, tag by tag; text is not looked at.

use super::body::Citing;
use super::{Renderer, views};
use crate::diagnostic::Diagnostics;
use crate::markdown::raw_html::tag_end;
use crate::model::ids::PageId;
use crate::model::plan::*;
use crate::text::escape::{ROOT, escaped};
use std::collections::{HashMap, HashSet};
use tera::{Map, Value};

/// What shows each page; empty where no booklet asks.
pub fn pages(plan: &Plan) -> HashMap<PageId, &PageOutput> {
    let is_booklet = |output: &Output| matches!(output.maker, Maker::Booklet(_));
    if !plan.outputs.iter().any(is_booklet) {
        return HashMap::new();
    }
    let shown = plan
        .outputs
        .iter()
        .filter_map(|output| match &output.maker {
            Maker::Page(page) => Some((page.body?, page.as_ref())),
            _ => None,
        });
    shown.collect()
}

impl Renderer<'_> {
    pub(super) fn booklet(&self, booklet: &Booklet, diags: &mut Diagnostics) -> Option<Vec<u8>> {
        let rendered = diags.par_map(&booklet.chapters, |chapter, own| {
            let html = self.chapter(booklet, chapter, own)?;
            let ids: Vec<String> = ids(&html)
                .map(|id| format!("{}.{id}", chapter.anchor))
                .collect();
            Some((html, ids))
        });
        let rendered: Vec<(String, Vec<String>)> = rendered.into_iter().collect::<Option<_>>()?;
        let known: HashSet<&str> = rendered
            .iter()
            .flat_map(|(_, ids)| ids)
            .map(String::as_str)
            .collect();
        let texts: Vec<(&Chapter, &str)> = booklet
            .chapters
            .iter()
            .zip(rendered.iter().map(|(html, _)| html.as_str()))
            .collect();
        let moved = diags.par_map(&texts, |(chapter, html), _| {
            let moving = Moving {
                places: &booklet.places,
                known: &known,
                anchor: &chapter.anchor,
                title: escaped(self.chapter_title(chapter)),
            };
            views::map([
                ("id", Value::from(chapter.anchor.as_str())),
                ("new_page", Value::from(chapter.is_new_page)),
                ("html", Value::safe_string(&moving.moved(html))),
            ])
        });
        let bodies = self.bodies(booklet.page.site, None);
        let mut page = views::page_map(&booklet.page, &bodies);
        page.insert("chapters".into(), Value::from(moved));
        self.framed(&booklet.page, Value::from(page), diags)
    }

    fn chapter_title<'c>(&'c self, chapter: &'c Chapter) -> &'c str {
        match (&chapter.title, &chapter.content) {
            (Some(title), _) => title,
            (None, ChapterContent::Page(id)) => &self.site.page(*id).title,
            (None, ChapterContent::Own(page)) => &page.view.title,
        }
    }

    /// A chapter as if it were alone. `None` when its template fails, which is a finding.
    fn chapter(
        &self,
        booklet: &Booklet,
        chapter: &Chapter,
        diags: &mut Diagnostics,
    ) -> Option<String> {
        let output = match &chapter.content {
            ChapterContent::Page(id) => *self.pages.get(id)?,
            ChapterContent::Own(page) => page,
        };
        let bodies = self.bodies(booklet.page.site, Some(&booklet.source_numbers));
        let mut page = views::page_map(output, &bodies);
        page.insert("sources".into(), Value::none());
        if let Some(title) = &chapter.title {
            page.insert("title".into(), Value::from(title.as_str()));
            // What the booklet is the whole of: its chapters stand in the contents.
            page.insert("guide".into(), Value::none());
            if output.view.lead == booklet.page.view.lead {
                page.insert("lead".into(), Value::none());
            }
        }
        if chapter.has_sources {
            page.insert("sources".into(), Value::from_serializable(&booklet.sources));
            let mut numbers: Vec<(&PageId, &u32)> = booklet.source_numbers.iter().collect();
            numbers.sort_by_key(|(_, number)| **number);
            let texts = numbers.into_iter().map(|(source, number)| {
                let html = bodies.render(*source, Citing::Source);
                (
                    format!("vv-source-{number}").into(),
                    Value::safe_string(&html),
                )
            });
            page.insert("bodies".into(), Value::from(texts.collect::<Map>()));
        }
        let site = &self.frames.sites[booklet.page.site];
        let html = self.engine.render(
            "chapter.html",
            [
                ("site", site.view.clone()),
                ("t", site.words.clone()),
                ("page", Value::from(page)),
            ],
            &output.view.title,
            diags,
        )?;
        String::from_utf8(html).ok()
    }
}

/// The ids of a chapter.
fn ids(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// Where a chapter is moved to.
struct Moving<'a> {
    places: &'a Places,
    /// Every id that the chapters have, moved.
    known: &'a HashSet<&'a str>,
    anchor: &'a str,
    /// The chapter's title, escaped.
    title: String,
}

impl Moving<'_> {
    fn moved(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = if rest.starts_with("<!--") {
                let end = rest.find("-->").map_or(rest.len(), |at| at + 3);
                out.push_str(&rest[..end]);
                end
            } else {
                let end = tag_end(rest, 0);
                self.tag(&mut out, &rest[..end]);
                end
            };
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// One tag. Attributes of ours stand in double quotes; others are none of those that are looked at.
    fn tag(&self, out: &mut String, tag: &str) {
        let slash = usize::from(tag[1..].starts_with('/'));
        let name_end = tag[1 + slash..]
            .find(|c: char| !c.is_ascii_alphanumeric())
            .map_or(tag.len(), |at| at + 1 + slash);
        let name = &tag[1 + slash..name_end];
        out.push_str(&tag[..=slash]);
        out.push_str(lower_heading(name));
        let mut rest = &tag[name_end..];
        // Labelled regions are told apart by their labels: two chapters may have the same.
        let is_region = name == "section" || tag.contains(" role=\"region\"");
        while let Some(at) = rest.find("=\"") {
            let value_start = at + 2;
            let Some(length) = rest[value_start..].find('"') else {
                break;
            };
            let attribute = rest[..at].rsplit(' ').next().unwrap_or_default();
            let value = &rest[value_start..value_start + length];
            out.push_str(&rest[..value_start]);
            match attribute {
                "id" | "for" | "headers" | "aria-labelledby" | "aria-describedby"
                | "aria-controls" => self.push_ids(out, value),
                "href" => out.push_str(&self.address(value)),
                "aria-label" if is_region => {
                    out.push_str(value);
                    out.push_str(" – ");
                    out.push_str(&self.title);
                }
                _ => out.push_str(value),
            }
            rest = &rest[value_start + length..];
        }
        out.push_str(rest);
    }

    fn push_ids(&self, out: &mut String, ids: &str) {
        for (at, id) in ids.split_ascii_whitespace().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            if !is_shared(id) {
                out.push_str(self.anchor);
                out.push('.');
            }
            out.push_str(id);
        }
    }

    /// An address: of a place in the booklet where there is such a place.
    fn address(&self, address: &str) -> String {
        if let Some(fragment) = address.strip_prefix('#') {
            return match is_shared(fragment) || fragment.is_empty() {
                true => address.to_string(),
                false => self.place(self.anchor, Some(fragment)),
            };
        }
        if !address.starts_with(ROOT) {
            return address.to_string();
        }
        if let Some(id) = self.places.entries.get(address) {
            return format!("#{id}");
        }
        let (page, fragment) = match address.split_once('#') {
            Some((page, fragment)) => (page, Some(fragment)),
            None => (address, None),
        };
        match self.places.chapters.get(page) {
            Some(anchor) => self.place(anchor, fragment),
            None => address.to_string(),
        }
    }

    /// A place in a chapter; the chapter itself where it has no such place.
    fn place(&self, anchor: &str, fragment: Option<&str>) -> String {
        let place = fragment.map(|fragment| format!("{anchor}.{fragment}"));
        let place = place.filter(|place| self.known.contains(place.as_str()));
        format!("#{}", place.as_deref().unwrap_or(anchor))
    }
}

/// The sources are the whole booklet's.
fn is_shared(id: &str) -> bool {
    id.starts_with("vv-source-")
}

fn lower_heading(name: &str) -> &str {
    match name {
        "h1" => "h2",
        "h2" => "h3",
        "h3" => "h4",
        "h4" => "h5",
        "h5" => "h6",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut places = Places::default();
        places
            .chapters
            .insert(format!("{ROOT}metoder/b/"), "metoder-b".to_string());
        places
            .entries
            .insert(format!("{ROOT}kilder/#bog"), "vv-source-1".to_string());
        let moving = Moving {
            places: &places,
            known: &HashSet::from(["a.x", "metoder-b.y"]),
            anchor: "a",
            title: "A &amp; B".to_string(),
        };
        let html = html.replace('~', &ROOT.to_string());
        assert_eq!(moving.moved(&html).replace(ROOT, "~"), expected);
    }

    #[test]
    fn ids_and_headings_are_moved() {
        check("<h2 id=\"x\">X</h2>", "<h3 id=\"a.x\">X</h3>");
        check("<h6>X</h6><hr>", "<h6>X</h6><hr>");
        check(
            "<svg aria-labelledby=\"p q\"></svg>",
            "<svg aria-labelledby=\"a.p a.q\"></svg>",
        );
        check("<li id=\"vv-source-2\">", "<li id=\"vv-source-2\">");
    }

    #[test]
    fn links_lead_to_places_of_the_booklet() {
        check("<a href=\"#x\">", "<a href=\"#a.x\">");
        check("<a href=\"#gone\">", "<a href=\"#a\">");
        check("<a href=\"#vv-source-2\">", "<a href=\"#vv-source-2\">");
        check("<a href=\"~metoder/b/\">", "<a href=\"#metoder-b\">");
        check("<a href=\"~metoder/b/#y\">", "<a href=\"#metoder-b.y\">");
        check("<a href=\"~metoder/b/#gone\">", "<a href=\"#metoder-b\">");
        check("<a href=\"~kilder/#bog\">", "<a href=\"#vv-source-1\">");
        check("<a href=\"~om/#y\">", "<a href=\"~om/#y\">");
        check(
            "<a href=\"https://x.dk/#y\">",
            "<a href=\"https://x.dk/#y\">",
        );
    }

    #[test]
    fn regions_are_told_apart() {
        check(
            "<div role=\"region\" aria-label=\"Tabel\">",
            "<div role=\"region\" aria-label=\"Tabel – A &amp; B\">",
        );
        check("<a aria-label=\"Kilde 1\">", "<a aria-label=\"Kilde 1\">");
    }

    #[test]
    fn text_and_odd_tags_are_kept() {
        check(
            "id=\"x\" <!-- <h2 id=\"x\"> --> <",
            "id=\"x\" <!-- <h2 id=\"x\"> --> <",
        );
    }
}
