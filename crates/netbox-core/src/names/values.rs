//! Values that NetBox refused: the one that was meant, or what has to be asked to find it.

use netbox_schema::{Endpoint, Field, endpoint_called, nearest};
use serde_json::Value;

use super::filters::is_number;

/// Why NetBox may have refused a value.
#[derive(Debug, PartialEq)]
pub(crate) enum Doubt {
    /// As the words say.
    Told(String),
    /// No object of the endpoint has that attribute.
    Named(Named),
}

/// An object that was named by one of its attributes, and that NetBox didn't find.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    /// The filter or field that refers to the object.
    by: String,
    pub(crate) target: Endpoint,
    pub(crate) attribute: &'static str,
    value: String,
}

/// Why the filter `name` of a list may refuse `values`.
pub(crate) fn doubt_of_filter(list: Endpoint, name: &str, values: &[&str]) -> Option<Doubt> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    if !matches!(lookup, "" | "n") {
        return None;
    }
    let (key, takes_ids) = base.strip_suffix("_id").map_or((base, false), |key| (key, true));
    let field = list.field(if key == "tag" { "tags" } else { key });
    if let Some(field) = list.field(base).filter(|field| field.choices().next().is_some()) {
        return values.iter().find_map(|value| choice(list, base, field, value));
    }
    let target = field.and_then(Field::target).or_else(|| endpoint_called(key))?;
    let value = values.iter().find(|value| **value != "null")?;
    if !takes_ids {
        return named(base, target, key_of(target)?, value);
    }
    Some(Doubt::Told(if values.iter().all(|value| is_number(value)) {
        let ids: Vec<_> = values.iter().filter(|value| **value != "null").copied().collect();
        format!("{target} has no object with the id {}, or this token may not view it", ids.join(" or "))
    } else {
        let by = key_of(target).map(|attribute| format!(", and `{key}` the {attribute}")).unwrap_or_default();
        format!("`{base}` takes the id of an object{by}")
    }))
}

/// Why the field `name` of an object of a list may refuse `value`.
pub(crate) fn doubt_of_field(list: Endpoint, name: &str, value: &Value) -> Option<Doubt> {
    let field = list.field(name)?;
    if field.choices().next().is_some() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return choice(list, name, field, &value);
    }
    doubt_of_reference(name, field.target()?, value)
}

/// Why NetBox may not find the object of `target` that `value`, in the field `name`, refers to.
pub(crate) fn doubt_of_reference(name: &str, target: Endpoint, value: &Value) -> Option<Doubt> {
    match value {
        Value::Number(id) => Some(Doubt::Told(format!(
            "{target} has no object with the id {id}, or this token may not view it"
        ))),
        Value::Object(attributes) if attributes.len() == 1 => {
            let (attribute, value) = attributes.iter().next()?;
            named(name, target, target.filter(attribute)?.name(), value.as_str()?)
        }
        _ => None,
    }
}

impl Named {
    /// The beginning by which the objects are looked for that may be meant.
    pub(crate) fn beginning(&self) -> String {
        self.spelt().chars().take(2).collect()
    }

    /// The advice, if `known` are the values of that attribute of other objects.
    pub(crate) fn told(&self, known: &[String]) -> String {
        let Self { by, target, attribute, value } = self;
        match nearest(&self.spelt(), known.iter().map(String::as_str)) {
            Some(near) => {
                format!("`{by}` takes the {attribute} of an object of {target}; did you mean `{near}`?")
            }
            None => {
                format!(
                    "{target} has no object with the {attribute} `{value}`, or this token may not view it"
                )
            }
        }
    }

    /// The value as NetBox would spell it: people give a name in place of a slug.
    fn spelt(&self) -> String {
        if self.attribute != "slug" {
            return self.value.clone();
        }
        let words =
            self.value.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
    }
}

fn named(by: &str, target: Endpoint, attribute: &'static str, value: &str) -> Option<Doubt> {
    let (by, value) = (by.to_owned(), value.to_owned());
    (!value.is_empty()).then_some(Doubt::Named(Named { by, target, attribute, value }))
}

fn choice(list: Endpoint, name: &str, field: Field, value: &str) -> Option<Doubt> {
    let choices: Vec<&str> = field.choices().map(netbox_schema::Choice::value).collect();
    let all = format!(", which `options_at(\"{list}\")` lists");
    (!choices.contains(&value)).then(|| Doubt::Told(one_of(name, &choices, value, &all)))
}

/// Says which values `name` takes, and which of them was meant by `value`. If they are too many, it adds `all`.
pub(super) fn one_of(name: &str, choices: &[&str], value: &str, all: &str) -> String {
    let near = nearest(value, choices.iter().copied());
    let near = near.or_else(|| nearest(&value.to_lowercase(), choices.iter().copied()));
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("`{name}` is one of {}{near}", listed(choices, all))
}

/// The `names`. If they are too many, the number of the others follows, and `all`.
pub(super) fn listed(names: &[&str], all: &str) -> String {
    const SHOWN: usize = 16;
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more{all}"),
    };
    format!("{}{more}", shown.join(", "))
}

/// The attribute by which filters know the objects of `target`.
fn key_of(target: Endpoint) -> Option<&'static str> {
    ["slug", "rd", "username", "name"].into_iter().find(|key| target.filter(key).is_some())
}
