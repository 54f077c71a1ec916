//! Filters, and their lookups.

use core::fmt;

use crate::{
    entries::entries,
    field::{Form, Forms},
    kind::Kind,
    lookup::Lookup,
    name::{self, whole},
    table::{FILTERS, PATTERNS, RENAMED, UNFILTERED},
    version::Versions,
};

/// A filter of an endpoint: a parameter, and the parameters that add a lookup to its name.
///
/// A filter by objects has two names: `site_id` takes ids, `site` a slug or whatever names the object.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Filter(u16);

entries! {
    /// The filters of an endpoint, in the order of their names.
    Filters of Filter
}

impl Filter {
    pub(crate) const fn at(row: u16) -> Self {
        Self(row)
    }

    /// The name, without a lookup.
    pub const fn name(self) -> &'static str {
        name::name(FILTERS[self.0 as usize][0])
    }

    /// The versions that have the filter with `lookup`.
    ///
    /// ```
    /// use netbox_schema::{Lookup, endpoint};
    ///
    /// let name = endpoint("dcim/sites").unwrap().filter("name").unwrap();
    /// assert!(name.lookup(Lookup::Contains).contains(4, 3));
    /// assert!(name.lookup(Lookup::Greater).is_empty());
    /// ```
    pub const fn lookup(self, lookup: Lookup) -> Versions {
        Versions::from_bits(self.pattern()[3 + lookup as usize])
    }

    /// The versions that have the filter with any lookup.
    pub const fn versions(self) -> Versions {
        let mut versions = Versions::NONE;
        let mut lookup = 0;
        while lookup < Lookup::ALL.len() {
            versions = versions.or(self.lookup(Lookup::ALL[lookup]));
            lookup += 1;
        }
        versions
    }

    /// The lookups that some version has.
    pub fn lookups(self) -> impl Iterator<Item = Lookup> {
        Lookup::ALL.iter().copied().filter(move |lookup| !self.lookup(*lookup).is_empty())
    }

    /// The kinds of the filter's values, each for the versions that agree on it: a scalar, or a bare choice.
    /// [`Empty`](Lookup::Empty) always takes `true` or `false`.
    ///
    /// ```
    /// use netbox_schema::{Kind, endpoint};
    ///
    /// let by_type = endpoint("ipam/ip-addresses").unwrap().filter("assigned_object_type").unwrap();
    /// let forms: Vec<_> = by_type.forms().map(|form| (form.versions().to_string(), form.kind())).collect();
    /// assert_eq!(forms, [("4.3".to_owned(), Kind::Integer), ("4.4-4.7".to_owned(), Kind::Text)]);
    /// ```
    pub const fn forms(self) -> Forms {
        let (start, count) = (self.pattern()[0], self.pattern()[1]);
        Forms::new(start, start + count)
    }

    /// The kind of the filter's values in the newest version that has the filter.
    pub const fn kind(self) -> Kind {
        let (start, count) = (self.pattern()[0], self.pattern()[1]);
        Form::at(start + count - 1).kind()
    }

    /// The versions in which the parameter, alone or with [`Not`](Lookup::Not), can be repeated to give several values.
    /// In all other versions, NetBox takes the last value and silently ignores the others.
    ///
    /// ```
    /// use netbox_schema::endpoint;
    ///
    /// let addresses = endpoint("ipam/ip-addresses").unwrap();
    /// let by_type = addresses.filter("assigned_object_type").unwrap();
    /// assert_eq!(by_type.repeatable().to_string(), "4.5-4.7");
    /// ```
    pub const fn repeatable(self) -> Versions {
        Versions::from_bits(self.pattern()[2])
    }

    const fn pattern(self) -> &'static [u16] {
        &PATTERNS[FILTERS[self.0 as usize][1] as usize]
    }
}

/// The name that NetBox now gives to the filters, and to the fields, that it once called `old`.
///
/// ```
/// assert_eq!(netbox_schema::renamed("device_role"), Some("role"));
/// ```
pub const fn renamed(old: &str) -> Option<&'static str> {
    match name::find(&RENAMED, whole(&RENAMED), old) {
        Some(row) => Some(name::name(RENAMED[row as usize][1])),
        None => None,
    }
}

/// Whether most objects have a field called `name`, and no list of any version is filtered by it.
///
/// ```
/// use netbox_schema::never_filters;
///
/// assert!(never_filters("comments") && !never_filters("description"));
/// ```
pub const fn never_filters(name: &str) -> bool {
    name::find(&UNFILTERED, whole(&UNFILTERED), name).is_some()
}

/// The name of a filter and the lookup in that of a parameter, if there is such a lookup.
pub(crate) const fn split(parameter: &str) -> (&str, Option<Lookup>) {
    let bytes = parameter.as_bytes();
    let mut at = bytes.len();
    while at > 1 {
        at -= 1;
        if bytes[at] == b'_' && bytes[at - 1] == b'_' {
            let (name, suffix) = parameter.split_at(at + 1);
            return (name.split_at(at - 1).0, lookup(suffix));
        }
    }
    (parameter, Some(Lookup::Exact))
}

const fn lookup(suffix: &str) -> Option<Lookup> {
    // The first has no suffix, and no underscores before it.
    let mut number = 1;
    while number < Lookup::ALL.len() {
        if is_same(Lookup::ALL[number].suffix().as_bytes(), suffix.as_bytes()) {
            return Some(Lookup::ALL[number]);
        }
        number += 1;
    }
    None
}

/// As `==`, which can't be in a `const fn`.
const fn is_same(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Asked(Filter);

        impl fmt::Debug for Asked {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_map().entries(self.0.lookups().map(|lookup| (lookup, self.0.lookup(lookup)))).finish()
            }
        }

        f.debug_struct("Filter")
            .field("name", &self.name())
            .field("forms", &self.forms())
            .field("repeatable", &self.repeatable())
            .field("lookups", &Asked(*self))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(parameter: &str, name: &str, lookup: Option<Lookup>) {
        assert_eq!(split(parameter), (name, lookup), "{parameter}");
    }

    #[test]
    fn a_parameter_is_a_name_and_a_lookup() {
        check("name", "name", Some(Lookup::Exact));
        check("name__ic", "name", Some(Lookup::Contains));
        check("site_id__n", "site_id", Some(Lookup::Not));
        check("name__contains", "name", None);
        check("name__", "name", None);
        check("__ic", "", Some(Lookup::Contains));
        check("a__b__gt", "a__b", Some(Lookup::Greater));
        check("", "", Some(Lookup::Exact));
        check("_", "_", Some(Lookup::Exact));
    }

    proptest! {
        #[test]
        fn no_parameter_is_too_odd(parameter in "\\PC{0,4}_{0,3}\\PC{0,4}_{0,3}(ic|n|)") {
            let (name, lookup) = split(&parameter);
            prop_assert!(parameter.starts_with(name));
            if let Some(lookup) = lookup.filter(|lookup| *lookup != Lookup::Exact) {
                prop_assert_eq!(format!("{name}__{}", lookup.suffix()), parameter);
            }
        }
    }
}
