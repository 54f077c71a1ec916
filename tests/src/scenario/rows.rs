//! The rows of the README's table: what one does with NetBox, with objects that have no struct.

use netbox_core::{Mode, Patch, fk::ObjectFk};
use serde_json::Value;

use crate::{Counting, Failure};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let count = C::lift(client.query_at("dcim/regions").count()).await?;
    let regions = C::lift(client.query_at("dcim/regions").all()).await?;
    assert_eq!(regions.len() as u64, count, "get all");
    let region = regions.iter().find(|region| region.text("slug") == Some("berlin")).expect("Berlin");
    let by_id = C::lift(client.get_at("dcim/regions", region.id().expect("an id"))).await?;
    assert_eq!(by_id.text("name"), Some("Berlin"), "get by id");

    let rack = C::lift(client.query_at("dcim/racks").first()).await?.expect("a rack");
    let units = client.query_at(&format!("dcim/racks/{}/elevation", rack.id().expect("an id")));
    let rear = C::lift(units.param("face", "rear").all()).await?;
    assert!(rear.iter().all(|unit| unit.get::<Value>("face").is_ok_and(|face| face["value"] == "rear")));

    // A record as a filter, and as a value: its id goes out.
    let sites = C::lift(client.query_at("dcim/sites").param("region_id", region).all()).await?;
    for site in &sites {
        assert_eq!(site.fk("region")?.map(ObjectFk::id), region.id());
    }
    let patch = Patch::new().field("name", "Rows").field("slug", "rows").field("region", region);
    let mut site = C::lift(client.create_at("dcim/sites", patch)).await?;

    // A foreign key is followed once, and again after a refresh.
    let before = client.transport().requests();
    let key = |site: &netbox_core::Object| site.fk("region").unwrap().cloned().expect("a region");
    let name =
        C::lift(site.fk("region")?.expect("a region").get(client)).await?.text("name").map(str::to_owned);
    C::lift(site.fk("region")?.expect("a region").get(client)).await?;
    assert_eq!((name.as_deref(), client.transport().requests()), (Some("Berlin"), before + 1));
    C::lift(site.refresh()).await?;
    assert!(key(&site).cached().is_none());

    // An attribute and a foreign key, changed and put.
    let germany = regions.iter().find(|region| region.text("slug") == Some("germany")).expect("Germany");
    site.set("name", "Rows 2")?;
    site.set("region", germany)?;
    C::lift(site.put()).await?;
    assert_eq!((site.text("name"), key(&site).display()), (Some("Rows 2"), Some("Germany")));

    let same = C::lift(client.get_at("dcim/sites", site.id().expect("an id"))).await?;
    assert!(same == site && *region != *germany, "equal are the same objects with the same contents");
    let options = C::lift(client.options_at("dcim/sites")).await?;
    assert!(options.field("slug").is_some_and(netbox_core::server::FieldOptions::is_required));

    // Deleted from the object, and from the root.
    let other = Patch::new().field("name", "Rows 3").field("slug", "rows-3");
    let other = C::lift(client.create_at("dcim/sites", other)).await?;
    C::lift(site.delete()).await?;
    C::lift(client.delete_at("dcim/sites", other.id().expect("an id"))).await?;
    assert_eq!(C::lift(client.query_at("dcim/sites").param("name__isw", "Rows").count()).await?, 0);
    Ok(())
}
