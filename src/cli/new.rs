//! `new`: a page with the keys of its kind filled in.

use super::console::Console;
use super::{Exit, root};
use crate::diagnostic::catalogue::MessageLanguage;
use crate::fs::{Disk, EntryKind, Fs, shown};
use crate::model::front_matter::Kind;
use crate::text::slug::slug;
use crate::{config, discover};
use anyhow::{Context, Result};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Writes a draft of a page; never over a file that is there.
pub fn new(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    if super::build::configuration(&root, console)?.is_none() {
        return Ok(Exit::Usage);
    }
    let word = options
        .get_one::<String>("kind")
        .map_or("page", String::as_str);
    let title = options
        .get_one::<String>("title")
        .map_or("", |title| title.trim());
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.name() == word)
        .unwrap_or_default();
    let name = slug(title);
    let folder = match options.get_one::<String>("folder") {
        Some(folder) => folder.trim_matches('/').to_string(),
        None => usual_folder(&root, kind),
    };
    let is_inside = Path::new(&folder)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    if name.is_empty() || !is_inside {
        console.say("new_bad_folder", &[("folder", &folder)]);
        return Ok(Exit::Usage);
    }
    let folder_path = root.join(discover::CONTENT).join(&folder);
    let path = folder_path.join(format!("{name}.md"));
    let shown_path = PathBuf::from(discover::CONTENT)
        .join(&folder)
        .join(format!("{name}.md"));
    if Disk.kind(&path)?.is_some() {
        console.say("new_taken", &[("path", &shown(&shown_path))]);
        return Ok(Exit::Usage);
    }
    Disk.create_dir_all(&folder_path)
        .with_context(|| format!("cannot make {}", shown(&folder_path)))?;
    Disk.write_new(&path, page(kind, title, &name, console.language).as_bytes())
        .with_context(|| format!("cannot write {}", shown(&path)))?;
    console.tell("new_done", &[("path", &shown(&shown_path))]);
    Ok(Exit::Clean)
}

/// The folder where most pages of a kind already lie, else one named after the kind.
fn usual_folder(root: &Path, kind: Kind) -> String {
    let content = root.join(discover::CONTENT);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let line = format!("kind: {}", kind.name());
    for entry in Disk.walk(&content).unwrap_or_default() {
        let is_page = entry.kind == EntryKind::File
            && entry.path.extension().is_some_and(|ending| ending == "md");
        if !is_page {
            continue;
        }
        let Ok(bytes) = Disk.read(&content.join(&entry.path), config::MAX_CONFIG) else {
            continue;
        };
        if String::from_utf8_lossy(&bytes)
            .lines()
            .take(20)
            .any(|text| text.trim_end() == line)
        {
            let folder = entry
                .path
                .parent()
                .map(|folder| folder.to_string_lossy().into_owned())
                .unwrap_or_default();
            *counts.entry(folder).or_default() += 1;
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(folder, _)| folder);
    most.unwrap_or_else(|| match kind {
        Kind::Page | Kind::Guide => "guider".to_string(),
        Kind::Method => "metoder".to_string(),
        Kind::Model => "modeller".to_string(),
        Kind::Value => "vaerdier".to_string(),
        Kind::CoreElement => "kerneelementer".to_string(),
        Kind::Aspect => "aspekter".to_string(),
        Kind::Case => "cases".to_string(),
        Kind::Checklist => "tjeklister".to_string(),
        Kind::Term => "begreber".to_string(),
        Kind::Source => "kilder".to_string(),
    })
}

/// What a page rests on, until its author has said.
const EVIDENCE: &str = "evidence:\n  basis: []\n  strength: not-assessed\n  unknown: []\n";

/// The page's text: the required keys with something to write over, as a draft until the author says otherwise.
fn page(kind: Kind, title: &str, id: &str, language: MessageLanguage) -> String {
    let is_danish = language == MessageLanguage::Danish;
    let word =
        |danish: &'static str, english: &'static str| if is_danish { danish } else { english };
    let todo = word("Skriv her", "Write here");
    let quoted = serde_json::to_string(title).unwrap_or_default();
    let mut text = format!(
        "---\nkind: {}\nid: {id}\ntitle: {quoted}\ndraft: true\ndescription: {todo}\n",
        kind.name()
    );
    let keys = match kind {
        Kind::Page => String::new(),
        Kind::Guide => "chapters: []\n".to_string(),
        Kind::Method => format!(
            "purpose: {todo}\naudience: {todo}\nsteps:\n  - id: trin-1\n    title: {todo}\n    text: {todo}\nmaturity: developing\n{EVIDENCE}"
        ),
        Kind::Model => {
            format!("consists_of: {{}}\ncounts: {{}}\nmaturity: developing\n{EVIDENCE}")
        }
        Kind::Value | Kind::CoreElement | Kind::Aspect => {
            format!("model: model-id\nnumber: 1\nstatement: {todo}\n")
        }
        Kind::Case => {
            format!(
                "organisation: {todo}\ncase_type: municipal-practice\nperiod: {todo}\n{EVIDENCE}"
            )
        }
        Kind::Checklist => "version: 1\nanswers: done\n".to_string(),
        Kind::Term => format!("definition: {todo}\n"),
        Kind::Source => {
            format!("source_type: research\npublisher: {todo}\ndated: unknown\naccess: seen\n")
        }
    };
    text.push_str(&keys);
    text.push_str("---\n\n");
    text.push_str(match kind {
        Kind::Checklist => word(
            "## Før mødet\n\n- [ ] Skriv det første punkt {#foerste-punkt}\n",
            "## Before the meeting\n\n- [ ] Write the first item {#first-item}\n",
        ),
        Kind::Aspect => word(
            "## Kendetegn {#kendetegn}\n\n- [ ] Skriv det første kendetegn {#foerste}\n",
            "## Hallmarks {#kendetegn}\n\n- [ ] Write the first hallmark {#first}\n",
        ),
        _ => todo,
    });
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
