//! Typed numbers with all that is known of them: the results of a case, and the list under a text that shows them.

use super::Planner;
use crate::model::front_matter::{FigureValue, Sign};
use crate::model::plan::FigureView;
use crate::model::site::{Page, SiteFigure};

/// «Tal på siden»: the numbers that a page's text shows, in the order of their first use.
pub fn of_page(planner: &Planner, page: &Page) -> Vec<FigureView> {
    let figures = planner.site.figures_of(page).into_iter();
    figures
        .map(|(id, figure)| view(planner, page, id, figure))
        .collect()
}

/// One figure's record, in the language of the page that shows it.
pub fn view(planner: &Planner, page: &Page, id: &str, figure: &SiteFigure) -> FigureView {
    let record = &figure.figure;
    let sources = figure.sources.iter().map(|id| planner.site.page(*id));
    FigureView {
        id: id.to_string(),
        value: figure.text(&planner.site.language(page).code),
        what: record.what.clone(),
        population: record.population.clone(),
        period: record.period.clone(),
        as_written: record.as_written.clone(),
        note: record.note.clone(),
        sources: sources.map(|source| planner.link(source)).collect(),
        formula: formula(planner, page, figure),
    }
}

/// «9,2 − 5,2»
fn formula(planner: &Planner, page: &Page, figure: &SiteFigure) -> Option<String> {
    let FigureValue::Derived { left, sign, right } = &figure.figure.value else {
        return None;
    };
    let language = &planner.site.language(page).code;
    let number = |id: &str| Some(planner.site.figures.get(id)?.number(language));
    let sign = match sign {
        Sign::Plus => '+',
        Sign::Minus => '\u{2212}',
    };
    Some(format!(
        "{} {sign} {}",
        number(&left.value)?,
        number(&right.value)?
    ))
}
