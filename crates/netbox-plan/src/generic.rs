//! Generic references: two fields, of which one has the type of an object and the other its id.

use netbox_schema::{Endpoint, Field, Kind};

/// A generic reference of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The name under which NetBox shows the object.
    pub(crate) name: &'static str,
    pub(crate) object_type: &'static str,
    pub(crate) id: &'static str,
}

/// The reference that NetBox shows as `name`: the fields of `assigned_object` are `assigned_object_type` and
/// `assigned_object_id`, and those of a service's `parent` are `parent_object_type` and `parent_object_id`.
pub(crate) fn pair(schema: Endpoint, name: &str) -> Option<Pair> {
    let shown = schema.field(name).filter(|field| field.kind() == Kind::Generic)?;
    let field = |part: &str| {
        let names = [format!("{name}_{part}"), format!("{name}_object_{part}")];
        names.iter().find_map(|name| schema.field(name)).map(Field::name)
    };
    Some(Pair { name: shown.name(), object_type: field("type")?, id: field("id")? })
}

/// The reference of which `part` is one of the two fields.
pub(crate) fn pair_of(schema: Endpoint, part: &str) -> Option<Pair> {
    let shown = schema.fields().filter(|field| field.kind() == Kind::Generic);
    shown
        .filter_map(|field| pair(schema, field.name()))
        .find(|pair| [pair.object_type, pair.id].contains(&part))
}

#[cfg(test)]
mod tests {
    use netbox_schema::endpoint;

    use super::*;

    #[test]
    fn the_two_fields_of_a_reference_are_found_by_either_name() {
        for (path, part, expected) in [
            ("ipam/ip-addresses", "assigned_object_id", Some("assigned_object")),
            ("ipam/services", "parent_object_type", Some("parent")),
            ("ipam/prefixes", "scope_id", Some("scope")),
            ("tenancy/contact-assignments", "object_id", Some("object")),
            ("ipam/fhrp-groups", "group_id", None),
            ("dcim/interfaces", "channel_id", None),
        ] {
            let found = pair_of(endpoint(path).unwrap(), part).map(|pair| pair.name);
            assert_eq!(found, expected, "{path} {part}");
        }
    }
}
