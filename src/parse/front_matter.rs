//! Front matter: from the YAML between two `---` lines to typed values.
//!
//! In: the file's text. Out: the front matter and where the body begins; every key that is unknown, missing or of
//! the wrong type is a finding at its own place. Knows no other file: whether an id exists is for `resolve`.

mod claims;
mod kinds;

use super::ParseOptions;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::*;
use crate::text::date::{self, Duration};
use crate::text::slug::is_id;
use crate::text::span::{BYTE_ORDER_MARK, Spanned, TextRange};
use crate::yaml::{self, Data, KeyReader, Shape};

/// The largest front matter, in bytes.
pub const MAX_FRONT_MATTER: usize = 64 * 1024;
/// The most aliases of one page.
pub const MAX_ALIASES: usize = 50;

/// A date, or a length of time as `text::date::Duration` reads it, for editors' tools.
const DATE_OR_DURATION: &str =
    "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,4} *(d|w|m|y|days?|weeks?|months?|years?))$";

/// Where front matter and body lie in a file.
pub struct Parts {
    pub yaml: Option<TextRange>,
    pub body_start: u32,
}

/// Finds the front matter. A file that does not begin with a `---` line is all body; one whose front matter is never
/// closed is a finding and is all body too.
pub fn split(text: &str, diags: &mut Diagnostics<TextRange>) -> Parts {
    let start = if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len_utf8()
    } else {
        0
    };
    let no_front_matter = Parts {
        yaml: None,
        body_start: start as u32,
    };
    let Some(opening) = fence(&text[start..]) else {
        return no_front_matter;
    };
    let yaml_start = start + opening;
    let mut at = yaml_start;
    loop {
        let line = &text[at..];
        if let Some(length) = fence(line) {
            return Parts {
                yaml: Some(yaml_start as u32..at as u32),
                body_start: (at + length) as u32,
            };
        }
        match line.find('\n') {
            Some(end) => at += end + 1,
            None => break,
        }
    }
    diags.add(Code::FrontMatterOpen, start as u32..start as u32 + 3);
    no_front_matter
}

/// The length of a `---` line with its end, if the text begins with one.
fn fence(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("---")?;
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    rest[..end].trim().is_empty().then_some(3 + end)
}

/// Reads the front matter of a file. `None` when its YAML cannot be read at all: the page then stays known by its
/// path alone.
pub fn read(
    text: &str,
    parts: &Parts,
    options: &ParseOptions,
    diags: &mut Diagnostics<TextRange>,
) -> Option<FrontMatter> {
    let is_lenient = options.is_lenient;
    let Some(range) = &parts.yaml else {
        let is_open = diags
            .list()
            .iter()
            .any(|finding| finding.code == Code::FrontMatterOpen);
        if !is_lenient && !is_open {
            diags.add(Code::MissingKey, 0..0).arg("key", "title");
        }
        return Some(FrontMatter::default());
    };
    let source = &text[range.start as usize..range.end as usize];
    if source.len() > MAX_FRONT_MATTER {
        diags
            .add(Code::FileTooLarge, range.start..range.start)
            .arg("what", "front-matter")
            .arg("limit", format!("{} kB", MAX_FRONT_MATTER / 1024));
        return None;
    }
    let node = yaml::parse(source, range.start, diags)?;
    if is_lenient && !matches!(node.data, Data::Map(_)) {
        return Some(FrontMatter::default());
    }
    Some(read_keys(&node, options, diags))
}

fn read_keys(
    node: &yaml::Node,
    options: &ParseOptions,
    diags: &mut Diagnostics<TextRange>,
) -> FrontMatter {
    let mut keys = KeyReader::new(node, options.is_lenient, diags);
    let mut front_matter = read_all(&mut keys, None, options.is_lenient);
    for taxonomy in &options.taxonomies {
        if let Some(terms) = keys.own_texts(taxonomy).filter(|terms| !terms.is_empty()) {
            front_matter.own_terms.push((taxonomy.clone(), terms));
        }
    }
    keys.finish();
    front_matter
}

/// What the front matter of a kind may hold, for editors' tools.
pub fn shape(kind: Kind) -> Shape {
    KeyReader::shape_of(|keys| read_all(keys, Some(kind), false))
}

/// Reads every key there is. The kind is the page's own word, unless it is given.
fn read_all(keys: &mut KeyReader, given: Option<Kind>, is_lenient: bool) -> FrontMatter {
    let kinds = Kind::ALL.map(|kind| (kind.name(), kind));
    let kind = keys.choice("kind", &kinds);
    let kind = given.or(kind).unwrap_or_default();
    let id = if kind == Kind::Checklist && !is_lenient {
        required_id(keys)
    } else {
        keys.id("id")
    };
    let title = title_key(keys, is_lenient);
    let front_matter = FrontMatter {
        id,
        title,
        short_title: keys.words("short_title"),
        description: keys.words("description").filter(|text| !text.is_empty()),
        weight: keys
            .integer("weight", -1_000_000..=1_000_000)
            .map(|n| n.value),
        slug: slug_key(keys),
        aliases: aliases(keys),
        is_draft: keys.boolean("draft").unwrap_or_default(),
        template: keys.text("template"),
        date: keys.date("date").map(|d| d.value),
        updated: keys.date("updated"),
        published: keys.date("published").map(|d| d.value),
        reviewed: keys.date("reviewed"),
        review_by: review_by(keys),
        owner: keys.text("owner"),
        status: keys
            .choice(
                "status",
                &[
                    ("current", Status::Current),
                    ("superseded", Status::Superseded),
                    ("withdrawn", Status::Withdrawn),
                    ("retracted", Status::Retracted),
                ],
            )
            .unwrap_or_default(),
        status_place: keys
            .node("status")
            .map(|node| node.range.clone())
            .unwrap_or_default(),
        superseded_by: keys.text("superseded_by"),
        topics: keys.texts("topics"),
        roles: keys.texts("roles"),
        own_terms: Vec::new(),
        sources: keys.texts("sources"),
        figures: keys
            .maps("figures", claims::figure)
            .into_iter()
            .flatten()
            .collect(),
        evidence: evidence(keys, is_lenient),
        related: related(keys),
        changes: keys.maps("changes", change).into_iter().flatten().collect(),
        key_points: values(keys.texts("key_points")),
        toc: keys.boolean("toc"),
        is_noindex: keys.boolean("noindex").unwrap_or_default(),
        translates: keys.text("translates"),
        keywords: values(keys.texts("keywords")),
        kind: kinds::read(kind, keys),
    };
    keys.free_map("extra");
    front_matter
}

/// The title; an empty one is none.
fn title_key(keys: &mut KeyReader, is_lenient: bool) -> Option<Spanned<String>> {
    let title = if is_lenient {
        keys.text("title")
    } else {
        keys.required_text("title")
    }?;
    if title.value.is_empty() && !is_lenient {
        keys.report(Code::MissingKey, title.range.clone())
            .arg("key", "title");
    }
    Some(title).filter(|title| !title.value.is_empty())
}

/// Evidence that cannot be read has been told of; it is not missing as well.
fn evidence(keys: &mut KeyReader, is_lenient: bool) -> Option<Evidence> {
    let evidence = keys.map("evidence", claims::evidence);
    let is_written = keys.node("evidence").is_some() && !is_lenient;
    evidence.or_else(|| is_written.then(Evidence::default))
}

fn required_id(keys: &mut KeyReader) -> Option<Spanned<String>> {
    keys.required_node("id");
    keys.id("id")
}

/// The texts of a list without their places.
fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts
        .into_iter()
        .map(|text| text.value)
        .filter(|text| !text.is_empty())
        .collect()
}

fn slug_key(keys: &mut KeyReader) -> Option<Spanned<String>> {
    let slug = keys.text_like("slug", "^[A-Za-z0-9]([a-z0-9-]*[a-z0-9])?$")?;
    let is_good = is_id(&slug.value)
        || slug.value.len() == 1 && slug.value.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_good || crate::text::file_name::is_device(&slug.value) {
        let proposed = crate::text::slug::slug(&slug.value);
        keys.report(Code::BadId, slug.range)
            .arg("value", slug.value)
            .propose(proposed);
        return None;
    }
    Some(slug)
}

/// Old addresses: relative to the site's root, without `..`, one redirect page each.
fn aliases(keys: &mut KeyReader) -> Vec<Spanned<String>> {
    let mut aliases = keys.texts("aliases");
    if aliases.len() > MAX_ALIASES {
        let range = aliases[MAX_ALIASES].range.clone();
        keys.report(Code::TooLong, range)
            .arg("key", "aliases")
            .arg("limit", MAX_ALIASES.to_string());
        aliases.truncate(MAX_ALIASES);
    }
    aliases.retain_mut(|alias| {
        let path = alias.value.trim_matches('/').to_string();
        let is_good = !path.is_empty()
            && path.len() <= 400
            && path.split('/').all(|part| {
                !part.is_empty()
                    && !part.starts_with('.')
                    && crate::text::file_name::proposed(part).is_none()
                    && part
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            });
        if is_good {
            alias.value = path;
        } else {
            let proposed = path
                .split('/')
                .map(crate::text::slug::slug)
                .filter(|s| !s.is_empty())
                .collect::<Vec<_>>()
                .join("/");
            keys.report(Code::BadId, alias.range.clone())
                .arg("value", alias.value.clone())
                .propose(proposed);
        }
        is_good
    });
    aliases
}

fn review_by(keys: &mut KeyReader) -> Option<Spanned<ReviewBy>> {
    let text = keys.text_like("review_by", DATE_OR_DURATION)?;
    let date = date::parse(&text.value).map(ReviewBy::Date);
    let found = date.or_else(|| Duration::parse(&text.value).map(ReviewBy::After));
    if let Some(found) = found {
        return Some(Spanned::new(found, text.range));
    }
    keys.report(Code::BadDate, text.range)
        .arg("key", "review_by")
        .arg("value", text.value);
    None
}

/// Related pages: plain ids, or mappings with what the link is.
fn related(keys: &mut KeyReader) -> Vec<Related> {
    let plain = |to| Related {
        to,
        why: None,
        relation: Relation::Related,
        is_editorial: false,
    };
    keys.texts_or_maps("related", plain, related_map)
        .unwrap_or_default()
}

fn related_map(keys: &mut KeyReader) -> Option<Related> {
    let to = keys.required_text("to");
    let why = keys.words("why");
    let relation = keys.choice(
        "as",
        &[
            ("related", Relation::Related),
            ("supports", Relation::Supports),
            ("contrast", Relation::Contrast),
            ("inspired-by", Relation::InspiredBy),
            ("part-of", Relation::PartOf),
            ("uses", Relation::Uses),
        ],
    );
    let is_editorial = keys.boolean("editorial").unwrap_or_default();
    Some(Related {
        to: to?,
        why,
        relation: relation.unwrap_or(Relation::Related),
        is_editorial,
    })
}

fn change(keys: &mut KeyReader, _place: TextRange) -> Option<Change> {
    keys.required_node("date");
    let date = keys.date("date");
    keys.required_node("type");
    let weight = keys.choice(
        "type",
        &[
            ("editorial", ChangeWeight::Editorial),
            ("clarification", ChangeWeight::Clarification),
            ("substantial", ChangeWeight::Substantial),
        ],
    );
    let text = keys.required_text("text");
    let sections = values(keys.texts("sections"));
    Some(Change {
        date: date?,
        weight: weight?,
        text: text?.value,
        sections,
    })
}
