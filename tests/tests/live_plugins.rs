//! Plugins on a real NetBox: their objects are created, read, filtered, put back and described, all on a branch. Skipped unless
//! `NETBOX_PLUGINS_URL` and `NETBOX_PLUGINS_TOKEN` are set, to a NetBox with the plugins of `plugins/mod.rs`.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use netbox_core::{Blocking, Client, Error, ErrorKind, Object, Patch, Record};
use netbox_plan::Desired;
use serde_json::{Value, json};

mod plugins;
mod with_plugins;

use with_plugins::client;

type Gadgets = Vec<Record<Object, Blocking>>;

const BRANCHES: &str = "plugins/branching/branches";
const CHOICES: &str = "extras/custom-field-choice-sets";

/// How many objects each list has.
fn counts(client: &Client<Blocking>) -> BTreeMap<&'static str, u64> {
    let counted =
        plugins::recipes().into_iter().filter(|(_, path, _)| *path != "plugins/custom-objects/gadgets");
    counted.map(|(_, path, _)| (path, client.query_at(path).count().unwrap())).collect()
}

/// Makes the type of custom objects unless it is there.
fn gadgets(client: &Client<Blocking>) -> Result<HashMap<&'static str, u64>, Error> {
    let choices =
        Patch::new().field("name", "plugin-choices").field("extra_choices", [["a", "A"], ["b", "B"]]);
    let (choices, _) = client.query_at(CHOICES).param("name", "plugin-choices").one_or_create(choices)?;
    let mut ids = HashMap::from([("choices", choices.id().expect("an id"))]);
    for (name, path, fields) in plugins::gadget_type() {
        let key = if fields.get("slug").is_some() { "slug" } else { "name" };
        let query = client.query_at(path).param(key, fields[key].as_str().expect("text"));
        let query = match ids.get("gadgets") {
            Some(of_type) => query.param("custom_object_type_id", *of_type),
            None => query,
        };
        let (object, _) = query.one_or_create(plugins::resolved(&fields, &ids))?;
        ids.insert(name, object.id().expect("an id"));
    }
    Ok(ids)
}

/// A new branch of that name, in place of one that an earlier run left.
fn branch(client: &Client<Blocking>, name: &str) -> Result<(Client<Blocking>, u64), Error> {
    for old in client.query_at(BRANCHES).param("name", name).iter() {
        old?.delete()?;
    }
    let made = client.create_at(BRANCHES, Patch::new().field("name", name))?;
    let branch = client.wait_for_branch(name, Duration::from_secs(300))?;
    Ok((branch, made.id().expect("an id")))
}

#[test]
fn objects_of_plugins_are_created_filtered_put_back_and_described_on_a_branch() {
    let Some(main) = client() else { return };
    let mut ids = gadgets(&main).unwrap();
    let before = counts(&main);
    let (branch, id) = branch(&main, "live plugins").unwrap();
    for (name, path, fields) in plugins::recipes() {
        let created = branch.create_at(path, plugins::resolved(&fields, &ids));
        let created = created.unwrap_or_else(|error| panic!("{name}: {error}"));
        ids.insert(name, created.id().expect("an id"));
    }
    let mut filters = 0;
    let mut put = 0;
    for (name, path, _) in plugins::recipes().into_iter().filter(|(_, path, _)| path.starts_with("plugins/"))
    {
        filters += filtered(&branch, path, ids[name]).unwrap_or_else(|error| panic!("{name}: {error}"));
        put_back(&branch, path, ids[name]).unwrap_or_else(|error| panic!("{name}: {error}"));
        put += 1;
        not_by_chance(&branch, path);
    }
    println!("{filters} filters were compared, {put} objects were put back");
    assert!(filters > 200 && put > 40, "{filters} filters, {put} objects");
    let described = described();
    let applied = described.plan(&branch).unwrap().apply().message("as described").send().unwrap();
    assert_eq!(applied.created(), 3, "{applied}");
    assert!(described.plan(&branch).unwrap().is_empty());
    assert_eq!(described.plan(&main).unwrap().creates(), 3, "main was touched");
    assert_eq!(counts(&main), before, "main was touched");
    main.delete_at(BRANCHES, id).unwrap();
}

/// A site, a location in it, and an object of a plugin.
fn described() -> Desired {
    let document = json!({
        "dcim/sites": [{"slug": "live-plan", "name": "Live plan", "locations": [{"slug": "hall", "name": "Hall"}]}],
    });
    let mut described: Desired = serde_json::from_value(document).unwrap();
    let site = json!({"dcim/sites": {"slug": "live-plan"}});
    let community = Patch::new().field("value", "65000:99").field("site", site);
    described.by_at("plugins/bgp/community", ["value"]).object_at("plugins/bgp/community", community);
    described
}

/// Asks for the objects that have the value of this one, field by field, and compares with all objects of the list.
fn filtered(client: &Client<Blocking>, path: &str, id: u64) -> Result<usize, Error> {
    let all: Gadgets = client.query_at(path).all()?;
    let object = client.get_at(path, id)?;
    let mut compared = 0;
    for name in object.names() {
        for filter in [name.to_owned(), format!("{name}_id")] {
            let Some(value) = value_of(&object, name) else { continue };
            let found = match client.query_at(path).param(&filter, &value).ids() {
                Ok(found) => found,
                // The list has no such filter, or one that takes another value.
                Err(error) if matches!(error.kind(), ErrorKind::Query | ErrorKind::Invalid) => continue,
                Err(error) => return Err(error),
            };
            let same = all.iter().filter(|other| value_of(other, name).as_ref() == Some(&value));
            let expected: Vec<_> = same.filter_map(|other| other.id()).collect();
            let is_by_key = object.fk(name)?.is_some();
            // A key is filtered by a name rather than by the id, and text may be looked for within.
            if found != expected && !(is_by_key && filter == name) {
                assert!(
                    expected.iter().all(|id| found.contains(id)),
                    "{path}?{filter}={value}: {found:?} {expected:?}"
                );
                assert!(
                    found.len() < all.len() || expected.len() == all.len(),
                    "{path}?{filter}={value} matches all"
                );
            }
            compared += 1;
        }
    }
    Ok(compared)
}

/// The value by which a list is filtered for the field `name` of `object`.
fn value_of(object: &Object, name: &str) -> Option<String> {
    if let Ok(Some(key)) = object.fk(name) {
        return Some(key.id().to_string());
    }
    match object.get::<Value>(name).ok()? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("value")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Puts the object back as it is.
fn put_back(client: &Client<Blocking>, path: &str, id: u64) -> Result<(), Error> {
    let mut record = client.get_at(path, id)?;
    let before = as_json(&record);
    record.put()?;
    let now = client.get_at(path, id)?;
    assert_eq!(as_json(&now), before, "{path}");
    Ok(())
}

fn as_json(object: &Object) -> Value {
    let mut json = json!(object);
    json.as_object_mut().expect("an object").remove("last_updated");
    json
}

/// A filter that the list does not have reaches nothing.
fn not_by_chance(client: &Client<Blocking>, path: &str) {
    let wrong = || client.query_at(path).param("frobnicated", "1");
    assert_eq!(wrong().all().unwrap_err().kind(), ErrorKind::Query, "{path}");
    let deleted = wrong().at_most(1000).delete().send().unwrap_err();
    assert_eq!(deleted.kind(), ErrorKind::Query, "{path}: {deleted}");
    let updated = wrong().at_most(1000).update(Patch::new().field("description", "x")).send().unwrap_err();
    assert_eq!(updated.kind(), ErrorKind::Query, "{path}: {updated}");
}
