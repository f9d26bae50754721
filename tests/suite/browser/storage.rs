//! The page that tells what is kept in the browser: its button deletes all of that and nothing else.
//!
//! In: the built site's page of privacy. Out: what is wrong with its button.

use super::{Visit, in_browser};

const PAGE: &str = "om/privatliv/index.html";

#[test]
fn all_that_the_site_keeps_is_deleted_when_the_reader_says_so() {
    for (mount, is_folder) in [("/", false), ("/", true)] {
        in_browser(mount, !is_folder, |visit| {
            if is_folder {
                visit.base = format!("file://{}/", visit.site.root.display());
                visit.page.stay_within(&visit.base);
            }
            visit.open(PAGE);
            visit.page.eval(
                "localStorage.clear(); \
                 for (const end of ['settings', 'checklist:a', 'checklist:a:backup:x']) \
                   localStorage.setItem('vejviser:1:' + document.documentElement.dataset.site + ':' + end, '{}'); \
                 localStorage.setItem('vejviser:1:andet:settings', '{}');",
            );
            count(visit, "before", 4);
            let press = |place: u32| {
                format!(
                    "document.querySelector('[data-storage] button').click(), \
                     document.querySelectorAll('dialog[open] button')[{place}].click()"
                )
            };
            visit.page.eval(&press(1));
            // The answer is heard when the dialog has closed, which a browser tells a moment later.
            let is_closed = visit.page.wait_for("!document.querySelector('dialog')");
            visit.add(PAGE, (!is_closed).then(|| "the dialog stays".into()));
            count(visit, "after «keep»", 4);
            visit.page.eval(&press(0));
            let is_told = visit.page.wait_for(
                "document.querySelector('[data-storage] [role=status]').textContent !== ''",
            );
            visit.add(
                PAGE,
                (!is_told).then(|| "does not say that all is deleted".into()),
            );
            let left = visit.page.eval("Object.keys(localStorage).join()");
            let fault = format!("left: {left}");
            visit.add(PAGE, (left != "vejviser:1:andet:settings").then_some(fault));
            visit.check_problems(PAGE);
        });
    }
}

fn count(visit: &mut Visit, when: &str, expected: u32) {
    let keys = visit.page.eval("Object.keys(localStorage).length");
    let fault = format!("{when}: {keys} keys are kept, not {expected}");
    visit.add(PAGE, (keys != expected).then_some(fault));
}
