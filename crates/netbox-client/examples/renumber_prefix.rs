//! Moves a prefix of the global table, with all prefixes, ranges and addresses in it, to other addresses.
//!
//! ```sh
//! cargo run -p netbox-client --example renumber_prefix --features ipam -- 10.11.10.0/24 10.11.20.0/24
//! ```
//!
//! The arguments are the old prefix and the new one, of the same length. The prefix itself moves last, so that the
//! program can be run again if it was interrupted. To undo it, swap the arguments.

use std::{cmp::Reverse, env, net::IpAddr};

use anyhow::{bail, ensure};
use netbox_client::{
    NetboxModel,
    models::ipam::{IpAddress, IpRange, Prefix},
    value::IpPrefix,
};
use serde::Deserialize;

/// The fields that change; NetBox sends no others.
#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Prefix")]
struct Network {
    id: u64,
    prefix: IpPrefix,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "IpRange")]
struct Range {
    id: u64,
    start_address: IpPrefix,
    end_address: IpPrefix,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "IpAddress")]
struct Address {
    id: u64,
    address: IpPrefix,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let old: IpPrefix = arguments.next().as_deref().unwrap_or("10.11.10.0/24").parse()?;
    let new: IpPrefix = arguments.next().as_deref().unwrap_or("10.11.20.0/24").parse()?;
    ensure!(old.length() == new.length(), "{old} and {new} do not have the same length");
    ensure!(old.network() == old && new.network() == new, "{old} or {new} is an address, not a prefix");
    let client = netbox_client::blocking_from_env().build()?;

    let within = old.to_string();
    let networks = client.query::<Prefix>().filter(Prefix::VRF.is_null()).param("within_include", &within);
    let mut networks = networks.select_as::<Network>().all()?;
    ensure!(networks.iter().any(|network| network.prefix == old), "NetBox has no prefix {old} outside VRFs");
    let ranges = client.query::<IpRange>().filter(IpRange::VRF.is_null()).param("parent", &within);
    let mut ranges = ranges.select_as::<Range>().all()?;
    let addresses = client.query::<IpAddress>().filter(IpAddress::VRF.is_null()).param("parent", &within);
    let mut addresses = addresses.select_as::<Address>().all()?;

    for address in &mut addresses {
        address.address = moved(address.address, old, new)?;
    }
    for range in &mut ranges {
        range.start_address = moved(range.start_address, old, new)?;
        range.end_address = moved(range.end_address, old, new)?;
    }
    for network in &mut networks {
        network.prefix = moved(network.prefix, old, new)?;
    }
    // The inner ones first, and the prefix itself last.
    networks.sort_by_key(|network| Reverse(network.prefix.length()));

    // An object that somebody else changed meanwhile is a conflict, and is not overwritten.
    let message = format!("{old} becomes {new}");
    println!("addresses moved: {}", client.save_many(&mut addresses).message(&message).send()?);
    println!("ranges moved: {}", client.save_many(&mut ranges).message(&message).send()?);
    println!("prefixes moved: {}", client.save_many(&mut networks).message(&message).send()?);
    Ok(())
}

/// The address that has the place in `new` that `address` has in `old`.
fn moved(address: IpPrefix, old: IpPrefix, new: IpPrefix) -> anyhow::Result<IpPrefix> {
    let moved = match (address.address(), old.address(), new.address()) {
        (IpAddr::V4(address), IpAddr::V4(old), IpAddr::V4(new)) => {
            IpAddr::V4((address.to_bits() - old.to_bits() + new.to_bits()).into())
        }
        (IpAddr::V6(address), IpAddr::V6(old), IpAddr::V6(new)) => {
            IpAddr::V6((address.to_bits() - old.to_bits() + new.to_bits()).into())
        }
        _ => bail!("{old} and {new} are of two families"),
    };
    Ok(IpPrefix::new(moved, address.length())?)
}
