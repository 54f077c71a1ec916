use std::{cell::RefCell, collections::BTreeMap};

use netbox_core::ItemPlace;
use serde_json::{Value, json};

use super::{Api, Dataset, Done, Progress, Refusal, fill};
use crate::seed::rule::Source;

/// As much of a NetBox as seeding sees, in memory. It shows `region` and `parent` nested, as NetBox does.
#[derive(Default)]
struct Netbox {
    tables: RefCell<BTreeMap<String, Vec<Value>>>,
    writes: RefCell<Vec<(String, usize)>>,
    /// Refuses an object with this slug.
    refuses: Option<&'static str>,
}

impl Api for Netbox {
    fn get(&self, path: &str) -> Result<Value, Refusal> {
        assert_eq!(path, "authentication-check/");
        Ok(json!({"id": 1, "username": "admin"}))
    }

    fn list(&self, endpoint: &str, _: &str) -> Result<Vec<Value>, Refusal> {
        let tables = self.tables.borrow();
        let rows = tables.get(&format!("{endpoint}/")).map(Vec::as_slice).unwrap_or_default();
        Ok(rows.iter().map(nested).collect())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        let objects = body.as_array().expect("a list");
        if let Some(index) = (0..)
            .zip(objects)
            .find(|(_, object)| self.refuses.is_some() && object["slug"].as_str() == self.refuses)
            .map(|(index, _)| index)
        {
            return Err(Refusal {
                reason: "400: no".to_owned(),
                items: vec![(ItemPlace::Index(index), "slug: Bad.".to_owned())],
            });
        }
        self.writes.borrow_mut().push((format!("POST {path}"), objects.len()));
        let mut tables = self.tables.borrow_mut();
        let table = tables.entry(path.to_owned()).or_default();
        let first = table.len();
        for object in objects {
            let mut object = object.clone();
            object["id"] = json!(table.len() + 1);
            table.push(object);
        }
        Ok(json!(table[first..]))
    }

    fn patch(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        let objects = body.as_array().expect("a list");
        self.writes.borrow_mut().push((format!("PATCH {path}"), objects.len()));
        let mut tables = self.tables.borrow_mut();
        for object in objects {
            let row =
                tables.get_mut(path).and_then(|table| table.iter_mut().find(|row| row["id"] == object["id"]));
            let row = row.and_then(Value::as_object_mut).expect("an object with this id");
            row.extend(object.as_object().expect("an object").clone());
        }
        Ok(body.clone())
    }
}

fn nested(row: &Value) -> Value {
    let mut shown = row.clone();
    for name in ["region", "parent"] {
        if let Some(id) = row.get(name).filter(|id| !id.is_null()) {
            shown[name] = json!({"id": id, "display": "…"});
        }
    }
    shown
}

fn dataset() -> Dataset {
    let rules = json!([
        {"endpoint": "dcim/regions", "objects": [
            {"slug": "europe"}, {"slug": "germany", "parent": "@dcim/regions/europe"}, {"slug": "berlin", "parent": "@dcim/regions/germany"},
        ]},
        {"endpoint": "dcim/sites", "for": "n in 1-120", "objects": [{"slug": "s{n}", "region": "@dcim/regions/berlin"}]},
        {"endpoint": "dcim/sites", "objects": [{"slug": "s7", "facility": "Halle 3"}]},
        {"endpoint": "extras/bookmarks", "objects": [{"name": "mine", "user": "@me"}]},
    ]);
    let rules = serde_json::from_value(rules).expect("rules");
    Dataset::expand(&Source { rules, ..Source::default() }).expect("a data set")
}

fn run(netbox: &Netbox) -> anyhow::Result<Done> {
    fill(netbox, &dataset(), &Progress::new(0))
}

#[test]
fn an_empty_netbox_is_filled_in_batches() {
    let netbox = Netbox::default();
    let done = run(&netbox).expect("it is filled");
    assert_eq!(done, Done { created: 124, changed: 1, found: 0 });
    let writes: Vec<_> =
        netbox.writes.borrow().iter().map(|(write, objects)| format!("{write} {objects}")).collect();
    let expect = [
        // A region waits for its parent's id.
        "POST dcim/regions/ 1",
        "POST dcim/regions/ 1",
        "POST dcim/regions/ 1",
        "POST dcim/sites/ 50",
        "POST dcim/sites/ 50",
        "POST dcim/sites/ 20",
        "PATCH dcim/sites/ 1",
        "POST extras/bookmarks/ 1",
    ];
    assert_eq!(writes, expect);
    assert_eq!(netbox.tables.borrow()["extras/bookmarks/"][0]["user"], 1);
}

#[test]
fn a_second_run_writes_nothing() {
    let netbox = Netbox::default();
    run(&netbox).expect("it is filled");
    netbox.writes.borrow_mut().clear();
    let done = run(&netbox).expect("there is nothing to do");
    assert_eq!(done, Done { created: 0, changed: 0, found: 125 });
    assert!(netbox.writes.borrow().is_empty());
    assert_eq!(done.to_string(), "125 found as they shall be");
}

#[test]
fn a_partly_filled_netbox_is_completed() {
    let netbox = Netbox::default();
    run(&netbox).expect("it is filled");
    netbox.tables.borrow_mut().get_mut("dcim/sites/").expect("sites").truncate(3);
    let done = run(&netbox).expect("it is completed");
    assert_eq!(done, Done { created: 117, changed: 1, found: 7 });
}

#[test]
fn the_first_refusal_stops_it_and_names_the_object() {
    let netbox = Netbox { refuses: Some("s70"), ..Netbox::default() };
    let error = run(&netbox).expect_err("a refusal");
    assert_eq!(error.to_string(), "dcim/sites: 400: no\n  @dcim/sites/s70: slug: Bad.");
    assert_eq!(netbox.tables.borrow()["dcim/sites/"].len(), 50);
}

#[test]
fn other_peoples_sites_are_left_alone() {
    let netbox = Netbox::default();
    netbox
        .tables
        .borrow_mut()
        .insert("dcim/sites/".to_owned(), vec![json!({"id": 1, "name": "Home", "slug": "home"})]);
    let error = run(&netbox).expect_err("it isn't ours");
    assert!(error.to_string().contains("its site \"Home\" is not of the data set"), "{error}");
    assert!(netbox.writes.borrow().is_empty());
}
