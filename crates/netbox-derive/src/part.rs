//! A struct as some fields of another model.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    declared::Declared,
    key::{Key, holds_generic},
    model::Model,
};

/// Says of which model these are some fields, and finds the references by the names that that model has for them.
pub(crate) fn expand(model: &Model) -> Option<TokenStream> {
    let of = &model.said.of.as_ref()?.model;
    let ident = model.ident;
    let declared = model.fields.iter().map(|field| &field.declared);
    let keys: Vec<_> =
        declared.filter(|field| Key::of(field.ty).is_some() || holds_generic(field.ty)).collect();
    let names = keys.iter().map(|Declared { wire, .. }| wire);
    let fields = keys.iter().map(|Declared { ident, .. }| ident);
    Some(quote! {
        #[automatically_derived]
        impl _netbox::query::PartOf<#of> for #ident {
            fn cell(&self, name: &str) -> ::core::option::Option<&(dyn ::core::any::Any + ::core::marker::Send + ::core::marker::Sync)> {
                match name {
                    #(#names => ::core::option::Option::Some(&self.#fields),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}
