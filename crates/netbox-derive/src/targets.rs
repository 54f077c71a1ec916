//! Whether keys refer to models of the right endpoints.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use crate::{
    expand::at,
    model::{Field, Model, Refers, Target},
    schema::spelt,
    write::named,
};

/// A constant for each key, which is an error at the model that it names if that is another endpoint's. A macro sees
/// one struct alone, and the compiler both.
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

fn assertion(model: &Model, field: &Field) -> Option<TokenStream> {
    let Refers { target, endpoints } = field.refers.as_ref()?;
    let (ty, holder) = match target {
        Target::Model(ty) => (ty, quote!(Target)),
        Target::Behind(ty) => (ty, quote!(TargetBehind)),
    };
    let message = format!(
        "`{}` in {} refers to {}: `{}` is {} of another endpoint",
        field.wire,
        model.endpoint.as_ref()?.value(),
        endpoints.join(" or "),
        spelt(ty),
        if matches!(target, Target::Model(_)) { "a model" } else { "a key" },
    );
    let span = at(ty);
    let ty = named(ty.to_token_stream(), model.ident);
    let compared = quote_spanned! {span=>
        if !_netbox::__private::is_one_of(_netbox::__private::#holder::<#ty>::ENDPOINT, &[#(#endpoints),*]) {
            ::core::panic!(#message);
        }
    };
    // The constant is not at the type: the compiler would tell of a type that there isn't once more, with advice on it.
    Some(quote!(const _: () = { #compared };))
}
