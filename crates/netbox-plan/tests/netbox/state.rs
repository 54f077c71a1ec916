//! The objects of the NetBox in memory, and its answers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use http::Method;
use netbox_core::transport::Request;
use netbox_schema::{Kind, endpoint};
use serde_json::{Value, json};

use super::{
    BASE, Fault, Fields,
    rules::{Constraint, about, constraints, ends, filtered_by, keep_members},
};

#[derive(Default)]
pub(super) struct State {
    pub(super) version: &'static str,
    /// The endpoint that the token may not view.
    pub(super) hidden: &'static str,
    /// As they are written, by their endpoints and ids.
    objects: BTreeMap<String, BTreeMap<u64, Fields>>,
    /// Those that have the values of a unique constraint.
    pub(super) alike: HashMap<Constraint, BTreeSet<u64>>,
    /// Those that have a value of a filter, until an object of that endpoint is written.
    indexes: HashMap<String, HashMap<String, Index>>,
    /// How the objects were before the request.
    undo: Vec<(String, u64, Option<Fields>)>,
    last_id: u64,
    clock: u64,
    pub(super) requests: Vec<String>,
    /// The messages of writes in the change log.
    pub(super) messages: BTreeSet<String>,
    pub(super) writes: usize,
    pub(super) fault: Option<Fault>,
}

pub(super) type Answer = (u16, Value);

/// Ids by a value of a filter.
type Index = HashMap<String, Vec<u64>>;

impl State {
    pub(super) fn get(&self, path: &str, id: u64) -> Option<&Fields> {
        self.objects.get(path)?.get(&id)
    }

    pub(super) fn count(&self, path: &str) -> usize {
        self.objects.get(path).map_or(0, BTreeMap::len)
    }

    /// All objects, by their endpoints and ids.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, u64, &Fields)> {
        let objects = self.objects.iter();
        objects.flat_map(|(path, objects)| objects.iter().map(move |(id, fields)| (&**path, *id, fields)))
    }

    /// The objects of an endpoint.
    pub(super) fn of(&self, path: &str) -> impl Iterator<Item = (u64, &Fields)> {
        self.objects.get(path).into_iter().flatten().map(|(id, fields)| (*id, fields))
    }

    /// Keeps an object, or drops it.
    pub(super) fn set(&mut self, path: &str, id: u64, fields: Option<Fields>) {
        let new = constraints(path, fields.as_ref());
        let own = self.objects.entry(path.to_owned()).or_default();
        let before = match fields {
            Some(fields) => own.insert(id, fields),
            None => own.remove(&id),
        };
        for key in constraints(path, before.as_ref()) {
            self.alike.entry(key).or_default().remove(&id);
        }
        for key in new {
            self.alike.entry(key).or_default().insert(id);
        }
        self.indexes.remove(path);
        self.undo.push((path.to_owned(), id, before));
    }

    /// Keeps an object, and saves those that NetBox saves with it.
    pub(super) fn save(&mut self, path: &str, id: u64, mut fields: Fields) {
        self.touch(&mut fields);
        let others = self.saved_with(path, id, &fields);
        self.set(path, id, Some(fields));
        for (path, id) in others {
            let fields = self.get(path, id).cloned().unwrap();
            self.save(path, id, fields);
        }
    }

    /// Adds an object with its components.
    pub(super) fn insert(&mut self, path: &str, fields: Fields) -> Result<u64, Answer> {
        let id = self.add(path, fields.clone());
        self.add_components(path, id, &fields).map(|()| id)
    }

    pub(super) fn add(&mut self, path: &str, fields: Fields) -> u64 {
        self.last_id += 1;
        self.save(path, self.last_id, fields);
        self.last_id
    }

    pub(super) fn touch(&mut self, fields: &mut Fields) {
        self.clock += 1;
        let time = format!(
            "2026-01-01T{:02}:{:02}:{:02}.000001Z",
            self.clock / 3600,
            self.clock / 60 % 60,
            self.clock % 60
        );
        fields.insert("last_updated".into(), time.into());
    }

    pub(super) fn answer(&mut self, request: &Request) -> Answer {
        let path = request.uri().path().strip_prefix("/api/").unwrap().trim_matches('/').to_owned();
        let query: Vec<(String, String)> =
            form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        self.requests.push(format!("{} {path}", request.method()));
        if path == "status" {
            return (200, json!({"netbox-version": format!("{}.3", self.version), "plugins": {}}));
        }
        if path == "schema" {
            return (200, super::plugin());
        }
        if path == self.hidden {
            return (403, json!({"detail": "You do not have permission to perform this action."}));
        }
        if *request.method() == Method::OPTIONS {
            return (200, super::options());
        }
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let mut items: Vec<Fields> =
            body.as_array().into_iter().flatten().map(|item| item.as_object().unwrap().clone()).collect();
        let messages = items.iter_mut().filter_map(|item| item.remove("changelog_message"));
        self.messages.extend(messages.map(|message| message.as_str().unwrap().to_owned()));
        let (last_id, clock) = (self.last_id, self.clock);
        self.undo.clear();
        let outcome = match *request.method() {
            Method::GET => Ok(match path.rsplit_once('/').map(|(path, id)| (path, id.parse())) {
                Some((path, Ok(id))) if self.get(path, id).is_some() => (200, self.shown(path, id).into()),
                Some((_, Ok(_))) => no_object(),
                _ => self.list(&path, &query),
            }),
            Method::POST => items
                .into_iter()
                .enumerate()
                .map(|(n, item)| self.create(&path, item).map_err(|refused| about("index", n, refused)))
                .collect::<Result<Vec<_>, _>>()
                .map(|rows| (201, rows.into())),
            Method::PATCH => {
                let etags = request.headers().get("if-match").map(|value| value.to_str().unwrap().to_owned());
                items
                    .into_iter()
                    .map(|item| (item["id"].clone(), self.update(&path, item, etags.as_deref())))
                    .map(|(id, outcome)| outcome.map_err(|refused| about("id", id, refused)))
                    .collect::<Result<Vec<_>, _>>()
                    .map(|rows| (200, rows.into()))
            }
            Method::DELETE => items
                .iter()
                .map(|item| self.delete(&path, item["id"].as_u64().unwrap()))
                .collect::<Result<Vec<_>, _>>()
                .map(|_| (204, Value::Null)),
            _ => panic!("{} is not to be used", request.method()),
        };
        outcome.unwrap_or_else(|refused| {
            // A request is carried out as a whole.
            for (path, id, before) in std::mem::take(&mut self.undo).into_iter().rev() {
                self.set(&path, id, before);
            }
            (self.last_id, self.clock) = (last_id, clock);
            refused
        })
    }

    fn list(&mut self, path: &str, query: &[(String, String)]) -> Answer {
        let get = |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        let start: u64 =
            get("start").or(get("id__gt")).and_then(|start| start.parse().ok()).unwrap_or_default();
        let limit: usize = get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50);
        let mut filters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in query {
            if !["limit", "start", "fields", "ordering", "offset", "exclude"].contains(&name.as_str()) {
                filters.entry(name).or_default().push(value);
            }
        }
        let mut matching: Option<BTreeSet<u64>> = None;
        for (name, values) in filters {
            let own = endpoint(path).and_then(|own| own.field(name)?.target());
            // An interface has no field for the site of its device.
            let target = own.or_else(|| endpoint("dcim/sites").filter(|_| name == "site"));
            let these = match target.filter(|target| target.filter("slug").is_some()) {
                None => self.matching(path, name, &values),
                Some(target) => match self.ids_of_slugs(target.path(), &values) {
                    Ok(ids) => {
                        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                        self.matching(path, &format!("{name}_id"), &ids)
                    }
                    Err(why) => return (400, json!({name: [why]})),
                },
            };
            matching = Some(matching.map_or_else(|| these.clone(), |others| &others & &these));
        }
        let all = self.objects.get(path);
        let count = get("start").is_none().then(|| matching.as_ref().map_or(self.count(path), BTreeSet::len));
        let mut ids: Vec<u64> = match &matching {
            Some(ids) => ids.range(start..).take(limit + 1).copied().collect(),
            None => all
                .into_iter()
                .flat_map(|all| all.range(start..))
                .take(limit + 1)
                .map(|(id, _)| *id)
                .collect(),
        };
        let next = ids.get(limit).map(|next| format!("{BASE}/{path}/?start={next}"));
        ids.truncate(limit);
        let wanted = get("fields");
        let shown = ids.into_iter().map(|id| {
            let mut shown = self.shown(path, id);
            if let Some(wanted) = &wanted {
                shown.retain(|name, _| wanted.split(',').any(|one| one == name));
                // NetBox ignores a name that a plugin's object does not have.
                for (own, name) in wanted.split(',').filter_map(|name| Some((endpoint(path)?, name))) {
                    assert!(own.field(name).is_some(), "{path} has no {name}");
                    shown.entry(name).or_insert(Value::Null);
                }
            }
            Value::from(shown)
        });
        let results: Vec<_> = shown.collect();
        (200, json!({"count": count, "next": next, "previous": null, "results": results}))
    }

    /// The objects that have one of these values.
    fn matching(&mut self, path: &str, filter: &str, values: &[&str]) -> BTreeSet<u64> {
        let of_path = self.indexes.entry(path.to_owned()).or_default();
        let index = of_path.entry(filter.to_owned()).or_insert_with(|| {
            let accepts = endpoint(path).is_none_or(|own| !own.accepts(filter).is_empty());
            assert!(accepts, "{path} has no filter {filter}");
            let mut index = Index::new();
            for (id, fields) in self.objects.get(path).into_iter().flatten() {
                for value in filtered_by(path, *id, fields, filter) {
                    index.entry(value).or_default().push(*id);
                }
            }
            index
        });
        let ignores_case = filter.ends_with("__ie");
        let values =
            values.iter().map(|value| if ignores_case { value.to_lowercase() } else { (*value).into() });
        values.filter_map(|value: String| index.get(&value)).flatten().copied().collect()
    }

    /// The ids of the objects with these slugs, or why NetBox does not take one.
    fn ids_of_slugs(&self, path: &str, slugs: &[&str]) -> Result<Vec<String>, String> {
        let id_of = |slug: &&str| {
            let mut all = self.objects.get(path).into_iter().flatten();
            let object = all.find(|(_, fields)| fields.get("slug").is_some_and(|own| own == *slug));
            match object {
                _ if *slug == "null" => Ok((*slug).to_owned()),
                Some((id, _)) => Ok(id.to_string()),
                None => Err(format!("Select a valid choice. {slug} is not one of the available choices.")),
            }
        };
        slugs.iter().map(id_of).collect()
    }

    fn create(&mut self, path: &str, mut fields: Fields) -> Result<Value, Answer> {
        let own = endpoint(path).unwrap();
        for field in own.fields().filter(|field| field.required().contains(4, 7)) {
            if !fields.contains_key(field.name()) {
                return Err((400, json!([{field.name(): ["This field is required."]}])));
            }
        }
        keep_members("custom_fields", self.defaults(path).as_ref(), &mut fields);
        let id = self.insert(path, fields)?;
        self.check(path, id, true)?;
        Ok(self.shown(path, id).into())
    }

    fn update(&mut self, path: &str, mut item: Fields, etags: Option<&str>) -> Result<Value, Answer> {
        let id = item.remove("id").and_then(|id| id.as_u64()).unwrap();
        let Some(mut fields) = self.get(path, id).cloned() else {
            return Err(no_object());
        };
        let time = fields["last_updated"].as_str().unwrap().trim_end_matches('Z').to_owned();
        if etags.is_some_and(|etags| !etags.contains(&format!("W/\"{time}+00:00\""))) {
            return Err((412, json!({"detail": "Precondition failed."})));
        }
        let port = fields.get("assigned_object_id").cloned();
        // NetBox keeps the custom fields and attributes that are not sent.
        for name in ["custom_fields", "attributes"] {
            keep_members(name, fields.get(name), &mut item);
        }
        fields.extend(item);
        let is_primary = |fields: &Fields| fields.get("primary_ip4") == Some(&id.into());
        if path == "ipam/ip-addresses"
            && fields.get("assigned_object_id") != port.as_ref()
            && self.all().any(|(_, _, fields)| is_primary(fields))
        {
            let why =
                "Cannot reassign IP address while it is designated as the primary IP for the parent object";
            return Err((400, json!([{"assigned_object": [why]}])));
        }
        self.save(path, id, fields);
        self.check(path, id, false)?;
        Ok(self.shown(path, id).into())
    }

    /// The form in which NetBox shows an object.
    fn shown(&self, path: &str, id: u64) -> Fields {
        let mut shown = Fields::new();
        for (name, value) in self.get(path, id).unwrap() {
            let Some(own) = endpoint(path) else {
                // It is one of a plugin.
                shown.insert(name.clone(), value.clone());
                continue;
            };
            // Users have no time of their last update.
            let Some(field) = own.field(name) else { continue };
            let nested = |id: &Value| self.nested(field.target().unwrap().path(), id.as_u64().unwrap());
            let value = match (field.kind(), value) {
                (_, Value::Null) => Value::Null,
                (Kind::ForeignKey, id) => nested(id),
                (Kind::ForeignKeys, Value::Array(ids)) => ids.iter().map(nested).collect(),
                (Kind::GenericObjects, Value::Array(ends)) => ends
                    .iter()
                    .cloned()
                    .map(|mut end| {
                        end["object"] = self.nested("dcim/interfaces", end["object_id"].as_u64().unwrap());
                        end
                    })
                    .collect(),
                (Kind::Choice, value) => json!({"value": value, "label": "Label"}),
                (_, value) => value.clone(),
            };
            shown.insert(name.clone(), value);
        }
        if let Some(port) = self.get(path, id).unwrap().get("assigned_object_id").and_then(Value::as_u64) {
            shown.insert("assigned_object".into(), self.nested("dcim/interfaces", port));
        }
        shown.extend(self.nested(path, id).as_object().unwrap().clone());
        shown
    }

    fn nested(&self, path: &str, id: u64) -> Value {
        let fields = self.get(path, id).unwrap_or_else(|| panic!("no {path}/{id}"));
        let mut nested =
            json!({"id": id, "url": format!("{BASE}/{path}/{id}/"), "display": self.natural(path, id)});
        if let Some(device) = fields.get("device").and_then(Value::as_u64) {
            nested["device"] = self.nested("dcim/devices", device);
        }
        if let Some(master) = fields.get("master").and_then(Value::as_u64) {
            nested["master"] = self.nested("dcim/devices", master);
        }
        for name in ["name", "slug", "address"] {
            if let Some(value) = fields.get(name) {
                nested[name] = value.clone();
            }
        }
        nested
    }

    /// A name of an object that doesn't depend on ids.
    pub(super) fn natural(&self, path: &str, id: u64) -> String {
        let Some(fields) = self.get(path, id) else { return format!("{path}/gone") };
        let own = ["slug", "name", "address"].iter().find_map(|name| fields.get(*name)?.as_str());
        let within =
            fields.get("device").and_then(Value::as_u64).map(|device| self.natural("dcim/devices", device));
        let site = fields.get("site").and_then(Value::as_u64).map(|site| self.natural("dcim/sites", site));
        let ends: Vec<_> = ends(fields).map(|(path, id)| self.natural(path, id)).collect();
        let own = own.map_or_else(|| ends.join(" to "), str::to_owned);
        format!("{path} {} {} {own}", site.unwrap_or_default(), within.unwrap_or_default())
    }
}

pub(super) fn no_object() -> Answer {
    (404, json!({"detail": "No object matches the given query."}))
}
