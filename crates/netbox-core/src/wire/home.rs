//! The NetBox and the branch that objects are from.

use std::{cell::RefCell, sync::Arc};

use http::HeaderValue;

use super::within::Within;

/// A NetBox, and the branch of it: the same id may be another object elsewhere.
#[derive(Clone)]
pub(crate) struct Home(Arc<Place>);

#[derive(PartialEq)]
struct Place {
    root: String,
    branch: Option<HeaderValue>,
}

thread_local! {
    /// Where the answer that this thread reads is from.
    static READING: RefCell<Option<Home>> = const { RefCell::new(None) };
}

impl Home {
    pub(crate) fn new(root: &str, branch: Option<HeaderValue>) -> Self {
        Self(Arc::new(Place { root: root.to_owned(), branch }))
    }

    /// The schema id of the branch.
    pub(crate) fn branch(&self) -> Option<&str> {
        self.0.branch.as_ref()?.to_str().ok()
    }

    /// Runs `read`, which reads objects that are from here.
    pub(crate) fn reading<R>(&self, read: impl FnOnce() -> R) -> R {
        let _reading = Within::new(&READING, self.clone());
        read()
    }

    /// Where the object that is being read is from, if a client reads it.
    pub(crate) fn of_reading() -> Option<Self> {
        READING.with_borrow(Clone::clone)
    }
}

impl PartialEq for Home {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}
