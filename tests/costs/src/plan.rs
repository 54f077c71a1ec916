//! A plan for a NetBox in memory, which has half of what is described.

use std::sync::Arc;

use anyhow::ensure;
use netbox_plan::Desired;
use serde_json::{Value, json};

use super::{netbox::Netbox, server::Server};

/// The objects of a site: itself, 9 devices with 7 interfaces each, 20 addresses and 7 cables.
const OF_SITE: usize = 100;
const DEVICES: usize = 9;
const PORTS: usize = 7;
const ADDRESSES: usize = 20;
const CABLES: usize = 7;

/// Plans so many objects.
pub(crate) fn work(objects: usize) -> impl Fn(&Server) -> anyhow::Result<()> {
    let sites = objects / OF_SITE;
    let (netbox, document) = (holding(sites / 2), document(sites));
    move |server| {
        let client = server.client_of(netbox.door())?;
        let desired: Desired = serde_json::from_value(document.clone())?;
        let plan = desired.plan(&client)?;
        let new = (sites - sites / 2) * OF_SITE;
        ensure!((plan.creates(), plan.changes(), plan.deletes()) == (new, sites / 2, 0), "{plan}");
        Ok(())
    }
}

fn holding(sites: usize) -> Arc<Netbox> {
    let netbox = Netbox::new();
    let acme = netbox.put("dcim/manufacturers", json!({"name": "Acme", "slug": "acme"}));
    let model = netbox.put("dcim/device-types", json!({"manufacturer": acme, "model": "Box", "slug": "box"}));
    let role = netbox.put("dcim/device-roles", json!({"name": "Leaf", "slug": "leaf"}));
    for site in 0..sites {
        let id = netbox.put(
            "dcim/sites",
            json!({"name": site_name(site), "slug": site_name(site), "description": "old"}),
        );
        let mut ports = Vec::new();
        for device in 0..DEVICES {
            let device =
                json!({"name": device_name(site, device), "site": id, "role": role, "device_type": model});
            let device = netbox.put("dcim/devices", device);
            let port = |port| json!({"device": device, "name": format!("eth{port}"), "type": "virtual"});
            ports.extend((0..PORTS).map(|number| netbox.put("dcim/interfaces", port(number))));
        }
        for number in 0..ADDRESSES {
            let port = ports[number % DEVICES * PORTS + number / DEVICES];
            let address = json!({
                "address": address(site, number), "assigned_object_type": "dcim.interface", "assigned_object_id": port,
            });
            netbox.put("ipam/ip-addresses", address);
        }
        for cable in 0..CABLES {
            let end = |port: usize| json!([{"object_type": "dcim.interface", "object_id": ports[port]}]);
            let ends = json!({"a_terminations": end(cable), "b_terminations": end(PORTS + cable)});
            netbox.put("dcim/cables", ends);
        }
    }
    netbox
}

fn document(sites: usize) -> Value {
    let mut lists: [Vec<Value>; 4] = Default::default();
    for site in 0..sites {
        let port = |device, port: usize| {
            let device = json!({"name": device_name(site, device), "site": {"slug": site_name(site)}});
            json!({"dcim/interfaces": {"device": device, "name": format!("eth{port}")}})
        };
        lists[0].push(json!({"name": site_name(site), "slug": site_name(site), "description": "new"}));
        lists[1].extend((0..DEVICES).map(|device| json!({
            "name": device_name(site, device), "site": {"slug": site_name(site)}, "role": {"slug": "leaf"},
            "device_type": {"manufacturer": {"slug": "acme"}, "slug": "box"},
            "interfaces": (0..PORTS).map(|port| json!({"name": format!("eth{port}"), "type": "virtual"})).collect::<Vec<_>>(),
        })));
        lists[2].extend((0..ADDRESSES).map(|number| {
            json!({
                "address": address(site, number), "assigned_object": port(number % DEVICES, number / DEVICES),
            })
        }));
        lists[3].extend((0..CABLES).map(|cable| {
            json!({
                "a_terminations": [port(0, cable)], "b_terminations": [port(1, cable)],
            })
        }));
    }
    let [sites, devices, addresses, cables] = lists;
    json!({"dcim/sites": sites, "dcim/devices": devices, "ipam/ip-addresses": addresses, "dcim/cables": cables})
}

fn site_name(site: usize) -> String {
    format!("site-{site}")
}

fn device_name(site: usize, device: usize) -> String {
    format!("leaf-{site}-{device}")
}

fn address(site: usize, number: usize) -> String {
    format!("10.{}.{}.{number}/24", site / 256, site % 256)
}
