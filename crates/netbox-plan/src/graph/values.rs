//! Reading values: what a field takes, and the forms of references.

use std::collections::BTreeMap;

use netbox_schema::{Endpoint, Field, Kind, endpoint, endpoint_of_type};
use serde_json::{Map, Value};

use super::{CUSTOM_FIELDS, Target, Term, reader::Reader};
use crate::{generic::pair, handle::meant};

impl Reader<'_> {
    /// A value that refers to nothing, if it is one that the field can have.
    pub(super) fn plain(&mut self, place: &str, field: Field, kind: Kind, value: &Value) -> Option<Term> {
        let fits = match kind {
            Kind::Text | Kind::Date | Kind::DateTime | Kind::Choice | Kind::BareChoice => value.is_string(),
            Kind::Integer | Kind::IntegerChoice | Kind::BareIntegerChoice => value.is_i64() || value.is_u64(),
            Kind::Number => {
                value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok())
            }
            Kind::Boolean => value.is_boolean(),
            Kind::Texts | Kind::Integers | Kind::BareChoices | Kind::List => value.is_array(),
            Kind::Object => value.is_object(),
            _ => true,
        };
        if !fits {
            self.mistake(place, format!("`{}` takes {}, not {value}", field.name(), takes(kind)));
            return None;
        }
        Some(Term::Plain(value.clone()))
    }

    /// An object of `target`: an id, a map of attributes, or an object that says itself of which endpoint it is.
    pub(super) fn target(&mut self, place: &str, target: &str, value: &Value) -> Option<Target> {
        match value {
            value if is_of_any(value) => {
                let (endpoint, found) = self.target_of_any(place, value)?;
                if endpoint != target {
                    self.mistake(place, format!("this refers to one of {target}, not of {endpoint}"));
                    return None;
                }
                Some(found)
            }
            Value::Number(number) => {
                if number.as_u64().is_none() {
                    self.mistake(place, format!("{number} is no id"));
                    return None;
                }
                Some(self.by_id(place, target, Term::Plain(value.clone())))
            }
            Value::Object(attributes) => self.lookup(place, target, attributes).map(Target::Node),
            other => {
                let slug = other.as_str().unwrap_or("…");
                let message = format!(
                    "this refers to one of {target} by its attributes, as in {{\"slug\": \"{slug}\"}}"
                );
                self.mistake(place, message);
                None
            }
        }
    }

    /// An object of any endpoint: a handle, or `{"dcim/interfaces": {"name": "eth0", …}}`.
    pub(super) fn target_of_any(&mut self, place: &str, value: &Value) -> Option<(String, Target)> {
        if let Some(handle) = meant(value) {
            if handle.of != self.of {
                self.mistake(place, "this handle belongs to another `Desired`");
                return None;
            }
            return Some((self.graph.nodes[handle.number].endpoint.clone(), Target::Node(handle.number)));
        }
        let Some((path, attributes)) = labelled(value) else {
            self.mistake(place, "this refers to an object of any type: write its endpoint around it, as in {\"dcim/interfaces\": {…}}");
            return None;
        };
        let path = path.path();
        Some((path.to_owned(), self.target(place, path, attributes)?))
    }

    /// An object of any type: as [`target_of_any`](Self::target_of_any), or the pair `object_type` and `object_id`.
    pub(super) fn end(&mut self, place: &str, value: &Value) -> Option<(String, Target)> {
        if let (Some(Value::String(object_type)), Some(id)) =
            (value.get("object_type"), value.get("object_id"))
        {
            let target = match (id.as_u64(), endpoint_of_type(object_type)) {
                (Some(_), Some(endpoint)) => self.target(place, endpoint.path(), id)?,
                (Some(id), None) => Target::Id(id),
                (None, _) => self.target_of_any(place, id)?.1,
            };
            return Some((object_type.clone(), target));
        }
        let (path, target) = self.target_of_any(place, value)?;
        let Some(object_type) = endpoint(&path).and_then(Endpoint::object_type) else {
            let message = format!(
                "the `object_type` of objects of {path} is not known: write `object_type` and `object_id` yourself"
            );
            self.mistake(place, message);
            return None;
        };
        Some((object_type.to_owned(), target))
    }

    /// An object of any type in a list, as the ends of cables are.
    pub(super) fn end_of_list(&mut self, place: &str, value: &Value) -> Option<Term> {
        self.end(place, value).map(|(object_type, target)| Term::end(&object_type, target))
    }

    /// The slug of an object of `target`.
    pub(super) fn slug(&mut self, place: &str, target: &str, value: &Value) -> Option<Term> {
        let Some(slug) = value.as_str() else {
            self.mistake(place, format!("this is the slug of one of {target}, not {value}"));
            return None;
        };
        let attributes = Map::from_iter([("slug".to_owned(), value.clone())]);
        let found = self.lookup(place, target, &attributes)?;
        Some(Term::Slug(slug.to_owned(), Target::Node(found)))
    }

    /// An item of the list `field`, of which the member in the singular is an object of `target`.
    pub(super) fn members(&mut self, place: &str, field: Field, target: &str, value: &Value) -> Option<Term> {
        let Value::Object(members) = value else {
            self.mistake(place, format!("an item of `{}` is a map of its members", field.name()));
            return None;
        };
        let one = field.name().strip_suffix('s').unwrap_or_default();
        // NetBox takes the first position where none is told, but only in new objects.
        let position = (format!("{one}_position"), Term::Plain(1.into()));
        let mut terms = BTreeMap::from([position]);
        for (name, value) in members {
            let term = if name == one {
                self.target(&format!("{place}.{name}"), target, value).map(Term::One)
            } else {
                Some(Term::Plain(value.clone()))
            };
            terms.insert(name.clone(), term?);
        }
        Some(Term::Map(terms))
    }

    /// A generic reference by the name under which NetBox shows the object.
    pub(super) fn generic(&mut self, node: usize, place: &str, schema: Endpoint, name: &str, value: &Value) {
        let Some(pair) = pair(schema, name) else {
            return self.mistake(place, format!("`{name}` is read-only: NetBox itself sets it"));
        };
        let (object_type, id) = if value.is_null() {
            (Value::Null, Term::Plain(Value::Null))
        } else {
            let Some((object_type, target)) = self.end(place, value) else { return };
            (object_type.into(), Term::One(target))
        };
        self.set(node, pair.object_type, Some(Term::Plain(object_type)));
        self.set(node, pair.id, Some(id));
    }

    pub(super) fn custom_fields(&mut self, node: usize, place: &str, value: &Value) {
        let Value::Object(values) = value else {
            return self.mistake(place, "custom fields are a map of names to values");
        };
        let mut fields = BTreeMap::new();
        for (name, value) in values {
            if let Some(term) = self.free(&format!("{place}.{name}"), value) {
                fields.insert(name.clone(), term);
            }
        }
        self.set(node, CUSTOM_FIELDS, Some(Term::Map(fields)));
    }

    /// The items of a list, each read with its place; none if one of them is a mistake.
    pub(super) fn each<T>(
        &mut self,
        place: &str,
        list: &Value,
        read: impl Fn(&mut Self, &str, &Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = list.as_array().into_iter().flatten().enumerate();
        items.map(|(at, item)| read(self, &format!("{place}[{at}]"), item)).collect()
    }

    /// A value of a field of which nothing is known but what the value itself shows.
    pub(super) fn free(&mut self, place: &str, value: &Value) -> Option<Term> {
        match value {
            value if is_of_any(value) => {
                self.target_of_any(place, value).map(|(_, target)| Term::One(target))
            }
            Value::Array(items) if !items.is_empty() && items.iter().all(is_of_any) => {
                self.each(place, value, Self::free).map(Term::List)
            }
            value => Some(Term::Plain(value.clone())),
        }
    }
}

/// Whether a value says itself of which endpoint the object is that it refers to.
pub(super) fn is_of_any(value: &Value) -> bool {
    meant(value).is_some() || labelled(value).is_some()
}

/// Attributes with an endpoint around them.
fn labelled(value: &Value) -> Option<(Endpoint, &Value)> {
    let (path, attributes) = value.as_object().filter(|map| map.len() == 1)?.iter().next()?;
    Some((endpoint(path.trim_matches('/'))?, attributes))
}

/// The values that a field of that kind takes, in words.
fn takes(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::IntegerChoice | Kind::BareIntegerChoice => "a whole number",
        Kind::Number => "a number",
        Kind::Boolean => "true or false",
        Kind::Object => "a map",
        Kind::Texts | Kind::Integers | Kind::BareChoices | Kind::List => "a list",
        _ => "text",
    }
}
