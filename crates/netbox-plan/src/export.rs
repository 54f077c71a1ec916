//! Describing what a NetBox holds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use netbox_core::{Client, Error, Mode, Object, Query};
use netbox_schema::{Endpoint, Field, Key, KeyPart, KeyRule, Kind, Method, endpoint};
use serde_json::{Map, Value, json};

use crate::{
    desired::Desired,
    find::repeats,
    generic::pair_of,
    graph::{CUSTOM_FIELDS, DEFAULT},
    key::{first_key, nothing_in_common},
    mistake::{Mistake, PlanError},
    reference::{Id, end, generic, items, linked, member, references, related, target},
    sense::{Sense, choice, has_map},
    server::Server,
    view::{by_ids, visible},
};

/// Describes the objects that the queries find.
pub(crate) async fn export<C: Mode>(
    client: &Client<C>,
    queries: Vec<Query<Object, C>>,
) -> Result<Desired, PlanError> {
    let server = Server::ask(client).await?;
    let mut exporter =
        Exporter { server, json: BTreeSet::new(), known: BTreeMap::new(), alike: HashMap::new() };
    let mut found: BTreeSet<Id> = BTreeSet::new();
    for query in queries {
        let path = query.endpoint().to_owned();
        if endpoint(&path).is_none() {
            // A query that is wrong in itself, or a path that NetBox lacks, is told by what it is.
            C::lift(query.count()).await?;
            let why = "its fields and keys are not known, so that its objects can't be described";
            return Err(PlanError::Mistakes(vec![Mistake::new(path, why)]));
        }
        for object in C::lift(query.all()).await? {
            let id = object.id().unwrap_or_default();
            exporter.known.insert((path.clone(), id), object.to_model()?);
            found.insert((path.clone(), id));
        }
    }
    exporter.read_json_fields(client).await?;
    exporter.read_references(client).await?;
    exporter.count_alike();
    let mut desired = Desired::new();
    let mut described = Vec::new();
    let why = "what it refers to has no key, or this token may not view it, so that it is not described";
    for id in found {
        let Some(key) = exporter.reference(&id) else {
            let why = never_described(&id.0, server).unwrap_or_else(|| why.to_owned());
            desired.omissions.push(Mistake::new(format!("{}/{}", id.0, id.1), why));
            continue;
        };
        let (fields, omitted) = exporter.object(&id);
        described.push((id.0, key.to_string(), fields, omitted));
    }
    described.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    for (path, _, fields, omitted) in described {
        let place = desired.add(&path, fields).to_owned();
        desired.omissions.extend(omitted.iter().map(|name| Mistake::new(format!("{place}.{name}"), why)));
    }
    Ok(desired)
}

struct Exporter {
    server: Server,
    /// The custom fields that hold JSON of the user's own, which may look like a choice or an object.
    json: BTreeSet<String>,
    known: BTreeMap<Id, Map<String, Value>>,
    /// How many of the known objects have the same in common.
    alike: HashMap<String, usize>,
}

impl Exporter {
    /// Reads which custom fields hold JSON, if there are values of which it makes a difference.
    async fn read_json_fields<C: Mode>(&mut self, client: &Client<C>) -> Result<(), Error> {
        let mut values = self.known.values().filter_map(|fields| fields.get(CUSTOM_FIELDS)?.as_object());
        if !values.any(|values| values.values().any(has_map)) {
            return Ok(());
        }
        let fields = visible(client.query_at(DEFAULT.0).param("type", "json").fields(["name"])).await?;
        self.json =
            fields.iter().flatten().filter_map(|field| field.text("name")).map(str::to_owned).collect();
        Ok(())
    }

    /// Reads the keys of all objects that the known ones refer to, and of those that these keys refer to.
    async fn read_references<C: Mode>(&mut self, client: &Client<C>) -> Result<(), Error> {
        let mut read: BTreeSet<Id> = self.known.keys().cloned().collect();
        let mut next: BTreeSet<Id> =
            self.known.iter().flat_map(|(id, fields)| self.targets(id, fields)).collect();
        loop {
            let mut by_endpoint: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            for (path, id) in next.iter().filter(|id| !read.contains(*id)) {
                by_endpoint.entry(path.clone()).or_default().push(*id);
            }
            if by_endpoint.is_empty() {
                return self.read_alike(client).await;
            }
            read.append(&mut next);
            for (path, ids) in by_endpoint {
                let names = endpoint(&path).map(names_of_keys).unwrap_or_default();
                let query = by_ids(client, &path, ids).fields(["id", "url"].into_iter().chain(names));
                for object in visible(query).await?.into_iter().flatten() {
                    let id = (path.clone(), object.id().unwrap_or_default());
                    let fields: Map<String, Value> = object.to_model()?;
                    next.extend(self.targets(&id, &fields));
                    self.known.insert(id, fields);
                }
            }
        }
    }

    /// Reads the objects that have as much in common with known ones that a reference has to tell them apart.
    async fn read_alike<C: Mode>(&mut self, client: &Client<C>) -> Result<(), Error> {
        let mut values: BTreeMap<(&str, String), BTreeSet<String>> = BTreeMap::new();
        for (id, fields) in &self.known {
            let schema = endpoint(&id.0);
            let Some((schema, key)) = schema.and_then(|schema| Some((schema, self.key(schema, fields)?)))
            else {
                continue;
            };
            let first = key.parts().find(|part| part.rule() == KeyRule::Given);
            let Some(first) = first.filter(|_| key.parts().any(|part| part.rule() == KeyRule::Any)) else {
                continue;
            };
            let filter =
                if first.ignores_case() { format!("{}__ie", first.name()) } else { first.name().to_owned() };
            let value = match fields.get(first.name()) {
                Some(Value::String(text)) => text.clone(),
                Some(value @ Value::Number(_)) => value.to_string(),
                Some(choice) => choice.get("value").and_then(Value::as_str).unwrap_or_default().to_owned(),
                None => continue,
            };
            values.entry((schema.path(), filter)).or_default().insert(value);
        }
        for ((path, filter), values) in values {
            let Some(schema) = endpoint(path) else { continue };
            if !self.server.has(schema.accepts(&filter)) || !repeats(schema, &filter, self.server) {
                continue;
            }
            let query = client.query_at(path).param(&filter, values.into_iter().collect::<Vec<_>>());
            let query = query.fields(["id", "url"].into_iter().chain(names_of_keys(schema)));
            for object in visible(query).await?.into_iter().flatten() {
                let id = (path.to_owned(), object.id().unwrap_or_default());
                let fields = object.to_model()?;
                self.known.entry(id).or_insert(fields);
            }
        }
        Ok(())
    }

    fn count_alike(&mut self) {
        for ((path, _), fields) in &self.known {
            if let Some(key) = endpoint(path).and_then(|schema| self.key(schema, fields)) {
                *self.alike.entry(common(path, key, fields)).or_default() += 1;
            }
        }
    }

    /// The key by which an object is referred to.
    fn key(&self, schema: Endpoint, fields: &Map<String, Value>) -> Option<Key> {
        first_key(schema, self.server, |name| fields.get(name).is_some_and(|value| !value.is_null()))
    }

    /// The objects that the fields of an object refer to.
    fn targets(&self, id: &Id, fields: &Map<String, Value>) -> Vec<Id> {
        let Some(schema) = endpoint(&id.0) else { return Vec::new() };
        let mut targets = Vec::new();
        for (name, value) in fields {
            let Some(field) = schema.field(name).filter(|field| self.is_told(*field)) else { continue };
            let each = |value| std::iter::once(value).chain(items(value));
            if name == CUSTOM_FIELDS {
                let values = value.as_object().into_iter().flatten();
                let values = values.filter(|(name, _)| !self.json.contains(*name)).map(|(_, value)| value);
                targets.extend(values.flat_map(each).filter_map(linked));
            } else if (schema.path(), name.as_str()) == DEFAULT {
                targets.extend(each(value).filter_map(|id| related(fields, id)));
            } else {
                targets.extend(references(schema, field, fields, self.server));
            }
        }
        targets
    }

    /// Whether a description has the field.
    fn is_told(&self, field: Field) -> bool {
        self.server.has(field.writable()) && self.server.has(field.readable())
    }

    /// An object as a description has it, with all fields that can be written and that say something, and the names of
    /// those that are left out since what they refer to has no key.
    fn object(&self, id: &Id) -> (Map<String, Value>, Vec<String>) {
        let (mut told, mut omitted) = (Map::new(), Vec::new());
        let (Some(schema), Some(fields)) = (endpoint(&id.0), self.known.get(id)) else {
            return (told, omitted);
        };
        for name in fields.keys() {
            let Some(field) = schema.field(name).filter(|field| self.is_told(*field)) else { continue };
            match self.value(schema, field, fields) {
                Some((name, Some(value))) => {
                    told.insert(name.to_owned(), value);
                }
                Some((name, None)) => omitted.push(name.to_owned()),
                None => {}
            }
        }
        omitted.dedup();
        (told, omitted)
    }

    /// A field as a description has it, with the name there; `None` for one that says nothing, and no value for one whose
    /// object has no key.
    fn value(
        &self,
        schema: Endpoint,
        field: Field,
        fields: &Map<String, Value>,
    ) -> Option<(&'static str, Option<Value>)> {
        let (name, value) = (field.name(), fields.get(field.name())?);
        let is_nothing = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        if is_nothing || self.says_the_same(schema, field) {
            return None;
        }
        if let Some(pair) = pair_of(schema, name) {
            return Some((pair.name, generic(schema, name, fields).and_then(|id| self.labelled(&id))));
        }
        let value = match self.server.kind(field) {
            Kind::File => return None,
            Kind::Choice | Kind::IntegerChoice => Some(value.get("value").unwrap_or(value).clone()),
            Kind::ForeignKey | Kind::BareKey => target(field, value).and_then(|id| self.reference(&id)),
            Kind::Texts if Sense::of(Some(schema), name, self.server) == Sense::Items => {
                sorted(items(value).map(|item| Some(item.clone())))
            }
            Kind::ForeignKeys => sorted(items(value).map(|item| self.reference(&target(field, item)?))),
            Kind::GenericObjects => sorted(items(value).map(|item| self.labelled(&end(item)?))),
            Kind::List if field.target().is_some() => {
                sorted(items(value).map(|item| self.members(field, item)))
            }
            _ if name == CUSTOM_FIELDS => {
                let values = value.as_object()?.iter().filter(|(_, value)| !value.is_null());
                let values = values.map(|(name, value)| {
                    let is_json = self.json.contains(name);
                    Some((name.clone(), if is_json { value.clone() } else { self.custom(value)? }))
                });
                let values: Option<Map<String, Value>> = values.collect();
                if values.as_ref().is_some_and(Map::is_empty) {
                    return None;
                }
                values.map(Value::from)
            }
            _ if (schema.path(), name) == DEFAULT => match value {
                Value::Array(ids) => ids.iter().map(|id| self.related(fields, id)).collect(),
                id => self.related(fields, id),
            },
            _ => Some(value.clone()),
        };
        Some((name, value))
    }

    /// Whether another field says the same: of two lists of objects that refer to each other, the first, by its endpoint,
    /// or else the single reference; and of an interface the primary of its MAC addresses.
    fn says_the_same(&self, schema: Endpoint, field: Field) -> bool {
        let is_list = |field: Field| matches!(field.kind(), Kind::ForeignKeys | Kind::List);
        let of_the_other = field.target().filter(|_| is_list(field)).is_some_and(|target| {
            let mut back =
                target.fields().filter(|back| back.target() == Some(schema) && self.is_told(*back));
            back.any(|back| back.kind() == Kind::ForeignKey || is_list(back) && target.path() < schema.path())
        });
        of_the_other || field.name() == "mac_address" && schema.field("primary_mac_address").is_some()
    }

    /// An item of a list whose items refer to objects.
    fn members(&self, field: Field, item: &Value) -> Option<Value> {
        let name = field.name().strip_suffix('s')?;
        let mut members = item.as_object()?.clone();
        members.insert(name.to_owned(), self.reference(&member(field, item)?)?);
        Some(members.into())
    }

    /// The value of a custom field: an object by its key, a choice without its label.
    fn custom(&self, value: &Value) -> Option<Value> {
        match (value, linked(value)) {
            (_, Some(id)) => self.labelled(&id),
            (Value::Array(items), _) => items.iter().map(|item| self.custom(item)).collect(),
            (value, _) => Some(choice(value).unwrap_or(value).clone()),
        }
    }

    /// The default of a custom field: an object by its key, where the field refers to objects.
    fn related(&self, fields: &Map<String, Value>, value: &Value) -> Option<Value> {
        related(fields, value).map_or_else(|| Some(value.clone()), |id| self.labelled(&id))
    }

    /// The attributes by which an object is found, with its endpoint around them.
    fn labelled(&self, id: &Id) -> Option<Value> {
        Some(json!({ (&id.0): self.reference(id)? }))
    }

    /// The attributes by which an object is found; `None` if it has no key.
    fn reference(&self, id: &Id) -> Option<Value> {
        let (schema, fields) = (endpoint(&id.0)?, self.known.get(id)?);
        let key = self.key(schema, fields)?;
        let alike = self.alike.get(&common(&id.0, key, fields)).copied().unwrap_or_default();
        let mut attributes = Map::new();
        for part in key.parts().filter(|part| part.rule() != KeyRule::Any || alike > 1) {
            match self.value(schema, part.field(schema)?, fields) {
                Some((name, value)) => {
                    attributes.insert(name.to_owned(), value?);
                }
                None if part.rule() == KeyRule::Null => {
                    attributes.insert(part.name().to_owned(), Value::Null);
                }
                None => {}
            }
        }
        Some(attributes.into())
    }
}

/// Why no object of an endpoint is ever described.
fn never_described(path: &str, server: Server) -> Option<String> {
    let schema = endpoint(path)?;
    if !server.has(schema.methods().of(Method::Post)) {
        return Some("NetBox itself makes such objects, so that they are not described".to_owned());
    }
    schema.keys().is_empty().then(|| nothing_in_common(schema))
}

fn names_of_keys(schema: Endpoint) -> BTreeSet<&'static str> {
    schema.keys().flat_map(Key::parts).map(KeyPart::name).collect()
}

/// The endpoint of an object, and the part of its key that does more than to tell objects apart.
fn common(path: &str, key: Key, fields: &Map<String, Value>) -> String {
    let parts = key.parts().filter(|part| part.rule() != KeyRule::Any);
    let values = parts.map(|part| fields.get(part.name()).unwrap_or(&Value::Null).to_string());
    std::iter::once(path.to_owned()).chain(values).collect::<Vec<_>>().join("\n")
}

fn sorted(values: impl Iterator<Item = Option<Value>>) -> Option<Value> {
    let mut values = values.collect::<Option<Vec<_>>>()?;
    values.sort_by_key(Value::to_string);
    Some(values.into())
}
