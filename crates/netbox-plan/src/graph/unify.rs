//! References by attributes that mean objects of the description itself.

use std::collections::HashMap;

use super::{Target, Term, reader::Reader};
use crate::mistake::Mistake;

impl Reader<'_> {
    /// Makes references by attributes ones to described objects, where these have the attributes.
    pub(super) fn unify(&mut self) {
        let mut meant: HashMap<usize, usize> = HashMap::new();
        let mut indexes: HashMap<(String, Vec<String>), HashMap<String, Vec<usize>>> = HashMap::new();
        for node in std::mem::take(&mut self.order) {
            let resolve = |term: &Term| {
                let mut term = term.clone();
                term.for_each_target(&mut |target| {
                    if let Target::Node(node) = target
                        && let Some(is) = meant.get(node)
                    {
                        *target = Target::Node(*is);
                    }
                });
                format!("{term:?}")
            };
            let lookup = &self.graph.nodes[node];
            let names: Vec<String> = lookup.fields.keys().cloned().collect();
            let said: Vec<String> = lookup.fields.values().map(resolve).collect();
            let nodes = &self.graph.nodes;
            let index = indexes.entry((lookup.endpoint.clone(), names.clone())).or_insert_with(|| {
                let mut index: HashMap<String, Vec<usize>> = HashMap::new();
                for (number, wanted) in nodes.iter().enumerate() {
                    if wanted.is_wanted && wanted.endpoint == lookup.endpoint {
                        let said: Option<Vec<String>> =
                            names.iter().map(|name| wanted.fields.get(name).map(resolve)).collect();
                        if let Some(said) = said {
                            index.entry(said.join("\n")).or_default().push(number);
                        }
                    }
                }
                index
            });
            match index.get(&said.join("\n")).map(Vec::as_slice) {
                Some([one]) => {
                    meant.insert(node, *one);
                }
                Some([one, other, ..]) => {
                    let message = format!(
                        "{} and {} both match this reference",
                        nodes[*one].place, nodes[*other].place
                    );
                    let place = lookup.place.clone();
                    self.mistakes.push(Mistake::new(place, message));
                }
                _ => {}
            }
        }
        for node in &mut self.graph.nodes {
            for term in node.fields.values_mut() {
                term.for_each_target(&mut |target| {
                    if let Target::Node(node) = target
                        && let Some(is) = meant.get(node)
                    {
                        *target = Target::Node(*is);
                    }
                });
            }
        }
        // Nobody refers to them any more.
        for node in meant.keys() {
            self.graph.nodes[*node].fields.clear();
        }
    }
}
