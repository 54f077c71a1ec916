//! The object behind a reference.

use crate::wire::Slot;

/// An object that is known by its id, with its name, and the object itself once it was fetched.
pub(crate) struct Link<V> {
    pub(crate) id: u64,
    pub(crate) display: Option<Box<str>>,
    pub(crate) slot: Slot<V>,
}

impl<V> Link<V> {
    pub(crate) fn new(id: u64, display: Option<Box<str>>) -> Self {
        Self { id, display, slot: Slot::default() }
    }
}

impl<V: Clone> Clone for Link<V> {
    fn clone(&self) -> Self {
        Self { id: self.id, display: self.display.clone(), slot: self.slot.clone() }
    }
}
