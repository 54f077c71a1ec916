use std::sync::{Arc, Mutex};

use http::{Method, StatusCode};
use serde_json::{Value, json as value};

use crate::{
    Blocking, Client, ErrorKind, Record,
    bulk::Fate,
    test::{Asking, Canned, Site, asked, json},
    transport::{Request, Response},
};

/// Sites by their ids less 1: their names, and the second of their last change.
type Sites = Arc<Mutex<Vec<(String, u64)>>>;

/// As a NetBox in Berlin shows it: its versions are in UTC all the same.
fn row(id: u64, (name, second): &(String, u64)) -> Value {
    value!({"id": id, "name": name, "last_updated": format!("2026-11-28T10:00:{second:02}.000001+01:00")})
}

fn tag(second: u64) -> String {
    format!("W/\"2026-11-28T09:00:{second:02}.000001+00:00\"")
}

fn detail_of(request: &Request) -> Option<u64> {
    request.uri().path().trim_end_matches('/').rsplit('/').next()?.parse().ok()
}

/// A NetBox of that version with three sites, which `interfere` may change before a PATCH is carried out.
fn server(version: &'static str, interfere: fn(&mut Vec<(String, u64)>)) -> (Asking<Blocking>, Sites) {
    let sites: Sites = Arc::new(Mutex::new(["a", "b", "c"].map(|name| (name.to_owned(), 0)).into()));
    let shared = Arc::clone(&sites);
    let client = Canned::client(move |request: &Request| {
        let mut sites = shared.lock().unwrap();
        let mut answer = match *request.method() {
            Method::GET if detail_of(request).is_some() => {
                let id = detail_of(request).unwrap();
                let site = &sites[usize::try_from(id - 1).unwrap()];
                let mut answer = json(200, &row(id, site));
                answer.headers_mut().insert("etag", tag(site.1).parse().unwrap());
                answer
            }
            Method::GET => {
                let ids: Vec<u64> = asked(request, "id").iter().map(|id| id.parse().unwrap()).collect();
                let rows = (1..).zip(sites.iter()).filter(|(id, _)| ids.is_empty() || ids.contains(id));
                let rows: Vec<_> = rows.map(|(id, site)| row(id, site)).collect();
                json(200, &value!({"count": rows.len(), "next": null, "results": rows}))
            }
            Method::PATCH => {
                interfere(&mut sites);
                carry_out(request, &mut sites, version)
            }
            _ => json(200, &value!({"name": "Sites"})),
        };
        answer.headers_mut().insert("api-version", version.parse().unwrap());
        answer
    });
    (client, sites)
}

fn carry_out(request: &Request, sites: &mut [(String, u64)], version: &str) -> Response {
    let sent: Vec<Value> = serde_json::from_slice(request.body()).unwrap();
    let position = |item: &Value| usize::try_from(item["id"].as_u64().unwrap() - 1).unwrap();
    if let Some(tags) = request.headers().get("if-match").filter(|_| version >= "4.6") {
        let tags: Vec<_> = tags.to_str().unwrap().split(", ").map(str::to_owned).collect();
        if sent.iter().any(|item| !tags.contains(&tag(sites[position(item)].1))) {
            return json(412, &value!({"detail": "Precondition failed."}));
        }
    }
    let rows = sent.iter().map(|item| {
        let site = &mut sites[position(item)];
        *site = (item["name"].as_str().unwrap().to_owned(), site.1 + 1);
        row(item["id"].as_u64().unwrap(), site)
    });
    json(200, &rows.collect())
}

/// The records of all sites, of which the first and the last are renamed.
fn renamed(client: &Asking<Blocking>) -> Vec<Record<Site, Blocking>> {
    let mut sites = client.query::<Site>().all().unwrap();
    sites[0].name = "A".into();
    sites[2].name = "C".into();
    sites
}

fn writes(client: &Asking<Blocking>) -> Vec<Request> {
    client.transport().requests().into_iter().filter(|request| request.method() == Method::PATCH).collect()
}

fn names(sites: &Sites) -> Vec<String> {
    sites.lock().unwrap().iter().map(|(name, _)| name.clone()).collect()
}

#[test]
fn records_of_a_list_are_compared_in_one_request_and_written_in_another() {
    for version in ["4.7", "4.5"] {
        let (client, sites) = server(version, |_| {});
        let mut records = renamed(&client);
        assert_eq!(client.save_many(&mut records).message("why").send().unwrap(), 2);
        assert_eq!(names(&sites), ["A", "b", "C"]);
        let targets = client.transport().targets();
        assert!(targets[1].contains("id=1&id=3&fields=id,name,last_updated"), "{targets:?}");
        let patch = &writes(&client)[0];
        let guard = patch.headers().get("if-match").map(|tags| tags.to_str().unwrap().to_owned());
        assert_eq!(guard, (version == "4.7").then(|| format!("{}, {}", tag(0), tag(0))));
        let body: Value = serde_json::from_slice(patch.body()).unwrap();
        assert_eq!(body[1], value!({"id": 3, "name": "C", "changelog_message": "why"}));

        let sent = client.transport().requests().len();
        assert_eq!(client.save_many(&mut records).send().unwrap(), 0, "all changes are saved");
        assert_eq!(client.transport().requests().len(), sent);
    }
}

/// Only records without a version, and with changes, have to be compared.
#[test]
fn records_that_know_their_versions_are_written_at_once() {
    let (client, sites) = server("4.7", |_| {});
    let mut records: Vec<_> = (1..=3).map(|id| client.get::<Site>(id).unwrap()).collect();
    records[0].name = "A".into();
    records[2].name = "C".into();
    let reads =
        || client.transport().requests().iter().filter(|request| request.method() == Method::GET).count();
    let before = reads();
    assert_eq!(client.save_many(&mut records).send().unwrap(), 2);
    assert_eq!((reads(), names(&sites)), (before, ["A", "b", "C"].map(str::to_owned).into()));
    assert_eq!(writes(&client)[0].headers()["if-match"], format!("{}, {}", tag(0), tag(0)));

    // An unchanged record needs none, whether it knows its version or not.
    records[0] = client.get::<Site>(1).unwrap();
    records[0].name = "a".into();
    records[1] = client.query::<Site>().all().unwrap().swap_remove(1);
    let before = reads();
    assert_eq!(client.save_many(&mut records[..2]).send().unwrap(), 1);
    assert_eq!(reads(), before);
}

#[test]
fn records_of_a_list_are_compared_if_all_of_them_have_changes() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = client.query::<Site>().all().unwrap();
    for site in &mut records {
        site.name = site.name.to_uppercase();
    }
    sites.lock().unwrap()[1] = ("theirs".into(), 9);
    assert!(client.save_many(&mut records).send().unwrap_err().error().is_conflict());
    assert!(writes(&client).is_empty());
}

#[test]
fn an_object_that_changed_before_keeps_all_from_being_written() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = renamed(&client);
    sites.lock().unwrap()[2] = ("theirs".into(), 9);
    let error = client.save_many(&mut records).send().unwrap_err();
    assert_eq!(error.error().kind(), ErrorKind::Conflict, "{error}");
    assert_eq!(error.items().iter().map(crate::bulk::BulkItem::index).collect::<Vec<_>>(), [2], "{error}");
    assert!(error.to_string().contains("item 2: the object changed since it was read"), "{error}");
    assert_eq!(error.items()[0].messages().global(), ["the object changed since it was read"]);
    assert!(
        error.error().url().is_some_and(|url| url.contains("id=3")),
        "the request that showed it: {error}"
    );
    assert!(format!("{:?}", client.save_many(&mut records)).contains("records: 3"));
    assert!(writes(&client).is_empty());
    assert_eq!(records[0].changes().unwrap().names().collect::<Vec<_>>(), ["name"]);
}

#[test]
fn an_object_that_is_gone_is_not_found() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = renamed(&client);
    sites.lock().unwrap().truncate(2);
    let error = client.save_many(&mut records).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    assert!(error.to_string().contains("item 2: the object is gone"), "{error}");
    sites.lock().unwrap()[0] = ("theirs".into(), 9);
    assert_eq!(client.save_many(&mut records).send().unwrap_err().kind(), ErrorKind::Conflict);
    assert!(writes(&client).is_empty());
    // The caller goes on with the others.
    sites.lock().unwrap()[0] = ("a".into(), 0);
    let others = records.iter_mut().filter(|record| record.id != 3);
    assert_eq!(client.save_many(others).send().unwrap(), 1);
    assert_eq!(names(&sites), ["A", "b"]);
}

#[test]
fn an_object_that_changes_at_the_last_moment_is_told() {
    let (client, sites) = server("4.7", |sites| sites[2] = ("theirs".into(), 9));
    let mut records = renamed(&client);
    let error = client.save_many(&mut records).batch_size(1).send().unwrap_err();
    assert_eq!(error.error().status(), Some(StatusCode::PRECONDITION_FAILED), "{error}");
    assert_eq!(error.items().iter().map(crate::bulk::BulkItem::index).collect::<Vec<_>>(), [2], "{error}");
    assert_eq!([0, 2].map(|index| error.fate(index)), [Fate::Written, Fate::NotWritten]);
    assert_eq!(names(&sites), ["A", "b", "theirs"]);
    // Written fields are no changes any more; the rest still are.
    assert!(records[0].changes().unwrap().is_empty() && !records[2].changes().unwrap().is_empty());
}

#[test]
fn a_batch_has_a_size_that_can_be_sent() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = renamed(&client);
    let mut check = |size: usize, expected: &str| {
        let told = client.save_many(&mut records).batch_size(size).send().unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    };
    check(0, "a batch of 0 objects: a request writes at least 1, and at most 150");
    check(151, "a batch of 151 objects");
    let patch = [(1, crate::Patch::new().field("name", "x"))];
    let told = client.update_many::<Site>(patch).batch_size(0).send().unwrap_err();
    assert_eq!(told.given(), 1);
    assert!(told.to_string().ends_with("a request writes at least 1"), "{told}");
    assert_eq!(names(&sites), ["a", "b", "c"]);
}

#[test]
fn records_of_several_endpoints_are_refused() {
    let (client, _) = server("4.7", |_| {});
    let mut records = client.query_at("dcim/sites").all().unwrap();
    records.extend(client.query_at("dcim/racks").all().unwrap());
    let error = client.save_many(&mut records).send().unwrap_err();
    assert!(error.to_string().contains("several endpoints"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Body);
    assert_eq!(std::io::Error::from(error).kind(), std::io::ErrorKind::InvalidInput);
}

#[test]
fn records_are_saved_where_they_were_read() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = renamed(&client);
    let other = Canned::<Blocking>::new(|_| json(500, &Value::Null));
    let branch = other.under(Client::builder("https://h/nb").token("nbt_key.hunter2").branch("b1a2c3d4"));
    let error = branch.save_many(&mut records).send().unwrap_err();
    assert!(error.to_string().contains("another NetBox or branch"), "{error}");
    assert!(branch.transport().requests().is_empty());
    assert_eq!(names(&sites), ["a", "b", "c"]);
}

#[test]
fn an_object_given_twice_is_written_by_the_record_that_changed() {
    let (client, sites) = server("4.7", |_| {});
    let mut records = renamed(&client);
    records.extend(client.query::<Site>().all().unwrap());
    assert_eq!(client.save_many(&mut records).send().unwrap(), 2);
    assert_eq!(names(&sites), ["A", "b", "C"]);
    assert!(records.iter().all(|record| record.changes().unwrap().is_empty()));
}

#[test]
fn a_job_whose_objects_do_not_fit_the_model_has_written_them() {
    let rows = value!([{"id": 1, "name": null}, {"id": 2, "name": "x"}]);
    let state = value!({"id": 42, "status": {"value": "completed", "label": ""}, "data": {"data": rows}});
    let client = Canned::<Blocking>::client(move |request| match *request.method() {
        Method::PATCH => json(202, &value!({"job": {"id": 42}})),
        _ => json(200, &state),
    });
    let patches = [1, 2].map(|id| (id, crate::Patch::new().field("name", "x")));
    let job = client.update_many::<Site>(patches).background().unwrap();
    let error = job.wait(std::time::Duration::from_secs(1)).unwrap_err();
    assert!(error.error().is_decode(), "{error}");
    assert_eq!([error.fate(0), error.fate(1)], [Fate::Written; 2]);
}

#[test]
fn only_what_was_sent_is_named_in_a_conflict() {
    let (client, _) = server("4.7", |sites| {
        sites[1] = ("theirs".into(), 9);
        sites[2] = ("theirs".into(), 9);
    });
    let mut records = renamed(&client);
    let error = client.save_many(&mut records).send().unwrap_err();
    assert_eq!(error.items().iter().map(crate::bulk::BulkItem::index).collect::<Vec<_>>(), [2], "{error}");
}
