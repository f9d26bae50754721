//! What the preview adds to a site: the reload script and its bar, and the events that drive them.
//!
//! In: built pages, news. Out: pages as they are sent, the text of an event stream, the page of a site not yet built.
//! Nothing is inline and all comes from the site itself, so the site's own policy holds.
//! Deliberately not done: changing built bytes in place, parsing HTML beyond the body's tags, words for people
//! (the problems are the only text, and they are only ever text).

use super::state::News;

/// Where the added files live; no page can have an address that begins with a full stop and is not hidden.
const RESERVED: &str = "/.vejviser/";

/// The addresses of the added files, under a token that pages of other sites cannot know.
#[derive(Debug)]
pub struct Addresses {
    root: String,
}

/// An added file or the event stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// `SCRIPT`.
    Script,
    /// `STYLE`.
    Style,
    /// The event stream, whose answers `events` writes.
    Events,
}

impl Addresses {
    /// The addresses under this token, which must be fit for a URL as it is.
    pub fn new(token: &str) -> Self {
        Self {
            root: format!("{RESERVED}{token}/"),
        }
    }

    /// What is at a decoded request path, if it is one of ours.
    pub fn find(&self, path: &str) -> Option<Added> {
        match path.strip_prefix(&self.root)? {
            "reload.js" => Some(Added::Script),
            "reload.css" => Some(Added::Style),
            "events" => Some(Added::Events),
            _ => None,
        }
    }

    fn script_tag(&self, number: u64, flag: &str) -> String {
        format!(
            "<script src=\"{}reload.js\" data-build=\"{number}\"{flag}></script>",
            self.root
        )
    }

    /// The page as it is sent: with the script before `</body>`.
    pub fn dress(&self, html: &[u8], number: u64) -> Vec<u8> {
        let tag = self.script_tag(number, "");
        let head_end = find(html, b"<body", 0).unwrap_or(html.len());
        let end = rfind(html, b"</body>")
            .filter(|end| *end >= head_end)
            .unwrap_or(html.len());
        let mut page = Vec::with_capacity(html.len() + tag.len());
        page.extend_from_slice(&html[..end]);
        page.extend_from_slice(tag.as_bytes());
        page.extend_from_slice(&html[end..]);
        page
    }

    /// The page shown while there has been no good build: the problems, and the script that waits for better.
    pub fn unbuilt_page(&self, problems: &str, number: u64) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"\">\n<head>\n<meta charset=\"utf-8\">\n<title>vejviser</title>\n\
             <link rel=\"stylesheet\" href=\"{root}reload.css\">\n</head>\n<body class=\"vejviser-unbuilt\">\n\
             <main><pre>{problems}</pre></main>\n{script}\n</body>\n</html>\n",
            root = self.root,
            problems = escape(problems),
            script = self.script_tag(number, " data-unbuilt"),
        )
    }
}

/// The policy of `unbuilt_page`, which has no built page to take one from.
pub const UNBUILT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                                  form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// One answer of the event stream. The browser comes back for the next with the `id` of this one.
pub fn events(news: Option<&News>) -> String {
    let mut text = "retry: 10\n\n".to_owned();
    let Some(news) = news else {
        return text;
    };
    text.push_str(&format!("id: {}\n", news.number));
    if news.reload {
        text.push_str("event: reload\ndata:\n\n");
        return text;
    }
    if !news.styles.is_empty() {
        push_event(&mut text, "styles", &news.styles.join("\n"));
    }
    match &news.problems {
        Some(problems) => push_event(&mut text, "problems", problems),
        None => push_event(&mut text, "mended", ""),
    }
    text
}

fn push_event(text: &mut String, name: &str, data: &str) {
    text.push_str(&format!("event: {name}\n"));
    // A lone carriage return ends a line of the stream too, and must not start a field of its own.
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        text.push_str(&format!("data: {line}\n"));
    }
    text.push('\n');
}

fn find(text: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let found = text[from..]
        .windows(word.len())
        .position(|window| window.eq_ignore_ascii_case(word));
    found.map(|at| from + at)
}

fn rfind(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len())
        .rposition(|window| window.eq_ignore_ascii_case(word))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The reload script.
///
/// A hidden page lets go of its connection (browsers give one site six, and a page waits on one) and asks again when
/// it is seen. After an answer the browser asks on at once. When the server is gone, the script tries now and then; a
/// new server, whose token is another, it leaves alone. A style sheet that no link of the page names may be imported
/// by another, so then the page reloads.
pub const SCRIPT: &str = r#"(function () {
  'use strict';
  var script = document.currentScript;
  if (!script || !window.EventSource) { return; }
  var events = new URL('events', script.src);
  var styleAddress = new URL('reload.css', script.src).href;
  var build = script.getAttribute('data-build');
  var isUnbuilt = script.hasAttribute('data-unbuilt');
  var source = null;
  var bar = null;

  function disconnect() {
    if (source) { source.close(); source = null; }
  }

  function reload() {
    disconnect();
    window.location.reload();
  }

  function pathOf(link) {
    var url = new URL(link.href, document.baseURI);
    if (url.origin !== window.location.origin) { return null; }
    try { return decodeURIComponent(url.pathname); } catch (error) { return null; }
  }

  function swap(path) {
    var isFound = false;
    document.querySelectorAll('link[rel~="stylesheet"]').forEach(function (link) {
      if (link.hasAttribute('data-replaced') || pathOf(link) !== path) { return; }
      isFound = true;
      var url = new URL(link.href, document.baseURI);
      url.searchParams.set('build', build);
      var fresh = link.cloneNode(false);
      fresh.href = url.href;
      fresh.onload = fresh.onerror = function () { link.remove(); };
      link.setAttribute('data-replaced', '');
      link.after(fresh);
    });
    return isFound;
  }

  function show(text) {
    if (!bar) {
      var style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = styleAddress;
      document.head.appendChild(style);
      bar = document.createElement('pre');
      bar.id = 'vejviser-problems';
      bar.tabIndex = 0;
      bar.setAttribute('role', 'alert');
    }
    bar.textContent = text;
    if (!bar.isConnected) { document.body.appendChild(bar); }
  }

  function on(name, act) {
    source.addEventListener(name, function (event) {
      build = event.lastEventId;
      if (isUnbuilt && name !== 'problems') { reload(); } else { act(event.data); }
    });
  }

  function connect() {
    if (source || document.visibilityState === 'hidden') { return; }
    events.searchParams.set('since', build);
    source = new EventSource(events.href);
    var isAnswered = false;
    source.onopen = function () { isAnswered = true; };
    source.onerror = function () {
      if (!isAnswered && source.readyState !== EventSource.CLOSED) {
        disconnect();
        window.setTimeout(connect, 2000);
      }
      isAnswered = false;
    };
    on('reload', reload);
    on('styles', function (data) {
      if (!data.split('\n').map(swap).every(Boolean)) { reload(); }
    });
    on('problems', function (data) {
      if (isUnbuilt) { document.querySelector('pre').textContent = data; } else { show(data); }
    });
    on('mended', function () {
      if (bar) { bar.remove(); }
    });
  }

  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') { disconnect(); } else { connect(); }
  });
  window.addEventListener('pagehide', disconnect);
  window.addEventListener('pageshow', connect);
  connect();
}());
"#;

/// The looks of the bar and of the page of a site not yet built.
pub const STYLE: &str = r#"#vejviser-problems, .vejviser-unbuilt pre {
  box-sizing: border-box;
  margin: 0;
  padding: 0.75rem 1rem;
  color: #fff;
  background: #5c1111;
  border: 0;
  border-top: 3px solid #ff9d9d;
  border-radius: 0;
  font: 14px/1.5 ui-monospace, monospace;
  text-align: left;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
#vejviser-problems {
  position: fixed;
  inset: auto 0 0 0;
  z-index: 2147483647;
  width: 100%;
  max-height: 40vh;
  overflow: auto;
}
#vejviser-problems:focus-visible { outline: 3px solid #fff; outline-offset: -6px; }
body:has(> #vejviser-problems) { padding-bottom: 40vh; }
body.vejviser-unbuilt { margin: 0; }
@media print { #vejviser-problems { display: none; } }
"#;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let sent = Addresses::new("t").dress(html.as_bytes(), 7);
        assert_eq!(
            String::from_utf8(sent)
                .unwrap()
                .replace(&Addresses::new("t").script_tag(7, ""), "+"),
            expected
        );
    }

    #[test]
    fn the_script_comes_before_the_last_body_end() {
        check("<body>a</body></html>", "<body>a+</body></html>");
        check(
            "<BODY>a<!-- </body> --></BODY >",
            "<BODY>a<!-- +</body> --></BODY >",
        );
        check("<body></body>a</BoDy>", "<body></body>a+</BoDy>");
        check("a", "a+");
        check("", "+");
    }

    #[test]
    fn problems_cannot_leave_their_event() {
        let news = |problems: &str| News {
            number: 3,
            reload: false,
            styles: vec!["/a.css".to_owned()],
            problems: Some(problems.into()),
        };
        assert_eq!(
            events(Some(&news("a\r\nb\rid: 9\n\nevent: reload"))),
            "retry: 10\n\nid: 3\nevent: styles\ndata: /a.css\n\nevent: problems\ndata: a\ndata: b\ndata: id: 9\ndata: \ndata: event: reload\n\n",
        );
    }

    #[test]
    fn problems_are_text_on_the_unbuilt_page() {
        let page = Addresses::new("t").unbuilt_page("</pre><script>alert(1)</script>&", 1);
        assert!(page.contains("<pre>&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</pre>"));
        assert_eq!(page.matches("<script").count(), 1);
    }

    #[test]
    fn only_the_token_opens_the_added_files() {
        let addresses = Addresses::new("t");
        assert_eq!(addresses.find("/.vejviser/t/events"), Some(Added::Events));
        assert_eq!(addresses.find("/.vejviser/x/events"), None);
        assert_eq!(addresses.find("/.vejviser/t/"), None);
    }
}
