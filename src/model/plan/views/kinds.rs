//! The views of what each kind shows beyond what all pages share.

use super::{DescribedLink, FigureView, LinkView, RepeatView, RetiredView};
use serde::Serialize;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MethodView {
    pub purpose: String,
    pub audience: String,
    pub not_for: Option<String>,
    pub requires: Option<String>,
    pub time: Option<String>,
    pub resources: Option<ResourcesView>,
    pub maturity: Option<String>,
    pub steps: Vec<StepView>,
    pub checklists: Vec<DescribedLink>,
    pub tested_in: Vec<DescribedLink>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResourcesView {
    pub people: Option<String>,
    pub money: Option<String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepView {
    pub id: String,
    pub number: usize,
    pub label: String,
    pub title: String,
    pub text: String,
    pub role: Option<String>,
    pub duration: Option<String>,
    pub checklist: Option<LinkView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelView {
    pub purpose: Option<String>,
    pub period: Option<String>,
    pub maturity: Option<String>,
    pub groups: Vec<ModelGroup>,
    pub cycle: Option<CycleView>,
    /// The description of the diagram for those who do not see it.
    pub diagram_description: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelGroup {
    pub id: &'static str,
    pub title: String,
    pub kind: &'static str,
    pub items: Vec<ModelItem>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelItem {
    pub id: Arc<str>,
    pub number: usize,
    pub title: Arc<str>,
    /// For the diagram, where room is short.
    pub short_title: Arc<str>,
    pub url: Arc<str>,
    pub statement: String,
    pub carried_out_by: Option<String>,
    pub rhythm: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CycleView {
    pub title: String,
    pub text: String,
}

/// A value, core element or aspect among its siblings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberView {
    pub model: Option<LinkView>,
    pub position: String,
    pub statement: String,
    pub carried_out_by: Option<String>,
    pub rhythm: Option<String>,
    pub values: Vec<LinkView>,
    pub values_editorial: bool,
    pub siblings: Vec<SiblingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SiblingView {
    pub number: usize,
    pub title: Arc<str>,
    pub url: Arc<str>,
    pub current: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseView {
    pub facts: Vec<FactView>,
    pub results: Vec<FigureView>,
    pub actors: Vec<String>,
    pub methods: Vec<DescribedLink>,
    pub transfer: Option<TransferView>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactView {
    pub label: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransferView {
    pub resembles: Option<String>,
    pub presupposes: Option<String>,
    pub beware: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChecklistView {
    pub answers: &'static str,
    pub count: usize,
    pub duration: Option<String>,
    pub repeat: Option<String>,
    /// The same for scripts.
    pub cycle: Option<RepeatView>,
    pub retired: Vec<RetiredView>,
    pub fields: Vec<FieldView>,
    pub signature: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldView {
    pub id: String,
    pub label: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
}
