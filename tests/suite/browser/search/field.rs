//! The field in the header: suggestions by keyboard, and nothing more of them once the reader has left.

use serde_json::json;

use super::{NONSENSE, PAGE, WORD, field};
use crate::browser::{NARROW, Visit, WIDE, in_browser};

/// A page that is not the search's.
const ARTICLE: &str = "metoder/index.html";
/// The page that has the word as a term.
const GLOSSARY: &str = "begreber/index.html";
/// The folder of the index.
const INDEX: &str = "assets/search/";

#[test]
fn nothing_of_the_search_is_fetched_before_its_field_is_used() {
    in_browser("/a/", true, |visit| {
        visit.open(ARTICLE);
        let asked = |visit: &Visit| {
            let requests = visit.server.requests().into_iter();
            requests.filter(|path| path.contains("search")).count()
        };
        let before = asked(visit);
        visit.expect(
            "scripts of the search before its use",
            json!(before),
            json!(0),
        );
        visit
            .page
            .eval("document.getElementById('vv-search').focus()");
        visit.wait(
            "the field is a combobox",
            "!!document.querySelector('#vv-search[role=combobox]')",
        );
        let after = asked(visit);
        visit.expect(
            "scripts are fetched on focus",
            json!(after >= 2),
            json!(true),
        );
        visit.check_problems(ARTICLE);
    });
}

#[test]
fn the_field_of_the_header_suggests_by_keyboard() {
    in_browser("/a/", true, |visit| {
        for (width, height) in [WIDE, NARROW] {
            visit.page.set_size(width, height);
            visit.open(ARTICLE);
            visit.type_in_field(WORD);
            visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
            let options = visit
                .page
                .eval("document.querySelectorAll('#vv-suggestions [role=option]').length");
            let count = options.as_i64().unwrap_or_default();
            visit.expect(
                "suggestions and the way to all results",
                json!((2..=7).contains(&count)),
                json!(true),
            );
            visit.wait(
                "the count is told after a rest",
                "/\\d/.test(document.querySelector('.search [role=status]').textContent)",
            );
            visit.ask(PAGE, "overflow()");
            visit.check_combobox();

            for (key, active) in [
                ("ArrowDown", 0),
                ("ArrowDown", 1),
                ("ArrowUp", 0),
                ("ArrowUp", -1),
                ("ArrowUp", count - 1),
                ("ArrowDown", -1),
                ("ArrowDown", 0),
                ("Home", -1),
                ("ArrowDown", 0),
                ("End", -1),
            ] {
                visit.page.press(key);
                let found = visit.page.eval(ACTIVE);
                visit.expect(
                    &format!("the active option after {key}"),
                    found,
                    json!(active),
                );
            }
            visit.page.press("Escape");
            let closed = visit.page.eval(&field("ariaExpanded + field.value"));
            visit.expect("Escape closes", closed, json!(format!("false{WORD}")));
            visit.page.press("Escape");
            let cleared = visit.page.eval(&field("value"));
            visit.expect("Escape again clears", cleared, json!(""));

            visit.page.type_text(NONSENSE);
            visit.wait("that nothing is found is told", "document.querySelector('.search [role=status]').textContent === document.querySelector('.search').dataset.none");
            let open = visit.page.eval(&field("ariaExpanded"));
            visit.expect("no suggestions, no list", open, json!("false"));
            visit.page.press("Escape");

            visit.page.type_text(WORD);
            visit.wait("suggestions open again", &field("ariaExpanded === 'true'"));
            visit.page.press("Enter");
            visit.wait(
                "Enter leads to the search page",
                &format!("location.pathname.endsWith('/soeg/') && location.search === '?q={WORD}'"),
            );
            visit.wait_for_results(WORD);
            visit.check_problems(ARTICLE);
        }
        visit.open(ARTICLE);
        visit.type_in_field(WORD);
        visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
        let first = visit
            .page
            .eval("document.querySelector('#vv-suggestions a').href");
        visit.page.press("ArrowDown");
        visit.page.press("Enter");
        visit.wait(
            "Enter on a suggestion opens it",
            &format!("location.href === {first}"),
        );
    });
}

#[test]
fn nothing_opens_and_nothing_is_told_after_the_reader_has_left() {
    in_browser("/a/", true, |visit| {
        let press = "document.querySelector('main').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
        let focus = "document.querySelector('main').focus()";
        for leave in ["Tab", "Escape", press, focus] {
            visit.server.hold(INDEX);
            visit.open(ARTICLE);
            visit.type_in_field(WORD);
            visit.wait(
                "a combobox",
                "!!document.querySelector('#vv-search[role=combobox]')",
            );
            // What is typed before the script is there starts a search with it; it waits for the index.
            visit.page.eval(
                "globalThis.heard = []; new MutationObserver(() => heard.push('told')) \
                 .observe(document.querySelector('.search [role=status]'), { childList: true }); \
                 new MutationObserver(() => { if (document.getElementById('vv-search').ariaExpanded === 'true') heard.push('open'); }) \
                 .observe(document.getElementById('vv-search'), { attributes: true })",
            );
            match leave {
                "Tab" | "Escape" => visit.page.press(leave),
                script => drop(visit.page.eval(script)),
            }
            visit.server.mend();
            // A search that begins later ends later; what is told is told half a second after that.
            visit.page.eval(&format!(
                "new Promise((done, failed) => vejviserSearch.open({{ base: document.querySelector('.search').dataset.index, language: 'da' }}) \
                 .search('{WORD}', {{ limit: 6, done, failed }})).then(() => new Promise((go) => setTimeout(go, 700)))"
            ));
            let heard = visit.page.eval("heard.filter((what) => what !== 'told' || document.querySelector('.search [role=status]').textContent)");
            visit.expect(&format!("after leaving by {leave}"), heard, json!([]));
        }
    });
}

#[test]
fn enter_follows_no_suggestion_for_what_stood_there_before() {
    in_browser("/a/", true, |visit| {
        visit.open(ARTICLE);
        visit.type_in_field(WORD);
        visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
        // Typed and moved on before the answer: what is marked then is gone with it.
        visit.page.eval(&field(
            "form.querySelectorAll('a').forEach((link) => link.dataset.old = ''), field.value += ' ', \
             field.dispatchEvent(new InputEvent('input')), \
             field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }))",
        ));
        visit.wait(
            "newer suggestions",
            "!document.querySelector('#vv-suggestions [data-old]')",
        );
        visit.expect_active(-1);
        visit.page.eval(&field("value = field.value.trim()"));
        visit.page.press("ArrowDown");
        visit.expect_active(0);
        // No word begins so: to look for it, a file of the index is asked for that is not there yet.
        visit.server.hold(INDEX);
        visit.page.type_text(NONSENSE);
        visit.expect_active(-1);
        visit.page.press("Enter");
        let search = format!(
            "location.pathname.endsWith('/soeg/') && location.search === '?q={WORD}{NONSENSE}'"
        );
        visit.wait("Enter leads to the search page", &search);
        visit.server.mend();
    });
}

#[test]
fn suggestions_that_cannot_be_fetched_leave_no_older_ones() {
    in_browser("/a/", true, |visit| {
        visit.open(ARTICLE);
        visit.type_in_field(WORD);
        visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
        visit.server.lose(INDEX);
        visit.page.type_text(NONSENSE);
        visit.wait("the list closes", &field("ariaExpanded === 'false'"));
        visit.page.press("ArrowDown");
        visit.expect_active(-1);
        let open = visit.page.eval(&field("ariaExpanded"));
        visit.expect("the list stays closed", open, json!("false"));
        // When the way is mended, the arrow asks again: here for the word that is known.
        visit.server.mend();
        visit.page.eval(&field(&format!("value = '{WORD}'")));
        visit.page.press("ArrowUp");
        visit.wait("suggestions open again", &field("ariaExpanded === 'true'"));
        let last = visit
            .page
            .eval("document.querySelectorAll('#vv-suggestions [role=option]').length - 1");
        visit.expect_active(last.as_i64().unwrap_or_default());
    });
}

#[test]
fn a_suggestion_on_the_same_page_closes_the_list() {
    in_browser("/a/", true, |visit| {
        visit.open(GLOSSARY);
        visit.type_in_field(WORD);
        visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
        let own = visit.page.eval(
            "globalThis.stays = true; [...document.querySelectorAll('#vv-suggestions a')] \
             .findIndex((link) => link.pathname === location.pathname && link.hash)",
        );
        let own = own.as_i64().unwrap_or(-1);
        visit.expect("a suggestion on this page", json!(own >= 0), json!(true));
        for _ in 0..=own {
            visit.page.press("ArrowDown");
        }
        visit.page.press("Enter");
        visit.wait(
            "the place is jumped to",
            "stays && location.hash.length > 1",
        );
        let open = visit.page.eval(&field("ariaExpanded"));
        visit.expect("the list", open, json!("false"));
    });
}

/// The place of the active option; -1 for none.
const ACTIVE: &str = "(() => { const field = document.getElementById('vv-search'); \
     const options = [...document.querySelectorAll('#vv-suggestions [role=option]')]; \
     const at = options.findIndex(option => option.ariaSelected === 'true'); \
     const named = field.getAttribute('aria-activedescendant'); \
     return (named === null ? at === -1 : options[at]?.id === named) ? at : `option ${at}, but ${named}`; })()";

impl Visit {
    /// Types where a reader would, as soon as the field has the focus.
    fn type_in_field(&mut self, text: &str) {
        self.page
            .eval("document.getElementById('vv-search').focus()");
        self.page.type_text(text);
    }

    fn expect_active(&mut self, option: i64) {
        let found = self.page.eval(ACTIVE);
        self.expect("the active option", found, json!(option));
    }

    /// What a screen reader is told of the field and its suggestions.
    fn check_combobox(&mut self) {
        let nodes = self.page.accessibility_tree();
        let names = |role: &str| -> Vec<&str> {
            let found = nodes.iter().filter(|node| node.role == role);
            found.map(|node| node.name.trim()).collect()
        };
        let (fields, lists, options) = (names("combobox"), names("listbox"), names("option"));
        let faults = [
            (fields != ["Søg i vejledningen"]).then(|| format!("fields: {fields:?}")),
            (lists != ["Forslag"]).then(|| format!("lists: {lists:?}")),
            (options.len() < 2 || options.contains(&"")).then(|| format!("options: {options:?}")),
        ];
        self.add("the accessibility tree", faults.into_iter().flatten());
    }
}
