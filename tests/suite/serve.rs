//! The preview server from outside: plain sockets against a fake build over a temporary folder.
//!
//! Each server runs in a thread of its own on a port the system chose and ends with the test program. Nothing sleeps:
//! the event stream answers when there is news, and every read has a deadline.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use tempfile::{NamedTempFile, TempDir};
use vejviser::serve::{Built, Event, ServeError, ServeOptions, serve};

const DEADLINE: Duration = Duration::from_secs(10);
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'\">";

struct Site {
    folder: TempDir,
    address: SocketAddr,
    events: Receiver<Event>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Site {
    /// Serves a folder with these files; each path of the folder is an output path.
    fn start(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(folder.path(), path, text);
        }
        let root = folder.path().to_owned();
        let options = ServeOptions {
            port: 0,
            watch: vec![root.clone()],
            ..ServeOptions::default()
        };
        let (sender, events) = mpsc::channel();
        let report = move |event| sender.send(event).unwrap_or_default();
        thread::spawn(move || serve(&options, move || build(&root), report));
        let mut site = Self {
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            events,
        };
        site.address = loop {
            if let Event::Listening(address) = site.event() {
                break address;
            }
        };
        site
    }

    fn event(&self) -> Event {
        let event = self.events.recv_timeout(DEADLINE);
        event.expect("an event in time")
    }

    fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = format!("Host: {}\r\n", self.address);
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"
        ))
    }

    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer in time");
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
        }
    }

    /// The address of the event stream and the number of the page, as its script would find them.
    fn stream(&self, page: &Answer) -> (String, String) {
        let between = |start: &str, end: &str| {
            let (_, rest) = page.body.split_once(start).expect(start);
            rest.split_once(end).expect(end).0.to_owned()
        };
        let root = between("<script src=\"", "reload.js");
        (format!("{root}events"), between("data-build=\"", "\""))
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    /// Waits for what a page is told that has already heard of everything up to its number.
    fn later_news(&self, page: &Answer) -> String {
        let (events, number) = self.stream(page);
        let seen = format!("Last-Event-ID: {number}\r\n");
        self.ask("GET", &events, &seen).body
    }

    /// Waits for what a page just opened is told.
    fn news(&self, page: &Answer) -> Answer {
        let (events, number) = self.stream(page);
        self.get(&format!("{events}?since={number}"))
    }
}

/// Puts a file in place at once, so that no build sees half of it.
fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.persist(path).unwrap();
}

/// Takes every file of the folder over; a file `FAIL` is a mistake of the author, `PANIC` one of ours.
fn build(root: &Path) -> Built {
    let mut files = BTreeMap::new();
    collect(root, root, &mut files);
    assert!(!files.contains_key("PANIC"), "the build broke");
    let problems = files.get("FAIL");
    let problems = problems.map(|text| String::from_utf8_lossy(text).into_owned());
    if problems.is_some() {
        files.clear();
    }
    Built { files, problems }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Arc<[u8]>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.to_owned(), fs::read(&path).unwrap().into());
        }
    }
}

fn page(text: &str) -> String {
    format!("<!DOCTYPE html><html><head>{POLICY}</head><body>{text}</body></html>")
}

#[test]
fn pages_are_served_with_the_script_and_their_own_policy() {
    let site = Site::start(&[("index.html", &page("forside")), ("a.css", "p{}")]);
    let front = site.get("/");
    assert_eq!(front.status, 200);
    assert!(front.body.contains("forside<script src=\"/.vejviser/"));
    assert!(front.body.ends_with("\"></script></body></html>"));
    assert!(front.body.contains(POLICY));
    for header in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
    ] {
        assert!(front.head.contains(header), "{header}: {}", front.head);
    }
    let style = site.get("/a.css?build=3");
    assert_eq!((style.status, style.body.as_str()), (200, "p{}"));
    assert!(style.head.contains("content-type: text/css"));

    let (events, _) = site.stream(&front);
    let script = site.get(&events.replace("events", "reload.js"));
    assert!(script.status == 200 && script.head.contains("content-type: text/javascript"));
    let bar = site.get(&events.replace("events", "reload.css"));
    assert!(bar.status == 200 && bar.head.contains("content-type: text/css"));
}

#[test]
fn folders_and_missing_pages() {
    let method = ("metoder/ø/index.html", &*page("metode"));
    let site = Site::start(&[method, ("404.html", &page("findes ikke"))]);
    assert!(site.get("/metoder/%C3%B8/").body.contains("metode"));
    let moved = site.get("/metoder/%C3%B8?print");
    assert_eq!(moved.status, 301);
    assert!(moved.head.contains("location: ./%c3%b8/?print"));
    for path in "/ /metoder /x/y /metoder/%C3%B8/index.html/ //metoder/".split(' ') {
        let missing = site.get(path);
        assert_eq!(missing.status, 404, "{path}");
        assert!(missing.body.contains("findes ikke<script"), "{path}");
    }
}

#[test]
fn nothing_outside_the_build_is_read() {
    let site = Site::start(&[("index.html", "a"), ("sub/index.html", "b")]);
    let refused = "/../etc/passwd /%2e%2e/etc/passwd /sub/..%2f..%2fetc/passwd /sub/%2E./index.html \
        /./index.html /..%5c..%5cetc/passwd /sub%00/index.html /index.html%00.css \
        /%0d%0aSet-Cookie:%20a=b /%ff /% /%c0%ae%c0%ae/etc/passwd *";
    for path in refused.split(' ') {
        assert_eq!(site.get(path).status, 400, "{path}");
    }
    let root = site.folder.path().to_str().unwrap();
    for path in [
        "//etc/passwd",
        "/%252e%252e/etc/passwd",
        "/etc/passwd",
        root,
    ] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
    assert_eq!(site.get(&format!("/{}", "a".repeat(9000))).status, 414);
}

#[test]
fn only_get_and_head() {
    let site = Site::start(&[("index.html", "a")]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "VEJVISER"] {
        let refused = site.ask(method, "/", "");
        assert_eq!(refused.status, 405, "{method}");
        assert!(refused.head.contains("allow: get, head"));
    }
    let length = |answer: &Answer| {
        let (_, rest) = answer.head.split_once("content-length: ").unwrap();
        rest.lines().next().map(str::to_owned)
    };
    let (full, head) = (site.get("/"), site.ask("HEAD", "/", ""));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(length(&full), length(&head));
    let (events, _) = site.stream(&full);
    assert_eq!(site.ask("HEAD", &events, "").status, 200);
}

#[test]
fn only_own_names_are_answered() {
    let site = Site::start(&[("index.html", "a")]);
    let port = site.address.port();
    let ask = |line: &str| site.raw(&format!("{line}Connection: close\r\n\r\n")).status;
    let ask_host = |host: &str| ask(&format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\n"));
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(ask_host(host), 200, "{host}");
    }
    for host in "evil.example localhost.evil.example 0.0.0.0 192.168.1.1".split(' ') {
        assert_eq!(ask_host(host), 403, "{host}");
    }
    assert_eq!(ask("GET / HTTP/1.1\r\nHost: localhost\r\n"), 403);
    assert_eq!(ask("GET / HTTP/1.1\r\n"), 400);
    assert_eq!(ask("GET / HTTP/1.0\r\n"), 400);
    let own = format!("Host: localhost:{port}\r\n");
    assert_eq!(ask(&format!("GET / HTTP/1.1\r\n{own}{own}")), 400);
    let absolute = format!("GET http://evil.example:{port}/ HTTP/1.1\r\n{own}");
    assert_eq!(ask(&absolute), 403);
    let absolute =
        format!("GET http://localhost:{port}/ HTTP/1.1\r\nHost: evil.example:{port}\r\n");
    assert_eq!(ask(&absolute), 403);
}

#[test]
fn the_event_stream_is_for_own_pages() {
    let site = Site::start(&[("index.html", "a")]);
    let (events, _) = site.stream(&site.get("/"));
    let own = format!("http://{}", site.address);
    // Number 0 is older than any page, so each allowed question is answered at once.
    let stream = format!("{events}?since=0");
    let ask = |headers: &str| site.ask("GET", &stream, headers).status;
    let same = format!("Origin: {own}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!((ask(""), ask(&same)), (200, 200));
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: none\r\n",
        &format!("Origin: {own}.evil.example\r\n"),
        &format!("Origin: {own}\r\nOrigin: http://evil.example\r\n"),
    ] {
        assert_eq!(ask(headers), 403, "{headers}");
    }
    let guessed = format!("/.vejviser/{}/events", "0".repeat(32));
    assert_eq!(site.get(&guessed).status, 404);
}

#[test]
fn an_edit_reloads_and_brings_new_bytes() {
    let site = Site::start(&[("index.html", &page("før")), ("a.css", "p{}")]);
    let before = site.get("/");
    site.write("index.html", &page("efter"));
    let news = site.news(&before);
    assert!(news.head.contains("content-type: text/event-stream"));
    assert!(news.body.contains("\nevent: reload\n"), "{}", news.body);
    let after = site.get("/");
    assert!(after.body.contains("efter"));

    // A page that was away hears of what it missed, by its number or by the last event it saw.
    assert!(site.news(&before).body.contains("event: reload"));
    let (events, _) = site.stream(&after);
    let missed = site.ask("GET", &events, "Last-Event-ID: 1\r\n");
    assert!(missed.body.contains("event: reload"));
}

#[test]
fn a_changed_style_sheet_is_swapped() {
    let front_page = page("a");
    let site = Site::start(&[("index.html", &front_page), ("css/a.css", "p{}")]);
    let front = site.get("/");
    site.write("css/a.css", "p{color:red}");
    let news = site.news(&front).body;
    let styles = "event: styles\ndata: /css/a.css\n\n";
    assert!(news.contains(styles), "{news}");
    assert!(!news.contains("reload"), "{news}");
    assert_eq!(site.get("/css/a.css").body, "p{color:red}");
}

#[test]
fn a_rebuild_without_a_difference_is_no_news() {
    let site = Site::start(&[("index.html", &page("a"))]);
    let front = site.get("/");
    site.write("index.html", &page("a"));
    assert!(matches!(site.event(), Event::Rebuilt { changed: 0, .. }));
    assert_eq!(site.stream(&site.get("/")), site.stream(&front));
}

#[test]
fn a_failed_build_keeps_the_last_good_one() {
    let site = Site::start(&[("index.html", &page("god"))]);
    let front = site.get("/");
    site.write("FAIL", "fejl <b>\nlinje 2");
    let news = site.news(&front).body;
    let problems = "event: problems\ndata: fejl <b>\ndata: linje 2\n\n";
    assert!(news.contains(problems), "{news}");

    // A page opened now is the good one, and is told of the problems at once.
    let meanwhile = site.get("/");
    assert!(meanwhile.status == 200 && meanwhile.body.contains("god"));
    assert!(!meanwhile.body.contains("fejl"));
    assert!(site.news(&meanwhile).body.contains("event: problems"));

    site.remove("FAIL");
    let mended = site.later_news(&meanwhile);
    assert!(mended.contains("event: mended"), "{mended}");
    assert!(!mended.contains("reload"), "{mended}");
}

#[test]
fn without_a_good_build_the_problems_are_the_page() {
    let failure = ("FAIL", "<script>alert(1)</script>");
    let site = Site::start(&[failure, ("index.html", &page("a"))]);
    let policy = "content-security-policy: default-src 'none'";
    for path in ["/", "/index.html", "/x.css"] {
        let problems = site.get(path);
        assert_eq!(problems.status, 500, "{path}");
        assert!(problems.body.contains("&lt;script&gt;alert(1)"), "{path}");
        assert!(problems.head.contains(policy), "{path}");
    }
    let first = site.get("/");
    site.remove("FAIL");
    let mended = site.later_news(&first);
    assert!(mended.contains("event: reload"), "{mended}");
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_panic_in_the_build_is_survived() {
    let site = Site::start(&[("index.html", &page("god"))]);
    let front = site.get("/");
    site.write("PANIC", "");
    assert!(site.news(&front).body.contains("the build broke"));
    let still = site.get("/");
    assert!(still.body.contains("god"));
    site.remove("PANIC");
    let mended = site.later_news(&still);
    assert!(mended.contains("event: mended"), "{mended}");
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let options = ServeOptions {
        port,
        ..ServeOptions::default()
    };
    let error = serve(&options, Built::default, |_| {}).unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&ServeError::PortInUse(port)));
    assert!(error.to_string().contains(&port.to_string()));
}
