//! The object behind a reference.

use crate::wire::Slot;

/// An object that is known by its id, with its name, and the object itself once it was fetched.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) id: u64,
    pub(crate) display: Option<Box<str>>,
    pub(crate) slot: Slot,
}

impl Link {
    pub(crate) fn new(id: u64, display: Option<Box<str>>) -> Self {
        Self { id, display, slot: Slot::default() }
    }
}
