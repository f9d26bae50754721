//! Words of running text that lead to the glossary, and abbreviations spelt out.
//!
//! Which words was decided in `resolve`, as ranges of the file. A text stands in the file as it is shown, wherever a
//! term was found in it, so a range in the file is one in the text. A phrase may go on over a line's end; then its
//! link stays open between two texts.

use super::Body;
use crate::model::site::TermUse;
use crate::text::escape::escaped;
use crate::text::span::TextRange;

/// How far the page's terms have been written.
#[derive(Default)]
pub struct Terms {
    next: usize,
    is_open: bool,
}

impl<'a> Body<'a> {
    /// Writes one text of the page, its terms as links.
    pub(super) fn prose(&mut self, text: &str, range: &TextRange) {
        let terms: &'a [TermUse] = &self.piece.terms;
        while terms
            .get(self.terms.next)
            .is_some_and(|term| term.range.end <= range.start)
        {
            self.terms.next += 1;
        }
        let mut at = range.start;
        let is_whole = text.len() == range.len();
        while is_whole
            && let Some(term) = terms.get(self.terms.next)
            && term.range.start < range.end
        {
            if term.range.start >= range.start {
                self.piece_of(text, range, at..term.range.start);
                self.open_term(term);
                at = term.range.start;
            }
            let end = term.range.end.min(range.end);
            self.piece_of(text, range, at..end);
            at = end;
            if end < term.range.end {
                return;
            }
            self.close_term(term);
            self.terms.next += 1;
        }
        self.piece_of(text, range, at..range.end);
    }

    /// Writes what of a text lies in a range of the file; all of it where the range is the text's own.
    fn piece_of(&mut self, text: &str, whole: &TextRange, piece: TextRange) {
        let part = if piece == *whole {
            Some(text)
        } else {
            text.get((piece.start - whole.start) as usize..(piece.end - whole.start) as usize)
        };
        self.text(part.unwrap_or_default());
    }

    fn open_term(&mut self, term: &TermUse) {
        let url = self.page_url(term.page, None);
        self.writer
            .open("a", &format!(" href=\"{url}\" class=\"term\""));
        self.terms.is_open = true;
    }

    fn close_term(&mut self, term: &TermUse) {
        if !std::mem::take(&mut self.terms.is_open) {
            return;
        }
        self.writer.close("a");
        if let Some(expansion) = &term.expansion {
            self.writer.out.push_str(" (");
            self.writer.out.push_str(&escaped(expansion));
            self.writer.out.push(')');
        }
    }
}
