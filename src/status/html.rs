//! The overview as one page that needs nothing but itself: no script, no other file, no request.

use super::overview::{Counts, ListOverview, Overview, RoundOverview, SchoolOverview, Told};
use crate::diagnostic::catalogue::{self, MessageLanguage};
use crate::text::escape::{escaped, html as push};
use std::fmt::Write;

/// What the page's own style may look like and nothing else: the hash is that of [`STYLE`].
const POLICY: &str = "default-src 'none'; style-src 'sha256-5RsIkrLRpxmYmNH1fNouPwUHjc9KOi91I/tfwdJVkmg='; base-uri 'none'; form-action 'none'";

const STYLE: &str = ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:90rem;margin:0 auto;padding:1rem}\
.frame{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0 1rem}caption{text-align:start;font-weight:bold;padding:.25rem 0}\
th,td{border:1px solid;padding:.3rem .6rem;text-align:start;vertical-align:top}th{font-weight:600}tbody th+th,tbody th:only-of-type{white-space:nowrap}\
details{margin:.5rem 0}summary{cursor:pointer;padding:.25rem 0}h2{margin-top:2rem}\
@media print{body{max-width:none;padding:0}.frame{overflow:visible}tr,li{break-inside:avoid}}";

/// Writes the page. `day` is the day it was made.
pub fn html(overview: &Overview, language: MessageLanguage, day: &str) -> String {
    let page = Page { language };
    let mut out = String::new();
    let code = match language {
        MessageLanguage::Danish => "da",
        MessageLanguage::English => "en",
    };
    let title = page.word("status_title", &[]);
    _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let schools = overview.schools.len().to_string();
    let lists = overview.lists.len().to_string();
    let values = [("schools", &*schools), ("lists", &*lists), ("date", day)];
    page.line(&mut out, "p", &page.word("status_made", &values));
    page.line(&mut out, "p", &page.word("status_legend", &[]));
    for list in &overview.lists {
        page.list(&mut out, list);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

struct Page {
    language: MessageLanguage,
}

impl Page {
    /// A text of ours with its places filled, escaped.
    fn word(&self, entry: &str, values: &[(&str, &str)]) -> String {
        let template = catalogue::text(self.language, "command", entry).unwrap_or(entry);
        let filled = catalogue::fill(template, |name| {
            let mut known = values.iter();
            let found = known.find(|(key, _)| *key == name);
            found.map(|(_, value)| value.to_string())
        });
        escaped(&filled)
    }

    fn line(&self, out: &mut String, element: &str, inner: &str) {
        _ = writeln!(out, "<{element}>{inner}</{element}>");
    }

    fn list(&self, out: &mut String, list: &ListOverview) {
        self.line(out, "h2", &escaped(&list.title));
        let caption = self.word("status_caption", &[("list", &list.title)]);
        _ = write!(
            out,
            "<div class=\"frame\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\n<table>\n<caption>{caption}</caption>\n<thead><tr>"
        );
        let has_sections = list.sections.len() > 1;
        for entry in ["status_school", "status_round"] {
            _ = write!(out, "<th scope=\"col\">{}</th>", self.word(entry, &[]));
        }
        if has_sections {
            for section in &list.sections {
                let title = match &**section {
                    "" => self.word("status_no_section", &[]),
                    section => escaped(section),
                };
                _ = write!(out, "<th scope=\"col\">{title}</th>");
            }
        }
        for entry in [
            "status_total",
            "status_unanswered",
            "status_change",
            "status_due",
        ] {
            _ = write!(out, "<th scope=\"col\">{}</th>", self.word(entry, &[]));
        }
        out.push_str("</tr></thead>\n");
        for school in &list.schools {
            self.school(out, list, school, has_sections);
        }
        out.push_str("</table>\n</div>\n");
        for school in &list.schools {
            if let Some(last) = school.rounds.last() {
                self.details(out, school, last);
            }
        }
    }

    fn school(
        &self,
        out: &mut String,
        list: &ListOverview,
        school: &SchoolOverview,
        has_sections: bool,
    ) {
        let name = escaped(&school.school);
        if school.rounds.is_empty() {
            let columns = 5 + if has_sections { list.sections.len() } else { 0 };
            let text = self.word("status_missing", &[]);
            _ = writeln!(
                out,
                "<tbody><tr><th scope=\"row\">{name}</th><td colspan=\"{columns}\">{text}</td></tr></tbody>"
            );
            return;
        }
        out.push_str("<tbody>");
        for (at, round) in school.rounds.iter().enumerate() {
            out.push_str("<tr>");
            if at == 0 {
                let count = school.rounds.len();
                _ = write!(
                    out,
                    "<th scope=\"rowgroup\" rowspan=\"{count}\">{name}</th>"
                );
            }
            _ = write!(out, "<th scope=\"row\">{}</th>", self.round(round));
            if has_sections {
                for counts in &round.sections {
                    _ = write!(out, "<td>{}</td>", self.progress(counts));
                }
            }
            let waiting = round.unanswered.len();
            let change = self.change(round);
            let due = self.due(&round.total);
            let total = self.progress(&round.total);
            _ = writeln!(
                out,
                "<td>{total}</td><td>{waiting}</td><td>{change}</td><td>{due}</td></tr>"
            );
        }
        out.push_str("</tbody>\n");
    }

    fn round(&self, round: &RoundOverview) -> String {
        let number = round.number.to_string();
        let mut text = match &*round.name {
            "" => self.word("status_round_number", &[("n", &number)]),
            name => escaped(name),
        };
        if !round.start.is_empty() {
            _ = write!(text, " ({})", escaped(&round.start));
        }
        text
    }

    /// «3 af 8, 2 nået»
    fn progress(&self, counts: &Counts) -> String {
        let numbers = [
            counts.answered,
            counts.items,
            counts.reached,
            counts.not_relevant,
        ]
        .map(|number| number.to_string());
        let values = [
            ("n", &*numbers[0]),
            ("count", &*numbers[1]),
            ("reached", &*numbers[2]),
            ("irrelevant", &*numbers[3]),
        ];
        let mut text = self.word("status_progress", &values);
        if counts.not_relevant > 0 {
            push(&mut text, " ");
            text.push_str(&self.word("status_irrelevant", &values));
        }
        text
    }

    fn change(&self, round: &RoundOverview) -> String {
        if round.number == 1 {
            return self.word("status_first", &[]);
        }
        let (up, down) = (round.total.up.to_string(), round.total.down.to_string());
        self.word("status_moved", &[("up", &up), ("down", &down)])
    }

    fn due(&self, counts: &Counts) -> String {
        let (due, overdue) = (counts.due.to_string(), counts.overdue.to_string());
        self.word("status_due_count", &[("n", &due), ("overdue", &overdue)])
    }

    /// What waits for an answer in a team's latest round, and what may be told of it.
    fn details(&self, out: &mut String, school: &SchoolOverview, round: &RoundOverview) {
        let waiting = round.unanswered.iter().map(|item| {
            let section = match &*item.section {
                "" => String::new(),
                section => format!("{}: ", escaped(section)),
            };
            format!("{section}{}", escaped(&item.text))
        });
        self.fold(
            out,
            "status_unanswered_of",
            school,
            round,
            waiting.collect(),
        );
        let told = |list: &[Told]| -> Vec<String> {
            let text = |told: &Told| format!("{}: {}", escaped(&told.item), escaped(&told.text));
            list.iter().map(text).collect()
        };
        self.fold(out, "status_notes_of", school, round, told(&round.notes));
        self.fold(out, "status_names_of", school, round, told(&round.names));
        if round.earlier_items > 0 {
            let count = round.earlier_items.to_string();
            let values = [("school", &*school.school), ("count", &*count)];
            self.line(out, "p", &self.word("status_earlier", &values));
        }
    }

    fn fold(
        &self,
        out: &mut String,
        entry: &str,
        school: &SchoolOverview,
        round: &RoundOverview,
        lines: Vec<String>,
    ) {
        if lines.is_empty() {
            return;
        }
        let (count, number) = (lines.len().to_string(), round.number.to_string());
        let values = [
            ("school", &*school.school),
            ("count", &*count),
            ("n", &*number),
        ];
        _ = writeln!(
            out,
            "<details><summary>{}</summary>\n<ul>",
            self.word(entry, &values)
        );
        for line in lines {
            self.line(out, "li", &line);
        }
        out.push_str("</ul>\n</details>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who changes the style makes its hash anew:
    /// `printf %s STYLE | openssl dgst -sha256 -binary | base64`.
    #[test]
    fn the_policy_is_that_of_the_style() {
        let known = blake3::hash(format!("{POLICY}{STYLE}").as_bytes()).to_hex();
        assert_eq!(&known[..16], "58e0540e4d89230c");
    }
}
