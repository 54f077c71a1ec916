//! Objects to delete: those that a prune finds and nothing describes, in an order in which each goes before those that it
//! refers to.

use std::collections::{BTreeMap, BTreeSet};

use netbox_core::{Client, Error, Mode, Object, Record};
use netbox_schema::{Control, Kind, endpoint};

use crate::{
    desired::Desired,
    find::{Found, is_unused},
    graph::Graph,
    mistake::{Mistake, PlanError},
    order::CHOSEN,
    server::Server,
};

/// Objects of an endpoint that are deleted.
#[derive(Debug)]
pub(crate) struct Deletes {
    pub(crate) endpoint: String,
    /// With the names under which NetBox shows them.
    pub(crate) objects: Vec<(u64, String)>,
    /// The bound that is yet to be compared with their number.
    pub(crate) at_most: Option<usize>,
}

/// The deletions, in their order; `is_new` says whether objects are to be created.
pub(crate) async fn deletes<C: Mode>(
    desired: &Desired,
    client: &Client<C>,
    graph: &Graph,
    found: &Found<C>,
    is_new: bool,
    mistakes: &mut Vec<Mistake>,
) -> Result<Vec<Deletes>, PlanError> {
    let mut deletes: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for (number, prune) in desired.prunes.iter().enumerate() {
        let ids = match (prune.ids)().await {
            Ok(ids) => ids,
            // It asks by an object that is yet to be created, and nothing is there of it.
            Err(error) if error.is_invalid() && is_new => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let superfluous = superfluous(graph, found, &prune.endpoint, ids);
        if !prune.expected.contains(&superfluous.len()) && !superfluous.is_empty() {
            let message = format!(
                "{} objects of {} are not described, and {} were to be deleted at most",
                superfluous.len(),
                prune.endpoint,
                prune.expected.end()
            );
            mistakes.push(Mistake::new(format!("prune[{number}]"), message));
        }
        deletes.entry(prune.endpoint.clone()).or_default().extend(superfluous);
    }
    deletes.retain(|_, ids| !ids.is_empty() && mistakes.is_empty());
    let mut ordered = Vec::new();
    for path in in_order(deletes.keys().map(String::as_str).collect()) {
        let objects = read(client, path, &deletes[path], &[], found.server).await?;
        let mut objects: Vec<_> = objects.iter().filter_map(named).collect();
        objects.sort_unstable_by(|one, other| other.cmp(one));
        ordered.push(Deletes { endpoint: path.to_owned(), objects, at_most: None });
    }
    Ok(ordered)
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
    fields: &[&str],
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

/// An object with the name under which NetBox shows it.
pub(crate) fn named<C>(object: &Record<Object, C>) -> Option<(u64, String)> {
    Some((object.id()?, object.get("display").unwrap_or_default()))
}

/// Puts endpoints in an order in which the objects of each go before those that they refer to.
fn in_order(mut left: Vec<&str>) -> Vec<&str> {
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free: Vec<usize> = (0..left.len())
            .filter(|at| !left.iter().any(|other| other != &left[*at] && names(other, left[*at])))
            .collect();
        // Objects of any type may be of each of the others.
        let first = free.iter().find(|at| names_any(left[**at])).or(free.first());
        order.push(left.remove(first.copied().unwrap_or_default()));
    }
    order
}

/// Whether a field of the objects of `path` refers to those of `target`, and not by choosing one of those that refer back.
fn names(path: &str, target: &str) -> bool {
    endpoint(path).is_some_and(|endpoint| {
        let mut fields = endpoint.fields().filter(|field| !CHOSEN.contains(&field.name()));
        fields
            .any(|field| !field.writable().is_empty() && field.target().is_some_and(|of| of.path() == target))
    })
}

/// Whether a field of the objects of `path` refers to objects of any type.
fn names_any(path: &str) -> bool {
    endpoint(path).is_some_and(|endpoint| {
        let mut fields = endpoint.fields();
        fields.any(|field| matches!(field.kind(), Kind::Generic | Kind::GenericObjects))
    })
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn objects_go_before_those_that_they_refer_to() {
        for (endpoints, expected) in [
            (
                vec!["dcim/sites", "dcim/locations", "ipam/vlan-groups", "ipam/vlans", "extras/tags"],
                vec!["dcim/locations", "ipam/vlans", "ipam/vlan-groups", "dcim/sites", "extras/tags"],
            ),
            (
                vec!["dcim/devices", "dcim/interfaces", "ipam/ip-addresses", "dcim/cables", "dcim/sites"],
                vec!["ipam/ip-addresses", "dcim/cables", "dcim/interfaces", "dcim/devices", "dcim/sites"],
            ),
            (
                vec!["dcim/virtual-chassis", "dcim/devices", "dcim/mac-addresses", "dcim/interfaces"],
                vec!["dcim/mac-addresses", "dcim/interfaces", "dcim/devices", "dcim/virtual-chassis"],
            ),
        ] {
            assert_eq!(in_order(endpoints), expected);
        }
    }
}
