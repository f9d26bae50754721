//! A built site's pages, and a static file server for it, as plain as the ones municipalities have.
//!
//! In: a folder, the path it is mounted at, whether to send the strict policy header. Out: an address, and the paths asked for.
//! `index.html` for folders, 301 for a folder without its slash, `404.html` with status 404, 404 outside the mount.
//! Nothing is cached, guessed or rewritten; what is served is what `build` wrote.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The recommended header of `build`: nothing from elsewhere, nothing inline.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     media-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why the locks can be taken.
const UNHURT: &str = "no thread panics while it holds the lock";

/// Serves until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    root: PathBuf,
    mount: String,
    is_strict: bool,
    is_stopping: AtomicBool,
    requests: Mutex<Vec<String>>,
    trouble: Mutex<Trouble>,
    has_changed: Condvar,
}

/// What is wrong on the way to this server. The texts are parts of paths.
#[derive(Default)]
enum Trouble {
    #[default]
    None,
    Slow(&'static str),
    Broken(&'static str),
}

struct Reply {
    status: &'static str,
    header: String,
    body: Vec<u8>,
}

impl Server {
    /// Serves `root` at `mount`, which begins and ends with a slash.
    pub fn start(root: &Path, mount: &str, is_strict: bool) -> Server {
        assert!(
            mount.starts_with('/') && mount.ends_with('/'),
            "a mount begins and ends with a slash: {mount}"
        );
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port on this machine");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            root: root.to_path_buf(),
            mount: mount.to_owned(),
            is_strict,
            is_stopping: AtomicBool::new(false),
            requests: Mutex::default(),
            trouble: Mutex::default(),
            has_changed: Condvar::new(),
        });
        let thread = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Server {
            address,
            shared,
            thread: Some(thread),
        }
    }

    /// The address of a file or folder of the site; `""` is the front page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{}{path}", self.address, self.shared.mount)
    }

    /// Every path asked for so far, with its query, in order.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().expect(UNHURT).clone()
    }

    /// From now on files with this in their paths are not answered until `mend`, as if the way were slow.
    pub fn hold(&self, part: &'static str) {
        self.shared.set_trouble(Trouble::Slow(part));
    }

    /// From now on files with this in their paths are not there.
    pub fn lose(&self, part: &'static str) {
        self.shared.set_trouble(Trouble::Broken(part));
    }

    /// Everything is answered again, what was held too.
    pub fn mend(&self) {
        self.shared.set_trouble(Trouble::None);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.mend();
        self.shared.is_stopping.store(true, Ordering::SeqCst);
        // The accepting thread is woken by one last connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // Browsers open connections in reserve; each gets its thread, which ends with the connection.
        thread::spawn(move || {
            let _ = answer(stream, &shared);
        });
    }
}

/// One request per connection: on one machine a new connection costs nothing and leaves no state.
fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = request.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(());
    };
    shared
        .requests
        .lock()
        .expect(UNHURT)
        .push(target.to_owned());

    let Reply {
        status,
        mut header,
        body,
    } = shared.reply(target);
    if shared.is_strict {
        header.push_str(&format!("Content-Security-Policy: {STRICT_POLICY}\r\n"));
    }
    let head = format!(
        "HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // In one piece, so that the second half does not wait for the first to be acknowledged.
    let mut answer = head.into_bytes();
    if method != "HEAD" {
        answer.extend(body);
    }
    stream.write_all(&answer)
}

impl Shared {
    fn set_trouble(&self, trouble: Trouble) {
        *self.trouble.lock().expect(UNHURT) = trouble;
        self.has_changed.notify_all();
    }

    /// Waits while a file is held; whether it is to be found.
    fn arrives(&self, target: &str) -> bool {
        let trouble = self.trouble.lock().expect(UNHURT);
        let is_held = |trouble: &mut Trouble| matches!(trouble, Trouble::Slow(part) if target.contains(*part));
        let trouble = self.has_changed.wait_while(trouble, is_held);
        !matches!(*trouble.expect(UNHURT), Trouble::Broken(part) if target.contains(part))
    }

    fn reply(&self, target: &str) -> Reply {
        if !self.arrives(target) {
            return self.not_found();
        }
        let (path, query) = target
            .split_once('?')
            .map_or((target, ""), |(path, query)| (path, query));
        let Some(file) = percent_decode(path).and_then(|path| self.locate(&path)) else {
            return self.not_found();
        };
        if file.is_dir() && !path.ends_with('/') {
            let query = if query.is_empty() {
                String::new()
            } else {
                format!("?{query}")
            };
            let header = format!("Location: {path}/{query}\r\n");
            return Reply {
                status: "301 Moved Permanently",
                header,
                body: Vec::new(),
            };
        }
        let file = if file.is_dir() {
            file.join("index.html")
        } else {
            file
        };
        match fs::read(&file) {
            Ok(body) => Reply {
                status: "200 OK",
                header: content_type(&file),
                body,
            },
            Err(_) => self.not_found(),
        }
    }

    /// The file or folder meant by a path, unless it lies outside the mount or points out of the folder.
    fn locate(&self, path: &str) -> Option<PathBuf> {
        let inside = if format!("{path}/") == self.mount {
            ""
        } else {
            path.strip_prefix(&self.mount)?
        };
        let is_plain = inside
            .split('/')
            .all(|part| part != ".." && !part.contains('\\'));
        is_plain.then(|| self.root.join(inside))
    }

    fn not_found(&self) -> Reply {
        let file = self.root.join("404.html");
        let body = fs::read(&file).unwrap_or_else(|_| b"not found".to_vec());
        Reply {
            status: "404 Not Found",
            header: content_type(&file),
            body,
        }
    }
}

fn content_type(file: &Path) -> String {
    let kind = match file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
    format!("Content-Type: {kind}\r\n")
}

/// Undoes `%C3%B8`; `None` when the result is not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code =
            code.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

/// The pages of a built site, as a walk of its folder finds them.
pub struct Site {
    pub root: PathBuf,
    pub pages: Vec<String>,
    pub redirects: Vec<String>,
}

impl Site {
    pub fn read(root: &Path) -> Site {
        let root = root.canonicalize().expect("the site is built");
        let mut names = Vec::new();
        collect_pages(&root, "", &mut names);
        names.retain(|name| name != "404.html");
        names.sort();
        let is_redirect = |name: &String| {
            let text = fs::read_to_string(root.join(name)).expect("a page is UTF-8");
            text.contains("http-equiv=\"refresh\"") || text.contains("http-equiv=refresh")
        };
        let (redirects, pages): (Vec<String>, Vec<String>) =
            names.into_iter().partition(is_redirect);
        assert!(
            pages.iter().any(|name| name == "index.html"),
            "{}: no front page",
            root.display()
        );
        Site {
            root,
            pages,
            redirects,
        }
    }

    /// The address of a page below `base`; on a server, folders stand for their `index.html`.
    pub fn address(base: &str, name: &str) -> String {
        let folder = name
            .strip_suffix("index.html")
            .filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let is_served = base.starts_with("http:");
        format!("{base}{}", folder.filter(|_| is_served).unwrap_or(name))
    }

    /// Whether an address below the site's, possibly with query and fragment, leads to a file.
    ///
    /// Opened from a folder, an address that ends in a folder leads to none: the browser lists its files instead.
    pub fn has(&self, address: &str, is_from_folder: bool) -> bool {
        let path = address
            .split(['?', '#'])
            .next()
            .and_then(percent_decode)
            .unwrap_or_default();
        let is_folder = path.is_empty() || path.ends_with('/');
        let file = self.root.join(&path);
        if is_folder && !is_from_folder {
            file.join("index.html").is_file()
        } else {
            file.is_file()
        }
    }
}

fn collect_pages(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the site") {
        let entry = entry.expect("an entry of the site");
        let name = entry
            .file_name()
            .into_string()
            .expect("a file name in UTF-8");
        if entry.path().is_dir() {
            collect_pages(&entry.path(), &format!("{prefix}{name}/"), names);
        } else if name.ends_with(".html") {
            names.push(format!("{prefix}{name}"));
        }
    }
}

#[test]
fn the_server_answers_as_a_plain_web_server_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(folder.path().join("børn")).expect("a folder");
    fs::write(folder.path().join("børn/index.html"), "børn").expect("a file");
    fs::write(folder.path().join("404.html"), "væk").expect("a file");
    let server = Server::start(folder.path(), "/a/b/", true);
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").expect("the server reads");
        std::io::read_to_string(stream).expect("the server answers in UTF-8")
    };
    let page = ask("/a/b/b%C3%B8rn/?q=1");
    assert!(
        page.starts_with("HTTP/1.1 200 ") && page.ends_with("\r\n\r\nbørn"),
        "{page}"
    );
    assert!(
        page.contains("Content-Type: text/html; charset=utf-8\r\n") && page.contains(STRICT_POLICY),
        "{page}"
    );
    let moved = ask("/a/b/b%C3%B8rn?q=1");
    assert!(
        moved.starts_with("HTTP/1.1 301 ") && moved.contains("Location: /a/b/b%C3%B8rn/?q=1\r\n"),
        "{moved}"
    );
    for missing in [
        "/a/b/nej",
        "/a/b/../b/404.html",
        "/a/b/%2e%2e/404.html",
        "/404.html",
        "/",
    ] {
        let page = ask(missing);
        assert!(
            page.starts_with("HTTP/1.1 404 ") && page.ends_with("\r\n\r\nvæk"),
            "{missing}: {page}"
        );
    }
    assert_eq!(server.requests()[1], "/a/b/b%C3%B8rn?q=1");
}
