//! Objects to be written, of which some wait until others are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Step, Turn, Wait, Writes};
use crate::{
    applied::Action,
    components::{Makers, has_components},
    graph::{Graph, Target},
};

/// The objects that are not written yet.
pub(super) struct Queue<'g> {
    graph: &'g Graph,
    writes: &'g Writes<'g>,
    /// Why each object waits, and for what.
    waits: BTreeMap<usize, BTreeMap<Wait<'g>, BTreeSet<usize>>>,
    /// The objects that wait for an object.
    waiters: BTreeMap<usize, BTreeSet<usize>>,
    /// The objects that others wait for to let go of something.
    givers: BTreeSet<usize>,
    /// The deletions that something else than deletions waits for, also by way of other deletions.
    awaited: BTreeSet<usize>,
    /// The objects that could be written together.
    alike: BTreeMap<(Rank, Action, &'g str), Alike>,
}

/// Deletions come last; those that something waits for come before the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Write,
    AwaitedDeletion,
    Deletion,
}

#[derive(Default)]
struct Alike {
    /// Those that wait for nothing.
    ready: Vec<usize>,
    /// How many others there are.
    waiting: usize,
}

impl<'g> Queue<'g> {
    /// All objects that are written. They wait for the references that have to be written, to objects that have to be written
    /// first, and for their turn.
    pub(super) fn new(graph: &'g Graph, writes: &'g Writes<'g>, turns: Vec<Turn>) -> Self {
        let mut waits: BTreeMap<usize, BTreeMap<Wait<'g>, BTreeSet<usize>>> =
            writes.nodes().map(|node| (node, BTreeMap::new())).collect();
        let makers = Makers::of(graph, writes.new);
        for (node, own) in &mut waits {
            if writes.new.contains(node) {
                for module in makers.modules(&graph.nodes[*node]) {
                    own.entry(Wait::Prefers).or_default().insert(module);
                }
            }
            let changes = writes.changes.get(node);
            let is_written = |name: &str| {
                changes.is_none_or(|changes| changes.iter().any(|change| change.field() == name))
            };
            for (name, target) in graph.nodes[*node].needs() {
                if let Target::Node(target) = target
                    && writes.action(target).is_some()
                    && (target != *node || writes.new.contains(node))
                    && is_written(name)
                {
                    own.entry(Wait::Needs(name)).or_default().insert(target);
                }
            }
        }
        let mut givers = BTreeSet::new();
        for Turn { waiter, why, target } in turns {
            givers.insert(target);
            waits.entry(waiter).or_default().entry(why).or_default().insert(target);
        }
        let mut waiters: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (node, own) in &waits {
            for target in own.values().flatten() {
                waiters.entry(*target).or_default().insert(*node);
            }
        }
        let nodes: Vec<(usize, bool)> = waits.iter().map(|(node, own)| (*node, own.is_empty())).collect();
        let awaited = awaited(writes, &waits);
        let mut queue = Self { graph, writes, waits, waiters, givers, awaited, alike: BTreeMap::new() };
        for (node, is_ready) in nodes {
            let alike = queue.alike(node);
            if is_ready {
                alike.ready.push(node);
            } else {
                alike.waiting += 1;
            }
        }
        queue
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waits.is_empty()
    }

    /// Takes objects that wait for nothing. The fewer like them are left behind, the fewer steps there are. The deletions that
    /// nothing else waits for are taken when all else is.
    pub(super) fn next(&mut self) -> Option<Step> {
        let is_left = |alike: &Alike| alike.ready.len() + alike.waiting > 0;
        let lacks_templates = self.alike.iter().any(|((_, _, endpoint), alike)| {
            let are_templates = endpoint.starts_with("dcim/") && endpoint.ends_with("-templates");
            are_templates && is_left(alike)
        });
        let rank = self.alike.iter().find(|(_, alike)| is_left(alike)).map(|((rank, ..), _)| *rank)?;
        let ready = self.alike.iter_mut().filter(|(_, alike)| !alike.ready.is_empty());
        let ready = ready.filter(|((own, ..), _)| *own < Rank::Deletion || *own == rank);
        let (&(own, action, endpoint), alike) = ready.min_by_key(|((rank, _, endpoint), alike)| {
            (*rank, lacks_templates && has_components(endpoint), alike.waiting)
        })?;
        let mut nodes = std::mem::take(&mut alike.ready);
        nodes.sort_unstable();
        for node in &nodes {
            self.waits.remove(node);
            for waiter in self.waiters.remove(node).unwrap_or_default() {
                self.part(waiter, *node);
            }
        }
        Some(Step { action, endpoint: endpoint.to_owned(), nodes, is_last: own == Rank::Deletion })
    }

    /// No longer lets an object wait by that field.
    pub(super) fn forget(&mut self, node: usize, field: &str) {
        self.release(node, |why, _| why.field() != Some(field));
    }

    /// No longer lets an object of a circle wait for the next if it only would prefer to, and says whether there is one.
    pub(super) fn without_preference(&mut self, circle: &[usize]) -> bool {
        let mut of_circle = circle.iter().zip(circle.iter().cycle().skip(1));
        let preferring =
            of_circle.find(|(node, next)| self.reasons(**node, **next).all(|why| why == Wait::Prefers));
        if let Some((node, next)) = preferring {
            self.part(*node, *next);
        }
        preferring.is_some()
    }

    /// No longer lets an object wait for another.
    pub(super) fn part(&mut self, node: usize, target: usize) {
        self.release(node, |_, targets| {
            targets.remove(&target);
            !targets.is_empty()
        });
    }

    /// Lets an object wait for what is `left`, if it still waits.
    fn release(&mut self, node: usize, mut left: impl FnMut(&Wait<'g>, &mut BTreeSet<usize>) -> bool) {
        let Some(fields) = self.waits.get_mut(&node).filter(|fields| !fields.is_empty()) else { return };
        fields.retain(&mut left);
        if fields.is_empty() {
            let alike = self.alike(node);
            alike.ready.push(node);
            alike.waiting -= 1;
        }
    }

    fn alike(&mut self, node: usize) -> &mut Alike {
        let action = self.writes.action(node).unwrap_or(Action::Change);
        let rank = match action {
            Action::Create | Action::Change => Rank::Write,
            Action::Delete if self.awaited.contains(&node) => Rank::AwaitedDeletion,
            Action::Delete => Rank::Deletion,
        };
        self.alike.entry((rank, action, self.graph.nodes[node].endpoint.as_str())).or_default()
    }

    /// Why `node` waits for `target`.
    pub(super) fn reasons(&self, node: usize, target: usize) -> impl Iterator<Item = Wait<'g>> {
        self.waits[&node].iter().filter(move |(_, targets)| targets.contains(&target)).map(|(why, _)| *why)
    }

    /// Whether others wait for `node` to let go of something.
    pub(super) fn gives(&self, node: usize) -> bool {
        self.givers.contains(&node)
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

/// The deletions that other writes wait for, or deletions of which that is true.
fn awaited(
    writes: &Writes<'_>,
    waits: &BTreeMap<usize, BTreeMap<Wait<'_>, BTreeSet<usize>>>,
) -> BTreeSet<usize> {
    let mut awaited = BTreeSet::new();
    let mut left: Vec<usize> = waits.keys().copied().filter(|node| !writes.deletes.contains(node)).collect();
    while let Some(node) = left.pop() {
        for target in waits[&node].values().flatten().filter(|target| writes.deletes.contains(target)) {
            if awaited.insert(*target) {
                left.push(*target);
            }
        }
    }
    awaited
}
