//! Byte ranges in source files, and their line and column.
//!
//! In: bytes offsets. Out: 1-based lines and columns, where a column counts Unicode scalar
//! values and a byte order mark counts as none. Worked out only when a finding is printed.

use crate::model::ids::FileId;

/// A byte range inside one text that does not yet know which file it is.
pub type TextRange = std::ops::Range<u32>;

/// A byte range in a file of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, range: TextRange) -> Span {
        Span {
            file,
            start: range.start,
            end: range.end,
        }
    }

    /// The first byte of a file: where a problem with the whole file points.
    pub fn whole(file: FileId) -> Span {
        Span::new(file, 0..0)
    }
}

/// A value read from a text, with the place it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub range: TextRange,
}

impl<T> Spanned<T> {
    pub fn new(value: T, range: TextRange) -> Self {
        Spanned { value, range }
    }

    /// Another value at the same place.
    pub fn with<U>(self, value: U) -> Spanned<U> {
        Spanned::new(value, self.range)
    }
}

/// A place for people: both numbers are 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Finds line and column of a byte offset. Offsets past the end, or inside a character, are moved back to the
/// nearest place that exists. Lines end at LF, CRLF or a lone CR, as in CommonMark.
pub fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let bytes = before.as_bytes();
    let mut line = 1;
    let mut line_start = 0;
    for (i, b) in bytes.iter().enumerate() {
        let is_end = match b {
            b'\n' => true,
            b'\r' => text.as_bytes().get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        if is_end {
            line += 1;
            line_start = i + 1;
        }
    }
    let column = before[line_start..]
        .chars()
        .filter(|c| *c != BYTE_ORDER_MARK)
        .count()
        + 1;
    Position { line, column }
}

/// Where each line begins, for a text whose places are asked for more than once.
pub fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let is_end = |i: usize| match bytes[i] {
        b'\n' => true,
        b'\r' => bytes.get(i + 1) != Some(&b'\n'),
        _ => false,
    };
    let ends = (0..bytes.len()).filter(|i| is_end(*i));
    std::iter::once(0)
        .chain(ends.map(|i| i as u32 + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, expected: (usize, usize)) {
        let p = position(text, offset);
        assert_eq!((p.line, p.column), expected);
    }

    #[test]
    fn columns_count_characters() {
        check("æøå x", "æøå ".len(), (1, 5));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        check("\u{feff}title", 3, (1, 1));
        check("\u{feff}a\nb", 5, (2, 1));
    }

    #[test]
    fn every_kind_of_line_ending_counts_once() {
        check("a\r\nb\rc\nd", 3, (2, 1));
        check("a\r\nb\rc\nd", 5, (3, 1));
        check("a\r\nb\rc\nd", 7, (4, 1));
    }

    #[test]
    fn an_offset_inside_a_character_moves_back() {
        check("æ", 1, (1, 1));
        check("a", 99, (1, 2));
    }
}
