//! Assertions that keys refer to models of the right endpoints.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use crate::{
    model::{Field, Model},
    schema::Known,
    shape::Shape,
    tokens::{at, named, spelt},
};

/// A constant for each key, which is an error at the model that the key names if that model is another endpoint's. A
/// macro sees one struct alone, and the compiler both.
pub(crate) fn expand(model: &Model) -> TokenStream {
    let assertions: Vec<_> = model.fields.iter().filter_map(|field| assertion(model, field)).collect();
    if assertions.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(unused_imports)]
        use _netbox::__private::NoTarget as _;
        #(#assertions)*
    }
}

fn assertion(model: &Model, Field { declared, known, .. }: &Field) -> Option<TokenStream> {
    let endpoints = known.as_ref().map(Known::targets).filter(|endpoints| !endpoints.is_empty())?;
    let (ty, holder, what) = match Shape::of(declared.ty).target() {
        Some(target) => (target, quote!(Target), "a model"),
        // Only the compiler knows whether another type is a key. A function may read any type.
        None if declared.serde.deserialize_with.is_none() => (declared.ty, quote!(TargetBehind), "a key"),
        None => return None,
    };
    let message = format!(
        "`{}` in {} refers to {}: `{}` is {what} of another endpoint",
        declared.wire,
        model.said.endpoint.as_ref()?.value(),
        endpoints.join(" or "),
        spelt(ty),
    );
    let span = at(ty);
    let ty = named(ty.to_token_stream(), model.ident);
    let compared = quote_spanned! {span=>
        if !_netbox::__private::is_one_of(_netbox::__private::#holder::<#ty>::ENDPOINT, &[#(#endpoints),*]) {
            ::core::panic!(#message);
        }
    };
    // The constant is not at the type: the compiler would report a missing type once more, with advice on it.
    Some(quote!(const _: () = { #compared };))
}
