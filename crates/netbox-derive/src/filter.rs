//! What a field is filtered by.

use crate::{
    model::{Arity, Key},
    schema::Known,
};

/// The name, if it is not the field's own: the one that was said, or that NetBox has. To-many fields are filtered in
/// the singular.
pub(crate) fn name(
    said: Option<String>,
    wire: &str,
    key: Option<&Key>,
    known: Option<&Known>,
) -> Option<String> {
    let singular = singular(wire);
    match (said, known) {
        (Some(said), _) => Some(said),
        (None, Some(known)) if known.has_filter(wire) => None,
        (None, Some(known)) if known.has_filter(&singular) => Some(singular),
        (None, _) => key.is_some_and(|key| matches!(key.arity, Arity::Many)).then_some(singular),
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
