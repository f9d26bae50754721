//! What a reader asks of a mapping: its keys, and what each may hold.
//!
//! Recorded by running the reader itself over nothing ([`super::KeyReader::shape_of`]), so that what is told to
//! editors' tools is what the program reads. Says nothing of whether an id exists.

use std::ops::RangeInclusive;

/// The keys of a mapping, in the order they are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    pub keys: Vec<KeyShape>,
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyShape {
    pub name: String,
    pub is_required: bool,
    pub holds: Holds,
}

/// What a key may hold. A key left empty counts as absent everywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    Anything,
    /// A text; numbers and true or false are taken as written.
    Text,
    /// A text of a form, as a regular expression.
    Form(&'static str),
    /// A text, or a list of texts.
    Texts,
    /// A list of lists of texts.
    TextLists,
    Boolean,
    Integer(RangeInclusive<i64>),
    Date,
    /// Small letters, digits and hyphens.
    Id,
    Choice(Vec<String>),
    Map(Shape),
    Maps(Shape),
    /// Texts and mappings in one list.
    TextsOrMaps(Shape),
    /// A mapping whose keys are the author's, each with a mapping.
    NamedMaps(Shape),
    /// A mapping whose keys are the author's.
    FreeMap,
}

impl Shape {
    /// Notes a key; asked again, the more exact answer stands.
    pub fn ask(&mut self, name: &str, holds: Holds) {
        match self.keys.iter_mut().find(|key| key.name == name) {
            Some(key) if holds != Holds::Anything => key.holds = holds,
            Some(_) => {}
            None => self.keys.push(KeyShape {
                name: name.to_string(),
                is_required: false,
                holds,
            }),
        }
    }

    /// Notes that a key must be there.
    pub fn require(&mut self, name: &str) {
        self.ask(name, Holds::Anything);
        if let Some(key) = self.keys.iter_mut().find(|key| key.name == name) {
            key.is_required = true;
        }
    }
}
