//! Objects to delete: those that a prune finds and nothing describes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use netbox_core::{Client, Error, Mode, Object, Record};
use netbox_schema::{Field, Key, KeyPart, endpoint, endpoint_called};

use crate::{
    components::may_find_components,
    desired::{Desired, Home, Prune},
    find::{Found, State, read_by_ids},
    graph::{Graph, Role},
    mistake::{Mistake, PlanError},
    order::MAPPED,
    reference::{Id, PARENT, referring, target},
};

/// The answers of the prunes.
#[derive(Default)]
pub(crate) struct Pruned {
    /// The objects that are deleted.
    pub(crate) nodes: BTreeSet<usize>,
    /// The prunes that may find components of new devices and modules, with the number of objects that each may still
    /// delete.
    pub(crate) of_components: Vec<Prune>,
    /// The others whose query NetBox refuses, as it does while an object by which they ask is yet to be created.
    pub(crate) refused: Vec<Prune>,
}

impl Prune {
    /// Why it must not delete so many objects, if it must not.
    pub(crate) fn beyond(&self, count: usize) -> Option<String> {
        let (path, most) = (&self.endpoint, self.at_most());
        let bound = if most > 0 && *self.expected.start() == most { "exactly" } else { "at most" };
        (count > 0 && !self.expected.contains(&count))
            .then(|| format!("would delete {count} objects of {path}, and {bound} {most} may be deleted"))
    }
}

/// Asks the prunes, and adds the objects to the graph that are deleted; `new` are the objects to create.
pub(crate) async fn deletes<C: Mode>(
    desired: &Desired,
    client: &Client<C>,
    graph: &mut Graph,
    found: &mut Found<C>,
    new: &BTreeSet<usize>,
    mistakes: &mut Vec<Mistake>,
) -> Result<Pruned, PlanError> {
    let mut deletes: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    let mut pruned = Pruned::default();
    if desired.prunes.is_empty() {
        return Ok(pruned);
    }
    let (home, described) = (Home::of(client), Described::of(graph, found));
    for (number, prune) in desired.prunes.iter().enumerate() {
        let place = || format!("prune[{number}]");
        if prune.home != home {
            let message = format!("its query asks {}, and the plan is for {home}", prune.home);
            mistakes.push(Mistake::new(place(), message));
            continue;
        }
        let (mut may_be_refused, mut is_refused) = (false, false);
        let ids = match (prune.ids)().await {
            Err(error) if error.is_invalid() => {
                may_be_refused = asks_by_pruned(desired, number, &error);
                is_refused = !may_be_refused && !new.is_empty();
                if may_be_refused || is_refused { Vec::new() } else { return Err(error.into()) }
            }
            ids => ids?,
        };
        let superfluous = described.superfluous(&prune.endpoint, ids);
        if let Some(why) = prune.beyond(superfluous.len()) {
            mistakes.push(Mistake::new(place(), format!("it {why}")));
        }
        if may_find_components(prune, graph, new) {
            pruned.of_components.push(Prune { may_be_refused, ..prune.after(superfluous.len()) });
        } else if is_refused {
            pruned.refused.push(prune.clone());
        }
        deletes.entry(&prune.endpoint).or_default().extend(superfluous);
    }
    for (path, ids) in deletes {
        // When they go depends on their references, and on the values that only they may have.
        let names = endpoint(path).into_iter().flat_map(|schema| {
            let keys = schema.keys().flat_map(Key::parts).map(KeyPart::name);
            let mapped = schema.field(MAPPED).filter(|field| found.server.has(field.readable()));
            keys.chain(referring(schema, found.server).chain(mapped).map(Field::name))
        });
        let objects = read_by_ids(client, path, &ids, &names.collect(), found.server).await?;
        pruned.nodes.extend(add(graph, found, path, objects));
    }
    Ok(pruned)
}

/// Whether NetBox refuses the query of a prune for filters by objects that another prune deletes, and may have deleted before.
fn asks_by_pruned(desired: &Desired, number: usize, error: &Error) -> bool {
    let asked = endpoint(&desired.prunes[number].endpoint);
    let others = || desired.prunes.iter().enumerate().filter(|(other, _)| *other != number);
    let is_pruned = |filter: &str| {
        let name = filter.split("__").next().unwrap_or(filter);
        let name = name.strip_suffix("_id").unwrap_or(name);
        // Many objects are also found by those above the ones that they refer to: the site of a device's interface.
        let target = asked.and_then(|schema| schema.field(name)?.target()).or_else(|| endpoint_called(name));
        target.is_some_and(|target| others().any(|(_, prune)| prune.endpoint == target.path()))
    };
    let mut filters = error.messages().fields().map(|(filter, _)| is_pruned(filter)).peekable();
    filters.peek().is_some() && filters.all(|is_pruned| is_pruned)
}

/// Adds objects to the graph, the last first.
pub(crate) fn add<C: Mode>(
    graph: &mut Graph,
    found: &mut Found<C>,
    path: &str,
    mut objects: Vec<Record<Object, C>>,
) -> Vec<usize> {
    objects.sort_by_key(|object| std::cmp::Reverse(object.id()));
    let nodes = objects.into_iter().map(|object| {
        let place = format!("{path}/{}", object.id().unwrap_or_default());
        found.states.push(State::Present(object.into()));
        graph.push(place, path, Role::Deleted)
    });
    nodes.collect()
}

/// The objects that the description is about, by their endpoints, with those to which it refers.
pub(crate) struct Described(BTreeMap<String, BTreeSet<u64>>);

impl Described {
    pub(crate) fn of<C: Mode>(graph: &Graph, found: &Found<C>) -> Self {
        let mut described: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for node in (0..graph.nodes.len()).filter(|node| graph.nodes[*node].is_meant()) {
            if let Some(id) = found.states[node].id() {
                described.entry(graph.nodes[node].endpoint.clone()).or_default().insert(id);
            }
        }
        Self(described)
    }

    /// Those of `ids` that nothing describes.
    pub(crate) fn superfluous(&self, path: &str, ids: Vec<u64>) -> BTreeSet<u64> {
        let described = self.0.get(path);
        ids.into_iter().filter(|id| !described.is_some_and(|described| described.contains(id))).collect()
    }
}

/// The objects above those that the description refers to, where NetBox deletes an object with the one above it, as regions:
/// each with its parent, but for those that are described or deleted themselves.
pub(crate) async fn above<C: Mode>(
    client: &Client<C>,
    graph: &Graph,
    found: &Found<C>,
    deletes: &BTreeSet<usize>,
) -> Result<HashMap<Id, Id>, Error> {
    let mut above = HashMap::new();
    let paths: BTreeSet<&str> = deletes.iter().map(|node| graph.nodes[*node].endpoint.as_str()).collect();
    for tree in paths.into_iter().filter_map(endpoint) {
        let Some(parent) = tree.field(PARENT).filter(|field| field.target() == Some(tree)) else { continue };
        let mut known: BTreeSet<u64> = BTreeSet::new();
        let mut next: BTreeSet<u64> = BTreeSet::new();
        for (node, state) in graph.nodes.iter().zip(&found.states) {
            let State::Present(record) = state else { continue };
            if node.endpoint == tree.path() {
                known.extend(record.id());
            }
            let own = endpoint(&node.endpoint).into_iter().flat_map(|schema| referring(schema, found.server));
            let of_tree = own.filter(|field| field.target() == Some(tree));
            let values = of_tree.filter_map(|field| target(field, &record.get(field.name()).ok()?));
            next.extend(values.map(|(_, id)| id));
        }
        while !next.is_empty() {
            next.retain(|id| known.insert(*id));
            let objects =
                read_by_ids(client, tree.path(), &next, &BTreeSet::from([PARENT]), found.server).await?;
            next.clear();
            for object in objects {
                let up = object.get(PARENT).ok().and_then(|value| target(parent, &value));
                if let (Some(id), Some(up)) = (object.id(), up) {
                    next.insert(up.1);
                    above.insert((tree.path().to_owned(), id), up);
                }
            }
        }
    }
    Ok(above)
}
