//! Facts about a field that NetBox has.

use netbox_schema::{Endpoint, Field, Form, Kind, Versions};

/// A field as NetBox has it, in the versions that are meant.
pub(crate) struct Known {
    pub(super) endpoint: Endpoint,
    pub(super) field: Field,
    pub(super) versions: Versions,
}

impl Known {
    /// Whether NetBox ignores the field in whatever is written.
    pub(crate) fn is_read_only(&self) -> bool {
        !self.are_meant(self.field.writable())
    }

    /// The name, before `_type` and `_id`, that a generic reference is written by, if it can be written.
    pub(crate) fn written_as(&self) -> Option<String> {
        let is_written =
            |name: &str| self.endpoint.field(name).is_some_and(|part| self.are_meant(part.writable()));
        // NetBox's habits: `scope`, `parent` of services, and `parent` of images.
        let name = self.field.name();
        [name.to_owned(), format!("{name}_object"), "object".to_owned()]
            .into_iter()
            .find(|stem| is_written(&format!("{stem}_type")) && is_written(&format!("{stem}_id")))
    }

    /// Whether NetBox filters something by the name, alone or with an `_id`.
    pub(crate) fn has_filter(&self, name: &str) -> bool {
        let has =
            |name: &str| self.endpoint.filter(name).is_some_and(|filter| self.are_meant(filter.versions()));
        has(name) || has(&format!("{name}_id"))
    }

    /// The endpoints that the field refers to.
    pub(crate) fn targets(&self) -> Vec<&'static str> {
        let mut targets: Vec<_> = self.forms().filter_map(|form| Some(form.target()?.path())).collect();
        targets.dedup();
        targets
    }

    /// The forms in which NetBox sends the field.
    pub(super) fn forms(&self) -> impl Iterator<Item = Form> {
        self.field.forms().filter(|form| self.are_meant(form.versions()))
    }

    /// Whether the field can be null. NetBox declares lists of keys as if they could be; they are empty instead.
    pub(super) fn is_nullable(&self) -> bool {
        self.are_meant(self.field.nullable()) && self.field.kind() != Kind::ForeignKeys
    }

    /// Whether one of these versions is meant.
    pub(super) fn are_meant(&self, versions: Versions) -> bool {
        !versions.and(self.versions).is_empty()
    }
}
