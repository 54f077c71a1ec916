//! Takes the next free address of a prefix for each of several hosts, all at the same time.
//!
//! ```sh
//! cargo run -p netbox-client --example next_addresses --features hyper,ipam -- \
//!     10.1.20.0/24 web-1.example.net web-2.example.net
//! ```
//!
//! The arguments are a prefix of the global table and the DNS names of the hosts. No two of them ever get the same
//! address, whoever else takes addresses meanwhile. A host that has an address in the prefix keeps it.

use std::{env, sync::Arc};

use anyhow::ensure;
use netbox_client::{
    Async, Client, Error, Patch, Record,
    models::ipam::{IpAddress, Prefix},
};
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let prefix = arguments.next().unwrap_or_else(|| "10.1.20.0/24".to_owned());
    let mut hosts: Vec<String> = arguments.collect();
    if hosts.is_empty() {
        hosts = (1..=8).map(|number| format!("web-{number}.example.net")).collect();
    }
    let client = netbox_client::connect_from_env().build()?;
    let prefixes = client.query::<Prefix>().filter(Prefix::VRF.is_null());
    let prefix = Arc::new(prefixes.filter(Prefix::PREFIX.eq(prefix)).one().await?);

    let mut tasks = JoinSet::new();
    for host in hosts {
        let (client, prefix) = (client.clone(), Arc::clone(&prefix));
        tasks.spawn(async move {
            let address = address_of(&client, &prefix, &host).await;
            (host, address)
        });
    }
    let mut addresses = tasks.join_all().await;
    addresses.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut failed = 0;
    for (host, address) in addresses {
        match address {
            Ok(address) => println!("{host} {}", address.address),
            Err(error) => {
                eprintln!("{host}: {error}");
                failed += 1;
            }
        }
    }
    ensure!(failed == 0, "{failed} hosts have no address");
    Ok(())
}

/// The address of `host`, which is taken if there is none.
async fn address_of(
    client: &Client<Async>,
    prefix: &Record<Prefix, Async>,
    host: &str,
) -> Result<Record<IpAddress, Async>, Error> {
    let known = client.query::<IpAddress>().filter(IpAddress::DNS_NAME.eq(host));
    if let Some(address) = known.param("parent", prefix.prefix.to_string()).first().await? {
        return Ok(address);
    }
    let new = Patch::new().set(IpAddress::DNS_NAME, host);
    prefix.available_ips().of::<IpAddress>().with(new).allocate_one().await
}
