//! The object behind a reference.

use std::sync::{
    Arc, OnceLock, Weak,
    atomic::{AtomicBool, Ordering},
};

use crate::wire::{AnyObject, Extent, Flights, Home, Slot};

/// An object that is known by its id, with its name, and the object itself once it was fetched.
///
/// Copies are of the same object.
#[derive(Clone)]
pub struct Link(Arc<Node>);

struct Node {
    id: u64,
    display: Option<Box<str>>,
    /// The JSON that NetBox nested in the object that refers to this one.
    nested: Option<Box<str>>,
    slot: Slot,
    siblings: Option<Arc<Siblings>>,
    /// The position among those of its row that have the same siblings. This distinguishes the fields of an object, as
    /// long as none is null.
    in_row: u32,
    /// Whether a request for the siblings did not bring the object: it is gone or hidden, and asked for by itself.
    apart: AtomicBool,
}

impl Link {
    pub(crate) fn new(id: u64, display: Option<&str>, nested: Option<&str>) -> Self {
        Self::of(None, 0, id, display, nested)
    }

    /// One of `siblings`, the `in_row`th of its row.
    pub(super) fn among(
        siblings: &Arc<Siblings>,
        in_row: u32,
        id: u64,
        display: Option<&str>,
        nested: Option<&str>,
    ) -> Self {
        Self::of(Some(Arc::clone(siblings)), in_row, id, display, nested)
    }

    fn of(
        siblings: Option<Arc<Siblings>>,
        in_row: u32,
        id: u64,
        display: Option<&str>,
        nested: Option<&str>,
    ) -> Self {
        let (display, nested) = (display.map(Into::into), nested.map(Into::into));
        Self(Arc::new(Node {
            id,
            display,
            nested,
            slot: Slot::default(),
            siblings,
            in_row,
            apart: AtomicBool::new(false),
        }))
    }

    pub(crate) fn id(&self) -> u64 {
        self.0.id
    }

    pub(crate) fn display(&self) -> Option<&str> {
        self.0.display.as_deref()
    }

    pub(super) fn nested(&self) -> Option<&str> {
        self.0.nested.as_deref()
    }

    /// Keeps the nested object as all of the object, if `read` can read it so, unless one is kept already.
    pub(super) fn keep_nested(&self, extent: &Extent, read: fn(&str) -> Option<AnyObject>) {
        if self.slot().first(extent).is_none()
            && let Some(object) = self.nested().and_then(read)
        {
            self.slot().fill(extent, Home::of_reading().as_ref(), object);
        }
    }

    pub(crate) fn slot(&self) -> &Slot {
        &self.0.slot
    }

    /// Those that it can be asked for with.
    pub(crate) fn siblings(&self) -> Option<&Siblings> {
        self.0.siblings.as_deref().filter(|_| !self.is_apart())
    }

    fn is_apart(&self) -> bool {
        self.0.apart.load(Ordering::Relaxed)
    }

    /// Has it asked for by itself from now on.
    pub(crate) fn part(&self) {
        self.0.apart.store(true, Ordering::Relaxed);
    }

    /// Whether something but this value holds the object.
    pub(super) fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

/// The links of a page to objects of one endpoint. It holds none of them.
#[derive(Default)]
pub(crate) struct Siblings {
    links: OnceLock<Box<[Weak<Node>]>>,
    /// The requests for several of them.
    pub(crate) flights: Flights<()>,
    apart: AtomicBool,
}

impl Siblings {
    pub(super) fn are(&self, links: &[Link]) {
        self.links.get_or_init(|| links.iter().map(|link| Arc::downgrade(&link.0)).collect());
    }

    /// Those that are still held and have no object of that extent from `home`: `link`, those that come after it on the page
    /// and those before it, and the ones that seem to be of the same field first.
    pub(crate) fn waiting(&self, link: &Link, extent: &Extent, home: &Home) -> Vec<Link> {
        let links = self.links.get().map_or(&[][..], |links| links);
        let at = links.iter().position(|other| other.as_ptr() == Arc::as_ptr(&link.0)).unwrap_or_default();
        let held = links[at..].iter().chain(&links[..at]).filter_map(|link| link.upgrade().map(Link));
        let mut waiting: Vec<Link> =
            held.filter(|link| !link.is_apart() && link.slot().get(extent, home).is_none()).collect();
        waiting.sort_by_key(|other| other.0.in_row != link.0.in_row);
        waiting
    }

    /// Whether each has to be asked for by itself.
    pub(crate) fn are_apart(&self) -> bool {
        self.apart.load(Ordering::Relaxed)
    }

    /// Has each asked for by itself from now on.
    pub(crate) fn part(&self) {
        self.apart.store(true, Ordering::Relaxed);
    }
}
