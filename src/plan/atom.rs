//! The feed of substantial changes of each language, in Atom (RFC 4287).
//!
//! Made only where the site's address is known, since a feed is read away from the site. What it is known by does not
//! hold that address, so a site that moves tells nobody the same news twice.

use super::changes::{self, Entry};
use super::{Planner, sites};
use crate::model::plan::{Maker, Output};
use crate::text::escape::{ROOT, escaped};
use std::fmt::Write;

/// The feeds of all languages that have something to tell.
pub fn files(planner: &Planner) -> Vec<Output> {
    let languages = 0..planner.site.languages.len();
    languages
        .filter_map(|language| {
            let base = sites::base_url(planner)?;
            Some(Output {
                path: path(planner, language)?.into(),
                maker: Maker::Text(feed(planner, language, base)?),
            })
        })
        .collect()
}

/// The address of a language's feed as it stands in pages.
pub fn address(planner: &Planner, language: usize) -> Option<String> {
    Some(format!("{ROOT}{}", path(planner, language)?))
}

fn path(planner: &Planner, language: usize) -> Option<String> {
    sites::base_url(planner)?;
    let folder = changes::folder(planner, language)?;
    let has_news = !planner.logs[language].feed.is_empty();
    has_news.then(|| format!("{folder}atom.xml"))
}

fn feed(planner: &Planner, language: usize, base: &str) -> Option<String> {
    let site = planner.site;
    let own = &site.languages[language];
    let texts = planner.texts[language];
    let log = &planner.logs[language];
    let newest = log.feed.first()?.change(site)?.date.value;
    let author = site.config.publisher.as_deref().unwrap_or(&own.title);
    let folder = changes::folder(planner, language)?;
    let title = format!("{} – {}", own.title, texts.text("changes_title"));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n\
         <title>{title}</title>\n\
         <id>{id}</id>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{folder}atom.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{code}\" href=\"{base}{folder}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n\
         <author><name>{author}</name></author>",
        code = escaped(&own.code),
        title = escaped(&title),
        id = id(&site.config.id, &["feed", &own.code]),
        base = escaped(base),
        folder = escaped(&folder),
        author = escaped(author),
    );
    for entry in &log.feed {
        xml.push_str(&one(planner, *entry, base)?);
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn one(planner: &Planner, entry: Entry, base: &str) -> Option<String> {
    let site = planner.site;
    let page = site.page(entry.page);
    let fm = site.front_matter(page)?;
    let change = entry.change(site)?;
    let day = change.date.value;
    let title = if page.status.is_current() {
        page.title.to_string()
    } else {
        let word = format!("status_{}", page.status.name());
        format!("{}: {}", planner.texts(page).text(&word), page.title)
    };
    // A page may change more than once a day.
    let earlier = fm.changes[..entry.at].iter();
    let nth = earlier.filter(|other| other.date.value == day).count();
    let known_by = page.content_id.as_ref().unwrap_or(&page.path);
    let id = id(
        &site.config.id,
        &["change", known_by, &day.to_string(), &nth.to_string()],
    );
    let anchor = page.fragment.as_ref();
    let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
    Some(format!(
        "<entry>\n<title>{}</title>\n<id>{id}</id>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <updated>{day}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
        escaped(&title),
        escaped(&format!("{base}{}{anchor}", page.address)),
        escaped(&change.text),
    ))
}

/// An id that only what it is made from decides: a UUID of version 8, from a hash.
fn id(site: &str, parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [&[site], parts].concat() {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_are_uuids_of_our_own_making() {
        let one = id("proeve", &["change", "rejsehold", "2026-11-21", "0"]);
        assert_eq!(one.len(), "urn:uuid:".len() + 36);
        assert_eq!(
            (&one[23..24], &one[9 + 19..9 + 20] >= "8"),
            ("8", true),
            "{one}"
        );
        assert_eq!(
            one,
            id("proeve", &["change", "rejsehold", "2026-11-21", "0"])
        );
        assert_ne!(
            one,
            id("proeve", &["change", "rejsehold", "2026-11-21", "1"])
        );
        assert_ne!(id("a", &["bc"]), id("ab", &["c"]));
    }
}
