//! The routes below the objects of the ready-made models.

use netbox_core::{ErrorKind, Mode, Patch, route::RackFace};
use netbox_models::{dcim, extras, ipam};
use serde_json::json;

use super::is_since;
use crate::{Counting, Failure};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    addresses::<C>(client).await?;
    vlans::<C>(client).await?;
    asns::<C>(client).await?;
    others::<C>(client).await
}

async fn addresses<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let parent = Patch::new().set(ipam::Prefix::PREFIX, "203.0.113.160/27");
    let parent = C::lift(client.create::<ipam::Prefix>(parent)).await?;
    let halves = parent.available_prefixes().of::<ipam::Prefix>();
    let halves = C::lift(halves.with(Patch::new().field("prefix_length", 28)).allocate(2)).await?;
    assert_eq!(halves[0].prefix.to_string(), "203.0.113.160/28");
    let two = halves[0].available_ips().of::<ipam::IpAddress>();
    let two = two.with(Patch::new().set(ipam::IpAddress::DESCRIPTION, "allocated"));
    let two = C::lift(two.allocate(2)).await?;
    assert_eq!(two[1].address.to_string(), "203.0.113.162/28");
    assert_eq!(two[1].description, "allocated");

    let range = Patch::new()
        .set(ipam::IpRange::START_ADDRESS, "203.0.113.180/28")
        .set(ipam::IpRange::END_ADDRESS, "203.0.113.182/28");
    let range = C::lift(client.create::<ipam::IpRange>(range)).await?;
    let three = C::lift(range.available_ips().of::<ipam::IpAddress>().allocate(3)).await?;
    assert_eq!(three[2].address.to_string(), "203.0.113.182/28");
    let fourth = range.available_ips().of::<ipam::IpAddress>().allocate(1);
    assert!(C::lift(fourth).await.unwrap_err().is_exhausted());

    let ids = two.iter().chain(&three).map(|address| address.id);
    C::lift(client.delete_many::<ipam::IpAddress>(ids).send()).await?;
    C::lift(range.delete()).await?;
    let ids = halves.iter().map(|prefix| prefix.id).chain([parent.id]);
    C::lift(client.delete_many::<ipam::Prefix>(ids).send()).await?;
    Ok(())
}

/// NetBox answers this allocation without the counters, which the models have.
async fn vlans<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let group = Patch::new()
        .set(ipam::VlanGroup::NAME, "Ready-made")
        .set(ipam::VlanGroup::SLUG, "ready-made")
        .set(ipam::VlanGroup::VID_RANGES, vec![(100, 102)]);
    let group = C::lift(client.create::<ipam::VlanGroup>(group)).await?;
    let asked = client.transport().requests();
    let names = ["b", "a", "c"].map(|name| Patch::new().set(ipam::Vlan::NAME, name));
    let vlans = group.available_vlans().of::<ipam::Vlan>().allocate_each(names);
    let vlans = C::lift(vlans).await?;
    assert_eq!(client.transport().requests() - asked, 2);
    let taken: Vec<_> = vlans.iter().map(|vlan| (vlan.vid, &*vlan.name, vlan.prefix_count)).collect();
    assert_eq!(taken, [(100, "b", 0), (101, "a", 0), (102, "c", 0)]);
    assert!(vlans.iter().all(|vlan| vlan.group.as_ref().is_some_and(|of| of.id() == group.id)));

    C::lift(client.delete_many::<ipam::Vlan>(vlans.iter().map(|vlan| vlan.id)).send()).await?;
    C::lift(group.delete()).await?;
    Ok(())
}

async fn asns<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let rir = Patch::new().set(ipam::Rir::NAME, "Ready-made").set(ipam::Rir::SLUG, "ready-made");
    let rir = C::lift(client.create::<ipam::Rir>(rir)).await?;
    let range = Patch::new()
        .set(ipam::AsnRange::NAME, "Ready-made")
        .set(ipam::AsnRange::SLUG, "ready-made")
        .set(ipam::AsnRange::RIR, &rir)
        .set(ipam::AsnRange::START, 64_980)
        .set(ipam::AsnRange::END, 64_981);
    let range = C::lift(client.create::<ipam::AsnRange>(range)).await?;
    let asns = C::lift(range.available_asns().of::<ipam::Asn>().allocate(2)).await?;
    let taken: Vec<_> = asns.iter().map(|asn| (asn.asn, asn.site_count)).collect();
    assert_eq!(taken, [(64_980, 0), (64_981, 0)]);

    C::lift(client.delete_many::<ipam::Asn>(asns.iter().map(|asn| asn.id)).send()).await?;
    C::lift(range.delete()).await?;
    C::lift(rir.delete()).await?;
    Ok(())
}

async fn others<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let rack = C::lift(client.query::<dcim::Rack>().first()).await?.expect("a rack");
    let units = C::lift(rack.elevation(RackFace::Rear)).await?;
    assert!(units.iter().all(|unit| unit.face == RackFace::Rear.as_str()));

    let template = Patch::new()
        .set(extras::ConfigTemplate::NAME, "Ready-made")
        .set(extras::ConfigTemplate::TEMPLATE_CODE, "site {{ site }}{{ 1 / divisor }}");
    let template = C::lift(client.create::<extras::ConfigTemplate>(template)).await?;
    let rendered = C::lift(template.render(&json!({"site": "Berlin", "divisor": 2}))).await?;
    assert_eq!(rendered.content, "site Berlin0.5");
    assert_eq!(rendered.template.and_then(|template| template.id()), Some(template.id));
    // Before 4.6, NetBox fails on this without saying why.
    let lacking = C::lift(template.render(&())).await.unwrap_err();
    assert!(
        lacking.to_string().contains("'divisor' is undefined")
            || lacking.kind() == ErrorKind::Server && !is_since(client, 6),
        "{lacking}"
    );
    C::lift(template.delete()).await?;
    Ok(())
}
