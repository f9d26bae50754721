//! The one integration-test binary: a module for each feature.

mod browser;
mod fixtures;
mod publish;
mod serve;
mod support;
