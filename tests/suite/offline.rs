//! A site built with `--offline` can be read from a folder without a server and without scripts.
//!
//! In: this repository's site. Out: every address of every page that does not name a file. A browser that opens a
//! folder shows a list of files and not the page in it, so an address that ends in `/` counts as leading nowhere.

use std::fs;

use crate::support::{TODAY, files_below, repository, said, vejviser};

#[test]
fn every_address_names_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("site");
    let built = vejviser(
        repository(),
        &[
            "build",
            "--offline",
            "--today",
            TODAY,
            "--output",
            output.to_str().expect("a name in UTF-8"),
        ],
    );
    assert!(built.status.success(), "{}", said(&built));
    let pages = files_below(&output, "html");
    let mut faults = Vec::new();
    let mut count = 0;
    // The page of errors is a server's and knows no addresses here.
    for page in pages.iter().filter(|page| !page.ends_with("404.html")) {
        let html = fs::read_to_string(page).expect("pages are UTF-8");
        let own = page.parent().expect("a page lies in a folder");
        for address in addresses(&html) {
            count += 1;
            if !own.join(address).is_file() {
                faults.push(format!("{}: {address}", page.display()));
            }
        }
    }
    faults.truncate(20);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 1000, "only {count} addresses were found");
}

/// Addresses within the site, without what follows `?` or `#`.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    let all = ["href=\"", "action=\"", "src=\""].into_iter();
    let values = all.flat_map(|name| html.split(name).skip(1));
    values
        .filter_map(|rest| rest.split('"').next())
        .filter(|value| !value.contains(':'))
        .filter_map(|value| value.split(['#', '?']).next())
        .filter(|value| !value.is_empty())
}
