//! Files of the same team and list as one, as the browser does it: round by round, item by item, the newer wins.
//!
//! The order does not matter, and what is joined with itself is itself.

use super::read::{Handed, Round};
use std::collections::BTreeMap;

/// Joins what is of the same school, site and list. Sorted by school, then list.
pub fn join(handed: impl IntoIterator<Item = Handed>) -> Vec<Handed> {
    let mut joined: BTreeMap<(String, String, String), Handed> = BTreeMap::new();
    for new in handed {
        let key = (new.school.clone(), new.list.clone(), new.site.clone());
        match joined.get_mut(&key) {
            Some(known) => {
                for (id, round) in new.rounds {
                    let known_round = known.rounds.remove(&id);
                    let round = match known_round {
                        Some(known) => rounds(known, round),
                        None => round,
                    };
                    known.rounds.insert(id, round);
                }
            }
            None => {
                joined.insert(key, new);
            }
        }
    }
    joined.into_values().collect()
}

/// Two versions of one round.
pub fn rounds(one: Round, other: Round) -> Round {
    let words = |round: &Round| {
        let Round {
            changed,
            start,
            end,
            name,
            ..
        } = round;
        (changed.clone(), end.clone(), start.clone(), name.clone())
    };
    let (mut first, second) = if words(&one) >= words(&other) {
        (one, other)
    } else {
        (other, one)
    };
    for (id, entry) in second.items {
        let known = first.items.entry(id).or_default();
        if entry > *known {
            *known = entry;
        }
    }
    for (id, field) in second.fields {
        let known = first.fields.entry(id).or_default();
        if field > *known {
            *known = field;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::read::Entry;
    use super::*;
    use proptest::prelude::*;

    fn entry() -> impl Strategy<Value = Entry> {
        ("[0-3]", "(|done|yes|1)", any::<bool>(), "[ab]?").prop_map(
            |(time, answer, is_irrelevant, note)| Entry {
                time,
                answer,
                is_irrelevant,
                note,
                ..Entry::default()
            },
        )
    }

    fn handed() -> impl Strategy<Value = Handed> {
        let items = prop::collection::btree_map("[a-c]", entry(), 0..3);
        let fields = prop::collection::btree_map("[ab]", ("[0-2]", "[xy]"), 0..2);
        let round =
            ("[0-2]", "[pq]?", items, fields).prop_map(|(changed, name, items, fields)| Round {
                changed,
                name,
                items,
                fields,
                ..Round::default()
            });
        let rounds = prop::collection::btree_map("r[12]", round, 0..3);
        ("[AB]", "[lm]", rounds).prop_map(|(school, list, rounds)| Handed {
            school,
            site: "s".into(),
            list,
            rounds,
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_files_does_not_matter(
            (files, mixed) in prop::collection::vec(handed(), 0..6)
                .prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle()))
        ) {
            prop_assert_eq!(join(files), join(mixed));
        }

        #[test]
        fn a_file_given_twice_changes_nothing(files in prop::collection::vec(handed(), 0..4)) {
            let once = join(files.clone());
            prop_assert_eq!(&join(files.iter().chain(&files).cloned()), &once);
            prop_assert_eq!(&join(once.clone()), &once);
        }
    }
}
