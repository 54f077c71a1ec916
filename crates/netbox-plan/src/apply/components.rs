//! Objects that NetBox makes by itself, of the templates of device and module types.

use std::collections::BTreeSet;

use netbox_core::{Error, Mode, Object, Record, bulk::Fate};
use netbox_schema::endpoint;
use serde_json::Value;

use super::Apply;
use crate::{
    applied::Action,
    components::{Makers, WITH_COMPONENTS},
    deletes::{Described, add},
    desired::Prune,
    find::{State, read_by_ids},
    plan::Plan,
};

impl<C: Mode> Apply<'_, C> {
    /// The objects that have to be created, and those to change, since NetBox has made them by itself of the templates of
    /// device and module types.
    pub(super) async fn without_components(&mut self, nodes: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        let makers = Makers::of(&self.plan.graph, &self.created);
        if !nodes.iter().any(|node| makers.may_make(&self.plan.graph.nodes[*node])) {
            return (nodes, Vec::new());
        }
        for node in &nodes {
            self.plan.found.states[*node] = State::Unknown;
        }
        let mut mistakes = Vec::new();
        let Plan { client, graph, found, named, .. } = &mut self.plan;
        let outcome = found.find(client, graph, named, &mut mistakes).await;
        if let Err(error) = outcome {
            let why = error.to_string();
            self.error.get_or_insert(error);
            for node in nodes {
                self.tell(node, Action::Create, Fate::NotWritten, Some(why.clone()));
            }
            return (Vec::new(), Vec::new());
        }
        for mistake in mistakes {
            let node =
                nodes.iter().copied().find(|node| self.plan.graph.nodes[*node].place == mistake.place());
            if let Some(node) = node {
                self.tell(node, Action::Create, Fate::NotWritten, Some(mistake.message().to_owned()));
            }
        }
        let (mut rest, mut made) = (Vec::new(), Vec::new());
        for node in nodes {
            match self.plan.found.states[node] {
                State::Absent => rest.push(node),
                // A mistake is told at its own place, and may be one of another object.
                State::Unknown | State::Mistaken if self.told.contains_key(&(node, Action::Create)) => {}
                State::Unknown | State::Mistaken => {
                    self.tell(node, Action::Create, Fate::NotWritten, None);
                }
                State::Present(_) | State::Id(_) => {
                    self.created.insert(node);
                    let changes = self.plan.changed(node);
                    self.plan.changes.insert(node, changes);
                    if self.changed(node).is_empty() {
                        self.tell(node, Action::Create, Fate::Written, None);
                    } else {
                        made.push(node);
                    }
                }
            }
        }
        (rest, made)
    }

    /// Deletes the components of new devices and modules that a prune finds and nothing describes. After a failure it deletes
    /// none, since some that are described may not be known.
    pub(super) async fn prune_components(&mut self) {
        let prunes = std::mem::take(&mut self.plan.prunes);
        if prunes.is_empty() {
            return;
        }
        let described = Described::of(&self.plan.graph, &self.plan.found);
        for prune in prunes {
            if !self.is_well() {
                return;
            }
            let path = prune.endpoint.as_str();
            match companions(&self.plan, &self.created, &described, &prune).await {
                Ok(components) => {
                    let nodes = add(&mut self.plan.graph, &mut self.plan.found, path, components);
                    self.total += nodes.len();
                    if let Some(why) = prune.beyond(nodes.len()) {
                        for node in nodes {
                            let why = format!("the prune that finds it {why}");
                            self.tell(node, Action::Delete, Fate::NotWritten, Some(why));
                        }
                    } else {
                        self.delete(path, nodes).await;
                    }
                }
                Err(error) if prune.may_be_refused && error.is_invalid() => {}
                Err(error) => self.error = Some(error),
            }
        }
    }

    /// Asks the prunes again whose query NetBox refused before: the objects by which they ask should be there now.
    pub(super) async fn ask_again(&mut self) {
        for prune in std::mem::take(&mut self.plan.refused) {
            if self.is_well() {
                self.error = (prune.ids)().await.err();
            }
        }
    }
}

/// The components that a prune finds, that came with a new device or module, and that nothing describes.
async fn companions<C: Mode>(
    plan: &Plan<C>,
    created: &BTreeSet<usize>,
    described: &Described,
    prune: &Prune,
) -> Result<Vec<Record<Object, C>>, Error> {
    let Plan { client, graph, found, .. } = plan;
    let path = prune.endpoint.as_str();
    let ids = described.superfluous(path, (prune.ids)().await?);
    let parents: BTreeSet<(&str, u64)> = created
        .iter()
        .filter_map(|node| Some((graph.nodes[*node].endpoint.as_str(), found.states[*node].id()?)))
        .collect();
    let known = |field: &str| endpoint(path).is_some_and(|schema| schema.field(field).is_some());
    let fields: Vec<_> = WITH_COMPONENTS.into_iter().filter(|(_, field)| known(field)).collect();
    let is_new = |component: &Record<Object, C>| {
        fields.iter().any(|(parent, field)| {
            let shown: Value = component.get(field).unwrap_or_default();
            shown["id"].as_u64().is_some_and(|id| parents.contains(&(*parent, id)))
        })
    };
    let names = fields.iter().map(|(_, field)| *field).collect();
    let mut components = read_by_ids(client, path, &ids, &names, found.server).await?;
    components.retain(is_new);
    Ok(components)
}
