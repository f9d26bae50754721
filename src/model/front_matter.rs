//! What a page says about itself in its front matter, typed, every reference with its place.
//!
//! Ids are still the author's words here; `resolve` turns them into pages. The keys and kinds are the product's
//! own vocabulary; English in files and code, whatever the site's language.

mod claims;
mod kinds;

pub use claims::*;
pub use kinds::*;

use super::config::Taxonomy;
use crate::text::date::{Date, Duration};
use crate::text::span::{Spanned, TextRange};

/// A reference by id, path or relative `.md` link, as written.
pub type Reference = Spanned<String>;

/// The common keys of all pages and the keys of the page's kind.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    pub id: Option<Spanned<String>>,
    /// `None` only where a title was missing, which is a finding, or where lenient content has none.
    pub title: Option<Spanned<String>>,
    pub short_title: Option<String>,
    pub description: Option<String>,
    pub weight: Option<i64>,
    pub slug: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub is_draft: bool,
    pub template: Option<Spanned<String>>,
    pub date: Option<Date>,
    pub updated: Option<Spanned<Date>>,
    /// A page dated later than today is not published yet.
    pub published: Option<Date>,
    pub reviewed: Option<Spanned<Date>>,
    pub review_by: Option<Spanned<ReviewBy>>,
    pub owner: Option<Reference>,
    pub status: Status,
    /// Where the status is written; empty where it is not.
    pub status_place: TextRange,
    pub superseded_by: Option<Reference>,
    pub topics: Vec<Reference>,
    pub roles: Vec<Reference>,
    /// Terms of the site's own taxonomies, by the taxonomy's name.
    pub own_terms: Vec<(String, Vec<Reference>)>,
    pub sources: Vec<Reference>,
    pub figures: Vec<Figure>,
    pub evidence: Option<Evidence>,
    pub related: Vec<Related>,
    pub changes: Vec<Change>,
    pub key_points: Vec<String>,
    pub toc: Option<bool>,
    pub is_noindex: bool,
    pub translates: Option<Reference>,
    pub keywords: Vec<String>,
    pub kind: KindData,
}

impl FrontMatter {
    /// The day the page must be looked at again.
    pub fn due(&self) -> Option<Date> {
        match self.review_by.as_ref()?.value {
            ReviewBy::Date(date) => Some(date),
            ReviewBy::After(duration) => {
                let last = self.reviewed.as_ref().or(self.updated.as_ref());
                Some(duration.after(last.map(|day| day.value).or(self.date)?))
            }
        }
    }

    /// The newest entry of the page's own log; of several on one day the weightiest, then the last written.
    pub fn last_change(&self) -> Option<&Change> {
        let newest = |change: &&Change| (change.date.value, change.weight);
        self.changes.iter().max_by_key(newest)
    }

    /// The last day the page changed in a way that may matter to those who rest on it, and where that is written.
    pub fn last_change_of_substance(&self) -> Option<Spanned<Date>> {
        let changes = self
            .changes
            .iter()
            .filter(|change| change.weight != ChangeWeight::Editorial)
            .map(|change| &change.date);
        changes
            .chain(&self.updated)
            .max_by_key(|day| day.value)
            .cloned()
    }
}

impl FrontMatter {
    /// The terms of a taxonomy that the page names.
    pub fn terms(&self, taxonomy: &str) -> &[Reference] {
        match taxonomy {
            Taxonomy::TOPICS => &self.topics,
            Taxonomy::ROLES => &self.roles,
            _ => {
                let own = self.own_terms.iter().find(|(name, _)| name == taxonomy);
                own.map_or(&[], |(_, terms)| terms)
            }
        }
    }
}

/// When a page must be looked at again: a date, or a time after its last review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewBy {
    Date(Date),
    After(Duration),
}

/// Whether a page still holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Current,
    Superseded,
    Withdrawn,
    Retracted,
}

impl Status {
    /// The word in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Status::Current => "current",
            Status::Superseded => "superseded",
            Status::Withdrawn => "withdrawn",
            Status::Retracted => "retracted",
        }
    }

    pub fn is_current(self) -> bool {
        self == Status::Current
    }

    /// Whether readers see the text: that of a withdrawn page stays, with a notice, and that of a superseded entry in
    /// its list.
    pub fn has_body(self, kind: Kind) -> bool {
        match self {
            Status::Current | Status::Withdrawn => true,
            Status::Superseded => kind.is_entry(),
            Status::Retracted => false,
        }
    }
}

/// A link to another page, with what it is.
#[derive(Clone, Debug)]
pub struct Related {
    pub to: Reference,
    pub why: Option<String>,
    pub relation: Relation,
    /// The link is the editors' own and in no source.
    pub is_editorial: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Related,
    Supports,
    Contrast,
    InspiredBy,
    PartOf,
    Uses,
}

impl Relation {
    /// Key of the interface text.
    pub fn text_key(self) -> &'static str {
        match self {
            Relation::Related => "related_related",
            Relation::Supports => "related_supports",
            Relation::Contrast => "related_contrast",
            Relation::InspiredBy => "related_inspired_by",
            Relation::PartOf => "related_part_of",
            Relation::Uses => "related_uses",
        }
    }
}

/// One entry of a page's own change log.
#[derive(Clone, Debug)]
pub struct Change {
    pub date: Spanned<Date>,
    pub weight: ChangeWeight,
    pub text: String,
    pub sections: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeWeight {
    Editorial,
    Clarification,
    Substantial,
}

/// What kind of page this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    #[default]
    Page,
    Guide,
    Method,
    Model,
    Value,
    CoreElement,
    Aspect,
    Case,
    Checklist,
    Term,
    Source,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::Page,
        Kind::Guide,
        Kind::Method,
        Kind::Model,
        Kind::Value,
        Kind::CoreElement,
        Kind::Aspect,
        Kind::Case,
        Kind::Checklist,
        Kind::Term,
        Kind::Source,
    ];

    /// The word in front matter, and the name of the kind's template.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Guide => "guide",
            Kind::Method => "method",
            Kind::Model => "model",
            Kind::Value => "value",
            Kind::CoreElement => "core-element",
            Kind::Aspect => "aspect",
            Kind::Case => "case",
            Kind::Checklist => "checklist",
            Kind::Term => "term",
            Kind::Source => "source",
        }
    }

    /// Terms and sources are shown as entries of their section's page and have no page of their own.
    pub fn is_entry(self) -> bool {
        matches!(self, Kind::Term | Kind::Source)
    }
}

/// The keys of each kind.
#[derive(Clone, Debug, Default)]
pub enum KindData {
    #[default]
    Page,
    Guide(Guide),
    Method(Box<Method>),
    Model(Box<GuidanceModel>),
    Member(Box<Member>),
    Case(Box<Case>),
    Checklist(Box<Checklist>),
    Term(Box<Term>),
    Source(Box<CitedSource>),
}

impl KindData {
    pub fn kind(&self) -> Kind {
        match self {
            KindData::Page => Kind::Page,
            KindData::Guide(_) => Kind::Guide,
            KindData::Method(_) => Kind::Method,
            KindData::Model(_) => Kind::Model,
            KindData::Member(member) => member.kind.kind(),
            KindData::Case(_) => Kind::Case,
            KindData::Checklist(_) => Kind::Checklist,
            KindData::Term(_) => Kind::Term,
            KindData::Source(_) => Kind::Source,
        }
    }
}
