//! Custom fields: the server says which there are, and which values they take.

use std::collections::{BTreeMap, BTreeSet};

use netbox_core::{Client, Error, Mode, Object, Record};
use netbox_schema::{Endpoint, endpoint, endpoint_of_type, nearest};
use serde_json::Value;

use crate::{
    choices::no_choice,
    graph::{CUSTOM_FIELDS, DEFAULT, Graph, Node, Target, Term},
    mistake::Mistake,
    sense::{Sense, has_form},
    view::{by_ids, visible},
};

const CHOICE_SETS: &str = "extras/custom-field-choice-sets";

/// The custom fields of a server.
#[derive(Default)]
pub(crate) struct Custom {
    /// `None` if this token may not view them.
    definitions: Option<Vec<Definition>>,
    /// Sets of choices that are known, by their ids.
    choices: BTreeMap<u64, Vec<String>>,
    /// The types of those that are there or described, by their names. NetBox changes no type.
    kinds: BTreeMap<String, String>,
}

struct Definition {
    name: String,
    kind: String,
    object_types: Vec<String>,
    /// Whether NetBox creates no object without a value.
    is_needed: bool,
    choice_set: Option<u64>,
    /// The type of the objects that it refers to.
    related: Option<String>,
}

/// Whether a description has values of custom fields.
pub(crate) fn has_values(graph: &Graph) -> bool {
    graph.nodes.iter().any(|node| node.is_described() && values(node).next().is_some())
}

/// Whether such an object may have custom fields.
pub(crate) fn may_have_values(node: &Node) -> bool {
    endpoint(&node.endpoint).is_some_and(|endpoint| endpoint.field(CUSTOM_FIELDS).is_some())
}

impl Custom {
    /// Reads the definitions, and the sets of choices of those of which the description has values.
    pub(crate) async fn ask<C: Mode>(client: &Client<C>, graph: &Graph) -> Result<Self, Error> {
        let names =
            ["name", "type", "object_types", "required", "default", "choice_set", "related_object_type"];
        let Some(definitions) = visible(client.query_at(DEFAULT.0).fields(names)).await? else {
            return Ok(Self::default());
        };
        let definitions: Vec<_> = definitions.iter().filter_map(Definition::read).collect();
        let there = definitions.iter().map(|of| (of.name.as_str(), of.kind.as_str()));
        let all = graph.nodes.iter().filter_map(defined).chain(there);
        let kinds = all.map(|(name, kind)| (name.to_owned(), kind.to_owned())).collect();
        let mut custom = Self { definitions: Some(definitions), choices: BTreeMap::new(), kinds };
        let is_described = graph.nodes.iter().any(|node| node.is_described() && node.endpoint == CHOICE_SETS);
        let sets = if is_described { BTreeSet::new() } else { custom.sets(graph) };
        if !sets.is_empty() {
            let sets = by_ids(client, CHOICE_SETS, sets).fields(["id", "base_choices", "extra_choices"]);
            custom.choices.extend(visible(sets).await?.iter().flatten().filter_map(choices));
        }
        Ok(custom)
    }

    /// The sets of the choices that are described.
    fn sets(&self, graph: &Graph) -> BTreeSet<u64> {
        let wanted = graph.nodes.iter().filter(|node| node.is_described());
        let named = wanted.flat_map(|node| values(node).map(move |(name, _)| (object_type(node), name)));
        named.filter_map(|(object_type, name)| self.of(object_type?, name)?.choice_set).collect()
    }

    fn of(&self, object_type: &str, name: &str) -> Option<&Definition> {
        self.of_type(object_type).find(|definition| definition.name == name)
    }

    fn of_type(&self, object_type: &str) -> impl Iterator<Item = &Definition> {
        let all = self.definitions.iter().flatten();
        all.filter(move |definition| definition.object_types.iter().any(|of| of == object_type))
    }

    /// How the values of a custom field are compared.
    pub(crate) fn sense(&self, name: &str) -> Sense {
        self.kinds.get(name).map_or(Sense::Free, |kind| Sense::of_custom(kind))
    }

    /// Adds to `mistakes` the values of custom fields that do not exist, or that take no such values.
    pub(crate) fn check(&self, graph: &Graph, mistakes: &mut Vec<Mistake>) {
        let described: BTreeSet<&str> = graph.nodes.iter().filter_map(defined_name).collect();
        for node in graph.nodes.iter().filter(|node| node.is_described() && self.definitions.is_some()) {
            let Some(object_type) = object_type(node) else { continue };
            for (name, term) in values(node) {
                let message = match self.of(object_type, name) {
                    // Its description may change all of it but the type.
                    _ if described.contains(name) => {
                        self.kinds.get(name).and_then(|kind| wrong_type(name, kind, term))
                    }
                    Some(definition) => definition
                        .misses(graph, term)
                        .or_else(|| wrong_type(name, &definition.kind, term))
                        .or_else(|| self.no_choice(definition, term)),
                    None => Some(self.unknown(object_type, name)),
                };
                mistakes.extend(
                    message.map(|why| Mistake::new(format!("{}.{CUSTOM_FIELDS}.{name}", node.place), why)),
                );
            }
        }
    }

    fn unknown(&self, object_type: &str, name: &str) -> String {
        let near = nearest(name, self.of_type(object_type).map(|known| known.name.as_str()));
        let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        format!("{object_type} has no custom field `{name}`, or this token may not view it{near}")
    }

    /// Why the value is none of the choices that the field takes.
    fn no_choice(&self, of: &Definition, term: &Term) -> Option<String> {
        let Term::Plain(value) = term else { return None };
        let known: Vec<&str> = self.choices.get(&of.choice_set?)?.iter().map(String::as_str).collect();
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let wrong = values.iter().filter_map(Value::as_str).find(|value| !known.contains(value))?;
        Some(no_choice(&of.name, wrong, &known))
    }

    /// The names of custom fields of which a new object needs a value, and has none.
    pub(crate) fn lacks(&self, node: &Node) -> impl Iterator<Item = &str> {
        let given: BTreeSet<&str> = values(node)
            .filter(|(_, term)| **term != Term::Plain(Value::Null))
            .map(|(name, _)| name)
            .collect();
        let all = object_type(node).into_iter().flat_map(|object_type| self.of_type(object_type));
        all.filter(|definition| definition.is_needed)
            .map(|definition| definition.name.as_str())
            .filter(move |name| !given.contains(name))
    }
}

impl Definition {
    fn read<C>(shown: &Record<Object, C>) -> Option<Self> {
        let get = |name: &str| shown.get::<Value>(name).unwrap_or_default();
        Some(Self {
            name: shown.get("name").ok()?,
            kind: get("type")["value"].as_str()?.to_owned(),
            object_types: shown.get("object_types").ok()?,
            is_needed: get("required") == true && get("default").is_null(),
            choice_set: get("choice_set")["id"].as_u64(),
            related: shown.get("related_object_type").ok(),
        })
    }

    /// Why the value refers to no such object as the field takes. NetBox takes the id of any.
    fn misses(&self, graph: &Graph, term: &Term) -> Option<String> {
        let Self { name, kind, .. } = self;
        let related = self.related.as_deref().and_then(endpoint_of_type).map(Endpoint::path);
        let is_list = kind == "multiobject";
        if !is_list && kind != "object" {
            let is_reference = !term.targets().is_empty();
            return is_reference
                .then(|| format!("`{name}` is of type {kind}, and this is a reference to an object"));
        }
        let of = related.unwrap_or("the endpoint");
        let is_other = |target: &Target| match target {
            Target::Node(node) => related.is_some_and(|path| graph.nodes[*node].endpoint != path),
            Target::Id(_) => false,
        };
        let is_bare = match term {
            Term::Plain(Value::Array(items)) => items.iter().any(Value::is_object),
            Term::Plain(value) => value.is_object(),
            term if term.targets().iter().any(is_other) => true,
            term => is_list != matches!(term, Term::List(_)),
        };
        let items = if is_list { "a list of " } else { "" };
        is_bare
            .then(|| format!("`{name}` takes {items}{{\"{of}\": {{…}}}}, with the attributes of an object"))
    }
}

/// Why a custom field of that type does not take the value.
fn wrong_type(name: &str, kind: &str, term: &Term) -> Option<String> {
    let Term::Plain(value) = term else { return None };
    let fits = match kind {
        _ if value.is_null() => true,
        "text" | "longtext" | "url" | "select" => value.is_string(),
        "date" => value.as_str().is_some_and(|text| has_form(text, "0000-00-00")),
        "datetime" => {
            let text = value.as_str().and_then(|text| text.get(..19));
            text.is_some_and(|text| has_form(text, "0000-00-00T00:00:00"))
        }
        "integer" => value.is_i64() || value.is_u64(),
        "decimal" => value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok()),
        "boolean" => value.is_boolean(),
        "multiselect" | "multiobject" => value.is_array(),
        _ => true,
    };
    let example = match kind {
        "date" => ": write it as 2026-01-31",
        "datetime" => ": write it as 2026-01-31T10:00:00+00:00",
        _ => "",
    };
    (!fits).then(|| format!("`{name}` is of type {kind}, and {value} is not{example}"))
}

/// The choices of a set, unless it has some that NetBox brings.
fn choices<C>(set: &Record<Object, C>) -> Option<(u64, Vec<String>)> {
    set.get::<Value>("base_choices").ok().filter(Value::is_null)?;
    let choices: Vec<(String, String)> = set.get("extra_choices").ok()?;
    Some((set.id()?, choices.into_iter().map(|(value, _)| value).collect()))
}

fn object_type(node: &Node) -> Option<&'static str> {
    endpoint(&node.endpoint).and_then(Endpoint::object_type)
}

/// The custom fields of an object, and what they shall be.
fn values(node: &Node) -> impl Iterator<Item = (&str, &Term)> {
    let fields = match node.fields.get(CUSTOM_FIELDS) {
        Some(Term::Map(fields)) => Some(fields),
        _ => None,
    };
    fields.into_iter().flatten().map(|(name, term)| (name.as_str(), term))
}

/// The name of the custom field that the description defines by this object.
pub(crate) fn defined_name(node: &Node) -> Option<&str> {
    node.text("name").filter(|_| node.is_described() && node.endpoint == DEFAULT.0)
}

/// The name and the type of the custom field that the description defines by this object.
fn defined(node: &Node) -> Option<(&str, &str)> {
    Some((defined_name(node)?, node.text("type")?))
}
