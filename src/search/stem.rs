//! Light stemmers: what two forms of a word have in common, so that they meet in the index.
//!
//! In: a word as `tokens` gives it. Out: its stem. The twin in the browser is `themes/standard/static/search.js`,
//! which gets the endings from here with the root of the index. Wrong stems do no harm as long as both sides make the same ones.

use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How the words of a language are stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stemmer {
    Danish,
    English,
    /// Words of other languages stay as they are.
    None,
}

impl Stemmer {
    pub fn of(language: &str) -> Stemmer {
        match language.split('-').next() {
            Some("da" | "nb" | "no") => Stemmer::Danish,
            Some("en") => Stemmer::English,
            _ => Stemmer::None,
        }
    }

    /// What the twin in the browser needs to know: endings, of Danish the longest first, and words with forms of their
    /// own.
    pub fn endings(self) -> Value {
        match self {
            Stemmer::Danish => {
                let irregular: BTreeMap<_, _> = DANISH_IRREGULAR.iter().copied().collect();
                let particles = self.particles();
                let mut endings: Vec<&str> = danish_endings().collect();
                endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
                json!({"da": {"endings": endings, "irregular": irregular, "particles": particles}})
            }
            Stemmer::English => json!({"en": ENGLISH_ENDINGS}),
            Stemmer::None => json!({}),
        }
    }

    /// Endings that a word may have, the empty one first, for guesses at misspelt words.
    pub fn inflections(self) -> Vec<&'static str> {
        match self {
            Stemmer::Danish => ["", "s", "r"].into_iter().chain(danish_endings()).collect(),
            Stemmer::English | Stemmer::None => vec!["", "s", "ed", "ing"],
        }
    }

    /// What may stand apart from its verb and in front in the noun: adverbs, and what may be a preposition instead.
    pub fn particles(self) -> [&'static str; 2] {
        match self {
            Stemmer::Danish => DANISH_PARTICLES,
            Stemmer::English | Stemmer::None => ["", ""],
        }
    }

    /// Stems a word; numbers and words with digits stay.
    pub fn stem(self, word: &str) -> String {
        self.stemmed(word).into_owned()
    }

    /// The stem as [`Stemmer::stem`] gives it; mostly the word's beginning.
    pub fn stemmed(self, word: &str) -> Cow<'_, str> {
        let is_word = word.chars().nth(2).is_some() && word.chars().all(char::is_alphabetic);
        match self {
            Stemmer::Danish if is_word => danish(word),
            Stemmer::English if is_word => english(word.chars().collect()).into(),
            _ => word.into(),
        }
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å')
}

/// Where endings may begin, in bytes: after the first consonant that follows a vowel, and after three letters.
fn region(word: &str) -> usize {
    let mut letters = word.char_indices().skip_while(|(_, c)| !is_vowel(*c));
    let Some((at, consonant)) = letters.find(|(_, c)| !is_vowel(*c)) else {
        return word.len();
    };
    let fourth = word.char_indices().nth(3);
    (at + consonant.len_utf8()).max(fourth.map_or(word.len(), |(at, _)| at))
}

/// The length of the first of the endings, longest first, that lies in the region. Compared from the end, since most
/// words fail at the last letters; the region is asked for by the few that do not.
fn ending(word: &str, endings: &[&str]) -> usize {
    let mut start = None;
    let fits = |ending: &&&str| {
        let mut letters = word.bytes().rev();
        ending
            .bytes()
            .rev()
            .all(|byte| letters.next() == Some(byte))
            && word.len() - ending.len() >= *start.get_or_insert_with(|| region(word))
    };
    endings.iter().find(fits).map_or(0, |ending| ending.len())
}

fn danish_endings() -> impl Iterator<Item = &'static str> {
    let endings = DANISH_ENDINGS.iter().flat_map(|(_, endings)| *endings);
    endings.copied()
}

/// Danish endings by their last letter, the longest first.
const DANISH_ENDINGS: &[(u8, &[&str])] = &[
    (b'd', &["ethed", "ered", "hed"]),
    (
        b'e',
        &[
            "elserne", "erende", "erede", "else", "ende", "erne", "ene", "ere", "e",
        ],
    ),
    (b'n', &["elsen", "heden", "eren", "en"]),
    (b'r', &["elser", "heder", "erer", "er"]),
    (
        b's',
        &[
            "elsernes", "erendes", "elsens", "elsers", "hedens", "elses", "endes", "erens",
            "erets", "ernes", "enes", "eres", "heds", "ens", "ers", "ets", "es",
        ],
    ),
    (b't', &["eret", "et"]),
];

/// Plurals with another vowel, after their ending is gone.
const DANISH_IRREGULAR: &[(&str, &str)] = &[
    ("børn", "barn"),
    ("bøg", "bog"),
    ("mænd", "mand"),
    ("hænd", "hånd"),
    ("tænd", "tand"),
    ("døtr", "dat"),
    ("dattr", "dat"),
    ("datt", "dat"),
    ("mødr", "mor"),
    ("fædr", "far"),
    ("brødr", "bror"),
    ("nætt", "nat"),
    ("næt", "nat"),
    ("kræft", "kraft"),
    ("rødd", "rod"),
    ("rød", "rød"),
    ("gæs", "gås"),
    ("øjn", "øj"),
    ("søstr", "søst"),
    ("tæ", "tå"),
];

const DANISH_PARTICLES: [&str; 2] = [
    "op ned ud ind frem fast fat hen hjem bort væk sammen tilbage igen igennem",
    "af på til fra over under om efter",
];

fn danish(mut word: &str) -> Cow<'_, str> {
    loop {
        let before = word.len();
        let last = word.bytes().last();
        let endings = DANISH_ENDINGS.iter().find(|(end, _)| Some(*end) == last);
        let cut = endings.map_or(0, |(_, endings)| ending(word, endings));
        word = &word[..before - cut];
        if cut == 0
            && let Some(left) = word.strip_suffix('s')
            && left.ends_with(|c| matches!(c, 'a'..='d' | 'f'..='h' | 'j'..='p' | 'r' | 't' | 'v' | 'y' | 'z' | 'å'))
            && before > region(word)
        {
            word = left;
        }
        if let Some(singular) = irregular(word) {
            return joined(singular.into());
        }
        if ending(word, &["gd", "dt", "gt", "kt"]) > 0 {
            word = &word[..word.len() - 1];
        }
        if ending(word, &["igst"]) > 0 {
            word = &word[..word.len() - 2];
        }
        word = &word[..word.len() - ending(word, &["elig", "lig", "ig"])];
        word = undoubled(word);
        if word.len() == before {
            return joined(word.into());
        }
    }
}

/// `forældr(e)` and `forælder` meet, as do `trivsl(en)` and `trivsel`.
fn joined(word: Cow<'_, str>) -> Cow<'_, str> {
    let mut letters = word.chars().rev();
    let [Some(last), Some(second), Some(third), Some(_), Some(_)] =
        std::array::from_fn(|_| letters.next())
    else {
        return word;
    };
    if last == 'r' && second != 'r' && !is_vowel(second) {
        let end = word.len() - 1;
        return match word {
            Cow::Borrowed(word) => word[..end].into(),
            Cow::Owned(word) => word[..end].to_string().into(),
        };
    }
    if last == 'l' && second == 'e' && !is_vowel(third) && letters.next().is_some() {
        return format!("{}l", &word[..word.len() - 2]).into();
    }
    word
}

/// The singular in place of an irregular plural, also at the end of a compound.
fn irregular(word: &str) -> Option<String> {
    if let Some((_, singular)) = DANISH_IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return Some((*singular).to_string());
    }
    DANISH_IRREGULAR[..3].iter().find_map(|(plural, singular)| {
        let left = word.strip_suffix(plural)?;
        let is_long = left.chars().nth(2).is_some();
        is_long.then(|| format!("{left}{singular}"))
    })
}

/// A word without the second of two like consonants at its end.
fn undoubled(word: &str) -> &str {
    let mut letters = word.chars().rev();
    let [Some(last), Some(second), Some(_), Some(_)] = std::array::from_fn(|_| letters.next())
    else {
        return word;
    };
    if last == second && !is_vowel(last) {
        &word[..word.len() - last.len_utf8()]
    } else {
        word
    }
}

/// Ending, what it becomes, fewest letters before it.
const ENGLISH_ENDINGS: &[(&str, &str, usize)] = &[
    ("ational", "ate", 3),
    ("ization", "ize", 3),
    ("isation", "ize", 3),
    ("fulness", "ful", 3),
    ("iveness", "ive", 3),
    ("ousness", "ous", 3),
    ("ation", "ate", 3),
    ("ition", "it", 3),
    ("ment", "", 4),
    ("ness", "", 3),
    ("tional", "tion", 3),
    ("ically", "ic", 3),
    ("ably", "able", 3),
    ("ally", "al", 3),
    ("fully", "ful", 3),
    ("ly", "", 4),
    ("ful", "", 3),
    ("ise", "ize", 4),
];

fn english(mut word: Vec<char>) -> String {
    let ends = |word: &[char], ending: &str| ending_is(word, ending);
    if ends(&word, "sses") {
        word.truncate(word.len() - 2);
    } else if ends(&word, "ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ends(&word, "s")
        && word.len() > 3
        && !["ss", "us", "is"].iter().any(|end| ends(&word, end))
    {
        word.pop();
    }
    let verb = ["ing", "ed"].into_iter().find(|end| {
        let left = word.len().saturating_sub(end.len());
        ends(&word, end) && left >= 3 && word[..left].iter().any(|c| is_vowel(*c))
    });
    if let Some(end) = verb {
        word.truncate(word.len() - end.len());
        if ["at", "bl", "iz", "is", "iv", "uc", "rg"]
            .iter()
            .any(|end| ends(&word, end))
        {
            word.push('e');
        } else if !ends(&word, "ll") && !ends(&word, "ss") {
            let text: String = word.iter().collect();
            word.truncate(undoubled(&text).chars().count());
        }
    }
    for (ending, instead, least) in ENGLISH_ENDINGS {
        let left = word.len().saturating_sub(ending.len());
        if left >= *least && ends(&word, ending) {
            word.truncate(left);
            word.extend(instead.chars());
            break;
        }
    }
    let count = word.len();
    if count > 3 && word[count - 1] == 'e' {
        word.pop();
    } else if count > 2 && word[count - 1] == 'y' && !is_vowel(word[count - 2]) {
        word[count - 1] = 'i';
    }
    word.into_iter().collect()
}

fn ending_is(word: &[char], ending: &str) -> bool {
    word.len() > ending.len()
        && ending
            .chars()
            .eq(word[word.len() - ending.len()..].iter().copied())
}

/// The key for looking a word up: spellings that people mix up have the same.
pub fn fold(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let (plain, second) = match c {
            'æ' => ('a', None),
            'ø' => ('o', None),
            'å' => ('a', None),
            'a' => ('a', Some("ea")),
            'o' => ('o', Some("e")),
            other => (other, None),
        };
        key.push(plain);
        if second.is_some_and(|second| letters.peek().is_some_and(|next| second.contains(*next))) {
            letters.next();
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn meet(stemmer: Stemmer, words: &str) {
        let stems: Vec<String> = words.split(' ').map(|word| stemmer.stem(word)).collect();
        assert!(
            stems.windows(2).all(|pair| pair[0] == pair[1]),
            "{words}: {stems:?}"
        );
    }

    #[test]
    fn danish_forms_meet() {
        for words in [
            "indsats indsatsen indsatser indsatserne indsatsernes",
            "proces processen processer processerne",
            "barn barnet børn børnene børnenes børns",
            "skolebarn skolebørn skolebørnene",
            "forælder forældre forældrene forældrenes",
            "trivsel trivslen trivsels",
            "bog bøger bøgerne",
            "mand mænd mændene",
            "deltage deltager deltagelse deltagelsen",
            "plotprojekt plotprojekter plotprojektets",
            "lærer lærere lærerne lærernes",
            "kendetegn kendetegnet kendetegnene",
        ] {
            meet(Stemmer::Danish, words);
        }
    }

    #[test]
    fn english_forms_meet() {
        for words in [
            "school schools",
            "meeting meetings meet",
            "partnership partnerships",
            "participate participation participating participated",
            "responsibility responsibilities",
            "organise organised organisation organization",
        ] {
            meet(Stemmer::English, words);
        }
    }

    #[test]
    fn spellings_share_a_key() {
        for words in [
            "køge koege koge",
            "forældre foraeldre",
            "skoleår skoleaar",
            "på pa paa",
        ] {
            let keys: Vec<String> = words.split(' ').map(fold).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
        }
    }
}
