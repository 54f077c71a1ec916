//! The way from a struct to a model: reads it, checks it, and looks it up in NetBox's schema.

use netbox_schema::{Routes, custom_object_type};
use proc_macro2::Span;
use syn::{Data, DataStruct, DeriveInput, Fields, Ident, LitStr, Path, parse_quote};

use crate::{
    attr, check,
    declared::Declared,
    errors::Errors,
    schema::{Known, Schema},
};

/// A struct, as far as the macro could understand it.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) said: attr::Container,
    /// The crate whose items the code refers to: netbox-core, or one that re-exports it.
    pub(crate) krate: Path,
    /// Whether the struct has generic parameters.
    pub(crate) generic: bool,
    /// Whether serde reads the struct as another type.
    pub(crate) other_form: bool,
    pub(crate) fields: Vec<Field<'a>>,
    /// The fields that hold whatever else an object has.
    pub(crate) flattened: Vec<Declared<'a>>,
    /// The routes below an object, if the schema knows the endpoint.
    pub(crate) routes: Option<Routes>,
}

/// A field that has a name in NetBox's JSON, and the schema's knowledge of it.
pub(crate) struct Field<'a> {
    pub(crate) declared: Declared<'a>,
    pub(crate) known: Option<Known>,
    /// Whether the object is one of the plugin custom-objects, which takes generic references in a form of its own.
    pub(crate) of_custom_object: bool,
    /// The model that has the same field, if the struct has some fields of that model.
    pub(crate) of: Option<Path>,
}

impl<'a> Model<'a> {
    /// Gathers all that the macro can infer from `input`, and all its mistakes in `errors`. The code refers to `krate`
    /// unless the struct names another crate.
    pub(crate) fn gather(input: &'a DeriveInput, krate: &str, errors: &mut Errors) -> Self {
        let said = attr::Container::parse(&input.attrs, errors);
        let serde = attr::Serde::parse(&input.attrs);
        check::container(input, &said, errors);
        let schema = Schema::of(&said, errors);
        let mut model = Self {
            ident: &input.ident,
            krate: said.krate.clone().unwrap_or_else(|| {
                let krate = Ident::new(krate, Span::call_site());
                parse_quote!(::#krate)
            }),
            said,
            generic: !input.generics.params.is_empty(),
            other_form: serde.other_form,
            fields: Vec::new(),
            flattened: Vec::new(),
            routes: schema.as_ref().map(Schema::routes),
        };
        let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = &input.data else {
            check::shape(input, errors);
            return model;
        };
        let endpoint = model.said.endpoint.as_ref().map(LitStr::value);
        let of_custom_object = endpoint.is_some_and(|endpoint| custom_object_type(&endpoint).is_some());
        // The fields of a struct that is read as another type are none of NetBox's.
        let schema = schema.filter(|_| !serde.other_form);
        for field in &fields.named {
            let before = errors.len();
            let Some(declared) = Declared::read(field, &serde, errors) else { continue };
            check::field(&declared, model.said.of.as_ref(), errors);
            if declared.serde.skip {
                continue;
            }
            if declared.serde.flatten {
                model.flattened.push(declared);
                continue;
            }
            // A field that is wrong in itself is not compared.
            let schema = schema.as_ref().filter(|_| errors.len() == before);
            let known = schema.and_then(|schema| schema.field(&declared, errors));
            let of = model.said.of.as_ref().map(|of| of.model.clone());
            model.fields.push(Field { declared, known, of_custom_object, of });
        }
        check::id(&input.ident, model.id(), errors);
        model
    }

    /// Whether serde reads the fields and nothing else.
    pub(crate) fn is_closed(&self) -> bool {
        !self.other_form && self.flattened.is_empty()
    }

    /// The field that holds the id.
    pub(crate) fn id(&self) -> Option<&Declared<'a>> {
        self.fields.iter().map(|field| &field.declared).find(|declared| declared.wire == "id")
    }
}
