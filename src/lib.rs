//! `vejviser`: guidance and best-practice material, in Markdown with YAML front matter, as a static site.
//!
//! A build is a chain of plain functions over plain data; problems are data too; only the two ends touch the disk.
//!
//! ```text
//! discover ─▶ parse ─▶ resolve ─▶ audit ─▶ plan ─▶ render ─▶ write
//!   (IO)      (pure)   (pure)   (pure)  (pure)   (pure)    (IO)
//!                          └────────▶ search ────────┘
//! ```
//!
//! | Room | What it is |
//! | --- | --- |
//! | [`pipeline`] | the chain on one screen: read it first |
//! | [`discover`] | finds and reads files |
//! | [`parse`] | one file → one document with its facts |
//! | [`resolve`] | documents → the site: tree, ids, links |
//! | [`audit`] | what an editor should mend before readers trust it |
//! | [`plan`] | every output path and the view its template gets |
//! | [`render`] | views and bodies → bytes |
//! | [`search`] | the site → an index a browser reads piece by piece |
//! | [`write`] | bytes → the output folder, all or nothing |
//! | [`serve`], [`cli`] | the preview server and the command line |
//! | [`schema`] | what an editor's tools may know of the keys |
//! | [`status`] | what teams answered on checklists, from files beside each other |
//! | [`markdown`] | our dialect, read alike by `parse` and `render` |
//! | [`model`] | the types handed from stage to stage |
//! | [`brand`] | the theme in a site's own colours, with its logo |
//! | [`config`], [`theme`], [`i18n`] | what a site sets, looks like and says |
//! | [`lock`] | what a site promised before |
//! | [`diagnostic`] | findings and their words in two languages |
//! | [`yaml`], [`text`], [`fs`] | tools: YAML with places, text, the disk |
//!
//! Who may import what is kept by a test (`tests/suite/architecture.rs`).

#![forbid(unsafe_code)]

pub mod pipeline;

pub mod audit;
pub mod discover;
pub mod parse;
pub mod plan;
pub mod render;
pub mod resolve;
pub mod search;
pub mod write;

pub mod cli;
pub mod schema;
pub mod serve;
pub mod status;

pub mod brand;
pub mod config;
pub mod diagnostic;
pub mod fs;
pub mod i18n;
pub mod lock;
pub mod markdown;
pub mod model;
pub mod text;
pub mod theme;
pub mod yaml;
