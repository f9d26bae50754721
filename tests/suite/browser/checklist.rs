//! A checklist in the reader's browser: what is kept, when, and what happens when nothing can be.
//!
//! In: the built site's list of eleven items. Out: what is wrong, each step with what was expected. The store is
//! looked at as it is, so that the format other programs read is what is tested.

use serde_json::json;

use super::chromium::Page;
use super::{Visit, in_browser};

/// A list whose items are ticked.
pub const LIST: &str = "tjeklister/pejlemaerke-proces/index.html";

/// Evaluates each script until it gives what is expected; the first that does not is a finding.
pub fn play(visit: &mut Visit, name: &str, steps: &[(&str, &str)]) {
    for (script, expected) in steps {
        let found = answer(&mut visit.page, script, expected);
        if found != *expected {
            visit.add(name, [format!("{script}: {found}, not {expected}")]);
            return;
        }
    }
}

/// What a script gives in the end, with `…` for any end: an action is done once, and its result looked at until it is right.
pub fn answer(page: &mut Page, script: &str, expected: &str) -> String {
    let (action, question) = script.split_once(" -> ").unwrap_or(("", script));
    page.eval(&format!("{HELPERS}\n{action};0"));
    let text = format!("String({question})");
    let is_right = match expected.strip_suffix('…') {
        Some(start) => format!("{text}.startsWith({})", json!(start)),
        None => format!("{text} === {}", json!(expected)),
    };
    if page.wait_for(&format!("{HELPERS}\n{is_right}")) {
        return expected.to_owned();
    }
    let found = page.eval(&format!("{HELPERS}\n{text}"));
    found.as_str().unwrap_or_default().to_owned()
}

pub fn begin(visit: &mut Visit) {
    visit.open(LIST);
}

#[test]
fn nothing_is_kept_before_the_first_change() {
    in_browser("/", true, |visit| {
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.open('kontaktudvalg') -> l.panel('kontaktudvalg').hidden",
                    "false",
                ),
                ("Object.keys(localStorage).length", "0"),
                ("l.progress()", "0 af 11 punkter er gjort"),
                (
                    "l.tick('grundlag') -> l.progress()",
                    "1 af 11 punkter er gjort",
                ),
                ("l.said()", "Gjort. 1 af 11."),
                (
                    "l.stored().format + l.stored().version + l.stored().checklist",
                    "vejviser-checklist1tj-pejlemaerke-proces",
                ),
                ("l.entry('grundlag').answer", "done"),
                (
                    "l.tick('grundlag') -> l.progress()",
                    "0 af 11 punkter er gjort",
                ),
                ("l.said()", "Fortrudt. 0 af 11."),
            ],
        );
        visit.check_problems(LIST);
    });
}

#[test]
fn ticks_and_notes_are_there_after_a_reload() {
    in_browser("/", true, |visit| {
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.tick('grundlag'); l.type('kontaktudvalg', 'textarea', 'Husk <b>alle</b>') -> l.entry('kontaktudvalg').note",
                    "Husk <b>alle</b>",
                ),
                (
                    "l.type('kontaktudvalg', 'input[type=date]', '2020-10-12') -> l.entry('kontaktudvalg').due",
                    "2020-10-12",
                ),
                // Left before the pause is over: kept all the same.
                (
                    "l.type('kontaktudvalg', 'input[type=text]', 'Skoleleder'); dispatchEvent(new Event('pagehide')) -> l.entry('kontaktudvalg').who",
                    "Skoleleder",
                ),
                (
                    "l.mark('skoleledere') -> l.progress()",
                    "1 af 10 punkter er gjort (1 ikke relevant)",
                ),
                (
                    "l.fill('samler', 'Skolechefen') -> l.stored().rounds[0].fields.samler",
                    "Skolechefen",
                ),
            ],
        );
        begin(visit);
        play(
            visit,
            LIST,
            &[
                ("l.progress()", "1 af 10 punkter er gjort (1 ikke relevant)"),
                ("l.box('grundlag').checked", "true"),
                (
                    "l.summary('kontaktudvalg')",
                    "Frist overskredet: 12. oktober 2020 · Ansvarlig: Skoleleder · Note: Husk <b>alle</b>",
                ),
                (
                    "document.querySelector('[data-field=samler]').value",
                    "Skolechefen",
                ),
            ],
        );
        visit.check_problems(LIST);
    });
}

#[test]
fn two_tabs_do_not_undo_each_other() {
    in_browser("/", true, |visit| {
        begin(visit);
        let mut other = visit.browser.page();
        let url = format!("{}{}", visit.base, LIST.trim_end_matches("index.html"));
        other.open(&url);
        play(
            visit,
            LIST,
            &[("l.tick('grundlag') -> l.entry('grundlag').answer", "done")],
        );
        let seen = answer(&mut other, "l.box('grundlag').checked", "true");
        let kept = answer(
            &mut other,
            "l.tick('udkast') -> l.entry('grundlag').answer + l.entry('udkast').answer",
            "donedone",
        );
        visit.add("the other tab", (seen != "true").then_some(seen));
        visit.add("the other tab", (kept != "donedone").then_some(kept));
        play(visit, LIST, &[("l.progress()", "2 af 11 punkter er gjort")]);
    });
}

#[test]
fn another_editions_items_are_kept_and_shown() {
    in_browser("/", true, |visit| {
        begin(visit);
        let kept = "l.keep({grundlag: {answer: 'done', t: '2026-01-01T00:00:00Z', text: 'En gammel ordlyd', own: 7}, \
            vaek: {answer: 'done', note: 'Aftalt', t: '2026-01-01T00:00:00Z', text: 'Et punkt, der er væk'}}, {extra: [1]})";
        visit.page.eval(&format!("{HELPERS}\n{kept};0"));
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.words('.item-changed:not([hidden])')",
                    "Teksten er ændret siden I satte kryds. Før stod der: En gammel ordlyd",
                ),
                (
                    "l.words('.old-items li')",
                    "Et punkt, der er væk gjort · Note: Aftalt Slet : Et punkt, der er væk",
                ),
                (
                    "l.tick('udkast') -> l.entry('vaek').note + l.entry('grundlag').own + l.stored().extra",
                    "Aftalt71",
                ),
                (
                    "document.querySelector('.old-items button').click() -> l.entry('vaek')",
                    "undefined",
                ),
                ("l.words('.old-items')", ""),
            ],
        );
        visit.check_problems(LIST);
    });
}

#[test]
fn a_newer_version_is_read_and_never_written() {
    in_browser("/", true, |visit| {
        begin(visit);
        visit.page.eval(&format!(
            "{HELPERS}\nl.keep({{grundlag: {{answer: 'done', t: ''}}}}, {{version: 9}});0"
        ));
        let before = visit.page.eval("Object.values(localStorage).join()");
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.box('grundlag').checked && l.box('udkast').disabled",
                    "true",
                ),
                ("l.words('.list-notice-newer').length > 20", "true"),
            ],
        );
        let after = visit.page.eval("Object.values(localStorage).join()");
        visit.add(LIST, (before != after).then(|| "was written".to_owned()));
    });
}

#[test]
fn what_cannot_be_read_is_set_aside() {
    in_browser("/", true, |visit| {
        begin(visit);
        visit.page.eval(&format!(
            "{HELPERS}\nlocalStorage.setItem(l.key, '{{\"format\": \"vejvi');0"
        ));
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.words('.list-notice-broken').startsWith('De gemte svar kunne ikke læses')",
                    "true",
                ),
                (
                    "l.backups().map((key) => localStorage.getItem(key)).join()",
                    "{\"format\": \"vejvi",
                ),
                ("l.tick('grundlag') -> l.entry('grundlag').answer", "done"),
                ("l.backups().length", "1"),
            ],
        );
        visit.check_problems(LIST);
    });
}

#[test]
fn without_a_store_the_page_works_and_says_so() {
    let full =
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };";
    let blocked = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });";
    for script in [full, blocked] {
        in_browser("/", true, |visit| {
            visit.page.before_scripts(script);
            begin(visit);
            play(
                visit,
                LIST,
                &[
                    ("l.words('.list-notice')", ""),
                    (
                        "l.tick('grundlag'); l.tick('udkast') -> l.progress()",
                        "2 af 11 punkter er gjort",
                    ),
                    (
                        "l.words('.list-notice-unsaved')",
                        "Krydserne kan ikke gemmes i denne browser. Hent en kopi, før du lukker siden.",
                    ),
                    (
                        "(e => { dispatchEvent(e); return e.defaultPrevented; })(new Event('beforeunload', { cancelable: true }))",
                        "true",
                    ),
                ],
            );
            visit.check_problems(LIST);
        });
    }
}

#[test]
fn a_full_store_and_a_missing_copy_are_told_of() {
    in_browser("/", true, |visit| {
        begin(visit);
        let month_ago = "new Date(Date.now() - 30 * 864e5).toISOString()";
        let settings = format!(
            "localStorage.setItem(l.key.replace(/checklist:.*/, 'settings'), JSON.stringify({{ since: {month_ago}, changes: 9, appearance: 'dark' }}))"
        );
        let much = "localStorage.setItem(l.key + '-stor', 'x'.repeat(2.2 * 1024 * 1024))";
        visit.page.eval(&format!(
            "{HELPERS}\nl.keep({{grundlag: {{answer: 'done', t: ''}}}}); {settings}; {much};0"
        ));
        begin(visit);
        play(
            visit,
            LIST,
            &[
                (
                    "l.words('.list-notice-reminder')",
                    "Det er 4 uger siden, I begyndte, og I har ikke hentet en kopi.",
                ),
                (
                    "l.words('.list-notice-much')",
                    "Browserens lager er næsten fuldt. …",
                ),
                (
                    "l.press('Hent en kopi') -> !!document.querySelector('.list-open').innerText.includes('.json')",
                    "true",
                ),
                (
                    "l.press('Hent en kopi (.json)') -> l.words('.list-notice-reminder')",
                    "",
                ),
                (
                    "JSON.parse(localStorage.getItem(l.key.replace(/checklist:.*/, 'settings'))).appearance",
                    "dark",
                ),
            ],
        );
        visit.check_problems(LIST);
    });
}

#[test]
fn paper_has_every_item_and_every_note() {
    in_browser("/", true, |visit| {
        begin(visit);
        let note = "Et langt ord. ".repeat(20);
        visit.page.eval(&format!(
            "{HELPERS}\nl.type('udkast', 'textarea', '{note}');0"
        ));
        play(
            visit,
            LIST,
            &[
                ("l.entry('udkast').note.length > 200", "true"),
                (
                    "document.querySelector('.list-filter input[value=due]').click() -> l.row('grundlag').checkVisibility()",
                    "false",
                ),
            ],
        );
        visit.page.set_print(true);
        play(
            visit,
            "on paper",
            &[
                (
                    "[...document.querySelectorAll('.item')].every(item => item.checkVisibility())",
                    "true",
                ),
                (
                    "l.words('[data-item=udkast] .item-summary').length > 200",
                    "true",
                ),
                ("l.progress()", "0 af 11 punkter er gjort"),
                (
                    "l.words('.list-when').startsWith('Forløb 1 · begyndt')",
                    "true",
                ),
                (
                    "[...document.querySelectorAll('main button, main progress, main textarea')].some(control => control.checkVisibility())",
                    "false",
                ),
            ],
        );
        visit.page.set_print(false);
    });
}

/// What the tests do on the page and ask of it.
pub const HELPERS: &str = r#"globalThis.l ??= {
  key: `vejviser:1:${document.documentElement.dataset.site}:checklist:${document.querySelector('form.checklist')?.dataset.checklist ?? 'tj-pejlemaerke-proces'}`,
  clean: text => (text ?? '').trim().replace(/\s+/g, ' '),
  words: selector => l.clean(document.querySelector(selector)?.innerText),
  progress: () => l.words('.progress-text'),
  said: () => l.clean(document.querySelector('.list-status').textContent),
  stored: () => JSON.parse(localStorage.getItem(l.key)),
  round: () => l.stored().rounds.find(round => round.id === l.stored().active),
  entry: id => l.round().items[id],
  backups: () => Object.keys(localStorage).filter(key => key.startsWith(l.key + ':backup:')),
  keep: (items, more) => localStorage.setItem(l.key, JSON.stringify({ format: 'vejviser-checklist', version: 1,
    site: document.documentElement.dataset.site, checklist: 'tj-pejlemaerke-proces', edition: '1', created: '2026-01-01T00:00:00Z',
    changed: '2026-01-01T00:00:00Z', active: 'r1', rounds: [{ id: 'r1', name: '', start: '2026-01-01', end: null, items }], ...more })),
  row: id => document.querySelector(`[data-item="${id}"]`),
  box: id => l.row(id).querySelector('input'),
  panel: id => l.row(id).querySelector('.item-panel'),
  summary: id => l.clean(l.row(id).querySelector('.item-summary').innerText),
  tick: id => l.box(id).click(),
  open(id) { if (l.panel(id).hidden) l.row(id).querySelector('.item-button').click(); },
  type(id, selector, text) {
    l.open(id);
    const input = l.panel(id).querySelector(selector);
    input.value = text;
    input.dispatchEvent(new Event(input.type === 'date' ? 'change' : 'input', { bubbles: true }));
  },
  mark(id) { l.open(id); l.panel(id).querySelector('input[type=checkbox]').click(); },
  /* A button of the page, by its words. */
  press(text, within = 'main') {
    const found = [...document.querySelectorAll(`${within} button`)].find(button => l.clean(button.textContent).startsWith(text));
    if (!found) throw new Error(`no button ${text}`);
    found.click();
  },
  give(place, name, text) {
    const files = new DataTransfer();
    files.items.add(new File([text], name));
    const input = document.querySelectorAll('input[type=file]')[place];
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  },
  fill(id, text) {
    const input = document.querySelector(`[data-field="${id}"]`);
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  },
};"#;
