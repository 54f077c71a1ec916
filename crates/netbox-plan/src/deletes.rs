//! Objects to delete: those that a prune finds and nothing describes.

use std::collections::{BTreeMap, BTreeSet};

use netbox_core::{Client, Error, Mode, Object, Record};
use netbox_schema::{Control, Field, Key, KeyPart, endpoint};

use crate::{
    desired::{Desired, Home, Prune},
    find::{Found, State, is_unused},
    graph::Graph,
    mistake::{Mistake, PlanError},
    reference::referring,
    server::Server,
};

/// Adds the objects to the graph that are deleted, and returns their nodes, and the prunes with the number that each may still
/// delete; `is_new` says whether objects are to be created.
pub(crate) async fn deletes<C: Mode>(
    desired: &Desired,
    client: &Client<C>,
    graph: &mut Graph,
    found: &mut Found<C>,
    is_new: bool,
    mistakes: &mut Vec<Mistake>,
) -> Result<(BTreeSet<usize>, Vec<Prune>), PlanError> {
    let mut deletes: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    let mut left = Vec::new();
    for (number, prune) in desired.prunes.iter().enumerate() {
        let place = || format!("prune[{number}]");
        let home = Home::of(client);
        if prune.home != home {
            let message = format!("its query asks {}, and the plan is for {home}", prune.home);
            mistakes.push(Mistake::new(place(), message));
            continue;
        }
        let ids = match (prune.ids)().await {
            Ok(ids) => ids,
            // It asks by an object that is yet to be created, and nothing is there of it.
            Err(error) if error.is_invalid() && is_new => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let superfluous = superfluous(graph, found, &prune.endpoint, ids);
        if !prune.expected.contains(&superfluous.len()) && !superfluous.is_empty() {
            let (count, path, most) = (superfluous.len(), &prune.endpoint, prune.at_most());
            let bound = if *prune.expected.start() == most { "exactly" } else { "at most" };
            let message =
                format!("it would delete {count} objects of {path}, and {bound} {most} may be deleted");
            mistakes.push(Mistake::new(place(), message));
        }
        left.push(prune.after(superfluous.len()));
        deletes.entry(&prune.endpoint).or_default().extend(superfluous);
    }
    let mut nodes = BTreeSet::new();
    for (path, ids) in deletes {
        // When they go depends on their references, and on the values that only they may have.
        let names = endpoint(path).into_iter().flat_map(|schema| {
            let keys = schema.keys().flat_map(Key::parts).map(KeyPart::name);
            keys.chain(referring(schema, found.server).map(Field::name))
        });
        let objects = read(client, path, &ids, &names.collect(), found.server).await?;
        nodes.extend(add(graph, found, path, objects));
    }
    Ok((nodes, left))
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
        graph.push(place, path, false)
    });
    nodes.collect()
}

/// Those of `ids` that nothing describes.
pub(crate) fn superfluous<C: Mode>(
    graph: &Graph,
    found: &Found<C>,
    path: &str,
    ids: Vec<u64>,
) -> BTreeSet<u64> {
    let described: BTreeSet<u64> = (0..graph.nodes.len())
        .filter(|node| graph.nodes[*node].endpoint == path && !is_unused(graph, *node))
        .filter_map(|node| found.states[node].id())
        .collect();
    ids.into_iter().filter(|id| !described.contains(id)).collect()
}

/// Reads these fields of objects, and their names.
pub(crate) async fn read<C: Mode>(
    client: &Client<C>,
    path: &str,
    ids: &BTreeSet<u64>,
    fields: &BTreeSet<&str>,
    server: Server,
) -> Result<Vec<Record<Object, C>>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = client.query_at(path).param("id", ids.iter().copied().collect::<Vec<_>>());
    if endpoint(path).is_none_or(|schema| server.has(schema.supports(Control::Fields))) {
        query = query.fields(["id", "display"].iter().chain(fields).copied());
    }
    C::lift(query.page_size(1000).all()).await
}
