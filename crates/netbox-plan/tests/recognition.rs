//! Which objects of NetBox are the described ones, where several have the same key.

mod netbox;

use std::sync::Arc;

use netbox::{Netbox, server};
use netbox_plan::Desired;
use serde_json::{Value, json};

fn plan(server: &Arc<Netbox>, document: Value) -> String {
    let desired: Desired = serde_json::from_value(document).unwrap();
    desired.plan(&server.client()).map_or_else(|error| error.to_string(), |plan| plan.to_string())
}

#[test]
fn an_object_that_nothing_describes_is_not_moved() {
    let server = server();
    let devices = ["dev1", "dev2", "dev3"].map(|name| {
        server.put("dcim/devices", json!({"name": name, "site": 4, "role": 3, "device_type": 2}))
    });
    let put = |device: u64| {
        let of = json!({"address": "10.0.0.1/24", "assigned_object_type": "dcim.interface", "assigned_object_id": device + 1});
        server.put("ipam/ip-addresses", of)
    };
    let on = |device: &str| {
        let port = json!({"device": {"name": device}, "name": "mgmt0"});
        json!({"address": "10.0.0.1/24", "assigned_object": {"dcim/interfaces": port}})
    };
    let plan = |addresses: Value| plan(&server, json!({"ipam/ip-addresses": addresses}));
    put(devices[0]);
    let third = put(devices[2]);
    assert!(plan(json!([on("dev2")])).ends_with("1 to create, 0 to change, 0 to delete"));
    assert!(plan(json!([on("dev1"), on("dev2")])).ends_with("1 to create, 0 to change, 0 to delete"));
    assert!(plan(json!([on("dev2"), on("dev1")])).ends_with("1 to create, 0 to change, 0 to delete"));
    assert!(plan(json!([on("dev3"), on("dev1")])).ends_with("0 to create, 0 to change, 0 to delete"));
    // One that stands nowhere is left over, whatever the order.
    let nowhere = json!({"address": "10.0.0.1/24", "description": "spare"});
    for addresses in [json!([nowhere, on("dev1")]), json!([on("dev1"), nowhere])] {
        let plan = plan(addresses);
        assert!(plan.ends_with("0 to create, 1 to change, 0 to delete"), "{plan}");
    }
    server.touch("ipam/ip-addresses", third, "assigned_object_id", Value::Null);
    server.touch("ipam/ip-addresses", third, "assigned_object_type", Value::Null);
    put(devices[2]);
    for addresses in [json!([nowhere, on("dev1")]), json!([on("dev1"), nowhere])] {
        let plan = plan(addresses);
        assert!(plan.contains("description: null -> \"spare\"\n0 to create, 1 to change"), "{plan}");
    }
    let plan = plan(json!([nowhere]));
    assert!(
        plan.contains("NetBox has 3 objects of ipam/ip-addresses with this `address` and `vrf`"),
        "{plan}"
    );
}

#[test]
fn regions_of_one_slug_are_told_apart_by_their_parents() {
    let regions = |parents: &[Option<&str>]| {
        let server = server();
        let tops =
            ["x", "y", "z"].map(|slug| server.put("dcim/regions", json!({"name": slug, "slug": slug})));
        for parent in parents {
            let parent = parent.map(|parent| tops[usize::from(parent.as_bytes()[0] - b'x')]);
            server.put("dcim/regions", json!({"name": "a", "slug": "a", "parent": parent}));
        }
        server
    };
    let bare = || json!({"slug": "a", "name": "a"});
    let below = |parent: &str| json!({"slug": "a", "name": "a", "parent": {"slug": parent}});
    let top = || json!({"slug": "a", "name": "a", "parent": null});
    for (there, mut described, expected) in [
        // A single one moves.
        (&[Some("x")][..], vec![below("y")], "0 to create, 1 to change"),
        (&[Some("x")], vec![top()], "0 to create, 1 to change"),
        (&[None], vec![below("y")], "0 to create, 1 to change"),
        (&[Some("x")], vec![bare()], "0 to create, 0 to change"),
        // No one knows which of two moves, and a third one is not meant.
        (&[Some("x")], vec![below("y"), below("z")], "2 to create, 0 to change"),
        (&[Some("x"), Some("y")], vec![below("x"), below("z")], "1 to create, 0 to change"),
        (&[Some("x"), Some("y")], vec![below("x"), top()], "1 to create, 0 to change"),
        (&[Some("x"), Some("y")], vec![top()], "1 to create, 0 to change"),
        (&[Some("x")], vec![below("x"), bare()], "1 to create, 0 to change"),
        (&[Some("x")], vec![below("y"), bare()], "1 to create, 0 to change"),
        (&[None, Some("x")], vec![below("x"), bare()], "0 to create, 0 to change"),
        (&[None, Some("y")], vec![below("x"), bare()], "1 to create, 0 to change"),
        (&[None, Some("x"), Some("y")], vec![below("x"), bare()], "0 to create, 0 to change"),
        (&[None, Some("x"), Some("y")], vec![top()], "0 to create, 0 to change"),
        (&[Some("x"), Some("y")], vec![below("x"), bare()], "0 to create, 0 to change"),
        (&[Some("x"), Some("y")], vec![bare()], "NetBox has 2 objects of dcim/regions with this `slug`"),
        (&[Some("x"), Some("y"), Some("z")], vec![below("x"), bare()], "NetBox has 2 objects"),
    ] {
        for _ in 0..2 {
            let server = regions(there);
            let plan = plan(&server, json!({"dcim/regions": described}));
            assert!(plan.contains(expected), "{there:?} {described:?}: {plan}");
            described.reverse();
        }
    }
}

#[test]
fn a_region_may_have_the_slug_of_the_one_above() {
    let server = server();
    let top = server.put("dcim/regions", json!({"name": "Berlin", "slug": "berlin"}));
    let described = json!({"dcim/regions": [
        {"slug": "berlin", "name": "Berlin", "parent": {"slug": "berlin", "parent": null}},
        {"slug": "berlin", "name": "Berlin", "parent": null},
    ]});
    assert!(plan(&server, described.clone()).ends_with("1 to create, 0 to change, 0 to delete"));
    server.put("dcim/regions", json!({"name": "Berlin", "slug": "berlin", "parent": top}));
    assert!(plan(&server, described).ends_with("0 to create, 0 to change, 0 to delete"));
}
