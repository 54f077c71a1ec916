//! Objects that NetBox makes by itself, of the templates of a device type.

use netbox_core::{Mode, bulk::Fate};
use netbox_schema::endpoint;

use super::Apply;
use crate::{
    applied::Action,
    find::State,
    graph::{Target, Term},
    plan::{Plan, changed},
};

impl<C: Mode> Apply<'_, C> {
    /// Leaves out what NetBox has made by itself of the templates of a device type, and has that changed instead.
    pub(super) async fn without_components(&mut self, path: &str, nodes: Vec<usize>) -> Vec<usize> {
        let is_of_new = |node: &usize| {
            let targets = self.plan.graph.nodes[*node].fields.values().flat_map(Term::targets);
            targets
                .into_iter()
                .any(|target| matches!(target, Target::Node(other) if self.created.contains(&other)))
        };
        if !has_templates(path) || !nodes.iter().any(is_of_new) {
            return nodes;
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
            return Vec::new();
        }
        for mistake in mistakes {
            let node =
                nodes.iter().copied().find(|node| self.plan.graph.nodes[*node].place == mistake.place());
            if let Some(node) = node {
                self.tell(node, Action::Create, Fate::NotWritten, Some(mistake.message().to_owned()));
            }
        }
        let mut rest = Vec::new();
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
                    }
                }
            }
        }
        rest
    }
}

/// Whether NetBox makes such objects by itself, of templates.
fn has_templates(path: &str) -> bool {
    path.strip_suffix('s').is_some_and(|singular| endpoint(&format!("{singular}-templates")).is_some())
}
