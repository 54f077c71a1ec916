//! The rules that the NetBox in memory keeps.

use netbox_schema::{Kind, endpoint, endpoint_of_type};
use serde_json::{Value, json};

use super::{
    Fields,
    state::{Answer, State, no_object},
};

/// Fields that NetBox has no two objects with equal values of; null is not equal to null.
const UNIQUE: [(&str, &[&str]); 15] = [
    ("dcim/device-roles", &["slug"]),
    ("dcim/device-types", &["manufacturer", "slug"]),
    ("dcim/devices", &["name", "site"]),
    ("dcim/devices", &["asset_tag"]),
    ("dcim/devices", &["primary_ip4"]),
    ("dcim/devices", &["rack", "position", "face"]),
    ("dcim/devices", &["virtual_chassis", "vc_position"]),
    ("dcim/interfaces", &["device", "name"]),
    ("dcim/manufacturers", &["slug"]),
    ("dcim/regions", &["slug"]),
    ("dcim/sites", &["name"]),
    ("dcim/sites", &["slug"]),
    ("dcim/virtual-chassis", &["name"]),
    ("extras/tags", &["slug"]),
    ("ipam/ip-addresses", &["address"]),
];

/// The number of the constraint that a port has one cable, after those above.
const PORTS: usize = UNIQUE.len();

/// Objects that go with the object that a field of theirs refers to.
const CASCADE: [(&str, &str); 3] =
    [("dcim/interfaces", "device"), ("dcim/regions", "parent"), ("ipam/ip-addresses", "assigned_object_id")];

/// Fields that are cleared if the object goes that they refer to.
const CLEARED: [&str; 5] = ["bridge", "primary_ip4", "region", "tags", "virtual_chassis"];

/// The number of a unique constraint, and the values that it compares.
pub(super) type Constraint = (usize, Vec<String>);

impl State {
    /// The checks that NetBox makes before it keeps an object.
    pub(super) fn check(&self, path: &str, id: u64, is_new: bool) -> Result<(), Answer> {
        let refused = |name: &str, why: &str| Err((400, json!([{name: [why]}])));
        let fields = self.get(path, id).unwrap();
        for (name, value) in fields {
            let field = endpoint(path).unwrap().field(name).unwrap_or_else(|| panic!("{path} has no {name}"));
            let targets = field.target().map(netbox_schema::Endpoint::path);
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for id in ids.iter().filter(|id| !id.is_null()) {
                if let Some(target) = targets
                    && id.as_u64().is_none_or(|id| self.get(target, id).is_none())
                {
                    return refused(
                        name,
                        &format!("Related object not found using the provided numeric ID: {id}"),
                    );
                }
            }
        }
        for key in constraints(path, Some(fields)) {
            if self.alike[&key].len() > 1 {
                let names = if key.0 == PORTS { "port".into() } else { UNIQUE[key.0].1.join(" and ") };
                return refused("__all__", &format!("{path} with this {names} already exists."));
            }
        }
        if let Some(address) = fields.get("primary_ip4").and_then(Value::as_u64) {
            let port = self.get("ipam/ip-addresses", address).unwrap().get("assigned_object_id");
            let port = port.and_then(Value::as_u64).and_then(|port| self.get("dcim/interfaces", port));
            if port.is_none_or(|port| port["device"] != id) {
                return refused("primary_ip4", "The specified IP address is not assigned to this device.");
            }
        }
        if let Some(master) = fields.get("master").and_then(Value::as_u64)
            && !is_new
            && self.get("dcim/devices", master).unwrap().get("virtual_chassis") != Some(&id.into())
        {
            return refused("master", "The selected master is not assigned to this virtual chassis.");
        }
        let height = fields.get("u_height").and_then(Value::as_u64).filter(|_| path == "dcim/racks");
        let is_above = |own: &str, fields: &Fields| {
            let position = fields.get("position").and_then(Value::as_u64);
            own == "dcim/devices" && fields.get("rack") == Some(&id.into()) && position > height
        };
        if height.is_some() && self.all().any(|(own, _, fields)| is_above(own, fields)) {
            return refused("u_height", "Rack must be taller to house currently installed devices.");
        }
        let chassis = fields.get("virtual_chassis").unwrap_or(&Value::Null);
        if !chassis.is_null() && fields.get("vc_position").is_none_or(Value::is_null) {
            return refused("vc_position", "A device assigned to a virtual chassis must have its position.");
        }
        let is_master = |own: &str, of: u64, fields: &Fields| {
            own == "dcim/virtual-chassis" && fields.get("master") == Some(&id.into()) && *chassis != of
        };
        if path == "dcim/devices" && self.all().any(|(own, of, fields)| is_master(own, of, fields)) {
            return refused("virtual_chassis", "The device is currently designated as its master.");
        }
        Ok(())
    }

    /// The objects that NetBox saves with another: with a cable the ports at its ends, with a rack type its racks, and with a
    /// device those in its bays.
    pub(super) fn saved_with(&self, path: &str, id: u64, fields: &Fields) -> Vec<(&'static str, u64)> {
        let (of, field, saved, own) = match path {
            "dcim/cables" => return ends(fields).collect(),
            "dcim/rack-types" => ("dcim/racks", "rack_type", "dcim/racks", None),
            "dcim/devices" => ("dcim/device-bays", "device", "dcim/devices", Some("installed_device")),
            _ => return Vec::new(),
        };
        let referring = self.of(of).filter(|(_, fields)| fields.get(field) == Some(&id.into()));
        let ids = referring.filter_map(|(id, fields)| own.map_or(Some(id), |own| fields.get(own)?.as_u64()));
        ids.map(|id| (saved, id)).collect()
    }

    /// The custom fields of new objects that have a default.
    pub(super) fn defaults(&self, path: &str) -> Option<Value> {
        let object_type = endpoint(path)?.object_type()?;
        let definitions = self.all().filter(|(own, ..)| *own == "extras/custom-fields").map(|(.., of)| of);
        let own =
            definitions.filter(|of| of["object_types"].as_array().unwrap().contains(&object_type.into()));
        let own = own.filter(|of| of.get("default").is_some_and(|default| !default.is_null()));
        let defaults: Fields =
            own.map(|of| (of["name"].as_str().unwrap().into(), of["default"].clone())).collect();
        (!defaults.is_empty()).then(|| defaults.into())
    }

    /// Deletes an object with those that go with it.
    pub(super) fn delete(&mut self, path: &str, id: u64) -> Result<(), Answer> {
        if self.get(path, id).is_none() {
            return Err(no_object());
        }
        let holders: Vec<_> = self
            .all()
            .flat_map(|(own, of, fields)| {
                let names = fields.iter().filter(|(name, value)| refers(own, name, value, path, id));
                names.map(move |(name, _)| (own.to_owned(), of, name.clone())).collect::<Vec<_>>()
            })
            .collect();
        for (own, of, name) in holders {
            if CASCADE.contains(&(own.as_str(), name.as_str())) {
                self.delete(&own, of)?;
            } else if CLEARED.contains(&name.as_str()) {
                let Some(mut fields) = self.get(&own, of).cloned() else { continue };
                if let Some(Value::Array(items)) = fields.get_mut(&name) {
                    items.retain(|item| *item != id);
                } else {
                    // NetBox saves the members of a chassis, and clears other fields in its database.
                    if name == "virtual_chassis" {
                        self.touch(&mut fields);
                    }
                    fields.insert(name, Value::Null);
                }
                self.set(&own, of, Some(fields));
            } else {
                return Err((409, json!({"detail": format!("{own}/{of} refers to {path}/{id} by {name}.")})));
            }
        }
        self.set(path, id, None);
        Ok(())
    }
}

/// Says which object of a request NetBox refuses.
pub(super) fn about(name: &str, which: impl Into<Value>, (status, why): Answer) -> Answer {
    let errors = |own: &Value| json!({"detail": "Not all is written.", "errors": [{name: which.into(), "errors": own}]});
    (status, why.get(0).map(errors).unwrap_or(why.clone()))
}

/// Adds to the fields of an object the custom fields or attributes that it has already.
pub(super) fn keep_members(name: &str, own: Option<&Value>, fields: &mut Fields) {
    let Some(Value::Object(own)) = own else { return };
    let sent = fields.insert(name.into(), own.clone().into());
    match (sent, &mut fields[name]) {
        (Some(Value::Object(sent)), Value::Object(all)) => all.extend(sent),
        (Some(Value::Null), all) if name == "attributes" => *all = Value::Null,
        _ => {}
    }
}

/// Whether a field of an object of `own` refers to an object.
fn refers(own: &str, name: &str, value: &Value, path: &str, id: u64) -> bool {
    let field = endpoint(own).and_then(|own| own.field(name));
    let is_of = field.and_then(netbox_schema::Field::target).is_some_and(|target| target.path() == path);
    match (field.map(netbox_schema::Field::kind), value) {
        (Some(Kind::GenericObjects), _) => {
            ends(&Fields::from_iter([(name.to_owned(), value.clone())])).any(|end| end == (path, id))
        }
        (_, Value::Array(items)) => is_of && items.iter().any(|item| *item == id),
        (_, value) if name == "assigned_object_id" => path == "dcim/interfaces" && *value == id,
        (_, value) => is_of && *value == id,
    }
}

/// The values that the unique constraints of an endpoint compare; null is not equal to null.
pub(super) fn constraints(path: &str, fields: Option<&Fields>) -> Vec<Constraint> {
    let Some(fields) = fields else { return Vec::new() };
    let own = UNIQUE.iter().enumerate().filter(|(_, (own, _))| *own == path);
    let keys = own.filter_map(|(number, (_, names))| {
        let value = |name: &&str| fields.get(*name).filter(|value| !value.is_null());
        let values = names.iter().map(|name| value(name).map(|value| value.to_string().to_lowercase()));
        Some((number, values.collect::<Option<_>>()?))
    });
    // A port has one cable.
    let ends = ends(fields).map(|(path, id)| (PORTS, vec![path.to_owned(), id.to_string()]));
    keys.chain(ends).collect()
}

/// The objects at the ends of a cable.
pub(super) fn ends(fields: &Fields) -> impl Iterator<Item = (&'static str, u64)> {
    let ends =
        ["a_terminations", "b_terminations"].into_iter().filter_map(|name| fields.get(name)?.as_array());
    ends.flatten().map(|end| {
        let path = endpoint_of_type(end["object_type"].as_str().unwrap()).unwrap().path();
        (path, end["object_id"].as_u64().unwrap())
    })
}

/// The values by which a filter finds an object.
pub(super) fn filtered_by(path: &str, id: u64, fields: &Fields, filter: &str) -> Vec<String> {
    let has = |name: &str| endpoint(path).is_some_and(|own| own.field(name).is_some());
    let text = |name: &str| match fields.get(name) {
        Some(Value::String(text)) if text == "null" => String::new(), // NetBox filters by it for null
        Some(Value::String(text)) => text.clone(),
        None => "null".into(),
        Some(value) => value.to_string(),
    };
    if filter == "id" {
        return vec![id.to_string()];
    }
    if let Some(name) = filter.strip_suffix("__ie") {
        return vec![fields.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase()];
    }
    match filter.strip_suffix("_id").filter(|_| !has(filter)) {
        Some("interface") if path == "dcim/cables" => ends(fields).map(|(_, id)| id.to_string()).collect(),
        Some(name) => vec![text(name)],
        None => vec![text(filter)],
    }
}
