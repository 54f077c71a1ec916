use netbox_core::{Client, NetboxModel};
use netbox_transport_ureq::UreqTransport;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder("https://netbox.example.com").token("nbt_…").build(UreqTransport::new()?)?;
    for site in client.query::<Site>().iter() {
        let site = site?;
        println!("{} {}", site.id, site.name);
    }
    Ok(())
}
