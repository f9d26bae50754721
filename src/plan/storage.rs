//! What the site's scripts keep in a reader's browser, for the page that tells of it.
//!
//! The one list of it; a test holds it against the scripts. A page shows it with `template: storage`.

use super::{Planner, sites};
use crate::model::plan::StoredView;
use crate::model::site::Page;

/// A key that scripts write, and the interface texts that tell of it.
struct Stored {
    /// What follows the site's own part of the key.
    key: &'static str,
    purpose: &'static str,
    when: &'static str,
    delete: &'static str,
    /// Only where there are checklists.
    is_of_lists: bool,
}

const STORED: [Stored; 3] = [
    Stored {
        key: "settings",
        purpose: "storage_settings",
        when: "storage_settings_when",
        delete: "storage_settings_delete",
        is_of_lists: false,
    },
    Stored {
        key: "checklist:…",
        purpose: "storage_list",
        when: "storage_list_when",
        delete: "storage_list_delete",
        is_of_lists: true,
    },
    Stored {
        key: "checklist:…:backup:…",
        purpose: "storage_backup",
        when: "storage_backup_when",
        delete: "storage_backup_delete",
        is_of_lists: true,
    },
];

/// The name of the template that shows what is stored.
pub const TEMPLATE: &str = "storage";

/// One row for each key.
pub fn rows(planner: &Planner, page: &Page) -> Vec<StoredView> {
    let texts = planner.texts(page);
    let text = |key: &str| texts.text(key).to_string();
    let has_lists = sites::list_files(planner).is_some()
        && planner.checklists.iter().any(|lists| !lists.is_empty());
    let rows = STORED.iter().filter(|row| has_lists || !row.is_of_lists);
    rows.map(|row| StoredView {
        key: format!("vejviser:1:{}:{}", planner.site.config.id, row.key),
        purpose: text(row.purpose),
        when: text(row.when),
        delete: text(row.delete),
    })
    .collect()
}
