use serde_json::json as value;

use crate::{
    Blocking,
    test::{Canned, asked, json},
};

/// Checks the parameters by which a walk asks for the second page.
#[track_caller]
fn check_second_page(path: &str, version: &'static str, expected: &str) {
    let client = Canned::<Blocking>::client(move |request| {
        let is_second = ["start", "id__gt"].iter().any(|name| !asked(request, name).is_empty());
        let (id, next) = if is_second { (2, None) } else { (1, Some("https://elsewhere/?offset=1")) };
        let mut answer = json(200, &value!({"count": 2, "next": next, "results": [{"id": id}]}));
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
