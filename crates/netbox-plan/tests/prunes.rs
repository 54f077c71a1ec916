//! Prunes delete what they find and nothing describes, within their bounds.

mod netbox;

use std::{collections::BTreeSet, sync::Arc};

use netbox::{Fault, Netbox, server};
use netbox_core::{Blocking, Client, bulk::Fate};
use netbox_plan::{Action, Desired, ObjectOutcome};
use serde_json::{Value, json};

/// Three devices, of which the first `whole` have their `mgmt0` described, and no other interface than those described.
fn devices(server: &Arc<Netbox>, whole: usize, at_most: usize) -> Desired {
    let device = |n: usize| {
        let ports = if n < whole { ["eth0", "mgmt0"].as_slice() } else { &["eth0"] };
        let ports: Vec<_> = ports.iter().map(|name| json!({"name": name, "type": "virtual"})).collect();
        json!({
            "name": format!("d{n}"), "site": {"slug": "home"}, "role": {"slug": "leaf"},
            "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"}, "interfaces": ports,
        })
    };
    let document = json!({"dcim/devices": [device(0), device(1), device(2)]});
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/interfaces").param("type", "virtual").at_most(at_most));
    desired
}

/// A NetBox in which somebody else's device has an interface.
fn server_of_others() -> Arc<Netbox> {
    let server = server();
    server.put("dcim/devices", json!({"name": "other", "site": 4, "role": 3, "device_type": 2}));
    server
}

#[test]
fn components_of_new_devices_are_deleted_at_last() {
    let server = server_of_others();
    let desired = devices(&server, 1, 3);
    let plan = desired.plan(&server.client()).unwrap();
    let expected = "\
+ dcim/devices home d0 (dcim/devices[0])
+ dcim/devices home d1 (dcim/devices[1])
+ dcim/devices home d2 (dcim/devices[2])
+ dcim/interfaces d0 eth0 (dcim/devices[0].interfaces[0])
+ dcim/interfaces d0 mgmt0 (dcim/devices[0].interfaces[1])
+ dcim/interfaces d1 eth0 (dcim/devices[1].interfaces[0])
+ dcim/interfaces d2 eth0 (dcim/devices[2].interfaces[0])
- dcim/interfaces dcim/interfaces  dcim/devices dcim/sites   home  other mgmt0 (id 6)
- dcim/interfaces … and up to 2 that NetBox creates with new devices and modules and nothing describes
7 to create, 0 to change, 1 to delete";
    assert_eq!(plan.to_string(), expected);
    assert_eq!(json!(plan)["delete_later"][0]["at_most"], 2);
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.created(), applied.deleted()), (7, 3));
    assert_eq!(server.count("dcim/interfaces"), 4);
    assert!(desired.plan(&server.client()).unwrap().is_empty());
}

#[test]
fn nothing_is_deleted_where_all_components_are_described() {
    let server = server();
    let desired = devices(&server, 3, 0);
    let applied = desired.plan(&server.client()).unwrap().apply().send();
    let applied = applied.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.created(), applied.changed(), applied.deleted()), (9, 0, 0), "{applied}");
    assert!(desired.plan(&server.client()).unwrap().is_empty());
}

#[test]
fn components_beyond_the_bound_stay() {
    let server = server_of_others();
    let desired = devices(&server, 1, 2);
    let error = desired.plan(&server.client()).unwrap().apply().keep_going().send().unwrap_err();
    let why =
        "the prune that finds it would delete 2 objects of dcim/interfaces, and at most 1 may be deleted";
    assert!(error.to_string().contains(why), "{error}");
    let deletes = error.applied().outcomes().iter().filter(|outcome| outcome.action() == Action::Delete);
    let deletes: Vec<_> = deletes.map(|outcome| (outcome.place(), outcome.fate())).collect();
    assert_eq!(deletes.len(), 3, "{error}");
    assert_eq!(deletes.iter().filter(|(_, fate)| *fate == Fate::NotWritten).count(), 2, "{error}");
    assert_eq!(server.count("dcim/interfaces"), 6);
}

#[test]
fn components_are_told_by_their_own_names() {
    let server = server();
    for n in 0..96 {
        server.put("dcim/inventory-item-templates", json!({"device_type": 2, "name": format!("fan{n}")}));
    }
    let document = json!({
        "dcim/devices": [{
            "name": "d0", "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
        }],
    });
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/inventory-items").at_most(96));
    server.fail(Some(Fault { after: 2, is_carried_out: false }));
    let error = desired.plan(&server.client()).unwrap().apply().send().unwrap_err();
    let left = error.applied().outcomes().iter().filter(|outcome| outcome.fate() != Fate::Written);
    let left: BTreeSet<_> = left.filter_map(ObjectOutcome::id).collect();
    let there = server.client().query_at("dcim/inventory-items").ids().unwrap();
    assert_eq!(left, there.into_iter().collect(), "{error}");
    // Another run completes the deletion.
    server.fail(None);
    assert_eq!(desired.plan(&server.client()).unwrap().deletes(), 46);
}

#[test]
fn components_stay_where_one_of_them_is_ambiguous() {
    let server = server();
    for _ in 0..2 {
        server.put("dcim/inventory-item-templates", json!({"device_type": 2, "name": "fan"}));
    }
    let document = json!({
        "dcim/devices": [{
            "name": "d0", "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
            "inventory_items": [{"name": "fan", "serial": "X"}],
        }],
        "dcim/sites": [{"slug": "home", "description": "mine"}],
    });
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/inventory-items").at_most(2));
    let manufacturer = server.put("dcim/manufacturers", json!({"name": "Old", "slug": "old"}));
    desired.prune(server.client().query_at("dcim/manufacturers").param("slug", "old").at_most(1));
    let error = desired.plan(&server.client()).unwrap().apply().send().unwrap_err();
    let left: Vec<_> = error.applied().outcomes().iter().filter(|one| one.fate() != Fate::Written).collect();
    assert_eq!(left.len(), 2, "{error}");
    assert!(left[0].why().unwrap().starts_with("NetBox has 2 objects of dcim/inventory-items"), "{error}");
    assert_eq!(left[1].place(), format!("dcim/manufacturers/{manufacturer}"));
    assert_eq!((server.count("dcim/inventory-items"), server.count("dcim/manufacturers")), (2, 2));
    let error = desired.plan(&server.client()).unwrap_err().to_string();
    assert!(error.contains("NetBox has 2 objects of dcim/inventory-items"), "{error}");
}

#[test]
fn components_that_somebody_else_adds_meanwhile_stay() {
    let server = server_of_others();
    let mut desired = devices(&server, 1, 9);
    desired.prune(server.client().query_at("dcim/inventory-items").at_most(1));
    let plan = desired.plan(&server.client()).unwrap();
    server.put("dcim/interfaces", json!({"device": 5, "name": "eth9", "type": "virtual"}));
    server.put("dcim/inventory-items", json!({"device": 5, "name": "fan"}));
    plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((server.count("dcim/interfaces"), server.count("dcim/inventory-items")), (5, 1));
    let plan = desired.plan(&server.client()).unwrap();
    assert_eq!((plan.deletes(), plan.creates(), plan.changes()), (2, 0, 0));
}

#[test]
fn a_prune_beyond_its_bound_deletes_nothing() {
    let server = Netbox::new();
    for name in ["one", "two"] {
        let vrf = server.put("ipam/vrfs", json!({"name": name}));
        server.put("ipam/ip-addresses", json!({"address": "10.0.0.1/24", "vrf": vrf}));
    }
    let client = server.client();
    let mut desired = Desired::new();
    desired.prune(client.query_at("ipam/ip-addresses").at_most(1));
    let error = desired.plan(&client).unwrap_err().to_string();
    assert_eq!(
        error,
        "prune[0]: it would delete 2 objects of ipam/ip-addresses, and at most 1 may be deleted"
    );
    let mut desired = Desired::new();
    desired.prune(client.query_at("ipam/ip-addresses").expect_count(3));
    let error = desired.plan(&client).unwrap_err().to_string();
    assert_eq!(
        error,
        "prune[0]: it would delete 2 objects of ipam/ip-addresses, and exactly 3 may be deleted"
    );
    let mut desired = Desired::new();
    desired.prune(client.query_at("ipam/ip-addresses").at_most(2));
    let plan = desired.plan(&client).unwrap();
    assert_eq!(
        plan.to_string(),
        "- ipam/ip-addresses ipam/ip-addresses   10.0.0.1/24 (id 4)\n- ipam/ip-addresses ipam/ip-addresses   10.0.0.1/24 (id 2)\n0 to create, 0 to change, 2 to delete"
    );
    assert_eq!(plan.apply().send().unwrap().deleted(), 2);
    assert_eq!(server.count("ipam/ip-addresses"), 0);
}

/// A NetBox with two regions, of which the second is within the first, and a plan that keeps the second alone.
fn plan_of_region(fields: Value) -> Result<String, String> {
    let server = server();
    let outer = server.put("dcim/regions", json!({"name": "Europe", "slug": "eu"}));
    server.put("dcim/regions", json!({"name": "Netherlands", "slug": "nl", "parent": outer}));
    let mut desired: Desired = serde_json::from_value(json!({"dcim/regions": [fields]})).unwrap();
    desired.prune(server.client().query_at("dcim/regions").at_most(1));
    let plan = desired.plan(&server.client()).map_err(|error| error.to_string())?;
    let text = plan.to_string();
    plan.apply().send().map_err(|error| error.to_string())?;
    assert_eq!(server.count("dcim/regions"), 1);
    Ok(text)
}

#[test]
fn an_object_stays_that_a_described_one_refers_to() {
    assert_eq!(
        plan_of_region(json!({"slug": "nl", "name": "Netherlands"})).unwrap_err(),
        "dcim/regions[0]: its `parent` is dcim/regions/5, which a prune deletes: describe that object, or another `parent`"
    );
    assert_eq!(
        plan_of_region(json!({"slug": "nl", "parent": null})).unwrap(),
        "~ dcim/regions nl (dcim/regions[0]): parent: dcim/regions   eu -> null\n- dcim/regions dcim/regions   eu (id 5)\n\
         0 to create, 1 to change, 1 to delete"
    );
}

#[test]
fn a_prune_asks_the_netbox_and_the_branch_of_the_plan() {
    let server = server();
    let branch = Client::builder("https://netbox.example.com").token("x").branch("td5smq0f");
    let branch: Client<Blocking> = branch.build(server.door()).unwrap();
    let mut desired = Desired::new();
    desired.prune(branch.query_at("dcim/sites").at_most(9));
    assert_eq!(
        desired.plan(&server.client()).unwrap_err().to_string(),
        "prune[0]: its query asks https://netbox.example.com on the branch td5smq0f, and the plan is for \
         https://netbox.example.com"
    );
}

#[test]
fn an_interface_stays_that_a_described_address_is_on() {
    let server = server_of_others();
    let address = json!({
        "address": "10.0.0.1/24", "assigned_object_type": "dcim.interface", "assigned_object_id": 6,
    });
    server.put("ipam/ip-addresses", address);
    let document = json!({"ipam/ip-addresses": [{"address": "10.0.0.1/24"}]});
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/interfaces").at_most(1));
    assert_eq!(
        desired.plan(&server.client()).unwrap_err().to_string(),
        "ipam/ip-addresses[0]: its `assigned_object` is dcim/interfaces/6, which a prune deletes: describe that object, \
         or another `assigned_object`"
    );
}

#[test]
fn deletions_go_on_after_one_that_netbox_refuses() {
    let server = server();
    for name in ["one", "two", "three"] {
        server.put("dcim/manufacturers", json!({"name": name, "slug": name}));
    }
    let mut desired = Desired::new();
    desired.prune(server.client().query_at("dcim/manufacturers").at_most(9));
    let error = desired.plan(&server.client()).unwrap().apply().keep_going().send().unwrap_err();
    // The device type of the description's server is of the first one.
    assert_eq!(server.count("dcim/manufacturers"), 1);
    let left: Vec<_> =
        error.applied().outcomes().iter().filter(|outcome| outcome.fate() != Fate::Written).collect();
    assert_eq!(left.len(), 1, "{error}");
    assert_eq!(left[0].place(), "dcim/manufacturers/1");
    assert!(left[0].why().unwrap().contains("dcim/device-types/2 refers to"), "{error}");
}

#[test]
fn no_services_come_with_devices() {
    let server = server();
    let mut desired = devices(&server, 3, 0);
    desired.prune(server.client().query_at("ipam/services").at_most(5));
    let plan = desired.plan(&server.client()).unwrap();
    assert_eq!(json!(plan)["delete_later"].as_array().unwrap().len(), 1, "{plan}");
}

#[test]
fn a_prune_that_netbox_refuses_is_asked_again() {
    let server = server();
    let plan_with = |slug: &str| {
        let document = json!({"dcim/sites": [{"slug": "new", "name": "New"}]});
        let mut desired: Desired = serde_json::from_value(document).unwrap();
        desired.prune(server.client().query_at("dcim/devices").param("site", slug).at_most(1));
        desired
    };
    let error = plan_with("nwe").plan(&server.client()).unwrap().apply().send().unwrap_err();
    assert_eq!(error.applied().created(), 1);
    assert!(error.to_string().contains("nwe is not one of the available choices"), "{error}");
    let error = plan_with("nwe").plan(&server.client()).unwrap_err();
    assert!(error.to_string().contains("nwe is not one of the available choices"), "{error}");
    assert!(plan_with("new").plan(&server.client()).unwrap().is_empty());
    let other = netbox::server();
    let document = json!({"dcim/sites": [{"slug": "new", "name": "New"}]});
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(other.client().query_at("dcim/devices").param("site", "new").at_most(1));
    assert_eq!(desired.plan(&other.client()).unwrap().apply().send().unwrap().created(), 1);
}

#[test]
fn a_prune_may_ask_by_what_another_one_has_deleted() {
    let server = server();
    let site = server.put("dcim/sites", json!({"name": "Old", "slug": "old"}));
    server.put("dcim/devices", json!({"name": "old", "site": site, "role": 3, "device_type": 2}));
    let client = server.client();
    let devices = || client.query_at("dcim/devices").param("site", "old").at_most(1);
    let mut desired = Desired::new();
    desired.prune(devices()).prune(client.query_at("dcim/sites").param("slug", "old").at_most(1));
    desired.prune(client.query_at("dcim/interfaces").param("site", "old").at_most(1));
    assert_eq!(desired.plan(&client).unwrap().apply().send().unwrap().deleted(), 2);
    assert!(desired.plan(&client).unwrap().is_empty());

    // New objects change nothing about that, not even those with which NetBox makes others that a prune could find.
    desired.object_at("dcim/sites", json!({"name": "New", "slug": "new"}));
    let refers = |slug: &str| json!({"slug": slug});
    desired.object_at(
        "dcim/devices",
        json!({"name": "new", "site": refers("new"), "role": refers("leaf"), "device_type": refers("box")}),
    );
    desired.plan(&client).unwrap().apply().send().unwrap();
    let mut desired = Desired::new();
    desired.prune(devices());
    let error = desired.plan(&client).unwrap_err().to_string();
    assert!(error.contains("old is not one of the available choices"), "{error}");
}

#[test]
fn an_object_changes_after_the_deletions_of_those_that_refer_to_it() {
    let server = server();
    let rack = server.put("dcim/racks", json!({"name": "r1", "site": 4, "u_height": 42}));
    let device = |name: &str, position: u8| json!({"name": name, "site": 4, "role": 3, "device_type": 2, "rack": rack, "position": position, "face": "front"});
    server.put("dcim/devices", device("low", 1));
    server.put("dcim/devices", device("high", 40));
    let client = server.client();
    let mut desired = Desired::new();
    desired.object_at("dcim/racks", json!({"name": "r1", "site": {"slug": "home"}, "u_height": 20}));
    desired.prune(client.query_at("dcim/devices").param("name", "high").at_most(1));
    let plan = desired.plan(&client).unwrap();
    assert!(plan.to_string().starts_with("- dcim/devices"), "{plan}");
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.changed(), applied.deleted()), (1, 1));
}

#[test]
fn an_object_changes_before_a_deletion_that_has_to_wait_for_it() {
    let server = server();
    let device = server.put("dcim/devices", json!({"name": "d", "site": 4, "role": 3, "device_type": 2}));
    let address = |port: &str, address: &str| {
        let port = server.put("dcim/interfaces", json!({"device": device, "name": port, "type": "virtual"}));
        let ends =
            json!({"address": address, "assigned_object_type": "dcim.interface", "assigned_object_id": port});
        server.put("ipam/ip-addresses", ends)
    };
    let (old, _) = (address("old", "10.0.0.1/24"), address("new", "10.0.0.2/24"));
    server.touch("dcim/devices", device, "primary_ip4", old);
    let client = server.client();
    let document = json!({"name": "d", "site": {"slug": "home"}, "primary_ip4": {"address": "10.0.0.2/24"}});
    let mut desired = Desired::new();
    desired.object_at("dcim/devices", document);
    desired.prune(client.query_at("dcim/interfaces").param("name", "old").at_most(1));
    desired.prune(client.query_at("ipam/ip-addresses").param("address", "10.0.0.1/24").at_most(1));
    let plan = desired.plan(&client).unwrap_or_else(|error| panic!("{error}"));
    assert!(plan.to_string().starts_with("~ dcim/devices"), "{plan}");
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.changed(), applied.deleted()), (1, 2));
}

#[test]
fn a_master_leaves_its_chassis_with_the_chassis() {
    let server = server();
    let chassis = server.put("dcim/virtual-chassis", json!({"name": "vc"}));
    let device = |position: u8| {
        let name = format!("d{position}");
        let of = json!({"name": name, "site": 4, "role": 3, "device_type": 2, "virtual_chassis": chassis, "vc_position": position});
        server.put("dcim/devices", of)
    };
    let (master, _) = (device(1), device(2));
    server.touch("dcim/virtual-chassis", chassis, "master", master);
    let client = server.client();
    let mut desired = Desired::new();
    for name in ["d1", "d2"] {
        let alone =
            json!({"name": name, "site": {"slug": "home"}, "virtual_chassis": null, "description": "alone"});
        desired.object_at("dcim/devices", alone);
    }
    desired.prune(client.query_at("dcim/virtual-chassis").at_most(1));
    let plan = desired.plan(&client).unwrap_or_else(|error| panic!("{error}"));
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.changed(), applied.deleted()), (2, 1));
    assert!(desired.plan(&client).unwrap().is_empty());
}

#[test]
fn a_newer_netbox_has_to_describe_the_filters_of_a_prune() {
    let server = server();
    server.put("dcim/sites", json!({"name": "Old", "slug": "old"}));
    server.set_version("4.8");
    let plan = |filter: &str, value: &str| {
        let mut desired = Desired::new();
        desired.prune(server.client().query_at("dcim/sites").param(filter, value).at_most(9));
        desired.plan(&server.client())
    };
    let error = plan("slug", "old").unwrap_err().to_string();
    assert!(error.contains("does not describe such a filter of dcim/sites"), "{error}");
    assert_eq!(plan("name", "Old").unwrap().deletes(), 1);
}
