//! A NetBox copied into another one: what is exported from the first, applied to the second, and exported from there is
//! the same. Skipped unless `NETBOX_URL` is set, and `NETBOX_PLUGINS_URL`, whose NetBox becomes the copy.

use std::collections::BTreeSet;

use netbox_core::{Blocking, Client};
use netbox_plan::{Desired, Plan, PlanError};
use netbox_transport_ureq::UreqTransport;
use serde_json::{Map, Value, json};

mod describable;
mod server;
mod with_plugins;

use describable::describable;

type Document = Map<String, Value>;

#[test]
fn a_copy_has_what_the_original_has() {
    let (Some((url, token)), Some(copy)) = (server::server(), with_plugins::client()) else { return };
    let original = Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap();
    let mut document = export(&original);
    let described = count(&document);
    let (desired, plan) = without_what_needs_files(&mut document, &copy);
    assert!(
        count(&document) > described * 9 / 10,
        "{} of {described} objects need files",
        described - count(&document)
    );
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    println!("{applied}");
    let again = desired.plan(&copy).unwrap();
    assert!(again.is_empty(), "{again}");

    let copied = export(&copy);
    let mut missing = Vec::new();
    for (path, objects) in &document {
        let copied: BTreeSet<String> = items(&copied[path]).map(Value::to_string).collect();
        missing.extend(
            items(objects)
                .map(Value::to_string)
                .filter(|object| !copied.contains(object))
                .map(|object| format!("{path}: {object}")),
        );
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn export(client: &Client<Blocking>) -> Document {
    let queries = describable(client).into_iter().map(|endpoint| client.query_at(endpoint.path()));
    let exported = Desired::export(client, queries).unwrap();
    serde_json::from_value(json!(exported)).unwrap()
}

/// Drops the objects that refer to what no document can carry, and those that refer to these, until there is a plan.
fn without_what_needs_files(document: &mut Document, client: &Client<Blocking>) -> (Desired, Plan<Blocking>) {
    loop {
        let desired: Desired = serde_json::from_value(json!(document)).unwrap();
        let mistakes = match desired.plan(client) {
            Ok(plan) => return (desired, plan),
            Err(PlanError::Mistakes(mistakes)) => mistakes,
            Err(error) => panic!("{error}"),
        };
        let places: BTreeSet<(String, usize)> =
            mistakes.iter().map(|mistake| place(mistake.place())).collect();
        for (path, at) in places.into_iter().rev() {
            document[&path].as_array_mut().unwrap().remove(at);
        }
    }
}

/// The endpoint and the number of the object in whose description a place is.
fn place(place: &str) -> (String, usize) {
    let (path, rest) = place.split_once('[').unwrap();
    (path.to_owned(), rest.split_once(']').unwrap().0.parse().unwrap())
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().unwrap().iter()
}

fn count(document: &Document) -> usize {
    document.values().flat_map(items).count()
}
