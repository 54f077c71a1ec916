//! Answers against the table of their version.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value};

use xtask::schema::{
    facts::{Endpoint, Facts, Field},
    vocabulary::Kind,
};

use super::{
    answers::Answers,
    shown::{Shown, endpoint_of},
};

/// A fact of the table, and what an answer shows instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Contradiction {
    /// An endpoint that is not known.
    UnknownEndpoint,
    /// An endpoint that is not there.
    AbsentEndpoint,
    /// A field that is not known.
    Extra(Shown),
    /// A field that is not there.
    Missing,
    /// Null, where nothing is known to be null.
    Null,
    /// A value of another kind.
    Kind(Kind, Shown),
    /// A choice that is not listed.
    Choice(String),
    /// A reference to an object of another endpoint.
    Target(String, String),
}

/// Where contradictions are, and how often they were seen.
pub(super) type Contradictions = BTreeMap<(String, Contradiction), usize>;

/// All contradictions of `answers` with `facts`.
pub(super) fn contradictions(facts: &Facts, answers: &Answers) -> Contradictions {
    let mut comparison = Comparison { facts, found: Contradictions::new() };
    for path in &answers.absent {
        if facts.endpoints.contains_key(path) {
            comparison.add(path, Contradiction::AbsentEndpoint);
        }
    }
    for (path, objects) in &answers.objects {
        match facts.endpoints.get(path) {
            None => comparison.add(path, Contradiction::UnknownEndpoint),
            // Nothing is known of what it answers.
            Some(endpoint) if endpoint.fields.is_empty() => {}
            Some(endpoint) => objects.iter().for_each(|object| comparison.whole(path, endpoint, object)),
        }
    }
    comparison.found
}

struct Comparison<'f> {
    facts: &'f Facts,
    found: Contradictions,
}

impl Comparison<'_> {
    fn add(&mut self, place: &str, contradiction: Contradiction) {
        *self.found.entry((place.to_owned(), contradiction)).or_default() += 1;
    }

    /// An object with all its fields.
    fn whole(&mut self, path: &str, endpoint: &Endpoint, object: &Map<String, Value>) {
        for field in endpoint.fields.iter().filter(|field| field.readable) {
            let place = format!("{path}.{}", field.name);
            match object.get(&field.name) {
                Some(value) => self.value(&place, field, value, object),
                None => self.add(&place, Contradiction::Missing),
            }
        }
        for (name, value) in object {
            if endpoint.field(name).is_none_or(|field| !field.readable) {
                self.add(&format!("{path}.{name}"), Contradiction::Extra(Shown::of(value)));
            }
        }
    }

    /// The nested form of an object. It has some of the fields, and may have others, such as the `device_bay` of a
    /// `parent_device`. A choice may be bare: the `family` of the addresses in `nat_outside` is. All types read both.
    fn nested(&mut self, path: &str, object: &Map<String, Value>) {
        let Some(endpoint) = self.facts.endpoints.get(path) else {
            return self.add(path, Contradiction::UnknownEndpoint);
        };
        for field in endpoint.fields.iter().filter(|field| field.readable) {
            let place = format!("{path}.{}", field.name);
            match object.get(&field.name) {
                None => {}
                Some(bare @ (Value::String(_) | Value::Number(_))) if is_labelled(field.kind) => {
                    self.choice(&place, field, bare);
                }
                Some(value) => self.value(&place, field, value, object),
            }
        }
    }

    fn value(&mut self, place: &str, field: &Field, value: &Value, siblings: &Map<String, Value>) {
        if value.is_null() || field.kind == Kind::ForeignKey && is_nothing(value) {
            if !field.nullable {
                self.add(place, Contradiction::Null);
            }
            return;
        }
        let shown = Shown::of(value);
        if !shown.fits(field.kind) {
            self.add(place, Contradiction::Kind(field.kind, shown));
            return;
        }
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let expected = match field.kind {
            Kind::ForeignKey | Kind::ForeignKeys => field.target.clone(),
            Kind::Generic | Kind::Generics => self.told_beside(&field.name, siblings),
            _ => None,
        };
        for value in values {
            match field.kind {
                Kind::Choice | Kind::IntegerChoice => self.choice(place, field, &value["value"]),
                Kind::BareChoice | Kind::BareIntegerChoice | Kind::BareChoices => {
                    self.choice(place, field, value);
                }
                Kind::ForeignKey | Kind::ForeignKeys | Kind::Generic | Kind::Generics => {
                    self.reference(place, value, expected.as_deref());
                }
                Kind::GenericObjects => {
                    let expected = value["object_type"].as_str().and_then(|name| self.of_type(name));
                    self.reference(place, &value["object"], expected.as_deref());
                }
                _ => {}
            }
        }
    }

    fn choice(&mut self, place: &str, field: &Field, value: &Value) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // A choice that is not set is null or empty; `null` says which.
        let is_unset = value.is_empty() && field.nullable;
        if !is_unset && !field.choices.contains(&value) {
            self.add(place, Contradiction::Choice(value));
        }
    }

    fn reference(&mut self, place: &str, value: &Value, expected: Option<&str>) {
        let Some(object) = value.as_object() else { return };
        let Some(path) = endpoint_of(object) else { return };
        if let Some(expected) = expected.filter(|expected| *expected != path) {
            self.add(place, Contradiction::Target(expected.to_owned(), path.to_owned()));
        }
        self.nested(path, object);
    }

    /// The endpoint that the field `name` refers to, by the field beside it.
    fn told_beside(&self, name: &str, siblings: &Map<String, Value>) -> Option<String> {
        let beside = siblings.get(&format!("{name}_type")).or_else(|| siblings.get("object_type"))?;
        self.of_type(beside.as_str()?)
    }

    fn of_type(&self, name: &str) -> Option<String> {
        let mut all = self.facts.endpoints.iter();
        all.find(|(_, one)| one.object_type.as_deref() == Some(name)).map(|(path, _)| path.clone())
    }
}

/// Whether a reference is to nothing. A script that never ran has an object of nulls for its job where it is read by itself,
/// and null in lists.
fn is_nothing(value: &Value) -> bool {
    value.as_object().is_some_and(|object| !object.contains_key("id") && !object.contains_key("url"))
}

/// Whether a choice of the kind has a label.
fn is_labelled(kind: Kind) -> bool {
    matches!(kind, Kind::Choice | Kind::IntegerChoice)
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownEndpoint => write!(f, "the endpoint is not in the table"),
            Self::AbsentEndpoint => write!(f, "the endpoint is in the table, and is not there"),
            Self::Extra(shown) => write!(f, "{shown}, and is not in the table"),
            Self::Missing => write!(f, "missing"),
            Self::Null => write!(f, "null, which the table says it never is"),
            Self::Kind(known, shown) => write!(f, "{shown}, where the table has {known}"),
            Self::Choice(value) => write!(f, "the choice `{value}` is not in the table"),
            Self::Target(known, shown) => write!(f, "refers to {shown}, and not to {known}"),
        }
    }
}

#[cfg(test)]
mod tests;
