use netbox_core::{Client, Mode, Prefetch, Transport};

use crate::{
    Counted, Failure,
    model::{Device, Rack, Region, Site},
};

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let leafs = || {
        client.query::<Device>().filter(Device::NAME.contains("leaf")).filter(Device::SITE.named("dm-berlin"))
    };
    lazily::<T>(client, leafs().page_size(5)).await?;
    together::<T>(client, leafs()).await?;
    up_the_tree::<T>(client).await
}

/// A key costs one request, and none the second time.
async fn lazily<T: Transport>(
    client: &Client<Counted<T>>,
    leafs: netbox_core::Query<Counted<T>, Device>,
) -> Result<(), Failure> {
    let device = T::Mode::lift(leafs.first()).await?.expect("a leaf switch");
    assert_eq!(device.site.display(), Some("DM-Berlin"));
    assert!(!device.site.is_resolved());
    let before = client.transport().requests();
    assert_eq!(T::Mode::lift(device.site(client)).await?.slug, "dm-berlin");
    assert_eq!(T::Mode::lift(device.site(client)).await?.slug, "dm-berlin");
    assert_eq!(client.transport().requests(), before + 1);

    // A tag's nested form has all that our model wants of it.
    let tags = T::Mode::lift(device.tags(client)).await?;
    assert_eq!(tags[0].slug, "production");
    assert_eq!(client.transport().requests(), before + 1);

    let mut again = T::Mode::lift(client.get::<Device>(device.id)).await?;
    assert_eq!(again, device);
    assert!(again.etag().is_some() && device.etag().is_none());
    T::Mode::lift(again.site(client)).await?;
    T::Mode::lift(again.refresh()).await?;
    assert!(!again.site.is_resolved());
    Ok(())
}

/// One request for all the keys of a kind, through several models.
async fn together<T: Transport>(
    client: &Client<Counted<T>>,
    leafs: netbox_core::Query<Counted<T>, Device>,
) -> Result<(), Failure> {
    let before = client.transport().requests();
    let chain = Device::RACK.then(Rack::SITE).then(Site::REGION);
    let devices = T::Mode::lift(leafs.prefetch(chain).prefetch(Device::TENANT).all()).await?;
    assert_eq!(client.transport().requests(), before + 5, "devices, racks, sites, regions, tenants");
    for device in &devices {
        let rack = T::Mode::lift(device.rack(client)).await?.expect("a rack");
        let site = T::Mode::lift(rack.site(client)).await?;
        assert_eq!(site.id, device.site.id());
        assert_eq!(T::Mode::lift(site.region(client)).await?.expect("a region").name, "Berlin");
        assert!(T::Mode::lift(device.tenant(client)).await?.is_some());
    }
    assert_eq!(client.transport().requests(), before + 5);

    T::Mode::lift(client.prefetch(&devices, Device::SITE)).await?;
    assert_eq!(client.transport().requests(), before + 6);
    assert!(devices.iter().all(|device| device.site.is_resolved()));
    Ok(())
}

async fn up_the_tree<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let berlin = T::Mode::lift(client.query::<Region>().filter(Region::NAME.eq("Berlin")).one()).await?;
    let mut path = vec![berlin.name.clone()];
    let mut region: &Region = &berlin;
    while let Some(parent) = T::Mode::lift(region.parent(client)).await? {
        path.push(parent.name.clone());
        region = parent;
    }
    assert_eq!(path, ["Berlin", "Germany", "Europe"]);
    Ok(())
}
