//! Corrections of what the documents say of an endpoint.

use anyhow::bail;

use super::{Effect, changed};
use crate::schema::{
    facts::{Endpoint, Field},
    line,
    vocabulary::{Control, Kind, Lookup},
};

#[derive(Debug)]
pub(super) enum Correction {
    Field(String, FieldCorrection),
    /// `.NAME added KIND …`, as in a line of the extract: the field exists.
    NewField(Field),
    /// `.NAME absent`: the field does not exist.
    NoField(String),
    /// `?NAME added`: the parameter is there and does what it says.
    NewControl(Control),
    /// `?NAME absent`: the parameter does not do what it says, or the filter does no good.
    NoParameter(Option<Control>, String, Lookup),
}

#[derive(Debug)]
pub(super) enum FieldCorrection {
    /// `null`: it can be read as null.
    Null,
    /// `required`: nothing is created without it.
    Required,
    /// `writable`: it is written too.
    Writable,
    /// `nested` and `unnested`: references to the object show it, or not.
    Nested(bool),
    /// `is KIND`, then `-> ENDPOINT` for a key, and `= CHOICE…` for what has choices.
    Is(Kind, Option<String>, Vec<String>),
    /// `-> ENDPOINT`: where it points to.
    Target(String),
}

impl Correction {
    pub(super) fn of_field(name: &str, text: &str) -> anyhow::Result<Self> {
        let (text, choices) = text.split_once(" = ").unwrap_or((text, ""));
        let (text, target) = match text.split_once("-> ") {
            Some((text, target)) => (text, Some(target.to_owned())),
            None => (text, None),
        };
        let choices = choices.split_whitespace().map(str::to_owned).collect();
        let correction = match (&*text.split_whitespace().collect::<Vec<_>>(), target) {
            (["added", words @ ..], target) => {
                let field = line::read_field(name, words.iter().copied())?;
                return Ok(Self::NewField(Field { target, choices, ..field }));
            }
            (["absent"], None) => return Ok(Self::NoField(name.to_owned())),
            (["is", kind], target) => FieldCorrection::Is(
                line::find(Kind::ALL, |known| known.name() == *kind, kind)?,
                target,
                choices,
            ),
            ([], Some(target)) => FieldCorrection::Target(target),
            (["null"], None) => FieldCorrection::Null,
            (["required"], None) => FieldCorrection::Required,
            (["writable"], None) => FieldCorrection::Writable,
            (["nested"], None) => FieldCorrection::Nested(true),
            (["unnested"], None) => FieldCorrection::Nested(false),
            _ => bail!("no such correction is known"),
        };
        Ok(Self::Field(name.to_owned(), correction))
    }

    pub(super) fn of_parameter(name: &str, text: &str) -> anyhow::Result<Self> {
        let control = Control::ALL.iter().find(|control| control.name() == name);
        let (base, suffix) = name.rsplit_once("__").unwrap_or((name, ""));
        Ok(match (control, text) {
            (Some(control), "added") => Self::NewControl(*control),
            (_, "absent") => {
                let lookup = line::find(Lookup::ALL, |lookup| lookup.suffix() == suffix, suffix)?;
                Self::NoParameter(control.copied(), base.to_owned(), lookup)
            }
            _ => bail!("a parameter is `absent`, or one that leaves out no row is `added`"),
        })
    }

    pub(super) fn apply(&self, endpoint: &mut Endpoint) -> Effect {
        match self {
            Self::NoField(name) => {
                let before = endpoint.fields.len();
                endpoint.fields.retain(|field| field.name != *name);
                if endpoint.fields.len() < before { Effect::Changed } else { Effect::NoMatch }
            }
            Self::NewField(field) => {
                if endpoint.field(&field.name).is_some() {
                    return Effect::Unneeded;
                }
                endpoint.fields.push(field.clone());
                Effect::Changed
            }
            Self::Field(name, correction) => {
                match endpoint.fields.iter_mut().find(|field| field.name == *name) {
                    Some(field) => correction.apply(field),
                    None => Effect::NoMatch,
                }
            }
            Self::NewControl(control) => changed(endpoint.controls.insert(*control)),
            Self::NoParameter(control, base, lookup) => {
                // A name may be that of a control in some versions, and that of a filter in others.
                if control.is_some_and(|control| endpoint.controls.remove(&control)) {
                    return Effect::Changed;
                }
                let Some(filter) = endpoint.filters.get_mut(base) else { return Effect::NoMatch };
                if !filter.lookups.remove(lookup) {
                    return Effect::NoMatch;
                }
                if filter.lookups.is_empty() {
                    endpoint.filters.remove(base);
                }
                Effect::Changed
            }
        }
    }
}

impl FieldCorrection {
    fn apply(&self, field: &mut Field) -> Effect {
        let before = field.clone();
        match self {
            Self::Null => field.nullable = true,
            Self::Required => field.required = true,
            Self::Writable => field.writable = true,
            Self::Nested(is) => field.nested = *is,
            Self::Is(kind, target, choices) => {
                (field.kind, field.target, field.choices) = (*kind, target.clone(), choices.clone());
            }
            Self::Target(endpoint) => field.target = Some(endpoint.clone()),
        }
        changed(*field != before)
    }
}
