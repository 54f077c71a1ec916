use netbox_core::{Error, ErrorKind, Mode, Patch, Ref};
use serde_json::{Value, json};

use super::is_since;
use crate::{
    Counting, Failure,
    model::{Region, Site, Tag, Tenant},
};

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    refused::<C>(client).await?;
    let region = C::lift(client.query::<Region>().filter(Region::NAME.eq("Berlin")).one()).await?;
    let tag = C::lift(client.query::<Tag>().filter(Tag::SLUG.eq("production")).one()).await?;
    let tenant = C::lift(client.query::<Tenant>().first()).await?.expect("a tenant");

    // From a typed patch, from JSON, and from what else serde writes.
    let patch = Patch::new()
        .set(Site::NAME, "Patched")
        .set(Site::SLUG, "patched")
        .set(Site::REGION, &region)
        .set(Site::TENANT, Ref::by("name", &tenant.name))
        .set(Site::TAGS, [&tag])
        .custom_field("cost_centre", "PA-0001");
    let patch = if is_since(client, 4) { patch.message("as a patch") } else { patch };
    let site = C::lift(client.create::<Site>(patch)).await?;
    assert_eq!(site.region.as_ref().map(netbox_core::Fk::id), Some(region.id));
    assert_eq!(site.tenant.as_ref().map(netbox_core::Fk::id), Some(tenant.id));
    assert_eq!(site.tags[0].id(), tag.id);

    let patch = || Patch::new().clear(Site::TENANT).set(Site::LATITUDE, 1.5);
    let changed = patch().add_tags(["lab"]).remove_tags([&tag]);
    let site = match C::lift(client.update::<Site>(site.id, changed)).await {
        Err(error) if error.kind() == ErrorKind::Version && !is_since(client, 6) => {
            let lab = patch().set(Site::TAGS, vec![Ref::by("slug", "lab")]);
            C::lift(client.update::<Site>(site.id, lab)).await?
        }
        changed => changed?,
    };
    assert!(
        site.tenant.is_none() && site.latitude.as_ref().is_some_and(|latitude| latitude.as_str() == "1.5")
    );
    assert_eq!(site.tags.len(), 1);
    assert_ne!(site.tags[0].id(), tag.id);
    assert_eq!(site.custom_fields.get::<String>("cost_centre")?.as_deref(), Some("PA-0001"), "kept");

    let patch = Patch::new().clear(Site::TAGS).clear(Site::LATITUDE).set(Site::REGION, region.id);
    let site =
        C::lift(client.update::<Site>(site.id, patch.custom_field("cost_centre", None::<u64>))).await?;
    assert!(site.tags.is_empty() && site.latitude.is_none());
    assert_eq!(site.custom_fields.get::<String>("cost_centre")?, None);
    let site = C::lift(client.update::<Site>(site.id, &json!({"facility": "J"}))).await?;
    assert_eq!(site.facility, "J");
    let nothing = if is_since(client, 4) { Patch::new().message("nothing") } else { Patch::new() };
    let same = C::lift(client.update::<Site>(site.id, nothing)).await?;
    assert_eq!(same, site);

    let taken = json!({"name": "Patched", "slug": "patched"});
    let taken = C::lift(client.create::<Site>(&taken)).await.unwrap_err();
    assert!(taken.is_invalid() && !taken.messages().field("slug").is_empty(), "{taken}");
    let unknown = Patch::new().set(Site::TENANT, Ref::by("slug", "nobody-at-all"));
    assert!(C::lift(client.update::<Site>(site.id, unknown)).await.unwrap_err().is_invalid());
    C::lift(client.delete::<Site>(site.id)).await?;
    Ok(())
}

/// The library refuses all that NetBox would ignore at once, and sends nothing.
async fn refused<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    C::lift(client.options::<Site>()).await?;
    let create =
        async |patch: Patch<Site>| -> Error { C::lift(client.create::<Site>(patch)).await.unwrap_err() };
    let wrong = create((&json!({"nmae": "x", "slug": "x"})).into()).await;
    let before = client.transport().requests();
    for part in ["`nmae` is no field there (did you mean `name`?)", "`name` is required"] {
        assert!(wrong.to_string().contains(part), "{wrong}");
    }
    assert_eq!(wrong.messages().fields().count(), 2);

    let patch = || Patch::new().set(Site::NAME, "x").set(Site::SLUG, "x");
    for (patch, part) in [
        (patch().field("circuit_count", 1), "`circuit_count` is read-only"),
        (patch().set(Site::CREATED, "2026-01-01"), "`created` is read-only"),
        (patch().message("m".repeat(201)), "201 characters"),
        (patch().clear(Site::TAGS).add_tags(["production"]), "either set, or added and removed"),
        (patch().remove_tags(["production"]), "no tags that could be removed"),
        ((&json!(["a list"])).into(), "not a map of fields"),
    ] {
        let refused = create(patch).await;
        assert!(refused.kind() == ErrorKind::Body && refused.to_string().contains(part), "{refused}");
    }
    // Before the endpoint's options refuse the first, it is asked for them again: fields may have come meanwhile.
    assert_eq!(client.transport().requests(), before + 1, "nothing of these was sent");

    let scope = Patch::new().field("prefix", "203.0.113.0/24").field("scope", 1);
    let scope = C::lift(client.create_at("ipam/prefixes", scope)).await.unwrap_err();
    assert!(scope.to_string().contains("write `scope_type` and `scope_id`"), "{scope}");
    let raw: Value = C::lift(client.raw().get("dcim/sites/?name=x")).await?;
    assert_eq!(raw["count"], 0);
    Ok(())
}
