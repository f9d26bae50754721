//! A worker's table of the forms it has read: every word of a site is looked up here, so a look-up is one place in
//! memory for all but the longest words.
//!
//! In: words in the order they are read. Out: for each form its number, in the order they were first seen, and how often
//! it came.

use super::vocabulary::FastMap;
use compact_str::CompactString;

/// What is known of a form.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its number.
    pub at: u32,
    /// How often it came.
    pub count: u32,
    /// The section it was last seen in, from one on, and its place there.
    pub section: u32,
    pub place: u32,
}

/// A short word as its bytes; two zeros for none, which no word is.
type Key = (u64, u64);

#[derive(Clone, Copy)]
struct Slot {
    key: Key,
    form: Form,
}

/// The table. Open addressing: a short word's place follows from its bytes, and those that want the same place stand
/// one after the other.
pub struct Forms {
    slots: Vec<Slot>,
    short: usize,
    /// Where the others stand in `long_forms`.
    long: FastMap<CompactString, u32>,
    long_forms: Vec<Form>,
    texts: Vec<CompactString>,
}

/// Places at the beginning; a power of two.
const FIRST_SLOTS: usize = 4096;

const EMPTY: Slot = Slot {
    key: (0, 0),
    form: Form::new(0),
};

impl Form {
    const fn new(at: u32) -> Form {
        Form {
            at,
            count: 0,
            section: 0,
            place: 0,
        }
    }
}

impl Forms {
    pub fn new() -> Forms {
        Forms {
            slots: vec![EMPTY; FIRST_SLOTS],
            short: 0,
            long: FastMap::default(),
            long_forms: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// A form, known or new.
    pub fn of(&mut self, word: &str) -> &mut Form {
        let next = self.texts.len() as u32;
        let Some(key) = key(word) else {
            let at = self.long.get(word).copied().unwrap_or_else(|| {
                let at = self.long_forms.len() as u32;
                self.texts.push(word.into());
                self.long.insert(word.into(), at);
                self.long_forms.push(Form::new(next));
                at
            });
            return &mut self.long_forms[at as usize];
        };
        let mut at = find(&self.slots, key);
        if self.slots[at].key != key {
            if 2 * self.short >= self.slots.len() {
                self.grow();
                at = find(&self.slots, key);
            }
            self.short += 1;
            self.texts.push(word.into());
            self.slots[at] = Slot {
                key,
                form: Form::new(next),
            };
        }
        &mut self.slots[at].form
    }

    fn grow(&mut self) {
        let mut slots = vec![EMPTY; 2 * self.slots.len()];
        for slot in self.slots.iter().filter(|slot| slot.key != EMPTY.key) {
            let at = find(&slots, slot.key);
            slots[at] = *slot;
        }
        self.slots = slots;
    }

    /// Every form with how often it came, by number.
    pub fn finish(self) -> Vec<(CompactString, u32)> {
        let mut forms: Vec<(CompactString, u32)> =
            self.texts.into_iter().map(|text| (text, 0)).collect();
        let short = self.slots.iter().filter(|slot| slot.key != EMPTY.key);
        for form in short.map(|slot| &slot.form).chain(&self.long_forms) {
            forms[form.at as usize].1 = form.count;
        }
        forms
    }
}

/// Where a key stands, or where it would.
fn find(slots: &[Slot], key: Key) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash(key) as usize & mask;
    while slots[at].key != key && slots[at].key != EMPTY.key {
        at = (at + 1) & mask;
    }
    at
}

/// Both halves multiplied, and the product folded: every bit of a word moves every bit of its place.
fn hash((low, high): Key) -> u64 {
    let product =
        u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xd1b5_4a32_d192_ed03);
    product as u64 ^ (product >> 64) as u64
}

/// The bytes of a word of at most sixteen, with zeros after them.
fn key(word: &str) -> Option<Key> {
    let bytes = word.as_bytes();
    let count = bytes.len();
    let eight = |at: usize| {
        let bytes: [u8; 8] = bytes[at..at + 8].try_into().expect("eight are eight");
        u64::from_le_bytes(bytes)
    };
    let four = |at: usize| {
        let bytes: [u8; 4] = bytes[at..at + 4].try_into().expect("four are four");
        u64::from(u32::from_le_bytes(bytes))
    };
    // The last bytes may be among the first; those are moved out.
    match count {
        0 | 17.. => None,
        1..=3 => {
            let three = bytes
                .iter()
                .rev()
                .fold(0, |all, byte| all << 8 | u64::from(*byte));
            Some((three, 0))
        }
        4..=7 => Some((four(0) | four(count - 4) >> (8 * (8 - count)) << 32, 0)),
        8 => Some((eight(0), 0)),
        9..=16 => Some((eight(0), eight(count - 8) >> (8 * (16 - count)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_word_has_its_own_number(words in proptest::collection::vec("[a-cæ]{1,19}", 0..80)) {
            let mut forms = Forms::new();
            let mut numbers = indexmap::IndexMap::<&str, u32>::new();
            for word in &words {
                let form = forms.of(word);
                form.count += 1;
                let (at, _) = numbers.insert_full(word, form.count);
                proptest::prop_assert_eq!(form.at as usize, at);
            }
            let expected: Vec<_> = numbers.into_iter().map(|(word, count)| (word.into(), count)).collect();
            proptest::prop_assert_eq!(forms.finish(), expected);
        }
    }

    #[test]
    fn a_table_grows_without_losing_a_word() {
        let mut forms = Forms::new();
        for round in 1..=2 {
            for number in 0..3 * FIRST_SLOTS {
                let form = forms.of(&format!("ord{number}"));
                form.count += 1;
                assert_eq!((form.at as usize, form.count), (number, round));
            }
        }
    }

    #[test]
    fn short_words_are_their_bytes() {
        for word in [
            "å",
            "og",
            "ham",
            "hame",
            "børnene",
            "skolerne",
            "skolernes",
            "samarbejdsaftale",
        ] {
            let (low, high) = key(word).expect("it is short");
            let bytes = [low.to_le_bytes(), high.to_le_bytes()].concat();
            assert_eq!(bytes[..word.len()], *word.as_bytes());
            assert!(bytes[word.len()..].iter().all(|byte| *byte == 0));
        }
        assert!(key("forældremøderne").is_none());
    }
}
