//! Which digits of a text are a number that claims something, and which only name a thing.
//!
//! In: the words of one block. Out: the places of its numbers. Years, dates, times of day, ordinals, sections of
//! laws, pages, steps, classes and other names are none. A doubtful one passes: an editor must not learn to look away.

use super::numeral::{Atom, Kind, Part, atoms};
use super::words;
use std::ops::Range;

/// Where in a table a block stands, if it does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// The number of the row, for its first cell.
    pub row: Option<u64>,
    /// The head says that numbers here are those of steps, pages and the like.
    pub is_numbering: bool,
}

/// The numbers of a block.
pub fn numbers(text: &str, cell: Cell) -> Vec<Range<usize>> {
    let scanner = Scanner::new(text, cell.row);
    let mut found = Vec::new();
    // The end of the last number of a part or place, whose others may follow: «§ 2, stk. 3, 13 og 35».
    let mut reference = cell.is_numbering.then_some(0);
    let mut at = 0;
    while at < scanner.atoms.len() {
        if scanner.atoms[at].kind != Kind::Digits {
            at += 1;
            continue;
        }
        let end = scanner.end_of_numeral(at);
        let is_name = scanner.is_part_of_a_name(at);
        let is_reference = !is_name && scanner.is_reference(at, end, reference);
        if !is_name && !is_reference && scanner.is_number(at, end) {
            found.push(scanner.range(at, end));
        }
        reference = is_reference.then_some(end);
        at = end;
    }
    found
}

/// Looks only a few atoms to either side, so that a long text costs no more than its length.
struct Scanner<'t> {
    text: &'t str,
    atoms: Vec<Atom>,
    /// Web and mail addresses in the text, in order.
    addresses: Vec<Range<usize>>,
    /// The first atom that is no blank.
    first: usize,
    /// The first opening bracket.
    opening: Option<usize>,
    row: Option<u64>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, row: Option<u64>) -> Self {
        let atoms = atoms(text);
        let place = |word: &str| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        };
        let is_address = |word: &&str| ["://", "www.", "@"].iter().any(|mark| word.contains(mark));
        Scanner {
            text,
            addresses: text
                .split_whitespace()
                .filter(is_address)
                .map(place)
                .collect(),
            first: atoms
                .iter()
                .position(|atom| atom.kind != Kind::Space)
                .unwrap_or_default(),
            opening: atoms.iter().position(|atom| atom.kind == Kind::Sign('(')),
            atoms,
            row,
        }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.atoms.get(at).map(|atom| atom.kind)
    }

    fn word(&self, at: usize) -> &'t str {
        self.atoms
            .get(at)
            .map_or("", |atom| &self.text[atom.start..atom.end])
    }

    fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        matches!(self.kind(at), Some(Kind::Sign(sign)) if signs.contains(&sign))
    }

    /// The atom after the numeral that begins here: digits with signs between them, without blanks.
    fn end_of_numeral(&self, start: usize) -> usize {
        let mut end = start + 1;
        while self.is_sign(end, &['.', ',', ':', '/', '-', '–', '—', '\u{2011}'])
            && self.kind(end + 1) == Some(Kind::Digits)
        {
            end += 2;
        }
        end
    }

    /// The numeral's place with the percent sign that belongs to it.
    fn range(&self, start: usize, end: usize) -> Range<usize> {
        let blank = usize::from(self.kind(end) == Some(Kind::Space));
        let last = if self.is_sign(end + blank, &['%']) {
            end + blank
        } else {
            end - 1
        };
        self.atoms[start].start..self.atoms[last].end
    }

    fn parts(&self, start: usize, end: usize) -> Vec<Part<'t>> {
        let mut parts: Vec<Part> = Vec::new();
        let mut part = Part::default();
        for at in start..end {
            match self.atoms[at].kind {
                Kind::Sign(sign @ ('.' | ',' | ':' | '/')) => part.signs.push(sign),
                Kind::Digits => part.groups.push(self.word(at)),
                _ => parts.push(std::mem::take(&mut part)),
            }
        }
        parts.push(part);
        parts
    }

    /// The word after the numeral.
    fn word_after(&self, end: usize) -> &'t str {
        match (self.kind(end), self.kind(end + 1)) {
            (Some(Kind::Space), Some(Kind::Letters)) => self.word(end + 1),
            _ => "",
        }
    }

    /// The word before the numeral, and whether a full stop ends it.
    fn word_before(&self, start: usize) -> (&'t str, bool) {
        let before = |at: usize, kind: Kind| at > 0 && self.kind(at - 1) == Some(kind);
        let mut at = start - usize::from(before(start, Kind::Space));
        at -= usize::from(before(at, Kind::Sign(':')));
        let has_stop = before(at, Kind::Sign('.'));
        at -= usize::from(has_stop);
        match before(at, Kind::Letters) {
            true => (self.word(at - 1), has_stop),
            false => ("", false),
        }
    }

    /// Whether the numeral is the number of a part or a place.
    fn is_reference(&self, start: usize, end: usize, last: Option<usize>) -> bool {
        let blank = usize::from(start > 0 && self.kind(start - 1) == Some(Kind::Space));
        if start > blank && self.is_sign(start - blank - 1, &['§']) {
            return true;
        }
        if words::is_counted(self.word_after(end)) || self.is_percent(end) {
            return false;
        }
        let (word, has_stop) = self.word_before(start);
        let is_named = match has_stop {
            // «Vi tog et trin. 21 kom med»: a full stop after a whole word ends the sentence.
            true => words::is_abbreviation(word),
            false => words::is_numbered(word),
        };
        is_named || last.is_some_and(|last| self.is_joined(last, start))
    }

    fn is_joined(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| match self.atoms[at].kind {
            Kind::Space => true,
            Kind::Sign(sign) => matches!(sign, ',' | '.' | '-' | '–' | '/' | '&' | '§'),
            Kind::Letters => words::is_joining(self.word(at)),
            Kind::Digits => false,
        })
    }

    fn is_percent(&self, end: usize) -> bool {
        let blank = usize::from(self.kind(end) == Some(Kind::Space));
        self.is_sign(end + blank, &['%'])
    }

    /// Whether the numeral, which is part of no name and no reference, says how many or how much.
    fn is_number(&self, start: usize, end: usize) -> bool {
        let is_counted = words::is_counted(self.word_after(end)) || self.is_percent(end);
        let parts = self.parts(start, end);
        if parts.iter().any(Part::is_date_or_version) {
            return false;
        }
        if let Some(is_number) = self.told_by_tail(end) {
            return is_number;
        }
        match &parts[..] {
            [year] if year.is_year() => return is_counted,
            [from, to] if from.is_year() && (to.is_year() || to.groups[0].len() == 2) => {
                return is_counted;
            }
            // «2024-10-22», «22-10-2024»
            [_, _, _, ..] => return false,
            _ => {}
        }
        let is_slashed = parts[0].signs == ['/'];
        let is_day = is_slashed && self.is_date_of_slash(start, end, &parts[0]);
        if parts.iter().all(Part::is_clock) || is_day {
            return false;
        }
        if parts.iter().all(Part::is_small)
            && !is_counted
            && (self.is_ordinal(start, end) || self.is_mark_of_a_list(start, end))
        {
            return false;
        }
        let is_of_month =
            words::is_month(self.word_before(start).0) || words::is_month(self.word_after(end));
        !is_of_month && !self.is_phone(start)
    }

    /// «A4», «covid-19», «'90», «www.kommune.dk/2»
    fn is_part_of_a_name(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1) else {
            return false;
        };
        if self.kind(before) == Some(Kind::Letters) || self.is_sign(before, &['_', '#', '\'', '’'])
        {
            return true;
        }
        let is_tied = self.is_sign(before, &['-', '\u{2011}'])
            && before > 0
            && self.kind(before - 1) == Some(Kind::Letters);
        is_tied || self.is_in_address(self.atoms[start].start)
    }

    fn is_in_address(&self, at: usize) -> bool {
        let next = self
            .addresses
            .partition_point(|address| address.start <= at);
        let address = next.checked_sub(1).map(|last| &self.addresses[last]);
        address.is_some_and(|address| address.contains(&at))
    }

    /// What stands right after the numeral may settle it: «4b», «4.b», «90'erne», «3-årige», «40-procents».
    fn told_by_tail(&self, end: usize) -> Option<bool> {
        if self.kind(end) == Some(Kind::Letters) {
            return Some(words::is_counted(self.word(end)));
        }
        let after = self.kind(end + 1);
        if self.is_sign(end, &['\'', '’']) && after == Some(Kind::Letters) {
            return Some(false);
        }
        if self.is_sign(end, &['.'])
            && after == Some(Kind::Letters)
            && self.word(end + 1).chars().count() == 1
        {
            return Some(false);
        }
        if self.is_sign(end, &['-', '–', '\u{2011}']) {
            return match after {
                Some(Kind::Letters) => Some(words::is_measure(self.word(end + 1))),
                // «5- og 6-årige»
                Some(Kind::Space) => Some(false),
                _ => None,
            };
        }
        None
    }

    /// «24/7», «1/8 2024», «den 1/8»
    fn is_date_of_slash(&self, start: usize, end: usize, part: &Part) -> bool {
        let year_follows = self.kind(end) == Some(Kind::Space)
            && self.kind(end + 1) == Some(Kind::Digits)
            && self.parts(end + 1, end + 2)[0].is_year();
        let (word, _) = self.word_before(start);
        part.groups[..] == ["24", "7"] || year_follows || matches!(word, "den" | "Den" | "d" | "pr")
    }

    /// «10. klasse», «1.-3. klasse», «1., 2. og 3. klasse»
    fn is_ordinal(&self, start: usize, end: usize) -> bool {
        if !self.is_sign(end, &['.']) {
            return false;
        }
        let is_first = start == self.first;
        match self.kind(end + 1) {
            None => is_first,
            Some(Kind::Sign(sign)) => matches!(sign, ',' | ';' | '-' | '–' | '/'),
            Some(Kind::Space) => {
                let next = self.word(end + 2);
                let is_lower = next.chars().next().is_some_and(char::is_lowercase);
                let is_row =
                    self.kind(end + 2) == Some(Kind::Digits) && self.is_sign(end + 3, &['.']);
                is_first || is_lower || is_row || words::is_month(next)
            }
            _ => false,
        }
    }

    /// «1)», «(1)», «[1]», and the number of a row at its beginning.
    fn is_mark_of_a_list(&self, start: usize, end: usize) -> bool {
        let is_opened = start > 0 && self.is_sign(start - 1, &['(', '[']);
        let is_closed = self.is_sign(end, &[')', ']']);
        let is_inside = self.opening.is_some_and(|opening| opening < start);
        let is_of_row = start == self.first
            && self
                .word(start)
                .parse()
                .is_ok_and(|number: u64| Some(number) == self.row);
        is_closed && (is_opened || !is_inside) || is_of_row
    }

    /// «12 34 56 78»
    fn is_phone(&self, start: usize) -> bool {
        let is_pair = |at: usize| self.kind(at) == Some(Kind::Digits) && self.word(at).len() == 2;
        let is_tied = |at: usize| self.kind(at) == Some(Kind::Space);
        let mut first = start;
        for _ in 1..4 {
            if first >= 2 && is_tied(first - 1) && is_pair(first - 2) {
                first -= 2;
            }
        }
        let pair = |nth: &usize| {
            let at = first + 2 * nth;
            is_pair(at) && (*nth == 0 || is_tied(at - 1))
        };
        (0..4).take_while(pair).count() == 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each number of a text stands in square brackets in what is expected.
    #[track_caller]
    fn check(marked: &str) {
        check_row(marked, None);
    }

    #[track_caller]
    fn check_row(marked: &str, row: Option<u64>) {
        check_cell(
            marked,
            Cell {
                row,
                ..Cell::default()
            },
        );
    }

    #[track_caller]
    fn check_cell(marked: &str, cell: Cell) {
        let text = marked.replace(['⟨', '⟩'], "");
        let mut shown = String::new();
        let mut at = 0;
        for range in numbers(&text, cell) {
            shown.push_str(&text[at..range.start]);
            shown.push('⟨');
            shown.push_str(&text[range.clone()]);
            shown.push('⟩');
            at = range.end;
        }
        shown.push_str(&text[at..]);
        assert_eq!(shown, marked);
    }

    #[test]
    fn amounts_are_numbers() {
        check("Fraværet faldt fra ⟨9,2⟩ procent til ⟨5,2 %⟩.");
        check("Vi talte ⟨21⟩. Det var alle.");
        check("I alt ⟨1.250⟩ elever, ⟨1.234.567,8⟩ kroner og ⟨12500⟩ svar.");
        check("Hver ⟨6–8⟩ uger, ⟨3-4⟩ gange om ugen.");
        check("En tredjedel (⟨1/3⟩) af ⟨2000⟩ elever.");
        check("ca. ⟨21⟩ skoler, ⟨20⟩kr. stykket, et ⟨40⟩-procents fald");
        check("Forholdet er ⟨1:3⟩, altså ⟨50/50⟩ for ⟨0⟩.");
        check("i alt (⟨21⟩ af dem) ⟨9.3⟩ points");
        check("Der kom ⟨120⟩");
        check("Et trin. ⟨21⟩ kom med.");
        check("Hver uge ⟨3⟩ timer. I år ⟨21⟩ elever. I 5. klasse ⟨21⟩ elever.");
        check("Absence fell from ⟨9.2⟩ percent to ⟨5.2%⟩ for ⟨1,250⟩ pupils.");
    }

    #[test]
    fn years_and_dates_are_none() {
        check("I 2019 og 2020, i 2018/2019, 2018/19, 2019–2021, 2019-21 og fra 1500 til 2199.");
        check(
            "Den 3. marts 2026, 22. august og 22. oktober 2024, 29.1.2024, 2024-10-22, 22-10-2024.",
        );
        check("Fra 1/8 2024, den 1/8, 24/7 og i 90'erne, 1800-tallet og 1990'erne.");
        check("March 3, 2026 and 3 March 2026, 3 marts");
        check("Der var ⟨2200⟩ og ⟨1499⟩ og i 2024. Så kom efteråret 2024.");
    }

    #[test]
    fn ordinals_and_classes_are_none() {
        check(
            "10. klasse, 10. klassecenter, 1.-3. klasse, 1.–3. klasse, 5. og 6. klasse, 1., 2. og 3. gang.",
        );
        check("4.b, 4b, 4.B og 7. årgang; 5. på listen; den 1. 2. og 3. plads");
        check("1. Først");
        check("1. Tal om det. 2. gang er lettere.");
        check("5- og 6-årige, 6-8-årige, 14-årige, 1-til-1, 3D og A4, covid-19, MP3");
        check("1) først, 2) så (3) og [4]");
    }

    #[test]
    fn references_are_none() {
        check("§ 13, stk. 3, §§ 1, 2, stk. 3, 13 og 35, § 13 a, LBK nr. 90 af 29.1.2024, LBK 90");
        check(
            "side 4, s. 4-6, slide 3, kapitel 2, trin 2 af 9, aspekt 2 og 3, fase 1, spor 1, kerneelement 2",
        );
        check(
            "kl. 9.30, kl. 8-15, klokken 8, 9:30, uge 34 og 35, nr. 1, version 2.0, CVR-nr.: 29189374",
        );
        check("Telefon 56 67 67 67, tlf. 12 34 56 78 eller bare 12 34 56 78");
        check("page 4, step 2 of 9, phase 1, chapter 2 and 3, grade 7");
        check("§ 13 gælder ⟨21⟩ elever, og trin 2 er ⟨9,2⟩ procent.");
        check("Se www.kommune.dk/2 og https://a.dk/3 eller mail@a4.dk.");
    }

    #[test]
    fn rows_of_a_table_have_numbers() {
        check_row("1 Skift spørgsmål", Some(1));
        check_row("2.", Some(2));
        check_row("⟨9,2⟩", Some(9));
        check_row("⟨21⟩ skoler", Some(1));
        check_row("⟨3⟩ elever", Some(3));
        let cell = Cell {
            row: None,
            is_numbering: true,
        };
        check_cell("1 og 5, 2.–3.", cell);
        check_cell("⟨9,2⟩ procent", cell);
    }

    #[test]
    fn words_are_none() {
        check("tre spor, to møder, ét barn og ni trin ﬁre ½");
    }
}
