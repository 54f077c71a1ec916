//! The requests of a bulk write.

use http::{HeaderValue, Method};
use serde_json::Value;

use super::patch::Patch;
use crate::{model::Body, wire::ApiPath};

/// One object to write.
pub(crate) struct Item {
    pub(crate) id: Option<u64>,
    pub(crate) patch: Patch<()>,
    /// The version that the object must still have.
    pub(crate) etag: Option<HeaderValue>,
}

/// The bodies to send, and the index of each in the caller's input.
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
    pub(crate) etag: Option<HeaderValue>,
}

impl Item {
    pub(crate) fn create<M>(patch: Patch<M>) -> Self {
        Self { id: None, patch: patch.retyped(), etag: None }
    }

    pub(crate) fn update<M>(id: u64, patch: Patch<M>) -> Self {
        Self { id: Some(id), patch: patch.retyped(), etag: None }
    }

    /// The same, if the object still has that version.
    pub(crate) fn at(self, etag: Option<HeaderValue>) -> Self {
        Self { etag, ..self }
    }

    /// Whether it changes an object whose version is not known.
    pub(crate) fn is_unguarded(&self) -> bool {
        self.etag.is_none() && !self.patch.is_empty()
    }

    pub(crate) fn delete(id: u64) -> Self {
        Self { id: Some(id), patch: Patch::new(), etag: None }
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

/// The versions that the objects of a request must still have, in one header, if all of them are known: NetBox refuses
/// the request if the version of one object is not in the list.
pub(crate) fn etags_of(batch: &[Entry]) -> Option<HeaderValue> {
    let etags: Option<Vec<&str>> = batch.iter().map(|entry| entry.etag.as_ref()?.to_str().ok()).collect();
    HeaderValue::from_str(&etags?.join(", ")).ok()
}
