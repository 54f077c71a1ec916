//! The library with other versions of NetBox: five that were recorded, one to come, and one that is too old.

use std::sync::Arc;

use netbox_core::{Client, Error, ErrorKind, Patch};
use netbox_models::dcim::Site;
use netbox_tests::{Counted, lists::Lists, versions};
use serde_json::json;

/// Each object is read as it was sent, NetBox's answer to a create suffices, and an object that is put back is as it
/// was.
#[test]
fn each_model_fits_each_version() {
    let tried = versions::try_all();
    let wrong: Vec<_> = tried.iter().flat_map(|tried| &tried.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(tried.len(), 5);
    assert!(
        tried.iter().all(|tried| tried.read > 120 && tried.created > 100 && tried.put_back > 100),
        "{tried:#?}"
    );
}

/// A NetBox 4.8 as it may come: sites have an orbit and lost their facility, one of them floats, and satellites are new.
fn newer() -> Lists {
    let mut lists = Lists::of("4.7.3").called("4.8.0");
    for site in lists.objects_mut("dcim/sites") {
        site.insert("orbit".into(), json!("low"));
        site.insert("status".into(), json!({"value": "floating", "label": "Floating"}));
        site.remove("tenant");
    }
    let satellite = json!({"id": 1, "url": "https://netbox.example.com/api/dcim/satellites/1/", "display": "S1", "name": "S1"});
    lists.objects_mut("dcim/satellites").extend(satellite.as_object().cloned());
    let filter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string"}}});
    lists.document = json!({"paths": {
        "/api/dcim/sites/": {"get": {"parameters": [filter("name"), filter("orbit")]}},
        "/api/dcim/satellites/": {"get": {"parameters": [filter("name")]}},
    }});
    lists
}

#[test]
fn a_newer_netbox_is_read_and_asked_what_is_new() {
    let lists = Arc::new(newer());
    let server = Arc::new(Counted::new(Arc::clone(&lists)));
    let client = Client::builder("https://netbox.example.com").build(Arc::clone(&server)).unwrap();
    let sites = client.query::<Site>().all().unwrap();
    assert_eq!(sites.len(), lists.objects("dcim/sites").len());
    assert!(sites.iter().all(|site| site.tenant.is_none() && site.status == *"floating"));
    assert_eq!(client.query_at("dcim/sites").first().unwrap().unwrap().text("orbit"), Some("low"));
    assert_eq!(client.query_at("dcim/satellites").all().unwrap().len(), 1);

    // Filters: the library accepts a new one, and refuses one that is gone, once the server described itself.
    client.query_at("dcim/sites").param("orbit", "low").all().unwrap();
    let told = |error: Error| error.to_string();
    let mistyped = client.query_at("dcim/satellites").param("nmae", "S1").all().unwrap_err();
    assert!(told(mistyped).contains("did you mean `name`?"));
    let gone = client.query::<Site>().filter(Site::FACILITY.eq("x"));
    assert!(told(gone.clone().all().unwrap_err()).contains("does not describe such a filter of dcim/sites"));
    let deletion = gone.at_most(100).delete().send().unwrap_err();
    assert!(deletion.to_string().contains("does not describe such a filter of dcim/sites"), "{deletion}");

    // Writes: the endpoint's options say what it takes.
    let changed = |patch| client.update_at("dcim/sites", 1, patch).map(|_| ());
    changed(Patch::new().field("orbit", "high")).unwrap();
    let gone = changed(Patch::new().field("tenant", 1)).unwrap_err();
    assert!(gone.kind() == ErrorKind::Body && told(gone).contains("`tenant` is no field there"));
    client.create_at("dcim/satellites", Patch::new().field("name", "S2")).unwrap();
}

/// Nothing is invented for a field that always had a value: the error names it, and who doesn't use it goes on.
#[test]
fn a_field_that_a_newer_netbox_lost_is_named() {
    let mut lists = newer();
    lists.objects_mut("dcim/sites").iter_mut().for_each(|site| drop(site.remove("facility")));
    let client = Client::builder("https://netbox.example.com").build(lists).unwrap();
    let error = client.query::<Site>().first().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("missing field `facility`"), "{error}");
    assert!(client.query_at("dcim/sites").first().unwrap().is_some());
}

#[test]
fn an_older_netbox_is_refused_unless_it_is_allowed() {
    let old = || Arc::new(Counted::new(Lists::of("4.3.7").called("4.2.9")));
    let server = old();
    let client = Client::builder("https://netbox.example.com").build(Arc::clone(&server)).unwrap();
    let refused = [
        client.query::<Site>().first().map(|_| ()),
        client.get::<Site>(1).map(|_| ()),
        client.create::<Site>(Patch::new()).map(|_| ()),
        client.raw().delete("dcim/sites/1"),
    ];
    for refused in refused {
        let error = refused.unwrap_err();
        assert!(error.kind() == ErrorKind::Version && !error.may_have_written());
        let text = "this server is NetBox 4.2, and this library supports 4.3 and later: \
                    `ClientBuilder::allow_unsupported` lets it try";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(server.requests(), 1, "the first answer told it");

    let builder = Client::builder("https://netbox.example.com").allow_unsupported(true);
    let client = builder.build(old()).unwrap();
    assert!(client.query::<Site>().first().unwrap().is_some());
}
