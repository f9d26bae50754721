//! What was retracted is nowhere in the output, in no file of any kind.

use crate::support::{TODAY, repository, said, vejviser};
use std::fs;
use std::path::Path;

/// Stands in every text of the fixture that its author took back.
const TAKEN_BACK: &str = "HEMMELIG";

#[test]
fn nothing_of_a_retracted_page_is_let_out() {
    let site = repository().join("tests/fixtures/pages-that-no-longer-hold-leave-the-lists");
    let page = site.join("content/metoder/f.md");
    let source = fs::read_to_string(page).expect("the fixture's page");
    assert!(source.matches(TAKEN_BACK).count() > 10, "{source}");
    let output = tempfile::tempdir().expect("a temporary folder");
    let path = output.path().join("ud");
    for link_style in [&[][..], &["--offline"]] {
        let arguments = ["build", "--today", TODAY, "--output"];
        let mut arguments = arguments.to_vec();
        arguments.push(path.to_str().expect("a plain path"));
        arguments.extend(link_style);
        let built = vejviser(&site, &arguments);
        assert!(built.status.success(), "{}", said(&built));
        let mut read = 0;
        check(&path, &mut read);
        assert!(read > 10, "only {read} files");
    }
}

fn check(folder: &Path, read: &mut usize) {
    for entry in fs::read_dir(folder).expect("a folder of the output") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            check(&path, read);
            continue;
        }
        let bytes = fs::read(&path).expect("a file of the output");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(TAKEN_BACK), "{}", path.display());
        *read += 1;
    }
}
