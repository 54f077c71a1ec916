//! What a type reads, as far as its name tells.

use syn::{GenericArgument, PathArguments, Type};

use crate::model::ungrouped;

/// What a value of a type is in JSON. A macro sees names alone: a type by one of these is taken for what everybody
/// knows by it, and any other for one of the user's own.
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
    /// Text or a number that a crate of others reads in its own way, but null.
    Foreign,
    Unknown,
}

impl<'a> Shape<'a> {
    pub(crate) fn of(ty: &'a Type) -> Self {
        let path = match ungrouped(ty) {
            Type::Path(path) => path,
            Type::Array(array) => return Self::List(Some(&array.elem)),
            Type::Tuple(tuple) if !tuple.elems.is_empty() => return Self::List(None),
            _ => return Self::Unknown,
        };
        let Some(last) = path.path.segments.last() else { return Self::Unknown };
        let name = last.ident.to_string();
        let argument = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => {
                arguments.args.iter().find_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                })
            }
            _ => None,
        };
        match (name.as_str(), argument) {
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
            // Of chrono, jiff, time, uuid and url.
            ("DateTime", _)
            | (
                "NaiveDate" | "NaiveTime" | "NaiveDateTime" | "Zoned" | "OffsetDateTime"
                | "PrimitiveDateTime" | "Uuid" | "Url",
                None,
            ) => Self::Foreign,
            _ => Self::Unknown,
        }
    }

    /// What is left of it when it is not null.
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

    /// The model that it refers to, once or several times.
    pub(crate) fn target(self) -> Option<&'a Type> {
        match self.value() {
            Self::Key(target) => Some(target),
            Self::List(Some(element)) => Self::of(element).target(),
            _ => None,
        }
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
        check("netbox_core::Date", |shape| matches!(shape, Shape::Day));
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
