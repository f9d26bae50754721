//! Where rendered files go: into a stage beside the output, into memory, or nowhere.

use crate::fs::Fs;
use crate::model::ids::AssetId;
use crate::model::output::Sink;
use crate::model::source::Asset;
use crate::write::Stage;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A built site in memory: path to bytes.
pub type Memory = BTreeMap<String, Arc<[u8]>>;

/// Into the stage of a publication.
pub struct Staged<'a> {
    pub stage: Stage<'a>,
    pub assets: Vec<Asset>,
}

impl Sink for Staged<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.stage.put(path, bytes)
    }

    fn copy(&self, path: &str, asset: AssetId) -> Result<()> {
        let asset = &self.assets[asset.index()];
        self.stage.copy(path, &asset.from, asset.hash, asset.size)
    }
}

/// Into memory, for the preview server.
pub struct InMemory<'a> {
    fs: &'a dyn Fs,
    assets: Vec<Asset>,
    files: Mutex<Memory>,
}

impl<'a> InMemory<'a> {
    pub fn new(fs: &'a dyn Fs, assets: Vec<Asset>) -> Self {
        InMemory {
            fs,
            assets,
            files: Mutex::new(BTreeMap::new()),
        }
    }

    pub fn into_files(self) -> Memory {
        self.files
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for InMemory<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.files
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_string(), bytes.into());
        Ok(())
    }

    fn copy(&self, path: &str, asset: AssetId) -> Result<()> {
        let from = &self.assets[asset.index()].from;
        let bytes = self
            .fs
            .read(from, u64::MAX)
            .with_context(|| format!("cannot read {}", crate::fs::shown(from)))?;
        self.put(path, &bytes)
    }
}

/// Nowhere: for a check, which only wants the findings.
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _path: &str, _bytes: &[u8]) -> Result<()> {
        Ok(())
    }

    fn copy(&self, _path: &str, _asset: AssetId) -> Result<()> {
        Ok(())
    }
}
