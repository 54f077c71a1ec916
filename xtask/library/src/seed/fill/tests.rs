use std::{cell::RefCell, collections::BTreeMap};

use serde_json::{Value, json};

use super::{Api, Dataset, Done, Fields, Progress, Refusal, Upload, fill};
use crate::seed::rule::Source;

/// As much of a NetBox as seeding sees, in memory. It shows `region` and `parent` nested, as NetBox does.
#[derive(Default)]
struct Netbox {
    tables: RefCell<BTreeMap<String, Vec<Value>>>,
    writes: RefCell<Vec<String>>,
    /// Refuses an object with this slug.
    refuses: Option<&'static str>,
    /// Nothing comes of reading a data source.
    is_empty_source: bool,
}

impl Api for Netbox {
    fn me(&self) -> Result<Value, Refusal> {
        Ok(json!({"id": 1, "username": "admin"}))
    }

    fn list(&self, endpoint: &str, _: &str) -> Result<Vec<Value>, Refusal> {
        let tables = self.tables.borrow();
        let rows = tables.get(endpoint).map(Vec::as_slice).unwrap_or_default();
        Ok(rows.iter().map(nested).collect())
    }

    fn create(&self, endpoint: &str, bodies: &[Fields]) -> Result<Vec<Value>, Refusal> {
        let is_refused = |body: &Fields| {
            body.get("slug").and_then(Value::as_str).is_some_and(|slug| Some(slug) == self.refuses)
        };
        if let Some(index) = bodies.iter().position(is_refused) {
            let items = vec![(index, "slug: Bad.".to_owned())];
            return Err(Refusal { reason: "400: no".to_owned(), items });
        }
        self.wrote("create", endpoint, bodies.len());
        let mut tables = self.tables.borrow_mut();
        let table = tables.entry(endpoint.to_owned()).or_default();
        let first = table.len();
        for body in bodies {
            let mut object = json!({"id": table.len() + 1, "facility": ""});
            object.as_object_mut().expect("an object").extend(body.clone());
            table.push(object);
        }
        let made = table[first..].to_vec();
        drop(tables);
        if endpoint == "dcim/modules" {
            self.add("dcim/power-ports", json!({"name": "Inlet"}));
        }
        Ok(made)
    }

    fn update(&self, endpoint: &str, patches: &[(u64, Fields)]) -> Result<Vec<Value>, Refusal> {
        self.wrote("update", endpoint, patches.len());
        let mut tables = self.tables.borrow_mut();
        let table = tables.get_mut(endpoint).expect("a list");
        let change = |(id, patch): &(u64, Fields)| {
            let row = table.iter_mut().find(|row| row["id"] == *id).expect("an object with this id");
            row.as_object_mut().expect("an object").extend(patch.clone());
            row.clone()
        };
        Ok(patches.iter().map(change).collect())
    }

    fn upload(&self, upload: &Upload<'_>) -> Result<(), Refusal> {
        let (endpoint, object) = match upload {
            Upload::Script { file, content } => {
                assert_eq!(*content, b"census");
                ("extras/scripts", json!({"name": file.trim_end_matches(".py")}))
            }
            Upload::Image { endpoint, id, name, .. } => {
                assert_eq!(*endpoint, "dcim/sites");
                ("extras/image-attachments", json!({"name": name, "object_id": id, "image": "/media/x.png"}))
            }
            Upload::Field { endpoint, id, field, .. } => {
                self.wrote(&format!("upload {field} of"), endpoint, 1);
                let mut tables = self.tables.borrow_mut();
                let row =
                    tables.get_mut(*endpoint).and_then(|rows| rows.iter_mut().find(|row| row["id"] == *id));
                row.expect("an object with this id")[*field] = json!("/media/x.png");
                return Ok(());
            }
        };
        self.wrote("upload", endpoint, 1);
        self.add(endpoint, object);
        Ok(())
    }

    fn sync(&self, source: u64) -> Result<(), Refusal> {
        self.wrote("sync", "core/data-sources", 1);
        if !self.is_empty_source {
            self.add("core/data-files", json!({"source": source, "path": "BSD"}));
        }
        Ok(())
    }
}

impl Netbox {
    fn wrote(&self, what: &str, endpoint: &str, objects: usize) {
        self.writes.borrow_mut().push(format!("{what} {endpoint} {objects}"));
    }

    fn add(&self, endpoint: &str, mut object: Value) {
        let mut tables = self.tables.borrow_mut();
        let table = tables.entry(endpoint.to_owned()).or_default();
        object["id"] = json!(table.len() + 1);
        table.push(object);
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
        {"endpoint": "extras/scripts", "objects": [{"name": "census", "file": {"file": "census.py"}}]},
        {"endpoint": "extras/image-attachments", "objects": [
            {"name": "door", "object_id": "@dcim/sites/s7", "image": {"file": "door.png"}},
        ]},
        {"endpoint": "core/data-sources", "objects": [{"name": "licences"}]},
        {"endpoint": "core/data-files", "sync": "@core/data-sources/licences", "objects": [
            {"source": "@core/data-sources/licences", "path": "BSD"},
        ]},
        {"endpoint": "dcim/power-ports", "objects": [{"name": "PSU1"}]},
        {"endpoint": "dcim/modules", "objects": [{"name": "supply"}]},
        {"endpoint": "dcim/power-ports", "about": "the module's", "objects": [{"name": "Inlet"}]},
        {"endpoint": "dcim/device-types", "objects": [{"slug": "q1", "front_image": {"file": "door.png"}}]},
    ]);
    let rules = serde_json::from_value(rules).expect("rules");
    let keys = BTreeMap::from([("core/data-files".to_owned(), vec!["source".to_owned(), "path".to_owned()])]);
    let files =
        BTreeMap::from([("census.py".to_owned(), b"census".to_vec()), ("door.png".to_owned(), Vec::new())]);
    Dataset::expand(&Source { rules, keys, files, ..Source::default() }).expect("a data set")
}

fn run(netbox: &Netbox) -> anyhow::Result<Done> {
    fill(netbox, &dataset(), &Progress::new(0))
}

#[test]
fn an_empty_netbox_is_filled_in_batches() {
    let netbox = Netbox::default();
    let done = run(&netbox).expect("it is filled");
    assert_eq!(done, Done { created: 130, changed: 1, found: 2 });
    let expect = [
        // A region waits for its parent's id.
        "create dcim/regions 1",
        "create dcim/regions 1",
        "create dcim/regions 1",
        "create dcim/sites 50",
        "create dcim/sites 50",
        "create dcim/sites 20",
        "update dcim/sites 1",
        "create extras/bookmarks 1",
        "upload extras/scripts 1",
        "upload extras/image-attachments 1",
        "create core/data-sources 1",
        "sync core/data-sources 1",
        "create dcim/power-ports 1",
        // It brings a port of its own.
        "create dcim/modules 1",
        "create dcim/device-types 1",
        "upload front_image of dcim/device-types 1",
    ];
    assert_eq!(*netbox.writes.borrow(), expect);
    assert_eq!(netbox.tables.borrow()["extras/bookmarks"][0]["user"], 1);
}

#[test]
fn a_second_run_writes_nothing() {
    let netbox = Netbox::default();
    run(&netbox).expect("it is filled");
    netbox.writes.borrow_mut().clear();
    let done = run(&netbox).expect("there is nothing to do");
    assert_eq!(done, Done { created: 0, changed: 0, found: 133 });
    assert!(netbox.writes.borrow().is_empty());
    assert_eq!(done.to_string(), "133 found as they shall be");
}

#[test]
fn a_partly_filled_netbox_is_completed() {
    let netbox = Netbox::default();
    run(&netbox).expect("it is filled");
    netbox.tables.borrow_mut().get_mut("dcim/sites").expect("sites").truncate(3);
    let done = run(&netbox).expect("it is completed");
    assert_eq!(done, Done { created: 117, changed: 1, found: 15 });
}

#[test]
fn a_file_that_was_not_sent_is_sent() {
    let netbox = Netbox::default();
    run(&netbox).expect("it is filled");
    netbox.writes.borrow_mut().clear();
    netbox.tables.borrow_mut().get_mut("dcim/device-types").expect("types")[0]["front_image"] = Value::Null;
    let done = run(&netbox).expect("it is completed");
    assert_eq!((done.created, done.changed), (0, 1));
    assert!(netbox.writes.borrow().contains(&"upload front_image of dcim/device-types 1".to_owned()));
}

#[test]
fn the_first_refusal_stops_it_and_names_the_object() {
    let netbox = Netbox { refuses: Some("s70"), ..Netbox::default() };
    let error = run(&netbox).expect_err("a refusal");
    assert_eq!(error.to_string(), "dcim/sites: 400: no\n  @dcim/sites/s70: slug: Bad.");
    assert_eq!(netbox.tables.borrow()["dcim/sites"].len(), 50);
}

#[test]
fn what_a_data_source_does_not_bring_is_told() {
    let error = run(&Netbox { is_empty_source: true, ..Netbox::default() }).expect_err("it brings nothing");
    let expect = "@core/data-sources/licences was read, and there is no @core/data-files/licences/BSD";
    assert_eq!(error.to_string(), expect);
}

#[test]
fn other_peoples_sites_are_left_alone() {
    let netbox = Netbox::default();
    netbox
        .tables
        .borrow_mut()
        .insert("dcim/sites".to_owned(), vec![json!({"id": 1, "name": "Home", "slug": "home"})]);
    let error = run(&netbox).expect_err("it isn't ours");
    assert!(error.to_string().contains("its site \"Home\" is not of the data set"), "{error}");
    assert!(netbox.writes.borrow().is_empty());
}
