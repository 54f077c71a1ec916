//! The requests of a bulk write.

use http::Method;
use serde_json::Value;

use super::patch::Patch;
use crate::{model::Body, wire::ApiPath};

/// One object to write.
pub(crate) struct Item {
    pub(crate) id: Option<u64>,
    pub(crate) patch: Patch<()>,
}

/// The bodies to send, and where in the caller's input each comes from.
pub(crate) struct Plan {
    pub(crate) path: ApiPath,
    pub(crate) method: Method,
    entries: Vec<Entry>,
    /// How many items the caller gave.
    given: usize,
}

pub(crate) struct Entry {
    /// In the caller's input.
    pub(crate) index: usize,
    pub(crate) id: Option<u64>,
    pub(crate) body: Body,
}

impl Item {
    pub(crate) fn create<M>(patch: Patch<M>) -> Self {
        Self { id: None, patch: patch.retyped() }
    }

    pub(crate) fn update<M>(id: u64, patch: Patch<M>) -> Self {
        Self { id: Some(id), patch: patch.retyped() }
    }

    pub(crate) fn delete(id: u64) -> Self {
        Self { id: Some(id), patch: Patch::new() }
    }
}

impl Plan {
    pub(crate) fn new(path: ApiPath, method: Method, entries: Vec<Entry>, given: usize) -> Self {
        Self { path, method, entries, given }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn given(&self) -> usize {
        self.given
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The body of one request.
pub(crate) fn body_of(batch: &[Entry]) -> Value {
    batch.iter().map(|entry| Value::from(entry.body.clone())).collect()
}
