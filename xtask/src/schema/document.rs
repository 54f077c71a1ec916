//! An OpenAPI document of NetBox, as far as it is read.

use std::{collections::BTreeMap, fmt, marker::PhantomData, path::Path};

use anyhow::Context as _;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};

use super::{file, vocabulary::Method};

#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    info: Info,
    pub(crate) paths: BTreeMap<String, Operations>,
    #[serde(default)]
    pub(crate) components: Components,
}

#[derive(Debug, Deserialize)]
struct Info {
    version: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Components {
    #[serde(default)]
    pub(crate) schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Operations {
    pub(crate) get: Option<Operation>,
    pub(crate) post: Option<Operation>,
    pub(crate) put: Option<Operation>,
    pub(crate) patch: Option<Operation>,
    pub(crate) delete: Option<Operation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Operation {
    #[serde(default)]
    pub(crate) parameters: Vec<Parameter>,
    request_body: Option<Body>,
    #[serde(default)]
    responses: BTreeMap<String, Body>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(rename = "in")]
    pub(crate) place: String,
    #[serde(default)]
    pub(crate) schema: Schema,
}

#[derive(Debug, Deserialize)]
struct Body {
    #[serde(default)]
    content: BTreeMap<String, Media>,
}

#[derive(Debug, Deserialize)]
struct Media {
    #[serde(default)]
    schema: Schema,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) format: Option<String>,
    #[serde(default)]
    pub(crate) nullable: bool,
    #[serde(rename = "enum")]
    pub(crate) choices: Option<Vec<serde_json::Value>>,
    /// NetBox marks parameters that take choices with it, whose values it leaves out.
    #[serde(rename = "x-spec-enum-id")]
    pub(crate) choices_id: Option<String>,
    pub(crate) items: Option<Box<Schema>>,
    #[serde(default)]
    pub(crate) properties: Ordered<Schema>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    #[serde(default)]
    pub(crate) all_of: Vec<Schema>,
    #[serde(default)]
    pub(crate) one_of: Vec<Schema>,
}

/// An object of JSON whose order is kept: that of fields is how NetBox shows them.
#[derive(Debug)]
pub(crate) struct Ordered<T>(pub(crate) Vec<(String, T)>);

impl Document {
    /// Reads a file; one whose name ends in `.gz` is decompressed.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        file::json(path, "OpenAPI document of NetBox")
    }

    /// The version of the NetBox that sent the document: `4.7.3`. Some documents have more after it.
    pub(crate) fn number(&self) -> &str {
        self.info.version.split_whitespace().next().unwrap_or_default()
    }

    pub(crate) fn schema(&self, name: &str) -> anyhow::Result<&Schema> {
        let schema = self.components.schemas.get(name);
        schema.with_context(|| format!("the schema {name} is referred to, and missing"))
    }
}

impl Operations {
    pub(crate) fn by_method(&self) -> impl Iterator<Item = (Method, &Operation)> {
        let all = [
            (Method::Get, &self.get),
            (Method::Post, &self.post),
            (Method::Put, &self.put),
            (Method::Patch, &self.patch),
            (Method::Delete, &self.delete),
        ];
        all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
    }
}

impl Operation {
    /// The schema of the request, if the request is JSON.
    pub(crate) fn request(&self) -> Option<&Schema> {
        self.request_body.as_ref().and_then(Body::json)
    }

    /// The schema of a successful answer, if the answer is JSON.
    pub(crate) fn response(&self) -> Option<&Schema> {
        let (_, body) = self.responses.iter().find(|(status, _)| status.starts_with('2'))?;
        body.json()
    }
}

impl Body {
    fn json(&self) -> Option<&Schema> {
        self.content.get("application/json").map(|media| &media.schema)
    }
}

impl Schema {
    /// The name of the schema that it refers to.
    pub(crate) fn reference(&self) -> Option<&str> {
        let reference = self.reference.as_deref()?;
        Some(reference.rsplit_once('/').map_or(reference, |(_, name)| name))
    }

    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.0.iter().find(|(own, _)| own == name).map(|(_, schema)| schema)
    }
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> Visitor<'de> for Entries<T> {
            type Value = Ordered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}
