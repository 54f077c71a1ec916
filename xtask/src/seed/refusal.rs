//! What NetBox says when it refuses a request.

use netbox_core::{Error, ItemPlace};

/// A request that failed: why, and of a list which items were to blame.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) items: Vec<(ItemPlace, String)>,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let items = error.messages().items().iter();
        let items = items.map(|item| (item.place(), item.messages().to_string())).collect();
        Self { reason: error.to_string(), items }
    }
}
