//! The keys of each kind of page, beyond those that all pages share.

use super::values;
use crate::diagnostic::Code;
use crate::markdown::raw_html;
use crate::model::front_matter::*;
use crate::text::date;
use crate::text::span::{Spanned, TextRange};
use crate::yaml::KeyReader;

/// The longest definition of a term, in words.
const MAX_DEFINITION: usize = 60;

/// Reads the keys of one kind.
pub fn read(kind: Kind, keys: &mut KeyReader) -> KindData {
    match kind {
        Kind::Page => KindData::Page,
        Kind::Guide => KindData::Guide(guide(keys)),
        Kind::Method => KindData::Method(Box::new(method(keys))),
        Kind::Model => KindData::Model(Box::new(model(keys))),
        Kind::Value => KindData::Member(Box::new(member(MemberKind::Value, keys))),
        Kind::CoreElement => KindData::Member(Box::new(member(MemberKind::CoreElement, keys))),
        Kind::Aspect => KindData::Member(Box::new(member(MemberKind::Aspect, keys))),
        Kind::Case => KindData::Case(Box::new(case(keys))),
        Kind::Checklist => KindData::Checklist(Box::new(checklist(keys))),
        Kind::Term => KindData::Term(Box::new(term(keys))),
        Kind::Source => KindData::Source(Box::new(source(keys))),
    }
}

fn guide(keys: &mut KeyReader) -> Guide {
    keys.required_node("chapters");
    Guide {
        chapters: keys.texts("chapters"),
    }
}

fn method(keys: &mut KeyReader) -> Method {
    let required =
        |keys: &mut KeyReader, key| keys.required_text(key).map(|t| t.value).unwrap_or_default();
    Method {
        purpose: required(keys, "purpose"),
        audience: required(keys, "audience"),
        steps: keys.maps("steps", step).into_iter().flatten().collect(),
        requires: keys.words("requires"),
        not_for: keys.words("not_for"),
        tested_in: keys.texts("tested_in"),
        checklists: keys.texts("checklists"),
        time: keys.words("time"),
        resources: keys.map("resources", |keys| Resources {
            people: keys.words("people"),
            money: keys.words("money"),
            note: keys.words("note"),
        }),
        maturity: maturity(keys),
    }
}

fn step(keys: &mut KeyReader, _place: TextRange) -> Option<Step> {
    keys.required_node("id");
    let id = keys.id("id");
    let title = keys.required_text("title");
    let text = keys.words("text").unwrap_or_default();
    let role = keys.text("role");
    let duration = keys.words("duration");
    let checklist = keys.text("checklist");
    Some(Step {
        id: id?,
        title: title?.value,
        text,
        role,
        duration,
        checklist,
    })
}

fn maturity(keys: &mut KeyReader) -> Option<Maturity> {
    keys.choice(
        "maturity",
        &[
            ("developing", Maturity::Developing),
            ("tested", Maturity::Tested),
            ("established", Maturity::Established),
        ],
    )
}

fn model(keys: &mut KeyReader) -> GuidanceModel {
    let mut model = GuidanceModel::default();
    keys.required_node("consists_of");
    keys.map("consists_of", |keys| {
        model.values = keys.texts("values");
        model.core_elements = keys.texts("core_elements");
        model.aspects = keys.texts("aspects");
    });
    if let Some(node) = keys.required_node("counts") {
        model.counts.place = node.range.clone();
    }
    keys.map("counts", |keys| {
        let mut count = |key| keys.integer(key, 0..=100).map(|n| n.value);
        model.counts.values = count("values");
        model.counts.core_elements = count("core_elements");
        model.counts.aspects = count("aspects");
    });
    model.purpose = keys.words("purpose");
    model.period = keys.words("period");
    model.maturity = maturity(keys);
    model.cycle = cycle("cycle", keys);
    model
}

fn cycle(key: &'static str, keys: &mut KeyReader) -> Option<Cycle> {
    keys.map(key, |keys| {
        keys.required_node("min");
        keys.required_node("max");
        keys.required_node("unit");
        let min = keys.integer("min", 1..=1000);
        let max = keys.integer("max", 1..=1000);
        let unit = keys.choice(
            "unit",
            &[
                ("days", Unit::Days),
                ("weeks", Unit::Weeks),
                ("months", Unit::Months),
            ],
        );
        let (min, max) = (min?, max?);
        if max.value < min.value {
            keys.report(Code::BadValue, max.range)
                .arg("key", "max")
                .arg("known", format!("{}–1000", min.value));
            return None;
        }
        Some(Cycle {
            min: min.value,
            max: max.value,
            unit: unit?,
        })
    })
    .flatten()
}

fn member(kind: MemberKind, keys: &mut KeyReader) -> Member {
    keys.required_node("number");
    let is_core_element = kind == MemberKind::CoreElement;
    Member {
        kind,
        model: keys.required_text("model"),
        number: keys.integer("number", 1..=100),
        statement: keys
            .required_text("statement")
            .map(|t| t.value)
            .unwrap_or_default(),
        carried_out_by: is_core_element
            .then(|| keys.words("carried_out_by"))
            .flatten(),
        rhythm: is_core_element.then(|| keys.words("rhythm")).flatten(),
        values: if is_core_element {
            keys.texts("values")
        } else {
            Vec::new()
        },
        has_editorial_values: is_core_element
            && keys.boolean("values_editorial").unwrap_or_default(),
    }
}

fn case(keys: &mut KeyReader) -> Case {
    let required =
        |keys: &mut KeyReader, key| keys.required_text(key).map(|t| t.value).unwrap_or_default();
    Case {
        organisation: required(keys, "organisation"),
        case_type: required(keys, "case_type"),
        period: required(keys, "period"),
        results: keys.texts("results"),
        actors: values(keys.texts("actors")),
        methods: keys.texts("methods"),
        transfer: keys.map("transfer", |keys| Transfer {
            resembles: keys.words("resembles"),
            presupposes: keys.words("presupposes"),
            beware: keys.words("beware"),
        }),
    }
}

fn checklist(keys: &mut KeyReader) -> Checklist {
    let version = keys.integer("version", 1..=1_000_000);
    Checklist {
        version: version.as_ref().map_or(1, |n| n.value),
        version_range: version.map(|n| n.range),
        answers: keys
            .choice(
                "answers",
                &[
                    ("done", Answers::Done),
                    ("yes-partly-no", Answers::YesPartlyNo),
                    ("scale-4", Answers::ScaleFour),
                ],
            )
            .unwrap_or_default(),
        repeat: cycle("repeat", keys),
        collect: keys.texts("collect"),
        retired: keys
            .maps("retired", retired)
            .into_iter()
            .flatten()
            .collect(),
        duration: keys.words("duration"),
        has_signature: keys.boolean("signature").unwrap_or_default(),
        fields: keys.maps("fields", field).into_iter().flatten().collect(),
    }
}

fn retired(keys: &mut KeyReader, _place: TextRange) -> Option<RetiredItem> {
    keys.required_node("id");
    let id = keys.id("id");
    let text = keys.required_text("text");
    let since = keys.date("since").map(|d| d.value);
    let why = keys.words("why");
    Some(RetiredItem {
        id: id?,
        text: text?.value,
        since,
        why,
    })
}

fn field(keys: &mut KeyReader, _place: TextRange) -> Option<Field> {
    keys.required_node("id");
    let id = keys.id("id");
    let label = keys.required_text("label");
    let kind = keys.choice(
        "type",
        &[
            ("text", FieldKind::Text),
            ("date", FieldKind::Date),
            ("person", FieldKind::Person),
        ],
    );
    Some(Field {
        id: id?,
        label: label?.value,
        kind: kind.unwrap_or(FieldKind::Text),
    })
}

fn term(keys: &mut KeyReader) -> Term {
    let definition = keys.required_text("definition");
    if let Some(Spanned { value, range }) = &definition
        && value.split_whitespace().count() > MAX_DEFINITION
    {
        keys.report(Code::DefinitionLong, range.clone())
            .arg("count", value.split_whitespace().count().to_string())
            .arg("limit", MAX_DEFINITION.to_string());
    }
    Term {
        definition: definition.map(|t| t.value).unwrap_or_default(),
        local_name: keys.text("local_name"),
        abbreviations: keys.texts("abbreviations"),
        synonyms: keys.texts("synonyms"),
        forms: keys.texts("forms"),
        parts: values(keys.texts("parts")),
        not_to_be_confused_with: keys.texts("not_to_be_confused_with"),
        is_autolinked: keys
            .choice("autolink", &[("first", true), ("never", false)])
            .unwrap_or(true),
    }
}

fn source(keys: &mut KeyReader) -> CitedSource {
    const TYPES: [&str; 7] = [
        "press-release",
        "vendor-article",
        "project-description",
        "presentation",
        "law",
        "knowledge-note",
        "research",
    ];
    keys.required_node("source_type");
    keys.required_node("access");
    CitedSource {
        source_type: keys
            .choice("source_type", &TYPES.map(|name| (name, name)))
            .unwrap_or("research"),
        publisher: keys
            .required_text("publisher")
            .map(|t| t.value)
            .unwrap_or_default(),
        dated: dated(keys),
        is_seen: keys
            .choice("access", &[("seen", true), ("mentioned", false)])
            .unwrap_or(false),
        mentioned_in: keys.texts("mentioned_in"),
        url: web_address(keys),
        interest: keys.words("interest"),
        caveats: values(keys.texts("caveats")),
    }
}

/// A source's address: only pages of the web can be shown as links.
fn web_address(keys: &mut KeyReader) -> Option<Spanned<String>> {
    let url = keys.text_like("url", "^[Hh][Tt][Tt][Pp][Ss]?://[^ ]+$")?;
    let lower = url.value.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(url);
    }
    let scheme = raw_html::scheme(&url.value);
    let is_host = scheme.is_none()
        && url
            .value
            .split('/')
            .next()
            .is_some_and(|host| host.contains('.'));
    let shown = scheme.map_or_else(|| url.value.clone(), |scheme| format!("{scheme}:"));
    let finding = keys.report(Code::LinkScheme, url.range);
    finding.arg("scheme", shown);
    if is_host {
        finding.arg("nearest", format!("https://{}", url.value));
    }
    None
}

fn dated(keys: &mut KeyReader) -> Dated {
    keys.required_node("dated");
    let form = "^(unknown|[12][0-9]{3}(-[0-9]{2}-[0-9]{2})?)$";
    let Some(text) = keys.text_like("dated", form) else {
        return Dated::Unknown;
    };
    if text.value == "unknown" {
        return Dated::Unknown;
    }
    if let Some(date) = date::parse(&text.value) {
        return Dated::Date(date);
    }
    if let Some(year) = text
        .value
        .parse()
        .ok()
        .filter(|year| (1000..=2999).contains(year))
    {
        return Dated::Year(year);
    }
    keys.report(Code::BadDate, text.range)
        .arg("key", "dated")
        .arg("value", text.value);
    Dated::Unknown
}
