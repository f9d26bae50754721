//! The one integration-test binary: a module for each feature.

mod architecture;
mod brand;
mod browser;
mod cli;
mod commonmark;
mod contract;
mod determinism;
mod figures;
mod fixtures;
mod glossary;
mod handbook;
mod hosting;
mod lean;
mod linked_data;
mod offline;
mod originality;
mod properties;
mod publish;
mod readability;
mod schema;
mod search;
mod serve;
mod storage;
mod support;
mod texts;
mod withdrawal;
