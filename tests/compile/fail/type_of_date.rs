use netbox_core::{NetboxModel, value::{CustomFields, Date, Decimal, Timestamp}};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuits")]
struct Circuit {
    id: u64,
    install_date: Option<Timestamp>, // wrong
    termination_date: Option<Decimal>, // wrong
    created: Option<Date>, // wrong
    last_updated: Option<std::net::IpAddr>, // wrong
    custom_fields: Date, // wrong
    description: CustomFields, // wrong
}

fn main() {}
