//! Same input and same `--today`, same bytes: whatever threads, place, language, time zone, umask, clock or old output.
//!
//! The repository's own site is built again and again into folders of its own, and every file is compared with a
//! first build: content, and that no file is missing or too many. Times are looked at only where nothing may change.

use crate::support::{TODAY, repository, said};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::SystemTime;
use tempfile::TempDir;

/// Every file below a folder by its path, with what `look` says of it.
fn files<T>(root: &Path, look: fn(&Path) -> T) -> BTreeMap<String, T> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the output can be listed") {
            let path = entry.expect("the output can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(root).expect("it lies below the root");
                found.insert(below.to_string_lossy().into_owned(), look(&path));
            }
        }
    }
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("an output file can be read")
}

/// When a file was written, and who may read it.
fn state(path: &Path) -> (SystemTime, u32) {
    let data = fs::metadata(path).expect("an output file is there");
    let time = data.modified().expect("the file system keeps times");
    (time, data.permissions().mode())
}

/// A build of the site in `root` into `output`; `shell` stands before the program in the shell's line.
fn build(root: &Path, output: &Path, variables: &[(&str, &str)], options: &str, shell: &str) {
    let line = format!(
        "{shell} exec \"$0\" build --root \"$1\" --output \"$2\" --today {TODAY} -q {options}"
    );
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(line)
        .arg(env!("CARGO_BIN_EXE_vejviser"))
        .arg(root)
        .arg(output)
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(variables.iter().copied());
    let built = command.output().expect("a shell runs the program");
    assert!(built.status.success(), "{}", said(&built));
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The site as built with one thread, which all others are compared with.
static FIRST: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = folder();
    let output = folder.path().join("site");
    build(repository(), &output, &[], "--jobs 1", "");
    let found = files(&output, bytes);
    assert!(found.len() > 40, "only {} files", found.len());
    found
});

#[track_caller]
fn same(output: &Path) {
    let found = files(output, bytes);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&FIRST));
    let differ = FIRST.iter().filter(|(name, bytes)| found[*name] != **bytes);
    let differ: Vec<&String> = differ.map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "other bytes in {differ:?}");
}

#[track_caller]
fn check(variables: &[(&str, &str)], options: &str, shell: &str) {
    let folder = folder();
    let output = folder.path().join("site");
    build(repository(), &output, variables, options, shell);
    same(&output);
}

/// Copies what a site is made of. In reverse order, so that the file system may list it in another.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    let mut entries: Vec<_> = fs::read_dir(from)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    entries.sort();
    for path in entries.into_iter().rev() {
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

fn copy_of_the_site(to: &Path) {
    for name in ["content", "static", "themes"] {
        let from = repository().join(name);
        if from.is_dir() {
            copy(&from, &to.join(name));
        }
    }
    let name = "vejviser.yaml";
    fs::copy(repository().join(name), to.join(name)).expect("the site has a configuration");
}

#[test]
fn any_number_of_threads() {
    check(&[], "--jobs 4", "");
    check(&[], "--jobs 13", "");
}

#[test]
fn any_language_and_time_zone() {
    let danish = [
        ("LANG", "da_DK.UTF-8"),
        ("LC_ALL", "da_DK.UTF-8"),
        ("TZ", "Pacific/Kiritimati"),
    ];
    check(&danish, "", "");
    let turkish = [
        ("LANG", "tr_TR"),
        ("LC_ALL", "C"),
        ("LANGUAGE", "tr"),
        ("TZ", "America/Adak"),
    ];
    check(&turkish, "", "");
}

#[test]
fn any_language_of_the_messages() {
    check(&[], "--lang en", "");
}

#[test]
fn any_umask() {
    check(&[], "", "umask 077;");
    check(&[], "", "umask 000;");
}

#[test]
fn today_wins_over_the_clock_of_the_environment() {
    check(&[("SOURCE_DATE_EPOCH", "0")], "", "");
    check(&[("SOURCE_DATE_EPOCH", "4102444800")], "", "");
}

#[test]
fn any_folder_and_any_order_of_files() {
    let folder = folder();
    let root = folder.path().join("et andet sted æøå/dybt nede");
    copy_of_the_site(&root);
    let output = folder.path().join("site");
    build(&root, &output, &[], "", "");
    same(&output);
    let inside = root.join("output");
    build(&root, &inside, &[], "", "");
    same(&inside);
}

#[test]
fn from_inside_the_folder_by_a_relative_path() {
    let folder = folder();
    copy_of_the_site(folder.path());
    let root = folder.path().to_str().expect("a plain path");
    build(
        Path::new("."),
        Path::new("ud/site"),
        &[],
        "",
        &format!("cd \"{root}\";"),
    );
    same(&folder.path().join("ud/site"));
}

/// An old site with other pages, more pages and spoilt files becomes the same as one built from nothing.
#[test]
fn onto_an_older_site() {
    let folder = folder();
    copy_of_the_site(folder.path());
    let content = folder.path().join("content");
    let output = folder.path().join("site");
    let front = content.join("index.md");
    let was = fs::read(&front).expect("the site has a front page");
    let old = [was.as_slice(), "\n\nMere tekst.\n".as_bytes()].concat();
    fs::write(&front, old).expect("a file can be written");
    let extra = content.join("en-gammel-side.md");
    fs::write(&extra, "---\ntitle: Gammel\n---\n\nVæk.\n").expect("a file can be written");
    build(folder.path(), &output, &[], "", "");
    assert!(output.join("en-gammel-side/index.html").is_file());

    fs::write(&front, was).expect("a file can be written");
    fs::remove_file(&extra).expect("a file can be removed");
    fs::write(output.join("index.html"), "spoilt").expect("a file can be written");
    fs::remove_file(output.join("metoder/index.html")).expect("a file can be removed");
    build(folder.path(), &output, &[], "", "");
    same(&output);
    assert!(
        !output.join("en-gammel-side").exists(),
        "an empty folder is left"
    );
}

/// Building again what is there already writes nothing: every file keeps its time and mode.
#[test]
fn building_again_changes_nothing() {
    let folder = folder();
    let output = folder.path().join("site");
    build(repository(), &output, &[], "--jobs 4", "");
    let before = files(&output, state);
    build(
        repository(),
        &output,
        &[("TZ", "Asia/Tokyo")],
        "--jobs 1",
        "",
    );
    let after = files(&output, state);
    let touched: Vec<_> = after
        .iter()
        .filter(|(name, time)| before.get(*name) != Some(time))
        .collect();
    assert!(touched.is_empty(), "{touched:?}");
    assert_eq!(before.len(), after.len());
    same(&output);
}

/// Of files that are the same after a change elsewhere, the times are kept too.
#[test]
fn a_change_touches_only_what_it_changes() {
    let folder = folder();
    copy_of_the_site(folder.path());
    let output = folder.path().join("site");
    build(folder.path(), &output, &[], "", "");
    let (texts, times) = (files(&output, bytes), files(&output, state));
    let page = folder.path().join("content/om/privatliv.md");
    let text = fs::read_to_string(&page).expect("the site has a page on privacy");
    fs::write(&page, format!("{text}\nEt ord mere.\n")).expect("a file can be written");
    build(folder.path(), &output, &[], "", "");
    let (new_texts, new_times) = (files(&output, bytes), files(&output, state));
    assert_ne!(
        texts["om/privatliv/index.html"],
        new_texts["om/privatliv/index.html"]
    );
    for (name, text) in &new_texts {
        if texts.get(name) == Some(text) {
            assert_eq!(
                times[name], new_times[name],
                "{name} was written though it is the same"
            );
        }
    }
}

/// The date does decide: without this the test of the clock would pass for a program without dates.
#[test]
fn another_day_may_give_another_site() {
    let folder = folder();
    let page = "---\ntitle: Senere\npublished: 2027-01-01\n---\n\nTekst.\n";
    copy_of_the_site(folder.path());
    fs::write(folder.path().join("content/senere.md"), page).expect("a file can be written");
    let output = folder.path().join("site");
    build(
        folder.path(),
        &output,
        &[("SOURCE_DATE_EPOCH", "4102444800")],
        "",
        "",
    );
    same(&output);
    let program = env!("CARGO_BIN_EXE_vejviser");
    let later = Command::new(program)
        .args(["build", "-q", "--output", "site"])
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "4102444800")
        .output()
        .expect("the program runs");
    assert!(later.status.success(), "{}", said(&later));
    assert!(output.join("senere/index.html").is_file());
}
