//! The references of a page are resolved together.

#![allow(clippy::cast_possible_truncation, reason = "all numbers are small")]

use std::{
    cell::Cell,
    collections::BTreeSet,
    pin::Pin,
    task::{Context, Poll, Waker},
    thread,
};

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Async, Blocking, Error, Fk, Mode, Model,
    fk::GenericFk,
    test::{Asking, Canned, asked, json},
    transport::{Request, Response},
};

#[derive(Debug, Deserialize)]
struct Region {
    id: u64,
    name: String,
}

impl Model for Region {
    const ENDPOINT: &'static str = "dcim/regions";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "name"]);

    fn id(&self) -> u64 {
        self.id
    }
}

#[derive(Debug, Deserialize)]
struct Site {
    id: u64,
    region: Fk<Region>,
}

impl Model for Site {
    const ENDPOINT: &'static str = "dcim/sites";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "region"]);

    fn id(&self) -> u64 {
        self.id
    }
}

#[derive(Debug, Deserialize)]
struct Rack {
    id: u64,
    site: Option<Fk<Site>>,
    others: Vec<Fk<Site>>,
    scope: GenericFk,
}

impl Model for Rack {
    const ENDPOINT: &'static str = "dcim/racks";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "site", "others", "scope"]);

    fn id(&self) -> u64 {
        self.id
    }
}

/// Racks, by the ids of their sites, and what is wrong with some of the sites.
#[derive(Clone, Default)]
struct Netbox {
    sites: Vec<Option<u64>>,
    gone: BTreeSet<u64>,
    broken: BTreeSet<u64>,
}

fn nested(endpoint: &str, id: u64) -> Value {
    value!({"id": id, "url": format!("https://h/nb/api/dcim/{endpoint}/{id}/"), "display": format!("{endpoint} {id}")})
}

impl Netbox {
    fn of(sites: impl IntoIterator<Item = u64>) -> Self {
        Self { sites: sites.into_iter().map(Some).collect(), ..Self::default() }
    }

    fn rack(&self, id: u64) -> Value {
        let site = self.sites[id as usize - 1];
        let others: Vec<_> = site.into_iter().map(|site| nested("sites", site + 1000)).collect();
        value!({
            "id": id,
            "site": site.map(|site| nested("sites", site)),
            "others": others,
            "scope": {"object_type": "dcim.site", "object_id": id + 2000, "object": {"display": "x"}},
        })
    }

    fn object(&self, endpoint: &str, id: u64) -> Option<Value> {
        match endpoint {
            _ if self.gone.contains(&id) => None,
            "sites" if self.broken.contains(&id) => Some(value!({"id": id, "region": "nowhere"})),
            "sites" => Some(value!({"id": id, "region": nested("regions", id % 10)})),
            _ => Some(value!({"id": id, "name": format!("region {id}")})),
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let path = request.uri().path().trim_start_matches("/nb/api/dcim/").trim_end_matches('/');
        let number = |name: &str| asked(request, name).first().map(|text| text.parse::<u64>().unwrap());
        let limit = number("limit").unwrap_or(50) as usize;
        let rows: Vec<Value> = match path.split_once('/') {
            Some((endpoint, id)) => {
                let object = self.object(endpoint, id.parse().unwrap());
                return object.map_or_else(
                    || json(404, &value!({"detail": "No object matches the given query."})),
                    |object| json(200, &object),
                );
            }
            None if path == "racks" => {
                let from = number("start").unwrap_or(1).max(1);
                (from..=self.sites.len() as u64).map(|id| self.rack(id)).collect()
            }
            None => {
                let ids: BTreeSet<u64> = asked(request, "id").iter().map(|id| id.parse().unwrap()).collect();
                ids.into_iter().filter_map(|id| self.object(path, id)).collect()
            }
        };
        let next = (rows.len() > limit).then_some("https://h/nb/api/dcim/racks/?start=1");
        let count = number("start").is_none().then_some(rows.len());
        json(200, &value!({"count": count, "next": next, "results": rows[..limit.min(rows.len())]}))
    }

    fn client<C: Mode>(self) -> Asking<C> {
        Canned::client(move |request| self.answer(request))
    }
}

/// How many requests went to each endpoint: `dcim/sites` for lists, `dcim/sites/7` for objects.
fn requests<C: Mode>(client: &Asking<C>, path: &str) -> usize {
    let targets = client.transport().targets();
    targets.iter().filter(|target| target.starts_with(&format!("{path}/?"))).count()
}

#[test]
fn a_loop_costs_a_request_for_each_page_and_endpoint() {
    let client = Netbox::of((0..100).map(|rack| rack % 30 + 1)).client::<Blocking>();
    for rack in client.query::<Rack>().page_size(50) {
        let rack = rack.unwrap();
        let site = rack.site.as_ref().unwrap().get(&client).unwrap();
        assert_eq!(site.id, (rack.id - 1) % 30 + 1);
        assert_eq!(site.region.get(&client).unwrap().name, format!("region {}", site.id % 10));
    }
    // The second page refers to nothing that the first one did not.
    let counts = ["dcim/racks", "dcim/sites", "dcim/regions"].map(|path| requests(&client, path));
    assert_eq!((counts, client.transport().targets().len()), ([2, 1, 1], 4));
}

#[test]
fn a_walk_fetches_what_its_pages_refer_to_again_and_again_once() {
    let client = Netbox::of((0..10_000).map(|rack| rack * 7919 % 1000 + 1)).client::<Blocking>();
    for rack in client.query::<Rack>() {
        rack.unwrap().site.as_ref().unwrap().get(&client).unwrap();
    }
    assert!(requests(&client, "dcim/sites") <= 4 && requests(&client, "dcim/racks") == 10);
    assert_eq!(client.transport().targets().iter().filter(|target| target.contains("sites/1")).count(), 0);
}

#[test]
fn equal_references_are_one_across_all_pages_that_are_held() {
    let client = Netbox::of((0..60).map(|rack| rack % 7 + 1)).client::<Blocking>();
    let racks = client.query::<Rack>().page_size(10).all().unwrap();
    for rack in racks.iter().rev() {
        rack.site.as_ref().unwrap().get(&client).unwrap();
    }
    assert_eq!(requests(&client, "dcim/sites"), 1);
}

#[test]
fn lists_and_generic_references_know_each_other() {
    let client = Netbox::of(1..=20).client::<Blocking>();
    let racks = client.query::<Rack>().all().unwrap();
    for rack in &racks {
        assert_eq!(crate::__private::objects(&rack.others, &*client).unwrap()[0].id, rack.id + 1000);
        assert_eq!(client.resolve::<Site>(&rack.scope).unwrap().id, rack.id + 2000);
    }
    assert_eq!(requests(&client, "dcim/sites"), 2);
}

#[test]
fn references_of_objects_without_a_struct_know_each_other() {
    let client = Netbox::of((0..40).map(|rack| rack % 30 + 1)).client::<Blocking>();
    for rack in client.query_at("dcim/racks").page_size(20) {
        let rack = rack.unwrap();
        let site = rack.fk("site").unwrap().unwrap().get(&client).unwrap();
        assert_eq!(site.id(), Some((rack.id().unwrap() - 1) % 30 + 1));
        let region = site.fk("region").unwrap().unwrap().get(&client).unwrap();
        assert_eq!(region.text("name"), Some(&*format!("region {}", site.id().unwrap() % 10)));
        assert_eq!(rack.fks("others").unwrap()[0].get(&client).unwrap().id(), site.id().map(|id| id + 1000));
    }
    let counts = ["dcim/racks", "dcim/sites", "dcim/regions"].map(|path| requests(&client, path));
    assert_eq!((counts, client.transport().targets().len()), ([2, 4, 2], 8));
}

#[test]
fn the_object_that_is_asked_for_comes_first_and_one_url_is_enough() {
    let client = Netbox::of(100_001..=101_000).client::<Blocking>();
    let racks = client.query::<Rack>().all().unwrap();
    racks[900].site.as_ref().unwrap().get(&client).unwrap();
    let target = client.transport().targets().pop().unwrap();
    assert!(target.starts_with("dcim/sites/?id=100901&id=100902&"), "{target}");
    assert!(target.len() < 4094 && requests(&client, "dcim/sites") == 1);
    let resolved = racks.iter().filter(|rack| rack.site.as_ref().unwrap().is_resolved()).count();
    assert!((300..1000).contains(&resolved), "{resolved}");
}

#[test]
fn an_object_that_is_gone_or_unreadable_fails_alone() {
    let netbox = Netbox { gone: [3].into(), ..Netbox::of(1..=9) };
    let client = netbox.clone().client::<Blocking>();
    let racks = client.query::<Rack>().all().unwrap();
    let get = |rack: usize| racks[rack - 1].site.as_ref().unwrap().get(&client).map(|site| site.id);
    assert!(get(3).unwrap_err().is_not_found());
    assert_eq!((requests(&client, "dcim/sites"), requests(&client, "dcim/sites/3")), (1, 1));
    for rack in [1, 2, 4, 5, 6, 7, 8, 9] {
        assert_eq!(get(rack).unwrap(), rack as u64);
    }
    assert_eq!(client.transport().targets().len(), 3);

    let client = Netbox { broken: [3].into(), gone: BTreeSet::new(), ..netbox }.client::<Blocking>();
    let racks = client.query::<Rack>().all().unwrap();
    let get = |rack: usize| racks[rack - 1].site.as_ref().unwrap().get(&client).map(|site| site.id);
    assert_eq!(get(1).unwrap(), 1);
    assert!(get(3).unwrap_err().is_decode());
    assert_eq!(get(4).unwrap(), 4);
    assert_eq!(requests(&client, "dcim/sites"), 1, "the others are asked for by themselves then");
}

#[test]
fn each_can_be_asked_for_by_itself() {
    let client = Netbox::of(1..=5).client::<Blocking>();
    let apart = client.batching(false);
    for rack in client.query::<Rack>() {
        rack.unwrap().site.as_ref().unwrap().get(&apart).unwrap();
    }
    assert_eq!((requests(&client, "dcim/sites"), client.transport().targets().len()), (0, 6));
}

#[test]
fn an_object_that_no_walk_read_knows_no_others() {
    let client = Netbox::of(1..=5).client::<Blocking>();
    let rack: Rack = client
        .raw()
        .get("dcim/racks")
        .map(|page: Value| serde_json::from_value(page["results"][0].clone()).unwrap())
        .unwrap();
    rack.site.unwrap().get(&client).unwrap();
    assert_eq!(requests(&client, "dcim/sites/1"), 1);
}

#[test]
fn threads_share_the_request_for_all() {
    let client = Netbox::of(1..=32).client::<Blocking>();
    let racks = client.query::<Rack>().all().unwrap();
    thread::scope(|scope| {
        for rack in &racks {
            scope.spawn(|| assert_eq!(rack.site.as_ref().unwrap().get(&client).unwrap().id, rack.id));
        }
    });
    assert_eq!(client.transport().targets().len(), 2);
}

#[tokio::test]
async fn tasks_share_the_request_for_all() {
    let client = Netbox::of(1..=32).client::<Async>();
    let racks = client.query::<Rack>().all().await.unwrap();
    let sites = racks.iter().map(|rack| rack.site.as_ref().unwrap().get(&client));
    assert!(futures_util::future::join_all(sites).await.iter().all(Result::is_ok));
    assert_eq!(client.transport().targets().len(), 2);
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_nothing_behind() {
    let client = Netbox::of(1..=32).client::<Async>();
    let racks = client.query::<Rack>().all().await.unwrap();
    let key = |rack: usize| racks[rack].site.as_ref().unwrap();
    let mut first = key(0).get(&client);
    assert!(poll_once(&mut first).is_pending());
    drop(first);
    for rack in [5, 0, 31] {
        key(rack).get(&client).await.unwrap();
    }
    assert_eq!(client.transport().targets().len(), 3, "the page, what was given up, and what brought all");
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_access_gives_its_object_for_no_more_requests_than_alone(
        sites in proptest::collection::vec(proptest::option::of(1u64..12), 1..40),
        gone in proptest::collection::btree_set(1u64..12, 0..3),
        broken in proptest::collection::btree_set(1u64..12, 0..2),
        page_size in 1u32..20,
        order: u64,
        all: bool,
    ) {
        let netbox = Netbox { sites: sites.clone(), gone: gone.clone(), broken: broken.clone() };
        let together = netbox.client::<Blocking>();
        let failed = Cell::new(0);
        let check = |rack: &Rack| -> Result<(), TestCaseError> {
            let Some(key) = &rack.site else { return Ok(()) };
            let site: Result<&Site, Error> = key.get(&together);
            failed.set(failed.get() + usize::from(site.is_err()));
            if gone.contains(&key.id()) {
                prop_assert!(site.unwrap_err().is_not_found());
            } else if broken.contains(&key.id()) {
                prop_assert!(site.unwrap_err().is_decode());
            } else {
                prop_assert_eq!(site.unwrap().id, sites[rack.id as usize - 1].unwrap());
            }
            Ok(())
        };
        let query = together.query::<Rack>().page_size(page_size);
        if all {
            let racks = query.all().unwrap();
            (0..racks.len()).try_for_each(|at| check(&racks[(at as u64 ^ order) as usize % racks.len()]))?;
        } else {
            query.iter().try_for_each(|rack| check(&rack.unwrap()))?;
        }
        let pages = requests(&together, "dcim/racks");
        let asked = together.transport().targets().len() - pages;
        let distinct: BTreeSet<_> = sites.iter().flatten().collect();
        // One request for each page in vain at most, and then one for each object, and for each access to one that fails.
        prop_assert!(asked <= distinct.len() + failed.get() + pages, "{asked} requests");
        if broken.is_empty() && gone.is_empty() {
            prop_assert!(asked <= pages);
        }
    }
}
