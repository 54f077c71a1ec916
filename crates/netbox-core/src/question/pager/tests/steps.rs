//! The requests of a walk, step by step.

use super::*;

/// Asks for the next page, and answers with `page`.
fn step(pager: &mut Pager<Vec<u64>>, page: Page) -> Result<Vec<u64>, String> {
    let (number, _) = pager.ask(false, 0).expect("another page");
    take(pager, number, page);
    turns(pager)
}

fn page(results: &[u64], next: Option<&str>) -> Page {
    Page { next: next.map(str::to_owned), results: results.to_vec(), ..Page::default() }
}

#[track_caller]
fn check_queries(
    mut pager: Pager<Vec<u64>>,
    has_cursor: bool,
    pages: &[(&[u64], Option<&str>)],
    expected: &[&str],
) {
    let mut pages = pages.iter();
    let mut queries = Vec::new();
    while let Some((number, query)) = pager.ask(has_cursor, 0) {
        queries.push(query.to_string());
        let (results, next) = pages.next().expect("more was asked for than expected");
        take(&mut pager, number, page(results, *next));
        turns(&mut pager).unwrap();
    }
    assert_eq!(queries, expected);
}

#[test]
fn a_walk_goes_by_key() {
    let more = Some("http://inside/api/x/?limit=2&offset=2");
    check_queries(
        pager(2),
        false,
        &[(&[3, 5], more), (&[8], None)],
        &["site=a&limit=2&ordering=id", "site=a&limit=2&ordering=id&id__gt=5"],
    );
    check_queries(
        pager(2),
        true,
        &[(&[3, 5], more), (&[8, 9], more), (&[], None)],
        &["site=a&limit=2&ordering=id", "site=a&limit=2&start=6", "site=a&limit=2&start=10"],
    );
}

#[test]
fn a_walk_that_begins_by_key_counts_nothing() {
    check_queries(
        pager(2).by_key_from_the_start(),
        true,
        &[(&[3, 5], Some("?start=6")), (&[8], None)],
        &["site=a&limit=2&start=0", "site=a&limit=2&start=6"],
    );
    // Pages that go together need the count, and an order has no keys.
    for pager in [pager(2).together(2), pager(2).ordered(Some("name,id".into()), None)] {
        let (_, query) = pager.by_key_from_the_start().ask(true, 0).unwrap();
        assert!(query.contains("ordering") && !query.contains("start"), "{query}");
    }
}

#[test]
fn a_server_without_the_cursor_may_be_asked_for_it() {
    let more = Some("?limit=2&offset=2");
    // In the order of names: the beginning is asked for again.
    check_queries(
        pager(2).by_key_from_the_start(),
        true,
        &[(&[5, 3], more), (&[3, 5], None)],
        &["site=a&limit=2&start=0", "site=a&limit=2&ordering=id"],
    );
    // All of it is here.
    check_queries(pager(2).by_key_from_the_start(), true, &[(&[5, 3], None)], &["site=a&limit=2&start=0"]);
}

/// The queries that a pager may ask at the same time.
fn round(pager: &mut Pager<Vec<u64>>, has_cursor: bool) -> Vec<(u64, String)> {
    std::iter::from_fn(|| pager.ask(has_cursor, 0))
        .map(|(number, query)| (number, query.to_string()))
        .collect()
}

fn queries(round: &[(u64, String)]) -> Vec<&str> {
    round.iter().map(|(_, query)| query.as_str()).collect()
}

#[test]
fn pages_that_go_together_are_ranges_of_ids() {
    let mut pager = pager(2).together(3);
    let first = Page { count: Some(9), ..page(&[3, 4], Some("?offset=2")) };
    assert_eq!(step(&mut pager, first), Ok(vec![3, 4]));
    let asked = round(&mut pager, true);
    let expected = [
        "site=a&limit=2&start=5&id__lte=6",
        "site=a&limit=2&start=7&id__lte=8",
        "site=a&limit=2&start=9&id__lte=10",
    ];
    assert_eq!(queries(&asked), expected);
    // The last one comes first, and waits.
    take(&mut pager, asked[2].0, page(&[9, 10], Some("?start=11")));
    assert_eq!((turns(&mut pager), pager.ask(true, 0)), (Ok(vec![]), None));
    take(&mut pager, asked[0].0, page(&[5, 6], Some("?start=7")));
    assert_eq!(turns(&mut pager), Ok(vec![5, 6]));
    // The rest fits into a page, and may have grown.
    let last = round(&mut pager, true);
    assert_eq!(queries(&last), ["site=a&limit=2&start=11"]);
    take(&mut pager, asked[1].0, page(&[7, 8], Some("?start=9")));
    assert_eq!(turns(&mut pager), Ok(vec![7, 8, 9, 10]));
    take(&mut pager, last[0].0, page(&[11], None));
    assert_eq!((turns(&mut pager), pager.is_over()), (Ok(vec![11]), true));
    assert!(pager.had.ascending.is_empty() && pager.had.others.is_empty(), "the key tells what was had");
}

#[test]
fn no_page_is_asked_for_beyond_a_limit() {
    let mut pager = pager(2).limited(Some(6)).together(8);
    step(&mut pager, Page { count: Some(90), ..page(&[3, 4], Some("?offset=2")) }).unwrap();
    let asked = round(&mut pager, true);
    assert_eq!(queries(&asked), ["site=a&limit=2&start=5&id__lte=6", "site=a&limit=2&start=7"]);
    // With the first of them, that is all.
    take(&mut pager, asked[1].0, page(&[7, 8], Some("?start=9")));
    assert_eq!((turns(&mut pager), pager.ask(true, 0)), (Ok(vec![]), None));
    // It does not hold what was expected.
    take(&mut pager, asked[0].0, page(&[5], None));
    assert_eq!(turns(&mut pager), Ok(vec![5, 7, 8]));
    assert_eq!(queries(&round(&mut pager, true)), ["site=a&limit=1&start=9"]);
}

#[test]
fn a_list_that_ends_before_its_count_is_asked_for_no_more() {
    let mut pager = pager(2).ordered(Some("name,id".into()), None).together(3);
    step(&mut pager, Page { count: Some(1_000_000), ..page(&[3, 9], Some("?limit=2&offset=2")) }).unwrap();
    let asked = round(&mut pager, true);
    assert_eq!(asked.len(), 3);
    take(&mut pager, asked[0].0, page(&[5], None));
    assert_eq!((turns(&mut pager), pager.ask(true, 0)), (Ok(vec![5]), None));
}

#[test]
fn an_older_server_is_asked_for_the_same_ranges() {
    let part = Params::default().with("id__gt", 1).with("id__lte", 8).with("id__lte", 7);
    let mut pager = Pager::new(vec![part], 2).together(3);
    let first = Page { count: Some(6), ..page(&[3, 4], Some("?offset=2")) };
    step(&mut pager, first).unwrap();
    // A bound of the caller's that is stricter stays.
    let asked = round(&mut pager, false);
    let expected =
        ["limit=2&ordering=id&id__gt=4&id__lte=6", "id__lte=8&id__lte=7&limit=2&ordering=id&id__gt=6"];
    assert_eq!(queries(&asked), expected);
}

#[test]
fn a_range_that_is_fuller_than_a_page_is_cut_again() {
    let mut pager = pager(10).together(4);
    let wide: Vec<u64> = (1..=10).map(|id| id * 100).collect();
    step(&mut pager, Page { count: Some(200), ..page(&wide, Some("?offset=10")) }).unwrap();
    let asked = round(&mut pager, false);
    // Nine tenths of what a page would hold if ids went on as they began.
    assert_eq!(asked[0].1, "site=a&limit=10&ordering=id&id__gt=1000&id__lte=1810");
    let dense: Vec<u64> = (1001..=1010).collect();
    take(&mut pager, asked[0].0, page(&dense, Some("?offset=10")));
    turns(&mut pager).unwrap();
    let asked = round(&mut pager, false);
    assert_eq!(asked[0].1, "site=a&limit=10&ordering=id&id__gt=1010&id__lte=1020");
}

#[test]
fn a_page_that_fails_ends_the_walk_at_its_turn() {
    let mut pager = pager(2).together(3);
    step(&mut pager, Page { count: Some(90), ..page(&[3, 4], Some("?offset=2")) }).unwrap();
    let asked = round(&mut pager, false);
    pager.fail(asked[1].0, vec![]);
    assert_eq!((pager.turn(), pager.ask(false, 0)), (None, None));
    take(&mut pager, asked[0].0, page(&[5, 6], Some("?offset=2")));
    assert_eq!(turns(&mut pager), Err(String::new()));
    assert!(pager.is_over());
}

#[test]
fn orders_go_together_by_offset() {
    let mut pager = pager(2).ordered(Some("name,id".into()), Some(4)).together(4);
    let first = Page { count: Some(11), ..page(&[3, 9], Some("?limit=2&offset=6&ordering=name")) };
    step(&mut pager, first).unwrap();
    let asked = round(&mut pager, true);
    let expected = [
        "site=a&ordering=name,id&offset=6&limit=2",
        "site=a&ordering=name,id&offset=8&limit=2",
        "site=a&ordering=name,id&offset=10&limit=2",
    ];
    assert_eq!(queries(&asked), expected);
    // A server that gives less than it was asked for is asked for the rest.
    take(&mut pager, asked[0].0, page(&[5], Some("?limit=1&offset=7")));
    assert_eq!(turns(&mut pager), Ok(vec![5]));
    assert_eq!(queries(&round(&mut pager, true)), ["site=a&ordering=name,id&offset=7&limit=1"]);
}

#[test]
fn a_bound_of_the_callers_is_superseded_by_the_key() {
    let part = Params::default().with("id__gt", 100);
    check_queries(
        Pager::new(vec![part], 1),
        false,
        &[(&[105], Some("?offset=1")), (&[107], None)],
        &["id__gt=100&limit=1&ordering=id", "limit=1&ordering=id&id__gt=105"],
    );
}

#[test]
fn of_next_only_what_was_not_asked_for_counts() {
    check_queries(
        pager(2).ordered(Some("name,id".into()), None),
        false,
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
    step(&mut pager, page(&[1, 2], Some("/?offset=2"))).unwrap();
    let error = step(&mut pager, page(&[3], Some("/?offset=2"))).unwrap_err();
    assert!(error.contains("read already"), "{error}");
    assert!(pager.is_over());
}

#[test]
fn an_endless_list_of_nothing_ends() {
    let pager = pager(2).ordered(Some("name,id".into()), None);
    let mut offset = 0;
    let error = Walk::of(pager, false, (1, 0)).on(|_| {
        offset += 2;
        page(&[], Some(&format!("/?offset={offset}")))
    });
    assert!(error.unwrap_err().contains("nothing new"));
}

#[test]
fn pages_shrink_so_far() {
    let mut pager = pager(1000);
    let mut limits = Vec::new();
    let mut shrink = |pager: &mut Pager<_>| {
        loop {
            let (number, query) = pager.ask(false, 0).unwrap();
            limits.extend(query.values("limit").map(str::to_owned));
            if !pager.shrink(number) {
                return number;
            }
        }
    };
    let first = shrink(&mut pager);
    take(&mut pager, first, page(&[1], Some("?offset=1")));
    turns(&mut pager).unwrap();
    shrink(&mut pager);
    assert_eq!(limits, ["1000", "250", "62", "62", "15", "10"]);
}

#[test]
fn pages_that_shrink_together_shrink_alike() {
    let mut pager = Pager::<()>::new(vec![Params::default(); 3], 1000).together(3);
    let limits = |pager: &mut Pager<()>| -> Vec<(u64, String)> {
        std::iter::from_fn(|| pager.ask(false, 0))
            .map(|(number, query)| (number, query.values("limit").collect()))
            .collect()
    };
    let asked = limits(&mut pager);
    assert!(asked.iter().all(|(number, _)| pager.can_shrink(*number) && pager.shrink(*number)));
    let again = limits(&mut pager);
    assert!(again.len() == 3 && again.iter().all(|(_, limit)| limit == "250"), "{again:?}");
}

/// The ids that a pager of these parts hands out. A page is its ids, and whether there is a next one.
fn handed_out(parts: usize, pages: &[(&[u64], bool)]) -> Vec<u64> {
    let mut pager = Pager::new(vec![Params::default(); parts], 2);
    let mut all = Vec::new();
    for (at, (ids, has_next)) in pages.iter().enumerate() {
        let next = has_next.then(|| format!("https://h/api/x/?offset={at}"));
        all.extend(step(&mut pager, page(ids, next.as_deref())).unwrap());
    }
    assert!(pager.is_over());
    all
}

#[test]
fn what_a_key_led_past_is_not_handed_out_again() {
    // The empty page has a next one, which repeats what there was before.
    let pages: [(&[u64], bool); 4] = [(&[1, 2], true), (&[3, 4], true), (&[], true), (&[3, 4, 5], false)];
    assert_eq!(handed_out(1, &pages), [1, 2, 3, 4, 5]);
}

#[test]
fn a_page_without_an_object_of_its_range_leads_past_none() {
    let mut pager = pager(1).together(2);
    step(&mut pager, Page { count: Some(3), ..page(&[7], Some("?offset=1")) }).unwrap();
    let asked = round(&mut pager, false);
    assert_eq!(asked[0].1, "site=a&limit=1&ordering=id&id__gt=7&id__lte=8");
    take(&mut pager, asked[0].0, page(&[9], None));
    // The empty page has a next one, which begins again.
    take(&mut pager, asked[1].0, page(&[], Some("?offset=1")));
    assert_eq!(turns(&mut pager), Ok(vec![]));
    assert_eq!(step(&mut pager, page(&[7], None)), Ok(vec![]));
}

#[test]
fn each_part_begins_anew() {
    let pages: [(&[u64], bool); 4] = [(&[10], true), (&[11], true), (&[12], false), (&[1, 10], false)];
    assert_eq!(handed_out(2, &pages), [10, 11, 12, 1], "10 matches both");
}

/// Takes a page of objects, of which only those have ids.
fn take_some(
    pager: &mut Pager<()>,
    ids: &[Option<u64>],
    count: Option<u64>,
    next: Option<&str>,
) -> Result<Vec<usize>, String> {
    let (number, _) = pager.ask(false, 0).unwrap();
    pager.accept(number, (), ids, count, next);
    pager.turn().unwrap().1
}

fn bare(limit: u32, order: Option<&str>) -> Pager<()> {
    Pager::new(vec![Params::default()], limit).ordered(order.map(str::to_owned), None).together(4)
}

#[test]
fn objects_without_ids_end_with_their_count() {
    let mut pager = bare(2, None);
    let next = |offset: usize| Some(format!("?offset={offset}&limit=2"));
    for (offset, count) in [(2, 5), (4, 9), (6, 8)] {
        let taken = take_some(&mut pager, &[None; 2], Some(count), next(offset).as_deref());
        assert_eq!(taken, Ok(vec![0, 1]), "{offset}");
    }
    let error = take_some(&mut pager, &[None; 2], Some(8), next(8).as_deref()).unwrap_err();
    assert_eq!(error, "there is a page after all 8 objects that the list says it has");
    assert!(pager.is_over());
}

#[test]
fn objects_without_ids_and_count_have_one_page() {
    let error = take_some(&mut bare(2, None), &[None], None, Some("?offset=2")).unwrap_err();
    assert!(error.contains("no count"));
    assert_eq!(take_some(&mut bare(2, None), &[None; 2], None, None), Ok(vec![0, 1]));
}

#[test]
fn an_ordered_list_ends_with_its_count() {
    let mut pager = bare(2, Some("name"));
    assert_eq!(take_some(&mut pager, &[Some(7), Some(3)], Some(3), Some("?offset=2")), Ok(vec![0, 1]));
    take_some(&mut pager, &[Some(5)], Some(3), Some("?offset=4")).unwrap_err();
}
