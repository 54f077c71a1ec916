use netbox_core::{ErrorKind, Mode, Patch, Record};

use super::is_since;
use crate::{
    Counting, Failure,
    model::{Prefix, Rack, Region, Site},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let site =
        Patch::new().set(Site::NAME, "Testbed").set(Site::SLUG, "testbed").set(Site::STATUS, "planned");
    let mut site = C::lift(client.create::<Site>(site)).await?;
    changes_are_saved::<C>(client, &mut site).await?;
    conflicts::<C>(client, &mut site).await?;
    listed::<C>(client, site.id).await?;
    whole::<C>(client, site.id).await?;
    generic_references::<C>(client, &site).await?;

    let rack = Patch::new().set(Rack::NAME, "R1").set(Rack::SITE, &site).set(Rack::U_HEIGHT, 12);
    let mut rack = C::lift(client.create::<Rack>(rack)).await?;
    assert_eq!((rack.site.id(), rack.u_height), (site.id, 12));
    let protected = C::lift(site.delete()).await.unwrap_err();
    assert!(protected.is_conflict() && protected.theirs().is_none(), "{protected}");
    if is_since(client, 4) {
        rack.set_message("scenario over");
    }
    C::lift(rack.delete()).await?;
    C::lift(site.refresh()).await?;
    C::lift(client.delete::<Site>(site.id)).await?;
    assert!(C::lift(site.refresh()).await.unwrap_err().is_not_found());
    assert!(C::lift(site.delete()).await.unwrap_err().is_not_found());
    Ok(())
}

async fn changes_are_saved<C: Mode>(client: &Counting<C>, site: &mut Record<Site, C>) -> Result<(), Failure> {
    let before = client.transport().requests();
    assert!(!C::lift(site.save()).await?, "nothing was changed");
    site.name = "Testbed".into();
    assert!(!C::lift(site.save()).await?, "nothing was changed in effect");
    assert_eq!(client.transport().requests(), before);

    let etag = site.etag().map(str::to_owned);
    assert_eq!(etag.is_some(), is_since(client, 6), "the version of what was created");
    site.name = "Testbed 2".into();
    assert_eq!(site.changes()?.names().collect::<Vec<_>>(), ["name"]);
    let message = is_since(client, 4).then_some("renamed");
    if let Some(message) = message {
        site.set_message(message);
    }
    assert!(C::lift(site.save()).await?);
    // Without a version, it is read and compared first.
    assert_eq!(client.transport().requests(), before + if etag.is_some() { 1 } else { 2 });
    assert!(site.name == "Testbed 2" && site.changes()?.is_empty());
    assert!(etag.is_none() || site.etag() != etag.as_deref());
    let change = client.query_at("core/object-changes").param("changed_object_type", "dcim.site");
    let change = change.param("changed_object_id", site.id).order(netbox_core::field::Order::desc("time"));
    let change = C::lift(change.first()).await?.expect("a record of the change");
    assert_eq!(change.text("message"), message);

    // A change of a read-only field is an error, and the record can be used again.
    site.created = None;
    let fixed = C::lift(site.save()).await.unwrap_err();
    assert!(fixed.kind() == ErrorKind::Body && fixed.to_string().contains("`created`"), "{fixed}");
    C::lift(site.refresh()).await?;

    let region = C::lift(client.query::<Region>().filter(Region::NAME.eq("Berlin")).one()).await?;
    site.region = Some(region.id.into());
    site.latitude = Some(52.5.try_into().expect("a number"));
    site.custom_fields.set("cost_centre", "TB-0001")?;
    let changes = site.changes()?;
    assert_eq!(changes.names().collect::<Vec<_>>(), ["custom_fields", "latitude", "region"]);
    C::lift(site.save()).await?;
    let latitude = site.latitude.replace("52.5000".parse()?);
    assert!(site.changes()?.is_empty(), "the same number in another spelling is a change");
    site.latitude = latitude;
    assert_eq!(C::lift(site.region(client)).await?.expect("a region").name, "Berlin");
    assert_eq!(site.custom_fields.get::<String>("cost_centre")?.as_deref(), Some("TB-0001"));
    Ok(())
}

/// Two records change one object: the second write is refused, and nothing of the first is lost.
async fn conflicts<C: Mode>(client: &Counting<C>, site: &mut Record<Site, C>) -> Result<(), Failure> {
    let mut other = C::lift(client.get::<Site>(site.id)).await?;
    other.facility = "theirs".into();
    C::lift(other.save()).await?;

    site.name = "Testbed 3".into();
    let conflict = C::lift(site.save()).await.unwrap_err();
    assert!(conflict.is_conflict(), "{conflict}");
    assert_eq!((conflict.ours(), conflict.theirs()), (site.etag(), other.etag()));
    let conflict = C::lift(site.put()).await.unwrap_err();
    assert!(conflict.is_conflict() && conflict.theirs() == other.etag(), "{conflict}");

    C::lift(site.refresh()).await?;
    assert_eq!(site.facility, "theirs");
    other.facility.push('!');
    C::lift(other.save()).await?;
    let before = client.transport().requests();
    C::lift(site.save_with(|site| site.name = format!("Testbed of {}", site.facility))).await?;
    // Refused, read again, and written; where objects have no versions, they are read before each write.
    let expected = if is_since(client, 6) { 3 } else { 4 };
    assert_eq!(client.transport().requests(), before + expected);
    assert_eq!(site.name, "Testbed of theirs!");
    Ok(())
}

/// A record of a list knows no version; it is compared with what is there.
async fn listed<C: Mode>(client: &Counting<C>, id: u64) -> Result<(), Failure> {
    let query = || client.query::<Site>().param("id", id).one();
    let mut first = C::lift(query()).await?;
    let mut second = C::lift(query()).await?;
    assert!(first.etag().is_none() && first == second);
    first.facility = "first".into();
    C::lift(first.save()).await?;
    second.facility = "second".into();
    let conflict = C::lift(second.save()).await.unwrap_err();
    assert!(conflict.is_conflict() && conflict.theirs() == first.etag(), "{conflict}");
    Ok(())
}

/// A PUT sends the fields that the model does not have as they were.
async fn whole<C: Mode>(client: &Counting<C>, id: u64) -> Result<(), Failure> {
    let patch = Patch::new().field("comments", "kept").field("physical_address", "Invalidenstraße 1");
    let before = C::lift(client.update_at("dcim/sites", id, patch)).await?;
    let mut site = C::lift(client.get::<Site>(id)).await?;
    site.facility = "whole".into();
    C::lift(site.put()).await?;
    assert!(site.facility == "whole" && site.changes()?.is_empty());
    let after = C::lift(client.get_at("dcim/sites", id)).await?;
    for name in before.names().filter(|name| !["facility", "last_updated"].contains(name)) {
        let (before, after) = (before.get::<serde_json::Value>(name)?, after.get::<serde_json::Value>(name)?);
        assert_eq!(before, after, "{name}");
    }
    Ok(())
}

async fn generic_references<C: Mode>(client: &Counting<C>, site: &Record<Site, C>) -> Result<(), Failure> {
    let patch = Patch::new().set(Prefix::PREFIX, "203.0.113.192/28").set(Prefix::SCOPE, site);
    let mut prefix = C::lift(client.create::<Prefix>(patch)).await?;
    let scope = prefix.scope.take().expect("a scope");
    assert!(scope.is::<Site>() && scope.id() == site.id);
    assert_eq!(prefix.changes()?.names().collect::<Vec<_>>(), ["scope_id", "scope_type"]);
    C::lift(prefix.save()).await?;
    assert!(prefix.scope.is_none());
    prefix.scope = Some(scope);
    C::lift(prefix.save()).await?;
    assert!(prefix.scope.as_ref().is_some_and(netbox_core::fk::GenericFk::is::<Site>));
    C::lift(prefix.delete()).await?;
    Ok(())
}
