//! The preview server: builds, serves the last good build from memory, watches, rebuilds, tells browsers.
//!
//! In: options, a closure that builds the site into memory, a closure that is told what happens.
//! Out: nothing; it runs until Ctrl-C. Each build becomes a `Snapshot` (`state`), which `http` serves and announces.
//! Deliberately not done: reading the site (the build closure does), writing to disk, printing or wording
//! anything for people (the report closure does), TLS, range requests, serving more than one site.

mod http;
mod reload;
mod state;
mod watch;

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context;

use http::{Board, Server};
use reload::Addresses;
use state::Snapshot;
use watch::Watcher;

/// As deep a stack as page rendering is given elsewhere; a thread's default is a quarter of the main thread's.
const BUILD_STACK: usize = 16 * 1024 * 1024;

/// Where to listen and what to watch.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address to listen on. On `0.0.0.0` or `[::]` every numeric address is accepted as `Host`, never another name.
    pub bind: IpAddr,
    /// The port to listen on; 0 lets the system choose, `Event::Listening` tells which.
    pub port: u16,
    /// Whether to open the site in the user's browser once it is served.
    pub open: bool,
    /// Folders (with all below them) and files whose change asks for a rebuild. They need not exist yet.
    pub watch: Vec<PathBuf>,
    /// Folders and files whose change is nobody's matter, though they lie in a watched folder: the output.
    pub ignore: Vec<PathBuf>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 4000,
            open: false,
            watch: Vec::new(),
            ignore: Vec::new(),
        }
    }
}

/// What one run of the build closure came to.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// Output path with `/` between its parts (`metoder/index.html`) → bytes. Not looked at when there are problems.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// The errors as plain text when the build failed; warnings do not belong here.
    pub problems: Option<String>,
}

/// Something the command line may want to tell. Each build, the first too, ends in one `Rebuilt` or `Failed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The site is served at this address; comes once, after the first build.
    Listening(SocketAddr),
    /// A build went well, even if it changed nothing.
    Rebuilt {
        /// Files that are new, different or gone.
        changed: usize,
        /// The build and the comparison with the last one.
        took: Duration,
    },
    /// A build failed or panicked; holds its problems. The last good build is still served.
    Failed(String),
}

/// Failures of `serve` that deserve an answer of their own; found by `downcast_ref` in the `anyhow::Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServeError {
    /// Another program listens on this port.
    PortInUse(u16),
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(formatter, "port {port} is in use"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Builds, serves and rebuilds until Ctrl-C.
///
/// `build` runs once before the first answer is given and again after each change, never twice at once. When it panics,
/// that is a failed build whose problem is the panic's message, and it is called again at the next change; a panic hook
/// must therefore not end the process. `report` is called after a build is shown, from the thread that built.
///
/// # Errors
/// When the address cannot be listened on (`ServeError::PortInUse` if it is taken) or the folders cannot be watched.
pub fn serve(
    options: &ServeOptions,
    mut build: impl FnMut() -> Built + Send + 'static,
    report: impl Fn(Event) + Send + 'static,
) -> anyhow::Result<()> {
    let listener = listen(options)?;
    let address = listener
        .local_addr()
        .context("reading the address listened on")?;
    let (mut watcher, stop) = Watcher::start(&options.watch, &options.ignore)?;

    let (snapshot, event) = rebuild(&Snapshot::default(), &mut build);
    let board = Arc::new(Board::new(snapshot));
    report(event);
    report(Event::Listening(address));
    if options.open {
        open_browser(address);
    }

    let shown = Arc::clone(&board);
    thread::Builder::new()
        .name("build".to_owned())
        .stack_size(BUILD_STACK)
        .spawn(move || {
            while watcher.wait() {
                let (snapshot, event) = rebuild(&shown.snapshot(), &mut build);
                shown.show(snapshot);
                report(event);
            }
        })
        .context("starting the build thread")?;

    let server = Server {
        board,
        addresses: Addresses::new(&token()),
        hosts: Hosts { bound: address },
    };
    let ended = http::run(listener, server);
    // The thread ends after the build it may be in; that build is of no consequence, so nobody waits for it.
    stop.stop();
    ended
}

fn listen(options: &ServeOptions) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::new(options.bind, options.port);
    match TcpListener::bind(address) {
        Ok(listener) => {
            let prepared = listener.set_nonblocking(true);
            prepared.context("preparing the socket")?;
            Ok(listener)
        }
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(ServeError::PortInUse(options.port).into())
        }
        Err(error) => Err(error).with_context(|| format!("listening on {address}")),
    }
}

/// The snapshot after one more build, and what there is to report once it is shown.
fn rebuild(last: &Snapshot, build: &mut impl FnMut() -> Built) -> (Snapshot, Event) {
    let start = Instant::now();
    // A build in memory leaves nothing half done outside the closure, and the closure answers for its own state.
    let built = catch_unwind(AssertUnwindSafe(build)).unwrap_or_else(|panic| Built {
        files: BTreeMap::new(),
        problems: Some(panic_text(panic.as_ref())),
    });
    let problems = built.problems.clone();
    let (next, changed) = last.next(built);
    let took = start.elapsed();
    let event = problems.map_or(Event::Rebuilt { changed, took }, Event::Failed);
    (next, event)
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "this is a bug in vejviser: {}",
        message.unwrap_or("the build panicked")
    )
}

/// A path part no other page can guess: from the process, the time and a stack address, and the seed std draws for its maps.
fn token() -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&std::process::id().to_le_bytes());
    hasher.update(&now.as_nanos().to_le_bytes());
    hasher.update(&std::ptr::from_ref(&now).addr().to_le_bytes());
    hasher.update(&RandomState::new().hash_one(now).to_le_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Asks the desktop to open the site. It may have no browser; the address was reported, so that is no failure.
fn open_browser(address: SocketAddr) {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let url = format!("http://{}/", SocketAddr::new(ip, address.port()));
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    command
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        // Someone must collect the ended process, or it stays as a zombie while we serve.
        thread::spawn(move || child.wait());
    }
}

/// The names this server answers to. A page of another site can make its own name lead here, but not one of these.
struct Hosts {
    bound: SocketAddr,
}

impl Hosts {
    /// Whether a `Host` header, or the host of an origin, names this server.
    fn accept(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || port.parse() != Ok(self.bound.port()) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let ip = match name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            Some(name) => name.parse().map(IpAddr::V6),
            None => name.parse().map(IpAddr::V4),
        };
        // Bound to every address, any numeric one is ours; a number cannot be made to lead elsewhere.
        ip.is_ok_and(|ip| {
            ip == Ipv4Addr::LOCALHOST
                || ip == Ipv6Addr::LOCALHOST
                || ip == self.bound.ip()
                || self.bound.ip().is_unspecified()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let first = token();
        assert_eq!(first.len(), 32);
        assert_ne!(first, token());
    }

    #[test]
    fn a_panic_is_a_failed_build() {
        let (snapshot, event) = rebuild(&Snapshot::default(), &mut || panic!("boom"));
        let text = "this is a bug in vejviser: boom".to_owned();
        assert_eq!(event, Event::Failed(text));
        assert!(!snapshot.is_built());
    }

    #[test]
    fn loopback_is_the_default() {
        assert!(ServeOptions::default().bind.is_loopback());
    }

    fn accepts(bound: &str, host: &str) -> bool {
        let bound = bound.parse().unwrap();
        Hosts { bound }.accept(host)
    }

    #[test]
    fn own_names_are_accepted() {
        for host in "localhost:4000 LOCALHOST:4000 127.0.0.1:4000 [::1]:4000".split(' ') {
            assert!(accepts("127.0.0.1:4000", host), "{host}");
            assert!(accepts("192.168.1.5:4000", host), "{host}");
        }
        assert!(accepts("192.168.1.5:4000", "192.168.1.5:4000"));
        assert!(accepts("0.0.0.0:4000", "192.168.1.5:4000"));
        assert!(accepts("[::]:4000", "[fe80::1]:4000"));
        assert!(accepts("127.0.0.1:80", "localhost"));
        assert!(accepts("127.0.0.1:80", "[::1]"));
    }

    #[test]
    fn other_names_are_refused() {
        let refused = "localhost localhost: localhost:4001 localhost:+4000 localhost:4000:4000 :4000 \
            evil.example:4000 localhost.evil.example:4000 127.0.0.1.evil.example:4000 localhost.:4000 \
            127.1:4000 0x7f.0.0.1:4000 2130706433:4000 ::1:4000 [::1:4000 [127.0.0.1]:4000 [::1] \
            0.0.0.0:4000 user@localhost:4000 192.168.1.5:4000 localhost:80";
        for host in refused.split(' ').chain(["", " ", "localhost:4000 "]) {
            assert!(!accepts("127.0.0.1:4000", host), "{host}");
        }
        assert!(!accepts("0.0.0.0:4000", "evil.example:4000"));
    }
}
