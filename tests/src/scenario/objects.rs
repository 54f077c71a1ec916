use netbox_core::Mode;

use crate::{Counting, Failure};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let query = client.query_at("dcim/sites").param("slug", "dm-berlin");
    let mut site = C::lift(query.one()).await?;
    assert_eq!(site.get::<String>("name")?, "DM-Berlin");
    let region = site.fk("region")?.expect("a region");
    assert_eq!((region.endpoint(), region.display()), ("dcim/regions", Some("Berlin")));
    let before = client.transport().requests();
    let region = C::lift(region.get(client)).await?;
    assert_eq!(region.get::<String>("slug")?, "berlin");
    let parent = region.fk("parent")?.expect("a parent");
    assert_eq!(C::lift(parent.get(client)).await?.text("name"), Some("Germany"));
    C::lift(site.fk("region")?.expect("a region").get(client)).await?;
    assert_eq!(client.transport().requests(), before + 2, "each key is followed once");
    C::lift(site.refresh()).await?;
    assert!(site.fk("region")?.expect("a region").cached().is_none());

    let same = C::lift(client.get_at("dcim/sites/", site.id().expect("an id"))).await?;
    assert_eq!(same, site);

    sub_resources::<C>(client).await
}

/// Lists without pages, without ids, and of objects that live elsewhere.
async fn sub_resources<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let prefixes = client.query_at("ipam/prefixes").param("mask_length", 24).page_size(3);
    let prefix = C::lift(prefixes.first()).await?.expect("a prefix");
    let free = client.query_at(&format!("ipam/prefixes/{}/available-ips", prefix.id().expect("an id")));
    let free = C::lift(free.page_size(4).all()).await?;
    assert_eq!(free.len(), 4);
    assert!(free[0].id().is_none() && free[0].url().is_none());
    assert!(free[0].get::<String>("address")?.ends_with("/24"));

    let racks = C::lift(client.query_at("dcim/racks").page_size(1).first()).await?.expect("a rack");
    let units = client.query_at(&format!("dcim/racks/{}/elevation", racks.id().expect("an id")));
    let units = C::lift(units.page_size(50).all()).await?;
    assert_eq!(units.len(), 2 * racks.get::<usize>("u_height")?, "half units, on several pages, by offset");
    Ok(())
}
