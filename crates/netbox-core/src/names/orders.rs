//! Orders of lists.

use netbox_schema::{Field, Kind};

use super::{nearest::nearest, refusal::Refusal, vocabulary::Vocabulary};
use crate::wire::{Error, Server};

impl Vocabulary<'_> {
    /// Refuses an order by the field `name` if NetBox would ignore it or fail on it.
    pub(crate) fn check_order(&self, name: &str) -> Result<(), Error> {
        let Some(endpoint) = self.endpoint.filter(|endpoint| !endpoint.fields().is_empty()) else {
            return Ok(());
        };
        let field = endpoint.field(name);
        let refused = match (refusal(endpoint.path(), name, field), field) {
            (Some(why), _) => Refusal::new(name, why),
            (None, Some(field)) if self.server.has(field.versions()) => return Ok(()),
            (None, Some(field)) => Refusal::new(
                name,
                format!("only {} has that field, and NetBox would ignore it", field.versions()),
            ),
            // It may be new, and no schema says what a list can be ordered by.
            (None, None) if matches!(self.server, Server::Other(_)) => return Ok(()),
            (None, None) => {
                let guess = nearest(name, endpoint.fields().map(|field| field.name().to_owned()));
                Refusal::new(name, "there is no such field").or(guess).then(", and NetBox would ignore it")
            }
        };
        Err(refused.order(endpoint.path()))
    }

    /// Refuses the field `name` in a selection of fields if objects have no such field: NetBox would leave it out.
    pub(crate) fn check_selected(&self, name: &str) -> Result<(), Error> {
        let Some(endpoint) = self.endpoint.filter(|endpoint| !endpoint.fields().is_empty()) else {
            return Ok(());
        };
        match endpoint.field(name) {
            Some(field) if self.server.has(field.readable()) => Ok(()),
            Some(field) => {
                let why = format!("only {} has that field, and NetBox would leave it out", field.readable());
                Err(Refusal::new(name, why).selected(endpoint.path()))
            }
            None if matches!(self.server, Server::Other(_)) => Ok(()),
            None => {
                let guess = nearest(name, endpoint.fields().map(|field| field.name().to_owned()));
                let refusal = Refusal::new(name, "there is no such field").or(guess);
                Err(refusal.then(", and NetBox would leave it out").selected(endpoint.path()))
            }
        }
    }
}

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
fn refusal(endpoint: &str, name: &str, field: Option<Field>) -> Option<&'static str> {
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
