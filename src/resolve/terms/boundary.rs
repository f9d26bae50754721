//! Whether a place in a source text is the edge of a word, as a reader of the finished page sees it.
//!
//! Beyond letters and digits, what makes one word of two also counts: `PPR-medarbejder`, `skole- og`, `(skole)hold`,
//! `hold(et)`, `PPR's`, `hold.dk`, and markup inside a word (`**skole**hold`).

/// Signs of emphasis, which the reader does not see.
const EMPHASIS: [char; 3] = ['*', '_', '~'];
/// Entities that stand between words.
const BETWEEN: [&str; 9] = [
    "&nbsp", "&amp", "&quot", "&ndash", "&mdash", "&hellip", "&laquo", "&raquo", "&thinsp",
];

/// How far back an entity or an address is looked for, so that a text without blanks costs no more than others.
const LONGEST_ENTITY: usize = 32;
const LONGEST_ADDRESS: usize = 256;

/// Whether a word that begins at `at` has no part before it.
pub fn starts(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(EMPHASIS);
    let mut signs = before.chars().rev();
    match signs.next() {
        None => true,
        Some(sign) if is_part(sign) => false,
        Some(')' | ']' | '@' | '#' | '<' | '>' | '\\') => false,
        Some('.' | '\'' | '’') => !signs.next().is_some_and(char::is_alphanumeric),
        Some(';') => {
            let name = signs
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
                .take(LONGEST_ENTITY)
                .count();
            let open = before.len() - 1 - name;
            !before[..open].ends_with('&') || name == 0 || is_between(&before[open - 1..])
        }
        Some(_) => true,
    }
}

/// Whether a word that ends at `at` has no part after it.
pub fn ends(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches(EMPHASIS);
    let mut signs = after.chars();
    match signs.next() {
        None => true,
        Some(sign) if is_part(sign) => false,
        Some('(' | '@' | '<') => false,
        Some('.' | '\'' | '’' | '\\') => !signs.next().is_some_and(|c| c == '-' || is_part(c)),
        Some('&') => is_between(after),
        Some(_) => true,
    }
}

/// Whether a place lies inside an address written out in the text (`https://…`).
pub fn is_in_address(text: &str, at: usize) -> bool {
    let before = text[..at].char_indices().rev();
    let start = before
        .take(LONGEST_ADDRESS)
        .take_while(|(_, sign)| !sign.is_whitespace())
        .last();
    start.is_some_and(|(start, _)| {
        let word = &text[start..at];
        word.contains("://") || word.contains("www.")
    })
}

fn is_between(entity: &str) -> bool {
    BETWEEN.iter().any(|known| entity.starts_with(known))
}

/// Letters, digits, accents that combine with them, hyphens and soft hyphens.
fn is_part(sign: char) -> bool {
    sign.is_alphanumeric()
        || matches!(
            sign,
            '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{300}'..='\u{36f}' | '\u{200d}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the `hold` of a text stands alone.
    fn stands_alone(text: &str) -> bool {
        let at = text.find("hold").expect("the word is there");
        starts(text, at) && ends(text, at + 4) && !is_in_address(text, at)
    }

    #[test]
    fn words_alone() {
        for text in [
            "hold",
            "hold,",
            "(hold)",
            "»hold«",
            "*hold*",
            "**hold**.",
            "hold/lag",
            "a – hold – b",
            "'hold'",
            "hold\u{a0}x",
            "x&nbsp;hold",
            "hold&nbsp;x",
            "a; hold",
            "hold[^1]",
            "hold: x",
            "x…hold…",
            "2 hold",
            "hold\n",
        ] {
            assert!(stands_alone(text), "{text}");
        }
    }

    #[test]
    fn parts_of_other_words() {
        for text in [
            "rejsehold",
            "holdet",
            "hold-",
            "hold- og",
            "x-hold",
            "-hold",
            "hold2",
            "**rejse**hold",
            "hold**et**",
            "(rejse)hold",
            "hold(et)",
            "hold's",
            "hold’s",
            "d'hold",
            "hold.dk",
            "www.hold",
            "hold@x.dk",
            "x@hold",
            "#hold",
            "https://x.dk/hold/",
            "rejse&shy;hold",
            "hold&shy;et",
            "rejse<wbr>hold",
            "hold_x",
            "c:\\hold",
            "hold\\-x",
            "hold\u{301}",
            "hold\u{2011}x",
        ] {
            assert!(!stands_alone(text), "{text}");
        }
    }
}
