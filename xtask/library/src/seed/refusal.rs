//! The explanation of a request that failed.

use netbox_core::{Error, bulk::BulkError};

/// A request that failed: why, and of a list which items were to blame, by their indexes.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) items: Vec<(usize, String)>,
}

impl Refusal {
    pub(super) fn because(reason: &str) -> Self {
        Self { reason: reason.to_owned(), items: Vec::new() }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { reason: error.to_string(), items: Vec::new() }
    }
}

impl From<BulkError> for Refusal {
    fn from(error: BulkError) -> Self {
        let items = error.items().iter().map(|item| (item.index(), item.messages().to_string()));
        Self { reason: error.error().to_string(), items: items.collect() }
    }
}
