//! A description as a graph: objects, and references between them.

use std::collections::BTreeMap;

use serde_json::Value;

mod kept;
mod reader;
mod unify;
mod values;

pub(crate) use unify::Meant;

/// The objects of a description, and those that it refers to by their attributes.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
}

impl Graph {
    /// Adds an object without fields, and returns its number.
    pub(crate) fn push(&mut self, place: String, endpoint: &str, role: Role) -> usize {
        let (endpoint, fields) = (endpoint.to_owned(), BTreeMap::new());
        self.nodes.push(Node { place, endpoint, fields, role, definitions: Vec::new() });
        self.nodes.len() - 1
    }
}

/// An object.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) place: String,
    pub(crate) endpoint: String,
    pub(crate) fields: BTreeMap<String, Term>,
    pub(crate) role: Role,
    /// The described definitions of its custom fields, which NetBox must have before the values.
    pub(crate) definitions: Vec<usize>,
}

/// The reason why an object is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Described,
    /// NetBox must have it, since a described object refers to it.
    Referred,
    /// A reference to a described object, which has taken its place.
    Merged,
    Deleted,
}

impl Node {
    pub(crate) fn is_described(&self) -> bool {
        self.role == Role::Described
    }

    /// Whether the description is about it, or refers to it.
    pub(crate) fn is_meant(&self) -> bool {
        matches!(self.role, Role::Described | Role::Referred)
    }

    /// A field that is described by a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.fields.get(name)? {
            Term::Plain(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The id by which it is referred to; a described object has none.
    pub(crate) fn own_id(&self) -> Option<u64> {
        match self.fields.get(ID)? {
            Term::Plain(id) => id.as_u64(),
            _ => None,
        }
    }

    /// The objects that must be there before it, each with the field that says so.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (&str, Target)> {
        let fields = self.fields.iter();
        let references = fields
            .flat_map(|(name, term)| term.targets().into_iter().map(move |target| (name.as_str(), target)));
        let definitions = self.definitions.iter().map(|node| (CUSTOM_FIELDS, Target::Node(*node)));
        references.chain(definitions)
    }
}

/// A value that a field shall have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Plain(Value),
    /// An object, by its id.
    One(Target),
    /// A tag of a config context, by its slug.
    Slug(String, Target),
    List(Vec<Term>),
    /// Members by their names: custom fields, the two parts of a generic reference, or of the mapping of a port.
    Map(BTreeMap<String, Term>),
}

/// The object that is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// One of an endpoint that is not known.
    Id(u64),
    Node(usize),
}

const ID: &str = "id";

pub(crate) const CUSTOM_FIELDS: &str = "custom_fields";

/// Where custom fields are defined, and the field there that has such a value: an object, where they refer to objects.
pub(crate) const DEFAULT: (&str, &str) = ("extras/custom-fields", "default");

impl Term {
    /// A reference to an object of any type, as in a list of the ends of a cable.
    pub(crate) fn end(object_type: &str, target: Target) -> Self {
        let members = [("object_type", Self::Plain(object_type.into())), ("object_id", Self::One(target))];
        Self::Map(members.map(|(name, term)| (name.to_owned(), term)).into())
    }

    /// The type and the id of the first of a list of such references.
    pub(crate) fn first_end(&self) -> Option<(&str, Target)> {
        let Self::List(ends) = self else { return None };
        let Self::Map(members) = ends.first()? else { return None };
        match (members.get("object_type")?, members.get("object_id")?) {
            (Self::Plain(Value::String(object_type)), Self::One(target)) => Some((object_type, *target)),
            _ => None,
        }
    }

    /// The objects that it refers to.
    pub(crate) fn targets(&self) -> Vec<Target> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::One(target) | Self::Slug(_, target) => vec![*target],
            Self::List(terms) => terms.iter().flat_map(Self::targets).collect(),
            Self::Map(terms) => terms.values().flat_map(Self::targets).collect(),
        }
    }

    pub(crate) fn for_each_target(&mut self, change: &mut impl FnMut(&mut Target)) {
        match self {
            Self::Plain(_) => {}
            Self::One(target) | Self::Slug(_, target) => change(target),
            Self::List(terms) => terms.iter_mut().for_each(|term| term.for_each_target(change)),
            Self::Map(terms) => terms.values_mut().for_each(|term| term.for_each_target(change)),
        }
    }
}
