//! The comparison of a model with NetBox's own schema.

use netbox_schema::{Endpoint, Routes, Versions, endpoint, no_endpoint};
use syn::LitStr;

use crate::{
    attr, check,
    declared::Declared,
    errors::Errors,
    nearest::{did_you_mean, nearest},
};

mod compare;
mod fit;
mod known;
mod types;

pub(crate) use known::Known;

/// The endpoint of a model, where it is NetBox's own.
pub(crate) struct Schema {
    endpoint: Endpoint,
    since: Option<attr::Since>,
}

impl Schema {
    /// Looks up the endpoint. Returns `None` for an endpoint that the schema can't know, for one that is `unchecked`,
    /// and for one that is wrong.
    pub(crate) fn of(said: &attr::Container, errors: &mut Errors) -> Option<Self> {
        let literal = said.endpoint.as_ref().filter(|_| !said.schema.unchecked)?;
        let path = Some(literal.value()).filter(|path| check::is_endpoint(path))?;
        let Some(endpoint) = endpoint(&path) else {
            if let Some(message) = no_endpoint(&path, meant(said.schema.since)) {
                errors.at(literal, message);
            }
            return None;
        };
        let this = Self { endpoint, since: said.schema.since };
        if this.versions(None).is_empty() && !meant(this.since).is_empty() {
            let versions = endpoint.versions();
            errors.at(literal, format!("only NetBox {versions} has {path}, and `since` says what is newer"));
            return None;
        }
        Some(this)
    }

    /// Looks up a field, and notes what is wrong with it.
    pub(crate) fn field(&self, declared: &Declared, errors: &mut Errors) -> Option<Known> {
        let versions = self.versions(declared.said.schema.since);
        if declared.said.schema.unchecked || self.endpoint.fields().is_empty() || versions.is_empty() {
            return None;
        }
        let aliases = declared.serde.aliases.iter().map(LitStr::value);
        let names = std::iter::once(declared.wire.clone()).chain(aliases);
        let named = names.filter_map(|name| self.endpoint.field(&name));
        let known: Vec<_> = named.filter(|field| !field.versions().and(versions).is_empty()).collect();
        let Some(&field) = known.first() else {
            let message = self.no_field(&declared.wire, versions);
            match &declared.serde.rename {
                Some(literal) => errors.at(literal, message),
                None => errors.at(declared.ident, message),
            }
            return None;
        };
        let readable = known.iter().fold(Versions::NONE, |all, field| all.or(field.readable()));
        let known = Known { endpoint: self.endpoint, field, versions };
        known.check(declared, readable.and(versions), errors);
        Some(known)
    }

    /// The routes below the objects, in any version.
    pub(crate) fn routes(&self) -> Routes {
        self.endpoint.routes()
    }

    /// The versions that are meant, of those that have the endpoint.
    fn versions(&self, since: Option<attr::Since>) -> Versions {
        meant(since.max(self.since)).and(self.endpoint.versions())
    }

    fn no_field(&self, name: &str, versions: Versions) -> String {
        let Self { endpoint, .. } = self;
        let elsewhere = endpoint.field(name).map(|field| format!(": only {} has it", field.versions()));
        let fields = endpoint.fields().filter(|field| !field.versions().and(versions).is_empty());
        let rest = elsewhere
            .or_else(|| other_way(name).map(|way| format!(": {way}")))
            .or_else(|| nearest(name, fields.map(netbox_schema::Field::name)).map(did_you_mean));
        format!("no field `{name}` in {endpoint} (NetBox {versions}){}", rest.unwrap_or_default())
    }
}

/// The versions from `since` on.
fn meant(since: Option<attr::Since>) -> Versions {
    since.map_or(Versions::ALL, |(major, minor)| Versions::since(major, minor))
}

/// The way to something that is no field of its own.
fn other_way(name: &str) -> Option<&'static str> {
    match name {
        "changelog_message" => Some("a write is given one by `message`"),
        "add_tags" | "remove_tags" => Some("tags are added and removed by a `Patch`"),
        _ if name.starts_with("cf_") => Some("custom fields are in `custom_fields`"),
        _ => None,
    }
}
