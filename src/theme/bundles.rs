//! Scripts and styles that go out as one file, so that a page asks its server for fewer.
//!
//! In: the theme, complete. Out: the same with the joined files, without those parts that no page asks for alone. A
//! part that a site replaced is joined as the site has it. The sources stay apart: each can be read and replaced alone.

use super::Theme;
use std::sync::Arc;

/// A joined file, and the parts it is made of, in order. The page's own script comes first where it is in one.
const BUNDLES: [(&str, &[&str]); 7] = [
    (
        "checklist-page.js",
        &["page.js", "lists.js", "list-controls.js", "checklist.js"],
    ),
    ("front.js", &["page.js", "continue.js"]),
    (
        "my-lists.js",
        &["page.js", "lists.js", "list-controls.js", "my-lists.js"],
    ),
    ("my-lists.css", &["checklist.css", "my-lists.css"]),
    ("search.js", &["search.js", "search-asking.js"]),
    ("search-page.js", &["page.js", "search-page.js"]),
    (
        "storage.js",
        &["page.js", "lists.js", "list-controls.js", "storage.js"],
    ),
];

/// Parts that no page asks for alone.
const NEVER_ALONE: [&str; 4] = [
    "continue.js",
    "list-controls.js",
    "lists.js",
    "search-asking.js",
];

/// Joins what goes out as one.
pub fn join(theme: &mut Theme) {
    for (name, parts) in BUNDLES {
        let parts: Option<Vec<Arc<[u8]>>> = parts
            .iter()
            .map(|part| theme.statics.get(*part).cloned())
            .collect();
        if let Some(parts) = parts {
            // A site's own script may end without a line break, or in a remark.
            theme.statics.insert(name.into(), parts.join(&b'\n').into());
        }
    }
    for part in NEVER_ALONE {
        theme.statics.remove(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::source::SourceTree;

    #[test]
    fn the_standard_theme_has_every_part() {
        let mut theme = crate::theme::load(&SourceTree::default(), &mut Diagnostics::new());
        for (name, parts) in BUNDLES {
            for part in parts {
                assert!(theme.statics.contains_key(*part), "{name}: {part}");
            }
        }
        join(&mut theme);
        let script = String::from_utf8_lossy(&theme.statics["checklist-page.js"]).into_owned();
        let [page, lists, mounted] = ["currentScript", "var vvLists", "var vvChecklist"]
            .map(|words| script.find(words).expect(words));
        assert!(page < lists && lists < mounted);
        for part in NEVER_ALONE {
            assert!(!theme.statics.contains_key(part), "{part}");
        }
    }
}
