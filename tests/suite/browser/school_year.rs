//! A school year with a checklist: a second round, what moved, copies out and in, a colleague's link, a new edition of
//! the site, an empty browser, and the overview with the files of two teams.
//!
//! In: the built site, and a small one that is built twice. Out: what is wrong, each step with what was expected.

use std::path::Path;

use super::checklist::{HELPERS, LIST, answer, begin, play};
use super::{Visit, in_browser};
use crate::support::{said, site, vejviser};

pub const OVERVIEW: &str = "mine-tjeklister/index.html";

/// Keeps what is handed to the reader as files where the test can read it.
pub const CATCH: &str = "globalThis.saved = []; { const make = URL.createObjectURL; \
    URL.createObjectURL = blob => { blob.arrayBuffer().then(bytes => saved.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))); return make.call(URL, blob); }; }";

#[test]
fn a_second_round_is_compared_with_the_first() {
    in_browser("/", true, |visit| {
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.type('grundlag', 'input[type=text]', 'Leder'); l.type('grundlag', 'textarea', 'Sådan') -> l.entry('grundlag').note + l.entry('grundlag').who",
                "SådanLeder",
            ),
            (
                "l.tick('udkast'); l.mark('fagmed') -> l.progress()",
                "2 af 10 punkter er gjort (1 ikke relevant)",
            ),
            (
                "l.press('Mere'); l.press('Nyt forløb') -> l.words('dialog[open] h2')",
                "Nyt forløb",
            ),
            (
                "l.press('Begynd', 'dialog[open]') -> l.stored().rounds.length + l.stored().active",
                "2r2",
            ),
            ("l.progress()", "0 af 10 punkter er gjort (1 ikke relevant)"),
            (
                "l.entry('grundlag').who + l.entry('grundlag').note + l.entry('grundlag').answer + l.entry('fagmed').relevant",
                "Lederfalse",
            ),
            (
                "l.stored().rounds[0].end === l.stored().rounds[1].start",
                "true",
            ),
            (
                "l.tick('grundlag'); l.tick('elevraad'); l.press('Tidligere forløb') -> l.words('.compare caption').includes('side om side')",
                "true",
            ),
            (
                "[...document.querySelectorAll('.compare tr')].filter(row => /^(Alle får|Fælles elevråd|En lille gruppe|FagMED)/.test(row.innerText)).map(row => l.clean([...row.cells].slice(1).map(cell => cell.innerText).join(', '))).join(' / ')",
                "● gjort Sådan, ● gjort, uændret / ○ mangler, ● gjort, frem / – ikke relevant, – ikke relevant, – kan ikke sammenlignes / ● gjort, ○ mangler, tilbage",
            ),
            (
                "l.press('Slet Forløb 1'); l.press('Slet', 'dialog[open]') -> l.stored().rounds.map(round => round.id).join() + l.backups().length",
                "r21",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_list_is_reset_and_had_back() {
    in_browser("/", true, |visit| {
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.tick('udkast'); l.type('udkast', 'textarea', 'Ja') -> l.entry('udkast').note",
                "Ja",
            ),
            (
                "l.press('Mere'); l.press('Nulstil') -> l.words('dialog[open] h2')",
                "Nulstil 2 krydser og 1 note?",
            ),
            (
                "l.press('Behold', 'dialog[open]') -> l.progress()",
                "2 af 11 punkter er gjort",
            ),
            (
                "l.press('Nulstil'); l.press('Nulstil', 'dialog[open]') -> l.progress()",
                "0 af 11 punkter er gjort",
            ),
            ("l.backups().length", "1"),
            (
                "l.press('Fortryd') -> l.progress() + l.entry('udkast').note",
                "2 af 11 punkter er gjortJa",
            ),
            // The next change ends the chance.
            (
                "l.press('Nulstil'); l.press('Nulstil', 'dialog[open]') -> !!document.querySelector('.list-notice-undo')",
                "true",
            ),
            (
                "l.tick('grundlag') -> !!document.querySelector('.list-notice-undo')",
                "false",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn copies_go_out_and_in() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(CATCH);
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.type('udkast', 'textarea', '=1+1; \"citat\"') -> l.entry('udkast').note",
                "=1+1; \"citat\"",
            ),
            (
                "l.press('Hent en kopi') -> !!document.querySelector('.list-open').innerText.includes('.csv')",
                "true",
            ),
            (
                "l.press('Hent en kopi (.json)') -> saved.length && JSON.stringify(JSON.parse(saved[0])) === localStorage.getItem(l.key)",
                "true",
            ),
            ("l.press('Hent til regneark') -> saved.length", "2"),
            (
                "saved[1].charCodeAt(0) + saved[1].slice(1, 12) + saved[1].includes('\"\\'=1+1; \"\"citat\"\"\"') + saved[1].endsWith('\"\\r\\n')",
                "65279\"liste\";\"fotruetrue",
            ),
            (
                "globalThis.kept = saved.slice(); l.press('Hvor er mine data?') -> l.words('.list-open').includes('Safari')",
                "true",
            ),
            (
                "l.press('Slet alt på denne enhed', '.list-open'); l.press('Slet alt', 'dialog[open]') -> Object.keys(localStorage).length + l.progress()",
                "00 af 11 punkter er gjort",
            ),
            (
                "l.press('Mere'); l.press('Indlæs fil') -> document.querySelectorAll('input[type=file]').length",
                "1",
            ),
            (
                "l.give(0, 'x.json', '{}') -> l.words('.list-open .late')",
                "x.json er ikke en kopi af en tjekliste. …",
            ),
            (
                "l.give(0, 'x.json', kept[0].replaceAll('faelles-om-skolen', 'andet-sted')) -> l.words('.list-open .late')",
                "x.json er fra vejledningen andet-sted. …",
            ),
            (
                "l.give(0, 'x.json', ' '.repeat(2 * 1024 * 1024 + 1)) -> l.words('.list-open .late')",
                "x.json er større end 2 MB. …",
            ),
            (
                "l.give(0, 'a.csv', kept[1]) -> l.words('.list-open [role=status]')",
                "2 punkter: 2 nye, 0 ændrede, 0 ens. Flet Erstat Annullér",
            ),
            ("Object.keys(localStorage).length", "0"),
            (
                "l.press('Flet') -> l.progress() + l.entry('udkast').note",
                "1 af 11 punkter er gjort=1+1; \"citat\"",
            ),
            // The same file again: nothing new. Another's note for the same item is put below, none is lost.
            (
                "l.give(0, 'a.json', kept[0]) -> l.words('.list-open [role=status]')",
                "2 punkter: 0 nye, 0 ændrede, 2 ens…",
            ),
            (
                "l.give(0, 'a.json', kept[0].replace('=1+1', 'Ny')) -> l.words('.list-open [role=status]')",
                "2 punkter: 0 nye, 1 ændrede, 1 ens…",
            ),
            (
                "l.press('Flet') -> l.entry('udkast').note.includes('Ny; ') && l.entry('udkast').note.includes('=1+1; ')",
                "true",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_colleagues_link_changes_nothing_by_itself() {
    in_browser("/", true, |visit| {
        begin(visit);
        let steps = [
            (
                "l.tick('grundlag'); l.tick('udkast'); l.type('udkast', 'textarea', 'Hemmeligt') -> l.entry('udkast').note",
                "Hemmeligt",
            ),
            (
                "l.press('Del') -> document.querySelector('input[readonly]')?.value.includes('#share=')",
                "true",
            ),
        ];
        play(visit, LIST, &steps);
        let link = visit
            .page
            .eval("document.querySelector('input[readonly]').value");
        let link = link.as_str().unwrap_or_default().to_owned();
        visit.page.eval("localStorage.clear()");
        visit.open("index.html");
        visit.page.open(&link);
        let steps = [
            (
                "l.words('.list-shared strong')",
                "En kollega har delt 2 af 11 krydser.",
            ),
            (
                "Object.keys(localStorage).length + l.progress()",
                "00 af 11 punkter er gjort",
            ),
            (
                "l.tick('elevraad'); l.press('Flet med mine') -> l.progress()",
                "3 af 11 punkter er gjort",
            ),
            (
                "location.hash + JSON.stringify(l.stored()).includes('Hemmeligt')",
                "false",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_calendar_entry_for_the_follow_up() {
    in_browser("/", true, |visit| {
        visit.page.before_scripts(CATCH);
        visit.open("tjeklister/opfoelgning-6-8-uger/index.html");
        let steps = [
            (
                "l.box(document.querySelector('.item').dataset.item).click() -> l.stored().rounds.length",
                "1",
            ),
            (
                "vvChecklist.page.change(round => { round.start = '2026-08-10'; }) -> /21\\. september 2026|5\\. oktober 2026/.test(l.words('.list-when'))",
                "true",
            ),
            (
                "l.press('Mere'); l.press('Kalenderaftale') -> saved.length",
                "1",
            ),
            (
                "/\\r\\nDTSTART;VALUE=DATE:20260921\\r\\nDTEND;VALUE=DATE:20260922\\r\\n/.test(saved[0]) && !saved[0].includes('ATTENDEE')",
                "true",
            ),
        ];
        play(visit, LIST, &steps);
        visit.check_problems(LIST);
    });
}

/// Two editions of a list: one item renamed, one reworded, one retired, one new, all in another order, on another page.
const FIRST: &str = "-- content/index.md\n---\ntitle: Forside\n---\n-- content/liste.md\n---\nkind: checklist\nid: liste\ntitle: Liste\nversion: 1\nreviewed: 2026-11-01\n---\n\
- [ ] Det første {#foerste}\n- [ ] Det andet {#andet}\n- [ ] Det tredje {#tredje}\n";
const SECOND: &str = "-- content/index.md\n---\ntitle: Forside\n---\n-- content/mappe/index.md\n---\ntitle: Mappe\n---\n-- content/mappe/flyttet.md\n---\nkind: checklist\nid: liste\ntitle: Liste\nversion: 2\nreviewed: 2026-11-01\nretired:\n  - {id: tredje, text: Det tredje, why: Det er klaret}\n---\n\
- [ ] Et nyt {#nyt}\n- [ ] Det andet med nye ord {#andet}\n- [ ] Det første {#begyndelsen was=\"foerste\"}\n";

#[test]
fn a_new_edition_keeps_what_was_answered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let build = |text: &str| {
        let source = site(text);
        let output = folder.path().to_str().expect("a plain path");
        let built = vejviser(
            source.path(),
            &["build", "--output", output, "--today", "2026-11-21"],
        );
        assert!(built.status.success(), "{}", said(&built));
    };
    build(FIRST);
    let Some(mut visit) = Visit::begin(Path::new(folder.path()), "/", true) else {
        return;
    };
    visit.open("liste/index.html");
    let steps = [(
        "l.tick('foerste'); l.tick('andet'); l.tick('tredje') -> l.progress()",
        "3 af 3 punkter er gjort",
    )];
    play(&mut visit, "the first edition", &steps);
    build(SECOND);
    visit.open("mappe/flyttet/index.html");
    let steps = [
        ("l.progress()", "2 af 3 punkter er gjort"),
        (
            "l.box('begyndelsen').checked + ',' + l.box('andet').checked + ',' + l.box('nyt').checked",
            "true,true,false",
        ),
        (
            "l.words('[data-item=andet] .item-changed')",
            "Teksten er ændret siden I satte kryds. Før stod der: Det andet",
        ),
        (
            "l.words('.old-items li').startsWith('Det tredje gjort Taget ud, fordi: Det er klaret')",
            "true",
        ),
        (
            "l.tick('begyndelsen') -> l.progress() + l.stored().edition",
            "1 af 3 punkter er gjort2",
        ),
        (
            "l.entry('tredje').answer + l.entry('foerste').answer",
            "donedone",
        ),
    ];
    play(&mut visit, "the second edition", &steps);
    visit.open("index.html");
    let steps = [("l.words('.continue li')", "Liste – 1 af 3")];
    play(&mut visit, "the way back", &steps);
    visit.check_problems("both editions");
    assert!(visit.findings.is_empty(), "{}", visit.findings.join("\n"));
}

#[test]
fn the_overview_tells_of_all_lists() {
    in_browser("/", true, |visit| {
        begin(visit);
        let steps = [(
            "l.tick('grundlag'); l.type('udkast', 'input[type=date]', '2020-10-12') -> l.entry('udkast').due",
            "2020-10-12",
        )];
        play(visit, LIST, &steps);
        visit.open(OVERVIEW);
        let steps = [
            (
                "l.words('.lists-totals').replace(/\\d+ punkter/, 'n punkter')",
                "1 af 9 lister er i gang · 1 af n punkter er besvaret · 1 frist er overskredet",
            ),
            (
                "l.press('Fremdrift'); l.press('Fremdrift') -> document.querySelector('[aria-sort]').ariaSort + l.words('.cards-table tbody th')",
                "descendingPejlemærker: fra dialog til produktion",
            ),
            (
                "l.words('main section tbody tr')",
                "Frist overskredet: 12. oktober 2020…",
            ),
            (
                "new URL(document.querySelector('main section tbody a').href).hash",
                "#vv-item-udkast",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        let text = visit
            .page
            .eval(&format!("{HELPERS}\nlocalStorage.getItem(l.key)"));
        let text = text.as_str().unwrap_or_default().replace('\'', "");
        let before = visit
            .page
            .eval("JSON.stringify(Object.entries(localStorage))");
        visit.page.eval(&format!("globalThis.file = '{text}';0"));
        let steps = [
            (
                "l.give(1, 'Hold B.json', file.replace('\"note\":\"\"', '\"note\":\"Ring 010203-1234\"')) -> l.words('main section:last-of-type [role=status]')",
                "Hold B.json rummer tekst, der ligner et CPR-nummer, …",
            ),
            (
                "l.give(1, 'Hold A.json', file) -> [...document.querySelectorAll('.compare thead th')].map(head => head.innerText).join()",
                "Tjekliste,Forløb,Hold A,Hold B",
            ),
            (
                "l.give(1, 'ødelagt.json', '{') -> l.words('main section:last-of-type .late')",
                "ødelagt.json er ikke en kopi af en tjekliste. …",
            ),
            (
                "l.words('.compare tbody td:nth-of-type(2)')",
                "1 af 11 1 åben frist, 1 frist er overskredet",
            ),
        ];
        play(visit, OVERVIEW, &steps);
        let after = visit
            .page
            .eval("JSON.stringify(Object.entries(localStorage))");
        visit.add(
            OVERVIEW,
            (before != after).then(|| "files of teams were kept".to_owned()),
        );
        visit.check_problems(OVERVIEW);
        visit.open("index.html");
        let steps = [(
            "l.words('.continue li')",
            "Pejlemærker: fra dialog til produktion – 1 af 11",
        )];
        play(visit, "index.html", &steps);
    });
}

/// Firefox gives each file of a folder a store of its own: seen from another page there is nothing.
#[test]
fn from_a_folder_where_every_page_has_its_own_store() {
    in_browser("/", false, |visit| {
        visit.base = format!("file://{}/", visit.site.root.display());
        visit.page.stay_within(&visit.base);
        visit.page.before_scripts("{ const own = location.pathname + ':'; const get = Storage.prototype.getItem, set = Storage.prototype.setItem; \
            const key = Storage.prototype.key; \
            Storage.prototype.getItem = function (name) { return get.call(this, own + name); }; \
            Storage.prototype.setItem = function (name, text) { set.call(this, own + name, text); }; \
            Storage.prototype.key = function (at) { const name = key.call(this, at); return name.startsWith(own) ? name.slice(own.length) : name; }; }");
        begin(visit);
        play(
            visit,
            LIST,
            &[(
                "l.tick('grundlag') -> l.progress()",
                "1 af 11 punkter er gjort",
            )],
        );
        let overview = answer(
            &mut visit.page,
            "new URL(document.querySelector('.list-kept a').href).hash",
            "#from=tj-pejlemaerke-proces",
        );
        visit.add(
            LIST,
            (overview != "#from=tj-pejlemaerke-proces").then_some(overview),
        );
        begin(visit);
        play(visit, LIST, &[("l.progress()", "1 af 11 punkter er gjort")]);
        visit.page.open(&format!(
            "{}{OVERVIEW}#from=tj-pejlemaerke-proces",
            visit.base.clone()
        ));
        play(
            visit,
            OVERVIEW,
            &[
                (
                    "l.words('.list-notice:not([hidden])')",
                    "Du har åbnet siden fra en mappe, og browseren holder …",
                ),
                ("l.words('.lists-totals')", "0 af 9 lister …"),
                // Answered here, the list is told of here.
                (
                    "document.querySelectorAll('.list-opener')[7].click() -> document.querySelectorAll('.one-list .item').length",
                    "11",
                ),
                (
                    "document.querySelector('.one-list .item input').click() -> l.words('.lists-totals')",
                    "1 af 9 lister …",
                ),
            ],
        );
        visit.check_problems(OVERVIEW);
    });
}
