//! Filters that make no sense anywhere, and, where no schema has the names of filters, those that are plausible.

use netbox_schema::{Endpoint, Lookup, nearest, never_filters};

use super::refusal::Refusal;
use crate::wire::Error;

/// Filters that hardly any endpoint lacks, beside those by its own fields.
const COMMON: [&str; 9] = [
    "id",
    "q",
    "tag",
    "tag_id",
    "created",
    "last_updated",
    "created_by_request",
    "updated_by_request",
    "modified_by_request",
];

/// Whether several values of the filter `name` must all hold: NetBox takes any of them for all other filters.
pub(crate) fn is_conjoined(name: &str) -> bool {
    let negative = name.rsplit_once("__").is_some_and(|(_, lookup)| lookup.starts_with('n'));
    negative || is_of_tags(name)
}

/// The beginning of the names of filters by custom fields.
pub(super) const CUSTOM: &str = "cf_";

/// Whether the filter `name` is by a custom field.
pub(crate) fn is_custom(name: &str) -> bool {
    name.starts_with(CUSTOM)
}

pub(crate) fn is_of_tags(name: &str) -> bool {
    matches!(name, "tag" | "tag_id")
}

/// Refuses what NetBox ignores wherever it is sent, and then answers with everything: `name` with `values`.
pub(super) fn check_sense(endpoint: Option<Endpoint>, name: &str, values: &[String]) -> Result<(), Error> {
    let (base, lookup) = name.split_once("__").unwrap_or((name, ""));
    if never_filters(base) {
        return Err(Error::query(format!(
            "NetBox has no filter by `{base}`, and would answer with everything"
        )));
    }
    if lookup == "empty" && !values.iter().all(|value| matches!(value.as_str(), "true" | "false")) {
        return Err(Error::query(format!("`{name}` is true or false: NetBox would ignore anything else")));
    }
    if values.iter().any(String::is_empty) {
        let has_empty = endpoint
            .and_then(|endpoint| endpoint.filter(base))
            .is_some_and(|filter| lookup.is_empty() && !filter.lookup(Lookup::Empty).is_empty());
        let instead =
            if has_empty { format!("; objects without a value have `{base}__empty`") } else { String::new() };
        return Err(Error::query(format!(
            "the value of `{name}` is empty: NetBox would ignore it and answer with everything{instead}"
        )));
    }
    Ok(())
}

/// Refuses values that NetBox does not read as true or false.
pub(super) fn check_flag(name: &str, values: &[String]) -> Result<(), Error> {
    match values {
        [value] if matches!(value.as_str(), "true" | "True" | "false" | "False") => Ok(()),
        _ => Err(Error::query(format!(
            "`{name}` is either true or false: NetBox would ignore anything else, and all but the last of several"
        ))),
    }
}

/// Refuses `name` if it is not plausible for a model with `fields`. Of a model that reads all fields nothing is known.
pub(super) fn check_plausible(name: &str, fields: Option<&[&str]>) -> Result<(), Error> {
    if let Some(instead) = not_a_filter(name) {
        return Err(Error::query(format!("`{name}` is no filter: {instead}")));
    }
    let Some(fields) = fields else { return Ok(()) };
    if is_custom(name) {
        return Ok(());
    }
    let (base, lookup) = name.split_once("__").map_or((name, None), |(base, lookup)| (base, Some(lookup)));
    if !is_plausible(base, fields) {
        let keys: Vec<_> = fields.iter().map(|field| format!("{field}_id")).collect();
        let known = fields.iter().copied().chain(COMMON).chain(keys.iter().map(String::as_str));
        let suffix = lookup.map(|lookup| format!("__{lookup}")).unwrap_or_default();
        let nearest = nearest(base, known).map(|near| format!("{near}{suffix}"));
        return Err(Refusal::new(name, "this model has no such field").or(nearest).filter());
    }
    match lookup {
        // `any` is a lookup of tags alone, and `q` has none.
        Some("any" | "n") if is_of_tags(base) => Ok(()),
        Some(lookup) if is_of_tags(base) || base == "q" => {
            Err(Refusal::new(name, format!("`{base}` has no lookup `{lookup}`")).filter())
        }
        Some(lookup) if !lookups().any(|known| known == lookup) => {
            let guess = nearest_lookup(base, lookup, lookups());
            Err(Refusal::new(name, format!("there is no lookup `{lookup}`")).or(guess).filter())
        }
        _ => Ok(()),
    }
}

/// The suffixes that some filter has after two underscores.
fn lookups() -> impl Iterator<Item = &'static str> + Clone {
    Lookup::ALL.iter().map(|lookup| lookup.suffix()).filter(|suffix| !suffix.is_empty())
}

/// The filter by `base` with the lookup that was probably meant by `lookup`, if `known` has it.
pub(super) fn nearest_lookup(
    base: &str,
    lookup: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Option<String> {
    /// Lookups of Django, and those of NetBox in their place.
    const DJANGO: [(&str, &str); 9] = [
        ("contains", "ic"),
        ("icontains", "ic"),
        ("startswith", "isw"),
        ("istartswith", "isw"),
        ("endswith", "iew"),
        ("iendswith", "iew"),
        ("iexact", "ie"),
        ("isnull", "empty"),
        ("not", "n"),
    ];
    if matches!(lookup, "exact" | "in" | "slug") {
        return Some(base.to_owned());
    }
    let meant = DJANGO.iter().find(|(django, _)| *django == lookup).map(|(_, here)| *here);
    let meant = meant.filter(|here| known.clone().any(|suffix| suffix == *here));
    meant.or_else(|| nearest(lookup, known)).map(|here| format!("{base}__{here}"))
}

fn is_plausible(base: &str, fields: &[&str]) -> bool {
    let is_field = |name: &str| {
        COMMON.contains(&name)
            || fields.contains(&name)
            || fields.iter().any(|field| field.strip_suffix('s') == Some(name))
    };
    is_field(base) || base.strip_suffix("_id").is_some_and(|key| !COMMON.contains(&key) && is_field(key))
}

fn not_a_filter(name: &str) -> Option<&'static str> {
    Some(match name {
        "limit" => "use the method `Query::limit`",
        "offset" => "use the method `Query::offset`",
        "ordering" => "use the method `Query::order`",
        "fields" | "omit" | "exclude" => {
            "a query asks for the fields of its model; use `Query::fields` without a struct, or `Query::all_fields`"
        }
        "brief" => "use the method `Query::brief`",
        "start" => "the library itself asks for pages",
        "format" | "export" => "a query reads JSON; use `raw`",
        "" => "it is empty",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[&str] = &["id", "name", "status", "site", "asns", "serial"];

    #[track_caller]
    fn check_refused(name: &str, why: &str) {
        let message = check_plausible(name, Some(FIELDS)).unwrap_err().to_string();
        assert!(message.contains(why), "{message}");
    }

    #[test]
    fn plausible_names_pass() {
        for name in [
            "name",
            "name__ic",
            "site",
            "site_id",
            "site_id__n",
            "asn_id",
            "q",
            "tag",
            "tag__any",
            "cf_audited__gte",
            "last_updated__gte",
            "id__gt",
            "serial__empty",
        ] {
            check_plausible(name, Some(FIELDS)).unwrap();
        }
        check_plausible("anything", None).unwrap();
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let refused = |name: &str, value: &str| check_sense(None, name, &[value.to_owned()]).is_err();
        assert!(refused("name", "") && refused("mtu__empty", "1") && refused("display__ic", "x"));
        let sites = netbox_schema::endpoint("dcim/sites");
        let told = |name: &str| check_sense(sites, name, &[String::new()]).unwrap_err().to_string();
        assert!(
            told("facility").contains("have `facility__empty`") && !told("region_id").contains("__empty")
        );
        assert!(!refused("name", "x") && !refused("mtu__empty", "true") && !refused("tag_id", "1"));
    }

    #[test]
    fn mistyped_names_are_refused_with_the_nearest() {
        check_refused("nmae__ic", "did you mean `name__ic`?");
        check_refused("sitte_id", "did you mean `site_id`?");
        check_refused("name__contains", "there is no lookup `contains` (did you mean `name__ic`?)");
        check_refused("name__istartswith", "did you mean `name__isw`?");
        check_refused("name__in", "did you mean `name`?");
        check_refused("name__icc", "did you mean `name__ic`?");
        check_refused("frobnicated", "this model has no such field; NetBox would ignore it");
        check_refused("id_id", "this model has no such field");
        check_refused("q__ic", "no lookup `ic`");
        check_refused("tag__gt", "no lookup `gt`");
        check_refused("limit", "use the method `Query::limit`");
        assert!(check_plausible("offset", None).is_err());
    }
}
