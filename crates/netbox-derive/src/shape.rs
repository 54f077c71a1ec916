//! The JSON that a type reads, as far as the name of the type shows.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The form of a type's values in JSON. A macro sees names alone: it takes a type with one of these names for the type
/// that everybody knows by it, and any other for one of the user's own.
#[derive(Clone, Copy)]
pub(crate) enum Shape<'a> {
    Text,
    Integer,
    Float,
    Decimal,
    Boolean,
    Choice,
    Moment,
    Day,
    /// An address without a mask.
    Address,
    /// An address with a mask.
    Prefix,
    CustomFields,
    /// A reference to an object of that model.
    Key(&'a Type),
    GenericKey,
    /// An object whose keys are free.
    Map,
    /// Any JSON, null too.
    Any,
    /// Several of that type.
    List(Option<&'a Type>),
    /// That type or null, and null if it is missing.
    Optional(&'a Type),
    /// Text or a number, but not null, that a type of another crate reads in its own way.
    Foreign,
    Unknown,
}

impl<'a> Shape<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        match ungrouped(ty) {
            Type::Array(array) => return Self::List(Some(&array.elem)),
            Type::Tuple(tuple) if !tuple.elems.is_empty() => return Self::List(None),
            _ => {}
        }
        let Some(last) = segment(ty) else { return Self::Unknown };
        match (last.ident.to_string().as_str(), argument(last)) {
            ("String" | "str", None) => Self::Text,
            (
                "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
                | "isize",
                None,
            ) => Self::Integer,
            ("f32" | "f64", None) => Self::Float,
            ("Decimal", None) => Self::Decimal,
            ("bool", None) => Self::Boolean,
            ("Choice", None) => Self::Choice,
            ("Timestamp", None) => Self::Moment,
            ("Date", None) => Self::Day,
            ("IpAddr" | "Ipv4Addr" | "Ipv6Addr", None) => Self::Address,
            ("IpPrefix", None) => Self::Prefix,
            ("CustomFields", None) => Self::CustomFields,
            ("GenericFk", None) => Self::GenericKey,
            ("Value", None) => Self::Any,
            ("Fk", Some(target)) => Self::Key(target),
            ("Option", Some(inner)) => Self::Optional(inner),
            ("Box" | "Arc" | "Rc" | "Cow", Some(inner)) => Self::of(inner),
            ("Vec" | "VecDeque" | "HashSet" | "BTreeSet", element @ Some(_)) => Self::List(element),
            ("HashMap" | "BTreeMap" | "Map", Some(_)) | ("Object", None) => Self::Map,
            // These are types of chrono, jiff, time, uuid and url.
            ("DateTime", _)
            | (
                "NaiveDate" | "NaiveTime" | "NaiveDateTime" | "Zoned" | "OffsetDateTime"
                | "PrimitiveDateTime" | "Uuid" | "Url",
                None,
            ) => Self::Foreign,
            _ => Self::Unknown,
        }
    }

    /// The shape of a value that is not null.
    pub(crate) fn value(self) -> Self {
        match self {
            Self::Optional(inner) => Self::of(inner).value(),
            shape => shape,
        }
    }

    pub(crate) fn is_optional(self) -> bool {
        matches!(self, Self::Optional(_))
    }

    pub(crate) fn takes_null(self) -> bool {
        matches!(self, Self::Optional(_) | Self::Any | Self::Unknown)
    }

    /// The model that a value refers to, once or several times.
    pub(crate) fn target(self) -> Option<&'a Type> {
        match self.value() {
            Self::Key(target) => Some(target),
            Self::List(Some(element)) => Self::of(element).target(),
            _ => None,
        }
    }
}

/// The last segment of a path: the name of a type, wherever the type is.
pub(crate) fn segment(ty: &Type) -> Option<&PathSegment> {
    match ungrouped(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The first type in the angle brackets of a segment.
pub(crate) fn argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The type without the invisible groups that a `macro_rules!` macro puts around what it passes on.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        ty => ty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ty: &str, expected: fn(&Shape) -> bool) {
        let ty = syn::parse_str(ty).unwrap();
        let shape = Shape::of(&ty);
        assert!(expected(&shape));
    }

    #[test]
    fn names_tell_what_is_read() {
        check("std::string::String", |shape| matches!(shape, Shape::Text));
        check("serde_json::Value", |shape| matches!(shape, Shape::Any));
        check("Box<u32>", |shape| matches!(shape, Shape::Integer));
        check("Option<Vec<Option<Fk<Tag>>>>", |shape| shape.is_optional() && shape.target().is_some());
        check("[f64; 2]", |shape| matches!(shape, Shape::List(Some(_))));
        check("(u16, u16)", |shape| matches!(shape, Shape::List(None)));
        check("Cow<'static, str>", |shape| matches!(shape, Shape::Text));
        check("netbox_core::value::Date", |shape| matches!(shape, Shape::Day));
    }

    #[test]
    fn what_other_crates_have_is_not_null() {
        for ty in ["chrono::DateTime<Utc>", "NaiveDate", "jiff::civil::DateTime", "Zoned", "Uuid", "url::Url"]
        {
            check(ty, |shape| matches!(shape, Shape::Foreign) && !shape.takes_null());
        }
    }

    #[test]
    fn what_is_not_known_is_the_users_own() {
        for ty in ["Status", "crate::String2", "Fk", "Choice<u8>", "()", "fn()"] {
            check(ty, |shape| matches!(shape, Shape::Unknown));
        }
    }
}
