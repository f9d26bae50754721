//! What a site sets in its configuration file, typed. Read by `config`.

use super::brand::Brand;
use super::front_matter::Reference;
use crate::text::date::{Date, Duration};
use crate::text::slug::title_of;
use crate::text::span::{Spanned, TextRange};

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
    pub search: Search,
    /// Who may show the site in a frame of theirs, as the policy names them; nobody when empty.
    pub frame_ancestors: Vec<String>,
    pub limits: Limits,
    pub brand: Brand,
}

/// What the site adds to its search.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Groups of words and phrases that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Words that say too little to be searched for.
    pub stop_words: Vec<String>,
}

/// A way to sort pages: topics, roles, or one of the site's own.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// The key under which pages name its terms. Topics and roles have an empty place where the site declares none.
    pub name: Spanned<String>,
    /// Its own title, where the site gives one.
    pub title: Option<Title>,
    /// In the order of the file.
    pub terms: Vec<TaxonomyTerm>,
}

/// One topic, one role.
#[derive(Clone, Debug)]
pub struct TaxonomyTerm {
    pub id: Spanned<String>,
    pub title: Title,
    /// For roles: those who have it, as after «Særligt for».
    pub plural: Option<Title>,
}

/// A title in the site's language, and in its other languages where they have one of their own.
#[derive(Clone, Debug, Default)]
pub struct Title {
    pub text: String,
    /// Language and text.
    pub others: Vec<(String, String)>,
}

impl Title {
    pub fn in_language(&self, code: &str) -> &str {
        let other = self.others.iter().find(|(language, _)| language == code);
        other.map_or(&self.text, |(_, text)| text)
    }
}

impl TaxonomyTerm {
    /// The plural, where the site gives one, else the title.
    pub fn plural_in(&self, language: &str) -> &str {
        let plural = self.plural.as_ref().unwrap_or(&self.title);
        plural.in_language(language)
    }
}

impl Taxonomy {
    pub const TOPICS: &'static str = "topics";
    pub const ROLES: &'static str = "roles";

    /// Whether it is one of those that every site has.
    pub fn is_built_in(&self) -> bool {
        [Self::TOPICS, Self::ROLES].contains(&self.name.value.as_str())
    }

    /// Its own title, else what its name says.
    pub fn title_in(&self, language: &str) -> String {
        let own = self.title.as_ref().map(|title| title.in_language(language));
        own.map_or_else(|| title_of(&self.name.value), String::from)
    }

    /// The place of a term among the taxonomy's.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.terms.iter().position(|term| term.id.value == id)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|term| term.id.value.as_str())
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
    /// The page of the statement.
    pub statement: Option<Reference>,
    /// The address of the statement in the national tool.
    pub was: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub date: Option<Spanned<Date>>,
    /// Where all this is told.
    pub place: TextRange,
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
    pub fn taxonomy(&self, name: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|t| t.name.value == name)
    }

    pub fn role(&self, id: &str) -> Option<&TaxonomyTerm> {
        let roles = self.taxonomy(Taxonomy::ROLES)?;
        roles.terms.get(roles.position(id)?)
    }

    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }
}
