//! The cost of a model with all fields, and of some of them.

use std::env;

use cpu_time::ThreadTime;
use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
use netbox_models::{dcim, tenancy};
use netbox_transport_ureq::UreqTransport;
use serde::Deserialize;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    decode::{QUANTITY, Server},
    visit::{client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "select",
    about: "Models of one's own against ready-made ones of which the same fields are selected: 10,000 interfaces from memory, and 300 devices with their sites, racks and tenants",
    rounds: 31,
    run,
};

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    from_memory(rounds)?;
    if env::var_os("NETBOX_URL").is_none_or(|url| url.is_empty()) {
        println!("  no NETBOX_URL: without one, no requests and bytes");
        return Ok(None);
    }
    let client = client()?;
    let measured = |follow: fn(&Client<Blocking>) -> Result<usize, Error>| {
        let began = ThreadTime::now();
        let [_, requests, kilobytes] = visit(&client, 300, || follow(&client))?;
        Ok([began.elapsed().as_secs_f64() * 1e3, requests, kilobytes])
    };
    Contest::new(["CPU milliseconds of the client's thread", "requests", "kB of JSON"])
        .enter("own models", || measured(follow_own))
        .enter("ready-made, selected", || measured(follow_selected))
        .enter("ready-made, whole", || measured(follow_whole))
        .run(rounds)?;
    Ok(None)
}

/// Reads the same pages as structs of some fields, and as rows.
fn from_memory(rounds: usize) -> anyhow::Result<()> {
    let server = Server::start(Some(&["id", "name", "enabled", "mtu", "device"]));
    let client = Client::builder(server.loopback.url()).build(UreqTransport::new()?)?;
    Contest::new(QUANTITY)
        .enter("an own model", || {
            server.measured(|| {
                let pages = client.query::<Interface>().pages();
                pages.into_iter().try_fold(0, |seen, page| Ok(seen + page?.len()))
            })
        })
        .enter("ready-made, selected", || {
            use dcim::Interface;

            let fields = (Interface::NAME, Interface::ENABLED, Interface::MTU, Interface::DEVICE);
            server.measured(|| {
                let pages = client.query::<Interface>().select(fields).pages();
                pages.into_iter().try_fold(0, |seen, page| Ok(seen + page?.len()))
            })
        })
        .enter("ready-made, selected as", || {
            server.measured(|| {
                let pages = client.query::<dcim::Interface>().select_as::<SomeOfInterface>().pages();
                pages.into_iter().try_fold(0, |seen, page| Ok(seen + page?.len()))
            })
        })
        .run(rounds)?;
    Ok(())
}

fn follow_own(client: &Client<Blocking>) -> Result<usize, Error> {
    let devices = client.query::<Device>().prefetch(Device::SITE.then(Site::REGION));
    devices.prefetch(Device::RACK).prefetch(Device::TENANT).iter().try_fold(0, |seen, device| {
        let device = device?;
        if let Some(region) = device.site(client)?.region(client)? {
            let _ = &region.comments;
        }
        device.rack(client)?;
        device.tenant(client)?;
        Ok(seen + 1)
    })
}

fn follow_selected(client: &Client<Blocking>) -> Result<usize, Error> {
    use dcim::{Device, Rack, Region, Site};
    use tenancy::Tenant;

    let sites = Device::SITE.select((Site::NAME, Site::FACILITY, Site::REGION));
    let regions = Site::REGION.select((Region::NAME, Region::COMMENTS));
    let racks = Device::RACK.select((Rack::NAME, Rack::U_HEIGHT));
    let tenants = Device::TENANT.select((Tenant::NAME, Tenant::COMMENTS));
    let devices = client.query::<Device>().select((Device::SITE, Device::RACK, Device::TENANT));
    let devices = devices.prefetch(sites.then(regions)).prefetch(racks).prefetch(tenants);
    devices.iter().try_fold(0, |seen, device| {
        let (site, rack, tenant) = device?;
        let (_, _, region) = sites.of(client, &site)?;
        regions.of(client, region)?;
        racks.of(client, &rack)?;
        tenants.of(client, &tenant)?;
        Ok(seen + 1)
    })
}

fn follow_whole(client: &Client<Blocking>) -> Result<usize, Error> {
    use dcim::{Device, Site};

    let devices = client.query::<Device>().prefetch(Device::SITE.then(Site::REGION));
    devices.prefetch(Device::RACK).prefetch(Device::TENANT).iter().try_fold(0, |seen, device| {
        let device = device?;
        device.site(client)?.region(client)?;
        device.rack(client)?;
        device.tenant(client)?;
        Ok(seen + 1)
    })
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
#[allow(dead_code, reason = "read from JSON")]
struct Interface {
    id: u64,
    name: String,
    enabled: bool,
    mtu: Option<u32>,
    #[fk]
    device: Fk<dcim::Device>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(of = "dcim::Interface")]
#[allow(dead_code, reason = "read from JSON")]
struct SomeOfInterface {
    id: u64,
    name: String,
    enabled: bool,
    mtu: Option<u32>,
    #[fk]
    device: Fk<dcim::Device>,
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

#[cfg(test)]
mod tests {
    #[test]
    fn all_contestants_read_every_interface() {
        super::from_memory(1).unwrap();
    }
}
