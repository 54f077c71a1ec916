//! The facts that are known of one version of NetBox.

use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::{Control, KeyRule, Kind, Lookup, Method};

/// The endpoints of one version, by their paths below `/api/`, such as `dcim/devices`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    pub endpoints: BTreeMap<String, Endpoint>,
    /// Names that filters once had, and those that they have now.
    pub renamed: BTreeMap<String, String>,
    /// Names of fields by which no list is filtered.
    pub unfiltered: BTreeSet<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Endpoint {
    /// By what follows the endpoint's path: [`LIST`], [`DETAIL`], or a part below the latter, such as `trace`.
    pub routes: BTreeMap<String, BTreeSet<Method>>,
    pub controls: BTreeSet<Control>,
    /// In the order in which NetBox shows them.
    pub fields: Vec<Field>,
    pub filters: BTreeMap<String, Filter>,
    /// NetBox's name of the type of its objects: `dcim.frontport`.
    pub object_type: Option<String>,
    /// Whether an object has an `ETag` that changes whenever the object does.
    pub versioned: bool,
    /// In the order of preference.
    pub keys: Vec<Key>,
}

/// Fields that together make two objects the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub parts: Vec<KeyPart>,
    /// Whether NetBox refuses a second object with equal values.
    pub unique: bool,
}

/// A field of those that together make two objects the same.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyPart {
    pub name: String,
    pub rule: KeyRule,
    pub ignores_case: bool,
    /// Whether the key is unique if the field is null.
    pub null_is_unique: bool,
}

/// The route of the endpoint itself.
pub const LIST: &str = ".";

/// The route of one object.
pub const DETAIL: &str = "*";

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are as many facts, and independent")]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    pub readable: bool,
    pub writable: bool,
    pub required: bool,
    /// Whether it can be read as null.
    pub nullable: bool,
    pub nested: bool,
    /// Whether the list can be ordered by it.
    pub ordered: bool,
    /// The endpoint that foreign keys point to; while only its schema is known, the name of that, without a slash.
    pub target: Option<String>,
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub kind: Kind,
    /// Whether several values can be given, by repeating the parameter.
    pub repeatable: bool,
    pub lookups: BTreeSet<Lookup>,
}

impl Facts {
    /// Adds facts that no document states and that follow from those that they state; the overlay has the exceptions.
    pub fn infer(&mut self) {
        for (path, endpoint) in &mut self.endpoints {
            endpoint.object_type = if endpoint.is_paged() { object_type(path) } else { None };
            let takes_order = endpoint.controls.contains(&Control::Ordering);
            for field in &mut endpoint.fields {
                field.ordered = takes_order && field.readable && is_column(field.kind);
            }
        }
    }
}

/// The name of the type of the objects that `path` lists: `dcim.frontport` for `dcim/front-ports`.
fn object_type(path: &str) -> Option<String> {
    let (app, plural) = path.split_once('/')?;
    let plural = plural.replace('-', "");
    let singular = match plural.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if plural.ends_with("sses") || plural.ends_with("xes") => plural[..plural.len() - 2].to_owned(),
        None => plural.strip_suffix('s').unwrap_or(&plural).to_owned(),
    };
    Some(format!("{app}.{singular}"))
}

/// Whether values of the kind stand in a column of the table in NetBox's database, which can then be ordered by it. An
/// object of no certain type does not, and of several objects each would repeat the row.
fn is_column(kind: Kind) -> bool {
    !matches!(kind, Kind::Generic | Kind::Generics | Kind::GenericObjects | Kind::ForeignKeys)
}

impl Endpoint {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether it lists objects by the page, as ordinary ones do.
    pub fn is_paged(&self) -> bool {
        self.controls.contains(&Control::Limit)
    }
}

impl Field {
    /// A field that is read and written, and can't be null.
    pub fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            readable: true,
            writable: true,
            required: false,
            nullable: false,
            nested: false,
            ordered: false,
            target: None,
            choices: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_from_paths() {
        for (path, expected) in [
            ("dcim/sites", Some("dcim.site")),
            ("dcim/front-ports", Some("dcim.frontport")),
            ("ipam/prefixes", Some("ipam.prefix")),
            ("ipam/ip-addresses", Some("ipam.ipaddress")),
            ("vpn/ike-policies", Some("vpn.ikepolicy")),
            ("status", None),
        ] {
            assert_eq!(object_type(path).as_deref(), expected, "{path}");
        }
    }
}
