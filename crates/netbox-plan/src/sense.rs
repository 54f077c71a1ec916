//! The meaning of values: two values that mean the same have one form here, however NetBox or the caller writes them.

use netbox_core::value::{Decimal, IpPrefix, Timestamp};
use netbox_schema::{Endpoint, Kind};
use serde::Deserialize;
use serde_json::{Number, Value};

use crate::server::Server;

mod time;

pub(crate) use time::has_form;

/// How the values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// To the letter, but for blanks around it, which NetBox drops.
    Text,
    /// As points in time, in any time zone.
    Time,
    /// As points in time in a custom field, which may have no zone.
    CustomTime,
    /// As numbers, whether they come as text or not.
    Number,
    /// By the value, without its label.
    Choice,
    /// As a choice or an object in a custom field.
    One,
    /// As several choices or objects in a custom field, in any order; null is none.
    Several,
    /// As a web address, of `https` unless it has another scheme.
    Url,
    /// By the id.
    Key,
    /// By the ids, in any order.
    Keys,
    /// By types and ids, in any order.
    Ends,
    /// By types and ids.
    EndsInOrder,
    /// As an address with the length of its prefix.
    Address,
    /// As six or eight bytes, in capital letters.
    Mac,
    /// As six hexadecimal digits, in small letters.
    Colour,
    /// As JSON, in any order.
    Items,
    /// As JSON of which NetBox keeps the members that a write does not have.
    Members,
    /// As JSON.
    Json,
    /// As whatever it looks like.
    Free,
}

impl Sense {
    /// How the field `name` of an endpoint is compared, as far as that is known.
    pub(crate) fn of(endpoint: Option<Endpoint>, name: &str, server: Server) -> Self {
        let Some(field) = endpoint.and_then(|endpoint| endpoint.field(name)) else { return Self::Free };
        match (name, server.kind(field)) {
            (_, Kind::Text) if endpoint.is_some_and(|endpoint| is_address(endpoint, name)) => Self::Address,
            ("mac_address" | "wwn", Kind::Text) => Self::Mac,
            ("color", Kind::Text) => Self::Colour,
            // NetBox shows them in any order.
            ("object_types", Kind::Texts) | ("units", Kind::Integers) => Self::Items,
            (_, Kind::Choice | Kind::IntegerChoice | Kind::BareChoice | Kind::BareIntegerChoice) => {
                Self::Choice
            }
            (_, Kind::ForeignKey | Kind::BareKey) => Self::Key,
            (_, Kind::ForeignKeys) => Self::Keys,
            (_, Kind::GenericObjects) => Self::Ends,
            // Those of a module type.
            ("attributes", Kind::Json) => Self::Members,
            (_, Kind::List | Kind::Texts) if field.target().is_some() => Self::Items,
            (_, Kind::Integer | Kind::Number) => Self::Number,
            (_, Kind::Text | Kind::Date) => Self::Text,
            (_, Kind::DateTime) => Self::Time,
            _ => Self::Json,
        }
    }

    /// How custom fields of a type are compared.
    pub(crate) fn of_custom(kind: &str) -> Self {
        match kind {
            // NetBox keeps even the blanks around a text.
            "text" | "longtext" | "boolean" | "date" | "json" => Self::Json,
            "integer" | "decimal" => Self::Number,
            "datetime" => Self::CustomTime,
            "url" => Self::Url,
            "select" | "object" => Self::One,
            "multiselect" | "multiobject" => Self::Several,
            _ => Self::Free,
        }
    }

    /// The one form of `value`, which NetBox sent or takes.
    pub(crate) fn form(self, value: &Value) -> Value {
        match self {
            Self::Text | Self::Time => match value.as_str() {
                Some(text) => text.trim().into(),
                None => value.clone(),
            },
            Self::CustomTime => value.clone(),
            Self::Number => number(value),
            Self::Choice => match value.get("value").unwrap_or(value) {
                Value::String(text) if text.is_empty() => Value::Null,
                value => value.clone(),
            },
            Self::One => one(value),
            Self::Several if value.is_null() => Value::Array(Vec::new()),
            Self::Several => set(value, one),
            Self::Url => match value.as_str() {
                Some(text) => url(text.trim()).into(),
                None => value.clone(),
            },
            Self::Key => value.get("id").unwrap_or(value).clone(),
            Self::Keys => set(value, |one| one.get("id").unwrap_or(one).clone()),
            Self::Ends => set(value, end),
            Self::EndsInOrder => match value {
                Value::Array(ends) => ends.iter().map(end).collect(),
                other => other.clone(),
            },
            Self::Address => match value.as_str().map(str::parse::<IpPrefix>) {
                Some(Ok(address)) => address.to_string().into(),
                _ => value.clone(),
            },
            Self::Mac => match value.as_str() {
                Some(text) => {
                    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
                    digits.to_ascii_uppercase().into()
                }
                None => value.clone(),
            },
            Self::Colour => match value.as_str() {
                Some(text) => text.to_ascii_lowercase().into(),
                None => value.clone(),
            },
            Self::Items => set(value, json),
            Self::Members | Self::Json => json(value),
            Self::Free => free(value),
        }
    }

    /// Whether the value that NetBox shows is the one that is described.
    pub(crate) fn is_same(self, shown: &Value, described: &Value) -> bool {
        match (self, shown, described) {
            (Self::Time, Value::String(shown), Value::String(described)) => {
                Timestamp::from(shown.trim()) == Timestamp::from(described.trim())
            }
            (Self::CustomTime, Value::String(shown), Value::String(described)) => {
                time::is_same(shown, described)
            }
            (Self::Members, Value::Object(shown), Value::Object(described)) => described
                .iter()
                .all(|(name, value)| json(shown.get(name).unwrap_or(&Value::Null)) == json(value)),
            (Self::Number, ..) => match [shown, described].map(Decimal::deserialize) {
                [Ok(shown), Ok(described)] => shown == described,
                _ => shown == described,
            },
            // A map is described as it is, and may look like a choice or an object as NetBox shows them.
            (Self::Free, ..) if has_map(described) => json(shown) == json(described),
            _ => self.form(shown) == self.form(described),
        }
    }

    /// As [`form`](Sense::form), as text that can be a key of a map.
    pub(crate) fn key(self, value: &Value, ignores_case: bool) -> String {
        let text = self.form(value).to_string();
        if ignores_case { text.to_lowercase() } else { text }
    }
}

/// Whether a field holds an IP address with the length of its prefix. The address of a contact is one of streets.
pub(crate) fn is_address(endpoint: Endpoint, name: &str) -> bool {
    let names = ["address", "prefix", "start_address", "end_address"];
    endpoint.path().starts_with("ipam/") && names.contains(&name)
}

/// A number, with a fraction only if it has one.
fn number(value: &Value) -> Value {
    let number: f64 = match value {
        Value::Number(number) if !number.is_f64() => return value.clone(),
        Value::Number(number) => number.as_f64().unwrap_or(f64::NAN),
        // A text with more digits than a float has stays as it is.
        Value::String(text) => match text.parse::<f64>() {
            Ok(number) if Decimal::try_from(number).ok() == text.parse().ok() => number,
            _ => return value.clone(),
        },
        _ => return value.clone(),
    };
    // Without a fraction, its text is that of a whole number.
    let whole = Some(format!("{number:.0}")).filter(|_| number.fract() == 0.0);
    match whole.and_then(|text| text.parse::<i64>().ok()) {
        Some(whole) => whole.into(),
        None => Number::from_f64(number).map_or_else(|| value.clone(), Value::Number),
    }
}

fn set(value: &Value, form: impl Fn(&Value) -> Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let mut items: Vec<Value> = items.iter().map(form).collect();
    items.sort_by_key(Value::to_string);
    items.dedup();
    items.into()
}

/// The value of a choice, or the id of an object.
fn one(value: &Value) -> Value {
    value.get("id").or_else(|| value.get("value")).unwrap_or(value).clone()
}

/// The web address as NetBox 4.7 keeps it.
fn url(text: &str) -> String {
    let has_scheme = text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !scheme.contains('/')
    });
    match text {
        "" => String::new(),
        _ if has_scheme => text.to_owned(),
        _ if text.starts_with("//") => format!("https:{text}"),
        _ => format!("https://{text}"),
    }
}

/// The type and the id of an object of any type.
fn end(value: &Value) -> Value {
    ["object_type", "object_id"].map(|name| value.get(name).cloned().unwrap_or_default()).to_vec().into()
}

/// JSON in which equal numbers are equal.
fn json(value: &Value) -> Value {
    match value {
        Value::Number(_) => number(value),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), json(value))).collect(),
        other => other.clone(),
    }
}

/// Whether a value is a map, or has maps in a list.
pub(crate) fn has_map(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|items| items.iter().any(has_map))
}

/// A value of which the type is not known: NetBox shows a choice with its label, from 4.7 on, an object with its URL, several
/// objects in any order, and null where there is none.
fn free(value: &Value) -> Value {
    if let Some(meant) = nested(value).or_else(|| choice(value)) {
        return json(meant);
    }
    match value {
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => {
            let are_nested = items.iter().all(|item| nested(item).is_some());
            let items: Vec<Value> = items.iter().map(free).collect();
            if are_nested { ids(items) } else { items.into() }
        }
        Value::String(text) => time::form(text).map_or_else(|| value.clone(), Value::from),
        other => json(other),
    }
}

/// A list of objects, by their ids, in the order of these: it is a set.
pub(crate) fn ids(mut ids: Vec<Value>) -> Value {
    ids.sort_by_key(Value::as_u64);
    ids.dedup();
    ids.into()
}

/// The id of an object as NetBox shows it where another refers to it.
fn nested(value: &Value) -> Option<&Value> {
    value.get("url").and(value.get("id"))
}

/// The value of a choice as NetBox shows it.
pub(crate) fn choice(value: &Value) -> Option<&Value> {
    value.as_object().filter(|map| map.len() == 2 && map.contains_key("label"))?.get("value")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(sense: Sense, shown: Value, wanted: Value, is_same: bool) {
        assert_eq!(sense.is_same(&shown, &wanted), is_same, "{shown} and {wanted}");
    }

    #[test]
    fn values_that_mean_the_same_are_equal() {
        check(Sense::Text, json!("Berlin"), json!(" Berlin "), true);
        check(Sense::Text, json!("Berlin"), json!("berlin"), false);
        check(Sense::Time, json!("2026-12-31T23:00:00Z"), json!("2027-01-01T00:00:00+01:00"), true);
        check(Sense::Time, json!("2026-12-31T23:00:00Z"), json!("2026-12-31T23:00:00+01:00"), false);
        check(Sense::Time, json!(null), json!("2026-12-31T23:00:00+01:00"), false);
        check(Sense::Number, json!("2.50"), json!(2.5), true);
        check(Sense::Number, json!(42), json!(42.0), true);
        check(Sense::Number, json!("42.00"), json!(42), true);
        check(Sense::Number, json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64), false);
        check(Sense::Number, json!(null), json!(0), false);
        check(Sense::Number, json!("1.000000000000000000"), json!(1), true);
        check(Sense::Number, json!("1.000000000000000001"), json!(1), false);
        assert_eq!(Sense::Number.form(&json!("1.000000000000000001")), "1.000000000000000001");
        check(Sense::Choice, json!({"value": "active", "label": "Active"}), json!("active"), true);
        check(Sense::Choice, json!(null), json!(""), true);
        check(Sense::Key, json!({"id": 7, "url": "…", "name": "x"}), json!(7), true);
        check(Sense::Keys, json!([{"id": 7}, {"id": 3}]), json!([3, 7]), true);
        check(Sense::Keys, json!([{"id": 7}]), json!([3, 7]), false);
        check(
            Sense::Ends,
            json!([{"object_type": "dcim.interface", "object_id": 9, "object": {"id": 9}}]),
            json!([{"object_type": "dcim.interface", "object_id": 9}]),
            true,
        );
        check(Sense::Address, json!("2001:db8::1/64"), json!("2001:DB8:0::1/64"), true);
        check(Sense::Mac, json!("00:00:5E:00:53:01"), json!("0000.5e00.5301"), true);
        check(Sense::Colour, json!("ff00aa"), json!("FF00AA"), true);
        check(Sense::Json, json!({"a": [1, 2]}), json!({"a": [1.0, 2]}), true);
        check(Sense::Json, json!([1, 2]), json!([2, 1]), false);
        check(Sense::Free, json!({"value": "high", "label": "High"}), json!("high"), true);
        check(Sense::Free, json!([{"id": 10, "url": "…"}, {"id": 9, "url": "…"}]), json!([9, 10]), true);
        check(Sense::Free, json!({"value": 1, "label": "a"}), json!({"value": 1, "label": "b"}), false);
        check(Sense::Free, json!([2, 1]), json!([1, 2]), false);
        check(Sense::Free, json!(null), json!([]), true);
        check(Sense::Free, json!("2026-01-31T10:00:00.500000Z"), json!("2026-01-31T10:00:00.5+00:00"), true);
    }
}
