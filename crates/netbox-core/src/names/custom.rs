//! Filters by custom fields, which only the server knows.

use serde::Deserialize;

use super::{
    meant::{nearest_filter, nearest_lookup, with_lookup},
    plausible::{CUSTOM, check_flag},
    refusal::Refusal,
    values::{listed, one_of},
};
use crate::{value::Choice, wire::Error};

/// A custom field, as far as it matters for filters.
#[derive(Deserialize)]
pub(crate) struct CustomField {
    name: String,
    #[serde(rename = "type")]
    kind: Choice,
    filter_logic: Choice,
}

/// The choices of custom fields, as NetBox sends a set of them.
#[derive(Deserialize)]
pub(crate) struct CustomChoices {
    base_choices: Option<Choice>,
    /// Pairs of a value and a label.
    extra_choices: Vec<Vec<String>>,
}

impl CustomChoices {
    /// Refuses `values` of the filter `name` that are none of these choices. Those of a list that NetBox brings are not
    /// known.
    pub(crate) fn check(&self, name: &str, values: &[String]) -> Result<(), Error> {
        let known: Vec<&str> =
            self.extra_choices.iter().filter_map(|choice| choice.first().map(String::as_str)).collect();
        let base = name.split("__").next().unwrap_or_default();
        let wrong = values.iter().find(|value| *value != "null" && !known.contains(&value.as_str()));
        match wrong.filter(|_| self.base_choices.is_none()) {
            Some(wrong) => {
                Err(Error::query(format!("`{wrong}` is no choice: {}", one_of(base, &known, wrong, ""))))
            }
            None => Ok(()),
        }
    }
}

/// The type of the custom field `name`, in NetBox's words.
pub(crate) fn kind_of<'f>(fields: &'f [CustomField], name: &str) -> Option<&'f str> {
    fields.iter().find(|field| field.name == name).map(|field| field.kind.as_str())
}

/// The name of the custom field whose choices the filter `name` takes as values, if it takes choices.
pub(crate) fn field_with_choices<'n>(fields: &[CustomField], name: &'n str) -> Option<&'n str> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    let field_name = base.strip_prefix(CUSTOM)?;
    let kind = kind_of(fields, field_name).filter(|_| matches!(lookup, "" | "n"))?;
    matches!(kind, "select" | "multiselect").then_some(field_name)
}

/// The refusal of the filter `name` for a token that may not view custom fields.
pub(crate) fn untold(name: &str) -> Error {
    let why = "this token may not view custom fields, so nobody knows whether there is such a one";
    Refusal::new(name, why).filter()
}

/// Refuses `name` if NetBox has no such filter for objects of that type, which have `fields`, and `values` that it would
/// ignore. Without an object type, `fields` are those of all types.
pub(crate) fn check_custom(
    fields: &[CustomField],
    object_type: Option<&str>,
    name: &str,
    values: &[String],
) -> Result<(), Error> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    let field_name = base.strip_prefix(CUSTOM).unwrap_or(base);
    let Some(field) = fields.iter().find(|field| field.name == field_name) else {
        let known = fields.iter().flat_map(|field| filters(&field.name, field.lookups().unwrap_or_default()));
        let near = nearest_filter(name, &known.collect::<Vec<_>>());
        let why = match object_type {
            Some(object_type) if fields.is_empty() => {
                format!("{object_type} has no custom fields, or this token may not view them")
            }
            Some(object_type) => {
                let others = if near.is_none() { format!(", but {}", all(fields)) } else { String::new() };
                format!("{object_type} has no such custom field, or this token may not view it{others}")
            }
            None => "nothing has such a custom field, or this token may not view it".to_owned(),
        };
        return Err(Refusal::new(name, why).or(near).filter());
    };
    let (kind, logic) = (field.kind.as_str(), field.filter_logic.as_str());
    if logic == "disabled" || kind == "json" {
        let why = if kind == "json" { "it is of type json" } else { "its filter logic is “disabled”" };
        return Err(
            Refusal::new(name, format!("NetBox does not filter by that custom field: {why}")).filter()
        );
    }
    if let Some(known) = field.lookups().filter(|known| !lookup.is_empty() && !known.contains(&lookup)) {
        let near = nearest_lookup(base, lookup, known.iter().copied());
        let has = if !known.is_empty() {
            format!("no lookup `{lookup}`, but {}", known.join(", "))
        } else if field.is_loose_text() {
            "no lookups: a field with filter logic “exact” has them".to_owned()
        } else {
            "no lookups".to_owned()
        };
        let why = format!("`{base}`, which is of type {kind} with filter logic “{logic}”, has {has}");
        return Err(Refusal::new(name, why).or(near).filter());
    }
    if kind == "boolean" { check_flag(name, values) } else { Ok(()) }
}

/// Refuses `name` if objects have no such custom field, as one of them shows by the names of its own, or if no custom field
/// has such a lookup. It is for tokens that may not view more.
pub(crate) fn check_custom_name(names: &[&str], name: &str) -> Result<(), Error> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    let field_name = base.strip_prefix(CUSTOM).unwrap_or(base);
    if !names.contains(&field_name) {
        // Objects show no types, and any lookup may be one of the type.
        let lookups = [OF_TEXTS, OF_NUMBERS].concat();
        let known: Vec<_> = names.iter().flat_map(|name| filters(name, &lookups)).collect();
        let near = nearest_filter(name, &known);
        return Err(Refusal::new(name, "the objects have no such custom field").or(near).filter());
    }
    if lookup.is_empty() || OF_TEXTS.contains(&lookup) || OF_NUMBERS.contains(&lookup) {
        return Ok(());
    }
    Err(Refusal::new(name, format!("no custom field has a lookup `{lookup}`")).filter())
}

const OF_TEXTS: &[&str] =
    &["n", "ic", "nic", "iew", "niew", "isw", "nisw", "ie", "nie", "regex", "iregex", "empty"];
const OF_NUMBERS: &[&str] = &["n", "gt", "gte", "lt", "lte", "empty"];

impl CustomField {
    /// Whether its filter is a lookup itself, which takes no other.
    fn is_loose_text(&self) -> bool {
        matches!(self.kind.as_str(), "text" | "longtext" | "url") && self.filter_logic.as_str() == "loose"
    }

    /// The lookups of the field's filter, each seen on 4.7.3 to be taken or ignored; `None` of a type that is not known.
    fn lookups(&self) -> Option<&'static [&'static str]> {
        match self.kind.as_str() {
            _ if self.is_loose_text() => Some(&[]),
            "text" | "longtext" | "url" | "select" | "multiselect" => Some(OF_TEXTS),
            "integer" | "decimal" | "date" | "datetime" | "object" | "multiobject" => Some(OF_NUMBERS),
            "boolean" => Some(&[]),
            _ => None,
        }
    }
}

/// The filters by the custom field `name`, without a lookup and with each of `lookups`.
fn filters(name: &str, lookups: &[&str]) -> impl Iterator<Item = String> {
    [""].iter().chain(lookups).map(move |lookup| with_lookup(&format!("{CUSTOM}{name}"), lookup))
}

/// The names of the filters by `fields`, for the end of a sentence.
fn all(fields: &[CustomField]) -> String {
    let names: Vec<_> = fields.iter().map(|field| format!("{CUSTOM}{}", field.name)).collect();
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>(), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::custom_fields;

    #[track_caller]
    fn check_filter(filter: &str, refused: Option<&str>) {
        let fields: Vec<CustomField> = serde_json::from_value(custom_fields()).unwrap();
        let (name, values) = filter.split_once('=').unwrap_or((filter, "1"));
        let values: Vec<_> = values.split(',').map(str::to_owned).collect();
        let told =
            check_custom(&fields, Some("dcim.site"), name, &values).err().map(|error| error.to_string());
        match (&told, refused) {
            (Some(told), Some(why)) => assert!(told.contains(why), "{told}"),
            _ => assert_eq!(told.as_deref(), refused),
        }
    }

    #[test]
    fn what_netbox_would_ignore_is_refused() {
        for name in
            ["cf_notes", "cf_price__gte", "cf_serial__ic", "cf_new__deep", "cf_cf_odd", "cf_spare=true"]
        {
            check_filter(name, None);
        }
        for filter in ["cf_spare", "cf_spare=yes", "cf_spare=true,false"] {
            check_filter(filter, Some("`cf_spare` is either true or false"));
        }
        check_filter("cf_cf_price", Some("dcim.site has no such custom field"));
        check_filter(
            "cf_nots",
            Some(
                "dcim.site has no such custom field, or this token may not view it (did you mean `cf_notes`?)",
            ),
        );
        check_filter("cf_prce__gte", Some("did you mean `cf_price__gte`?"));
        check_filter("cf_price_gte", Some("did you mean `cf_price__gte`?"));
        check_filter("cf_serail_contains", Some("did you mean `cf_serial__ic`?"));
        check_filter("cf_serial__contains", Some("did you mean `cf_serial__ic`?"));
        check_filter(
            "cf_notes__ic",
            Some("“loose”, has no lookups: a field with filter logic “exact” has them"),
        );
        check_filter("cf_spare__empty", Some("has no lookups; "));
        check_filter("cf_price__gtee", Some("did you mean `cf_price__gte`?"));
        check_filter("cf_hidden", Some("its filter logic is “disabled”"));
        check_filter("cf_data", Some("it is of type json"));
    }

    const CONSEQUENCE: &str = "; NetBox would ignore it and answer with everything. If the endpoint has it all the same, use \
                               `param_unchecked`";

    #[test]
    fn custom_fields_are_listed_where_none_is_near() {
        check_filter(
            "cf_tier",
            Some(&format!(
                "unknown filter `cf_tier`: dcim.site has no such custom field, or this token may not view it, but \
                 `cf_notes`, `cf_price`, `cf_serial`, `cf_hidden`, `cf_data`, `cf_new`, `cf_spare`, `cf_cf_odd`{CONSEQUENCE}"
            )),
        );
        let told = check_custom(&[], Some("dcim.site"), "cf_tier", &[]).unwrap_err().to_string();
        assert_eq!(
            told,
            format!(
                "unknown filter `cf_tier`: dcim.site has no custom fields, or this token may not view them{CONSEQUENCE}"
            )
        );
    }

    #[test]
    fn names_that_an_object_shows_are_guessed_with_their_lookups() {
        for (name, guess) in
            [("cf_teir", "cf_tier"), ("cf_teir__ic", "cf_tier__ic"), ("cf_tier_gte", "cf_tier__gte")]
        {
            let told = check_custom_name(&["tier", "notes"], name).unwrap_err().to_string();
            assert_eq!(
                told,
                format!(
                    "unknown filter `{name}`: the objects have no such custom field (did you mean `{guess}`?){CONSEQUENCE}"
                )
            );
        }
    }
}
