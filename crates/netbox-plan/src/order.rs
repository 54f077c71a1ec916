//! The order in which objects are created: each after those that it refers to.

use std::collections::{BTreeMap, BTreeSet};

use netbox_schema::endpoint;

use crate::{
    graph::{CUSTOM_FIELDS, Graph, Target},
    mistake::Mistake,
    server::Server,
};

/// New objects, in the order of their creation.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Objects that need none but those before them.
    pub(crate) levels: Vec<Vec<usize>>,
    /// Fields that are set once all objects are there, since objects refer to each other in a circle.
    pub(crate) later: BTreeMap<usize, BTreeSet<String>>,
}

/// Puts the `new` objects in order.
///
/// # Errors
///
/// A circle in which no reference can be null.
pub(crate) fn order(
    graph: &Graph,
    new: &BTreeSet<usize>,
    keys: impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<Order, Mistake> {
    let mut order = Order::default();
    // For each object, the fields by which it waits, and for what.
    let mut waits: BTreeMap<usize, BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
    for node in new {
        let mut fields = BTreeMap::new();
        for (name, term) in &graph.nodes[*node].fields {
            let targets = term.targets().into_iter().filter_map(|target| match target {
                Target::Node(target) if new.contains(&target) => Some(target),
                _ => None,
            });
            let targets: BTreeSet<usize> = targets.collect();
            if !targets.is_empty() {
                fields.insert(name.as_str(), targets);
            }
        }
        waits.insert(*node, fields);
    }
    let mut waiters: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (node, fields) in &waits {
        for target in fields.values().flatten() {
            waiters.entry(*target).or_default().insert(*node);
        }
    }
    let mut ready: BTreeSet<usize> =
        waits.iter().filter(|(_, fields)| fields.is_empty()).map(|(node, _)| *node).collect();
    while !waits.is_empty() {
        if ready.is_empty() {
            let (node, field) = cut(graph, &waits, &waiters, &keys, server)?;
            order.later.entry(node).or_default().insert(field.clone());
            if let Some(fields) = waits.get_mut(&node) {
                fields.remove(field.as_str());
                if fields.is_empty() {
                    ready.insert(node);
                }
            }
            continue;
        }
        let level: Vec<usize> = std::mem::take(&mut ready).into_iter().collect();
        for node in &level {
            waits.remove(node);
        }
        for node in &level {
            for waiter in waiters.get(node).into_iter().flatten() {
                if let Some(fields) = waits.get_mut(waiter) {
                    for targets in fields.values_mut() {
                        targets.remove(node);
                    }
                    fields.retain(|_, targets| !targets.is_empty());
                    if fields.is_empty() {
                        ready.insert(*waiter);
                    }
                }
            }
        }
        order.levels.push(level);
    }
    Ok(order)
}

/// The reference to leave out at first: of an object that most others wait for, and one that may be null.
fn cut(
    graph: &Graph,
    waits: &BTreeMap<usize, BTreeMap<&str, BTreeSet<usize>>>,
    waiters: &BTreeMap<usize, BTreeSet<usize>>,
    keys: &impl Fn(usize) -> Vec<String>,
    server: Server,
) -> Result<(usize, String), Mistake> {
    let may_be_null = |node: usize, name: &str| {
        let field = endpoint(&graph.nodes[node].endpoint).and_then(|endpoint| endpoint.field(name));
        let Some(field) = field else { return true };
        let has = |versions| server.has(versions);
        let is_list = field.kind() == netbox_schema::Kind::ForeignKeys || name == CUSTOM_FIELDS;
        (has(field.nullable()) || is_list)
            && !has(field.required())
            && !keys(node).iter().any(|key| key == name)
    };
    let circle = circle(waits);
    let of_circle = circle.iter().zip(circle.iter().cycle().skip(1));
    let cuts = of_circle.filter_map(|(node, next)| {
        let fields = waits[node].iter().filter(|(_, targets)| targets.contains(next));
        let mut names = fields.map(|(name, _)| *name).filter(|name| may_be_null(*node, name));
        names.next().map(|name| (*node, name))
    });
    let weight = |node: usize| waiters.get(&node).map_or(0, BTreeSet::len);
    let best = cuts.max_by_key(|(node, _)| (weight(*node), std::cmp::Reverse(*node)));
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

/// Objects each of which waits for the next, and the last for the first.
fn circle(waits: &BTreeMap<usize, BTreeMap<&str, BTreeSet<usize>>>) -> Vec<usize> {
    let mut path: Vec<usize> = waits.keys().next().copied().into_iter().collect();
    // All of them wait for one of them, so that the path comes back to itself.
    while let Some(next) = path.last().and_then(|last| waits[last].values().flatten().next().copied()) {
        if let Some(start) = path.iter().position(|node| *node == next) {
            path.drain(..start);
            break;
        }
        path.push(next);
    }
    path
}
