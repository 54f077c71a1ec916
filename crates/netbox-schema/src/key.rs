//! Keys: the fields that make two objects the same.

use crate::{
    endpoint::Endpoint,
    entries::entries,
    field::Field,
    key_rule::KeyRule,
    name,
    table::{KEY_PARTS, KEYS},
    version::Versions,
};

/// Fields by which an object is recognised: two objects with equal values in all of them are the same.
///
/// Most keys are unique constraints of NetBox's own database. Where NetBox has none, as for prefixes, which it allows to
/// have twice, the key is what engineers mean by "the same".
///
/// ```
/// use netbox_schema::{KeyRule, endpoint};
///
/// let devices = endpoint("dcim/devices").unwrap();
/// let key = devices.keys().next().unwrap();
/// assert_eq!(key.parts().map(|part| part.name()).collect::<Vec<_>>(), ["name", "site", "tenant"]);
/// assert!(key.part(0).unwrap().ignores_case());
/// assert_eq!(key.part(2).unwrap().rule(), KeyRule::Any);
/// assert!(key.is_unique());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(u16);

/// A field of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyPart(u16);

entries! {
    /// The keys of an endpoint, in the order of preference.
    Keys of Key
}

entries! {
    /// The fields of a key.
    KeyParts of KeyPart
}

impl Key {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The versions that have all fields of the key.
    pub const fn versions(self) -> Versions {
        Versions::from_bits(KEYS[self.0 as usize][0])
    }

    /// Whether NetBox refuses a second object that is equal in all fields of the key. Where it does not, the key is a name that
    /// people take for one.
    pub const fn is_unique(self) -> bool {
        KEYS[self.0 as usize][3] != 0
    }

    /// The fields of the key.
    pub const fn parts(self) -> KeyParts {
        let [_, start, count, _] = KEYS[self.0 as usize];
        KeyParts::new(start, start + count)
    }

    /// The field at `index`.
    pub const fn part(self, index: usize) -> Option<KeyPart> {
        self.parts().get(index)
    }
}

impl KeyPart {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The name of the field.
    pub const fn name(self) -> &'static str {
        name::name(KEY_PARTS[self.0 as usize][0])
    }

    /// The field itself, of an endpoint that has the key.
    pub const fn field(self, endpoint: Endpoint) -> Option<Field> {
        endpoint.field(self.name())
    }

    /// The meaning of the field for an object that is described without the field.
    pub const fn rule(self) -> KeyRule {
        KeyRule::ALL[KEY_PARTS[self.0 as usize][1] as usize]
    }

    /// Whether NetBox takes values for equal that differ in the case of letters only.
    pub const fn ignores_case(self) -> bool {
        KEY_PARTS[self.0 as usize][2] != 0
    }

    /// Whether the key is unique if the field is null. Where it is not, as for a VLAN without a group, NetBox allows several
    /// objects that are equal in the other fields.
    pub const fn null_is_unique(self) -> bool {
        KEY_PARTS[self.0 as usize][3] != 0
    }
}

impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.parts()).finish()
    }
}

impl core::fmt::Debug for KeyPart {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple(self.name()).field(&self.rule()).field(&self.ignores_case()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Method, endpoints};

    #[test]
    fn objects_that_users_create_have_keys() {
        let creates = |endpoint: &Endpoint| {
            endpoint.object_type().is_some() && !endpoint.methods().of(Method::Post).is_empty()
        };
        let without: Vec<_> =
            endpoints().filter(|one| creates(one) && one.keys().is_empty()).map(Endpoint::path).collect();
        // A cable is written with its ends, and a script comes in a file.
        assert_eq!(without, ["dcim/cable-terminations", "extras/journal-entries", "extras/scripts"]);
    }

    #[test]
    fn an_endpoint_has_the_fields_of_its_keys_and_each_key_identifies_something() {
        for endpoint in endpoints() {
            let mut keys = BTreeSet::new();
            for key in endpoint.keys() {
                let names: Vec<_> = key.parts().map(KeyPart::name).collect();
                assert!(keys.insert(names.clone()), "{endpoint} {names:?}");
                assert!(key.parts().any(|part| part.rule() == KeyRule::Given), "{endpoint} {names:?}");
                for part in key.parts() {
                    let field = part.field(endpoint).unwrap();
                    let is_written =
                        endpoint.methods().of(Method::Post).is_empty() || !field.writable().is_empty();
                    assert!(is_written, "{endpoint} {field:?}");
                    let is_nullable = part.rule() != KeyRule::Null || !field.nullable().is_empty();
                    assert!(is_nullable, "{endpoint} {field:?}");
                }
            }
        }
    }

    #[test]
    fn a_key_shows_its_fields() {
        let shown: Vec<String> =
            crate::endpoint("ipam/prefixes").unwrap().keys().map(|key| format!("{key:?}")).collect();
        assert_eq!(shown, ["[prefix(Given, false), vrf(Null, false)]"]);
    }
}
