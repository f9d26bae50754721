//! The taxonomies of the configuration: topics, roles, and those of the site's own.
//!
//! ```yaml
//! taxonomies:
//!   topics: {fravaer: Fravær, ledelse: {da: Ledelse, en: Leadership}}
//!   roles: {ppr: PPR, laerer: {title: Lærer, plural: lærere}}
//!   aargang: {title: Årgang, terms: {indskoling: Indskoling}}
//! ```
//!
//! Whether a name is free to be a key of pages is for `parse` to say, which knows the keys.

use super::check_id;
use crate::diagnostic::Code;
use crate::model::config::{LanguageConfig, Taxonomy, TaxonomyTerm, Title};
use crate::text::span::Spanned;
use crate::yaml::{Data, Entry, KeyReader, Node};

const KEY: &str = "taxonomies";
const TITLE: &str = "title";
const TERMS: &str = "terms";
const PLURAL: &str = "plural";

/// Reads them all; topics and roles always exist.
pub fn read(keys: &mut KeyReader, language: &str, others: &[LanguageConfig]) -> Vec<Taxonomy> {
    let languages: Vec<&str> = [language]
        .into_iter()
        .chain(others.iter().map(|other| other.code.as_str()))
        .collect();
    let mut taxonomies: Vec<Taxonomy> = Vec::new();
    for (name, node) in keys.free_map(KEY) {
        check_id(keys, &name);
        let Data::Map(entries) = &node.data else {
            keys.wrong_type(KEY, node, "map");
            continue;
        };
        taxonomies.push(taxonomy(keys, name, entries, &languages));
    }
    for name in [Taxonomy::TOPICS, Taxonomy::ROLES] {
        if !taxonomies
            .iter()
            .any(|taxonomy| taxonomy.name.value == name)
        {
            taxonomies.push(Taxonomy {
                name: Spanned::new(name.to_string(), 0..0),
                title: None,
                terms: Vec::new(),
            });
        }
    }
    taxonomies
}

/// `{id: title, …}`, or `{title: …, terms: {id: title, …}}` for one that has a title of its own.
fn taxonomy(
    keys: &mut KeyReader,
    name: Spanned<String>,
    entries: &[Entry],
    languages: &[&str],
) -> Taxonomy {
    let Some(list) = long_form(entries, languages) else {
        let terms = terms(keys, entries, languages);
        return Taxonomy {
            name,
            title: None,
            terms,
        };
    };
    let mut own_title = None;
    for entry in entries {
        match entry.key.as_str() {
            TITLE => own_title = title(keys, &entry.value, languages),
            TERMS => {}
            _ => unknown(keys, entry, &[TITLE, TERMS]),
        }
    }
    Taxonomy {
        name,
        title: own_title,
        terms: terms(keys, list, languages),
    }
}

/// The list of terms, where it stands under a key of its own. A term called `terms` has a text, or one per language.
fn long_form<'n>(entries: &'n [Entry], languages: &[&str]) -> Option<&'n [Entry]> {
    let list = entries.iter().find(|entry| entry.key == TERMS)?;
    match &list.value.data {
        Data::Map(terms) if !is_by_language(terms, languages) => Some(terms),
        _ => None,
    }
}

fn is_by_language(entries: &[Entry], languages: &[&str]) -> bool {
    !entries.is_empty()
        && entries
            .iter()
            .all(|entry| languages.contains(&entry.key.as_str()))
}

fn terms(keys: &mut KeyReader, entries: &[Entry], languages: &[&str]) -> Vec<TaxonomyTerm> {
    let mut terms = Vec::new();
    for entry in entries {
        let id = Spanned::new(entry.key.clone(), entry.key_range.clone());
        check_id(keys, &id);
        let found = term(keys, &id, &entry.value, languages);
        // Its name is known whatever is wrong with its title: pages that use it are right.
        terms.push(found.unwrap_or_else(|| TaxonomyTerm {
            title: Title {
                text: id.value.clone(),
                others: Vec::new(),
            },
            plural: None,
            id,
        }));
    }
    terms
}

/// `id: title`, or `id: {title: …, plural: …}`.
fn term(
    keys: &mut KeyReader,
    id: &Spanned<String>,
    node: &Node,
    languages: &[&str],
) -> Option<TaxonomyTerm> {
    let id = id.clone();
    let long = match &node.data {
        Data::Map(entries) if entries.iter().any(|entry| entry.key == TITLE) => entries,
        _ => {
            let title = title(keys, node, languages)?;
            let plural = None;
            return Some(TaxonomyTerm { id, title, plural });
        }
    };
    let (mut own_title, mut plural) = (None, None);
    for entry in long {
        match entry.key.as_str() {
            TITLE => own_title = title(keys, &entry.value, languages),
            PLURAL => plural = title(keys, &entry.value, languages),
            _ => unknown(keys, entry, &[TITLE, PLURAL]),
        }
    }
    own_title.map(|title| TaxonomyTerm { id, title, plural })
}

fn unknown(keys: &mut KeyReader, entry: &Entry, known: &[&str]) {
    keys.report(Code::UnknownKey, entry.key_range.clone())
        .arg("key", entry.key.clone())
        .nearest(&entry.key, known.iter().copied());
}

/// A text, or a text for each language.
fn title(keys: &mut KeyReader, node: &Node, languages: &[&str]) -> Option<Title> {
    let Data::Map(entries) = &node.data else {
        let text = keys.text_of(KEY, node)?.value;
        let others = Vec::new();
        return Some(Title { text, others });
    };
    let mut main = None;
    let mut others = Vec::new();
    for entry in entries {
        let text = keys.text_of(KEY, &entry.value).map(|text| text.value);
        if entry.key == languages[0] {
            main = text;
        } else if languages.contains(&entry.key.as_str()) {
            others.extend(text.map(|text| (entry.key.clone(), text)));
        } else {
            unknown(keys, entry, languages);
        }
    }
    if main.is_none() && !entries.iter().any(|entry| entry.key == languages[0]) {
        keys.report(Code::MissingKey, node.range.start..node.range.start)
            .arg("key", languages[0]);
    }
    main.map(|text| Title { text, others })
}
