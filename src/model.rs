//! The types handed from stage to stage. Plain data, complete when built; no stage, no disk, no templates.

pub mod brand;
pub mod checklist;
pub mod config;
pub mod document;
pub mod front_matter;
pub mod graph;
pub mod ids;
pub mod lock;
pub mod output;
pub mod plan;
pub mod site;
pub mod source;
