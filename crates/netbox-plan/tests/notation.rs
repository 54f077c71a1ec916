//! A value may be written in several ways, and means the same.

mod netbox;

use netbox::server;
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

fn read(document: Value) -> Desired {
    serde_json::from_value(document).unwrap()
}

#[test]
fn an_object_is_found_again_however_its_address_is_written() {
    let server = server();
    for written in [
        json!({"ipam/ip-addresses": [{"address": "2001:DB8:0::1/64", "dns_name": "A.example.com"}]}),
        json!({"ipam/ip-addresses": [{"address": " 2001:db8::1/64 ", "dns_name": "a.Example.com"}]}),
        json!({"dcim/mac-addresses": [{"mac_address": "0:0:5e:0:53:1"}]}),
        json!({"dcim/mac-addresses": [{"mac_address": "0000.5e00.5301"}]}),
        json!({"extras/tags": [{"slug": "a", "name": "A", "color": "00FF7F"}]}),
        json!({"extras/tags": [{"slug": "a", "name": "A", "color": "00ff7f"}]}),
    ] {
        let desired = read(written);
        desired.plan(&server.client()).unwrap().apply().send().unwrap_or_else(|error| panic!("{error}"));
        let again = desired.plan(&server.client()).unwrap();
        assert!(again.is_empty(), "{again}");
    }
    assert_eq!(server.count("ipam/ip-addresses"), 1);
    assert_eq!(server.count("dcim/mac-addresses"), 1);
    let dump = server.dump();
    assert_eq!(dump["ipam/ip-addresses   2001:db8::1/64"]["dns_name"], "a.example.com");
    assert_eq!(dump["extras/tags   a"]["color"], "00ff7f");
}

#[test]
fn a_reference_means_an_object_however_its_address_is_written() {
    let desired = read(json!({"ipam/ip-addresses": [
        {"address": "2001:DB8::1/64"},
        {"address": "2001:db8::2/64", "nat_inside": {"address": "2001:db8:0::1/64"}},
    ]}));
    assert_eq!(desired.plan(&server().client()).unwrap().creates(), 2);
}

#[test]
fn what_netbox_would_refuse_is_told_with_what_it_takes() {
    let desired = read(json!({
        "dcim/mac-addresses": [{"mac_address": "00:00:5e"}],
        "extras/tags": [{"slug": "a", "name": "A", "color": "#00ff7f"}],
        "ipam/ip-addresses": [{"address": "10.0.0.1/255.255.255.0"}],
        "ipam/prefixes": [{"prefix": "10.0.0.5/24"}],
        "dcim/sites": [{"slug": "köln 1", "name": "Köln 1", "region": {"slug": "n/l"}}],
    }));
    let Err(PlanError::Mistakes(mistakes)) = desired.plan(&server().client()) else { panic!("no mistake") };
    assert_eq!(
        mistakes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "dcim/mac-addresses[0].mac_address: `mac_address` takes six bytes, as in 00:00:5E:00:53:01, not \"00:00:5e\"",
            "dcim/sites[0].region.slug: `slug` takes letters from a to z, digits, hyphens and underscores, not \"n/l\"",
            "dcim/sites[0].slug: `slug` takes letters from a to z, digits, hyphens and underscores, not \"köln 1\"",
            "extras/tags[0].color: `color` takes six hexadecimal digits, as in 00ff7f, not \"#00ff7f\"",
            "ipam/ip-addresses[0].address: `address` takes an address with the length of its prefix, as in 10.0.1.0/24, not \
             \"10.0.0.1/255.255.255.0\"",
            "ipam/prefixes[0].prefix: `prefix` takes the first address of a network, as in 10.0.0.0/24, not \"10.0.0.5/24\"",
        ]
    );
}

#[test]
fn an_object_may_be_called_null() {
    let server = server();
    let desired = read(json!({"dcim/manufacturers": [{"slug": "null", "name": "null"}]}));
    desired.plan(&server.client()).unwrap().apply().send().unwrap();
    let again = desired.plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");
}

#[test]
fn a_number_is_shown_as_it_is() {
    let server = server();
    let site = json!({"slug": "home", "latitude": "52.500000"});
    read(json!({"dcim/sites": [site]})).plan(&server.client()).unwrap().apply().send().unwrap();
    let rack = json!({"name": "A", "site": {"slug": "home"}, "u_height": 42});
    read(json!({"dcim/racks": [rack]})).plan(&server.client()).unwrap().apply().send().unwrap();
    let plan = read(json!({
        "dcim/racks": [{"name": "A", "site": {"slug": "home"}, "u_height": 48}],
        "dcim/sites": [{"slug": "home", "latitude": 53}],
    }));
    let plan = plan.plan(&server.client()).unwrap().to_string();
    assert!(plan.contains("u_height: 42 -> 48") && plan.contains("latitude: 52.5 -> 53"), "{plan}");
}

#[test]
fn choices_that_netbox_sorts_may_stand_in_any_order() {
    let server = server();
    let choices = |first: &str, second: &str| json!([[first, first], [second, second]]);
    for (is_sorted, changes) in [(true, 0), (false, 1)] {
        let set = |name: String, choices: Value| json!({"name": name, "extra_choices": choices, "order_alphabetically": is_sorted});
        let name = format!("set {is_sorted}");
        server.put("extras/custom-field-choice-sets", set(name.clone(), choices("a", "b")));
        let desired = read(json!({"extras/custom-field-choice-sets": [set(name, choices("b", "a"))]}));
        assert_eq!(desired.plan(&server.client()).unwrap().changes(), changes);
    }
}

#[test]
fn the_ends_of_a_cable_have_an_order_where_it_has_a_profile() {
    let server = server();
    let device = server.put("dcim/devices", json!({"name": "d", "site": 4, "role": 3, "device_type": 2}));
    for name in ["a", "b", "c"] {
        server.put("dcim/interfaces", json!({"device": device, "name": name, "type": "virtual"}));
    }
    let end = |name: &str| json!({"dcim/interfaces": {"device": {"name": "d"}, "name": name}});
    let cable = |ends: [&str; 2], profile: Value| {
        let ends = ends.map(end);
        read(
            json!({"dcim/cables": [{"a_terminations": [end("a")], "b_terminations": ends, "profile": profile}]}),
        )
    };
    let profile = json!("breakout-1c2p-2c1p");
    cable(["b", "c"], profile.clone()).plan(&server.client()).unwrap().apply().send().unwrap();
    for (ends, profile, changes) in
        [(["b", "c"], &profile, "0 to change"), (["c", "b"], &profile, "1 to change")]
    {
        let plan = cable(ends, profile.clone()).plan(&server.client()).unwrap().to_string();
        assert!(plan.contains(changes), "{plan}");
    }
}

#[test]
fn a_cable_is_the_same_from_its_other_end() {
    let server = server();
    let device = server.put("dcim/devices", json!({"name": "d", "site": 4, "role": 3, "device_type": 2}));
    for name in ["a", "b"] {
        server.put("dcim/interfaces", json!({"device": device, "name": name, "type": "virtual"}));
    }
    let cable = |a: &str, b: &str, label: &str| {
        let end = |name: &str| json!([{"dcim/interfaces": {"device": {"name": "d"}, "name": name}}]);
        read(json!({"dcim/cables": [{"a_terminations": end(a), "b_terminations": end(b), "label": label}]}))
    };
    cable("a", "b", "one").plan(&server.client()).unwrap().apply().send().unwrap();
    let again = cable("b", "a", "one").plan(&server.client()).unwrap();
    assert!(again.is_empty(), "{again}");
    let plan = cable("b", "a", "two").plan(&server.client()).unwrap().to_string();
    assert_eq!(
        plan,
        "~ dcim/cables two (dcim/cables[0]): label: \"one\" -> \"two\"\n0 to create, 1 to change, 0 to delete"
    );
}

#[test]
fn a_reference_to_a_device_ignores_the_case_of_its_name_as_netbox_does() {
    let server = server();
    let far = server.put("dcim/sites", json!({"name": "Far", "slug": "far"}));
    for (name, site) in [("leaf-1", 4), ("spine-1", 4), ("SPINE-1", far)] {
        server.put("dcim/devices", json!({"name": name, "site": site, "role": 3, "device_type": 2}));
    }
    let address = |number: usize, device: &str| {
        let interface = json!({"device": {"name": device}, "name": "mgmt0"});
        json!({"address": format!("10.0.0.{number}/24"), "assigned_object": {"dcim/interfaces": interface}})
    };
    let device = |name: &str, site: &str| {
        json!({
            "name": name, "site": {"slug": site}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
            "interfaces": [{"name": "mgmt0", "type": "virtual"}],
        })
    };
    let names = ["LEAF-1", "Leaf-1", "spine-1", "SPINE-1", "NEW-1", "twin-1"];
    let addresses: Vec<_> = names.iter().zip(1..).map(|(name, number)| address(number, name)).collect();
    let described = [
        device("leaf-1", "home"),
        device("new-1", "home"),
        device("twin-1", "home"),
        device("TWIN-1", "far"),
    ];
    read(json!({"ipam/ip-addresses": addresses, "dcim/devices": described}))
        .plan(&server.client())
        .unwrap()
        .apply()
        .send()
        .unwrap();
    let dump = server.dump();
    for (name, number) in ["leaf-1", "leaf-1", "spine-1", "SPINE-1", "new-1", "twin-1"].into_iter().zip(1..) {
        let interface =
            dump[&format!("ipam/ip-addresses   10.0.0.{number}/24")]["assigned_object_id"].clone();
        assert!(interface.as_str().unwrap().contains(&format!(" {name} ")), "{name}: {interface}");
    }
    for (name, message) in [
        ("Spine-1", "NetBox has 2 objects of dcim/devices with this `name`"),
        ("Twin-1", "dcim/devices[2] and dcim/devices[3] both match this reference"),
    ] {
        let desired = json!({"ipam/ip-addresses": [address(9, name)], "dcim/devices": described});
        let Err(PlanError::Mistakes(mistakes)) = read(desired).plan(&server.client()) else {
            panic!("no mistake of {name}")
        };
        assert!(mistakes[0].to_string().contains(message), "{}", mistakes[0]);
    }
}

#[test]
fn a_value_is_the_one_that_netbox_makes_of_it() {
    let server = server();
    let device = server.put("dcim/devices", json!({"name": "d", "site": 4, "role": 3, "device_type": 2}));
    let rack = server.put("dcim/racks", json!({"name": "r", "site": 4, "facility_id": ""}));
    let user = server.put("users/users", json!({"username": "admin"}));
    let rear = server.put("dcim/rear-ports", json!({"device": device, "name": "R", "type": "lc"}));
    let mapped = json!([{"position": 1, "rear_port": rear, "rear_port_position": 1}]);
    server
        .put("dcim/front-ports", json!({"device": device, "name": "F", "type": "lc", "rear_ports": mapped}));
    let reservation = json!({"rack": rack, "units": [3, 1, 2], "user": user, "description": "kept free"});
    server.put("dcim/rack-reservations", reservation);
    server
        .put("dcim/module-types", json!({"manufacturer": 1, "model": "M", "attributes": {"a": 1, "b": [2]}}));
    server.put(
        "ipam/services",
        json!({"parent_object_type": "dcim.device", "parent_object_id": device, "name": "dns", "port_mappings": ["tcp/53"]}),
    );
    let home = json!({"slug": "home"});
    let within = |name: &str, one: Value| json!({"dcim/devices": [{"name": "d", "site": home, name: [one]}]});
    let rear = json!({"device": {"name": "d"}, "name": "R"});
    let mapped = |number: u8| json!({"rear_port": rear, "position": 1, "rear_port_position": number});
    let racks = |field: &str| json!({"dcim/racks": [{"name": "r", "site": home, field: ""}]});
    let reserved = |units: &[u8]| json!({"rack": {"name": "r"}, "units": units, "user": user, "description": "kept free"});
    let module = |attributes: Value| json!({"dcim/module-types": [{"manufacturer": {"slug": "acme"}, "model": "M", "attributes": attributes}]});
    for (document, changes) in [
        (racks("asset_tag"), ""),
        (racks("facility_id"), ""),
        (within("services", json!({"name": "dns", "port_mappings": ["TCP/053"]})), ""),
        (
            within("services", json!({"name": "dns", "port_mappings": ["udp/53"]})),
            "port_mappings: [\"tcp/53\"] -> [\"udp/53\"]",
        ),
        (within("front_ports", json!({"name": "F", "rear_ports": [{"rear_port": rear, "position": 1}]})), ""),
        (within("front_ports", json!({"name": "F", "rear_ports": [mapped(1)]})), ""),
        (within("front_ports", json!({"name": "F", "rear_ports": [mapped(2)]})), "rear_ports: "),
        (json!({"dcim/rack-reservations": [reserved(&[1, 2, 3])]}), ""),
        (json!({"dcim/rack-reservations": [reserved(&[4])]}), "1 to create"),
        (module(json!({"a": 1})), ""),
        (module(json!({"b": [2.0]})), ""),
        (module(json!({})), ""),
        (module(json!({"a": 3})), "attributes: {\"a\":1,\"b\":[2]} -> {\"a\":3}"),
        (module(Value::Null), "attributes: "),
    ] {
        let desired = read(document);
        let plan = desired.plan(&server.client()).unwrap_or_else(|error| panic!("{error}"));
        assert!(
            plan.is_empty() == changes.is_empty() && plan.to_string().contains(changes),
            "{changes}: {plan}"
        );
        if changes.starts_with("attributes") {
            plan.apply().send().unwrap_or_else(|error| panic!("{error}"));
            assert!(desired.plan(&server.client()).unwrap().is_empty());
        }
    }
    let clears = read(json!({"dcim/devices": [{"name": "d", "site": home, "asset_tag": " "}]}));
    server.touch("dcim/devices", device, "asset_tag", "A1");
    assert!(clears.plan(&server.client()).unwrap().to_string().contains("asset_tag: \"A1\" -> null"));
}
