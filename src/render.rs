//! Bytes of every planned output, one by one into a sink.
//!
//! In: the plan, the site and the theme. Out: files, handed to the sink as they are made, so the site's bytes are
//! never all in memory. No decisions are left here; parallel over outputs, and nothing that grows with the site
//! happens inside a page's render: menus and navigation are rendered once and shared.

mod body;
mod clean;
mod diagram;
mod engine;
mod highlight;
mod views;

use crate::diagnostic::Diagnostics;
use crate::model::output::Sink;
use crate::model::plan::*;
use crate::model::site::Site;
use crate::text::escape::fill_root;
use crate::theme::Theme;
use engine::Engine;
use std::sync::Arc;
use tera::Value;

/// Renders everything.
///
/// # Errors
/// When the sink cannot keep a file. Templates that fail are findings, and their outputs are left out.
pub fn render(
    plan: &Plan,
    site: &Site,
    theme: &Theme,
    sink: &dyn Sink,
    diags: &mut Diagnostics,
) -> anyhow::Result<()> {
    let Some(engine) = Engine::new(theme, site.config_file, diags) else {
        return Ok(());
    };
    let frames = Frames::new(plan, theme, &engine, diags);
    let renderer = Renderer {
        plan,
        site,
        theme,
        engine,
        frames,
    };
    let results = diags.par_map(&plan.outputs, |output, own| {
        renderer.output(output, sink, own)
    });
    results.into_iter().collect()
}

struct Renderer<'a> {
    plan: &'a Plan,
    site: &'a Site,
    theme: &'a Theme,
    engine: Engine<'a>,
    frames: Frames,
}

impl Renderer<'_> {
    fn output(
        &self,
        output: &Output,
        sink: &dyn Sink,
        diags: &mut Diagnostics,
    ) -> anyhow::Result<()> {
        match &output.maker {
            Maker::Page(page) => match self.page(page, diags) {
                Some(html) => sink.put(&output.path, &html),
                None => Ok(()),
            },
            Maker::Text(text) => sink.put(&output.path, text.as_bytes()),
            Maker::ThemeFile(name) => match self.theme.statics.get(name) {
                Some(bytes) => sink.put(&output.path, bytes),
                None => Ok(()),
            },
            Maker::Asset(asset) => sink.copy(&output.path, *asset),
        }
    }

    fn page(&self, output: &PageOutput, diags: &mut Diagnostics) -> Option<Vec<u8>> {
        let texts = self.frames.sites[output.site].texts.as_ref();
        let texts = texts.and_then(|code| self.theme.texts.get(code));
        let bodies = body::Bodies {
            plan: self.plan,
            site: self.site,
            theme: self.theme,
            texts,
        };
        let page = views::page(output, &bodies);
        let frame = self.frames.around(output);
        let about = &output.view.title;
        let html = self.engine.render(
            &output.template,
            [
                ("site", self.frames.sites[output.site].view.clone()),
                ("t", self.frames.sites[output.site].words.clone()),
                ("page", page),
                ("frame", frame),
            ],
            about,
            diags,
        )?;
        Some(fill_root(&html, &output.base))
    }
}

/// Header, footer and navigation: rendered once, shared by all pages.
struct Frames {
    /// One for each [`Plan::sites`].
    sites: Vec<SiteFrame>,
    /// One for each [`Plan::navs`].
    navs: Vec<String>,
}

struct SiteFrame {
    view: Value,
    words: Value,
    /// The language of the interface texts.
    texts: Option<String>,
    header: String,
    footer: String,
}

impl Frames {
    fn new(plan: &Plan, theme: &Theme, engine: &Engine, diags: &mut Diagnostics) -> Frames {
        let mut sites = Vec::new();
        for view in &plan.sites {
            let value = views::site(view);
            let words = theme
                .texts
                .get(&view.language)
                .map_or_else(Value::none, views::words);
            let mut part = |name: &str| {
                let context = [("site", value.clone()), ("t", words.clone())];
                engine.render_text(name, context, &Arc::from(view.title.as_str()), diags)
            };
            let (header, footer) = (part("parts/header.html"), part("parts/footer.html"));
            sites.push(SiteFrame {
                texts: Some(view.language.clone()),
                words,
                header,
                footer,
                view: value,
            });
        }
        // The page of errors has no header and footer where it knows no addresses.
        if let (Some(frame), Some(view)) = (sites.last_mut(), plan.sites.last())
            && view.css.is_none()
        {
            frame.header.clear();
            frame.footer.clear();
        }
        let navs = diags.par_map(&plan.navs, |nav, own| {
            let frame = &sites[nav.site];
            let context = [
                ("site", frame.view.clone()),
                ("t", frame.words.clone()),
                ("nav", Value::from_serializable(nav)),
            ];
            engine.render_text("parts/section-nav.html", context, &nav.title, own)
        });
        Frames { sites, navs }
    }

    /// The frame around one page, with its own place marked.
    fn around(&self, output: &PageOutput) -> Value {
        let site = &self.sites[output.site];
        let nav = output.nav.map(|nav| &self.navs[nav]);
        let part = |html: &str| Value::safe_string(&mark_current(html, &output.current));
        let nothing = || Value::safe_string("");
        views::map([
            ("header", part(&site.header)),
            ("footer", Value::safe_string(&site.footer)),
            ("section_nav", nav.map_or_else(nothing, |nav| part(nav))),
        ])
    }
}

/// Marks the page's own link as `page` and the sections it lies in as `true`.
fn mark_current(html: &str, current: &[Arc<str>]) -> String {
    let mut out = html.to_string();
    for (i, url) in current.iter().enumerate() {
        let link = format!(
            "href=\"{}\"",
            crate::text::escape::escaped_keeping_root(url)
        );
        let mark = if i == 0 {
            " aria-current=\"page\""
        } else {
            " aria-current=\"true\""
        };
        // The site's name links to the front page too, but is no entry of a menu.
        if let Some(at) = out.find(&link) {
            out.insert_str(at + link.len(), mark);
        }
    }
    out
}
