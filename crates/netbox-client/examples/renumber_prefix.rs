//! Moves a prefix of the global table, with all prefixes and addresses in it, to other addresses.
//!
//! ```sh
//! cargo run --example renumber_prefix --features ipam -- 10.1.50.0/24 10.1.60.0/24
//! ```
//!
//! The arguments are the old prefix and the new one, of the same length. The prefix itself moves last, so that the
//! program can be run again if it was interrupted. To undo it, swap the arguments.

use std::{env, net::IpAddr};

use anyhow::{bail, ensure};
use netbox_client::{
    models::ipam::{IpAddress, Prefix},
    value::IpPrefix,
};

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let old: IpPrefix = arguments.next().as_deref().unwrap_or("10.1.50.0/24").parse()?;
    let new: IpPrefix = arguments.next().as_deref().unwrap_or("10.1.60.0/24").parse()?;
    ensure!(old.length() == new.length(), "{old} and {new} do not have the same length");
    ensure!(old.network() == old && new.network() == new, "{old} or {new} is an address, not a prefix");
    let client = netbox_client::blocking_from_env().build()?;

    let prefixes = client.query::<Prefix>().filter(Prefix::VRF.is_null());
    let mut prefixes = prefixes.param("within_include", old.to_string()).all()?;
    if !prefixes.iter().any(|prefix| prefix.prefix == old) {
        bail!("NetBox has no prefix {old} in the global table");
    }
    let addresses = client.query::<IpAddress>().filter(IpAddress::VRF.is_null());
    let mut addresses = addresses.param("parent", old.to_string()).all()?;

    for address in &mut addresses {
        let before = address.address;
        address.address = moved(before, old, new)?;
        println!("{before} becomes {}", address.address);
    }
    for prefix in &mut prefixes {
        let before = prefix.prefix;
        prefix.prefix = moved(before, old, new)?;
        println!("{before} becomes {}", prefix.prefix);
    }
    // The inner prefixes first. Whatever somebody else changed meanwhile is a conflict, and is not overwritten.
    prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.prefix.length()));
    let message = format!("{old} becomes {new}");
    let moved = client.save_many(&mut addresses).message(&message).send()?;
    client.save_many(&mut prefixes).message(&message).send()?;
    println!("addresses: {moved}, prefixes: {}", prefixes.len());
    Ok(())
}

/// `address` with the same place in `new` that it has in `old`.
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
