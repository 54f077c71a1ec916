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
fn json_that_looks_like_what_netbox_shows_is_exported_as_it_is() {
    let server = server_of(&[("json", Value::Null), ("select", Value::Null)]);
    let choice = json!({"value": "a", "label": "A"});
    let site = json!({"id": 1, "url": "https://netbox.example.com/api/dcim/sites/1/"});
    for (slug, own) in
        [("a", choice.clone()), ("b", json!([choice])), ("c", site.clone()), ("d", json!([site]))]
    {
        let held = json!({"a_json": own, "a_select": choice});
        server.put("dcim/sites", json!({"name": slug, "slug": slug, "custom_fields": held}));
        let client = server.client();
        let exported = Desired::export(&client, [client.query_at("dcim/sites").param("slug", slug)]).unwrap();
        let document = serde_json::to_value(&exported).unwrap();
        let fields = &document["dcim/sites"][0]["custom_fields"];
        assert_eq!(*fields, json!({"a_json": own, "a_select": "a"}));
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

#[test]
fn a_value_is_compared_as_its_field_has_it() {
    let role = "dcim.devicerole";
    let kinds = [
        "text",
        "longtext",
        "url",
        "integer",
        "decimal",
        "boolean",
        "date",
        "datetime",
        "json",
        "select",
        "multiselect",
        "object",
        "multiobject",
    ];
    let server = server_of(
        &kinds.map(|kind| (kind, if kind.ends_with("object") { role.into() } else { Value::Null })),
    );
    let shown =
        |id: u64| json!({"id": id, "url": format!("https://netbox.example.com/api/dcim/device-roles/{id}/")});
    let choice = |value: &str| json!({"value": value, "label": value.to_uppercase()});
    let (utc, zulu, east) =
        ("2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00Z", "2024-01-01T02:00:00+02:00");
    for (number, (kind, held, described, is_same)) in [
        ("text", json!(zulu), json!(utc), false),
        ("text", json!(null), json!(""), false),
        ("text", json!(" a"), json!("a"), false),
        ("longtext", json!("a\n"), json!("a"), false),
        ("longtext", json!(zulu), json!(utc), false),
        ("url", json!(zulu), json!(utc), false),
        ("url", json!("https://a.example"), json!(" a.example "), true),
        ("url", json!("https://10.0.0.1:80/a:b"), json!("10.0.0.1:80/a:b"), true),
        ("url", json!("https://a.example"), json!("//a.example"), true),
        ("url", json!("https://a.example/b:c"), json!("a.example/b:c"), true),
        ("url", json!("http://a.example"), json!("a.example"), false),
        ("url", json!("mailto:a@a.example"), json!("mailto:a@a.example"), true),
        ("url", json!("https://"), json!(""), false),
        ("url", json!(null), json!(""), false),
        ("integer", json!(1), json!(1), true),
        ("integer", json!(1), json!(2), false),
        ("integer", json!(null), json!(0), false),
        ("decimal", json!("1.50"), json!(1.5), true),
        ("decimal", json!("1e2"), json!(100), true),
        ("decimal", json!("0.12345678901234567890"), json!("0.1234567890123456789"), true),
        ("decimal", json!("0.1234567890123456789"), json!("0.1234567890123456788"), false),
        ("decimal", json!(null), json!(0), false),
        ("boolean", json!(null), json!(false), false),
        ("date", json!("2024-01-01"), json!("2024-01-01"), true),
        ("datetime", json!(east), json!(zulu), true),
        ("datetime", json!("2024-01-01T02:00:00.500000+02:00"), json!("2024-01-01T00:00:00,5+00"), true),
        ("datetime", json!("2024-01-01T00:00:00"), json!(zulu), false),
        ("datetime", json!(null), json!(zulu), false),
        ("json", json!([]), json!(null), false),
        ("json", json!(null), json!([]), false),
        ("json", choice("a"), json!("a"), false),
        ("json", json!([choice("a")]), json!(["a"]), false),
        ("json", shown(3), json!(3), false),
        ("json", json!([shown(4), shown(3)]), json!([3, 4]), false),
        ("json", json!(zulu), json!(utc), false),
        ("json", json!({"a": [1.0]}), json!({"a": [1]}), true),
        ("json", json!([1, 2]), json!([2, 1]), false),
        ("select", json!("a"), json!("a"), true),
        ("select", choice("a"), json!("a"), true),
        ("select", choice("a"), json!("b"), false),
        ("select", choice(zulu), json!(utc), false),
        ("select", choice(""), json!(""), true),
        ("select", choice(""), json!(null), false),
        ("multiselect", json!(["b", "a"]), json!(["a", "b"]), true),
        ("multiselect", json!([choice("b"), choice("a")]), json!(["a", "b"]), true),
        ("multiselect", json!([choice("a")]), json!(["a", "b"]), false),
        ("multiselect", json!(null), json!([]), true),
        ("multiselect", json!([choice("a")]), json!([]), false),
        ("object", shown(3), json!(3), true),
        ("object", shown(3), json!({"dcim/device-roles": {"slug": "leaf"}}), true),
        ("object", shown(4), json!(3), false),
        ("multiobject", json!([shown(4), shown(3)]), json!([4, 3]), true),
        ("multiobject", json!([]), json!(null), true),
        ("multiobject", json!([shown(3)]), json!([]), false),
    ]
    .into_iter()
    .enumerate()
    {
        let (slug, name) = (format!("s{number}"), format!("a_{kind}"));
        server.put("dcim/sites", json!({"name": slug, "slug": slug, "custom_fields": {&name: held}}));
        let site = json!({"slug": slug, "custom_fields": {&name: described}});
        let desired: Desired = serde_json::from_value(json!({"dcim/sites": [site]})).unwrap();
        let plan = desired.plan(&server.client()).unwrap();
        assert_eq!(plan.is_empty(), is_same, "{kind} {held} {described}: {plan}");
    }
}

#[test]
fn a_value_has_the_type_of_a_definition_that_is_described_beside_it() {
    let server = server();
    let plan = |value: &str| {
        let site = json!({"slug": "home", "custom_fields": {"a_date": value}});
        let definition = json!({"name": "a_date", "type": "date", "object_types": ["dcim.site"]});
        let desired = json!({"dcim/sites": [site], "extras/custom-fields": [definition]});
        serde_json::from_value::<Desired>(desired).unwrap().plan(&server.client())
    };
    for is_defined in [false, true] {
        let Err(PlanError::Mistakes(mistakes)) = plan("20260131") else { panic!("no mistake") };
        assert_eq!(
            mistakes[0].to_string(),
            "dcim/sites[0].custom_fields.a_date: `a_date` is of type date, and \"20260131\" is not: write it as 2026-01-31",
        );
        if !is_defined {
            plan("2026-01-31").unwrap().apply().send().unwrap();
        }
    }
}

#[test]
fn a_component_that_netbox_makes_is_compared_by_a_definition_that_is_new_itself() {
    let server = server();
    let device = json!({
        "name": "d", "site": {"slug": "home"}, "role": {"slug": "leaf"}, "device_type": {"slug": "box"},
        "interfaces": [{"name": "mgmt0", "type": "virtual", "custom_fields": {"a_json": []}}],
    });
    let definition = json!({"name": "a_json", "type": "json", "object_types": ["dcim.interface"]});
    let desired: Desired =
        serde_json::from_value(json!({"dcim/devices": [device], "extras/custom-fields": [definition]}))
            .unwrap();
    desired.plan(&server.client()).unwrap().apply().send().unwrap();
    let port = server.dump().into_iter().find(|(name, _)| name.ends_with("mgmt0")).unwrap().1;
    assert_eq!(port.get("custom_fields"), Some(&json!({"a_json": []})));
}

#[test]
fn custom_fields_that_are_not_described_are_left_alone() {
    let server = server_of(&[("integer", Value::Null), ("text", Value::Null)]);
    let custom_fields = |integer: u8| json!({"a_integer": integer, "a_text": "kept"});
    server.touch("dcim/sites", 4, "custom_fields", custom_fields(1));
    read(json!({"a_integer": 2})).plan(&server.client()).unwrap().apply().send().unwrap();
    assert_eq!(custom_fields_of(&server, "home"), custom_fields(2));
}

#[test]
fn a_new_object_may_refer_to_itself() {
    let server = server_of(&[("object", "dcim.site".into())]);
    let definition =
        json!({"name": "a_text", "type": "text", "object_types": ["dcim.site"], "default": "kept"});
    server.put("extras/custom-fields", definition);
    let itself = json!({"a_object": {"dcim/sites": {"slug": "new"}}});
    let desired = json!({"dcim/sites": [{"slug": "new", "name": "New", "custom_fields": itself}]});
    let desired: Desired = serde_json::from_value(desired).unwrap();
    desired.plan(&server.client()).unwrap().apply().send().unwrap();
    let plan = desired.plan(&server.client()).unwrap();
    assert!(plan.is_empty(), "{plan}");
    // The value was set after the object was there, which then had another one.
    assert_eq!(custom_fields_of(&server, "new")["a_text"], "kept");
}

fn custom_fields_of(server: &Netbox, slug: &str) -> Value {
    let slug = Value::from(slug);
    server.dump().into_values().find(|fields| fields.get("slug") == Some(&slug)).unwrap()["custom_fields"]
        .clone()
}
