//! The type and the attributes of a field.

use anyhow::{Context as _, bail, ensure};

use super::{EnumWords, Field, Merged, MergedField, Model, Words, choices, span, used};
use crate::{codegen::models::variant::pascal, schema::vocabulary::Kind};

pub(super) fn field(
    endpoint: &Merged,
    field: &MergedField,
    written_as: Option<&String>,
    words: &Words,
    model: &mut Model,
) -> anyhow::Result<Field> {
    let said = words.of_field(&endpoint.path, &field.name);
    let mut attributes = Vec::new();
    let mut key = |arity: &str, model: &mut Model| -> anyhow::Result<String> {
        let target = field.target.as_ref().context("where does it point to?")?;
        attributes.push("#[fk]".to_owned());
        Ok(arity.replace('M', &used(model, words, target)?))
    };
    let is_list = matches!(
        field.kind,
        Kind::Texts
            | Kind::Integers
            | Kind::BareChoices
            | Kind::ForeignKeys
            | Kind::Generics
            | Kind::GenericObjects
            | Kind::List
            | Kind::Object
    );
    let said_type = said.and_then(|said| said.ty.clone());
    ensure!(
        said_type.is_some() || field.kinds.len() == 1,
        "it has several forms, and fields.txt has no type for all"
    );
    let ty = match (said_type, field.kind) {
        (Some(ty), Kind::Integers) if !ty.starts_with("Vec<") => format!("Vec<{ty}>"),
        (Some(ty), _) => ty,
        (None, Kind::Text) if is_address(endpoint, field) => "IpPrefix".to_owned(),
        (None, Kind::Text | Kind::File) => "String".to_owned(),
        (None, Kind::Integer) => integer(&field.name).to_owned(),
        (None, Kind::Number) => "Decimal".to_owned(),
        (None, Kind::Boolean) => "bool".to_owned(),
        (None, Kind::Date) => "Date".to_owned(),
        (None, Kind::DateTime) => "Timestamp".to_owned(),
        (None, Kind::Choice | Kind::IntegerChoice | Kind::BareChoice | Kind::BareIntegerChoice) => {
            choice(endpoint, field, words, model)?
        }
        (None, Kind::BareChoices) => format!("Vec<{}>", choice(endpoint, field, words, model)?),
        (None, Kind::ForeignKey | Kind::BareKey) => key("Fk<M>", model)?,
        (None, Kind::ForeignKeys) => key("Vec<Fk<M>>", model)?,
        (None, Kind::Generic) => "GenericFk".to_owned(),
        (None, Kind::Generics | Kind::GenericObjects) => "Vec<GenericFk>".to_owned(),
        (None, Kind::Texts) => "Vec<String>".to_owned(),
        (None, Kind::Integers) => "Vec<u32>".to_owned(),
        (None, Kind::Json) => "Value".to_owned(),
        (None, Kind::Object) if field.name == "custom_fields" => "CustomFields".to_owned(),
        (None, kind) => bail!("what is a {kind}? Say it in fields.txt"),
    };
    let everywhere = field.readable == endpoint.versions;
    // Some documents say that a list of keys takes null; NetBox never sends null for one.
    let nullable = field.nullable && field.kind != Kind::ForeignKeys;
    let ty = if nullable || (!everywhere && !is_list) { format!("Option<{ty}>") } else { ty };
    if !everywhere && !ty.starts_with("Option<") {
        attributes.push("#[serde(default)]".to_owned());
    }
    if said.is_some_and(|said| said.or_nulls) {
        ensure!(everywhere && ty.starts_with("Option<Fk<"), "`or nulls` is for a key that all versions have");
        attributes.push("#[serde(deserialize_with = \"Fk::or_none\")]".to_owned());
    }
    let is_key = attributes.iter().any(|attribute| attribute == "#[fk]");
    let mut netbox = Vec::new();
    if let Some(name) = written_as {
        if *name != field.name {
            netbox.push(format!("write = {name:?}"));
        }
    } else if field.writable.is_empty() && !is_read_only_name(&field.name) {
        netbox.push("read_only".to_owned());
    }
    if let Some(filter) = said.and_then(|said| said.filter.as_deref()) {
        // The derive would refuse it, and this command is built with the models.
        ensure!(endpoint.filters.contains(filter), "there is no filter `{filter}`");
        netbox.push(format!("filter = {filter:?}"));
    }
    if !netbox.is_empty() {
        attributes.push(format!("#[netbox({})]", netbox.join(", ")));
    }
    // The one attribute that all others of a key follow.
    if is_key {
        attributes.sort_by_key(|attribute| attribute != "#[fk]");
    }
    let doc = [span(&field.readable, &endpoint.versions), said.and_then(|said| said.doc.clone())];
    let doc: Vec<String> = doc.into_iter().rev().flatten().collect();
    Ok(Field { name: field.name.clone(), ty, attributes, doc: (!doc.is_empty()).then(|| doc.join(" ")) })
}

/// The enum of a field's choices.
fn choice(
    endpoint: &Merged,
    field: &MergedField,
    words: &Words,
    model: &mut Model,
) -> anyhow::Result<String> {
    let key = format!("{}.{}", endpoint.path, field.name);
    let said = words.enums.iter().find(|of| of.fields.contains(&key));
    if let Some(EnumWords { app: Some(app), name, .. }) = said {
        model.uses.insert(name.clone(), app.clone());
        return Ok(name.clone());
    }
    let name =
        said.map_or_else(|| format!("{}{}", model.name, pascal(&field.name)), |said| said.name.clone());
    let doc = format!("The values of [`{}::{}`].", model.name, field.name);
    model.enums.push(choices(endpoint.app(), &name, doc, &[(endpoint, field)], said)?);
    Ok(name)
}

/// NetBox's numbers have 32 bits at most, but for ids and what it counts.
fn integer(name: &str) -> &'static str {
    let counts = name.ends_with("_count") || name.starts_with("count_");
    if name == "id" || name.ends_with("_id") || counts { "u64" } else { "u32" }
}

fn is_address(endpoint: &Merged, field: &MergedField) -> bool {
    endpoint.app() == "ipam" && ["address", "prefix", "start_address", "end_address"].contains(&&*field.name)
}

/// Whether the derive knows, without `#[netbox(read_only)]`, that NetBox ignores the field.
fn is_read_only_name(name: &str) -> bool {
    ["id", "url", "display", "display_url", "created", "last_updated"].contains(&name)
        || name.ends_with("_count")
        || name.starts_with('_')
}
