//! The check that the type of a field takes what NetBox answers.

use netbox_schema::{Form, Kind, Versions};

use super::{fit, known::Known};
use crate::{declared::Declared, errors::Errors, shape::Shape, tokens::spelt};

impl Known {
    pub(super) fn check_type(&self, declared: &Declared, errors: &mut Errors) {
        let shape = Shape::of(declared.ty);
        let forms: Vec<_> = self.forms().collect();
        match forms.iter().find(|form| !self.takes(shape, **form)) {
            Some(form) => errors.at(declared.ty, self.misfit(declared, shape, *form, &forms)),
            None => self.check_null(declared, shape, errors),
        }
    }

    fn check_null(&self, declared: &Declared, shape: Shape, errors: &mut Errors) {
        if !self.is_nullable() || shape.takes_null() {
            return;
        }
        let nullable = self.field.nullable().and(self.versions);
        let when = self.when(nullable);
        let name = self.field.name();
        errors.at(declared.ty, format!("`{name}` can be null{when}: use `Option<{}>`", spelt(declared.ty)));
    }

    /// Says that the type does not take `form`, and which types take all `forms`.
    fn misfit(&self, declared: &Declared, shape: Shape, form: Form, forms: &[Form]) -> String {
        let Self { endpoint, field, .. } = self;
        let name = field.name();
        let (what, _) = fit::told(name, form);
        let when = self.when(self.versions_of(form));
        let types = forms.iter().flat_map(|form| fit::told(name, *form).1).copied();
        let mut fitting: Vec<_> = types.filter(|ty| self.takes_all(ty, forms)).collect();
        fitting.dedup();
        if fitting.is_empty() {
            return self.disagreement(shape, forms);
        }
        if matches!((shape.value(), form.kind()), (Shape::Address, Kind::Text)) {
            // The schema doesn't say whether the text is one.
            let types = fit::any_of(&["IpPrefix"], self.is_nullable());
            let text = fit::any_of(&fitting, self.is_nullable());
            return format!(
                "`{name}` in {endpoint} is text{when}: use {types} for an address, which has a mask, or {text}"
            );
        }
        let types = fit::any_of(&fitting, self.is_nullable());
        let no_key = declared.said.fk && !form.kind().has_target();
        let leave = if no_key { ", and leave `#[fk]` out" } else { "" };
        format!("`{name}` in {endpoint} is {what}{when}: use {types}{leave}")
    }

    /// Says that no type takes all `forms`.
    fn disagreement(&self, shape: Shape, forms: &[Form]) -> String {
        let Self { endpoint, field, .. } = self;
        let name = field.name();
        let each = forms.iter().map(|form| {
            let (what, _) = fit::told(name, *form);
            format!("{what} in NetBox {}", self.versions_of(*form))
        });
        let each = each.collect::<Vec<_>>().join(", and ");
        let newest = forms.last().and_then(|form| Some((*form, self.versions_of(*form).oldest()?)));
        let since = newest.map(|(form, oldest)| {
            let ty = if self.takes(shape, form) {
                String::new()
            } else {
                format!("use {} and ", fit::any_of(fit::told(name, form).1, self.is_nullable()))
            };
            format!("{ty}say `#[netbox(since = \"{oldest}\")]` if there is no older one to read from, or ")
        });
        format!("`{name}` in {endpoint} is {each}: {}use `serde_json::Value`", since.unwrap_or_default())
    }

    fn takes_all(&self, ty: &str, forms: &[Form]) -> bool {
        let ty = syn::parse_str(ty);
        ty.is_ok_and(|ty| forms.iter().all(|form| self.takes(Shape::of(&ty), *form)))
    }

    fn takes(&self, shape: Shape, form: Form) -> bool {
        // NetBox sends some numbers that it counts itself as text, such as utilizations.
        let counted = form.kind() == Kind::Text && self.is_read_only();
        fit::fits(shape.value(), form.kind()) || counted && matches!(shape.value(), Shape::Decimal)
    }

    fn versions_of(&self, form: Form) -> Versions {
        form.versions().and(self.versions)
    }

    /// ` in NetBox 4.7`, or nothing for all versions that are meant.
    fn when(&self, versions: Versions) -> String {
        if versions == self.versions { String::new() } else { format!(" in NetBox {versions}") }
    }
}
