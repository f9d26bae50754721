//! What each kind's page shows beyond what all pages share.

use super::{Planner, about, figures, guides, where_used};
use crate::model::front_matter::*;
use crate::model::plan::*;
use crate::model::site::Page;
use std::sync::Arc;

/// Adds the kind's own part to a page's view.
pub fn fill(planner: &Planner, page: &Page, fm: &FrontMatter, view: &mut PageView) {
    match &fm.kind {
        KindData::Page | KindData::Term(_) | KindData::Source(_) => {}
        KindData::Guide(_) => guides::fill(planner, page, view),
        KindData::Method(data) => view.method = Some(method(planner, page, data)),
        KindData::Model(data) => view.model = Some(model(planner, page, data)),
        KindData::Member(data) => {
            let member = member(planner, page, data);
            view.kicker = Some(member.position.clone()).filter(|position| !position.is_empty());
            view.member = Some(member);
        }
        KindData::Case(data) => view.case = Some(case(planner, page, data)),
        KindData::Checklist(data) => view.checklist = Some(checklist(planner, page, data)),
    }
}

fn method(planner: &Planner, page: &Page, method: &Method) -> MethodView {
    let site = planner.site;
    let texts = planner.texts(page);
    let language = &site.language(page).code;
    let count = method.steps.len().to_string();
    let step = |(i, step): (usize, &Step)| StepView {
        id: format!("vv-step-{}", step.id.value),
        number: i + 1,
        label: texts.filled("step_of", &[("n", &(i + 1).to_string()), ("count", &count)]),
        title: step.title.clone(),
        text: step.text.clone(),
        role: step
            .role
            .as_ref()
            .and_then(|role| site.config.role(&role.value))
            .map(|role| role.title.in_language(language).to_string()),
        duration: step.duration.clone(),
        checklist: step
            .checklist
            .as_ref()
            .and_then(|checklist| site.target(page, checklist))
            .map(|list| planner.link(list)),
    };
    MethodView {
        purpose: method.purpose.clone(),
        audience: method.audience.clone(),
        not_for: method.not_for.clone(),
        requires: method.requires.clone(),
        time: method.time.clone(),
        resources: method.resources.as_ref().map(|resources| ResourcesView {
            people: resources.people.clone(),
            money: resources.money.clone(),
            note: resources.note.clone(),
        }),
        maturity: method
            .maturity
            .map(|maturity| texts.text(maturity.text_key()).to_string()),
        steps: method.steps.iter().enumerate().map(step).collect(),
        checklists: site
            .targets(page, &method.checklists)
            .map(|list| planner.described(list))
            .collect(),
        tested_in: site
            .targets(page, &method.tested_in)
            .map(|case| planner.described(case))
            .collect(),
    }
}

fn model(planner: &Planner, page: &Page, model: &GuidanceModel) -> ModelView {
    let texts = planner.texts(page);
    let lists = [
        ("vv-values", "value", "group_values", &model.values),
        (
            "vv-core-elements",
            "core-element",
            "group_core_elements",
            &model.core_elements,
        ),
        ("vv-aspects", "aspect", "group_aspects", &model.aspects),
    ];
    let mut groups = Vec::new();
    for (id, kind, title, members) in lists {
        let items: Vec<ModelItem> = planner
            .site
            .targets(page, members)
            .enumerate()
            .filter(|(_, member)| member.status != Status::Retracted)
            .map(|(i, p)| model_item(planner, i + 1, p))
            .collect();
        if !items.is_empty() {
            groups.push(ModelGroup {
                id,
                title: texts.counted(title, items.len()),
                kind,
                items,
            });
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|group: &ModelGroup| lower_first(&group.title))
        .collect();
    let and = texts.text("and").to_string();
    ModelView {
        purpose: model.purpose.clone(),
        period: model.period.clone(),
        maturity: model
            .maturity
            .map(|maturity| texts.text(maturity.text_key()).to_string()),
        cycle: model.cycle.map(|cycle| CycleView {
            title: cycle_text(planner, page, cycle, "cycle_title"),
            text: cycle_text(planner, page, cycle, "cycle_text"),
        }),
        diagram_description: texts.filled(
            "diagram_desc",
            &[
                ("title", &page.title),
                ("groups", &parts.join(&format!(" {and} "))),
            ],
        ),
        groups,
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

fn model_item(planner: &Planner, number: usize, member: &Page) -> ModelItem {
    let data = planner
        .site
        .front_matter(member)
        .and_then(|fm| match &fm.kind {
            KindData::Member(data) => Some(data),
            _ => None,
        });
    let id = member
        .content_id
        .clone()
        .unwrap_or_else(|| format!("vv-member-{number}").into());
    ModelItem {
        id,
        number,
        title: Arc::clone(&member.title),
        short_title: planner.short_title(member),
        url: planner.url(member),
        statement: data.map(|data| data.statement.clone()).unwrap_or_default(),
        carried_out_by: data.and_then(|data| data.carried_out_by.clone()),
        rhythm: data.and_then(|data| data.rhythm.clone()),
    }
}

/// «Gentages hver 6.–8. uge», «Forløbet på 6–8 uger»
fn cycle_text(planner: &Planner, page: &Page, cycle: Cycle, key: &str) -> String {
    let texts = planner.texts(page);
    let (min, max) = (cycle.min.to_string(), cycle.max.to_string());
    let units = format!("{}_plural", cycle.unit.text_key());
    let unit = if key == "cycle_title" {
        texts.text(&units)
    } else {
        texts.text(cycle.unit.text_key())
    };
    texts.filled(key, &[("min", &min), ("max", &max), ("unit", unit)])
}

fn member(planner: &Planner, page: &Page, member: &Member) -> MemberView {
    let site = planner.site;
    let texts = planner.texts(page);
    let model = member
        .model
        .as_ref()
        .and_then(|model| site.target(page, model));
    let siblings: Vec<&Page> = model
        .map(|model| siblings(planner, model, member.kind))
        .unwrap_or_default();
    let key = match member.kind {
        MemberKind::Value => "position_value",
        MemberKind::CoreElement => "position_core_element",
        MemberKind::Aspect => "position_aspect",
    };
    let number = member
        .number
        .as_ref()
        .map_or_else(String::new, |n| n.value.to_string());
    let is_placed = !siblings.is_empty() && !number.is_empty();
    MemberView {
        model: model.map(|model| planner.link(model)),
        position: if is_placed {
            texts.filled(
                key,
                &[("n", &number), ("count", &siblings.len().to_string())],
            )
        } else {
            String::new()
        },
        statement: member.statement.clone(),
        carried_out_by: member.carried_out_by.clone(),
        rhythm: member.rhythm.clone(),
        values: site
            .targets(page, &member.values)
            .map(|value| planner.link(value))
            .collect(),
        values_editorial: member.has_editorial_values,
        siblings: siblings
            .iter()
            .enumerate()
            .map(|(i, sibling)| SiblingView {
                number: i + 1,
                title: planner.short_title(sibling),
                url: planner.url(sibling),
                current: sibling.id == page.id,
            })
            .collect(),
    }
}

/// The members of a kind in the order the model gives them.
fn siblings<'a>(planner: &'a Planner, model: &'a Page, kind: MemberKind) -> Vec<&'a Page> {
    let Some(KindData::Model(data)) = planner.site.front_matter(model).map(|fm| &fm.kind) else {
        return Vec::new();
    };
    let list = match kind {
        MemberKind::Value => &data.values,
        MemberKind::CoreElement => &data.core_elements,
        MemberKind::Aspect => &data.aspects,
    };
    planner.site.targets(model, list).collect()
}

fn case(planner: &Planner, page: &Page, case: &Case) -> CaseView {
    let texts = planner.texts(page);
    let type_key = format!("case_type_{}", case.case_type.replace('-', "_"));
    let case_type = if texts.has(&type_key) {
        texts.text(&type_key).to_string()
    } else {
        case.case_type.clone()
    };
    let fact = |key: &str, text: &str| FactView {
        label: texts.text(key).to_string(),
        text: text.to_string(),
    };
    let results = case.results.iter().map(|result| result.value.as_str());
    let results = results.filter_map(|id| Some((id, planner.site.figures.get(id)?)));
    CaseView {
        facts: vec![
            fact("fact_organisation", &case.organisation),
            fact("fact_period", &case.period),
            fact("fact_case_type", &case_type),
        ],
        results: results
            .map(|(id, figure)| figures::view(planner, page, id, figure))
            .collect(),
        actors: case.actors.clone(),
        methods: where_used::methods_of(planner, page)
            .into_iter()
            .map(|method| planner.described(method))
            .collect(),
        transfer: case.transfer.as_ref().map(|transfer| TransferView {
            resembles: transfer.resembles.clone(),
            presupposes: transfer.presupposes.clone(),
            beware: transfer.beware.clone(),
        }),
    }
}

fn checklist(planner: &Planner, page: &Page, checklist: &Checklist) -> ChecklistView {
    let retired = checklist.retired.iter().map(|item| RetiredView {
        id: item.id.value.clone(),
        text: item.text.clone(),
        since: item.since.map(|day| about::date_view(planner, page, day)),
        why: item.why.clone(),
    });
    ChecklistView {
        answers: checklist.answers.name(),
        count: item_count(page),
        duration: checklist.duration.clone(),
        repeat: checklist
            .repeat
            .map(|cycle| cycle_text(planner, page, cycle, "repeat_text")),
        cycle: checklist.repeat.map(repeat),
        retired: retired.collect(),
        fields: fields(checklist),
        signature: checklist.has_signature,
    }
}

/// How many items a checklist asks, its own and those it collects.
pub fn item_count(page: &Page) -> usize {
    let own: usize = page.pieces.iter().map(|piece| piece.item_ids.len()).sum();
    let collected: usize = page.collected.iter().map(|group| group.items.len()).sum();
    own + collected
}

/// How often a checklist is answered again, for scripts.
pub fn repeat(cycle: Cycle) -> RepeatView {
    RepeatView {
        min: cycle.min,
        max: cycle.max,
        unit: cycle.unit.name(),
    }
}

/// What a checklist asks in each round beside its items.
pub fn fields(checklist: &Checklist) -> Vec<FieldView> {
    let field = |field: &Field| FieldView {
        id: field.id.value.clone(),
        label: field.label.clone(),
        kind: field.kind.name(),
    };
    checklist.fields.iter().map(field).collect()
}
