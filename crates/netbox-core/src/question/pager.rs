//! The position of a walk through a list. It is pure: it makes queries and takes the ids of pages.
//!
//! A walk goes by key: it asks for the objects after the last id it has, so that objects that come or go meanwhile
//! neither repeat nor hide others. Servers from 4.6 on have a cursor for that (`start`), older ones a filter
//! (`id__gt`). The first page is asked for in a form that all understand. Where the order is given, or the server
//! has no keys to go by, a walk follows `next`, of which it takes what it did not ask for itself, and leaves out
//! what it has had.

use std::collections::{HashSet, VecDeque};

use crate::wire::Params;

/// How many pages in a row may hold nothing new.
const IDLE_PAGES: u32 = 100;

/// A page is not made smaller than this.
const SMALLEST_PAGE: u32 = 10;

/// A page is not made smaller more often: a server that hangs would hang on each.
const MOST_SHRUNK: u32 = 2;

#[derive(Debug)]
pub(crate) struct Pager {
    /// The queries that together are the list, without what asks for a page. The first one is being read.
    parts: VecDeque<Params>,
    /// The order that was asked for, if any.
    order: Option<String>,
    offset: Option<u64>,
    page_size: u32,
    /// How many objects are still to come, if that was limited.
    left: Option<u64>,
    /// Whether the list has the cursor `start`.
    cursor: bool,
    place: Place,
    /// The ids that could come again.
    seen: HashSet<u64>,
    /// How many objects the pages of this part had that were not asked for by key.
    had: u64,
    /// All objects up to that id were had, by key.
    had_up_to: Option<u64>,
    several_parts: bool,
    followed: HashSet<String>,
    idle: u32,
    /// How often the page that is asked for was made smaller.
    shrunk: u32,
}

#[derive(Debug)]
enum Place {
    First,
    /// After the object with that id. `trusted` once the server has shown that it goes by the key.
    After {
        id: u64,
        trusted: bool,
    },
    Follow(Params),
}

impl Pager {
    pub(crate) fn new(parts: Vec<Params>, page_size: u32) -> Self {
        Self {
            several_parts: parts.len() > 1,
            parts: parts.into(),
            order: None,
            offset: None,
            page_size,
            left: None,
            cursor: false,
            place: Place::First,
            seen: HashSet::new(),
            had: 0,
            had_up_to: None,
            followed: HashSet::new(),
            idle: 0,
            shrunk: 0,
        }
    }

    /// In the order of `ordering`'s terms, from `offset` on.
    pub(crate) fn ordered(mut self, order: Option<String>, offset: Option<u64>) -> Self {
        self.order = order;
        self.offset = offset;
        self
    }

    /// Ends the walk after that many objects.
    pub(crate) fn limited(mut self, objects: Option<u64>) -> Self {
        self.left = objects;
        self
    }

    /// Sets whether the list has the cursor `start`.
    pub(crate) fn set_cursor(&mut self, known: bool) {
        self.cursor = known;
    }

    /// The query of the next page; `None` at the end.
    pub(crate) fn query(&self) -> Option<Params> {
        let part = self.parts.front()?.clone();
        Some(match &self.place {
            Place::First => {
                let mut query = part.with("limit", self.limit()).with("ordering", self.ordering());
                if let Some(offset) = self.offset {
                    query.push("offset", offset.to_string());
                }
                query
            }
            Place::After { id, .. } if self.cursor => {
                part.with("limit", self.limit()).with("start", id.saturating_add(1))
            }
            Place::After { id, .. } => {
                let mut query = part.with("limit", self.limit()).with("ordering", "id");
                // Two bounds of one name would be an either-or, and the key is the stricter one.
                query.set("id__gt", id);
                query
            }
            Place::Follow(query) => {
                let mut query = query.clone();
                let theirs = query.values("limit").next().and_then(|limit| limit.parse().ok());
                let ours = self.limit();
                query.set("limit", theirs.filter(|limit| (1..ours).contains(limit)).unwrap_or(ours));
                query
            }
        })
    }

    /// Whether the next page is the first one of its query.
    pub(crate) fn begins(&self) -> bool {
        matches!(self.place, Place::First)
    }

    /// Ends the walk.
    pub(crate) fn stop(&mut self) {
        self.parts.clear();
    }

    /// Asks for smaller pages from here on, if they can be smaller.
    pub(crate) fn shrink(&mut self) -> bool {
        let can = self.can_shrink();
        if can {
            self.page_size = (self.limit() / 4).max(SMALLEST_PAGE);
            self.shrunk += 1;
        }
        can
    }

    pub(crate) fn can_shrink(&self) -> bool {
        self.limit() > SMALLEST_PAGE && self.shrunk < MOST_SHRUNK
    }

    /// Takes the page that [`query`](Self::query) asked for: the ids of its objects, how many NetBox says that the list has,
    /// and where it says that the next page is. Returns the positions of the objects that are new.
    ///
    /// # Errors
    ///
    /// A text that says what is wrong with the page. The walk is over then.
    pub(crate) fn accept(
        &mut self,
        ids: &[Option<u64>],
        count: Option<u64>,
        next: Option<&str>,
    ) -> Result<Vec<usize>, String> {
        self.shrunk = 0;
        let mut accepted = self.take(ids, count, next);
        if let (Ok(fresh), Some(left)) = (&mut accepted, &mut self.left) {
            fresh.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= fresh.len() as u64;
        }
        if accepted.is_err() || self.left == Some(0) {
            self.stop();
        }
        accepted
    }

    fn take(
        &mut self,
        ids: &[Option<u64>],
        count: Option<u64>,
        next: Option<&str>,
    ) -> Result<Vec<usize>, String> {
        if matches!(self.place, Place::First | Place::Follow(_)) {
            self.had += ids.len() as u64;
        }
        let last = match self.place {
            Place::First if self.order.is_none() && self.offset.is_none() => last_in_order(ids, None),
            Place::After { id: after, .. } => last_in_order(ids, Some(after)),
            _ => None,
        };
        match (&self.place, last) {
            (Place::After { trusted: false, .. }, None) => {
                // The server takes no keys, and this is the beginning again. It did order by id, so go on from there.
                let query = self.part().with("ordering", self.ordering()).with("offset", self.had);
                self.place = Place::Follow(query);
                Ok(Vec::new())
            }
            (Place::After { trusted: true, .. }, None) => {
                Err("the objects are not in the order of their ids".to_owned())
            }
            (_, Some(last)) => {
                let trusted = matches!((&self.place, &last), (Place::After { .. }, Last::Id(_)));
                let fresh = if trusted && !self.several_parts {
                    // From here on, the key alone tells what was had.
                    self.seen.clear();
                    (0..ids.len()).collect()
                } else {
                    self.fresh(ids)
                };
                match (next, last) {
                    (None, _) => self.end_part(),
                    (Some(_), Last::Id(id)) => {
                        self.had_up_to = trusted.then_some(id);
                        self.place = Place::After { id, trusted };
                    }
                    (Some(next), Last::Empty) => self.follow(next)?,
                }
                Ok(fresh)
            }
            (Place::First | Place::Follow(_), None) => {
                let fresh = self.fresh(ids);
                self.idle = if fresh.is_empty() { self.idle + 1 } else { 0 };
                match (next, count) {
                    (None, _) => self.end_part(),
                    (Some(_), Some(count)) if self.had >= count => {
                        return Err(format!(
                            "there is a page after all {count} objects that the list says it has"
                        ));
                    }
                    // Nothing would tell that the pages repeat each other.
                    (Some(_), None) if ids.contains(&None) => {
                        return Err(
                            "there are more pages of objects without ids, and no count of them".to_owned()
                        );
                    }
                    (Some(next), _) => self.follow(next)?,
                }
                Ok(fresh)
            }
        }
    }

    /// Goes on where NetBox says: from `next` it takes only the parameters that the library did not send itself.
    fn follow(&mut self, next: &str) -> Result<(), String> {
        if self.idle >= IDLE_PAGES {
            return Err(format!("{IDLE_PAGES} pages in a row hold nothing new"));
        }
        let part = self.part();
        let theirs = Params::parse(
            next.split_once('?').map_or("", |(_, query)| query.split('#').next().unwrap_or("")),
        );
        let mut query = part.clone().with("ordering", self.ordering());
        for (name, value) in theirs.iter().filter(|(name, _)| *name != "ordering" && !part.contains(name)) {
            query.push(name, value);
        }
        let mut place = query.clone();
        place.remove("limit");
        if !self.followed.insert(place.to_string()) {
            return Err("the next page is one that was read already".to_owned());
        }
        self.place = Place::Follow(query);
        Ok(())
    }

    fn end_part(&mut self) {
        self.parts.pop_front();
        self.place = Place::First;
        self.had = 0;
        self.had_up_to = None;
        self.followed.clear();
        self.idle = 0;
    }

    fn ordering(&self) -> &str {
        self.order.as_deref().unwrap_or("id")
    }

    fn part(&self) -> Params {
        self.parts.front().cloned().unwrap_or_default()
    }

    /// The positions of the objects that were not had already. Objects without an id are all taken for new.
    fn fresh(&mut self, ids: &[Option<u64>]) -> Vec<usize> {
        let had_up_to = self.had_up_to;
        let is_new = |id: &Option<u64>| id.is_none_or(|id| Some(id) > had_up_to && self.seen.insert(id));
        ids.iter().map(is_new).enumerate().filter_map(|(at, is_new)| is_new.then_some(at)).collect()
    }

    /// How many objects the next page is to have at most.
    fn limit(&self) -> u32 {
        let left = self.left.map_or(u32::MAX, |left| u32::try_from(left).unwrap_or(u32::MAX));
        self.page_size.min(left)
    }
}

enum Last {
    Empty,
    Id(u64),
}

/// The last id, if all objects have one and they ascend from `after`.
fn last_in_order(ids: &[Option<u64>], after: Option<u64>) -> Option<Last> {
    let mut last = after;
    for id in ids {
        let id = (*id)?;
        if last.is_some_and(|last| id <= last) {
            return None;
        }
        last = Some(id);
    }
    Some(last.filter(|_| !ids.is_empty()).map_or(Last::Empty, Last::Id))
}

#[cfg(test)]
mod tests;
