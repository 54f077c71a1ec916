//! The order in which objects are written: each after those that it refers to.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use netbox_schema::endpoint;

use crate::{
    applied::Action,
    graph::{CUSTOM_FIELDS, Graph},
    mistake::Mistake,
    plan::FieldChange,
    server::Server,
};

mod queue;

use queue::Queue;

/// Fields that choose one of the objects that refer back: the master of a chassis is one of its members, and the primary
/// address of a device is on one of its interfaces. NetBox refuses the choice before the object refers back.
pub(crate) const CHOSEN: [&str; 6] =
    ["master", "oob_ip", "primary_ip4", "primary_ip6", "primary_mac_address", "installed_device"];

/// The writes, in their order, but for deletions.
#[derive(Debug, Default)]
pub(crate) struct Order {
    pub(crate) steps: Vec<Step>,
    /// Fields that are set once all objects are there, since objects refer to each other in a circle.
    pub(crate) later: BTreeMap<usize, BTreeSet<String>>,
}

/// Objects of an endpoint that need none but those of former steps.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) action: Action,
    pub(crate) endpoint: String,
    pub(crate) nodes: Vec<usize>,
}

/// Puts new objects and changes in order. A new object may need that another is changed: an interface that its parent has
/// channels.
///
/// # Errors
///
/// A circle in which no reference can be null.
pub(crate) fn order(
    graph: &Graph,
    new: &BTreeSet<usize>,
    changes: &BTreeMap<usize, Vec<FieldChange>>,
    keys: impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<Order, Mistake> {
    let mut order = Order::default();
    let mut queue = Queue::new(graph, new, changes);
    while !queue.is_empty() {
        if let Some(step) = queue.next() {
            order.steps.push(step);
            continue;
        }
        // All circles at once, since objects that are created together take one request.
        for circle in queue.circles() {
            let (node, field) = cut(graph, new, &circle, &queue, &keys, server)?;
            queue.forget(node, &field);
            order.later.entry(node).or_default().insert(field);
        }
    }
    Ok(order)
}

/// The reference to leave out at first: the choice of an object that refers back, or else one of an object that most others
/// wait for, and that may be null.
fn cut(
    graph: &Graph,
    new: &BTreeSet<usize>,
    circle: &[usize],
    queue: &Queue<'_>,
    keys: &impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<(usize, String), Mistake> {
    let may_wait = |node: usize, name: &str| {
        if !new.contains(&node) {
            return true;
        }
        let field = endpoint(&graph.nodes[node].endpoint).and_then(|endpoint| endpoint.field(name));
        let Some(field) = field else { return true };
        let has = |versions| server.has(versions);
        let is_list = field.kind() == netbox_schema::Kind::ForeignKeys || name == CUSTOM_FIELDS;
        (has(field.nullable()) || is_list)
            && !has(field.required())
            && !keys(node).iter().any(|key| key == name)
    };
    let of_circle = circle.iter().zip(circle.iter().cycle().skip(1));
    let cuts = of_circle.filter_map(|(node, next)| {
        let mut names = queue.fields(*node, *next).filter(|name| may_wait(*node, name));
        names.next().map(|name| (*node, name))
    });
    let best = cuts.max_by_key(|(node, name)| (CHOSEN.contains(name), queue.waiters(*node), Reverse(*node)));
    best.map(|(node, name)| (node, name.to_owned())).ok_or_else(|| {
        let mut places: Vec<_> = circle.iter().map(|node| graph.nodes[*node].place.as_str()).collect();
        places.push(places[0]);
        let message = format!(
            "these refer to each other in a circle in which no reference may be null: {}",
            places.join(" -> ")
        );
        Mistake::new(places[0], message)
    })
}
