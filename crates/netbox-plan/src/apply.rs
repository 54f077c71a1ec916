//! Carrying out a plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use netbox_core::{
    Error, Mode, Object, Outcome as Call, Record,
    bulk::{BulkError, Fate},
};
use serde_json::{Map, Value, json};

use crate::{
    applied::{Action, Applied, ApplyError, Outcome, Progress},
    deletes::Deletes,
    find::State,
    graph::{CUSTOM_FIELDS, Target, Term},
    order::Step,
    plan::{FieldChange, Plan, custom_name},
};

mod components;

pub(crate) use components::{has_components, may_come_by_itself, prunes_of_components};

/// The carrying out of a [`Plan`]; nothing is written before [`send`](Apply::send).
#[must_use = "nothing is written before `send`"]
pub struct Apply<'p, C> {
    plan: Plan<C>,
    message: Option<String>,
    progress: Option<Box<dyn FnMut(Progress) + Send + 'p>>,
    keeps_going: bool,
    together: usize,
    applied: Applied,
    error: Option<Error>,
    total: usize,
    /// Objects that did not exist when this began.
    created: BTreeSet<usize>,
    /// Objects of which some write was not done.
    failed: BTreeSet<usize>,
}

/// Whether the fields are set that wait for nothing, or those by which objects refer to each other in a circle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Now,
    Later,
}

impl<C: Mode> Plan<C> {
    /// Begins to carry out the plan.
    pub fn apply<'p>(self) -> Apply<'p, C> {
        let total = self.creates() + self.changes() + self.deletes();
        Apply {
            plan: self,
            message: None,
            progress: None,
            keeps_going: false,
            together: 1,
            applied: Applied::default(),
            error: None,
            total,
            created: BTreeSet::new(),
            failed: BTreeSet::new(),
        }
    }
}

impl<'p, C: Mode> Apply<'p, C> {
    /// Sets the message for the change log, of at most 200 characters; from NetBox 4.4 on.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = Some(text.into());
        self
    }

    /// Calls `tell` after each step.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'p) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// Goes on after a failure with all that does not depend on it. Without this, the first failure is the end.
    pub fn keep_going(mut self) -> Self {
        self.keeps_going = true;
        self
    }

    /// Sets how many requests are under way at the same time; 1 unless set.
    ///
    /// Batches of components of the same devices, or of templates of the same types, wait for each other, since NetBox counts
    /// them in the device.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.together = requests;
        self
    }

    /// Creates and changes objects, each after those that it refers to, and deletes at last. An object is changed only if it
    /// is as it was when the plan was made.
    ///
    /// # Errors
    ///
    /// An [`ApplyError`], which says of every object of the plan whether it was written.
    pub fn send(mut self) -> Call<'p, C, Result<Applied, ApplyError>> {
        C::run(async move {
            for Step { action, endpoint, nodes } in std::mem::take(&mut self.plan.order.steps) {
                let nodes = self.without_blocked(nodes, action, Phase::Now);
                match action {
                    Action::Create => self.create(&endpoint, nodes).await,
                    _ => self.change(nodes, Phase::Now).await,
                }
            }
            self.set_later().await;
            self.prune_components().await;
            self.delete_all().await;
            match self.error {
                None => Ok(self.applied),
                Some(error) => Err(ApplyError { applied: self.applied, error }),
            }
        })
    }

    fn goes_on(&self) -> bool {
        self.error.is_none() || self.keeps_going
    }

    /// Leaves out objects that refer to one which was not created.
    fn without_blocked(&mut self, nodes: Vec<usize>, action: Action, phase: Phase) -> Vec<usize> {
        let mut free = Vec::new();
        for node in nodes {
            let missing = self.missing(node, phase).map(str::to_owned);
            if missing.is_none() && self.goes_on() {
                free.push(node);
            } else {
                self.tell(node, action, Fate::NotWritten, None).waits_for = missing;
            }
        }
        free
    }

    /// The place of an object that `node` refers to and that has no id.
    fn missing(&self, node: usize, phase: Phase) -> Option<&str> {
        let later = self.plan.order.later.get(&node);
        let needs = self.plan.graph.nodes[node].needs();
        let mut now = needs
            .filter(|(name, _)| phase == Phase::Later || later.is_none_or(|later| !later.contains(*name)));
        now.find_map(|(_, target)| match target {
            Target::Node(other) if self.plan.found.states[other].id().is_none() => {
                Some(self.plan.graph.nodes[other].place.as_str())
            }
            _ => None,
        })
    }

    async fn create(&mut self, path: &str, nodes: Vec<usize>) {
        let (mut nodes, made) = self.without_components(nodes).await;
        self.change(made, Phase::Now).await;
        while !nodes.is_empty() {
            let bodies: Vec<Map<String, Value>> = nodes.iter().map(|node| self.body(*node)).collect();
            let mut bulk = self.plan.client.create_many_at(path, &bodies).concurrency(self.together);
            if let Some(message) = &self.message {
                bulk = bulk.message(message);
            }
            match C::lift(bulk.send()).await {
                Ok(records) => {
                    for (node, record) in nodes.drain(..).zip(records) {
                        self.is_created(node, State::Present(Arc::new(record)));
                    }
                }
                Err(error) => {
                    for (index, id) in error.written() {
                        self.is_created(nodes[index], id.map_or(State::Absent, State::Id));
                    }
                    nodes = self.after_failure(&nodes, Action::Create, error);
                }
            }
            self.report();
        }
    }

    fn is_created(&mut self, node: usize, state: State<C>) {
        self.plan.found.states[node] = state;
        self.created.insert(node);
        self.tell(node, Action::Create, Fate::Written, None);
    }

    /// Tells what became of those that were not written, and returns those to try again.
    fn after_failure(&mut self, nodes: &[usize], action: Action, error: BulkError) -> Vec<usize> {
        let batch = error.batch();
        let mut again = Vec::new();
        let named: BTreeSet<usize> = error.items().iter().map(netbox_core::bulk::BulkItem::index).collect();
        for (index, node) in nodes.iter().enumerate() {
            // Without a name, all that were sent together may be at fault.
            let is_sent = || named.is_empty() && (batch.contains(&index) || batch.is_empty());
            let is_at_fault = named.contains(&index) || is_sent();
            match error.fate(index) {
                Fate::Written => {}
                Fate::NotWritten if self.keeps_going && !is_at_fault => again.push(*node),
                fate => {
                    let own = error.items().iter().find(|item| item.index() == index);
                    let why = match own {
                        Some(item) => Some(item.messages().to_string()),
                        None if is_at_fault => Some(error.error().to_string()),
                        None => None,
                    };
                    self.tell(*node, action, fate, why);
                }
            }
        }
        self.error.get_or_insert(error.into());
        again
    }

    /// The fields of a new object, but for those that are set later.
    fn body(&self, node: usize) -> Map<String, Value> {
        let later = self.plan.order.later.get(&node);
        let fields = self.plan.graph.nodes[node].fields.iter();
        let now = fields.filter(|(name, _)| later.is_none_or(|later| !later.contains(*name)));
        now.map(|(name, term)| (name.clone(), self.plan.found.value(term))).collect()
    }

    /// Sets the fields that had to wait until all objects are there.
    async fn set_later(&mut self) {
        let mut by_endpoint: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for node in self.plan.order.later.keys().filter(|node| !self.failed.contains(node)) {
            by_endpoint.entry(self.plan.graph.nodes[*node].endpoint.clone()).or_default().push(*node);
        }
        for nodes in by_endpoint.into_values() {
            let nodes = self.without_blocked(nodes, Action::Change, Phase::Later);
            self.change(nodes, Phase::Later).await;
        }
    }

    /// Changes objects that are there, all of one endpoint.
    async fn change(&mut self, mut nodes: Vec<usize>, phase: Phase) {
        nodes.retain(|node| !self.changed(*node, phase).is_empty());
        while !nodes.is_empty() {
            let mut records: Vec<(usize, Record<Object, C>)> = Vec::new();
            for node in std::mem::take(&mut nodes) {
                match std::mem::replace(&mut self.plan.found.states[node], State::Unknown) {
                    State::Present(record) => records.push((node, Arc::unwrap_or_clone(record))),
                    state => {
                        self.plan.found.states[node] = state;
                        let why = "NetBox created it and did not send it, so that its other fields are still to be set";
                        self.tell(node, Action::Change, Fate::NotWritten, Some(why.to_owned()));
                    }
                }
            }
            for (node, record) in &records {
                self.plan.found.states[*node] = record.id().map_or(State::Unknown, State::Id);
            }
            for (node, record) in &mut records {
                if let Err(error) = self.set(*node, record, phase) {
                    self.error.get_or_insert(error);
                }
            }
            let order: Vec<usize> = records.iter().map(|(node, _)| *node).collect();
            let mut save = self.plan.client.save_many(records.iter_mut().map(|(_, record)| record));
            save = save.concurrency(self.together);
            if let Some(message) = &self.message {
                save = save.message(message);
            }
            let outcome = C::lift(save.send()).await;
            for (node, record) in records {
                self.plan.found.states[node] = State::Present(Arc::new(record));
            }
            match outcome {
                Ok(_) => {
                    for node in order {
                        self.tell(node, Action::Change, Fate::Written, None);
                    }
                }
                Err(error) => {
                    for (index, _) in error.written() {
                        self.tell(order[index], Action::Change, Fate::Written, None);
                    }
                    nodes = self.after_failure(&order, Action::Change, error);
                }
            }
            self.report();
        }
    }

    /// The fields of an object that is there which are set in this phase; custom fields each by its name.
    fn changed(&self, node: usize, phase: Phase) -> Vec<&str> {
        let later = self.plan.order.later.get(&node);
        match (self.plan.changes.get(&node), later) {
            (Some(changes), later) => {
                let is_later =
                    |change: &&FieldChange| later.is_some_and(|later| later.contains(change.field()));
                let changes = changes.iter().filter(|change| is_later(change) == (phase == Phase::Later));
                changes.map(|change| change.name.as_str()).collect()
            }
            (None, Some(later)) if phase == Phase::Later => later.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Sets the fields that change.
    fn set(&self, node: usize, record: &mut Record<Object, C>, phase: Phase) -> Result<(), Error> {
        let terms = &self.plan.graph.nodes[node].fields;
        let mut custom = Map::new();
        for name in self.changed(node, phase) {
            match (custom_name(name), terms.get(CUSTOM_FIELDS)) {
                (Some(name), Some(Term::Map(fields))) => {
                    custom.insert(name.to_owned(), self.plan.found.value(&fields[name]));
                }
                _ => record.set(name, self.plan.found.value(&terms[name]))?,
            }
        }
        if custom.is_empty() { Ok(()) } else { record.set(CUSTOM_FIELDS, json!(custom)) }
    }

    async fn delete_all(&mut self) {
        for Deletes { endpoint: path, objects, at_most } in std::mem::take(&mut self.plan.deletes) {
            let ids: Vec<u64> = objects.into_iter().map(|(id, _)| id).collect();
            let outcome = if self.goes_on() {
                let client = &self.plan.client;
                let bulk = match at_most {
                    None => client.delete_many_at(&path, ids.iter().copied()),
                    Some(most) => client.query_at(&path).param("id", ids.clone()).at_most(most).delete(),
                };
                let mut bulk = bulk.concurrency(self.together);
                if let Some(message) = &self.message {
                    bulk = bulk.message(message);
                }
                Some(C::lift(bulk.send()).await)
            } else {
                None
            };
            let error = match outcome {
                Some(Ok(_)) => None,
                Some(Err(error)) => Some(error),
                None => {
                    for id in ids {
                        self.tell_of_delete(&path, id, Fate::NotWritten, None);
                    }
                    continue;
                }
            };
            for (index, id) in ids.into_iter().enumerate() {
                let fate = error.as_ref().map_or(Fate::Written, |error| error.fate(index));
                let why = error.as_ref().filter(|_| fate != Fate::Written).map(ToString::to_string);
                self.tell_of_delete(&path, id, fate, why);
            }
            if let Some(error) = error {
                self.error.get_or_insert(error.into());
            }
            self.report();
        }
    }

    fn tell(&mut self, node: usize, action: Action, fate: Fate, why: Option<String>) -> &mut Outcome {
        if fate != Fate::Written {
            self.failed.insert(node);
        }
        let of = &self.plan.graph.nodes[node];
        let (place, endpoint, id) = (of.place.clone(), of.endpoint.clone(), self.plan.id(node));
        self.applied.tell(Outcome { place, endpoint, action, id, fate, why, waits_for: None })
    }

    fn tell_of_delete(&mut self, path: &str, id: u64, fate: Fate, why: Option<String>) {
        let (place, endpoint, action) = (format!("{path}/{id}"), path.to_owned(), Action::Delete);
        self.applied.tell(Outcome { place, endpoint, action, id: Some(id), fate, why, waits_for: None });
    }

    fn report(&mut self) {
        let done = self.applied.outcomes.iter().filter(|outcome| outcome.fate == Fate::Written).count();
        if let Some(tell) = &mut self.progress {
            tell(Progress { done: done.min(self.total), total: self.total });
        }
    }
}

impl<C: Mode> fmt::Debug for Apply<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Apply")
            .field("plan", &self.plan)
            .field("keeps_going", &self.keeps_going)
            .finish_non_exhaustive()
    }
}
