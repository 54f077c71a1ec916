//! Writes that failed: what is told of them, and which are tried again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Apply, Phase};
use crate::{
    applied::Action,
    find::{State, read_by_ids},
};
use netbox_core::{
    ErrorKind, Mode,
    bulk::{BulkError, Fate},
};
use netbox_schema::endpoint;

const PRECONDITION_FAILED: u16 = 412;

impl<C: Mode> Apply<'_, C> {
    /// Tells the fates, and returns batches of those to try again, the first at the end: the `renewed` ones, and those that are
    /// not at fault.
    pub(super) fn after_failure(
        &mut self,
        nodes: &[usize],
        action: Action,
        error: BulkError,
        renewed: &BTreeSet<usize>,
    ) -> Vec<Vec<usize>> {
        let batch = if error.batch().is_empty() { 0..nodes.len() } else { error.batch() };
        // The first of two messages for an item is NetBox's own.
        let named = error.items().iter().rev().map(|item| (item.index(), item.messages()));
        let named: BTreeMap<_, _> = named.collect();
        let is_refused = matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict);
        // NetBox saved an object with another one of the request, which is no fault.
        let is_stale = error.error().status().is_some_and(|status| status == PRECONDITION_FAILED);
        // Without a name, all that were sent together may be at fault: half of them may go.
        let splits = (self.keeps_going && is_refused || is_stale) && named.is_empty() && batch.len() > 1;
        let (mut suspects, mut others, mut is_told) = (Vec::new(), Vec::new(), false);
        for (index, node) in nodes.iter().enumerate() {
            let is_in_doubt = named.contains_key(&index) || named.is_empty() && batch.contains(&index);
            let is_at_fault = is_in_doubt && !renewed.contains(node);
            match error.fate(index) {
                Fate::Written => {
                    self.tell(*node, action, Fate::Written, None);
                }
                Fate::NotWritten if !is_at_fault => others.push(*node),
                Fate::NotWritten if splits => suspects.push(*node),
                fate => {
                    is_told = true;
                    let own = named.get(&index).map(ToString::to_string);
                    let why = own.or_else(|| is_at_fault.then(|| error.error().to_string()));
                    self.tell(*node, action, fate, why);
                }
            }
        }
        if is_told {
            self.error.get_or_insert(error.into());
        }
        let half = suspects.split_off(suspects.len() / 2);
        [others, half, suspects].into_iter().filter(|nodes| !nodes.is_empty()).collect()
    }

    /// Reads objects of an endpoint again, and returns those that are still as planned. NetBox itself changes some with other
    /// writes: with a cable the ports at its ends, with a rack type its racks. One of which somebody else changed what is
    /// described is left as it was read before, so that it is not changed now.
    pub(super) async fn read_again(&mut self, nodes: &[usize]) -> BTreeSet<usize> {
        let ids: BTreeMap<u64, usize> =
            nodes.iter().filter_map(|node| Some((self.plan.id(*node)?, *node))).collect();
        let Some(first) = ids.values().next() else { return BTreeSet::new() };
        let (path, server) = (self.plan.graph.nodes[*first].endpoint.as_str(), self.plan.found.server);
        let schema = endpoint(path);
        let described = ids.values().flat_map(|node| self.plan.graph.nodes[*node].fields.keys());
        let mut names: BTreeSet<&str> = described.map(String::as_str).chain(["last_updated"]).collect();
        names.retain(|name| {
            let field = schema.and_then(|schema| schema.field(name));
            field.is_some_and(|field| server.has(field.readable()))
        });
        let records =
            read_by_ids(&self.plan.client, path, &ids.keys().copied().collect(), &names, server).await;
        let records = records.unwrap_or_else(|error| {
            self.error.get_or_insert(error);
            Vec::new()
        });
        let mut renewed = BTreeSet::new();
        for record in records {
            let Some(node) = record.id().and_then(|id| ids.get(&id)).copied() else { continue };
            let now = State::Present(Arc::new(record));
            let before = std::mem::replace(&mut self.plan.found.states[node], now);
            if self.is_as_planned(node) {
                renewed.insert(node);
            } else {
                self.plan.found.states[node] = before;
            }
        }
        renewed
    }

    /// Whether the described fields have the values of which the plan says so; null stands for one that is set later.
    fn is_as_planned(&self, node: usize) -> bool {
        let planned = self.plan.changes.get(&node);
        self.created.contains(&node)
            || self.plan.changed(node).iter().all(|now| {
                let of_field = planned.into_iter().flatten().find(|change| change.name == now.name);
                let is_cleared = || {
                    self.phase == Phase::Later && now.old.is_null() && self.is_set_later(node, now.field())
                };
                of_field.is_some_and(|change| change.old == now.old) || is_cleared()
            })
    }
}
