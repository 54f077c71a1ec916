//! Where a list is cut into pages that are asked for together.
//!
//! The first page tells how many objects there are, and how close their ids are. The list is cut from there on, as long as
//! requests are wanted, into ranges of ids that hold about a page each. The number of objects in a range corrects the
//! width of the ranges after it. Where a range holds next to nothing, or the rest fits into a page, the next page has
//! no upper bound: it leads past a gap of any width, or to the end.

use super::part::Place;
use crate::wire::Params;

/// The part of a list that is not cut yet.
#[derive(Debug)]
pub(super) enum Cut {
    Ids(Ids),
    Offsets(Offsets),
}

#[derive(Debug)]
pub(super) struct Ids {
    /// The last id of what was cut.
    from: u64,
    /// How many ids so many objects of a page are spread over.
    spread: Spread,
    page: u64,
    /// How many objects are expected that were not read.
    rest: u64,
    /// Whether the caller wants no more than these.
    is_limited: bool,
    /// Whether the next page shall lead past a gap.
    leap: bool,
    /// Whether a page without an upper bound is on its way: nobody knows where it ends.
    is_open: bool,
}

#[derive(Debug, Clone, Copy)]
struct Spread {
    ids: u64,
    objects: u64,
}

#[derive(Debug)]
pub(super) struct Offsets {
    query: Params,
    next: u64,
    end: u64,
    page: u64,
    is_limited: bool,
}

impl Spread {
    fn new(ids: u64, objects: u64) -> Self {
        Self { ids: ids.max(1), objects: objects.max(1) }
    }

    /// How many objects a range of that width is expected to hold.
    fn objects_in(self, width: u64) -> u64 {
        scaled(width, self.objects, self.ids)
    }

    /// The width of a range for `page` objects. If their ids are dense, it can't hold more; else it rarely does.
    fn width_of(self, page: u64) -> u64 {
        let most = 9;
        scaled(page.saturating_mul(most) / 10, self.ids, self.objects).max(page).max(1)
    }
}

fn scaled(value: u64, by: u64, over: u64) -> u64 {
    let scaled = u128::from(value) * u128::from(by) / u128::from(over);
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

impl Cut {
    /// The rest of a list after its first page, unless it is less than two pages: `count` objects in all.
    pub(super) fn by_key(ids: &[Option<u64>], count: u64, left: Option<u64>) -> Option<Self> {
        let (first, from) = (ids.first().copied()??, ids.last().copied()??);
        let page = ids.len() as u64;
        let rest = count.saturating_sub(page).min(left.unwrap_or(u64::MAX));
        let is_limited = left.is_some_and(|left| left <= rest);
        let spread = Spread::new(from - first + 1, page);
        (rest > page).then_some(Self::Ids(Ids {
            from,
            spread,
            page,
            rest,
            is_limited,
            leap: false,
            is_open: false,
        }))
    }

    /// As [`by_key`](Self::by_key), where the next page is at `query`, of which the first page had `read` objects from
    /// `offset` on.
    pub(super) fn by_offset(
        query: &Params,
        offset: u64,
        read: usize,
        count: u64,
        left: Option<u64>,
    ) -> Option<Self> {
        let page = read as u64;
        let next = offset.saturating_add(page);
        let is_next = query.values("offset").eq([next.to_string().as_str()]);
        let wanted = left.map_or(u64::MAX, |left| next.saturating_add(left));
        let (end, is_limited) = (count.min(wanted), wanted <= count);
        let mut query = query.clone();
        query.remove("offset");
        query.remove("limit");
        let is_worth_it = is_next && page > 0 && end.saturating_sub(next) > page;
        is_worth_it.then_some(Self::Offsets(Offsets { query, next, end, page, is_limited }))
    }

    /// Pages have at most that many objects from here on.
    pub(super) fn shrink(&mut self, most: u64) {
        let (Self::Ids(Ids { page, .. }) | Self::Offsets(Offsets { page, .. })) = self;
        *page = most.min(*page);
    }

    /// Cuts the next page off. Those at `coming` were asked for, and `is_next` says that no page before this one waits for
    /// its turn.
    pub(super) fn next<'p>(
        &mut self,
        coming: impl Iterator<Item = &'p Place>,
        is_next: bool,
    ) -> Option<Place> {
        match self {
            Self::Ids(ids) => ids.next(coming, is_next),
            Self::Offsets(offsets) => offsets.next(is_next),
        }
    }

    /// Takes into account that a page had `kept` objects, the last of which is `last`, and whether the list goes on after
    /// it. Returns the pages that the rest of the page's own range is cut into, at most `most`.
    pub(super) fn learn(
        &mut self,
        place: &Place,
        last: Option<u64>,
        kept: usize,
        then: Option<Place>,
        most: usize,
    ) -> Vec<Place> {
        match (self, place) {
            (Self::Ids(ids), Place::After { id, until }) => {
                ids.learn(*id, *until, last, kept as u64, then, most)
            }
            _ => then.into_iter().collect(),
        }
    }
}

impl Ids {
    fn next<'p>(&mut self, coming: impl Iterator<Item = &'p Place>, is_next: bool) -> Option<Place> {
        let coming: u64 = coming.map(|place| self.expected_at(place)).sum();
        let rest = self.rest.saturating_sub(coming);
        if self.is_open || self.is_limited && rest == 0 && !is_next {
            return None;
        }
        let until = self.from.saturating_add(self.spread.width_of(self.page));
        if self.leap || rest <= self.page || until == u64::MAX {
            (self.leap, self.is_open) = (false, true);
            return Some(Place::After { id: self.from, until: None });
        }
        let place = Place::After { id: self.from, until: Some(until) };
        self.from = until;
        Some(place)
    }

    fn learn(
        &mut self,
        after: u64,
        until: Option<u64>,
        last: Option<u64>,
        kept: u64,
        then: Option<Place>,
        most: usize,
    ) -> Vec<Place> {
        self.rest = self.rest.saturating_sub(kept);
        let last = last.unwrap_or(after);
        let expected = until.map_or(0, |until| self.expected(until - after));
        if kept > 0 && kept >= expected / 4 {
            let end = until.filter(|_| then.is_none()).unwrap_or(last);
            self.spread = Spread::new(end - after, kept);
        } else if until.is_some() {
            self.leap = true;
        }
        let Some(until) = until else {
            (self.is_open, self.from) = (false, last);
            return Vec::new();
        };
        // The range is fuller than a page: the rest of it is cut as closely as this page was filled.
        let mut pages = Vec::new();
        let mut from = last;
        let width = self.spread.width_of(self.page);
        while then.is_some() && from < until {
            let end = if pages.len() + 1 < most { from.saturating_add(width).min(until) } else { until };
            pages.push(Place::After { id: from, until: Some(end) });
            from = end;
        }
        pages
    }

    fn expected_at(&self, place: &Place) -> u64 {
        match place {
            Place::After { id, until: Some(until) } => self.expected(until - id),
            _ => 0,
        }
    }

    fn expected(&self, width: u64) -> u64 {
        self.spread.objects_in(width).min(self.page)
    }
}

impl Offsets {
    fn next(&mut self, is_next: bool) -> Option<Place> {
        let rest = self.end.saturating_sub(self.next);
        if self.is_limited && rest == 0 && !is_next {
            return None;
        }
        let query = self.query.clone();
        if rest > self.page || self.is_limited && rest > 0 {
            let (offset, until) = (self.next, self.next + self.page.min(rest));
            self.next = until;
            return Some(Place::Between { query, offset, until });
        }
        // From here on, the list itself says where it goes on: it may have grown.
        Some(Place::Follow(query.with("offset", self.next)))
    }
}
