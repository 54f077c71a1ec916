//! Components of devices that are not there yet: NetBox makes some of templates, and the others have to be described whole.

mod netbox;

use std::sync::Arc;

use netbox::{Netbox, server};
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

fn check(server: &Arc<Netbox>, document: Value, expected: &[&str]) {
    let desired: Desired = serde_json::from_value(document).unwrap();
    match desired.plan(&server.client()) {
        Err(PlanError::Mistakes(mistakes)) => {
            assert_eq!(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        }
        other => panic!("{other:?}"),
    }
}

fn device(name: &str, device_type: &str, interfaces: &[&str]) -> Value {
    let interfaces: Vec<Value> = interfaces.iter().map(|name| json!({"name": name})).collect();
    json!({
        "name": name, "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": device_type},
        "interfaces": interfaces,
    })
}

#[test]
fn one_that_another_object_refers_to_has_to_be_described() {
    let port = json!({"dcim/interfaces": {"device": {"name": "a"}, "name": "mgmt0"}});
    check(
        &server(),
        json!({
            "dcim/devices": [device("a", "box", &[])],
            "ipam/ip-addresses": [{"address": "10.0.0.9/24", "assigned_object": port}],
        }),
        &[
            "ipam/ip-addresses[0].assigned_object: no object of dcim/interfaces has this `device` and `name` \"mgmt0\", \
             neither in NetBox nor in the description: describe it as well, even if NetBox creates it with another object",
        ],
    );
}

#[test]
fn one_that_no_template_makes_needs_its_fields() {
    let server = server();
    let device_type = json!({"model": "Crate", "slug": "crate", "manufacturer": 1});
    let device_type = server.put("dcim/device-types", device_type);
    let template = |name: &str| json!({"device_type": device_type, "name": name, "type": "virtual"});
    server.put("dcim/interface-templates", template("mgmt0"));
    let ports = ["mgmt0", "eth0"];
    let document = json!({"dcim/devices": [device("a", "crate", &ports), device("b", "box", &ports)]});
    let without_type = "NetBox does not have this object yet, and creates none without `type`";
    check(
        &server,
        document.clone(),
        &[
            &format!("dcim/devices[0].interfaces[1]: {without_type}"),
            &format!("dcim/devices[1].interfaces[0]: {without_type}"),
            &format!("dcim/devices[1].interfaces[1]: {without_type}"),
        ],
    );
    // One that is described itself is there before the device.
    let described = json!({"device_type": {"slug": "crate"}, "name": "eth0", "type": "virtual"});
    let mut desired: Desired =
        serde_json::from_value(json!({"dcim/devices": [device("a", "crate", &ports)]})).unwrap();
    desired.object_at("dcim/interface-templates", described);
    assert_eq!(desired.plan(&server.client()).unwrap().creates(), 4);
    // NetBox puts something in the place of the braces, perhaps what makes the name of another.
    server.put("dcim/interface-templates", template("eth{module}"));
    let desired: Desired = serde_json::from_value(document).unwrap();
    assert_eq!(desired.plan(&server.client()).unwrap().creates(), 6);
}

#[test]
fn one_of_a_device_that_is_there_needs_its_fields_even_if_it_refers_to_something_new() {
    let server = server();
    server.put("dcim/devices", json!({"name": "leaf-1", "site": 4, "role": 3, "device_type": 2}));
    check(
        &server,
        json!({
            "extras/tags": [{"slug": "t", "name": "T"}],
            "dcim/interfaces": [{"device": {"name": "leaf-1"}, "name": "eth9", "tags": [{"slug": "t"}]}],
        }),
        &["dcim/interfaces[0]: NetBox does not have this object yet, and creates none without `type`"],
    );
}

/// A NetBox with a device, and with a type of modules that have a port.
fn server_with_modules() -> Arc<Netbox> {
    let server = server();
    let module_type = server.put("dcim/module-types", json!({"model": "Card", "manufacturer": 1}));
    let template = json!({"module_type": module_type, "name": "Ethernet1/1", "type": "25gbase-x-sfp28"});
    server.put("dcim/interface-templates", template);
    server.put("dcim/devices", json!({"name": "old", "site": 4, "role": 3, "device_type": 2}));
    server
}

#[test]
fn modules_come_before_the_components_that_they_make() {
    for (name, interface) in [
        ("new", json!({"name": "Ethernet1/1", "description": "up"})),
        ("old", json!({"name": "Ethernet1/1", "description": "up"})),
        ("new", json!({"name": "Ethernet1/1", "type": "lag"})),
        ("new", json!({"name": "Ethernet1/1", "type": "25gbase-x-sfp28"})),
    ] {
        let mut device = device(name, "box", &[]);
        let bay = json!({"device": {"name": name}, "name": "B1"});
        device["module_bays"] = json!([{"name": "B1"}]);
        device["modules"] = json!([{"module_bay": bay, "module_type": {"model": "Card"}}]);
        device["interfaces"] = json!([interface, {"name": "eth0", "type": "virtual"}]);
        let desired: Desired = serde_json::from_value(json!({"dcim/devices": [device]})).unwrap();
        let server = server_with_modules();
        let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
        let text = plan.to_string();
        plan.apply().send().unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert!(desired.plan(&server.client()).unwrap().is_empty(), "{text}");
    }
    // The module and the interface refer to their device in different words.
    let server = server_with_modules();
    let device = server.client().query_at("dcim/devices").param("name", "old").ids().unwrap()[0];
    let bay = server.put("dcim/module-bays", json!({"device": device, "name": "B1"}));
    let document = json!({
        "dcim/modules": [{"device": device, "module_bay": bay, "module_type": {"model": "Card"}}],
        "dcim/interfaces": [{"device": {"name": "old"}, "name": "Ethernet1/1", "description": "up"}],
    });
    let desired: Desired = serde_json::from_value(document).unwrap();
    let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
    plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert!(desired.plan(&server.client()).unwrap().is_empty());
    // A device without a new module makes none.
    let desired: Desired = serde_json::from_value(json!({"dcim/interfaces": [
        {"device": {"name": "old"}, "name": "Ethernet1/1", "description": "up"},
    ]}))
    .unwrap();
    let error = desired.plan(&server_with_modules().client()).unwrap_err().to_string();
    assert!(error.contains("creates none without `type`"), "{error}");
}
