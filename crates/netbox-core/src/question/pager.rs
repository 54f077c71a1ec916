//! The position of a walk through a list. It is pure: it makes queries and takes the ids of pages.
//!
//! A walk goes by key: it asks for the objects after the last id it has, so that objects that come or go meanwhile
//! neither repeat nor hide others. Servers from 4.6 on have a cursor for that (`start`), older ones a filter
//! (`id__gt`). Unless the list is known to have the cursor, the first page is requested in a form that all servers
//! understand. Where the caller gives an order, or the server has no keys, a walk follows `next`: it takes only the
//! parameters that it did not send itself, and omits objects that it has had.
//!
//! Where several pages may be requested in parallel, the [`Cut`] of a list determines them, once the first page has
//! come: ranges of ids, of which no two hold the same object and which together leave out none, or else ranges of
//! offsets. The parts of a query are requested in parallel, too. Pages arrive in any order, and have their
//! [`turn`](Pager::turn) in the order of the list.

use std::collections::{HashSet, VecDeque};

use crate::wire::Params;

mod cut;
mod part;

use cut::Cut;
use part::{Part, Place, Then, Way};

/// How many pages in a row may hold nothing new.
const IDLE_PAGES: u32 = 100;

/// A page is not made smaller than this.
const SMALLEST_PAGE: u32 = 10;

/// A page is not made smaller more often: a server that hangs would hang on each.
const MOST_SHRUNK: u32 = 2;

/// A walk, which keeps a `P` of each page until it is that page's turn.
#[derive(Debug)]
pub(crate) struct Pager<P> {
    /// The queries that together are the list.
    parts: Vec<Part>,
    /// The pages that are to come, in the order of the list.
    slots: VecDeque<Slot<P>>,
    /// The rest of the list, if it is cut into pages that go together.
    cut: Option<Cut>,
    way: Way,
    page_size: u32,
    /// How many pages may be asked for or wait for their turn.
    together: usize,
    /// How many objects are still to come, if that was limited.
    left: Option<u64>,
    numbers: u64,
    had: Had,
}

/// The objects that had their turn.
#[derive(Debug, Default)]
struct Had {
    part: usize,
    /// The ids that could come again: those that came in ascending order, and the others.
    ascending: Vec<u64>,
    others: HashSet<u64>,
    /// All objects of the part up to that id were had, by key.
    up_to: Option<u64>,
    /// How many pages in a row held nothing new.
    idle: u32,
}

/// A page.
#[derive(Debug)]
struct Slot<P> {
    number: u64,
    part: usize,
    place: Place,
    /// How often it was made smaller.
    shrunk: u32,
    state: State<P>,
}

#[derive(Debug)]
enum State<P> {
    Wanted,
    Asked { limit: u32 },
    Read { page: P, ids: Vec<Option<u64>>, by_key: bool, may_idle: bool },
    Failed { page: P, wrong: String },
}

impl<P> Pager<P> {
    pub(crate) fn new(parts: Vec<Params>, page_size: u32) -> Self {
        let mut pager = Self {
            parts: parts.into_iter().map(Part::new).collect(),
            slots: VecDeque::new(),
            cut: None,
            way: Way::default(),
            page_size,
            together: 1,
            left: None,
            numbers: 0,
            had: Had::default(),
        };
        for part in 0..pager.parts.len() {
            let slot = pager.slot(part, Place::First);
            pager.slots.push_back(slot);
        }
        pager
    }

    /// In the order of `ordering`'s terms, from `offset` on.
    pub(crate) fn ordered(mut self, order: Option<String>, offset: Option<u64>) -> Self {
        self.way = Way { order, offset };
        self
    }

    /// Ends the walk after that many objects.
    pub(crate) fn limited(mut self, objects: Option<u64>) -> Self {
        self.left = objects;
        self
    }

    /// Asks for up to that many pages at the same time.
    pub(crate) fn together(mut self, pages: usize) -> Self {
        self.together = pages;
        self
    }

    /// Asks for the first page by key as well, which saves the server a count of the list. A list that is cut needs that
    /// count, and one in another order has no keys.
    pub(crate) fn by_key_from_the_start(mut self) -> Self {
        if self.way.is_by_key() && self.together == 1 {
            self.slots.iter_mut().for_each(|slot| slot.place = Place::Beginning);
        }
        self
    }

    /// Whether there are no more pages.
    pub(crate) fn is_over(&self) -> bool {
        self.slots.is_empty() && self.cut.is_none()
    }

    /// The number and the query of the next page, if another one may be asked for now; `cursor` says whether the list has
    /// `start`, and `waiting` how many pages had their turn and are not handed out yet.
    pub(crate) fn ask(&mut self, cursor: bool, waiting: usize) -> Option<(u64, Params)> {
        let is_wanted = |slot: &Slot<P>| matches!(slot.state, State::Wanted);
        let taken = self.slots.iter().filter(|slot| !is_wanted(slot)).count();
        let has_room = taken + waiting < self.together;
        let at = match self.slots.iter().position(is_wanted) {
            // Everything behind it waits for the first page.
            Some(0) if waiting == 0 => 0,
            Some(at) if has_room => at,
            None if has_room => self.cut_off()?,
            _ => return None,
        };
        let limit = self.limit();
        let slot = &mut self.slots[at];
        slot.state = State::Asked { limit };
        Some((slot.number, self.parts[slot.part].query(&self.way, &slot.place, limit, cursor)))
    }

    /// Adds the next page of the cut, and returns its position.
    fn cut_off(&mut self) -> Option<usize> {
        let coming = self.slots.iter().filter(|slot| !slot.is_here()).map(|slot| &slot.place);
        let place = self.cut.as_mut()?.next(coming, self.slots.is_empty())?;
        if let Place::Follow(_) = place {
            self.cut = None;
        }
        let slot = self.slot(0, place);
        self.slots.push_back(slot);
        Some(self.slots.len() - 1)
    }

    /// Whether that page is the first one of its query.
    pub(crate) fn begins(&self, number: u64) -> bool {
        self.find(number).is_some_and(|at| matches!(self.slots[at].place, Place::First | Place::Beginning))
    }

    /// Ends the walk.
    pub(crate) fn stop(&mut self) {
        self.slots.clear();
        self.cut = None;
    }

    /// Asks for that page again, and for smaller pages from here on, if they can be smaller.
    pub(crate) fn shrink(&mut self, number: u64) -> bool {
        let Some((at, limit)) = self.shrinkable(number) else { return false };
        self.page_size = self.page_size.min((limit / 4).max(SMALLEST_PAGE));
        if let Some(cut) = &mut self.cut {
            cut.shrink(self.page_size.into());
        }
        let slot = &mut self.slots[at];
        slot.shrunk += 1;
        slot.state = State::Wanted;
        true
    }

    pub(crate) fn can_shrink(&self, number: u64) -> bool {
        self.shrinkable(number).is_some()
    }

    fn shrinkable(&self, number: u64) -> Option<(usize, u32)> {
        let at = self.find(number)?;
        match self.slots[at].state {
            State::Asked { limit } if limit > SMALLEST_PAGE && self.slots[at].shrunk < MOST_SHRUNK => {
                Some((at, limit))
            }
            _ => None,
        }
    }

    /// Takes the page of that number: the ids of its objects, how many NetBox says that the list has, and where it says that
    /// the next page is.
    pub(crate) fn accept(
        &mut self,
        number: u64,
        page: P,
        ids: &[Option<u64>],
        count: Option<u64>,
        next: Option<&str>,
    ) {
        // Another page may have shown that this one is not needed.
        let Some(at) = self.find(number) else { return };
        let Slot { part, ref place, .. } = self.slots[at];
        let place = place.clone();
        let taken = match self.parts[part].take(&self.way, &place, ids, count, next) {
            Ok(taken) => taken,
            Err(wrong) => return self.end_with(at, State::Failed { page, wrong }),
        };
        let ids = &ids[..taken.kept];
        let then = match taken.then {
            Then::Instead(place) => {
                self.cut = None;
                let goes_by_key = |slot: &Slot<P>| matches!(slot.place, Place::After { .. });
                self.slots.retain(|slot| slot.part != part || slot.number == number || !goes_by_key(slot));
                if let Some(at) = self.find(number) {
                    (self.slots[at].place, self.slots[at].state) = (place, State::Wanted);
                }
                return;
            }
            Then::End => None,
            Then::At(place) => Some(place),
        };
        let next = self.places_after(&place, ids, count, next.is_none(), then);
        for place in next.into_iter().rev() {
            let slot = self.slot(part, place);
            self.slots.insert(at + 1, slot);
        }
        let (by_key, may_idle) = (taken.by_key, taken.may_idle);
        self.slots[at].state = State::Read { page, ids: ids.to_vec(), by_key, may_idle };
    }

    /// The pages that follow that one. `is_end` says that NetBox knows of no page after it, and `then` where its own part of
    /// the list goes on.
    fn places_after(
        &mut self,
        place: &Place,
        ids: &[Option<u64>],
        count: Option<u64>,
        is_end: bool,
        then: Option<Place>,
    ) -> Vec<Place> {
        if let (Place::First, Some(then), Some(count)) = (place, &then, count)
            && self.together > 1
            && self.parts.len() == 1
            && !ids.contains(&None)
        {
            let left = self.left.map(|left| left.saturating_sub(ids.len() as u64));
            self.cut = match then {
                Place::Follow(query) => {
                    let offset = self.way.offset.unwrap_or_default();
                    Cut::by_offset(query, offset, ids.len(), count, left)
                }
                _ => Cut::by_key(ids, count, left),
            };
            if self.cut.is_some() {
                return Vec::new();
            }
        }
        let is_last = match place {
            // Else the page leads on, or is the first of those that have no ids to go by.
            Place::After { until: None, .. } => !matches!(then, Some(Place::After { .. })),
            Place::Between { .. } => is_end || ids.is_empty(),
            _ => false,
        };
        if is_last {
            self.cut = None;
        }
        match &mut self.cut {
            Some(cut) => cut.learn(place, ids.last().copied().flatten(), ids.len(), then, self.together),
            None => then.into_iter().collect(),
        }
    }

    /// Ends the walk with that page, which could not be read.
    pub(crate) fn fail(&mut self, number: u64, page: P) {
        if let Some(at) = self.find(number) {
            self.end_with(at, State::Failed { page, wrong: String::new() });
        }
    }

    fn end_with(&mut self, at: usize, state: State<P>) {
        self.slots[at].state = state;
        self.slots.truncate(at + 1);
        self.cut = None;
    }

    /// The next page in the order of the list, if it has come: what was kept of it, and the positions of the objects that
    /// are new.
    ///
    /// # Errors
    ///
    /// A text that says what is wrong with the page. The walk is over then.
    pub(crate) fn turn(&mut self) -> Option<(P, Result<Vec<usize>, String>)> {
        if !self.slots.front()?.is_here() {
            return None;
        }
        let Slot { part, state, .. } = self.slots.pop_front()?;
        let (page, ids, by_key, may_idle) = match state {
            State::Read { page, ids, by_key, may_idle } => (page, ids, by_key, may_idle),
            State::Failed { page, wrong } => return Some((page, Err(wrong))),
            State::Wanted | State::Asked { .. } => return None,
        };
        let mut fresh = self.had.add(part, &ids, by_key, self.parts.len() == 1);
        self.had.idle = if may_idle && fresh.is_empty() { self.had.idle + 1 } else { 0 };
        if self.had.idle >= IDLE_PAGES && !self.is_over() {
            self.stop();
            return Some((page, Err(format!("{IDLE_PAGES} pages in a row hold nothing new"))));
        }
        if let Some(left) = &mut self.left {
            fresh.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= fresh.len() as u64;
        }
        if self.left == Some(0) {
            self.stop();
        }
        Some((page, Ok(fresh)))
    }

    fn slot(&mut self, part: usize, place: Place) -> Slot<P> {
        self.numbers += 1;
        Slot { number: self.numbers, part, place, shrunk: 0, state: State::Wanted }
    }

    fn find(&self, number: u64) -> Option<usize> {
        self.slots.iter().position(|slot| slot.number == number)
    }

    /// How many objects the next page is to have at most.
    fn limit(&self) -> u32 {
        let left = self.left.map_or(u32::MAX, |left| u32::try_from(left).unwrap_or(u32::MAX));
        self.page_size.min(left)
    }
}

impl<P> Slot<P> {
    fn is_here(&self) -> bool {
        matches!(self.state, State::Read { .. } | State::Failed { .. })
    }
}

impl Had {
    /// Adds the objects of a page, and returns the positions of those that were not had already. Objects without an id are
    /// all taken for new.
    fn add(&mut self, part: usize, ids: &[Option<u64>], by_key: bool, is_only_part: bool) -> Vec<usize> {
        if part != self.part {
            (self.part, self.up_to, self.idle) = (part, None, 0);
        }
        let fresh = if by_key && is_only_part {
            // From here on, the key alone shows which objects were had.
            self.ascending.clear();
            self.others.clear();
            (0..ids.len()).collect()
        } else if self.go_on(ids) {
            self.ascending.extend(ids.iter().flatten());
            (0..ids.len()).collect()
        } else {
            let is_new = |id: &Option<u64>| id.is_none_or(|id| self.is_new(id));
            ids.iter().map(is_new).enumerate().filter_map(|(at, is_new)| is_new.then_some(at)).collect()
        };
        if by_key {
            self.up_to = ids.last().copied().flatten().or(self.up_to);
        }
        fresh
    }

    /// Whether `ids` ascend from all that were had.
    fn go_on(&self, ids: &[Option<u64>]) -> bool {
        let last = self.ascending.last().copied().max(self.up_to);
        self.others.is_empty()
            && !ids.contains(&None)
            && ids.first().is_some_and(|first| *first > last)
            && ids.is_sorted_by(|before, after| before < after)
    }

    /// Whether this is the first time that `id` comes.
    fn is_new(&mut self, id: u64) -> bool {
        Some(id) > self.up_to && self.ascending.binary_search(&id).is_err() && self.others.insert(id)
    }
}

#[cfg(test)]
mod tests;
