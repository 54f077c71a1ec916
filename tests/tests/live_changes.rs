//! A change of a field leaves all other fields of the object as they were, by whichever way it is written. Skipped unless
//! `NETBOX_URL` is set, to a NetBox that `cargo xtask seed` filled.

use std::error::Error;

use netbox_core::{Blocking, Client, Object, Patch, Query, Record};
use netbox_plan::Desired;
use netbox_schema::Endpoint;
use netbox_transport_ureq::UreqTransport;
use serde_json::{Map, Value, json};

mod describable;
mod server;

use describable::describable;

type Fields = Map<String, Value>;
type Any = Record<Object, Blocking>;

/// An object of the server, and the fields that it gets.
struct Change<'a> {
    client: &'a Client<Blocking>,
    path: &'a str,
    id: u64,
    fields: &'a Fields,
}

type Way = fn(&Change<'_>) -> Result<(), Box<dyn Error>>;

const WAYS: [(&str, Way); 9] = [
    ("a record", |change| Ok(change.of(change.client.get_at(change.path, change.id)?)?.save().map(drop)?)),
    ("a record of a list", |change| Ok(change.of(change.query().one()?)?.save().map(drop)?)),
    ("a record of a selection", |change| {
        let names = change.fields.keys().map(String::as_str);
        let selected = change.query().fields(names.chain(["id"]));
        Ok(change.of(selected.one()?)?.save().map(drop)?)
    }),
    ("a whole record", |change| Ok(change.of(change.client.get_at(change.path, change.id)?)?.put()?)),
    ("many records", |change| {
        let mut records = [change.of(change.query().one()?)?];
        change.client.save_many(&mut records).send()?;
        Ok(())
    }),
    ("a patch", |change| {
        change.client.update_at(change.path, change.id, change.fields)?;
        Ok(())
    }),
    ("many patches", |change| {
        change.client.update_many_at(change.path, [(change.id, change.fields)]).send()?;
        Ok(())
    }),
    ("a query", |change| {
        change.query().at_most(1).update(change.fields).send()?;
        Ok(())
    }),
    ("a plan", |change| {
        let mut document = json!(Desired::export(change.client, [change.query()])?);
        merge(&mut document[change.path][0], change.fields);
        let desired: Desired = serde_json::from_value(document)?;
        desired.plan(change.client)?.apply().send()?;
        Ok(())
    }),
];

#[test]
fn a_change_leaves_all_else_of_an_object_as_it_was() {
    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for endpoint in describable(&client) {
        let path = endpoint.path();
        let texts = ["description", "comments", "label"];
        let Some(text) = texts.into_iter().find(|name| endpoint.field(name).is_some()) else { continue };
        let Some(id) = specimen(&client, endpoint) else { continue };
        let original = shown(&client, path, id);
        let mut before = original.clone();
        for (number, (way, write)) in WAYS.into_iter().enumerate() {
            // All ways for sites, which have all kinds of custom fields, and each of them for a third of the others.
            if path != "dcim/sites" && !(number + tried).is_multiple_of(3) {
                continue;
            }
            let mut fields = Fields::from_iter([(text.to_owned(), json!(format!("changed by {way}")))]);
            let mut expected = before;
            merge(&mut expected, &fields);
            if path == "dcim/sites" {
                let (value, label) = [("low", "Low"), ("normal", "Normal")][number % 2];
                fields.insert("custom_fields".to_owned(), json!({"criticality": value}));
                expected["custom_fields"]["criticality"] = json!({"value": value, "label": label});
            }
            let written = write(&Change { client: &client, path, id, fields: &fields });
            let after = shown(&client, path, id);
            let of_now = after.as_object().into_iter().flatten();
            let differing = of_now.filter(|(name, value)| expected.get(*name) != Some(value));
            wrong.extend(
                differing.map(|(name, value)| format!("{way}: {path} {id}: {name}: {value}: {written:?}")),
            );
            wrong.extend(written.err().map(|error| format!("{way}: {path} {id}: {error}")));
            before = after;
        }
        let back = Patch::new().field(text, &original[text]);
        let back = match original.get("custom_fields") {
            Some(custom) => back.field("custom_fields", custom),
            None => back,
        };
        client.update_at(path, id, back).unwrap();
        assert_eq!(shown(&client, path, id), original);
        tried += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 80, "only {tried} objects were changed");
}

/// An object that has all that it can have.
fn specimen(client: &Client<Blocking>, endpoint: Endpoint) -> Option<u64> {
    let all = client.query_at(endpoint.path());
    let all = match endpoint.path() {
        // Specimens lack most custom fields.
        "dcim/sites" => all.param("cf_criticality__empty", false),
        _ if endpoint.accepts("tag").contains(4, 7) => all.tag("specimen"),
        _ => all,
    };
    let id = all.first().unwrap().and_then(|object| object.id());
    id.filter(|_| endpoint.accepts("id").contains(4, 7))
}

/// The fields of an object as NetBox sends them, but for those that it sets itself, and for the ends of a cable, which
/// show the cable.
fn shown(client: &Client<Blocking>, path: &str, id: u64) -> Value {
    let mut fields: Fields = client.raw().get(&format!("{path}/{id}/")).unwrap();
    fields.retain(|name, _| {
        !["last_updated", "data_synced", "a_terminations", "b_terminations"].contains(&&**name)
    });
    fields.into()
}

/// Sets fields as NetBox does: custom fields one by one.
fn merge(object: &mut Value, fields: &Fields) {
    for (name, value) in fields {
        match value {
            Value::Object(custom) => merge(&mut object[name], custom),
            value => object[name] = value.clone(),
        }
    }
}

impl Change<'_> {
    fn query(&self) -> Query<Object, Blocking> {
        self.client.query_at(self.path).param("id", self.id)
    }

    /// The object with the fields.
    fn of(&self, mut object: Any) -> Result<Any, netbox_core::Error> {
        for (name, value) in self.fields {
            object.set(name, value)?;
        }
        Ok(object)
    }
}
