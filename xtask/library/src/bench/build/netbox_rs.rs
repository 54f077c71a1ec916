use netbox::{Client, ClientConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(ClientConfig::new("https://netbox.example.com", "nbt_…"))?;
    for site in client.dcim().sites().list(None).await?.results {
        println!("{:?} {}", site.id, site.name);
    }
    Ok(())
}
