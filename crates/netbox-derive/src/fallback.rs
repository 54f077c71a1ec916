//! The errors of a struct that can't be a model, with an impl nevertheless, so that code which uses the struct as a
//! model does not add errors of its own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Error;

use crate::{expand, model::Model};

pub(crate) fn expand(model: &Model, errors: &Error) -> TokenStream {
    let errors = errors.to_compile_error();
    if model.generic {
        return errors;
    }
    let ident = model.ident;
    let stand_in = quote! {
        #[automatically_derived]
        impl _netbox::Model for #ident {
            const ENDPOINT: &'static str = "";

            fn id(&self) -> u64 {
                0
            }
        }

        #[automatically_derived]
        impl _netbox::route::EveryRoute for #ident {}
    };
    let code = expand::with_members(model, &stand_in);
    quote!(#errors #code)
}
