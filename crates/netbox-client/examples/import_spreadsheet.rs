//! Imports devices from a spreadsheet that was saved as CSV: creates those that NetBox lacks, and changes what differs of
//! the others.
//!
//! ```sh
//! cd crates/netbox-client/examples
//! cargo run -p netbox-client --example import_spreadsheet --features dcim,plan -- dm-berlin devices.csv
//! ```
//!
//! The arguments are the slug of a site and a file. The first row of the file names the columns: `name`, `rack`,
//! `unit`, `type` and `role` (slugs), and `serial`. The program prints what it is going to write. Run again, it finds
//! nothing to do.

use std::env;

use anyhow::Context;
use netbox_client::{
    Patch, Ref,
    models::dcim::{Device, DeviceFace},
    plan::Desired,
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

    let mut desired = Desired::new();
    for row in reader.deserialize() {
        desired.object(device(&site, &row.with_context(|| file.clone())?));
    }
    let client = netbox_client::blocking_from_env().build()?;
    // An error names a row by its place: `dcim/devices[0]` is the first below the titles.
    let plan = desired.plan(&client)?;
    println!("{plan}");
    let applied = plan.apply().message(format!("import of {file}")).keep_going().send()?;
    println!("{applied}");
    Ok(())
}

/// A device as a row of the spreadsheet has it. Its name and its site decide which one is meant.
fn device(site: &str, row: &Row) -> Patch<Device> {
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
