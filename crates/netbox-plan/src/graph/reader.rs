//! Reading a description: its objects, their fields, and the objects within them.

use std::{borrow::Cow, collections::HashMap};

use netbox_schema::{
    Endpoint, Field, Kind, Versions, endpoint, endpoint_of_type, endpoints, list_of, nearest,
};
use serde_json::{Map, Value};

use super::{
    CUSTOM_FIELDS, DEFAULT, Graph, ID, Node, Role, Target, Term,
    kept::{is_null_if_empty, kept},
    values::is_of_any,
};
use crate::{
    custom::defined_name,
    desired::{Desired, Want},
    generic::{pair, pair_of},
    mistake::Mistake,
    server::Server,
};

/// Fields that every write takes, and that describe no object.
const OF_A_WRITE: [&str; 3] = ["add_tags", "remove_tags", "changelog_message"];

impl Graph {
    /// Reads all that `desired` describes, and adds to `mistakes` what is wrong with it.
    pub(crate) fn read(desired: &Desired, server: Server, mistakes: &mut Vec<Mistake>) -> Self {
        let mut reader = Reader {
            of: desired.number(),
            server,
            graph: Self::default(),
            lookups: HashMap::new(),
            order: Vec::new(),
            mistakes,
        };
        // A list that only other versions have may have a key.
        for path in desired.keys.keys() {
            if let Some(why) = netbox_schema::no_endpoint(path, Versions::ALL) {
                reader.mistake("by_at", why);
            }
        }
        // A handle has the number of its node, since these come first.
        for want in &desired.wants {
            reader.graph.push(want.place.clone(), &want.endpoint, Role::Described);
        }
        for (number, want) in desired.wants.iter().enumerate() {
            reader.fields(number, want);
        }
        reader.pair();
        reader.unify();
        reader.graph.define();
        reader.graph
    }
}

impl Graph {
    /// Finds the definitions of custom fields that are described beside their values.
    fn define(&mut self) {
        let named = self.nodes.iter().enumerate();
        let by_name: HashMap<String, usize> =
            named.filter_map(|(number, node)| Some((defined_name(node)?.to_owned(), number))).collect();
        for node in &mut self.nodes {
            if let Some(Term::Map(values)) = node.fields.get(CUSTOM_FIELDS) {
                node.definitions = values.keys().filter_map(|name| by_name.get(name).copied()).collect();
            }
        }
    }
}

pub(super) struct Reader<'m> {
    pub(super) of: u64,
    pub(super) server: Server,
    pub(super) graph: Graph,
    /// References by attributes and by ids, by their endpoint and what they say.
    pub(super) lookups: HashMap<(String, String), usize>,
    /// Their nodes; a reference follows those within it.
    pub(super) order: Vec<usize>,
    pub(super) mistakes: &'m mut Vec<Mistake>,
}

impl Reader<'_> {
    pub(super) fn mistake(&mut self, place: &str, message: impl Into<String>) {
        self.mistakes.push(Mistake::new(place, message));
    }

    pub(super) fn has(&self, versions: Versions) -> bool {
        self.server.has(versions)
    }

    pub(super) fn fields(&mut self, node: usize, want: &Want) {
        let path = want.endpoint.as_str();
        let not_there = || netbox_schema::no_endpoint(path, self.server.versions());
        let of_one = || {
            list_of(path)
                .map(|(list, _)| format!("`{path}` is one object: an endpoint is a list, such as `{list}`"))
        };
        if let Some(why) = not_there().or_else(of_one) {
            return self.mistake(&want.place, why);
        }
        for (name, value) in &want.fields {
            self.field(node, name, value);
        }
    }

    pub(super) fn field(&mut self, node: usize, name: &str, value: &Value) {
        let (endpoint_path, place) =
            (self.graph.nodes[node].endpoint.clone(), self.graph.nodes[node].place.clone());
        let place = format!("{place}.{name}");
        if OF_A_WRITE.contains(&name) {
            return self.mistake(
                &place,
                "a description has no single tags to add or remove, and no message: list all tags in `tags`, and set the message with `Apply::message`",
            );
        }
        if name == "id" || name == "url" {
            return self.mistake(
                &place,
                "an object is described by its keys, such as its name: ids differ from one NetBox to another",
            );
        }
        if name == CUSTOM_FIELDS {
            return self.custom_fields(node, &place, value);
        }
        let schema = endpoint(&endpoint_path).filter(|schema| (schema.path(), name) != DEFAULT);
        let Some(schema) = schema else {
            let term = self.free(&place, value);
            return self.set(node, name, term);
        };
        let field = schema.field(name).filter(|field| self.has(field.versions()));
        let Some(field) = field else {
            if let Some((child, link)) = self.child_of(schema, name) {
                if self.graph.nodes[node].is_described() {
                    return self.children(node, &place, child, link, value);
                }
                let message = format!(
                    "this is a reference, and `{name}` stand within the description of the object: describe it in the list `{endpoint_path}`"
                );
                return self.mistake(&place, message);
            }
            let known = schema
                .fields()
                .filter(|field| self.has(field.writable()))
                .map(|field| field.name().to_owned());
            let known: Vec<String> = known.chain(self.plurals(schema)).collect();
            let hint = nearest(name, known.iter().map(String::as_str));
            let hint = hint.map(|meant| format!(": did you mean `{meant}`?")).unwrap_or_default();
            return self.mistake(&place, format!("{endpoint_path} has no field `{name}`{hint}"));
        };
        let kind = self.server.kind(field);
        if kind == Kind::Generic && !self.has(field.writable()) {
            return self.generic(node, &place, schema, name, value);
        }
        // A reference may say what nobody can write, such as the path of a file.
        if self.graph.nodes[node].is_described() && !self.has(field.writable()) {
            return self.mistake(&place, format!("`{name}` is read-only: NetBox itself sets it"));
        }
        let value = match value {
            Value::String(given) if given.trim().is_empty() && is_null_if_empty(schema, name) => {
                Ok(Cow::Owned(Value::Null))
            }
            Value::String(given) => kept(schema, field, kind, given).map(|kept| Cow::Owned(kept.into())),
            Value::Array(items) if kind == Kind::Texts => {
                let kept = items.iter().map(|item| match item {
                    Value::String(given) => kept(schema, field, kind, given).map(Value::String),
                    item => Ok(item.clone()),
                });
                kept.collect::<Result<Value, _>>().map(Cow::Owned)
            }
            value => Ok(Cow::Borrowed(value)),
        };
        match value {
            Ok(value) => {
                let term = self.term(&place, field, kind, &value);
                self.set(node, name, term);
            }
            Err(why) => self.mistake(&place, why),
        }
    }

    pub(super) fn set(&mut self, node: usize, name: &str, term: Option<Term>) {
        if let Some(term) = term {
            self.graph.nodes[node].fields.insert(name.to_owned(), term);
        }
    }

    pub(super) fn term(&mut self, place: &str, field: Field, kind: Kind, value: &Value) -> Option<Term> {
        if value.is_null() {
            if !self.has(field.nullable()) {
                let empty = match self.server.kind(field) {
                    Kind::Text if !self.has(field.required()) => ": an empty text clears it",
                    Kind::ForeignKeys | Kind::GenericObjects | Kind::List | Kind::Texts => {
                        ": an empty list clears it"
                    }
                    _ => "",
                };
                self.mistake(place, format!("`{}` is never null{empty}", field.name()));
            }
            return Some(Term::Plain(Value::Null));
        }
        let target = field.target().map(Endpoint::path);
        match (kind, target) {
            (Kind::ForeignKey | Kind::BareKey, Some(target)) => {
                self.target(place, target, value).map(Term::One)
            }
            (Kind::ForeignKeys | Kind::List | Kind::Texts, Some(_)) | (Kind::GenericObjects, _)
                if !value.is_array() =>
            {
                self.mistake(place, "this field takes a list");
                None
            }
            (Kind::ForeignKeys, Some(target)) => self
                .each(place, value, |reader, place, item| reader.target(place, target, item).map(Term::One))
                .map(Term::List),
            (Kind::GenericObjects, _) => self.each(place, value, Self::end_of_list).map(Term::List),
            (Kind::Texts, Some(target)) => self
                .each(place, value, |reader, place, item| reader.slug(place, target, item))
                .map(Term::List),
            (Kind::List, Some(target)) => self
                .each(place, value, |reader, place, item| reader.members(place, field, target, item))
                .map(Term::List),
            // The id of a generic reference.
            (Kind::Integer, _) if is_of_any(value) => {
                self.target_of_any(place, value).map(|(_, target)| Term::One(target))
            }
            _ => self.plain(place, field, kind, value),
        }
    }

    /// The object of `target` with these attributes, which the description or NetBox has.
    pub(super) fn lookup(
        &mut self,
        place: &str,
        target: &str,
        attributes: &Map<String, Value>,
    ) -> Option<usize> {
        if attributes.is_empty() {
            self.mistake(place, format!("this refers to one of {target}, and says nothing of it"));
            return None;
        }
        let before = self.mistakes.len();
        let node = self.graph.push(place.to_owned(), target, Role::Referred);
        for (name, value) in attributes {
            self.field(node, name, value);
        }
        if self.mistakes.len() > before {
            return None;
        }
        Some(self.known(node))
    }

    /// The first node that refers to an object as this one does, which is the last; a second one is dropped.
    pub(super) fn known(&mut self, node: usize) -> usize {
        let Node { endpoint, fields, .. } = &self.graph.nodes[node];
        let known = *self.lookups.entry((endpoint.clone(), format!("{fields:?}"))).or_insert(node);
        if known == node {
            self.order.push(node);
        } else {
            self.graph.nodes.pop();
        }
        known
    }

    /// Makes the ids of generic references that are described by their two fields references to objects.
    fn pair(&mut self) {
        for node in 0..self.graph.nodes.len() {
            let Node { place, endpoint: path, fields, .. } = &self.graph.nodes[node];
            let ids = fields.iter().filter(|(name, term)| name.ends_with("_id") && is_number(term));
            let ids = ids.filter_map(|(name, term)| {
                let pair = pair_of(endpoint(path)?, name)?;
                let of = endpoint_of_type(self.graph.nodes[node].text(pair.object_type)?)?;
                Some((format!("{place}.{name}"), pair.id, of.path(), term.clone()))
            });
            for (place, name, path, id) in ids.collect::<Vec<_>>() {
                let target = self.by_id(&place, path, id);
                self.set(node, name, Some(Term::One(target)));
            }
        }
    }

    /// The object of `target` with this id.
    pub(super) fn by_id(&mut self, place: &str, target: &str, id: Term) -> Target {
        let node = self.graph.push(place.to_owned(), target, Role::Referred);
        self.set(node, ID, Some(id));
        Target::Node(self.known(node))
    }

    /// The endpoint whose objects are described within those of `parent`, under the plural `name`, and the field that
    /// refers back.
    pub(super) fn child_of(&self, parent: Endpoint, name: &str) -> Option<(Endpoint, &'static str)> {
        let plural = name.replace('_', "-");
        let named = endpoints().filter(|child| {
            self.has(child.versions()) && child.path().rsplit('/').next() == Some(plural.as_str())
        });
        let mut links = named.filter_map(|child| {
            let refers = |field: &Field| field.target() == Some(parent);
            let parts = || child.keys().flat_map(netbox_schema::Key::parts);
            let own = parts().filter_map(|part| part.field(child)).find(refers);
            // The terminations of a tunnel are recognised by what they are on, and belong to the tunnel all the same.
            let own =
                own.or_else(|| child.fields().find(|field| refers(field) && self.has(field.required())));
            // A generic reference takes objects of any type that NetBox allows.
            let any = || parts().find_map(|part| pair_of(child, part.name()).map(|pair| pair.name));
            Some((child, own.map(Field::name).or_else(any)?))
        });
        links.next()
    }

    /// The names under which objects stand within those of `parent`.
    fn plurals(&self, parent: Endpoint) -> impl Iterator<Item = String> {
        let names = endpoints().filter_map(|child| Some(child.path().rsplit_once('/')?.1.replace('-', "_")));
        names.filter(move |name| self.child_of(parent, name).is_some())
    }

    pub(super) fn children(
        &mut self,
        parent: usize,
        place: &str,
        child: Endpoint,
        link: &'static str,
        value: &Value,
    ) {
        let Value::Array(items) = value else {
            return self
                .mistake(place, format!("these are objects of {}: write a list of them", child.path()));
        };
        for (at, item) in items.iter().enumerate() {
            let place = format!("{place}[{at}]");
            let Value::Object(fields) = item else {
                self.mistake(&place, "an object is a map of fields");
                continue;
            };
            let pair = pair(child, link);
            let mut names =
                [Some(link), pair.map(|pair| pair.object_type), pair.map(|pair| pair.id)].into_iter();
            if let Some(name) = names.find_map(|name| name.filter(|name| fields.contains_key(*name))) {
                self.mistake(
                    &format!("{place}.{name}"),
                    "this object stands within the one that it belongs to: leave this field out",
                );
                continue;
            }
            let node = self.graph.push(place.clone(), child.path(), Role::Described);
            if let Some(pair) = pair {
                let object_type =
                    endpoint(&self.graph.nodes[parent].endpoint).and_then(Endpoint::object_type);
                self.set(node, pair.object_type, Some(Term::Plain(object_type.into())));
                self.set(node, pair.id, Some(Term::One(Target::Node(parent))));
            } else {
                self.set(node, link, Some(Term::One(Target::Node(parent))));
            }
            for (name, value) in fields {
                self.field(node, name, value);
            }
        }
    }
}

fn is_number(term: &Term) -> bool {
    matches!(term, Term::Plain(Value::Number(_)))
}
