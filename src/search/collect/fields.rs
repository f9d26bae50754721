//! What a page shows beside its body, as text: the fields of its kind, its numbers, the entries of a list.
//!
//! In: a page with its front matter. Out: sections, or more text for the page's beginning.

use super::{Section, SectionKind, shown};
use crate::model::front_matter::*;
use crate::model::site::{Page, Site, SiteFigure};

/// What a page of a kind shows beside its body.
pub fn kind(
    site: &Site,
    page: &Page,
    fm: &FrontMatter,
    intro: &mut Text,
    sections: &mut Vec<Section>,
) {
    match &fm.kind {
        KindData::Method(method) => {
            intro.add(method.purpose.as_str());
            intro.add(method.audience.as_str());
            intro.add(method.requires.as_deref());
            intro.add(method.not_for.as_deref());
            intro.add(method.time.as_deref());
            if let Some(resources) = &method.resources {
                intro.add(resources.people.as_deref());
                intro.add(resources.money.as_deref());
                intro.add(resources.note.as_deref());
            }
            sections.extend(method.steps.iter().map(|step| Section {
                kind: SectionKind::Section,
                fragment: Some(format!("vv-step-{}", step.id.value)),
                heading: step.title.clone(),
                text: step.text.clone(),
                names: Vec::new(),
                keywords: Vec::new(),
            }));
        }
        KindData::Model(model) => {
            intro.add(model.purpose.as_deref());
            intro.add(model.period.as_deref());
            for members in [&model.values, &model.core_elements, &model.aspects] {
                site.targets(page, members)
                    .for_each(|member| intro.add(&*member.title));
            }
        }
        KindData::Member(member) => {
            intro.add(member.statement.as_str());
            intro.add(member.carried_out_by.as_deref());
            intro.add(member.rhythm.as_deref());
        }
        KindData::Case(case) => {
            intro.add(case.organisation.as_str());
            intro.add(case.period.as_str());
            intro.all(&case.actors);
            for result in &case.results {
                if let Some(figure) = site.figures.get(&result.value) {
                    intro.add(figure.text(&site.language(page).code).as_str());
                    intro.add(figure.figure.what.as_deref());
                    intro.add(figure.figure.population.as_deref());
                    intro.add(figure.figure.period.as_deref());
                }
            }
            if let Some(transfer) = &case.transfer {
                intro.add(transfer.resembles.as_deref());
                intro.add(transfer.presupposes.as_deref());
                intro.add(transfer.beware.as_deref());
            }
        }
        KindData::Checklist(checklist) => {
            checklist
                .fields
                .iter()
                .for_each(|field| intro.add(field.label.as_str()));
        }
        KindData::Page | KindData::Guide(_) | KindData::Term(_) | KindData::Source(_) => {}
    }
}

/// A typed number with what is told of it.
pub fn figure(site: &Site, page: &Page, id: &str, figure: &SiteFigure) -> Section {
    let record = &figure.figure;
    let mut text = Text::default();
    text.add(figure.text(&site.language(page).code).as_str());
    for told in [
        &record.population,
        &record.period,
        &record.as_written,
        &record.note,
    ] {
        text.add(told.as_deref());
    }
    Section {
        kind: SectionKind::Section,
        fragment: Some(format!("vv-figure-{id}")),
        heading: record.what.clone().unwrap_or_default(),
        text: text.0,
        names: Vec::new(),
        keywords: Vec::new(),
    }
}

/// An entry of the glossary or of the list of sources.
pub fn entry(site: &Site, entry: &Page, fm: &FrontMatter) -> Section {
    let mut text = Text::default();
    let mut names = Vec::new();
    match &fm.kind {
        KindData::Term(term) => {
            text.add(term.definition.as_str());
            let lists = [&term.abbreviations, &term.synonyms, &term.forms];
            let others = lists.into_iter().flatten().chain(&term.local_name);
            names.extend(others.map(|name| name.value.clone()));
        }
        KindData::Source(source) => {
            text.add(source.publisher.as_str());
            text.add(source.interest.as_deref());
            text.all(&source.caveats);
        }
        _ => {}
    }
    for piece in &entry.pieces {
        let document = site.document(piece.document);
        for at in 0..document.shown.len() {
            shown(site, entry, piece, document, at, &mut text.0);
        }
    }
    Section {
        kind: if entry.kind == Kind::Term {
            SectionKind::Term
        } else {
            SectionKind::Section
        },
        fragment: entry.fragment.as_deref().map(String::from),
        heading: entry.title.to_string(),
        text: text.0,
        names,
        keywords: fm.keywords.clone(),
    }
}

/// Texts with a space between them.
#[derive(Default)]
pub struct Text(pub String);

impl Text {
    pub fn add<'a>(&mut self, text: impl Into<Option<&'a str>>) {
        for word in text.into().into_iter().flat_map(str::split_whitespace) {
            if !self.0.is_empty() {
                self.0.push(' ');
            }
            self.0.push_str(word);
        }
    }

    pub fn all(&mut self, texts: &[String]) {
        texts.iter().for_each(|text| self.add(text.as_str()));
    }
}
