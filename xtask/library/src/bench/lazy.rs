//! The cost of following the keys of many objects.

use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
use netbox_models::{dcim, tenancy};
use serde::Deserialize;

use super::{
    Benchmark, Row, Settings,
    contest::Contest,
    visit::{QUANTITIES, client, visit},
};

pub(super) const BENCHMARK: Benchmark = Benchmark {
    name: "lazy",
    about: "300 devices of a real NetBox with site, the site's region, rack, tenant and the tenant's group: each key by itself, together, and prefetched",
    // Requests and bytes are the same each time.
    rounds: 1,
    run,
};

type Follow = fn(&Client<Blocking>, bool) -> Result<usize, Error>;

/// The function `$follow`, which follows the keys of each device in a loop and counts the devices, for the models of
/// `$dcim` and `$tenancy`.
macro_rules! follow {
    ($follow:ident, $($dcim:ident)::*, $($tenancy:ident)::*) => {
        fn $follow(client: &Client<Blocking>, prefetched: bool) -> Result<usize, Error> {
            use $($dcim)::*::{Device, Site};
            use $($tenancy)::*::Tenant;

            let mut devices = client.query::<Device>();
            if prefetched {
                devices = devices
                    .prefetch(Device::SITE.then(Site::REGION))
                    .prefetch(Device::RACK)
                    .prefetch(Device::TENANT.then(Tenant::GROUP));
            }
            devices.iter().try_fold(0, |seen, device| {
                let device = device?;
                device.site(client)?.region(client)?;
                device.rack(client)?;
                if let Some(tenant) = device.tenant(client)? {
                    tenant.group(client)?;
                }
                Ok(seen + 1)
            })
        }
    };
}

follow!(follow_own, own, own);
follow!(follow_ready_made, dcim, tenancy);

fn run(rounds: usize, _: &Settings) -> anyhow::Result<Option<Row>> {
    let client = client()?;
    let apart = client.batching(false);
    let visit = |client_of_keys: &Client<Blocking>, follow: Follow, prefetched| {
        visit(&client, 300, || follow(client_of_keys, prefetched))
    };
    let medians = Contest::new(QUANTITIES)
        .enter("own models, each by itself", || visit(&apart, follow_own, false))
        .enter("own models, together", || visit(&client, follow_own, false))
        .enter("own models, prefetched", || visit(&client, follow_own, true))
        .enter("ready-made, each by itself", || visit(&apart, follow_ready_made, false))
        .enter("ready-made, together", || visit(&client, follow_ready_made, false))
        .enter("ready-made, prefetched", || visit(&client, follow_ready_made, true))
        .run(rounds)?;
    let shown = |[seconds, requests, _]: [f64; 3]| format!("{requests} requests, {seconds:.1} s");
    Ok(Some(Row {
        work: "a loop over 300 devices with site, the site's region, rack, tenant and the tenant's group: each key fetched by itself, or those of a page together, as the library does".into(),
        first: shown(medians[0]),
        second: shown(medians[1]),
        ratio: format!("sends {:.0} times fewer requests", medians[0][1] / medians[1][1]),
    }))
}

mod own {
    use super::{Deserialize, Fk, NetboxModel};

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/devices")]
    pub(super) struct Device {
        id: u64,
        #[fk]
        pub(super) site: Fk<Site>,
        #[fk]
        pub(super) rack: Option<Fk<Rack>>,
        #[fk]
        pub(super) tenant: Option<Fk<Tenant>>,
    }

    // Each of these has a field that NetBox's nested form lacks, so that a key has to be followed to know it.

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    #[allow(dead_code, reason = "read from JSON")]
    pub(super) struct Site {
        id: u64,
        name: String,
        facility: String,
        #[fk]
        pub(super) region: Option<Fk<Region>>,
    }

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/regions")]
    #[allow(dead_code, reason = "read from JSON")]
    pub(super) struct Region {
        id: u64,
        name: String,
        comments: String,
    }

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/racks")]
    #[allow(dead_code, reason = "read from JSON")]
    pub(super) struct Rack {
        id: u64,
        name: String,
        u_height: u16,
    }

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "tenancy/tenants")]
    #[allow(dead_code, reason = "read from JSON")]
    pub(super) struct Tenant {
        id: u64,
        name: String,
        #[fk]
        pub(super) group: Option<Fk<Group>>,
    }

    #[derive(Debug, Deserialize, NetboxModel)]
    #[netbox(endpoint = "tenancy/tenant-groups")]
    #[allow(dead_code, reason = "read from JSON")]
    pub(super) struct Group {
        id: u64,
        name: String,
        comments: String,
    }
}
