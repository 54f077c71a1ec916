//! Filters that make no sense anywhere.

use netbox_schema::{Endpoint, Lookup, never_filters};

use crate::wire::Error;

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

/// Refuses parameters of lists that are no filters.
pub(super) fn check_is_filter(name: &str) -> Result<(), Error> {
    match not_a_filter(name) {
        Some(instead) => Err(Error::query(format!("`{name}` is no filter: {instead}"))),
        None => Ok(()),
    }
}

fn not_a_filter(name: &str) -> Option<&'static str> {
    Some(match name {
        "limit" => "use the method `Query::limit`",
        "offset" => "use the method `Query::offset`",
        "ordering" => "use the method `Query::order`, without a struct with `Order::asc(\"name\")`",
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
    fn parameters_that_are_no_filters_name_the_method() {
        assert!(check_is_filter("limit").unwrap_err().to_string().contains("use the method `Query::limit`"));
        assert!(check_is_filter("offset").is_err() && check_is_filter("").is_err());
        assert!(check_is_filter("name").is_ok());
    }
}
