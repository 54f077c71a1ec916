//! Moves devices from one rack of a site to another.
//!
//! ```sh
//! cargo run -p netbox-client --example move_devices --features dcim -- dm-berlin ber1-srv-05 A05 A06 9
//! ```
//!
//! The arguments are the slug of a site, the beginning of the devices' names, the names of both racks, and the number
//! of units by which the devices move up. Up to 100 devices move together, or none of them. To undo it, swap the racks and give `-9`.

use std::env;

use netbox_client::{
    Blocking, Client, Error, Fk, NetboxModel, Record,
    models::dcim::{Location, Rack},
    value::Decimal,
};
use serde::Deserialize;

/// The fields of a device that have to do with its place; NetBox sends no others.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    name: Option<String>,
    display: String,
    #[fk]
    location: Option<Fk<Location>>,
    #[fk]
    rack: Option<Fk<Rack>>,
    position: Option<Decimal>,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let argument = |index: usize, default| arguments.get(index).map_or(default, String::as_str);
    let (site, start) = (argument(0, "dm-berlin"), argument(1, "ber1-srv-05"));
    let client = netbox_client::blocking_from_env().build()?;
    let old = rack(&client, site, argument(2, "A05"))?;
    let new = rack(&client, site, argument(3, "A06"))?;
    let up: f64 = argument(4, "9").parse()?;

    let devices =
        client.query::<Device>().filter(Device::RACK.eq(&old)).filter(Device::NAME.starts_with(start));
    let mut devices = devices.order(Device::POSITION.asc()).all()?;
    for device in &mut devices {
        device.rack = Some(Fk::new(new.id));
        device.location.clone_from(&new.location);
        if let Some(unit) = &device.position {
            device.position = Some(Decimal::try_from(unit.to_f64() + up)?);
        }
    }
    // A batch of up to 100 is written as a whole or not at all, and only if nobody changed a device since it was read.
    let message = format!("from {} to {}", old.name, new.name);
    client.save_many(&mut devices).message(message).send()?;
    for device in &devices {
        let unit = device.position.as_ref().map_or_else(String::new, |unit| format!(", unit {unit}"));
        println!("{} is in {}{unit}", device.display, new.name);
    }
    println!("{} devices moved", devices.len());
    Ok(())
}

fn rack(client: &Client<Blocking>, site: &str, name: &str) -> Result<Record<Rack, Blocking>, Error> {
    client.query::<Rack>().filter(Rack::SITE.named(site)).filter(Rack::NAME.eq(name)).one()
}
