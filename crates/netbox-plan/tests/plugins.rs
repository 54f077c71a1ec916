//! Objects of plugins, of which NetBox's own schema says nothing.

mod netbox;

use std::sync::Arc;

use netbox::{Netbox, server};
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

const ZONES: &str = "plugins/dns/zones";

/// An object as NetBox shows it where another refers to it.
fn brief(path: &str, id: u64, fields: Value) -> Value {
    let mut brief =
        json!({"id": id, "url": format!("https://netbox.example.com/api/{path}/{id}/"), "display": "x"});
    for (name, value) in fields.as_object().unwrap() {
        brief[name] = value.clone();
    }
    brief
}

/// A zone with one more field, recognised by its name.
fn zone(field: &str, value: &Value) -> Desired {
    let mut desired: Desired = serde_json::from_value(json!({ZONES: [{"name": "z", field: value}]})).unwrap();
    desired.by_at(ZONES, ["name"]);
    desired
}

#[track_caller]
fn check(server: &Arc<Netbox>, field: &str, described: &Value, is_same: bool) {
    let plan = zone(field, described).plan(&server.client()).unwrap();
    assert_eq!((plan.creates(), plan.is_empty()), (0, is_same), "{described}: {plan}");
}

#[test]
fn an_object_is_the_one_that_has_the_attributes() {
    let server = server();
    let of_zone = server.put(ZONES, json!({"name": "z"}));
    let ns = |id: u64| {
        brief(
            "plugins/dns/nameservers",
            id,
            json!({"name": format!("ns{id}"), "status": {"value": "up", "label": "Up"}}),
        )
    };
    let kind = brief(
        "dcim/device-types",
        7,
        json!({"slug": "box", "manufacturer": brief("dcim/manufacturers", 8, json!({"slug": "acme"}))}),
    );
    let address = brief("ipam/ip-addresses", 9, json!({"address": "2001:db8::1/64"}));
    let mine = json!({"id": 7, "url": "https://mine.example/api/7/x/", "a": 1});
    for (shown, described, is_same) in [
        (ns(1), json!({"name": "ns1"}), true),
        (ns(1), json!({"name": "ns1", "status": "up", "id": 1}), true),
        (ns(1), json!({"name": "ns1", "status": "down"}), false),
        (ns(1), json!({"id": 2}), false),
        (ns(1), json!({"name": "ns2"}), false),
        (ns(1), json!(1), true),
        (json!(null), json!({"name": "ns1"}), false),
        (ns(1), json!(null), false),
        (kind.clone(), json!({"slug": "box", "manufacturer": {"slug": "acme"}}), true),
        (kind.clone(), json!({"slug": "box", "manufacturer": 8}), true),
        (kind, json!({"slug": "box", "manufacturer": {"slug": "other"}}), false),
        (address.clone(), json!({"address": "2001:DB8:0::1/64"}), true),
        (address, json!({"address": "2001:db8::1/48"}), false),
        (json!([ns(1), ns(2)]), json!([{"name": "ns2"}, {"name": "ns1"}]), true),
        (json!([ns(1), ns(2)]), json!([2, {"name": "ns1"}]), true),
        (json!([ns(1)]), json!([{"name": "ns1"}, {"id": 1}]), true),
        (json!([ns(1), ns(2)]), json!([{"name": "ns1"}]), false),
        (json!([ns(1)]), json!([{"name": "ns1"}, {"name": "ns2"}]), false),
        (json!([]), json!([{"name": "ns1"}]), false),
        // These are JSON.
        (json!({"a": 1, "b": 2}), json!({"a": 1}), false),
        (json!([{"a": 1}, {"a": 2}]), json!([{"a": 2}, {"a": 1}]), false),
        (mine.clone(), json!({"a": 1}), false),
        (brief("x", 7, json!({"id": 8})), json!({"id": 8}), false),
        (mine.clone(), mine, true),
    ] {
        server.touch(ZONES, of_zone, "field", shown);
        check(&server, "field", &described, is_same);
    }
}

#[test]
fn json_is_shown_as_it_is_where_it_looks_like_a_reference() {
    let server = server();
    let mine = |a: u8| json!({"id": 7, "url": "https://mine.example/7/", "a": a});
    server.put(ZONES, json!({"name": "z", "field": mine(1)}));
    let plan = zone("field", &mine(2)).plan(&server.client()).unwrap();
    let change = format!("field: {} -> {}\n", mine(1), mine(2));
    assert!(plan.to_string().contains(&change), "{plan}");
}

#[test]
fn a_custom_field_of_a_plugins_object_refers_by_attributes() {
    let server = server();
    let role = brief("dcim/device-roles", 3, json!({"slug": "leaf"}));
    for kind in ["object", "multiobject", "json"] {
        let definition = json!({
            "name": format!("a_{kind}"), "type": kind, "object_types": ["dns.zone"], "required": false,
            "default": null, "choice_set": null, "related_object_type": null,
        });
        server.put("extras/custom-fields", definition);
    }
    let values = json!({"a_object": role, "a_multiobject": [role], "a_json": role});
    server.put(ZONES, json!({"name": "z", "custom_fields": values}));
    for (described, is_same) in [
        (json!({"a_object": {"slug": "leaf"}}), true),
        (json!({"a_object": {"slug": "spine"}}), false),
        (json!({"a_multiobject": [{"slug": "leaf"}]}), true),
        (json!({"a_multiobject": [{"slug": "spine"}]}), false),
        (json!({"a_json": {"slug": "leaf"}}), false),
    ] {
        check(&server, "custom_fields", &described, is_same);
    }
}

#[test]
fn an_attribute_that_is_not_shown_is_read() {
    let server = server();
    let home = json!({"name": "d", "site": {"slug": "home"}});
    let devices: Vec<u64> =
        (0..2).map(|_| server.put("dcim/devices", json!({"name": "d", "site": 4}))).collect();
    let away = server.put("dcim/sites", json!({"name": "Away", "slug": "away"}));
    server.touch("dcim/devices", devices[1], "site", away);
    let device = |number: usize| brief("dcim/devices", devices[number], json!({"name": "d"}));
    let port = |number: usize| {
        let id = devices[number] + 1;
        brief("dcim/interfaces", id, json!({"name": "mgmt0", "device": device(number)}))
    };
    let of_zone = server.put(ZONES, json!({"name": "z"}));
    for (shown, described, is_same, reads) in [
        (device(0), home.clone(), true, &["dcim/devices"][..]),
        (device(1), home.clone(), false, &["dcim/devices"]),
        (device(1), json!({"name": "e", "site": {"slug": "home"}}), false, &[]),
        (
            json!([device(1), device(0)]),
            json!([home, {"name": "d", "site": {"slug": "away"}}]),
            true,
            &["dcim/devices"],
        ),
        (port(0), json!({"device": home, "type": "virtual"}), true, &["dcim/devices", "dcim/interfaces"]),
        (port(1), json!({"device": home, "type": "virtual"}), false, &["dcim/devices"]),
        // NetBox shows no such attribute.
        (device(0), json!({"name__iexact": "D"}), false, &["dcim/devices"]),
    ] {
        server.touch(ZONES, of_zone, "field", shown);
        server.requests();
        check(&server, "field", &described, is_same);
        let requests = server.requests();
        let mut own: Vec<_> =
            requests.iter().filter_map(|request| request.strip_prefix("GET dcim/")).collect();
        own.sort_unstable();
        let reads: Vec<_> = reads.iter().filter_map(|path| path.strip_prefix("dcim/")).collect();
        assert_eq!(own, reads, "{described}");
    }
}

#[test]
fn what_refers_by_attributes_recognises_no_object() {
    let mut desired = zone("view", &json!({"name": "v"}));
    desired.by_at(ZONES, ["name", "view"]);
    let Err(PlanError::Mistakes(mistakes)) = desired.plan(&server().client()) else { panic!("no mistake") };
    assert_eq!(
        mistakes[0].to_string(),
        "plugins/dns/zones[0]: `Desired::by` identifies this object by `view`, of which the endpoint is not known: identify it \
         by other fields"
    );
}

#[test]
fn an_object_stays_that_a_plugins_object_refers_to() {
    let server = server();
    let away = server.put("dcim/sites", json!({"name": "Away", "slug": "away"}));
    let device = server.put("dcim/devices", json!({"name": "d", "site": 4}));
    let site = brief("dcim/sites", away, json!({"slug": "away"}));
    let on = brief("dcim/devices", device, json!({"name": "d"}));
    let port = brief("dcim/interfaces", device + 1, json!({"name": "mgmt0", "device": on}));
    let fields = json!({"name": "z", "site": site, "sites": [site], "used_by": [site], "port": port});
    server.put(ZONES, fields);
    let refusal = |path: &str, field: &str, described: Value| {
        let mut desired = zone(field, &described);
        let field = if path == "dcim/sites" { "slug" } else { "name" };
        let value = if path == "dcim/sites" { "away" } else { "d" };
        desired.prune(server.client().query_at(path).param(field, value).at_most(1));
        desired.plan(&server.client()).map_or_else(|error| error.to_string(), |plan| plan.to_string())
    };
    let is_of = |field: &str, of: &str| {
        format!(
            "{ZONES}[0]: its `{field}` is {of}, which a prune deletes: describe that object, or another `{field}`"
        )
    };
    let site = format!("dcim/sites/{away}");
    assert_eq!(refusal("dcim/sites", "site", json!({"slug": "away"})), is_of("site", &site));
    // It would go with the object, whether the field is described or not.
    assert_eq!(refusal("dcim/sites", "name", "z".into()), is_of("site", &site));
    // Nothing says of a list that is not described whether it is one of the objects that refer to this one.
    server.touch(ZONES, device + 2, "site", Value::Null);
    assert_eq!(refusal("dcim/sites", "sites", json!([{"slug": "away"}])), is_of("sites", &site));
    assert!(refusal("dcim/sites", "site", Value::Null).ends_with("1 to delete"));
    assert!(refusal("dcim/sites", "sites", json!([])).ends_with("1 to change, 1 to delete"));
    // The port would go with its device.
    assert_eq!(
        refusal("dcim/devices", "name", "z".into()),
        is_of("port", &format!("of dcim/devices/{device}"))
    );
    assert!(refusal("dcim/devices", "port", Value::Null).ends_with("1 to change, 1 to delete"));
}

#[test]
fn a_field_that_netbox_does_not_show_is_a_mistake() {
    let server = server();
    server.put(ZONES, json!({"name": "z", "description": "y"}));
    for (field, hint) in [("descripton", ": did you mean `description`?"), ("ttl", "")] {
        let mistake = zone(field, &"x".into()).plan(&server.client()).unwrap_err().to_string();
        let expected = format!("plugins/dns/zones[0].{field}: NetBox shows no such field of this object");
        assert_eq!(mistake, expected + hint);
    }
    // NetBox takes this one, and never shows it.
    assert!(zone("width", &10.into()).plan(&server.client()).unwrap().is_empty());
}
