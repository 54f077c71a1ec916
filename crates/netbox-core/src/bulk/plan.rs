//! What a bulk write is to send, checked before anything is sent.

use std::collections::HashMap;

use http::Method;
use serde_json::Value;

use super::error::{BulkError, BulkItem};
use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    transport::Transport,
    write::{Body, Message, Patch, Purpose},
};

/// One object to write.
pub(super) struct Item {
    id: Option<u64>,
    patch: Patch<()>,
}

/// The bodies to send, and where in the caller's input each comes from.
pub(super) struct Plan {
    pub(super) path: ApiPath,
    pub(super) method: Method,
    entries: Vec<Entry>,
    /// How many items the caller gave.
    given: usize,
}

pub(super) struct Entry {
    /// In the caller's input.
    pub(super) index: usize,
    pub(super) id: Option<u64>,
    body: Body,
}

impl Item {
    pub(super) fn create<M>(patch: Patch<M>) -> Self {
        Self { id: None, patch: patch.retyped() }
    }

    pub(super) fn update<M>(id: u64, patch: Patch<M>) -> Self {
        Self { id: Some(id), patch: patch.retyped() }
    }

    pub(super) fn delete(id: u64) -> Self {
        Self { id: Some(id), patch: Patch::new() }
    }
}

impl Plan {
    /// # Errors
    ///
    /// All items that can't be sent.
    pub(super) async fn check<T: Transport>(
        client: &Client<T>,
        path: ApiPath,
        method: Method,
        items: Vec<Item>,
        message: Option<String>,
        purpose: Purpose,
    ) -> Result<Self, BulkError> {
        let given = items.len();
        let mut entries: Vec<Entry> = Vec::with_capacity(given);
        let mut refused = Vec::new();
        let mut seen = HashMap::new();
        for (index, Item { id, mut patch }) in items.into_iter().enumerate() {
            if method == Method::PATCH && patch.is_empty() {
                continue;
            }
            if let Some(text) = message.as_ref().filter(|_| patch.value::<Value>(Message::FIELD).is_none()) {
                patch = patch.message(text);
            }
            let twice = id.and_then(|id| seen.insert(id, index));
            let checked = match twice {
                Some(first) => Err(Error::body(format!("it is the object of item {first} again"))),
                None => client.checked(&path, patch, purpose).await,
            };
            match checked {
                Ok(mut body) => {
                    if let Some(id) = id {
                        body.insert("id".to_owned(), id.into());
                    }
                    entries.push(Entry { index, id, body });
                }
                Err(error) if error.is_local() => refused.push(BulkItem::refused(index, error)),
                Err(error) => return Err(BulkError::before(given, error)),
            }
        }
        if refused.is_empty() {
            Ok(Self { path, method, entries, given })
        } else {
            Err(BulkError::refused(given, refused))
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn given(&self) -> usize {
        self.given
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The body of one request.
pub(super) fn body_of(batch: &[Entry]) -> Value {
    batch.iter().map(|entry| Value::from(entry.body.clone())).collect()
}
