//! The names that fields are filtered by.

use crate::{
    key::{Arity, Key},
    model::Field,
};

/// The name that NetBox filters a field by, where it is not the field's own: the declared one, or one that the schema
/// knows. NetBox filters lists by the singular.
pub(crate) fn name(Field { declared, known, .. }: &Field) -> Option<String> {
    let wire = &declared.wire;
    let singular = singular(wire);
    match (&declared.said.filter, known) {
        (Some(said), _) => Some(said.value()),
        (None, Some(known)) if known.has_filter(wire) => None,
        (None, Some(known)) if known.has_filter(&singular) => Some(singular),
        (None, _) => matches!(declared.key(), Some(Key { arity: Arity::Many, .. })).then_some(singular),
    }
}

fn singular(plural: &str) -> String {
    match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if plural.ends_with("sses") || plural.ends_with("xes") => plural[..plural.len() - 2].to_owned(),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn lists_are_filtered_in_the_singular() {
        for (plural, expected) in [
            ("tags", "tag"),
            ("asns", "asn"),
            ("ipaddresses", "ipaddress"),
            ("prefixes", "prefix"),
            ("policies", "policy"),
            ("nat_outside", "nat_outside"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}
