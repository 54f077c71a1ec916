//! `#[derive(NetboxModel)]`; `netbox-core` and `netbox-client` re-export it.
//!
//! A struct becomes code in four steps. `attr` reads its attributes, and `declared` a field with them. `check` refuses
//! declarations that are wrong in themselves, and `schema` those that NetBox doesn't have. `model` runs these steps and
//! keeps their results. `expand` writes the code, with `write` for writing objects, `targets` for the endpoints that
//! keys refer to and `routes` for the routes below an object; `fallback` stands in for a struct that was refused.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod attr;
mod case;
mod check;
mod constants;
mod declared;
mod dependency;
mod errors;
mod expand;
mod fallback;
mod filter;
mod key;
mod model;
mod nearest;
mod part;
mod routes;
mod schema;
mod shape;
mod targets;
mod tokens;
mod write;

use errors::Errors;
use model::Model;

#[doc = include_str!("netbox_model.md")]
#[proc_macro_derive(NetboxModel, attributes(netbox, fk))]
pub fn netbox_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, "netbox_core")
}

// For programs that depend on `netbox-client`, which re-exports it as `NetboxModel`. The examples are those of the other.
#[cfg_attr(not(doctest), doc = include_str!("netbox_model.md"))]
#[proc_macro_derive(NetboxClientModel, attributes(netbox, fk))]
pub fn netbox_client_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input, "netbox_client")
}

/// The code for `input`, which refers to the crate `krate` unless `input` says another.
fn derive(input: &DeriveInput, krate: &str) -> TokenStream {
    let mut errors = Errors::default();
    let model = Model::gather(input, krate, &mut errors);
    if model.said.krate.is_none()
        && let Some(error) = dependency::missing(krate, model.ident)
    {
        return error.into_compile_error().into();
    }
    match errors.finish() {
        Ok(()) => expand::expand(&model),
        Err(errors) => fallback::expand(&model, &errors),
    }
    .into()
}

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
