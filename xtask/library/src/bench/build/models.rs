use netbox_core::Client;
use netbox_models::dcim::Site;
use netbox_transport_ureq::UreqTransport;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder("https://netbox.example.com").token("nbt_…").build(UreqTransport::new()?)?;
    for site in client.query::<Site>().iter() {
        let site = site?;
        println!("{} {}", site.id, site.name);
    }
    Ok(())
}
