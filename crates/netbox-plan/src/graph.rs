//! A description as a graph: objects, and references between them.

use std::collections::BTreeMap;

use serde_json::Value;

mod reader;
mod unify;
mod values;

/// The objects of a description, and those that it refers to by their attributes.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
}

/// An object.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) place: String,
    pub(crate) endpoint: String,
    pub(crate) fields: BTreeMap<String, Term>,
    /// Whether it is described. Else NetBox must have it.
    pub(crate) is_wanted: bool,
}

/// A value that a field shall have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Plain(Value),
    One(Target),
    Many(Vec<Target>),
    /// Objects of several types, by the names of these.
    Ends(Vec<(String, Target)>),
    /// Custom fields, by their names.
    Custom(BTreeMap<String, Term>),
}

/// The object that is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Id(u64),
    Node(usize),
}

pub(crate) const CUSTOM_FIELDS: &str = "custom_fields";

impl Term {
    /// The objects that it refers to.
    pub(crate) fn targets(&self) -> Vec<Target> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::One(target) => vec![*target],
            Self::Many(targets) => targets.clone(),
            Self::Ends(ends) => ends.iter().map(|(_, target)| *target).collect(),
            Self::Custom(fields) => fields.values().flat_map(Self::targets).collect(),
        }
    }

    pub(crate) fn for_each_target(&mut self, change: &mut impl FnMut(&mut Target)) {
        match self {
            Self::Plain(_) => {}
            Self::One(target) => change(target),
            Self::Many(targets) => targets.iter_mut().for_each(change),
            Self::Ends(ends) => ends.iter_mut().for_each(|(_, target)| change(target)),
            Self::Custom(fields) => fields.values_mut().for_each(|term| term.for_each_target(change)),
        }
    }
}
