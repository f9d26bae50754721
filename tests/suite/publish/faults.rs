//! The disk fails, or the process dies, at the n-th call, for every n until a run gets through.
//!
//! After each: the output is the old site or the new one (file by file: each file is), foreign files exist
//! with their bytes, and one more run on a healthy disk gives exactly the new site and leaves nothing behind.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use vejviser::fs::{Disk, Entry, EntryKind, Fs, LockAttempt};
use vejviser::write::{MANIFEST, Mode};

use super::{
    FOREIGN, NEW, OLD, Site, build, build_with, expected, names, plant, scratch, snapshot,
};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// One call fails: the disk is full.
    Fail,
    /// The process dies before the call: it and all later ones fail.
    Stop,
    /// The process dies in the middle of the call: half a file is written, anything else is done whole.
    Torn,
}

/// A disk on which the n-th call goes wrong.
pub struct Faulty {
    fault: Fault,
    at: usize,
    calls: AtomicUsize,
    is_file_by_file: bool,
}

impl Faulty {
    /// A disk without faults, where folders cannot be exchanged if so wanted.
    pub fn healthy(is_file_by_file: bool) -> Faulty {
        Faulty {
            fault: Fault::Fail,
            at: 0,
            calls: AtomicUsize::new(0),
            is_file_by_file,
        }
    }

    fn had_its_fault(&self) -> bool {
        self.calls.load(Ordering::SeqCst) >= self.at
    }

    /// Does the call unless it is to fail; `torn` is what dying in the middle of it leaves.
    fn call<T>(&self, whole: impl FnOnce() -> io::Result<T>, torn: impl FnOnce()) -> io::Result<T> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        match self.fault {
            Fault::Fail if number == self.at => Err(io::ErrorKind::StorageFull.into()),
            Fault::Stop | Fault::Torn if self.at > 0 && number >= self.at => {
                if self.fault == Fault::Torn && number == self.at {
                    torn();
                }
                Err(io::Error::other("the process is dead"))
            }
            _ => whole(),
        }
    }

    fn change<T>(&self, change: impl Fn() -> io::Result<T>) -> io::Result<T> {
        self.call(&change, || drop(change()))
    }
}

impl Fs for Faulty {
    fn walk(&self, root: &Path) -> io::Result<Vec<Entry>> {
        self.call(|| Disk.walk(root), || ())
    }
    fn outline(&self, root: &Path) -> io::Result<Vec<Entry>> {
        self.call(|| Disk.outline(root), || ())
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.call(|| Disk.names(folder), || ())
    }
    fn kind(&self, path: &Path) -> io::Result<Option<EntryKind>> {
        self.call(|| Disk.kind(path), || ())
    }
    fn is_mount_point(&self, path: &Path) -> io::Result<bool> {
        self.call(|| Disk.is_mount_point(path), || ())
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.call(|| Disk.read(path, limit), || ())
    }
    fn stream(&self, path: &Path, limit: u64, sink: &mut dyn FnMut(&[u8])) -> io::Result<u64> {
        self.call(|| Disk.stream(path, limit, sink), || ())
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || drop(Disk.write_new(path, &bytes[..bytes.len() / 2]));
        self.call(|| Disk.write_new(path, bytes), half)
    }
    fn copy_new(&self, from: &Path, to: &Path) -> io::Result<u64> {
        self.call(|| Disk.copy_new(from, to), || drop(Disk.write_new(to, b"")))
    }
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|| Disk.hard_link(from, to))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|| Disk.rename(from, to))
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if self.is_file_by_file {
            return self.call(|| Err(io::ErrorKind::Unsupported.into()), || ());
        }
        self.change(|| Disk.exchange(one, other))
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.change(|| Disk.create_dir(path))
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.change(|| Disk.create_dir_all(path))
    }
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|| Disk.copy_mode(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.change(|| Disk.remove_file(path))
    }
    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.change(|| Disk.remove_dir(path))
    }
    fn lock(&self, path: &Path, note: &str) -> io::Result<LockAttempt> {
        // A lock outlives nobody, so dying while taking it leaves the file at most.
        self.call(
            || Disk.lock(path, note),
            || drop(Disk.write_new(path, b"pid")),
        )
    }
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.call(|| Disk.canonicalize(path), || ())
    }
}

/// One situation to break in every way.
struct Case {
    old: Option<Site<'static>>,
    foreign: Site<'static>,
    is_file_by_file: bool,
    is_link: bool,
    adopt: bool,
    mode: Mode,
}

const REBUILD: Case = Case {
    old: Some(OLD),
    foreign: &[],
    is_file_by_file: false,
    is_link: false,
    adopt: false,
    mode: Mode::Exchange,
};

#[test]
fn a_first_build() {
    break_everywhere(&Case {
        old: None,
        mode: Mode::Fresh,
        ..REBUILD
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_with_changes() {
    break_everywhere(&REBUILD);
}

#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_with_foreign_files() {
    break_everywhere(&Case {
        foreign: FOREIGN,
        ..REBUILD
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_first_build_among_foreign_files() {
    break_everywhere(&Case {
        old: Some(&[]),
        foreign: FOREIGN,
        ..REBUILD
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_that_adopts() {
    const IN_THE_WAY: Site = &[
        ("sider/c/d/index.html", "mine"),
        ("vv-22222222.css", "mine"),
    ];
    break_everywhere(&Case {
        foreign: IN_THE_WAY,
        adopt: true,
        ..REBUILD
    });
}

#[test]
fn a_rebuild_where_folders_cannot_be_exchanged() {
    break_everywhere(&Case {
        foreign: FOREIGN,
        is_file_by_file: true,
        mode: Mode::PerFile,
        ..REBUILD
    });
}

#[cfg(unix)]
#[test]
fn a_rebuild_through_a_link() {
    break_everywhere(&Case {
        foreign: FOREIGN,
        is_link: true,
        mode: Mode::PerFile,
        ..REBUILD
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_rebuild_that_changes_nothing() {
    break_everywhere(&Case {
        old: Some(NEW),
        foreign: FOREIGN,
        mode: Mode::Untouched,
        ..REBUILD
    });
}

#[cfg(target_os = "linux")]
#[test]
fn dying_again_while_the_next_run_repairs() {
    for is_file_by_file in [false, true] {
        let mode = if is_file_by_file {
            Mode::PerFile
        } else {
            Mode::Exchange
        };
        let case = Case {
            foreign: FOREIGN,
            is_file_by_file,
            mode,
            ..REBUILD
        };
        let wanted = expected(NEW, FOREIGN);
        let mut at = 1;
        while (1..4).any(|step| break_at(&case, &wanted, Fault::Torn, &[at, at * step % 97 + 1])) {
            at += 1;
        }
    }
}

fn break_everywhere(case: &Case) {
    let kept: Site = if case.adopt { &[] } else { case.foreign };
    let wanted = expected(NEW, kept);
    for fault in [Fault::Fail, Fault::Stop, Fault::Torn] {
        let mut at = 1;
        while break_at(case, &wanted, fault, &[at]) {
            at += 1;
        }
        assert!(at > 10, "only {at} calls");
    }
}

/// Runs with a fault at a call, once for each number given, then on a healthy disk.
/// Returns whether the first run was long enough to meet its fault.
fn break_at(case: &Case, wanted: &BTreeMap<String, String>, fault: Fault, calls: &[usize]) -> bool {
    let folder = scratch();
    let real = folder
        .path()
        .join(if case.is_link { "www/real" } else { "ud" });
    let output = folder.path().join("ud");
    if let Some(old) = case.old {
        build(&real, old).unwrap();
    }
    #[cfg(unix)]
    if case.is_link {
        std::os::unix::fs::symlink("www/real", &output).unwrap();
    }
    plant(&real, case.foreign);
    let before = snapshot(&real);

    let mut had_its_fault = false;
    for (run, &at) in calls.iter().enumerate() {
        let place = format!("{fault:?} at call {at} of run {run} of {calls:?}");
        let is_file_by_file = case.is_file_by_file;
        let disk = Faulty {
            fault,
            at,
            calls: AtomicUsize::new(0),
            is_file_by_file,
        };
        let result = build_with(&disk, &output, NEW, case.adopt);
        had_its_fault |= run == 0 && disk.had_its_fault();
        let after = snapshot(&real);
        let site = |files: &BTreeMap<String, String>| ours(files, case.foreign, case.adopt);
        match &result {
            Ok(published) => {
                assert_eq!(after, *wanted, "{place}");
                let is_usual = published.mode == case.mode || run > 0 || fault == Fault::Fail;
                assert!(is_usual, "{place}: {published:?}");
            }
            Err(_) if case.mode == Mode::PerFile => {
                each_is_old_or_new(&place, &before, &after, wanted);
            }
            Err(_) => {
                let after = site(&after);
                let is_whole = after == site(&before) || after == site(wanted);
                assert!(is_whole, "{place}: {result:?}\n{after:#?}");
            }
        }
        let kept: Site = if case.adopt { &[] } else { case.foreign };
        for (path, text) in kept {
            assert!(is_somewhere(&real, path, text), "{place}: {path} is lost");
        }
    }

    let healthy = Faulty::healthy(case.is_file_by_file);
    let repaired = build_with(&healthy, &output, NEW, case.adopt);
    assert!(repaired.is_ok(), "{fault:?} at {calls:?}: {repaired:?}");
    assert_eq!(
        snapshot(&real),
        *wanted,
        "{fault:?} at {calls:?}: after repair"
    );
    let left = names(real.parent().unwrap());
    assert_eq!(left.len(), 1, "{fault:?} at {calls:?}: {left:?}");
    let again = build_with(&healthy, &output, NEW, false).unwrap();
    assert_eq!(again.mode, Mode::Untouched, "{fault:?} at {calls:?}");
    had_its_fault
}

/// Whether a foreign file is in the output, or in a stage from which the next run takes it.
fn is_somewhere(output: &Path, path: &str, text: &str) -> bool {
    let is_in =
        |root: PathBuf| fs::read_to_string(root.join(path)).is_ok_and(|there| there == text);
    let beside = output.parent().unwrap();
    let mut stages = names(beside)
        .into_iter()
        .filter(|name| name.contains(".vv-stage-"));
    is_in(output.to_path_buf()) || stages.any(|stage| is_in(beside.join(stage)))
}

/// The site without foreign files, and without folders, which have no bytes.
fn ours(files: &BTreeMap<String, String>, foreign: Site, adopt: bool) -> BTreeMap<String, String> {
    let is_foreign = |path: &str| !adopt && foreign.iter().any(|(foreign, _)| *foreign == path);
    let is_ours = |(path, text): &(&String, &String)| !is_foreign(path) && *text != "/";
    files
        .iter()
        .filter(is_ours)
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect()
}

fn each_is_old_or_new(
    place: &str,
    old: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) {
    for (path, text) in now
        .iter()
        .filter(|(path, text)| !path.starts_with(".vv-stage") && *text != "/")
    {
        let is_known = old.get(path) == Some(text) || new.get(path) == Some(text);
        assert!(is_known, "{place}: {path} is neither old nor new");
    }
    let is_done = now.get(MANIFEST) == new.get(MANIFEST);
    for (path, text) in new.iter().filter(|(_, text)| is_done && *text != "/") {
        assert_eq!(
            now.get(path),
            Some(text),
            "{place}: the manifest came before {path}"
        );
    }
    for (path, text) in old
        .iter()
        .filter(|(path, text)| *text != "/" && new.contains_key(*path))
    {
        // `emne` and `begreb` change between file and folder, and so have a moment without either.
        assert!(
            now.contains_key(path) || new[path] == "/",
            "{place}: {path} is missing ({text})"
        );
    }
}
