//! Files for web servers: what is written, and that nginx, where it is installed, serves the site by them.

use crate::support::{TODAY, files_below, names, said, site, vejviser};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SITE: &str = "-- content/index.md\n---\ntitle: Forside\n---\n\nVelkommen til en side med nogle få ord om fravær og trivsel.\n\
    -- content/om.md\n---\ntitle: Om\n---\n\nOm siden.\n";

fn build(root: &Path, options: &[&str]) {
    let base = ["build", "--today", TODAY];
    let output = vejviser(root, &[&base, options].concat());
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn files_for_servers_are_written_on_request_alone() {
    let site = site(SITE);
    let output = site.path().join("output");
    let own = [".htaccess", ".nginx.conf", "_headers", "web.config"];
    build(site.path(), &[]);
    assert!(
        !names(&output)
            .iter()
            .any(|name| own.contains(&name.as_str()))
    );
    build(
        site.path(),
        &[
            "--headers",
            "nginx,apache",
            "--headers",
            "iis",
            "--headers",
            "_headers",
        ],
    );
    for name in own {
        let text = fs::read_to_string(output.join(name)).expect("the server's file");
        assert!(text.contains("frame-ancestors 'none'"), "{name}: {text}");
    }
    build(site.path(), &["--headers", "iis"]);
    assert!(!output.join(".nginx.conf").exists(), "an old file stays");
    assert!(output.join("web.config").exists());
}

#[test]
fn an_intranet_may_be_named_as_framer_and_a_bad_one_is_told() {
    let site = site(SITE);
    let configuration = |framer: &str| {
        let text = format!(
            "id: test\ntitle: Test\nbase_url: https://eksempel.dk/\nhosting:\n  frame_ancestors: [{framer}]\n"
        );
        fs::write(site.path().join("vejviser.yaml"), text).expect("the configuration");
    };
    configuration("\"https://intranet.eksempel.dk\", self");
    build(site.path(), &["--headers", "_headers"]);
    let text = fs::read_to_string(site.path().join("output/_headers")).expect("the file");
    assert!(
        text.contains("frame-ancestors https://intranet.eksempel.dk 'self'\n"),
        "{text}"
    );
    configuration("\"https://a.dk; script-src *\"");
    let refused = vejviser(site.path(), &["build", "--today", TODAY]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("bad-value"), "{}", said(&refused));
}

#[test]
fn twins_stand_beside_text_files_and_go_when_they_are_not_asked_for() {
    let site = site(SITE);
    let output = site.path().join("output");
    build(site.path(), &["--precompress"]);
    let first = fs::read(output.join("index.html.gz")).expect("a twin");
    assert!(first.starts_with(&[0x1f, 0x8b]) && output.join("index.html.br").exists());
    assert!(first.len() < fs::read(output.join("index.html")).expect("the page").len());
    build(site.path(), &["--precompress"]);
    assert_eq!(
        fs::read(output.join("index.html.gz")).expect("a twin"),
        first
    );
    build(site.path(), &[]);
    assert!(
        !output.join("index.html.gz").exists(),
        "a twin of an older page stays"
    );
}

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

fn nginx(root: &Path, port: u16) -> Option<Server> {
    let temp = root.join("nginx");
    fs::create_dir_all(&temp).expect("a folder");
    let temp = temp.display();
    let root = root.display();
    let configuration = format!(
        "daemon off; master_process off; pid {temp}/pid; error_log {temp}/error.log;\nevents {{}}\n\
         http {{ types {{ text/html html; text/css css; application/javascript js; image/svg+xml svg; }} access_log off;\n\
         client_body_temp_path {temp}/b; proxy_temp_path {temp}/p; fastcgi_temp_path {temp}/f; uwsgi_temp_path {temp}/u; scgi_temp_path {temp}/s;\n\
         server {{ listen 127.0.0.1:{port}; root {root}; include {root}/kommune/vejledning/.nginx.conf; }} }}\n"
    );
    let file = format!("{temp}/nginx.conf");
    fs::write(&file, configuration).expect("the configuration");
    let started = Command::new("nginx")
        .args(["-c", &file, "-e", &format!("{temp}/start.log")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    started.ok().map(Server)
}

/// The head and the bytes of an answer.
fn get(port: u16, path: &str) -> (String, Vec<u8>) {
    let until = Instant::now() + Duration::from_secs(20);
    let mut stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(error) => assert!(Instant::now() < until, "no server: {error}"),
        }
        sleep(Duration::from_millis(50));
    };
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("an end of the head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    (head, answer[end + 4..].to_vec())
}

#[test]
fn nginx_serves_the_site_by_its_file() {
    let site = site(SITE);
    let output = site.path().join("kommune/vejledning");
    let output_text = output.to_str().expect("a plain path");
    build(
        site.path(),
        &[
            "--output",
            output_text,
            "--headers",
            "nginx",
            "--precompress",
            "--base-url",
            "https://eksempel.dk/kommune/vejledning/",
        ],
    );
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let Some(_server) = nginx(site.path(), port) else {
        println!("skipped: nginx is not installed");
        return;
    };
    let at = |path: &str| get(port, &format!("/kommune/vejledning/{path}"));
    let (head, body) = at("om/");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(
        head.contains("frame-ancestors 'none'") && head.contains("no-cache"),
        "{head}"
    );
    assert!(
        head.contains("Content-Encoding: gzip") && head.contains("charset=utf-8"),
        "{head}"
    );
    assert_eq!(
        body,
        fs::read(output.join("om/index.html.gz")).expect("the twin")
    );
    let (head, _) = at("om");
    assert!(head.contains("Location: /kommune/vejledning/om/"), "{head}");
    let (head, _) = at("ikke-her/dybt/nede");
    assert!(
        head.starts_with("HTTP/1.1 404") && head.contains("default-src 'none'"),
        "{head}"
    );
    let (head, _) = at(".vejviser-manifest.json");
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    // Every file under its own address: what has a hash in its name is kept for ever, all else is asked for anew.
    let files =
        ["html", "js", "css", "svg", "xml", "txt"].map(|ending| files_below(&output, ending));
    for file in files.concat() {
        let path = file.strip_prefix(&output).expect("below it");
        let path = path.to_str().expect("a plain path").replace('\\', "/");
        let (head, body) = at(&path);
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        assert!(head.contains("default-src 'none'"), "{path}: {head}");
        let is_root = path.starts_with("assets/search/") && path.split('/').count() < 5;
        let cache = if path.starts_with("assets/") && !is_root {
            "immutable"
        } else {
            "no-cache"
        };
        assert!(head.contains(cache), "{path}: {head}");
        // A file that gains nothing has no twin.
        if let Ok(twin) = fs::read(output.join(format!("{path}.gz"))) {
            assert!(head.contains("Content-Encoding: gzip"), "{path}: {head}");
            assert!(body == twin, "{path}: not its twin");
        }
    }
    let styles = names(&output.join("assets"));
    let style = styles
        .iter()
        .find(|name| name.starts_with("site.") && name.ends_with(".css"));
    let (head, _) = at(&format!("assets/{}", style.expect("a style sheet")));
    assert!(
        head.contains("immutable") && head.contains("default-src 'none'"),
        "{head}"
    );
}
