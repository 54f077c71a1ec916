//! Objects that NetBox makes by itself, of the templates of a device type.

use std::collections::BTreeSet;

use netbox_core::{Mode, bulk::Fate};
use netbox_schema::endpoint;

use super::Apply;
use crate::{
    applied::Action,
    find::State,
    graph::{Node, Target, Term},
    plan::{Plan, changed},
};

impl<C: Mode> Apply<'_, C> {
    /// The objects that have to be created, and those to change, since NetBox has made them by itself of the templates of
    /// a device type.
    pub(super) async fn without_components(&mut self, nodes: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        if !nodes.iter().any(|node| may_come_by_itself(&self.plan.graph.nodes[*node], &self.created)) {
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
                State::Unknown => {}
                State::Present(_) | State::Id(_) => {
                    let changes = changed(&self.plan.graph, &self.plan.found, node);
                    if changes.is_empty() {
                        self.tell(node, Action::Create, Fate::Written, None);
                    } else {
                        self.plan.changes.insert(node, changes);
                        made.push(node);
                    }
                }
            }
        }
        (rest, made)
    }
}

/// Whether NetBox may make the object by itself, since it belongs to a new device or module.
pub(crate) fn may_come_by_itself(node: &Node, new: &BTreeSet<usize>) -> bool {
    let template = node.endpoint.strip_suffix('s').map(|singular| format!("{singular}-templates"));
    let mut targets = node.fields.values().flat_map(Term::targets);
    template.is_some_and(|template| endpoint(&template).is_some())
        && targets.any(|target| matches!(target, Target::Node(other) if new.contains(&other)))
}
