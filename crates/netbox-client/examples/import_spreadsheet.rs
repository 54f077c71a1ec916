//! Imports devices from a spreadsheet that was saved as CSV: creates those that NetBox lacks, and updates the others.
//!
//! ```sh
//! cargo run --example import_spreadsheet --features dcim -- dm-berlin devices.csv
//! ```
//!
//! The arguments are the slug of a site and a file. The first row of the file names the columns: `name`, `rack`, `unit`,
//! `type` and `role` (slugs), and `serial`. Running the program again changes nothing.

use std::{collections::HashMap, env};

use anyhow::Context;
use netbox_client::{
    Patch, Ref,
    models::dcim::{Device, DeviceFace},
    value::Decimal,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    name: String,
    rack: String,
    unit: Decimal,
    r#type: String,
    role: String,
    serial: String,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let site = arguments.next().unwrap_or_else(|| "dm-berlin".to_owned());
    let file = arguments.next().unwrap_or_else(|| "devices.csv".to_owned());
    let mut reader = csv::Reader::from_path(&file).with_context(|| format!("can't read {file}"))?;
    let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().with_context(|| file.clone())?;

    let client = netbox_client::blocking_from_env().build()?;
    let names = rows.iter().map(|row| row.name.as_str());
    let here = client.query::<Device>().filter(Device::SITE.named(&site));
    let mut known = here.filter(Device::NAME.any_of(names)).all()?;

    // Devices that are there get what the spreadsheet says; NetBox is sent what differs.
    let by_name: HashMap<&str, &Row> = rows.iter().map(|row| (row.name.as_str(), row)).collect();
    for device in &mut known {
        if let Some(row) = device.name.as_deref().and_then(|name| by_name.get(name)) {
            device.serial.clone_from(&row.serial);
            device.position = Some(row.unit.clone());
        }
    }
    let changed = client.save_many(&mut known).message(format!("import of {file}")).send()?;

    let is_new = |row: &&Row| known.iter().all(|device| device.name.as_deref() != Some(&row.name));
    let new: Vec<&Row> = rows.iter().filter(is_new).collect();
    let devices = new.iter().map(|row| {
        Patch::new()
            .set(Device::NAME, &row.name)
            .set(Device::SITE, Ref::by("slug", &site))
            .set(Device::RACK, Ref::by("name", &row.rack).and("site", Ref::by("slug", &site)))
            .set(Device::POSITION, &row.unit)
            .set(Device::FACE, DeviceFace::Front)
            .set(Device::DEVICE_TYPE, Ref::by("slug", &row.r#type))
            .set(Device::ROLE, Ref::by("slug", &row.role))
            .set(Device::SERIAL, &row.serial)
    });
    let created = client.create_many::<Device>(devices).message(format!("import of {file}")).send();
    if let Err(error) = &created {
        for item in error.items() {
            eprintln!("{}: {}", new[item.index()].name, item.messages());
        }
    }
    for device in created? {
        println!("created {}", device.display);
    }
    println!("{} created, {changed} changed, {} as they were", new.len(), known.len() - changed);
    Ok(())
}
