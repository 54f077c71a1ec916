use serde_json::json as value;

use crate::{
    Blocking, Object, Order, Query,
    test::{Canned, json},
};

/// The errors of a query by the filter `name` of sites and of bulk writes by it, and the number of their requests.
fn asked(version: &'static str, name: &str) -> ([Option<String>; 3], usize) {
    let ask = |end: fn(Query<Object, Blocking>) -> Option<String>| {
        let client = Canned::<Blocking>::client(move |request| {
            assert_eq!(request.method(), "GET");
            let mut answer = json(200, &value!({"count": 1, "next": null, "results": [{"id": 1}]}));
            answer.headers_mut().insert("api-version", version.parse().unwrap());
            answer
        });
        let told = end(client.query_at("dcim/sites").param(name, "a"));
        (told, client.transport().requests().len())
    };
    let (all, one) = ask(|query| query.all().err().map(|error| error.to_string()));
    let (count, two) = ask(|query| query.count().err().map(|error| error.to_string()));
    let (delete, three) = ask(|query| query.at_most(0).delete().send().err().map(|error| error.to_string()));
    ([all, count, delete], one + two + three)
}

#[test]
fn nothing_that_a_server_ignored_a_filter_for_is_handed_out_or_deleted() {
    let (told, requests) = asked("4.4", "tag__any");
    for told in told {
        assert!(told.as_ref().is_some_and(|told| told.contains("no such filter in NetBox 4.4")), "{told:?}");
    }
    assert_eq!(requests, 3);
    let (told, requests) = asked("4.7", "nmae");
    assert!(told.iter().flatten().all(|told| told.contains("did you mean `name`?")));
    assert_eq!(requests, 0);
    let ([all, count, delete], _) = asked("4.7", "tag__any");
    assert_eq!((all, count), (None, None));
    assert!(delete.unwrap().contains("more than 0 objects match"));
}

#[test]
fn an_order_has_one_direction() {
    let client =
        Canned::<Blocking>::client(|_| json(200, &value!({"count": 0, "next": null, "results": []})));
    let ask = |order| client.query_at("dcim/sites").order(order).all();
    ask(Order::desc("name")).unwrap();
    for order in [Order::asc("-name"), Order::desc("-name")] {
        let told = ask(order).unwrap_err().to_string();
        assert!(told.contains("no such field as `-name`"), "{told}");
    }
}
