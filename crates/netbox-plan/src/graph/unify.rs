//! References by attributes that mean objects of the description itself.

use std::collections::HashMap;

use netbox_schema::endpoint;
use serde_json::Value;

use super::{Graph, Node, Role, Target, Term, reader::Reader};
use crate::{key::ignores_case, mistake::Mistake};

/// References, and the described objects that they mean.
pub(crate) type Meant = HashMap<usize, usize>;

/// A field, and whether the case of its letters makes no difference.
type Named = (String, bool);

/// Described objects by what is said of them.
type Index = HashMap<String, Vec<usize>>;

impl Reader<'_> {
    /// Makes references by attributes ones to described objects, where these have the attributes.
    pub(super) fn unify(&mut self) {
        let mut meant = Meant::new();
        let mut left = std::mem::take(&mut self.order);
        // An attribute may be a reference itself, which has to be made one to an object before the whole can be.
        loop {
            let before = left.len();
            let mut indexes: HashMap<(String, Vec<Named>), Index> = HashMap::new();
            let mut now = Vec::new();
            left.retain(|node| {
                let lookup = &self.graph.nodes[*node];
                let schema = endpoint(&lookup.endpoint);
                let named = |name: &String| (name.clone(), ignores_case(schema, name, self.server));
                let names: Vec<Named> = lookup.fields.keys().map(named).collect();
                let said = said(lookup, &names, &meant);
                let index = indexes
                    .entry((lookup.endpoint.clone(), names))
                    .or_insert_with_key(|(endpoint, names)| index(&self.graph, endpoint, names, &meant));
                let Some(alike) = index.get(&said) else { return true };
                match the_one(&self.graph, lookup, alike, &meant) {
                    Ok(one) => now.push((*node, one)),
                    Err(several) => {
                        let [one, other] = several.map(|node| &self.graph.nodes[node].place);
                        let message = format!("{one} and {other} both match this reference");
                        self.mistakes.push(Mistake::new(lookup.place.clone(), message));
                    }
                }
                false
            });
            meant.extend(now);
            if left.len() == before {
                break;
            }
        }
        self.graph.replace(&meant);
    }
}

impl Graph {
    /// Makes references to these nodes ones to others.
    pub(crate) fn replace(&mut self, meant: &Meant) {
        if meant.is_empty() {
            return;
        }
        for node in &mut self.nodes {
            node.fields.values_mut().for_each(|term| resolve(term, meant));
        }
        for node in meant.keys() {
            self.nodes[*node].role = Role::Merged;
        }
    }
}

/// The described objects of an endpoint by these fields.
fn index(graph: &Graph, endpoint: &str, names: &[Named], meant: &Meant) -> Index {
    let mut index = Index::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        if node.is_described() && node.endpoint == endpoint {
            index.entry(said(node, names, meant)).or_default().push(number);
        }
    }
    index
}

/// The one among objects that are alike; several may differ in the case of letters, and one have those of `lookup`.
///
/// # Errors
///
/// Two of them, if any may be meant.
fn the_one(graph: &Graph, lookup: &Node, alike: &[usize], meant: &Meant) -> Result<usize, [usize; 2]> {
    let [first, second, ..] = *alike else { return Ok(alike[0]) };
    let names: Vec<Named> = lookup.fields.keys().map(|name| (name.clone(), false)).collect();
    let exact = said(lookup, &names, meant);
    let mut exact = alike.iter().filter(|node| said(&graph.nodes[**node], &names, meant) == exact);
    match (exact.next(), exact.next()) {
        (Some(one), None) => Ok(*one),
        _ => Err([first, second]),
    }
}

/// A text that is equal for nodes with equal values of these fields.
fn said(node: &Node, names: &[Named], meant: &Meant) -> String {
    // A field that is not described is null in a new object.
    let null = Term::Plain(Value::Null);
    let texts = names.iter().map(|(name, ignores_case)| {
        let text = text(node.fields.get(name).unwrap_or(&null), meant);
        if *ignores_case { text.to_lowercase() } else { text }
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// A text that is equal for equal values.
fn text(term: &Term, meant: &Meant) -> String {
    let mut term = term.clone();
    resolve(&mut term, meant);
    format!("{term:?}")
}

fn resolve(term: &mut Term, meant: &Meant) {
    term.for_each_target(&mut |target| {
        if let Target::Node(node) = target
            && let Some(is) = meant.get(node)
        {
            *target = Target::Node(*is);
        }
    });
}
