//! Records in the place of others: copies, equals, and references to them.

use http::Method;
use serde_json::{Value, json as value};

use super::records::{Site, server};
use crate::{
    Blocking, Client, Fk, Patch,
    field::Field,
    fk::GenericFk,
    test::{Canned, json},
    value::Assign,
};

#[test]
fn a_copy_has_all_that_can_be_written_but_for_what_is_said() {
    let client = Canned::<Blocking>::client(|request| {
        let site = value!({
            "id": 7, "url": "https://h/nb/api/dcim/sites/7/", "display": "a", "name": "a", "slug": "a",
            "status": {"value": "active", "label": "Active"}, "region": {"id": 3, "url": "https://h/nb/api/dcim/regions/3/"},
            "tenant": null, "facility": "x", "tags": [{"id": 5, "url": "https://h/nb/api/extras/tags/5/", "slug": "t"}],
            "custom_fields": {"tier": {"value": "b", "label": "B"}, "audited": true, "data": {"value": 1, "label": "own"}},
            "created": "2026-11-28",
            "device_count": 3,
        });
        match *request.method() {
            Method::GET if request.uri().path().ends_with("/custom-fields/") => {
                let fields = [("tier", "select"), ("audited", "boolean"), ("data", "json")].map(|(name, kind)| {
                    value!({"name": name, "type": {"value": kind}, "filter_logic": {"value": "loose"}})
                });
                json(200, &value!({"count": 3, "next": null, "results": fields}))
            }
            Method::POST => {
                json(201, &value!({"id": 8, "url": "https://h/nb/api/dcim/sites/8/", "name": "b"}))
            }
            Method::GET => json(200, &site),
            _ => {
                let fields = site.as_object().unwrap().keys().map(|name| {
                    let is_fixed =
                        ["id", "url", "display", "created", "device_count"].contains(&name.as_str());
                    (name.clone(), value!({"read_only": is_fixed}))
                });
                json(200, &value!({"name": "Sites", "actions": {"POST": fields.collect::<Value>()}}))
            }
        }
    });
    let site = client.get::<Site>(7).unwrap();
    let asks =
        || client.transport().targets().iter().filter(|target| target.contains("custom-fields")).count();
    let patch = || Patch::new().field("name", "b").field("slug", "b").field("region", 4);
    let copy = site.copy(patch().custom_field("audited", false)).unwrap();
    assert_eq!((copy.id, copy.name.as_str(), site.id), (8, "b", 7));
    let sent: Value = serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap();
    let expected = value!({
        "name": "b", "slug": "b", "status": "active", "region": 4, "facility": "x", "tags": [5],
        "custom_fields": {"tier": "b", "audited": false, "data": {"value": 1, "label": "own"}},
    });
    assert_eq!(sent, expected);
    site.copy(patch()).unwrap();
    assert_eq!(asks(), 1, "it is known by now");
}

/// A permission without its constraints would allow more than the one that is copied.
#[test]
fn a_copy_has_lists_of_maps_that_are_no_parts() {
    let rules = value!([{"status": "active"}, {"region": 3}]);
    let part = value!({"type": "field", "child": {"type": "nested object", "children": {"position": {}}}});
    let object = value!({"id": 7, "name": "a", "constraints": rules, "ends": [{"position": 1}]});
    for tells_options in [true, false] {
        let (part, object) = (part.clone(), object.clone());
        let client = Canned::<Blocking>::client(move |request| match *request.method() {
            Method::OPTIONS if !tells_options => json(405, &value!({"detail": "Not here."})),
            Method::OPTIONS => {
                let fields = value!({"name": {}, "constraints": {"type": "field"}, "ends": part});
                json(200, &value!({"name": "Things", "actions": {"POST": fields}}))
            }
            _ => json(200, &object),
        });
        client.get_at("users/permissions", 7).unwrap().copy(Patch::new().field("name", "b")).unwrap();
        let sent: Value =
            serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap();
        assert_eq!(sent, value!({"name": "b", "constraints": rules}));
    }
}

#[test]
fn records_are_equal_if_they_are_of_one_object_with_one_content() {
    let one = server("4.7", |_| false);
    let site = one.get::<Site>(7).unwrap();
    assert_eq!(site, one.get::<Site>(7).unwrap());
    let mut changed = site.clone();
    changed.name.push('!');
    assert_ne!(site, changed);
    let same = json(200, &value!({"id": 7, "name": site.name, "last_updated": site.last_updated}));
    let elsewhere = Client::builder("https://elsewhere.example.com");
    let other = Canned::<Blocking>::new(move |_| same.clone()).under(elsewhere).get::<Site>(7).unwrap();
    assert!(*site == *other && site != other, "one is of another NetBox");
    let untyped = |path: &str| one.get_at(path, 7).unwrap();
    assert_eq!(untyped("dcim/sites"), untyped("dcim/sites"));
    assert_ne!(untyped("dcim/sites"), untyped("dcim/racks"));
}

#[test]
fn a_generic_reference_to_a_record_has_its_type() {
    let client = server("4.7", |_| false);
    let key = GenericFk::from(&client.get::<Site>(7).unwrap());
    assert_eq!((key.object_type(), key.id()), ("dcim.site", 7));
    for (path, expected) in [("dcim/virtual-chassis", "dcim.virtualchassis"), ("dcim/sites", "dcim.site")] {
        let object = client.get_at(path, 7).unwrap();
        let given = Assign::<GenericFk>::give(&object).into_value().ok();
        assert_eq!(given, Some(value!({"object_type": expected, "object_id": 7})));
    }
}

#[test]
fn a_model_is_a_generic_reference_to_itself() {
    const SCOPE: Field<Site, GenericFk> = Field::new("scope", |_| unreachable!()).generic();
    const OPTIONAL: Field<Site, Option<GenericFk>> = Field::new("scope", |_| unreachable!()).generic();
    const ENDS: Field<Site, Vec<GenericFk>> = Field::new("ends", |_| unreachable!());
    let client = server("4.7", |_| false);
    let record = client.get::<Site>(7).unwrap();
    let site: &Site = &record;
    for patch in [Patch::new().set(SCOPE, site), Patch::new().set(OPTIONAL, site)] {
        assert_eq!(patch.value::<String>("scope_type").as_deref(), Some("dcim.site"));
        assert_eq!(patch.value::<u64>("scope_id"), Some(7));
    }
    for patch in [Patch::new().set(ENDS, [site]), Patch::new().set(ENDS, vec![&record])] {
        let ends = value!([{"object_type": "dcim.site", "object_id": 7}]);
        assert_eq!(patch.value::<Value>("ends"), Some(ends));
    }
}

#[test]
fn a_record_is_its_id_wherever_one_is_asked_for() {
    const SITE: Field<Site, Fk<Site>> = Field::new("site", |_| unreachable!());
    let client = server("4.7", |_| false);
    let site = client.get::<Site>(7).unwrap();
    assert_eq!(format!("{:?}", SITE.eq(&site)), "Filter(site_id=7)");
    assert_eq!(Fk::from(&site), Fk::<Site>::new(7));
    assert_eq!(format!("{site:?}"), format!("{:?}", *site));
    client.query_at("dcim/sites").param("region_id", &site).all().unwrap();
    assert!(client.transport().targets().pop().unwrap().contains("region_id=7"));
}
