use netbox_core::{ErrorKind, Mode};

use super::is_since;
use crate::{
    Counting, Failure,
    model::{Device, Interface, Region, Site, Tenant},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let named = || client.query::<Site>().filter(Site::NAME.starts_with("dm-")).order(Site::NAME.desc());
    let sites = C::lift(named().all()).await?;
    let names: Vec<&str> = sites.iter().map(|site| site.name.as_str()).collect();
    assert_eq!(names, ["DM-Köln", "DM-Dublin", "DM-Container 7", "DM-Berlin", "DM-Amsterdam"]);

    let first = C::lift(named().first()).await?.expect("a first one");
    assert_eq!(first, sites[0]);
    assert_eq!(C::lift(named().offset(2).first()).await?.expect("a third one"), sites[2]);
    assert_eq!(C::lift(named().count()).await?, 5);
    let ids = C::lift(named().ids()).await?;
    assert_eq!(ids, sites.iter().map(|site| site.id).collect::<Vec<_>>());
    assert_eq!(C::lift(client.find::<Site>(first.id)).await?.as_ref(), Some(&first));
    assert!(C::lift(client.find::<Site>(999_999)).await?.is_none());

    let one = client.query::<Site>().filter(Site::SLUG.eq("dm-berlin"));
    let berlin = C::lift(one.one()).await?;
    assert_eq!(berlin.name, "DM-Berlin");
    let none = C::lift(client.query::<Site>().filter(Site::SLUG.eq("nowhere")).one()).await.unwrap_err();
    assert_eq!(none.kind(), ErrorKind::NoMatch);
    let many = C::lift(named().one()).await.unwrap_err();
    assert_eq!(many.kind(), ErrorKind::ManyMatches);

    let by_id = client.query::<Site>().filter(Site::ID.any_of(&ids)).filter(Site::NAME.contains("berlin"));
    assert_eq!(C::lift(by_id.all()).await?, [berlin]);
    let none: [u64; 0] = [];
    assert_eq!(C::lift(client.query::<Site>().filter(Site::ID.any_of(none)).count()).await?, 0);

    let region = C::lift(client.query::<Region>().filter(Region::NAME.eq("Berlin")).one()).await?;
    for filter in [Site::REGION.eq(&region), Site::REGION.eq(region.id), Site::REGION.named("berlin")] {
        let found = C::lift(client.query::<Site>().filter(filter).all()).await?;
        let mut names: Vec<&str> = found.iter().map(|site| site.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Berlin head office", "DM-Berlin"]);
    }
    let without = C::lift(client.query::<Site>().filter(Site::REGION.is_null()).all()).await?;
    assert_eq!(without[0].name, "DM-Container 7");
    let with = client.query::<Site>().filter(Site::REGION.is_not_null());
    assert_eq!(C::lift(with.count()).await?, 12 - without.len() as u64);

    booleans_numbers_and_tags::<C>(client).await
}

async fn booleans_numbers_and_tags<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let count = |query: netbox_core::Query<Interface, C>| C::lift(query.count());
    let all = count(client.query()).await?;
    let enabled = count(client.query().filter(Interface::ENABLED.eq(true))).await?;
    let disabled = count(client.query().filter(Interface::ENABLED.eq(false))).await?;
    // Four of the data set are channels, which came with 4.7.
    let expected = if is_since(client, 7) { 3000 } else { 2996 };
    assert_eq!((all, enabled + disabled), (expected, expected));
    assert!(disabled > 0);
    let jumbo = count(client.query().filter(Interface::MTU.gte(9000))).await?;
    let any = count(client.query().filter(Interface::MTU.is_not_empty())).await?;
    assert!(0 < jumbo && jumbo <= any && any < all, "{jumbo} {any}");
    let by_name = count(client.query().param("mtu__gte", 9000)).await?;
    assert_eq!(by_name, jumbo);

    let tagged = C::lift(client.query::<Device>().tag("production").count()).await?;
    assert!(0 < tagged && tagged < 300);
    let found = C::lift(client.query::<Device>().search("leaf").count()).await?;
    assert!(found > 0);
    let tenants = C::lift(client.query::<Tenant>().all()).await?;
    let of_tenants =
        client.query::<Device>().filter(Device::TENANT.any_of(tenants.iter().map(|tenant| &**tenant)));
    let with_tenant = C::lift(of_tenants.count()).await?;
    let without = client.query::<Device>().filter(Device::TENANT.is_null());
    assert_eq!(with_tenant + C::lift(without.count()).await?, 300);
    Ok(())
}
