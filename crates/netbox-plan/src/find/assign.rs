//! Which of NetBox's objects is which of the graph's.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use netbox_core::{Mode, Object, Record};
use netbox_schema::endpoint;
use serde_json::Value;

use super::{Found, State, read::Rows, siblings::Siblings};
use crate::{
    graph::Graph,
    key::Part,
    mistake::{Mistake, quoted},
    sense::Sense,
    view::shown,
};

/// The object of a node; none if NetBox does not have it.
type Outcome<C> = Result<Option<Arc<Record<Object, C>>>, String>;

/// The keys of nodes of one endpoint.
#[derive(Clone, Copy)]
pub(super) struct Keys<'a> {
    pub(super) path: &'a str,
    pub(super) of: &'a HashMap<usize, Vec<Part>>,
}

/// Nodes and rows that are equal in the fields that make two objects the same.
struct Alike<C> {
    nodes: Vec<usize>,
    rows: Rows<C>,
}

impl<'a> Keys<'a> {
    /// The fields that make two objects the same.
    pub(super) fn common(self, node: usize) -> impl Iterator<Item = &'a Part> {
        self.of[&node].iter().filter(|part| !part.tells_apart)
    }

    /// The fields that tell an object from others with the same key.
    fn apart(self, node: usize) -> impl Iterator<Item = &'a Part> {
        self.of[&node].iter().filter(|part| part.tells_apart)
    }
}

impl<C: Mode> Found<C> {
    /// Sorts out which node is which row.
    pub(super) fn assign(
        &mut self,
        graph: &Graph,
        keys: Keys<'_>,
        siblings: &Siblings,
        nodes: &[usize],
        rows: Rows<C>,
        mistakes: &mut Vec<Mistake>,
    ) {
        let mut outcomes = Vec::new();
        for alike in self.alike(nodes, keys, rows) {
            if graph.nodes[alike.nodes[0]].is_described() {
                outcomes.extend(self.tell_apart(graph, keys, siblings, alike));
            } else {
                let Alike { nodes, rows } = alike;
                outcomes.extend(nodes.into_iter().map(|node| (node, self.meant(keys, node, &rows))));
            }
        }
        for (node, outcome) in outcomes {
            match outcome {
                Ok(Some(row)) => self.states[node] = State::Present(row),
                Ok(None) => self.set_absent(graph, node, mistakes),
                Err(why) => self.set_mistaken(graph, node, why, mistakes),
            }
        }
    }

    /// The nodes, each with those of the others and with the rows that have its key.
    fn alike(&self, nodes: &[usize], keys: Keys<'_>, rows: Rows<C>) -> Vec<Alike<C>> {
        let mut alike: BTreeMap<Vec<String>, Alike<C>> = BTreeMap::new();
        for node in nodes {
            let key = keys.common(*node).map(|part| self.form(keys, part, &self.value(&part.term))).collect();
            let new = || Alike { nodes: Vec::new(), rows: Vec::new() };
            alike.entry(key).or_insert_with(new).nodes.push(*node);
        }
        let common: Vec<&Part> = keys.common(nodes[0]).collect();
        let has_ends = common.iter().map(|part| part.name.as_str()).eq(super::ENDS);
        for row in rows {
            let mut key: Vec<String> = common.iter().map(|part| self.shown(keys, part, &row)).collect();
            if has_ends && !alike.contains_key(&key) {
                // A cable is the same from its other end.
                key.reverse();
            }
            if let Some(alike) = alike.get_mut(&key) {
                alike.rows.push(row);
            }
        }
        alike.into_values().collect()
    }

    /// Says which of the rows with its key each node is. Those that say most come first, so that the order of the description
    /// does not matter.
    fn tell_apart(
        &self,
        graph: &Graph,
        keys: Keys<'_>,
        siblings: &Siblings,
        alike: Alike<C>,
    ) -> Vec<(usize, Outcome<C>)> {
        let Alike { mut nodes, rows } = alike;
        nodes.sort_by_key(|node| Reverse(keys.apart(*node).count()));
        let family = siblings.family(&nodes);
        let own: BTreeSet<usize> = nodes.iter().copied().collect();
        let mut others = family.difference(&own);
        let ids: BTreeSet<u64> = others.clone().filter_map(|node| self.states[*node].id()).collect();
        let is_taken = |at: &usize| rows[*at].id().is_some_and(|id| ids.contains(&id));
        let mut taken: BTreeSet<usize> = (0..rows.len()).filter(is_taken).collect();
        let telling: BTreeMap<&str, &Part> =
            family.iter().flat_map(|node| keys.apart(*node)).map(|part| (part.name.as_str(), part)).collect();
        let mut indexes: HashMap<Vec<&str>, HashMap<Vec<String>, Vec<usize>>> = HashMap::new();
        let mut said: HashMap<(Vec<&str>, Vec<String>), usize> = HashMap::new();
        let (mut outcomes, mut rest) = (Vec::new(), Vec::new());
        for node in nodes {
            let apart: Vec<&Part> = keys.apart(node).collect();
            let names: Vec<&str> = apart.iter().map(|part| part.name.as_str()).collect();
            let values: Vec<String> =
                apart.iter().map(|part| self.form(keys, part, &self.described(graph, &part.term))).collect();
            if let Some(other) = said.insert((names.clone(), values.clone()), node) {
                let why = format!("this is the same object as {}", graph.nodes[other].place);
                outcomes.push((node, Err(why)));
                continue;
            }
            let is_other = |(name, _): &(&&str, &&Part)| !names.contains(*name);
            let empty: Vec<&Part> = telling.iter().filter(is_other).map(|(_, part)| *part).collect();
            let index = indexes.entry(names).or_insert_with(|| self.index(keys, &apart, &rows));
            let fitting = index.get(&values).into_iter().flatten().copied();
            let fitting: Vec<usize> = fitting.filter(|at| !taken.contains(at)).collect();
            // The fields by which others are told apart are empty in an object that is described without them.
            let is_empty = |at: &&usize| {
                let null = |part: &&Part| self.form(keys, part, &Value::Null);
                empty.iter().all(|part| self.shown(keys, part, &rows[**at]) == null(part))
            };
            let one = match *fitting {
                [one] => Some(one),
                _ => only(fitting.iter().filter(is_empty)).copied(),
            };
            if let Some(at) = one {
                taken.insert(at);
                outcomes.push((node, Ok(Some(Arc::clone(&rows[at])))));
            } else if fitting.is_empty() {
                rest.push(node);
            } else {
                outcomes.push((node, Err(several(keys, node, fitting.iter().map(|at| &rows[*at])))));
            }
        }
        // A single object with the key is meant, and changes: a region that moves to another parent.
        let is_alone = rest.len() == 1 && others.next().is_none();
        let single = rows.first().filter(|_| rows.len() == 1 && is_alone && taken.is_empty());
        outcomes.extend(rest.into_iter().map(|node| (node, Ok(single.cloned()))));
        outcomes
    }

    /// The numbers of rows by the values of these fields.
    fn index(&self, keys: Keys<'_>, parts: &[&Part], rows: &Rows<C>) -> HashMap<Vec<String>, Vec<usize>> {
        let mut index: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            index.entry(parts.iter().map(|part| self.shown(keys, part, row)).collect()).or_default().push(at);
        }
        index
    }

    /// The one of these objects that a reference means: where only the case of letters differs, the one with its own.
    fn meant(&self, keys: Keys<'_>, node: usize, rows: &[Arc<Record<Object, C>>]) -> Outcome<C> {
        let [_, _, ..] = rows else { return Ok(rows.first().cloned()) };
        let is_exact = |row: &&Arc<Record<Object, C>>| {
            keys.common(node).filter(|part| part.ignores_case).all(|part| {
                let shown = shown(row, &part.name).unwrap_or_default();
                self.sense(keys, part).is_same(&shown, &self.value(&part.term))
            })
        };
        let exact = only(rows.iter().filter(is_exact)).cloned();
        exact.map_or_else(|| Err(several(keys, node, rows.iter())), |one| Ok(Some(one)))
    }

    fn sense(&self, keys: Keys<'_>, part: &Part) -> Sense {
        Sense::of(endpoint(keys.path), &part.name, self.server)
    }

    /// A text that is equal for equal values.
    pub(super) fn form(&self, keys: Keys<'_>, part: &Part, value: &Value) -> String {
        self.sense(keys, part).key(value, part.ignores_case)
    }

    fn shown(&self, keys: Keys<'_>, part: &Part, row: &Record<Object, C>) -> String {
        self.form(keys, part, &shown(row, &part.name).unwrap_or_default())
    }
}

/// The item of an iterator that has just one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// Says that NetBox has several objects where one is meant.
fn several<'r, C: 'r>(
    keys: Keys<'_>,
    node: usize,
    rows: impl Iterator<Item = &'r Arc<Record<Object, C>>>,
) -> String {
    let ids: Vec<String> = rows.filter_map(|row| row.id()).map(|id| id.to_string()).collect();
    let names = quoted(keys.common(node).chain(keys.apart(node)).map(|part| &part.name));
    format!(
        "NetBox has {} objects of {} with this {names}: the ids are {}",
        ids.len(),
        keys.path,
        ids.join(", ")
    )
}
