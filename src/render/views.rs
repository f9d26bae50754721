//! Views as template values, with the safe HTML that only `render` makes: bodies, diagrams and an icon.

use super::body::{Bodies, Citing};
use super::diagram;
use crate::i18n::Texts;
use crate::model::plan::{PageOutput, SiteView};
use tera::value::Key;
use tera::{Map, Value};

/// A map of named values.
pub fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(
        entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect::<Map>(),
    )
}

/// What every page sees of the site. The policy is ours and holds quotes that must stay quotes.
pub fn site(view: &SiteView) -> Value {
    let mut site = Value::from_serializable(view)
        .into_map()
        .unwrap_or_default();
    site.insert("csp".into(), Value::safe_string(view.csp));
    Value::from(site)
}

/// The interface texts as templates see them: `t.key`, and `t.key.one` where a text follows a number.
pub fn words(texts: &Texts) -> Value {
    Value::from_serializable(&texts.serializable())
}

/// A page's view with its body, its entries' bodies and its diagram.
pub fn page(output: &PageOutput, bodies: &Bodies) -> Value {
    Value::from(page_map(output, bodies))
}

/// A page's view as a map, for those who have something to add.
pub fn page_map(output: &PageOutput, bodies: &Bodies) -> Map {
    let mut page = Value::from_serializable(&output.view)
        .into_map()
        .unwrap_or_default();
    let content = output
        .body
        .map(|id| bodies.render(id, Citing::Page))
        .unwrap_or_default();
    page.insert("content".into(), Value::safe_string(&content));
    let linked_data = output.view.linked_data.as_deref().unwrap_or_default();
    page.insert("linked_data".into(), Value::safe_string(linked_data));
    let entries = output.entries.iter().map(|id| {
        let anchor = bodies
            .site
            .page(*id)
            .fragment
            .as_deref()
            .unwrap_or_default()
            .to_string();
        (
            anchor.into(),
            Value::safe_string(&bodies.render(*id, Citing::Source)),
        )
    });
    page.insert("bodies".into(), Value::from(entries.collect::<Map>()));
    if let Some(view) = &output.view.model {
        let svg = diagram::svg(&output.view.title, &output.view.short_title, view);
        add_safe(&mut page, "model", "diagram", &svg);
    }
    if output.view.status.is_some() {
        add_safe(&mut page, "status", "icon", bodies.theme.icon("caution"));
    }
    page
}

/// Adds finished HTML to one of a page's own values.
fn add_safe(page: &mut Map, value: &'static str, name: &'static str, html: &str) {
    let whole = page.swap_remove(&Key::from(value));
    let mut whole = whole.and_then(Value::into_map).unwrap_or_default();
    whole.insert(name.into(), Value::safe_string(html));
    page.insert(value.into(), Value::from(whole));
}
