//! Drives a tab of the machine's Chromium as a reader would.
//!
//! In: addresses, sizes, keys and questions in JavaScript. Out: answers, and everything the browser complained about.
//! Each `Browser` has a profile of its own and no way to another host; it and its processes end when it is dropped.
//! A browser that does not do its part (no answer, a crashed tab) is a panic that names the page;
//! what is wrong with a page is a `problem`, and what it means is judged by the tests.

use std::collections::{BTreeSet, HashMap};
use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::protocol::{Connection, DEADLINE, Event, PAUSE, Process, base64_decode, find_program};

pub struct Browser {
    connection: Connection,
    process: Process,
    port: u16,
}

impl Browser {
    /// Starts Chromium, or tells that there is none and gives `None`.
    ///
    /// With `VEJVISER_BROWSER=required` a missing Chromium is a failure, so that a test run cannot pass by doing nothing.
    pub fn start() -> Option<Browser> {
        let Some(program) = find_program() else {
            let is_required = env::var("VEJVISER_BROWSER").is_ok_and(|value| value == "required");
            assert!(
                !is_required,
                "VEJVISER_BROWSER=required, but there is no Chromium: set CHROME_PATH or install `chromium`"
            );
            println!("skipped: no Chromium on this machine");
            return None;
        };
        Some(
            Browser::launch(&program)
                .unwrap_or_else(|error| panic!("{}: {error:#}", program.display())),
        )
    }

    /// Opens a new empty tab.
    pub fn page(&mut self) -> Page {
        let target = self
            .connection
            .call("Target.createTarget", json!({ "url": "about:blank" }))
            .expect("a new tab");
        let id = target["targetId"].as_str().expect("a tab has an id");
        Page::attach(self.port, id).unwrap_or_else(|error| panic!("a new tab: {error:#}"))
    }

    fn launch(program: &Path) -> Result<Browser> {
        let mut process = Process::start(program)?;
        let (port, path) = process.wait_for_address()?;
        let connection = Connection::open(port, &path)?;
        Ok(Browser {
            connection,
            process,
            port,
        })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked politely first, so that no child is left writing into the profile while it is removed.
        if self.connection.send("Browser.close", json!({})).is_ok() {
            let deadline = Instant::now() + Duration::from_secs(5);
            while let Ok(Some(_)) = self.connection.next_event(deadline) {}
        }
        self.process.end();
    }
}

/// One tab, which forgets nothing the browser complains about until `problems` is asked.
pub struct Page {
    connection: Connection,
    url: String,
    site: String,
    is_dark: bool,
    is_print: bool,
    loaded: BTreeSet<String>,
    requests: HashMap<String, String>,
    problems: Vec<String>,
}

/// What assistive technology is told about one element.
pub struct AccessibleNode {
    pub role: String,
    pub name: String,
    /// Of a heading; 0 for all else.
    pub level: u64,
    /// Whether an item of a list stands in it.
    pub has_items: bool,
}

impl Page {
    fn attach(port: u16, id: &str) -> Result<Page> {
        let connection = Connection::open(port, &format!("/devtools/page/{id}"))?;
        let (loaded, requests) = (BTreeSet::new(), HashMap::new());
        let (url, site) = ("about:blank".to_owned(), String::new());
        let mut page = Page {
            connection,
            url,
            site,
            is_dark: false,
            is_print: false,
            loaded,
            requests,
            problems: Vec::new(),
        };
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            page.connection
                .call(&format!("{domain}.enable"), json!({}))?;
        }
        page.connection
            .call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }))?;
        // A tab nobody looks at would otherwise have no focus to show.
        page.connection.call(
            "Emulation.setFocusEmulationEnabled",
            json!({ "enabled": true }),
        )?;
        page.set_media();
        Ok(page)
    }

    /// From now on every request for an address that does not begin with `prefix` is a problem.
    pub fn stay_within(&mut self, prefix: &str) {
        prefix.clone_into(&mut self.site);
    }

    /// The size of the reader's window in CSS pixels.
    pub fn set_size(&mut self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Whether the reader's system asks for dark colours.
    pub fn set_dark(&mut self, is_dark: bool) {
        self.is_dark = is_dark;
        self.set_media();
    }

    /// Whether the page is laid out as for paper.
    pub fn set_print(&mut self, is_print: bool) {
        self.is_print = is_print;
        self.set_media();
    }

    fn set_media(&mut self) {
        let scheme = if self.is_dark { "dark" } else { "light" };
        // Less motion, so that a colour read right after a change is the final one.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        let media = if self.is_print { "print" } else { "screen" };
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "media": media, "features": features }),
        );
    }

    /// Whether scripts of pages opened from now on are left out; `eval` goes on working.
    pub fn block_scripts(&mut self, is_blocked: bool) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": is_blocked }),
        );
    }

    /// Runs a script in every page from now on, before the page's own.
    pub fn before_scripts(&mut self, script: &str) {
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        );
    }

    /// Opens an address and waits until everything on the page has loaded or failed to.
    pub fn open(&mut self, url: &str) {
        url.clone_into(&mut self.url);
        let answer = self.call("Page.navigate", json!({ "url": url }));
        if let Some(error) = answer["errorText"].as_str() {
            self.problems
                .push(format!("the page did not open: {error}"));
            return;
        }
        // Without a loader it was a jump within the same page.
        let Some(loader) = answer["loaderId"].as_str() else {
            return;
        };
        let deadline = Instant::now() + DEADLINE;
        while !self.loaded.contains(loader) {
            match self.connection.next_event(deadline) {
                Ok(Some(event)) => self.note(&event),
                Ok(None) => panic!("{url}: not loaded within {DEADLINE:?}"),
                Err(error) => panic!("{url}: {error:#}"),
            }
        }
    }

    /// The value of an expression on the page; a promise is awaited.
    pub fn eval(&mut self, script: &str) -> Value {
        self.try_eval(script)
            .unwrap_or_else(|error| panic!("{}: {error:#}\nin: {script}", self.url))
    }

    /// The value of an expression that gives a list of texts.
    pub fn eval_list(&mut self, script: &str) -> Vec<String> {
        let value = self.eval(script);
        serde_json::from_value(value)
            .unwrap_or_else(|error| panic!("{}: {error}\nin: {script}", self.url))
    }

    /// Waits until an expression is true, also across a change of page; `false` when that took too long.
    pub fn wait_for(&mut self, script: &str) -> bool {
        let deadline = Instant::now() + Duration::from_secs(15);
        loop {
            // While one page gives way to the next there is nothing to ask; that is no failure yet.
            if self
                .try_eval(script)
                .is_ok_and(|value| value == json!(true))
            {
                return true;
            }
            if Instant::now() >= deadline {
                return false;
            }
            if let Ok(Some(event)) = self.connection.next_event(Instant::now() + PAUSE) {
                self.note(&event);
            }
        }
    }

    fn try_eval(&mut self, script: &str) -> Result<Value> {
        let question = json!({ "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let mut answer = self.connection.call("Runtime.evaluate", question)?;
        self.note_all();
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("{}", exception_text(exception));
        }
        Ok(answer["result"]["value"].take())
    }

    /// What the browser has complained about since this was last asked.
    pub fn problems(&mut self) -> Vec<String> {
        // The answer comes after everything the page has said so far.
        self.eval("0");
        let mut seen = BTreeSet::new();
        self.problems
            .drain(..)
            .filter(|problem| seen.insert(problem.clone()))
            .collect()
    }

    /// Presses and releases a key: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `Space`, `Home`, `End` or an arrow.
    pub fn press(&mut self, key: &str) {
        let (modifiers, name) = key
            .strip_prefix("Shift+")
            .map_or((0, key), |name| (8, name));
        let (code, text) = match name {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Space" => (32, " "),
            "End" => (35, ""),
            "Home" => (36, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            _ => panic!("no such key: {key}"),
        };
        let value = if name == "Space" { " " } else { name };
        let mut event = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" }, "modifiers": modifiers,
            "key": value, "code": name, "windowsVirtualKeyCode": code, "text": text,
        });
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        event["text"] = json!("");
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Types a text where the focus is, letter by letter.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.call("Input.insertText", json!({ "text": letter.to_string() }));
        }
    }

    /// Everything assistive technology sees, as it is read from top to bottom.
    pub fn accessibility_tree(&mut self) -> Vec<AccessibleNode> {
        let tree = self.call("Accessibility.getFullAXTree", json!({}));
        let all = tree["nodes"].as_array().map_or(&[][..], Vec::as_slice);
        let by_id: HashMap<&str, &Value> = all
            .iter()
            .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
            .collect();
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
        let mut found: Vec<AccessibleNode> = Vec::new();
        // The browser hands them out by depth; what is told of is what a list has between it and its items too.
        let mut left: Vec<(&Value, Option<usize>)> =
            all.first().map(|top| (top, None)).into_iter().collect();
        while let Some((node, list)) = left.pop() {
            let role = text(&node["role"]);
            let is_told = node["ignored"] != json!(true);
            let list = if is_told && role == "list" {
                Some(found.len())
            } else {
                list
            };
            if let Some(list) = list.filter(|_| is_told && role == "listitem") {
                found[list].has_items = true;
            }
            if is_told {
                let mut properties = node["properties"].as_array().into_iter().flatten();
                let level = properties.find(|property| property["name"] == json!("level"));
                found.push(AccessibleNode {
                    role,
                    name: text(&node["name"]),
                    level: level
                        .and_then(|level| level["value"]["value"].as_u64())
                        .unwrap_or_default(),
                    has_items: false,
                });
            }
            let children = node["childIds"].as_array().into_iter().flatten().rev();
            let children = children.filter_map(|id| by_id.get(id.as_str()?).copied());
            left.extend(children.map(|child| (child, list)));
        }
        found
    }

    /// Writes a picture of the whole page as PNG.
    pub fn screenshot(&mut self, path: &Path) {
        let picture = self.call(
            "Page.captureScreenshot",
            json!({ "captureBeyondViewport": true }),
        );
        let bytes = base64_decode(picture["data"].as_str().unwrap_or_default());
        fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// The page as it would come out of a printer, at the paper size the page asks for.
    pub fn print_to_pdf(&mut self) -> Vec<u8> {
        let paper = self.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        base64_decode(paper["data"].as_str().unwrap_or_default())
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        let answer = self
            .connection
            .call(method, params)
            .unwrap_or_else(|error| panic!("{}: {error:#}", self.url));
        self.note_all();
        answer
    }

    fn note_all(&mut self) {
        while let Some(event) = self.connection.kept_event() {
            self.note(&event);
        }
    }

    /// Keeps what an event says about the page.
    fn note(&mut self, Event { method, params }: &Event) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match method.as_str() {
            "Page.lifecycleEvent" if params["name"] == "load" => {
                self.loaded.insert(text(&params["loaderId"]));
            }
            "Page.javascriptDialogOpening" => {
                self.problems
                    .push(format!("a dialog opened: {}", text(&params["message"])));
                // Unanswered it would stop the page for good.
                let _ = self
                    .connection
                    .send("Page.handleJavaScriptDialog", json!({ "accept": true }));
            }
            "Inspector.targetCrashed" => panic!("{}: the tab crashed", self.url),
            "Runtime.exceptionThrown" => {
                self.problems.push(format!(
                    "exception: {}",
                    exception_text(&params["exceptionDetails"])
                ));
            }
            "Runtime.consoleAPICalled"
                if params["type"] == "error" || params["type"] == "assert" =>
            {
                let words = params["args"].as_array().into_iter().flatten();
                let words = words.map(|word| {
                    word["value"]
                        .as_str()
                        .or(word["description"].as_str())
                        .unwrap_or("…")
                });
                self.problems.push(format!(
                    "console error: {}",
                    words.collect::<Vec<_>>().join(" ")
                ));
            }
            "Log.entryAdded" if params["entry"]["level"] == "error" => {
                let entry = &params["entry"];
                if is_browsers_own(entry["url"].as_str().unwrap_or_default()) {
                    return;
                }
                self.problems.push(format!(
                    "logged by the browser: {} {}",
                    text(&entry["text"]),
                    text(&entry["url"])
                ));
            }
            "Audits.issueAdded" if params["issue"]["code"] == "ContentSecurityPolicyIssue" => {
                let details = &params["issue"]["details"]["contentSecurityPolicyIssueDetails"];
                let (rule, what) = (
                    text(&details["violatedDirective"]),
                    text(&details["blockedURL"]),
                );
                self.problems.push(format!(
                    "against the content security policy: {rule} {what}"
                ));
            }
            "Network.requestWillBeSent" => {
                let url = text(&params["request"]["url"]);
                let is_known = url.starts_with(&self.site) || url.starts_with("blob:");
                if !is_known && !is_browsers_own(&url) {
                    self.problems
                        .push(format!("asks for something outside the site: {url}"));
                }
                self.requests.insert(text(&params["requestId"]), url);
            }
            "Network.responseReceived" if params["response"]["status"].as_u64() >= Some(400) => {
                let response = &params["response"];
                if is_browsers_own(response["url"].as_str().unwrap_or_default()) {
                    return;
                }
                self.problems.push(format!(
                    "status {}: {}",
                    response["status"],
                    text(&response["url"])
                ));
            }
            "Network.loadingFailed" => {
                // A style sheet or script that is not there counts as cancelled; other cancelled
                // requests are those the reader left behind.
                let is_needed = params["type"] == "Stylesheet" || params["type"] == "Script";
                if params["canceled"] == json!(true) && !is_needed {
                    return;
                }
                let url = self.requests.get(&text(&params["requestId"]));
                let url = url.map_or("", String::as_str);
                let reason = format!(
                    "{} {}",
                    text(&params["errorText"]),
                    text(&params["blockedReason"])
                );
                let reason = reason.trim();
                self.problems
                    .push(format!("request failed ({reason}): {url}"));
            }
            _ => {}
        }
    }
}

/// Whether a request is Chromium's own idea: it asks the server for an icon when a page names none, and draws the
/// marks of its own controls from addresses that hold the picture. A page may not do that: its policy would tell.
fn is_browsers_own(url: &str) -> bool {
    url.split('/').nth(3) == Some("favicon.ico") || url.starts_with("data:image/svg+xml;base64,")
}

fn exception_text(details: &Value) -> String {
    let text = details["exception"]["description"]
        .as_str()
        .or(details["text"].as_str());
    text.unwrap_or("an exception without a text").to_owned()
}
