//! Values of custom fields, of which NetBox says the type.

mod netbox;

use std::sync::Arc;

use netbox::{Netbox, server};
use netbox_plan::{Desired, PlanError};
use serde_json::{Value, json};

/// A NetBox whose sites have a field of each of these types.
fn server_of(kinds: &[(&str, Value)]) -> Arc<Netbox> {
    let server = server();
    for (kind, related) in kinds {
        server.put(
            "extras/custom-fields",
            json!({
                "name": format!("a_{kind}"), "type": kind, "object_types": ["dcim.site"], "related_object_type": related,
                "required": false, "default": null, "choice_set": null,
            }),
        );
    }
    server
}

fn read(custom_fields: Value) -> Desired {
    serde_json::from_value(json!({"dcim/sites": [{"slug": "home", "custom_fields": custom_fields}]})).unwrap()
}

#[test]
fn a_value_refers_to_an_object_of_the_type_that_the_field_has() {
    let server = server_of(&[
        ("object", "dcim.devicerole".into()),
        ("multiobject", "dcim.devicerole".into()),
        ("integer", Value::Null),
        ("date", Value::Null),
        ("datetime", Value::Null),
    ]);
    let role = json!({"dcim/device-roles": {"slug": "leaf"}});
    let site = json!({"dcim/sites": {"slug": "home"}});
    let object = "`a_object` takes {\"dcim/device-roles\": {…}}, with the attributes of an object";
    let multiobject =
        "`a_multiobject` takes a list of {\"dcim/device-roles\": {…}}, with the attributes of an object";
    for (name, value, expected) in [
        ("a_object", site.clone(), Some(object)),
        ("a_object", json!({"slug": "leaf"}), Some(object)),
        ("a_object", json!([role]), Some(object)),
        ("a_object", role.clone(), None),
        ("a_multiobject", json!([role, site]), Some(multiobject)),
        ("a_multiobject", json!([{"slug": "leaf"}]), Some(multiobject)),
        ("a_multiobject", role.clone(), Some(multiobject)),
        ("a_multiobject", json!([role]), None),
        ("a_integer", site, Some("`a_integer` is of type integer, and this is a reference to an object")),
        (
            "a_date",
            "31.1.2026".into(),
            Some("`a_date` is of type date, and \"31.1.2026\" is not: write it as 2026-01-31"),
        ),
        ("a_date", "2026-01-31".into(), None),
        (
            "a_datetime",
            "2026-01-31 10:00:00".into(),
            Some(
                "`a_datetime` is of type datetime, and \"2026-01-31 10:00:00\" is not: write it as 2026-01-31T10:00:00+00:00",
            ),
        ),
        ("a_datetime", "2026-01-31T10:00:00+01:00".into(), None),
    ] {
        let told = match read(json!({name: value})).plan(&server.client()) {
            Err(PlanError::Mistakes(mistakes)) => Some(mistakes[0].message().to_owned()),
            outcome => outcome.map(|_| None).unwrap(),
        };
        assert_eq!(told.as_deref(), expected, "{name}");
    }
}

#[test]
fn json_that_looks_like_what_netbox_shows_is_compared_as_a_whole() {
    let server = server_of(&[("json", Value::Null)]);
    let site = |slug: &str, value: &Value| -> Desired {
        let site = json!({"slug": slug, "name": slug, "custom_fields": {"a_json": value}});
        serde_json::from_value(json!({"dcim/sites": [site]})).unwrap()
    };
    for (slug, value, other) in [
        ("a", json!({"value": 1, "label": "a"}), json!({"value": 1, "label": "b"})),
        ("b", json!({"id": 1, "url": "a", "x": 1}), json!({"id": 1, "url": "a", "x": 2})),
        ("c", json!([{"id": 1, "url": "a"}]), json!([{"id": 1, "url": "b"}])),
    ] {
        let desired = site(slug, &value);
        desired.plan(&server.client()).unwrap().apply().send().unwrap();
        let again = desired.plan(&server.client()).unwrap();
        assert!(again.is_empty(), "{again}");
        assert_eq!(site(slug, &other).plan(&server.client()).unwrap().changes(), 1, "{other}");
    }
}

#[test]
fn values_that_netbox_shows_in_another_form_are_as_described() {
    let server = server_of(&[
        ("object", "dcim.devicerole".into()),
        ("multiobject", "dcim.devicerole".into()),
        ("datetime", Value::Null),
    ]);
    let spine = server.put("dcim/device-roles", json!({"name": "Spine", "slug": "spine"}));
    let role = |slug: &str| json!({"dcim/device-roles": {"slug": slug}});
    let shown =
        |id: u64| json!({"id": id, "url": format!("https://netbox.example.com/api/dcim/device-roles/{id}/")});
    // The list is in the order of the names.
    for (slug, held, described) in [
        (
            "a",
            json!({"a_multiobject": null, "a_datetime": "2026-01-31T10:00:00.500000Z"}),
            json!({"a_multiobject": [], "a_datetime": "2026-01-31T10:00:00.5+00:00"}),
        ),
        (
            "b",
            json!({"a_multiobject": [shown(spine), shown(3)], "a_datetime": "2026-01-31T10:00:00+02:00"}),
            json!({"a_multiobject": [role("leaf"), role("spine"), role("leaf")], "a_datetime": "2026-01-31T10:00:00.0+0200"}),
        ),
    ] {
        server.put("dcim/sites", json!({"name": slug, "slug": slug, "custom_fields": held}));
        let desired = json!({"dcim/sites": [{"slug": slug, "custom_fields": described}]});
        let desired: Desired = serde_json::from_value(desired).unwrap();
        let plan = desired.plan(&server.client()).unwrap();
        assert!(plan.is_empty(), "{plan}");
    }
}
