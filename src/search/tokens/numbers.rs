//! One spelling for numbers, number words to twelve, and the paragraph.

/// The number words from two to twelve, for the twin in the browser.
pub fn words(is_english: bool) -> &'static str {
    if is_english { ENGLISH } else { DANISH }
}

const DANISH: &str = "to tre fire fem seks syv otte ni ti elleve tolv";
const ENGLISH: &str = "two three four five six seven eight nine ten eleven twelve";

/// Number words to twelve and the names of the paragraph.
pub fn danish(word: &str) -> Option<&'static str> {
    Some(match word {
        "to" => "2",
        "tre" => "3",
        "fire" => "4",
        "fem" => "5",
        "seks" => "6",
        "syv" => "7",
        "otte" => "8",
        "ni" => "9",
        "ti" => "10",
        "elleve" => "11",
        "tolv" => "12",
        "paragraf" | "paragraffen" | "paragraffer" | "paragrafferne" => "§",
        _ => return None,
    })
}

pub fn english(word: &str) -> Option<&'static str> {
    Some(match word {
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        "paragraf" | "paragraffen" | "paragraffer" | "paragrafferne" => "§",
        _ => return None,
    })
}

/// Thousands without a mark, decimals with a comma: `36.000` is `36000`, `9.2` is `9,2`.
pub fn number(word: &str, is_english: bool) -> String {
    let thousands = if is_english { ',' } else { '.' };
    let end = word.find(|c: char| c != thousands && !c.is_ascii_digit());
    let groups: Vec<&str> = word[..end.unwrap_or(word.len())].split(thousands).collect();
    let is_grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3);
    let joined = if is_grouped {
        word.replace(thousands, "")
    } else {
        word.to_string()
    };
    joined.replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_of_number_words_say_the_same() {
        for (words, value) in [(DANISH, danish as fn(&str) -> _), (ENGLISH, english)] {
            assert_eq!(words.split(' ').count(), 11);
            for (at, word) in words.split(' ').enumerate() {
                assert_eq!(value(word), Some((at + 2).to_string().as_str()), "{word}");
            }
        }
    }
}
