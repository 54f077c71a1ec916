//! What NetBox orders a list by. It ignores any other field, or fails on it.

use netbox_schema::{Field, Kind};

/// Fields that are made for the answer, in whichever lists they are, and stand in no column. Seen to be ignored or to
/// end in a 500 on 4.7.3, and not among what its `OrderingFilter` takes.
const NEVER: [&str; 19] = [
    "_occupied",
    "choices_count",
    "config_context",
    "connected_endpoints_reachable",
    "connected_endpoints_type",
    "count_fhrp_groups",
    "count_ipaddresses",
    "custom_fields",
    "data_type",
    "display",
    "display_url",
    "family",
    "is_primary",
    "l2vpn_termination",
    "link_peers_type",
    "parent_device",
    "primary_ip",
    "rest_api_endpoint",
    "url",
];

/// Those that are made for these lists alone.
const NEVER_HERE: [(&str, &[&str]); 26] = [
    ("core/object-changes", &["postchange_data", "prechange_data"]),
    ("core/object-types", &["app_name", "description", "is_plugin_model", "model_name", "model_name_plural"]),
    ("dcim/device-roles", &["_depth"]),
    ("dcim/front-port-templates", &["rear_ports"]),
    ("dcim/front-ports", &["rear_ports"]),
    ("dcim/interfaces", &["mac_address"]),
    ("dcim/inventory-item-templates", &["_depth"]),
    ("dcim/inventory-items", &["_depth"]),
    ("dcim/locations", &["_depth"]),
    ("dcim/module-types", &["attributes"]),
    ("dcim/platforms", &["_depth"]),
    ("dcim/rear-port-templates", &["front_ports"]),
    ("dcim/rear-ports", &["front_ports"]),
    ("dcim/regions", &["_depth"]),
    ("dcim/site-groups", &["_depth"]),
    ("extras/image-attachments", &["parent"]),
    ("extras/scripts", &["description", "result", "vars"]),
    ("extras/tagged-objects", &["object_type"]),
    ("ipam/asn-ranges", &["asn_count"]),
    ("ipam/prefixes", &["children"]),
    ("ipam/service-templates", &["ports", "protocol"]),
    ("ipam/services", &["ports", "protocol"]),
    ("tenancy/contact-groups", &["_depth"]),
    ("tenancy/tenant-groups", &["_depth"]),
    ("virtualization/interfaces", &["mac_address"]),
    ("wireless/wireless-lan-groups", &["_depth"]),
];

/// Why the list is not ordered by the field `name`, whether it has that or not.
pub(super) fn refusal(endpoint: &str, name: &str, field: Option<Field>) -> Option<&'static str> {
    let here = |(list, names): &(&str, &[&str])| *list == endpoint && names.contains(&name);
    match field.map(Field::kind) {
        _ if NEVER.contains(&name) || NEVER_HERE.iter().any(here) => {
            Some("NetBox makes it for the answer, and would ignore it as an order, or fail on it")
        }
        Some(Kind::Generic) => Some("it may be of several types, and NetBox would fail on it"),
        Some(Kind::ForeignKeys | Kind::Generics | Kind::GenericObjects) => {
            Some("it has several values, and NetBox would ignore it, or repeat objects for each")
        }
        _ => None,
    }
}
