//! From a checked model to code.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

use crate::model::{Arity, Field, Key, Model};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let Model { ident, krate, endpoint, .. } = model;
    let fields = if model.closed {
        let names = model.fields.iter().map(|field| &field.wire);
        quote!(::core::option::Option::Some(&[#(#names),*]))
    } else {
        quote!(::core::option::Option::None)
    };
    let object_type = model.object_type.iter().map(|object_type| {
        quote! {
            const OBJECT_TYPE: ::core::option::Option<&'static str> = ::core::option::Option::Some(#object_type);
        }
    });
    let id = model.fields.iter().filter(|field| field.wire == "id").map(|field| field.ident);
    let constants = model.fields.iter().map(|field| constant(ident, field));
    let accessors = model.fields.iter().filter_map(accessor);
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #krate as _netbox;

            #[automatically_derived]
            impl _netbox::Model for #ident {
                const ENDPOINT: &'static str = #endpoint;
                const FIELDS: ::core::option::Option<&'static [&'static str]> = #fields;
                #(#object_type)*

                fn id(&self) -> u64 {
                    #(self.#id)*
                }
            }

            #[automatically_derived]
            #[allow(dead_code)]
            impl #ident {
                #(#constants)*
                #(#accessors)*
            }
        };
    }
}

fn constant(model: &Ident, field: &Field) -> TokenStream {
    let Field { vis, ident, ty, wire, .. } = field;
    let name = format_ident!("{}", ident.unraw().to_string().to_uppercase(), span = ident.span());
    let doc = format!("The field `{wire}`.");
    let filter = filter_name(field).map(|filter| quote!(.filtered_as(#filter)));
    quote_spanned! {ident.span()=>
        #[doc = #doc]
        #vis const #name: _netbox::Field<#model, #ty> =
            _netbox::Field::new(#wire, |model: &#model| &model.#ident) #filter;
    }
}

/// What the field is filtered by, if not by its own name. To-many fields are filtered in the singular.
fn filter_name(field: &Field) -> Option<String> {
    match (&field.filter, &field.key) {
        (Some(filter), _) => Some(filter.value()),
        (None, Some(Key { arity: Arity::Many, .. })) => field.wire.strip_suffix('s').map(str::to_owned),
        _ => None,
    }
}

fn accessor(field: &Field) -> Option<TokenStream> {
    let Key { target, arity } = field.key.as_ref()?;
    let Field { vis, ident, wire, .. } = field;
    let (objects, doc) = match arity {
        Arity::One => (quote!(&'netbox #target), format!("The object that `{wire}` refers to")),
        Arity::Optional => (
            quote!(::core::option::Option<&'netbox #target>),
            format!("The object that `{wire}` refers to, if it refers to one"),
        ),
        Arity::Many => {
            let doc = format!("The objects that `{wire}` refers to");
            (quote!(_netbox::__private::Vec<&'netbox #target>), doc)
        }
    };
    let doc = format!("{doc}, fetched through `client` unless here already.");
    // Spanned, so that a target that is no model is reported at the field's type.
    let body = quote_spanned!(target.span()=> _netbox::ForeignKeys::objects(&self.#ident, client));
    Some(quote_spanned! {ident.span()=>
        #[doc = #doc]
        #vis fn #ident<'netbox, __T: _netbox::Transport>(
            &'netbox self,
            client: &'netbox _netbox::Client<__T>,
        ) -> _netbox::Outcome<'netbox, __T, ::core::result::Result<#objects, _netbox::Error>> {
            #body
        }
    })
}
