//! The way in which an object goes out: the body of `Model::write`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::{
    attr, constants,
    declared::Declared,
    key::{Arity, Key, holds_generic, is_generic},
    model::{Field, Model},
    tokens::{at, named},
};

/// The way in which a field goes out.
pub(crate) enum Written {
    /// Never.
    ReadOnly,
    /// As serde writes it.
    Plain,
    /// As a type and an id, by the names that begin with this one.
    Generic(String),
    /// As the plugin custom-objects takes references to objects of several types.
    Polymorphic,
    /// The declaration does not say how.
    Unsaid,
}

impl Written {
    /// Follows the declaration, and where that says nothing, the schema and NetBox's habits.
    pub(crate) fn of(Field { declared, known, of_custom_object, of }: &Field) -> Self {
        let Declared { ty, wire, said, serde, .. } = declared;
        if said.read_only {
            return Self::ReadOnly;
        }
        if *of_custom_object && holds_generic(ty) && serde.serialize_with.is_none() {
            return Self::Polymorphic;
        }
        let generic = is_generic(ty) && serde.serialize_with.is_none();
        match (Self::by_serde(serde), &said.write, known) {
            (Self::Plain | Self::Unsaid, Some(name), _) => Self::Generic(name.value()),
            (Self::Plain, None, Some(known)) if generic => {
                known.written_as().map_or(Self::ReadOnly, Self::Generic)
            }
            (_, None, Some(known)) if known.is_read_only() => Self::ReadOnly,
            (_, None, None) if of.is_none() && netbox_schema::is_read_only_name(wire) => Self::ReadOnly,
            (Self::Plain, None, None) if generic => Self::Generic(wire.clone()),
            (written, _, _) => written,
        }
    }

    /// Follows serde's attributes alone.
    fn by_serde(serde: &attr::Serde) -> Self {
        if serde.skip_serializing {
            Self::ReadOnly
        } else if serde.deserialize_with.is_some() && serde.serialize_with.is_none() {
            Self::Unsaid
        } else {
            Self::Plain
        }
    }
}

pub(crate) fn expand(model: &Model) -> TokenStream {
    if model.other_form {
        let why = format!(
            "`{}` is read from another type, so that it is not known how it is written: implement `Model` by hand",
            model.ident
        );
        return quote!(form.refuse(#why););
    }
    let flattened = model.flattened.iter().map(|declared| flattened(model.ident, declared));
    let fields = model.fields.iter().map(|one| like(model.ident, one));
    // A field of its own goes before the one that a generic reference would write by the same name.
    let (generic, plain): (Vec<_>, Vec<_>) = fields.partition(|(generic, _)| *generic);
    let code = plain.into_iter().chain(generic).map(|(_, code)| code);
    quote! {
        #[allow(unused_imports)]
        use _netbox::__private::{ProbeSerialize as _, ProbeUnknown as _};
        #(#flattened)*
        #(#code)*
    }
}

/// The code for one field, and whether it is a generic reference; where another model has the same field, that says whether
/// it is written at all.
fn like(model: &Ident, one: &Field) -> (bool, TokenStream) {
    let (generic, code) = field(model, one);
    if one.of.is_none() {
        return (generic, code);
    }
    let Declared { ident, wire, .. } = &one.declared;
    let (constant, probed) = (constants::name(ident), probed(model, &one.declared));
    let code = quote! {
        if Self::#constant.is_read_only() {
            _netbox::__private::put_read_only(form, #wire, #probed);
        } else if Self::#constant.is_polymorphic() {
            _netbox::__private::put_polymorphic(form, #wire, #probed);
        } else {
            #code
        }
    };
    (generic, code)
}

/// The code for one field, and whether it is a generic reference.
fn field(model: &Ident, field: &Field) -> (bool, TokenStream) {
    let Declared { ident, wire, serde, .. } = &field.declared;
    let probed = probed(model, &field.declared);
    match Written::of(field) {
        Written::ReadOnly => (false, quote!(_netbox::__private::put_read_only(form, #wire, #probed);)),
        Written::Polymorphic => (false, quote!(_netbox::__private::put_polymorphic(form, #wire, #probed);)),
        Written::Generic(name) => {
            let key = quote_spanned!(at(ident)=> _netbox::__private::GenericKey::key(&self.#ident));
            let name = if field.of.is_some() {
                let constant = constants::name(ident);
                quote!(Self::#constant.written_name())
            } else {
                name.into_token_stream()
            };
            (true, quote!(form.generic(#name, #key);))
        }
        Written::Plain => match field.declared.key() {
            Some(Key { arity: Arity::Many, .. }) if serde.serialize_with.is_none() => (
                false,
                quote_spanned!(at(ident)=> form.keys(#wire, _netbox::fk::ForeignKeys::keys(&self.#ident).map(_netbox::Fk::id));),
            ),
            _ => (false, quote!(_netbox::__private::put(form, #wire, #probed);)),
        },
        Written::Unsaid => {
            let why = format!("{}, or `#[netbox(read_only)]`", unsaid(wire));
            (false, quote!(form.refuse(#why);))
        }
    }
}

fn flattened(model: &Ident, declared: &Declared) -> TokenStream {
    let name = declared.ident.unraw().to_string();
    let probed = probed(model, declared);
    match Written::by_serde(&declared.serde) {
        Written::ReadOnly => quote!(_netbox::__private::put_read_only(form, #name, #probed);),
        Written::Unsaid => {
            let why = unsaid(&name);
            quote!(form.refuse(#why);)
        }
        Written::Plain | Written::Generic(_) | Written::Polymorphic => {
            quote!(_netbox::__private::put_flattened(form, #probed);)
        }
    }
}

fn unsaid(name: &str) -> String {
    format!(
        "how `{name}` is written is not said: it is read with `deserialize_with`, so give `serialize_with` too"
    )
}

/// The value that serde makes of a field.
fn probed(model: &Ident, Declared { ident, ty, serde, .. }: &Declared) -> TokenStream {
    let Some(function) = &serde.serialize_with else {
        return quote_spanned!(at(ident)=> (&_netbox::__private::Probe(&self.#ident)).probe());
    };
    // `Self` is another type in the impl below.
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
