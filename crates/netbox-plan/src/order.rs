//! The order in which objects are written: each after those that it refers to, or whose values it takes over.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use netbox_schema::endpoint;

use crate::{
    applied::Action,
    changes::FieldChange,
    graph::{CUSTOM_FIELDS, Graph},
    mistake::Mistake,
    server::Server,
};

mod claims;
mod queue;
mod turns;

use queue::Queue;
pub(crate) use turns::{Turn, turns};

/// Fields that choose one of the objects that refer back: the master of a chassis is one of its members, and the primary
/// address of a device is on one of its interfaces. NetBox refuses the choice before the object refers back.
pub(crate) const CHOSEN: [&str; 6] =
    ["master", "oob_ip", "primary_ip4", "primary_ip6", "primary_mac_address", "installed_device"];

/// The field that maps a front port to positions of rear ports.
pub(crate) const MAPPED: &str = "rear_ports";

/// The objects that are written.
pub(crate) struct Writes<'a> {
    pub(crate) new: &'a BTreeSet<usize>,
    pub(crate) changes: &'a BTreeMap<usize, Vec<FieldChange>>,
    pub(crate) deletes: &'a BTreeSet<usize>,
}

/// Why an object waits for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wait<'g> {
    /// This field refers to it.
    Needs(&'g str),
    /// This field, or the key that it is part of, gets a value of it that only one object may have.
    Takes(&'g str),
    /// It refers to the object, and no longer will.
    Follows,
    /// That object, which is deleted, refers to it, and NetBox may refuse the change before it is gone: a rack shrinks, a port
    /// without a cable becomes virtual. Or that object is a new module, with which NetBox may make it.
    Prefers,
}

impl<'g> Wait<'g> {
    /// The field without which it would not have to wait.
    pub(crate) fn field(self) -> Option<&'g str> {
        match self {
            Self::Needs(field) | Self::Takes(field) => Some(field),
            Self::Follows | Self::Prefers => None,
        }
    }
}

/// The value of a field that is set later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meanwhile {
    /// As it is.
    Kept,
    /// Null, since others take over the value.
    Null,
}

/// The writes, in their order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    pub(crate) steps: Vec<Step>,
    /// Fields that are set once all objects are there, since objects wait for each other in a circle.
    pub(crate) later: BTreeMap<usize, BTreeMap<String, Meanwhile>>,
    /// The objects that have to let go of something first, by those that wait for it.
    pub(crate) first: BTreeMap<usize, BTreeSet<usize>>,
}

/// Objects of an endpoint that wait for none but those of former steps.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) action: Action,
    pub(crate) endpoint: String,
    pub(crate) nodes: Vec<usize>,
    /// Whether these are deletions that nothing else waits for.
    pub(crate) is_last: bool,
}

impl Writes<'_> {
    pub(crate) fn nodes(&self) -> impl Iterator<Item = usize> {
        self.new.iter().chain(self.changes.keys()).chain(self.deletes).copied()
    }

    pub(crate) fn action(&self, node: usize) -> Option<Action> {
        match node {
            _ if self.new.contains(&node) => Some(Action::Create),
            _ if self.changes.contains_key(&node) => Some(Action::Change),
            _ if self.deletes.contains(&node) => Some(Action::Delete),
            _ => None,
        }
    }
}

/// Puts the writes in order. A new object may have to wait for a change, as an interface until its parent has channels, or for
/// a deletion, as a cable until its port is free, or a change as that of a rack until the device is gone for which the rack
/// would be too small. All other deletions come last.
///
/// # Errors
///
/// A circle in which no field can be null.
pub(crate) fn order(
    graph: &Graph,
    writes: &Writes<'_>,
    turns: Vec<Turn>,
    keys: impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<Order, Mistake> {
    let mut order = Order::default();
    for Turn { waiter, target, .. } in turns.iter().filter(|turn| turn.why != Wait::Prefers) {
        order.first.entry(*waiter).or_default().insert(*target);
    }
    let mut queue = Queue::new(graph, writes, turns);
    while !queue.is_empty() {
        if let Some(step) = queue.next() {
            order.steps.push(step);
            continue;
        }
        // All circles at once, since objects that are created together take one request.
        for circle in queue.circles() {
            if circle.iter().all(|node| writes.deletes.contains(node)) {
                // Bridges that refer to each other: NetBox lets go of them by itself.
                queue.part(circle[0], circle[1]);
                continue;
            }
            if queue.without_preference(&circle) {
                continue;
            }
            let (node, field, meanwhile) = cut(graph, writes, &circle, &queue, &keys, server)?;
            queue.forget(node, &field);
            order.later.entry(node).or_default().insert(field, meanwhile);
        }
    }
    Ok(order)
}

/// The field to set later: the choice of an object that refers back, or else one of an object that most others wait for, and
/// that may be null.
fn cut(
    graph: &Graph,
    writes: &Writes<'_>,
    circle: &[usize],
    queue: &Queue<'_>,
    keys: &impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<(usize, String, Meanwhile), Mistake> {
    let may_be_null = |node: usize, name: &str| {
        let field = endpoint(&graph.nodes[node].endpoint).and_then(|endpoint| endpoint.field(name));
        let Some(field) = field else { return true };
        let has = |versions| server.has(versions);
        let is_list = field.kind() == netbox_schema::Kind::ForeignKeys || name == CUSTOM_FIELDS;
        let is_new = writes.new.contains(&node);
        (has(field.nullable()) || is_list && is_new)
            && !has(field.required())
            && !keys(node).iter().any(|key| key == name)
    };
    let meanwhile = |node: usize, why: Wait<'_>| {
        let name = why.field()?;
        if writes.new.contains(&node) {
            return may_be_null(node, name).then_some(Meanwhile::Kept);
        }
        if matches!(why, Wait::Needs(_)) && !queue.gives(node) {
            return Some(Meanwhile::Kept);
        }
        let is_described = graph.nodes[node].fields.contains_key(name);
        (is_described && may_be_null(node, name)).then_some(Meanwhile::Null)
    };
    let of_circle = || circle.iter().zip(circle.iter().cycle().skip(1));
    let cuts = of_circle().filter_map(|(node, next)| {
        queue.reasons(*node, *next).find_map(|why| Some((*node, why.field()?, meanwhile(*node, why)?)))
    });
    let best =
        cuts.max_by_key(|(node, name, _)| (CHOSEN.contains(name), queue.waiters(*node), Reverse(*node)));
    best.map(|(node, name, meanwhile)| (node, name.to_owned(), meanwhile)).ok_or_else(|| {
        let reasons: Vec<_> = of_circle().flat_map(|(node, next)| queue.reasons(*node, *next)).collect();
        no_way_out(graph, circle, &reasons)
    })
}

/// Says that nothing cuts a circle, whose objects wait for each other for these reasons.
fn no_way_out(graph: &Graph, circle: &[usize], reasons: &[Wait<'_>]) -> Mistake {
    let mut places: Vec<_> = circle.iter().map(|node| graph.nodes[*node].place.as_str()).collect();
    places.push(places[0]);
    let circle = places.join(" -> ");
    let message = if reasons.iter().all(|why| *why == Wait::Follows) {
        format!(
            "these wait for each other in a circle, since the one that is deleted has chosen the other, as a device its primary \
             address: {circle}; describe it without that choice first"
        )
    } else if reasons.iter().all(|why| matches!(why, Wait::Needs(_))) {
        format!(
            "these objects refer to each other in a circle, and none of the references can be null at first: {circle}"
        )
    } else {
        format!(
            "these wait for each other in a circle, since each refers to the next, or gets a value that only one object may have \
             and that the next still has: {circle}; give one of them another value first"
        )
    };
    Mistake::new(places[0], message)
}
