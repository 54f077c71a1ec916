use serde_json::json as value;

use crate::{
    Blocking,
    test::{Canned, json},
};

#[test]
fn what_plugins_filter_by_is_checked_once_it_is_known() {
    let parameters = value!([{"name": "color", "in": "query"}, {"name": "id", "in": "query"}]);
    let document = value!({"openapi": "3.0.3", "paths": {
        "/nb/api/plugins/acme/widgets/": {"get": {"parameters": parameters}, "post": {}},
        "/nb/api/plugins/acme/widgets/{id}/": {"get": {"parameters": [{"name": "id", "in": "path"}]}},
        "/nb/api/dcim/sites/": {"get": {"parameters": parameters}},
    }});
    let client = Canned::<Blocking>::client(move |request| {
        if request.uri().path().ends_with("/schema/") {
            json(200, &document)
        } else {
            json(200, &value!({"count": 0, "next": null, "results": []}))
        }
    });
    let ask = |path: &str, name: &str| client.query_at(path).param(name, "red").all().map(drop);
    ask("plugins/acme/widgets", "colour").unwrap();

    client.load_schema().unwrap();
    let told = ask("plugins/acme/widgets", "colour").unwrap_err().to_string();
    assert!(told.contains("did you mean `color`?"), "{told}");
    ask("plugins/acme/widgets", "color").unwrap();
    ask("plugins/acme/gadgets", "colour").unwrap();
    ask("dcim/sites", "name").unwrap();
    assert_eq!(client.transport().targets().iter().filter(|target| target.starts_with("schema/")).count(), 1);
}

#[test]
fn a_newer_netbox_tells_its_own_filters() {
    let document = value!({"openapi": "3.0.3", "paths": {
        "/api/dcim/sites/": {"get": {"parameters": [{"name": "orbit", "in": "query"}]}},
    }});
    let client = Canned::<Blocking>::client(move |request| {
        let mut answer = if request.uri().path().ends_with("/schema/") {
            json(200, &document)
        } else {
            json(200, &value!({"count": 0, "next": null, "results": []}))
        };
        answer.headers_mut().insert("api-version", "9.9".parse().unwrap());
        answer
    });
    let ask = |name: &str| client.query_at("dcim/sites").param(name, "low").all().map(drop);
    ask("name").unwrap();
    let told = ask("orbit").unwrap_err().to_string();
    assert!(told.contains("the filters of 9.9 are known only after `load_schema`"), "{told}");
    client.load_schema().unwrap();
    ask("orbit").unwrap();
    assert!(ask("orbti").unwrap_err().to_string().contains("did you mean `orbit`?"));
}
