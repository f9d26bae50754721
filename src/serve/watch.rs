//! Tells when sources have changed and are quiet again.
//!
//! In: folders and files to watch, and what to leave out. Out: one wake-up per burst of changes.
//! Folders are watched, not files: editors replace a file by renaming another over it. What does not exist yet, or is
//! removed and made again, is found through its parent. Deliberately not done: saying *what* changed or comparing
//! content; the build and the comparison of its output decide that.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// A burst has ended when nothing has happened for this long,
const QUIET: Duration = Duration::from_millis(30);
/// or when it has lasted this long.
const LONGEST: Duration = Duration::from_millis(500);

enum Signal {
    Changed,
    /// A watched path, or a folder above one, came or went, so what the system watches there is no longer known.
    Moved(PathBuf),
    Stop,
}

/// Watches until it is dropped.
pub struct Watcher {
    system: RecommendedWatcher,
    signals: Receiver<Signal>,
    wanted: Vec<PathBuf>,
    armed: BTreeMap<PathBuf, RecursiveMode>,
}

/// Ends the waiting of its `Watcher`.
pub struct Stop(Sender<Signal>);

impl Stop {
    /// Makes the present or next `wait` return `false`.
    pub fn stop(self) {
        // An error means that nobody waits any more.
        let _ = self.0.send(Signal::Stop);
    }
}

impl Watcher {
    /// Watches from now on; changes before the first `wait` are kept for it.
    pub fn start(watch: &[PathBuf], ignore: &[PathBuf]) -> anyhow::Result<(Self, Stop)> {
        let (sender, signals) = mpsc::channel();
        let wanted: Vec<PathBuf> = watch.iter().map(|path| real(path)).collect();
        let filter = Filter {
            wanted: wanted.clone(),
            ignored: ignore.iter().map(|path| real(path)).collect(),
        };
        let events = sender.clone();
        let system = RecommendedWatcher::new(
            move |event: notify::Result<notify::Event>| filter.send(event, &events),
            Config::default().with_follow_symlinks(false),
        )
        .context("starting to watch for changes")?;
        let mut watcher = Self {
            system,
            signals,
            wanted,
            armed: BTreeMap::new(),
        };
        for (path, mode) in plan(&watcher.wanted) {
            watcher
                .system
                .watch(&path, mode)
                .with_context(|| format!("watching {}", path.display()))?;
            watcher.armed.insert(path, mode);
        }
        Ok((watcher, Stop(sender)))
    }

    /// Waits for a burst of changes to end; `false` when asked to stop.
    pub fn wait(&mut self) -> bool {
        let Ok(first) = self.signals.recv() else {
            return false;
        };
        let latest = Instant::now() + LONGEST;
        let mut moved = Vec::new();
        let mut signal = first;
        loop {
            match signal {
                Signal::Changed => {}
                Signal::Moved(path) => moved.push(path),
                Signal::Stop => return false,
            }
            let patience = QUIET.min(latest.saturating_duration_since(Instant::now()));
            signal = match self.signals.recv_timeout(patience) {
                Ok(next) => next,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            };
        }
        self.rearm(&moved);
        true
    }

    /// Watches what has come, again what has come back. A failure is left for the next change: the rest still works.
    fn rearm(&mut self, moved: &[PathBuf]) {
        for path in moved {
            let stale: Vec<PathBuf> = self
                .armed
                .keys()
                .filter(|armed| armed.starts_with(path))
                .cloned()
                .collect();
            for path in stale {
                let _ = self.system.unwatch(&path);
                self.armed.remove(&path);
            }
        }
        for (path, mode) in plan(&self.wanted) {
            if self.armed.get(&path) != Some(&mode) && self.system.watch(&path, mode).is_ok() {
                self.armed.insert(path, mode);
            }
        }
    }
}

/// What the system must watch now: wanted folders with all below them, and the nearest folder above each wanted path.
fn plan(wanted: &[PathBuf]) -> BTreeMap<PathBuf, RecursiveMode> {
    let folders: Vec<&PathBuf> = wanted.iter().filter(|path| path.is_dir()).collect();
    let mut plan = BTreeMap::new();
    for folder in &folders {
        let is_inside = folders
            .iter()
            .any(|other| folder != other && folder.starts_with(other));
        if !is_inside {
            plan.insert((*folder).clone(), RecursiveMode::Recursive);
        }
    }
    for path in wanted {
        let Some(above) = path.ancestors().skip(1).find(|above| above.is_dir()) else {
            continue;
        };
        if !folders.iter().any(|folder| above.starts_with(folder)) {
            plan.insert(above.to_owned(), RecursiveMode::NonRecursive);
        }
    }
    plan
}

/// Lets through what may concern the build. Runs in the system's own watching thread.
struct Filter {
    wanted: Vec<PathBuf>,
    ignored: Vec<PathBuf>,
}

impl Filter {
    fn send(&self, event: notify::Result<notify::Event>, signals: &Sender<Signal>) {
        // After an error or a lost event nothing is known, so all may have changed. A failed send means nobody waits.
        let Ok(event) = event else {
            let _ = signals.send(Signal::Changed);
            return;
        };
        if event.need_rescan() {
            let _ = signals.send(Signal::Changed);
        }
        if is_reading(event.kind) {
            return;
        }
        let comes_or_goes = matches!(
            event.kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        for path in &event.paths {
            if comes_or_goes && self.wanted.iter().any(|wanted| wanted.starts_with(path)) {
                let _ = signals.send(Signal::Moved(path.clone()));
            } else if self.is_wanted(path) {
                let _ = signals.send(Signal::Changed);
            }
        }
    }

    fn is_wanted(&self, path: &Path) -> bool {
        self.wanted.iter().any(|wanted| path.starts_with(wanted))
            && !self.ignored.iter().any(|ignored| path.starts_with(ignored))
    }
}

/// The build itself reads every source; that must not ask for the next build.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_)
        | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => true,
        _ => false,
    }
}

/// The path as the system will name it in events: absolute, links resolved as far as it exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for above in absolute.ancestors() {
        if let (Ok(mut real), Ok(rest)) = (above.canonicalize(), absolute.strip_prefix(above)) {
            real.extend(rest);
            return real;
        }
    }
    absolute
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::*;

    /// Runs `edit` on a fresh folder and says whether a wake-up follows; a stop after the deadline ends the waiting.
    fn check(watch: &[&str], ignore: &[&str], edits: &[&dyn Fn(&Path)]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        fs::create_dir_all(root.join("content/sub")).unwrap();
        fs::write(root.join("site.yaml"), "a").unwrap();
        let inside = |paths: &[&str]| paths.iter().map(|path| root.join(path)).collect::<Vec<_>>();
        let (mut watcher, stop) = Watcher::start(&inside(watch), &inside(ignore)).unwrap();
        let deadline = Sender::clone(&stop.0);
        thread::spawn(move || {
            thread::park_timeout(Duration::from_millis(700));
            let _ = deadline.send(Signal::Stop);
        });
        edits.iter().all(|edit| {
            edit(&root);
            watcher.wait()
        })
    }

    #[test]
    fn an_edit_wakes() {
        assert!(check(
            &["content"],
            &[],
            &[&|root| fs::write(root.join("content/sub/a.md"), "a").unwrap()]
        ));
    }

    #[test]
    fn a_file_replaced_by_renaming_wakes() {
        assert!(check(
            &["site.yaml"],
            &[],
            &[&|root| {
                fs::write(root.join("site.yaml~"), "b").unwrap();
                fs::rename(root.join("site.yaml~"), root.join("site.yaml")).unwrap();
            }]
        ));
    }

    #[test]
    fn reading_neighbours_and_ignored_files_do_not_wake() {
        assert!(!check(
            &["content", "site.yaml"],
            &["content/out"],
            &[&|root| {
                fs::read(root.join("site.yaml")).unwrap();
                fs::read_dir(root.join("content")).unwrap().for_each(drop);
                fs::write(root.join("other.yaml"), "b").unwrap();
                fs::create_dir(root.join("content/out")).unwrap();
                fs::write(root.join("content/out/a"), "b").unwrap();
            }]
        ));
    }

    #[test]
    fn a_folder_made_later_is_watched_below() {
        assert!(check(
            &["themes/mine"],
            &[],
            &[
                &|root| fs::create_dir(root.join("themes")).unwrap(),
                &|root| fs::create_dir(root.join("themes/mine")).unwrap(),
                &|root| fs::write(root.join("themes/mine/a.css"), "b").unwrap(),
            ]
        ));
    }

    #[test]
    fn a_folder_removed_and_made_again_is_watched() {
        assert!(check(
            &["content"],
            &[],
            &[
                &|root| fs::remove_dir_all(root.join("content")).unwrap(),
                &|root| fs::create_dir(root.join("content")).unwrap(),
                &|root| fs::write(root.join("content/a.md"), "b").unwrap(),
            ]
        ));
    }
}
