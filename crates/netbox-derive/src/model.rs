//! What was declared, gathered; knows nothing of the code that is made of it.

use syn::{
    Data, DeriveInput, Error, Fields, GenericArgument, Ident, LitStr, Path, PathArguments, Result, Type,
    Visibility, ext::IdentExt, spanned::Spanned,
};

use crate::{attr, check, errors::Errors};

pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) krate: Path,
    pub(crate) endpoint: LitStr,
    pub(crate) object_type: Option<LitStr>,
    pub(crate) fields: Vec<Field<'a>>,
    /// Whether the fields are all that is read.
    pub(crate) closed: bool,
}

/// A field that has a name in NetBox's JSON.
pub(crate) struct Field<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) wire: String,
    pub(crate) filter: Option<LitStr>,
    pub(crate) key: Option<Key<'a>>,
}

/// What an `#[fk]` field refers to, and how often.
pub(crate) struct Key<'a> {
    pub(crate) target: &'a Type,
    pub(crate) arity: Arity,
}

#[derive(Clone, Copy)]
pub(crate) enum Arity {
    One,
    Optional,
    Many,
}

impl<'a> Model<'a> {
    pub(crate) fn parse(input: &'a DeriveInput) -> Result<Self> {
        let mut errors = Errors::default();
        let container = attr::Container::parse(&input.attrs, &mut errors);
        let serde = attr::Serde::parse(&input.attrs);
        let declared = errors.note(named_fields(input)).unwrap_or_default();
        let mut closed = !serde.other_form;
        let mut fields = Vec::new();
        for field in declared {
            let of_serde = attr::Serde::parse(&field.attrs);
            let Some(ident) = &field.ident else { continue };
            let of_netbox = attr::Field::parse(&field.attrs, &mut errors);
            closed &= !of_serde.flatten;
            if of_serde.flatten || of_serde.skip {
                if of_netbox.fk {
                    errors.at(ident, "a field that serde flattens or skips can't be a foreign key");
                }
                continue;
            }
            let own = ident.unraw().to_string();
            let wire = match (of_serde.rename, serde.rename_all) {
                (Some(name), _) => name.value(),
                (None, Some(case)) => case.apply(&own),
                (None, None) => own,
            };
            let key = of_netbox.fk.then(|| key(&field.ty, &mut errors)).flatten();
            fields.push(Field { vis: &field.vis, ident, ty: &field.ty, wire, filter: of_netbox.filter, key });
        }
        check::generics(&input.generics, &mut errors);
        check::id(input, &fields, &mut errors);
        let endpoint = check::endpoint(input, container.endpoint.as_ref(), &mut errors);
        let object_type = check::object_type(container.object_type.as_ref(), &mut errors);
        let krate = container.krate();
        errors.finish(Self { ident: &input.ident, krate, endpoint, object_type, fields, closed })
    }
}

fn named_fields(input: &DeriveInput) -> Result<Vec<&syn::Field>> {
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => Ok(data.fields.iter().collect()),
        _ => Err(Error::new(
            input.ident.span(),
            "NetboxModel can only be derived for structs with named fields",
        )),
    }
}

fn key<'a>(ty: &'a Type, errors: &mut Errors) -> Option<Key<'a>> {
    let one = |ty| argument_of(ty, "Fk");
    let found = one(ty)
        .map(|target| Key { target, arity: Arity::One })
        .or_else(|| Some(Key { target: one(argument_of(ty, "Option")?)?, arity: Arity::Optional }))
        .or_else(|| Some(Key { target: one(argument_of(ty, "Vec")?)?, arity: Arity::Many }));
    if found.is_none() {
        let message = if mentions(ty, "GenericFk") {
            "a `GenericFk` has no one target: leave `#[fk]` out, and ask it with `resolve::<Model, _>(&client)`"
        } else {
            "`#[fk]` needs a field of type `Fk<M>`, `Option<Fk<M>>` or `Vec<Fk<M>>`"
        };
        errors.push(Error::new(ty.span(), message));
    }
    found
}

/// `A` of `Name<A>`, wherever `Name` is.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn mentions(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == name)
        || ["Option", "Vec"]
            .iter()
            .filter_map(|outer| argument_of(ty, outer))
            .any(|inner| mentions(inner, name))
}
