//! The components that NetBox makes with new devices and modules, of the templates of their types.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use netbox_core::{Client, Error, Mode, fk::ObjectFk};
use netbox_schema::{Endpoint, endpoint};

use crate::{
    desired::Prune,
    find::Found,
    graph::{Graph, Node, Target, Term},
    key::given,
    view::visible,
};

/// Objects with which NetBox makes components, and the fields by which these refer to them.
pub(crate) const WITH_COMPONENTS: [(&str, &str); 2] = [("dcim/devices", "device"), (MODULES, "module")];

const MODULES: &str = "dcim/modules";

/// The new devices and modules.
pub(crate) struct Makers<'a> {
    new: &'a BTreeSet<usize>,
    /// The new modules, by their devices.
    modules: HashMap<Target, BTreeSet<usize>>,
}

impl<'a> Makers<'a> {
    pub(crate) fn of(graph: &Graph, new: &'a BTreeSet<usize>) -> Self {
        let mut modules: HashMap<Target, BTreeSet<usize>> = HashMap::new();
        for number in new.iter().filter(|node| graph.nodes[**node].endpoint == MODULES) {
            if let Some(device) = device(&graph.nodes[*number]) {
                modules.entry(device).or_default().insert(*number);
            }
        }
        Self { new, modules }
    }

    /// Whether NetBox may make the object by itself, since it belongs to a new device or module, or to a device with a new
    /// module.
    pub(crate) fn may_make(&self, node: &Node) -> bool {
        let owners = WITH_COMPONENTS.iter().filter_map(|(_, field)| node.fields.get(*field));
        let mut owners = owners.flat_map(Term::targets);
        let is_new = |target| matches!(target, Target::Node(other) if self.new.contains(&other));
        is_component(&node.endpoint) && owners.any(is_new) || self.modules(node).next().is_some()
    }

    /// The new modules of which one may make the object: those of its device, unless it names its module. A bay is there
    /// before the module in it.
    pub(crate) fn modules(&self, node: &Node) -> impl Iterator<Item = usize> {
        let templates = templates_of(&node.endpoint).filter(|_| given(node, "module").is_none());
        let of_modules = templates.filter(|path| path.field("module_type").is_some());
        let is_bay = node.endpoint == "dcim/module-bays";
        let device = of_modules.filter(|_| !is_bay).and_then(|_| device(node));
        device.and_then(|device| self.modules.get(&device)).into_iter().flatten().copied()
    }
}

/// The device that an object belongs to.
fn device(node: &Node) -> Option<Target> {
    node.fields.get("device")?.targets().pop()
}

/// Those of `nodes` that NetBox makes by itself, or may make as far as that is known before it does: the templates of a type that
/// is new itself are not there yet, and those of modules have names that depend on the bay.
pub(crate) async fn made<C: Mode>(
    client: &Client<C>,
    graph: &Graph,
    found: &Found<C>,
    new: &BTreeSet<usize>,
    nodes: impl Iterator<Item = usize>,
) -> Result<BTreeSet<usize>, Error> {
    let makers = Makers::of(graph, new);
    let mut made: BTreeSet<usize> = nodes.filter(|node| makers.may_make(&graph.nodes[*node])).collect();
    if !makers.modules.is_empty() {
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
        let Some(there) = visible(query).await? else { continue };
        let mut names = HashSet::new();
        for template in there {
            names.insert((template.fk("device_type")?.map(ObjectFk::id), template.get::<String>("name")?));
        }
        let described = graph.nodes.iter().filter(|node| node.is_described() && node.endpoint == templates);
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
    let Target::Node(device) = device(&graph.nodes[component])? else { return None };
    found.id(graph.nodes[device].fields.get("device_type")?.targets().pop()?)
}

/// Whether a prune may find what NetBox makes by itself with new devices and modules.
pub(crate) fn may_find_components(prune: &Prune, graph: &Graph, new: &BTreeSet<usize>) -> bool {
    is_component(&prune.endpoint) && new.iter().any(|node| has_components(&graph.nodes[*node].endpoint))
}

/// Whether NetBox makes components with such objects, of all templates that there are then.
pub(crate) fn has_components(path: &str) -> bool {
    WITH_COMPONENTS.iter().any(|(parent, _)| *parent == path)
}

fn is_component(path: &str) -> bool {
    templates_of(path).is_some()
}

/// The templates of such objects that device types have; those of services make none.
pub(crate) fn templates_of(path: &str) -> Option<Endpoint> {
    let singular = path.strip_suffix('s').filter(|path| path.starts_with("dcim/"))?;
    endpoint(&format!("{singular}-templates"))
}
