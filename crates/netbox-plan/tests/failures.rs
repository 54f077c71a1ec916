//! Requests that fail: objects that NetBox saved with others are tried again, and what was created gets its other fields.

mod netbox;

use std::sync::Arc;

use netbox::{Fault, Netbox, server};
use netbox_core::{Blocking, bulk::Fate};
use netbox_plan::{Applied, Desired, Plan};
use serde_json::{Value, json};

fn plan(server: &Arc<Netbox>, document: Value) -> Plan<Blocking> {
    let desired: Desired = serde_json::from_value(document).unwrap();
    desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"))
}

/// Makes a NetBox as it is described, and returns the number of requests for that.
#[track_caller]
fn apply(server: &Arc<Netbox>, document: &Value) -> (Applied, usize) {
    let plan = plan(server, document.clone());
    server.requests();
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    let requests = server.requests().len();
    let again = self::plan(server, document.clone());
    assert!(again.is_empty(), "{again}");
    (applied, requests)
}

fn device(name: String, fields: &Value) -> Value {
    let mut device = json!({"name": name, "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"}});
    device.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    device
}

/// A NetBox with a rack type and its racks.
fn server_with_racks() -> Arc<Netbox> {
    let server = server();
    let rack_type =
        json!({"manufacturer": 1, "model": "Frame", "slug": "frame", "form_factor": "2-post-frame"});
    let rack_type = server.put("dcim/rack-types", rack_type);
    for n in 0..3 {
        server.put("dcim/racks", json!({"name": format!("r{n}"), "site": 4, "rack_type": rack_type}));
    }
    server
}

fn racks() -> Value {
    let rack = |n: usize| json!({"name": format!("r{n}"), "site": {"slug": "home"}, "description": "new"});
    json!({
        "dcim/rack-types": [{"slug": "frame", "manufacturer": {"slug": "acme"}, "description": "new"}],
        "dcim/racks": [rack(0), rack(1), rack(2)],
    })
}

#[test]
fn racks_change_after_their_type() {
    let (applied, _) = apply(&server_with_racks(), &racks());
    assert_eq!(applied.changed(), 4);
}

#[test]
fn what_somebody_else_changed_meanwhile_is_no_change_of_netbox() {
    for (field, keeps_going, changed) in
        [("description", false, 1), ("description", true, 3), ("name", true, 3)]
    {
        let server = server_with_racks();
        let plan = plan(&server, racks());
        let rack = server.client().query_at("dcim/racks").ids().unwrap()[1];
        server.touch("dcim/racks", rack, field, "theirs");
        let apply = plan.apply();
        let apply = if keeps_going { apply.keep_going() } else { apply };
        let error = apply.send().unwrap_err();
        assert!(
            error.to_string().contains("dcim/racks[1]: not written: the object changed since it was read"),
            "{error}"
        );
        assert_eq!(error.applied().changed(), changed, "{error}");
    }
    let server = server_with_racks();
    let plan = plan(&server, racks());
    let rack = server.client().query_at("dcim/racks").ids().unwrap()[1];
    server.touch("dcim/racks", rack, "comments", "theirs");
    assert_eq!(plan.apply().send().unwrap().changed(), 4);
}

#[test]
fn devices_change_with_those_in_their_bays() {
    // NetBox saves a device with the one that it is in: in the same request, where that has come first, and in a later one.
    for (chassis, blades) in [(0, [3, 199].as_slice()), (5, &[0, 1, 2, 6, 7, 8]), (150, &[2, 160])] {
        let server = server();
        let name = |n: usize| format!("d{n}");
        let ids: Vec<u64> = (0..200)
            .map(|n| {
                server.put("dcim/devices", json!({"name": name(n), "site": 4, "role": 3, "device_type": 2}))
            })
            .collect();
        for blade in blades {
            let bay = json!({"device": ids[chassis], "name": name(*blade), "installed_device": ids[*blade]});
            server.put("dcim/device-bays", bay);
        }
        let devices: Vec<_> = (0..200).map(|n| device(name(n), &json!({"serial": "new"}))).collect();
        let (applied, requests) = apply(&server, &json!({"dcim/devices": devices}));
        assert_eq!(applied.changed(), 200);
        assert!(requests < 45, "{requests} requests");
    }
}

#[test]
fn objects_get_their_last_fields_although_others_of_their_request_failed() {
    let server = server();
    server.put(
        "dcim/devices",
        json!({"name": "other", "site": 4, "role": 3, "device_type": 2, "asset_tag": "A120"}),
    );
    let (mut devices, mut addresses) = (Vec::new(), Vec::new());
    for n in 0..150 {
        let (name, address) = (format!("d{n}"), format!("10.0.0.{n}/24"));
        let ports = json!([{"name": "eth0", "type": "virtual"}]);
        let fields =
            json!({"primary_ip4": {"address": address}, "interfaces": ports, "asset_tag": format!("A{n}")});
        let port = json!({"dcim/interfaces": {"device": {"name": name}, "name": "eth0"}});
        addresses.push(json!({"address": address, "assigned_object": port}));
        devices.push(device(name, &fields));
    }
    let plan = plan(&server, json!({"dcim/devices": devices, "ipam/ip-addresses": addresses}));
    let error = plan.apply().keep_going().send().unwrap_err();
    let left = error.applied().outcomes().iter().filter(|outcome| outcome.fate() != Fate::Written);
    let left: Vec<_> = left.map(netbox_plan::ObjectOutcome::place).collect();
    assert_eq!(
        left,
        ["dcim/devices[120]", "dcim/devices[120].interfaces[0]", "ipam/ip-addresses[120]"],
        "{error}"
    );
    let has_primary =
        |fields: &&netbox::Fields| fields.get("primary_ip4").is_some_and(|address| !address.is_null());
    assert_eq!(server.dump().values().filter(has_primary).count(), 149);
}

/// Carries out a plan, and returns what was told of its progress.
fn progress(plan: Plan<Blocking>) -> Vec<(usize, usize)> {
    let mut told = Vec::new();
    let _ = plan.apply().keep_going().on_progress(|now| told.push((now.done, now.total))).send();
    told
}

#[test]
fn the_progress_counts_objects_that_are_written_for_good() {
    let server = server();
    for n in 0..120 {
        server.put(
            "dcim/manufacturers",
            json!({"name": format!("M{n}"), "slug": format!("m{n}"), "description": "old"}),
        );
    }
    let (mut devices, mut addresses) = (Vec::new(), Vec::new());
    for n in 0..3 {
        let (name, address) = (format!("d{n}"), format!("10.0.0.{n}/24"));
        let ports = json!([{"name": "eth0", "type": "virtual"}]);
        devices
            .push(device(name.clone(), &json!({"primary_ip4": {"address": address}, "interfaces": ports})));
        let port = json!({"dcim/interfaces": {"device": {"name": name}, "name": "eth0"}});
        addresses.push(json!({"address": address, "assigned_object": port}));
    }
    let document = json!({"dcim/devices": devices, "ipam/ip-addresses": addresses});
    let mut desired: Desired = serde_json::from_value(document).unwrap();
    desired.prune(server.client().query_at("dcim/manufacturers").param("description", "old").at_most(120));
    let told = progress(desired.plan(&server.client()).unwrap());
    let total = 3 * 3 + 120;
    assert!(told.iter().all(|(_, of)| *of == total), "{told:?}");
    assert_eq!(told.iter().map(|(done, _)| *done).collect::<Vec<_>>(), [3, 6, 9, 59, 109, 129]);

    // The second part of the devices fails.
    let server = netbox::server();
    let plan = plan(&server, json!({"dcim/devices": devices, "ipam/ip-addresses": addresses}));
    server.fail(Some(Fault { after: 3, is_carried_out: false }));
    assert_eq!(progress(plan).last(), Some(&(6, 9)));
}
