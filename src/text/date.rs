//! Civil dates without time zones.
//!
//! Content, configuration and `--today` all speak ISO dates (`2026-03-03`); nothing here reads the clock.

use jiff::ToSpan;
pub use jiff::civil::Date;

/// Reads `YYYY-MM-DD`. Anything else, also a date that does not exist, is `None`.
pub fn parse(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    text.parse().ok()
}

/// The day of a count of seconds since 1970, in UTC. Counts past the calendar's ends are its first or last day.
pub fn from_epoch(seconds: i64) -> Date {
    let days = i32::try_from(seconds.div_euclid(86_400))
        .unwrap_or(i32::MAX)
        .clamp(-700_000, 2_900_000);
    jiff::civil::date(1970, 1, 1).saturating_add(days.days())
}

/// A length of time as authors write it: `12 months`, `6 weeks`, `1 year`, `90d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duration {
    Days(i32),
    Months(i32),
}

impl Duration {
    pub fn parse(text: &str) -> Option<Duration> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let count: i32 = text[..digits]
            .parse()
            .ok()
            .filter(|n| (1..=1200).contains(n))?;
        match text[digits..].trim() {
            "d" | "day" | "days" => Some(Duration::Days(count)),
            "w" | "week" | "weeks" => Some(Duration::Days(count * 7)),
            "m" | "month" | "months" => Some(Duration::Months(count)),
            "y" | "year" | "years" => Some(Duration::Months(count * 12)),
            _ => None,
        }
    }

    /// The date this long after another; the last day of a month stays the last day. A date past the calendar's
    /// end is its last one.
    pub fn after(self, date: Date) -> Date {
        match self {
            Duration::Days(n) => date.saturating_add(n.days()),
            Duration::Months(n) => date.saturating_add(n.months()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_iso_dates_are_dates() {
        assert_eq!(parse("2026-03-03"), Some(jiff::civil::date(2026, 3, 3)));
        for bad in [
            "2026-02-30",
            "2026-3-3",
            "3. marts 2026",
            "2026-03-03T10:00",
            "",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations_move_dates() {
        let day = parse("2026-01-31").expect("a date");
        let after = |text| Duration::parse(text).map(|d| d.after(day).to_string());
        assert_eq!(after("1 month").as_deref(), Some("2026-02-28"));
        assert_eq!(after("6 weeks").as_deref(), Some("2026-03-14"));
        assert_eq!(after("90d").as_deref(), Some("2026-05-01"));
        assert_eq!(after("soon"), None);
    }
}
