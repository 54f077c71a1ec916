//! A field as it was declared, before anything is checked.

use syn::{Ident, Type, Visibility, ext::IdentExt};

use crate::{attr, errors::Errors, key::Key};

/// A field with its attributes read.
pub(crate) struct Declared<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// The name that serde reads the field by.
    pub(crate) wire: String,
    pub(crate) said: attr::Field,
    pub(crate) serde: attr::Serde,
}

impl<'a> Declared<'a> {
    /// Reads a field of a struct that has the attributes `of_struct`. Returns `None` for a field without a name.
    pub(crate) fn read(field: &'a syn::Field, of_struct: &attr::Serde, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let said = attr::Field::parse(&field.attrs, errors);
        let mut serde = attr::Serde::parse(&field.attrs);
        let of_struct_absent = || of_struct.default.clone().map(|whole| attr::Absent::Whole(Box::new(whole)));
        serde.default = serde.default.or_else(of_struct_absent);
        let wire = match (&serde.rename, of_struct.rename_all) {
            (Some(name), _) => name.value(),
            (None, Some(case)) => case.apply(&ident.unraw().to_string()),
            (None, None) => ident.unraw().to_string(),
        };
        Some(Self { vis: &field.vis, ident, ty: &field.ty, wire, said, serde })
    }

    /// The foreign key that the field is, if its type is one by its name, and nothing says otherwise.
    pub(crate) fn key(&self) -> Option<Key<'a>> {
        if self.said.schema.unchecked && !self.said.fk { None } else { Key::of(self.ty) }
    }
}
