//! The theme's scripts go out without comments and blanks, and still say the same.
//!
//! In: every script of the theme, as it stands and as it goes out. Out: a failure where they differ in a word, a sign, a
//! string, or in whether two of them stand on one line, which can end a statement. Style sheets are held against each
//! other by a browser (`browser/lean.rs`).

use crate::support::repository;
use std::fs;
use vejviser::text::lean;

#[test]
fn scripts_go_out_saying_the_same() {
    let folder = repository().join("themes/standard/static");
    let mut count = 0;
    for file in fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|ending| ending != "js") {
            continue;
        }
        let name = path.display();
        let text = fs::read_to_string(&path).expect("scripts are UTF-8");
        let lean = lean::script(&text);
        let (full, short) = (tokens(&text), tokens(&lean));
        for (one, other) in full.iter().zip(&short) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(full.len(), short.len(), "{name}");
        assert!(lean.len() < text.len(), "{name}: nothing was left out");
        count += 1;
    }
    assert!(count > 10, "only {count} scripts were found");
}

#[test]
fn the_reader_of_scripts_sees_what_matters() {
    let read = |text| tokens(text).into_iter().map(|(token, _)| token);
    let words: Vec<String> = read("a = b / 2; // x\nreturn /[/\"]'/g.test('/*')").collect();
    let expected = [
        "a", "=", "b", "/", "2", ";", "return", "/[/\"]'/", "g", ".", "test", "(", "'/*'", ")",
    ];
    assert_eq!(words, expected);
    assert_ne!(tokens("return\na"), tokens("return a"));
    assert_ne!(tokens("'a  b'"), tokens("'a b'"));
}

/// The words, signs and strings of a script, each with whether a new line begins before it.
fn tokens(text: &str) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut rest = text;
    let mut is_new_line = true;
    while let Some(first) = rest.chars().next() {
        let before = found.last().map_or("", |(token, _)| token.as_str());
        let length = match first {
            ' ' | '\t' | '\r' | '\n' => {
                is_new_line |= first == '\n';
                rest = &rest[1..];
                continue;
            }
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").expect("a comment ends") + 2;
                is_new_line |= rest[..end].contains('\n');
                rest = &rest[end..];
                continue;
            }
            '"' | '\'' | '`' => end_of(rest, first),
            '/' if begins_pattern(before) => end_of(rest, '/'),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        found.push((rest[..length].to_string(), is_new_line));
        is_new_line = false;
        rest = &rest[length..];
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Whether a stroke after this is the beginning of a pattern and does not divide.
fn begins_pattern(before: &str) -> bool {
    let is_value = before.ends_with(|c: char| is_word(c) || ")]\"'".contains(c));
    !is_value || ["return", "typeof", "case"].contains(&before)
}

/// The length of the string or pattern that a text begins with.
fn end_of(text: &str, mark: char) -> usize {
    let (mut is_escaped, mut is_in_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => panic!("a string over two lines: {text:.60}"),
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' if mark == '/' => is_in_class = true,
            ']' if mark == '/' => is_in_class = false,
            _ if c == mark && !is_in_class => return at + 1,
            _ => {}
        }
    }
    panic!("a string without an end: {text:.60}");
}
