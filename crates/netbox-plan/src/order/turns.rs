//! Writes that have to wait for others although no reference of the description says so: for an object to let go of a value
//! that only one may have, or to let go of an object that is deleted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use netbox_core::{Mode, value::IpPrefix};
use netbox_schema::{Endpoint, Field, KeyPart, KeyRule, Kind, endpoint};
use serde_json::Value;

use super::{CHOSEN, MAPPED, NEVER_NULL, Wait, Writes};
use crate::{
    find::{Found, State},
    generic::pair,
    graph::Graph,
    mistake::Mistake,
    reference::{Id, PARENT, items, linked, member, references, referring, target},
    sense::Sense,
};

/// An object that waits for another, and why.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) waiter: usize,
    pub(crate) why: Wait<'static>,
    pub(crate) target: usize,
}

/// Parts of keys that say where in a rack or in a range of addresses an object is: others may be in its way.
const EXTENT: [(&str, &str); 6] = [
    ("dcim/devices", "position"),
    ("dcim/devices", "face"),
    ("dcim/rack-reservations", "units"),
    ("ipam/aggregates", "prefix"),
    ("ipam/ip-ranges", "start_address"),
    ("ipam/ip-ranges", "end_address"),
];

const CHASSIS: &str = "virtual_chassis";

/// Keys, by their first field, that several objects may have.
const SHARED: [(&str, &str); 9] = [
    ("dcim/mac-addresses", "mac_address"),
    ("dcim/virtual-chassis", "name"),
    ("extras/config-templates", "name"),
    ("extras/export-templates", "name"),
    ("ipam/fhrp-groups", "protocol"),
    ("ipam/services", "parent_object_type"),
    ("ipam/vrfs", "name"),
    ("tenancy/contacts", "name"),
    ("wireless/wireless-lans", "ssid"),
];

/// Parts of keys without which several objects may have the others.
const BOUNDS: [(&str, &str); 7] = [
    ("dcim/inventory-item-templates", "parent"),
    ("dcim/inventory-items", "parent"),
    ("dcim/module-bays", "module"),
    ("dcim/racks", "location"),
    ("ipam/vlans", "group"),
    ("virtualization/clusters", "group"),
    ("virtualization/clusters", "scope_id"),
];

/// Fields that NetBox itself clears if it deletes the object that they refer to, where that one refers back.
const CLEARED_ON_DELETE: [&str; 6] =
    ["virtual_chassis", "oob_ip", "primary_ip4", "primary_ip6", "primary_mac_address", "installed_device"];

/// A value that only one object may have, or that leaves no room for those of others in its group.
struct Claim {
    place: Vec<Value>,
    /// The field without which it is free.
    field: &'static str,
}

/// Claims by their groups; most groups have room for one.
type Claims = BTreeMap<String, Claim>;

struct Turns<'a, C> {
    graph: &'a Graph,
    found: &'a Found<C>,
    writes: &'a Writes<'a>,
    above: &'a HashMap<Id, Id>,
}

/// The waits among `writes`, and in `mistakes` the objects that would be lost with one that is deleted; `above` has the parents
/// of objects that the description does not.
pub(crate) fn turns<C: Mode>(
    graph: &Graph,
    found: &Found<C>,
    writes: &Writes<'_>,
    above: &HashMap<Id, Id>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Turn> {
    let of = Turns { graph, found, writes, above };
    let mut turns = Vec::new();
    of.after_releases(&mut turns);
    of.after_references(&mut turns, mistakes);
    turns
}

impl<C: Mode> Turns<'_, C> {
    /// A new value waits for the objects that have it, and get another or are deleted.
    fn after_releases(&self, turns: &mut Vec<Turn>) {
        let differs = |claims: &Claims, group: &String, claim: &Claim| {
            claims.get(group).is_none_or(|other| other.place != claim.place)
        };
        let mut holders: HashMap<String, BTreeMap<usize, Vec<Value>>> = HashMap::new();
        for node in self.writes.deletes.iter().chain(self.writes.changes.keys()) {
            let wanted = self.claims(*node, &|name| self.wanted(*node, name));
            for (group, claim) in self.claims(*node, &|name| self.held(*node, name)) {
                if differs(&wanted, &group, &claim) {
                    holders.entry(group).or_default().insert(*node, claim.place);
                }
            }
        }
        if holders.is_empty() {
            return;
        }
        let mut wait = |waiter: usize, group: &str, place: &[Value], why| {
            let path = self.graph.nodes[waiter].endpoint.as_str();
            let others = holders.get(group).into_iter().flatten().filter(|(holder, _)| **holder != waiter);
            let others = others.filter(|(_, held)| is_in_way(path, held, place));
            turns.extend(others.map(|(target, _)| Turn { waiter, why, target: *target }));
        };
        for node in self.writes.new.iter().chain(self.writes.changes.keys()) {
            let held = self.claims(*node, &|name| self.held(*node, name));
            for (group, claim) in self.claims(*node, &|name| self.wanted(*node, name)) {
                if differs(&held, &group, &claim) {
                    wait(*node, &group, &claim.place, Wait::Takes(claim.field));
                }
            }
        }
        // NetBox moves no address or device away from one that has chosen it.
        for node in self.writes.changes.keys() {
            if let Some(id) = self.id(*node) {
                wait(*node, &choice(&id), &[], Wait::Follows);
            }
        }
    }

    /// The values of an object that no other may have.
    fn claims(&self, node: usize, value: &dyn Fn(&str) -> Option<Value>) -> Claims {
        let mut claims = Claims::new();
        let Some(schema) = endpoint(&self.graph.nodes[node].endpoint) else { return claims };
        let server = self.found.server;
        let is_nullable = |name: &str| schema.field(name).is_some_and(|field| server.has(field.nullable()));
        let keys = schema.keys().filter(|key| server.has(key.versions()));
        let is_place = |name: &str| EXTENT.contains(&(schema.path(), name));
        let mut whole: Vec<BTreeSet<&str>> = Vec::new();
        for key in
            keys.filter(|key| !key.part(0).is_some_and(|part| SHARED.contains(&(schema.path(), part.name()))))
        {
            let parts = || key.parts().filter(|part| part.rule() != KeyRule::Any);
            let names: BTreeSet<&str> = key.parts().map(KeyPart::name).collect();
            // Two virtual machines have one name in two clusters.
            if whole.iter().any(|other| other.is_superset(&names)) {
                continue;
            }
            let (mut group, mut place) = (schema.path().to_owned(), Vec::new());
            let (mut is_whole, mut bounds, mut is_bound) = (true, 0, false);
            let is_told =
                |part: &KeyPart| part.rule() != KeyRule::Any || schema.path() != "ipam/ip-addresses";
            for part in key.parts().filter(is_told) {
                let (name, value) = (part.name(), value(part.name()).unwrap_or_default());
                if BOUNDS.contains(&(schema.path(), name)) {
                    bounds += 1;
                    is_bound |= !value.is_null();
                }
                let sense = Sense::of(Some(schema), name, server);
                if let (Sense::Ends, Value::Array(ends)) = (sense, sense.form(&value)) {
                    // A port has one cable.
                    let ends = ends.into_iter().map(|end| format!("end {end}"));
                    claims.extend(ends.map(|end| (end, Claim { place: Vec::new(), field: name })));
                    is_whole = false;
                }
                is_whole &= part.rule() != KeyRule::Given || !value.is_null() && value != "";
                if is_place(name) {
                    place.push(sense.form(&value));
                } else {
                    group += &format!("\n{name} {}", sense.key(&value, part.ignores_case()));
                }
            }
            if is_whole && (is_bound || bounds == 0) {
                whole.push(names);
                // The place alone: a rack without a place in it may be kept, not the other way round.
                let mut nullable = parts().map(KeyPart::name).filter(|name| is_nullable(name));
                let first = parts().map(KeyPart::name).find(|name| is_place(name)).or(nullable.next());
                let field = first.or(key.part(0).map(KeyPart::name));
                let field =
                    field.map(|name| if name == CHASSIS && self.is_master(node) { NEVER_NULL } else { name });
                claims.extend(field.map(|field| (group, Claim { place, field })));
            }
        }
        for field in CHOSEN.iter().filter_map(|name| schema.field(name)) {
            let chosen = value(field.name()).and_then(|value| target(field, &value));
            let claim = Claim { place: Vec::new(), field: field.name() };
            claims.extend(chosen.map(|id| (choice(&id), claim)));
        }
        // A position of a rear port has one front port.
        for field in schema.fields().filter(|field| field.name() == MAPPED) {
            let mapped = value(field.name()).unwrap_or_default();
            let ports = items(&mapped).filter_map(|item| Some((member(field, item)?, item)));
            let ports =
                ports.map(|(port, item)| format!("{} {} {}", port.0, port.1, item["rear_port_position"]));
            claims.extend(ports.map(|port| (port, Claim { place: Vec::new(), field: field.name() })));
        }
        claims
    }

    /// Whether it is the master of the chassis that it is in, which it can't leave.
    fn is_master(&self, node: usize) -> bool {
        let chassis = self.held(node, CHASSIS).unwrap_or_default();
        let master = chassis["master"]["id"].as_u64();
        master.is_some() && master == self.found.states[node].id()
    }

    /// The value that NetBox has.
    fn held(&self, node: usize, name: &str) -> Option<Value> {
        match &self.found.states[node] {
            State::Present(record) => record.get(name).ok(),
            _ => None,
        }
    }

    /// The value that NetBox gets.
    fn wanted(&self, node: usize, name: &str) -> Option<Value> {
        if self.writes.deletes.contains(&node) {
            return None;
        }
        let term = self.graph.nodes[node].fields.get(name);
        term.map_or_else(|| self.held(node, name), |term| Some(self.found.described(self.graph, term)))
    }

    /// An object is deleted after those that refer to it. A described one that goes on to refer to it would be lost with it, or
    /// lose that field.
    fn after_references(&self, turns: &mut Vec<Turn>, mistakes: &mut Vec<Mistake>) {
        let ids = self.writes.deletes.iter().filter_map(|node| Some((self.id(*node)?, *node)));
        let deleted: HashMap<Id, usize> = ids.collect();
        if deleted.is_empty() {
            return;
        }
        let mut known: HashMap<&str, Vec<Field>> = HashMap::new();
        for (number, node) in self.graph.nodes.iter().enumerate() {
            let is_deleted = self.writes.deletes.contains(&number);
            let State::Present(record) = &self.found.states[number] else { continue };
            let Some(schema) = endpoint(&node.endpoint) else { continue };
            // One that is only referred to shall not be lost; its fields are nobody's matter.
            let is_owned = |field: &&Field| field.name() == PARENT || self.found.server.has(field.required());
            let fields =
                known.entry(schema.path()).or_insert_with(|| referring(schema, self.found.server).collect());
            let shown = fields.iter().map(|field| field.name());
            let shown = shown.filter_map(|name| Some((name.to_owned(), record.get(name).ok()?))).collect();
            let fields = fields.iter().filter(|field| node.is_wanted || is_deleted || is_owned(field));
            for field in fields.filter(|field| !is_deleted || !CLEARED_ON_DELETE.contains(&field.name())) {
                let mut ids = references(schema, *field, &shown, self.found.server);
                // A cable goes with the devices of the ports at its ends, too, and an address with that of its interface.
                let kind = self.found.server.kind(*field);
                let (direct, mut around) = (ids.len(), Vec::new());
                if is_deleted || matches!(kind, Kind::Generic | Kind::GenericObjects) {
                    within(shown.get(field.name()).unwrap_or(&Value::Null), &mut around);
                }
                let mut next = ids.iter().find_map(|id| self.above.get(id)).filter(|_| !is_deleted);
                while let Some(id) = next {
                    around.push(id.clone());
                    next = self.above.get(id);
                }
                around.retain(|id| !ids.contains(id));
                ids.extend(around);
                for (at, id) in ids.into_iter().enumerate() {
                    let Some(target) = deleted.get(&id).filter(|target| **target != number) else { continue };
                    if is_deleted || self.is_changed(number, schema, *field) {
                        turns.push(Turn { waiter: *target, why: Wait::Follows, target: number });
                    } else if field.kind() != Kind::ForeignKeys {
                        let name = field.name();
                        let message = format!(
                            "its `{name}` is {}{}/{}, which a prune deletes: describe that object, or another `{name}`",
                            if at < direct { "" } else { "of " },
                            id.0,
                            id.1
                        );
                        mistakes.push(Mistake::new(&node.place, message));
                    }
                }
            }
        }
    }

    /// Whether the plan gives a field another value, or one of the two fields of a generic reference.
    fn is_changed(&self, node: usize, schema: Endpoint, field: Field) -> bool {
        let pair = pair(schema, field.name());
        let names = pair.map_or([field.name(); 2], |pair| [pair.object_type, pair.id]);
        let mut changes = self.writes.changes.get(&node).into_iter().flatten();
        changes.any(|change| names.contains(&change.field()))
    }

    fn id(&self, node: usize) -> Option<Id> {
        Some((self.graph.nodes[node].endpoint.clone(), self.found.states[node].id()?))
    }
}

/// Whether an object of an endpoint has no room in a place while another is in one of its group.
fn is_in_way(path: &str, held: &[Value], place: &[Value]) -> bool {
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
fn choice((path, id): &Id) -> String {
    format!("choice {path}/{id}")
}

/// The objects that NetBox shows in a value, and in these; but for the cable of a port, which goes with the port, not the
/// other way round.
fn within(value: &Value, ids: &mut Vec<Id>) {
    ids.extend(linked(value));
    let members = value.as_object().into_iter().flatten().filter(|(name, _)| *name != "cable");
    for value in items(value).chain(members.map(|(_, value)| value)) {
        within(value, ids);
    }
}
