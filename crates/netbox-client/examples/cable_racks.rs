//! Connects the leaf switches of two racks of a site by cables, through interfaces that are free.
//!
//! ```sh
//! cargo run -p netbox-client --example cable_racks --features dcim -- dm-berlin A05 A06 2
//! ```
//!
//! The arguments are the slug of a site, the names of two racks, and the number of cables that there shall be. Each
//! cable has a label, such as `A05-A06 #1`, by which the program finds it when it is run again.

use std::{collections::HashSet, env};

use anyhow::ensure;
use netbox_client::{
    Blocking, Client, Error, Fk, Patch,
    fk::GenericFk,
    models::dcim::{Cable, CableLengthUnit, CableType, Device, Interface, LinkStatus, Rack},
    value::Decimal,
};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let argument = |index: usize, default| arguments.get(index).map_or(default, String::as_str);
    let site = argument(0, "dm-berlin");
    let (a, b) = (argument(1, "A05"), argument(2, "A06"));
    let wanted: usize = argument(3, "2").parse()?;
    let client = netbox_client::blocking_from_env().build()?;

    let labels: Vec<String> = (1..=wanted).map(|number| format!("{a}-{b} #{number}")).collect();
    let present = client.query::<Cable>().filter(Cable::LABEL.any_of(&labels)).param("site", site);
    let present: HashSet<String> = present.select(Cable::LABEL).all()?.into_iter().collect();
    let missing: Vec<&String> = labels.iter().filter(|label| !present.contains(*label)).collect();

    let free = |rack: &str| free_interfaces(&client, site, rack, missing.len());
    let pairs: Vec<_> = missing.iter().zip(free(a)?.into_iter().zip(free(b)?)).collect();
    ensure!(
        pairs.len() == missing.len(),
        "{wanted} cables: only {} pairs of interfaces are free",
        pairs.len()
    );
    let cables = pairs.iter().map(|(label, ((near, ..), (far, ..)))| {
        Patch::new()
            .set(Cable::A_TERMINATIONS, vec![GenericFk::new("dcim.interface", *near)])
            .set(Cable::B_TERMINATIONS, vec![GenericFk::new("dcim.interface", *far)])
            .set(Cable::TYPE, CableType::Smf)
            .set(Cable::STATUS, LinkStatus::Planned)
            .set(Cable::LENGTH, Decimal::from(5))
            .set(Cable::LENGTH_UNIT, CableLengthUnit::M)
            .set(Cable::LABEL, **label)
    });
    // NetBox creates a batch of up to 100 as a whole, or none of it.
    client.create_many::<Cable>(cables).send()?;
    for (label, ((_, near, port), (_, far, far_port))) in &pairs {
        println!("{label}: {near} {port} to {far} {far_port}");
    }
    println!("{} of {wanted} cables were there, {} are new", present.len(), pairs.len());
    Ok(())
}

/// The id, the device and the name of an interface.
type Port = (u64, Fk<Device>, String);

/// The first interfaces of the leaf switches in a rack that are not cabled.
fn free_interfaces(
    client: &Client<Blocking>,
    site: &str,
    rack: &str,
    most: usize,
) -> Result<Vec<Port>, Error> {
    let rack = client.query::<Rack>().filter(Rack::SITE.named(site)).filter(Rack::NAME.eq(rack)).one()?;
    let interfaces = client.query::<Interface>().param("rack_id", &rack).param("device_role", "leaf");
    let free = interfaces.param("kind", "physical").param("cabled", false).limit(most as u64);
    free.select((Interface::ID, Interface::DEVICE, Interface::NAME)).all()
}
