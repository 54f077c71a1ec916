//! The objects of the NetBox in memory, and its answers.

use std::collections::BTreeMap;

use http::Method;
use netbox_core::transport::Request;
use netbox_schema::{Kind, endpoint};
use serde_json::{Value, json};

use super::{BASE, Fault, Fields};

/// Fields that NetBox has no two objects with equal values of; null is not equal to null.
const UNIQUE: [(&str, &[&str]); 12] = [
    ("dcim/device-roles", &["slug"]),
    ("dcim/device-types", &["manufacturer", "slug"]),
    ("dcim/devices", &["name", "site"]),
    ("dcim/devices", &["primary_ip4"]),
    ("dcim/interfaces", &["device", "name"]),
    ("dcim/manufacturers", &["slug"]),
    ("dcim/regions", &["slug"]),
    ("dcim/sites", &["name"]),
    ("dcim/sites", &["slug"]),
    ("dcim/virtual-chassis", &["name"]),
    ("extras/tags", &["slug"]),
    ("ipam/ip-addresses", &["address"]),
];

#[derive(Default, Clone)]
pub(super) struct State {
    /// As they are written.
    pub(super) objects: BTreeMap<(String, u64), Fields>,
    pub(super) last_id: u64,
    pub(super) clock: u64,
    pub(super) requests: Vec<String>,
    pub(super) writes: usize,
    pub(super) fault: Option<Fault>,
}

type Answer = (u16, Value);

impl State {
    pub(super) fn insert(&mut self, path: &str, mut fields: Fields) -> u64 {
        self.last_id += 1;
        self.touch(&mut fields);
        self.objects.insert((path.to_owned(), self.last_id), fields);
        let id = self.last_id;
        if path == "dcim/devices" {
            // A component of the device type's template.
            let port = json!({"device": id, "name": "mgmt0", "type": "virtual"});
            let Value::Object(port) = port else { unreachable!() };
            self.insert("dcim/interfaces", port);
        }
        id
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
            return (200, json!({"netbox-version": "4.7.3", "plugins": {}}));
        }
        if *request.method() == Method::OPTIONS {
            let choices = ["virtual", "lag", "25gbase-x-sfp28"];
            let choices = choices.map(|choice| json!({"value": choice, "display": choice}));
            let kind = json!({"type": "field", "required": true, "read_only": false, "label": "Type", "choices": choices});
            return (200, json!({"name": "Objects", "actions": {"POST": {"type": kind}}}));
        }
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let items: Vec<Fields> =
            body.as_array().into_iter().flatten().map(|item| item.as_object().unwrap().clone()).collect();
        let before = self.clone();
        let outcome = match *request.method() {
            Method::GET => Ok(self.list(&path, &query)),
            Method::POST => items
                .into_iter()
                .map(|item| self.create(&path, item))
                .collect::<Result<Vec<_>, _>>()
                .map(|rows| (201, rows.into())),
            Method::PATCH => {
                let etags = request.headers().get("if-match").map(|value| value.to_str().unwrap().to_owned());
                items
                    .into_iter()
                    .map(|item| self.update(&path, item, etags.as_deref()))
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
            let (requests, writes) = (self.requests.clone(), self.writes);
            *self = before;
            (self.requests, self.writes) = (requests, writes);
            refused
        })
    }

    fn list(&self, path: &str, query: &[(String, String)]) -> Answer {
        let get = |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        let start: u64 =
            get("start").or(get("id__gt")).and_then(|start| start.parse().ok()).unwrap_or_default();
        let limit: usize = get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50);
        let mut filters: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in query {
            if !["limit", "start", "fields", "ordering", "offset"].contains(&name.as_str()) {
                filters.entry(name).or_default().push(value);
            }
        }
        let rows = self.objects.iter().filter(|((own, id), fields)| {
            own == path
                && *id >= start
                && filters.iter().all(|(name, values)| Self::matches(path, *id, fields, name, values))
        });
        let mut rows: Vec<_> = rows.map(|((_, id), fields)| (*id, fields)).collect();
        let next = (rows.len() > limit).then(|| format!("{BASE}/{path}/?start={}", rows[limit].0));
        let count = get("start").is_none().then_some(rows.len());
        rows.truncate(limit);
        let wanted = get("fields");
        let shown = rows.into_iter().map(|(id, fields)| {
            let mut shown = self.shown(path, id, fields);
            if let Some(wanted) = &wanted {
                shown.retain(|name, _| wanted.split(',').any(|one| one == name));
                for name in wanted.split(',') {
                    let has = endpoint(path).unwrap().field(name).is_some();
                    shown
                        .entry(name)
                        .or_insert_with(|| if has { Value::Null } else { panic!("{path} has no {name}") });
                }
            }
            Value::from(shown)
        });
        let results: Vec<_> = shown.collect();
        (200, json!({"count": count, "next": next, "previous": null, "results": results}))
    }

    fn matches(path: &str, id: u64, fields: &Fields, name: &str, values: &[&str]) -> bool {
        let equals = |value: &Value| {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Null => "null".into(),
                value => value.to_string(),
            };
            values.iter().any(|one| *one == text)
        };
        let own = endpoint(path).unwrap();
        assert!(!own.accepts(name).is_empty(), "{path} has no filter {name}");
        if name == "id" {
            return equals(&id.into());
        }
        if let Some(name) = name.strip_suffix("__ie") {
            let text = fields.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase();
            return values.iter().any(|one| one.to_lowercase() == text);
        }
        match name.strip_suffix("_id").filter(|_| own.field(name).is_none()) {
            Some(name) => equals(fields.get(name).unwrap_or(&Value::Null)),
            None => equals(fields.get(name).unwrap_or(&Value::Null)),
        }
    }

    fn create(&mut self, path: &str, fields: Fields) -> Result<Value, Answer> {
        let own = endpoint(path).unwrap();
        for field in own.fields().filter(|field| field.required().contains(4, 7)) {
            if !fields.contains_key(field.name()) {
                return Err((400, json!([{field.name(): ["This field is required."]}])));
            }
        }
        let id = self.insert(path, fields);
        self.check(path, id, true)?;
        Ok(self.shown(path, id, &self.objects[&(path.to_owned(), id)]).into())
    }

    fn update(&mut self, path: &str, mut item: Fields, etags: Option<&str>) -> Result<Value, Answer> {
        let id = item.remove("id").and_then(|id| id.as_u64()).unwrap();
        let key = (path.to_owned(), id);
        let Some(mut fields) = self.objects.get(&key).cloned() else {
            return Err((404, json!({"detail": "No object matches the given query."})));
        };
        let time = fields["last_updated"].as_str().unwrap().trim_end_matches('Z').to_owned();
        if etags.is_some_and(|etags| !etags.contains(&format!("W/\"{time}+00:00\""))) {
            return Err((412, json!({"detail": "Precondition failed."})));
        }
        fields.extend(item);
        self.touch(&mut fields);
        self.objects.insert(key, fields.clone());
        self.check(path, id, false)?;
        Ok(self.shown(path, id, &fields).into())
    }

    fn delete(&mut self, path: &str, id: u64) -> Result<(), Answer> {
        match self.objects.remove(&(path.to_owned(), id)) {
            Some(_) => Ok(()),
            None => Err((404, json!({"detail": "No object matches the given query."}))),
        }
    }

    /// The checks that NetBox makes before it keeps an object.
    fn check(&self, path: &str, id: u64, is_new: bool) -> Result<(), Answer> {
        let refused = |name: &str, why: &str| Err((400, json!([{name: [why]}])));
        let fields = &self.objects[&(path.to_owned(), id)];
        for (name, value) in fields {
            let field = endpoint(path).unwrap().field(name).unwrap_or_else(|| panic!("{path} has no {name}"));
            let targets = field.target().map(netbox_schema::Endpoint::path);
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for id in ids.iter().filter(|id| !id.is_null()) {
                if let Some(target) = targets
                    && !id.as_u64().is_some_and(|id| self.objects.contains_key(&(target.to_owned(), id)))
                {
                    return refused(
                        name,
                        &format!("Related object not found using the provided numeric ID: {id}"),
                    );
                }
            }
        }
        for (_, names) in UNIQUE.iter().filter(|(own, _)| *own == path) {
            let key = |fields: &Fields| -> Option<Vec<String>> {
                let value = |name: &&str| fields.get(*name).filter(|value| !value.is_null());
                names.iter().map(|name| value(name).map(|value| value.to_string().to_lowercase())).collect()
            };
            let own = key(fields);
            let others = self.objects.iter().filter(|((other, number), _)| other == path && *number != id);
            if own.is_some() && others.into_iter().any(|(_, other)| key(other) == own) {
                return refused(
                    "__all__",
                    &format!("{path} with this {} already exists.", names.join(" and ")),
                );
            }
        }
        if let Some(address) = fields.get("primary_ip4").and_then(Value::as_u64) {
            let port = self.objects[&("ipam/ip-addresses".to_owned(), address)].get("assigned_object_id");
            let port = port
                .and_then(Value::as_u64)
                .and_then(|port| self.objects.get(&("dcim/interfaces".to_owned(), port)));
            if port.is_none_or(|port| port["device"] != id) {
                return refused("primary_ip4", "The specified IP address is not assigned to this device.");
            }
        }
        if let Some(master) = fields.get("master").and_then(Value::as_u64)
            && !is_new
            && self.objects[&("dcim/devices".to_owned(), master)].get("virtual_chassis") != Some(&id.into())
        {
            return refused("master", "The selected master is not assigned to this virtual chassis.");
        }
        Ok(())
    }

    /// The form in which NetBox shows an object.
    fn shown(&self, path: &str, id: u64, fields: &Fields) -> Fields {
        let own = endpoint(path).unwrap();
        let mut shown = Fields::new();
        for (name, value) in fields {
            let field = own.field(name).unwrap();
            let nested = |id: &Value| self.nested(field.target().unwrap().path(), id.as_u64().unwrap());
            let value = match (field.kind(), value) {
                (_, Value::Null) => Value::Null,
                (Kind::ForeignKey, id) => nested(id),
                (Kind::ForeignKeys, Value::Array(ids)) => ids.iter().map(nested).collect(),
                (Kind::Choice, value) => json!({"value": value, "label": "Label"}),
                (_, value) => value.clone(),
            };
            shown.insert(name.clone(), value);
        }
        shown.extend(self.nested(path, id).as_object().unwrap().clone());
        shown
    }

    fn nested(&self, path: &str, id: u64) -> Value {
        let fields = self.objects.get(&(path.to_owned(), id)).unwrap_or_else(|| panic!("no {path}/{id}"));
        let mut nested =
            json!({"id": id, "url": format!("{BASE}/{path}/{id}/"), "display": self.natural(path, id)});
        for name in ["name", "slug", "address"] {
            if let Some(value) = fields.get(name) {
                nested[name] = value.clone();
            }
        }
        nested
    }

    /// A name of an object that doesn't depend on ids.
    pub(super) fn natural(&self, path: &str, id: u64) -> String {
        let Some(fields) = self.objects.get(&(path.to_owned(), id)) else { return format!("{path}/gone") };
        let own = ["slug", "name", "address"].iter().find_map(|name| fields.get(*name)?.as_str());
        let within =
            fields.get("device").and_then(Value::as_u64).map(|device| self.natural("dcim/devices", device));
        let site = fields.get("site").and_then(Value::as_u64).map(|site| self.natural("dcim/sites", site));
        format!("{path} {} {} {}", site.unwrap_or_default(), within.unwrap_or_default(), own.unwrap_or("?"))
    }
}
