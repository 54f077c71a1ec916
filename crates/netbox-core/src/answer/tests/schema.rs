//! Filters that only the server knows.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Error, Fk, Model, Patch,
    field::Field,
    patch::Form,
    test::{Asking, Canned, Site, json},
};

#[derive(Deserialize)]
struct Widget {
    id: u64,
    #[serde(default = "no_site")]
    site: Fk<Site>,
}

fn no_site() -> Fk<Site> {
    Fk::new(1)
}

impl Model for Widget {
    const ENDPOINT: &'static str = "plugins/acme/widgets";

    fn id(&self) -> u64 {
        self.id
    }

    fn write(&self, _: &mut Form) {}
}

impl Widget {
    const SITE: Field<Self, Fk<Site>> = Field::new("site", |widget| &widget.site);
}

fn parameter(name: &str, schema: &Value) -> Value {
    value!({"name": name, "in": "query", "schema": schema})
}

fn document() -> Value {
    let several = value!({"type": "array", "items": {"type": "string"}});
    let parameters = value!([
        parameter("color", &several),
        parameter("site", &value!({"type": "array", "items": {"type": "integer"}})),
        parameter("locked", &value!({"type": "boolean"})),
        parameter("once", &value!({"type": "string"})),
    ]);
    let body = value!({"content": {"application/json": {"schema": {"oneOf": [
        {"$ref": "#/components/schemas/Widget"}, {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}},
    ]}}}});
    let properties =
        value!({"name": {"type": "string"}, "extra": {"nullable": true}, "site": {"type": "integer"}});
    value!({"openapi": "3.0.3", "components": {"schemas": {"Widget": {"properties": properties}}}, "paths": {
        "/nb/api/plugins/acme/widgets/": {"get": {"parameters": parameters}, "post": {"requestBody": body}},
        "/nb/api/plugins/acme/widgets/{id}/": {"get": {"parameters": [{"name": "id", "in": "path"}]}},
        "/nb/api/plugins/custom-objects/{custom_object_type}/": {"get": {"parameters": parameters}},
        "/nb/api/dcim/sites/": {"get": {"parameters": [parameter("orbit", &several)]}},
    }})
}

/// A NetBox with plugins, of that version, which lists two objects everywhere.
fn netbox(version: &'static str) -> Asking<Blocking> {
    Canned::<Blocking>::client(move |request| {
        let path = request.uri().path();
        let mut answer = if path.ends_with("/schema/") {
            json(200, &document())
        } else if path.ends_with("/status/") {
            json(200, &value!({"netbox-version": "4.7.3", "plugins": {"netbox_custom_objects": "0.7.1"}}))
        } else if path.ends_with("/custom-object-types/") {
            let fields = value!([{"name": "note", "type": "text", "filter_logic": "loose"}]);
            let known = request.uri().query().unwrap().contains("slug=gadgets");
            let results = if known { vec![value!({ "fields": fields })] } else { Vec::new() };
            json(200, &value!({"count": 1, "next": null, "results": results}))
        } else {
            json(200, &value!({"count": 2, "next": null, "results": [{"id": 1}, {"id": 2}]}))
        };
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    })
}

fn asks(client: &Asking<Blocking>, path: &str) -> usize {
    client.transport().targets().iter().filter(|target| target.starts_with(path)).count()
}

fn read(client: &Asking<Blocking>, path: &str, name: &str, value: &str) -> Result<usize, Error> {
    client.query_at(path).param(name, value).all().map(|all| all.len())
}

#[track_caller]
fn check_refused<R: std::fmt::Debug>(result: Result<R, impl std::fmt::Display + std::fmt::Debug>, why: &str) {
    let told = result.unwrap_err().to_string();
    assert!(told.contains(why), "{told}");
}

#[test]
fn a_filter_of_a_plugin_is_checked_by_what_the_server_describes() {
    let client = netbox("4.7");
    read(&client, "dcim/sites", "name", "x").unwrap();
    client.query_at("plugins/acme/widgets").all().unwrap();
    assert_eq!(asks(&client, "schema/"), 0, "nothing that needs it was asked");

    read(&client, "plugins/acme/widgets", "color", "red").unwrap();
    read(&client, "plugins/acme/widgets", "color", "blue").unwrap();
    assert_eq!(asks(&client, "schema/"), 1);
    check_refused(read(&client, "plugins/acme/widgets", "colour", "red"), "did you mean `color`?");
    assert_eq!(asks(&client, "schema/"), 1, "no plugin has another version");
    check_refused(read(&client, "plugins/acme/widgets", "locked", "maybe"), "either true or false");
    let twice = client.query_at("plugins/acme/widgets").param("once", ["a", "b"]);
    check_refused(twice.clone().all(), "takes one value");
    check_refused(twice.count(), "takes one value");
    check_refused(read(&client, "plugins/acme/gadgets", "color", "red"), "does not describe such a list");
    client.query_at("plugins/acme/gadgets").param_unchecked("color", "red").all().unwrap();
}

#[test]
fn a_plugin_that_was_replaced_is_described_anew() {
    static VERSION: AtomicUsize = AtomicUsize::new(1);
    let client = Canned::<Blocking>::client(|request| {
        let version = VERSION.load(SeqCst);
        let parameters = value!([parameter(&format!("color{version}"), &value!({"type": "string"}))]);
        let widgets = value!({"get": {"parameters": parameters}});
        json(
            200,
            &match request.uri().path() {
                path if path.ends_with("/schema/") => {
                    value!({"paths": {"/api/plugins/acme/widgets/": widgets}})
                }
                path if path.ends_with("/status/") => {
                    value!({"netbox-version": "4.7.3", "plugins": {"acme": version.to_string()}})
                }
                _ => value!({"count": 0, "next": null, "results": []}),
            },
        )
    });
    read(&client, "plugins/acme/widgets", "color1", "red").unwrap();
    VERSION.store(2, SeqCst);
    read(&client, "plugins/acme/widgets", "color2", "red").unwrap();
    check_refused(read(&client, "plugins/acme/widgets", "color1", "red"), "did you mean `color2`?");
    assert_eq!(asks(&client, "schema/"), 2);
}

#[test]
fn nothing_is_written_by_a_filter_that_the_server_does_not_describe() {
    let client = netbox("4.7");
    let widgets = |name: &str| client.query_at("plugins/acme/widgets").param(name, "red").at_most(5);
    check_refused(widgets("colour").delete().send(), "did you mean `color`?");
    check_refused(widgets("colour").update(Patch::new().field("name", "x")).send(), "did you mean `color`?");
    check_refused(
        client.query_at("dcim/racks/7/elevation").param("face", "x").at_most(5).delete().send(),
        "nobody knows",
    );
    assert!(client.transport().requests().iter().all(|request| request.method() == "GET"));
}

#[test]
fn a_filter_by_a_key_is_called_as_the_server_calls_it() {
    let client = netbox("4.7");
    client.query::<Widget>().filter(Widget::SITE.eq(3)).all().unwrap();
    let asked = client.transport().targets().pop().unwrap();
    assert!(asked.starts_with("plugins/acme/widgets/") && asked.contains("?site=3"), "{asked}");
}

#[test]
fn custom_objects_have_the_filters_of_their_type() {
    let client = netbox("4.7");
    let gadgets = "plugins/custom-objects/gadgets";
    for name in ["note", "note__isw", "id"] {
        read(&client, gadgets, name, "1").unwrap();
    }
    assert_eq!(
        (asks(&client, "plugins/custom-objects/custom-object-types/"), asks(&client, "schema/")),
        (1, 0)
    );
    check_refused(read(&client, gadgets, "note2", "x"), "did you mean `note`?");
    let types = asks(&client, "plugins/custom-objects/custom-object-types/");
    assert_eq!(types, 2, "the type may have changed, and is read again before anything is refused");
    check_refused(client.query_at(gadgets).param("note", ["a", "b"]).all(), "takes one value");
    check_refused(read(&client, "plugins/custom-objects/gizmos", "note", "x"), "nobody knows the filters");
}

/// A value that looks like a reference is one, unless the server describes it as JSON.
#[test]
fn json_of_the_users_own_survives_being_put() {
    let site = value!({"id": 7, "url": "https://h/nb/api/dcim/sites/7/", "display": "A"});
    let object = value!({"id": 1, "name": "w", "site": site, "extra": {"id": 7, "url": "mine"}, "note": {"id": 8, "url": "x"}});
    for (path, own) in [("plugins/acme/widgets", "extra"), ("plugins/custom-objects/gadgets", "note")] {
        let object = object.clone();
        let client = Canned::<Blocking>::client(move |request| {
            let path = request.uri().path();
            let fields = value!([{"name": "note", "type": "json", "filter_logic": "loose"}]);
            let empty = || value!({"type": "field"});
            let taken = value!({"name": empty(), "site": empty(), "extra": empty(), "note": empty()});
            json(
                200,
                &match request.method().as_str() {
                    "OPTIONS" => value!({"name": "Things", "actions": {"POST": taken}}),
                    "GET" if path.ends_with("/schema/") => document(),
                    "GET" if path.ends_with("/status/") => value!({"netbox-version": "4.7.3"}),
                    "GET" if path.ends_with("/custom-object-types/") => {
                        value!({"results": [{"fields": fields}]})
                    }
                    _ => object.clone(),
                },
            )
        });
        let mut record = client.get_at(path, 1).unwrap();
        record.set("name", "w2").unwrap();
        record.put().unwrap();
        let sent: Value =
            serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap();
        let other = if own == "extra" { "note" } else { "extra" };
        assert_eq!((&sent["site"], sent[other].is_u64()), (&value!(7), true), "{sent}");
        assert!(sent[own].is_object() && sent["name"] == "w2", "{sent}");
    }
}

#[test]
fn a_description_that_can_not_be_read_is_an_error() {
    let client = Canned::<Blocking>::client(|_| json(403, &value!({"detail": "Not for you."})));
    let error = read(&client, "plugins/acme/widgets", "color", "red").unwrap_err();
    assert!(error.is_forbidden(), "{error}");
    check_refused::<usize>(Err(error), "the filters of plugins/acme/widgets are not known, since");
}

#[test]
fn a_newer_netbox_tells_its_own_filters() {
    let client = netbox("9.9");
    read(&client, "dcim/sites", "name", "low").unwrap();
    assert_eq!(asks(&client, "schema/"), 0);
    read(&client, "dcim/sites", "orbit", "low").unwrap();
    check_refused(read(&client, "dcim/sites", "orbti", "low"), "did you mean `orbit`?");
    check_refused(read(&netbox("4.7"), "dcim/sites", "orbit", "low"), "unknown filter `orbit`");
}

#[test]
fn a_newer_netbox_may_have_lost_a_filter() {
    let sites =
        |client: &Asking<Blocking>, name: &str| client.query_at("dcim/sites").param(name, "x").at_most(5);
    for knows_version in [false, true] {
        let client = netbox("9.9");
        if knows_version {
            client.status().unwrap();
        }
        check_refused(
            sites(&client, "name").delete().send(),
            "does not describe such a filter of dcim/sites",
        );
        check_refused(sites(&client, "name").ids(), "does not describe such a filter of dcim/sites");
        check_refused(
            read(&client, "dcim/sites", "name", "x"),
            "does not describe such a filter of dcim/sites",
        );
        sites(&client, "orbit").delete().send().unwrap_err();
        let methods: Vec<String> =
            client.transport().requests().iter().map(|request| request.method().to_string()).collect();
        let deletions = methods.iter().filter(|method| *method == "DELETE").count();
        assert_eq!((deletions, asks(&client, "schema/")), (1, 1), "{methods:?}");
    }
}
