//! Objects that are created unless they exist.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use http::Method;
use serde_json::{Value, json as value};

use crate::{
    Blocking, ErrorKind, Patch,
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
            return json(status, if status == 201 { &created } else { &refused });
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
    let client = server(0, 1, 400);
    assert_eq!(ask(&client).unwrap(), (1, false));
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
