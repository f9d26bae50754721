//! The filter of lists of pages: by keyboard, by address, on paper, without scripts.
//!
//! In: the built site's list of all pages. Out: what is wrong with its filter.

use super::chromium::Page;
use super::{NARROW, WIDE, in_browser};

/// A list of the site that is long enough for a filter.
const LIST: &str = "alle-sider/index.html";

#[test]
fn a_list_is_narrowed_to_a_role() {
    in_browser("/", true, |visit| {
        for (width, height) in [WIDE, NARROW] {
            visit.page.set_size(width, height);
            visit.open(LIST);
            let faults = faults(&mut visit.page);
            visit.add(&format!("{LIST} at {width} px"), faults);
        }
        visit.check_problems(LIST);
    });
}

#[test]
fn a_list_is_narrowed_from_a_folder_too() {
    in_browser("/", false, |visit| {
        visit.base = format!("file://{}/", visit.site.root.display());
        visit.page.stay_within(&visit.base);
        visit.open(LIST);
        let faults = faults(&mut visit.page);
        visit.add(LIST, faults);
        visit.check_problems(LIST);
    });
}

#[test]
fn a_list_without_scripts_is_whole_and_has_no_filter() {
    in_browser("/", false, |visit| {
        visit.page.block_scripts(true);
        visit.open(LIST);
        let state = ask(&mut visit.page, "state()");
        let expected = "no filter, all rows, all groups, all links";
        visit.add(LIST, (state != expected).then_some(state));
    });
}

fn ask(page: &mut Page, question: &str) -> String {
    let answer = page.eval(&format!("{QUESTIONS}\nfilter.{question}"));
    answer.as_str().unwrap_or_default().to_owned()
}

fn faults(page: &mut Page) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |when: &str, found: String, expected: &str| {
        if found != expected {
            faults.push(format!("{when}: {found}, not {expected}"));
        }
    };
    let all = "All, all rows, all groups, all links, status right, address without a role";
    let some = "role 1, its rows, their groups, their links, status right, address with the role";
    expect("after loading", ask(page, "state()"), all);
    expect("its place before the script", ask(page, "place()"), "kept");
    ask(page, "focus()");
    page.press("ArrowRight");
    expect("after the arrow to the right", ask(page, "state()"), some);
    expect(
        "on paper",
        ask_on_paper(page),
        "no filter, all rows, all groups",
    );
    let address = page.eval("location.href");
    page.open(address.as_str().unwrap_or_default());
    expect("opened again", ask(page, "state()"), some);
    ask(page, "focus()");
    page.press("ArrowUp");
    expect("after the arrow up", ask(page, "state()"), all);
    let bare = ask(page, "bare()");
    page.open(&format!("{bare}?role=ingen"));
    expect("with a role nobody knows", ask(page, "state()"), all);
    faults
}

fn ask_on_paper(page: &mut Page) -> String {
    page.set_print(true);
    let state = ask(page, "onPaper()");
    page.set_print(false);
    state
}

/// What the test asks the page.
const QUESTIONS: &str = r#"globalThis.filter ??= {
  box: () => document.querySelector('[data-filter]'),
  rows: () => [...document.querySelectorAll('main .page-list > li')],
  groups: () => [...document.querySelectorAll('main section.letter')],
  links: () => [...document.querySelectorAll('main nav.letters a')],
  isShown: element => element.checkVisibility({ visibilityProperty: true }),
  chosen: () => document.querySelector('[data-filter] input:checked'),
  focus() { filter.chosen().focus(); return ''; },
  bare: () => location.href.split('?')[0],
  place() {
    const [box, heading] = [filter.box(), filter.groups()[0]];
    const place = () => Math.round(heading.getBoundingClientRect().top);
    const before = place();
    box.hidden = true;
    const [isKept, isShown] = [place() === before, filter.isShown(box)];
    box.hidden = false;
    return isShown ? 'shown' : isKept ? 'kept' : 'lost';
  },
  /* The rows, groups and links that are shown, in words. */
  shown(role) {
    const isRight = row => filter.isShown(row) === (!role || (row.dataset.roles ?? '').split(' ').includes(role));
    const has = group => [...group.querySelectorAll('li')].some(filter.isShown);
    const target = link => document.getElementById(link.hash.slice(1)).closest('section');
    return [
      filter.rows().every(isRight) ? (role ? 'its rows' : 'all rows') : 'wrong rows',
      filter.groups().every(group => filter.isShown(group) === has(group)) ? (role ? 'their groups' : 'all groups') : 'wrong groups',
      filter.links().every(link => filter.isShown(link) === has(target(link))) ? (role ? 'their links' : 'all links') : 'wrong links',
    ];
  },
  state() {
    const box = filter.box();
    if (!box || !filter.isShown(box)) return ['no filter', ...filter.shown('')].join(', ');
    const radios = [...box.querySelectorAll('input')];
    const role = filter.chosen().value;
    const count = filter.rows().filter(filter.isShown).length;
    const status = box.querySelector('[role=status]').textContent.match(/\d+/g).map(Number);
    const isStatusRight = status[0] === count && status[1] === filter.rows().length && (!role || count < status[1]);
    const wanted = new URLSearchParams(location.search).get('role') ?? '';
    const address = wanted === role ? (role ? 'address with the role' : 'address without a role')
      : wanted === 'ingen' && !role ? 'address without a role' : `address with ${wanted}`;
    return [role ? `role ${radios.indexOf(filter.chosen())}` : 'All', ...filter.shown(role),
      isStatusRight ? 'status right' : 'status wrong', address].join(', ');
  },
  onPaper() {
    const rows = filter.rows().every(filter.isShown) ? 'all rows' : 'rows missing';
    const groups = filter.groups().every(filter.isShown) ? 'all groups' : 'groups missing';
    return [filter.isShown(filter.box()) ? 'a filter' : 'no filter', rows, groups].join(', ');
  },
};"#;
