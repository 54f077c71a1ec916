//! The objects that are described: as many of each kind as our data set has.

use netbox_core::{Blocking, Client, Error};
use serde_json::{Value, json};

/// The description by which objects are known to be those of a run; no run changes it.
const MARK: &str = "made by `cargo xtask bench plan`, which deletes it";

/// The beginning of all names.
const PREFIX: &str = "bench-plan";

/// The endpoints, each before those whose objects its own refer to.
const ENDPOINTS: [&str; 11] = [
    "dcim/cables",
    "ipam/ip-addresses",
    "dcim/interfaces",
    "dcim/devices",
    "ipam/prefixes",
    "ipam/vrfs",
    "dcim/sites",
    "dcim/device-types",
    "dcim/manufacturers",
    "dcim/device-roles",
    "extras/tags",
];

const SITES: usize = 10;
const INTERFACES: usize = 10;

/// A document with that many addresses: the data set has 1,000, with 300 devices, 3,000 interfaces and 443 cables. If it
/// `is_changed`, each twentieth of these objects has another value somewhere.
pub(super) fn document(addresses: usize, is_changed: bool) -> Value {
    let devices = (addresses * 3 / 10).max(2);
    let value = |number: usize| if is_changed && number.is_multiple_of(20) { "changed" } else { "as it was" };
    let name = |kind: &str, number: usize| format!("{PREFIX}-{kind}-{number}");
    let slugged = |kind, number| {
        let name = name(kind, number);
        json!({"name": name, "slug": name, "description": MARK})
    };
    let interface = |device: usize, port: usize| {
        let device = name("device", device % devices);
        json!({"dcim/interfaces": {"device": {"name": device}, "name": format!("Ethernet{port}")}})
    };
    let of_site = |number| json!({"slug": name("site", number % SITES)});
    let vrf = json!({"name": name("vrf", 0)});
    json!({
        "extras/tags": [slugged("tag", 0)],
        "dcim/manufacturers": [slugged("manufacturer", 0)],
        "dcim/device-types": [{
            "manufacturer": {"slug": name("manufacturer", 0)}, "model": name("model", 0), "slug": name("model", 0),
            "description": MARK,
        }],
        "dcim/device-roles": [slugged("role", 0), slugged("role", 1)],
        "dcim/sites": (0..SITES).map(|number| slugged("site", number)).collect::<Vec<_>>(),
        "ipam/vrfs": [{"name": name("vrf", 0), "description": MARK}],
        "ipam/prefixes": (0..=addresses / 250).map(|number| json!({
            "prefix": format!("10.{}.{}.0/24", number / 256, number % 256), "vrf": vrf, "description": MARK,
        })).collect::<Vec<_>>(),
        "dcim/devices": (0..devices).map(|number| json!({
            "name": name("device", number), "site": of_site(number), "role": {"slug": name("role", number % 2)},
            "device_type": {"slug": name("model", 0)}, "tags": [{"slug": name("tag", 0)}],
            "serial": value(number), "description": MARK,
        })).collect::<Vec<_>>(),
        "dcim/interfaces": (0..devices * INTERFACES).map(|number| json!({
            "device": {"name": name("device", number / INTERFACES)},
            "name": format!("Ethernet{}", number % INTERFACES), "type": "25gbase-x-sfp28", "mtu": 9000,
            "label": value(number), "description": MARK,
        })).collect::<Vec<_>>(),
        "ipam/ip-addresses": (0..addresses).map(|number| json!({
            "address": format!("10.{}.{}.{}/24", number / 250 / 256, number / 250 % 256, number % 250 + 1),
            "vrf": vrf, "assigned_object": interface(number, number / devices),
            "dns_name": value(number).replace(' ', "-"), "description": MARK,
        })).collect::<Vec<_>>(),
        // Each device is connected to the next one, through two of its interfaces; and some by another cable.
        "dcim/cables": (0..devices * 443 / 300).map(|number| {
            let port = number / devices * 2;
            json!({
                "a_terminations": [interface(number, port)], "b_terminations": [interface(number + 1, port + 1)],
                "type": "smf", "label": value(number), "description": MARK,
            })
        }).collect::<Vec<_>>(),
    })
}

/// Deletes all objects of any run, and returns how many there were.
pub(super) fn clear(client: &Client<Blocking>) -> Result<usize, Error> {
    let mut deleted = 0;
    for path in ENDPOINTS {
        let ids = client.query_at(path).param("description", MARK).ids()?;
        deleted += ids.len();
        client.delete_many_at(path, ids).send()?;
    }
    Ok(deleted)
}
