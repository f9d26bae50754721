//! The theme's contract in the handbook is made from the code: every value a template gets with its type, the blocks
//! and components it may use. `SNAPSHOTS=overwrite` writes it anew.
//!
//! In: `src/model/plan/views*` and the templates, read as text. Out: all of `content/en/theme-contract.md` below its
//! first generated heading.

use crate::support::{files_below, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "content/en/theme-contract.md";
/// From here on the page is made.
const FIRST: &str = "## What every template gets\n";
/// Where a template's values begin.
const ROOTS: [&str; 2] = ["SiteView", "PageView"];

#[derive(Debug)]
struct Field {
    name: String,
    kind: String,
    about: String,
    is_flat: bool,
}

#[derive(Debug, Default)]
struct View {
    about: String,
    fields: Vec<Field>,
}

/// The views, by name. A field that is not handed on is left out, unless `render` adds it itself.
fn views(text: &str, found: &mut BTreeMap<String, View>) {
    let mut about = String::new();
    let mut marks = String::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            about.push_str(if about.is_empty() { "" } else { " " });
            about.push_str(words);
        } else if line.starts_with("#[serde") {
            marks.push_str(line);
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split([' ', '(', ';', '<']).next().unwrap_or_default();
            found.entry(name.to_string()).or_default().about = std::mem::take(&mut about);
            open = Some(name.to_string());
        } else if line == "}" {
            open = None;
            about.clear();
        } else if let (Some(name), Some(field)) = (&open, line.strip_prefix("pub ")) {
            let (field, kind) = field.split_once(": ").unwrap_or((field, ""));
            let is_hidden = marks.contains("skip") && field != "linked_data";
            if !is_hidden {
                let renamed = marks.split("rename = \"").nth(1);
                let renamed = renamed.and_then(|rest| rest.split('"').next());
                let fields = &mut found.entry(name.clone()).or_default().fields;
                fields.push(Field {
                    name: renamed.unwrap_or(field).to_string(),
                    kind: kind.trim_end_matches(',').to_string(),
                    about: std::mem::take(&mut about),
                    is_flat: marks.contains("flatten"),
                });
            }
            about.clear();
            marks.clear();
        } else if !line.starts_with("#[") {
            about.clear();
        }
    }
}

/// A type in words; views of our own are noted in `used`.
fn kind(rust: &str, used: &mut BTreeSet<String>) -> String {
    let inside = |prefix: &str| rust.strip_prefix(prefix)?.strip_suffix('>');
    if let Some(inner) = inside("Option<") {
        return format!("{}, or null", kind(inner, used));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", kind(inner, used));
    }
    if let Some(inner) = inside("Arc<").or_else(|| inside("Box<")) {
        return kind(inner, used);
    }
    match rust {
        "str" | "String" | "&'static str" => "text".to_string(),
        "bool" => "true or false".to_string(),
        "usize" | "u8" | "u32" | "i64" => "number".to_string(),
        name if name.chars().all(char::is_alphanumeric) => {
            used.insert(name.to_string());
            format!("[{name}](#{})", name.to_lowercase())
        }
        other => panic!("a type without a word: {other}"),
    }
}

fn cell(text: &str) -> String {
    text.replace("`None`", "null")
        .replace("[`", "`")
        .replace("`]", "`")
        .replace('|', "\\|")
        .replace('[', "\\[")
}

fn table(out: &mut String, view: &View, used: &mut BTreeSet<String>) {
    out.push_str("| Value | Type | What it is |\n| --- | --- | --- |\n");
    for field in &view.fields {
        let shape = kind(&field.kind, used);
        let name = match field.is_flat {
            true => format!("the values of {shape}"),
            false => format!("`{}`", field.name),
        };
        _ = writeln!(out, "| {name} | {shape} | {} |", cell(&field.about));
    }
    out.push('\n');
}

fn templates() -> Vec<(String, String)> {
    let root = repository().join("themes/standard/templates");
    let template = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("found below it");
        let text = fs::read_to_string(&path).expect("a template");
        (name.display().to_string(), text)
    };
    files_below(&root, "html")
        .into_iter()
        .map(template)
        .collect()
}

/// The words after a mark, up to what ends a name.
fn named<'t>(text: &'t str, mark: &'t str, ends: &'static [char]) -> impl Iterator<Item = &'t str> {
    text.split(mark)
        .skip(1)
        .filter_map(move |rest| rest.split(ends).next())
}

fn contract() -> String {
    let mut all = BTreeMap::new();
    let folder = repository().join("src/model/plan");
    let mut files = vec![folder.join("views.rs")];
    let parts = fs::read_dir(folder.join("views")).expect("views can be listed");
    files.extend(parts.map(|entry| entry.expect("an entry").path()));
    files.sort();
    for file in &files {
        views(&fs::read_to_string(file).expect("source"), &mut all);
    }
    let mut out = String::from(FIRST);
    out.push_str(
        "\n| Name | What it is |\n| --- | --- |\n\
         | `site` | The site as every page of a language sees it: [SiteView](#siteview) |\n\
         | `page` | The page: [PageView](#pageview) |\n\
         | `t` | The interface texts of the page's language, by the keys of `i18n/en.yaml` |\n\
         | `frame` | `header`, `footer` and `section_nav`: the parts that pages share, ready made |\n\n\
         `page` also has `content`, the page's text as safe HTML; `bodies`, the texts of the entries that stand on it, by \
         their ids; on a model's page `model.diagram`; where there is a `status`, `status.icon`; and in `booklet.html` `chapters`, each `{id, new_page, html}` and made by \
         `chapter.html` from the page it shows. Parts of the frame get `site` and `t`, and the section's \
         navigation gets `nav`: [NavView](#navview).\n\n",
    );
    let mut told = BTreeSet::new();
    let mut waiting: Vec<String> = ROOTS.iter().map(ToString::to_string).collect();
    waiting.push("NavView".to_string());
    let mut at = 0;
    out.push_str("## The views\n\n");
    while at < waiting.len() {
        let name = waiting[at].clone();
        at += 1;
        if !told.insert(name.clone()) {
            continue;
        }
        let view = all.get(&name).unwrap_or_else(|| panic!("no view {name}"));
        _ = writeln!(out, "### {name} {{#{}}}\n", name.to_lowercase());
        if !view.about.is_empty() {
            _ = writeln!(out, "{}\n", cell(&view.about));
        }
        let mut used = BTreeSet::new();
        table(&mut out, view, &mut used);
        waiting.extend(used);
    }
    out.push_str("## Blocks\n\nA template also has the blocks of the one it extends.\n\n| Template | Extends | Blocks |\n| --- | --- | --- |\n");
    let templates = templates();
    for (name, text) in templates
        .iter()
        .filter(|(name, _)| !name.starts_with("parts/"))
    {
        let extends = named(text, "{% extends \"", &['"']).next();
        let blocks: Vec<String> = named(text, "block ", &[' ', '%'])
            .filter(|block| {
                text.contains(&format!("block {block} %}}{{% endblock"))
                    || text.contains(&format!("endblock {block}"))
            })
            .map(|block| format!("`{block}`"))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let extends = extends.map_or_else(String::new, |parent| format!("`{parent}`"));
        _ = writeln!(out, "| `{name}` | {extends} | {} |", blocks.join(", "));
    }
    out.push_str("\n## Components\n\nSmall pieces in `parts/components.html`; a component sees only what it is given.\n\n");
    for (_, text) in &templates {
        for head in named(text, "component ui.", &['%']) {
            if head.contains('(') {
                _ = writeln!(out, "- `ui.{}`", head.trim_end_matches(['-', ' ']));
            }
        }
    }
    out
}

#[test]
fn the_contract_in_the_handbook_is_that_of_the_code() {
    let path = repository().join(PAGE);
    let page = fs::read_to_string(&path).expect("the page");
    let contract = contract();
    assert!(
        contract.matches("\n| `").count() > 200,
        "too little was found"
    );
    let start = page.find(FIRST).expect("the page has the generated part");
    if std::env::var("SNAPSHOTS").is_ok_and(|how| how == "overwrite") {
        fs::write(&path, format!("{}{contract}", &page[..start])).expect("the page");
        return;
    }
    assert!(
        page[start..] == contract,
        "{} is not what the code says; run with SNAPSHOTS=overwrite, and read the difference",
        Path::new(PAGE).display()
    );
}

#[test]
fn the_reader_of_views_knows_their_forms() {
    let mut found = BTreeMap::new();
    let text = "/// A thing.\n#[derive(Serialize)]\npub struct ThingView {\n    /// Its kind.\n    #[serde(rename = \"type\")]\n    pub kind: Option<Vec<LinkView>>,\n    #[serde(skip)]\n    pub hidden: usize,\n    pub count: u32,\n}\n";
    views(text, &mut found);
    let view = &found["ThingView"];
    assert_eq!(view.about, "A thing.");
    let fields: Vec<_> = view.fields.iter().map(|f| (&*f.name, &*f.about)).collect();
    assert_eq!(fields, [("type", "Its kind."), ("count", "")]);
    let mut used = BTreeSet::new();
    assert_eq!(
        kind(&view.fields[0].kind, &mut used),
        "list of [LinkView](#linkview), or null"
    );
    assert!(used.contains("LinkView"));
}
