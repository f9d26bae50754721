//! Addresses that lead on: old addresses of pages, and pages that were superseded.

use super::{Planner, lists, sites, status, urls};
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::escape::Base;
use crate::text::span::Span;
use std::sync::Arc;

/// One page for each old address.
pub fn aliases(planner: &Planner) -> Vec<(Output, Span)> {
    let redirects = planner.site.redirects.iter();
    let output = |redirect: &crate::model::site::Redirect| {
        let address = redirect.address();
        let path = match address.trim_start_matches('/') {
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_string(),
        };
        let to = planner.site.page(redirect.to);
        let place = Span::new(redirect.file, redirect.range.clone());
        (leading_to(planner, to, path, None), place)
    };
    redirects.map(output).collect()
}

/// The address of a superseded page, which also says in words what came in its place; `None` for any other page.
pub fn superseded(planner: &Planner, page: &Page) -> Option<Output> {
    let successor = page.successor.filter(|_| page.is_redirect())?;
    let fm = planner.site.front_matter(page)?;
    let path = format!("{}index.html", page.address);
    let status = status::view(planner, page, fm);
    let successor = planner.site.page(successor);
    Some(leading_to(planner, successor, path, status))
}

fn leading_to(
    planner: &Planner,
    page: &Page,
    path: String,
    status: Option<PageStatusView>,
) -> Output {
    let folder = path
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let view = PageView {
        kind: "redirect",
        template: "redirect".to_string(),
        title: Arc::clone(&page.title),
        head_title: page.title.to_string(),
        language: planner.site.language(page).code.clone(),
        direction: "ltr",
        noindex: true,
        canonical: urls::absolute(sites::base_url(planner), &page.address),
        redirect_url: Some(planner.url(page)),
        status,
        ..PageView::default()
    };
    lists::generated_page(
        path,
        usize::from(page.language),
        Base::Folder(folder.into()),
        view,
    )
}
