//! What is known of one version of NetBox.

use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::{Control, Kind, Lookup, Method};

/// The endpoints of one version, by their paths below `/api/`, such as `dcim/devices`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) endpoints: BTreeMap<String, Endpoint>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Endpoint {
    /// By what follows the endpoint's path: [`LIST`], [`DETAIL`], or a part below the latter, such as `trace`.
    pub(crate) routes: BTreeMap<String, BTreeSet<Method>>,
    pub(crate) controls: BTreeSet<Control>,
    /// In the order in which NetBox shows them.
    pub(crate) fields: Vec<Field>,
    pub(crate) filters: BTreeMap<String, Filter>,
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
            target: None,
            choices: Vec::new(),
        }
    }
}
