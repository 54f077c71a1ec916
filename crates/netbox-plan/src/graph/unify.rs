//! References by attributes that mean objects of the description itself.

use std::collections::HashMap;

use serde_json::Value;

use super::{Graph, Target, Term, reader::Reader};
use crate::mistake::Mistake;

/// References, and the described objects that they mean.
type Meant = HashMap<usize, usize>;

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
            let mut indexes: HashMap<(String, Vec<String>), Index> = HashMap::new();
            let mut now = Vec::new();
            left.retain(|node| {
                let lookup = &self.graph.nodes[*node];
                let names: Vec<String> = lookup.fields.keys().cloned().collect();
                let said: Vec<String> = lookup.fields.values().map(|term| text(term, &meant)).collect();
                let of = (lookup.endpoint.clone(), names);
                let index = indexes
                    .entry(of)
                    .or_insert_with_key(|(endpoint, names)| index(&self.graph, endpoint, names, &meant));
                match index.get(&said.join("\n")).map(Vec::as_slice) {
                    Some([one]) => now.push((*node, *one)),
                    Some([one, other, ..]) => {
                        let [one, other] = [one, other].map(|node| &self.graph.nodes[*node].place);
                        let message = format!("{one} and {other} both match this reference");
                        self.mistakes.push(Mistake::new(lookup.place.clone(), message));
                    }
                    _ => return true,
                }
                false
            });
            meant.extend(now);
            if left.len() == before {
                break;
            }
        }
        for node in &mut self.graph.nodes {
            node.fields.values_mut().for_each(|term| resolve(term, &meant));
        }
        // Nobody refers to them any more.
        for node in meant.keys() {
            self.graph.nodes[*node].fields.clear();
        }
    }
}

/// The described objects of an endpoint by these fields.
fn index(graph: &Graph, endpoint: &str, names: &[String], meant: &Meant) -> Index {
    let mut index = Index::new();
    // A field that is not described is null in a new object.
    let null = Term::Plain(Value::Null);
    for (number, node) in graph.nodes.iter().enumerate() {
        if node.is_wanted && node.endpoint == endpoint {
            let said = names.iter().map(|name| text(node.fields.get(name).unwrap_or(&null), meant));
            index.entry(said.collect::<Vec<_>>().join("\n")).or_default().push(number);
        }
    }
    index
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
