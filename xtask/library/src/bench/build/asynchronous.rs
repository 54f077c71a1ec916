use netbox_core::{Client, NetboxModel};
use netbox_transport_hyper::HyperTransport;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder("https://netbox.example.com").token("nbt_…").build(HyperTransport::new()?)?;
    let mut sites = client.query::<Site>().iter();
    while let Some(site) = sites.next_item().await {
        let site = site?;
        println!("{} {}", site.id, site.name);
    }
    Ok(())
}
