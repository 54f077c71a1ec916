//! A plan: what has to be written so that a NetBox holds what is described.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use netbox_core::{Client, Mode};
use netbox_schema::endpoint;
use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::{Value, json};

use crate::{
    applied::Action,
    changes::{FieldChange, changed, check_shown},
    choices,
    components::made,
    custom::{Custom, has_values, may_have_values},
    deletes::{Pruned, above, deletes},
    desired::{Desired, Prune},
    find::{Found, State},
    graph::{CUSTOM_FIELDS, Graph, Node, Target, Term},
    key::{Part, key_of},
    mistake::{Mistake, PlanError, quoted},
    order::{Order, Writes, order, turns},
    server::Server,
};

/// The writes after which a NetBox holds what a [`Desired`] describes; [`Desired::plan`] makes a plan, and
/// [`apply`](Plan::apply) carries it out.
///
/// As text, a plan reads like a diff, in the order in which it is carried out, with at most ten objects of each kind that are
/// written together. With serde, all of it is written, for a job to compare or to keep: the lists `create` (each object with its
/// `place`, `endpoint`, `fields` and a `reason`), `change` (`place`, `endpoint`, `id`, and `fields` with `old` and `new` values),
/// `delete` (`endpoint`, `id`, `display`, `reason`) and `delete_later` (prunes that may find objects which NetBox creates
/// with new devices and modules). A reference is an id, or the place of an object that is yet to be created.
pub struct Plan<C> {
    pub(crate) client: Client<C>,
    pub(crate) graph: Graph,
    pub(crate) found: Found<C>,
    pub(crate) custom: Custom,
    pub(crate) named: BTreeMap<String, Vec<String>>,
    pub(crate) order: Order,
    pub(crate) changes: BTreeMap<usize, Vec<FieldChange>>,
    /// Those that may find components of devices and modules that are yet to be created.
    pub(crate) prunes: Vec<Prune>,
    /// The others whose query NetBox refuses as yet.
    pub(crate) refused: Vec<Prune>,
}

/// Reads what is there, and compares.
pub(crate) async fn plan<C: Mode>(desired: &Desired, client: &Client<C>) -> Result<Plan<C>, PlanError> {
    let server = Server::ask(client).await?;
    let mut mistakes = desired.mistakes.clone();
    let mut graph = Graph::read(desired, server, &mut mistakes);
    // An object of which a field could not be read would be taken for another one.
    let is_misread = !mistakes.is_empty();
    choices::check(client, &graph, server, &mut mistakes).await?;
    let mut custom = Custom::default();
    let has_values = has_values(&graph);
    if has_values {
        custom = Custom::ask(client, &graph).await?;
        custom.check(&graph, &mut mistakes);
    }
    if is_misread {
        return Err(PlanError::of(mistakes));
    }
    let mut found = Found::new(&graph, server, desired.prunes.iter().map(|prune| prune.endpoint.clone()));
    found.find(client, &graph, &desired.keys, &mut mistakes).await?;
    found.join(&mut graph, &mut mistakes);
    check_shown(client, &graph, &found, &mut mistakes).await?;
    let wanted = || (0..graph.nodes.len()).filter(|number| graph.nodes[*number].is_described());
    let new: BTreeSet<usize> =
        wanted().filter(|number| matches!(found.states[*number], State::Absent)).collect();
    if !has_values && new.iter().any(|number| may_have_values(&graph.nodes[*number])) {
        custom = Custom::ask(client, &graph).await?;
    }
    let lacking: BTreeMap<usize, Mistake> =
        new.iter().filter_map(|node| Some((*node, lacks(&graph.nodes[*node], &custom, server)?))).collect();
    let made = made(client, &graph, &found, &new, lacking.keys().copied()).await?;
    mistakes.extend(lacking.into_iter().filter(|(node, _)| !made.contains(node)).map(|(_, lacks)| lacks));
    if !mistakes.is_empty() {
        return Err(PlanError::of(mistakes));
    }
    let mut changes = BTreeMap::new();
    loop {
        let mut lacking = BTreeSet::new();
        for number in wanted().filter(|number| !new.contains(number)) {
            changes.insert(number, changed(&graph, &found, &custom, number, &mut lacking));
        }
        if lacking.is_empty() {
            break;
        }
        found.read_whole(client, lacking).await?;
    }
    changes.retain(|_, changed| !changed.is_empty());
    let Pruned { nodes: deletes, of_components: prunes, refused } =
        deletes(desired, client, &mut graph, &mut found, &new, &mut mistakes).await?;
    let writes = Writes { new: &new, changes: &changes, deletes: &deletes };
    let above = above(client, &graph, &found, &deletes).await?;
    let turns = turns(&graph, &found, &writes, &above, &mut mistakes);
    let key_names = |node| {
        let key = key_of(&graph, node, &desired.keys, server).unwrap_or_default();
        key.into_iter().map(|part| part.name).collect()
    };
    let order = order(&graph, &writes, turns, key_names, server).unwrap_or_else(|circle| {
        mistakes.push(circle);
        Order::default()
    });
    if !mistakes.is_empty() {
        return Err(PlanError::of(mistakes));
    }
    let (client, named) = (client.clone(), desired.keys.clone());
    Ok(Plan { client, graph, found, custom, named, order, changes, prunes, refused })
}

/// The required fields that a new object lacks, if there are any.
fn lacks(node: &Node, custom: &Custom, server: Server) -> Option<Mistake> {
    let missing: Vec<_> = endpoint(&node.endpoint)?
        .fields()
        .filter(|field| server.has(field.required()) && !node.fields.contains_key(field.name()))
        .map(|field| field.name().to_owned())
        .chain(custom.lacks(node).map(|name| format!("{CUSTOM_FIELDS}.{name}")))
        .collect();
    (!missing.is_empty()).then(|| {
        let missing = quoted(missing);
        let message = format!("NetBox does not have this object yet, and creates none without {missing}");
        Mistake::new(&node.place, message)
    })
}

impl<C: Mode> Plan<C> {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.creates() + self.changes() + self.deletes() == 0
    }

    /// How many objects are created.
    pub fn creates(&self) -> usize {
        self.written(Action::Create).count()
    }

    /// How many objects are changed.
    pub fn changes(&self) -> usize {
        self.changes.len()
    }

    /// How many objects are deleted.
    pub fn deletes(&self) -> usize {
        self.written(Action::Delete).count()
    }

    /// The objects that are written in this way, in their order.
    pub(crate) fn written(&self, action: Action) -> impl Iterator<Item = usize> {
        let steps = self.order.steps.iter().filter(move |step| step.action == action);
        steps.flat_map(|step| step.nodes.iter().copied())
    }

    /// The id of the object at that place of the description, such as `dcim/sites[0]`; `None` if NetBox does not have it,
    /// or if the description has no such place.
    pub fn id_at(&self, place: &str) -> Option<u64> {
        let node = self.graph.nodes.iter().position(|node| node.is_described() && node.place == place)?;
        self.id(node)
    }

    /// The fields of an object that are not as they are described, as far as that is known without a request.
    pub(crate) fn changed(&self, node: usize) -> Vec<FieldChange> {
        changed(&self.graph, &self.found, &self.custom, node, &mut BTreeSet::new())
    }

    /// The id of an object of the description, if NetBox has it.
    pub(crate) fn id(&self, node: usize) -> Option<u64> {
        self.found.states[node].id()
    }

    /// The parts of the key of an object of the description.
    fn key(&self, node: usize) -> impl Iterator<Item = Part> {
        key_of(&self.graph, node, &self.named, self.found.server).unwrap_or_default().into_iter()
    }

    fn line(&self, action: Action, node: usize) -> String {
        match (action, self.changes.get(&node)) {
            (Action::Delete, _) => {
                format!("{} (id {})", self.display(node), self.id(node).unwrap_or_default())
            }
            (_, Some(changes)) => {
                let fields: Vec<_> = changes.iter().map(|change| self.change(node, change)).collect();
                format!("{}: {}", self.label(node), fields.join(", "))
            }
            (_, None) => self.label(node),
        }
    }

    /// A change for people, with the names of objects in place of their ids.
    fn change(&self, node: usize, change: &FieldChange) -> String {
        let State::Present(record) = &self.found.states[node] else { return change.to_string() };
        let old = record.get::<Value>(&change.name).ok().and_then(|shown| shown_name(&shown));
        let new = self.graph.nodes[node].fields.get(&change.name).and_then(|term| self.names(term));
        match (old, new) {
            (Some(old), Some(new)) if old != new => format!("{}: {old} -> {new}", change.name),
            _ => change.to_string(),
        }
    }

    /// The names of the objects that a field refers to; `None` of any other field.
    fn names(&self, term: &Term) -> Option<String> {
        match term {
            Term::Plain(Value::Null) => Some("null".to_owned()),
            Term::One(Target::Node(node)) | Term::Slug(_, Target::Node(node)) => {
                let shown = match &self.found.states[*node] {
                    State::Present(record) => shown_name(&json!(**record)),
                    _ => None,
                };
                shown.or_else(|| self.name(*node).map(str::to_owned))
            }
            Term::Map(end) => self.names(end.get("object_id")?),
            Term::List(items) => {
                let names: Option<Vec<_>> = items.iter().map(|item| self.names(item)).collect();
                names.map(|names| format!("[{}]", names.join(", ")))
            }
            _ => None,
        }
    }

    /// The name under which NetBox shows an object.
    fn display(&self, node: usize) -> String {
        match &self.found.states[node] {
            State::Present(record) => record.get("display").unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The name by which people know an object of the description, after that of the object above it, and its place.
    fn label(&self, node: usize) -> String {
        let place = &self.graph.nodes[node].place;
        let Some(name) = self.name(node) else { return place.clone() };
        let above = self.key(node).find_map(|part| match part.term {
            Term::One(Target::Node(above)) if !part.tells_apart => self.name(above),
            _ => None,
        });
        above.map_or_else(|| format!("{name} ({place})"), |above| format!("{above} {name} ({place})"))
    }

    fn name(&self, node: usize) -> Option<&str> {
        let names = ["name", "slug", "model", "cid", "prefix", "address", "label"];
        names.iter().find_map(|name| self.graph.nodes[node].text(name))
    }
}

/// The names of the objects that NetBox shows in a field, those of components after their devices'; `None` of any other field.
fn shown_name(shown: &Value) -> Option<String> {
    match shown {
        Value::Null => Some("null".to_owned()),
        Value::Array(items) => {
            let names: Option<Vec<_>> = items.iter().map(shown_name).collect();
            names.map(|names| format!("[{}]", names.join(", ")))
        }
        shown => {
            let object = shown.get("object").unwrap_or(shown);
            let above = object.get("device").and_then(|device| device["display"].as_str());
            Some([above, object.get("display")?.as_str()].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
    }
}

/// Objects that are deleted without being in the plan, since they are yet to come.
const COMPANION: &str = "NetBox creates with new devices and modules and nothing describes";

/// The number of lines that are shown of a long list.
const SHOWN: usize = 10;

impl<C: Mode> fmt::Display for Plan<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.order.steps.iter();
        let lines: Vec<(Action, &str, usize)> = steps
            .flat_map(|step| step.nodes.iter().map(|node| (step.action, step.endpoint.as_str(), *node)))
            .collect();
        for same in lines.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let (action, endpoint, _) = same[0];
            let sign = match action {
                Action::Create => '+',
                Action::Change => '~',
                Action::Delete => '-',
            };
            for (_, _, node) in same.iter().take(SHOWN) {
                writeln!(f, "{sign} {endpoint} {}", self.line(action, *node))?;
            }
            if same.len() > SHOWN {
                writeln!(f, "{sign} {endpoint} … and {} more", same.len() - SHOWN)?;
            }
        }
        for prune in &self.prunes {
            writeln!(f, "- {} … and up to {} that {COMPANION}", prune.endpoint, prune.at_most())?;
        }
        write!(f, "{} to create, {} to change, {} to delete", self.creates(), self.changes(), self.deletes())
    }
}

impl<C: Mode> Serialize for Plan<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let create = self.written(Action::Create).map(|node| {
            let of = &self.graph.nodes[node];
            let fields = of.fields.iter();
            let fields: BTreeMap<_, _> =
                fields.map(|(name, term)| (name, self.found.described(&self.graph, term))).collect();
            let reason =
                format!("NetBox has none with this {}", quoted(self.key(node).map(|part| part.name)));
            json!({"place": of.place, "endpoint": of.endpoint, "fields": fields, "reason": reason})
        });
        let change = self.written(Action::Change).map(|node| {
            let of = &self.graph.nodes[node];
            let changes = self.changes.get(&node).into_iter().flatten();
            let fields: BTreeMap<_, _> =
                changes.map(|change| (&change.name, json!({"old": change.old, "new": change.new}))).collect();
            json!({"place": of.place, "endpoint": of.endpoint, "id": self.id(node), "fields": fields})
        });
        let delete = self.written(Action::Delete).map(|node| {
            json!({
                "endpoint": self.graph.nodes[node].endpoint,
                "id": self.id(node),
                "display": self.display(node),
                "reason": "a prune finds it, and nothing describes it",
            })
        });
        let later = self.prunes.iter().map(|prune| {
            let reason = format!("a prune may find some that {COMPANION}");
            json!({"endpoint": prune.endpoint, "at_most": prune.at_most(), "reason": reason})
        });
        let mut plan = serializer.serialize_struct("Plan", 4)?;
        plan.serialize_field("create", &create.collect::<Vec<_>>())?;
        plan.serialize_field("change", &change.collect::<Vec<_>>())?;
        plan.serialize_field("delete", &delete.collect::<Vec<_>>())?;
        plan.serialize_field("delete_later", &later.collect::<Vec<_>>())?;
        plan.end()
    }
}

impl<C: Mode> fmt::Debug for Plan<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("creates", &self.creates())
            .field("changes", &self.changes())
            .field("deletes", &self.deletes())
            .finish()
    }
}
