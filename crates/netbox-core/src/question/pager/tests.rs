use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};

use super::*;

/// A page of objects that are their ids.
struct Page {
    next: Option<String>,
    results: Vec<u64>,
}

fn accept(pager: &mut Pager, page: Page) -> Result<Vec<u64>, String> {
    let ids: Vec<_> = page.results.iter().copied().map(Some).collect();
    let fresh = pager.accept(&ids, None, page.next.as_deref())?;
    Ok(fresh.into_iter().map(|position| page.results[position]).collect())
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
    fn answer(&self, query: &Params) -> Page {
        let number = |name| query.values(name).last().and_then(|value| value.parse::<u64>().ok());
        let limit =
            number("limit").map_or(self.cap, |limit| usize::try_from(limit).unwrap().min(self.cap)).max(1);
        if let Some(start) = number("start").filter(|_| self.knows_cursor) {
            let rows: Vec<u64> = self.ids.range(start..).copied().take(limit).collect();
            let next =
                (rows.len() == limit).then(|| format!("http://inside/api/x/?start={}", rows[limit - 1] + 1));
            return Page { next, results: rows };
        }
        let after = number("id__gt").filter(|_| self.knows_keys);
        let mut rows: Vec<u64> =
            self.ids.iter().copied().filter(|id| after.is_none_or(|after| *id > after)).collect();
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
        Page { next, results: rows.into_iter().skip(offset).take(limit).collect() }
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

fn walk(pager: &mut Pager, mut answer: impl FnMut(&Params) -> Page) -> Result<Vec<u64>, String> {
    let mut all = Vec::new();
    let mut requests = 0;
    while let Some(query) = pager.query() {
        requests += 1;
        assert!(requests < 5_000, "the walk does not end");
        all.append(&mut accept(pager, answer(&query))?);
    }
    Ok(all)
}

fn pager(limit: u32) -> Pager {
    Pager::new(vec![Params::default().with("site", "a")], limit)
}

proptest! {
    #[test]
    fn every_object_of_an_honest_server_comes_once(server in server(), limit in 1..40u32, told: bool) {
        let mut pager = pager(limit);
        pager.set_cursor(told && server.knows_cursor);
        let mut ids = walk(&mut pager, |query| server.answer(query)).unwrap();
        ids.sort_unstable();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn an_order_and_an_offset_are_kept_to(server in server(), limit in 1..40u32, offset in 0..20u64) {
        let mut pager = pager(limit).ordered(Some("name,id".into()), Some(offset));
        let ids = walk(&mut pager, |query| server.answer(query)).unwrap();
        let mut expected: Vec<u64> = server.ids.iter().copied().collect();
        if server.descending && !server.knows_order { expected.reverse(); }
        prop_assert_eq!(ids, expected.into_iter().skip(usize::try_from(offset).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn a_limit_is_kept_to(server in server(), limit in 1..40u32, objects in 0..100u64, parts in 1..3usize) {
        let mut pager = Pager::new(vec![Params::default(); parts], limit).limited(Some(objects));
        pager.set_cursor(server.knows_cursor);
        let ids = walk(&mut pager, |query| server.answer(query)).unwrap();
        let distinct: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        prop_assert_eq!(ids.len(), server.ids.len().min(usize::try_from(objects).unwrap()));
    }

    #[test]
    fn parts_that_overlap_give_each_object_once(server in server(), limit in 1..40u32, parts in 2..4usize) {
        let part = Params::default().with("name__ic", "x");
        let mut pager = Pager::new(vec![part; parts], limit);
        pager.set_cursor(server.knows_cursor);
        let mut ids = walk(&mut pager, |query| server.answer(query)).unwrap();
        ids.sort_unstable();
        prop_assert_eq!(ids, server.ids.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn parts_that_are_apart_give_all_objects(server in server(), limit in 1..40u32, at in 1..300u64) {
        let part = |name: &str| Params::default().with("half", name);
        let mut pager = Pager::new(vec![part("low"), part("high")], limit);
        pager.set_cursor(server.knows_cursor);
        let (low, high): (BTreeSet<u64>, BTreeSet<u64>) = server.ids.iter().partition(|id| **id < at);
        let (low, high) = (Server { ids: low, ..server.clone() }, Server { ids: high, ..server.clone() });
        let mut ids = walk(&mut pager, |query| {
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
    ) {
        let server = Server { knows_order: true, knows_keys: true, ..server };
        let mut pager = pager(limit);
        pager.set_cursor(server.knows_cursor);
        let mut live = server.clone();
        let mut untouched = server.ids.clone();
        let mut changes = changes.into_iter();
        let ids = walk(&mut pager, |query| {
            let page = live.answer(query);
            if let Some((created, id)) = changes.next() {
                untouched.remove(&id);
                if created { live.ids.insert(id); } else { live.ids.remove(&id); }
            }
            page
        }).unwrap();
        let distinct: BTreeSet<u64> = ids.iter().copied().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        prop_assert!(untouched.is_subset(&distinct));
    }

    #[test]
    fn whatever_a_server_says_the_walk_ends_and_repeats_nothing(
        pages in vec((vec(1..60u64, 0..6), proptest::option::of(".{0,20}|https?://[a-z]{1,9}/api/x/\\?(offset|start|page)=[0-9]{1,2}")), 1..40),
        limit in 1..40u32,
        cursor: bool,
        ordered: bool,
    ) {
        let mut pager = pager(limit).ordered(ordered.then(|| "name,id".into()), None);
        pager.set_cursor(cursor);
        let mut pages = pages.into_iter();
        let mut all = Vec::new();
        while let Some(query) = pager.query() {
            prop_assert_eq!(query.values("site").collect::<Vec<_>>(), vec!["a"], "our filters go with each request");
            let (results, next) = pages.next().unwrap_or_default();
            match accept(&mut pager, Page { next, results }) {
                Ok(mut fresh) => all.append(&mut fresh),
                Err(_) => prop_assert!(pager.query().is_none(), "an error ends the walk"),
            }
        }
        let distinct: BTreeSet<u64> = all.iter().copied().collect();
        prop_assert_eq!(distinct.len(), all.len());
    }
}

#[track_caller]
fn check_queries(pager: &mut Pager, pages: &[(&[u64], Option<&str>)], expected: &[&str]) {
    let mut pages = pages.iter();
    let mut queries = Vec::new();
    while let Some(query) = pager.query() {
        queries.push(query.to_string());
        let (results, next) = pages.next().expect("more was asked for than expected");
        let page = Page { next: next.map(str::to_owned), results: results.to_vec() };
        accept(pager, page).unwrap();
    }
    assert_eq!(queries, expected);
}

#[test]
fn a_walk_goes_by_key() {
    let more = Some("http://inside/api/x/?limit=2&offset=2");
    check_queries(
        &mut pager(2),
        &[(&[3, 5], more), (&[8], None)],
        &["site=a&limit=2&ordering=id", "site=a&limit=2&ordering=id&id__gt=5"],
    );
    let mut with_cursor = pager(2);
    with_cursor.set_cursor(true);
    check_queries(
        &mut with_cursor,
        &[(&[3, 5], more), (&[8, 9], more), (&[], None)],
        &["site=a&limit=2&ordering=id", "site=a&limit=2&start=6", "site=a&limit=2&start=10"],
    );
}

#[test]
fn a_bound_of_the_callers_is_superseded_by_the_key() {
    let part = Params::default().with("id__gt", 100);
    check_queries(
        &mut Pager::new(vec![part], 1),
        &[(&[105], Some("?offset=1")), (&[107], None)],
        &["id__gt=100&limit=1&ordering=id", "limit=1&ordering=id&id__gt=105"],
    );
}

#[test]
fn of_next_only_what_was_not_asked_for_counts() {
    check_queries(
        &mut pager(2).ordered(Some("name,id".into()), None),
        &[
            (&[3, 5], Some("https://evil.example/steal?site=b&limit=2&offset=2&ordering=name,id#x")),
            (&[8], None),
        ],
        &["site=a&limit=2&ordering=name,id", "site=a&ordering=name,id&offset=2&limit=2"],
    );
}

#[test]
fn a_server_that_repeats_its_next_is_told_off() {
    let mut pager = pager(2).ordered(Some("name,id".into()), None);
    let page = |ids: &[u64]| Page { next: Some("/?offset=2".into()), results: ids.to_vec() };
    accept(&mut pager, page(&[1, 2])).unwrap();
    let error = accept(&mut pager, page(&[3])).unwrap_err();
    assert!(error.contains("read already"), "{error}");
    assert!(pager.query().is_none());
}

#[test]
fn an_endless_list_of_nothing_ends() {
    let mut pager = pager(2).ordered(Some("name,id".into()), None);
    let mut offset = 0;
    let error = walk(&mut pager, |_| {
        offset += 2;
        Page { next: Some(format!("/?offset={offset}")), results: Vec::new() }
    });
    assert!(error.unwrap_err().contains("nothing new"));
}

#[test]
fn pages_shrink_so_far() {
    let mut pager = pager(1000);
    let mut limits = Vec::new();
    while pager.shrink() {
        limits.push(pager.limit());
    }
    assert_eq!(limits, [250, 62]);
    accept(&mut pager, Page { next: Some("?offset=1".into()), results: vec![1] }).unwrap();
    while pager.shrink() {
        limits.push(pager.limit());
    }
    assert_eq!(limits, [250, 62, 15, 10]);
    assert_eq!([9, 10, 11].map(|limit| Pager::new(Vec::new(), limit).shrink()), [false, false, true]);
}

/// The ids that a pager of these parts hands out. A page is its ids, and whether there is a next one.
fn handed_out(parts: usize, pages: &[(&[u64], bool)]) -> Vec<u64> {
    let mut pager = Pager::new(vec![Params::default(); parts], 2);
    let mut all = Vec::new();
    for (at, (ids, has_next)) in pages.iter().enumerate() {
        pager.query().expect("another page");
        let next = has_next.then(|| format!("https://h/api/x/?offset={at}"));
        all.extend(accept(&mut pager, Page { next, results: ids.to_vec() }).unwrap());
    }
    assert!(pager.query().is_none());
    all
}

#[test]
fn what_a_key_led_past_is_not_handed_out_again() {
    // The empty page has a next one, which repeats what there was before.
    let pages: [(&[u64], bool); 4] = [(&[1, 2], true), (&[3, 4], true), (&[], true), (&[3, 4, 5], false)];
    assert_eq!(handed_out(1, &pages), [1, 2, 3, 4, 5]);
}

#[test]
fn each_part_begins_anew() {
    let pages: [(&[u64], bool); 4] = [(&[10], true), (&[11], true), (&[12], false), (&[1, 10], false)];
    assert_eq!(handed_out(2, &pages), [10, 11, 12, 1], "10 matches both");
}

#[test]
fn objects_without_ids_end_with_their_count() {
    let mut pager = pager(2);
    let next = |offset: usize| Some(format!("?offset={offset}&limit=2"));
    for (offset, count) in [(2, 5), (4, 9), (6, 8)] {
        assert_eq!(
            pager.accept(&[None; 2], Some(count), next(offset).as_deref()),
            Ok(vec![0, 1]),
            "{offset}"
        );
    }
    let error = pager.accept(&[None; 2], Some(8), next(8).as_deref()).unwrap_err();
    assert_eq!(error, "there is a page after all 8 objects that the list says it has");
    assert!(pager.query().is_none());
}

#[test]
fn objects_without_ids_and_count_have_one_page() {
    let mut pages = pager(2);
    assert!(pages.accept(&[None], None, Some("?offset=2")).unwrap_err().contains("no count"));
    assert_eq!(pager(2).accept(&[None; 2], None, None), Ok(vec![0, 1]));
}

#[test]
fn an_ordered_list_ends_with_its_count() {
    let mut pages = pager(2).ordered(Some("name".into()), None);
    assert_eq!(pages.accept(&[Some(7), Some(3)], Some(3), Some("?offset=2")), Ok(vec![0, 1]));
    pages.accept(&[Some(5)], Some(3), Some("?offset=4")).unwrap_err();
}
