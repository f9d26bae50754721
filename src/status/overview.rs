//! The overview: for each list every team, every round and every section, with what is answered and what moved.

use super::Kept;
use super::check::masked;
use super::read::{Entry, Handed, Round};
use crate::model::front_matter::Answers;
use crate::text::collate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A checklist as the site has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    pub title: String,
    pub answers: Answers,
    pub items: Vec<ListedItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedItem {
    pub id: String,
    pub text: String,
    pub section: String,
    /// Ids it had before; answers under them are answers to it.
    pub was: Vec<String>,
}

/// Everything, in the order of the lists; teams by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    pub schools: Vec<String>,
    pub lists: Vec<ListOverview>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListOverview {
    pub id: String,
    pub title: String,
    pub answers: &'static str,
    pub sections: Vec<String>,
    /// One for each team that handed in any list; without rounds where it did not hand in this one.
    pub schools: Vec<SchoolOverview>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolOverview {
    pub school: String,
    pub rounds: Vec<RoundOverview>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundOverview {
    /// From 1, in the order of time.
    pub number: usize,
    pub name: String,
    pub start: String,
    pub end: String,
    pub total: Counts,
    /// One for each section of the list.
    pub sections: Vec<Counts>,
    pub unanswered: Vec<Unanswered>,
    /// Answers to items that the list no longer has.
    pub earlier_items: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Told>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<Told>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Items that are relevant there.
    pub items: usize,
    pub answered: usize,
    /// Done, yes, or the top of the scale.
    pub reached: usize,
    pub not_relevant: usize,
    /// Items answered higher and lower than in the round before.
    pub up: usize,
    pub down: usize,
    pub due: usize,
    pub overdue: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    pub id: String,
    pub section: String,
    pub text: String,
}

/// A note, or who is responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    pub item: String,
    pub text: String,
}

/// The lists as the files tell of them, where there is no site: items in the order of their ids, in one section.
pub fn lists_of_files(handed: &[Handed]) -> Vec<Listed> {
    let mut lists: BTreeMap<&str, BTreeMap<&str, &Entry>> = BTreeMap::new();
    for team in handed {
        let list = lists.entry(&team.list).or_default();
        for (id, entry) in team.rounds.values().flat_map(|round| &round.items) {
            let known = list.entry(id).or_insert(entry);
            if (!entry.text.is_empty(), entry) > (!known.text.is_empty(), *known) {
                *known = entry;
            }
        }
    }
    let listed = |(id, items): (&str, BTreeMap<&str, &Entry>)| Listed {
        id: id.to_string(),
        title: masked(id),
        answers: scale(handed.iter().filter(|team| team.list == id)),
        items: items
            .into_iter()
            .map(|(id, entry)| ListedItem {
                id: id.to_string(),
                text: masked(if entry.text.is_empty() {
                    id
                } else {
                    &entry.text
                }),
                section: String::new(),
                was: Vec::new(),
            })
            .collect(),
    };
    lists.into_iter().map(listed).collect()
}

/// The scale that most of the answers are on.
fn scale<'a>(teams: impl Iterator<Item = &'a Handed>) -> Answers {
    let scales = Answers::ALL;
    let mut counts = [0_usize; 3];
    for entry in teams.flat_map(|team| team.rounds.values().flat_map(|round| round.items.values()))
    {
        for (scale, count) in scales.iter().zip(&mut counts) {
            *count += usize::from(scale.values().contains(&&*entry.answer));
        }
    }
    let most = (0..3).max_by_key(|at| (counts[*at], 3 - at)).unwrap_or(0);
    scales[most]
}

/// Counts what was handed in, on the lists that there are. `handed` is joined and sorted; `today` is `2026-11-21`.
pub fn overview(handed: &[Handed], lists: &[Listed], kept: Kept, today: &str) -> Overview {
    let schools: BTreeSet<&str> = handed.iter().map(|team| team.school.as_str()).collect();
    let mut schools: Vec<String> = schools.into_iter().map(String::from).collect();
    schools.sort_by(|one, other| collate::compare(one, other));
    let has_any = |list: &&Listed| handed.iter().any(|team| team.list == list.id);
    let lists = lists.iter().filter(has_any).map(|list| {
        let mut sections: Vec<String> = Vec::new();
        for item in &list.items {
            if !sections.contains(&item.section) {
                sections.push(item.section.clone());
            }
        }
        let school = |school: &String| {
            let mut teams = handed.iter();
            let team = teams.find(|team| team.school == *school && team.list == list.id);
            SchoolOverview {
                school: school.clone(),
                rounds: team.map_or(Vec::new(), |team| {
                    rounds(team, list, &sections, kept, today)
                }),
            }
        };
        ListOverview {
            id: list.id.clone(),
            title: list.title.clone(),
            answers: list.answers.name(),
            schools: schools.iter().map(school).collect(),
            sections,
        }
    });
    Overview {
        lists: lists.collect(),
        schools,
    }
}

/// A team's rounds in the order of time; of the same day, in the order of their ids' numbers.
fn rounds(
    team: &Handed,
    list: &Listed,
    sections: &[String],
    kept: Kept,
    today: &str,
) -> Vec<RoundOverview> {
    let mut order: Vec<(&String, &Round)> = team.rounds.iter().collect();
    let number = |id: &str| -> u64 {
        let digits: String = id.chars().filter(char::is_ascii_digit).take(9).collect();
        digits.parse().unwrap_or(0)
    };
    order.sort_by_key(|(id, round)| (&round.start, number(id), *id));
    let mut before: Option<&Round> = None;
    let mut found = Vec::new();
    for (at, (_, round)) in order.into_iter().enumerate() {
        let view = RoundView {
            list,
            round,
            before,
            kept,
            today,
        };
        found.push(view.overview(at + 1, sections));
        before = Some(round);
    }
    found
}

struct RoundView<'a> {
    list: &'a Listed,
    round: &'a Round,
    before: Option<&'a Round>,
    kept: Kept,
    today: &'a str,
}

impl RoundView<'_> {
    fn overview(&self, number: usize, sections: &[String]) -> RoundOverview {
        let round = self.round;
        let mut found = RoundOverview {
            number,
            name: masked(&round.name),
            start: round.start.clone(),
            end: round.end.clone(),
            total: Counts::default(),
            sections: vec![Counts::default(); sections.len()],
            unanswered: Vec::new(),
            earlier_items: self.earlier_items(),
            notes: Vec::new(),
            names: Vec::new(),
        };
        for item in &self.list.items {
            let section = sections.iter().position(|known| *known == item.section);
            let section = section.and_then(|at| found.sections.get_mut(at));
            let is_answered = self.count(item, &mut found.total);
            if let Some(section) = section {
                self.count(item, section);
            }
            if !is_answered {
                found.unanswered.push(Unanswered {
                    id: item.id.clone(),
                    section: item.section.clone(),
                    text: item.text.clone(),
                });
            }
            let Some(entry) = entry_of(round, item) else {
                continue;
            };
            let told = |text: &str| Told {
                item: item.text.clone(),
                text: masked(text),
            };
            if self.kept.notes && !entry.note.is_empty() {
                found.notes.push(told(&entry.note));
            }
            if self.kept.names && !entry.who.is_empty() {
                found.names.push(told(&entry.who));
            }
        }
        if self.kept.names {
            let fields = round.fields.iter().filter(|(id, _)| *id != "team");
            found.names.extend(fields.map(|(id, (_, text))| Told {
                item: masked(id),
                text: masked(text),
            }));
        }
        found
    }

    /// Counts an item; `false` when it waits for an answer.
    fn count(&self, item: &ListedItem, counts: &mut Counts) -> bool {
        let entry = entry_of(self.round, item);
        if entry.is_some_and(|entry| entry.is_irrelevant) {
            counts.not_relevant += 1;
            return true;
        }
        counts.items += 1;
        let choices = self.list.answers.values();
        let rank = |entry: Option<&Entry>| {
            let at = choices
                .iter()
                .position(|choice| entry.is_some_and(|entry| entry.answer == *choice));
            at.map_or(0, |at| at + 1)
        };
        let now = rank(entry);
        counts.answered += usize::from(now > 0);
        counts.reached += usize::from(now == choices.len());
        if let Some(before) = self.before {
            let before = entry_of(before, item);
            if !before.is_some_and(|entry| entry.is_irrelevant) {
                counts.up += usize::from(now > rank(before));
                counts.down += usize::from(now < rank(before));
            }
        }
        if let Some(entry) = entry.filter(|entry| !entry.due.is_empty() && now < choices.len()) {
            counts.due += 1;
            counts.overdue += usize::from(*entry.due < *self.today);
        }
        now > 0
    }

    fn earlier_items(&self) -> usize {
        let is_known = |id: &str| {
            let mut items = self.list.items.iter();
            items.any(|item| item.id == id || item.was.iter().any(|old| old == id))
        };
        let items = self.round.items.iter();
        let is_told = |entry: &Entry| !entry.answer.is_empty() || entry.is_irrelevant;
        items
            .filter(|(id, entry)| is_told(entry) && !is_known(id))
            .count()
    }
}

/// The newest of what was answered to an item, under its id or one it had before; of two equally new, what stands
/// under today's id.
fn entry_of<'a>(round: &'a Round, item: &ListedItem) -> Option<&'a Entry> {
    let ids = std::iter::once(&item.id).chain(&item.was);
    let entries = ids.filter_map(|id| round.items.get(id));
    entries.reduce(|known, other| match other.time > known.time {
        true => other,
        false => known,
    })
}
