//! `status merge`: files of many teams as one overview, whatever their order and whatever is in them.

use super::{exits, files, names};
use crate::support::{said, site, vejviser};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A site with one list in two sections, of which one item was renamed and one retired.
fn schools() -> TempDir {
    let site = site(
        "-- content/index.md\n---\ntitle: Forside\n---\n\n[liste](liste.md)\n\
         -- content/liste.md\n---\nkind: checklist\nid: opfoelgning\ntitle: Opfølgning & <b>\nreviewed: 2026-11-21\n\
         retired: [{id: kaffe, text: Kaffen er klar}]\n---\n\n## Før\n\n- [ ] Barnet er hørt {#barnets-ord}\n\
         - [ ] Mødet er aftalt {#moede was=\"tid gammel-tid\"}\n\n## Efter\n\n- [ ] Referatet er sendt {#referat}\n",
    );
    fs::create_dir(site.path().join("ind")).expect("a folder");
    site
}

fn list(rounds: Value) -> Value {
    json!({"format": "vejviser-checklist", "version": 1, "site": "test", "checklist": "opfoelgning", "edition": "1",
        "created": "2026-08-10T08:12:00Z", "changed": "2026-10-31T12:05:09Z", "active": "r1", "rounds": rounds})
}

fn round(id: &str, start: &str, items: Value) -> Value {
    json!({"id": id, "name": "", "start": start, "end": null, "items": items})
}

fn done(time: &str) -> Value {
    json!({"answer": "done", "relevant": true, "note": "Hemmelig note", "who": "Karen Kvist", "due": "", "t": time, "text": "x"})
}

fn hand_in(site: &TempDir, name: &str, value: &Value) {
    let text = serde_json::to_string(value).expect("JSON can be written");
    fs::write(site.path().join("ind").join(name), text).expect("a file");
}

fn two_schools(site: &TempDir) {
    let mut a = list(json!([
        round(
            "r2",
            "2026-10-05",
            json!({"barnets-ord": done("2026-10-05T10:00:00Z"), "moede": done("2026-10-05T10:00:00Z"),
            "referat": {"answer": "", "relevant": false}, "kaffe": done("2026-10-05T10:00:00Z")})
        ),
        round(
            "r1",
            "2026-08-10",
            json!({"referat": done("2026-08-11T10:00:00Z"), "tid": done("2026-08-10T10:00:00Z")})
        ),
    ]));
    a["team"] = "Åskolen".into();
    hand_in(site, "a.json", &a);
    let b = list(json!([round(
        "r1",
        "2026-08-17",
        json!({"barnets-ord": {"answer": "", "due": "2026-09-01"}})
    )]));
    hand_in(
        site,
        "=Bæk.json",
        &json!({"format": "vejviser-collection", "version": 1, "site": "test", "checklists": [b]}),
    );
}

fn merged(site: &TempDir) -> String {
    let line = "status merge ind --output ud --today 2026-11-21";
    exits(site.path(), line, 0);
    fs::read_to_string(site.path().join("ud/overblik.csv")).expect("a table")
}

#[test]
fn a_row_stands_for_each_school_section_and_round() {
    let site = schools();
    two_schools(&site);
    let table = merged(&site);
    let expected = "\u{feff}\"skole\";\"liste\";\"gruppe\";\"forloeb\";\"navn\";\"start\";\"punkter\";\"besvaret\";\"ubesvaret\";\"naaet\";\"ikke_relevante\";\"op\";\"ned\";\"aabne_frister\";\"overskredne_frister\"\r\n\
        \"'=Bæk\";\"opfoelgning\";\"Før\";\"1\";\"\";\"2026-08-17\";\"2\";\"0\";\"2\";\"0\";\"0\";\"0\";\"0\";\"1\";\"1\"\r\n\
        \"'=Bæk\";\"opfoelgning\";\"Efter\";\"1\";\"\";\"2026-08-17\";\"1\";\"0\";\"1\";\"0\";\"0\";\"0\";\"0\";\"0\";\"0\"\r\n\
        \"Åskolen\";\"opfoelgning\";\"Før\";\"1\";\"\";\"2026-08-10\";\"2\";\"1\";\"1\";\"1\";\"0\";\"0\";\"0\";\"0\";\"0\"\r\n\
        \"Åskolen\";\"opfoelgning\";\"Efter\";\"1\";\"\";\"2026-08-10\";\"1\";\"1\";\"0\";\"1\";\"0\";\"0\";\"0\";\"0\";\"0\"\r\n\
        \"Åskolen\";\"opfoelgning\";\"Før\";\"2\";\"\";\"2026-10-05\";\"2\";\"2\";\"0\";\"2\";\"0\";\"1\";\"0\";\"0\";\"0\"\r\n\
        \"Åskolen\";\"opfoelgning\";\"Efter\";\"2\";\"\";\"2026-10-05\";\"0\";\"0\";\"0\";\"0\";\"1\";\"0\";\"0\";\"0\";\"0\"\r\n";
    assert_eq!(table, expected);
    assert_eq!(
        names(&site.path().join("ud")),
        ["overblik.csv", "overblik.html", "overblik.json"]
    );
    let page = fs::read_to_string(site.path().join("ud/overblik.html")).expect("a page");
    assert!(
        page.contains("Opfølgning &amp; &lt;b&gt;") && !page.contains("<b>"),
        "{page}"
    );
    assert!(
        page.contains("<html lang=\"da\">") && !page.contains("<script"),
        "{page}"
    );
    assert!(page.contains("1 op, 0 ned"), "{page}");
    assert!(
        page.contains("Åskolen har også svaret på punkter, listen ikke har mere: 1"),
        "{page}"
    );
    let english = "status merge ind --output en --lang en";
    exits(site.path(), english, 0);
    let page = fs::read_to_string(site.path().join("en/overblik.html")).expect("a page");
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("1 up, 0 down"),
        "{page}"
    );
}

#[test]
fn notes_and_names_stay_out_unless_they_are_asked_for() {
    let site = schools();
    two_schools(&site);
    let text = |line: &str| -> String {
        exits(site.path(), line, 0);
        let out = files(&site.path().join("ud")).into_values();
        out.map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
            .collect()
    };
    let bare = text("status merge ind --output ud");
    assert!(
        !bare.contains("Hemmelig") && !bare.contains("Kvist"),
        "{bare}"
    );
    let notes = text("status merge ind --output ud --keep-notes");
    assert!(
        notes.contains("Hemmelig note") && !notes.contains("Kvist"),
        "{notes}"
    );
    let names = text("status merge ind --output ud --keep-names");
    assert!(
        !names.contains("Hemmelig") && names.contains("Karen Kvist"),
        "{names}"
    );
}

#[test]
fn the_order_of_the_files_decides_nothing_and_the_newest_answer_counts() {
    let site = schools();
    let answers = [
        ("a", "done", "2026-08-12T10:00:00Z"),
        ("b", "", "2026-08-13T10:00:00Z"),
        ("c", "done", "2026-08-11T10:00:00Z"),
    ];
    for (name, answer, time) in answers {
        let mut value = list(json!([round(
            "r1",
            "2026-08-10",
            json!({"referat": {"answer": answer, "t": time}})
        )]));
        value["team"] = "Skolen".into();
        hand_in(&site, &format!("{name}.json"), &value);
    }
    let mut all = Vec::new();
    for order in ["a b c", "c b a", "b a c a"] {
        let given: Vec<String> = order
            .split(' ')
            .map(|name| format!("ind/{name}.json"))
            .collect();
        let mut arguments = vec![
            "status",
            "merge",
            "--output",
            "ud",
            "--today",
            "2026-11-21",
            "--lang",
            "en",
        ];
        arguments.extend(given.iter().map(String::as_str));
        let output = vejviser(site.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let told = said(&output);
        assert!(
            told.contains("`Skolen` handed in `opfoelgning` 3 times"),
            "{told}"
        );
        all.push((told, files(&site.path().join("ud"))));
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
    let table = fs::read_to_string(site.path().join("ud/overblik.csv")).expect("a table");
    assert!(
        table.contains("\"Efter\";\"1\";\"\";\"2026-08-10\";\"1\";\"0\""),
        "{table}"
    );
}

/// As in the browser: of two equally new answers the one under today's id.
#[test]
fn todays_id_stands_beside_an_equally_new_earlier_one() {
    let site = schools();
    let time = "2026-08-12T10:00:00Z";
    let items = json!({"moede": {"answer": "", "t": time}, "tid": {"answer": "done", "t": time}});
    let mut value = list(json!([round("r1", "2026-08-10", items)]));
    value["team"] = "Skolen".into();
    hand_in(&site, "a.json", &value);
    let table = merged(&site);
    assert!(
        table.contains("\"Før\";\"1\";\"\";\"2026-08-10\";\"2\";\"0\""),
        "{table}"
    );
}

#[test]
fn what_cannot_be_taken_in_is_told_and_the_others_are_merged() {
    let site = schools();
    two_schools(&site);
    let mut other = list(json!([]));
    other["site"] = "andet-sted".into();
    hand_in(&site, "c.json", &other);
    let mut unknown = list(json!([]));
    unknown["checklist"] = "opfoelgnig".into();
    hand_in(&site, "d.json", &unknown);
    let mut newer = list(json!([]));
    newer["version"] = 2.into();
    hand_in(&site, "e.json", &newer);
    let deep = "[".repeat(100_000);
    for (name, text) in [
        ("f.json", "{\"format\":"),
        ("g.json", ""),
        ("h.json", &*deep),
        (
            "i.json",
            "{\"format\":\"vejviser-checklist\",\"rounds\":[{\"id\":\"r1\",\"items\":[]}]}",
        ),
    ] {
        fs::write(site.path().join("ind").join(name), text).expect("a file");
    }
    fs::write(
        site.path().join("ind/j.json"),
        vec![b' '; 2 * 1024 * 1024 + 1],
    )
    .expect("a file");
    fs::write(site.path().join("ind/k.json"), b"{\"format\": \"\xff\"}").expect("a file");
    let line = "status merge ind findes-ikke.json --output ud --lang en";
    let told = said(&exits(site.path(), line, 1));
    for expected in [
        "error: `ind/c.json` is from the site `andet-sted`, not from `test`, and is left out",
        "error: `ind/d.json` holds answers to the checklist `opfoelgnig`, which does not exist, and is left out. did you mean `opfoelgning`?",
        "error: `ind/e.json` is from a newer edition of the program (2) and is left out",
        "error: `ind/f.json` is no copy of a checklist",
        "error: `ind/g.json` is no copy",
        "error: `ind/h.json` is no copy",
        "error: `ind/i.json` is no copy",
        "error: `ind/j.json` is larger than 2 MB",
        "error: `ind/k.json` is no copy",
        "error: `findes-ikke.json` cannot be read",
        "schools: 2, lists: 1, files: 2",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    assert!(site.path().join("ud/overblik.csv").is_file());
    let told = said(&exits(
        site.path(),
        "status merge ind/f.json --output tom --lang en",
        1,
    ));
    assert!(told.contains("nothing is written"), "{told}");
    assert!(!site.path().join("tom").exists());
    exits(site.path(), "status merge ind", 2);
    exits(site.path(), "status", 2);
}

#[test]
fn numbers_of_persons_are_told_of_and_never_told() {
    let site = schools();
    let mut entry = done("2026-08-10T10:00:00Z");
    entry["note"] = "Ring om 010203-1234 i dag".into();
    entry["who"] = "0102031234".into();
    hand_in(
        &site,
        "010203-1234.json",
        &list(json!([round(
            "r1",
            "2026-08-10",
            json!({"referat": entry})
        )])),
    );
    for format in ["human", "json"] {
        let line = format!(
            "status merge ind --output ud --lang en --keep-notes --keep-names --format {format}"
        );
        let output = exits(site.path(), &line, 0);
        let told = format!(
            "{}{}",
            said(&output),
            String::from_utf8_lossy(&output.stdout)
        );
        assert!(
            told.contains("r1: referat: note: the text looks like"),
            "{told}"
        );
        assert!(
            told.contains("r1: referat: who: the text looks like"),
            "{told}"
        );
        assert!(!told.contains("1234"), "{told}");
    }
    for (path, bytes) in files(&site.path().join("ud")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains("1234"), "{path}: {text}");
    }
}

#[test]
fn without_a_site_the_files_tell_what_there_is() {
    let site = schools();
    two_schools(&site);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let given = site.path().join("ind");
    let arguments = [
        "status",
        "merge",
        given.to_str().expect("a plain path"),
        "--output",
        "ud",
        "--lang",
        "en",
    ];
    let output = vejviser(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("there is no site"),
        "{}",
        said(&output)
    );
    let text = fs::read_to_string(folder.path().join("ud/overblik.json")).expect("data");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(data["lists"][0]["sections"], json!([""]));
    assert_eq!(
        data["lists"][0]["schools"][1]["rounds"][1]["total"]["answered"],
        3
    );
    exits(
        folder.path(),
        "status merge a.json --output ud --root findes-ikke",
        2,
    );
}

/// Files of one name in different folders are those of different schools.
#[test]
fn folders_tell_files_of_one_name_apart() {
    let site = schools();
    let value = list(json!([round("r1", "2026-08-10", json!({}))]));
    for school in ["bakken", "dalen"] {
        let folder = site.path().join("ind").join(school);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("kopi.json"), value.to_string()).expect("a file");
    }
    exits(
        site.path(),
        "status merge ind/dalen ind/bakken --output ud",
        0,
    );
    let table = fs::read_to_string(site.path().join("ud/overblik.csv")).expect("a table");
    assert!(
        table.contains("\"bakken – kopi\"") && table.contains("\"dalen – kopi\""),
        "{table}"
    );
}

/// Everything hostile in a file is text.
#[test]
fn hostile_files_cannot_speak() {
    let site = schools();
    let hostile = "<script>alert(1)</script>\u{1b}[31m\u{202e}=cmd()";
    let mut entry = done("2026-08-10T10:00:00Z");
    entry["note"] = hostile.into();
    entry["who"] = hostile.into();
    let mut value = list(
        json!([{"id": hostile, "name": hostile, "start": hostile, "items": {hostile: entry.clone(), "referat": entry}, "fields": {hostile: hostile}}]),
    );
    value["team"] = hostile.into();
    hand_in(&site, "x.json", &value);
    hand_in(&site, "y.json", &value);
    let output = exits(
        site.path(),
        "status merge ind --output ud --keep-notes --keep-names",
        0,
    );
    assert!(!said(&output).contains('\u{1b}'), "{}", said(&output));
    for (path, bytes) in files(&site.path().join("ud")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{path}"
        );
        assert!(
            Path::new(&path)
                .extension()
                .is_none_or(|ending| ending != "html")
                || !text.contains("<script"),
            "{text}"
        );
        assert!(!text.contains("\"=cmd"), "{path}: {text}");
    }
}
