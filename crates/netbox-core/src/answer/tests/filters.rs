use serde_json::{Value, json as value};

use crate::{
    Blocking, Object, Query,
    field::Order,
    test::{Asking, Canned, asked, json},
};

/// The errors of a query by the filter `name` of sites and of bulk writes by it, and the number of their requests.
fn errors(version: &'static str, name: &str) -> ([Option<String>; 3], usize) {
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
    let (told, requests) = errors("4.4", "tag__any");
    for told in told {
        assert!(told.as_ref().is_some_and(|told| told.contains("no such filter in NetBox 4.4")), "{told:?}");
    }
    assert_eq!(requests, 3);
    let (told, requests) = errors("4.7", "nmae");
    assert!(told.iter().flatten().all(|told| told.contains("did you mean `name`?")));
    assert_eq!(requests, 0);
    let ([all, count, delete], _) = errors("4.7", "tag__any");
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

/// A NetBox of a version before 4.4, whose `assigned_object_type` takes the number of a type.
fn by_number() -> Asking<Blocking> {
    Canned::client(|request| {
        let named = |name| asked(request, name).join(" ");
        let is_list = request.uri().path().ends_with("/ip-addresses/");
        let by = if is_list { named("assigned_object_type") } else { named("model") };
        let found = |objects: Value| json(200, &value!({"count": 1, "next": null, "results": objects}));
        let mut answer = match (is_list, &*by) {
            (true, "16") => found(value!([{"id": 1}])),
            (true, _) => json(400, &value!({"assigned_object_type": ["Select a valid choice."]})),
            (false, "interface") => found(value!([{"id": 16}])),
            (false, _) => found(value!([])),
        };
        answer.headers_mut().insert("api-version", "4.3".parse().unwrap());
        answer
    })
}

#[test]
fn a_type_is_told_by_its_number_where_its_name_is_not_taken() {
    let client = by_number();
    let query = |name| client.query_at("ipam/ip-addresses").param("assigned_object_type", name);
    assert_eq!(query("dcim.interface").count().unwrap(), 1);
    assert_eq!(query("dcim.interface").all().unwrap().len(), 1);
    assert_eq!(query("16").all().unwrap().len(), 1);
    let asked: Vec<_> = client.transport().targets();
    let [refused, type_of, counted, listed, _] = &*asked else { panic!("{asked:?}") };
    assert!(refused.contains("assigned_object_type=dcim.interface"), "the first answer told the version");
    assert_eq!(type_of, "extras/object-types/?app_label=dcim&model=interface");
    assert!([counted, listed].iter().all(|asked| asked.contains("assigned_object_type=16")), "{asked:?}");

    let told = query("dcim.interfaec").all().unwrap_err().to_string();
    assert!(told.contains("this NetBox has no type of objects called `dcim.interfaec`"), "{told}");
    let told = query("interface").all().unwrap_err().to_string();
    assert!(
        told.contains("takes numbers in ipam/ip-addresses of NetBox 4.3, and “interface” is none"),
        "{told}"
    );
    let told = query("dcim.interface").at_most(0).delete().send().unwrap_err().to_string();
    assert!(told.contains("more than 0 objects match"), "{told}");
}

#[test]
fn the_first_query_of_a_client_may_be_by_a_type() {
    let client = by_number();
    let query = || client.query_at("ipam/ip-addresses").param("assigned_object_type", "dcim.interface");
    assert_eq!(query().all().unwrap().len(), 1);
    let client = by_number();
    let unchecked =
        client.query_at("ipam/ip-addresses").param_unchecked("assigned_object_type", "dcim.interface");
    assert!(unchecked.all().unwrap_err().is_invalid());
    assert_eq!(client.transport().targets().len(), 1);
}

#[test]
fn a_name_is_refused_where_a_version_takes_numbers() {
    let ask = |version: &'static str, user: &str| {
        let client = Canned::<Blocking>::client(move |_| {
            let mut answer = json(400, &value!({"user": ["Select a valid choice."]}));
            answer.headers_mut().insert("api-version", version.parse().unwrap());
            answer
        });
        client.query_at("core/jobs").param("user", user).all().unwrap_err().to_string()
    };
    let told = ask("4.5", "admin");
    assert!(
        told.contains(
            "`user` takes numbers in core/jobs of NetBox 4.5, and “admin” is none: it takes names in 4.6-4.7"
        ),
        "{told}"
    );
    for (version, user) in [("4.5", "7"), ("4.5", "null"), ("4.6", "admin")] {
        assert!(ask(version, user).contains("Select a valid choice"), "{version} {user}");
    }
}
