//! The fields of a record that are sent.
#![deny(warnings)]

use netbox_core::{Blocking, Fk, NetboxModel, Record, fk::GenericFk, value::{Choice, CustomFields, Decimal, IpPrefix, Timestamp}};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod canned;

use canned::{check, record, refused};

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Phase {
    Planned,
    InUse,
}

/// A field of each kind.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
struct Thing {
    id: u64,
    name: String,
    serial: Option<String>,
    height: u16,
    latitude: Option<f64>,
    position: Decimal,
    active: bool,
    status: Choice,
    airflow: Option<Choice>,
    installed: Timestamp,
    prefix: IpPrefix,
    #[fk]
    site: Fk<Site>,
    #[fk]
    home: Option<Fk<Site>>,
    #[fk]
    tags: Vec<Fk<Tag>>,
    scope: GenericFk,
    #[netbox(write = "parent_object")]
    parent: Option<GenericFk>,
    ends: Vec<GenericFk>,
    custom_fields: CustomFields,
    phase: Phase,
    words: Vec<String>,
    context: Value,
    #[serde(rename = "type", alias = "kind")]
    r#type: String,
    #[netbox(read_only)]
    path: String,
    #[serde(skip_serializing)]
    slug: String,
    device_count: u64,
    created: Timestamp,
    _depth: u8,
}

fn thing() -> Record<Thing, Blocking> {
    let nested =
        |path: &str, id: u64| json!({"id": id, "url": format!("https://h/api/{path}/{id}/"), "display": "x"});
    record(json!({
        "id": 1, "name": "a", "serial": null, "height": 4, "latitude": 1.5, "position": 2.0, "active": true,
        "status": {"value": "active", "label": "Active"}, "airflow": {"value": "passive", "label": "Passive"},
        "installed": "2026-11-25T00:00:00Z", "prefix": "10.0.0.0/8",
        "site": nested("dcim/sites", 7), "home": nested("dcim/sites", 8), "tags": [nested("extras/tags", 5), nested("extras/tags", 3)],
        "scope": nested("dcim/sites", 7), "parent": {"object_type": "dcim.site", "object_id": 8, "object": null},
        "ends": [{"object_type": "dcim.interface", "object_id": 9, "object": {"display": "xe-0"}}],
        "custom_fields": {"level": 1, "tier": {"value": "a", "label": "A"}, "owner": nested("tenancy/tenants", 2)},
        "phase": "planned", "words": ["b", "a"], "context": {"a": {"value": 1, "label": "mine"}}, "kind": "x",
        "path": "/a", "slug": "a", "device_count": 3, "created": "2026-11-25T00:00:00Z", "_depth": 0,
    }))
}

fn main() {
    check(thing(), |_| {}, json!({}));
    check(thing(), |thing| thing.name = "a".into(), json!({}));

    // As NetBox takes it, by NetBox's names.
    check(
        thing(),
        |thing| {
            thing.name = "b".into();
            thing.serial = Some("s".into());
            thing.height = 5;
            thing.latitude = None;
            thing.position = 2.5.try_into().unwrap();
            thing.active = false;
            thing.status = "planned".into();
            thing.airflow = None;
            thing.installed = "2026-11-26T00:00:00Z".into();
            thing.prefix = "10.0.0.0/9".parse().unwrap();
            thing.site = Fk::new(1);
            thing.home = None;
            thing.phase = Phase::InUse;
            thing.words.sort();
            thing.context["a"] = json!({"value": 2, "label": "mine"});
            thing.r#type = "y".into();
        },
        json!({"name": "b", "serial": "s", "height": 5, "latitude": null, "position": 2.5, "active": false,
            "status": "planned", "airflow": null, "installed": "2026-11-26T00:00:00Z", "prefix": "10.0.0.0/9",
            "site": 1, "home": null, "phase": "in-use", "words": ["a", "b"],
            "context": {"a": {"value": 2, "label": "mine"}}, "type": "y"}),
    );
    // The same by another label is the same.
    check(thing(), |thing| thing.status = "active".into(), json!({}));
    check(thing(), |thing| thing.site = Fk::new(7), json!({}));

    // A list of keys is a set.
    check(thing(), |thing| thing.tags.reverse(), json!({}));
    check(thing(), |thing| thing.tags.push(Fk::new(5)), json!({}));
    check(thing(), |thing| thing.tags.push(Fk::new(4)), json!({"tags": [3, 4, 5]}));
    check(thing(), |thing| thing.tags.clear(), json!({"tags": []}));

    // A generic reference is two fields, which go out together.
    let rack = |id| GenericFk::new("dcim.rack", id);
    check(thing(), |thing| thing.scope = rack(1), json!({"scope_type": "dcim.rack", "scope_id": 1}));
    check(thing(), |thing| thing.scope = GenericFk::new("dcim.site", 7), json!({}));
    let moved = json!({"scope_type": "dcim.site", "scope_id": 8});
    check(thing(), |thing| thing.scope = GenericFk::new("dcim.site", 8), moved);
    check(
        thing(),
        |thing| thing.parent = Some(rack(1)),
        json!({"parent_object_type": "dcim.rack", "parent_object_id": 1}),
    );
    check(
        thing(),
        |thing| thing.parent = None,
        json!({"parent_object_type": null, "parent_object_id": null}),
    );
    check(
        thing(),
        |thing| thing.ends.push(rack(1)),
        json!({"ends": [{"object_type": "dcim.interface", "object_id": 9}, {"object_type": "dcim.rack", "object_id": 1}]}),
    );

    // Only the custom fields that changed are sent.
    check(
        thing(),
        |thing| {
            thing.custom_fields.set("level", 2).unwrap();
            thing.custom_fields.set("tier", "a").unwrap();
            thing.custom_fields.set("owner", None::<u64>).unwrap();
        },
        json!({"custom_fields": {"level": 2, "owner": null}}),
    );

    refused(thing(), |thing| thing.id = 2, &["the id of a record can't be changed"]);
    refused(
        thing(),
        |thing| thing.path.push('b'),
        &["`path` changed, which NetBox does not let anybody write"],
    );
    refused(thing(), |thing| thing.slug.push('b'), &["`slug` changed"]);
    refused(
        thing(),
        |thing| {
            thing.name = "b".into();
            thing.device_count += 1;
            thing._depth += 1;
            thing.created = "".into();
        },
        &["`_depth`, `created`, `device_count` changed"],
    );
}
