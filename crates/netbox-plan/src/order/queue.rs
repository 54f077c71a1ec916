//! Objects to be written, of which some wait until others are.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;
use crate::{
    applied::Action,
    apply::has_components,
    graph::{Graph, Target},
    plan::FieldChange,
};

/// The objects that are not written yet.
pub(super) struct Queue<'g> {
    graph: &'g Graph,
    new: &'g BTreeSet<usize>,
    /// The fields by which each object waits, and for what.
    waits: BTreeMap<usize, BTreeMap<&'g str, BTreeSet<usize>>>,
    /// The objects that wait for an object.
    waiters: BTreeMap<usize, BTreeSet<usize>>,
    /// The objects that could be written together.
    alike: BTreeMap<(Action, &'g str), Alike>,
}

#[derive(Default)]
struct Alike {
    /// Those that wait for nothing.
    ready: Vec<usize>,
    /// How many others there are.
    waiting: usize,
}

impl<'g> Queue<'g> {
    /// All objects that are new or change. They wait for the references that have to be written, to objects that have to
    /// be written first.
    pub(super) fn new(
        graph: &'g Graph,
        new: &'g BTreeSet<usize>,
        changes: &BTreeMap<usize, Vec<FieldChange>>,
    ) -> Self {
        let mut queue =
            Self { graph, new, waits: BTreeMap::new(), waiters: BTreeMap::new(), alike: BTreeMap::new() };
        for node in new.iter().chain(changes.keys()).copied() {
            let is_written = |name: &str| {
                changes.get(&node).is_none_or(|changes| changes.iter().any(|change| change.field() == name))
            };
            let mut fields: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            for (name, target) in graph.nodes[node].needs() {
                if let Target::Node(target) = target
                    && (new.contains(&target) || changes.contains_key(&target))
                    && target != node
                    && is_written(name)
                {
                    fields.entry(name).or_default().insert(target);
                    queue.waiters.entry(target).or_default().insert(node);
                }
            }
            let alike = queue.alike(node);
            if fields.is_empty() {
                alike.ready.push(node);
            } else {
                alike.waiting += 1;
            }
            queue.waits.insert(node, fields);
        }
        queue
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waits.is_empty()
    }

    /// Takes objects that wait for nothing. The fewer like them are left behind, the fewer steps there are.
    pub(super) fn next(&mut self) -> Option<Step> {
        let lacks_templates = self.alike.iter().any(|((_, endpoint), alike)| {
            let are_templates = endpoint.starts_with("dcim/") && endpoint.ends_with("-templates");
            are_templates && alike.ready.len() + alike.waiting > 0
        });
        let ready = self.alike.iter_mut().filter(|(_, alike)| !alike.ready.is_empty());
        let (&(action, endpoint), alike) = ready.min_by_key(|((_, endpoint), alike)| {
            (lacks_templates && has_components(endpoint), alike.waiting)
        })?;
        let mut nodes = std::mem::take(&mut alike.ready);
        nodes.sort_unstable();
        for node in &nodes {
            self.waits.remove(node);
            for waiter in self.waiters.remove(node).unwrap_or_default() {
                self.release(waiter, |_, targets| {
                    targets.remove(node);
                    !targets.is_empty()
                });
            }
        }
        Some(Step { action, endpoint: endpoint.to_owned(), nodes })
    }

    /// No longer lets an object wait by that field.
    pub(super) fn forget(&mut self, node: usize, field: &str) {
        self.release(node, |name, _| name != field);
    }

    /// Lets an object wait for what is `left`, if it still waits.
    fn release(&mut self, node: usize, mut left: impl FnMut(&str, &mut BTreeSet<usize>) -> bool) {
        let Some(fields) = self.waits.get_mut(&node).filter(|fields| !fields.is_empty()) else { return };
        fields.retain(|name, targets| left(name, targets));
        if fields.is_empty() {
            let alike = self.alike(node);
            alike.ready.push(node);
            alike.waiting -= 1;
        }
    }

    fn alike(&mut self, node: usize) -> &mut Alike {
        let action = if self.new.contains(&node) { Action::Create } else { Action::Change };
        self.alike.entry((action, self.graph.nodes[node].endpoint.as_str())).or_default()
    }

    /// The fields by which `node` waits for `target`.
    pub(super) fn fields(&self, node: usize, target: usize) -> impl Iterator<Item = &'g str> {
        let fields = self.waits[&node].iter();
        fields.filter(move |(_, targets)| targets.contains(&target)).map(|(name, _)| *name)
    }

    /// How many objects wait for `node`, or did.
    pub(super) fn waiters(&self, node: usize) -> usize {
        self.waiters.get(&node).map_or(0, BTreeSet::len)
    }

    /// Circles without a common object, of objects each of which waits for the next, and the last for the first.
    pub(super) fn circles(&self) -> Vec<Vec<usize>> {
        let mut circles = Vec::new();
        // The paths on which objects were met, each by the object that it began with.
        let mut met: BTreeMap<usize, usize> = BTreeMap::new();
        for start in self.waits.keys() {
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
                next = self.waits[&node].values().flatten().next().copied();
            }
        }
        circles
    }
}
