//! Objects of plugins, each after those that it refers to.

use std::collections::HashMap;

use serde_json::{Value, json};

/// An object to create: its name here, the path of its list, and its fields. Text that begins with `@` stands for the id of
/// the object of that name.
pub(crate) type Recipe = (&'static str, &'static str, Value);

const GADGETS: &str = "plugins/custom-objects/gadgets";

/// NetBox's own objects that those of plugins refer to.
fn own() -> Vec<Recipe> {
    vec![
        ("site", "dcim/sites", json!({"name": "Plugin site", "slug": "plugin-site"})),
        ("maker", "dcim/manufacturers", json!({"name": "Plugin maker", "slug": "plugin-maker"})),
        (
            "type",
            "dcim/device-types",
            json!({"manufacturer": "@maker", "model": "Plugin type", "slug": "plugin-type"}),
        ),
        ("role", "dcim/device-roles", json!({"name": "Plugin role", "slug": "plugin-role"})),
        (
            "device",
            "dcim/devices",
            json!({"name": "plugin-1", "site": "@site", "device_type": "@type", "role": "@role"}),
        ),
        ("rir", "ipam/rirs", json!({"name": "Plugin RIR", "slug": "plugin-rir"})),
        ("asn", "ipam/asns", json!({"asn": 4_200_077_001_u64, "rir": "@rir"})),
        ("asn2", "ipam/asns", json!({"asn": 4_200_077_002_u64, "rir": "@rir"})),
        ("address", "ipam/ip-addresses", json!({"address": "198.18.77.1/24"})),
        ("address2", "ipam/ip-addresses", json!({"address": "198.18.77.2/24"})),
        ("power site", "dcim/power-panels", json!({"name": "Plugin panel", "site": "@site"})),
        ("feed", "dcim/power-feeds", json!({"name": "Plugin feed", "power_panel": "@power site"})),
        ("provider", "circuits/providers", json!({"name": "Plugin provider", "slug": "plugin-provider"})),
        ("circuit type", "circuits/circuit-types", json!({"name": "Plugin line", "slug": "plugin-line"})),
        (
            "circuit",
            "circuits/circuits",
            json!({"cid": "plugin-c1", "provider": "@provider", "type": "@circuit type"}),
        ),
    ]
}

fn of_bgp_and_acls() -> Vec<Recipe> {
    vec![
        ("acl", "plugins/access-lists/access-lists", json!({"name": "plugin_acl", "type": "standard"})),
        ("acl2", "plugins/access-lists/access-lists", json!({"name": "plugin_acl2", "type": "extended"})),
        (
            "acl rule",
            "plugins/access-lists/standard-acl-rules",
            json!({"access_list": "@acl", "sequence": 10, "action": "permit"}),
        ),
        (
            "acl rule 2",
            "plugins/access-lists/extended-acl-rules",
            json!({"access_list": "@acl2", "sequence": 20, "action": "deny"}),
        ),
        (
            "acl use",
            "plugins/access-lists/assignments",
            json!({"access_list": "@acl", "direction": "ingress", "assigned_object_type": "dcim.device", "assigned_object_id": "@device"}),
        ),
        ("aspath", "plugins/bgp/aspath-list", json!({"name": "plugin-paths"})),
        (
            "aspath rule",
            "plugins/bgp/aspath-list-rule",
            json!({"aspath_list": "@aspath", "index": 1, "action": "permit", "pattern": "^65000$"}),
        ),
        ("community", "plugins/bgp/community", json!({"value": "65000:1"})),
        ("communities", "plugins/bgp/community-list", json!({"name": "plugin-communities"})),
        (
            "community rule",
            "plugins/bgp/community-list-rule",
            json!({"community_list": "@communities", "action": "permit", "community": "@community"}),
        ),
        ("prefixes", "plugins/bgp/prefix-list", json!({"name": "plugin-prefixes", "family": "ipv4"})),
        (
            "prefix rule",
            "plugins/bgp/prefix-list-rule",
            json!({"prefix_list": "@prefixes", "index": 5, "action": "permit", "prefix_custom": "198.18.0.0/15"}),
        ),
        ("policy", "plugins/bgp/routing-policy", json!({"name": "plugin-policy"})),
        (
            "policy rule",
            "plugins/bgp/routing-policy-rule",
            json!({"routing_policy": "@policy", "index": 10, "action": "permit", "match_custom": {"value": 1, "label": "mine"}}),
        ),
        (
            "peers",
            "plugins/bgp/peer-group",
            json!({"name": "plugin-peers", "import_policies": ["@policy"], "extra_attributes": {"id": 7, "url": "https://mine.example/7/"}}),
        ),
        (
            "session",
            "plugins/bgp/session",
            json!({"name": "plugin-session", "local_address": "@address", "remote_address": "@address2", "local_as": "@asn",
                "remote_as": "@asn2", "peer_group": "@peers", "status": "active", "device": "@device",
                "extra_attributes": {"value": "v", "label": "l"}}),
        ),
    ]
}

fn of_dns() -> Vec<Recipe> {
    vec![
        ("contact", "plugins/netbox-dns/contacts", json!({"contact_id": "plugin-contact"})),
        ("registrar", "plugins/netbox-dns/registrars", json!({"name": "Plugin registrar"})),
        ("view", "plugins/netbox-dns/views", json!({"name": "plugin-view"})),
        ("nameserver", "plugins/netbox-dns/nameservers", json!({"name": "ns1.plugin.example"})),
        (
            "zone",
            "plugins/netbox-dns/zones",
            json!({"name": "plugin.example", "view": "@view", "soa_mname": "@nameserver", "soa_rname": "hostmaster.plugin.example",
                "nameservers": ["@nameserver"]}),
        ),
        (
            "record",
            "plugins/netbox-dns/records",
            json!({"zone": "@zone", "type": "A", "name": "www", "value": "198.18.77.1"}),
        ),
        (
            "record template",
            "plugins/netbox-dns/recordtemplates",
            json!({"name": "plugin-www", "type": "A", "record_name": "www", "value": "198.18.77.9"}),
        ),
        ("zone template", "plugins/netbox-dns/zonetemplates", json!({"name": "plugin-zones"})),
        (
            "key template",
            "plugins/netbox-dns/dnsseckeytemplates",
            json!({"name": "plugin-keys", "type": "CSK", "algorithm": "ECDSAP256SHA256"}),
        ),
        (
            "dnssec policy",
            "plugins/netbox-dns/dnssecpolicies",
            json!({"name": "plugin-dnssec", "key_templates": ["@key template"]}),
        ),
    ]
}

fn of_inventory() -> Vec<Recipe> {
    vec![
        (
            "supplier",
            "plugins/inventory/suppliers",
            json!({"name": "Plugin supplier", "slug": "plugin-supplier"}),
        ),
        (
            "purchase",
            "plugins/inventory/purchases",
            json!({"supplier": "@supplier", "name": "PO-1", "status": "open"}),
        ),
        ("delivery", "plugins/inventory/deliveries", json!({"purchase": "@purchase", "name": "D-1"})),
        (
            "asset role",
            "plugins/inventory/asset-roles",
            json!({"name": "Plugin spare", "slug": "plugin-spare"}),
        ),
        (
            "asset",
            "plugins/inventory/assets",
            json!({"status": "stored", "serial": "plugin-sn-1", "device_type": "@type"}),
        ),
        ("item group", "plugins/inventory/inventory-item-groups", json!({"name": "Plugin optics"})),
        (
            "item type",
            "plugins/inventory/inventory-item-types",
            json!({"model": "Plugin optic", "slug": "plugin-optic", "manufacturer": "@maker"}),
        ),
        (
            "audit source",
            "plugins/inventory/audit-trail-sources",
            json!({"name": "Plugin audit", "slug": "plugin-audit"}),
        ),
        (
            "audit page",
            "plugins/inventory/audit-flowpages",
            json!({"name": "Page", "object_type": "dcim.device"}),
        ),
        ("audit flow", "plugins/inventory/audit-flows", json!({"name": "Flow", "object_type": "dcim.site"})),
    ]
}

fn of_lifecycle_and_topology() -> Vec<Recipe> {
    let place = json!({"x": 1, "y": 2, "group": "@coordinates"});
    let at = |device: &str| {
        let mut place = place.clone();
        place["device"] = device.into();
        place
    };
    vec![
        ("vendor", "plugins/lifecycle/vendor", json!({"name": "Plugin vendor"})),
        ("license", "plugins/lifecycle/license", json!({"name": "Plugin license", "manufacturer": "@maker"})),
        (
            "license use",
            "plugins/lifecycle/licenseassignment",
            json!({"vendor": "@vendor", "license": "@license", "device": "@device"}),
        ),
        ("sku", "plugins/lifecycle/sku", json!({"manufacturer": "@maker", "sku": "PLUGIN-SKU"})),
        (
            "contract",
            "plugins/lifecycle/supportcontract",
            json!({"vendor": "@vendor", "contract_id": "PLUGIN-1"}),
        ),
        (
            "contract use",
            "plugins/lifecycle/supportcontractassignment",
            json!({"contract": "@contract", "device": "@device"}),
        ),
        (
            "lifecycle",
            "plugins/lifecycle/hardwarelifecycle",
            json!({"assigned_object_type": "dcim.devicetype", "assigned_object_id": "@type", "end_of_support": "2030-01-31",
                "end_of_sale": "2029-01-31"}),
        ),
        ("coordinates", "plugins/netbox_topology_views/coordinate-groups", json!({"name": "plugin-map"})),
        ("coordinate", "plugins/netbox_topology_views/coordinate", at("@device")),
        ("feed coordinate", "plugins/netbox_topology_views/powerfeedcoordinate", at("@feed")),
        ("panel coordinate", "plugins/netbox_topology_views/powerpanelcoordinate", at("@power site")),
        ("circuit coordinate", "plugins/netbox_topology_views/circuitcoordinate", at("@circuit")),
    ]
}

/// A type of custom objects with a field of each kind. It has to be on main: on a branch that made it, version 0.7.1 of the
/// plugin looks for its table on main.
pub(crate) fn gadget_type() -> Vec<Recipe> {
    let mut all = vec![(
        "gadgets",
        "plugins/custom-objects/custom-object-types",
        json!({"name": "gadget", "slug": "gadgets", "verbose_name_plural": "Gadgets"}),
    )];
    for (name, kind) in [
        ("note", "text"),
        ("story", "longtext"),
        ("size", "integer"),
        ("price", "decimal"),
        ("active", "boolean"),
        ("day", "date"),
        ("since", "datetime"),
        ("link", "url"),
        ("data", "json"),
    ] {
        all.push((
            name,
            "plugins/custom-objects/custom-object-type-fields",
            json!({"custom_object_type": "@gadgets", "name": name, "type": kind, "primary": name == "note"}),
        ));
    }
    for (name, kind) in [("pick", "select"), ("picks", "multiselect")] {
        all.push((
            name,
            "plugins/custom-objects/custom-object-type-fields",
            json!({"custom_object_type": "@gadgets", "name": name, "type": kind, "choice_set": "@choices"}),
        ));
    }
    let site = json!([{"app_label": "dcim", "model": "site"}, {"app_label": "dcim", "model": "device"}]);
    for (name, kind, polymorphic) in [
        ("home", "object", false),
        ("homes", "multiobject", false),
        ("place", "object", true),
        ("places", "multiobject", true),
    ] {
        let mut field = json!({"custom_object_type": "@gadgets", "name": name, "type": kind, "is_polymorphic": polymorphic});
        if polymorphic {
            field["related_object_types_input"] = site.clone();
        } else {
            field["app_label"] = "dcim".into();
            field["model"] = "site".into();
        }
        all.push((name, "plugins/custom-objects/custom-object-type-fields", field));
    }
    all
}

/// Not in `places`: of an object on a branch, version 0.7.1 of the plugin keeps these on main, and fails.
fn gadgets() -> Vec<Recipe> {
    let place = json!({"app_label": "dcim", "model": "site", "object_id": "@site"});
    vec![
        (
            "gadget",
            GADGETS,
            json!({"note": "first", "story": "long", "size": 3, "price": 1.5, "active": true, "day": "2026-01-02",
                "since": "2026-01-02T03:04:05Z", "link": "https://example.com/", "data": {"id": 7, "url": "mine"}, "pick": "a",
                "picks": ["a", "b"], "home": "@site", "homes": ["@site"], "place": place}),
        ),
        ("other gadget", GADGETS, json!({"note": "second", "size": 4})),
    ]
}

/// All objects for the branch.
pub(crate) fn recipes() -> Vec<Recipe> {
    let all = [own(), of_bgp_and_acls(), of_dns(), of_inventory(), of_lifecycle_and_topology(), gadgets()];
    all.into_iter().flatten().collect()
}

/// `fields` with the ids of the objects that it refers to.
pub(crate) fn resolved(fields: &Value, ids: &HashMap<&str, u64>) -> Value {
    match fields {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) => ids[name].into(),
            None => fields.clone(),
        },
        Value::Array(items) => items.iter().map(|item| resolved(item, ids)).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(name, value)| (name.clone(), resolved(value, ids))).collect())
        }
        other => other.clone(),
    }
}
