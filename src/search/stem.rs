//! Light stemmers: what two forms of a word have in common, so that they meet in the index.
//!
//! In: a word as `tokens` gives it. Out: its stem. The twin in the browser is `themes/standard/static/search.js`,
//! which gets the endings from here with the root of the index. Wrong stems do no harm as long as both sides make the same ones.

use serde_json::{Value, json};
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

    /// What the twin in the browser needs to know: endings, and words with forms of their own.
    pub fn endings(self) -> Value {
        match self {
            Stemmer::Danish => {
                let irregular: BTreeMap<_, _> = DANISH_IRREGULAR.iter().copied().collect();
                let particles = self.particles();
                json!({"da": {"endings": DANISH_ENDINGS, "irregular": irregular, "particles": particles}})
            }
            Stemmer::English => json!({"en": ENGLISH_ENDINGS}),
            Stemmer::None => json!({}),
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
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 3 || letters.iter().any(|c| !c.is_alphabetic()) {
            return word.to_string();
        }
        match self {
            Stemmer::Danish => danish(letters),
            Stemmer::English => english(letters),
            Stemmer::None => word.to_string(),
        }
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å')
}

/// Where endings may begin: after the first consonant that follows a vowel, and after three letters.
fn region(word: &[char]) -> usize {
    let vowel = word.iter().position(|c| is_vowel(*c)).unwrap_or(word.len());
    let consonant = word[vowel..].iter().position(|c| !is_vowel(*c));
    consonant.map_or(word.len(), |at| (vowel + at + 1).max(3))
}

/// The longest of the endings that lies in the region, as a number of letters. Endings are plain letters, so that
/// bytes are letters; most words fail at the last one.
fn ending(word: &[char], region: usize, endings: &[&str]) -> usize {
    let Some(last) = word.last() else {
        return 0;
    };
    let fits = |ending: &&&str| {
        let bytes = ending.as_bytes();
        bytes.last().map(|byte| char::from(*byte)) == Some(*last)
            && word.len() >= region + bytes.len()
            && word[word.len() - bytes.len()..]
                .iter()
                .zip(bytes)
                .all(|(letter, byte)| *letter == char::from(*byte))
    };
    let longest = endings.iter().filter(fits).map(|ending| ending.len()).max();
    longest.unwrap_or(0)
}

const DANISH_ENDINGS: &[&str] = &[
    "hed", "ethed", "ered", "e", "erede", "ende", "erende", "ene", "erne", "ere", "en", "heden",
    "eren", "er", "heder", "erer", "heds", "es", "endes", "erendes", "enes", "ernes", "eres",
    "ens", "hedens", "erens", "ers", "ets", "erets", "et", "eret", "else", "elsen", "elser",
    "elserne", "elses", "elsens", "elsers", "elsernes",
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

fn danish(mut word: Vec<char>) -> String {
    loop {
        let before = word.len();
        let start = region(&word);
        let cut = ending(&word, start, DANISH_ENDINGS);
        if cut > 0 {
            word.truncate(before - cut);
        } else if before > start
            && before >= 4
            && word[before - 1] == 's'
            && matches!(word[before - 2], 'a'..='d' | 'f'..='h' | 'j'..='p' | 'r' | 't' | 'v' | 'y' | 'z' | 'å')
        {
            word.pop();
        }
        if irregular(&mut word) {
            break;
        }
        if ending(&word, region(&word), &["gd", "dt", "gt", "kt"]) > 0 {
            word.pop();
        }
        let start = region(&word);
        if ending(&word, start, &["igst"]) > 0 {
            word.truncate(word.len() - 2);
        }
        let cut = ending(&word, start, &["ig", "lig", "elig"]);
        word.truncate(word.len() - cut);
        undouble(&mut word);
        if word.len() == before {
            break;
        }
    }
    let count = word.len();
    if count >= 5 && !is_vowel(word[count - 2]) {
        // forældr(e) and forælder meet, as do trivsl(en) and trivsel.
        if word[count - 1] == 'r' && word[count - 2] != 'r' {
            word.pop();
        }
    } else if count >= 6
        && word[count - 2] == 'e'
        && word[count - 1] == 'l'
        && !is_vowel(word[count - 3])
    {
        word.remove(count - 2);
    }
    word.into_iter().collect()
}

/// Puts the singular in place of an irregular plural, also at the end of a compound.
fn irregular(word: &mut Vec<char>) -> bool {
    let is_end = |word: &[char], plural: &str| {
        let mut letters = word.iter().rev();
        let is_same = plural.chars().rev().all(|c| letters.next() == Some(&c));
        is_same.then(|| letters.len())
    };
    for (at, (plural, singular)) in DANISH_IRREGULAR.iter().enumerate() {
        if let Some(before) = is_end(word, plural)
            && (before == 0 || at < 3 && before >= 3)
        {
            word.truncate(before);
            word.extend(singular.chars());
            return true;
        }
    }
    false
}

fn undouble(word: &mut Vec<char>) {
    let count = word.len();
    if count >= 4 && word[count - 1] == word[count - 2] && !is_vowel(word[count - 1]) {
        word.pop();
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
            undouble(&mut word);
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
