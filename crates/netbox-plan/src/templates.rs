//! The components that NetBox makes with a new device, of the templates of the device's type.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use netbox_core::{Client, Error, Mode, fk::ObjectFk};
use netbox_schema::Endpoint;

use crate::{
    apply::{may_come_by_itself, templates_of},
    find::Found,
    graph::{Graph, Target},
};

/// Those of `nodes` that NetBox makes by itself, or may make as far as that is known before it does: the templates of a type that
/// is new itself are not there yet, and those of modules have names that depend on the bay.
pub(crate) async fn made<C: Mode>(
    client: &Client<C>,
    graph: &Graph,
    found: &Found<C>,
    new: &BTreeSet<usize>,
    nodes: impl Iterator<Item = usize>,
) -> Result<BTreeSet<usize>, Error> {
    let mut made: BTreeSet<usize> =
        nodes.filter(|node| may_come_by_itself(&graph.nodes[*node], new)).collect();
    if new.iter().any(|node| graph.nodes[*node].endpoint == "dcim/modules") {
        return Ok(made);
    }
    let mut types: BTreeMap<&str, BTreeMap<usize, u64>> = BTreeMap::new();
    for node in &made {
        if let Some(device_type) = device_type(graph, found, *node) {
            types.entry(&graph.nodes[*node].endpoint).or_default().insert(*node, device_type);
        }
    }
    for (path, types) in types {
        let Some(templates) = templates_of(path).map(Endpoint::path) else { continue };
        let mut ids: Vec<u64> = types.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let query = client.query_at(templates).param("device_type_id", ids).fields(["name", "device_type"]);
        let there = match C::lift(query.all()).await {
            Err(error) if error.is_forbidden() => continue,
            there => there?,
        };
        let mut names = HashSet::new();
        for template in there {
            names.insert((template.fk("device_type")?.map(ObjectFk::id), template.get::<String>("name")?));
        }
        let described = graph.nodes.iter().filter(|node| node.is_wanted && node.endpoint == templates);
        names.extend(described.filter_map(|node| {
            let of = found.id(node.fields.get("device_type")?.targets().pop()?)?;
            Some((Some(of), node.text("name")?.to_owned()))
        }));
        // NetBox puts something in the place of what is in braces.
        let is_plain = !names.iter().any(|(_, name)| name.contains('{'));
        made.retain(|node| match (types.get(node), graph.nodes[*node].text("name")) {
            (Some(of), Some(name)) if is_plain => names.contains(&(Some(*of), name.to_owned())),
            _ => true,
        });
    }
    Ok(made)
}

/// The type of the new device to which a component belongs, if NetBox has the type.
fn device_type<C: Mode>(graph: &Graph, found: &Found<C>, component: usize) -> Option<u64> {
    let target = |node: usize, field: &str| graph.nodes[node].fields.get(field)?.targets().pop();
    let Target::Node(device) = target(component, "device")? else { return None };
    found.id(target(device, "device_type")?)
}
