//! Imports devices from a spreadsheet that was saved as CSV: creates those that NetBox lacks, and updates the others.
//!
//! ```sh
//! cargo run -p netbox-client --example import_spreadsheet --features dcim -- dm-berlin devices.csv
//! ```
//!
//! The arguments are the slug of a site and a file. The first row of the file names the columns: `name`, `rack`,
//! `unit`, `type` and `role` (slugs), and `serial`. The program may be run again: NetBox logs no change where nothing
//! changes.

use std::{collections::HashMap, env};

use anyhow::Context;
use netbox_client::{
    Patch, Ref,
    bulk::BulkError,
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
    let known = client.query::<Device>().filter(Device::SITE.named(&site)).filter(Device::NAME.any_of(names));
    let known = known.select((Device::NAME, Device::ID)).all()?;
    let known: HashMap<_, _> = known.into_iter().filter_map(|(name, id)| Some((name?, id))).collect();
    let (old, new): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| known.contains_key(&row.name));

    let message = format!("import of {file}");
    let patches = old.iter().map(|row| (known[&row.name], patch(&site, row)));
    let updated = client.update_many::<Device>(patches).message(&message).send();
    println!("{} updated", updated.inspect_err(|error| explain(error, &old))?.len());
    let patches = new.iter().map(|row| patch(&site, row));
    let created = client.create_many::<Device>(patches).message(&message).send();
    println!("{} created", created.inspect_err(|error| explain(error, &new))?.len());
    Ok(())
}

/// The fields of a device, as a row of the spreadsheet has them. NetBox itself finds the objects by name or slug.
fn patch(site: &str, row: &Row) -> Patch<Device> {
    Patch::new()
        .set(Device::NAME, &row.name)
        .set(Device::SITE, Ref::by("slug", site))
        .set(Device::RACK, Ref::by("name", &row.rack).and("site", Ref::by("slug", site)))
        .set(Device::POSITION, &row.unit)
        .set(Device::FACE, DeviceFace::Front)
        .set(Device::DEVICE_TYPE, Ref::by("slug", &row.r#type))
        .set(Device::ROLE, Ref::by("slug", &row.role))
        .set(Device::SERIAL, &row.serial)
}

/// Says what is wrong with which row.
fn explain(error: &BulkError, rows: &[&Row]) {
    for item in error.items() {
        eprintln!("{}: {}", rows[item.index()].name, item.messages());
    }
}
