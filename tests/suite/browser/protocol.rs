//! Starts the machine's Chromium without a window and speaks the DevTools protocol with its targets over a websocket.
//!
//! In: a target's address and commands as JSON. Out: their results, and the events met on the way, in the order they came.
//! One thread, one connection, no callbacks: events are kept until they are taken.
//! It knows commands and events only as JSON; what they mean is `chromium.rs`'s business.
//! Every wait has a deadline.

use std::collections::VecDeque;
use std::env;
use std::fs;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, Message, WebSocket};

/// How long one command or one page load may take; generous, since test machines may be busy.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Between two looks at something that gives no sign when it changes.
pub const PAUSE: Duration = Duration::from_millis(10);

/// Something the browser told unasked.
pub struct Event {
    pub method: String,
    pub params: Value,
}

pub struct Connection {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: VecDeque<Event>,
}

impl Connection {
    /// Connects to `path` (`/devtools/page/…` or `/devtools/browser/…`) of the browser at `port`.
    pub fn open(port: u16, path: &str) -> Result<Connection> {
        let stream =
            TcpStream::connect(("127.0.0.1", port)).context("no connection to Chromium")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(DEADLINE))?;
        // A printed page or a large accessibility tree comes as one message of any size.
        let config = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let address = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) = tungstenite::client::client_with_config(address, stream, Some(config))
            .map_err(|error| anyhow!("Chromium refused the websocket {path}: {error}"))?;
        Ok(Connection {
            socket,
            last_id: 0,
            events: VecDeque::new(),
        })
    }

    /// Sends a command and waits for its result.
    pub fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        let id = self.send(method, params)?;
        let deadline = Instant::now() + DEADLINE;
        loop {
            let Some(mut message) = self.receive(deadline)? else {
                bail!("no answer to {method} within {DEADLINE:?}");
            };
            if message["id"].as_u64() != Some(id) {
                self.keep_event(message);
                continue;
            }
            if let Some(error) = message.get("error") {
                bail!(
                    "{method}: {}",
                    error["message"].as_str().unwrap_or("failed")
                );
            }
            return Ok(message["result"].take());
        }
    }

    /// Sends a command without waiting; an answer to it is thrown away when it comes.
    pub fn send(&mut self, method: &str, params: Value) -> Result<u64> {
        self.last_id += 1;
        let text = json!({ "id": self.last_id, "method": method, "params": params }).to_string();
        let mut sent = self.socket.send(Message::text(text));
        while let Err(Error::Io(error)) = &sent
            && error.kind() == ErrorKind::Interrupted
        {
            sent = self.socket.flush();
        }
        sent.with_context(|| format!("Chromium is gone at {method}"))?;
        Ok(self.last_id)
    }

    /// The oldest event not taken yet, waiting for one until `deadline`; `None` when none came.
    pub fn next_event(&mut self, deadline: Instant) -> Result<Option<Event>> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            match self.receive(deadline)? {
                Some(message) => self.keep_event(message),
                None => return Ok(None),
            }
        }
    }

    /// The oldest event that has already arrived, without waiting.
    pub fn kept_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    fn keep_event(&mut self, mut message: Value) {
        if let Some(method) = message["method"].as_str().map(str::to_owned) {
            self.events.push_back(Event {
                method,
                params: message["params"].take(),
            });
        }
    }

    fn receive(&mut self, deadline: Instant) -> Result<Option<Value>> {
        loop {
            // A timeout of nought would mean "for ever" to the operating system.
            let rest = deadline
                .saturating_duration_since(Instant::now())
                .max(Duration::from_millis(1));
            self.socket.get_ref().set_read_timeout(Some(rest))?;
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    let message = serde_json::from_str(text.as_str())
                        .context("Chromium sent something that is not JSON")?;
                    return Ok(Some(message));
                }
                Ok(_) => {}
                // A signal may end a wait early; what was read so far is kept.
                Err(Error::Io(error))
                    if matches!(
                        error.kind(),
                        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
                    ) =>
                {
                    if Instant::now() >= deadline {
                        return Ok(None);
                    }
                }
                Err(error) => return Err(error).context("the connection to Chromium broke"),
            }
        }
    }
}

/// The machine's Chromium: the one `CHROME_PATH` names, else the first of its usual names on the path.
pub fn find_program() -> Option<PathBuf> {
    if let Some(path) = env::var_os("CHROME_PATH").filter(|path| !path.is_empty()) {
        return Some(PathBuf::from(path));
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// A running Chromium with an empty profile of its own; it and its children end when this is dropped.
pub struct Process {
    child: Child,
    profile: TempDir,
}

impl Process {
    pub fn start(program: &Path) -> Result<Process> {
        let profile = TempDir::with_prefix("vejviser-browser-")?;
        let log = fs::File::create(profile.path().join("stderr.txt"))?;
        let mut command = Command::new(program);
        command
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ])
            // Containers give little shared memory; and a scroll bar's width differs from machine to machine.
            .args([
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
            ])
            .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().context("Chromium does not start")?;
        Ok(Process { child, profile })
    }

    /// The port and path Chromium listens at, written into its profile when it is ready.
    pub fn wait_for_address(&mut self) -> Result<(u16, String)> {
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline && self.child.try_wait()?.is_none() {
            let file = self.profile.path().join("DevToolsActivePort");
            let text = fs::read_to_string(file).unwrap_or_default();
            if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| !path.is_empty()) {
                let port = port.parse().context("DevToolsActivePort holds no port")?;
                return Ok((port, path.trim().to_owned()));
            }
            thread::sleep(PAUSE);
        }
        let log = fs::read_to_string(self.profile.path().join("stderr.txt")).unwrap_or_default();
        bail!("Chromium ended or was not ready within {DEADLINE:?}; it says:\n{log}")
    }

    /// Ends the browser and all processes it started.
    pub fn end(&mut self) {
        #[cfg(unix)]
        {
            let group = format!("-{}", self.child.id());
            let _ = Command::new("kill")
                .args(["-KILL", "--", &group])
                .stderr(Stdio::null())
                .status();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Undoes the coding in which pictures and printed pages come.
pub fn base64_decode(text: &str) -> Vec<u8> {
    let digits = text.bytes().filter_map(|byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    });
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for digit in digits {
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}
