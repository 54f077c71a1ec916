//! The fates of the items of one request, beside the property in `tests/tests/bulk.rs`.

use std::sync::Mutex;

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json as value};

use crate::{
    Blocking, ErrorKind, Patch,
    bulk::{BulkError, Fate},
    test::{Asking, Canned, Site, asked, json},
    transport::Response,
};

/// A NetBox of that version that has site 1, and answers writes with `answer`.
fn server(version: &'static str, answer: Response) -> Asking<Blocking> {
    Canned::client(move |request| {
        let mut answer = match *request.method() {
            Method::GET => json(
                200,
                &value!({"count": 1, "next": null, "previous": null, "results": [{"id": 1, "name": "a"}]}),
            ),
            Method::OPTIONS => json(200, &value!({"name": "Sites"})),
            _ => answer.clone(),
        };
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    })
}

/// The methods of the requests about sites.
fn methods(client: &Asking<Blocking>) -> Vec<Method> {
    let requests = client.transport().requests().into_iter();
    requests
        .filter(|request| request.uri().path().contains("sites"))
        .map(|request| request.method().clone())
        .collect()
}

fn fates(error: &BulkError) -> [Fate; 2] {
    [error.fate(0), error.fate(1)]
}

#[test]
fn an_old_netbox_is_asked_what_exists_before_it_deletes() {
    let deleted = || json(204, &Value::Null).map(|_| Bytes::new());
    let old = server("4.6", deleted());
    let error = old.delete_many::<Site>([1, 2]).send().unwrap_err();
    assert_eq!((error.kind(), fates(&error)), (ErrorKind::Count, [Fate::NotWritten; 2]), "{error}");
    assert_eq!(error.items().iter().map(crate::bulk::BulkItem::index).collect::<Vec<_>>(), [1], "{error}");
    assert!(!methods(&old).contains(&Method::DELETE), "nothing was sent");
    assert_eq!(old.delete_many::<Site>([1]).send().unwrap(), [1]);

    let new = server("4.7", deleted());
    assert_eq!(new.delete_many::<Site>([1, 2]).send().unwrap(), [1, 2]);
    assert!(!methods(&new).contains(&Method::GET), "it refuses unknown ids itself");
}

#[test]
fn an_answer_that_names_no_objects_has_written_all_or_nobody_knows() {
    for (version, method, status, fate) in [
        ("4.7", Method::POST, 201, Fate::Written),
        ("4.6", Method::POST, 201, Fate::Written),
        ("4.7", Method::PATCH, 200, Fate::Written),
        // It leaves out what it does not have.
        ("4.6", Method::PATCH, 200, Fate::Unknown),
        // By these, NetBox does not say that it has carried it out.
        ("4.7", Method::POST, 202, Fate::Unknown),
        ("4.7", Method::PATCH, 202, Fate::Unknown),
        ("4.7", Method::DELETE, 200, Fate::Unknown),
    ] {
        let client = server(version, json(status, &value!("done")));
        let error = match method {
            Method::POST => {
                client.create_many::<Site>(["a", "b"].map(|name| value!({"name": name}))).send().unwrap_err()
            }
            Method::PATCH => client
                .update_many::<Site>([1, 2].map(|id| (id, Patch::new().field("name", "b"))))
                .send()
                .unwrap_err(),
            _ => client.delete_many::<Site>([1, 2]).send().unwrap_err(),
        };
        assert_eq!(fates(&error), [fate; 2], "{version} {method} {status}: {error}");
    }
}

#[test]
fn objects_in_the_answer_are_written_whatever_else_is_wrong() {
    let objects = value!([{"id": 1, "name": null}, {"id": 2, "name": "b"}]);
    let client = server("4.7", json(200, &objects));
    let patches = [1, 2].map(|id| (id, Patch::new().field("name", "b")));
    let error = client.update_many::<Site>(patches).send().unwrap_err();
    assert!(error.error().is_decode(), "{error}");
    assert_eq!(fates(&error), [Fate::Written; 2], "{error}");
    assert_eq!(methods(&client), [Method::OPTIONS, Method::PATCH], "only what was created is read again");

    // But a deletion has no objects to answer with.
    let error = client.delete_many::<Site>([1, 2]).send().unwrap_err();
    assert_eq!(fates(&error), [Fate::Unknown; 2], "{error}");
}

#[test]
fn a_request_writes_100_items_or_deletes_50() {
    let client = Canned::<Blocking>::client(|request| match *request.method() {
        Method::DELETE => json(204, &Value::Null).map(|_| Bytes::new()),
        Method::PATCH => json(200, &serde_json::from_slice(request.body()).unwrap()),
        _ => json(200, &value!({"name": "Sites"})),
    });
    let sizes = |method: Method| -> Vec<usize> {
        let requests = client.transport().requests().into_iter();
        let batches = requests.filter(|request| request.method() == method);
        batches.map(|batch| serde_json::from_slice::<Vec<Value>>(batch.body()).unwrap().len()).collect()
    };
    client.delete_many_at("dcim/sites", 1..=120).send().unwrap();
    assert_eq!(sizes(Method::DELETE), [50, 50, 20]);
    client
        .update_many_at("dcim/sites", (1..=120).map(|id| (id, Patch::new().field("name", "b"))))
        .send()
        .unwrap();
    assert_eq!(sizes(Method::PATCH), [100, 20]);
}

#[test]
fn a_write_by_query_reaches_all_matches_or_none() {
    let client = Canned::<Blocking>::client(|request| {
        if *request.method() == Method::DELETE {
            return json(204, &Value::Null).map(|_| Bytes::new());
        }
        let number = |name| asked(request, name).first().and_then(|value| value.parse::<usize>().ok());
        let after = number("id__gt").unwrap_or_default();
        let rows: Vec<_> =
            (after + 1..=3).take(number("limit").unwrap_or(50)).map(|id| value!({"id": id})).collect();
        let next = (after + rows.len() < 3).then_some("?offset=1");
        json(200, &value!({"count": 3 - after, "next": next, "previous": null, "results": rows}))
    });
    let sites = || client.query_at("dcim/sites");
    for bulk in [sites().expect_count(3), sites().at_most(3), sites().at_most(5)] {
        assert_eq!(bulk.delete().send().unwrap(), [1, 2, 3]);
    }
    let sent = methods(&client).len();
    for (bulk, expected) in [
        (sites().expect_count(2), "more than 2 objects match, and exactly 2 were expected"),
        (sites().at_most(2), "more than 2 objects match, and at most 2 were expected"),
        (sites().expect_count(4), "3 objects match, and exactly 4 were expected"),
    ] {
        let error = bulk.delete().send().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(!methods(&client)[sent..].contains(&Method::DELETE));
}

#[test]
fn all_items_that_cannot_be_sent_are_named() {
    let client = server("4.7", json(500, &Value::Null));
    let patches =
        [(1, "last_updated"), (2, "name"), (2, "name")].map(|(id, name)| (id, Patch::new().field(name, "b")));
    let error = client.update_many::<Site>(patches).send().unwrap_err();
    assert_eq!(error.items().iter().map(crate::bulk::BulkItem::index).collect::<Vec<_>>(), [0, 2], "{error}");
    assert_eq!(error.items()[0].messages().field("last_updated").len(), 1, "{error}");
    assert!(error.to_string().contains("; item 2: item 1 has the same id"), "{error}");
    assert!(error.batch().is_empty() && !methods(&client).contains(&Method::PATCH));
}

#[test]
fn a_path_that_cannot_be_sent_loses_no_item() {
    let client = Canned::<Blocking>::client(|_| panic!("nothing is sent"));
    let bulk = client.delete_many_at("dcim/../sites", [1, 2]);
    assert!(format!("{bulk:?}").starts_with("Bulk"));
    let error = bulk.send().unwrap_err();
    assert_eq!((error.given(), fates(&error)), (2, [Fate::NotWritten; 2]), "{error}");
}

#[test]
fn a_failure_says_which_items_it_is_of_and_what_was_written() {
    let created = || json(201, &value!([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]));
    let refused = |items: usize| json(400, &vec![value!({"name": ["no"]}); items].into());
    for (count, size, answers, expected) in [
        (
            3,
            2,
            vec![created(), refused(1)],
            "item 2 of 3 failed: NetBox answered 400 Bad Request: item 2: name: no; 2 written",
        ),
        (
            4,
            2,
            vec![created(), json(400, &value!([{}, {"name": ["no"]}]))],
            "items 2 to 3 of 4 failed: NetBox answered 400 Bad Request: item 3: name: no; 2 written",
        ),
        (
            4,
            2,
            vec![created(), json(502, &Value::Null)],
            "items 2 to 3 of 4 failed: NetBox answered 502 Bad Gateway; whether the POST was carried out is not known; 2 written, 2 unknown",
        ),
        (5, 5, vec![refused(5)], "item 4: name: no; 0 written"),
        (7, 7, vec![refused(7)], "item 4: name: no; and 2 more; 0 written"),
    ] {
        let answers = Mutex::new(answers.into_iter());
        let client = Canned::<Blocking>::client(move |request| match *request.method() {
            Method::POST => answers.lock().unwrap().next().unwrap(),
            _ => json(200, &value!({"name": "Sites"})),
        });
        let sites = (0..count).map(|index| value!({"name": index.to_string()}));
        let error = client.create_many::<Site>(sites).batch_size(size).send().unwrap_err();
        assert!(error.to_string().ends_with(expected), "{error}");
        let written: Vec<_> = error.written().collect();
        assert_eq!(written, if count == size { vec![] } else { vec![(0, Some(1)), (1, Some(2))] });
        assert_eq!(
            error.items().len(),
            format!("{error:?}").lines().count() - 1,
            "all of them, beside the summary"
        );
    }
}
