//! What was declared, gathered; knows nothing of the code that is made of it.

use netbox_schema::Routes;
use syn::{
    Data, DataStruct, DeriveInput, ExprPath, Fields, GenericArgument, Ident, LitStr, Path, PathArguments,
    Type, Visibility, ext::IdentExt, punctuated,
};

use crate::{
    attr, check,
    errors::Errors,
    filter,
    schema::{Declared, Known, Schema},
    shape::Shape,
};

/// A struct, as far as it could be understood.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) krate: Path,
    pub(crate) endpoint: Option<LitStr>,
    pub(crate) object_type: Option<LitStr>,
    pub(crate) generic: bool,
    pub(crate) fields: Vec<Field<'a>>,
    /// Those that hold whatever else there is.
    pub(crate) flattened: Vec<Flattened<'a>>,
    /// It is read as another type.
    pub(crate) other_form: bool,
    /// What is below its objects, if that is known.
    pub(crate) routes: Option<Routes>,
}

/// A field that has a name in NetBox's JSON.
pub(crate) struct Field<'a> {
    pub(crate) vis: &'a Visibility,
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) wire: String,
    /// Other names that it is read by.
    pub(crate) aliases: Vec<LitStr>,
    /// What it is filtered by, if not by its name.
    pub(crate) filter: Option<String>,
    pub(crate) key: Option<Key<'a>>,
    pub(crate) refers: Option<Refers<'a>>,
    pub(crate) written: Written,
    /// What serde writes it by, if not by its type.
    pub(crate) serialize_with: Option<ExprPath>,
}

/// A field that holds several of those in NetBox's JSON.
pub(crate) struct Flattened<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) written: Written,
    pub(crate) serialize_with: Option<ExprPath>,
}

/// How a field goes out.
pub(crate) enum Written {
    /// Never.
    ReadOnly,
    /// As serde writes it.
    Plain,
    /// As a type and an id, by the names that begin with this one.
    Generic(String),
    /// Nobody says how.
    Unsaid,
}

/// What an `#[fk]` field refers to, and how often.
pub(crate) struct Key<'a> {
    pub(crate) target: &'a Type,
    pub(crate) arity: Arity,
}

/// What a field refers to by its type, and the endpoints of which that has to be one's model.
pub(crate) struct Refers<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) endpoints: Vec<&'static str>,
}

pub(crate) enum Target<'a> {
    Model(&'a Type),
    /// A type of which only the compiler knows whether it is a key.
    Behind(&'a Type),
}

#[derive(Clone, Copy)]
pub(crate) enum Arity {
    One,
    Optional,
    Many,
}

impl<'a> Model<'a> {
    pub(crate) fn gather(input: &'a DeriveInput, errors: &mut Errors) -> Self {
        let container = attr::Container::parse(&input.attrs, errors);
        let serde = attr::Serde::parse(&input.attrs);
        let before = errors.len();
        check::endpoint(input, container.endpoint.as_ref(), errors);
        let is_path = errors.len() == before;
        check::object_type(container.object_type.as_ref(), errors);
        check::generics(&input.generics, errors);
        // What is no path is not looked up.
        let schema = is_path.then(|| Schema::of(&container, errors)).flatten();
        let routes = schema.as_ref().map(Schema::routes);
        // What is read as another type has no fields of NetBox's.
        let schema = schema.filter(|_| !serde.other_form);
        let mut model = Self {
            ident: &input.ident,
            krate: container.krate(),
            endpoint: container.endpoint,
            object_type: container.object_type,
            generic: !input.generics.params.is_empty(),
            fields: Vec::new(),
            flattened: Vec::new(),
            other_form: serde.other_form,
            routes,
        };
        match named_fields(input) {
            Some(declared) => {
                for field in declared {
                    let of_serde = attr::Serde::parse(&field.attrs);
                    model.flattened.extend(Flattened::gather(field, &of_serde));
                    model.fields.extend(Field::gather(field, of_serde, &serde, schema.as_ref(), errors));
                }
                check::id(input, model.id(), errors);
            }
            None => check::shape(input, errors),
        }
        model
    }

    /// Whether the fields are all that is read.
    pub(crate) fn is_closed(&self) -> bool {
        !self.other_form && self.flattened.is_empty()
    }

    pub(crate) fn id(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.wire == "id")
    }
}

impl<'a> Field<'a> {
    /// `None` if JSON has no such field.
    fn gather(
        field: &'a syn::Field,
        serde: attr::Serde,
        of_struct: &attr::Serde,
        schema: Option<&Schema>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let before = errors.len();
        let said = attr::Field::parse(&field.attrs, errors);
        let ident = field.ident.as_ref()?;
        if serde.flatten || serde.skip {
            check::unread(ident, &said, errors);
            return None;
        }
        let attr::Field { fk, filter, .. } = &said;
        check::filter(filter.as_ref(), *fk, errors);
        let generic = is_generic(&field.ty);
        check::write(&said, &serde, generic, errors);
        let wire = match (&serde.rename, of_struct.rename_all) {
            (Some(name), _) => name.value(),
            (None, Some(case)) => case.apply(&ident.unraw().to_string()),
            (None, None) => ident.unraw().to_string(),
        };
        let key = if *fk { key(&field.ty, errors) } else { None };
        let declared = Declared {
            ident,
            ty: &field.ty,
            wire: &wire,
            said: &said,
            serde: &serde,
            default: of_struct.default,
        };
        // What is wrong in itself is not compared.
        let schema = schema.filter(|_| errors.len() == before);
        let known = schema.and_then(|schema| schema.field(&declared, errors));
        let refers = known.as_ref().and_then(|known| {
            let by_function = serde.deserialize_with;
            let target = Shape::of(&field.ty).target().map(Target::Model);
            let target = target.or_else(|| (!by_function).then_some(Target::Behind(&field.ty)))?;
            Some(Refers { target, endpoints: known.targets() }).filter(|refers| !refers.endpoints.is_empty())
        });
        let filter = filter::name(filter.as_ref().map(LitStr::value), &wire, key.as_ref(), known.as_ref());
        let written =
            Written::of(&serde).said(&said, &wire, generic && serde.serialize_with.is_none(), known.as_ref());
        Some(Self {
            vis: &field.vis,
            ident,
            ty: &field.ty,
            wire,
            aliases: serde.aliases,
            filter,
            key,
            refers,
            written,
            serialize_with: serde.serialize_with,
        })
    }
}

impl<'a> Flattened<'a> {
    fn gather(field: &'a syn::Field, serde: &attr::Serde) -> Option<Self> {
        let ident = field.ident.as_ref().filter(|_| serde.flatten && !serde.skip)?;
        let serialize_with = serde.serialize_with.clone();
        Some(Self { ident, ty: &field.ty, written: Written::of(serde), serialize_with })
    }
}

impl Written {
    /// What serde's attributes say.
    fn of(serde: &attr::Serde) -> Self {
        if serde.skip_serializing {
            Self::ReadOnly
        } else if serde.deserialize_with && serde.serialize_with.is_none() {
            Self::Unsaid
        } else {
            Self::Plain
        }
    }

    /// What the field itself says, and what is known of it.
    fn said(self, said: &attr::Field, wire: &str, generic: bool, known: Option<&Known>) -> Self {
        if said.read_only {
            return Self::ReadOnly;
        }
        match (self, &said.write, known) {
            (Self::Plain | Self::Unsaid, Some(name), _) => Self::Generic(name.value()),
            (Self::Plain, None, Some(known)) if generic => {
                known.written_as().map_or(Self::ReadOnly, Self::Generic)
            }
            (_, None, Some(known)) if known.is_read_only() => Self::ReadOnly,
            (_, None, None) if is_read_only_name(wire) => Self::ReadOnly,
            (Self::Plain, None, None) if generic => Self::Generic(wire.to_owned()),
            (written, _, _) => written,
        }
    }
}

/// What NetBox, and plugins that follow its habits, ignore in whatever is written.
fn is_read_only_name(wire: &str) -> bool {
    matches!(wire, "id" | "url" | "display" | "display_url" | "created" | "last_updated")
        || wire.ends_with("_count")
        || wire.starts_with('_')
}

/// Whether it is one generic reference, or none.
fn is_generic(ty: &Type) -> bool {
    let is = |ty| mentions(ty, "GenericFk") && argument_of(ty, "Vec").is_none();
    argument_of(ty, "Option").map_or_else(|| is(ty), is)
}

fn named_fields(input: &DeriveInput) -> Option<punctuated::Iter<'_, syn::Field>> {
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => Some(fields.named.iter()),
        _ => None,
    }
}

fn key<'a>(ty: &'a Type, errors: &mut Errors) -> Option<Key<'a>> {
    let one = |ty| argument_of(ty, "Fk");
    let found = one(ty)
        .map(|target| Key { target, arity: Arity::One })
        .or_else(|| Some(Key { target: one(argument_of(ty, "Option")?)?, arity: Arity::Optional }))
        .or_else(|| Some(Key { target: one(argument_of(ty, "Vec")?)?, arity: Arity::Many }));
    if found.is_none() {
        check::no_key(ty, mentions(ty, "GenericFk"), errors);
    }
    found
}

/// `A` of `Name<A>`, wherever `Name` is.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ungrouped(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn mentions(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ungrouped(ty) else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == name)
        || ["Option", "Vec"]
            .iter()
            .filter_map(|outer| argument_of(ty, outer))
            .any(|inner| mentions(inner, name))
}

/// Without the invisible marks around what a `macro_rules!` macro passed on.
pub(crate) fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        ty => ty,
    }
}
