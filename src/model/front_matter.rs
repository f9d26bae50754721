//! What a page says about itself in its front matter, typed, every reference with its place.
//!
//! Ids are still the author's words here; `resolve` turns them into pages. The keys and kinds are the product's
//! own vocabulary; English in files and code, whatever the site's language.

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
    pub updated: Option<Date>,
    /// A page dated later than today is not published yet.
    pub published: Option<Date>,
    pub reviewed: Option<Spanned<Date>>,
    pub review_by: Option<ReviewBy>,
    pub owner: Option<Reference>,
    pub status: Status,
    pub superseded_by: Option<Reference>,
    pub topics: Vec<Reference>,
    pub roles: Vec<Reference>,
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

/// A typed number with its unit, population, period and source.
#[derive(Clone, Debug)]
pub struct Figure {
    pub id: Spanned<String>,
    pub value: FigureValue,
    pub unit: Option<String>,
    pub what: Option<String>,
    pub population: Option<String>,
    pub period: Option<String>,
    pub source: Option<Reference>,
    /// How the source writes it, where that differs or is doubtful.
    pub as_written: Option<String>,
    pub note: Option<String>,
}

/// A figure's value: given, or computed from two others and so marked as ours.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureValue {
    /// As written with a decimal point (`9.2`), or a text such as `6–8`.
    Given(String),
    Derived {
        left: Spanned<String>,
        sign: Sign,
        right: Spanned<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// What a page's knowledge rests on.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub basis: Vec<Reference>,
    /// Key of the interface text: `description`, `trial`, …
    pub design: Option<&'static str>,
    pub stated_by: Option<&'static str>,
    /// 1–4; `None` is «not assessed».
    pub strength: Option<u8>,
    pub unknown: Vec<String>,
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
    pub date: Date,
    pub weight: ChangeWeight,
    pub text: String,
    pub sections: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Chapters in reading order.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    pub chapters: Vec<Reference>,
}

#[derive(Clone, Debug, Default)]
pub struct Method {
    pub purpose: String,
    pub audience: String,
    pub steps: Vec<Step>,
    pub requires: Option<String>,
    pub not_for: Option<String>,
    pub tested_in: Vec<Reference>,
    pub checklists: Vec<Reference>,
    pub time: Option<String>,
    pub resources: Option<Resources>,
    pub maturity: Option<Maturity>,
}

/// One step of a method's course.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: Spanned<String>,
    pub title: String,
    pub text: String,
    pub role: Option<Reference>,
    pub duration: Option<String>,
    pub checklist: Option<Reference>,
}

#[derive(Clone, Debug, Default)]
pub struct Resources {
    pub people: Option<String>,
    pub money: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maturity {
    Developing,
    Tested,
    Established,
}

impl Maturity {
    /// Key of the interface text.
    pub fn text_key(self) -> &'static str {
        match self {
            Maturity::Developing => "maturity_developing",
            Maturity::Tested => "maturity_tested",
            Maturity::Established => "maturity_established",
        }
    }
}

/// A model of values, core elements or aspects.
#[derive(Clone, Debug, Default)]
pub struct GuidanceModel {
    pub values: Vec<Reference>,
    pub core_elements: Vec<Reference>,
    pub aspects: Vec<Reference>,
    pub counts: Counts,
    pub purpose: Option<String>,
    pub period: Option<String>,
    pub maturity: Option<Maturity>,
    pub cycle: Option<Cycle>,
}

/// How many members the author says a model has; checked against the lists.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub place: TextRange,
    pub values: Option<i64>,
    pub core_elements: Option<i64>,
    pub aspects: Option<i64>,
}

/// A time that repeats: 6–8 weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cycle {
    pub min: i64,
    pub max: i64,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Weeks,
    Months,
}

impl Unit {
    /// Key of the interface text.
    pub fn text_key(self) -> &'static str {
        match self {
            Unit::Days => "unit_days",
            Unit::Weeks => "unit_weeks",
            Unit::Months => "unit_months",
        }
    }
}

/// A value, core element or aspect of a model.
#[derive(Clone, Debug)]
pub struct Member {
    pub kind: MemberKind,
    pub model: Option<Reference>,
    pub number: Option<Spanned<i64>>,
    pub statement: String,
    pub carried_out_by: Option<String>,
    pub rhythm: Option<String>,
    /// The values that a core element carries out.
    pub values: Vec<Reference>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberKind {
    Value,
    CoreElement,
    Aspect,
}

impl MemberKind {
    pub const ALL: [MemberKind; 3] = [
        MemberKind::Value,
        MemberKind::CoreElement,
        MemberKind::Aspect,
    ];

    pub fn kind(self) -> Kind {
        match self {
            MemberKind::Value => Kind::Value,
            MemberKind::CoreElement => Kind::CoreElement,
            MemberKind::Aspect => Kind::Aspect,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Case {
    pub organisation: String,
    /// Key of the interface text, or the author's own word.
    pub case_type: String,
    pub period: String,
    pub results: Vec<Reference>,
    pub actors: Vec<String>,
    pub methods: Vec<Reference>,
    pub transfer: Option<Transfer>,
}

/// What a reader must weigh before doing the same.
#[derive(Clone, Debug, Default)]
pub struct Transfer {
    pub resembles: Option<String>,
    pub presupposes: Option<String>,
    pub beware: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Checklist {
    pub version: i64,
    pub answers: Answers,
    pub repeat: Option<Cycle>,
    pub collect: Vec<Reference>,
    pub retired: Vec<RetiredItem>,
    pub duration: Option<String>,
    pub has_signature: bool,
    pub fields: Vec<Field>,
}

/// How an item is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answers {
    #[default]
    Done,
    YesPartlyNo,
    ScaleFour,
}

impl Answers {
    pub fn name(self) -> &'static str {
        match self {
            Answers::Done => "done",
            Answers::YesPartlyNo => "yes-partly-no",
            Answers::ScaleFour => "scale-4",
        }
    }

    /// Value and key of the interface text of each answer; none for a plain checkbox.
    pub fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Answers::Done => &[],
            Answers::YesPartlyNo => &[
                ("yes", "answer_yes"),
                ("partly", "answer_partly"),
                ("no", "answer_no"),
            ],
            Answers::ScaleFour => &[
                ("1", "answer_scale_1"),
                ("2", "answer_scale_2"),
                ("3", "answer_scale_3"),
                ("4", "answer_scale_4"),
            ],
        }
    }
}

/// An item that is no longer asked, with the reason.
#[derive(Clone, Debug)]
pub struct RetiredItem {
    pub id: Spanned<String>,
    pub text: String,
    pub since: Option<Date>,
    pub why: Option<String>,
}

/// A field asked in each round of a checklist.
#[derive(Clone, Debug)]
pub struct Field {
    pub id: Spanned<String>,
    pub label: String,
    pub kind: FieldKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Date,
    Person,
}

impl FieldKind {
    pub fn name(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Date => "date",
            FieldKind::Person => "person",
        }
    }
}

/// An entry of the glossary.
#[derive(Clone, Debug, Default)]
pub struct Term {
    pub definition: String,
    pub abbreviations: Vec<String>,
    pub synonyms: Vec<String>,
    pub forms: Vec<String>,
    pub parts: Vec<String>,
    pub not_to_be_confused_with: Vec<Reference>,
    pub is_autolinked: bool,
}

/// A document that pages cite.
#[derive(Clone, Debug)]
pub struct CitedSource {
    pub source_type: &'static str,
    pub publisher: String,
    pub dated: Dated,
    /// Whether the editors have seen it, or only know it as mentioned by another.
    pub is_seen: bool,
    pub url: Option<Spanned<String>>,
    pub interest: Option<String>,
    pub caveats: Vec<String>,
}

/// A source's date, as exactly as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    Date(Date),
    Year(i16),
    Unknown,
}
