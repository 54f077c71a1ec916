//! The order in which objects are written: each after those that it refers to.

use std::collections::{BTreeMap, BTreeSet};

use netbox_schema::endpoint;

use crate::{
    applied::Action,
    apply::has_components,
    graph::{CUSTOM_FIELDS, Graph, Target},
    mistake::Mistake,
    plan::FieldChange,
    server::Server,
};

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

/// For each object, the fields by which it waits, and for what.
type Waits<'g> = BTreeMap<usize, BTreeMap<&'g str, BTreeSet<usize>>>;

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
    let mut waits = waits(graph, new, changes);
    let mut waiters: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (node, fields) in &waits {
        for target in fields.values().flatten() {
            waiters.entry(*target).or_default().insert(*node);
        }
    }
    let step = |node: usize| {
        let action = if new.contains(&node) { Action::Create } else { Action::Change };
        (action, graph.nodes[node].endpoint.as_str())
    };
    // For each step, the objects that wait for none, and how many others do.
    let mut steps: BTreeMap<(Action, &str), (Vec<usize>, usize)> = BTreeMap::new();
    for (node, fields) in &waits {
        let (ready, waiting) = steps.entry(step(*node)).or_default();
        if fields.is_empty() { ready.push(*node) } else { *waiting += 1 }
    }
    while !waits.is_empty() {
        let lacks_templates = steps.iter().any(|((_, endpoint), (ready, waiting))| {
            endpoint.starts_with("dcim/") && endpoint.ends_with("-templates") && ready.len() + waiting > 0
        });
        // The fewer are left behind, the fewer steps there are.
        let next = steps.iter().filter(|(_, (ready, _))| !ready.is_empty()).min_by_key(
            |((_, endpoint), (_, waiting))| (lacks_templates && has_components(endpoint), *waiting),
        );
        let mut free: Vec<usize> = Vec::new();
        if let Some((&(action, endpoint), _)) = next {
            let nodes = steps
                .get_mut(&(action, endpoint))
                .map(|(ready, _)| std::mem::take(ready))
                .unwrap_or_default();
            for node in &nodes {
                waits.remove(node);
            }
            let waiting = |node| waiters.get(node).into_iter().flatten().map(move |waiter| (node, *waiter));
            for (node, waiter) in nodes.iter().flat_map(waiting) {
                let Some(fields) = waits.get_mut(&waiter).filter(|fields| !fields.is_empty()) else {
                    continue;
                };
                for targets in fields.values_mut() {
                    targets.remove(node);
                }
                fields.retain(|_, targets| !targets.is_empty());
                if fields.is_empty() {
                    free.push(waiter);
                }
            }
            order.steps.push(Step { action, endpoint: endpoint.to_owned(), nodes });
        } else {
            // All circles at once, since objects that are created together take one request.
            for circle in circles(&waits) {
                let (node, field) = cut(graph, new, &circle, &waits, &waiters, &keys, server)?;
                let Some(fields) = waits.get_mut(&node) else { continue };
                fields.remove(field.as_str());
                if fields.is_empty() {
                    free.push(node);
                }
                order.later.entry(node).or_default().insert(field);
            }
        }
        for node in free {
            let (ready, waiting) = steps.entry(step(node)).or_default();
            ready.push(node);
            *waiting -= 1;
        }
    }
    for step in &mut order.steps {
        step.nodes.sort_unstable();
    }
    Ok(order)
}

/// The references that have to be written, to objects that have to be written first.
fn waits<'g>(
    graph: &'g Graph,
    new: &BTreeSet<usize>,
    changes: &BTreeMap<usize, Vec<FieldChange>>,
) -> Waits<'g> {
    let mut waits = Waits::new();
    for node in new.iter().chain(changes.keys()) {
        let is_written = |name: &str| {
            changes.get(node).is_none_or(|changes| changes.iter().any(|change| change.field() == name))
        };
        let mut fields: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (name, target) in graph.nodes[*node].needs() {
            if let Target::Node(target) = target
                && (new.contains(&target) || changes.contains_key(&target))
                && target != *node
                && is_written(name)
            {
                fields.entry(name).or_default().insert(target);
            }
        }
        waits.insert(*node, fields);
    }
    waits
}

/// The reference to leave out at first: the choice of an object that refers back, or else one of an object that most others
/// wait for, and that may be null.
fn cut(
    graph: &Graph,
    new: &BTreeSet<usize>,
    circle: &[usize],
    waits: &Waits<'_>,
    waiters: &BTreeMap<usize, BTreeSet<usize>>,
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
        let fields = waits[node].iter().filter(|(_, targets)| targets.contains(next));
        let mut names = fields.map(|(name, _)| *name).filter(|name| may_wait(*node, name));
        names.next().map(|name| (*node, name))
    });
    let weight = |node: usize| waiters.get(&node).map_or(0, BTreeSet::len);
    let best =
        cuts.max_by_key(|(node, name)| (CHOSEN.contains(name), weight(*node), std::cmp::Reverse(*node)));
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

/// Circles without a common object, of objects each of which waits for the next, and the last for the first.
fn circles(waits: &Waits<'_>) -> Vec<Vec<usize>> {
    let mut circles = Vec::new();
    // The paths on which objects were met, each by the object that it began with.
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    for start in waits.keys() {
        let mut path = Vec::new();
        let mut next = Some(*start);
        while let Some(node) = next {
            if let Some(of) = met.get(&node) {
                if of == start {
                    path.drain(..path.iter().position(|other| *other == node).unwrap_or_default());
                    circles.push(path);
                }
                break;
            }
            met.insert(node, *start);
            path.push(node);
            next = waits[&node].values().flatten().next().copied();
        }
    }
    circles
}
