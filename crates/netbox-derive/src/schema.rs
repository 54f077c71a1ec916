//! What NetBox's own schema knows of a model, and what it has against it.

use netbox_schema::{Endpoint, Routes, Versions, endpoint};
use syn::{Ident, LitStr, Type};

use crate::{attr, errors::Errors, nearest::nearest, shape::Shape};

mod endpoint;
mod fit;
mod types;

/// The endpoint of a model, where it is NetBox's own.
pub(crate) struct Schema {
    endpoint: Endpoint,
    since: Option<attr::Since>,
}

/// A field as it was declared.
pub(crate) struct Declared<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) wire: &'a str,
    pub(crate) said: &'a attr::Field,
    pub(crate) serde: &'a attr::Serde,
    /// The whole struct has a default.
    pub(crate) default: bool,
}

/// A field as NetBox has it, in the versions that are meant.
pub(crate) struct Known {
    endpoint: Endpoint,
    field: netbox_schema::Field,
    versions: Versions,
}

impl Schema {
    /// `None` for what nothing is known of: plugins' endpoints, newer versions, and what isn't to be checked.
    pub(crate) fn of(container: &attr::Container, errors: &mut Errors) -> Option<Self> {
        let literal = container.endpoint.as_ref().filter(|_| !container.schema.unchecked)?;
        let path = literal.value();
        let Some(endpoint) = endpoint(&path) else {
            if let Some(message) = endpoint::missing(&path, meant(container.schema.since)) {
                errors.at(literal, message);
            }
            return None;
        };
        let this = Self { endpoint, since: container.schema.since };
        if this.versions(None).is_empty() && !meant(this.since).is_empty() {
            let versions = endpoint.versions();
            errors.at(literal, format!("only NetBox {versions} has {path}, and `since` says what is newer"));
            return None;
        }
        Some(this)
    }

    /// What is known of the field, whose mistake is told if it has one.
    pub(crate) fn field(&self, declared: &Declared, errors: &mut Errors) -> Option<Known> {
        let versions = self.versions(declared.said.schema.since);
        if declared.said.schema.unchecked || self.endpoint.fields().is_empty() || versions.is_empty() {
            return None;
        }
        let aliases = declared.serde.aliases.iter().map(LitStr::value);
        let names = std::iter::once(declared.wire.to_owned()).chain(aliases);
        let named = names.filter_map(|name| self.endpoint.field(&name));
        let known: Vec<_> = named.filter(|field| !field.versions().and(versions).is_empty()).collect();
        let Some(&field) = known.first() else {
            match &declared.serde.rename {
                Some(literal) => errors.at(literal, self.no_field(declared.wire, versions)),
                None => errors.at(declared.ident, self.no_field(declared.wire, versions)),
            }
            return None;
        };
        let readable = known.iter().fold(Versions::NONE, |all, field| all.or(field.readable()));
        let known = Known { endpoint: self.endpoint, field, versions };
        known.check(declared, readable.and(versions), errors);
        Some(known)
    }

    /// What is below the objects, in any version.
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
            .or_else(|| meant_name(name, fields.map(netbox_schema::Field::name)));
        format!("no field `{name}` in {endpoint} (NetBox {versions}){}", rest.unwrap_or_default())
    }
}

impl Known {
    /// Whether NetBox ignores it in whatever is written.
    pub(crate) fn is_read_only(&self) -> bool {
        self.field.writable().and(self.versions).is_empty()
    }

    /// What a generic reference is written by, before `_type` and `_id`, if it can be written.
    pub(crate) fn written_as(&self) -> Option<String> {
        let is_written = |name: &str| {
            let part = self.endpoint.field(name);
            part.is_some_and(|part| !part.writable().and(self.versions).is_empty())
        };
        // NetBox's habits: `scope`, `parent` of services, and `parent` of images.
        let name = self.field.name();
        [name.to_owned(), format!("{name}_object"), "object".to_owned()]
            .into_iter()
            .find(|stem| is_written(&format!("{stem}_type")) && is_written(&format!("{stem}_id")))
    }

    /// Whether something is filtered by the name, alone or with an `_id`.
    pub(crate) fn has_filter(&self, name: &str) -> bool {
        let has = |name: &str| {
            let filter = self.endpoint.filter(name);
            filter.is_some_and(|filter| !filter.versions().and(self.versions).is_empty())
        };
        has(name) || has(&format!("{name}_id"))
    }

    /// The endpoints that it refers to.
    pub(crate) fn targets(&self) -> Vec<&'static str> {
        let forms = self.field.forms().filter(|form| !form.versions().and(self.versions).is_empty());
        let mut targets: Vec<_> = forms.filter_map(|form| Some(form.target()?.path())).collect();
        targets.dedup();
        targets
    }

    fn check(&self, declared: &Declared, readable: Versions, errors: &mut Errors) {
        let before = errors.len();
        if !(declared.default || declared.serde.default) {
            self.check_presence(declared, readable, errors);
        }
        // What a function reads may be anything.
        if !declared.serde.deserialize_with && errors.len() == before {
            self.check_type(declared, errors);
        }
        if let Some(literal) = &declared.said.filter {
            self.check_filter(literal, errors);
        }
        if let Some(literal) = &declared.said.write {
            self.check_write(literal, errors);
        }
    }

    /// Whether all versions answer with it, or serde makes do without.
    fn check_presence(&self, declared: &Declared, readable: Versions, errors: &mut Errors) {
        let Self { endpoint, field, versions } = self;
        let shape = Shape::of(declared.ty);
        // Of what a function reads, serde knows no value to do without, be it an `Option`.
        let by_function = declared.serde.deserialize_with;
        let does_without = shape.is_optional() || matches!(shape, Shape::Unknown);
        if readable == *versions || (does_without && !by_function) {
            return;
        }
        let name = field.name();
        let instead = match shape {
            _ if by_function => {
                "add `#[serde(default)]`, without which what a function reads has to be there".to_owned()
            }
            Shape::List(_) => "give it a `#[serde(default)]`".to_owned(),
            _ => format!("use `Option<{}>`", spelt(declared.ty)),
        };
        let all_since = readable.oldest().filter(|oldest| {
            let since = Versions::since(oldest.major, oldest.minor).and(*versions);
            since == readable && (does_without || self.field.nullable().and(since).is_empty())
        });
        let message = match all_since {
            _ if readable.is_empty() => format!("NetBox takes `{name}` and never answers with it: {instead}"),
            Some(oldest) => format!(
                "only NetBox {readable} has `{name}` in {endpoint}: {instead}, or say `#[netbox(since = \"{oldest}\")]` \
                 if there is no older one to read from"
            ),
            None => format!("only NetBox {readable} has `{name}` in {endpoint}: {instead}"),
        };
        errors.at(declared.ty, message);
    }

    fn check_filter(&self, literal: &LitStr, errors: &mut Errors) {
        let Self { endpoint, versions, .. } = self;
        let name = literal.value();
        if !self.has_filter(&name) {
            let filters = endpoint.filters().filter(|filter| !filter.versions().and(*versions).is_empty());
            let guess = meant_name(&name, filters.map(netbox_schema::Filter::name)).unwrap_or_default();
            errors.at(literal, format!("no filter `{name}` in {endpoint} (NetBox {versions}){guess}"));
        }
    }

    fn check_write(&self, literal: &LitStr, errors: &mut Errors) {
        let Self { endpoint, field, .. } = self;
        let (name, said) = (field.name(), literal.value());
        match self.written_as() {
            Some(right) if right == said => {}
            Some(right) => errors.at(
                literal,
                format!(
                    "`{name}` in {endpoint} is written by `{right}_type` and `{right}_id`: leave `write` out"
                ),
            ),
            None => errors.at(literal, format!("`{name}` in {endpoint} is read-only: leave `write` out")),
        }
    }
}

/// The versions from the oldest on that is meant.
fn meant(since: Option<attr::Since>) -> Versions {
    since.map_or(Versions::ALL, |(major, minor)| Versions::since(major, minor))
}

/// How to get at what is no field of its own.
fn other_way(name: &str) -> Option<&'static str> {
    match name {
        "changelog_message" => Some("a write is given one by `message`"),
        "add_tags" | "remove_tags" => Some("tags are added and removed by a `Patch`"),
        _ if name.starts_with("cf_") => Some("custom fields are in `custom_fields`"),
        _ => None,
    }
}

fn meant_name(name: &str, names: impl Iterator<Item = &'static str>) -> Option<String> {
    nearest(&name.to_ascii_lowercase(), names).map(did_you_mean)
}

fn did_you_mean(name: &str) -> String {
    format!("; did you mean `{name}`?")
}

/// The type as people write it, without the spaces between its tokens.
pub(crate) fn spelt(ty: &Type) -> String {
    let mut text = String::new();
    let tokens = quote::ToTokens::to_token_stream(ty).to_string();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for word in tokens.split(' ') {
        let between_words =
            text.ends_with(is_word) && word.starts_with(|letter| is_word(letter) || letter == '\'');
        if between_words || text.ends_with([',', ';']) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ty: &str) {
        assert_eq!(spelt(&syn::parse_str(ty).unwrap()), ty);
    }

    #[test]
    fn types_are_spelt_as_people_do() {
        check("Fk<Tenant>");
        check("Vec<netbox_core::Fk<crate::Tenant>>");
        check("HashMap<String, Vec<u8>>");
        check("(String, [u8; 4])");
        check("Box<dyn Trait>");
    }
}
