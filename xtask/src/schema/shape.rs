//! The kinds of values that the schemas of a document describe.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};
use serde_json::Value;

use super::{
    document::{Document, Schema},
    vocabulary::Kind,
};

/// The endpoints of the schemas of whole objects.
#[derive(Debug, Default)]
pub(super) struct Models {
    endpoints: BTreeMap<String, String>,
}

/// The facts about a value that its schema alone shows.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) target: Option<String>,
    pub(super) choices: Vec<String>,
}

/// The schemas of a document, and the models that they are of.
pub(super) struct Shapes<'d> {
    pub(super) document: &'d Document,
    models: Models,
}

impl Models {
    /// If several endpoints list a model, the first is its own.
    pub(super) fn add(&mut self, schema: &str, path: &str) {
        self.endpoints.entry(name(schema).to_owned()).or_insert_with(|| path.to_owned());
    }

    /// The endpoint of what `schema` is the whole or a part of.
    fn endpoint(&self, schema: &str) -> Option<&str> {
        let part = ["Brief", "Nested"].iter().find_map(|prefix| schema.strip_prefix(prefix));
        let of = |schema| self.endpoints.get(name(schema)).map(String::as_str);
        part.and_then(of).or_else(|| of(schema))
    }
}

/// The model of which `schema` is: before 4.6, that of devices and virtual machines has a name of two kinds.
fn name(schema: &str) -> &str {
    schema.strip_suffix("WithConfigContext").unwrap_or(schema)
}

impl<'d> Shapes<'d> {
    pub(super) fn new(document: &'d Document, models: Models) -> Self {
        Self { document, models }
    }

    /// The schema of how other objects show one of the model `schema`. Models that no object refers to have none.
    pub(super) fn nested_form(&self, schema: &str) -> Option<&'d Schema> {
        let form = |prefix| self.document.components.schemas.get(&format!("{prefix}{}", name(schema)));
        form("Brief").or_else(|| form("Nested"))
    }

    /// The shape of the field `name`, which has the schema `schema` among those of `siblings`.
    pub(super) fn shape(&self, schema: &Schema, name: &str, siblings: &Schema) -> anyhow::Result<Shape> {
        if let Some(reference) = schema.reference() {
            return self.referred(reference, name);
        }
        if let [only] = &*schema.all_of {
            return self.shape(only, name, siblings);
        }
        if let [first, others @ ..] = &*schema.one_of {
            let shape = self.shape(first, name, siblings)?;
            for other in others {
                let other = self.shape(other, name, siblings)?;
                ensure!(shape == other, "it is either {shape:?} or {other:?}");
            }
            return Ok(shape);
        }
        if let Some(choices) = &schema.choices {
            let (choices, numbers) = values(choices);
            let kind = if numbers { Kind::BareIntegerChoice } else { Kind::BareChoice };
            return Ok(Shape { choices, ..Shape::new(kind) });
        }
        Ok(match (schema.kind.as_deref(), schema.format.as_deref()) {
            (Some("string"), Some("date")) => Shape::new(Kind::Date),
            (Some("string"), Some("date-time")) => Shape::new(Kind::DateTime),
            (Some("string"), Some("binary")) => Shape::new(Kind::File),
            (Some("string"), _) => Shape::new(Kind::Text),
            (Some("integer"), _) => Shape::new(Kind::Integer),
            (Some("number"), _) => Shape::new(Kind::Number),
            (Some("boolean"), _) => Shape::new(Kind::Boolean),
            (Some("object"), _) => match schema.property("value").and_then(|value| value.choices.as_ref()) {
                Some(choices) => {
                    let (choices, numbers) = values(choices);
                    let kind = if numbers { Kind::IntegerChoice } else { Kind::Choice };
                    Shape { choices, ..Shape::new(kind) }
                }
                None => Shape::new(Kind::Object),
            },
            (Some("array"), _) => match schema.items.as_deref() {
                Some(items) => self.list(items, name, siblings)?,
                None => Shape::new(Kind::List),
            },
            (None, _) if is_generic(name, siblings) => Shape::new(Kind::Generic),
            (None, _) => Shape::new(Kind::Json),
            (Some(other), _) => bail!("its type `{other}` is not known yet"),
        })
    }

    fn referred(&self, reference: &str, name: &str) -> anyhow::Result<Shape> {
        if let Some(endpoint) = self.models.endpoint(reference) {
            return Ok(Shape { target: Some(endpoint.to_owned()), ..Shape::new(Kind::ForeignKey) });
        }
        let schema = self.document.schema(reference)?;
        // A nested form under a name of its own: whose, the overlay has to say.
        if schema.property("id").is_some() && schema.property("url").is_some() {
            return Ok(Shape { target: Some(reference.to_owned()), ..Shape::new(Kind::ForeignKey) });
        }
        self.shape(schema, name, schema)
    }

    fn list(&self, items: &Schema, name: &str, siblings: &Schema) -> anyhow::Result<Shape> {
        if let Some(reference) = items.reference() {
            let schema = self.document.schema(reference)?;
            if schema.property("object_type").is_some() && schema.property("object_id").is_some() {
                return Ok(Shape::new(Kind::GenericObjects));
            }
        }
        let item = self.shape(items, name, siblings)?;
        let kind = match item.kind {
            Kind::Text => Kind::Texts,
            Kind::Integer => Kind::Integers,
            Kind::BareChoice => Kind::BareChoices,
            Kind::ForeignKey => Kind::ForeignKeys,
            Kind::Generic => Kind::Generics,
            _ => return Ok(Shape::new(Kind::List)),
        };
        Ok(Shape { kind, ..item })
    }
}

impl Shape {
    fn new(kind: Kind) -> Self {
        Self { kind, target: None, choices: Vec::new() }
    }
}

/// Whether a field beside `name` names the model of its object.
fn is_generic(name: &str, siblings: &Schema) -> bool {
    ["type", "object_type"].iter().any(|end| siblings.property(&format!("{name}_{end}")).is_some())
}

/// The choices, and whether they are numbers. Null and the empty string are no choices, but the lack of one.
fn values(choices: &[Value]) -> (Vec<String>, bool) {
    let choices: Vec<_> = choices.iter().filter(|choice| !choice.is_null() && *choice != "").collect();
    let numbers = choices.iter().any(|choice| choice.is_number());
    let text = |choice: &&Value| choice.as_str().map_or_else(|| choice.to_string(), str::to_owned);
    (choices.iter().map(text).collect(), numbers)
}
