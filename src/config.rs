//! The site's configuration file, `vejviser.yaml`, read key by key.
//!
//! In: its text. Out: a [`Config`] and findings at their places. Reads no file and knows no page: whether a menu
//! entry exists is for `resolve`.

mod brand;
mod taxonomies;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::config::*;
use crate::text::date::Duration;
use crate::text::slug::is_id;
use crate::text::span::{Spanned, TextRange};
use crate::yaml::{self, KeyReader, Shape};

/// The name of the file at the site's root.
pub const FILE_NAME: &str = "vejviser.yaml";
/// The largest configuration, in bytes.
pub const MAX_CONFIG: u64 = 256 * 1024;

/// Reads the configuration. `None` when it is not YAML at all.
pub fn read(text: &str, diags: &mut Diagnostics<TextRange>) -> Option<Config> {
    let node = yaml::parse_file(text, diags)?;
    let mut keys = KeyReader::new(&node, false, diags);
    let config = read_all(&mut keys);
    keys.finish();
    Some(config)
}

/// What the configuration may hold, for editors' tools.
pub fn shape() -> Shape {
    KeyReader::shape_of(read_all)
}

fn read_all(keys: &mut KeyReader) -> Config {
    let id = site_id(keys);
    let title = keys.required_text("title");
    let description = keys.words("description");
    let language = language_code(keys, "language").unwrap_or_else(|| "da".to_string());
    let languages = languages(keys);
    let mut config = Config {
        id,
        title: title.map(|title| title.value).unwrap_or_default(),
        description,
        taxonomies: taxonomies::read(keys, &language, &languages),
        language,
        languages,
        has_bad_base_url: false,
        base_url: base_url(keys),
        publisher: keys.words("publisher"),
        theme: theme_name(keys),
        is_lenient: keys
            .choice("front_matter", &[("strict", false), ("lenient", true)])
            .unwrap_or(false),
        allows_raw_html: keys
            .choice("raw_html", &[("clean", false), ("allow", true)])
            .unwrap_or(false),
        menu: menu(keys),
        footer: keys.texts("footer"),
        accessibility: keys.map("accessibility", accessibility).unwrap_or_default(),
        contacts: contacts(keys),
        review: keys
            .map("review", |keys| Review {
                warn: duration(keys, "warn"),
                fail: duration(keys, "fail"),
            })
            .unwrap_or_default(),
        frame_ancestors: keys.map("hosting", frame_ancestors).unwrap_or_default(),
        search: keys
            .map("search", |keys| Search {
                synonyms: keys.text_lists("synonyms"),
                stop_words: keys
                    .texts("stop_words")
                    .into_iter()
                    .map(|word| word.value)
                    .collect(),
            })
            .unwrap_or_default(),
        limits: limits(keys),
        brand: brand::read(keys),
    };
    config.has_bad_base_url = config.base_url.is_none() && keys.node("base_url").is_some();
    config
}

fn site_id(keys: &mut KeyReader) -> String {
    keys.required_node("id");
    let Some(id) = keys.text_like("id", "^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$") else {
        return "site".to_string();
    };
    let is_good = is_id(&id.value) && (3..=40).contains(&id.value.len());
    if !is_good {
        let proposed: String = crate::text::slug::slug(&id.value)
            .chars()
            .take(40)
            .collect();
        keys.report(Code::BadId, id.range)
            .arg("value", id.value.clone())
            .propose(proposed);
    }
    id.value
}

fn language_code(keys: &mut KeyReader, key: &'static str) -> Option<String> {
    let code = keys.text_like(key, "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")?;
    if is_language(&code.value) {
        return Some(code.value);
    }
    keys.report(Code::BadValue, code.range)
        .arg("key", key)
        .arg("known", "da, en, de, sv, nb …");
    None
}

fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let primary = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    primary
        && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn base_url(keys: &mut KeyReader) -> Option<String> {
    let url = keys.text_like("base_url", "^https?://[^ /]+[^ ]*$")?;
    match check_base_url(&url.value) {
        Some(good) => Some(good),
        None => {
            keys.report(Code::BadValue, url.range)
                .arg("key", "base_url")
                .arg("known", "https://eksempel.dk/vejledning/");
            None
        }
    }
}

/// An absolute `http` or `https` address without query or fragment, with `/` at its end; else `None`.
pub fn check_base_url(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%[]".contains(c);
    let is_good = !host.is_empty()
        && rest.chars().all(is_plain)
        && !rest.contains("//")
        && !rest.contains("/..");
    is_good.then(|| format!("{}/", url.trim_end_matches('/')))
}

/// Sites that may frame this one, such as an intranet: `https://intranet.eksempel.dk`, or `self`.
fn frame_ancestors(keys: &mut KeyReader) -> Vec<String> {
    let mut framers = Vec::new();
    for framer in keys.texts("frame_ancestors") {
        if framer.value == "self" {
            framers.push("'self'".to_string());
        } else if is_origin(&framer.value) {
            framers.push(framer.value);
        } else {
            keys.report(Code::BadValue, framer.range)
                .arg("key", "frame_ancestors")
                .arg("known", "https://intranet.eksempel.dk, self");
        }
    }
    framers
}

/// A scheme, a host and perhaps a port: what a policy can name.
fn is_origin(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
    host.is_some_and(|host| !host.is_empty() && host.chars().all(is_plain))
}

fn theme_name(keys: &mut KeyReader) -> String {
    keys.id("theme")
        .map_or_else(|| "standard".to_string(), |name| name.value)
}

fn check_id(keys: &mut KeyReader, id: &Spanned<String>) {
    if !is_id(&id.value) {
        let proposed = crate::text::slug::slug(&id.value);
        keys.report(Code::BadId, id.range.clone())
            .arg("value", id.value.clone())
            .propose(proposed);
    }
}

fn languages(keys: &mut KeyReader) -> Vec<LanguageConfig> {
    keys.maps_by_name("languages", |keys, code| {
        let folder = keys.text("folder");
        if let Some(folder) = &folder {
            check_id(keys, folder);
        }
        let title = keys.words("title");
        let description = keys.words("description");
        if !is_language(&code.value) {
            keys.report(Code::BadValue, code.range)
                .arg("key", "languages")
                .arg("known", "da, en, de, sv, nb …");
            return None;
        }
        Some(LanguageConfig {
            folder: folder.map_or_else(|| code.value.clone(), |f| f.value),
            code: code.value,
            title,
            description,
        })
    })
}

/// Page ids or paths, or `{page, title}`.
fn menu(keys: &mut KeyReader) -> Option<Vec<MenuItem>> {
    keys.texts_or_maps(
        "menu",
        |page| MenuItem { page, title: None },
        |keys| {
            let page = keys.required_text("page");
            let title = keys.words("title");
            page.map(|page| MenuItem { page, title })
        },
    )
}

/// `statement` may be an address too: then it is that of the statement in the national tool.
fn accessibility(keys: &mut KeyReader) -> Accessibility {
    let is_address = |text: &Spanned<String>| text.value.starts_with("https://");
    let statement = keys.text("statement");
    let was = keys.text_like("was", "^https://[^ ]+$");
    if let Some(bad) = was.as_ref().filter(|was| !is_address(was)) {
        keys.report(Code::BadValue, bad.range.clone())
            .arg("key", "was")
            .arg("known", "https://was.digst.dk/eksempel-dk");
    }
    let place = statement.as_ref().or(was.as_ref());
    let place = place.map(|text| text.range.clone()).unwrap_or_default();
    let page = statement.clone().filter(|text| !is_address(text));
    Accessibility {
        was: was
            .filter(is_address)
            .or(statement)
            .filter(is_address)
            .map(|address| address.value),
        statement: page,
        phone: keys.words("phone"),
        email: keys.words("email"),
        date: keys.date("date"),
        place,
    }
}

fn contacts(keys: &mut KeyReader) -> Vec<Contact> {
    keys.maps_by_name("contacts", |keys, id| {
        check_id(keys, &id);
        Some(Contact {
            id: id.value,
            name: keys
                .required_text("name")
                .map(|t| t.value)
                .unwrap_or_default(),
            email: keys.words("email"),
            phone: keys.words("phone"),
            address: keys.words("address"),
        })
    })
}

fn duration(keys: &mut KeyReader, key: &'static str) -> Option<Duration> {
    let text = keys.text_like(key, "^[0-9]{1,4} *(d|w|m|y|days?|weeks?|months?|years?)$")?;
    let duration = Duration::parse(&text.value);
    if duration.is_none() {
        keys.report(Code::BadDate, text.range)
            .arg("key", key)
            .arg("value", text.value);
    }
    duration
}

fn limits(keys: &mut KeyReader) -> Limits {
    const MEBIBYTE: i64 = 1024 * 1024;
    let mut limits = Limits::default();
    keys.map("limits", |keys| {
        if let Some(pages) = keys.integer("pages", 1..=1_000_000) {
            limits.pages = pages.value as usize;
        }
        if let Some(bytes) = keys.integer("page_bytes", 1024..=64 * MEBIBYTE) {
            limits.page_bytes = bytes.value as u64;
        }
        if let Some(bytes) = keys.integer("asset_bytes", 1024..=4096 * MEBIBYTE) {
            limits.asset_bytes = bytes.value as u64;
        }
    });
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut diags = Diagnostics::new();
        read(text, &mut diags);
        let found: Vec<_> = diags
            .list()
            .iter()
            .map(|d| {
                (
                    d.code.name(),
                    &text[d.primary.span.start as usize..d.primary.span.end as usize],
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_small_configuration_is_enough() {
        check("id: abc\ntitle: T\n", &[]);
    }

    #[test]
    fn every_mistake_has_its_place() {
        check(
            "id: A b\ntitel: T\nlanguage: dansk\nbase_url: eksempel.dk\nfront_matter: loose\ncontacts: {red: {nam: x}}\n",
            &[
                ("bad-id", "A b"),
                ("missing-key", ""),
                ("bad-value", "dansk"),
                ("bad-value", "eksempel.dk"),
                ("bad-value", "loose"),
                ("missing-key", ""),
                ("unknown-key", "nam"),
                ("unknown-key", "titel"),
            ],
        );
    }

    #[test]
    fn addresses_end_with_a_slash() {
        assert_eq!(
            check_base_url("https://x.dk/a").as_deref(),
            Some("https://x.dk/a/")
        );
        assert_eq!(check_base_url("javascript://x"), None);
        assert_eq!(check_base_url("https:///a"), None);
    }
}
