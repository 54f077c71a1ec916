//! Telling what was written: the outcome for each object, and the progress.

use netbox_core::{
    Mode,
    bulk::{self, Fate},
};

use super::{Apply, Phase};
use crate::applied::{Action, ObjectOutcome, Progress};

impl<C: Mode> Apply<'_, C> {
    pub(super) fn tell_written(&mut self, nodes: Vec<usize>, action: Action) {
        for node in nodes {
            self.tell(node, action, Fate::Written, None);
        }
    }

    /// Tells the outcome of a write; of one in two parts, that of the second.
    pub(super) fn tell(
        &mut self,
        node: usize,
        action: Action,
        fate: Fate,
        why: Option<String>,
    ) -> &mut ObjectOutcome {
        if fate != Fate::Written {
            self.failed.insert(node);
        } else if self.is_last_part(node) {
            self.done.insert(node);
        }
        let of = &self.plan.graph.nodes[node];
        let (place, endpoint, id) = (of.place.clone(), of.endpoint.clone(), self.plan.id(node));
        let completes = action == Action::Change && self.created.contains(&node);
        let outcome = ObjectOutcome { place, endpoint, action, id, fate, why, waits_for: None, completes };
        let at = *self.told.entry((node, action)).or_insert(self.applied.outcomes.len());
        self.applied.tell(at, outcome)
    }

    /// Whether nothing of an object is left to write after this.
    fn is_last_part(&self, node: usize) -> bool {
        self.phase == Phase::Later || !self.plan.order.later.contains_key(&node)
    }

    pub(super) fn report(&mut self) {
        self.progress.show(self.done.len(), self.total);
    }

    /// Reports on the requests of a write of objects. As long as they are under way, those that have another part left may be
    /// any of those written.
    pub(super) fn progress_of(&mut self, nodes: &[usize]) -> impl FnMut(bulk::Progress) + Send {
        let in_parts = nodes.iter().filter(|node| !self.is_last_part(**node)).count();
        let (before, total, progress) = (self.done.len(), self.total, &mut self.progress);
        move |now| progress.show(before + now.done.saturating_sub(in_parts), total)
    }
}

/// The caller's function that is told of the progress.
#[derive(Default)]
pub(super) struct Teller<'p> {
    pub(super) tell: Option<Box<dyn FnMut(Progress) + Send + 'p>>,
    /// How many objects it was told of.
    told: usize,
}

impl Teller<'_> {
    /// Tells of objects that are written, if there are more of them than before.
    fn show(&mut self, done: usize, total: usize) {
        if let Some(tell) = self.tell.as_mut().filter(|_| done > self.told) {
            self.told = done;
            tell(Progress { done, total });
        }
    }
}
