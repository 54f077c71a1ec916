//! One of the queries that together are a list: how its pages are asked for, and where each leads.

use std::collections::HashSet;

use crate::wire::Params;

/// The order and the offset that were asked for, if any were.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) order: Option<String>,
    pub(super) offset: Option<u64>,
}

/// A query without what asks for a page, and what its pages have shown.
#[derive(Debug)]
pub(super) struct Part {
    params: Params,
    /// How many objects the pages had that were not asked for by key.
    had: u64,
    /// Whether the server has shown that it goes by the key.
    trusted: bool,
    /// Whether pages by key are asked for by the cursor.
    cursor: bool,
    followed: HashSet<String>,
}

/// Where a page is in the list of a part.
#[derive(Debug, Clone)]
pub(super) enum Place {
    First,
    /// The first page, by the cursor.
    Beginning,
    /// After the object with that id, and, if the page is one of several that are asked for together, up to the id `until`.
    After {
        id: u64,
        until: Option<u64>,
    },
    /// From one offset up to another, by a query that has none.
    Between {
        query: Params,
        offset: u64,
        until: u64,
    },
    Follow(Params),
}

/// A page that was taken.
pub(super) struct Taken {
    /// How many of its objects count: those from the first on.
    pub(super) kept: usize,
    /// Whether all objects up to the last one were had, by key.
    pub(super) by_key: bool,
    /// Whether such pages may go on without end.
    pub(super) may_idle: bool,
    pub(super) then: Then,
}

/// The page that comes after another one.
#[derive(Debug, Clone)]
pub(super) enum Then {
    /// None.
    End,
    At(Place),
    /// The server takes no keys, and this was the beginning again: none of the pages that were asked for by key counts.
    Instead(Place),
}

impl Way {
    pub(super) fn ordering(&self) -> &str {
        self.order.as_deref().unwrap_or("id")
    }

    pub(super) fn is_by_key(&self) -> bool {
        self.order.is_none() && self.offset.is_none()
    }
}

impl Part {
    pub(super) fn new(params: Params) -> Self {
        Self { params, had: 0, trusted: false, cursor: false, followed: HashSet::new() }
    }

    /// The query of the page at `place`, with at most `limit` objects.
    pub(super) fn query(&mut self, way: &Way, place: &Place, limit: u32, cursor: bool) -> Params {
        self.cursor = cursor;
        let part = || self.params.clone().with("limit", limit);
        match place {
            Place::First => {
                let mut query = part().with("ordering", way.ordering());
                if let Some(offset) = way.offset {
                    query.push("offset", offset.to_string());
                }
                query
            }
            Place::Beginning => part().with("start", 0),
            Place::After { id, until } => {
                let mut query = part();
                if cursor {
                    query.push("start", id.saturating_add(1).to_string());
                } else {
                    query.push("ordering", "id");
                    // NetBox would OR two bounds of one name, and the key is the stricter one.
                    query.set("id__gt", id);
                }
                if let Some(until) = until.filter(|until| self.is_stricter(*until)) {
                    query.set("id__lte", until);
                }
                query
            }
            Place::Between { query, offset, until } => {
                let limit = u64::from(limit).min(until - offset);
                query.clone().with("offset", offset).with("limit", limit)
            }
            Place::Follow(query) => {
                let mut query = query.clone();
                let theirs = query.values("limit").next().and_then(|limit| limit.parse().ok());
                query.set("limit", theirs.filter(|theirs| (1..limit).contains(theirs)).unwrap_or(limit));
                query
            }
        }
    }

    /// Whether no bound of the caller's own lies below `until`.
    fn is_stricter(&self, until: u64) -> bool {
        let mut bounds = self.params.values("id__lte").peekable();
        bounds.peek().is_none() || bounds.any(|bound| bound.parse().is_ok_and(|bound: u64| bound > until))
    }

    /// Takes the page at `place`: the ids of its objects, how many NetBox says that the list has, and where it says that
    /// the next page is.
    pub(super) fn take(
        &mut self,
        way: &Way,
        place: &Place,
        ids: &[Option<u64>],
        count: Option<u64>,
        next: Option<&str>,
    ) -> Result<Taken, String> {
        let read = ids.len() as u64;
        // NetBox counts no list that it goes through by the cursor.
        let ignores_cursor = self.cursor && count.is_some();
        match place {
            Place::After { .. } if ignores_cursor => Ok(self.without_key(way)),
            Place::After { id, until } => self.take_after(way, *id, *until, ids, next),
            Place::Between { query, offset, until } => {
                self.had += read;
                let (query, offset, until) = (query.clone(), offset + read, *until);
                let is_over = next.is_none() || ids.is_empty() || offset >= until;
                let then =
                    if is_over { Then::End } else { Then::At(Place::Between { query, offset, until }) };
                Ok(Taken { kept: ids.len(), by_key: false, may_idle: false, then })
            }
            Place::First | Place::Beginning | Place::Follow(_) => {
                let goes_by_key = !matches!(place, Place::Follow(_)) && way.is_by_key();
                let last = if goes_by_key { last_in_order(ids, None) } else { None };
                if !matches!(place, Place::Beginning) {
                    self.had += read;
                } else if next.is_some() && (last.is_none() || ignores_cursor) {
                    // This is the list's own order.
                    let then = Then::Instead(Place::First);
                    return Ok(Taken { kept: 0, by_key: false, may_idle: false, then });
                }
                let then = match (next, &last) {
                    (None, _) => Then::End,
                    (Some(_), Some(Last::Id(id))) => Then::At(Place::After { id: *id, until: None }),
                    (Some(_), None) if count.is_some_and(|count| self.had >= count) => {
                        let count = count.unwrap_or_default();
                        return Err(format!(
                            "there is a page after all {count} objects that the list says it has"
                        ));
                    }
                    // Nothing would show that the pages repeat each other.
                    (Some(_), None) if count.is_none() && ids.contains(&None) => {
                        return Err(
                            "there are more pages of objects without ids, and no count of them".to_owned()
                        );
                    }
                    (Some(next), _) => Then::At(self.follow(way, next)?),
                };
                Ok(Taken { kept: ids.len(), by_key: false, may_idle: last.is_none(), then })
            }
        }
    }

    fn take_after(
        &mut self,
        way: &Way,
        id: u64,
        until: Option<u64>,
        ids: &[Option<u64>],
        next: Option<&str>,
    ) -> Result<Taken, String> {
        let taken = |kept, by_key, then| Ok(Taken { kept, by_key, may_idle: false, then });
        match last_in_order(ids, Some(id)) {
            None if self.trusted => Err("the objects are not in the order of their ids".to_owned()),
            None => Ok(self.without_key(way)),
            Some(Last::Empty) => {
                let then = match (next, until) {
                    (Some(next), None) => Then::At(self.follow(way, next)?),
                    _ => Then::End,
                };
                taken(0, false, then)
            }
            Some(Last::Id(last)) => {
                self.trusted = true;
                let kept = ids.partition_point(|id| until.is_none_or(|until| *id <= Some(until)));
                let is_over = next.is_none() || until.is_some_and(|until| last >= until);
                let then = if is_over { Then::End } else { Then::At(Place::After { id: last, until }) };
                taken(kept, kept > 0, then)
            }
        }
    }

    /// Goes on behind the pages that were asked for in the order of ids, as one that was asked for by key shows none.
    fn without_key(&self, way: &Way) -> Taken {
        let query = self.params.clone().with("ordering", way.ordering()).with("offset", self.had);
        Taken { kept: 0, by_key: false, may_idle: false, then: Then::Instead(Place::Follow(query)) }
    }

    /// Goes on where NetBox says: from `next` it takes only the parameters that the library did not send itself.
    fn follow(&mut self, way: &Way, next: &str) -> Result<Place, String> {
        let theirs = parameters_of(next);
        let mut query = self.params.clone().with("ordering", way.ordering());
        for (name, value) in
            theirs.iter().filter(|(name, _)| *name != "ordering" && !self.params.contains(name))
        {
            query.push(name, value);
        }
        let mut place = query.clone();
        place.remove("limit");
        if !self.followed.insert(place.to_string()) {
            return Err("the next page is one that was read already".to_owned());
        }
        Ok(Place::Follow(query))
    }
}

/// The parameters of a URL.
fn parameters_of(url: &str) -> Params {
    Params::parse(url.split_once('?').map_or("", |(_, query)| query.split('#').next().unwrap_or("")))
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
