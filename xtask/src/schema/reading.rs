//! From an OpenAPI document to what it says.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};

use super::{
    document::{Document, Operation, Operations, Schema},
    facts::{DETAIL, Endpoint, Facts, Field, Filter, LIST},
    shape::{Models, Shapes},
    vocabulary::{Control, Kind, Lookup},
};

/// The facts that `document` states, right or wrong, without plugins and the route of the document itself.
pub(crate) fn read(document: &Document) -> anyhow::Result<Facts> {
    let mut paths: BTreeMap<String, BTreeMap<String, &Operations>> = BTreeMap::new();
    for (path, operations) in &document.paths {
        // A NetBox may be below a path of its own.
        let Some((_, path)) = path.split_once("/api/") else { continue };
        if path == "schema/" || path.starts_with("plugins/") {
            continue;
        }
        let (endpoint, route) = split(path);
        paths.entry(endpoint.to_owned()).or_default().insert(route.to_owned(), operations);
    }
    ensure!(!paths.is_empty(), "nothing in it is below /api/");
    let mut models = Models::default();
    for (path, routes) in &paths {
        // Others answer with the model of some list, as `dcim/connected-device` does with that of devices.
        let list = routes.get(LIST).filter(|list| page(list).is_some());
        if let Some(model) = list.and_then(|list| model(document, list)) {
            models.add(model, path);
        }
    }
    let shapes = Shapes::new(document, models);
    let mut facts = Facts::default();
    for (path, routes) in paths {
        let endpoint = endpoint(&shapes, &routes).with_context(|| path.clone())?;
        facts.endpoints.insert(path, endpoint);
    }
    Ok(facts)
}

/// The endpoint and the route of a path, which has a slash at its end.
fn split(path: &str) -> (&str, &str) {
    let path = path.trim_end_matches('/');
    match path.split_once("/{") {
        None => (path, LIST),
        Some((endpoint, rest)) => match rest.split_once("}/") {
            None => (endpoint, DETAIL),
            Some((_, route)) => (endpoint, route),
        },
    }
}

fn endpoint(shapes: &Shapes<'_>, routes: &BTreeMap<String, &Operations>) -> anyhow::Result<Endpoint> {
    let mut endpoint = Endpoint::default();
    for (route, operations) in routes {
        let methods = operations.by_method().map(|(method, _)| method).collect();
        endpoint.routes.insert(route.clone(), methods);
    }
    let Some(list) = routes.get(LIST) else { return Ok(endpoint) };
    if let Some(get) = &list.get {
        parameters(get, &mut endpoint)?;
    }
    let read = model(shapes.document, list).map(|name| shapes.document.schema(name)).transpose()?;
    let write = list.post.as_ref().or(list.put.as_ref()).and_then(Operation::request);
    let write = write.and_then(one).map(|name| shapes.document.schema(name)).transpose()?;
    let nested = model(shapes.document, list).and_then(|model| shapes.nested_form(model));
    if let Some(read) = read {
        for (name, schema) in &read.properties.0 {
            let mut field = field(shapes, name, schema, read)?;
            let written = write.and_then(|write| write.property(name));
            field.writable = written.is_some();
            field.nullable = schema.nullable;
            field.nested = nested.is_some_and(|nested| nested.property(name).is_some());
            if written.is_some_and(|schema| schema.format.as_deref() == Some("binary")) {
                field.kind = Kind::File;
            }
            endpoint.fields.push(field);
        }
    }
    if let Some(write) = write {
        for (name, schema) in &write.properties.0 {
            if endpoint.field(name).is_none() {
                endpoint.fields.push(Field { readable: false, ..field(shapes, name, schema, write)? });
            }
        }
        for field in &mut endpoint.fields {
            field.required = list.post.is_some() && write.required.contains(&field.name);
        }
    }
    Ok(endpoint)
}

fn field(shapes: &Shapes<'_>, name: &str, schema: &Schema, siblings: &Schema) -> anyhow::Result<Field> {
    let shape = shapes.shape(schema, name, siblings).with_context(|| format!("the field `{name}`"))?;
    Ok(Field { target: shape.target, choices: shape.choices, ..Field::new(name, shape.kind) })
}

/// The name of the schema of what a list has, of what is there alone, or of what a POST answers.
fn model<'d>(document: &'d Document, list: &'d Operations) -> Option<&'d str> {
    match page(list) {
        Some(page) => one(document.schema(page).ok()?.property("results")?),
        None => one(list.get.as_ref().or(list.post.as_ref())?.response()?),
    }
}

/// The name of the schema of a page, if it lists by the page.
fn page(list: &Operations) -> Option<&str> {
    let answer = list.get.as_ref()?.response()?.reference()?;
    answer.starts_with("Paginated").then_some(answer)
}

/// The name of the schema of one, where one or several are taken.
fn one(schema: &Schema) -> Option<&str> {
    let one = schema.one_of.first().unwrap_or(schema);
    one.items.as_deref().unwrap_or(one).reference()
}

fn parameters(get: &Operation, endpoint: &mut Endpoint) -> anyhow::Result<()> {
    for parameter in get.parameters.iter().filter(|parameter| parameter.place == "query") {
        let (name, schema) = (&*parameter.name, &parameter.schema);
        // A control is one value: ranges of ASNs were filtered by several `start`s before lists had a cursor of that name.
        let control = Control::ALL.iter().find(|control| control.name() == name && schema.items.is_none());
        if let Some(control) = control {
            endpoint.controls.insert(*control);
            continue;
        }
        let (base, suffix) = name.rsplit_once("__").unwrap_or((name, ""));
        let Some(lookup) = Lookup::ALL.iter().copied().find(|lookup| lookup.suffix() == suffix) else {
            bail!("the parameter `{name}` ends in a lookup that is not known yet");
        };
        let kind = parameter_kind(schema.items.as_deref().unwrap_or(schema));
        let repeatable = schema.items.is_some();
        let filter = endpoint.filters.entry(base.to_owned()).or_insert_with(|| Filter {
            kind,
            repeatable,
            lookups: [].into(),
        });
        // The type that `__empty` takes says nothing about the other lookups, and the type that the name alone takes
        // says most.
        let only_empty = filter.lookups.iter().all(|lookup| *lookup == Lookup::Empty);
        if lookup == Lookup::Exact || lookup != Lookup::Empty && only_empty {
            (filter.kind, filter.repeatable) = (kind, repeatable);
        }
        filter.lookups.insert(lookup);
    }
    Ok(())
}

fn parameter_kind(schema: &Schema) -> Kind {
    let is_choice = schema.choices.is_some() || schema.choices_id.is_some();
    match (schema.kind.as_deref(), schema.format.as_deref()) {
        (Some("integer"), _) if is_choice => Kind::BareIntegerChoice,
        (_, _) if is_choice => Kind::BareChoice,
        (Some("integer"), _) => Kind::Integer,
        (Some("number"), _) => Kind::Number,
        (Some("boolean"), _) => Kind::Boolean,
        (_, Some("date")) => Kind::Date,
        (_, Some("date-time")) => Kind::DateTime,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests;
