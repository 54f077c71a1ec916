//! Nodes that are equal in the fields that make two objects the same, and have to be told apart by others.

use std::collections::{BTreeSet, HashMap};

use netbox_core::Mode;

use super::{Found, assign::Keys};
use crate::{graph::Graph, key::Part};

/// The described nodes that have the key of another, by that key.
#[derive(Default)]
pub(super) struct Siblings {
    all: Vec<Vec<usize>>,
    of: HashMap<usize, usize>,
}

impl Siblings {
    /// A number of the nodes with the key of `node`, if there are others.
    pub(super) fn number(&self, node: usize) -> Option<usize> {
        self.of.get(&node).copied()
    }

    /// Nodes that are alike, and all others with their keys.
    pub(super) fn family(&self, nodes: &[usize]) -> BTreeSet<usize> {
        let mut family = BTreeSet::new();
        for node in nodes {
            if family.insert(*node) {
                family.extend(self.number(*node).into_iter().flat_map(|number| &self.all[number]));
            }
        }
        family
    }
}

impl<C: Mode> Found<C> {
    /// Finds the nodes that are told apart by more than their keys.
    pub(super) fn siblings(&self, graph: &Graph, keys: &HashMap<usize, Vec<Part>>) -> Siblings {
        let described = || keys.keys().copied().filter(|node| graph.nodes[*node].is_described());
        let path = |node: usize| graph.nodes[node].endpoint.as_str();
        let tells = |node: &usize| keys[node].iter().any(|part| part.tells_apart);
        let telling: BTreeSet<&str> = described().filter(tells).map(path).collect();
        let mut alike: HashMap<(&str, Vec<String>), Vec<usize>> = HashMap::new();
        for node in described().filter(|node| telling.contains(path(*node))) {
            let of = Keys { path: path(node), of: keys };
            let said = of.common(node).map(|part| {
                format!("{} {}", part.name, self.form(of, part, &self.described(graph, &part.term)))
            });
            alike.entry((path(node), said.collect())).or_default().push(node);
        }
        let mut siblings = Siblings::default();
        for nodes in alike.into_values().filter(|nodes| nodes.len() > 1) {
            siblings.of.extend(nodes.iter().map(|node| (*node, siblings.all.len())));
            siblings.all.push(nodes);
        }
        siblings
    }
}
