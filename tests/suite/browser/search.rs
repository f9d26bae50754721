//! The search in a browser: the field in the header and the search page, by keyboard, from a server below a path, from
//! a folder, and without scripts.
//!
//! What the search finds is judged elsewhere; here it must find something, show it as promised, and say so.

use serde_json::json;

use super::{NARROW, Visit, WIDE, in_browser};

/// A word of the example site, and one of no language.
const WORD: &str = "rejsehold";
const NONSENSE: &str = "xqzwvjkp";

const PAGE: &str = "soeg/index.html";

#[test]
fn nothing_of_the_search_is_fetched_before_its_field_is_used() {
    in_browser("/a/", true, |visit| {
        visit.open("metoder/index.html");
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
            json!(after >= 1),
            json!(true),
        );
        visit.check_problems("metoder/index.html");
    });
}

#[test]
fn the_field_of_the_header_suggests_by_keyboard() {
    in_browser("/a/", true, |visit| {
        for (width, height) in [WIDE, NARROW] {
            visit.page.set_size(width, height);
            visit.open("metoder/index.html");
            visit
                .page
                .eval("document.getElementById('vv-search').focus()");
            visit.page.type_text(WORD);
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
            visit.check_problems("metoder/index.html");
        }
        visit.open("metoder/index.html");
        visit
            .page
            .eval("document.getElementById('vv-search').focus()");
        visit.page.type_text(WORD);
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
fn the_search_page_answers_its_address() {
    in_browser("/kommune/vejledning/", true, |visit| {
        visit
            .page
            .open(&visit.server.url(&format!("soeg/?q={WORD}")));
        visit.wait_for_results(WORD);
        visit.wait(
            "the title names the query",
            &format!("document.title.startsWith('{WORD}')"),
        );
        visit.check_results();
        for (width, height) in [NARROW, WIDE] {
            visit.page.set_size(width, height);
            visit.ask(PAGE, "overflow()");
        }
        visit.check_names(PAGE);

        // The first filter narrows, stands in the address, and is there again after a reload.
        let total = visit.page.eval(TOTAL);
        visit
            .page
            .eval("document.querySelector('[data-search-filter=kind]:not([hidden] *)').click()");
        visit.wait(
            "a filter stands in the address",
            "/[?&]kind=/.test(location.search)",
        );
        visit.wait(
            "a filter narrows",
            &format!("{STATE} === 'done' && {TOTAL} > 0 && {TOTAL} <= {total}"),
        );
        let narrowed = visit.page.eval(&format!("[location.search, {TOTAL}]"));
        let address = visit.page.eval("location.href");
        visit.page.open("about:blank");
        visit.page.open(address.as_str().unwrap_or_default());
        visit.wait_for_results(WORD);
        let again = visit.page.eval(&format!("[location.search, {TOTAL}]"));
        visit.expect("the filter after a reload", again, narrowed);

        visit.type_query("");
        visit.wait(
            "an empty query is done",
            &format!("{STATE} === 'done' && {TOTAL} === 0 && {SHOWN} === 0"),
        );
        visit.wait("the address forgets it", "!/q=/.test(location.search)");
        visit.check_problems(PAGE);
    });
}

#[test]
fn the_search_page_keeps_up_with_typing() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit
            .page
            .eval("document.querySelector('[data-search-input]').focus()");
        visit.page.eval(
            "globalThis.seen = []; new MutationObserver(() => { const list = document.querySelector('[data-search-results]'); \
             if (list.dataset.searchState === 'done') seen.push(list.dataset.searchQuery); }) \
             .observe(document.querySelector('[data-search-results]'), { attributes: true, attributeFilter: ['data-search-state'] })",
        );
        visit.page.type_text(WORD);
        visit.wait_for_results(WORD);
        let in_order = visit
            .page
            .eval("seen.every((query, i) => !i || query.length > seen[i - 1].length)");
        visit.expect("no late answer", in_order, json!(true));
        visit.wait(
            "the count is told after a rest",
            &format!("document.querySelector('main [role=status]').textContent.includes('{WORD}')"),
        );
        visit.check_results();
        visit.page.press("Enter");
        let place = visit
            .page
            .eval("location.search + document.activeElement.id");
        visit.expect("Enter stays", place, json!(format!("?q={WORD}vv-query")));

        visit.type_query(NONSENSE);
        visit.wait(
            "nonsense finds nothing",
            &format!("{STATE} === 'done' && {TOTAL} === 0 && {SHOWN} === 0"),
        );
        visit.wait(
            "help for those who found nothing",
            "document.querySelector('[data-search-empty] a').checkVisibility()",
        );
        visit.type_query("<img src=x onerror=alert(1)>");
        visit.wait(
            "markup is text",
            &format!("{STATE} === 'done' && !document.querySelector('main img')"),
        );
        visit.check_problems(PAGE);
    });
}

#[test]
fn the_search_works_from_a_folder() {
    in_browser("/", false, |visit| {
        visit.base = format!("file://{}/", visit.site.root.display());
        visit.page.stay_within(&visit.base);
        visit.open("metoder/index.html");
        visit
            .page
            .eval("document.getElementById('vv-search').focus()");
        visit.page.type_text(WORD);
        visit.wait("suggestions open", &field("ariaExpanded === 'true'"));
        visit.check_links("metoder/index.html");
        visit.page.press("Enter");
        visit.wait(
            "Enter leads to the search page's file",
            &format!("location.href.endsWith('/soeg/index.html?q={WORD}')"),
        );
        visit.wait_for_results(WORD);
        visit.check_results();
        visit.check_links(PAGE);
        visit.check_problems(PAGE);
    });
}

#[test]
fn what_only_another_language_has_is_told() {
    in_browser("/a/", true, |visit| {
        visit
            .page
            .open(&visit.server.url(&format!("en/search/?q={WORD}et")));
        let link = "document.querySelector('[data-search-notes] a')?.href";
        visit.wait(
            "a link to the other language",
            &format!("({link} ?? '').endsWith('/a/soeg/?q={WORD}et')"),
        );
        visit.check_problems("en/search/index.html");
    });
}

#[test]
fn the_search_page_is_the_list_of_all_pages_without_scripts() {
    in_browser("/", false, |visit| {
        visit.page.block_scripts(true);
        visit
            .page
            .open(&visit.server.url(&format!("soeg/?q={WORD}")));
        let shown = visit.page.eval(
            "['.no-script', '.all-pages a', '.search-filters input', '[data-search-empty]', '[data-search-more]'] \
             .map(name => document.querySelector(`main ${name}`).checkVisibility())",
        );
        visit.expect(
            "what is shown",
            shown,
            json!([true, true, false, false, false]),
        );
        let links = visit
            .page
            .eval("document.querySelectorAll('.all-pages a').length");
        let pages = visit.site.pages.len() as u64;
        visit.expect(
            "most pages are listed",
            json!(links.as_u64() > Some(pages / 2)),
            json!(true),
        );
    });
}

const STATE: &str = "document.querySelector('[data-search-results]').dataset.searchState";
const TOTAL: &str = "Number(document.querySelector('[data-search-results]').dataset.searchTotal)";
const SHOWN: &str = "document.querySelectorAll('[data-search-result]').length";
/// The place of the active option; -1 for none.
const ACTIVE: &str = "(() => { const field = document.getElementById('vv-search'); \
     const options = [...document.querySelectorAll('#vv-suggestions [role=option]')]; \
     const at = options.findIndex(option => option.ariaSelected === 'true'); \
     const named = field.getAttribute('aria-activedescendant'); \
     return (named === null ? at === -1 : options[at]?.id === named) ? at : `option ${at}, but ${named}`; })()";

/// A question about the field in the header.
fn field(question: &str) -> String {
    format!(
        "(() => {{ const field = document.getElementById('vv-search'); return field.{question}; }})()"
    )
}

impl Visit {
    fn expect(&mut self, what: &str, found: serde_json::Value, expected: serde_json::Value) {
        self.add(
            what,
            (found != expected).then(|| format!("{found} instead of {expected}")),
        );
    }

    fn wait(&mut self, what: &str, condition: &str) {
        let is_so = self.page.wait_for(condition);
        self.add(what, (!is_so).then(|| format!("never: {condition}")));
    }

    fn wait_for_results(&mut self, query: &str) {
        let list = "document.querySelector('[data-search-results]')";
        self.wait(
            "results",
            &format!("{STATE} === 'done' && {list}.dataset.searchQuery === '{query}' && {TOTAL} > 0 && {SHOWN} > 0"),
        );
    }

    /// Replaces what stands in the search page's field.
    fn type_query(&mut self, query: &str) {
        self.page.eval(&format!(
            "(() => {{ const field = document.querySelector('[data-search-input]'); field.value = {}; \
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()",
            json!(query)
        ));
    }

    /// Results lead to files of the site, to ids that exist, and show the words found.
    fn check_results(&mut self) {
        let links = self.page.eval_list(
            "[...document.querySelectorAll('[data-search-result], [data-search-subresult]')].map(item => item.querySelector('a').href)",
        );
        let is_from_folder = self.base.starts_with("file:");
        for link in links {
            let path = link.strip_prefix(&self.base).unwrap_or("-");
            let has_page = self.site.has(path, is_from_folder);
            let (file, id) = path.split_once('#').unwrap_or((path, ""));
            let file = file.strip_suffix("index.html").unwrap_or(file);
            let text = std::fs::read_to_string(self.site.root.join(file).join("index.html"));
            let has_id =
                id.is_empty() || text.unwrap_or_default().contains(&format!("id=\"{id}\""));
            self.add(
                "a result",
                (!has_page || !has_id).then(|| format!("leads to nothing: {link}")),
            );
        }
        let marks = self
            .page
            .eval("document.querySelectorAll('[data-search-snippet] mark').length > 0");
        self.expect("words are marked", marks, json!(true));
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
