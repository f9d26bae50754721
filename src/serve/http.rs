//! Answers browsers. Every request is taken for hostile until its host, method and address have been checked.
//!
//! In: a listening socket and the board with the present snapshot. Out: answers, until Ctrl-C.
//! The event stream is a row of short answers: one waits for news, tells it and ends, and the browser asks again with
//! the number it has. So nothing is lost between two connections, and no connection is held for ever.
//! Deliberately not done: reading files, bodies of requests, ranges, compression, caching.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::Hosts;
use super::reload::{self, Added, Addresses};
use super::state::{self, Found, Snapshot};

const CONNECTIONS: usize = 256;
const ADDRESS_LENGTH: usize = 8 * 1024;
/// From a connection's start or a request's first byte to the first byte of its answer, and for each pause in that.
const SILENCE: Duration = Duration::from_secs(30);
/// How long the event stream waits for news; well within `SILENCE`.
const NEWS_WAIT: Duration = Duration::from_secs(20);
/// How long open answers may take to end after Ctrl-C.
const FAREWELL: Duration = Duration::from_secs(1);

/// Where the build thread posts the present snapshot and answers read it.
pub struct Board(watch::Sender<Posted>);

struct Posted {
    snapshot: Arc<Snapshot>,
    is_closing: bool,
}

impl Board {
    /// A board that shows this snapshot first.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(watch::Sender::new(Posted {
            snapshot: Arc::new(snapshot),
            is_closing: false,
        }))
    }

    /// The present snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.borrow().snapshot)
    }

    /// Replaces the snapshot and wakes the event streams that wait.
    pub fn show(&self, snapshot: Snapshot) {
        let snapshot = Arc::new(snapshot);
        self.0.send_modify(|posted| posted.snapshot = snapshot);
    }

    fn close(&self) {
        self.0.send_modify(|posted| posted.is_closing = true);
    }

    async fn closing(&self) {
        // An error would mean that the board is gone, which is closing too.
        let mut posts = self.0.subscribe();
        let _ = posts.wait_for(|posted| posted.is_closing).await;
    }

    /// The present snapshot once it has news or the wait is over.
    async fn snapshot_with_news(&self, since: u64, is_new: bool) -> Arc<Snapshot> {
        let mut posts = self.0.subscribe();
        let news = posts
            .wait_for(|posted| posted.is_closing || posted.snapshot.news(since, is_new).is_some());
        let _ = timeout(NEWS_WAIT, news).await;
        self.snapshot()
    }
}

/// What answers are made from.
pub struct Server {
    pub board: Arc<Board>,
    pub addresses: Addresses,
    pub hosts: Hosts,
}

/// Answers until Ctrl-C, then lets open answers end. The listener must not block.
pub fn run(listener: std::net::TcpListener, server: Server) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the server")?;
    let ended = runtime.block_on(answer_until_interrupted(listener, server));
    runtime.shutdown_background();
    ended
}

async fn answer_until_interrupted(
    listener: std::net::TcpListener,
    server: Server,
) -> anyhow::Result<()> {
    let listener = TcpListener::from_std(listener).context("preparing the socket")?;
    let listener = Doorkeeper {
        listener,
        places: Arc::new(Semaphore::new(CONNECTIONS)),
    };
    let board = Arc::clone(&server.board);
    let closed = Arc::clone(&server.board);
    let router = Router::new().fallback(answer).with_state(Arc::new(server));
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(async move { closed.closing().await });
    let serving = tokio::spawn(serving.into_future());

    tokio::signal::ctrl_c()
        .await
        .context("waiting for Ctrl-C")?;
    board.close();
    // Whoever is not done by then is cut off; the process is about to end.
    let _ = timeout(FAREWELL, serving).await;
    Ok(())
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let response = match server.check(&request) {
        Ok(path) => server.respond(&path, &request).await,
        Err(StatusCode::METHOD_NOT_ALLOWED) => {
            let status = plain(StatusCode::METHOD_NOT_ALLOWED);
            ([(header::ALLOW, "GET, HEAD")], status).into_response()
        }
        Err(status) => plain(status),
    };
    // Other sites may not load drafts as their scripts or images; the search index is made of scripts.
    let headers = [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    (headers, response).into_response()
}

impl Server {
    /// The decoded path of a request that may be answered.
    fn check(&self, request: &Parts) -> Result<String, StatusCode> {
        let host = only_header(&request.headers, "host").ok_or(StatusCode::BAD_REQUEST)?;
        let named = request.uri.authority().map_or(host, |name| name.as_str());
        if !self.hosts.accept(host) || !self.hosts.accept(named) {
            return Err(StatusCode::FORBIDDEN);
        }
        if !matches!(request.method, Method::GET | Method::HEAD) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        if request.uri.path().len() + request.uri.query().map_or(0, str::len) > ADDRESS_LENGTH {
            return Err(StatusCode::URI_TOO_LONG);
        }
        state::decode(request.uri.path()).ok_or(StatusCode::BAD_REQUEST)
    }

    async fn respond(&self, path: &str, request: &Parts) -> Response {
        match self.addresses.find(path) {
            Some(Added::Script) => send(StatusCode::OK, content_type("a.js"), reload::SCRIPT),
            Some(Added::Style) => send(StatusCode::OK, content_type("a.css"), reload::STYLE),
            Some(Added::Events) => self.events(request).await,
            None => self.file(path, request.uri.query()),
        }
    }

    async fn events(&self, request: &Parts) -> Response {
        if !self.is_own_page(&request.headers) {
            return plain(StatusCode::FORBIDDEN);
        }
        let seen = only_header(&request.headers, "last-event-id");
        let seen = seen.and_then(|seen| seen.parse().ok());
        // A page without a number it can be held to is told to reload, and then has one.
        let since = seen.unwrap_or_else(|| since(request.uri.query()).unwrap_or(0));
        let snapshot = if request.method == Method::HEAD {
            self.board.snapshot()
        } else {
            self.board.snapshot_with_news(since, seen.is_none()).await
        };
        let news = snapshot.news(since, seen.is_none());
        let events = reload::events(news.as_ref());
        send(StatusCode::OK, "text/event-stream", events)
    }

    /// Whether a page of this site asks. Browsers name the asking site in one of two headers; other programs in neither,
    /// and they have to know the token.
    fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let host = only_header(headers, "host").unwrap_or_default();
        let is_absent_or = |name: &str, value: &str| {
            !headers.contains_key(name) || only_header(headers, name) == Some(value)
        };
        is_absent_or("origin", &format!("http://{host}"))
            && is_absent_or("sec-fetch-site", "same-origin")
    }

    fn file(&self, path: &str, query: Option<&str>) -> Response {
        let snapshot = self.board.snapshot();
        let number = snapshot.number();
        if !snapshot.is_built() {
            let problems = snapshot.problems().unwrap_or_default();
            let page = self.addresses.unbuilt_page(problems, number);
            let headers = [(header::CONTENT_SECURITY_POLICY, reload::UNBUILT_POLICY)];
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            return (headers, send(status, content_type("a.html"), page)).into_response();
        }
        let send_file = |status, path: &str, bytes: &Arc<[u8]>| {
            let content_type = content_type(path);
            if content_type.starts_with("text/html") {
                let page = self.addresses.dress(bytes, number);
                return send(status, content_type, page);
            }
            let bytes = Bytes::from_owner(Arc::clone(bytes));
            send(status, content_type, bytes)
        };
        match snapshot.find(path) {
            Found::File(path, bytes) => send_file(StatusCode::OK, &path, bytes),
            Found::Missing(Some(page)) => send_file(StatusCode::NOT_FOUND, "404.html", page),
            Found::Missing(None) => plain(StatusCode::NOT_FOUND),
            Found::Folder(location) => moved(&location, query),
        }
    }
}

fn send(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type)];
    (status, headers, body.into()).into_response()
}

fn plain(status: StatusCode) -> Response {
    send(status, content_type("a.txt"), format!("{status}\n"))
}

fn moved(location: &str, query: Option<&str>) -> Response {
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let headers = [(header::LOCATION, format!("{location}{query}"))];
    (headers, plain(StatusCode::MOVED_PERMANENTLY)).into_response()
}

/// A header's text if it is there exactly once.
fn only_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn since(query: Option<&str>) -> Option<u64> {
    let mut pairs = query?.split('&');
    pairs
        .find_map(|pair| pair.strip_prefix("since="))?
        .parse()
        .ok()
}

/// Text is sent as UTF-8, which the build writes; what is not in the table is a download.
fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" | "atom" | "rss" => "application/xml",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Lets in so many connections at a time; the others wait in the system's queue.
struct Doorkeeper {
    listener: TcpListener,
    places: Arc<Semaphore>,
}

impl Listener for Doorkeeper {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            let place = Arc::clone(&self.places).acquire_owned().await.ok();
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // Only a matter of speed.
                    let _ = stream.set_nodelay(true);
                    let silence = Box::pin(sleep(SILENCE));
                    return (
                        Connection {
                            stream,
                            silence,
                            is_answered: false,
                            _place: place,
                        },
                        address,
                    );
                }
                // A caller who hung up, or no descriptors left: neither may end or spin the server.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends itself when its caller is too slow to ask or to listen.
struct Connection {
    stream: TcpStream,
    silence: Pin<Box<Sleep>>,
    is_answered: bool,
    _place: Option<OwnedSemaphorePermit>,
}

impl Connection {
    fn restart_clock(&mut self) {
        self.silence.as_mut().reset(Instant::now() + SILENCE);
    }

    fn unless_silent<T>(
        &mut self,
        context: &mut Context<'_>,
        result: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if result.is_pending() && self.silence.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        result
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        // Later bytes of the same request do not count: a caller may not send one now and then for ever.
        if self.is_answered && buffer.filled().len() > before {
            self.is_answered = false;
            self.restart_clock();
        }
        self.unless_silent(context, result)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        if result.is_ready() {
            self.is_answered = true;
            self.restart_clock();
        }
        self.unless_silent(context, result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
