//! The references of a walk: equal ones share an object, and those of a page know each other.

use std::{
    cell::RefCell,
    collections::HashMap,
    mem,
    sync::{Arc, Mutex},
};

use super::link::{Link, Siblings};
use crate::wire::lock;

/// How many objects of an endpoint a walk keeps for references on its next pages.
const MOST_KEPT: usize = 2_000;

/// The references that a walk has read, as far as they may come again.
#[derive(Default)]
pub(crate) struct Links(Mutex<Vec<Table>>);

/// The references to objects of one endpoint.
struct Table {
    /// The endpoint, or the name of the type.
    target: Box<str>,
    links: HashMap<u64, Link>,
    /// The one that was read last, which is often the next one, too.
    last: Option<Link>,
    /// Those that the page being read was the first to have, in order.
    fresh: Vec<Link>,
    siblings: Arc<Siblings>,
}

thread_local! {
    /// The references of the walk of which this thread reads a page.
    static READING: RefCell<Option<Vec<Table>>> = const { RefCell::new(None) };
}

impl Links {
    /// Runs `read`, which reads a page of the walk.
    pub(crate) fn reading<R>(&self, read: impl FnOnce() -> R) -> R {
        let mut tables = mem::take(&mut *lock(&self.0));
        tables.iter_mut().for_each(Table::turn_page);
        let outer = Outer(READING.replace(Some(tables)));
        let page = read();
        let mut tables = READING.take().unwrap_or_default();
        drop(outer);
        tables.iter_mut().for_each(Table::introduce);
        *lock(&self.0) = tables;
        page
    }
}

impl Link {
    /// The reference that is being read: one of those of the walk, if this is a page of one.
    pub(super) fn read(target: &str, id: u64, display: Option<&str>) -> Self {
        READING.with_borrow_mut(|tables| {
            let Some(tables) = tables else { return Self::new(id, display) };
            let at = tables.iter().position(|table| *table.target == *target).unwrap_or_else(|| {
                tables.push(Table::new(target));
                tables.len() - 1
            });
            tables[at].link(id, display)
        })
    }
}

impl Table {
    fn new(target: &str) -> Self {
        let target = target.into();
        Self { target, links: HashMap::new(), last: None, fresh: Vec::new(), siblings: Arc::default() }
    }

    fn link(&mut self, id: u64, display: Option<&str>) -> Link {
        let is_same = |link: &&Link| link.id() == id && link.display() == display;
        if let Some(link) = self.last.as_ref().filter(is_same) {
            return link.clone();
        }
        let link = self.links.get(&id).filter(is_same).cloned().unwrap_or_else(|| {
            let link = Link::among(Some(Arc::clone(&self.siblings)), id, display);
            self.links.insert(id, link.clone());
            self.fresh.push(link.clone());
            link
        });
        self.last = Some(link.clone());
        link
    }

    /// Makes the references known to each other that this page was the first to have.
    fn introduce(&mut self) {
        self.siblings.are(&self.fresh);
        self.fresh.clear();
        self.last = None;
    }

    /// Forgets what nobody holds and can't spare a request.
    fn turn_page(&mut self) {
        self.links.retain(|_, link| link.is_shared() || link.slot().is_filled());
        if self.links.len() > MOST_KEPT {
            self.links.clear();
        }
        self.siblings = Arc::default();
    }
}

/// The references of what was read around this.
struct Outer(Option<Vec<Table>>);

impl Drop for Outer {
    fn drop(&mut self) {
        READING.set(self.0.take());
    }
}
