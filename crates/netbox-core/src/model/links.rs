//! The references of a walk: equal ones share an object, and those of a page know each other.

use std::{
    cell::RefCell,
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, OnceLock, Weak},
};

use super::link::{Link, Siblings};
use crate::wire::{Within, lock};

/// How many objects of an endpoint a walk keeps for references on its next pages.
const MOST_KEPT: usize = 2_000;

/// The references that a walk has read, as far as they may come again.
#[derive(Default)]
pub(crate) struct Links(Mutex<Vec<Table>>);

/// The page that is being read.
struct Page {
    tables: Vec<Table>,
    row: u32,
    peers: Arc<Peers>,
    objects: Vec<Weak<dyn Peer>>,
}

/// The objects of a page that recognise their references when somebody asks for them. It holds none of them.
#[derive(Default)]
pub(super) struct Peers {
    objects: OnceLock<Box<[Weak<dyn Peer>]>>,
    links: Links,
}

/// An object that recognises the references in one of its fields, and keeps them.
pub(super) trait Peer: Send + Sync {
    fn recognise(&self, field: &str);
}

impl Peers {
    /// Makes an object, one of a page if that is being read.
    pub(super) fn introduce<P: Peer + 'static>(make: impl FnOnce(Option<Arc<Self>>) -> P) -> Arc<P> {
        READING.with_borrow_mut(|page| match page {
            Some(page) => {
                let object = Arc::new(make(Some(Arc::clone(&page.peers))));
                page.objects.push(Arc::downgrade(&object) as Weak<dyn Peer>);
                object
            }
            None => Arc::new(make(None)),
        })
    }

    /// Has all objects that are still held recognise the references in a field, which know each other then.
    pub(super) fn recognise(&self, field: &str) {
        self.links.reading(|| {
            for object in self.objects.get().map_or(&[][..], |objects| objects) {
                if let Some(object) = object.upgrade() {
                    object.recognise(field);
                    Links::end_row();
                }
            }
        });
    }
}

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
    /// The row that is being read, and how many references to this endpoint it had.
    row: u32,
    in_row: u32,
}

thread_local! {
    /// The page of a walk that this thread reads.
    static READING: RefCell<Option<Page>> = const { RefCell::new(None) };
}

impl Links {
    /// Runs `read`, which reads a page of the walk.
    pub(crate) fn reading<R>(&self, read: impl FnOnce() -> R) -> R {
        let mut tables = mem::take(&mut *lock(&self.0));
        tables.iter_mut().for_each(Table::turn_page);
        let page = Page { tables, row: 0, peers: Arc::default(), objects: Vec::new() };
        let reading = Within::new(&READING, page);
        let result = read();
        let page = READING.take();
        drop(reading);
        if let Some(Page { mut tables, peers, objects, .. }) = page {
            tables.iter_mut().for_each(Table::introduce);
            *lock(&self.0) = tables;
            peers.objects.get_or_init(|| objects.into());
        }
        result
    }

    /// Takes note that an object of the page was read.
    pub(super) fn end_row() {
        READING.with_borrow_mut(|page| page.iter_mut().for_each(|page| page.row += 1));
    }
}

impl Link {
    /// The reference that the page being read had already, with all that came nested.
    pub(super) fn known(target: &str, id: u64) -> Option<Self> {
        READING.with_borrow_mut(|page| page.as_mut()?.table(target).known(id, |link| link.nested().is_some()))
    }

    /// The reference that is being read: one of those of the walk, if this is a page of one.
    pub(super) fn read(target: &str, id: u64, display: Option<&str>, nested: Option<&str>) -> Self {
        READING.with_borrow_mut(|page| match page {
            Some(page) => page.table(target).link(id, display, nested),
            None => Self::new(id, display, nested),
        })
    }
}

impl Page {
    fn table(&mut self, target: &str) -> &mut Table {
        let known = self.tables.iter().position(|table| *table.target == *target);
        let at = known.unwrap_or_else(|| {
            self.tables.push(Table::new(target));
            self.tables.len() - 1
        });
        let table = &mut self.tables[at];
        if mem::replace(&mut table.row, self.row) != self.row {
            table.in_row = 0;
        }
        table
    }
}

impl Table {
    fn new(target: &str) -> Self {
        let target = target.into();
        Self {
            target,
            links: HashMap::new(),
            last: None,
            fresh: Vec::new(),
            siblings: Arc::default(),
            row: 0,
            in_row: 0,
        }
    }

    fn link(&mut self, id: u64, display: Option<&str>, nested: Option<&str>) -> Link {
        let is_same =
            |link: &Link| link.display() == display && (nested.is_none() || link.nested().is_some());
        self.known(id, is_same).unwrap_or_else(|| {
            self.in_row += 1;
            let link = Link::among(&self.siblings, self.in_row, id, display, nested);
            self.links.insert(id, link.clone());
            self.fresh.push(link.clone());
            self.last = Some(link.clone());
            link
        })
    }

    fn known(&mut self, id: u64, is_same: impl Fn(&Link) -> bool) -> Option<Link> {
        let is_last = self.last.as_ref().is_some_and(|link| link.id() == id);
        let link = if is_last { self.last.as_ref() } else { self.links.get(&id) };
        let link = link.filter(|link| is_same(link))?.clone();
        self.in_row += 1;
        if !is_last {
            self.last = Some(link.clone());
        }
        Some(link)
    }

    /// Makes the references known to each other that this page was the first to have.
    fn introduce(&mut self) {
        self.siblings.are(&self.fresh);
        self.fresh.clear();
        self.last = None;
    }

    /// Forgets references that nobody holds and that can't save a request.
    fn turn_page(&mut self) {
        self.links.retain(|_, link| link.is_shared() || link.slot().is_filled());
        if self.links.len() > MOST_KEPT {
            self.links.clear();
        }
        self.siblings = Arc::default();
        self.in_row = 0;
    }
}
