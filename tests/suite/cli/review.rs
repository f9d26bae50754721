//! `check --review`: what falls due, by owner and by day, for people, for scripts and for calendars.

use super::json::objects;
use super::{CLEAN, exits, write};
use crate::support::{said, site};
use std::fs;
use std::process::Output;
use tempfile::TempDir;

const PAGES: &str = "-- vejviser.yaml\nid: proeve\ntitle: Prøve\nbase_url: https://eksempel.dk/v/\n\
    contacts:\n  skole: {name: Ålborgskolen}\n  red: {name: Redaktionen}\n\
    -- content/index.md\n---\ntitle: Forside\n---\n\
    -- content/a.md\n---\ntitle: \"Æ; 1, 2\"\nreviewed: 2026-01-01\nreview_by: 2027-01-31\nowner: red\n---\n\
    -- content/b.md\n---\ntitle: Overskredet\nreviewed: 2026-01-01\nreview_by: 2026-11-20\nowner: red\n---\n\
    -- content/c.md\n---\ntitle: Hos skolen\nreviewed: 2026-08-21\nreview_by: 6 months\nowner: skole\n---\n\
    -- content/d.md\n---\ntitle: Hos ingen\nreview_by: 2026-12-01\n---\n\
    -- content/e.md\n---\ntitle: Længe til\nreviewed: 2026-01-01\nreview_by: 2028-01-01\nowner: red\n---\n";

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("what is printed is UTF-8")
}

fn pages() -> TempDir {
    site(PAGES)
}

#[test]
fn what_falls_due_is_listed_by_owner_and_day() {
    let site = pages();
    let output = exits(site.path(), "check --today 2026-11-21 --review 3months", 0);
    assert_eq!(
        printed(&output),
        "til gennemgang senest 2027-02-21. antal: 4, heraf overskredet: 1\n\n\
         Redaktionen\n  2026-11-20  Overskredet (content/b.md)  overskredet\n  2027-01-31  Æ; 1, 2 (content/a.md)\n\n\
         Ålborgskolen\n  2027-02-21  Hos skolen (content/c.md)\n\n\
         Uden fagligt ansvarlig\n  2026-12-01  Hos ingen (content/d.md)\n"
    );
    assert!(said(&output).contains("[review-overdue]"));
    let none = exits(
        site.path(),
        "check --today 2026-01-01 --review 1d --lang en",
        0,
    );
    assert_eq!(printed(&none), "nothing is to be reviewed by 2026-01-02\n");
    exits(
        site.path(),
        "check --today 2026-11-21 --review 90d --strict",
        1,
    );
}

#[test]
fn scripts_get_an_object_a_page() {
    let site = pages();
    let output = exits(
        site.path(),
        "check --today 2026-11-21 --review 20d --format json",
        0,
    );
    let found: Vec<String> = objects(&output, "review")
        .iter()
        .map(|page| page.to_string())
        .collect();
    assert_eq!(
        found,
        [
            r#"{"path":"content/b.md","title":"Overskredet","due":"2026-11-20","overdue":true,"reviewed":"2026-01-01","owner":"red","owner_name":"Redaktionen"}"#,
            r#"{"path":"content/d.md","title":"Hos ingen","due":"2026-12-01","overdue":false,"reviewed":null,"owner":null,"owner_name":null}"#,
        ]
    );
}

#[test]
fn a_calendar_has_an_event_for_each_page_and_is_the_same_each_time() {
    let site = pages();
    let line = "check --today 2026-11-21 --review 90d --ics gennemgang.ics";
    let told = exits(site.path(), line, 0);
    assert!(said(&told).contains("`gennemgang.ics` er skrevet. aftaler: 3"));
    let path = site.path().join("gennemgang.ics");
    let text = fs::read_to_string(&path).expect("the calendar is there");
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 3);
    for line in [
        "UID:a@proeve\r\n",
        "DTSTAMP:20261121T000000Z\r\n",
        "DTSTART;VALUE=DATE:20270131\r\n",
        "SUMMARY:Gennemgå: Æ\\; 1\\, 2\r\n",
        "DESCRIPTION:Fagligt ansvarlig: Redaktionen\\nFil: content/a.md\r\n",
        "URL:https://eksempel.dk/v/a/\r\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    exits(site.path(), line, 0);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
    let entries = fs::read_dir(site.path()).expect("a folder").count();
    assert_eq!(entries, 3, "only the calendar is written");
}

#[test]
fn nothing_due_writes_no_calendar_and_a_bad_place_is_the_machines_failure() {
    let site = site(CLEAN);
    let told = exits(site.path(), "check --review 1y --ics ny.ics --lang en", 0);
    assert!(
        said(&told).contains("`ny.ics` is not written"),
        "{}",
        said(&told)
    );
    assert!(!site.path().join("ny.ics").exists());
    write(
        &site,
        "content/a.md",
        "---\ntitle: A\nreview_by: 2026-11-22\n---\n",
    );
    let line = "check --today 2026-11-21 --review 1y --ics";
    exits(site.path(), &format!("{line} content"), 3);
    exits(site.path(), &format!("{line} ingen/mappe.ics"), 3);
    for wrong in [
        "check --review snart",
        "check --review 0d",
        "check --ics a.ics",
        "build --review 1d",
    ] {
        exits(site.path(), wrong, 2);
    }
}
