//! Values that only one object may have: those of unique keys, places in a rack or in a range of addresses, the ports of cables,
//! and the objects that others have chosen.

use std::collections::BTreeMap;

use netbox_core::value::IpPrefix;
use netbox_schema::{Endpoint, Key, KeyPart, KeyRule};
use serde_json::Value;

use super::{CHOSEN, MAPPED};
use crate::{
    reference::{Id, items, member, target},
    sense::Sense,
    server::Server,
};

/// Parts of keys that say where in a rack or in a range of addresses an object is: others may be in its way.
const EXTENT: [(&str, &str); 6] = [
    ("dcim/devices", "position"),
    ("dcim/devices", "face"),
    ("dcim/rack-reservations", "units"),
    ("ipam/aggregates", "prefix"),
    ("ipam/ip-ranges", "start_address"),
    ("ipam/ip-ranges", "end_address"),
];

/// A value that only one object may have, or that leaves no room for those of others in its group.
pub(super) struct Claim {
    pub(super) place: Vec<Value>,
    /// The field to clear for another object to get the value, if that is possible at all.
    pub(super) field: Option<&'static str>,
}

/// Claims by their groups; most groups have room for one.
pub(super) type Claims = BTreeMap<String, Claim>;

/// The claims of an object of an endpoint, whose fields have these values.
pub(super) fn claims(schema: Endpoint, server: Server, value: &dyn Fn(&str) -> Option<Value>) -> Claims {
    let alone = |field| Claim { place: Vec::new(), field: Some(field) };
    let mut claims = Claims::new();
    for key in schema.keys().filter(|key| server.has(key.versions())) {
        for part in key.parts().filter(|part| Sense::of(Some(schema), part.name(), server) == Sense::Ends) {
            // A port has one cable.
            let ends = value(part.name()).map(|ends| Sense::Ends.form(&ends)).unwrap_or_default();
            claims.extend(items(&ends).map(|end| (format!("end {end}"), alone(part.name()))));
        }
        claims.extend(of_key(schema, key, server, value));
    }
    for field in CHOSEN.iter().filter_map(|name| schema.field(name)) {
        let chosen = value(field.name()).and_then(|value| target(field, &value));
        claims.extend(chosen.map(|id| (choice(&id), alone(field.name()))));
    }
    // A position of a rear port has one front port.
    if let Some(field) = schema.field(MAPPED) {
        let mapped = value(field.name()).unwrap_or_default();
        let ports =
            items(&mapped).filter_map(|item| Some((member(field, item)?, &item["rear_port_position"])));
        claims.extend(ports.map(|((path, id), at)| (format!("{path} {id} {at}"), alone(field.name()))));
    }
    claims
}

/// The claim of a key, if NetBox allows one object with its values.
fn of_key(
    schema: Endpoint,
    key: Key,
    server: Server,
    value: &dyn Fn(&str) -> Option<Value>,
) -> Option<(String, Claim)> {
    if !key.is_unique() {
        return None;
    }
    let (mut group, mut place) = (schema.path().to_owned(), Vec::new());
    let is_extent = |name: &str| EXTENT.contains(&(schema.path(), name));
    let is_null = |part: &KeyPart| value(part.name()).is_none_or(|value| value.is_null() || value == "");
    let mut optional = key.parts().filter(|part| !part.null_is_unique()).peekable();
    if optional.peek().is_some() && optional.all(|part| is_null(&part)) {
        return None;
    }
    for part in key.parts() {
        if part.rule() == KeyRule::Given && is_null(&part) {
            return None;
        }
        let (name, value) = (part.name(), value(part.name()).unwrap_or_default());
        let sense = Sense::of(Some(schema), name, server);
        if is_extent(name) {
            place.push(sense.form(&value));
        } else {
            group += &format!("\n{name} {}", sense.key(&value, part.ignores_case()));
        }
    }
    let names = || key.parts().filter(|part| part.rule() != KeyRule::Any).map(KeyPart::name);
    let is_nullable = |name: &&str| schema.field(name).is_some_and(|field| server.has(field.nullable()));
    // A device may be in a rack without a position, not the other way round.
    let field =
        names().find(|name| is_extent(name)).or_else(|| names().find(is_nullable)).or_else(|| names().next());
    Some((group, Claim { place, field }))
}

/// Whether an object of an endpoint has no room in a place while another is in one of its group.
pub(super) fn is_in_way(path: &str, held: &[Value], place: &[Value]) -> bool {
    let address = |value: &Value| value.as_str()?.parse::<IpPrefix>().ok();
    match (path, held, place) {
        ("dcim/rack-reservations", [one], [other]) => {
            items(one).any(|unit| items(other).any(|own| own == unit))
        }
        ("ipam/aggregates", [one], [other]) => match (address(one), address(other)) {
            (Some(one), Some(other)) => one.contains(other.address()) || other.contains(one.address()),
            _ => true,
        },
        ("ipam/ip-ranges", [first, last], [from, to]) => {
            let at = |value| address(value).map(IpPrefix::address);
            at(first) <= at(to) && at(from) <= at(last)
        }
        // Devices are of different heights, so that any two places of a rack may be in each other's way.
        _ => true,
    }
}

/// That an object is chosen by the one that it belongs to.
pub(super) fn choice((path, id): &Id) -> String {
    format!("choice {path}/{id}")
}
