use http::Method;
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, Error, ErrorKind, Model, Patch, Record, route,
    test::{Asking, Canned, asked, json},
    transport::{Request, Response},
};

#[derive(Debug, Deserialize)]
struct VlanGroup {
    id: u64,
}

impl Model for VlanGroup {
    const ENDPOINT: &'static str = "ipam/vlan-groups";

    fn id(&self) -> u64 {
        self.id
    }
}

impl route::AvailableVlans for VlanGroup {}

#[derive(Debug, Deserialize)]
struct Vlan {
    id: u64,
    vid: u16,
    prefix_count: u64,
}

impl Model for Vlan {
    const ENDPOINT: &'static str = "ipam/vlans";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "vid", "prefix_count"]);

    fn id(&self) -> u64 {
        self.id
    }
}

/// A VLAN as NetBox answers when it was taken, without what it counts.
fn taken(id: u64, vid: u16) -> Value {
    let url = format!("https://h/nb/api/ipam/vlans/{id}/");
    value!({"id": id, "url": url, "display": format!("v{vid}"), "vid": vid})
}

/// As it is read, which with NetBox is in the order of the ids.
fn read(ids: &[u64]) -> Response {
    let rows: Vec<_> = ids.iter().map(|id| value!({"id": id, "vid": 100 - id, "prefix_count": 0})).collect();
    json(200, &value!({"count": rows.len(), "next": null, "results": rows}))
}

/// A NetBox of which two VLANs are taken, 9 and 8, and that answers with `list` when they are read.
fn server(list: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Asking<Blocking> {
    answering(value!([taken(9, 91), taken(8, 92)]), list)
}

fn answering(answer: Value, list: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Asking<Blocking> {
    Canned::client(move |request| match *request.method() {
        Method::POST => json(201, &answer),
        _ if request.uri().path().ends_with("/vlans/") => list(request),
        _ => json(200, &value!({"id": 7})),
    })
}

fn allocate(client: &Asking<Blocking>) -> Result<Vec<Record<Vlan, Blocking>>, Error> {
    let names = ["a", "b"].map(|name| Patch::new().field("name", name));
    client.get::<VlanGroup>(7).unwrap().available_vlans().of::<Vlan>().allocate_each(names)
}

fn posts(client: &Asking<Blocking>) -> usize {
    client.transport().requests().iter().filter(|request| request.method() == Method::POST).count()
}

#[test]
fn what_the_answer_lacks_is_read_by_the_ids_in_one_request() {
    let client = server(|request| {
        assert_eq!(asked(request, "id"), ["9", "8"]);
        assert_eq!(asked(request, "fields"), ["id,vid,prefix_count"]);
        read(&[8, 9])
    });
    let vlans = allocate(&client).unwrap();
    assert_eq!(vlans.iter().map(|vlan| (vlan.id, vlan.vid)).collect::<Vec<_>>(), [(9, 91), (8, 92)]);
    assert!(vlans.iter().all(|vlan| vlan.prefix_count == 0));
    assert_eq!(vlans[0].url().as_deref(), Some("https://h/nb/api/ipam/vlans/9/"));
    let (posts, all) = (posts(&client), client.transport().requests().len());
    assert_eq!((posts, all), (1, 3), "the group, what is taken of it, and that again");
}

#[test]
fn an_answer_that_fits_is_not_read_again() {
    let whole = |id| value!({"id": id, "vid": 100 - id, "prefix_count": 0});
    let client = answering(value!([whole(9), whole(8)]), |_| panic!("nothing is to be read"));
    assert_eq!(allocate(&client).unwrap().len(), 2);
}

/// Checks the error for VLANs that were allocated and can't be read: it has these `parts`.
#[track_caller]
fn check(client: &Asking<Blocking>, parts: &[&str]) {
    let error = allocate(client).unwrap_err();
    let told = error.to_string();
    assert!(error.is_decode(), "{told}");
    let parts = parts.iter().chain(&["was carried out (201 Created)", "created: v91 (id 9), v92 (id 8)"]);
    parts.for_each(|part| assert!(told.contains(part), "{told}"));
    let urls = [9, 8].map(|id| format!("https://h/nb/api/ipam/vlans/{id}/"));
    assert_eq!(error.created(), urls);
    assert_eq!(posts(client), 1, "nothing is taken twice");
}

#[test]
fn what_was_taken_and_can_not_be_read_is_told() {
    let forbidden = server(|_| json(403, &value!({"detail": "no"})));
    check(&forbidden, &["missing field `prefix_count`", "to read them again failed", "403 Forbidden: no"]);
    check(&server(|_| json(200, &value!({"count": 0, "next": null, "results": [{"id": 8}]}))), &["`vid`"]);
    // One of them is gone, or hidden.
    check(&server(|_| read(&[8])), &["2 objects were asked for, and NetBox answered with 1"]);
}

#[test]
fn other_objects_than_were_to_be_taken_are_told() {
    let client =
        answering(value!([{"id": 9, "vid": 91, "prefix_count": 0, "display": "v91"}]), |_| read(&[]));
    let error = allocate(&client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unfulfilled);
    assert!(error.to_string().contains("created: v91 (id 9)"), "{error}");

    // Nor are those read that have no model and no id to be known by.
    let client = answering(value!([{"display": "v91"}, taken(8, 92)]), |_| panic!("nothing is to be read"));
    let error = allocate(&client).unwrap_err();
    assert!(error.to_string().contains("created: v91 (without an id), v92 (id 8)"), "{error}");

    let many: Value = (1..=12).map(|id| taken(id, 100)).collect();
    let error = allocate(&answering(many, |_| panic!("nothing is to be read"))).unwrap_err();
    assert!(error.to_string().contains("v100 (id 10), and 2 more"), "{error}");
    assert_eq!(error.created().len(), 12);
}

#[test]
fn an_address_gets_the_length_that_was_asked_for_or_none() {
    for (header, version, expected) in [
        ("4.4", "4.4.10", Err("needs NetBox 4.5.1 or later: this server is 4.4")),
        ("4.5", "4.5.0", Err("needs NetBox 4.5.1 or later: this server is 4.5")),
        ("4.5", "4.5.10", Ok(())),
        ("4.7", "4.7.3", Ok(())),
    ] {
        let client = Canned::<Blocking>::new(move |request| {
            let mut answer = match *request.method() {
                Method::POST => {
                    json(201, &value!([{"id": 9, "url": "https://h/nb/api/ipam/ip-addresses/9/"}]))
                }
                _ if request.uri().path().ends_with("/status/") => {
                    json(200, &value!({"netbox-version": version}))
                }
                _ => json(200, &value!({"id": 7})),
            };
            answer.headers_mut().insert("api-version", header.parse().unwrap());
            answer
        });
        let client =
            client.under(Client::builder("https://h/nb").token("nbt_key.hunter2").check_writes(false));
        let pool = client.get_at("ipam/prefixes", 7).unwrap().available_ips();
        let taken = pool.with(Patch::new().field("prefix_length", 32)).allocate_one();
        match expected {
            Ok(()) => assert_eq!(taken.unwrap().id(), Some(9)),
            Err(why) => {
                let error = taken.unwrap_err();
                assert!(error.kind() == ErrorKind::Version && error.to_string().contains(why), "{error}");
                assert_eq!(posts(&client), 0);
            }
        }
    }
}
