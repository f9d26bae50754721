//! Typed numbers have one record: what is corrected there is corrected on every page.

use crate::support::{TODAY, files_below, said, site, vejviser};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const SITE: &str = "-- content/index.md\n---\ntitle: Forside\n---\n\nFaldet er [=fald] fra [=foer].\n\
    -- content/case.md\n---\nkind: case\ntitle: Case\norganisation: K\ncase_type: kommune\nperiod: 2024\nresults: [foer, fald]\n\
    evidence: {strength: not-assessed}\n\
    figures:\n  - {id: foer, value: 9.2, unit: procent, what: Fravær, source: kilde}\n  \
    - {id: efter, value: 5.2, unit: procent, what: Fravær efter, source: kilde}\n  \
    - {id: fald, derived: foer - efter, unit: procentpoint}\n---\n\n## Fra [=foer]\n\nDet var [=foer].\n\
    -- content/metode.md\n---\nkind: method\ntitle: Metode\npurpose: P\naudience: A\nreviewed: 2026-11-21\nevidence: {strength: not-assessed}\n---\n\n| A |\n| --- |\n| [=foer] |\n\n- [ ] Fra [=foer] {#fra}\n\
    -- content/uden.md\n---\ntitle: Uden tal\n---\n\nFravær.\n\
    -- content/kilder/index.md\n---\ntitle: Kilder\n---\n\
    -- content/kilder/kilde.md\n---\nkind: source\nid: kilde\ntitle: Kilde\nsource_type: law\npublisher: P\ndated: 2024\naccess: seen\n---\n\nKilden skriver [=foer].\n";

/// The pages of a site, by path.
fn built(root: &Path) -> BTreeMap<PathBuf, String> {
    let output = vejviser(root, &["build", "--today", TODAY]);
    assert!(output.status.success(), "{}", said(&output));
    let folder = root.join("output");
    let page = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a page");
        (
            path.strip_prefix(&folder).expect("found below it").into(),
            text,
        )
    };
    files_below(&folder, "html").into_iter().map(page).collect()
}

#[test]
fn a_corrected_number_is_corrected_everywhere() {
    let site = site(SITE);
    let before = built(site.path());
    let case = site.path().join("content/case.md");
    let text = fs::read_to_string(&case).expect("the case");
    fs::write(&case, text.replace("value: 9.2", "value: 8.75")).expect("the case");
    let after = built(site.path());
    let users = [
        "case/index.html",
        "hele-vejledningen/index.html",
        "index.html",
        "kilder/index.html",
        "metode/index.html",
    ];
    for (path, text) in &before {
        let is_user = users.iter().any(|user| path == Path::new(user));
        assert_eq!(
            text.contains("9,2\u{a0}procent"),
            is_user,
            "{}",
            path.display()
        );
        let new = &after[path];
        assert!(!new.contains("9,2"), "{}", path.display());
        assert_eq!(
            new.contains("8,75\u{a0}procent"),
            is_user,
            "{}",
            path.display()
        );
        // Nothing else on the page changes, and no page that does not show the number.
        let old = text
            .replace("4,0\u{a0}", "3,55\u{a0}")
            .replace("9,2", "8,75");
        assert_eq!(&old, new, "{}", path.display());
    }
    assert!(before[Path::new("index.html")].contains("4,0\u{a0}procentpoint"));
    assert!(after[Path::new("index.html")].contains("3,55\u{a0}procentpoint"));
}
