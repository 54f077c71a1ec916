//! Objects that are created.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, ErrorKind, Model, Patch,
    bulk::Fate,
    patch::Form,
    test::{Asking, Canned, Site, json},
};

/// A NetBox that lists `before` sites, and that many `after` a creation, which it answers with `status`.
fn server(before: usize, after: usize, status: u16) -> Asking<Blocking> {
    let listed = Arc::new(AtomicUsize::new(before));
    Canned::client(move |request| {
        if request.method() == Method::POST {
            listed.store(after, SeqCst);
            let created = value!({"id": 9, "name": "new"});
            let refused = value!({"slug": ["site with this slug already exists."]});
            let failed = value!({"error": "duplicate key value", "exception": "IntegrityError"});
            return match status {
                201 => json(201, &created),
                500 => json(500, &failed),
                _ => json(status, &refused),
            };
        }
        let rows: Vec<Value> =
            (1..=listed.load(SeqCst)).map(|id| value!({"id": id, "name": "found"})).collect();
        json(200, &value!({"count": rows.len(), "next": null, "results": rows}))
    })
}

fn ask(client: &Asking<Blocking>) -> Result<(u64, bool), crate::Error> {
    let patch = Patch::new().field("name", "new").field("slug", "new");
    let (site, created) = client.query::<Site>().param("slug", "new").one_or_create(patch)?;
    Ok((site.id, created))
}

fn posts(client: &Asking<Blocking>) -> usize {
    client.transport().requests().iter().filter(|request| request.method() == Method::POST).count()
}

#[test]
fn what_exists_is_found() {
    let client = server(1, 1, 201);
    assert_eq!(ask(&client).unwrap(), (1, false));
    assert_eq!(posts(&client), 0);
}

#[test]
fn what_does_not_exist_is_created() {
    let client = server(0, 1, 201);
    assert_eq!(ask(&client).unwrap(), (9, true));
    assert_eq!(posts(&client), 1);
}

#[test]
fn what_somebody_else_creates_meanwhile_is_found() {
    // NetBox finds that before it writes, or the database does while it writes.
    for status in [400, 500] {
        assert_eq!(ask(&server(0, 1, status)).unwrap(), (1, false));
    }
}

#[test]
fn what_netbox_refuses_is_an_error() {
    let error = ask(&server(0, 0, 400)).unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("already exists"), "{error}");
}

#[test]
fn nothing_is_created_where_several_match() {
    let client = server(2, 2, 201);
    assert_eq!(ask(&client).unwrap_err().kind(), ErrorKind::ManyMatches);
    assert_eq!(posts(&client), 0);
}

/// A model with a counter.
#[derive(Debug, Deserialize)]
struct Counted {
    id: u64,
    device_count: u64,
}

impl Model for Counted {
    const ENDPOINT: &'static str = "dcim/sites";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "device_count"]);

    fn id(&self) -> u64 {
        self.id
    }

    fn write(&self, _: &mut Form) {}
}

/// A NetBox 4.4, which leaves counters out of what it has just created, and lets it be read or not.
fn old_server(lets_read: bool) -> Asking<Blocking> {
    let netbox = Canned::<Blocking>::new(move |request| {
        let created =
            |id: u64| value!({"id": id, "url": format!("https://h/nb/api/dcim/sites/{id}/"), "display": "a"});
        let whole = |id: u64| value!({"id": id, "device_count": 0});
        let path = request.uri().path();
        let mut answer = match *request.method() {
            Method::POST if request.body().starts_with(b"[") => json(201, &value!([created(7), created(8)])),
            Method::POST => json(201, &created(7)),
            _ if !lets_read => json(403, &value!({"detail": "Not for you."})),
            _ if path.ends_with("/7/") => json(200, &whole(7)),
            _ => json(200, &value!({"count": 2, "next": null, "results": [whole(8), whole(7)]})),
        };
        answer.headers_mut().insert("api-version", "4.4".parse().unwrap());
        answer.headers_mut().insert("location", "https://h/nb/api/dcim/sites/7/".parse().unwrap());
        answer
    });
    netbox.under(Client::builder("https://h/nb").token("nbt_key.hunter2").check_writes(false))
}

fn two() -> [Patch<Counted>; 2] {
    ["a", "b"].map(|name| Patch::new().field("name", name))
}

#[test]
fn what_the_answer_to_a_create_lacks_is_read() {
    let client = old_server(true);
    let [site, _] = two();
    assert_eq!(client.create::<Counted>(site).unwrap().device_count, 0);
    assert_eq!(client.transport().targets(), ["dcim/sites/", "dcim/sites/7/?fields=id,device_count"]);

    let client = old_server(true);
    let sites = client.create_many(two()).send().unwrap();
    assert_eq!(sites.iter().map(|site| site.id).collect::<Vec<_>>(), [7, 8], "in the order of the input");
    assert_eq!(client.transport().requests().len(), 2, "one request for all of a batch");
}

#[test]
fn what_was_created_and_can_not_be_read_is_named() {
    let client = old_server(false);
    let [site, _] = two();
    let error = client.create::<Counted>(site).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("to read them again failed"), "{error}");
    assert_eq!(error.created(), ["https://h/nb/api/dcim/sites/7/"]);

    let error = client.create_many(two()).send().unwrap_err();
    assert_eq!([0, 1].map(|index| error.fate(index)), [Fate::Written; 2], "{error}");
    assert_eq!(error.written().collect::<Vec<_>>(), [(0, Some(7)), (1, Some(8))]);
}
