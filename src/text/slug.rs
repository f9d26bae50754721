//! Addresses and anchors from Danish text.
//!
//! `æ→ae`, `ø→oe`, `å→aa`; other letters lose their marks where Latin has a plain one; everything else becomes a
//! hyphen. The result is lower-case ASCII, so it is the same in every file system and every browser.

use icu_normalizer::ComposingNormalizer;

/// The longest slug we make from a text, in bytes.
pub const MAX_SLUG: usize = 120;

/// Makes an ASCII slug. Empty when the text holds no letter or digit.
pub fn slug(text: &str) -> String {
    // A letter and its mark may come apart (macOS writes file names so): together they are one Danish letter.
    if text.contains(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        return slug_of_composed(&ComposingNormalizer::new_nfc().normalize(text));
    }
    slug_of_composed(text)
}

fn slug_of_composed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let start = out.len();
        if gap && !out.is_empty() {
            out.push('-');
        }
        let mark = out.len();
        push_plain(&mut out, c);
        if out.len() > mark {
            gap = false;
        } else {
            out.truncate(start);
            gap |= !is_silent(c);
        }
        if out.len() >= MAX_SLUG {
            out.truncate(MAX_SLUG);
            break;
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// Characters that vanish without leaving a hyphen: soft hyphens, joiners, combining marks, apostrophes.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}' | '\'' | '’')
}

fn push_plain(out: &mut String, c: char) {
    let plain = match c {
        'a'..='z' | '0'..='9' => {
            out.push(c);
            return;
        }
        'A'..='Z' => {
            out.push(c.to_ascii_lowercase());
            return;
        }
        'æ' | 'Æ' | 'ä' | 'Ä' => "ae",
        'ø' | 'Ø' | 'ö' | 'Ö' => "oe",
        'å' | 'Å' => "aa",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' => "a",
        'ü' | 'ú' | 'ù' | 'û' | 'Ü' | 'Ú' | 'Ù' | 'Û' => "u",
        'ó' | 'ò' | 'ô' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Õ' => "o",
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => "i",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ß' => "ss",
        '§' => "paragraf",
        _ => return,
    };
    out.push_str(plain);
}

/// The longest id of a task item.
pub const MAX_ITEM_ID: usize = 40;

/// An id for a task item, made of the first whole words of its text; `None` where they give none.
pub fn item_id(text: &str) -> Option<String> {
    let mut id = slug(text);
    if id.len() > MAX_ITEM_ID {
        let end = id[..=MAX_ITEM_ID].rfind('-').unwrap_or(MAX_ITEM_ID);
        id.truncate(end);
    }
    Some(id).filter(|id| is_id(id))
}

/// Whether a text may stand as an author's id: `[a-z0-9-]{2,80}`, not beginning or ending with a hyphen.
pub fn is_id(text: &str) -> bool {
    (2..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// What a name says as a title: `er-du-paa-vej` is «Er du paa vej».
pub fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(slug(text), expected);
    }

    #[test]
    fn danish_letters_get_two() {
        check(
            "Læring på børne- og ungehjem",
            "laering-paa-boerne-og-ungehjem",
        );
        check("Ærø Å", "aeroe-aa");
        check("A\u{30a}rhus", "aarhus");
    }

    #[test]
    fn marks_and_punctuation_go() {
        check("Idé: én – to?", "ide-en-to");
        check("§ 13, stk. 2", "paragraf-13-stk-2");
        check("skole\u{ad}hjem", "skolehjem");
        check("–!", "");
    }

    #[test]
    fn ids_of_items_are_whole_words() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(item_id(text).as_deref(), expected);
        };
        check("Barnet er hørt", Some("barnet-er-hoert"));
        let long = "Barnet har sagt, hvad der er vigtigt for det";
        check(long, Some("barnet-har-sagt-hvad-der-er-vigtigt-for"));
        check(&"a".repeat(50), Some(&"a".repeat(40)));
        check("Å", Some("aa"));
        check("a", None);
        check("–", None);
    }

    proptest! {
        #[test]
        fn slugs_are_url_safe_and_idempotent(text in "\\PC{0,60}") {
            let once = slug(&text);
            prop_assert!(once.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
            prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"));
            prop_assert_eq!(slug(&once), once);
        }
    }
}
