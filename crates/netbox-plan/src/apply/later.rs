//! Fields that are set once all objects are there, and objects that other writes change meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use netbox_core::Mode;
use netbox_schema::endpoint;

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
            self.read_again(&path, &nodes, Phase::Later).await;
            let nodes = self.without_blocked(nodes, Action::Change, Phase::Later);
            self.change(nodes, Action::Change, Phase::Later).await;
        }
    }

    /// Reads objects again that NetBox itself changed with other writes: with a cable the ports at its ends, and with a chassis
    /// its master. One that somebody else changed meanwhile is left as it was read before, so that it is not changed now.
    pub(super) async fn read_again(&mut self, path: &str, nodes: &[usize], phase: Phase) {
        if nodes.is_empty() || !self.goes_on() || !self.are_changed_by_netbox(path, nodes) {
            return;
        }
        let mut names: BTreeSet<&str> = BTreeSet::from(["last_updated"]);
        for name in nodes.iter().flat_map(|node| self.changed(*node, phase)) {
            names.insert(name.split('.').next().unwrap_or(name));
        }
        let ids = nodes.iter().filter_map(|node| Some((self.plan.id(*node)?, *node)));
        let ids: BTreeMap<u64, usize> = ids.collect();
        let server = self.plan.found.server;
        let records = read(&self.plan.client, path, &ids.keys().copied().collect(), &names, server).await;
        let records = records.unwrap_or_else(|error| {
            self.error.get_or_insert(error);
            Vec::new()
        });
        for record in records {
            let Some(node) = record.id().and_then(|id| ids.get(&id)).copied() else { continue };
            let before =
                std::mem::replace(&mut self.plan.found.states[node], State::Present(Arc::new(record)));
            if !self.is_as_planned(node, phase) {
                self.plan.found.states[node] = before;
            }
        }
    }

    fn are_changed_by_netbox(&self, path: &str, nodes: &[usize]) -> bool {
        let is_of = |node: usize, path: &str| self.plan.graph.nodes[node].endpoint == path;
        let has_cables = endpoint(path).is_some_and(|schema| schema.field("cable").is_some());
        let mut first = nodes.iter().filter_map(|node| self.plan.order.first.get(node)).flatten();
        has_cables && self.told.keys().any(|(node, _)| is_of(*node, "dcim/cables"))
            || first.any(|other| is_of(*other, "dcim/virtual-chassis"))
    }

    /// Whether the fields that change have the values of which the plan says so; null stands for one that is set later.
    fn is_as_planned(&self, node: usize, phase: Phase) -> bool {
        let now = self.plan.changed(node);
        self.plan.changes.get(&node).into_iter().flatten().all(|planned| {
            let own = now.iter().find(|change| change.name == planned.name);
            own.is_none_or(|own| own.old == planned.old || phase == Phase::Later && own.old.is_null())
        })
    }
}
