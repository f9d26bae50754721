//! Days as an iCalendar file (RFC 5545), for people's own calendars.
//!
//! In: events that last a day. Out: the file's text: lines of at most 75 bytes that end in CRLF, texts escaped. Equal
//! events give equal bytes; the clock is not read.

use super::date::{Date, Duration};
use std::fmt::Write;

/// The longest line, in bytes, without its end.
const LONGEST: usize = 75;

/// Something that is to be done on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Known to calendars for ever: an event they have is changed, not doubled.
    pub uid: String,
    pub day: Date,
    pub summary: String,
    pub description: String,
    /// An absolute address.
    pub url: Option<String>,
}

/// A calendar of these events, made on a day.
pub fn calendar(made: Date, events: &[Event]) -> String {
    let mut out = String::new();
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vejviser//vejviser//DA",
    ] {
        line(&mut out, text);
    }
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escaped(&event.uid)));
        line(&mut out, &format!("DTSTAMP:{}T000000Z", basic(made)));
        line(
            &mut out,
            &format!("DTSTART;VALUE=DATE:{}", basic(event.day)),
        );
        let next = Duration::Days(1).after(event.day);
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", basic(next)));
        line(&mut out, &format!("SUMMARY:{}", escaped(&event.summary)));
        line(
            &mut out,
            &format!("DESCRIPTION:{}", escaped(&event.description)),
        );
        if let Some(url) = &event.url {
            // An address is no text: nothing in it is escaped, and it has no line ends.
            let plain: String = url.chars().filter(|c| !c.is_control()).collect();
            line(&mut out, &format!("URL:{plain}"));
        }
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// `20261121`
fn basic(date: Date) -> String {
    let mut text = date.to_string();
    text.retain(|c| c != '-');
    text
}

/// A text value: `\`, `;`, `,` and line ends are escaped, other control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line, folded between characters: what follows begins with a space, which counts.
fn line(out: &mut String, text: &str) {
    let mut rest = text;
    let mut room = LONGEST;
    loop {
        let mut end = rest.len().min(room);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        _ = write!(out, "{}\r\n", &rest[..end]);
        rest = &rest[end..];
        if rest.is_empty() {
            return;
        }
        out.push(' ');
        room = LONGEST - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "metoder/rejsehold@proeve".to_string(),
            day: jiff::civil::date(2026, 12, 31),
            summary: summary.to_string(),
            description: "Ansvarlig: Redaktionen\nFil: content/metoder/rejsehold.md".to_string(),
            url: None,
        }
    }

    fn made(events: &[Event]) -> String {
        calendar(jiff::civil::date(2026, 11, 21), events)
    }

    #[test]
    fn an_event_lasts_a_day_and_is_free() {
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//vejviser//vejviser//DA\r\n\
            BEGIN:VEVENT\r\nUID:metoder/rejsehold@proeve\r\nDTSTAMP:20261121T000000Z\r\n\
            DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Gennemgå: Rejsehold\r\n\
            DESCRIPTION:Ansvarlig: Redaktionen\\nFil: content/metoder/rejsehold.md\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(made(&[event("Gennemgå: Rejsehold")]), expected);
    }

    #[test]
    fn texts_cannot_become_lines_of_the_file() {
        let text = made(&[event("a;b,c\\d\r\nEND:VEVENT\u{7}")]);
        assert!(
            text.contains("SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n"),
            "{text}"
        );
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let summary = format!("x{}", "æøå ".repeat(60));
        let text = made(&[event(&summary)]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= LONGEST), "{text}");
        assert!(
            text.replace("\r\n ", "")
                .contains(&format!("SUMMARY:{summary}\r\n"))
        );
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn a_line_that_just_fits_is_not_folded() {
        let summary = "x".repeat(LONGEST - "SUMMARY:".len());
        assert!(made(&[event(&summary)]).contains(&format!("SUMMARY:{summary}\r\nDESC")));
    }
}
