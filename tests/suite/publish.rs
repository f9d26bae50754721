//! Publishing: what ends up in the output, what is left alone, and what is refused.
//!
//! The faults, where the disk fails or the process dies at any call, are in `faults`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use vejviser::fs::Disk;
use vejviser::write::{MANIFEST, Mode, Published, Stage, WriteError, WriteOptions};

mod faults;

/// A small site: paths and contents.
type Site<'a> = &'a [(&'a str, &'a str)];

const OLD: Site = &[
    ("index.html", "old front"),
    ("sider/a/index.html", "page a"),
    ("sider/b/index.html", "page b, old"),
    ("vv-11111111.css", "old style"),
    ("begreb", "a file that becomes a folder"),
    ("emne/index.html", "a folder that becomes a file"),
    ("sitemap.xml", "old map"),
];

const NEW: Site = &[
    ("index.html", "new front"),
    ("sider/a/index.html", "page a"),
    ("sider/b/index.html", "page b, new"),
    ("sider/c/d/index.html", "page c"),
    ("vv-22222222.css", "new style"),
    ("begreb/index.html", "now a folder"),
    ("emne", "now a file"),
    ("sitemap.xml", "new map"),
];

/// Foreign files that are in no site's way, at several depths.
const FOREIGN: Site = &[
    (".gitkeep", ""),
    ("sider/noter.txt", "in a folder of ours"),
    ("sider/c/noter.txt", "in a folder that becomes ours"),
    (".git/refs/main", "in a folder of their own"),
    (".git/HEAD", "the same"),
];

fn options(adopt: bool) -> WriteOptions {
    WriteOptions {
        adopt,
        command: "test".to_owned(),
    }
}

fn build_with(
    fs: &dyn vejviser::fs::Fs,
    output: &Path,
    site: Site,
    adopt: bool,
) -> anyhow::Result<Published> {
    let stage = Stage::begin(fs, output, &options(adopt))?;
    for (path, text) in site {
        stage.put(path, text.as_bytes())?;
    }
    stage.publish()
}

fn build(output: &Path, site: Site) -> anyhow::Result<Published> {
    build_with(&Disk, output, site, false)
}

fn plant(output: &Path, files: Site) {
    for (path, text) in files {
        let path = output.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Everything below a folder: contents of files, targets of links, `/` for folders.
fn snapshot(root: &Path) -> BTreeMap<String, String> {
    fn look(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_symlink() {
                found.insert(
                    name,
                    format!("-> {}", fs::read_link(&path).unwrap().display()),
                );
            } else if path.is_dir() {
                found.insert(name, "/".to_owned());
                look(root, &path, found);
            } else {
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    if root.exists() {
        look(root, root, &mut found);
    }
    found
}

/// What a first build of `site`, with foreign files added, looks like.
fn expected(site: Site, foreign: Site) -> BTreeMap<String, String> {
    let folder = scratch();
    let output = folder.path().join("ud");
    assert_eq!(build(&output, site).unwrap().mode, Mode::Fresh);
    plant(&output, foreign);
    snapshot(&output)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A folder in memory where there is one: the faults need some thousand builds.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
    .unwrap()
}

fn temporary() -> (tempfile::TempDir, PathBuf) {
    let folder = scratch();
    let output = folder.path().join("ud");
    (folder, output)
}

#[test]
fn a_rebuild_brings_the_new_site_and_keeps_foreign_files() {
    let (folder, output) = temporary();
    build(&output, OLD).unwrap();
    plant(&output, FOREIGN);
    fs::create_dir(output.join("tom")).unwrap();
    let published = build(&output, NEW).unwrap();
    let counts = Published {
        files: 8,
        written: 7,
        unchanged: 1,
        removed: 3,
        mode: published.mode,
    };
    assert_eq!(published, counts);
    let mut wanted = expected(NEW, FOREIGN);
    wanted.insert("tom".to_owned(), "/".to_owned());
    assert_eq!(snapshot(&output), wanted);
    assert_eq!(names(folder.path()), ["ud"]);
}

#[test]
fn an_output_that_holds_only_foreign_files_is_filled() {
    let (folder, output) = temporary();
    plant(&output, FOREIGN);
    build(&output, NEW).unwrap();
    assert_eq!(snapshot(&output), expected(NEW, FOREIGN));
    build(&output, &[]).unwrap();
    let mut left = snapshot(&output);
    assert!(left.remove(MANIFEST).is_some());
    let (_other, other) = temporary();
    plant(&other, FOREIGN);
    assert_eq!(left, snapshot(&other));
    assert_eq!(names(folder.path()), ["ud"]);
}

#[test]
fn nothing_is_touched_when_nothing_differs() {
    let (folder, output) = temporary();
    build(&output, NEW).unwrap();
    plant(&output, FOREIGN);
    let times = |path: &str| fs::metadata(output.join(path)).unwrap().modified().unwrap();
    let before = ["index.html", "sider", MANIFEST, ""].map(times);
    let published = build(&output, NEW).unwrap();
    assert_eq!(
        (published.mode, published.unchanged, published.written),
        (Mode::Untouched, 8, 0)
    );
    assert_eq!(["index.html", "sider", MANIFEST, ""].map(times), before);
    assert_eq!(names(folder.path()), ["ud"]);
}

#[test]
fn a_file_changed_by_hand_is_made_right_and_the_others_keep_their_time() {
    let (_folder, output) = temporary();
    build(&output, NEW).unwrap();
    fs::write(output.join("index.html"), "NEW front").unwrap();
    fs::remove_file(output.join("emne")).unwrap();
    let time = || {
        fs::metadata(output.join("sitemap.xml"))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = time();
    let published = build(&output, NEW).unwrap();
    assert_eq!((published.written, published.unchanged), (2, 6));
    assert_eq!(snapshot(&output), expected(NEW, &[]));
    assert_eq!(time(), before);
}

#[test]
fn foreign_files_in_the_way_are_named_all_at_once_and_adopted_on_request() {
    let (folder, output) = temporary();
    let in_the_way: Site = &[
        ("begreb", "a file"),
        ("index.html", "mine"),
        ("sider/x.txt", "not in the way"),
    ];
    plant(&output, in_the_way);
    let before = snapshot(&output);
    let error = build(&output, NEW).unwrap_err();
    let wanted = WriteError::ForeignFiles(vec!["begreb".to_owned(), "index.html".to_owned()]);
    assert_eq!(error.downcast_ref(), Some(&wanted));
    assert!(error.to_string().contains("--adopt"));
    assert_eq!(snapshot(&output), before);
    assert_eq!(names(folder.path()), ["ud"]);
    build_with(&Disk, &output, NEW, true).unwrap();
    assert_eq!(
        snapshot(&output),
        expected(NEW, &[("sider/x.txt", "not in the way")])
    );
}

#[test]
fn adopting_never_deletes_files_beside_our_paths() {
    let (_folder, output) = temporary();
    plant(
        &output,
        &[("emne/mine.txt", "in a folder where a file is to be")],
    );
    let error = build_with(&Disk, &output, NEW, true).unwrap_err();
    let wanted = WriteError::ForeignFolders(vec!["emne/mine.txt".to_owned()]);
    assert_eq!(error.downcast_ref(), Some(&wanted));
}

#[test]
fn a_damaged_manifest_deletes_nothing() {
    let (folder, output) = temporary();
    build(&output, OLD).unwrap();
    fs::write(folder.path().join("outside"), "mine").unwrap();
    let hash = "0".repeat(64);
    let list = |path: &str| {
        format!(r#"{{"version":1,"files":[{{"path":"{path}","blake3":"{hash}","size":4}}]}}"#)
    };
    for text in [
        String::new(),
        "{}".to_owned(),
        list("../outside"),
        list("/etc/hostname"),
    ] {
        fs::write(output.join(MANIFEST), text).unwrap();
        let before = snapshot(&output);
        let error = build(&output, NEW).unwrap_err();
        assert!(
            matches!(
                error.downcast_ref(),
                Some(WriteError::DamagedManifest { .. })
            ),
            "{error:#}"
        );
        assert_eq!(snapshot(&output), before);
    }
    let without_obstacles: Site = &[("index.html", "adopted")];
    build_with(&Disk, &output, without_obstacles, true).unwrap();
    let foreign: Vec<_> = OLD
        .iter()
        .copied()
        .filter(|(path, _)| *path != "index.html")
        .collect();
    assert_eq!(snapshot(&output), expected(without_obstacles, &foreign));
    assert_eq!(
        fs::read_to_string(folder.path().join("outside")).unwrap(),
        "mine"
    );
}

#[test]
fn two_builds_at_once_are_refused_and_say_who() {
    let (folder, output) = temporary();
    let first = Stage::begin(&Disk, &output, &options(false)).unwrap();
    let error = build(&output, NEW).unwrap_err();
    let Some(WriteError::Locked { holder }) = error.downcast_ref() else {
        panic!("{error:#}")
    };
    assert_eq!(*holder, format!("pid {}: test", std::process::id()));
    drop(first);
    build(&output, NEW).unwrap();
    assert_eq!(names(folder.path()), ["ud"]);
}

#[test]
fn a_stage_that_is_dropped_leaves_the_old_site() {
    let (folder, output) = temporary();
    build(&output, OLD).unwrap();
    let stage = Stage::begin(&Disk, &output, &options(false)).unwrap();
    stage.put("index.html", b"never seen").unwrap();
    drop(stage);
    assert_eq!(snapshot(&output), expected(OLD, &[]));
    assert_eq!(names(folder.path()), ["ud"]);
}

#[test]
fn paths_that_are_not_plain_or_not_unique_are_refused() {
    let (_folder, output) = temporary();
    let stage = Stage::begin(&Disk, &output, &options(false)).unwrap();
    for path in [
        "",
        "/a",
        "../a",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "a\nb",
        MANIFEST,
        ".vv-stage/a",
    ] {
        assert!(stage.put(path, b"").is_err(), "{path:?}");
    }
    drop(stage);
    assert!(build(&output, &[("a", "1"), ("a", "2")]).is_err());
    assert!(build(&output, &[("a", "1"), ("a/b", "2")]).is_err());
    build(&output, &[("a", "1")]).unwrap();
    assert!(build(&output, &[("a", "1"), ("a", "1")]).is_err());
    assert!(build(&output, &[("a", "1"), ("a/b", "2")]).is_err());
    assert_eq!(snapshot(&output), expected(&[("a", "1")], &[]));
}

#[test]
fn assets_are_copied_and_must_not_change_on_the_way() {
    let (folder, output) = temporary();
    let asset = folder.path().join("asset");
    fs::write(&asset, "bytes").unwrap();
    let hash = blake3::hash(b"bytes");
    let copy = |size| {
        let stage = Stage::begin(&Disk, &output, &options(false))?;
        stage.copy("media/a.png", &asset, hash, size)?;
        stage.publish()
    };
    assert!(copy(4).is_err());
    assert!(!output.exists());
    assert_eq!(copy(5).unwrap().mode, Mode::Fresh);
    assert_eq!(copy(5).unwrap().mode, Mode::Untouched);
    assert_eq!(
        fs::read_to_string(output.join("media/a.png")).unwrap(),
        "bytes"
    );
}

#[cfg(unix)]
#[test]
fn links_planted_in_the_output_are_replaced_not_followed() {
    use std::os::unix::fs::symlink;
    for is_file_by_file in [false, true] {
        let (folder, output) = temporary();
        build(&output, OLD).unwrap();
        let outside = folder.path().join("outside");
        // The same bytes out there must not make the link count as unchanged.
        plant(
            &outside,
            &[
                ("secret", "old front"),
                ("a/index.html", "page a"),
                ("b/index.html", "mine"),
            ],
        );
        let before = snapshot(&outside);
        fs::remove_file(output.join("index.html")).unwrap();
        symlink(outside.join("secret"), output.join("index.html")).unwrap();
        fs::remove_dir_all(output.join("sider")).unwrap();
        symlink(&outside, output.join("sider")).unwrap();
        symlink(&outside, output.join("elsewhere")).unwrap();
        let fs = faults::Faulty::healthy(is_file_by_file);
        build_with(&fs, &output, NEW, false).unwrap();
        let mut wanted = expected(NEW, &[]);
        wanted.insert("elsewhere".to_owned(), format!("-> {}", outside.display()));
        assert_eq!(snapshot(&output), wanted);
        assert_eq!(snapshot(&outside), before);
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_filled_file_by_file() {
    let (folder, output) = temporary();
    let target = folder.path().join("www/real");
    fs::create_dir_all(&target).unwrap();
    std::os::unix::fs::symlink("www/real", &output).unwrap();
    plant(&target, FOREIGN);
    assert_eq!(build(&output, OLD).unwrap().mode, Mode::PerFile);
    assert_eq!(build(&output, NEW).unwrap().mode, Mode::PerFile);
    assert_eq!(build(&output, NEW).unwrap().mode, Mode::Untouched);
    assert!(output.is_symlink());
    assert_eq!(snapshot(&target), expected(NEW, FOREIGN));
    assert_eq!(
        (names(folder.path()), names(&folder.path().join("www"))),
        (
            vec!["ud".to_owned(), "www".to_owned()],
            vec!["real".to_owned()]
        )
    );
}
