//! `check -v`: how hard the texts are to read, for each language.
//!
//! In: what came of a check. Out: a line for each language with the average lix, and the pages that are hardest. A
//! measure, never a gate: it counts words and knows nothing of sense.

use super::console::Console;
use crate::diagnostic::catalogue::harmless;
use crate::diagnostic::terminal::Sources;
use crate::model::ids::PageId;
use crate::pipeline::Report;
use crate::text::lix::Lix;

/// From here on a text is as hard as the prose of public administration.
const HARD: u32 = 45;
/// The most pages that are named for each language.
const MOST_NAMED: usize = 5;

/// Tells of every language's texts, where `-v` asks for it.
pub fn tell(console: &Console, report: &Report) {
    let Some(site) = report.site().filter(|_| console.is_verbose()) else {
        return;
    };
    let pages = report.readability();
    for (place, language) in site.languages.iter().enumerate() {
        let of_language = |page: &&(PageId, Lix)| usize::from(site.page(page.0).language) == place;
        let own: Vec<_> = pages.iter().filter(of_language).collect();
        let mut all = Lix::default();
        own.iter().for_each(|(_, lix)| all += *lix);
        let Some(average) = all.value() else {
            continue;
        };
        let mut hard: Vec<(u32, PageId)> = own
            .iter()
            .filter_map(|(page, lix)| Some((lix.value().filter(|value| *value >= HARD)?, *page)))
            .collect();
        hard.sort_by_key(|(value, page)| (std::cmp::Reverse(*value), *page));
        let numbers = [average, own.len() as u32, HARD, hard.len() as u32].map(|n| n.to_string());
        console.say(
            "readability",
            &[
                ("language", &language.code),
                ("lix", &numbers[0]),
                ("pages", &numbers[1]),
                ("limit", &numbers[2]),
                ("hard", &numbers[3]),
            ],
        );
        for (value, page) in hard.into_iter().take(MOST_NAMED) {
            let file = site.span(site.page(page), 0..0).file;
            let path = harmless(report.files.path(file));
            console.say(
                "readability_page",
                &[("lix", &value.to_string()), ("path", &path)],
            );
        }
    }
}
