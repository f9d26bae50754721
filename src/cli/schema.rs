//! `schema`: what an editor's tools may know of the keys, as JSON Schema.

use super::console::Console;
use super::{Exit, root};
use crate::diagnostic::Diagnostics;
use crate::fs::{Disk, Fs, shown};
use crate::model::config::Config;
use crate::model::front_matter::Kind;
use crate::{config, discover, schema};
use anyhow::{Context, Result};
use clap::ArgMatches;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Where the schemas of a site are put, below its root.
const FOLDER: &str = ".vejviser/schema";
/// What `schema` can print, beside the kinds.
pub const WHOLE: [&str; 2] = ["configuration", "front-matter"];

/// Prints one schema, or writes those of the configuration and of all front matter as files.
pub fn schema(options: &ArgMatches, console: &Console) -> Result<Exit> {
    let root = root(options)?;
    let site = site(&root)?;
    let what = options.get_one::<String>("what").map(String::as_str);
    if let Some(what) = what {
        console.print(&printed(&of(what, site.as_ref(), console)));
        return Ok(Exit::Clean);
    }
    let output = options.get_one::<PathBuf>("output").cloned();
    let folder = match output {
        Some(folder) => folder,
        None if site.is_none() => {
            super::build::configuration(&root, console)?;
            return Ok(Exit::Usage);
        }
        None => root.join(FOLDER),
    };
    Disk.create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", shown(&folder)))?;
    for (what, name) in [
        ("configuration", "vejviser.schema.json"),
        ("front-matter", "front-matter.schema.json"),
    ] {
        let text = printed(&of(what, site.as_ref(), console)) + "\n";
        write(&folder.join(name), &text)?;
    }
    console.tell("schema_done", &[("folder", &shown(&folder))]);
    Ok(Exit::Clean)
}

fn of(what: &str, site: Option<&Config>, console: &Console) -> Value {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == what);
    match kind {
        Some(kind) => schema::of_kind(kind, console.language, site),
        None if what == "configuration" => schema::configuration(console.language),
        None => schema::front_matter(console.language, site),
    }
}

fn printed(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("a schema is plain JSON")
}

/// The site's configuration, for its own topics, roles and owners; `None` where there is none that can be read.
fn site(root: &Path) -> Result<Option<Config>> {
    let Some(file) = discover::read_config(&Disk, root)? else {
        return Ok(None);
    };
    Ok(config::read(&file.text, &mut Diagnostics::new()))
}

/// Writes a file of ours anew: beside the old one first, so that an editor never reads half of it.
fn write(path: &Path, text: &str) -> Result<()> {
    let beside = path.with_extension("json.new");
    if Disk.kind(&beside)?.is_some() {
        Disk.remove_file(&beside)?;
    }
    Disk.write_new(&beside, text.as_bytes())
        .and_then(|()| Disk.rename(&beside, path))
        .with_context(|| format!("cannot write {}", shown(path)))
}
