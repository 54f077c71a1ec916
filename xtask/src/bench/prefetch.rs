//! What prefetching foreign keys is worth.

use netbox_core::{Blocking, Error, Fk, NetboxModel, Record};
use netbox_tests::Counting;
use serde::Deserialize;

use super::{
    Benchmark, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "prefetch",
    about: "300 devices of a real NetBox with site, the site's region, rack and tenant: key by key, and prefetched",
    // Requests and bytes are the same each time.
    rounds: 1,
    run,
};

fn run(rounds: usize, _: &Settings) -> anyhow::Result<()> {
    let client = client()?;
    let devices = || client.query::<Device>();
    let region = Device::SITE.then(Site::REGION);
    let prefetched = || devices().prefetch(region).prefetch(Device::RACK).prefetch(Device::TENANT);
    Contest::new(QUANTITIES)
        .enter("key by key", || visit(&client, 300, || follow(&client, devices().iter())))
        .enter("prefetched", || visit(&client, 300, || follow(&client, prefetched().iter())))
        .run(rounds)
}

/// Follows the keys of each device, and counts the devices.
fn follow(
    client: &Counting<Blocking>,
    mut devices: impl Iterator<Item = Result<Record<Device, Blocking>, Error>>,
) -> Result<usize, Error> {
    devices.try_fold(0, |seen, device| {
        let device = device?;
        device.site(client)?.region(client)?;
        device.rack(client)?;
        device.tenant(client)?;
        Ok(seen + 1)
    })
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    #[fk]
    site: Fk<Site>,
    #[fk]
    rack: Option<Fk<Rack>>,
    #[fk]
    tenant: Option<Fk<Tenant>>,
}

// Each of these has a field that NetBox's nested form lacks, so that a key has to be followed to know it.

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[allow(dead_code, reason = "read from JSON")]
struct Site {
    id: u64,
    name: String,
    facility: String,
    #[fk]
    region: Option<Fk<Region>>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
#[allow(dead_code, reason = "read from JSON")]
struct Region {
    id: u64,
    name: String,
    comments: String,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
#[allow(dead_code, reason = "read from JSON")]
struct Rack {
    id: u64,
    name: String,
    u_height: u16,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
#[allow(dead_code, reason = "read from JSON")]
struct Tenant {
    id: u64,
    name: String,
    comments: String,
}
