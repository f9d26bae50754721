//! The one integration-test binary: a module for each feature.

mod browser;
mod publish;
mod serve;
mod support;
