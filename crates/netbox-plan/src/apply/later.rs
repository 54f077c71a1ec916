//! Fields that are set once all objects are there.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use netbox_core::Mode;

use super::{Apply, Phase};
use crate::{applied::Action, deletes::read, find::State};

impl<C: Mode> Apply<'_, C> {
    /// Sets the fields that had to wait until all objects are there.
    pub(super) async fn set_later(&mut self) {
        let mut by_endpoint: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for node in self.plan.order.later.keys().filter(|node| !self.failed.contains(node)) {
            by_endpoint.entry(self.plan.graph.nodes[*node].endpoint.clone()).or_default().push(*node);
        }
        for (path, nodes) in by_endpoint {
            let nodes = self.without_blocked(nodes, Action::Change, Phase::Later);
            self.read_again(&path, &nodes).await;
            self.change(nodes, Action::Change, Phase::Later).await;
        }
    }

    /// Reads objects again that are changed a second time: with a cable, NetBox changes the ports at its ends.
    async fn read_again(&mut self, path: &str, nodes: &[usize]) {
        let is_cable = |node: usize| self.plan.graph.nodes[node].endpoint == "dcim/cables";
        if nodes.is_empty() || !self.told.keys().any(|(node, _)| is_cable(*node)) {
            return;
        }
        let mut names: BTreeSet<&str> = BTreeSet::from(["last_updated"]);
        for name in nodes.iter().flat_map(|node| self.changed(*node, Phase::Later)) {
            names.insert(name.split('.').next().unwrap_or(name));
        }
        let ids = nodes.iter().filter_map(|node| Some((self.plan.id(*node)?, *node)));
        let ids: BTreeMap<u64, usize> = ids.collect();
        let server = self.plan.found.server;
        match read(&self.plan.client, path, &ids.keys().copied().collect(), &names, server).await {
            Ok(records) => {
                for record in records {
                    if let Some(node) = record.id().and_then(|id| ids.get(&id)) {
                        self.plan.found.states[*node] = State::Present(Arc::new(record));
                    }
                }
            }
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }
}
