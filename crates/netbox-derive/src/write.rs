//! How an object goes out: the body of `Model::write`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ExprPath, Type, ext::IdentExt};

use crate::{
    expand::at,
    model::{Arity, Field, Flattened, Key, Model, Written},
};

pub(crate) fn expand(model: &Model) -> TokenStream {
    if model.other_form {
        let why = format!(
            "`{}` is read from another type, so that it is not known how it is written: implement `Model` by hand",
            model.ident
        );
        return quote!(form.refuse(#why););
    }
    let flattened = model.flattened.iter().map(|part| flattened(model.ident, part));
    let fields = model.fields.iter().map(|one| field(model.ident, one));
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
fn field(model: &Ident, field: &Field) -> (bool, TokenStream) {
    let Field { ident, ty, wire, serialize_with, .. } = field;
    let probed = probed(model, ident, ty, serialize_with.as_ref());
    match &field.written {
        Written::ReadOnly => (false, quote!(form.probed_read_only(#wire, #probed);)),
        Written::Generic(name) => {
            let key = quote_spanned!(at(ident)=> _netbox::__private::GenericKey::key(&self.#ident));
            (true, quote!(form.generic(#name, #key);))
        }
        Written::Plain => match field.key {
            Some(Key { arity: Arity::Many, .. }) if serialize_with.is_none() => {
                (false, quote_spanned!(at(ident)=> form.keys(#wire, &self.#ident);))
            }
            _ => (false, quote!(form.probed(#wire, #probed);)),
        },
        Written::Unsaid => {
            let why = format!("{}, or `#[netbox(read_only)]`", unsaid(wire));
            (false, quote!(form.refuse(#why);))
        }
    }
}

fn flattened(model: &Ident, field: &Flattened) -> TokenStream {
    let Flattened { ident, ty, serialize_with, .. } = field;
    let name = ident.unraw().to_string();
    let probed = probed(model, ident, ty, serialize_with.as_ref());
    match field.written {
        Written::ReadOnly => quote!(form.probed_read_only(#name, #probed);),
        Written::Unsaid => {
            let why = unsaid(&name);
            quote!(form.refuse(#why);)
        }
        Written::Plain | Written::Generic(_) => quote!(form.flattened(#probed);),
    }
}

fn unsaid(name: &str) -> String {
    format!(
        "how `{name}` is written is not said: it is read with `deserialize_with`, so give `serialize_with` too"
    )
}

/// What serde makes of a field's value.
fn probed(model: &Ident, ident: &Ident, ty: &Type, serialize_with: Option<&ExprPath>) -> TokenStream {
    let Some(function) = serialize_with else {
        return quote_spanned!(at(ident)=> (&_netbox::__private::Probe(&self.#ident)).probe());
    };
    // In the impl below, `Self` is another.
    let ty = named(ty.to_token_stream(), model);
    let function = named(function.to_token_stream(), model);
    quote_spanned! {at(ident)=> {
        struct __Written<'netbox>(&'netbox #ty);
        impl _netbox::__private::serde::Serialize for __Written<'_> {
            fn serialize<__S: _netbox::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #function(self.0, serializer)
            }
        }
        (&_netbox::__private::Probe(&__Written(&self.#ident))).probe()
    }}
}

/// `tokens` with the name of the model in place of `Self`.
pub(crate) fn named(tokens: TokenStream, model: &Ident) -> TokenStream {
    let named = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let mut name = model.clone();
            name.set_span(ident.span());
            name.into()
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), named(group.stream(), model));
            inner.set_span(group.span());
            inner.into()
        }
        other => other,
    });
    named.collect()
}
