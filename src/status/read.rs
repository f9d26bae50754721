//! One file that a team handed in: a checklist as the browser keeps it, or a collection of them.
//!
//! Every field is checked and cut to a length; what is not as it must be is empty. A file that is none of ours, or of
//! a later kind, is a problem and gives nothing.

use crate::model::front_matter::Answers;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const CHECKLIST: &str = "vejviser-checklist";
const COLLECTION: &str = "vejviser-collection";
/// The newest version that is understood.
const VERSION: i64 = 1;
const MAX_LISTS: usize = 1_000;
const MAX_ROUNDS: usize = 200;
const MAX_ITEMS: usize = 5_000;

/// What one team answered on one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub school: String,
    pub site: String,
    pub list: String,
    /// By id.
    pub rounds: BTreeMap<String, Round>,
}

/// One time that a list was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// When the file it stands in was changed; the later one's words about the round win.
    pub changed: String,
    pub name: String,
    pub start: String,
    pub end: String,
    /// What was asked beside the items: when the file was changed, and the text.
    pub fields: BTreeMap<String, (String, String)>,
    pub items: BTreeMap<String, Entry>,
}

/// What was answered to one item. The order is that of time: of two, the greater is the newer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub time: String,
    pub answer: String,
    pub is_irrelevant: bool,
    pub note: String,
    pub who: String,
    pub due: String,
    pub text: String,
}

/// Why a file, or one list in it, is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No JSON, or JSON of something else.
    Format,
    Newer(i64),
}

/// Reads the text of a file. `name` is the team's, where the file does not say.
pub fn read(text: &str, name: &str) -> Result<Vec<Handed>, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    let Ok(Value::Object(whole)) = serde_json::from_str(text) else {
        return Err(Problem::Format);
    };
    version(&whole)?;
    let team = words(&whole, "team", 200);
    let lists: Vec<&Map<String, Value>> = match whole.get("format").and_then(Value::as_str) {
        Some(CHECKLIST) => vec![&whole],
        Some(COLLECTION) => {
            let lists = whole.get("checklists").and_then(Value::as_array);
            let lists = lists.filter(|lists| lists.len() <= MAX_LISTS);
            let lists = lists.and_then(|lists| lists.iter().map(Value::as_object).collect());
            lists.ok_or(Problem::Format)?
        }
        _ => return Err(Problem::Format),
    };
    if lists.is_empty() {
        return Err(Problem::Format);
    }
    lists
        .into_iter()
        .map(|list| handed(list, &team, name))
        .collect()
}

fn version(value: &Map<String, Value>) -> Result<(), Problem> {
    match value.get("version").and_then(Value::as_i64) {
        Some(version) if version > VERSION => Err(Problem::Newer(version)),
        _ => Ok(()),
    }
}

fn handed(value: &Map<String, Value>, team: &str, name: &str) -> Result<Handed, Problem> {
    version(value)?;
    let list = words(value, "checklist", 200);
    let rounds = value.get("rounds").and_then(Value::as_array);
    let is_ours = value.get("format").and_then(Value::as_str) == Some(CHECKLIST);
    let rounds = rounds.filter(|rounds| is_ours && !list.is_empty() && rounds.len() <= MAX_ROUNDS);
    let rounds = rounds.ok_or(Problem::Format)?;
    let changed = words(value, "changed", 40);
    let mut found: BTreeMap<String, Round> = BTreeMap::new();
    for value in rounds {
        let (id, new) = round(value, &changed)?;
        let known = found.remove(&id);
        let joined = match known {
            Some(known) => super::merge::rounds(known, new),
            None => new,
        };
        found.insert(id, joined);
    }
    let own = words(value, "team", 200);
    let asked = found
        .values()
        .filter_map(|round| round.fields.get("team"))
        .max()
        .map(|(_, text)| text.clone());
    let names = [own, team.to_string(), asked.unwrap_or_default()];
    let school = names.into_iter().find(|name| !name.is_empty());
    Ok(Handed {
        school: super::masked(&school.unwrap_or_else(|| name.to_string())),
        site: words(value, "site", 200),
        list,
        rounds: found,
    })
}

fn round(value: &Value, changed: &str) -> Result<(String, Round), Problem> {
    let value = value.as_object().ok_or(Problem::Format)?;
    let id = words(value, "id", 40);
    let items = value.get("items").and_then(Value::as_object);
    let items = items.filter(|items| items.len() <= MAX_ITEMS && !id.is_empty());
    let items = items.ok_or(Problem::Format)?;
    let entries = items.iter().map(|(id, value)| {
        let value = value.as_object().ok_or(Problem::Format)?;
        Ok((plain(id, 200), entry(value)))
    });
    let items: Result<BTreeMap<String, Entry>, Problem> = entries.collect();
    let fields = value.get("fields").and_then(Value::as_object);
    let fields = fields.into_iter().flatten().take(MAX_ROUNDS);
    let round = Round {
        changed: changed.to_string(),
        name: words(value, "name", 200),
        start: day(value, "start"),
        end: day(value, "end"),
        fields: fields
            .filter_map(|(id, text)| {
                let text = plain(text.as_str()?, 500);
                let is_filled = !text.is_empty();
                is_filled.then(|| (plain(id, 200), (changed.to_string(), text)))
            })
            .collect(),
        items: items?,
    };
    Ok((id, round))
}

fn entry(value: &Map<String, Value>) -> Entry {
    let answer = words(value, "answer", 10);
    let is_known = Answers::ALL
        .iter()
        .any(|scale| scale.values().contains(&&*answer));
    Entry {
        time: words(value, "t", 40),
        answer: if is_known { answer } else { String::new() },
        is_irrelevant: value.get("relevant") == Some(&Value::Bool(false)),
        note: words(value, "note", 20_000),
        who: words(value, "who", 200),
        due: day(value, "due"),
        text: words(value, "text", 2_000),
    }
}

fn words(value: &Map<String, Value>, key: &str, longest: usize) -> String {
    let text = value.get(key).and_then(Value::as_str);
    plain(text.unwrap_or_default(), longest)
}

/// A text without control characters, line ends kept, and cut.
fn plain(text: &str, longest: usize) -> String {
    let is_kept = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || *c == '\n'
    };
    text.trim().chars().filter(is_kept).take(longest).collect()
}

fn day(value: &Map<String, Value>, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str).unwrap_or_default();
    match crate::text::date::parse(text) {
        Some(_) => text.to_string(),
        None => String::new(),
    }
}
