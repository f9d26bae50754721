//! JSON Schema of the configuration and of each kind's front matter, so that an editor completes and checks keys.
//!
//! In: what the readers ask for (their shapes), the words of `schema/keys.{da,en}.yaml`, and, within a site, its own
//! topics, roles and owners. Out: JSON of draft 07, which editors' YAML services read. The schema says nothing that
//! takes two keys or two files to know: whether an id exists stays with `check`.

use crate::config;
use crate::diagnostic::catalogue::MessageLanguage;
use crate::model::config::Config;
use crate::model::front_matter::Kind;
use crate::parse::front_matter_shape;
use crate::yaml::{self, Holds, KeyShape, Shape};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The longest text of a value, in characters; the reader's own limit.
const MAX_TEXT: usize = 5_000;
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The words for every key, by kind (or `common`, `configuration`) and dotted path.
type Words = BTreeMap<String, BTreeMap<String, String>>;

/// The schema of `vejviser.yaml`.
pub fn configuration(language: MessageLanguage) -> Value {
    let maker = Maker::new(&["configuration"], language, None);
    let mut schema = maker.object(&config::shape(), "");
    schema.insert("$schema".into(), DRAFT.into());
    schema.insert("title".into(), config::FILE_NAME.into());
    Value::Object(schema)
}

/// The schema of any page's front matter: what holds follows from `kind`.
pub fn front_matter(language: MessageLanguage, site: Option<&Config>) -> Value {
    let mut definitions = Map::new();
    let mut cases = Vec::new();
    for kind in Kind::ALL {
        let name = kind.name();
        let is_this = json!({"properties": {"kind": {"const": name}}, "required": ["kind"]});
        let condition = if kind == Kind::default() {
            json!({"anyOf": [is_this, {"not": {"required": ["kind"]}}, {"properties": {"kind": {"type": "null"}}}]})
        } else {
            is_this
        };
        cases.push(json!({"if": condition, "then": {"$ref": format!("#/definitions/{name}")}}));
        definitions.insert(name.into(), Value::Object(object_of(kind, language, site)));
    }
    let names = Kind::ALL.map(Kind::name);
    json!({
        "$schema": DRAFT,
        "title": "vejviser front matter",
        "type": "object",
        "properties": {"kind": {"enum": names}},
        "allOf": cases,
        "definitions": definitions,
    })
}

/// The schema of one kind's front matter.
pub fn of_kind(kind: Kind, language: MessageLanguage, site: Option<&Config>) -> Value {
    let mut schema = object_of(kind, language, site);
    schema.insert("$schema".into(), DRAFT.into());
    schema.insert("title".into(), kind.name().into());
    Value::Object(schema)
}

fn object_of(kind: Kind, language: MessageLanguage, site: Option<&Config>) -> Map<String, Value> {
    let groups = [kind.name(), "common"];
    let maker = Maker::new(&groups, language, site);
    maker.object(&front_matter_shape(kind), "")
}

/// Makes one schema.
struct Maker<'a> {
    /// Where the words for a key are looked for, in this order.
    groups: &'a [&'a str],
    words: Words,
    site: Option<&'a Config>,
}

impl<'a> Maker<'a> {
    fn new(groups: &'a [&'a str], language: MessageLanguage, site: Option<&'a Config>) -> Self {
        Maker {
            groups,
            words: words(language),
            site,
        }
    }

    fn object(&self, shape: &Shape, path: &str) -> Map<String, Value> {
        let mut properties = Map::new();
        for key in &shape.keys {
            properties.insert(key.name.clone(), self.property(key, path));
        }
        for taxonomy in self.own_taxonomies(path) {
            let names = self.names_of(&taxonomy);
            properties.insert(taxonomy, one_or_more(names.unwrap_or(json!({}))));
        }
        let required: Vec<&str> = shape
            .keys
            .iter()
            .filter(|key| key.is_required)
            .map(|key| key.name.as_str())
            .collect();
        let mut object = Map::new();
        object.insert("type".into(), "object".into());
        object.insert("properties".into(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("additionalProperties".into(), false.into());
        object
    }

    fn property(&self, key: &KeyShape, path: &str) -> Value {
        let below = format!("{path}{}", key.name);
        let mut value = self.value(&key.holds, &below);
        if !key.is_required {
            value = or_nothing(value);
        }
        if let (Some(text), Value::Object(value)) = (self.word(&below), &mut value) {
            value.insert("description".into(), text.into());
        }
        value
    }

    fn value(&self, holds: &Holds, path: &str) -> Value {
        let inside = format!("{path}.");
        match holds {
            Holds::Anything => json!({"not": {"type": "null"}}),
            Holds::Text => match self.names_of(path) {
                Some(names) => names,
                None => text(),
            },
            Holds::Form(form) => {
                json!({"type": ["string", "number", "boolean"], "pattern": form})
            }
            Holds::Texts => one_or_more(self.names_of(path).unwrap_or_else(text)),
            Holds::TextLists => {
                json!({"type": "array", "items": {"type": "array", "items": text()}})
            }
            Holds::Boolean => json!({"type": "boolean"}),
            Holds::Integer(limits) => {
                json!({"type": "integer", "minimum": limits.start(), "maximum": limits.end()})
            }
            Holds::Date => {
                json!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"})
            }
            Holds::Id => {
                json!({"type": ["string", "number"], "pattern": "^[a-z0-9][a-z0-9-]{0,78}[a-z0-9]$"})
            }
            Holds::Choice(names) => json!({"enum": choices(names)}),
            Holds::Map(shape) => Value::Object(self.object(shape, &inside)),
            Holds::Maps(shape) => {
                json!({"type": "array", "items": self.object(shape, &inside)})
            }
            Holds::TextsOrMaps(shape) => {
                json!({"type": "array", "items": {"anyOf": [text(), self.object(shape, &inside)]}})
            }
            Holds::NamedMaps(shape) => json!({
                "type": "object",
                "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9-]*$"},
                "additionalProperties": self.object(shape, &inside),
            }),
            Holds::FreeMap => json!({"type": "object"}),
        }
    }

    /// The names a site's configuration gives for a key: roles, topics, owners. `None` where any text will do.
    fn names_of(&self, path: &str) -> Option<Value> {
        let site = self.site?;
        let names: Vec<&str> = match path {
            "owner" => site.contacts.iter().map(|c| c.id.as_str()).collect(),
            "steps.role" => names(site, "roles")?,
            _ => names(site, path)?,
        };
        Some(json!({"enum": names}))
    }

    /// The site's taxonomies beyond topics and roles: each is a key of every page.
    fn own_taxonomies(&self, path: &str) -> Vec<String> {
        let taxonomies = self
            .site
            .filter(|_| path.is_empty())
            .map(|site| &site.taxonomies);
        taxonomies
            .into_iter()
            .flatten()
            .filter(|taxonomy| !taxonomy.is_built_in())
            .map(|taxonomy| taxonomy.name.value.clone())
            .collect()
    }

    fn word(&self, path: &str) -> Option<&str> {
        self.groups
            .iter()
            .find_map(|group| self.words.get(*group)?.get(path))
            .map(|text| text.trim_end())
    }
}

fn names<'s>(site: &'s Config, taxonomy: &str) -> Option<Vec<&'s str>> {
    Some(site.taxonomy(taxonomy)?.ids().collect())
}

fn words(language: MessageLanguage) -> Words {
    let text = match language {
        MessageLanguage::Danish => include_str!("schema/keys.da.yaml"),
        MessageLanguage::English => include_str!("schema/keys.en.yaml"),
    };
    yaml::catalogue(text).expect("the words for keys are part of the program and tested")
}

/// Numbers and true or false are taken as they are written.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"], "maxLength": MAX_TEXT})
}

/// A single value counts as a list of one.
fn one_or_more(item: Value) -> Value {
    json!({"anyOf": [item, {"type": "array", "items": item}]})
}

/// A key left empty counts as absent.
fn or_nothing(value: Value) -> Value {
    match value {
        Value::Object(mut map) if map.contains_key("enum") => {
            if let Some(Value::Array(names)) = map.get_mut("enum") {
                names.push(Value::Null);
            }
            Value::Object(map)
        }
        Value::Object(mut map) if map.contains_key("type") => {
            let types = match map.remove("type") {
                Some(Value::Array(types)) => types,
                Some(one) => vec![one],
                None => Vec::new(),
            };
            let types: Vec<Value> = types.into_iter().chain(["null".into()]).collect();
            map.insert("type".into(), Value::Array(types));
            Value::Object(map)
        }
        Value::Object(mut map) if map.contains_key("anyOf") => {
            if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
                choices.push(json!({"type": "null"}));
            }
            Value::Object(map)
        }
        _ => json!({}),
    }
}

/// `strength: 3` is a number to YAML and the word `3` to the reader.
fn choices(names: &[String]) -> Vec<Value> {
    let numbers = names
        .iter()
        .filter_map(|name| name.parse::<i64>().ok())
        .map(Value::from);
    names
        .iter()
        .map(|n| n.as_str().into())
        .chain(numbers)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn paths(shape: &Shape, path: &str, found: &mut BTreeSet<String>) {
        for key in &shape.keys {
            let below = format!("{path}{}", key.name);
            match &key.holds {
                Holds::Map(shape)
                | Holds::Maps(shape)
                | Holds::TextsOrMaps(shape)
                | Holds::NamedMaps(shape) => paths(shape, &format!("{below}."), found),
                _ => {}
            }
            found.insert(below);
        }
    }

    #[test]
    fn every_key_has_words_in_both_languages_and_every_word_a_key() {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut common = BTreeSet::new();
        paths(&front_matter_shape(Kind::Page), "", &mut common);
        for kind in Kind::ALL {
            let mut own = BTreeSet::new();
            paths(&front_matter_shape(kind), "", &mut own);
            let own: BTreeSet<String> = own.difference(&common).cloned().collect();
            if !own.is_empty() {
                all.insert(kind.name().to_string(), own);
            }
        }
        all.insert("common".to_string(), common);
        let mut configuration = BTreeSet::new();
        paths(&config::shape(), "", &mut configuration);
        all.insert("configuration".to_string(), configuration);
        for language in [MessageLanguage::Danish, MessageLanguage::English] {
            let told: BTreeMap<String, BTreeSet<String>> = words(language)
                .into_iter()
                .map(|(group, words)| (group, words.into_keys().collect()))
                .collect();
            assert_eq!(told, all, "{language:?}");
        }
    }
}
