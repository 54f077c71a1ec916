use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    time::Duration,
};

use bytes::Bytes;
use http::Method;
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, ErrorKind, Object, Patch, Record, Ref,
    bulk::Fate,
    test::{Asking, Canned, json},
    transport::{Request, Response},
};

type Answered = Asking<Blocking>;

/// A NetBox whose endpoints take a name and an image, and that answers everything else with `answer`.
fn server(answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Answered {
    Canned::client(move |request| match *request.method() {
        Method::OPTIONS => {
            let fields = value!({"name": {"required": true}, "image": {"type": "image upload"}, "vid": {}});
            json(200, &value!({"name": "Things", "actions": {"POST": fields}}))
        }
        _ => answer(request),
    })
}

fn object(client: &Answered) -> Record<Object, Blocking> {
    client.get_at("ipam/prefixes", 7).unwrap()
}

fn sent(client: &Answered) -> Value {
    serde_json::from_slice(client.transport().requests().pop().unwrap().body()).unwrap()
}

#[test]
fn what_an_endpoint_takes_is_asked_again_if_it_could_not_say() {
    for (status, asked) in [(503, 2), (429, 2), (500, 2), (403, 1), (405, 1), (200, 1)] {
        let failed = AtomicUsize::new(0);
        let client = Canned::<Blocking>::new(move |request| match *request.method() {
            Method::OPTIONS if failed.fetch_add(1, SeqCst) == 0 => {
                http::Response::builder().status(status).body(Bytes::new()).unwrap()
            }
            Method::OPTIONS => json(200, &value!({"actions": {"POST": {"name": {}}}})),
            _ => json(200, &value!({"id": 7})),
        });
        let client = client.under(Client::builder("h").retry(crate::transport::RetryPolicy::none()));
        let update = || client.update_at("dcim/things", 7, Patch::new().field("nmae", "x"));
        // The first time it is let through, or not sent at all; the second time it is known or still let through.
        assert_eq!(update().is_ok(), asked == 1, "{status}");
        assert_eq!(update().is_ok(), asked == 1, "{status}");
        let requests = client.transport().requests();
        let options = requests.iter().filter(|request| request.method() == Method::OPTIONS).count();
        assert_eq!(options, asked, "{status}");
    }
}

#[test]
fn a_version_that_no_header_tells_is_read() {
    let client = Canned::<Blocking>::client(|request| {
        let mut answer = match request.uri().path() {
            "/nb/api/status/" => json(200, &value!({"netbox-version": "4.5.1-Docker"})),
            _ => json(200, &value!({"id": 7})),
        };
        answer.headers_mut().remove("api-version");
        answer
    });
    let refused = client.update_at("dcim/things", 7, Patch::new().add_tags(["a"])).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Version);
}

#[test]
fn no_number_is_no_null() {
    let client = server(|_| json(200, &value!({"id": 7})));
    let patch = Patch::new().field("name", f64::NAN);
    let refused = client.update_at("dcim/things", 7, patch).unwrap_err();
    assert!(refused.to_string().contains("NaN is no number that JSON has"), "{refused}");
    assert!(object(&client).set("name", [f64::INFINITY]).is_err());
    // A reference by null would be to an object without that attribute.
    let nowhere = Ref::by("slug", "a").and("site", Ref::by("latitude", f64::NAN));
    for patch in [Patch::new().field("site", &nowhere), Patch::new().add_tags([nowhere])] {
        let refused = client.update_at("dcim/things", 7, patch).unwrap_err().to_string();
        assert!(refused.contains("`latitude`: NaN is no number that JSON has"), "{refused}");
    }
}

#[test]
fn only_fields_of_files_take_files() {
    let client = server(|_| json(200, &value!({"id": 7, "image": "https://h/x.png"})));
    let mut thing = object(&client);
    let refused = thing.upload("imgae", "x.png", b"").unwrap_err();
    assert!(refused.to_string().contains("did you mean `image`?"), "{refused}");
    thing.upload("image", "x.png", b"").unwrap();
    assert!(thing.text("image").is_some());
}

#[test]
fn what_is_taken_is_as_all_and_each_are_to_be() {
    let client = server(|request| match *request.method() {
        Method::POST => json(201, &value!([{"id": 8}, {"id": 9}])),
        _ => json(200, &value!({"id": 7})),
    });
    let prefix = object(&client);
    let common = Patch::new().field("name", "x").custom_field("a", 1).field("prefix_length", 30);
    let pool = prefix.available_prefixes().with(common);
    pool.allocate_each([Patch::new().custom_field("b", 2), Patch::new().field("name", "y")]).unwrap_err();

    // These have no custom fields; what takes them says so in its options.
    let client = Canned::<Blocking>::client(|request| match *request.method() {
        Method::POST => json(201, &value!([{"id": 8}, {"id": 9}])),
        Method::OPTIONS => json(200, &Value::Null),
        _ => json(200, &value!({"id": 7})),
    });
    let prefix = object(&client);
    let common =
        Patch::new().field("name", "x").custom_field("a", 1).field("prefix_length", 30).add_tags(["s"]);
    let pool = prefix.available_prefixes().with(common);
    let each = [Patch::new().custom_field("b", 2).add_tags(["t"]), Patch::new().field("name", "y")];
    assert_eq!(pool.allocate_each(each).unwrap().len(), 2);
    let tags = |slugs: &[&str]| slugs.iter().map(|slug| value!({"slug": slug})).collect::<Value>();
    assert_eq!(
        sent(&client),
        value!([
            {"name": "x", "custom_fields": {"a": 1, "b": 2}, "prefix_length": 30, "add_tags": tags(&["s", "t"])},
            {"name": "y", "custom_fields": {"a": 1}, "prefix_length": 30, "add_tags": tags(&["s"])},
        ])
    );
    let vrf = prefix.available_ips().with(Patch::new().field("vrf", 1)).allocate(1).unwrap_err();
    assert!(vrf.to_string().contains("`vrf` is set by NetBox itself"), "{vrf}");
}

#[test]
fn a_failure_before_the_first_batch_is_one_of_all_items() {
    let client = Canned::<Blocking>::client(|_| json(500, &value!({"error": "", "exception": "OSError"})));
    let patches = ["a", "b", "c"].map(|name| Patch::new().field("name", name));
    let error = client.create_many_at("dcim/things", patches).send().unwrap_err();
    assert_eq!(error.given(), 3);
    assert!((0..3).all(|index| error.fate(index) == Fate::NotWritten));
    assert_eq!(client.transport().requests().len(), 1);
}

#[test]
fn a_write_that_the_database_undid_is_sent_again_and_was_not_written() {
    let deadlock = || {
        let error = "deadlock detected\nDETAIL:  Process 7 waits for ShareLock on transaction 9";
        json(500, &value!({"error": error, "exception": "OperationalError", "netbox_version": "4.7.3"}))
    };
    for (undone, posts) in [(2, 3), (3, 3)] {
        let sent = AtomicUsize::new(0);
        let client = server(move |_| match sent.fetch_add(1, SeqCst) {
            number if number < undone => deadlock(),
            _ => json(201, &value!([{"id": 7, "url": "https://h/nb/api/dcim/things/7/", "name": "x"}])),
        });
        let outcome = client.create_many_at("dcim/things", [Patch::new().field("name", "x")]).send();
        match outcome {
            Ok(things) => assert_eq!((things[0].id(), undone), (Some(7), 2)),
            Err(error) => {
                assert_eq!((error.kind(), error.fate(0), undone), (ErrorKind::Conflict, Fate::NotWritten, 3));
                assert!(error.to_string().contains("the database undid it"), "{error}");
            }
        }
        let requests = client.transport().requests();
        assert_eq!(requests.iter().filter(|request| request.method() == Method::POST).count(), posts);
    }
}

#[test]
fn what_a_job_does_not_tell_is_not_taken_for_nothing() {
    for (status, data, fate) in [
        ("completed", value!("done"), Fate::Written),
        ("completed", value!({"data": null, "status_code": null}), Fate::Written),
        ("completed", value!({"data": [], "status_code": 200}), Fate::Unknown),
        ("failed", value!({"data": {"detail": "no"}, "status_code": 400}), Fate::NotWritten),
        ("failed", value!([1]), Fate::Unknown),
        ("errored", Value::Null, Fate::Unknown),
        ("running", Value::Null, Fate::Unknown),
    ] {
        let state = value!({"id": 42, "status": {"value": status, "label": ""}, "data": data});
        let client = server(move |request| match *request.method() {
            Method::PATCH => json(202, &value!({"job": {"id": 42}})),
            _ => json(200, &state),
        });
        let patches = [1, 2].map(|id| (id, Patch::new().field("name", "x")));
        let job = client.update_many_at("dcim/things", patches).background().unwrap();
        let error = job.wait(Duration::from_secs(1)).unwrap_err();
        assert_eq!([error.fate(0), error.fate(1)], [fate; 2], "{status}: {error}");
    }
}

#[test]
fn a_deletion_in_the_queue_is_done_whatever_its_job_answers() {
    let state = value!({"id": 42, "status": {"value": "completed", "label": ""}, "data": {"data": []}});
    let client = server(move |request| match *request.method() {
        Method::DELETE => json(202, &value!({"job": {"id": 42}})),
        _ => json(200, &state),
    });
    let job = client.delete_many_at("dcim/things", [1, 2]).background().unwrap();
    assert_eq!(job.wait(Duration::from_secs(1)).unwrap(), [1, 2]);
}

#[test]
fn many_items_take_no_longer_each() {
    const COUNT: u64 = 20_000;
    let client = server(|request| {
        let items: Vec<Value> = serde_json::from_slice(request.body()).unwrap();
        json(200, &items.into())
    });
    let patches = (1..=COUNT).map(|id| (id, Patch::new().field("name", "x")));
    let objects = client.update_many_at("dcim/things", patches).batch_size(usize::MAX).send().unwrap();
    assert!(objects.iter().filter_map(|object| object.id()).eq(1..=COUNT));
}

#[test]
fn a_script_runs_only_with_variables_that_it_has() {
    let client = Canned::<Blocking>::client(|request| match *request.method() {
        Method::POST => json(200, &value!({"id": 3, "result": {"id": 42}})),
        _ => json(200, &value!({"id": 3, "vars": {"site": "ObjectVar", "list": "FileVar"}})),
    });
    let methods = || -> Vec<String> {
        client.transport().requests().iter().map(|request| request.method().to_string()).collect()
    };
    let script = || client.script("audit.Racks");
    for (run, why) in [
        (
            script().data(&value!({"sitee": 7})),
            "`sitee` is no variable of the script (did you mean `site`?), and NetBox would ignore it",
        ),
        (
            script().data(&value!({"list": "a.csv"})),
            "`list` is a file, which JSON can't carry: give it by `file`",
        ),
        (script().file("site", "a.csv", b"a"), "`site` takes no file"),
        (script().file("lst", "a.csv", b"a"), "`lst` is no variable of the script (did you mean `list`?)"),
    ] {
        let told = run.run().unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }
    assert!(script().file("list", "a\"b", b"a").run().is_err(), "no such name of a file can be sent");
    let wrong = script().data(&std::collections::BTreeMap::from([((), 1)])).data(&value!({}));
    assert!(wrong.run().is_err(), "a mistake is not forgotten");
    assert_eq!(methods(), ["GET"; 4], "nothing ran");
    assert_eq!(script().data(&value!({"site": 7})).run().unwrap().id(), 42);
    script().commit().run().unwrap();
    script().file("list", "a.csv", b"a,b").data(&value!({"site": 7})).commit().run().unwrap();
    assert_eq!(methods()[4..], ["GET", "POST", "POST", "GET", "POST"]);
    let sent = client.transport().requests();
    let body = |at: usize| -> Value { serde_json::from_slice(sent[at].body()).unwrap() };
    assert_eq!(body(5), value!({"data": {"site": 7}, "commit": false}));
    assert_eq!(body(6), value!({"data": {}, "commit": true}));
    let form = String::from_utf8_lossy(sent[8].body());
    for part in
        ["name=\"data\"\r\n\r\n{\"site\":7}\r\n", "name=\"commit\"\r\n\r\ntrue\r\n", "\r\n\r\na,b\r\n"]
    {
        assert!(form.contains(part), "{form}");
    }
}

#[test]
fn a_script_runs_when_and_as_often_as_it_is_asked_for() {
    let client = Canned::<Blocking>::client(|_| json(200, &value!({"id": 3, "result": {"id": 42}})));
    client.script("3").schedule_at("2026-12-01T04:00:00Z").interval(60).notifications("never").run().unwrap();
    let sent = client.transport().requests();
    let body: Value = serde_json::from_slice(sent.last().unwrap().body()).unwrap();
    let expected = value!({"data": {}, "commit": false, "schedule_at": "2026-12-01T04:00:00Z", "interval": 60,
        "notifications": "never"});
    assert_eq!(body, expected);
}

#[test]
fn what_an_old_netbox_lacks_of_scripts_is_not_sent() {
    for (header, release, what, expected) in [
        ("4.4", "4.4.10", "upload", "the upload of scripts needs NetBox 4.5.7 or later: this server is 4.4"),
        ("4.5", "4.5.6", "upload", "needs NetBox 4.5.7 or later: this server is 4.5.6"),
        (
            "4.5",
            "4.5.10",
            "replace",
            "the replacement of scripts needs NetBox 4.6 or later: this server is 4.5",
        ),
        ("4.5", "4.5.10", "notify", "`notifications` of a script needs NetBox 4.6 or later"),
    ] {
        let client = Canned::<Blocking>::client(move |request| {
            assert_eq!(request.uri().path(), "/nb/api/status/", "nothing else is asked");
            let mut answer = json(200, &value!({"netbox-version": release}));
            answer.headers_mut().insert("api-version", header.parse().unwrap());
            answer
        });
        let told = match what {
            "upload" => client.upload_script("audit.py", "pass").unwrap_err(),
            "replace" => client.replace_script("audit.py", "pass").unwrap_err(),
            _ => client.script("audit.Racks").notifications("never").run().unwrap_err(),
        };
        assert_eq!(told.kind(), ErrorKind::Version);
        assert!(told.to_string().contains(expected), "{told}");
    }
}

/// `serde_json` would write it as null, which clears a field.
#[test]
fn a_number_that_json_lacks_is_sent_by_no_call() {
    let client = Canned::<Blocking>::client(|_| json(200, &value!({"id": 7})));
    let infinite = BTreeMap::from([("latitude", f64::INFINITY)]);
    for error in [
        client.raw().patch::<Value>("dcim/sites/7", &infinite).unwrap_err(),
        client.graphql::<Value>("{ site_list { id } }", &infinite).unwrap_err(),
        client.script("a.B").data(&infinite).run().unwrap_err(),
        client.update_at("dcim/sites", 7, &infinite).unwrap_err(),
        client.get_at("dcim/devices", 7).unwrap().render_config(&infinite).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Body, "{error}");
    }
    let sent = client.transport().requests();
    assert!(sent.iter().all(|request| request.method() == Method::GET), "{sent:?}");
}
