//! The overview as a table for spreadsheets: a row for each team, list, section and round.
//!
//! As Danish spreadsheets read it: a mark of UTF-8, semicolons, CRLF, every cell quoted. What a spreadsheet would run
//! as a formula is made text, as in the browser's own tables.

use super::overview::{Counts, Overview};

const HEADER: [&str; 15] = [
    "skole",
    "liste",
    "gruppe",
    "forloeb",
    "navn",
    "start",
    "punkter",
    "besvaret",
    "ubesvaret",
    "naaet",
    "ikke_relevante",
    "op",
    "ned",
    "aabne_frister",
    "overskredne_frister",
];

/// Writes the table.
pub fn csv(overview: &Overview) -> String {
    let mut out = String::from("\u{feff}");
    row(&mut out, HEADER.map(String::from));
    for list in &overview.lists {
        for school in &list.schools {
            if school.rounds.is_empty() {
                let mut cells: [String; 15] = Default::default();
                cells[0] = school.school.clone();
                cells[1] = list.id.clone();
                row(&mut out, cells);
            }
            for round in &school.rounds {
                for (section, counts) in list.sections.iter().zip(&round.sections) {
                    let head = [
                        school.school.clone(),
                        list.id.clone(),
                        section.clone(),
                        round.number.to_string(),
                        round.name.clone(),
                        round.start.clone(),
                    ];
                    let numbers = numbers(counts).map(|number| number.to_string());
                    row(&mut out, head.into_iter().chain(numbers));
                }
            }
        }
    }
    out
}

fn numbers(counts: &Counts) -> [usize; 9] {
    [
        counts.items,
        counts.answered,
        counts.items - counts.answered.min(counts.items),
        counts.reached,
        counts.not_relevant,
        counts.up,
        counts.down,
        counts.due,
        counts.overdue,
    ]
}

fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(';');
        }
        out.push('"');
        out.push_str(&guarded(&cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

fn guarded(cell: &str) -> String {
    let first = cell.trim_start_matches('\'').chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        let mut out = String::new();
        let cells = ["=1+1", "'=1", "a\"b;", "\u{a0}-", "-2"];
        row(&mut out, cells.map(String::from));
        assert_eq!(
            out,
            "\"'=1+1\";\"''=1\";\"a\"\"b;\";\"\u{a0}-\";\"'-2\"\r\n"
        );
    }
}
