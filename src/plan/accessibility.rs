//! The accessibility statement: whom to turn to on its page, the short address `/was`, the link of the foot.
//!
//! In: what the configuration says and the page it names. The statement itself is made in the national tool; its
//! address comes first wherever it is told. What a public site lacks is told here, since only the plan knows whether
//! the site has an address.

use super::{Planner, about, lists, sites};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::plan::*;
use crate::model::site::Page;
use crate::text::date::Duration;
use crate::text::span::Span;
use std::sync::Arc;

/// The law asks for a statement that is revised at least so often.
const VALID: Duration = Duration::Months(12);
/// The short address, without slashes.
const SHORT: &str = "was";

/// Tells what the statement of a public site lacks. A site is taken to be public when it has an address and a publisher.
pub fn check(planner: &Planner, diags: &mut Diagnostics) {
    let site = planner.site;
    let told = &site.config.accessibility;
    let has_address = sites::base_url(planner).is_some();
    let is_told = told.statement.is_some() || told.was.is_some();
    // Of an address that cannot be used the owner has been told.
    let is_meant = is_told || !told.place.is_empty();
    if has_address && site.config.publisher.is_some() && !is_meant {
        diags.add(
            Code::AccessibilityStatementMissing,
            Span::whole(site.config_file),
        );
    }
    if has_address && is_told && (told.phone.is_none() || told.email.is_none()) {
        let missing = match (&told.phone, &told.email) {
            (None, None) => "phone, email",
            (None, _) => "phone",
            _ => "email",
        };
        diags
            .add(
                Code::AccessibilityContactMissing,
                Span::new(site.config_file, told.place.clone()),
            )
            .arg("keys", missing);
    }
    if let Some(date) = &told.date
        && VALID.after(date.value) < site.today
    {
        diags
            .add(
                Code::AccessibilityStatementOld,
                Span::new(site.config_file, date.range.clone()),
            )
            .arg("date", date.value.to_string());
    }
}

/// What the statement's page, or its translation, shows besides its text.
pub fn view(planner: &Planner, page: &Page) -> Option<AccessibilityView> {
    let statement = planner.site.page(planner.site.statement?);
    if statement.id != page.id && !statement.translations.contains(&page.id) {
        return None;
    }
    let told = &planner.site.config.accessibility;
    Some(AccessibilityView {
        url: told.was.clone(),
        phone: told.phone.clone(),
        email: told.email.clone(),
        date: told
            .date
            .as_ref()
            .map(|date| about::date_view(planner, page, date.value)),
    })
}

/// The short address, which leads to the statement in the national tool, else to the site's own page of it.
pub fn short_address(planner: &Planner) -> Option<Output> {
    let site = planner.site;
    let is_taken = site.pages.iter().any(|page| &*page.address == "was/")
        || site.redirects.iter().any(|old| &*old.from == SHORT);
    if is_taken {
        return None;
    }
    let texts = planner.texts[0];
    let page = site.statement.map(|id| site.page(id));
    let was = site.config.accessibility.was.as_deref().map(Arc::from);
    let title = page.map_or_else(
        || texts.text("accessibility_statement").into(),
        |page| Arc::clone(&page.title),
    );
    let view = PageView {
        kind: "redirect",
        template: "redirect".to_string(),
        head_title: title.to_string(),
        lead: Some(texts.text("accessibility_short").into()),
        title,
        language: site.languages[0].code.clone(),
        direction: "ltr",
        noindex: true,
        redirect_url: Some(was.or_else(|| page.map(|page| planner.url(page)))?),
        ..PageView::default()
    };
    Some(lists::folder_page(&format!("{SHORT}/"), 0, view))
}

/// The foot's link to a statement that has no page of its own here.
pub fn link(planner: &Planner, language: usize) -> Option<LinkView> {
    let was = planner.site.config.accessibility.was.as_deref()?;
    planner.site.statement.is_none().then(|| LinkView {
        title: planner.texts[language]
            .text("accessibility_statement")
            .into(),
        url: Arc::from(was),
    })
}
