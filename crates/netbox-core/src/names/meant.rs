//! The filter that was probably meant by one that there isn't.

use netbox_schema::{Lookup, nearest};

/// The filter by `base` with the lookup that was probably meant by `lookup`, if `known` has it.
pub(super) fn nearest_lookup(
    base: &str,
    lookup: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Option<String> {
    let meant =
        in_netbox(lookup).filter(|here| here.is_empty() || known.clone().any(|suffix| suffix == *here));
    meant.or_else(|| nearest(lookup, known)).map(|here| with_lookup(base, here))
}

/// The one of the filters `known` that was probably meant by `name`. A lookup at the end, after one underscore or two, is
/// taken for what was meant, and only the rest for mistyped.
pub(super) fn nearest_filter(name: &str, known: &[String]) -> Option<String> {
    let with_that_lookup = name.rmatch_indices('_').find_map(|(at, _)| {
        let lookup = in_netbox(&name[at + 1..])?;
        let suffix = with_lookup("", lookup);
        let bases = known.iter().filter_map(|known| known.strip_suffix(&suffix));
        let base = nearest(name[..at].trim_end_matches('_'), bases.filter(|base| !base.contains("__")))?;
        Some(with_lookup(base, lookup))
    });
    with_that_lookup.or_else(|| nearest(name, known.iter().map(String::as_str)).map(str::to_owned))
}

pub(super) fn with_lookup(base: &str, lookup: &str) -> String {
    if lookup.is_empty() { base.to_owned() } else { format!("{base}__{lookup}") }
}

/// The lookup that NetBox has for `lookup`, which is one of its own or of Django's; empty for the one without a name.
fn in_netbox(lookup: &str) -> Option<&'static str> {
    match lookup {
        "exact" | "in" | "slug" => Some(""),
        "contains" | "icontains" => Some("ic"),
        "startswith" | "istartswith" => Some("isw"),
        "endswith" | "iendswith" => Some("iew"),
        "iexact" => Some("ie"),
        "isnull" => Some("empty"),
        "not" => Some("n"),
        "" => None,
        _ => Lookup::ALL.iter().map(|known| known.suffix()).find(|suffix| *suffix == lookup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookups_of_django_are_known() {
        let known = || ["n", "ic", "isw", "gte"].into_iter();
        let guess = |lookup| nearest_lookup("name", lookup, known());
        assert_eq!(guess("icontains").as_deref(), Some("name__ic"));
        assert_eq!(guess("in").as_deref(), Some("name"));
        assert_eq!(guess("gtee").as_deref(), Some("name__gte"));
        assert_eq!(guess("iendswith"), None, "the filter has no `iew`");
    }

    #[test]
    fn a_lookup_needs_no_two_underscores_to_be_recognised() {
        let known = ["name", "name__ic", "site_id", "site_id__n"].map(str::to_owned);
        let guess = |name| nearest_filter(name, &known);
        assert_eq!(guess("name_ic").as_deref(), Some("name__ic"));
        assert_eq!(guess("nmae__contains").as_deref(), Some("name__ic"));
        assert_eq!(guess("site_id_n").as_deref(), Some("site_id__n"));
        assert_eq!(guess("name_in").as_deref(), Some("name"));
        for name in ["name_gte", "_ic", "frobnicated_ic"] {
            assert_eq!(guess(name), None, "{name}");
        }
    }

    #[test]
    fn a_filter_that_is_guessed_exists() {
        let known = ["name", "name__ic", "site_id"].map(str::to_owned);
        let guess = |name| nearest_filter(name, &known);
        assert_eq!(guess("site_idd").as_deref(), Some("site_id"));
        assert_eq!(guess("nmae__icc").as_deref(), Some("name__ic"));
        assert_eq!(guess("sitte_id__icc"), None);
    }
}
