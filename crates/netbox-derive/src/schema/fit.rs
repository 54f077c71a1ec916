//! The types that read what NetBox sends.

use netbox_schema::{Form, Kind};

use crate::shape::Shape;

/// Whether a type of this shape reads a value of this kind. An unknown shape passes.
pub(super) fn fits(shape: Shape, kind: Kind) -> bool {
    if matches!(shape, Shape::Unknown | Shape::Foreign | Shape::Any) {
        return true;
    }
    let of_each = |kind| match shape {
        Shape::List(element) => element.is_none_or(|element| fits(Shape::of(element).value(), kind)),
        _ => false,
    };
    match kind {
        // NetBox sends no address without its mask.
        Kind::Text => matches!(shape, Shape::Text | Shape::Prefix),
        Kind::Date => matches!(shape, Shape::Text | Shape::Day),
        Kind::DateTime => matches!(shape, Shape::Text | Shape::Moment),
        Kind::File => matches!(shape, Shape::Text),
        Kind::Integer => matches!(shape, Shape::Integer | Shape::Float | Shape::Decimal),
        Kind::BareIntegerChoice => {
            matches!(shape, Shape::Integer | Shape::Float | Shape::Decimal | Shape::Choice)
        }
        // NetBox sends a whole one as `1.0`, which is no integer.
        Kind::Number => matches!(shape, Shape::Float | Shape::Decimal),
        Kind::Boolean => matches!(shape, Shape::Boolean),
        Kind::Choice | Kind::IntegerChoice => matches!(shape, Shape::Choice | Shape::Map),
        Kind::BareChoice => matches!(shape, Shape::Choice | Shape::Text),
        Kind::ForeignKey => matches!(shape, Shape::Key(_) | Shape::Map),
        Kind::BareKey => matches!(shape, Shape::Key(_) | Shape::Integer),
        Kind::Generic => matches!(shape, Shape::GenericKey | Shape::Map),
        Kind::Object => matches!(shape, Shape::Map | Shape::CustomFields),
        Kind::Texts => of_each(Kind::Text),
        Kind::Integers => of_each(Kind::Integer),
        Kind::BareChoices => of_each(Kind::BareChoice),
        Kind::ForeignKeys => of_each(Kind::ForeignKey),
        Kind::Generics | Kind::GenericObjects => of_each(Kind::Generic),
        // NetBox has lists of pairs, and of objects that have no endpoint.
        Kind::List => match shape {
            Shape::List(element) => element.is_none_or(|element| is_of_its_own(Shape::of(element).value())),
            _ => false,
        },
        // Any JSON is read by any type, and a new kind passes.
        _ => true,
    }
}

fn is_of_its_own(shape: Shape) -> bool {
    matches!(shape, Shape::List(_) | Shape::Map | Shape::Any | Shape::Foreign | Shape::Unknown)
}

/// Says what the field `name` is, and which types read it when it is not null.
pub(super) fn told(name: &str, form: Form) -> (String, &'static [&'static str]) {
    let target = form.target().map_or("", netbox_schema::Endpoint::path);
    let (what, types): (&str, &[&str]) = match form.kind() {
        Kind::Text => ("text", &["String"]),
        Kind::Integer => ("a whole number", &["u32", "i64"]),
        Kind::Number => ("a number that may have a fraction", &["f64", "Decimal"]),
        Kind::Boolean => ("true or false", &["bool"]),
        Kind::Date => ("a date", &["Date"]),
        Kind::DateTime => ("a point in time", &["Timestamp"]),
        Kind::Choice | Kind::IntegerChoice => ("a choice, with a value and a label", &["Choice"]),
        Kind::BareChoice => ("a choice without a label", &["String", "Choice"]),
        Kind::BareIntegerChoice => ("a choice that is a number", &["u32", "Choice"]),
        Kind::File => ("the URL of a file", &["String"]),
        Kind::ForeignKey => ("a foreign key of", &["Fk<M>"]),
        Kind::BareKey => ("the id of one of", &["Fk<M>", "u64"]),
        Kind::Generic => ("a reference to objects of several models", &["GenericFk"]),
        Kind::Object if name == "custom_fields" => ("an object", &["CustomFields"]),
        Kind::Object => ("an object", &["serde_json::Value"]),
        Kind::Texts => ("a list of texts", &["Vec<String>"]),
        Kind::Integers => ("a list of whole numbers", &["Vec<u32>"]),
        Kind::BareChoices => ("a list of choices without labels", &["Vec<String>", "Vec<Choice>"]),
        Kind::ForeignKeys => ("a list of foreign keys of", &["Vec<Fk<M>>"]),
        Kind::Generics | Kind::GenericObjects => {
            ("a list of references to objects of several models", &["Vec<GenericFk>"])
        }
        _ => ("a list of what has no endpoint", &["Vec<serde_json::Value>"]),
    };
    let what = if target.is_empty() { what.to_owned() } else { format!("{what} {target}") };
    (what, types)
}

/// The types, of which any will do, as Rust writes them.
pub(super) fn any_of(types: &[&str], nullable: bool) -> String {
    let spelt = types.iter().map(|ty| if nullable { format!("`Option<{ty}>`") } else { format!("`{ty}`") });
    spelt.collect::<Vec<_>>().join(" or ")
}
