//! «Viden bag»: no page claims more strength than its sources can bear.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::front_matter::{Evidence, FrontMatter, Kind, Status};
use crate::model::site::{Page, Site};

/// Checks what every page says of the knowledge behind it.
pub fn check(site: &Site, diags: &mut Diagnostics) {
    for page in site.pages.iter().filter(|page| page.is_listed()) {
        let Some(front_matter) = site.front_matter(page) else {
            continue;
        };
        match &front_matter.evidence {
            Some(evidence) => strength(site, page, evidence, diags),
            None => missing(site, page, front_matter, diags),
        }
    }
}

/// What tells people how to act says what it rests on.
fn missing(site: &Site, page: &Page, front_matter: &FrontMatter, diags: &mut Diagnostics) {
    let is_asked = matches!(page.kind, Kind::Method | Kind::Model | Kind::Case);
    if is_asked && !site.config.is_lenient {
        let title = front_matter.title.as_ref();
        let place = title.map(|title| title.range.clone()).unwrap_or_default();
        diags
            .add(Code::EvidenceMissing, site.span(page, place))
            .arg("kind", page.kind.name());
    }
}

fn strength(site: &Site, page: &Page, evidence: &Evidence, diags: &mut Diagnostics) {
    let Some(strength) = &evidence.strength else {
        return;
    };
    let place = site.span(page, strength.range.clone());
    let Some(first) = evidence.basis.first() else {
        diags
            .add(Code::EvidenceWithoutBasis, place)
            .arg("strength", strength.value.to_string());
        return;
    };
    let sources: Vec<&Page> = site.targets(page, &evidence.basis).collect();
    // Sources that do not exist have been told of.
    if sources.is_empty() {
        return;
    }
    let (most, reason) = borne(site, evidence, &sources);
    if strength.value > most {
        diags
            .add(Code::EvidenceStrength, place)
            .arg("strength", strength.value.to_string())
            .arg("what", format!("strength-{most}"))
            .arg("reason", reason)
            .related(site.span(page, first.range.clone()));
    }
}

/// The strength that the best of the sources bears, and why no more: a word of the catalogue.
fn borne(site: &Site, evidence: &Evidence, sources: &[&Page]) -> (u8, &'static str) {
    let is_synthesis = evidence.design == Some("synthesis");
    let best = sources
        .iter()
        .map(|source| borne_by(site, source, is_synthesis))
        .max_by_key(|(most, _)| *most)
        .unwrap_or((0, "bears-withdrawn"));
    let is_own_word = matches!(evidence.stated_by, Some("party" | "vendor"));
    if is_own_word && best.0 > 1 {
        return (1, "bears-stated-by");
    }
    best
}

/// The strength that one source bears.
fn borne_by(site: &Site, source: &Page, is_synthesis: bool) -> (u8, &'static str) {
    let (Some(front_matter), Some(data)) = (site.front_matter(source), site.source(source)) else {
        return (4, "");
    };
    match front_matter.status {
        Status::Withdrawn | Status::Retracted => (0, "bears-withdrawn"),
        _ if data.is_own_word() => (1, "bears-own-word"),
        _ if !data.is_seen => (2, "bears-mentioned"),
        _ if !data.is_research() => (2, "bears-no-research"),
        _ if !is_synthesis => (3, "bears-no-synthesis"),
        _ => (4, ""),
    }
}
