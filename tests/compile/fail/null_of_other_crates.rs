use netbox_core::{NetboxModel, Object, value::Date};
use serde::Deserialize;

#[derive(Deserialize)]
struct NaiveDate(String);

#[derive(Deserialize)]
struct DateTime<Tz>(String, Tz);

#[derive(Deserialize)]
struct Uuid(String);

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuits")]
struct Circuit {
    id: u64,
    install_date: NaiveDate, // wrong
    termination_date: Date, // wrong
    created: DateTime<i32>, // wrong
    tenant: Object, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    asset_tag: Uuid, // wrong
}

fn main() {}
