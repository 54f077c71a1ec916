//! The evidence that an answer is NetBox's, beside the table of all operations and faults in `tests/tests/fates`.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, ErrorKind, Patch,
    bulk::Fate,
    test::{Asking, Canned, Site, json},
    transport::Response,
};

/// A client of a NetBox whose headers a proxy strips.
fn stripped(answer: impl Fn(&Method) -> Response + Send + Sync + 'static) -> Asking<Blocking> {
    Canned::client(move |request| {
        let mut answer = answer(request.method());
        answer.headers_mut().remove("api-version");
        answer
    })
}

#[test]
fn a_list_ends_with_a_page() {
    for second in [value!([]), value!([{"id": 2}])] {
        let client = Canned::<Blocking>::client(move |request| {
            let is_first = !request.uri().query().unwrap_or_default().contains("start=");
            let first = value!({"count": null, "next": "?start=2", "previous": null, "results": [{"id": 1}]});
            json(200, if is_first { &first } else { &second })
        });
        let error = client.query_at("dcim/sites").page_size(1).all().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert!(error.to_string().contains("a page was expected, and this is a list"), "{error}");
    }
}

#[test]
fn rows_without_ids_end_with_their_count() {
    let asked = AtomicUsize::new(0);
    let client = Canned::<Blocking>::client(move |_| {
        let next = format!("?offset={}", asked.fetch_add(1, SeqCst));
        json(200, &value!({"count": 9, "next": next, "previous": null, "results": [{}, {}]}))
    });
    let error = client.query_at("dcim/sites").all().unwrap_err();
    assert!(error.to_string().contains("after all 9 objects"), "{error}");
}

#[test]
fn an_item_that_is_left_out_is_unknown_while_the_version_is() {
    let patches = || [1, 2].map(|id| (id, Patch::new().field("name", "x")));
    let one = value!([{"id": 1, "url": "https://h/nb/api/dcim/sites/1/"}]);
    let client = stripped(move |_| json(200, &one));
    let error = client.update_many_at("dcim/sites", patches()).send().unwrap_err();
    assert_eq!([error.fate(0), error.fate(1)], [Fate::Written, Fate::Unknown], "{error}");

    let old = Canned::<Blocking>::client(|_| {
        let mut answer = json(200, &value!([]));
        answer.headers_mut().insert("api-version", "4.6".parse().unwrap());
        answer
    });
    let error = old.update_many_at("dcim/sites", patches()).send().unwrap_err();
    assert_eq!([error.fate(0), error.fate(1)], [Fate::NotWritten; 2], "{error}");
}

#[test]
fn what_netbox_wrote_is_no_change_even_if_its_answer_is_unreadable() {
    for (answer, is_written) in [(json(200, &value!({"id": 7})), true), (json(502, &value!({})), false)] {
        let client = Canned::<Blocking>::client(move |request| match *request.method() {
            Method::PATCH => answer.clone(),
            _ => json(200, &value!({"id": 7, "name": "a", "last_updated": "2026"})),
        });
        let mut site = client.get::<Site>(7).unwrap();
        site.name = "b".into();
        site.save().unwrap_err();
        assert_eq!(site.changes().unwrap().is_empty(), is_written);
    }
}

#[test]
fn a_deletion_without_evidence_is_looked_up() {
    for is_carried_out in [true, false] {
        let client = || {
            let is_gone = AtomicBool::new(false);
            stripped(move |method| {
                if *method == Method::DELETE {
                    is_gone.store(is_carried_out, SeqCst);
                    return json(204, &Value::Null).map(|_| Bytes::new());
                }
                let there = if is_gone.load(SeqCst) { value!([]) } else { value!([{"id": 7}]) };
                json(200, &value!({"count": 1, "next": null, "previous": null, "results": there}))
            })
        };
        let one = client();
        let deleted = one.delete_at("dcim/sites", 7);
        assert_eq!(deleted.is_ok(), is_carried_out, "{deleted:?}");
        assert!(deleted.err().is_none_or(|error| error.may_have_written()));
        assert_eq!(one.transport().targets()[1], "dcim/sites/?id=7&fields=id&limit=1000&ordering=id");

        match client().delete_many_at("dcim/sites", [7]).send() {
            Ok(ids) => assert!(is_carried_out && ids == [7]),
            Err(error) => assert!(!is_carried_out && error.fate(0) == Fate::Unknown, "{error}"),
        }
    }
}

#[test]
fn only_netbox_tells_that_its_objects_changed_or_are_used_up() {
    let foreign = |status, headers: &[(&str, &str)]| {
        let answer = http::Response::builder().status(status).header("content-type", "application/json");
        let answer = headers.iter().fold(answer, |answer, (name, value)| answer.header(*name, *value));
        answer.body(Bytes::from_static(b"{\"message\": \"no\"}")).unwrap()
    };
    let site = || {
        let mut site = json(200, &value!({"id": 7, "name": "x"}));
        site.headers_mut().insert("etag", "W/\"1\"".parse().unwrap());
        site
    };
    let client = Canned::<Blocking>::client(move |request| match *request.method() {
        Method::PATCH => foreign(412, &[("etag", "W/\"2\"")]),
        Method::POST => foreign(409, &[]),
        _ => site(),
    });
    let mut record = client.get_at("dcim/sites", 7).unwrap();
    let error = record.save_with(|site| drop(site.set("name", "y"))).unwrap_err();
    assert_eq!((error.kind(), error.may_have_written()), (ErrorKind::NotNetbox, true), "{error}");
    assert_eq!(client.transport().requests().len(), 2, "it is not sent again");
    let taken = client.get_at("ipam/prefixes", 7).unwrap().available_ips().allocate(1).unwrap_err();
    assert_eq!((taken.kind(), taken.may_have_written()), (ErrorKind::NotNetbox, true), "{taken}");
}

#[test]
fn a_token_that_was_made_and_is_not_there_may_have_been_written() {
    let transport = Arc::new(Canned::<Blocking>::new(|_| json(201, &value!({"id": 2}))));
    let error = Client::builder("h").login("admin", "hunter2", transport).unwrap_err();
    assert!(error.may_have_written() && error.to_string().starts_with("POST https://h/api/"), "{error}");
}

#[test]
fn the_body_of_any_answer_is_at_hand() {
    let long = format!("[{}]", " ".repeat(1 << 20));
    let client = Canned::<Blocking>::client(move |_| json(200, &Value::Null).map(|_| long.clone().into()));
    let error = client.get_at("dcim/sites", 7).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.body().map(<[u8]>::len), Some(64 * 1024));

    let body = value!({"detail": "Cannot merge.", "conflicts": [{"field": "name"}]});
    let client = Canned::<Blocking>::client(move |_| json(409, &body));
    let error = client.raw().post::<Value>("plugins/branching/branches/7/merge", &()).unwrap_err();
    assert_eq!(error.messages().global(), ["Cannot merge."]);
    assert_eq!(error.messages().field("conflicts.0.field"), ["name"]);
    assert!(error.body().unwrap().ends_with(b"}"));
}
