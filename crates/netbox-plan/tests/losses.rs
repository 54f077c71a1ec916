//! Deletions take nothing with them that is described, and come neither too early nor too late.

mod netbox;

use std::sync::Arc;

use netbox::{Netbox, server};
use netbox_core::bulk::Fate;
use netbox_plan::{Action, Desired};
use serde_json::{Value, json};

/// A document, with all other objects of these endpoints pruned.
fn desired(server: &Arc<Netbox>, document: Value, prunes: &[&str]) -> Desired {
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    for path in prunes {
        desired.prune(server.client().query_at(path).at_most(9));
    }
    desired
}

#[track_caller]
fn refusal(server: &Arc<Netbox>, desired: &Desired) -> String {
    desired.plan(&server.client()).unwrap_err().to_string()
}

/// The writes by which a NetBox becomes as it is described.
#[track_caller]
fn writes(server: &Arc<Netbox>, desired: &Desired) -> Vec<String> {
    let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
    let (text, planned) = (plan.to_string(), (plan.creates(), plan.changes(), plan.deletes()));
    server.requests();
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!((applied.created(), applied.changed(), applied.deleted()), planned, "{applied}\n{text}");
    let is_write = |request: &String| !request.starts_with("GET") && !request.starts_with("OPTIONS");
    let writes = server.requests().into_iter().filter(is_write).collect();
    let again = desired.plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");
    writes
}

fn device(name: &str, tag: Option<&str>) -> Value {
    let mut device = device_of(name, json!([{"name": "mgmt0", "type": "virtual"}]));
    device["asset_tag"] = tag.into();
    device
}

fn device_of(name: &str, ports: Value) -> Value {
    json!({
        "name": name, "site": {"slug": "home"}, "role": {"slug": "leaf"}, "interfaces": ports,
        "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
    })
}

/// A NetBox with a device that has a tag, with the ids of the device and of its port.
fn server_with_device() -> (Arc<Netbox>, u64, u64) {
    let server = server();
    let fields = json!({"name": "old", "site": 4, "role": 3, "device_type": 2, "asset_tag": "A1"});
    let device = server.put("dcim/devices", fields);
    (server, device, device + 1)
}

fn address_on(server: &Netbox, port: u64) -> u64 {
    let address = json!({
        "address": "10.0.0.1/24", "assigned_object_type": "dcim.interface", "assigned_object_id": port,
    });
    server.put("ipam/ip-addresses", address)
}

#[test]
fn an_address_leaves_a_device_before_that_is_deleted() {
    let (server, old, port) = server_with_device();
    let address = address_on(&server, port);
    let on = |name: &str| {
        let port = json!({"device": {"name": name}, "name": "mgmt0"});
        json!([{"address": "10.0.0.1/24", "assigned_object": {"dcim/interfaces": port}}])
    };
    let alone =
        desired(&server, json!({"ipam/ip-addresses": [{"address": "10.0.0.1/24"}]}), &["dcim/devices"]);
    let expected = format!(
        "ipam/ip-addresses[0]: its `assigned_object` is of dcim/devices/{old}, which a prune deletes: describe that \
         object, or another `assigned_object`"
    );
    assert_eq!(refusal(&server, &alone), expected);
    // The new device gets the tag of the old one, which has to go before.
    let document = json!({"dcim/devices": [device("new", Some("A1"))], "ipam/ip-addresses": on("new")});
    let writes = writes(&server, &desired(&server, document, &["dcim/devices"]));
    let expected =
        ["POST dcim/devices", "PATCH ipam/ip-addresses", "DELETE dcim/devices", "PATCH dcim/devices"];
    assert_eq!(writes, expected);
    assert!(server.dump().values().any(|fields| fields.get("address") == Some(&json!("10.0.0.1/24"))));

    // NetBox does not take it from a device of which it is the primary address, and deletes it with that device.
    let (server, old, port) = server_with_device();
    let primary = address_on(&server, port);
    assert_eq!(primary, address);
    server.touch("dcim/devices", old, "primary_ip4", primary);
    let document = json!({"dcim/devices": [device("new", None)], "ipam/ip-addresses": on("new")});
    let refusal = refusal(&server, &desired(&server, document, &["dcim/devices"]));
    let expected = format!("ipam/ip-addresses[0] -> dcim/devices/{old} -> ipam/ip-addresses[0]");
    assert!(refusal.contains(&expected), "{refusal}");
    assert!(refusal.ends_with("describe it without that choice first"), "{refusal}");
}

#[test]
fn a_region_stays_that_is_below_others_of_a_described_one() {
    let server = server();
    let region = |name: &str, parent: Option<u64>| {
        server.put("dcim/regions", json!({"name": name, "slug": name, "parent": parent}))
    };
    let top = region("eu", None);
    let middle = region("nl", Some(top));
    region("ams", Some(middle));
    let prune_top = |document: Value| {
        let mut desired: Desired = serde_json::from_value(document).unwrap();
        desired.prune(server.client().query_at("dcim/regions").param("slug", "eu").at_most(1));
        desired
    };
    let why = format!("is of dcim/regions/{top}, which a prune deletes");
    let leaf = json!({"dcim/regions": [{"slug": "ams", "name": "ams"}]});
    assert!(refusal(&server, &prune_top(leaf)).starts_with(&format!("dcim/regions[0]: its `parent` {why}")));
    // One that is only referred to, by an object that is yet to be created.
    let site = |slug: &str| json!({"dcim/sites": [{"slug": "new", "name": "New", "region": {"slug": slug}}]});
    let refused = refusal(&server, &prune_top(site("ams")));
    assert!(refused.starts_with(&format!("dcim/sites[0].region: its `parent` {why}")), "{refused}");
    let refused = refusal(&server, &prune_top(site("nl")));
    assert!(refused.starts_with("dcim/sites[0].region: its `parent` is dcim/regions/"), "{refused}");
    // One of which only the id is told.
    let site = json!({"dcim/sites": [{"slug": "new", "name": "New", "region": top + 2}]});
    let refused = refusal(&server, &prune_top(site));
    assert!(refused.starts_with(&format!("dcim/sites[0].region: its `parent` {why}")), "{refused}");
    // The middle one leaves, and takes the other with it.
    let regions = json!([{"slug": "ams", "name": "ams"}, {"slug": "nl", "parent": null}]);
    let writes = writes(&server, &prune_top(json!({"dcim/regions": regions})));
    assert_eq!(writes, ["PATCH dcim/regions", "DELETE dcim/regions"]);
    assert_eq!(server.count("dcim/regions"), 2);
}

#[test]
fn an_object_stays_that_another_did_not_let_go_of() {
    let server = server();
    let top = server.put("dcim/regions", json!({"name": "Europe", "slug": "eu"}));
    let inner = server.put("dcim/regions", json!({"name": "NL", "slug": "nl", "parent": top}));
    let document = json!({"dcim/regions": [{"slug": "nl", "name": "NL", "parent": null}]});
    let plan = desired(&server, document, &["dcim/regions"]).plan(&server.client()).unwrap();
    server.touch("dcim/regions", inner, "name", "of somebody else");
    let error = plan.apply().keep_going().send().unwrap_err();
    assert_eq!(server.count("dcim/regions"), 2, "{error}");
    let outcome =
        error.applied().outcomes().iter().find(|outcome| outcome.action() == Action::Delete).unwrap();
    assert_eq!(outcome.fate(), Fate::NotWritten);
    assert_eq!(outcome.waits_for(), Some("dcim/regions[0]"));
}

#[test]
fn an_object_stays_that_is_referred_to_by_its_type_and_id() {
    let (server, device, port) = server_with_device();
    let other = server.put("dcim/interfaces", json!({"device": device, "name": "eth1"}));
    let address = json!({
        "address": "10.0.0.1/24", "assigned_object_type": "dcim.interface", "assigned_object_id": port,
    });
    let desired = desired(&server, json!({"ipam/ip-addresses": [address]}), &["dcim/interfaces"]);
    let plan = desired.plan(&server.client()).unwrap().to_string();
    assert!(plan.contains(&format!("eth1 (id {other})\n1 to create, 0 to change, 1 to delete")), "{plan}");
}

#[test]
fn an_object_stays_that_is_referred_to_by_its_id() {
    let server = server();
    let [old, new] =
        ["old", "new"].map(|name| server.put("dcim/regions", json!({"name": name, "slug": name})));
    server.touch("dcim/sites", 4, "region", old);
    let document = json!({"dcim/sites": [{"slug": "home", "region": new}]});
    let plan = desired(&server, document, &["dcim/regions"]).plan(&server.client()).unwrap();
    assert_eq!((plan.changes(), plan.deletes()), (1, 1), "{plan}");
    plan.apply().send().unwrap();
    assert_eq!(server.dump()["dcim/sites   home"]["region"], "dcim/regions   new");
}

#[test]
fn deletions_that_nothing_waits_for_come_last() {
    let (server, old, port) = server_with_device();
    let other = server.put("dcim/devices", json!({"name": "other", "site": 4, "role": 3, "device_type": 2}));
    let end = |id: u64| json!([{"object_type": "dcim.interface", "object_id": id}]);
    let ends = json!({"a_terminations": end(port), "b_terminations": end(other + 1)});
    server.put("dcim/cables", ends);
    server.put("circuits/providers", json!({"name": "P", "slug": "p"}));
    // The cable goes before the device, that before another gets its tag, and the provider at last.
    let document = json!({"dcim/devices": [device("other", None), device("new", Some("A1"))]});
    let desired = desired(&server, document, &["dcim/devices", "dcim/cables", "circuits/providers"]);
    let expected =
        ["DELETE dcim/cables", "DELETE dcim/devices", "POST dcim/devices", "DELETE circuits/providers"];
    assert_eq!(writes(&server, &desired), expected, "{old}");
}

#[test]
fn circles_are_cut_before_anything_is_deleted_at_last() {
    let server = server();
    for (name, tag) in [("one", "A1"), ("two", "A2")] {
        let fields =
            json!({"name": name, "site": 4, "role": 3, "device_type": 2, "asset_tag": tag, "oob_ip": null});
        server.put("dcim/devices", fields);
    }
    server.put("circuits/providers", json!({"name": "P", "slug": "p"}));
    let devices = json!({"dcim/devices": [device("one", Some("A2")), device("two", Some("A1"))]});
    let desired = desired(&server, devices, &["circuits/providers"]);
    let plan = desired.plan(&server.client()).unwrap().to_string();
    assert!(plan.ends_with("(id 9)\n0 to create, 2 to change, 1 to delete"), "{plan}");
    assert_eq!(writes(&server, &desired).last().unwrap(), "DELETE circuits/providers");
}

#[test]
fn a_value_that_is_set_later_is_free_by_then() {
    let (server, old, _) = server_with_device();
    let cluster = server.put("virtualization/clusters", json!({"name": "c", "type": null}));
    let machine = json!({"name": "vm", "cluster": cluster, "device": old});
    server.put("virtualization/virtual-machines", machine);
    // The old device goes when its machine has left it for the new one, which has no tag meanwhile.
    let machine = json!({"name": "vm", "cluster": {"name": "c"}, "device": {"name": "new"}});
    let document = json!({
        "dcim/devices": [device("new", Some("A1"))], "virtualization/virtual-machines": [machine],
    });
    let expected = [
        "POST dcim/devices",
        "PATCH virtualization/virtual-machines",
        "DELETE dcim/devices",
        "PATCH dcim/devices",
    ];
    assert_eq!(writes(&server, &desired(&server, document, &["dcim/devices"])), expected);
}

#[test]
fn bridges_that_refer_to_each_other_are_deleted() {
    let (server, device, port) = server_with_device();
    let bridge = |name: &str, of: u64| {
        server
            .put("dcim/interfaces", json!({"device": device, "name": name, "type": "virtual", "bridge": of}))
    };
    let one = bridge("b1", port);
    let two = bridge("b2", one);
    server.touch("dcim/interfaces", one, "bridge", two);
    let mut desired = Desired::new();
    desired.prune(server.client().query_at("dcim/interfaces").param("name", vec!["b1", "b2"]).at_most(2));
    assert_eq!(writes(&server, &desired), ["DELETE dcim/interfaces"; 2]);
}

#[test]
fn ports_are_changed_after_their_cables_came() {
    let server = server();
    let port = |name: &str| json!({"dcim/interfaces": {"device": {"name": name}, "name": "mgmt0"}});
    let mac = json!({"mac_address": "00:00:5E:00:53:01", "assigned_object": port("one")});
    let mut one = device("one", None);
    one["interfaces"][0]["primary_mac_address"] = json!({"mac_address": "00:00:5E:00:53:01"});
    let document = json!({
        "dcim/devices": [one, device("two", None)],
        "dcim/mac-addresses": [mac],
        "dcim/cables": [{"a_terminations": [port("one")], "b_terminations": [port("two")]}],
    });
    let writes = writes(&server, &desired(&server, document, &[]));
    let expected =
        ["POST dcim/devices", "POST dcim/cables", "POST dcim/mac-addresses", "PATCH dcim/interfaces"];
    assert_eq!(writes, expected);
}

/// A port of which the cable and the VLAN are replaced, and the plan of it.
fn plan_of_port() -> (Arc<Netbox>, u64, Desired) {
    let (server, device, port) = server_with_device();
    let other = server.put("dcim/devices", json!({"name": "other", "site": 4, "role": 3, "device_type": 2}));
    let group = server.put("ipam/vlan-groups", json!({"name": "g", "slug": "g"}));
    let vlan = server.put("ipam/vlans", json!({"name": "old", "vid": 7, "group": group}));
    server.touch("dcim/interfaces", port, "untagged_vlan", vlan);
    let end = |id: u64| json!([{"object_type": "dcim.interface", "object_id": id}]);
    server.put("dcim/cables", json!({"a_terminations": end(port), "b_terminations": end(other + 1)}));
    let on = |name: &str, port: &str| json!([{"dcim/interfaces": {"device": {"name": name}, "name": port}}]);
    let vlan = json!({"name": "new", "group": {"slug": "g"}});
    let mut one = device_of("old", json!([{"name": "mgmt0", "untagged_vlan": vlan}]));
    one["asset_tag"] = "A1".into();
    let two = device_of("other", json!([{"name": "mgmt0"}, {"name": "eth1", "type": "virtual"}]));
    let document = json!({
        "dcim/devices": [one, two],
        "ipam/vlans": [{"name": "new", "vid": 7, "group": {"slug": "g"}}],
        "dcim/cables": [{"a_terminations": on("old", "mgmt0"), "b_terminations": on("other", "eth1")}],
    });
    let mut desired = desired(&server, document, &["dcim/cables", "ipam/vlans"]);
    desired.by_at("ipam/vlans", ["name"]);
    assert_eq!(device + 1, port);
    (server, port, desired)
}

#[test]
fn ports_are_changed_after_their_cables_went() {
    let (server, port, desired) = plan_of_port();
    let plan = desired.plan(&server.client()).unwrap();
    server.touch("dcim/interfaces", port, "untagged_vlan", Value::Null);
    let error = plan.apply().send().unwrap_err();
    assert!(error.to_string().contains("the object changed since it was read"), "{error}");

    let (server, _, desired) = plan_of_port();
    let writes = writes(&server, &desired);
    assert_eq!(
        writes[..3],
        ["POST dcim/interfaces", "DELETE dcim/cables", "PATCH dcim/interfaces"],
        "{writes:?}"
    );
}

#[test]
fn objects_of_plugins_are_deleted_before_those_that_they_refer_to() {
    let server = server();
    let shown = |path: &str, id: u64| json!({"id": id, "url": format!("https://netbox.example.com/api/{path}/{id}/")});
    let [servers, zones] = ["plugins/dns/nameservers", "plugins/dns/zones"];
    let name = server.put(servers, json!({"name": "ns1"}));
    let zone = server.put(zones, json!({"name": "z", "primary": shown(servers, name)}));
    server.touch(servers, name, "zones", json!([shown(zones, zone)]));
    let desired = desired(&server, json!({}), &[servers, zones]);
    assert_eq!(writes(&server, &desired), [format!("DELETE {zones}"), format!("DELETE {servers}")]);
}

/// The writes that replace objects of an endpoint, of which `others` are there.
#[track_caller]
fn replace(server: &Arc<Netbox>, path: &str, others: &[Value], by: Value) -> Vec<String> {
    for other in others {
        server.put(path, other.clone());
    }
    writes(server, &desired(server, json!({path: [by]}), &[path]))
}

#[test]
fn what_is_in_the_way_goes_before() {
    let server = server();
    let rack = server.put("dcim/racks", json!({"name": "r1", "site": 4}));
    let user = server.put("users/users", json!({"username": "admin"}));
    let range = |first: u8, last: u8| json!({"start_address": format!("10.0.0.{first}/24"), "end_address": format!("10.0.0.{last}/24")});
    let rir = server.put("ipam/rirs", json!({"name": "R", "slug": "r"}));
    let units =
        |units: &[u8]| json!({"rack": rack, "user": user, "units": units, "description": "kept free"});
    let (before, after) = (
        |path: &str| vec![format!("DELETE {path}"), format!("POST {path}")],
        |path: &str| vec![format!("POST {path}"), format!("DELETE {path}")],
    );
    let path = "ipam/ip-ranges";
    assert_eq!(replace(&server, path, &[range(1, 10)], range(1, 20)), before(path));
    assert_eq!(replace(&server, path, &[], range(21, 30)), after(path));
    let path = "dcim/rack-reservations";
    assert_eq!(replace(&server, path, &[units(&[1, 2])], units(&[2, 3])), before(path));
    assert_eq!(replace(&server, path, &[], units(&[1])), after(path));
    let path = "ipam/aggregates";
    let aggregate = |prefix: &str| json!({"prefix": prefix, "rir": rir});
    assert_eq!(replace(&server, path, &[aggregate("10.0.0.0/9")], aggregate("10.0.0.0/8")), before(path));
    assert_eq!(replace(&server, path, &[], aggregate("192.168.0.0/16")), after(path));

    let (device, kind) = (server.put("dcim/devices", json!({"name": "panel", "site": 4})), "lc");
    let rear =
        server.put("dcim/rear-ports", json!({"device": device, "name": "R", "type": kind, "positions": 2}));
    let front = |name: &str, position: u8| {
        let mapped = json!([{"position": 1, "rear_port": rear, "rear_port_position": position}]);
        json!({"device": device, "name": name, "type": kind, "rear_ports": mapped})
    };
    server.put("dcim/front-ports", front("F1", 1));
    for (position, first) in [(1, '-'), (2, '+')] {
        let document = json!({"dcim/front-ports": [front("F2", position)]});
        let plan = desired(&server, document, &["dcim/front-ports"]).plan(&server.client()).unwrap();
        assert_eq!(plan.to_string().chars().next(), Some(first), "{plan}");
    }
}
