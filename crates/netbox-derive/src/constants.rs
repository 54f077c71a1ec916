//! The constants that are named for the fields.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::{
    attr::Absent,
    declared::Declared,
    filter::Filter,
    key::Key,
    model::{Field, Model},
    shape::Shape,
    tokens::{at, named},
    write::Written,
};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let Model { ident, fields, .. } = model;
    // A struct that is read as another type has no fields to be read.
    let read = fields.iter().filter(|_| !model.other_form);
    let readers = read.filter_map(|field| reader(ident, &field.declared));
    let constants = fields.iter().map(|field| constant(model, field));
    // A constant that nobody uses is not evaluated, and so not checked.
    let compared = fields.iter().filter(|field| field.of.is_some()).map(|field| {
        let (constant, mut model) = (name(field.declared.ident), (*ident).clone());
        model.set_span(at(field.declared.ident));
        quote_spanned!(at(field.declared.ident)=> const _: () = { let _ = #model::#constant; };)
    });
    quote! {
        #(#readers)*
        #(#compared)*

        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            #(#constants)*
        }
    }
}

fn constant(model: &Model, field: &Field) -> TokenStream {
    let Declared { vis, ident, ty, wire, serde, .. } = &field.declared;
    let model_name = model.ident;
    let name = name(ident);
    let doc = format!("The field `{wire}`.");
    let mut kind = quote!(_netbox::field::kind::Filtered);
    let filter = match Filter::of(field) {
        _ if field.of.is_some() => TokenStream::new(),
        Filter::Same => TokenStream::new(),
        Filter::Named(filter) => quote!(.filtered_as(#filter)),
        Filter::Absent => {
            kind = quote!(_netbox::field::kind::Unfiltered);
            quote!(.unfiltered())
        }
    };
    let written = match Written::of(field) {
        _ if field.of.is_some() => TokenStream::new(),
        Written::ReadOnly => quote!(.read_only()),
        Written::Polymorphic => quote!(.polymorphic()),
        Written::Generic(name) if name == *wire => quote!(.generic()),
        Written::Generic(name) => quote!(.generic().written_as(#name)),
        Written::Plain | Written::Unsaid => TokenStream::new(),
    };
    let aliases = (!serde.aliases.is_empty()).then(|| {
        let aliases = &serde.aliases;
        quote!(.also_read_as(&[#(#aliases),*]))
    });
    let absent = serde.default.as_ref().map(|default| {
        let value = absent(model_name, ident, ty, default);
        quote!(.or_else(|| #value))
    });
    let reader = if model.other_form {
        Some(quote!(_netbox::__private::OtherForm))
    } else {
        serde.deserialize_with.as_ref().map(|_| reader_name(ident).into_token_stream())
    };
    let read = reader.map(|reader| {
        kind = quote!(_netbox::__private::ReadBy<#kind, #reader>);
        quote!(.read_by::<#reader>())
    });
    // Where another model has the same field, the compiler reports a difference at the type.
    let place = if field.of.is_some() { at(ty) } else { at(ident) };
    let constant = quote_spanned! {place=>
        _netbox::field::Field::<#model_name, #ty>::new(#wire, |model| &model.#ident) #written #aliases #absent #filter
    };
    let constant = match &field.of {
        None => constant,
        Some(of) => {
            let whole = quote_spanned!(at(ident)=> <#of>::#name);
            let method =
                format_ident!("{}", if Key::of(ty).is_some() { "lent_key" } else { "lent" }, span = at(ty));
            let (by_function, optional) = (serde.deserialize_with.is_some(), Shape::of(ty).is_optional());
            quote_spanned!(at(ty)=> #whole.#method(#constant, #by_function, #optional))
        }
    };
    quote_spanned! {at(ident)=>
        #[doc = #doc]
        #vis const #name: _netbox::field::Field<#model_name, #ty, #kind> = #constant #read;
    }
}

pub(crate) fn name(field: &Ident) -> Ident {
    format_ident!("{}", field.unraw().to_string().to_uppercase(), span = field.span())
}

/// The value of a field that NetBox's JSON lacks.
fn absent(model: &Ident, field: &Ident, ty: &impl ToTokens, default: &Absent) -> TokenStream {
    match default {
        Absent::Default => quote!(<#ty as ::core::default::Default>::default()),
        Absent::By(function) => quote!(#function()),
        Absent::Whole(whole) => {
            let whole = absent(model, field, model, whole);
            quote_spanned!(at(field)=> { let whole: #model = #whole; whole.#field })
        }
    }
}

/// The type of the function that reads a field.
fn reader_name(field: &Ident) -> Ident {
    format_ident!("__Read{}", name(field))
}

/// The type of the function that reads the field, if there is one.
fn reader(model: &Ident, Declared { ident, ty, serde, .. }: &Declared) -> Option<TokenStream> {
    let function = serde.deserialize_with.as_ref()?;
    let name = reader_name(ident);
    // `Self` is another type in the impl below.
    let ty = named(ty.to_token_stream(), model);
    let function = named(function.to_token_stream(), model);
    Some(quote_spanned! {at(ident)=>
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        pub enum #name {}

        #[automatically_derived]
        impl _netbox::__private::Function<#ty> for #name {
            fn read<'de, __D: _netbox::__private::serde::Deserializer<'de>>(
                json: __D,
            ) -> ::core::result::Result<#ty, __D::Error> {
                #function(json)
            }
        }
    })
}
