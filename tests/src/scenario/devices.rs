use netbox_core::Mode;

use super::is_since;
use crate::{
    Counting, Failure,
    model::{Device, Rack, Region, Site},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let leafs = || {
        client.query::<Device>().filter(Device::NAME.contains("leaf")).filter(Device::SITE.named("dm-berlin"))
    };
    lazily::<C>(client, leafs().page_size(5)).await?;
    together::<C>(client, leafs()).await?;
    up_the_tree::<C>(client).await
}

/// A key costs one request, and none the second time.
async fn lazily<C: Mode>(client: &Counting<C>, leafs: netbox_core::Query<Device, C>) -> Result<(), Failure> {
    let device = C::lift(leafs.first()).await?.expect("a leaf switch");
    assert_eq!(device.site.display(), Some("DM-Berlin"));
    assert!(!device.site.is_resolved());
    let before = client.transport().requests();
    assert_eq!(C::lift(device.site(client)).await?.slug, "dm-berlin");
    assert_eq!(C::lift(device.site(client)).await?.slug, "dm-berlin");
    assert_eq!(client.transport().requests(), before + 1);

    // A tag's nested form has all that our model wants of it.
    let tags = C::lift(device.tags(client)).await?;
    assert_eq!(tags[0].slug, "production");
    assert_eq!(client.transport().requests(), before + 1);

    let mut again = C::lift(client.get::<Device>(device.id)).await?;
    assert_eq!(again, device);
    assert!(again.etag().is_some() == is_since(client, 6) && device.etag().is_none());
    C::lift(again.site(client)).await?;
    C::lift(again.refresh()).await?;
    assert!(!again.site.is_resolved());
    Ok(())
}

/// One request for all the keys of a kind, through several models.
async fn together<C: Mode>(
    client: &Counting<C>,
    leafs: netbox_core::Query<Device, C>,
) -> Result<(), Failure> {
    let before = client.transport().requests();
    let chain = Device::RACK.then(Rack::SITE).then(Site::REGION);
    let devices = C::lift(leafs.prefetch(chain).prefetch(Device::TENANT).all()).await?;
    assert_eq!(client.transport().requests(), before + 5, "devices, racks, sites, regions, tenants");
    for device in &devices {
        let rack = C::lift(device.rack(client)).await?.expect("a rack");
        let site = C::lift(rack.site(client)).await?;
        assert_eq!(site.id, device.site.id());
        assert_eq!(C::lift(site.region(client)).await?.expect("a region").name, "Berlin");
        assert!(C::lift(device.tenant(client)).await?.is_some());
    }
    assert_eq!(client.transport().requests(), before + 5);

    C::lift(client.prefetch(&devices, Device::SITE)).await?;
    assert_eq!(client.transport().requests(), before + 6);
    assert!(devices.iter().all(|device| device.site.is_resolved()));
    Ok(())
}

async fn up_the_tree<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let berlin = C::lift(client.query::<Region>().filter(Region::NAME.eq("Berlin")).one()).await?;
    let mut path = vec![berlin.name.clone()];
    let mut region: &Region = &berlin;
    while let Some(parent) = C::lift(region.parent(client)).await? {
        path.push(parent.name.clone());
        region = parent;
    }
    assert_eq!(path, ["Berlin", "Germany", "Europe"]);
    Ok(())
}
