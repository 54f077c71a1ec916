//! The kind of a value in an answer, by itself.

use std::fmt;

use serde_json::{Map, Value};

use xtask::schema::vocabulary::Kind;

/// The form of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    Null,
    Text,
    Date,
    DateTime,
    Integer,
    Number,
    Boolean,
    /// `{"value": "active", "label": "Active"}`.
    Choice,
    IntegerChoice,
    /// An object with a URL of its own.
    Nested,
    /// `{"object_type": "dcim.interface", "object_id": 9, "object": {…}}`.
    GenericObject,
    Object,
    /// A list, with each form that is in it.
    List(Vec<Self>),
}

impl Shown {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_i64() || number.is_u64() => Self::Integer,
            Value::Number(_) => Self::Number,
            Value::String(text) if has_form(text, "0000-00-00") => Self::Date,
            Value::String(text) if is_date_time(text) => Self::DateTime,
            Value::String(_) => Self::Text,
            Value::Array(items) => {
                let mut forms: Vec<_> = items.iter().map(Self::of).collect();
                forms.sort();
                forms.dedup();
                Self::List(forms)
            }
            Value::Object(object) => match (object.get("value"), object.get("label")) {
                (Some(Value::String(_)), Some(Value::String(_))) if object.len() == 2 => Self::Choice,
                (Some(Value::Number(_)), Some(Value::String(_))) if object.len() == 2 => Self::IntegerChoice,
                _ if endpoint_of(object).is_some() => Self::Nested,
                _ if object.contains_key("object_type") && object.contains_key("object_id") => {
                    Self::GenericObject
                }
                _ => Self::Object,
            },
        }
    }

    /// Whether a value of this form can be one of that kind.
    pub(super) fn fits(&self, kind: Kind) -> bool {
        let each = |is: fn(&Self) -> bool| matches!(self, Self::List(forms) if forms.iter().all(is));
        let is_text = |form: &Self| matches!(form, Self::Text | Self::Date | Self::DateTime);
        match kind {
            Kind::Text => matches!(self, Self::Text),
            Kind::File | Kind::BareChoice => is_text(self),
            Kind::Integer | Kind::BareIntegerChoice | Kind::BareKey => *self == Self::Integer,
            Kind::Number => matches!(self, Self::Integer | Self::Number),
            Kind::Boolean => *self == Self::Boolean,
            Kind::Date => *self == Self::Date,
            Kind::DateTime => *self == Self::DateTime,
            Kind::Choice => *self == Self::Choice,
            Kind::IntegerChoice => *self == Self::IntegerChoice,
            Kind::ForeignKey | Kind::Generic => *self == Self::Nested,
            Kind::Object => matches!(
                self,
                Self::Object | Self::Choice | Self::IntegerChoice | Self::Nested | Self::GenericObject
            ),
            Kind::Texts | Kind::BareChoices => each(is_text),
            Kind::Integers => each(|form| *form == Self::Integer),
            Kind::ForeignKeys | Kind::Generics => each(|form| *form == Self::Nested),
            Kind::GenericObjects => each(|form| *form == Self::GenericObject),
            Kind::List => matches!(self, Self::List(_)),
            // JSON of any form, or a kind that is not known here.
            _ => true,
        }
    }
}

/// The endpoint of an object, by its URL. Nested jobs have no other id.
pub(super) fn endpoint_of(object: &Map<String, Value>) -> Option<&str> {
    let (_, path) = object.get("url")?.as_str()?.split_once("/api/")?;
    let (path, id) = path.strip_suffix('/')?.rsplit_once('/')?;
    let id = id.parse::<u64>().ok()?;
    object.get("id").is_none_or(|own| own.as_u64() == Some(id)).then_some(path)
}

/// Whether the text is `form`, with any digits where that has zeros.
fn has_form(text: &str, form: &str) -> bool {
    let mut characters = text.chars();
    let all = form.chars().all(|wanted| match characters.next() {
        Some(digit) if wanted == '0' => digit.is_ascii_digit(),
        other => other == Some(wanted),
    });
    all && characters.next().is_none()
}

/// `2026-11-23T09:32:11Z`, with or without a fraction, in UTC or with an offset.
fn is_date_time(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else { return false };
    let Some((time, zone)) = rest.split_at_checked(8) else { return false };
    let zone = zone.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    has_form(date, "0000-00-00")
        && has_form(time, "00:00:00")
        && (zone == "Z" || has_form(zone, "+00:00") || has_form(zone, "-00:00"))
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Text => "text",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Choice => "choice",
            Self::IntegerChoice => "integer-choice",
            Self::Nested => "nested object",
            Self::GenericObject => "generic object",
            Self::Object => "object",
            Self::List(forms) => {
                let forms: Vec<_> = forms.iter().map(Self::to_string).collect();
                return write!(
                    f,
                    "list of {}",
                    if forms.is_empty() { "nothing".to_owned() } else { forms.join(" and ") }
                );
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: Value, shown: &str, kinds: &[Kind]) {
        let form = Shown::of(&value);
        assert_eq!(form.to_string(), shown, "{value}");
        let fitting = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Json && form.fits(*kind));
        assert_eq!(fitting.collect::<Vec<_>>(), kinds, "{value}");
    }

    #[test]
    fn a_value_fits_the_kinds_that_are_read_from_it() {
        check(json!("a"), "text", &[Kind::Text, Kind::BareChoice, Kind::File]);
        check(json!(1), "integer", &[Kind::Integer, Kind::Number, Kind::BareIntegerChoice, Kind::BareKey]);
        check(json!(1.5), "number", &[Kind::Number]);
        check(json!(true), "boolean", &[Kind::Boolean]);
        check(json!("2026-11-23"), "date", &[Kind::Date, Kind::BareChoice, Kind::File]);
        for text in ["2026-11-23T09:32:11.058697Z", "2026-11-23T09:32:11+01:00"] {
            check(json!(text), "date-time", &[Kind::DateTime, Kind::BareChoice, Kind::File]);
        }
        check(json!({"value": "a", "label": "A"}), "choice", &[Kind::Choice, Kind::Object]);
        check(json!({"value": 4, "label": "IPv4"}), "integer-choice", &[Kind::IntegerChoice, Kind::Object]);
        check(json!({"value": "a"}), "object", &[Kind::Object]);
        let nested = json!({"id": 7, "url": "https://h/api/dcim/sites/7/"});
        check(nested.clone(), "nested object", &[Kind::ForeignKey, Kind::Generic, Kind::Object]);
        check(json!([nested]), "list of nested object", &[Kind::ForeignKeys, Kind::Generics, Kind::List]);
        let end = json!({"object_type": "dcim.site", "object_id": 7});
        check(json!([end]), "list of generic object", &[Kind::GenericObjects, Kind::List]);
        check(json!(["a", "b"]), "list of text", &[Kind::Texts, Kind::BareChoices, Kind::List]);
        check(json!([1, null]), "list of null and integer", &[Kind::List]);
        check(json!([1]), "list of integer", &[Kind::Integers, Kind::List]);
    }

    #[test]
    fn what_only_looks_like_a_time_is_text() {
        for text in
            ["2026-11-2", "2026-11-233", "2026-11-23T09:32", "2026-11-23T09:32:11", "2026-11-23T09:32:11.5é"]
        {
            assert_eq!(Shown::of(&json!(text)), Shown::Text, "{text}");
        }
    }

    #[test]
    fn an_object_is_of_the_endpoint_in_its_url() {
        let endpoint = |object: Value| endpoint_of(object.as_object().unwrap()).map(str::to_owned);
        let url = "https://h/nb/api/core/jobs/7/";
        assert_eq!(endpoint(json!({"url": url})).as_deref(), Some("core/jobs"));
        assert_eq!(endpoint(json!({"url": url, "id": 7})).as_deref(), Some("core/jobs"));
        assert_eq!(endpoint(json!({"url": url, "id": 8})), None);
        assert_eq!(endpoint(json!({"url": "https://h/api/core/background-queues/high/"})), None);
        assert_eq!(endpoint(json!({"id": 7})), None);
    }
}
