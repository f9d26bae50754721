//! Bytes of every planned output, one by one into a sink.
//!
//! In: the plan, the site and the theme. Out: files, handed to the sink as they are made, so the site's bytes are
//! never all in memory. No decisions are left here; parallel over outputs, and nothing that grows with the site
//! happens inside a page's render: menus and navigation are rendered once and shared.

mod body;
mod booklet;
mod clean;
mod diagram;
mod engine;
mod frame;
mod highlight;
mod raw;
mod views;

use crate::diagnostic::Diagnostics;
use crate::model::ids::PageId;
use crate::model::output::Sink;
use crate::model::plan::*;
use crate::model::site::Site;
use crate::text::escape::fill_root;
use crate::theme::Theme;
use engine::Engine;
use frame::Frames;
use highlight::Highlighter;
use std::collections::HashMap;

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
        pages: booklet::pages(plan),
        plan,
        site,
        theme,
        engine,
        frames,
        highlighter: Highlighter::default(),
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
    highlighter: Highlighter,
    /// What shows each page, where a booklet asks.
    pages: HashMap<PageId, &'a PageOutput>,
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
            Maker::Booklet(booklet) => match self.booklet(booklet, diags) {
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
        let page = views::page(output, &self.bodies(output.site, None));
        self.framed(output, page, diags)
    }

    /// What bodies on the pages of a site are rendered from.
    fn bodies<'b>(
        &'b self,
        site: usize,
        booklet: Option<&'b HashMap<PageId, u32>>,
    ) -> body::Bodies<'b> {
        let language = &self.frames.sites[site].language;
        body::Bodies {
            plan: self.plan,
            site: self.site,
            theme: self.theme,
            texts: self.theme.texts_of(language),
            language,
            highlighter: &self.highlighter,
            booklet,
        }
    }

    /// A page in its frame.
    fn framed(
        &self,
        output: &PageOutput,
        page: tera::Value,
        diags: &mut Diagnostics,
    ) -> Option<Vec<u8>> {
        let site = &self.frames.sites[output.site];
        let frame = self.frames.around(output);
        let about = &output.view.title;
        let html = self.engine.render(
            &output.template,
            [
                ("site", site.view.clone()),
                ("t", site.words.clone()),
                ("page", page),
                ("frame", frame),
            ],
            about,
            diags,
        )?;
        Some(fill_root(&html, &output.base))
    }
}
