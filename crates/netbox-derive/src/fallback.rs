//! The errors of a struct that can't be a model, and an impl all the same, so that what uses the struct as a model
//! does not add errors of its own.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error};

use crate::{attr::Container, errors::Errors};

pub(crate) fn expand(input: &DeriveInput, errors: &Error) -> TokenStream {
    let errors = errors.to_compile_error();
    if !input.generics.params.is_empty() {
        return errors;
    }
    let ident = &input.ident;
    let krate = Container::parse(&input.attrs, &mut Errors::default()).krate();
    quote! {
        #errors

        #[automatically_derived]
        impl #krate::Model for #ident {
            const ENDPOINT: &'static str = "";

            fn id(&self) -> u64 {
                0
            }
        }
    }
}
