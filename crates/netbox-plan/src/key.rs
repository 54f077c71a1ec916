//! The key of an object: what NetBox's own objects are compared with.

use std::collections::BTreeMap;

use netbox_schema::{Endpoint, Key, KeyPart, KeyRule, endpoint};
use serde_json::Value;

use crate::{
    graph::{Graph, Node, Term},
    mistake::quoted,
    server::Server,
};

/// A field of a key.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) term: Term,
    pub(crate) ignores_case: bool,
    /// Whether it only tells objects apart that are equal in the other fields.
    pub(crate) tells_apart: bool,
}

/// The key of a node: the one that the caller names, or the first of the endpoint's whose fields are all given.
///
/// # Errors
///
/// The fields that would have to be given.
pub(crate) fn key_of(
    graph: &Graph,
    node: usize,
    named: &BTreeMap<String, Vec<String>>,
    server: Server,
) -> Result<Vec<Part>, String> {
    let node = &graph.nodes[node];
    let known = endpoint(&node.endpoint);
    if !node.is_described() {
        // All that is said of it counts.
        let parts = node.fields.keys().map(|name| part(node, name, ignores_case(known, name, server)));
        return Ok(parts.collect());
    }
    if let Some(names) = named.get(&node.endpoint) {
        if let Some(name) = names.iter().find(|name| given(node, name).is_none()) {
            let names = names.join("`, `");
            return Err(format!("`Desired::by` identifies this object by `{names}`, and it has no `{name}`"));
        }
        // No list is filtered by the attributes of another object.
        let is_map = |name: &&String| matches!(given(node, name), Some(Term::Plain(Value::Object(_))));
        if let Some(name) = names.iter().find(is_map) {
            return Err(format!(
                "`Desired::by` identifies this object by `{name}`, of which the endpoint is not known: identify it by other fields"
            ));
        }
        return Ok(names.iter().map(|name| part(node, name, false)).collect());
    }
    let Some(known) = known else {
        return Err(format!(
            "{} is not one of NetBox's own endpoints, and its key is not known: name the identifying fields with `Desired::by_at`",
            node.endpoint
        ));
    };
    if let Some(key) = first_key(known, server, |name| given(node, name).is_some()) {
        let counts = |part: &KeyPart| part.rule() != KeyRule::Any || node.fields.contains_key(part.name());
        let parts = key.parts().filter(counts).map(|own| Part {
            tells_apart: own.rule() == KeyRule::Any,
            ..part(node, own.name(), own.ignores_case())
        });
        return Ok(parts.collect());
    }
    let keys: Vec<Key> = known.keys().filter(|key| server.has(key.versions())).collect();
    if keys.is_empty() {
        return Err(nothing_in_common(known));
    }
    let needed = keys.iter().map(|key| {
        let given = key.parts().filter(|part| part.rule() == KeyRule::Given);
        quoted(given.map(KeyPart::name))
    });
    Err(format!("this object can't be identified: give it {}", needed.collect::<Vec<_>>().join(", or ")))
}

/// Says that an endpoint has no key.
pub(crate) fn nothing_in_common(endpoint: Endpoint) -> String {
    format!("nothing makes two objects of {} the same, so that they can't be described", endpoint.path())
}

/// Whether a key of the endpoint has the field, without the case of its letters.
pub(crate) fn ignores_case(endpoint: Option<Endpoint>, name: &str, server: Server) -> bool {
    let keys = endpoint.into_iter().flat_map(Endpoint::keys).filter(|key| server.has(key.versions()));
    keys.flat_map(Key::parts).any(|part| part.name() == name && part.ignores_case())
}

/// The first key of an endpoint whose fields an object has.
pub(crate) fn first_key(schema: Endpoint, server: Server, has: impl Fn(&str) -> bool) -> Option<Key> {
    let mut keys = schema.keys().filter(|key| server.has(key.versions()));
    keys.find(|key| key.parts().all(|part| part.rule() != KeyRule::Given || has(part.name())))
}

/// The value of a field, unless it is null or not given.
pub(crate) fn given<'n>(node: &'n Node, name: &str) -> Option<&'n Term> {
    node.fields.get(name).filter(|term| **term != Term::Plain(Value::Null))
}

fn part(node: &Node, name: &str, ignores_case: bool) -> Part {
    let term = node.fields.get(name).cloned().unwrap_or(Term::Plain(Value::Null));
    Part { name: name.to_owned(), term, ignores_case, tells_apart: false }
}
