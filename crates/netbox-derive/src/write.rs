//! How an object goes out: the body of `Model::write`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::{
    expand::at,
    model::{Arity, Field, Key, Model, Written},
};

pub(crate) fn expand(model: &Model) -> TokenStream {
    if model.other_form {
        let why = format!(
            "`{}` is read from another type, so that it is not known how it is written: implement `Model` by hand",
            model.ident
        );
        return quote!(form.refuse(#why););
    }
    let fields = model.fields.iter().map(field);
    let flattened = model.flattened.iter().map(|ident| {
        quote_spanned!(at(ident)=> form.flattened((&_netbox::__private::Probe(&self.#ident)).probe());)
    });
    // What is there by its own name goes before what a generic reference would write.
    let (generic, plain): (Vec<_>, Vec<_>) = fields.partition(|(generic, _)| *generic);
    let code = plain.into_iter().chain(generic).map(|(_, code)| code);
    quote! {
        #[allow(unused_imports)]
        use _netbox::__private::{ProbeSerialize as _, ProbeUnknown as _};
        #(#flattened)*
        #(#code)*
    }
}

/// The code for one field, and whether it is a generic reference.
fn field(field: &Field) -> (bool, TokenStream) {
    let Field { ident, ty, wire, .. } = field;
    let probe = quote_spanned!(at(ident)=> (&_netbox::__private::Probe(&self.#ident)).probe());
    match &field.written {
        Written::ReadOnly => (false, quote!(form.probed_read_only(#wire, #probe);)),
        Written::Generic(name) => {
            let key = quote_spanned!(at(ident)=> _netbox::__private::GenericKey::key(&self.#ident));
            (true, quote!(form.generic(#name, #key);))
        }
        Written::Plain => match field.key {
            Some(Key { arity: Arity::Many, .. }) => {
                (false, quote_spanned!(at(ident)=> form.keys(#wire, &self.#ident);))
            }
            _ => (false, quote!(form.probed(#wire, #probe);)),
        },
        Written::With(function) => {
            let code = quote_spanned! {at(ident)=> {
                struct Written<'netbox>(&'netbox #ty);
                impl _netbox::__private::serde::Serialize for Written<'_> {
                    fn serialize<__S: _netbox::__private::serde::Serializer>(
                        &self,
                        serializer: __S,
                    ) -> ::core::result::Result<__S::Ok, __S::Error> {
                        #function(self.0, serializer)
                    }
                }
                form.field(#wire, &Written(&self.#ident));
            }};
            (false, code)
        }
        Written::Unsaid => {
            let why = format!(
                "how `{wire}` is written is not said: it is read with `deserialize_with`, so give `serialize_with` too, or \
                 `#[netbox(read_only)]`"
            );
            (false, quote!(form.refuse(#why);))
        }
    }
}
