use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use bytes::Bytes;
use http::{Method, header};
use serde::Deserialize;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, Error, ErrorKind, Model, Patch,
    patch::Form,
    test::{Asking, Canned, json},
    transport::{Request, Response},
};

#[derive(Debug, PartialEq, Clone, Deserialize)]
pub(super) struct Site {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) last_updated: Option<String>,
}

impl crate::route::Synced for Site {}

impl Model for Site {
    const ENDPOINT: &'static str = "dcim/sites";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id", "name", "last_updated"]);

    fn id(&self) -> u64 {
        self.id
    }

    fn write(&self, form: &mut Form) {
        form.field("name", &self.name);
        form.field("last_updated", &self.last_updated);
    }
}

/// A site, with an `ETag` if the server has those.
pub(super) fn site(version: &str, name: &str, etag: Option<&str>) -> Response {
    let mut answer = json(200, &value!({"id": 7, "name": name, "last_updated": etag}));
    if let Some(etag) = etag.filter(|_| version >= "4.6") {
        answer.headers_mut().insert(header::ETAG, etag.parse().unwrap());
    }
    answer
}

/// A NetBox of that version with one site, which `interfere` may change before the n-th request is answered.
pub(super) fn server(
    version: &'static str,
    interfere: impl Fn(usize) -> bool + Send + Sync + 'static,
) -> Asking<Blocking> {
    let (asked, changes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    Canned::client(move |request: &Request| {
        if interfere(asked.fetch_add(1, SeqCst)) {
            changes.fetch_add(1, SeqCst);
        }
        let etag = format!("W/\"{}\"", changes.load(SeqCst));
        let path = request.uri().path();
        let mut answer = match *request.method() {
            Method::DELETE => http::Response::builder().status(204).body(Bytes::new()).unwrap(),
            Method::OPTIONS => json(200, &value!({"name": "Sites"})),
            Method::GET if path.ends_with("/sites/") => json(
                200,
                &value!({"count": 1, "next": null, "results": [{"id": 7, "name": "a", "last_updated": etag}]}),
            ),
            Method::GET => site(version, "a", Some(&etag)),
            _ => {
                let guard = request.headers().get(header::IF_MATCH);
                if version >= "4.6" && guard.is_some_and(|guard| guard != etag.as_str()) {
                    let mut refused = json(412, &value!({"detail": "Precondition failed."}));
                    refused.headers_mut().insert(header::ETAG, etag.parse().unwrap());
                    refused
                } else {
                    let sent: Value = serde_json::from_slice(request.body()).unwrap();
                    site(version, sent["name"].as_str().unwrap_or("a"), Some("W/\"new\""))
                }
            }
        };
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    })
}

fn methods(client: &Asking<Blocking>) -> Vec<String> {
    client.transport().requests().iter().map(|request| request.method().to_string()).collect()
}

#[test]
fn a_version_that_is_known_is_sent_and_no_other_request_is() {
    let client = server("4.7", |_| false);
    let mut site = client.get::<Site>(7).unwrap();
    site.name = "b".into();
    assert!(site.save().unwrap());
    assert_eq!(methods(&client), ["GET", "PATCH"]);
    let patch = &client.transport().requests()[1];
    assert_eq!(patch.body(), &br#"{"name":"b"}"#[..]);
    assert_eq!(patch.headers()["if-match"], "W/\"0\"");
    assert_eq!(patch.uri().path(), "/nb/api/dcim/sites/7/");
    assert_eq!((site.name.as_str(), site.etag()), ("b", Some("W/\"new\"")));
    assert!(!site.save().unwrap());
    assert_eq!(methods(&client).len(), 2);
}

#[test]
fn a_record_of_a_list_is_compared_first() {
    for version in ["4.7", "4.5"] {
        let client = server(version, |_| false);
        let mut site = client.query::<Site>().one().unwrap();
        site.name = "b".into();
        site.save().unwrap();
        assert_eq!(methods(&client), ["GET", "GET", "PATCH"], "{version}");
        let guarded = client.transport().requests()[2].headers().contains_key("if-match");
        assert_eq!(guarded, version == "4.7");

        // The list is read first, and what comes second is the comparison.
        let client = server(version, |number| number == 1);
        let mut site = client.query::<Site>().one().unwrap();
        site.name = "b".into();
        let conflict = site.save().unwrap_err();
        assert!(conflict.is_conflict() && conflict.ours().is_none(), "{conflict}");
        assert_eq!(conflict.theirs().is_some(), version == "4.7");
        assert_eq!(methods(&client), ["GET", "GET"], "nothing was written");
        assert_eq!(site.name, "b", "and the change is still there");
    }
}

#[test]
fn an_object_is_put_only_if_it_is_as_it_was_read() {
    for version in ["4.7", "4.5"] {
        for interferes in [false, true] {
            let client = server(version, move |number| interferes && number == 1);
            let put = client.get::<Site>(7).unwrap().put();
            assert_eq!(put.is_err_and(|error| error.is_conflict()), interferes, "{version}");
            assert_eq!(methods(&client).contains(&"PUT".to_owned()), !interferes, "{version}");
        }
    }
}

/// A model that rounds a number must not round it in NetBox.
#[test]
fn a_field_that_was_not_changed_is_put_as_netbox_has_it() {
    #[derive(Deserialize)]
    struct Rounded {
        id: u64,
        name: String,
        latitude: f32,
    }
    impl Model for Rounded {
        const ENDPOINT: &'static str = "dcim/sites";

        fn id(&self) -> u64 {
            self.id
        }

        fn write(&self, form: &mut Form) {
            form.field("name", &self.name);
            form.field("latitude", &self.latitude);
        }
    }
    let site = value!({"id": 7, "name": "a", "latitude": 52.520_001, "status": {"value": "active", "label": "Active"}});
    let client = Canned::<Blocking>::client(move |_| json(200, &site));
    let mut site = client.get::<Rounded>(7).unwrap();
    site.name.push('b');
    site.put().unwrap();
    let sent: Value = serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap();
    assert_eq!(sent, value!({"name": "ab", "latitude": 52.520_001, "status": "active"}));
}

#[test]
fn saving_with_a_closure_gives_up_in_the_end() {
    let client = server("4.7", |number| number > 0);
    let mut site = client.get::<Site>(7).unwrap();
    let mut tries = 0;
    let conflict = site.save_with(|site| {
        tries += 1;
        site.name.push('b');
    });
    let conflict = conflict.unwrap_err();
    assert!(conflict.is_conflict() && conflict.ours() != conflict.theirs(), "{conflict}");
    assert_eq!(tries, 5);
    assert_eq!(site.name, "ab", "applied to what was read last");
    let unsaved = site.save_with(|_| {}).unwrap_err();
    assert_eq!(unsaved.kind(), ErrorKind::Body);
}

#[test]
fn a_message_survives_a_conflict() {
    let client = server("4.7", |number| number == 1);
    let mut site = client.get::<Site>(7).unwrap();
    site.set_message("why").save_with(|site| site.name.push('b')).unwrap();
    let sent = client.transport().requests().pop().unwrap();
    let body: Value = serde_json::from_slice(sent.body()).unwrap();
    assert_eq!((methods(&client).len(), &body["changelog_message"]), (4, &value!("why")));
}

#[test]
fn a_record_is_the_object_that_was_read() {
    let client = server("4.7", |_| false);
    let mut site = client.get::<Site>(7).unwrap();
    site.id = 8;
    assert_eq!(site.url().as_deref(), Some("https://h/nb/api/dcim/sites/7/"));
    let told = site.save().unwrap_err().to_string();
    assert!(told.contains("id of a record can't be changed"), "{told}");
    site.delete().unwrap();
    assert!(client.transport().targets().last().unwrap().ends_with("sites/7/"));
}

#[test]
fn a_model_that_does_not_say_how_it_is_written_is_read_all_the_same() {
    #[derive(Debug, Deserialize)]
    struct Bare {
        id: u64,
        name: String,
    }

    impl Model for Bare {
        const ENDPOINT: &'static str = "dcim/sites";

        fn id(&self) -> u64 {
            self.id
        }
    }

    let client = server("4.7", |_| false);
    let mut site = client.get::<Bare>(7).unwrap();
    site.name.push('b');
    let told = site.save().unwrap_err().to_string();
    assert!(told.contains("implement `Model::write`"), "{told}");
    assert_eq!(methods(&client), ["GET"]);
}

/// The result of a POST that is answered with `answer`.
fn created(answer: Response) -> Result<(), Error> {
    let client = Canned::<Blocking>::client(move |request| match *request.method() {
        Method::OPTIONS => json(403, &value!({"detail": "no"})),
        _ => answer.clone(),
    });
    client.create::<Site>(&value!({"name": "a"})).map(|_| ())
}

#[test]
fn what_was_created_and_cannot_be_read_is_told() {
    let mut answer = json(201, &value!({"id": 7, "name": null}));
    answer.headers_mut().insert(header::LOCATION, "https://h/nb/api/dcim/sites/7/".parse().unwrap());
    let error = created(answer).unwrap_err();
    assert!(error.is_decode() && error.created() == ["https://h/nb/api/dcim/sites/7/"], "{error}");
    assert!(error.to_string().contains("the object itself was created"), "{error}");

    let login = http::Response::builder()
        .header("content-type", "text/html")
        .body(Bytes::from_static(b"<html>"))
        .unwrap();
    let error = created(login).unwrap_err();
    assert!(error.to_string().contains("whether the POST was carried out is not known"), "{error}");
}

#[test]
fn what_a_server_would_ignore_for_its_age_is_refused() {
    let refused = |version: &'static str, patch: Patch<Site>| {
        let client = server(version, |_| false);
        let told = client.update::<Site>(7, patch).err().map(|error| (error.kind(), error.to_string()));
        (told, methods(&client).contains(&"PATCH".to_owned()))
    };
    let (told, sent) = refused("4.5", Patch::new().add_tags(["a"]));
    let (kind, text) = told.unwrap();
    assert!(
        kind == ErrorKind::Version && text.contains("add_tags needs NetBox 4.6 or later: this server is 4.5"),
        "{text}"
    );
    assert!(!sent);
    assert!(
        refused("4.3", Patch::new().field("name", "b").message("why"))
            .0
            .unwrap()
            .1
            .contains("changelog_message")
    );
    assert_eq!(refused("4.4", Patch::new().field("name", "b").message("why")), (None, true));
    assert_eq!(refused("4.6", Patch::new().add_tags(["a"])), (None, true));

    let client = server("4.6", |_| false);
    let told = client.delete_many::<Site>([7]).background().unwrap_err();
    assert_eq!(told.error().kind(), ErrorKind::Version);
    assert!(!methods(&client).contains(&"DELETE".to_owned()));
}

#[test]
fn an_endpoint_is_asked_once_what_it_takes_or_never() {
    let client = server("4.7", |_| false);
    client.update::<Site>(7, Patch::new().field("name", "b")).unwrap();
    client.update::<Site>(7, Patch::new().field("name", "c")).unwrap();
    assert_eq!(methods(&client), ["OPTIONS", "PATCH", "PATCH"]);

    let transport = Canned::<Blocking>::new(|_| site("4.7", "b", None));
    let client = transport.under(Client::builder("h").check_writes(false));
    client.update::<Site>(7, Patch::new().field("name", "b")).unwrap();
    assert_eq!(client.transport().requests().len(), 1);
}

#[test]
fn a_write_is_sent_again_only_if_it_never_left() {
    let client = Canned::<Blocking>::client(|request| match *request.method() {
        Method::OPTIONS => json(200, &value!({})),
        _ => json(503, &Value::Null),
    });
    client.create::<Site>(&value!({"name": "a"})).unwrap_err();
    client.query_at("dcim/sites").at_most(1).delete().send().unwrap_err();
    assert_eq!(methods(&client).iter().filter(|method| *method == "POST").count(), 1);
    let pool = client.raw().post::<Value>("ipam/prefixes/7/available-ips", &value!([{}]));
    assert_eq!(pool.unwrap_err().kind(), ErrorKind::Unavailable);
    assert_eq!(methods(&client).iter().filter(|method| *method == "POST").count(), 2);
}

#[test]
fn errors_in_an_answer_of_graphql_are_errors() {
    let client = Canned::<Blocking>::client(|request| {
        assert_eq!(request.uri().to_string(), "https://h/nb/graphql/");
        let sent: Value = serde_json::from_slice(request.body()).unwrap();
        match sent["query"].as_str().unwrap() {
            "worst" => json(200, &value!({"errors": [{"message": "half of it"}]})),
            "good" => json(200, &value!({"data": {"n": sent["variables"]["n"]}})),
            _ => json(200, &value!({"data": {"n": 1}, "errors": [{"message": "half of it"}]})),
        }
    });
    let answer: Value = client.graphql("good", &value!({"n": 5})).unwrap();
    assert_eq!(answer, value!({"n": 5}));
    for query in ["bad", "worst"] {
        let error = client.graphql::<Value>(query, &()).unwrap_err();
        assert!(error.kind() == ErrorKind::Graphql && error.messages().global() == ["half of it"], "{error}");
    }
}

#[test]
fn changes_stay_where_nobody_wrote_them() {
    // Somebody else is faster, and then the object can't be read again.
    let gone = AtomicUsize::new(0);
    let client = Canned::<Blocking>::client(move |request| match *request.method() {
        Method::OPTIONS => json(200, &value!({"name": "Sites"})),
        Method::PATCH => json(412, &value!({"detail": "Precondition failed."})),
        _ if gone.fetch_add(1, SeqCst) > 0 => json(403, &value!({"detail": "Token expired"})),
        _ => site("4.7", "a", Some("W/\"0\"")),
    });
    let mut record = client.get::<Site>(7).unwrap();
    let refused = record.set_message("why").save_with(|site| site.name.push('b')).unwrap_err();
    assert!(refused.is_forbidden(), "{refused}");
    assert_eq!(record.changes().unwrap().names().collect::<Vec<_>>(), ["name"]);
    assert!(record.save().unwrap_err().is_conflict(), "it is still to be saved");
    let last = client.transport().requests().pop().unwrap();
    assert_eq!(last.body(), &br#"{"changelog_message":"why","name":"ab"}"#[..]);

    // The answer does not come from NetBox.
    let client = Canned::<Blocking>::client(|request| match *request.method() {
        Method::GET => site("4.7", "a", Some("W/\"0\"")),
        _ => http::Response::builder()
            .header("content-type", "text/html")
            .body(Bytes::from_static(b"<html>"))
            .unwrap(),
    });
    let mut record = client.get::<Site>(7).unwrap();
    record.name.push('b');
    assert_eq!(record.save().unwrap_err().kind(), ErrorKind::NotNetbox);
    assert!(!record.changes().unwrap().is_empty());
    assert!(record.sync().unwrap_err().to_string().contains("`save` it, or `refresh` it"));
}

#[test]
fn a_version_that_never_changes_is_none() {
    for (path, has) in [("users/tokens", false), ("dcim/sites", true)] {
        let client = Canned::<Blocking>::client(|request| {
            let mut answer = json(200, &value!({"id": 7, "description": "a", "name": "a"}));
            if *request.method() == Method::OPTIONS {
                answer = json(200, &Value::Null);
            }
            answer.headers_mut().insert("etag", r#"W/"2026""#.parse().unwrap());
            answer
        });
        let mut record = client.get_at(path, 7).unwrap();
        assert_eq!(record.etag().is_some(), has, "{path}");
        record.set("description", "b").unwrap();
        assert!(record.save().unwrap());
        assert_eq!(record.etag().is_some(), has, "{path}");
    }
}
