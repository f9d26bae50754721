//! What several test modules need: the program, the repository's own site built once, small sites from a text.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use vejviser::discover::read_config;
use vejviser::fs::Disk;
use vejviser::pipeline::{BuildOptions, Memory, Report, build_in_memory};
use vejviser::plan::{LinkStyle, PlanOptions};
use vejviser::text::date;

/// The date of every build in the tests.
pub const TODAY: &str = "2026-11-21";

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in a folder.
pub fn vejviser(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vejviser"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program runs")
}

/// What the program said to people, with the lines' ends as everywhere.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).replace("\r\n", "\n")
}

/// The repository's own site, built once into a temporary folder, with an address so that its page of errors works.
pub fn built_site() -> &'static Path {
    static SITE: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("site");
        let path = output.to_str().expect("a plain path");
        let built = vejviser(
            repository(),
            &[
                "build",
                "--output",
                path,
                "--today",
                TODAY,
                "--base-url",
                "http://127.0.0.1/kommune/vejledning/",
            ],
        );
        assert!(built.status.success(), "{}", said(&built));
        (folder, output)
    });
    &SITE.1
}

/// A site built into memory, with drafts.
pub fn in_memory(root: &Path) -> (Report, Memory) {
    let configuration = read_config(&Disk, root).expect("it can be read");
    let configuration = configuration.expect("it is there");
    let options = BuildOptions {
        today: date::parse(TODAY).expect("a date"),
        with_drafts: true,
        is_strict: false,
        plan: PlanOptions {
            link_style: LinkStyle::Folder,
            base_url: None,
            ..PlanOptions::default()
        },
    };
    build_in_memory(&Disk, root, &configuration, &options).expect("the folder can be listed")
}

/// A temporary site from one text: `-- path` begins each file. A configuration is added where none is given.
pub fn site(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("-- ") {
            Some(path) => files.push((path.trim().to_string(), String::new())),
            None => {
                if let Some((_, content)) = files.last_mut() {
                    content.push_str(line);
                }
            }
        }
    }
    if !files.iter().any(|(path, _)| path == "vejviser.yaml") {
        files.push((
            "vejviser.yaml".into(),
            "id: test\ntitle: Test\nbase_url: https://eksempel.dk/\n".into(),
        ));
    }
    for (path, content) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    folder
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder can be listed");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("a folder can be listed");
        entry.file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// The files below a folder whose names end so, sorted by path.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found
}
