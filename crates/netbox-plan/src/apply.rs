//! Carrying out a plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use netbox_core::{
    Error, ErrorKind, Mode, Object, Outcome, Record,
    bulk::{Bulk, Fate},
};
use serde_json::{Map, Value};

use crate::{
    applied::{Action, Applied, ApplyError, Progress},
    changes::custom_name,
    find::State,
    graph::{CUSTOM_FIELDS, Target, Term},
    order::{Meanwhile, Step},
    plan::Plan,
};

mod components;
mod failure;
mod report;

use report::Teller;

/// The carrying out of a [`Plan`]; nothing is written before [`send`](Apply::send).
#[must_use = "nothing is written before `send`"]
pub struct Apply<'p, C> {
    plan: Plan<C>,
    message: Option<String>,
    progress: Teller<'p>,
    keeps_going: bool,
    together: usize,
    phase: Phase,
    applied: Applied,
    error: Option<Error>,
    total: usize,
    /// The outcomes of the writes that were told.
    told: BTreeMap<(usize, Action), usize>,
    /// Objects of which nothing is left to write.
    done: BTreeSet<usize>,
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
            progress: Teller::default(),
            keeps_going: false,
            together: 1,
            phase: Phase::Now,
            applied: Applied::default(),
            error: None,
            total,
            told: BTreeMap::new(),
            done: BTreeSet::new(),
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

    /// Calls `tell` after each request by which more objects are written.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'p) -> Self {
        self.progress.tell = Some(Box::new(tell));
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

    /// Creates and changes objects, each after those that it refers to, and deletes at last, or earlier where a deletion makes
    /// room for other objects. An object is changed only if its described fields are as they were when the plan
    /// was made.
    ///
    /// # Errors
    ///
    /// An [`ApplyError`], which says of every object of the plan whether it was written.
    pub fn send(mut self) -> Outcome<'p, C, Result<Applied, ApplyError>> {
        C::run(async move {
            let steps = std::mem::take(&mut self.plan.order.steps);
            let (last, steps): (Vec<_>, Vec<_>) = steps.into_iter().partition(|step| step.is_last);
            self.carry_out(steps).await;
            self.phase = Phase::Later;
            self.set_later().await;
            self.prune_components().await;
            self.carry_out(last).await;
            self.ask_again().await;
            if self.is_well() {
                return Ok(self.applied);
            }
            Err(ApplyError { applied: self.applied, error: self.error })
        })
    }

    async fn carry_out(&mut self, steps: Vec<Step>) {
        for Step { action, endpoint, nodes, .. } in steps {
            match action {
                Action::Create => self.create(&endpoint, nodes).await,
                Action::Change => self.change(nodes, action).await,
                Action::Delete => self.delete(&endpoint, nodes).await,
            }
        }
    }

    /// Sets the fields that had to wait until all objects are there.
    async fn set_later(&mut self) {
        let mut by_endpoint: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for node in self.plan.order.later.keys().filter(|node| !self.failed.contains(node)) {
            by_endpoint.entry(self.plan.graph.nodes[*node].endpoint.clone()).or_default().push(*node);
        }
        for nodes in by_endpoint.into_values() {
            self.change(nodes, Action::Change).await;
        }
    }

    /// Whether writes go on.
    fn goes_on(&self) -> bool {
        self.is_well() || self.keeps_going
    }

    /// Whether nothing has failed yet, neither a request nor the search for an object.
    fn is_well(&self) -> bool {
        self.error.is_none() && self.failed.is_empty()
    }

    /// Leaves out objects that wait for one which was not written.
    fn without_blocked(&mut self, nodes: Vec<usize>, action: Action) -> Vec<usize> {
        let mut free = Vec::new();
        for node in nodes {
            let missing = self.missing(node).map(str::to_owned);
            if missing.is_none() && self.goes_on() {
                free.push(node);
            } else {
                self.tell(node, action, Fate::NotWritten, None).waits_for = missing;
            }
        }
        free
    }

    /// The place of an object that `node` refers to and that has no id, or that has not let go of what `node` takes over.
    fn missing(&self, node: usize) -> Option<&str> {
        let Plan { graph, found, order, .. } = &self.plan;
        let needs = graph.nodes[node].needs();
        let mut now = needs.filter(|(name, _)| self.phase == Phase::Later || !self.is_set_later(node, name));
        let needed = now.find_map(|(_, target)| match target {
            Target::Node(other) if found.states[other].id().is_none() => Some(other),
            _ => None,
        });
        let first = || order.first.get(&node)?.iter().copied().find(|other| self.failed.contains(other));
        needed.or_else(first).map(|other| graph.nodes[other].place.as_str())
    }

    /// The objects to write next, but for those that wait for one which was not written.
    fn next_batch(&mut self, batches: &mut Vec<Vec<usize>>, action: Action) -> Option<Vec<usize>> {
        std::iter::from_fn(|| batches.pop())
            .map(|nodes| self.without_blocked(nodes, action))
            .find(|nodes| !nodes.is_empty())
    }

    /// A bulk write as the caller wants it.
    fn bulk<'b, R: Send>(&self, bulk: Bulk<'b, R, C>) -> Bulk<'b, R, C> {
        let bulk = bulk.concurrency(self.together);
        match &self.message {
            Some(text) => bulk.message(text),
            None => bulk,
        }
    }

    async fn create(&mut self, path: &str, nodes: Vec<usize>) {
        let nodes = self.without_blocked(nodes, Action::Create);
        let (nodes, made) = self.without_components(nodes).await;
        self.change(made, Action::Create).await;
        let mut batches = vec![nodes];
        while let Some(nodes) = self.next_batch(&mut batches, Action::Create) {
            let bodies: Vec<Map<String, Value>> = nodes.iter().map(|node| self.body(*node)).collect();
            let bulk = self.bulk(self.plan.client.create_many_at(path, &bodies));
            let bulk = bulk.on_progress(self.progress_of(&nodes));
            match C::lift(bulk.send()).await {
                Ok(records) => {
                    for (node, record) in nodes.iter().zip(records) {
                        self.set_created(*node, State::Present(Arc::new(record)));
                    }
                    self.tell_written(nodes, Action::Create);
                }
                Err(error) => {
                    for (index, id) in error.written() {
                        self.set_created(nodes[index], id.map_or(State::Absent, State::Id));
                    }
                    batches.extend(self.after_failure(&nodes, Action::Create, error, &BTreeSet::new()));
                }
            }
            self.report();
        }
    }

    fn set_created(&mut self, node: usize, state: State<C>) {
        self.plan.found.states[node] = state;
        self.created.insert(node);
    }

    /// Whether a field is set later.
    fn is_set_later(&self, node: usize, name: &str) -> bool {
        self.plan.order.later.get(&node).is_some_and(|later| later.contains_key(name))
    }

    /// The fields of a new object, but for those that are set later.
    fn body(&self, node: usize) -> Map<String, Value> {
        let fields = self.plan.graph.nodes[node].fields.iter();
        let now = fields.filter(|(name, _)| !self.is_set_later(node, name));
        now.map(|(name, term)| (name.clone(), self.plan.found.value(term))).collect()
    }

    /// Changes objects that are there, all of one endpoint.
    async fn change(&mut self, mut nodes: Vec<usize>, action: Action) {
        nodes.retain(|node| !self.changed(*node).is_empty());
        let nodes = self.without_blocked(nodes, action);
        // The ids alone are known of those that were created in a request before one that failed.
        let is_unread = |node: &usize| matches!(self.plan.found.states[*node], State::Id(_));
        let unread: Vec<usize> = nodes.iter().copied().filter(is_unread).collect();
        self.read_again(&unread).await;
        let (mut batches, mut has_written) = (vec![nodes], true);
        while let Some(nodes) = self.next_batch(&mut batches, action) {
            let mut records: Vec<(usize, Record<Object, C>)> = Vec::new();
            for node in nodes {
                match std::mem::replace(&mut self.plan.found.states[node], State::Unknown) {
                    State::Present(record) => records.push((node, Arc::unwrap_or_clone(record))),
                    state => {
                        self.plan.found.states[node] = state;
                        let why = "NetBox created this object and did not return it, so that its other fields are not set: plan \
                                   and apply again";
                        self.tell(node, action, Fate::NotWritten, Some(why.to_owned()));
                    }
                }
            }
            for (node, record) in &records {
                self.plan.found.states[*node] = record.id().map_or(State::Unknown, State::Id);
            }
            for (node, record) in &mut records {
                if let Err(error) = self.set(*node, record) {
                    self.error.get_or_insert(error);
                }
            }
            let order: Vec<usize> = records.iter().map(|(node, _)| *node).collect();
            let mut save = self.plan.client.save_many(records.iter_mut().map(|(_, record)| record));
            save = save.concurrency(self.together);
            if let Some(message) = &self.message {
                save = save.message(message);
            }
            let save = save.on_progress(self.progress_of(&order));
            let outcome = C::lift(save.send()).await;
            for (node, record) in records {
                self.plan.found.states[node] = State::Present(Arc::new(record));
            }
            match outcome {
                Ok(_) => {
                    has_written = true;
                    self.tell_written(order, action);
                }
                Err(error) => {
                    has_written |= error.written().next().is_some();
                    let mut renewed = BTreeSet::new();
                    // It would be the same again and again unless something was written meanwhile.
                    if error.kind() == ErrorKind::Conflict && std::mem::take(&mut has_written) {
                        let left = order.iter().enumerate();
                        let left = left.filter(|(index, _)| error.fate(*index) == Fate::NotWritten);
                        renewed = self.read_again(&left.map(|(_, node)| *node).collect::<Vec<_>>()).await;
                    }
                    batches.extend(self.after_failure(&order, action, error, &renewed));
                }
            }
            self.report();
        }
    }

    /// The fields of an object that is there which are set in this phase; custom fields each by its name.
    fn changed(&self, node: usize) -> Vec<&str> {
        let later = || self.plan.order.later.get(&node).into_iter().flatten();
        let changes = self.plan.changes.get(&node).into_iter().flatten();
        let of_phase = changes
            .clone()
            .filter(|change| self.is_set_later(node, change.field()) == (self.phase == Phase::Later));
        let is_changed = |name: &str| changes.clone().any(|change| change.field() == name);
        let others = later().filter(|(name, meanwhile)| match self.phase {
            Phase::Now => **meanwhile == Meanwhile::Null,
            Phase::Later => !is_changed(name),
        });
        of_phase.map(|change| change.name.as_str()).chain(others.map(|(name, _)| name.as_str())).collect()
    }

    /// Sets the fields that change.
    fn set(&self, node: usize, record: &mut Record<Object, C>) -> Result<(), Error> {
        let terms = &self.plan.graph.nodes[node].fields;
        let mut custom = Map::new();
        for name in self.changed(node) {
            if let (Some(name), Some(Term::Map(fields))) = (custom_name(name), terms.get(CUSTOM_FIELDS)) {
                custom.insert(name.to_owned(), self.plan.found.value(&fields[name]));
                continue;
            }
            let is_cleared = self.phase == Phase::Now && self.is_set_later(node, name);
            record.set(name, if is_cleared { Value::Null } else { self.plan.found.value(&terms[name]) })?;
        }
        if custom.is_empty() { Ok(()) } else { record.set(CUSTOM_FIELDS, Value::from(custom)) }
    }

    /// Deletes objects of an endpoint.
    async fn delete(&mut self, path: &str, nodes: Vec<usize>) {
        let mut batches = vec![nodes];
        while let Some(nodes) = self.next_batch(&mut batches, Action::Delete) {
            let ids: Vec<u64> = nodes.iter().filter_map(|node| self.plan.id(*node)).collect();
            let bulk = self.bulk(self.plan.client.delete_many_at(path, ids));
            let bulk = bulk.on_progress(self.progress_of(&nodes));
            match C::lift(bulk.send()).await {
                Ok(_) => self.tell_written(nodes, Action::Delete),
                Err(error) => {
                    batches.extend(self.after_failure(&nodes, Action::Delete, error, &BTreeSet::new()));
                }
            }
            self.report();
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
