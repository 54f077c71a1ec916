//! Mistakes that a struct shows by itself, each reported at its place and with a remedy.

use syn::{Data, DeriveInput, Fields, Generics, Ident, LitStr, PathArguments, Type};

use crate::{
    attr,
    declared::Declared,
    errors::Errors,
    key::{holds_generic, is_generic},
    shape::segment,
};

/// Checks all but the fields.
pub(crate) fn container(input: &DeriveInput, said: &attr::Container, errors: &mut Errors) {
    match &said.of {
        Some(of) => part(said, of, errors),
        None => endpoint(input, said.endpoint.as_ref(), errors),
    }
    object_type(said.object_type.as_ref(), errors);
    generics(&input.generics, errors);
}

/// Tells what `input` is, which is no struct with named fields.
pub(crate) fn shape(input: &DeriveInput, errors: &mut Errors) {
    let what = match &input.data {
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
        Data::Struct(data) if matches!(data.fields, Fields::Unnamed(_)) => "a tuple struct",
        Data::Struct(_) => "a struct without fields",
    };
    let ident = &input.ident;
    errors.at(ident, format!("`{ident}` is {what}: a NetboxModel is a struct with named fields"));
}

/// Checks what stands on a field; of a struct `of` another model, that model says most of it.
pub(crate) fn field(field: &Declared, of: Option<&attr::Of>, errors: &mut Errors) {
    if let Some(of) = of
        && let Some(attribute) = attribute(&field.said).filter(|attribute| *attribute != "#[fk]")
    {
        let model = of.literal.value();
        errors.at(field.ident, format!("`{model}` says it of `{}`: leave `{attribute}` out", field.ident));
    } else if field.serde.flatten || field.serde.skip {
        unread(field, errors);
    } else {
        filter(&field.said, errors);
        write(field, errors);
        key(field, errors);
    }
}

/// Checks that the model has an id, and that the id may be a number.
pub(crate) fn id(model: &Ident, id: Option<&Declared>, errors: &mut Errors) {
    match id {
        None => errors.at(
            model,
            "a NetboxModel needs its id: add a field `id: u64`, which serde reads by the name `id`",
        ),
        Some(Declared { ty, .. }) if !may_be_u64(ty) => errors.at(ty, "the id of a NetboxModel is a `u64`"),
        Some(_) => {}
    }
}

/// Whether `path` has the form of a path below `/api/`.
pub(crate) fn is_endpoint(path: &str) -> bool {
    let is_slug = |part: &str| is_word(&part.replace('-', "_"));
    path.contains('/') && !path.starts_with("api/") && path.split('/').all(is_slug)
}

fn endpoint(input: &DeriveInput, endpoint: Option<&LitStr>, errors: &mut Errors) {
    let Some(literal) = endpoint else {
        // An attribute that is wrong may hold it.
        if errors.is_empty() {
            let message = r#"which objects are these? Add `#[netbox(endpoint = "app/models")]`"#;
            errors.at(&input.ident, message);
        }
        return;
    };
    let path = literal.value();
    if is_endpoint(&path) {
        return;
    }
    let below_api = path.strip_prefix("api/").or_else(|| Some(path.split_once("/api/")?.1));
    let meant = below_api.unwrap_or(&path).trim_matches('/').to_ascii_lowercase();
    let message = if is_endpoint(&meant) {
        format!("{path:?} is no endpoint: write {meant:?}, the path below `/api/`")
    } else {
        format!(r#"{path:?} is no endpoint: write a path below `/api/`, such as "dcim/devices""#)
    };
    errors.at(literal, message);
}

/// Refuses what the model says of which this has some fields.
fn part(said: &attr::Container, of: &attr::Of, errors: &mut Errors) {
    let model = of.literal.value();
    let mut refuse = |place: &LitStr, attribute| {
        errors.at(
            place,
            format!("`of` names the model, and `{model}` says its `{attribute}`: leave `{attribute}` out"),
        );
    };
    if let Some(endpoint) = &said.endpoint {
        refuse(endpoint, "endpoint");
    }
    if let Some(object_type) = &said.object_type {
        refuse(object_type, "object_type");
    }
    if said.schema.since.is_some() {
        refuse(&of.literal, "since");
    }
    if said.schema.unchecked {
        refuse(&of.literal, "unchecked");
    }
}

fn object_type(object_type: Option<&LitStr>, errors: &mut Errors) {
    let Some(literal) = object_type else { return };
    let value = literal.value();
    if !value.split_once('.').is_some_and(|(app, model)| is_word(app) && is_word(model)) {
        let message =
            format!(r#"{value:?} is no object type: write one such as "dcim.device", in lower case"#);
        errors.at(literal, message);
    }
}

fn generics(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.at(
            &generics.params,
            "a NetboxModel can't be generic: name the types, so that it is one type for the endpoint's objects",
        );
    }
}

fn filter(said: &attr::Field, errors: &mut Errors) {
    let Some(literal) = &said.filter else { return };
    let name = literal.value();
    let message = if !is_word(&name) {
        format!(r#"{name:?} is no filter: write a name such as "asn", in lower case"#)
    } else if let Some((bare, _)) = name.split_once("__") {
        format!("write {bare:?}: the lookups add what follows the `__` of {name:?}")
    } else if let Some(bare) = name.strip_suffix("_id").filter(|_| said.fk) {
        format!("write {bare:?}: the lookups of a foreign key add the `_id` of {name:?}")
    } else {
        return;
    };
    errors.at(literal, message);
}

fn write(Declared { ty, said, serde, .. }: &Declared, errors: &mut Errors) {
    let Some(literal) = &said.write else { return };
    let name = literal.value();
    let message = if said.read_only {
        "a field that is read-only is written by no name: leave `write` or `read_only` out"
    } else if serde.skip_serializing {
        "serde skips the field in writing: leave `write` out"
    } else if !is_generic(ty) {
        "only a `GenericFk` or an `Option<GenericFk>` is written by another name: leave `write` out"
    } else if serde.serialize_with.is_some() {
        "serde's `with` or `serialize_with` says how it is written: leave that or `write` out"
    } else if !is_word(&name) {
        &format!(
            r#"{name:?} is no name: write what stands before `_type` and `_id`, such as "parent_object""#
        )
    } else if let Some(bare) = name.strip_suffix("_type").or_else(|| name.strip_suffix("_id")) {
        &format!("write {bare:?}: `_type` and `_id` are added, and {name:?} has one of them")
    } else {
        return;
    };
    errors.at(literal, message);
}

/// Refuses `#[fk]` on a field of another type, and a foreign key without `#[fk]`.
fn key(field: &Declared, errors: &mut Errors) {
    match (field.said.fk, field.key()) {
        (true, None) if holds_generic(field.ty) => errors.at(
            field.ty,
            "a `GenericFk` has no one target: leave `#[fk]` out, and ask it with `resolve::<Model, _>(&client)`",
        ),
        (true, None) => {
            errors.at(field.ty, "`#[fk]` needs a field of type `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`");
        }
        (false, Some(_)) => {
            let ident = field.ident;
            let message = format!(
                "`{ident}` is a foreign key: write `#[fk]` before it, which makes `{ident}(&client)`, or \
                 `#[netbox(unchecked)]` to have no such method"
            );
            errors.at(field.ty, message);
        }
        (true, Some(_)) | (false, None) => {}
    }
}

/// Refuses attributes on a field that serde does not read by its name.
fn unread(Declared { ident, said, .. }: &Declared, errors: &mut Errors) {
    let Some(attribute) = attribute(said) else { return };
    errors.at(ident, format!("serde skips or flattens `{ident}`: leave `{attribute}` out"));
}

/// An attribute that stands on a field, `#[fk]` last.
fn attribute(said: &attr::Field) -> Option<&'static str> {
    Some(if said.filter.is_some() {
        "#[netbox(filter = …)]"
    } else if said.write.is_some() {
        "#[netbox(write = …)]"
    } else if said.read_only {
        "#[netbox(read_only)]"
    } else if said.schema.since.is_some() {
        "#[netbox(since = …)]"
    } else if said.schema.unchecked {
        "#[netbox(unchecked)]"
    } else if said.fk {
        "#[fk]"
    } else {
        return None;
    })
}

/// Whether `ty` is a `u64`, or a name of the user's own, which may be an alias of it. The compiler decides whether it
/// is one.
fn may_be_u64(ty: &Type) -> bool {
    segment(ty).is_some_and(|last| {
        let name = last.ident.to_string();
        let of_std = name == "String" || name.starts_with(|first: char| first.is_lowercase());
        matches!(last.arguments, PathArguments::None) && (name == "u64" || !of_std)
    })
}

fn is_word(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_part)
}
