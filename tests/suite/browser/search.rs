//! The search in a browser: the search page, and in `field.rs` the field in the header, by keyboard, from a server below
//! a path, from a folder, and without scripts.
//!
//! What the search finds is judged elsewhere; here it must find something, show it as promised, and say so.

mod field;

use serde_json::json;

use super::{NARROW, Visit, WIDE, in_browser};

/// A word of the example site, and one of no language.
const WORD: &str = "rejsehold";
const NONSENSE: &str = "xqzwvjkp";

const PAGE: &str = "soeg/index.html";

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

        // A filter narrows to what it says, stands in the address, and is there again after a reload.
        visit.check_filter();
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
fn filters_keep_their_word_in_quotes_too() {
    in_browser("/a/", true, |visit| {
        // Far more pages have the word in another form.
        let quoted = "\"skolens\"";
        visit.open(PAGE);
        visit.type_query(quoted);
        visit.wait_for_results(quoted);
        visit.check_filter();
    });
}

#[test]
fn the_way_back_from_another_spelling_stays_there() {
    in_browser("/a/", true, |visit| {
        for (typed, asked) in [
            ("rejsehoold", "\"rejsehoold\""),
            ("skole rejsehoold", "skole \"rejsehoold\""),
        ] {
            visit.open(PAGE);
            visit.type_query(typed);
            visit.wait_for_results(typed);
            let link = "document.querySelector('[data-search-notes] a')";
            let offered = visit.page.eval(&format!("{link}?.textContent"));
            visit.expect("the spelling offered", offered, json!(asked));
            visit.page.eval(&format!("{link}?.click()"));
            visit.wait(
                "what was asked is searched",
                &format!("{STATE} === 'done' && {LIST}.dataset.searchQuery === '{asked}'"),
            );
            let count = visit
                .page
                .eval("document.querySelector('[data-search-count]').textContent");
            let count = count.as_str().unwrap_or_default();
            visit.add(
                "the count",
                (!count.contains(asked)).then(|| format!("names another query: {count}")),
            );
            let again = visit.page.eval(&format!("{link}?.textContent ?? ''"));
            visit.expect("another suggestion", again, json!(""));
        }
    });
}

#[test]
fn of_two_queries_only_the_last_is_answered() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit.type_query(WORD);
        visit.wait_for_results(WORD);
        // Every answer writes its query.
        visit.page.eval(&format!(
            "globalThis.answers = 0; new MutationObserver((changes) => answers += changes.length) \
             .observe({LIST}, {{ attributes: true, attributeFilter: ['data-search-query'] }})"
        ));
        visit.page.eval(&format!(
            "{}; {}",
            typing("skole"),
            typing(&format!("{WORD} skole"))
        ));
        visit.wait_for_results(&format!("{WORD} skole"));
        let answers = visit
            .page
            .eval("new Promise((go) => setTimeout(go, 100)).then(() => answers)");
        visit.expect("answers", answers, json!(1));
    });
}

#[test]
fn results_that_stay_are_not_drawn_again() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit.type_query(WORD);
        visit.wait_for_results(WORD);
        visit.page.eval(&format!(
            "globalThis.drawn = 0; new MutationObserver((changes) => changes.forEach((change) => drawn += change.addedNodes.length)) \
             .observe({LIST}, {{ childList: true }})"
        ));
        let spaced = format!("{WORD},");
        visit.type_query(&spaced);
        visit.wait_for_results(&spaced);
        let drawn = visit.page.eval("drawn");
        visit.expect("results drawn for the same query", drawn, json!(0));
        visit.type_query("skole");
        visit.wait_for_results("skole");
        visit.wait("ten results", &format!("{SHOWN} === 10 && drawn >= 5"));
        visit
            .page
            .eval("drawn = 0; document.querySelector('[data-search-more]').click()");
        visit.wait("twenty results", &format!("{SHOWN} === 20 && drawn === 10"));
        visit.wait(
            "the first new one has the focus",
            "document.activeElement === document.querySelectorAll('[data-search-result]')[10].querySelector('a')",
        );
    });
}

#[test]
fn an_answer_that_cannot_be_fetched_leaves_no_older_one() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit.type_query("skole rejsehoold");
        visit.wait_for_results("skole rejsehoold");
        visit.server.lose("assets/search/");
        visit.type_query(&format!("skolebus {NONSENSE}"));
        visit.wait("it is told", &format!("{STATE} === 'error'"));
        let shown = visit.page.eval(
            "['[data-search-notes] p', '[data-search-results] li', '[data-search-more]', '[data-search-empty]'] \
             .map(name => !!document.querySelector(name)?.checkVisibility())",
        );
        visit.expect("what is shown", shown, json!([false, false, false, false]));
    });
}

#[test]
fn guesses_that_cannot_be_fetched_are_done_without() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit.server.lose("assets/search-guess");
        let misspelt = "skole rejsehoold";
        visit.type_query(misspelt);
        visit.wait_for_results(misspelt);
        let notes = visit
            .page
            .eval("document.querySelector('[data-search-notes]').textContent");
        visit.expect("what is said", notes, json!("Ikke fundet: rejsehoold"));
    });
}

#[test]
fn the_search_page_keeps_up_with_typing() {
    in_browser("/a/", true, |visit| {
        visit.open(PAGE);
        visit
            .page
            .eval("document.querySelector('[data-search-input]').focus()");
        visit.page.type_text(WORD);
        visit.wait_for_results(WORD);
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
        visit.type_query("rejsehoold");
        visit.wait_for_results("rejsehoold");
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

const LIST: &str = "document.querySelector('[data-search-results]')";
const STATE: &str = "document.querySelector('[data-search-results]').dataset.searchState";
const TOTAL: &str = "Number(document.querySelector('[data-search-results]').dataset.searchTotal)";
const SHOWN: &str = "document.querySelectorAll('[data-search-result]').length";
/// A question about the field in the header.
fn field(question: &str) -> String {
    format!(
        "(() => {{ const field = document.getElementById('vv-search'); return field.{question}; }})()"
    )
}

/// A script that replaces what stands in the search page's field.
fn typing(query: &str) -> String {
    format!(
        "(() => {{ const field = document.querySelector('[data-search-input]'); field.value = {}; \
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()",
        json!(query)
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
        self.wait(
            "results",
            &format!("{STATE} === 'done' && {LIST}.dataset.searchQuery === '{query}' && {TOTAL} > 0 && {SHOWN} > 0"),
        );
    }

    /// Replaces what stands in the search page's field.
    fn type_query(&mut self, query: &str) {
        self.page.eval(&typing(query));
    }

    /// Sets the filter that promises most, and counts what is left.
    fn check_filter(&mut self) {
        let total = self.page.eval(TOTAL);
        let promised = self.page.eval(
            "(() => { const count = (box) => Number(/\\d+/.exec(box.labels[0].lastChild.textContent)); \
             const boxes = [...document.querySelectorAll('[data-search-filter=kind]:not([hidden] *)')].sort((a, b) => count(b) - count(a)); \
             const promised = count(boxes[0]); boxes[0].click(); return promised; })()",
        );
        self.add(
            "a filter",
            (promised.as_i64() >= total.as_i64())
                .then(|| format!("promises all {total} results, which shows nothing")),
        );
        self.wait(
            "a filter stands in the address",
            "/[?&]kind=/.test(location.search)",
        );
        self.wait(
            "a filter leaves what it promises",
            &format!("{STATE} === 'done' && {TOTAL} > 0 && {TOTAL} === {promised}"),
        );
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
}
