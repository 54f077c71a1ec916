//! Each ready-made model against the recorded lists of five releases of NetBox: each object is read as it was sent, and what
//! NetBox answers to a create is enough.

use std::sync::Arc;

use netbox_core::{Blocking, Client, Error, ErrorKind, Model, Patch};
use netbox_models::dcim::Site;
use netbox_schema::Method;
use netbox_tests::{
    Counted,
    lists::{Lists, releases},
    truth::{self, Sample, Shown},
};
use serde_json::json;

const ALL: Sample = Sample { oldest: 100, newest: 0, specimens: 0 };

type Server = Arc<Counted<Arc<Lists>>>;

fn client(lists: &Arc<Lists>) -> (Client<Blocking>, Server) {
    let server = Arc::new(Counted::new(Arc::clone(lists)));
    let client = Client::builder("https://netbox.example.com").check_writes(false);
    (client.build(Arc::clone(&server)).unwrap(), server)
}

#[test]
fn each_object_is_read_as_it_was_sent() {
    let mut wrong = Vec::new();
    for release in releases() {
        let lists = Arc::new(Lists::of(&release));
        let (client, _) = client(&lists);
        let entries = truth::entries::<Blocking>();
        let mut models = 0;
        let mut objects = 0;
        for entry in entries.iter().filter(|entry| !lists.objects(entry.endpoint).is_empty()) {
            match truth::read(&client, entry, ALL) {
                Ok(reading) => {
                    models += 1;
                    objects += reading.objects;
                    wrong.extend(reading.wrong.into_iter().map(|what| format!("{release}: {what}")));
                }
                Err(error) => wrong.push(format!("{release}: {}: {error}", entry.endpoint)),
            }
        }
        println!("{release}: {models} models, {objects} objects");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Creates one object, and then so many in one request.
fn create<M: Model>(client: &Client<Blocking>, many: usize) -> Result<[Vec<Shown>; 2], Error> {
    let one = client.create::<M>(Patch::new())?;
    let many = client.create_many::<M>((0..many).map(|_| Patch::new())).send()?;
    let shown = |record: &netbox_core::Record<M, Blocking>| Shown::of::<M>(record);
    Ok([vec![shown(&one)], many.iter().map(shown).collect()])
}

type Create = fn(&Client<Blocking>, usize) -> Result<[Vec<Shown>; 2], Error>;

macro_rules! creates {
    ($($model:path)+) => {
        [$((<$model>::ENDPOINT, create::<$model> as Create)),+]
    };
}

/// One request, and one more where the model has what the answer lacks, however many are created.
#[test]
fn each_object_that_is_created_is_read_whole() {
    let creates = netbox_models::for_each_model!(creates);
    let mut wrong = Vec::new();
    for release in releases() {
        let lists = Arc::new(Lists::of(&release));
        let mut read_again = 0;
        for (endpoint, create) in &creates {
            let objects = lists.objects(endpoint);
            if objects.is_empty() || !is_created(endpoint) {
                continue;
            }
            let (client, server) = client(&lists);
            let mut differ = |what: String| wrong.push(format!("{release}: {endpoint}: {what}"));
            match create(&client, objects.len()) {
                Ok(created) => {
                    for (sent, shown) in created.iter().flat_map(|created| objects.iter().zip(created)) {
                        truth::differences(sent, shown).into_iter().for_each(&mut differ);
                    }
                    let expected = if lists.lacking(endpoint).is_some() { 4 } else { 2 };
                    read_again += expected / 4;
                    if server.requests() != expected {
                        differ(format!("{} requests", server.requests()));
                    }
                }
                Err(error) => differ(error.to_string()),
            }
        }
        println!("{release}: {read_again} models were read again");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn is_created(endpoint: &str) -> bool {
    netbox_schema::endpoint(endpoint).is_some_and(|endpoint| !endpoint.methods().of(Method::Post).is_empty())
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

    // Filters: what is new is taken, what is gone is refused once the server described itself.
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
