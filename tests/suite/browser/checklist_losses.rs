//! What a reader has answered is not lost: when a reset is undone, when the store is full, and when files are read.
//!
//! In: the built site's lists. Out: what is wrong, each step with what was expected.

use super::checklist::{HELPERS, LIST, answer, begin, play};
use super::in_browser;
use super::school_year::{CATCH, OVERVIEW};

/// A store without reading or writing, and one that is full when the test says so: `room` is what it holds.
const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });";
const SMALL: &str = "globalThis.room = Infinity; globalThis.used = (without) => Object.entries(localStorage).reduce((sum, [key, text]) => sum + (key === without ? 0 : key.length + text.length), 0); \
    { const set = Storage.prototype.setItem; Storage.prototype.setItem = function (key, text) { \
      if (used(key) + key.length + text.length > room) throw new DOMException('', 'QuotaExceededError'); set.call(this, key, text); }; }";
const RESET: &str = "l.press('Nulstil'); l.press('Nulstil', 'dialog[open]') -> l.progress()";

#[test]
fn undoing_a_reset_brings_everything_back() {
    let steps = [
        (
            "l.tick('grundlag'); l.type('udkast', 'textarea', 'Ja') -> l.summary('udkast')",
            "Note: Ja",
        ),
        (
            "l.press('Mere') -> l.progress()",
            "1 af 11 punkter er gjort",
        ),
        (RESET, "0 af 11 punkter er gjort"),
    ];
    in_browser("/", true, |visit| {
        visit.page.before_scripts(BLOCKED);
        begin(visit);
        play(visit, "without a store", &steps);
        let undo = [(
            "l.press('Fortryd') -> l.progress() + l.summary('udkast')",
            "1 af 11 punkter er gjortNote: Ja",
        )];
        play(visit, "without a store", &undo);
        visit.check_problems(LIST);
    });
    in_browser("/", true, |visit| {
        begin(visit);
        let mut other = visit.browser.page();
        let url = format!("{}{}", visit.base, LIST.trim_end_matches("index.html"));
        other.open(&url);
        play(visit, "two tabs", &steps);
        // The other tab's answers came later and stand; what it did not touch comes back.
        let script = "l.tick('elevraad'); l.tick('udkast') -> l.entry('udkast').answer + l.entry('elevraad').answer";
        let seen = answer(&mut other, script, "donedone");
        visit.add("the other tab", (seen != "donedone").then_some(seen));
        let undo = [
            ("l.progress()", "2 af 11 punkter er gjort"),
            (
                "l.press('Fortryd') -> l.progress() + ', ' + l.summary('udkast')",
                "3 af 11 punkter er gjort, Note: Ja",
            ),
            (
                "Object.keys(l.round().items).sort().join()",
                "elevraad,grundlag,udkast",
            ),
        ];
        play(visit, "two tabs", &undo);
        visit.check_problems(LIST);
    });
}

#[test]
fn what_is_deleted_for_good_is_not_had_back() {
    in_browser("/", true, |visit| {
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.press('Mere') -> l.entry('grundlag').answer",
                "done",
            ),
            (RESET, "0 af 11 punkter er gjort"),
            (
                "l.press('Hvor er mine data?') -> l.words('.list-open').includes('Safari')",
                "true",
            ),
            (
                "l.press('Slet alt på denne enhed', '.list-open'); l.press('Slet alt', 'dialog[open]') -> Object.keys(localStorage).length",
                "0",
            ),
            ("!!document.querySelector('.list-notice-undo')", "false"),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

/// Asks before the page is left, as a script sees it.
const LEAVES: &str = "(event => { dispatchEvent(event); return !event.defaultPrevented; })(new Event('beforeunload', { cancelable: true }))";

#[test]
fn what_could_not_be_kept_stays_in_sight() {
    in_browser("/", true, |visit| {
        // One list cannot be kept, the other can, and after it.
        visit.page.before_scripts(
            "{ const set = Storage.prototype.setItem; Storage.prototype.setItem = function (key, text) { \
               if (key.includes('pejlemaerke')) throw new DOMException('', 'QuotaExceededError'); set.call(this, key, text); }; }",
        );
        visit.open(OVERVIEW);
        let file = "const list = id => ({ format: 'vejviser-checklist', version: 1, site: 'faelles-om-skolen', checklist: id, edition: '1', \
            created: '', changed: '2026-01-01T00:00:00Z', active: 'r1', rounds: [{ id: 'r1', name: '', start: '2026-01-01', end: null, \
            items: { grundlag: { answer: 'done', t: '2026-01-01T00:00:00Z' } } }] }); \
            l.give(0, 'alt.json', JSON.stringify({ format: 'vejviser-collection', version: 1, checklists: [list('tj-pejlemaerke-proces'), list('en-anden')] }))";
        let steps = [
            (
                &*format!(
                    "{{ {file} }} -> l.words('main [role=status]:has(button)').includes('Flet')"
                ),
                "true",
            ),
            (
                "l.press('Flet') -> Object.keys(localStorage).filter(key => key.includes(':checklist:')).join()",
                "vejviser:1:faelles-om-skolen:checklist:en-anden",
            ),
            (
                "[...document.querySelectorAll('.list-notice')].map(notice => notice.innerText).filter(Boolean).join(' ')",
                "Svarene er med nu. Krydserne kan ikke gemmes i denne browser. Hent en kopi, før du lukker siden.",
            ),
            (LEAVES, "false"),
            (
                "l.press('Slet alt på denne enhed'); l.press('Slet alt', 'dialog[open]') -> !!l.words('.list-notice:nth-child(2)')",
                "false",
            ),
            (LEAVES, "true"),
        ];
        play(visit, OVERVIEW, &steps);
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn a_spreadsheet_read_back_unchanged_changes_nothing() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(CATCH);
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.press('Mere'); l.press('Nyt forløb') -> l.words('dialog[open] h2')",
                "Nyt forløb",
            ),
            ("l.press('Begynd', 'dialog[open]') -> l.round().id", "r2"),
            (
                "l.tick('elevraad'); l.tick('udkast'); l.mark('udkast') -> l.entry('udkast').relevant",
                "false",
            ),
            (
                "l.press('Nyt forløb') -> l.words('dialog[open] h2')",
                "Nyt forløb",
            ),
            ("l.press('Begynd', 'dialog[open]') -> l.round().id", "r3"),
            ("l.tick('fagmed') -> l.entry('fagmed').answer", "done"),
            (
                "l.press('Tidligere forløb') -> !!l.words('.compare')",
                "true",
            ),
            (
                "l.press('Slet Forløb 1'); l.press('Slet', 'dialog[open]') -> l.stored().rounds.map(round => round.id).join()",
                "r2,r3",
            ),
            (
                "l.press('Hent en kopi') -> l.words('.list-open').includes('.csv')",
                "true",
            ),
            (
                "globalThis.all = () => JSON.stringify(l.stored().rounds.map(round => [round.id, round.name, round.start, round.end, Object.entries(round.items).sort()])); \
                 globalThis.before = all(); l.press('Hent til regneark') -> saved.length",
                "1",
            ),
            (
                "l.press('Indlæs fil') -> document.querySelectorAll('input[type=file]').length",
                "1",
            ),
            (
                "l.give(0, 'a.csv', saved[0]) -> /^\\d+ punkter: 0 nye, 0 ændrede, \\d+ ens\\./.test(l.words('.list-open [role=status]'))",
                "true",
            ),
            (
                "l.press('Flet') -> l.words('.list-notice-told')",
                "Svarene er med nu.",
            ),
            ("all() === before || all() + before", "true"),
            // Rounds of other names than those that are kept are rounds of their own.
            (
                "l.give(0, 'a.csv', saved[0].replaceAll('\"Forløb 2\"', '\"Efterår\"')) -> /: [1-9] nye, 0 ændrede/.test(l.words('.list-open [role=status]'))",
                "true",
            ),
            (
                "l.press('Flet') -> l.stored().rounds.map(round => round.name || round.id).sort().join()",
                "Efterår,r2,r3",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn files_of_one_list_are_joined_before_they_are_taken_in() {
    in_browser("/", true, |visit| {
        begin(visit);
        play(
            visit,
            LIST,
            &[("l.tick('elevraad') -> l.entry('elevraad').answer", "done")],
        );
        visit.open(OVERVIEW);
        let give = "const files = new DataTransfer(); \
            ['grundlag', 'udkast', 'fagmed', 'skoleledere'].forEach(id => files.items.add(new File([localStorage.getItem(l.key).replaceAll('elevraad', id)], id + '.json'))); \
            const input = document.querySelector('input[type=file]'); input.files = files.files; input.dispatchEvent(new Event('change'))";
        let told = "l.words('main [role=status]:has(button)')";
        let steps = [
            (
                &*format!("{{ {give} }} -> {told}"),
                "Pejlemærker: fra dialog til produktion: 4 punkter: 4 nye, 0 ændrede, 0 ens. Flet Erstat Annullér",
            ),
            (
                "l.press('Erstat') -> Object.keys(l.round().items).sort().join()",
                "fagmed,grundlag,skoleledere,udkast",
            ),
            (
                "l.backups().map(key => Object.keys(JSON.parse(localStorage.getItem(key)).rounds[0].items)).join()",
                "elevraad",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn in_a_full_store_an_older_backup_gives_way() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(SMALL);
        begin(visit);
        let backup = "localStorage.setItem(l.key + ':backup:2026-01-0' + day, 'x'.repeat(length))";
        let fill = |length: &str| {
            format!(
                "[1, 2].forEach(day => {{ const length = {length}; {backup} }}); room = used() + 100"
            )
        };
        let steps = [
            (
                "l.tick('grundlag'); l.type('udkast', 'textarea', 'Ja'); l.press('Mere') -> l.entry('udkast').note",
                "Ja",
            ),
            // Both together are too short to make room: nothing gives way, and nothing is reset.
            (
                &*format!("{}; {RESET}", fill("20")),
                "1 af 11 punkter er gjort",
            ),
            (
                "l.words('.list-notice-told')",
                "Der er ikke plads til en reservekopi, …",
            ),
            (
                "l.backups().map(key => localStorage.getItem(key).length).join() + l.entry('udkast').note",
                "20,20Ja",
            ),
            (
                &*format!(
                    "room = Infinity; {}; {RESET}",
                    fill("JSON.stringify(l.stored()).length + 40")
                ),
                "0 af 11 punkter er gjort",
            ),
            (
                "l.backups().sort().map(key => localStorage.getItem(key).includes('udkast')).join()",
                "false,true",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_round_is_not_deleted_without_a_backup_and_the_reader_is_told() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(SMALL);
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.press('Mere'); l.press('Nyt forløb') -> l.words('dialog[open] h2')",
                "Nyt forløb",
            ),
            ("l.press('Begynd', 'dialog[open]') -> l.round().id", "r2"),
            (
                "l.press('Tidligere forløb') -> !!l.words('.compare')",
                "true",
            ),
            (
                "room = used(); l.press('Slet Forløb 1'); l.press('Slet', 'dialog[open]') -> l.words('.list-notice-told')",
                "Der er ikke plads til en reservekopi, …",
            ),
            ("l.stored().rounds.length", "2"),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn in_a_full_store_what_cannot_be_read_stays_and_so_does_what_is_answered() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(SMALL);
        visit
            .page
            .before_scripts("globalThis.kept = Object.values(localStorage).join(); room = used();");
        begin(visit);
        visit.page.eval(&format!(
            "{HELPERS}\nroom = Infinity; localStorage.setItem(l.key, '{{\"format\": \"vejvi');0"
        ));
        begin(visit);
        let file = r#"JSON.stringify({ format: 'vejviser-checklist', version: 1, site: 'faelles-om-skolen', checklist: 'tj-pejlemaerke-proces', changed: '', active: 'r1', rounds: [{ id: 'r1', items: { fagmed: { answer: 'done' } } }] })"#;
        let steps = [
            (
                "l.words('.list-notice-broken')",
                "De gemte svar kunne ikke læses. …",
            ),
            (
                "l.tick('grundlag'); l.type('udkast', 'textarea', 'Ja') -> l.progress() + ', ' + l.summary('udkast')",
                "1 af 11 punkter er gjort, Note: Ja",
            ),
            (
                "l.words('.list-notice-unsaved')",
                "Krydserne kan ikke gemmes i denne browser. …",
            ),
            (LEAVES, "false"),
            (
                "l.press('Mere'); l.press('Indlæs fil') -> document.querySelectorAll('input[type=file]').length",
                "1",
            ),
            (
                &*format!(
                    "l.give(0, 'a.json', {file}) -> l.words('.list-open [role=status]').includes('Flet')"
                ),
                "true",
            ),
            (
                "l.press('Flet') -> l.words('.list-notice-told')",
                "Svarene blev ikke indlæst, og intet er ændret.",
            ),
            (
                "Object.values(localStorage).join() === kept && kept",
                "{\"format\": \"vejvi",
            ),
            // With room again the next change keeps both.
            (
                "room = Infinity; l.tick('fagmed') -> l.stored() && Object.keys(l.round().items).sort().join()",
                "fagmed,grundlag,udkast",
            ),
            (
                "l.backups().map(key => localStorage.getItem(key)).join()",
                "{\"format\": \"vejvi",
            ),
            (LEAVES, "true"),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_dialog_that_deletes_begins_with_the_answer_that_keeps() {
    in_browser("/", true, |visit| {
        begin(visit);
        let focused = "document.activeElement.textContent";
        let steps = [
            (
                &*format!("l.tick('grundlag'); l.press('Mere'); l.press('Nulstil') -> {focused}"),
                "Behold",
            ),
            (
                "l.press('Behold', 'dialog[open]') -> !!document.querySelector('dialog')",
                "false",
            ),
            (
                "l.press('Nyt forløb') -> document.activeElement.type",
                "date",
            ),
            // Without a day nothing begins.
            (
                "document.activeElement.value = ''; l.press('Begynd', 'dialog[open]') -> document.querySelector('dialog').open + ' ' + l.stored().rounds.length",
                "true 1",
            ),
            (
                "l.press('Annullér', 'dialog[open]') -> document.querySelector('dialog') + ' ' + l.stored().rounds.length",
                "null 1",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn the_overview_keeps_the_readers_place() {
    in_browser("/", true, |visit| {
        begin(visit);
        let much = "localStorage.setItem(l.key + '-stor', 'x'.repeat(2.2 * 1024 * 1024))";
        visit.page.eval(&format!("{HELPERS}\nl.keep({{udkast: {{due: '2020-10-12', note: '', who: '', answer: '', t: ''}}}}); {much};0"));
        let file = visit.page.eval("localStorage.getItem(l.key)");
        visit.open(OVERVIEW);
        let change = "dispatchEvent(new StorageEvent('storage', { key: null }))";
        let steps = [
            (
                &*format!(
                    "{change}; {change} -> [...document.querySelectorAll('.list-notice')].filter(notice => notice.innerText.includes('næsten fuldt')).length"
                ),
                "1",
            ),
            (
                &*format!(
                    "document.querySelector('#vv-my-lists details').open = true; document.querySelector('main section tbody a').focus(); {change} -> document.activeElement.hash + document.querySelector('#vv-my-lists details').open"
                ),
                "#vv-item-udkasttrue",
            ),
            (
                &*format!(
                    "l.give(1, 'Hold A.json', {file}) -> l.words('.compare thead th:last-child')"
                ),
                "Hold A",
            ),
            (
                "{ const input = [...document.querySelectorAll('main section:last-of-type input[type=text]')].at(-1); input.closest('details').open = true; \
                   input.focus(); input.value = 'Syd'; input.dispatchEvent(new Event('change')) } -> l.words('.compare thead th:last-child') + document.activeElement.value",
                "SydSyd",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn lists_answered_in_the_overview_show_what_was_read_and_deleted() {
    in_browser("/", false, |visit| {
        visit.base = format!("file://{}/", visit.site.root.display());
        visit.page.stay_within(&visit.base);
        visit.open(OVERVIEW);
        let steps = [
            (
                "localStorage.clear(); document.querySelectorAll('.list-opener')[7].click() -> document.querySelectorAll('.one-list .item').length",
                "11",
            ),
            (
                "document.querySelector('.one-list .item input').click() -> l.words('.lists-totals')",
                "1 af 9 lister …",
            ),
            (
                "globalThis.kept = localStorage.getItem(l.key); l.press('Slet alt på denne enhed'); l.press('Slet alt', 'dialog[open]') -> document.querySelector('.one-list .item input').checked + l.progress()",
                "false0 af 11 punkter er gjort",
            ),
            (
                "l.give(0, 'a.json', kept) -> l.words('main [role=status]:has(button)').includes('Flet')",
                "true",
            ),
            (
                "l.press('Flet') -> document.querySelector('.one-list .item input').checked + l.progress()",
                "true1 af 11 punkter er gjort",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn answers_of_a_list_that_is_gone_are_in_the_spreadsheet() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(CATCH);
        begin(visit);
        let items = "{a: {answer: 'yes', t: ''}, b: {answer: '3', t: ''}, c: {answer: 'done', t: ''}, d: {note: 'Ja', t: ''}}";
        visit.page.eval(&format!(
            "{HELPERS}\nl.key = l.key.replace(/[^:]*$/, 'vaek'); l.keep({items}, {{checklist: 'vaek'}});0"
        ));
        visit.open(OVERVIEW);
        let steps = [
            ("l.press('Hent til regneark') -> saved.length", "1"),
            (
                "saved[0].split('\\r\\n').slice(1, -1).map(row => row.split(';')[5]).join()",
                "\"ja\",\"3 – i nogen grad\",\"gjort\",\"mangler\"",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn an_open_link_shares_what_is_ticked_now() {
    in_browser("/", true, |visit| {
        begin(visit);
        let link = "atob(document.querySelector('input[readonly]').value.split('#share=')[1].replace(/-/g, '+').replace(/_/g, '/'))";
        let steps = [
            (
                "l.tick('grundlag'); l.press('Del') -> !!document.querySelector('input[readonly]')",
                "true",
            ),
            (
                &*format!(
                    "document.querySelector('input[readonly]').focus(); l.tick('udkast') -> {link}.includes('udkast') && document.activeElement.readOnly"
                ),
                "true",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

/// As `status` tells numbers of persons.
#[test]
fn numbers_of_persons_are_told_of_in_files_of_teams() {
    in_browser("/", true, |visit| {
        visit.open(OVERVIEW);
        let numbers = [
            ("Født 010203-1234, ja", true),
            ("0102031234", true),
            ("6102031234", true),
            ("990000-0000", true),
            ("010203 1234", true),
            ("010203\u{a0}1234", true),
            ("010203–1234", true),
            ("9902031234", false),
            ("123456 7890", false),
            ("01020312345", false),
            ("tlf. 12 34 56 78, 2026-10-12", false),
            ("010203-12345", false),
        ];
        for (text, is_told) in numbers {
            let file = format!(
                "JSON.stringify({{ format: 'vejviser-checklist', version: 1, site: 'faelles-om-skolen', checklist: 'tj-pejlemaerke-proces', \
                 rounds: [{{ id: 'r1', items: {{ grundlag: {{ note: '{text}' }} }} }}] }})"
            );
            let told = "l.words('main section:last-of-type [role=status]').includes('CPR')";
            let clear = "document.querySelector('main section:last-of-type .compare') && l.press('Fjern filerne')";
            let is_told = is_told.to_string();
            let steps = [(
                &*format!(
                    "{clear}; l.give(1, 'a.json', {file}) -> document.querySelector('.compare') ? {told} : 'not yet'"
                ),
                &*is_told,
            )];
            play(visit, text, &steps);
        }
        visit.check_problems(OVERVIEW);
    });
}

#[test]
fn what_the_clipboard_refuses_is_copied_by_hand() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(
            "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); \
             Document.prototype.execCommand = () => { globalThis.copied = document.activeElement.value; return true; };",
        );
        begin(visit);
        let steps = [
            (
                "l.press('Mere'); l.press('Kopiér som tekst') -> copied.split('\\n')[0]",
                "Pejlemærker: fra dialog til produktion",
            ),
            ("l.words('.list-notice-told')", "Kopieret."),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
        let page = "om/privatliv/index.html";
        visit.open(page);
        let steps = [(
            "document.querySelector('.copy-link').click() -> copied === location.href + '#' + document.querySelector('article :is(h2, h3)').id",
            "true",
        )];
        play(visit, page, &steps);
        visit.check_problems(page);
    });
}
