//! The objects that NetBox's answers refer to.

use netbox_schema::{Endpoint, Field, Kind, endpoint_of_type};
use serde_json::{Map, Value};

use crate::{generic::pair_of, server::Server};

/// An object, by the path of its endpoint and its id.
pub(crate) type Id = (String, u64);

/// The field of a tree's objects by which NetBox deletes them with the one above.
pub(crate) const PARENT: &str = "parent";

/// The objects that a field refers to; of a generic reference, the field with the object or the id says so.
pub(crate) fn references(
    schema: Endpoint,
    field: Field,
    fields: &Map<String, Value>,
    server: Server,
) -> Vec<Id> {
    let value = fields.get(field.name()).unwrap_or(&Value::Null);
    match server.kind(field) {
        Kind::ForeignKey | Kind::BareKey => target(field, value).into_iter().collect(),
        Kind::ForeignKeys => items(value).filter_map(|item| target(field, item)).collect(),
        Kind::GenericObjects => items(value).filter_map(end).collect(),
        Kind::Generic => linked(value).into_iter().collect(),
        Kind::List => items(value).filter_map(|item| member(field, item)).collect(),
        _ if pair_of(schema, field.name()).is_some_and(|pair| pair.id == field.name()) => {
            generic(schema, field.name(), fields).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The fields of an endpoint's objects that show others to which they refer.
pub(crate) fn referring(schema: Endpoint, server: Server) -> impl Iterator<Item = Field> {
    let is_reference = move |field: &Field| match server.kind(*field) {
        Kind::ForeignKey | Kind::BareKey | Kind::ForeignKeys | Kind::GenericObjects => {
            server.has(field.readable()) && server.has(field.writable())
        }
        Kind::Generic => server.has(field.readable()),
        _ => false,
    };
    schema.fields().filter(is_reference)
}

/// Whether NetBox deletes an object with the one to which the field refers, or does not delete that one.
pub(crate) fn is_owned_by(field: Field, server: Server) -> bool {
    field.name() == PARENT || server.has(field.required())
}

pub(crate) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The object that a key refers to.
pub(crate) fn target(field: Field, value: &Value) -> Option<Id> {
    let id = value.get("id").unwrap_or(value).as_u64()?;
    Some((field.target()?.path().to_owned(), id))
}

/// The object that an item of a list refers to.
pub(crate) fn member(field: Field, item: &Value) -> Option<Id> {
    target(field, item.get(field.name().strip_suffix('s')?)?)
}

/// The object at an end of a cable.
pub(crate) fn end(value: &Value) -> Option<Id> {
    of_type(value.get("object_type")?, value.get("object_id")?)
}

/// The object that a field of any type shows.
pub(crate) fn linked(value: &Value) -> Option<Id> {
    let (_, path) = value.get("url")?.as_str()?.split_once("/api/")?;
    let (path, id) = path.trim_matches('/').rsplit_once('/')?;
    Some((path.to_owned(), id.parse().ok()?))
}

/// The object that is the default of a custom field, or one of several.
pub(crate) fn related(fields: &Map<String, Value>, id: &Value) -> Option<Id> {
    of_type(fields.get("related_object_type")?, id)
}

/// The object that a generic reference refers to, by the name of one of its two fields.
pub(crate) fn generic(schema: Endpoint, part: &str, fields: &Map<String, Value>) -> Option<Id> {
    let pair = pair_of(schema, part)?;
    of_type(fields.get(pair.object_type)?, fields.get(pair.id)?)
}

fn of_type(object_type: &Value, id: &Value) -> Option<Id> {
    let path = endpoint_of_type(object_type.as_str()?)?.path();
    Some((path.to_owned(), id.as_u64()?))
}
