//! The keys of each kind of page, beyond those that all pages share.

use super::{Kind, Reference};
use crate::text::date::Date;
use crate::text::span::{Spanned, TextRange};

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
    /// As the front matter writes it.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
        }
    }

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
    /// That it carries out these values is the editors' proposal and in no source.
    pub has_editorial_values: bool,
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

    /// The key of a model's list that holds members of this kind.
    pub fn list_key(self) -> &'static str {
        match self {
            MemberKind::Value => "values",
            MemberKind::CoreElement => "core_elements",
            MemberKind::Aspect => "aspects",
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
    /// Where the version stands.
    pub version_range: Option<TextRange>,
    pub answers: Answers,
    pub repeat: Option<Cycle>,
    pub collect: Vec<Reference>,
    pub retired: Vec<RetiredItem>,
    pub duration: Option<String>,
    pub has_signature: bool,
    pub fields: Vec<Field>,
}

/// How an item is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answers {
    #[default]
    Done,
    YesPartlyNo,
    ScaleFour,
}

impl Answers {
    pub const ALL: [Answers; 3] = [Answers::Done, Answers::YesPartlyNo, Answers::ScaleFour];

    pub fn name(self) -> &'static str {
        match self {
            Answers::Done => "done",
            Answers::YesPartlyNo => "yes-partly-no",
            Answers::ScaleFour => "scale-4",
        }
    }

    /// The values that an item's answer may have, from the least to the most.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Answers::Done => &["done"],
            Answers::YesPartlyNo => &["no", "partly", "yes"],
            Answers::ScaleFour => &["1", "2", "3", "4"],
        }
    }

    /// Value and key of the interface text of each answer, in the order they are shown; none for a plain checkbox.
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
    /// What the house that publishes the site calls it.
    pub local_name: Option<Spanned<String>>,
    pub abbreviations: Vec<Spanned<String>>,
    pub synonyms: Vec<Spanned<String>>,
    /// Inflections of the title and of the synonyms.
    pub forms: Vec<Spanned<String>>,
    /// Of what words a compound is made.
    pub parts: Vec<String>,
    pub not_to_be_confused_with: Vec<Reference>,
    /// Whether its first use in a section becomes a link.
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
    /// The sources that tell of it.
    pub mentioned_in: Vec<Reference>,
    /// An address of the web: `http` or `https`.
    pub url: Option<Spanned<String>>,
    pub interest: Option<String>,
    pub caveats: Vec<String>,
}

impl CitedSource {
    /// Whether the source is its maker's word about own work or wares.
    pub fn is_own_word(&self) -> bool {
        matches!(
            self.source_type,
            "press-release" | "vendor-article" | "project-description" | "presentation"
        )
    }

    /// Whether it tells what research has found.
    pub fn is_research(&self) -> bool {
        matches!(self.source_type, "research" | "knowledge-note")
    }
}

/// A source's date, as exactly as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    Date(Date),
    Year(i16),
    Unknown,
}
