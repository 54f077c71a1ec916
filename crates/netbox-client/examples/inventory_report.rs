//! Writes the inventory of a site as CSV: a row for each device, with its place, its type and its address.
//!
//! ```sh
//! cargo run -p netbox-client --example inventory_report --features dcim -- dm-berlin > inventory.csv
//! ```
//!
//! The argument is the slug of a site.

use std::{env, io};

use netbox_client::models::dcim::{Device, DeviceType};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'r> {
    device: Option<&'r str>,
    role: Option<&'r str>,
    rack: Option<&'r str>,
    unit: Option<f64>,
    manufacturer: Option<&'r str>,
    r#type: &'r str,
    serial: &'r str,
    status: &'r str,
    address: Option<&'r str>,
}

fn main() -> anyhow::Result<()> {
    let site = env::args().nth(1).unwrap_or_else(|| "dm-berlin".to_owned());
    let client = netbox_client::blocking_from_env().build()?;

    // NetBox sends these fields alone, and the types of all devices of a page come in one more request.
    let types = Device::DEVICE_TYPE.select((DeviceType::MODEL, DeviceType::MANUFACTURER));
    let devices = client
        .query::<Device>()
        .filter(Device::SITE.named(&site))
        .order(Device::NAME.asc())
        .select((
            Device::NAME,
            Device::ROLE,
            Device::RACK,
            Device::POSITION,
            Device::DEVICE_TYPE,
            Device::SERIAL,
            Device::STATUS,
            Device::PRIMARY_IP,
        ))
        .prefetch(types);

    let mut report = csv::Writer::from_writer(io::stdout());
    let mut count = 0;
    for device in devices {
        let (name, role, rack, position, device_type, serial, status, address) = device?;
        let (model, manufacturer) = types.of(&client, &device_type)?;
        report.serialize(Row {
            device: name.as_deref(),
            role: role.display(),
            rack: rack.as_ref().and_then(|rack| rack.display()),
            unit: position.map(|position| position.to_f64()),
            manufacturer: manufacturer.display(),
            r#type: model,
            serial: &serial,
            status: status.as_str(),
            address: address.as_ref().and_then(|address| address.display()),
        })?;
        count += 1;
    }
    report.flush()?;
    eprintln!("{count} devices of {site}");
    Ok(())
}
