use netbox_core::{ErrorKind, Mode, Patch};

use crate::{
    Counting, Failure,
    model::{IpAddress, Prefix, Vlan},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    addresses_and_prefixes::<C>(client).await?;
    vlans::<C>(client).await?;
    asns::<C>(client).await
}

async fn addresses_and_prefixes<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let parent = Patch::new().set(Prefix::PREFIX, "203.0.113.192/28");
    let parent = C::lift(client.create::<Prefix>(parent)).await?;
    let free = C::lift(parent.available_prefixes().peek(10)).await?;
    assert_eq!(free[0].prefix, parent.prefix);
    let halves = parent.available_prefixes().of::<Prefix>().with(Patch::new().field("prefix_length", 29));
    let halves = C::lift(halves.allocate(2)).await?;
    assert_eq!(halves[1].prefix.to_string(), "203.0.113.200/29");
    let none_left = parent.available_prefixes().with(Patch::new().field("prefix_length", 29));
    let none_left = C::lift(none_left.allocate(1)).await.unwrap_err();
    assert!(none_left.is_exhausted() && !none_left.is_conflict(), "{none_left}");

    let pool = || halves[0].available_ips();
    let free = C::lift(pool().peek(2)).await?;
    assert_eq!((free.len(), free[0].family), (2, 4));
    assert_eq!(free[0].address.to_string(), "203.0.113.193/29");
    let three = pool().of::<IpAddress>().with(Patch::new().set(IpAddress::DESCRIPTION, "allocated"));
    let mut three = C::lift(three.allocate(3)).await?;
    assert_eq!(three[2].address.to_string(), "203.0.113.195/29");
    assert_eq!(three[2].description, "allocated");
    let object = C::lift(pool().allocate(1)).await?;
    assert_eq!(object[0].text("address"), Some("203.0.113.196/29"));
    let seven = C::lift(pool().allocate(7)).await.unwrap_err();
    assert_eq!(seven.kind(), ErrorKind::Exhausted);
    assert!(C::lift(pool().allocate(0)).await?.is_empty());
    let wrong = pool().with(Patch::new().field("descriptoin", "x"));
    assert!(C::lift(wrong.allocate(1)).await.unwrap_err().to_string().contains("`description`"));

    // An allocated object is a record like any other.
    three[0].description = "changed".into();
    C::lift(three[0].save()).await?;
    let ids = three.iter().map(|address| address.id).chain(object[0].id());
    C::lift(client.delete_many::<IpAddress>(ids).send()).await?;
    let prefixes = halves.iter().map(|prefix| prefix.id).chain([parent.id]);
    C::lift(client.delete_many::<Prefix>(prefixes).send()).await?;
    Ok(())
}

async fn vlans<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let group =
        Patch::new().field("name", "Testbed").field("slug", "testbed").field("vid_ranges", [[100, 102]]);
    let group = C::lift(client.create_at("ipam/vlan-groups", group)).await?;
    let pool = || group.available_vlans().of::<Vlan>();
    assert_eq!(C::lift(pool().peek(1)).await?[0].vid, 100);
    let names = ["a", "b", "c"].map(|name| Patch::new().set(Vlan::NAME, name));
    let vlans = C::lift(pool().allocate_each(names)).await?;
    assert_eq!(vlans.iter().map(|vlan| vlan.vid).collect::<Vec<_>>(), [100, 101, 102]);
    let more = C::lift(pool().allocate_each([Patch::new().set(Vlan::NAME, "d")])).await.unwrap_err();
    assert!(more.is_exhausted(), "{more}");
    C::lift(client.delete_many::<Vlan>(vlans.iter().map(|vlan| vlan.id)).send()).await?;
    C::lift(group.delete()).await?;
    Ok(())
}

async fn asns<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let rir = C::lift(client.query_at("ipam/rirs").first()).await?.expect("a registry");
    let range = Patch::new().field("name", "Testbed").field("slug", "testbed").field("rir", &rir);
    let range = range.field("start", 64_990).field("end", 64_991);
    let range = C::lift(client.create_at("ipam/asn-ranges", range)).await?;
    assert_eq!(C::lift(range.available_asns().peek(5)).await?[0].asn, 64_990);
    let taken = C::lift(range.available_asns().allocate(2)).await?;
    assert_eq!(taken[1].get::<u32>("asn")?, 64_991);
    assert!(C::lift(range.available_asns().allocate(1)).await.unwrap_err().is_exhausted());
    C::lift(client.delete_many_at("ipam/asns", taken.iter().filter_map(|asn| asn.id())).send()).await?;
    C::lift(range.delete()).await?;
    Ok(())
}
