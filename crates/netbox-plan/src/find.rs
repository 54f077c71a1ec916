//! Finding the objects of a description in NetBox, with few requests: those of one endpoint together, by their keys.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use netbox_core::{Client, Error, Mode, Object, Record};
use netbox_schema::{Field, endpoint};
use serde_json::{Map, Value};

use crate::{
    graph::{Graph, Meant, Node, Role, Target, Term},
    key::{Part, key_of},
    mistake::Mistake,
    reference::{Id, is_owned_by, referring},
    sense::ids,
    server::Server,
};

mod assign;
mod read;
mod siblings;

use assign::Keys;
use read::Lists;
pub(crate) use read::{read_by_ids, repeats};

/// The objects of a graph, as far as NetBox has them.
pub(crate) struct Found<C> {
    pub(crate) states: Vec<State<C>>,
    pub(crate) server: Server,
    /// The endpoints of which objects may be deleted; what refers to them is read.
    prunable: BTreeSet<String>,
    /// Objects that others refer to, of which more was read than NetBox shows there.
    pub(crate) whole: HashMap<Id, Map<String, Value>>,
}

/// Whether NetBox has an object.
pub(crate) enum State<C> {
    Unknown,
    /// NetBox has no such object.
    Absent,
    Present(Arc<Record<Object, C>>),
    /// It was created, or is known by its id alone.
    Id(u64),
    /// A mistake was told of it, or of an object by which it is recognised.
    Mistaken,
}

impl<C> State<C> {
    pub(crate) fn id(&self) -> Option<u64> {
        match self {
            Self::Present(record) => record.id(),
            Self::Id(id) => Some(*id),
            Self::Unknown | Self::Absent | Self::Mistaken => None,
        }
    }
}

/// The ends of a cable, by which it is recognised.
pub(crate) const ENDS: [&str; 2] = ["a_terminations", "b_terminations"];

/// Objects of one endpoint that are recognised by the same fields, either described or referred to.
type Group = (String, bool, Vec<String>);

impl<C: Mode> Found<C> {
    /// Nothing is found yet; objects of the `prunable` endpoints may be deleted.
    pub(crate) fn new(graph: &Graph, server: Server, prunable: impl Iterator<Item = String>) -> Self {
        let states = graph.nodes.iter().map(|_| State::Unknown).collect();
        Self { states, server, prunable: prunable.collect(), whole: HashMap::new() }
    }

    /// Finds those of the nodes that are `Unknown`, and adds to `mistakes` those that are ambiguous or missing.
    pub(crate) async fn find(
        &mut self,
        client: &Client<C>,
        graph: &Graph,
        named: &BTreeMap<String, Vec<String>>,
        mistakes: &mut Vec<Mistake>,
    ) -> Result<(), Error> {
        let mut keys: HashMap<usize, Vec<Part>> = HashMap::new();
        for node in 0..graph.nodes.len() {
            if !self.is_sought(node) || !graph.nodes[node].is_meant() {
                continue;
            }
            // An object with this id need not be read, unless it may be deleted with another.
            let of = &graph.nodes[node];
            if let Some(id) = of.own_id().filter(|_| !self.may_be_lost(&of.endpoint)) {
                self.states[node] = State::Id(id);
                continue;
            }
            match key_of(graph, node, named, self.server) {
                Ok(key) => drop(keys.insert(node, key)),
                Err(why) => self.set_mistaken(graph, node, why, mistakes),
            }
        }
        let siblings = self.siblings(graph, &keys);
        let mut lists = Lists::new();
        let mut sought: Vec<usize> = keys.keys().copied().collect();
        while !sought.is_empty() {
            let (mut waiting, mut ready) = (Vec::new(), Vec::new());
            let (mut absent, mut mistaken) = (Vec::new(), Vec::new());
            for node in &sought {
                match self.readiness(&keys[node]) {
                    Readiness::Waits => waiting.push(*node),
                    Readiness::Absent => absent.push(*node),
                    Readiness::Mistaken => mistaken.push(*node),
                    Readiness::Ready => ready.push(*node),
                }
            }
            if ready.is_empty() && absent.is_empty() && mistaken.is_empty() {
                let mut waiting: Vec<_> =
                    waiting.iter().map(|node| graph.nodes[*node].place.as_str()).collect();
                waiting.sort_unstable();
                let message = format!(
                    "these objects can't be looked up, since their keys depend on each other: {}",
                    waiting.join(", ")
                );
                mistakes.push(Mistake::new(waiting[0], message));
                break;
            }
            // All that have one key are told apart together, unless one of them is above another.
            let held: BTreeSet<usize> = waiting.iter().filter_map(|node| siblings.number(*node)).collect();
            let is_held = |node: &usize| siblings.number(*node).is_some_and(|number| held.contains(&number));
            if !absent.is_empty() || !mistaken.is_empty() || !ready.iter().all(is_held) {
                ready.retain(|node| !is_held(node));
            }
            for node in mistaken {
                self.states[node] = State::Mistaken;
            }
            for node in absent {
                self.set_absent(graph, node, mistakes);
            }
            let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
            for node in ready {
                let of = &graph.nodes[node];
                let group = (of.endpoint.clone(), of.is_described(), group_names(&keys[&node]));
                groups.entry(group).or_default().push(node);
            }
            for ((path, ..), mut nodes) in groups {
                nodes.sort_unstable();
                let rows = self.rows(client, graph, &nodes, &keys, &mut lists).await?;
                self.assign(graph, Keys { path: &path, of: &keys }, &siblings, &nodes, rows, mistakes);
            }
            sought.retain(|node| self.is_sought(*node));
        }
        Ok(())
    }

    /// Whether objects of an endpoint may be deleted with those to which they refer.
    fn may_be_lost(&self, path: &str) -> bool {
        let fields = endpoint(path).into_iter().flat_map(|schema| referring(schema, self.server));
        fields.filter(|field| is_owned_by(*field, self.server)).any(|field| self.is_prunable(field))
    }

    /// Whether the objects to which a field refers may be deleted.
    fn is_prunable(&self, field: Field) -> bool {
        let is_any = || !self.prunable.is_empty();
        field.target().map_or_else(is_any, |target| self.prunable.contains(target.path()))
    }

    /// Whether nothing is known of a node yet.
    fn is_sought(&self, node: usize) -> bool {
        matches!(self.states[node], State::Unknown)
    }

    /// Whether the objects that a key refers to are known.
    fn readiness(&self, key: &[Part]) -> Readiness {
        let mut readiness = Readiness::Ready;
        for part in key {
            for target in part.term.targets() {
                let Target::Node(node) = target else { continue };
                match self.states[node] {
                    State::Unknown => return Readiness::Waits,
                    State::Mistaken => return Readiness::Mistaken,
                    State::Absent if !part.tells_apart => readiness = Readiness::Absent,
                    State::Absent | State::Present(_) | State::Id(_) => {}
                }
            }
        }
        readiness
    }

    fn set_absent(&mut self, graph: &Graph, node: usize, mistakes: &mut Vec<Mistake>) {
        let Node { endpoint, fields, role, .. } = &graph.nodes[node];
        if *role == Role::Described {
            self.states[node] = State::Absent;
            return;
        }
        let said = fields.iter().map(|(name, term)| match term {
            Term::Plain(value) => format!("`{name}` {value}"),
            _ => format!("this `{name}`"),
        });
        let said = said.collect::<Vec<_>>().join(" and ");
        // NetBox makes components of the templates of a device type, and which these are is not known here.
        let is_new =
            |other: usize| graph.nodes[other].is_described() && matches!(self.states[other], State::Absent);
        let is_of_new = |target| matches!(target, Target::Node(other) if is_new(other));
        let is_of_new = fields.values().flat_map(Term::targets).any(is_of_new);
        let hint = if is_of_new {
            ": describe it as well, even if NetBox creates it with another object"
        } else {
            ""
        };
        let why =
            format!("no object of {endpoint} has {said}, neither in NetBox nor in the description{hint}");
        self.set_mistaken(graph, node, why, mistakes);
    }

    fn set_mistaken(&mut self, graph: &Graph, node: usize, why: String, mistakes: &mut Vec<Mistake>) {
        self.states[node] = State::Mistaken;
        mistakes.push(Mistake::new(&graph.nodes[node].place, why));
    }

    /// Makes references ones to the same node where NetBox has their objects as one, although they say different things of it, and
    /// adds to `mistakes` the described objects that NetBox has as one.
    pub(crate) fn join(&mut self, graph: &mut Graph, mistakes: &mut Vec<Mistake>) {
        let mut described: HashMap<(&str, u64), usize> = HashMap::new();
        let mut meant = Meant::new();
        let known = |node: usize| Some((graph.nodes[node].endpoint.as_str(), self.states[node].id()?));
        let (wanted, mut references): (Vec<_>, Vec<_>) =
            (0..graph.nodes.len()).partition(|node| graph.nodes[*node].is_described());
        for node in wanted {
            let Some(of) = known(node) else { continue };
            if let Some(other) = described.insert(of, node) {
                let (other, id) = (&graph.nodes[other].place, of.1);
                let message = format!("this is the same object as {other}: NetBox has it with the id {id}");
                mistakes.push(Mistake::new(&graph.nodes[node].place, message));
            }
        }
        // One of several references stands for all, the one of which most is known.
        references.sort_by_key(|node| !matches!(self.states[*node], State::Present(_)));
        for node in references {
            let Some(one) = known(node).map(|of| *described.entry(of).or_insert(node)) else { continue };
            if one != node {
                meant.insert(node, one);
            }
        }
        for node in meant.keys() {
            self.states[*node] = State::Unknown;
        }
        graph.replace(&meant);
    }

    fn has(&self, versions: netbox_schema::Versions) -> bool {
        self.server.has(versions)
    }

    /// The id of an object that is referred to, once it has one.
    pub(crate) fn id(&self, target: Target) -> Option<u64> {
        match target {
            Target::Id(id) => Some(id),
            Target::Node(node) => self.states[node].id(),
        }
    }

    /// Whether it refers to an object that is yet to be created.
    pub(crate) fn waits(&self, term: &Term) -> bool {
        term.targets().into_iter().any(|target| self.id(target).is_none())
    }

    /// The value as NetBox takes it; null stands for an object that has no id yet.
    pub(crate) fn value(&self, term: &Term) -> Value {
        value(term, &|target| self.id(target).into())
    }

    /// The value with the place of an object that has no id yet.
    pub(crate) fn described(&self, graph: &Graph, term: &Term) -> Value {
        value(term, &|target| match (self.id(target), target) {
            (None, Target::Node(node)) => graph.nodes[node].place.as_str().into(),
            (id, _) => id.into(),
        })
    }
}

fn value(term: &Term, of: &impl Fn(Target) -> Value) -> Value {
    match term {
        Term::Plain(value) => value.clone(),
        Term::One(target) => of(*target),
        Term::Slug(slug, _) => slug.as_str().into(),
        Term::List(terms) => {
            let values: Vec<Value> = terms.iter().map(|term| value(term, of)).collect();
            if terms.iter().all(|term| matches!(term, Term::One(_))) { ids(values) } else { values.into() }
        }
        Term::Map(terms) => terms.iter().map(|(name, term)| (name.clone(), value(term, of))).collect(),
    }
}

enum Readiness {
    Ready,
    Waits,
    Absent,
    Mistaken,
}

/// The fields of a key, and the types at the ends of a cable, which are filtered by in different ways.
fn group_names(key: &[Part]) -> Vec<String> {
    let name = |part: &Part| match (part.term.first_end(), &part.term) {
        (Some((object_type, _)), _) => format!("{} {object_type}", part.name),
        (_, Term::Plain(Value::Null)) => format!("{}=null", part.name),
        _ => part.name.clone(),
    };
    key.iter().filter(|part| !part.tells_apart).map(name).collect()
}
