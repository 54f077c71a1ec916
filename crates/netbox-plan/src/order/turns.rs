//! Writes that have to wait for others although no reference of the description says so: for an object to let go of a value
//! that only one may have, or to let go of an object that is deleted.

use std::collections::{BTreeMap, HashMap};

use netbox_core::{Mode, Object, Record};
use netbox_schema::{Endpoint, Field, Kind, endpoint};
use serde_json::Value;

use super::{
    Wait, Writes,
    claims::{Claim, Claims, choice, claims, is_in_way},
};
use crate::{
    changes::FieldChange,
    find::{Found, State},
    generic::pair,
    graph::{CUSTOM_FIELDS, Graph},
    mistake::Mistake,
    reference::{Id, is_owned_by, items, linked, references, referring},
    view::shown,
};

/// An object that waits for another, and why.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) waiter: usize,
    pub(crate) why: Wait<'static>,
    pub(crate) target: usize,
}

const CHASSIS: &str = "virtual_chassis";

/// Fields that NetBox itself clears if it deletes the object that they refer to, where that one refers back.
const CLEARED_ON_DELETE: [&str; 6] =
    ["virtual_chassis", "oob_ip", "primary_ip4", "primary_ip6", "primary_mac_address", "installed_device"];

/// The objects to which an object refers by one of its fields.
struct Held {
    name: String,
    ids: Vec<Id>,
    /// Those with which these go.
    around: Vec<Id>,
    /// Whether it is a list, from which NetBox drops an object that it deletes.
    is_list: bool,
    /// Whether the plan gives the field another value.
    is_changed: bool,
}

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
                    let why = claim.field.map_or(Wait::Follows, Wait::Takes);
                    wait(*node, &group, &claim.place, why);
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

    /// The values of an object that no other may have, if its fields have these.
    fn claims(&self, node: usize, value: &dyn Fn(&str) -> Option<Value>) -> Claims {
        let schema = endpoint(&self.graph.nodes[node].endpoint);
        let mut claims = schema.map(|schema| claims(schema, self.found.server, value)).unwrap_or_default();
        if self.is_master(node) {
            for claim in claims.values_mut().filter(|claim| claim.field == Some(CHASSIS)) {
                claim.field = None;
            }
        }
        claims
    }

    /// Whether it is the master of its virtual chassis, which it can't leave.
    fn is_master(&self, node: usize) -> bool {
        let chassis = self.held(node, CHASSIS).unwrap_or_default();
        let master = chassis["master"]["id"].as_u64();
        master.is_some() && master == self.found.states[node].id()
    }

    /// The value that NetBox has.
    fn held(&self, node: usize, name: &str) -> Option<Value> {
        match &self.found.states[node] {
            State::Present(record) => shown(record, name),
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

    /// An object is deleted after those that refer to it, and before the changes of those to which it refers, if it may be in their
    /// way. A described one that goes on to refer to it would be lost with it, or lose that field.
    fn after_references(&self, turns: &mut Vec<Turn>, mistakes: &mut Vec<Mistake>) {
        let ids = self.writes.deletes.iter().filter_map(|node| Some((self.id(*node)?, *node)));
        let deleted: HashMap<Id, usize> = ids.collect();
        if deleted.is_empty() {
            return;
        }
        let bounded = self.writes.changes.keys().filter(|node| self.is_bounded(**node));
        let bounded: HashMap<Id, usize> = bounded.filter_map(|node| Some((self.id(*node)?, *node))).collect();
        let mut known: HashMap<&str, Vec<Field>> = HashMap::new();
        for (number, node) in self.graph.nodes.iter().enumerate() {
            let State::Present(record) = &self.found.states[number] else { continue };
            let is_deleted = self.writes.deletes.contains(&number);
            let held = match endpoint(&node.endpoint) {
                Some(schema) => {
                    let referring = || referring(schema, self.found.server).collect();
                    let fields = known.entry(schema.path()).or_insert_with(referring);
                    self.held_references(number, schema, record, fields)
                }
                None => self.held_by_plugin(number, record),
            };
            for Held { name, ids, around, is_list, is_changed } in held {
                let bounded = ids.iter().filter(|_| is_deleted).filter_map(|id| bounded.get(id));
                turns.extend(bounded.map(|waiter| Turn {
                    waiter: *waiter,
                    why: Wait::Prefers,
                    target: number,
                }));
                let direct = ids.iter().map(|id| (id, "")).chain(around.iter().map(|id| (id, "of ")));
                for (id, of) in direct {
                    let target = deleted.get(id).copied().filter(|target| *target != number);
                    let Some(waiter) = target else { continue };
                    if name == CHASSIS && is_changed && self.is_master(number) {
                        // It can't leave its chassis, and NetBox lets it go with that.
                        turns.push(Turn { waiter: number, why: Wait::Follows, target: waiter });
                    } else if is_deleted || is_changed {
                        turns.push(Turn { waiter, why: Wait::Follows, target: number });
                    } else if !is_list {
                        let (path, id) = id;
                        let message = format!(
                            "its `{name}` is {of}{path}/{id}, which a prune deletes: describe that object, or another `{name}`"
                        );
                        mistakes.push(Mistake::new(&node.place, message));
                    }
                }
            }
        }
    }

    /// The objects that an object of NetBox's own refers to, by those of these fields that count.
    fn held_references(
        &self,
        node: usize,
        schema: Endpoint,
        record: &Record<Object, C>,
        fields: &[Field],
    ) -> Vec<Held> {
        let names = fields.iter().map(|field| field.name());
        let shown = names.filter_map(|name| Some((name.to_owned(), shown(record, name)?))).collect();
        let counting = fields.iter().copied().filter(|field| self.counts(node, *field));
        let held = counting.map(|field| {
            let ids = references(schema, field, &shown, self.found.server);
            Held {
                around: self.around(node, field, shown.get(field.name()), &ids),
                is_changed: self.is_changed(node, schema, field),
                is_list: field.kind() == Kind::ForeignKeys,
                name: field.name().to_owned(),
                ids,
            }
        });
        held.collect()
    }

    /// The objects that a plugin's object refers to; NetBox shows them all. Those that refer to it are in lists, which count only
    /// where they are described.
    fn held_by_plugin(&self, node: usize, record: &Record<Object, C>) -> Vec<Held> {
        let of = &self.graph.nodes[node];
        let held = record.names().filter_map(|name| {
            let shown = shown(record, name)?;
            let in_list = items(&shown).filter(|_| of.fields.contains_key(name));
            let ids: Vec<Id> = in_list.chain([&shown]).filter_map(linked).collect();
            let mut around = Vec::new();
            if !ids.is_empty() {
                within(&shown, &mut around);
                around.retain(|id| !ids.contains(id));
            }
            let mut changes = self.writes.changes.get(&node).into_iter().flatten();
            let is_changed = changes.any(|change| change.field() == name);
            Some(Held { name: name.to_owned(), ids, around, is_list: false, is_changed })
        });
        held.collect()
    }

    /// Whether NetBox may refuse the changes of an object for those that refer to it, as it does if a rack gets too small for its
    /// devices. No text, no list of objects such as tags, and no custom field is bounded by others.
    fn is_bounded(&self, node: usize) -> bool {
        let schema = endpoint(&self.graph.nodes[node].endpoint);
        let field = |change: &FieldChange| schema?.field(change.field());
        let is_free =
            |field| matches!(self.found.server.kind(field), Kind::Text | Kind::Texts | Kind::ForeignKeys);
        let changes = &self.writes.changes[&node];
        changes
            .iter()
            .filter(|change| change.field() != CUSTOM_FIELDS)
            .any(|change| !field(change).is_some_and(is_free))
    }

    /// Whether it matters to what a field of an object refers.
    fn counts(&self, node: usize, field: Field) -> bool {
        if self.writes.deletes.contains(&node) {
            return !CLEARED_ON_DELETE.contains(&field.name());
        }
        // One that is only referred to shall not be lost; its other fields are nobody's matter.
        self.graph.nodes[node].is_described() || is_owned_by(field, self.found.server)
    }

    /// The objects with which those of a field go: a cable with the devices of the ports at its ends, an address with the device
    /// of its interface, and what is in a tree with all above it.
    fn around(&self, node: usize, field: Field, shown: Option<&Value>, ids: &[Id]) -> Vec<Id> {
        let is_deleted = self.writes.deletes.contains(&node);
        let mut around = Vec::new();
        if is_deleted || matches!(self.found.server.kind(field), Kind::Generic | Kind::GenericObjects) {
            within(shown.unwrap_or(&Value::Null), &mut around);
        }
        let mut next = ids.iter().find_map(|id| self.above.get(id)).filter(|_| !is_deleted);
        while let Some(id) = next {
            around.push(id.clone());
            next = self.above.get(id);
        }
        around.retain(|id| !ids.contains(id));
        around
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

/// The objects that NetBox shows in a value, and in these; but for the cable of a port, which goes with the port, not the
/// other way round.
fn within(value: &Value, ids: &mut Vec<Id>) {
    ids.extend(linked(value));
    let members = value.as_object().into_iter().flatten().filter(|(name, _)| *name != "cable");
    for value in items(value).chain(members.map(|(_, value)| value)) {
        within(value, ids);
    }
}
