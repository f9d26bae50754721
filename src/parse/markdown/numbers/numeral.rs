//! The parts of a number as it is written: runs of digits, and the signs between them.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Digits,
    Letters,
    Space,
    Sign(char),
}

/// A run of digits, letters or blanks, or one other character.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// The atoms of a text, in order.
pub fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for (start, letter) in text.char_indices() {
        let kind = match letter {
            '0'..='9' => Kind::Digits,
            c if c.is_whitespace() => Kind::Space,
            c if c.is_alphabetic() => Kind::Letters,
            c => Kind::Sign(c),
        };
        let end = start + letter.len_utf8();
        match atoms.last_mut() {
            Some(last) if last.kind == kind && !matches!(kind, Kind::Sign(_)) => last.end = end,
            _ => atoms.push(Atom { kind, start, end }),
        }
    }
    atoms
}

/// One side of a range: digits, and the signs between them. «1.250,5» is three groups.
#[derive(Default)]
pub struct Part<'t> {
    pub groups: Vec<&'t str>,
    pub signs: Vec<char>,
}

impl Part<'_> {
    /// «2019», «2018/2019», «2018/19»
    pub fn is_year(&self) -> bool {
        let is_year = |group: &str| {
            group.len() == 4 && group.parse().is_ok_and(|year| (1500..2200).contains(&year))
        };
        match self.groups[..] {
            [year] => is_year(year),
            [year, next] => {
                self.signs == ['/'] && is_year(year) && (next.len() == 2 || is_year(next))
            }
            _ => false,
        }
    }

    /// «29.1.2024», «1/8/2024», «10.2.1»: three groups or more that are no thousands.
    pub fn is_date_or_version(&self) -> bool {
        let is_grouped = |sign: char| {
            let last = self.signs.len() - 1;
            let ends_in_decimals = self.signs[last] != sign;
            let wholes = self.groups.len() - usize::from(ends_in_decimals);
            self.signs[..wholes - 1].iter().all(|s| *s == sign)
                && self.groups[1..wholes].iter().all(|group| group.len() == 3)
        };
        self.groups.len() > 2 && !is_grouped('.') && !is_grouped(',')
    }

    /// «9:30»
    pub fn is_clock(&self) -> bool {
        self.signs == [':'] && self.groups[0].len() <= 2 && self.groups[1].len() == 2
    }

    /// A whole number of up to three digits, as ordinals and list numbers are.
    pub fn is_small(&self) -> bool {
        self.groups.len() == 1 && self.groups[0].len() <= 3
    }
}
