//! Answers that teams have handed in as files, beside each other: who has answered what, and what moved since last.
//!
//! In: the files' texts, and what the site says of its checklists where there is one. Out: an overview, and the
//! overview as a table, a page and data. All that comes from a file is text and nothing else; the order of the files
//! decides nothing; notes and names are left out unless they are asked for. Knows no disk, no clock and no address.

mod check;
mod csv;
mod html;
mod merge;
mod overview;
mod read;

pub use check::{looks_like_person, masked};
pub use csv::csv;
pub use html::html;
pub use merge::join;
pub use overview::{Listed, ListedItem, Overview, lists_of_files, overview};
pub use read::{Entry, Handed, Problem, Round, read};

/// The largest file that is read, as in the browser.
pub const LARGEST_FILE: u64 = 2 * 1024 * 1024;

/// What may be told beside numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept {
    pub notes: bool,
    pub names: bool,
}
