//! Values that hold for a while on one thread.

use std::{cell::RefCell, thread::LocalKey};

/// The value of a thread that this one replaces, and that holds again once this is dropped.
pub(crate) struct Within<T: 'static> {
    key: &'static LocalKey<RefCell<Option<T>>>,
    outer: Option<T>,
}

impl<T> Within<T> {
    pub(crate) fn new(key: &'static LocalKey<RefCell<Option<T>>>, value: T) -> Self {
        Self { key, outer: key.replace(Some(value)) }
    }
}

impl<T> Drop for Within<T> {
    fn drop(&mut self) {
        self.key.set(self.outer.take());
    }
}
