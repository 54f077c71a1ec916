//! The differences between an object and its description.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use netbox_core::{Client, Error, Mode, Object, Record, server::Options};
use netbox_schema::{endpoint, nearest};
use serde_json::Value;

use crate::{
    custom::Custom,
    find::{ENDS, Found, State},
    graph::{CUSTOM_FIELDS, Graph, Node, Term},
    key::given,
    mistake::Mistake,
    reference::Id,
    sense::Sense,
    server::Server,
    view::shown,
};

/// A field that gets another value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldChange {
    pub(crate) name: String,
    pub(crate) old: Value,
    pub(crate) new: Value,
}

impl FieldChange {
    /// The field that is written.
    pub(crate) fn field(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} -> {}", self.name, self.old, self.new)
    }
}

/// The name of the field that a change of a custom field is about.
pub(crate) fn custom_name(name: &str) -> Option<&str> {
    name.strip_prefix(CUSTOM_FIELDS)?.strip_prefix('.')
}

/// The fields of an object that are not as they are described, custom fields each by itself. Adds to `lacking` the objects that
/// have to be read to say so.
pub(crate) fn changed<C: Mode>(
    graph: &Graph,
    found: &Found<C>,
    custom: &Custom,
    number: usize,
    lacking: &mut BTreeSet<Id>,
) -> Vec<FieldChange> {
    let State::Present(record) = &found.states[number] else { return Vec::new() };
    let node = &graph.nodes[number];
    let is_turned = is_turned(node, found, record);
    let mut changes = Vec::new();
    let mut change = |sense: Sense, shown: &Value, term: &Term| {
        let differs = found.waits(term) || !found.is_same(sense, shown, &found.value(term), lacking);
        differs.then(|| {
            let values = [shown.clone(), found.described(graph, term)];
            // For people, both have one form, unless that hides how they differ.
            let [old, new] = values.each_ref().map(|value| sense.form(value));
            if old == new { values } else { [old, new] }
        })
    };
    for (name, term) in &node.fields {
        if is_turned && ENDS.contains(&name.as_str()) {
            continue;
        }
        // NetBox never shows a password.
        let Some(shown) = shown(record, name) else { continue };
        if let (CUSTOM_FIELDS, Term::Map(values)) = (name.as_str(), term) {
            changes.extend(values.iter().filter_map(|(of, term)| {
                let shown = shown.get(of).unwrap_or(&Value::Null);
                let [old, new] = change(custom.sense(of), shown, term)?;
                Some(FieldChange { name: format!("{name}.{of}"), old, new })
            }));
        } else if let Some([old, new]) = change(sense(node, name, found.server), &shown, term) {
            changes.push(FieldChange { name: name.clone(), old, new });
        }
    }
    changes
}

/// Adds to `mistakes` the described fields that an object of a plugin does not have: those that NetBox neither shows nor takes.
pub(crate) async fn check_shown<C: Mode>(
    client: &Client<C>,
    graph: &Graph,
    found: &Found<C>,
    mistakes: &mut Vec<Mistake>,
) -> Result<(), Error> {
    let paths: BTreeSet<&str> = graph.nodes.iter().map(|node| node.endpoint.as_str()).collect();
    let of_plugins: BTreeSet<&str> = paths.into_iter().filter(|path| endpoint(path).is_none()).collect();
    if of_plugins.is_empty() {
        return Ok(());
    }
    let is_of_plugin = |node: &Node| node.is_described() && of_plugins.contains(node.endpoint.as_str());
    let mut asked: BTreeMap<&str, Option<Options>> = BTreeMap::new();
    for (node, state) in graph.nodes.iter().zip(&found.states).filter(|(node, _)| is_of_plugin(node)) {
        let State::Present(record) = state else { continue };
        let shown: BTreeSet<&str> = record.names().collect();
        for name in node.fields.keys().filter(|name| !shown.contains(name.as_str())) {
            if !asked.contains_key(node.endpoint.as_str()) {
                let options = match C::lift(client.options_at(&node.endpoint)).await {
                    // A proxy knows no OPTIONS, or the token may not ask.
                    Err(error) if error.status().is_some_and(|status| status.is_client_error()) => None,
                    options => Some(options?).filter(Options::is_known),
                };
                asked.insert(&node.endpoint, options);
            }
            let Some(options) = &asked[node.endpoint.as_str()] else { continue };
            // NetBox never shows a password.
            if options.field(name).is_some_and(|field| !field.is_read_only()) {
                continue;
            }
            let near = nearest(name, shown.iter().copied());
            let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            let message = format!("NetBox shows no such field of this object{near}");
            mistakes.push(Mistake::new(format!("{}.{name}", node.place), message));
        }
    }
    Ok(())
}

/// How a field of the object is compared.
fn sense(node: &Node, name: &str, server: Server) -> Sense {
    match Sense::of(endpoint(&node.endpoint), name, server) {
        Sense::Json if is_sorted(node, name) => Sense::Items,
        // The profile of a cable says which lane goes to which of its ends.
        Sense::Ends if given(node, "profile").is_some() => Sense::EndsInOrder,
        sense => sense,
    }
}

/// Whether NetBox has the A ends of a cable as its B ends, and these as A ends. Without a profile, that is no matter.
fn is_turned<C: Mode>(node: &Node, found: &Found<C>, record: &Record<Object, C>) -> bool {
    let [Some(a), Some(b)] = ENDS.map(|name| node.fields.get(name)) else { return false };
    let is = |term: &Term, name: &str| {
        let shown = shown(record, name).unwrap_or_default();
        !found.waits(term) && Sense::Ends.is_same(&shown, &found.value(term))
    };
    given(node, "profile").is_none() && is(a, ENDS[1]) && is(b, ENDS[0])
}

/// Whether NetBox brings the items of a list into an order of its own.
fn is_sorted(node: &Node, name: &str) -> bool {
    name == "extra_choices"
        && node.fields.get("order_alphabetically").is_some_and(|term| *term == Term::Plain(true.into()))
}
