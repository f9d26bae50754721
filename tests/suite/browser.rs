//! Opens every page of the built site in a browser, as readers do: wide and narrow, light and dark, by keyboard,
//! without scripts, on paper, from a server, below a path and from a folder.
//!
//! In: the folder of the built site. Out: one failure per test that names every page and what is wrong with it.
//! Pages are found by walking the folder, so that one missing from the sitemap is not missed here.
//! `CHROME_PATH` names the browser; `VEJVISER_BROWSER=required` makes a missing one a failure instead of a skipped test;
//! `VEJVISER_SCREENSHOTS` names a folder for pictures of every page.

mod brand;
mod checklist;
mod checklist_losses;
mod chromium;
mod filter;
mod lean;
mod names;
mod protocol;
mod school_year;
mod search;
mod server;
mod storage;
mod twins;

use std::env;
use std::fs;
use std::path::Path;

use serde_json::json;

use self::chromium::{Browser, Page};
use self::server::{Server, Site};
use crate::support::built_site;

const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (320, 640);
/// The width between the margins of an A4 page, in CSS pixels.
const PAPER: (u32, u32) = (658, 940);

#[test]
fn pages_are_sound_on_a_server() {
    in_browser("/", false, |visit| {
        for name in visit.site.pages.clone() {
            visit.check_looks(&name, WIDE);
            visit.ask(&name, "structure()");
            visit.check_paper(&name);
            visit.check_links(&name);
            visit.check_problems(&name);
        }
        let stored = ask(&mut visit.page, "stored()");
        visit.add(
            "after all pages",
            stored
                .into_iter()
                .map(|key| format!("stored though no reader asked: {key}")),
        );
        for name in visit.site.redirects.clone() {
            visit.open(&name);
            let has_arrived = visit.page.wait_for(
                "document.readyState === 'complete' && !!document.getElementById('vv-content')",
            );
            visit.add(
                &name,
                (!has_arrived).then(|| "does not lead to a page of the site".into()),
            );
            visit.check_problems(&name);
        }
        visit.open("index.html");
        let paper = visit.page.print_to_pdf();
        visit.add(
            "index.html",
            (!paper.starts_with(b"%PDF-")).then(|| "cannot be printed".into()),
        );
    });
}

#[test]
fn pages_are_sound_below_a_path_under_the_strict_policy() {
    in_browser("/kommune/vejledning/", true, |visit| {
        for name in visit.site.pages.clone() {
            visit.check_looks(&name, NARROW);
            visit.check_names(&name);
            visit.check_links(&name);
            visit.page.press("Tab");
            visit.ask(&name, "skipLink()");
            visit.check_problems(&name);
        }
        let requests = visit.server.requests().into_iter();
        let strays = requests.filter(|path| !path.starts_with("/kommune/vejledning/"));
        visit.add(
            "the whole site",
            strays.map(|path| format!("asks the server for {path}")),
        );
    });
}

#[test]
fn pages_open_from_a_folder() {
    in_browser("/", false, |visit| {
        visit.base = format!("file://{}/", visit.site.root.display());
        visit.page.stay_within(&visit.base);
        for name in visit.site.pages.clone() {
            visit.open(&name);
            visit.check_links(&name);
            visit.check_problems(&name);
        }
    });
}

#[test]
fn a_missing_page_gets_the_page_for_missing_pages() {
    let text =
        fs::read_to_string(built_site().join("404.html")).expect("the site has a page 404.html");
    // Its references begin at the root of the server, so it has to be served where the configuration says.
    let mut references = text.split(['"', '=']).filter(|part| part.starts_with('/'));
    let mount = references
        .find_map(|path| Some(path.split_once("assets/")?.0))
        .unwrap_or("/");
    in_browser(mount, true, |visit| {
        visit.open("findes/ikke");
        visit.ask("404.html", "structure()");
        visit.check_links("404.html");
        let problems = visit.page.problems().into_iter();
        let expected = visit.server.url("findes/ikke");
        visit.add(
            "404.html",
            problems.filter(|problem| !problem.contains(&expected)),
        );
    });
}

#[test]
fn pages_are_whole_without_scripts() {
    in_browser("/", false, |visit| {
        visit.page.block_scripts(true);
        for name in visit.site.pages.clone() {
            visit.page.set_size(WIDE.0, WIDE.1);
            visit.open(&name);
            visit.ask(&name, "withoutScripts()");
            visit.page.set_size(NARROW.0, NARROW.1);
            visit.ask(&format!("{name} at 320 px"), "withoutScripts()");
            visit.ask(&format!("{name} at 320 px without scripts"), "overflow()");
            visit.check_problems(&name);
        }
    });
}

#[test]
fn every_tab_stop_of_the_front_page_is_seen() {
    in_browser("/", false, |visit| {
        for ((width, height), is_dark) in [(WIDE, false), (NARROW, true)] {
            visit.page.set_size(width, height);
            visit.page.set_dark(is_dark);
            visit.open("index.html");
            let faults = unseen_tab_stops(&mut visit.page);
            visit.add(&format!("index.html at {width} px"), faults);
        }
        visit.open("index.html");
        visit.page.press("Tab");
        visit.page.press("Enter");
        let has_jumped = visit.page.wait_for(
            "location.hash === '#vv-content' && document.activeElement.id === 'vv-content'",
        );
        visit.add(
            "index.html",
            (!has_jumped).then(|| "the skip link does not move the focus to #vv-content".into()),
        );
    });
}

#[test]
fn the_menu_opens_and_closes_on_a_narrow_screen() {
    in_browser("/", false, |visit| {
        let faults = menu_faults(&mut visit.page, &visit.base);
        visit.add("index.html", faults);
        visit.check_problems("index.html");
    });
}

#[test]
fn the_appearance_chosen_is_remembered() {
    in_browser("/", false, |visit| {
        let faults = appearance_faults(&mut visit.page, &visit.base);
        visit.add("index.html", faults);
        visit.check_problems("index.html");
    });
}

/// Without this a check that sees nothing would look like a site without faults.
#[test]
fn the_checks_find_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("site.css", WRONG_STYLE);
    let cases = WRONG
        .lines()
        .map(|line| line.split_once(" => ").expect("`body => finding`"));
    let cases: Vec<(&str, &str)> = [("", "")].into_iter().chain(cases).collect();
    for (number, (body, _)) in cases.iter().enumerate() {
        let script = body.strip_prefix("js: ").unwrap_or_default();
        let body = if script.is_empty() { body } else { "" };
        write(&format!("{number}.js"), script);
        let page = SOUND
            .replace("BODY", body)
            .replace("0.js", &format!("{number}.js"));
        write(&format!("{number}.html"), &page);
    }
    write("index.html", &SOUND.replace("BODY", ""));
    let Some(mut visit) = Visit::begin(folder.path(), "/a/", true) else {
        return;
    };
    for (number, (body, expected)) in cases.iter().enumerate() {
        let name = format!("{number}.html");
        visit.check_looks(&name, WIDE);
        visit.ask(&name, "structure()");
        visit.check_paper(&name);
        visit.check_names(&name);
        visit.check_links(&name);
        visit.page.press("Tab");
        visit.ask(&name, "skipLink()");
        visit.check_problems(&name);
        visit.ask(&name, "withoutScripts()");
        let found = std::mem::take(&mut visit.findings).join("\n");
        let is_right = found.contains(expected) && (!expected.is_empty() || found.is_empty());
        assert!(is_right, "{body}: expected {expected:?}, found:\n{found}");
    }
    visit.open("index.html");
    let faults = unseen_tab_stops(&mut visit.page).concat();
    assert!(faults.contains("has no visible focus"), "{faults}");
    assert_ne!(menu_faults(&mut visit.page, &visit.base), [""; 0]);
    assert_ne!(appearance_faults(&mut visit.page, &visit.base), [""; 0]);
}

/// A page without faults where `BODY` is empty, except for its style sheet's.
const SOUND: &str = "<!doctype html><html lang=da><meta charset=utf-8><title>x</title>
<link rel=stylesheet href=site.css><a class=skip-link href='#vv-content'>Spring</a>
<header><nav aria-label=Menu><a href='./'>Forside</a></nav></header>
<main id=vv-content tabindex=-1><h1>Side</h1>BODY</main><script src=0.js></script>";

const WRONG_STYLE: &str = "body:has(.unseen) .skip-link { opacity: 0 } a:focus { outline: none }
@media print { body:has(.lost) main { display: none } } .broad { width: 400px }";

/// One page a line: what is put into the sound page, and a part of what has to be found.
const WRONG: &str = "\
js: console.error('av', 1) => console error: av 1
js: null.x => exception: TypeError
js: Promise.reject(new Error('nej')) => exception: Error: nej
js: alert('hov') => a dialog opened: hov
js: localStorage.a = document.documentElement.className = 'js' => class \"js\" without scripts
<img src=gone.png alt=''> => status 404: http://127.0.0.1
<link rel=stylesheet href=gone.css> => request failed (net::ERR_ABORTED): http://127.0.0.1
<script src=gone.js></script> => status 404: http://127.0.0.1
<script>1</script> => against the content security policy: script-src
<p style='color: red'>x</p> => against the content security policy: style-src
<img src=https://example.org/x.png alt=''> => outside the site: https://example.org/x.png
<img src=/x.png alt=''> => outside the site: http://127.0.0.1
<p class=broad>x</p> => px, light: is 408 px wide in a window of 320: p.broad
<h1>Igen</h1> => 2 h1 instead of one
<h3>Hop</h3> => h3 after h1: Hop
<input id=tom> => no label for input#tom
<button type=button></button> => a button has no accessible name
<section aria-label=''></section><nav></nav> => a navigation has no accessible name
<nav aria-label=A><a href='./'>x</a></nav><nav aria-label=A><a href='./'>y</a></nav> => 2 of navigation \"A\"
<h2> </h2> => a heading of level 2 is empty
<ul></ul> => the list \"\" is empty
<svg role=img width=9 height=9><path d='M0 0h9v9z'/></svg> => a image has no accessible name
<a href='ingen/#x'>x</a> => leads to nothing: http://127.0.0.1
<a href='./' tabindex=1>Først</a> => the first tab stop is a \"Først\", not the skip link
<p class=unseen>x</p> => the skip link has the focus but is not seen
<p class=lost>x</p> => words are not on paper: Side
<button type=button>Menu</button> => does nothing without scripts: button \"Menu\"";

/// Serves the built site at `mount` and fails with what a visit finds; does nothing on a machine without Chromium.
fn in_browser(mount: &str, is_strict: bool, check: impl FnOnce(&mut Visit)) {
    let Some(mut visit) = Visit::begin(built_site(), mount, is_strict) else {
        return;
    };
    check(&mut visit);
    let count = visit.findings.len();
    visit.findings.truncate(60);
    assert!(
        count == 0,
        "{count} findings:\n{}",
        visit.findings.join("\n")
    );
}

/// A site, a browser looking at it, and what was found wrong, each finding beginning with the page it is on.
struct Visit {
    page: Page,
    site: Site,
    server: Server,
    base: String,
    findings: Vec<String>,
    /// Last, so that it is the last to go.
    browser: Browser,
}

impl Visit {
    /// Serves the site at `mount` and opens an empty tab; `None` on a machine without Chromium.
    fn begin(root: &Path, mount: &str, is_strict: bool) -> Option<Visit> {
        let mut browser = Browser::start()?;
        let site = Site::read(root);
        let server = Server::start(&site.root, mount, is_strict);
        let base = server.url("");
        let mut page = browser.page();
        page.stay_within(&base);
        page.set_size(WIDE.0, WIDE.1);
        Some(Visit {
            page,
            site,
            server,
            base,
            findings: Vec::new(),
            browser,
        })
    }

    fn open(&mut self, name: &str) {
        self.page.open(&Site::address(&self.base, name));
    }

    fn add(&mut self, place: &str, faults: impl IntoIterator<Item = String>) {
        self.findings
            .extend(faults.into_iter().map(|fault| format!("{place}: {fault}")));
    }

    fn ask(&mut self, place: &str, question: &str) {
        let faults = ask(&mut self.page, question);
        self.add(place, faults);
    }

    /// Opens a page at one size and looks at it at both, in light and dark.
    fn check_looks(&mut self, name: &str, opened_at: (u32, u32)) {
        let other = if opened_at == WIDE { NARROW } else { WIDE };
        self.page.set_size(opened_at.0, opened_at.1);
        self.page.set_dark(false);
        self.open(name);
        for ((width, height), is_dark) in [
            (opened_at, false),
            (opened_at, true),
            (other, true),
            (other, false),
        ] {
            self.page.set_size(width, height);
            self.page.set_dark(is_dark);
            let scheme = if is_dark { "dark" } else { "light" };
            self.take_picture(name, &format!("{width}-{scheme}"));
            self.ask(&format!("{name} at {width} px, {scheme}"), "overflow()");
        }
        self.page.set_size(opened_at.0, opened_at.1);
    }

    fn take_picture(&mut self, name: &str, kind: &str) {
        let Some(folder) = env::var_os("VEJVISER_SCREENSHOTS") else {
            return;
        };
        fs::create_dir_all(&folder).expect("the folder for pictures");
        let name = name.trim_end_matches(".html").replace('/', "-");
        self.page
            .screenshot(&Path::new(&folder).join(format!("{name}-{kind}.png")));
    }

    fn check_paper(&mut self, name: &str) {
        self.ask(name, "beforePaper()");
        self.page.set_size(PAPER.0, PAPER.1);
        self.page.set_print(true);
        self.ask(name, "lostOnPaper()");
        self.ask(&format!("{name} on paper"), "overflow()");
        self.page.set_print(false);
        self.page.set_size(WIDE.0, WIDE.1);
        self.ask(name, "afterPaper()");
    }

    /// Finds links and form addresses within the site, as they stand after loading, that lead to no file.
    fn check_links(&mut self, name: &str) {
        let mut urls = ask(&mut self.page, "links()");
        let is_from_folder = self.base.starts_with("file:");
        urls.retain(|url| {
            !url.strip_prefix(&self.base)
                .is_some_and(|path| self.site.has(path, is_from_folder))
        });
        self.add(
            name,
            urls.into_iter()
                .map(|url| format!("leads to nothing: {url}")),
        );
    }

    fn check_problems(&mut self, name: &str) {
        let problems = self.page.problems();
        self.add(name, problems);
    }
}

/// Goes through the page with Tab, looking at each stop.
fn unseen_tab_stops(page: &mut Page) -> Vec<String> {
    let mut faults = Vec::new();
    ask(page, "beforeFocus()");
    for count in 0.. {
        page.press("Tab");
        let stop = page.eval("vv.atFocus()");
        let Some(name) = stop["name"].as_str() else {
            let is_short = count < 3;
            faults.extend(is_short.then(|| {
                format!("only {count} tab stops: skip link, menu and content are expected")
            }));
            break;
        };
        if count == 0 && stop["isSkipLink"] != json!(true) {
            faults.push(format!("the first tab stop is {name}, not the skip link"));
        }
        faults.extend(
            stop["fault"]
                .as_str()
                .map(|fault| format!("tab stop {name}: {fault}")),
        );
        if count == 500 {
            faults.push(format!(
                "after 500 tab stops the end is not reached; now at {name}"
            ));
            break;
        }
    }
    faults
}

fn menu_faults(page: &mut Page, url: &str) -> Vec<String> {
    let mut faults = Vec::new();
    page.set_size(WIDE.0, WIDE.1);
    page.open(url);
    let state = ask(page, "menu()").concat();
    if state != "no button, list shown" {
        faults.push(format!(
            "wide, the menu should be an open list without a button, but: {state}"
        ));
    }
    page.set_size(NARROW.0, NARROW.1);
    page.open(url);
    ask(page, "focusMenu('button')");
    let steps = [
        ("", "closed, list hidden, button focused", "after loading"),
        (
            "Enter",
            "open, list shown, button focused",
            "after Enter on the button",
        ),
        (
            "Escape",
            "closed, list hidden, button focused",
            "after Escape on the button",
        ),
        (
            "Space",
            "open, list shown, button focused",
            "after Space on the button",
        ),
        (
            "list",
            "open, list shown, list focused",
            "with the focus on its first link",
        ),
        (
            "Escape",
            "closed, list hidden, button focused",
            "after Escape in the list",
        ),
    ];
    for (key, expected, when) in steps {
        match key {
            "" => {}
            "list" => drop(ask(page, "focusMenu('list')")),
            key => page.press(key),
        }
        if !page.wait_for(&format!("vv.menu()[0] === '{expected}'")) {
            faults.push(format!(
                "menu at 320 px {when}: {}, not {expected}",
                ask(page, "menu()").concat()
            ));
            break;
        }
    }
    faults
}

fn appearance_faults(page: &mut Page, url: &str) -> Vec<String> {
    let mut faults = Vec::new();
    page.set_size(WIDE.0, WIDE.1);
    page.set_dark(false);
    page.open(url);
    let mut expect = |what: &str, actual: &[String], expected: &[String]| {
        if actual != expected {
            faults.push(format!(
                "{what}: {}, not {}",
                actual.join(" "),
                expected.join(" ")
            ));
        }
    };
    let list = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    expect("stored before use", &ask(page, "stored()"), &[]);
    expect(
        "the choices",
        &ask(page, "appearances()"),
        &list(&["system*", "light", "dark"]),
    );
    let light = ask(page, "colours()");
    page.set_dark(true);
    let dark = ask(page, "colours()");

    page.set_dark(false);
    expect(
        "colours after choosing dark",
        &ask(page, "choose('dark')"),
        &dark,
    );
    let key = page.eval("`vejviser:1:${document.documentElement.dataset.site}:settings`");
    expect(
        "stored after choosing",
        &ask(page, "stored()"),
        &list(&[key.as_str().unwrap_or_default()]),
    );
    page.open(url);
    expect("colours after a reload", &ask(page, "colours()"), &dark);
    expect(
        "the choices after a reload",
        &ask(page, "appearances()"),
        &list(&["system", "light", "dark*"]),
    );
    page.set_dark(true);
    expect(
        "colours after choosing light on a dark system",
        &ask(page, "choose('light')"),
        &light,
    );
    expect(
        "colours after choosing the system's, which is dark",
        &ask(page, "choose('system')"),
        &dark,
    );
    page.set_dark(false);
    page.open(url);
    expect(
        "colours after a reload on a light system",
        &ask(page, "colours()"),
        &light,
    );
    if light == dark {
        faults.push("light and dark have the same colours".to_owned());
    }
    faults
}

/// Asks one of `QUESTIONS` on the page.
fn ask(page: &mut Page, question: &str) -> Vec<String> {
    page.eval_list(&format!("{QUESTIONS}\nvv.{question}"))
}

/// What the tests ask a page. Each answer is a list of texts: faults, unless the name says otherwise.
const QUESTIONS: &str = r#"globalThis.vv ??= {
  words: element => (element?.textContent ?? '').trim().replace(/\s+/g, ' '),
  isShown: element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  describe(element) {
    const names = [...(element.classList ?? [])].map(name => '.' + name).join('');
    const text = vv.words(element).slice(0, 40) || element.name || '';
    return element.localName + (element.id ? '#' + element.id : '') + names + (text && ` "${text}"`);
  },

  structure() {
    const faults = [];
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
    const count = headings.filter(heading => heading.localName === 'h1').length;
    if (count !== 1) faults.push(`${count} h1 instead of one`);
    let level = 0;
    for (const heading of headings) {
      const next = Number(heading.localName[1]);
      if (next > level + 1) faults.push(`${heading.localName} after ${level ? 'h' + level : 'nothing'}: ${vv.words(heading)}`);
      level = next;
    }
    for (const input of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      const ids = (input.getAttribute('aria-labelledby') ?? '').split(/\s+/);
      const isNamed = [...(input.labels ?? [])].some(vv.words) || input.getAttribute('aria-label')?.trim()
        || ids.some(id => vv.words(document.getElementById(id))) || (/^(submit|reset|button)$/.test(input.type) && input.value);
      if (!isNamed) faults.push(`no label for ${vv.describe(input)}`);
    }
    return faults;
  },

  overflow() {
    const width = document.documentElement.scrollWidth;
    if (width <= innerWidth) return [];
    const isOut = element => element.getBoundingClientRect().right > innerWidth + 0.5;
    const clips = element => getComputedStyle(element).overflowX !== 'visible';
    const isClipped = element => { for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) if (clips(e)) return true; };
    const out = [...document.body.querySelectorAll('*')].filter(element => isOut(element) && !isClipped(element));
    const inner = out.filter(element => !out.some(other => other !== element && element.contains(other)));
    return [`is ${width} px wide in a window of ${innerWidth}: ${inner.slice(0, 3).map(vv.describe).join(', ')}`];
  },

  /* Not faults: the addresses of links and forms that belong to the site. */
  links() {
    const values = [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))
      .concat([...document.querySelectorAll('form[action]')].map(form => form.getAttribute('action')));
    const urls = values.map(value => URL.parse(value, document.baseURI)?.href ?? `unreadable: ${value}`);
    const home = location.protocol === 'file:' ? 'file:' : location.origin;
    const isSame = url => url.split('#')[0] === location.href.split('#')[0];
    return [...new Set(urls)].filter(url => (url.startsWith(home) && !isSame(url)) || url.startsWith('unreadable:'));
  },

  skipLink() {
    const element = document.activeElement;
    if (!element?.matches('a.skip-link')) return [`the first tab stop is ${vv.describe(element)}, not the skip link`];
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const isSeen = element.contains(top) && box.height >= 16 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth;
    return isSeen && vv.isShown(element) ? [] : ['the skip link has the focus but is not seen'];
  },

  withoutScripts() {
    const faults = [];
    const main = document.querySelector('#vv-content');
    const links = [...document.querySelectorAll('header nav a')];
    if (document.documentElement.classList.contains('js')) faults.push('class "js" without scripts');
    if (!main || !vv.isShown(main) || !main.innerText.trim()) faults.push('no main content without scripts');
    if (!links.length) faults.push('no navigation without scripts');
    faults.push(...links.filter(link => !vv.isShown(link)).map(link => `hidden without scripts: ${vv.describe(link)}`));
    const controls = [...document.querySelectorAll('button, [aria-expanded], [name=vv-appearance]')].filter(vv.isShown);
    const dead = controls.filter(control => !(control.type === 'submit' && control.form?.hasAttribute('action')));
    return faults.concat(dead.map(control => `does nothing without scripts: ${vv.describe(control)}`));
  },

  beforePaper() {
    /* Ways onward and controls are no words of the text. */
    const skipped = 'nav, button, fieldset, .list-kept, .field:has([type=file]), [role=status], .button, .back, :has(> a[hreflang]), svg, script, style, noscript, template, select, textarea, [aria-hidden=true]';
    const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
    vv.texts = [];
    vv.folds = [...document.querySelectorAll('details')].map(details => [details, details.open]);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const parent = text.parentElement;
      const isRead = vv.isShown(parent) || parent.closest('details:not([open], [hidden])');
      if (vv.words(text) && isRead && !parent.closest(skipped)) vv.texts.push(text);
    }
    return vv.texts.length ? [] : ['main has no words'];
  },
  lostOnPaper() {
    dispatchEvent(new Event('beforeprint'));
    const count = texts => texts.reduce((sum, text) => sum + vv.words(text).split(' ').length, 0);
    const lost = vv.texts.filter(text => !text.isConnected || !vv.isShown(text.parentElement));
    if (count(lost) <= count(vv.texts) / 100) return [];
    return [`${count(lost)} of ${count(vv.texts)} words are not on paper: ${lost.slice(0, 5).map(vv.words).join(' | ')}`];
  },
  afterPaper() {
    dispatchEvent(new Event('afterprint'));
    const changed = vv.folds.filter(([details, wasOpen]) => details.open !== wasOpen);
    return changed.map(([details]) => `not as before after printing: ${vv.describe(details)}`);
  },

  look(element, pseudo) {
    const style = getComputedStyle(element, pseudo);
    const lines = ['outline', 'border-top', 'border-right', 'border-bottom', 'border-left'].map(side => {
      const [kind, width, colour] = ['style', 'width', 'color'].map(part => style.getPropertyValue(`${side}-${part}`));
      const isDrawn = kind !== 'none' && parseFloat(width) > 0 && !/^transparent$|[,/] ?0\)$/.test(colour);
      return isDrawn ? `${kind} ${width} ${colour}` : '';
    });
    const content = pseudo ? style.content : '';
    return content === 'none' ? '' : lines.join(';');
  },
  looks: element => [vv.look(element), vv.look(element, '::before'), vv.look(element, '::after')].join('|'),
  beforeFocus() {
    vv.before = new Map([...document.querySelectorAll('body, body *')].map(element => [element, vv.looks(element)]));
    vv.seen = new Set();
    return [];
  },
  /* Not a list: the tab stop reached, or an empty answer after the last. */
  atFocus() {
    const element = document.activeElement;
    if (!element || element === document.body || vv.seen.has(element)) return {};
    vv.seen.add(element);
    const near = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling];
    const isChanged = near.some(e => {
      const box = e?.getBoundingClientRect();
      return e && box.width >= 8 && box.height >= 8 && vv.before.has(e) && vv.before.get(e) !== vv.looks(e);
    });
    const box = element.getBoundingClientRect();
    const isIn = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const fault = !isIn ? 'is outside the window' : !isChanged ? 'has no visible focus (outline or border)' : null;
    return { name: vv.describe(element), isSkipLink: element.matches('a.skip-link'), fault };
  },

  menuButton: () => document.querySelector('header button[aria-expanded]'),
  menuList() {
    const id = vv.menuButton()?.getAttribute('aria-controls');
    return (id && document.getElementById(id)) || document.querySelector('header nav');
  },
  focusMenu(part) {
    (part === 'button' ? vv.menuButton() : vv.menuList()?.querySelector('a'))?.focus();
    return [];
  },
  /* Not faults, as those below: the state of things. */
  menu() {
    const [button, list] = [vv.menuButton(), vv.menuList()];
    const links = [...(list?.querySelectorAll('a') ?? [])];
    const isShown = links.length > 0 && links.every(vv.isShown);
    const shown = isShown ? 'list shown' : links.some(vv.isShown) ? 'list half shown' : 'list hidden';
    if (!button || !vv.isShown(button)) return [`no button, ${shown}`];
    const state = { true: 'open', false: 'closed' }[button.getAttribute('aria-expanded')] ?? 'neither open nor closed';
    const focus = document.activeElement === button ? 'button' : list?.contains(document.activeElement) ? 'list' : 'nothing';
    return [`${state}, ${shown}, ${focus} focused`];
  },
  stored: () => [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(document.cookie ? [document.cookie] : [])],
  appearances: () => [...document.querySelectorAll('footer input[name=vv-appearance]')].map(radio => radio.value + (radio.checked ? '*' : '')),
  colours() {
    const styles = [document.body, document.documentElement].map(element => getComputedStyle(element));
    const ground = styles.map(style => style.backgroundColor).find(colour => colour !== 'rgba(0, 0, 0, 0)');
    return [ground ?? 'no background', styles[0].color];
  },
  choose(value) {
    document.querySelector(`footer input[name=vv-appearance][value=${value}]`)?.click();
    return vv.colours();
  },
};"#;
