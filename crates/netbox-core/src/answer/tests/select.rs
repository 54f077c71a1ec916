//! Queries for some fields of a model.

use serde_json::{Value, json as value};

use crate::{
    Blocking, Error, ErrorKind, Fk, Model, Query,
    field::Field,
    test::{Asking, Canned, Site, asked, json},
};

#[derive(Debug, serde::Deserialize)]
struct Device {
    id: u64,
    name: Option<String>,
    serial: String,
    site: Fk<Site>,
}

impl Device {
    const ID: Field<Self, u64> = Field::new("id", |device| &device.id);
    const NAME: Field<Self, Option<String>> = Field::new("name", |device| &device.name);
    const SERIAL: Field<Self, String> = Field::new("serial", |device| &device.serial);
    const SITE: Field<Self, Fk<Site>> = Field::new("site", |device| &device.site);
}

impl Model for Device {
    const ENDPOINT: &'static str = "dcim/devices";

    fn id(&self) -> u64 {
        self.id
    }
}

/// Three devices at two sites, whose fields are those that a request names.
fn server() -> Asking<Blocking> {
    Canned::<Blocking>::client(|request| {
        let objects: Vec<Value> = if request.uri().path().contains("/dcim/sites/") {
            let ids = asked(request, "id");
            ids.iter()
                .map(|id| value!({"id": id.parse::<u64>().unwrap(), "name": format!("S{id}")}))
                .collect()
        } else {
            let device = |id: u64| value!({"id": id, "name": format!("d{id}"), "serial": format!("{id}{id}"), "site": {"id": id % 2, "display": "S"}});
            let start = asked(request, "start").pop().map_or(0, |id| id.parse().unwrap());
            (1..=3).filter(|id| *id >= start).map(device).collect()
        };
        let fields = asked(request, "fields").join(",");
        let only = |object: &Value| {
            let fields = object
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, _)| fields.split(',').any(|field| field == *name));
            fields.map(|(name, field)| (name.clone(), field.clone())).collect::<serde_json::Map<_, _>>()
        };
        let objects: Vec<_> = objects.iter().map(only).collect();
        match request.uri().path().trim_end_matches('/').rsplit('/').next().unwrap().parse::<usize>() {
            Ok(id) => json(200, &value!(objects[id - 1])),
            Err(_) => json(200, &value!({"count": objects.len(), "next": null, "results": objects})),
        }
    })
}

#[test]
fn rows_are_tuples_of_what_was_asked_for() {
    let client = server();
    let rows = client.query::<Device>().select((Device::SERIAL, Device::NAME)).all().unwrap();
    assert_eq!(rows[2], ("33".to_owned(), Some("d3".to_owned())));
    assert_eq!(rows.len(), 3);
    let request = client.transport().requests().remove(0);
    assert_eq!(asked(&request, "fields"), ["id,serial,name"]);
    assert_eq!(asked(&request, "exclude"), ["config_context"]);
}

#[test]
fn one_field_is_a_row_without_a_tuple() {
    let client = server();
    let query = || client.query::<Device>();
    assert_eq!(query().select(Device::SERIAL).all().unwrap(), ["11", "22", "33"]);
    assert_eq!(query().select((Device::SERIAL,)).first().unwrap(), Some(("11".to_owned(),)));
    assert_eq!(query().select(Device::ID).all().unwrap(), [1, 2, 3]);
    assert_eq!(asked(&client.transport().requests()[2], "fields"), ["id"]);
}

#[test]
fn an_object_that_may_be_missing_is_an_option() {
    let client =
        Canned::<Blocking>::client(|_| json(200, &value!({"count": 0, "next": null, "results": []})));
    let query = || client.query::<Device>().select(Device::SERIAL);
    assert_eq!(query().one_or_none().unwrap(), None);
    assert_eq!(query().one().unwrap_err().kind(), ErrorKind::NoMatch);
}

#[test]
fn all_ends_give_rows() {
    let client = server();
    let query = || client.query::<Device>().select((Device::ID, Device::SERIAL));
    let row = |id: u64| (id, format!("{id}{id}"));
    assert_eq!(query().iter().collect::<Result<Vec<_>, _>>().unwrap(), [row(1), row(2), row(3)]);
    assert_eq!(query().pages().next().unwrap().unwrap(), [row(1), row(2), row(3)]);
    assert_eq!(query().limit(1).one().unwrap(), row(1));
    assert_eq!(query().limit(1).one_or_none().unwrap(), Some(row(1)));
    assert_eq!(query().one_or_none().unwrap_err().kind(), ErrorKind::ManyMatches);
    assert_eq!(query().find(2).unwrap(), Some(row(2)));
    for found in query() {
        found.unwrap();
    }
    let fields: Vec<_> =
        client.transport().requests().iter().flat_map(|request| asked(request, "fields")).collect();
    assert!(fields.iter().all(|fields| fields == "id,serial"), "{fields:?}");
}

#[test]
fn the_rest_of_the_question_may_come_before_and_after() {
    let client = server();
    let query = client.query::<Device>().filter(Device::NAME.eq("x")).select(Device::ID);
    query.filter(Device::SERIAL.eq("y")).order(Device::NAME.desc()).limit(2).all().unwrap();
    let request = client.transport().requests().remove(0);
    assert_eq!(
        ["name", "serial", "ordering", "fields"].map(|name| asked(&request, name).join("|")),
        ["x", "y", "-name,id", "id,name"],
    );
}

#[test]
fn keys_in_rows_resolve_and_are_prefetched() {
    let client = server();
    let rows = client.query::<Device>().select((Device::ID, Device::SITE));
    let (_, site) = rows.clone().first().unwrap().unwrap();
    assert!(!site.is_resolved());

    for query in [
        rows.prefetch(Device::SITE),
        client.query::<Device>().prefetch(Device::SITE).select((Device::ID, Device::SITE)),
    ] {
        let before = client.transport().requests().len();
        let rows = query.all().unwrap();
        assert_eq!(client.transport().requests().len() - before, 2);
        let names: Vec<_> = rows.iter().map(|(_, site)| site.get(&client).unwrap().name.as_str()).collect();
        assert_eq!(names, ["S1", "S0", "S1"]);
        assert_eq!(client.transport().requests().len() - before, 2);
    }
}

#[track_caller]
fn refused<R: Send + Sync + 'static>(
    query: impl FnOnce(Query<Device, Blocking>) -> Query<Device, Blocking, R>,
    why: &str,
) {
    let client = server();
    let asks: [fn(Query<Device, Blocking, R>) -> Result<(), Error>; 2] =
        [|query| query.all().map(drop), |query| query.find(1).map(drop)];
    let query = query(client.query());
    for ask in asks {
        let error = ask(query.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Query);
        assert_eq!(error.to_string(), why);
    }
    assert!(client.transport().requests().is_empty());
}

#[test]
fn what_can_t_be_answered_is_not_asked() {
    let lacking =
        "`site` is to be prefetched, and is not selected: add it to `select`, or leave it out of `prefetch`";
    refused(|query| query.select(Device::NAME).prefetch(Device::SITE), lacking);
    refused(|query| query.prefetch(Device::SITE).select(Device::NAME), lacking);
    let twice = "`name` is selected twice: once is enough";
    refused(|query| query.select((Device::NAME, Device::ID, Device::NAME)), twice);
}

#[test]
fn a_value_of_another_form_is_found_in_the_answer() {
    const WRONG: Field<Device, u64> = Field::new("serial", |device| &device.id);
    let client = Canned::<Blocking>::client(|_| {
        json(200, &value!({"results": [{"id": 1, "serial": 1}, {"id": 2, "serial": "x"}]}))
    });
    let error = client.query::<Device>().select((Device::ID, WRONG)).all().unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`results[1].serial`"), "{error}");
}
