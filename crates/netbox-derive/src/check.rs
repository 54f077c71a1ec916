//! What a model can't be, told where it says so and with what to do.

use proc_macro2::Span;
use quote::quote;
use syn::{DeriveInput, Generics, LitStr, Type};

use crate::{errors::Errors, model::Field};

pub(crate) fn generics(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        errors.at(
            &generics.params,
            "a NetboxModel can't be generic: which fields are asked for must be known for the struct itself",
        );
    }
}

pub(crate) fn id(input: &DeriveInput, fields: &[Field], errors: &mut Errors) {
    match fields.iter().find(|field| field.wire == "id") {
        Some(field) if !is_u64(field.ty) => {
            errors.at(field.ty, "the id must be a `u64`");
        }
        None if !fields.is_empty() => errors.at(&input.ident, "a NetboxModel needs a field `id: u64`"),
        _ => {}
    }
}

pub(crate) fn endpoint(input: &DeriveInput, endpoint: Option<&LitStr>, errors: &mut Errors) -> LitStr {
    let Some(endpoint) = endpoint else {
        errors.at(&input.ident, r#"where does it live? Add `#[netbox(endpoint = "app/models")]`"#);
        return LitStr::new("", Span::call_site());
    };
    let path = endpoint.value();
    if path.starts_with("api/") || !path.contains('/') || !path.split('/').all(is_slug) {
        errors.at(endpoint, r#"expected a path such as "dcim/devices", without `api` and outer slashes"#);
    }
    endpoint.clone()
}

pub(crate) fn object_type(object_type: Option<&LitStr>, errors: &mut Errors) -> Option<LitStr> {
    let object_type = object_type?;
    let value = object_type.value();
    let sound = value.split_once('.').is_some_and(|(app, model)| {
        [app, model].iter().all(|part| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        })
    });
    if !sound {
        errors.at(object_type, r#"expected a type such as "dcim.device", in lower case"#);
    }
    Some(object_type.clone())
}

fn is_u64(ty: &Type) -> bool {
    quote!(#ty).to_string().rsplit(' ').next() == Some("u64")
}

fn is_slug(part: &str) -> bool {
    !part.is_empty()
        && part
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}
