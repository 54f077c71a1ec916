//! The parts of a server's OpenAPI document that say what no table has.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use netbox_schema::Kind;
use serde::{Deserialize, de::IgnoredAny};

use crate::names::{Filters, Takes};

#[derive(Deserialize)]
pub(super) struct Document {
    paths: BTreeMap<String, Verbs>,
    #[serde(default)]
    components: Components,
}

#[derive(Deserialize, Default)]
struct Components {
    #[serde(default)]
    schemas: HashMap<String, Component>,
}

/// The description of an object. Those of other values have no properties.
#[derive(Deserialize)]
struct Component {
    #[serde(default)]
    properties: BTreeMap<String, Property>,
}

/// The keys that say what a value is: JSON of the user's own has none of them.
#[derive(Deserialize)]
struct Property {
    #[serde(rename = "type")]
    kind: Option<IgnoredAny>,
    #[serde(rename = "$ref")]
    reference: Option<IgnoredAny>,
    #[serde(rename = "allOf")]
    all_of: Option<IgnoredAny>,
    #[serde(rename = "oneOf")]
    one_of: Option<IgnoredAny>,
    #[serde(rename = "enum")]
    values: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Verbs {
    get: Option<Operation>,
    post: Option<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(rename = "requestBody", default)]
    body: Content,
}

#[derive(Deserialize, Default)]
struct Content {
    #[serde(default)]
    content: HashMap<String, Media>,
}

#[derive(Deserialize)]
struct Media {
    #[serde(default)]
    schema: Schema,
}

#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
    #[serde(default)]
    schema: Schema,
}

#[derive(Deserialize, Default)]
struct Schema {
    #[serde(rename = "type", default)]
    kind: String,
    items: Option<Box<Schema>>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    /// NetBox takes one object, or a list of them.
    #[serde(rename = "oneOf", default)]
    one_of: Vec<Schema>,
}

/// Parameters that a list of a plugin requires, and no document has: seen on version 0.7.1 of custom objects.
const UNDOCUMENTED: [(&str, &str); 2] = [
    ("plugins/custom-objects/linked-objects", "object_type"),
    ("plugins/custom-objects/linked-objects", "object_id"),
];

impl Document {
    /// The filters of lists by their paths. The lists that the table has are left out if it `has_own` filters.
    pub(super) fn filters(self, has_own: bool) -> HashMap<String, Filters> {
        let lists = self.paths.into_iter().filter_map(|(path, Verbs { get, .. })| {
            let path = list_at(&path)?.to_owned();
            let get = get.filter(|_| !has_own || netbox_schema::endpoint(&path).is_none())?;
            let query = get.parameters.into_iter().filter(|parameter| parameter.place == "query");
            let filters = query.map(|parameter| (parameter.name, parameter.schema.takes()));
            let undocumented = UNDOCUMENTED.iter().filter(|(list, _)| *list == path);
            let undocumented = undocumented.map(|(_, name)| ((*name).to_owned(), Schema::default().takes()));
            let filters: Filters = Arc::new(filters.chain(undocumented).collect());
            Some((path, filters))
        });
        lists.collect()
    }

    /// The fields that hold JSON of the user's own, for each list that the table does not have.
    pub(super) fn json_fields(&self) -> HashMap<String, Arc<BTreeSet<String>>> {
        let lists = self.paths.iter().filter_map(|(path, verbs)| {
            let path = list_at(path).filter(|path| netbox_schema::endpoint(path).is_none())?;
            let body = verbs.post.as_ref()?.body.content.get("application/json")?;
            let component = self.components.schemas.get(body.schema.component()?)?;
            let fields = component.properties.iter().filter(|(_, property)| property.is_json());
            Some((path.to_owned(), Arc::new(fields.map(|(name, _)| name.clone()).collect())))
        });
        lists.collect()
    }
}

/// The path of a list below `/api/`; `None` of any other path. A NetBox below a path of its own has that before it.
fn list_at(path: &str) -> Option<&str> {
    let path = path.split_once("/api/")?.1.trim_matches('/');
    (!path.contains('{')).then_some(path)
}

impl Schema {
    fn takes(&self) -> Takes {
        let of_one = self.items.as_deref().unwrap_or(self);
        let kind = match of_one.kind.as_str() {
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            _ => Kind::Text,
        };
        Takes { kind, several: self.items.is_some() }
    }

    fn component(&self) -> Option<&str> {
        match &self.reference {
            Some(reference) => reference.rsplit('/').next(),
            None => self.one_of.iter().find_map(Self::component),
        }
    }
}

impl Property {
    fn is_json(&self) -> bool {
        let Self { kind, reference, all_of, one_of, values } = self;
        [kind, reference, all_of, one_of, values].iter().all(|key| key.is_none())
    }
}
