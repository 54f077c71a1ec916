use std::time::Duration;

use serde_json::json as value;

use crate::{
    Blocking,
    test::{Canned, Site, asked, json},
    transport::Timeout,
};

/// Checks the parameters by which a walk asks for the second page.
#[track_caller]
fn check_second_page(path: &str, version: &'static str, expected: &str) {
    let client = Canned::<Blocking>::client(move |request| {
        let is_second = ["start", "id__gt"].iter().any(|name| !asked(request, name).is_empty());
        let (id, next) = if is_second { (2, None) } else { (1, Some("https://elsewhere/?offset=1")) };
        let count = asked(request, "start").is_empty().then_some(2);
        let mut answer = json(200, &value!({"count": count, "next": next, "results": [{"id": id}]}));
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    });
    assert_eq!(client.query_at(path).page_size(1).all().unwrap().len(), 2);
    let query = client.transport().requests()[1].uri().query().unwrap().to_owned();
    assert!(query.contains(expected), "{path} of NetBox {version}: {query}");
}

#[test]
fn lists_go_on_by_a_cursor_that_is_nothing_but_one() {
    for version in ["4.6", "4.7", "4.99"] {
        check_second_page("dcim/sites", version, "start=2");
        check_second_page("plugins/acme/widgets", version, "start=2");
        check_second_page("ipam/asn-ranges", version, "id__gt=1");
    }
    check_second_page("dcim/sites", "4.5", "id__gt=1");
}

/// The query of the first page of a list, by a client that knows its server.
#[track_caller]
fn check_first_page(path: &str, version: &'static str, expected: &str) {
    let client = Canned::<Blocking>::client(move |request| {
        let of_status = request.uri().path().ends_with("status/");
        let body = if of_status {
            value!({"netbox-version": format!("{version}.0")})
        } else {
            value!({"count": 1, "next": null, "results": [{"id": 1}]})
        };
        let mut answer = json(200, &body);
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    });
    client.status().unwrap();
    assert!(client.query_at(path).first().unwrap().is_some());
    let query = client.transport().requests()[1].uri().query().unwrap().to_owned();
    assert!(query.ends_with(expected), "{path} of NetBox {version}: {query}");
}

#[test]
fn lists_begin_by_the_cursor_where_it_is_known_to_be_one() {
    check_first_page("dcim/sites", "4.7", "limit=1&start=0");
    check_first_page("dcim/sites", "4.6", "limit=1&start=0");
    check_first_page("dcim/sites", "4.5", "limit=1&ordering=id");
    check_first_page("ipam/asn-ranges", "4.7", "limit=1&ordering=id");
    check_first_page("plugins/acme/widgets", "4.7", "limit=1&ordering=id");
}

#[test]
fn a_timeout_goes_with_each_request_that_it_is_set_for() {
    let client =
        Canned::<Blocking>::client(|_| json(200, &value!({"count": 0, "next": null, "results": []})));
    client.query::<Site>().timeout(Duration::from_secs(7)).all().unwrap();
    client.query::<Site>().all().unwrap();
    client.timeout(Duration::from_secs(9)).query::<Site>().all().unwrap();
    drop(client.create_many::<Site>([value!({"name": "a"})]).timeout(Duration::from_secs(11)).send());
    let requests = client.transport().requests();
    let limits: Vec<_> =
        requests.iter().map(|request| request.extensions().get::<Timeout>().copied()).collect();
    let seconds = |limit| Some(Timeout(Duration::from_secs(limit)));
    assert_eq!(limits[..3], [seconds(7), None, seconds(9)]);
    assert!(limits.len() > 3 && limits[3..].iter().all(|limit| *limit == seconds(11)), "{limits:?}");
}
