use netbox_core::{Client, ErrorKind, Mode, Patch, Transport};

use crate::{
    Counted, Failure,
    model::{IpAddress, Prefix, Vlan},
};

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    addresses_and_prefixes::<T>(client).await?;
    vlans::<T>(client).await?;
    asns::<T>(client).await
}

async fn addresses_and_prefixes<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let parent = Patch::new().set(Prefix::PREFIX, "203.0.113.192/28");
    let parent = T::Mode::lift(client.create::<Prefix>(parent)).await?;
    let free = T::Mode::lift(parent.available_prefixes().peek(10)).await?;
    assert_eq!(free[0].prefix, parent.prefix);
    let halves = parent.available_prefixes().of::<Prefix>().with(Patch::new().named("prefix_length", 29));
    let halves = T::Mode::lift(halves.allocate(2)).await?;
    assert_eq!(halves[1].prefix.to_string(), "203.0.113.200/29");
    let none_left = parent.available_prefixes().with(Patch::new().named("prefix_length", 29));
    let none_left = T::Mode::lift(none_left.allocate(1)).await.unwrap_err();
    assert!(none_left.is_exhausted() && !none_left.is_conflict(), "{none_left}");

    let pool = || halves[0].available_ips();
    let free = T::Mode::lift(pool().peek(2)).await?;
    assert_eq!((free.len(), free[0].family), (2, 4));
    assert_eq!(free[0].address.to_string(), "203.0.113.193/29");
    let three = pool().of::<IpAddress>().with(Patch::new().set(IpAddress::DESCRIPTION, "allocated"));
    let mut three = T::Mode::lift(three.allocate(3)).await?;
    assert_eq!(three[2].address.to_string(), "203.0.113.195/29");
    assert_eq!(three[2].description, "allocated");
    let object = T::Mode::lift(pool().allocate(1)).await?;
    assert_eq!(object[0].text("address"), Some("203.0.113.196/29"));
    let seven = T::Mode::lift(pool().allocate(7)).await.unwrap_err();
    assert_eq!(seven.kind(), ErrorKind::Exhausted);
    assert!(T::Mode::lift(pool().allocate(0)).await?.is_empty());
    let wrong = pool().with(Patch::new().named("descriptoin", "x"));
    assert!(T::Mode::lift(wrong.allocate(1)).await.unwrap_err().to_string().contains("`description`"));

    // What was taken is a record like any other.
    three[0].description = "changed".into();
    T::Mode::lift(three[0].save()).await?;
    let ids = three.iter().map(|address| address.id).chain(object[0].id());
    T::Mode::lift(client.delete_many::<IpAddress>(ids).send()).await?;
    let prefixes = halves.iter().map(|prefix| prefix.id).chain([parent.id]);
    T::Mode::lift(client.delete_many::<Prefix>(prefixes).send()).await?;
    Ok(())
}

async fn vlans<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let group =
        Patch::new().named("name", "Testbed").named("slug", "testbed").named("vid_ranges", [[100, 102]]);
    let group = T::Mode::lift(client.create_at("ipam/vlan-groups", group)).await?;
    let pool = || group.available_vlans().of::<Vlan>();
    assert_eq!(T::Mode::lift(pool().peek(1)).await?[0].vid, 100);
    let names = ["a", "b", "c"].map(|name| Patch::new().set(Vlan::NAME, name));
    let vlans = T::Mode::lift(pool().allocate_each(names)).await?;
    assert_eq!(vlans.iter().map(|vlan| vlan.vid).collect::<Vec<_>>(), [100, 101, 102]);
    let more = T::Mode::lift(pool().allocate_each([Patch::new().set(Vlan::NAME, "d")])).await.unwrap_err();
    assert!(more.is_exhausted(), "{more}");
    T::Mode::lift(client.delete_many::<Vlan>(vlans.iter().map(|vlan| vlan.id)).send()).await?;
    T::Mode::lift(group.delete()).await?;
    Ok(())
}

async fn asns<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let rir = T::Mode::lift(client.query_at("ipam/rirs").first()).await?.expect("a registry");
    let range = Patch::new().named("name", "Testbed").named("slug", "testbed").named("rir", &rir);
    let range = range.named("start", 64_990).named("end", 64_991);
    let range = T::Mode::lift(client.create_at("ipam/asn-ranges", range)).await?;
    assert_eq!(T::Mode::lift(range.available_asns().peek(5)).await?[0].asn, 64_990);
    let taken = T::Mode::lift(range.available_asns().allocate(2)).await?;
    assert_eq!(taken[1].get::<u32>("asn")?, 64_991);
    assert!(T::Mode::lift(range.available_asns().allocate(1)).await.unwrap_err().is_exhausted());
    T::Mode::lift(client.delete_many_at("ipam/asns", taken.iter().filter_map(|asn| asn.id())).send()).await?;
    T::Mode::lift(range.delete()).await?;
    Ok(())
}
