//! Any description, applied to any NetBox: afterwards the NetBox is as described, nothing else has changed, and a second
//! plan is empty; also if a request fails on the way.

mod description;
mod netbox;

use std::{collections::BTreeMap, sync::Arc};

use description::{Description, description};
use netbox::{Fault, Netbox, server};
use netbox_core::bulk::Fate;
use netbox_plan::Desired;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[track_caller]
fn apply(server: &Arc<Netbox>, desired: &Desired) {
    let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
    let planned = (plan.creates(), plan.changes());
    let applied = plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((applied.created(), applied.changed()), planned, "{applied}");
    let again = desired.plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");
}

/// The fields that the description names, as the dump of a server shows them.
fn check_described(server: &Netbox, description: &Description) {
    let dump = server.dump();
    for (n, (parent, text)) in
        description.regions.iter().enumerate().filter_map(|(n, region)| Some((n, (*region)?)))
    {
        let region = &dump[&format!("dcim/regions   r{n}")];
        assert_eq!(region["description"], text);
        if parent < n && description.regions[parent].is_some() {
            assert_eq!(region["parent"], format!("dcim/regions   r{parent}"));
        }
    }
    for (n, device) in
        description.devices.iter().enumerate().filter_map(|(n, device)| Some((n, device.as_ref()?)))
    {
        let site = if description.sites[device.site].is_some() {
            format!("s{}", device.site)
        } else {
            "home".to_owned()
        };
        let own = format!("dcim/devices dcim/sites   {site}  d{n}");
        let fields = &dump[&own];
        if let Some(status) = device.status {
            assert_eq!(fields["status"], status);
        }
        if let Some(tags) = &device.tags {
            let tags: Vec<_> = tags.iter().map(|tag| json!(format!("extras/tags   t{tag}"))).collect();
            assert_eq!(fields["tags"], Value::from(tags));
        }
        for port in 0..device.ports {
            assert!(dump.contains_key(&format!("dcim/interfaces  {own} eth{port}")), "{dump:?}");
        }
        if let Some(text) = device.mgmt {
            assert_eq!(dump[&format!("dcim/interfaces  {own} mgmt0")]["description"], text);
        }
        if device.ports > 0 && device.has_primary {
            assert_eq!(fields["primary_ip4"], format!("ipam/ip-addresses   10.0.0.{}/24", n + 1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_netbox_is_as_described_and_nothing_else_changes(former in description(), next in description()) {
        let (former, next) = (former.at_home(), next.at_home());
        let server = server();
        apply(&server, &former.desired(0));
        let before = server.dump();
        apply(&server, &next.desired(0));
        check_described(&server, &next);
        let after = server.dump();
        for (name, fields) in &before {
            prop_assert!(after.contains_key(name), "{} is gone", name);
            if name.ends_with(" home") || name.contains("manufacturers") {
                prop_assert_eq!(&after[name], fields);
            }
        }
        let home = &after["dcim/sites   home"];
        prop_assert_eq!(&home["description"], "mine");
    }

    #[test]
    fn the_order_of_a_description_makes_no_difference(description in description(), turn in 0..9usize) {
        let (one, other) = (server(), server());
        apply(&one, &description.desired(0));
        apply(&other, &description.desired(turn));
        prop_assert_eq!(one.dump(), other.dump());
    }

    #[test]
    fn a_plan_that_fails_is_completed_by_another(
        former in description(),
        next in description(),
        after in 0..12usize,
        is_carried_out: bool,
        keeps_going: bool,
    ) {
        let (former, next) = (former.at_home(), next.at_home());
        let server = server();
        apply(&server, &former.desired(0));
        let desired = next.desired(0);
        let plan = desired.plan(&server.client()).unwrap();
        server.fail(Some(Fault { after, is_carried_out }));
        let apply_it = if keeps_going { plan.apply().keep_going() } else { plan.apply() };
        let before: usize = ["dcim/sites", "dcim/regions", "dcim/devices", "dcim/virtual-chassis", "extras/tags", "ipam/ip-addresses"]
            .iter().map(|path| server.count(path)).sum();
        match apply_it.send() {
            Ok(_) => {}
            Err(error) => {
                let unknown = error.applied().outcomes().iter().filter(|outcome| outcome.fate() == Fate::Unknown).count();
                prop_assert_eq!(unknown > 0, is_carried_out, "{}", error);
                let now: usize = ["dcim/sites", "dcim/regions", "dcim/devices", "dcim/virtual-chassis", "extras/tags", "ipam/ip-addresses"]
                    .iter().map(|path| server.count(path)).sum();
                let created = error.applied().outcomes().iter().filter(|outcome| {
                    outcome.action() == netbox_plan::Action::Create && outcome.fate() == Fate::Written
                        && outcome.endpoint() != "dcim/interfaces"
                }).count();
                let lost = error.applied().outcomes().iter().filter(|outcome| {
                    outcome.action() == netbox_plan::Action::Create && outcome.fate() == Fate::Unknown
                        && outcome.endpoint() != "dcim/interfaces"
                }).count();
                prop_assert!((created..=created + lost).contains(&(now - before)), "{}", error);
            }
        }
        server.fail(None);
        apply(&server, &desired);
        check_described(&server, &next);
    }

    #[test]
    fn an_export_is_the_same_document_everywhere(description in description()) {
        let (origin, copy) = (server(), server());
        apply(&origin, &description.desired(0));
        let exported = export(&origin);
        prop_assert!(exported.plan(&origin.client()).unwrap().is_empty());
        apply(&copy, &exported);
        prop_assert_eq!(without_nothing(&origin), without_nothing(&copy));
        prop_assert_eq!(serde_json::to_string(&exported).unwrap(), serde_json::to_string(&export(&copy)).unwrap());
    }
}

/// All objects without the fields that say nothing.
fn without_nothing(server: &Netbox) -> BTreeMap<String, Map<String, Value>> {
    let mut dump = server.dump();
    for fields in dump.values_mut() {
        fields.retain(|_, value| !value.is_null() && value != "" && *value != json!([]));
    }
    dump
}

fn export(server: &Arc<Netbox>) -> Desired {
    let paths = [
        "dcim/devices",
        "dcim/interfaces",
        "dcim/regions",
        "dcim/sites",
        "dcim/virtual-chassis",
        "extras/tags",
        "ipam/ip-addresses",
    ];
    let client = server.client();
    let exported = Desired::export(&client, paths.map(|path| client.query_at(path))).unwrap();
    // A document says as much as the description itself.
    serde_json::from_str(&serde_json::to_string(&exported).unwrap()).unwrap()
}

#[test]
fn many_objects_cost_few_requests() {
    let server = server();
    let mut document = json!({"dcim/sites": [], "dcim/devices": []});
    for site in 0..20 {
        document["dcim/sites"]
            .as_array_mut()
            .unwrap()
            .push(json!({"name": format!("S{site}"), "slug": format!("s{site}")}));
        for device in 0..10 {
            let ports: Vec<_> =
                (0..10).map(|port| json!({"name": format!("eth{port}"), "type": "virtual"})).collect();
            document["dcim/devices"].as_array_mut().unwrap().push(json!({
                "name": format!("d{device}"), "site": {"slug": format!("s{site}")}, "role": {"slug": "leaf"},
                "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"}, "interfaces": ports,
            }));
        }
    }
    let desired: Desired = serde_json::from_value(document).unwrap();
    apply(&server, &desired);
    server.requests();
    assert!(desired.plan(&server.client()).unwrap().is_empty());
    let requests = server.requests();
    assert!(requests.len() < 20, "{} requests for 2,220 objects", requests.len());
}

#[test]
fn objects_in_circles_are_created_together() {
    let server = server();
    let device = |n: usize| {
        json!({
            "name": format!("d{n}"), "site": {"slug": "home"}, "role": {"slug": "leaf"},
            "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
            "interfaces": [{"name": "eth0", "type": "virtual"}],
            "primary_ip4": {"address": format!("10.0.0.{n}/24")},
        })
    };
    let address = |n: usize| {
        let own = json!({"device": {"name": format!("d{n}")}, "name": "eth0"});
        json!({"address": format!("10.0.0.{n}/24"), "assigned_object": {"dcim/interfaces": own}})
    };
    let all = 1..=90;
    let devices: Vec<_> = all.clone().map(device).collect();
    let addresses: Vec<_> = all.map(address).collect();
    let document = json!({"dcim/devices": devices, "ipam/ip-addresses": addresses});
    let desired: Desired = serde_json::from_value(document).unwrap();
    let plan = desired.plan(&server.client()).unwrap();
    server.requests();
    plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    let writes: Vec<_> =
        server.requests().into_iter().filter(|request| !request.starts_with("GET")).collect();
    let expected =
        ["POST dcim/devices", "POST dcim/interfaces", "POST ipam/ip-addresses", "PATCH dcim/devices"];
    assert_eq!(writes, expected);
}

/// The writes by which a NetBox becomes what `document` says.
#[track_caller]
fn check_writes(document: serde_json::Value, expected: &[&str]) {
    let server = server();
    let desired: Desired = serde_json::from_value(document).unwrap();
    let plan = desired.plan(&server.client()).unwrap();
    server.requests();
    plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
    let requests = server.requests();
    assert_eq!(requests.iter().filter(|request| !request.starts_with("GET")).collect::<Vec<_>>(), expected);
    assert!(desired.plan(&server.client()).unwrap().is_empty());
}

#[test]
fn devices_follow_the_templates_of_the_description() {
    let device_type = json!({"manufacturer": {"slug": "acme"}, "slug": "new"});
    check_writes(
        json!({
            "dcim/devices": [{
                "name": "d1", "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": device_type,
                "interfaces": [{"name": "mgmt0", "description": "uplink"}],
            }],
            "dcim/device-types": [{"manufacturer": {"slug": "acme"}, "slug": "new", "model": "New"}],
            "dcim/interface-templates": [{"device_type": device_type, "name": "mgmt0", "type": "virtual"}],
        }),
        &[
            "POST dcim/device-types",
            "POST dcim/interface-templates",
            "POST dcim/devices",
            "PATCH dcim/interfaces",
        ],
    );
}

#[test]
fn values_of_custom_fields_follow_their_definitions() {
    let definition = json!({"name": "ticket", "type": "text", "object_types": ["dcim.site"]});
    check_writes(
        json!({
            "dcim/sites": [{"slug": "new", "name": "New", "custom_fields": {"ticket": "NOC-1"}}],
            "extras/custom-fields": [definition],
        }),
        &["POST extras/custom-fields", "POST dcim/sites"],
    );
}

#[test]
fn new_objects_follow_changes_of_those_that_they_refer_to() {
    let device = json!({"name": "d1", "site": {"slug": "home"}, "role": {"slug": "leaf"},
        "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"}});
    check_writes(
        json!({
            "dcim/sites": [{"slug": "home", "description": "with a device"}],
            "dcim/devices": [device],
        }),
        &["PATCH dcim/sites", "POST dcim/devices"],
    );
}
