//! The schema for editors' tools says of a file what the program's own reader says of its keys.
//!
//! In: every page of the example site and of all fixtures. What takes two keys, two files or a calendar to know is
//! beyond a schema; such findings are named below, and no other difference is allowed.

use crate::support::{files_below, repository};
use jsonschema::Validator;
use std::fs;
use std::sync::Arc;
use vejviser::diagnostic::catalogue::MessageLanguage;
use vejviser::diagnostic::{Code, Diagnostics};
use vejviser::parse::{ParseOptions, parse};
use vejviser::{config, schema};

/// The findings that a schema makes too.
const OF_KEYS: [Code; 9] = [
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongType,
    Code::BadValue,
    Code::BadDate,
    Code::BadId,
    Code::TooLong,
    Code::DerivedFigure,
    Code::LinkScheme,
];

/// Mistakes of these kinds that a schema cannot see: fixture, and why.
const BEYOND: &[(&str, &str)] = &[
    (
        "values-over-their-limits",
        "a schema counts neither the words of a definition nor what is in a list and still one text",
    ),
    (
        "taxonomies-are-checked",
        "under names of the author's own a schema knows no keys",
    ),
];

fn validator(schema: &serde_json::Value) -> Validator {
    jsonschema::draft7::new(schema).expect("the schema is a schema")
}

/// The front matter of a page as a YAML service sees it; `None` without front matter, or where it is no YAML.
fn front_matter(text: &str) -> Option<serde_json::Value> {
    let text = text.replace("\r\n", "\n");
    let rest = text.trim_start_matches('\u{feff}').strip_prefix("---\n")?;
    let end = rest.find("\n---")?;
    serde_yaml::from_str(&rest[..end + 1]).ok()
}

#[test]
fn every_page_of_the_example_site_fits() {
    let text = fs::read_to_string(repository().join("vejviser.yaml")).expect("it is there");
    let mut diags = Diagnostics::new();
    let site = config::read(&text, &mut diags).expect("it can be read");
    let whole = validator(&schema::front_matter(MessageLanguage::Danish, Some(&site)));
    let found = files_below(&repository().join("content"), "md");
    assert!(found.len() > 40, "only {} pages found", found.len());
    let mut faults = Vec::new();
    for path in &found {
        let value = front_matter(&fs::read_to_string(path).expect("a page"));
        let value = value.unwrap_or_else(|| panic!("{} has front matter", path.display()));
        for error in whole.iter_errors(&value) {
            faults.push(format!("{}: {error}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let value = serde_yaml::from_str(&text).expect("it is YAML");
    let configuration = validator(&schema::configuration(MessageLanguage::Danish));
    assert!(configuration.is_valid(&value), "vejviser.yaml does not fit");
}

#[test]
fn the_schema_finds_what_the_reader_finds() {
    let whole = validator(&schema::front_matter(MessageLanguage::English, None));
    let options = ParseOptions {
        is_lenient: false,
        allows_raw_html: true,
        taxonomies: Vec::new(),
    };
    let (mut good, mut bad, mut faults) = (0, 0, Vec::new());
    let found = files_below(&repository().join("tests/fixtures"), "md");
    for path in &found {
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let document = parse(&Arc::from(text.as_str()), &options);
        // What our YAML forbids, a YAML service may read.
        let (Some(_), Some(value)) = (&document.front_matter, front_matter(&text)) else {
            continue;
        };
        let told: Vec<&str> = document
            .findings
            .iter()
            .filter(|f| f.primary.span.start < document.body_start && OF_KEYS.contains(&f.code))
            .map(|f| f.code.name())
            .collect();
        let errors: Vec<String> = whole.iter_errors(&value).map(|e| e.to_string()).collect();
        let name = path.strip_prefix(repository()).unwrap_or(path).display();
        let is_beyond = BEYOND
            .iter()
            .any(|(part, _)| name.to_string().contains(part));
        match (told.is_empty(), errors.is_empty()) {
            (true, true) => good += 1,
            (false, false) => bad += 1,
            _ if is_beyond => {}
            _ => faults.push(format!(
                "{name}: the reader says {told:?}, the schema {errors:?}"
            )),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        good > 100 && bad > 5,
        "{good} good and {bad} bad pages are too few to tell"
    );
}

#[test]
fn the_schema_finds_what_the_reader_finds_in_configurations() {
    let whole = validator(&schema::configuration(MessageLanguage::English));
    let (mut good, mut bad, mut faults) = (0, 0, Vec::new());
    for case in fs::read_dir(repository().join("tests/fixtures")).expect("fixtures") {
        let path = case.expect("a fixture").path().join(config::FILE_NAME);
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let Ok(value) = serde_yaml::from_str::<serde_json::Value>(&text) else {
            continue;
        };
        let mut diags = Diagnostics::new();
        config::read(&text, &mut diags);
        let told: Vec<&str> = diags
            .list()
            .iter()
            .filter(|finding| OF_KEYS.contains(&finding.code))
            .map(|finding| finding.code.name())
            .collect();
        let errors: Vec<String> = whole.iter_errors(&value).map(|e| e.to_string()).collect();
        let name = path.strip_prefix(repository()).unwrap_or(&path).display();
        let is_beyond = BEYOND
            .iter()
            .any(|(part, _)| name.to_string().contains(part));
        match (told.is_empty(), errors.is_empty()) {
            (true, true) => good += 1,
            (false, false) => bad += 1,
            _ if is_beyond => {}
            _ => faults.push(format!(
                "{name}: the reader says {told:?}, the schema {errors:?}"
            )),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        good > 30 && bad > 0,
        "{good} good and {bad} bad configurations are too few to tell"
    );
}
