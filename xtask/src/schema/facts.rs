//! The facts that are known of one version of NetBox.

use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::{Control, Kind, Lookup, Method};

/// The endpoints of one version, by their paths below `/api/`, such as `dcim/devices`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) endpoints: BTreeMap<String, Endpoint>,
    /// Names that filters once had, and those that they have now.
    pub(crate) renamed: BTreeMap<String, String>,
    /// Names of fields by which no list is filtered.
    pub(crate) unfiltered: BTreeSet<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Endpoint {
    /// By what follows the endpoint's path: [`LIST`], [`DETAIL`], or a part below the latter, such as `trace`.
    pub(crate) routes: BTreeMap<String, BTreeSet<Method>>,
    pub(crate) controls: BTreeSet<Control>,
    /// In the order in which NetBox shows them.
    pub(crate) fields: Vec<Field>,
    pub(crate) filters: BTreeMap<String, Filter>,
    /// NetBox's name of the type of its objects: `dcim.frontport`.
    pub(crate) object_type: Option<String>,
    /// Whether an object has an `ETag` that changes whenever the object does.
    pub(crate) versioned: bool,
}

/// The route of the endpoint itself.
pub(crate) const LIST: &str = ".";

/// The route of one object.
pub(crate) const DETAIL: &str = "*";

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are as many facts, and independent")]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) readable: bool,
    pub(crate) writable: bool,
    pub(crate) required: bool,
    /// Whether it can be read as null.
    pub(crate) nullable: bool,
    pub(crate) nested: bool,
    /// Whether the list can be ordered by it.
    pub(crate) ordered: bool,
    /// The endpoint that foreign keys point to; while only its schema is known, the name of that, without a slash.
    pub(crate) target: Option<String>,
    pub(crate) choices: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter {
    pub(crate) kind: Kind,
    /// Whether several values can be given, by repeating the parameter.
    pub(crate) repeatable: bool,
    pub(crate) lookups: BTreeSet<Lookup>,
}

impl Facts {
    /// Adds facts that no document states and that follow from those that they state; the overlay has the exceptions.
    pub(super) fn infer(&mut self) {
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
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether it lists objects by the page, as ordinary ones do.
    pub(crate) fn is_paged(&self) -> bool {
        self.controls.contains(&Control::Limit)
    }
}

impl Field {
    /// A field that is read and written, and can't be null.
    pub(crate) fn new(name: &str, kind: Kind) -> Self {
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
