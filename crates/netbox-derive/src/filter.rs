//! The filters by fields.

use crate::{
    key::{Arity, Key},
    model::Field,
};

/// The filter that NetBox has for a field.
pub(crate) enum Filter {
    /// It has the field's name.
    Same,
    /// It has a name of its own: the declared one, or one that the schema knows.
    Named(String),
    /// There is none.
    Absent,
}

impl Filter {
    /// NetBox filters lists by the singular.
    pub(crate) fn of(Field { declared, known, .. }: &Field) -> Self {
        let wire = &declared.wire;
        let singular = singular(wire);
        match (&declared.said.filter, known) {
            (Some(said), _) => Self::Named(said.value()),
            (None, Some(known)) if known.has_filter(wire) => Self::Same,
            (None, Some(known)) if known.has_filter(&singular) => Self::Named(singular),
            (None, Some(_)) => Self::Absent,
            (None, None) => match declared.key() {
                Some(Key { arity: Arity::Many, .. }) => Self::Named(singular),
                _ => Self::Same,
            },
        }
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
