//! The mistakes that a description can have, and their messages.

mod netbox;

use std::sync::Arc;

use netbox::Netbox;
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

fn server() -> Arc<Netbox> {
    let server = Netbox::new();
    let acme = server.put("dcim/manufacturers", json!({"name": "Acme", "slug": "acme"}));
    server.put("dcim/device-types", json!({"manufacturer": acme, "model": "Box", "slug": "box"}));
    server.put("dcim/device-roles", json!({"name": "Leaf", "slug": "leaf"}));
    for name in ["one", "two"] {
        let vrf = server.put("ipam/vrfs", json!({"name": name}));
        server.put("ipam/ip-addresses", json!({"address": "10.0.0.1/24", "vrf": vrf}));
    }
    server
}

#[track_caller]
fn check(document: Value, expected: &[&str]) {
    check_at(&server(), document, expected);
}

#[track_caller]
fn check_at(server: &Arc<Netbox>, document: Value, expected: &[&str]) {
    let desired: Desired = serde_json::from_value(document).unwrap();
    match desired.plan(&server.client()) {
        Err(PlanError::Mistakes(mistakes)) => {
            assert_eq!(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        }
        other => panic!("{other:?}"),
    }
    let writes = server
        .requests()
        .into_iter()
        .filter(|request| !request.starts_with("GET") && !request.starts_with("OPTIONS"))
        .count();
    assert_eq!(writes, 0);
}

#[test]
fn unknown_names_are_told_with_the_one_that_was_meant() {
    check(
        json!({"dcim/device": [{"name": "a"}]}),
        &["dcim/device[0]: NetBox 4.7 has no endpoint `dcim/device`; did you mean `dcim/devices`?"],
    );
    check(
        json!({"dcim/sites/29": [{"name": "a"}], "plugins/acme/widgets/7": [{"name": "a"}]}),
        &[
            "dcim/sites/29[0]: `dcim/sites/29` is one object: an endpoint is a list, such as `dcim/sites`",
            "plugins/acme/widgets/7[0]: `plugins/acme/widgets/7` is one object: an endpoint is a list, such as \
             `plugins/acme/widgets`",
        ],
    );
    check(
        json!({"dcim/devices": [{"name": "a", "interface": [], "device_bay": []}]}),
        &[
            "dcim/devices[0].device_bay: dcim/devices has no field `device_bay`: did you mean `device_bays`?",
            "dcim/devices[0].interface: dcim/devices has no field `interface`: did you mean `interfaces`?",
        ],
    );
    check(
        json!({"dcim/sites": [{"slug": "a", "name": "A"}, {"slug": "b", "nmae": "B"}]}),
        &["dcim/sites[1].nmae: dcim/sites has no field `nmae`: did you mean `name`?"],
    );
    check(
        json!({"dcim/sites": [{"slug": "a", "name": "A", "device_count": 3}]}),
        &["dcim/sites[0].device_count: `device_count` is read-only: NetBox itself sets it"],
    );
    check(
        json!({"dcim/sites": [{"id": 7, "slug": "a", "name": "A"}]}),
        &[
            "dcim/sites[0].id: an object is described by its keys, such as its name: ids differ from one NetBox to another",
        ],
    );
}

#[test]
fn values_of_a_wrong_type_are_told_by_their_place() {
    check(
        json!({"dcim/devices": [{
            "name": "a", "site": {"slug": "ams"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
            "interfaces": [{"name": "eth0", "type": 5, "mtu": "9000"}],
        }]}),
        &[
            "dcim/devices[0].interfaces[0].mtu: `mtu` takes a whole number, not \"9000\"",
            "dcim/devices[0].interfaces[0].type: `type` takes text, not 5",
        ],
    );
    check(
        json!({"dcim/devices": [{"name": "a", "site": "ams"}]}),
        &[
            "dcim/devices[0].site: this refers to one of dcim/sites by its attributes, as in {\"slug\": \"ams\"}",
        ],
    );
    check(
        json!({"dcim/cables": [{"a_terminations": [{"name": "eth0"}], "b_terminations": []}]}),
        &[
            "dcim/cables[0].a_terminations[0]: this refers to an object of any type: write its endpoint around it, as in \
           {\"dcim/interfaces\": {…}}",
        ],
    );
}

#[test]
fn a_choice_that_the_server_lacks_is_told_with_the_one_that_was_meant() {
    check(
        json!({"dcim/devices": [{
            "name": "a", "site": {"slug": "ams"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
            "interfaces": [{"name": "eth0", "type": "25gbase-x-sfp82"}, {"name": "eth1", "type": "copper"}],
        }]}),
        &[
            "dcim/devices[0].interfaces[0].type: `type` has no choice `25gbase-x-sfp82`: did you mean `25gbase-x-sfp28`?",
            "dcim/devices[0].interfaces[1].type: `type` has no choice `copper`: it has virtual, lag, 25gbase-x-sfp28",
            "dcim/devices[0].site: no object of dcim/sites has `slug` \"ams\", neither in NetBox nor in the description",
        ],
    );
}

#[test]
fn an_object_needs_a_key_and_is_described_once() {
    check(
        json!({"dcim/devices": [{"name": "a"}]}),
        &[
            "dcim/devices[0]: this object can't be identified: give it `name` and `site`, or `asset_tag`, or `rack` and `position` and \
           `face`, or `virtual_chassis` and `vc_position`",
        ],
    );
    check(
        json!({"extras/journal-entries": [{"comments": "a"}]}),
        &[
            "extras/journal-entries[0]: nothing makes two objects of extras/journal-entries the same, so that they can't be \
           described",
        ],
    );
    check(
        json!({"dcim/sites": [{"slug": "a", "name": "A"}, {"slug": "a", "name": "B"}]}),
        &["dcim/sites[1]: this is the same object as dcim/sites[0]"],
    );
    check(
        json!({"dcim/sites": [{"slug": "a"}]}),
        &["dcim/sites[0]: NetBox does not have this object yet, and creates none without `name`"],
    );
    check(
        json!({"plugins/acme/widgets": [{"name": "a"}]}),
        &[
            "plugins/acme/widgets[0]: plugins/acme/widgets is not one of NetBox's own endpoints, and its key is not known: name \
             the identifying fields with `Desired::by_at`",
        ],
    );
}

#[test]
fn keys_are_named_for_lists_that_there_are() {
    let mut desired = Desired::new();
    desired
        .by_at("dcim/device", ["serial"])
        .by_at("dcim/racks", ["serial"])
        .by_at("plugins/bgp/peers", ["name"]);
    let mistakes = desired.plan(&server().client()).unwrap_err().to_string();
    assert!(mistakes.starts_with("by_at: ") && mistakes.contains("`dcim/devices`"), "{mistakes}");
    assert_eq!(mistakes.lines().count(), 1, "{mistakes}");
}

#[test]
fn nothing_is_described_within_a_reference() {
    let address = |address: &str| {
        let device = json!({"name": "leaf-1", "interfaces": [{"name": "eth1", "type": "virtual"}]});
        json!({"address": address, "assigned_object": {"dcim/interfaces": {"device": device, "name": "eth0"}}})
    };
    let message = |number: usize| {
        format!(
            "ipam/ip-addresses[{number}].assigned_object.device.interfaces: this is a reference, and `interfaces` stand within \
             the description of the object: describe it in the list `dcim/devices`"
        )
    };
    check(
        json!({"ipam/ip-addresses": [address("10.0.0.2/24"), address("10.0.0.3/24")]}),
        &[&message(0), &message(1)],
    );
}

#[test]
fn references_mean_one_object() {
    check(
        json!({"extras/config-templates": [{
            "name": "a", "template_code": "b", "data_file": {"source": {"name": "git"}, "path": "a.j2"},
        }]}),
        &["extras/config-templates[0].data_file.source: no object of core/data-sources has `name` \"git\", \
             neither in NetBox nor in the description"],
    );
    check(
        json!({"dcim/sites": [{"slug": "a", "name": "A", "region": {"slug": "nl"}}]}),
        &[
            "dcim/sites[0].region: no object of dcim/regions has `slug` \"nl\", neither in NetBox nor in the description",
        ],
    );
    check(
        json!({"ipam/ip-addresses": [{"address": "10.0.0.2/24", "nat_inside": {"address": "10.0.0.1/24"}}]}),
        &[
            "ipam/ip-addresses[0].nat_inside: NetBox has 2 objects of ipam/ip-addresses with this `address`: the ids are 5, 7",
        ],
    );
}

#[test]
fn custom_fields_are_those_that_the_server_defines() {
    let server = server();
    let set =
        json!({"name": "Levels", "base_choices": null, "extra_choices": [["high", "High"], ["low", "Low"]]});
    let set = server.put("extras/custom-field-choice-sets", set);
    for (name, kind, object_type, set) in [
        ("level", "select", "dcim.site", Value::from(set)),
        ("height", "integer", "dcim.site", Value::Null),
        ("ticket", "text", "dcim.site", Value::Null),
        ("owner", "text", "dcim.device", Value::Null),
    ] {
        server.put(
            "extras/custom-fields",
            json!({
                "name": name, "type": kind, "object_types": [object_type], "choice_set": set,
                "required": name == "ticket", "default": null,
            }),
        );
    }
    let check = |custom_fields: Value, expected: &[&str]| {
        let site = json!({"slug": "ams1", "name": "Amsterdam 1", "custom_fields": custom_fields});
        check_at(&server, json!({"dcim/sites": [site]}), expected);
    };
    check(
        json!({"hieght": 3, "ticket": "NOC-1", "owner": "me"}),
        &[
            "dcim/sites[0].custom_fields.hieght: dcim.site has no custom field `hieght`, or this token may not view it: \
             did you mean `height`?",
            "dcim/sites[0].custom_fields.owner: dcim.site has no custom field `owner`, or this token may not view it",
        ],
    );
    check(
        json!({"height": "3", "level": "hihg", "ticket": null}),
        &[
            "dcim/sites[0]: NetBox does not have this object yet, and creates none without `custom_fields.ticket`",
            "dcim/sites[0].custom_fields.height: `height` is of type integer, and \"3\" is not",
            "dcim/sites[0].custom_fields.level: `level` has no choice `hihg`: did you mean `high`?",
        ],
    );
    check(
        json!({"height": 3, "level": "low", "ticket": null}),
        &[
            "dcim/sites[0]: NetBox does not have this object yet, and creates none without `custom_fields.ticket`",
        ],
    );
    let without = json!({"dcim/sites": [{"slug": "ams1", "name": "Amsterdam 1"}]});
    check_at(
        &server,
        without,
        &[
            "dcim/sites[0]: NetBox does not have this object yet, and creates none without `custom_fields.ticket`",
        ],
    );
    let site =
        json!({"slug": "ams1", "name": "Amsterdam 1", "custom_fields": {"ticket": "NOC-1", "depth": 2}});
    let depth = json!({"name": "depth", "type": "integer", "object_types": ["dcim.site"]});
    let desired = json!({"dcim/sites": [site], "extras/custom-fields": [depth]});
    let desired: Desired = serde_json::from_value(desired).unwrap();
    desired.plan(&server.client()).unwrap();
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_their_places() {
    let device = |name: &str| json!({"name": name, "site": {"slug": "ams1"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"}});
    let mut devices: Vec<_> = (0..12).map(|n| device(&format!("d{n}"))).collect();
    devices[2]["role"] = json!({"slug": "laef"});
    devices[10]["interfaces"] = json!([{"name": "eth0", "type": "virtul"}]);
    devices[11]["site"] = json!({"slug": "ams2"});
    // Nothing is said of an interface below what is mistaken.
    devices[11]["interfaces"] = json!([{"name": "eth0", "type": "virtual"}]);
    check(
        json!({"dcim/sites": [{"slug": "ams1", "name": "Amsterdam 1"}], "dcim/devices": devices}),
        &[
            "dcim/devices[2].role: no object of dcim/device-roles has `slug` \"laef\", neither in NetBox nor in the description",
            "dcim/devices[10].interfaces[0].type: `type` has no choice `virtul`: did you mean `virtual`?",
            "dcim/devices[11].site: no object of dcim/sites has `slug` \"ams2\", neither in NetBox nor in the description",
        ],
    );
}

#[test]
fn a_circle_that_nothing_cuts_is_shown() {
    check(
        json!({"dcim/regions": [
            {"slug": "a", "name": "A", "parent": {"slug": "b"}}, {"slug": "b", "name": "B", "parent": {"slug": "a"}},
        ]}),
        &[
            "dcim/regions[0]: these objects can't be looked up, since their keys depend on each other: dcim/regions[0], dcim/regions[1]",
        ],
    );
}

#[test]
fn a_plan_reads_like_a_diff() {
    let server = server();
    server.put("dcim/sites", json!({"name": "A", "slug": "a", "description": "old"}));
    let sites: Vec<_> =
        (0..12).map(|n| json!({"slug": format!("s{n:02}"), "name": format!("S{n:02}")})).collect();
    let mut document = json!({"dcim/sites": sites});
    document["dcim/sites"].as_array_mut().unwrap().push(json!({"slug": "a", "description": "new"}));
    let desired: Desired = serde_json::from_value(document).unwrap();
    let plan = desired.plan(&server.client()).unwrap();
    let text = plan.to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "+ dcim/sites S00 (dcim/sites[0])");
    assert_eq!(
        &lines[10..],
        [
            "+ dcim/sites … and 2 more",
            "~ dcim/sites a (dcim/sites[12]): description: \"old\" -> \"new\"",
            "12 to create, 1 to change, 0 to delete"
        ]
    );
    let shown = serde_json::to_value(&plan).unwrap();
    assert_eq!(shown["create"].as_array().unwrap().len(), 12);
    assert_eq!(shown["change"][0]["fields"]["description"], json!({"old": "old", "new": "new"}));
}

#[test]
fn what_changed_since_the_plan_is_a_conflict() {
    let server = server();
    let id = server.put("dcim/sites", json!({"name": "A", "slug": "a", "description": "old"}));
    let desired: Desired =
        serde_json::from_value(json!({"dcim/sites": [{"slug": "a", "description": "new"}]})).unwrap();
    let plan = desired.plan(&server.client()).unwrap();
    server.touch("dcim/sites", id, "description", "theirs");
    let error = plan.apply().send().unwrap_err();
    assert_eq!(error.error().unwrap().kind(), netbox_core::ErrorKind::Conflict);
    assert_eq!(error.applied().outcomes()[0].place(), "dcim/sites[0]");
    assert_eq!(server.dump()["dcim/sites   a"]["description"], "theirs");
}

#[test]
fn an_object_belongs_to_the_one_that_it_stands_within() {
    check(
        json!({"dcim/devices": [{
            "asset_tag": "a", "interfaces": [{"name": "eth0", "device": {"name": "b"}}],
        }]}),
        &[
            "dcim/devices[0].interfaces[0].device: this object stands within the one that it belongs to: leave this field out",
        ],
    );
    let terminations = json!([{"role": "peer", "termination": {"dcim/interfaces": {"name": "eth0"}}}]);
    let tunnel =
        json!({"name": "a", "status": "active", "encapsulation": "gre", "tunnel_terminations": terminations});
    check(
        json!({"vpn/tunnels": [tunnel]}),
        &[
            "vpn/tunnels[0].tunnel_terminations[0].termination: no object of dcim/interfaces has `name` \"eth0\", \
             neither in NetBox nor in the description",
        ],
    );
}

#[test]
fn an_object_that_has_two_keys_is_described_once() {
    check(
        json!({"dcim/manufacturers": [{"slug": "acme", "description": "a"}, {"name": "Acme", "description": "b"}]}),
        &[
            "dcim/manufacturers[1]: this is the same object as dcim/manufacturers[0]: NetBox has it with the id 1",
        ],
    );
}

#[test]
fn a_field_that_is_never_null_is_cleared_otherwise() {
    check(
        json!({"dcim/sites": [{"slug": "a", "name": null, "facility": null, "tags": null, "status": null}]}),
        &[
            "dcim/sites[0].facility: `facility` is never null: an empty text clears it",
            "dcim/sites[0].name: `name` is never null",
            "dcim/sites[0].status: `status` is never null",
            "dcim/sites[0].tags: `tags` is never null: an empty list clears it",
        ],
    );
}

#[test]
fn a_number_is_a_choice_as_well() {
    check(
        json!({"dcim/racks": [{"name": "a", "site": {"slug": "ams"}, "width": 20}]}),
        &[
            "dcim/racks[0].site: no object of dcim/sites has `slug` \"ams\", neither in NetBox nor in the description",
            "dcim/racks[0].width: `width` has no choice `20`: did you mean `10`?",
        ],
    );
}
