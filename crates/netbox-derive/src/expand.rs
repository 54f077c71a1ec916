//! The code that a checked model becomes.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;

use crate::{
    attr::Of,
    constants,
    declared::Declared,
    key::{Arity, Key},
    model::{Field, Model},
    part, routes, targets,
    tokens::at,
    write,
};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let Model { ident, said, .. } = model;
    let endpoint = match &said.of {
        Some(of) => {
            let model = &of.model;
            quote_spanned!(at(model)=> <#model as _netbox::Model>::ENDPOINT)
        }
        None => said.endpoint.to_token_stream(),
    };
    let fields = if model.is_closed() {
        let names = model.fields.iter().flat_map(|Field { declared, .. }| {
            let aliases = declared.serde.aliases.iter().map(LitStr::value);
            [declared.wire.clone()].into_iter().chain(aliases)
        });
        quote!(::core::option::Option::Some(&[#(#names),*]))
    } else {
        quote!(::core::option::Option::None)
    };
    let object_type = match (&said.object_type, &said.of) {
        (Some(object_type), _) => Some(quote!(::core::option::Option::Some(#object_type))),
        (None, Some(Of { model, .. })) => Some(quote!(<#model as _netbox::Model>::OBJECT_TYPE)),
        (None, None) => None,
    };
    let object_type = object_type
        .map(|object_type| quote!(const OBJECT_TYPE: ::core::option::Option<&'static str> = #object_type;));
    let write = write::expand(model);
    let targets = targets::expand(model);
    let routes = routes::expand(model);
    let part = part::expand(model);
    let id = model.id().map(|Declared { ident, ty, .. }| quote_spanned!(at(ty)=> self.#ident));
    with_members(
        model,
        &quote! {
            #[automatically_derived]
            impl _netbox::Model for #ident {
                const ENDPOINT: &'static str = #endpoint;
                const FIELDS: ::core::option::Option<&'static [&'static str]> = #fields;
                #object_type

                fn id(&self) -> u64 {
                    #id
                }

                fn write(&self, form: &mut _netbox::patch::Form) {
                    #write
                }
            }

            #routes
            #targets
            #part
        },
    )
}

/// `implementation`, and beside it the constants and methods that are named for the fields.
pub(crate) fn with_members(model: &Model, implementation: &TokenStream) -> TokenStream {
    let Model { ident, krate, fields, .. } = model;
    let constants = constants::expand(model);
    let accessors = fields.iter().filter_map(|field| accessor(&field.declared));
    quote! {
        #[doc(hidden)]
        const _: () = {
            use #krate as _netbox;

            #implementation
            #constants

            #[automatically_derived]
            #[allow(dead_code)]
            impl #ident {
                #(#accessors)*
            }
        };
    }
}

fn accessor(field: &Declared) -> Option<TokenStream> {
    let Key { target, arity } = field.key()?;
    let Declared { vis, ident, wire, .. } = field;
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
    // The whole body is at the target's span, so that the compiler reports a target that is no model there, and once.
    let mut here = (*ident).clone();
    here.set_span(at(target));
    let body = quote_spanned!(at(target)=> _netbox::__private::objects(&self.#here, client));
    Some(quote_spanned! {at(ident)=>
        #[doc = #doc]
        #vis fn #ident<'netbox, __C: _netbox::Mode>(
            &'netbox self,
            client: &'netbox _netbox::Client<__C>,
        ) -> _netbox::Outcome<'netbox, __C, ::core::result::Result<#objects, _netbox::Error>> {
            #body
        }
    })
}
