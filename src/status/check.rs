//! Text that looks like the number of a person. It is told of without being told, and never handed on.

/// Whether a text holds what may be a Danish personal number: six digits, a hyphen and four, or ten digits that begin
/// with a day.
pub fn looks_like_person(text: &str) -> bool {
    !places(text).is_empty()
}

/// The text with every such number made unreadable.
pub fn masked(text: &str) -> String {
    let places = places(text);
    if places.is_empty() {
        return text.to_string();
    }
    let is_in = |at: usize| {
        places
            .iter()
            .any(|(start, end)| (*start..*end).contains(&at))
    };
    let hidden = |(at, c): (usize, char)| if is_in(at) { '•' } else { c };
    text.char_indices().map(hidden).collect()
}

/// Where such numbers begin and end, in bytes.
fn places(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let end = (at..).find(|at| !is_digit(*at)).unwrap_or(bytes.len());
        let rest = &text[end..];
        let gap = ["-", " ", "\u{2013}", "\u{2011}", "\u{a0}"]
            .into_iter()
            .find(|gap| rest.starts_with(gap))
            .map_or(0, str::len);
        let last = (end + gap..)
            .find(|at| !is_digit(*at))
            .unwrap_or(bytes.len());
        if end - at == 10 && is_day(&bytes[at..end]) {
            found.push((at, end));
        } else if end - at == 6 && gap > 0 && last - end - gap == 4 {
            let is_hyphen = !rest.starts_with([' ', '\u{a0}']);
            if is_hyphen || is_day(&bytes[at..end]) {
                found.push((at, last));
                at = last;
                continue;
            }
        }
        at = end;
    }
    found
}

/// Whether digits begin with day and month. Numbers given for a time have 60 more in the day.
fn is_day(digits: &[u8]) -> bool {
    let number = |at: usize| (digits[at] - b'0') * 10 + digits[at + 1] - b'0';
    let day = number(0);
    let day = if day > 60 { day - 60 } else { day };
    (1..=31).contains(&day) && (1..=12).contains(&number(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_persons_are_found_and_hidden() {
        let check = |text: &str, expected: &str| {
            assert_eq!(masked(text), expected);
            assert_eq!(looks_like_person(text), text != expected);
        };
        check("Født 010203-1234, ja", "Født •••••••••••, ja");
        check("0102031234", "••••••••••");
        check("6102031234 og 990000-0000", "•••••••••• og •••••••••••");
        check("010203 1234", "•••••••••••");
        check("010203–1234", "•••••••••••");
        check("9902031234", "9902031234");
        check("123456 7890", "123456 7890");
        check("01020312345", "01020312345");
        check(
            "tlf. 12 34 56 78, 2026-10-12",
            "tlf. 12 34 56 78, 2026-10-12",
        );
        check("010203-12345", "010203-12345");
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_no_number_any_more(text in "[0-9 a–-]{0,40}") {
            prop_assert!(!looks_like_person(&masked(&text)));
        }
    }
}
