use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};

use super::*;

mod steps;

/// A page of objects that are their ids.
#[derive(Debug, Clone, Default)]
struct Page {
    count: Option<u64>,
    next: Option<String>,
    results: Vec<u64>,
}

/// How many pages go together: none, as few as there can be, and many.
const TOGETHER: [usize; 3] = [1, 2, 8];

fn take(pager: &mut Pager<Vec<u64>>, number: u64, page: Page) {
    let ids: Vec<_> = page.results.iter().copied().map(Some).collect();
    pager.accept(number, page.results, &ids, page.count, page.next.as_deref());
}

/// The objects of all pages whose turn it is.
fn turns(pager: &mut Pager<Vec<u64>>) -> Result<Vec<u64>, String> {
    let mut all = Vec::new();
    while let Some((page, fresh)) = pager.turn() {
        all.extend(fresh?.into_iter().map(|position| page[position]));
    }
    Ok(all)
}

/// A NetBox with one list, of one version or another, honest.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "any mix of them is a server")]
struct Server {
    ids: BTreeSet<u64>,
    /// Rows that its default order puts first, as by name.
    descending: bool,
    knows_order: bool,
    knows_keys: bool,
    knows_cursor: bool,
    cap: usize,
}

impl Server {
    /// The newest one.
    fn new() -> Self {
        let ids = BTreeSet::new();
        Self { ids, descending: false, knows_order: true, knows_keys: true, knows_cursor: true, cap: 1000 }
    }

    fn answer(&self, query: &Params) -> Page {
        let number = |name| query.values(name).last().and_then(|value| value.parse::<u64>().ok());
        let limit =
            number("limit").map_or(self.cap, |limit| usize::try_from(limit).unwrap().min(self.cap)).max(1);
        if let Some(start) = number("start").filter(|_| self.knows_cursor) {
            let until = number("id__lte").filter(|_| self.knows_keys).unwrap_or(u64::MAX);
            let in_range = self.ids.range(start..).copied().filter(|id| *id <= until);
            let rows: Vec<u64> = in_range.take(limit).collect();
            let next =
                (rows.len() == limit).then(|| format!("http://inside/api/x/?start={}", rows[limit - 1] + 1));
            return Page { count: None, next, results: rows };
        }
        let bound = |name| number(name).filter(|_| self.knows_keys);
        let (after, until) = (bound("id__gt").unwrap_or(0), bound("id__lte").unwrap_or(u64::MAX));
        let mut rows: Vec<u64> = self.ids.iter().copied().filter(|id| *id > after && *id <= until).collect();
        let by_id =
            self.knows_order && query.values("ordering").last().is_some_and(|order| order.ends_with("id"));
        if self.descending && !by_id {
            rows.reverse();
        }
        let offset = usize::try_from(number("offset").unwrap_or(0)).unwrap();
        let next = (offset + limit < rows.len()).then(|| {
            let mut next = query.clone();
            next.set("offset", offset + limit);
            next.set("limit", limit);
            format!("http://inside:8000/prefix/api/x/?{next}")
        });
        let count = Some(rows.len() as u64);
        Page { count, next, results: rows.into_iter().skip(offset).take(limit).collect() }
    }
}

fn server() -> impl Strategy<Value = Server> {
    let ids = proptest::collection::btree_set(1..300u64, 0..80);
    (ids, any::<[bool; 4]>(), 1..30usize).prop_map(
        |(ids, [descending, order, knows_keys, knows_cursor], cap)| {
            // NetBox orders by id wherever it goes by id.
            let knows_order = order || knows_keys || knows_cursor;
            Server { ids, descending, knows_order, knows_keys, knows_cursor, cap }
        },
    )
}

/// A walk in which requests are answered in any order.
struct Walk {
    pager: Pager<Vec<u64>>,
    has_cursor: bool,
    /// Says which of the requests under way is answered first.
    pick: u64,
}

impl Walk {
    fn of(pager: Pager<Vec<u64>>, has_cursor: bool, (together, pick): (usize, u64)) -> Self {
        let pager = pager.together(together);
        let pager = if has_cursor && pick % 2 == 1 { pager.by_key_from_the_start() } else { pager };
        Self { pager, has_cursor, pick }
    }

    /// Walks on to the end.
    fn on(&mut self, mut answer: impl FnMut(&Params) -> Page) -> Result<Vec<u64>, String> {
        let (mut all, mut asked) = (Vec::new(), Vec::new());
        for _ in 0..5_000 {
            while let Some(question) = self.pager.ask(self.has_cursor, 0) {
                asked.push(question);
            }
            let waiting = self.pager.slots.iter().filter(|slot| slot.is_here()).count();
            assert!(asked.len() + waiting <= self.pager.together + 1, "{} and {waiting}", asked.len());
            if asked.is_empty() {
                assert!(self.pager.is_over());
                return Ok(all);
            }
            self.pick = self.pick.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (number, query) = asked.swap_remove(usize::try_from(self.pick >> 33).unwrap() % asked.len());
            take(&mut self.pager, number, answer(&query));
            all.append(&mut turns(&mut self.pager)?);
        }
        panic!("the walk does not end");
    }
}

fn pager(limit: u32) -> Pager<Vec<u64>> {
    Pager::new(vec![Params::default().with("site", "a")], limit)
}

fn together() -> impl Strategy<Value = (usize, u64)> {
    (proptest::sample::select(TOGETHER.to_vec()), any::<u64>())
}

proptest! {
    #[test]
    fn every_object_of_an_honest_server_comes_once(
        server in server(),
        limit in 1..40u32,
        cursor: bool,
        together in together(),
    ) {
        let mut walk = Walk::of(pager(limit), cursor, together);
        let mut ids = walk.on(|query| server.answer(query)).unwrap();
        // A list that fits into the first page comes in its own order, if it ignores the cursor that it is asked by.
        let keeps_its_order = !server.knows_order || cursor && !server.knows_cursor;
        prop_assert!(server.descending && keeps_its_order || ids.is_sorted());
        ids.sort_unstable();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn an_order_and_an_offset_are_kept_to(
        server in server(),
        limit in 1..40u32,
        offset in 0..20u64,
        together in together(),
    ) {
        let mut walk = Walk::of(pager(limit).ordered(Some("name,id".into()), Some(offset)), false, together);
        let ids = walk.on(|query| server.answer(query)).unwrap();
        let mut expected: Vec<u64> = server.ids.iter().copied().collect();
        if server.descending && !server.knows_order { expected.reverse(); }
        prop_assert_eq!(ids, expected.into_iter().skip(usize::try_from(offset).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn a_limit_is_kept_to(
        server in server(),
        limit in 1..40u32,
        objects in 0..100u64,
        parts in 1..3usize,
        ordered: bool,
        together in together(),
    ) {
        let pager = Pager::new(vec![Params::default(); parts], limit).limited(Some(objects));
        let pager = pager.ordered((ordered && parts == 1).then(|| "name,id".into()), None);
        let mut walk = Walk::of(pager, server.knows_cursor, together);
        let ids = walk.on(|query| server.answer(query)).unwrap();
        let distinct: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        prop_assert_eq!(ids.len(), server.ids.len().min(usize::try_from(objects).unwrap()));
        let first: Vec<u64> = server.ids.iter().copied().take(ids.len()).collect();
        prop_assert!(server.descending && !server.knows_order || ids == first, "{:?}", ids);
    }

    #[test]
    fn parts_that_overlap_give_each_object_once(
        server in server(),
        limit in 1..40u32,
        parts in 2..4usize,
        together in together(),
    ) {
        let part = Params::default().with("name__ic", "x");
        let mut walk = Walk::of(Pager::new(vec![part; parts], limit), server.knows_cursor, together);
        let mut ids = walk.on(|query| server.answer(query)).unwrap();
        ids.sort_unstable();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn parts_that_are_apart_give_all_objects(
        server in server(),
        limit in 1..40u32,
        at in 1..300u64,
        together in together(),
    ) {
        let part = |name: &str| Params::default().with("half", name);
        let pager = Pager::new(vec![part("low"), part("high")], limit);
        let mut walk = Walk::of(pager, server.knows_cursor, together);
        let (low, high): (BTreeSet<u64>, BTreeSet<u64>) = server.ids.iter().partition(|id| **id < at);
        let (low, high) = (Server { ids: low, ..server.clone() }, Server { ids: high, ..server.clone() });
        let mut ids = walk.on(|query| {
            if query.values("half").any(|half| half == "low") { low.answer(query) } else { high.answer(query) }
        }).unwrap();
        ids.sort_unstable();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn objects_that_come_and_go_hide_no_others(
        server in server(),
        limit in 1..10u32,
        changes in vec((any::<bool>(), 1..300u64), 0..60),
        together in together(),
    ) {
        let server = Server { knows_order: true, knows_keys: true, ..server };
        let mut walk = Walk::of(pager(limit), server.knows_cursor, together);
        let mut live = server.clone();
        let mut untouched = server.ids.clone();
        let mut changes = changes.into_iter();
        let ids = walk.on(|query| {
            let page = live.answer(query);
            if let Some((created, id)) = changes.next() {
                untouched.remove(&id);
                if created { live.ids.insert(id); } else { live.ids.remove(&id); }
            }
            page
        }).unwrap();
        let distinct: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        prop_assert!(ids.is_sorted());
        prop_assert!(untouched.is_subset(&distinct));
    }

    #[test]
    fn objects_that_come_behind_an_order_repeat_none(
        server in server(),
        limit in 1..10u32,
        created in vec(300..400u64, 0..40),
        together in together(),
    ) {
        // New ones are the last of the order: pages by offset promise no more.
        let mut live = Server { knows_order: true, ..server };
        let mut walk = Walk::of(pager(limit).ordered(Some("created,id".into()), None), false, together);
        let (before, mut created) = (live.ids.clone(), created.into_iter());
        let ids = walk.on(|query| {
            let page = live.answer(query);
            live.ids.extend(created.next());
            page
        }).unwrap();
        let distinct: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        prop_assert!(before.is_subset(&distinct));
    }

    #[test]
    fn whatever_a_server_says_the_walk_ends_and_repeats_nothing(
        pages in vec(
            (
                vec(1..60u64, 0..6),
                proptest::option::of(".{0,20}|https?://[a-z]{1,9}/api/x/\\?(offset|start|page)=[0-9]{1,2}"),
                proptest::option::of(prop_oneof![0..60u64, any::<u64>()]),
                any::<bool>(),
            ),
            1..40,
        ),
        limit in 1..40u32,
        cursor: bool,
        ordered: bool,
        together in together(),
    ) {
        let pager = pager(limit).ordered(ordered.then(|| "name,id".into()), None);
        let mut walk = Walk::of(pager, cursor, together);
        let mut pages = pages.into_iter();
        let mut foreign = false;
        let all = walk.on(|query| {
            foreign |= !query.values("site").eq(["a"]);
            let (mut results, next, count, sorted) = pages.next().unwrap_or_default();
            if sorted {
                results.sort_unstable();
                results.dedup();
            }
            Page { count, next, results }
        });
        prop_assert!(!foreign, "our filters go with each request");
        match all {
            Ok(all) => prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len()),
            Err(_) => prop_assert!(walk.pager.is_over(), "an error ends the walk"),
        }
    }

    #[test]
    fn a_list_costs_few_requests_more_than_it_has_pages(
        clusters in vec((1..100_000u64, 1..200u64, 1..4u64), 1..6),
        limit in 10..40u32,
        cursor: bool,
        together in together(),
    ) {
        let mut ids = BTreeSet::new();
        let mut last = 0;
        for (gap, objects, step) in &clusters {
            ids.extend((0..*objects).map(|at| last + gap + at * step));
            last += gap + objects * step;
        }
        let pages = ids.len().div_ceil(usize::try_from(limit).unwrap());
        let server = Server { ids, cap: 1000, ..Server::new() };
        let mut requests = 0;
        let mut walk = Walk::of(pager(limit), cursor, together);
        let ids = walk.on(|query| { requests += 1; server.answer(query) }).unwrap();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
        // At the end of a cluster, all that goes together may meet a gap.
        let most = pages + pages / 2 + (together.0 + 2) * clusters.len() + 1;
        prop_assert!(requests <= most, "{} requests for {} pages", requests, pages);
    }
}
