//! The routes below the objects of a model can be called; if the schema does not know the endpoint, every route can.

use netbox_core::{Blocking, Model, NetboxModel, Object, Record, route::{self, AvailableIp, Pool, RackFace}};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
struct Prefix {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
#[serde(from = "Prefix")]
struct Rack {
    id: u64,
}

impl From<Prefix> for Rack {
    fn from(prefix: Prefix) -> Self {
        Self { id: prefix.id }
    }
}

/// An endpoint of NetBox 4.4 and later.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-context-profiles")]
struct Profile {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/pools")]
struct OfPlugin {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", unchecked)]
struct Unchecked {
    id: u64,
}

#[derive(Deserialize)]
struct ByHand {
    id: u64,
}

impl Model for ByHand {
    const ENDPOINT: &'static str = "ipam/ip-ranges";

    fn id(&self) -> u64 {
        self.id
    }
}

impl route::AvailableIps for ByHand {}

fn of_these(prefix: &Record<Prefix, Blocking>, rack: &Record<Rack, Blocking>, profile: &mut Record<Profile, Blocking>) {
    let _ = prefix.available_ips();
    let _ = prefix.available_prefixes();
    drop(rack.elevation(RackFace::Front));
    drop(rack.elevation_svg(RackFace::Rear));
    drop(profile.sync());
}

fn any<M: route::EveryRoute>(record: &mut Record<M, Blocking>) {
    let _ = record.available_asns();
    let _ = record.available_ips();
    let _ = record.available_prefixes();
    let _ = record.available_vlans();
    drop(record.choices());
    drop(record.elevation(RackFace::Front));
    drop(record.paths());
    drop(record.render(&()));
    drop(record.render_config(&()));
    drop(record.trace());
    drop(record.sync());
}

fn of_all(
    plugin: &mut Record<OfPlugin, Blocking>,
    unchecked: &mut Record<Unchecked, Blocking>,
    object: &mut Record<Object, Blocking>,
) {
    any(plugin);
    any(unchecked);
    any(object);
    let _ = (plugin.available_ips(), unchecked.available_ips(), object.available_ips());
}

fn generic<M: route::AvailableIps>(record: &Record<M, Blocking>) -> Pool<Object, AvailableIp, Blocking> {
    record.available_ips()
}

fn by_hand(range: &Record<ByHand, Blocking>, prefix: &Record<Prefix, Blocking>) {
    let _ = (generic(range), generic(prefix));
}

fn main() {}
