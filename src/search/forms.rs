//! A worker's table of the forms it has read: every word of a site is looked up here, so a look-up is one place in
//! memory for all but the longest words.
//!
//! In: words. Out: for each form a number, and how often it came.

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

/// A word on its way to its form: a short one as its bytes with zeros after them, a long one by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle(u64, u64);

/// No word at all.
const NONE: Handle = Handle(0, 0);
/// The first half of a long word's handle; no text has such bytes.
const LONG: u64 = u64::MAX;

#[derive(Clone, Copy)]
struct Slot {
    handle: Handle,
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
    handle: NONE,
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

    /// What a word's form can be asked for with.
    pub fn handle(&mut self, word: &str) -> Handle {
        short(word).unwrap_or_else(|| {
            let at = self.long.get(word).copied().unwrap_or_else(|| {
                let at = self.long_forms.len() as u32;
                self.long.insert(word.into(), at);
                self.long_forms.push(Form::new(self.texts.len() as u32));
                self.texts.push(word.into());
                at
            });
            Handle(LONG, at.into())
        })
    }

    /// Looks at the places of many words at once. The table of a large site is slow memory, which answers many such
    /// questions in the time of one, if none waits for another.
    pub fn fetch(&self, handles: impl Iterator<Item = Handle>) {
        let mask = self.slots.len() - 1;
        let seen = handles.fold(0, |all, handle| {
            all ^ self.slots[hash(handle) as usize & mask].handle.0
        });
        std::hint::black_box(seen);
    }

    /// A form, known or new.
    pub fn of(&mut self, handle: Handle) -> &mut Form {
        if handle.0 == LONG {
            return &mut self.long_forms[handle.1 as usize];
        }
        let mut at = find(&self.slots, handle);
        if self.slots[at].handle != handle {
            if 2 * self.short >= self.slots.len() {
                self.grow();
                at = find(&self.slots, handle);
            }
            self.short += 1;
            self.slots[at] = Slot {
                handle,
                form: Form::new(self.texts.len() as u32),
            };
            self.texts.push(text(handle));
        }
        &mut self.slots[at].form
    }

    fn grow(&mut self) {
        let mut slots = vec![EMPTY; 2 * self.slots.len()];
        for slot in self.slots.iter().filter(|slot| slot.handle != NONE) {
            let at = find(&slots, slot.handle);
            slots[at] = *slot;
        }
        self.slots = slots;
    }

    /// Every form with how often it came, by number.
    pub fn finish(self) -> Vec<(CompactString, u32)> {
        let mut forms: Vec<(CompactString, u32)> =
            self.texts.into_iter().map(|text| (text, 0)).collect();
        let short = self.slots.iter().filter(|slot| slot.handle != NONE);
        for form in short.map(|slot| &slot.form).chain(&self.long_forms) {
            forms[form.at as usize].1 = form.count;
        }
        forms
    }
}

/// Where a short word stands, or where it would.
fn find(slots: &[Slot], handle: Handle) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash(handle) as usize & mask;
    while slots[at].handle != handle && slots[at].handle != NONE {
        at = (at + 1) & mask;
    }
    at
}

/// Both halves multiplied, and the product folded: every bit of a word moves every bit of its place.
fn hash(Handle(low, high): Handle) -> u64 {
    let product =
        u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xd1b5_4a32_d192_ed03);
    product as u64 ^ (product >> 64) as u64
}

/// The text of a short word.
fn text(Handle(low, high): Handle) -> CompactString {
    let bytes = (u128::from(high) << 64 | u128::from(low)).to_le_bytes();
    let count = bytes.iter().position(|byte| *byte == 0);
    CompactString::from_utf8_lossy(&bytes[..count.unwrap_or(bytes.len())])
}

/// The bytes of a word of at most sixteen, with zeros after them.
fn short(word: &str) -> Option<Handle> {
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
            Some(Handle(three, 0))
        }
        4..=7 => Some(Handle(
            four(0) | four(count - 4) >> (8 * (8 - count)) << 32,
            0,
        )),
        8 => Some(Handle(eight(0), 0)),
        9..=16 => Some(Handle(eight(0), eight(count - 8) >> (8 * (16 - count)))),
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
                let handle = forms.handle(word);
                let form = forms.of(handle);
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
                let handle = forms.handle(&format!("ord{number}"));
                let form = forms.of(handle);
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
            assert_eq!(short(word).map(text).as_deref(), Some(word));
        }
        assert_eq!(short("forældremøderne"), None);
    }
}
