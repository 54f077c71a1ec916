//! The object behind a reference.

use std::{
    any::TypeId,
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::wire::{Flights, Home, Slot};

/// An object that is known by its id, with its name, and the object itself once it was fetched.
///
/// Copies are of the same object.
#[derive(Clone)]
pub(crate) struct Link(Arc<Node>);

struct Node {
    id: u64,
    display: Option<Box<str>>,
    slot: Slot,
    siblings: Option<Arc<Siblings>>,
}

impl Link {
    pub(crate) fn new(id: u64, display: Option<&str>) -> Self {
        Self::among(None, id, display)
    }

    pub(super) fn among(siblings: Option<Arc<Siblings>>, id: u64, display: Option<&str>) -> Self {
        Self(Arc::new(Node { id, display: display.map(Into::into), slot: Slot::default(), siblings }))
    }

    pub(crate) fn id(&self) -> u64 {
        self.0.id
    }

    pub(crate) fn display(&self) -> Option<&str> {
        self.0.display.as_deref()
    }

    pub(crate) fn slot(&self) -> &Slot {
        &self.0.slot
    }

    pub(crate) fn siblings(&self) -> Option<&Siblings> {
        self.0.siblings.as_deref()
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

    /// Those that are still held and have no object of type `of` from `home`: `link`, those that come after it on the page,
    /// and then the ones before it.
    pub(crate) fn waiting(&self, link: &Link, of: TypeId, home: &Home) -> Vec<Link> {
        let links = self.links.get().map_or(&[][..], |links| links);
        let at = links.iter().position(|other| other.as_ptr() == Arc::as_ptr(&link.0)).unwrap_or_default();
        let in_order = links[at..].iter().chain(&links[..at]);
        let held = in_order.filter_map(|link| link.upgrade().map(Link));
        held.filter(|link| !link.slot().has(of, home)).collect()
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
