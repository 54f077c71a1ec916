use serde::Deserialize;

#[derive(Deserialize)]
struct Page {
    results: Vec<Site>,
}

#[derive(Deserialize)]
struct Site {
    id: u64,
    name: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut response = ureq::get("https://netbox.example.com/api/dcim/sites/?fields=id,name")
        .header("Authorization", "Bearer nbt_…")
        .call()?;
    let page: Page = serde_json::from_reader(response.body_mut().as_reader())?;
    for site in page.results {
        println!("{} {}", site.id, site.name);
    }
    Ok(())
}
