//! What assistive technology is told of a page: that all that is reached or jumped to has a name, and where it is.
//!
//! In: the browser's own accessibility tree, after the page's scripts. Out: what has no name, what cannot be told from
//! another, and headings, lists and pictures that say nothing. Every page is looked at by the test that walks them all;
//! here is what opens only when a reader asks for it.

use super::chromium::AccessibleNode;
use super::{NARROW, Visit, WIDE, in_browser};
use std::collections::BTreeMap;

const CONTROLS: &str = "button checkbox combobox Date DisclosureTriangle link listbox option radio searchbox slider \
                        spinbutton textbox";
/// What readers jump between, but for the three that a page has one of.
const LANDMARKS: &str = "complementary navigation region search";
const ONCE: &str = "banner main contentinfo";
const NAMED: &str = "alertdialog dialog group image progressbar radiogroup";

/// What is wrong in a page's tree.
pub fn faults(nodes: &[AccessibleNode]) -> Vec<String> {
    let is_one_of = |roles: &str, node: &AccessibleNode| roles.split(' ').any(|r| r == node.role);
    let mut faults = Vec::new();
    let mut seen: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut level = 0;
    // While a dialog is open nothing else of the page is there.
    let has_page = nodes.iter().any(|node| node.role == "main");
    for (at, node) in nodes.iter().enumerate() {
        let (role, name) = (node.role.as_str(), node.name.trim());
        // A fold is a group that its own button names.
        let after = nodes.get(at + 1);
        let is_fold = after.is_some_and(|next| next.role == "DisclosureTriangle");
        let mut asked = [CONTROLS, LANDMARKS, NAMED].iter();
        if name.is_empty() && !is_fold && asked.any(|roles| is_one_of(roles, node)) {
            faults.push(format!("a {role} has no accessible name"));
        }
        if is_one_of(LANDMARKS, node) || is_one_of(ONCE, node) {
            let name = if is_one_of(ONCE, node) { "" } else { name };
            *seen.entry((role, name)).or_default() += 1;
        }
        if role == "heading" {
            if name.is_empty() {
                faults.push(format!("a heading of level {} is empty", node.level));
            }
            if node.level > level + 1 && has_page {
                faults.push(format!(
                    "the heading \"{name}\" skips from level {level} to {}",
                    node.level
                ));
            }
            level = node.level;
        }
        if role == "list" && !node.has_items {
            faults.push(format!("the list \"{name}\" is empty"));
        }
    }
    let twice = seen.into_iter().filter(|(_, count)| *count > 1);
    faults.extend(twice.map(|((role, name), count)| format!("{count} of {role} \"{name}\"")));
    faults
}

/// Pages with what a reader opens there, and the words of it that show that it is open.
const OPENED: [(&str, &str, &str); 9] = [
    (
        "metoder/index.html",
        "const field = document.getElementById('vv-search'); field.focus(); field.value = 'skole'; \
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        "document.querySelectorAll('#vv-suggestions [role=option]').length > 1",
    ),
    (
        "soeg/index.html?q=skole",
        "",
        "document.querySelectorAll('[data-search-results] > li').length > 3",
    ),
    (
        "soeg/index.html?q=xqzw",
        "",
        "!document.querySelector('[data-search-empty]').hidden",
    ),
    (
        "tjeklister/pejlemaerke-proces/index.html",
        "document.querySelectorAll('.item-button').forEach(button => button.click())",
        "document.querySelectorAll('.item-panel:not([hidden]) textarea').length > 5",
    ),
    (
        "tjeklister/pejlemaerke-proces/index.html",
        "document.querySelectorAll('#vv-list .small-button').forEach(button => button.click())",
        "document.querySelectorAll('.list-open > div:not([hidden]) :is(input, button)').length > 6",
    ),
    (
        "tjeklister/pejlemaerke-proces/index.html",
        "document.querySelector('.item > input').click(); \
         [...document.querySelectorAll('.actions button')].at(-1).click()",
        "!!document.querySelector('dialog[open]')",
    ),
    (
        "mine-tjeklister/index.html",
        "document.querySelectorAll('#vv-my-lists button').forEach(button => button.click())",
        "document.querySelectorAll('#vv-my-lists tbody tr').length > 5",
    ),
    (
        "om/privatliv/index.html",
        "document.querySelector('[data-storage] button').click()",
        "!!document.querySelector('dialog[open]')",
    ),
    ("index.html", "", "!!document.querySelector('.continue li')"),
];

#[test]
fn what_opens_has_names_too() {
    in_browser("/", true, |visit| {
        for (width, height) in [WIDE, NARROW] {
            visit.page.set_size(width, height);
            for (name, action, question) in OPENED {
                visit.open(name);
                let is_ready = "document.readyState === 'complete' && !!document.querySelector('.appearance input')";
                visit.page.wait_for(is_ready);
                visit.page.eval(&format!("{action};0"));
                let place = format!("{name} at {width} px after {action:?}");
                if !visit.page.wait_for(question) {
                    visit.add(&place, [format!("never came to be: {question}")]);
                }
                visit.check_names(&place);
                visit.check_problems(&place);
            }
        }
    });
}

#[test]
fn kinds_of_pages_have_names_on_wide_screens() {
    in_browser("/", true, |visit| {
        let mut kinds = BTreeMap::new();
        for name in &visit.site.pages {
            let text = std::fs::read_to_string(visit.site.root.join(name)).expect("a page");
            let tag = |name: &str| text.split(name).nth(1)?.split('>').next();
            let key = format!("{:?} {:?}", tag("<body"), tag("<main"));
            kinds.entry(key).or_insert_with(|| name.clone());
        }
        assert!(kinds.len() > 12, "only {:?}", kinds.keys());
        for name in kinds.into_values() {
            visit.open(&name);
            visit.check_names(&name);
        }
    });
}

impl Visit {
    /// Tells what is wrong in the accessibility tree of the page as it is now.
    pub fn check_names(&mut self, place: &str) {
        let found = faults(&self.page.accessibility_tree());
        self.add(place, found);
    }
}
