//! Differences between a field as it was declared and as NetBox has it.

use netbox_schema::{Filter, Versions};
use syn::LitStr;

use super::known::Known;
use crate::{
    declared::Declared,
    errors::Errors,
    nearest::{did_you_mean, nearest},
    shape::Shape,
    tokens::spelt,
};

impl Known {
    /// Compares a field with its declaration. NetBox answers with the field, or with an alias, in the versions
    /// `readable`.
    pub(super) fn check(&self, declared: &Declared, readable: Versions, errors: &mut Errors) {
        let before = errors.len();
        if declared.serde.default.is_none() {
            self.check_presence(declared, readable, errors);
        }
        // A function may read anything.
        if declared.serde.deserialize_with.is_none() && errors.len() == before {
            self.check_type(declared, errors);
        }
        if let Some(literal) = &declared.said.filter {
            self.check_filter(literal, errors);
        }
        if let Some(literal) = &declared.said.write {
            self.check_write(literal, errors);
        }
    }

    /// Checks that all versions answer with the field, or that serde does without it.
    fn check_presence(&self, declared: &Declared, readable: Versions, errors: &mut Errors) {
        let Self { endpoint, field, versions } = self;
        let shape = Shape::of(declared.ty);
        // serde does not do without a field that a function reads, be it an `Option`.
        let by_function = declared.serde.deserialize_with.is_some();
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
            since == readable && (does_without || field.nullable().and(since).is_empty())
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
            let filters = endpoint.filters().filter(|filter| self.are_meant(filter.versions()));
            let guess = nearest(&name, filters.map(Filter::name)).map(did_you_mean).unwrap_or_default();
            errors.at(literal, format!("no filter `{name}` in {endpoint} (NetBox {versions}){guess}"));
        }
    }

    fn check_write(&self, literal: &LitStr, errors: &mut Errors) {
        let Self { endpoint, field, .. } = self;
        let (name, said) = (field.name(), literal.value());
        let message = match self.written_as() {
            Some(right) if right == said => return,
            Some(right) => {
                format!(
                    "`{name}` in {endpoint} is written by `{right}_type` and `{right}_id`: leave `write` out"
                )
            }
            None => format!("`{name}` in {endpoint} is read-only: leave `write` out"),
        };
        errors.at(literal, message);
    }
}
