//! A record among the values that are sent is the id of its object.

use serde::Serialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, Object, Patch, Record,
    test::{Asking, Canned, json},
};

/// A NetBox with any object of an endpoint, for a client that checks no names.
fn server() -> Asking<Blocking> {
    let netbox = Canned::<Blocking>::new(|request| {
        let id = request.uri().path().trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
        json(200, &value!({"id": id.parse::<u64>().unwrap_or(1), "name": id}))
    });
    netbox.under(Client::builder("https://h/nb").token("nbt_key.hunter2").check_writes(false))
}

fn object(client: &Asking<Blocking>, id: u64) -> Record<Object, Blocking> {
    client.get_at("dcim/sites", id).unwrap()
}

#[track_caller]
fn check(client: &Asking<Blocking>, patch: Patch<Object>, expected: &Value) {
    client.create_at("dcim/racks", patch).unwrap();
    let sent = client.transport().requests().pop().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(sent.body()).unwrap(), *expected);
}

#[test]
fn a_field_takes_records_alone_and_in_lists_and_maps() {
    let client = server();
    let (a, b) = (object(&client, 7), object(&client, 8));
    check(&client, Patch::new().field("site", &a), &value!({"site": 7}));
    check(&client, Patch::new().field("site", Some(&a)), &value!({"site": 7}));
    check(&client, Patch::new().field("sites", [&a, &b]), &value!({"sites": [7, 8]}));
    check(&client, Patch::new().field("sites", vec![&b]), &value!({"sites": [8]}));
    check(
        &client,
        Patch::new().custom_field("sites", [&a, &b]),
        &value!({"custom_fields": {"sites": [7, 8]}}),
    );
}

#[test]
fn a_struct_of_the_caller_takes_records() {
    #[derive(Serialize)]
    struct Rack<'r> {
        name: &'r str,
        site: &'r Record<Object, Blocking>,
    }
    let client = server();
    let site = object(&client, 7);
    check(&client, Patch::from(&Rack { name: "R1", site: &site }), &value!({"name": "R1", "site": 7}));
}

#[test]
fn a_record_without_an_id_refers_to_nothing() {
    let client =
        Canned::<Blocking>::client(|_| json(200, &value!({"count": 1, "next": null, "results": [{}]})));
    let nameless = client.query_at("dcim/racks/7/elevation").all().unwrap().remove(0);
    let told = client.create_at("dcim/racks", Patch::new().field("site", &nameless)).unwrap_err().to_string();
    assert!(told.contains("`site`: the record has no id to refer to it by"), "{told}");
}

#[test]
fn elsewhere_a_record_serializes_as_its_model() {
    let site = object(&server(), 7);
    let fields = value!({"id": 7, "name": "7"});
    assert_eq!(serde_json::to_value(&site).unwrap(), fields);
    assert_eq!(serde_json::to_value([Some(&site)]).unwrap(), value!([fields]));
    assert_eq!(Object::from_model(&site).unwrap(), *site);
}
