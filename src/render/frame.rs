//! Header, footer and navigation: rendered once, shared by all pages.
//!
//! In: the plan's views of sites and sections. Out: for each page, its frame with its own place marked. The marks go
//! in at offsets recorded once, so a page's frame costs a copy and nothing that grows with the site.

use super::engine::Engine;
use super::views;
use crate::diagnostic::Diagnostics;
use crate::model::plan::{PageOutput, Plan};
use crate::text::escape::{ROOT, escaped_keeping_root};
use crate::theme::Theme;
use std::collections::HashMap;
use std::sync::Arc;
use tera::Value;

pub struct Frames {
    /// One for each [`Plan::sites`].
    pub sites: Vec<SiteFrame>,
    /// One for each [`Plan::navs`].
    navs: Vec<Part>,
}

/// What all pages of a language share.
pub struct SiteFrame {
    pub view: Value,
    /// The interface texts.
    pub words: Value,
    pub language: String,
    header: Part,
    footer: Value,
}

impl Frames {
    pub fn new(plan: &Plan, theme: &Theme, engine: &Engine, diags: &mut Diagnostics) -> Frames {
        let mut sites = Vec::new();
        for site in &plan.sites {
            let view = views::site(site);
            let words = views::words(theme.texts_of(&site.language));
            let mut part = |name: &str| {
                // The page of errors has no header and footer where it knows no addresses.
                if site.css.is_none() {
                    return String::new();
                }
                let context = [("site", view.clone()), ("t", words.clone())];
                engine.render_text(name, context, &Arc::from(site.title.as_str()), diags)
            };
            let header = Part::new(part("parts/header.html"));
            let footer = Value::safe_string(&part("parts/footer.html"));
            sites.push(SiteFrame {
                view,
                words,
                language: site.language.clone(),
                header,
                footer,
            });
        }
        let navs = diags.par_map(&plan.navs, |nav, own| {
            let frame = &sites[nav.site];
            let view = Value::from_serializable(nav);
            let context = [
                ("site", frame.view.clone()),
                ("t", frame.words.clone()),
                ("nav", view),
            ];
            Part::new(engine.render_text("parts/section-nav.html", context, &nav.title, own))
        });
        Frames { sites, navs }
    }

    /// The frame around one page.
    pub fn around(&self, output: &PageOutput) -> Value {
        let site = &self.sites[output.site];
        let nav = output
            .nav
            .map_or_else(String::new, |nav| self.navs[nav].marked(&output.current));
        views::map([
            (
                "header",
                Value::safe_string(&site.header.marked(&output.current)),
            ),
            ("footer", site.footer.clone()),
            ("section_nav", Value::safe_string(&nav)),
        ])
    }
}

/// A rendered part of the frame, and where each of its addresses ends.
struct Part {
    html: String,
    ends: HashMap<String, usize>,
}

impl Part {
    fn new(html: String) -> Part {
        let mut ends = HashMap::new();
        let start = format!("href=\"{ROOT}");
        for (at, _) in html.match_indices(&start) {
            let address = at + "href=\"".len();
            if let Some(length) = html[address..].find('"') {
                // The first link wins: the site's name comes before the menu, but leads elsewhere than its entries.
                ends.entry(html[address..address + length].to_string())
                    .or_insert(address + length + 1);
            }
        }
        Part { html, ends }
    }

    /// The part with the page's own link marked as `page` and those of the sections it lies in as `true`.
    fn marked(&self, current: &[Arc<str>]) -> String {
        let mut marks: Vec<(usize, &str)> = Vec::with_capacity(current.len());
        for (i, url) in current.iter().enumerate() {
            if let Some(end) = self.ends.get(&escaped_keeping_root(url)) {
                marks.push((
                    *end,
                    if i == 0 {
                        " aria-current=\"page\""
                    } else {
                        " aria-current=\"true\""
                    },
                ));
            }
        }
        marks.sort_unstable();
        let mut out = String::with_capacity(self.html.len() + 64);
        let mut from = 0;
        for (at, mark) in marks {
            out.push_str(&self.html[from..at]);
            out.push_str(mark);
            from = at;
        }
        out.push_str(&self.html[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_place_is_marked_once() {
        let part = Part::new(format!(
            "<a href=\"{ROOT}a/\">A</a><a href=\"{ROOT}a/b/\" class=\"x\">B</a>"
        ));
        let current = [
            Arc::from(format!("{ROOT}a/b/")),
            Arc::from(format!("{ROOT}a/")),
        ];
        assert_eq!(
            part.marked(&current),
            format!(
                "<a href=\"{ROOT}a/\" aria-current=\"true\">A</a><a href=\"{ROOT}a/b/\" aria-current=\"page\" class=\"x\">B</a>"
            )
        );
    }
}
