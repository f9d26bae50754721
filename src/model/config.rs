//! What a site sets in its configuration file, typed. Read by `config`.

use super::front_matter::Reference;
use crate::text::date::{Date, Duration};

#[derive(Clone, Debug)]
pub struct Config {
    /// Part of every key that the site's pages store in a browser.
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub language: String,
    /// Ends with `/`.
    pub base_url: Option<String>,
    /// An address was given that cannot be used, and the owner has been told.
    pub has_bad_base_url: bool,
    pub publisher: Option<String>,
    pub theme: String,
    pub is_lenient: bool,
    pub allows_raw_html: bool,
    pub taxonomies: Vec<Taxonomy>,
    pub languages: Vec<LanguageConfig>,
    /// Pages of the main menu; without it, the sections at the top.
    pub menu: Option<Vec<MenuItem>>,
    /// Pages linked from every page's foot.
    pub footer: Vec<Reference>,
    pub accessibility: Accessibility,
    pub contacts: Vec<Contact>,
    pub review: Review,
    pub limits: Limits,
}

/// A way to sort pages: topics, roles, or one of the site's own.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    pub name: String,
    /// Id and title, in the order of the file.
    pub terms: Vec<(String, String)>,
}

impl Taxonomy {
    pub fn title(&self, id: &str) -> Option<&str> {
        self.terms
            .iter()
            .find(|(term, _)| term == id)
            .map(|(_, title)| title.as_str())
    }
}

/// A further language: a folder of its own with its own interface texts.
#[derive(Clone, Debug)]
pub struct LanguageConfig {
    pub code: String,
    pub folder: String,
    pub title: Option<String>,
    pub description: Option<String>,
}

#[derive(Clone, Debug)]
pub struct MenuItem {
    pub page: Reference,
    pub title: Option<String>,
}

/// What the accessibility statement and the foot of the page need.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    /// The page or address of the statement.
    pub statement: Option<Reference>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub date: Option<Date>,
}

/// An owner of pages: a function, not a person.
#[derive(Clone, Debug)]
pub struct Contact {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

/// When a review is due for attention.
#[derive(Clone, Copy, Debug, Default)]
pub struct Review {
    pub warn: Option<Duration>,
    pub fail: Option<Duration>,
}

/// Limits that a site may lower or raise.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub pages: usize,
    /// The largest content file, in bytes.
    pub page_bytes: u64,
    /// The largest published file, in bytes.
    pub asset_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            pages: 100_000,
            page_bytes: 4 * 1024 * 1024,
            asset_bytes: 64 * 1024 * 1024,
        }
    }
}

impl Config {
    /// The title of a taxonomy's term.
    pub fn term_title(&self, taxonomy: &str, id: &str) -> Option<&str> {
        self.taxonomies
            .iter()
            .find(|t| t.name == taxonomy)?
            .title(id)
    }

    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }
}
