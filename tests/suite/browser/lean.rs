//! The theme's style sheets go out without comments and blanks, and a browser reads the same rules in them.

use super::in_browser;
use crate::support::repository;
use serde_json::json;
use std::fs;
use vejviser::text::lean;

/// What a browser makes of a style sheet: every rule in its own writing, but for the blanks that it keeps in values with
/// `var()`.
const RULES: &str = "(text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); \
                     return Array.from(sheet.cssRules, rule => rule.cssText.replaceAll(', ', ',')); })";

#[test]
fn style_sheets_go_out_with_the_same_rules() {
    in_browser("/", false, |visit| {
        visit.open("index.html");
        let folder = repository().join("themes/standard/static");
        for file in fs::read_dir(folder).expect("the folder is there") {
            let path = file.expect("a file").path();
            if path.extension().is_none_or(|ending| ending != "css") {
                continue;
            }
            let name = path.display().to_string();
            let text = fs::read_to_string(&path).expect("style sheets are UTF-8");
            let mut rules = |text: &str| visit.page.eval_list(&format!("{RULES}({})", json!(text)));
            let (full, short) = (rules(&text), rules(&lean::style(&text)));
            assert!(full.len() > 5, "{name}: only {} rules", full.len());
            let differences = full.iter().zip(&short).filter(|(one, other)| one != other);
            let told = differences.map(|(one, other)| format!("{one}\n  goes out as {other}"));
            let counts = (full.len() != short.len()).then(|| "another number of rules".into());
            let told: Vec<String> = told.chain(counts).collect();
            visit.add(&name, told);
        }
    });
}
