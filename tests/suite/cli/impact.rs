//! `check --impact`: what falls with a source, for people and for scripts.

use super::exits;
use super::json::objects;
use crate::support::{said, site};
use std::process::Output;
use tempfile::TempDir;

const SOURCE: &str = "source_type: law\npublisher: P\ndated: 2024\n";

fn pages() -> TempDir {
    let source = |id: &str, more: &str| {
        format!(
            "-- content/kilder/{id}.md\n---\nkind: source\nid: {id}\ntitle: Kilden {id}\n{SOURCE}{more}---\n"
        )
    };
    let kilder = [
        source("lov", "access: seen\n"),
        source("omtale", "access: mentioned\nmentioned_in: [lov]\n"),
        source("laest", "access: seen\nmentioned_in: [lov]\n"),
    ];
    site(&format!(
        "-- content/index.md\n---\ntitle: Forside\n---\n\nDet er [=tal].\n\
         -- content/kilder/index.md\n---\ntitle: Kilder\n---\n{}\
         -- content/side.md\n---\ntitle: Side\nsources: [lov]\nevidence: {{basis: [lov, omtale], strength: not-assessed}}\n\
         figures: [{{id: tal, value: 1, source: lov}}]\n---\n\nSådan [@lov, § 2] og [@lov, § 3].\n\n- [ ] Spørg {{#spoerg source=lov}}\n",
        kilder.concat()
    ))
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("what is printed is UTF-8")
}

#[test]
fn pages_are_listed_with_how_they_rest_on_it() {
    let site = pages();
    let output = exits(site.path(), "check --impact lov", 0);
    assert_eq!(
        printed(&output),
        "2 sider bygger på Kilden lov og falder med den:\n  \
           Forside (content/index.md): tal (tal)\n  \
           Side (content/side.md): teksten (§ 2; § 3), viden bag, tal (tal), punkt på tjekliste, listen over kilder\n\n\
         kilder, der er omtalt i den:\n  \
           Kilden laest (content/kilder/laest.md): set, bruges på 0\n  \
           Kilden omtale (content/kilder/omtale.md): kun omtalt, bruges på 1\n"
    );
    let one = exits(site.path(), "check --impact omtale --lang en", 0);
    assert_eq!(
        printed(&one),
        "1 page rests on Kilden omtale and falls with it:\n  Side (content/side.md): the knowledge behind\n"
    );
    let none = exits(site.path(), "check --impact kilder/laest", 0);
    assert_eq!(printed(&none), "ingen sider bygger på Kilden laest\n");
}

#[test]
fn scripts_get_an_object_a_page() {
    let site = pages();
    let output = exits(site.path(), "check --impact lov --format json", 0);
    let found: Vec<String> = objects(&output, "impact")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [
            r#"{"source":"lov","path":"content/index.md","title":"Forside","url":"./","by":["figure"],"places":[],"figures":["tal"]}"#,
            r#"{"source":"lov","path":"content/side.md","title":"Side","url":"side/","by":["text","evidence","figure","item","sources"],"places":["§ 2","§ 3"],"figures":["tal"]}"#,
            r#"{"source":"lov","path":"content/kilder/laest.md","title":"Kilden laest","url":"kilder/#laest","by":["mentioned_in"],"seen":true}"#,
            r#"{"source":"lov","path":"content/kilder/omtale.md","title":"Kilden omtale","url":"kilder/#omtale","by":["mentioned_in"],"seen":false}"#,
        ]
    );
}

#[test]
fn a_source_that_is_none_is_told() {
    let site = pages();
    let output = exits(site.path(), "check -q --impact lo", 2);
    assert_eq!(said(&output), "kilden `lo` findes ikke. mente du `lov`?\n");
    let output = exits(site.path(), "check -q --impact side --lang en", 2);
    assert_eq!(said(&output), "there is no source `side`\n");
    let output = exits(site.path(), "check --impact noget-andet --format json", 2);
    assert!(said(&output).contains("noget-andet"));
}
