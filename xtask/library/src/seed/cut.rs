//! The part of the data set that one version of NetBox can have.

use std::{collections::HashSet, fmt};

use anyhow::Context as _;
use serde_json::Value;

use super::{
    dataset::{Dataset, Object, Set},
    rule::Fields,
};
use xtask::schema::{
    Extract,
    facts::{Endpoint, Facts, Field},
    version::{Version, read_notation},
};

/// Scripts are listed here, and made there.
const UPLOADED: (&str, &str) = ("extras/scripts", "extras/scripts/upload");

/// The objects and fields that were left out.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Left {
    /// Descriptions of objects.
    pub(super) objects: usize,
    pub(super) fields: usize,
}

impl Dataset {
    /// Leaves out what that version lacks: endpoints, fields and choices that other versions have, and what refers to an
    /// object that is left out. A version that is not known is taken for the newest.
    pub(super) fn cut(self, known: &Extract, version: Version) -> anyhow::Result<(Self, Left)> {
        let newest = known.documents.last_key_value().context("no version is known")?;
        let (version, own) = known.documents.get_key_value(&version).unwrap_or(newest);
        let mut cut =
            Cut { known, version: *version, own: &own.facts, gone: HashSet::new(), left: Left::default() };
        let mut sets = Vec::new();
        for set in self.sets {
            sets.extend(cut.set(set)?);
        }
        Ok((Self { sets, ..self }, cut.left))
    }
}

struct Cut<'k> {
    known: &'k Extract,
    version: Version,
    own: &'k Facts,
    /// The references of the objects that were left out.
    gone: HashSet<String>,
    left: Left,
}

impl Cut<'_> {
    fn set(&mut self, mut set: Set) -> anyhow::Result<Option<Set>> {
        let made_at = if set.endpoint == UPLOADED.0 { UPLOADED.1 } else { &set.endpoint };
        let is_there = self.own.endpoints.contains_key(made_at);
        let mut kept = Vec::new();
        for object in std::mem::take(&mut set.objects) {
            let reference = object.reference.clone();
            let is_there = is_there && !self.gone.contains(&reference);
            let object = if is_there { self.object(&set, object).context(reference.clone())? } else { None };
            if object.is_none() {
                self.left.objects += 1;
                self.gone.insert(reference);
            }
            kept.extend(object);
        }
        set.objects = kept;
        Ok((!set.objects.is_empty()).then_some(set))
    }

    /// The object without the fields that are not there; nothing, if it can't be made or found without them.
    fn object(&mut self, set: &Set, object: Object) -> anyhow::Result<Option<Object>> {
        let own = self.own;
        let endpoint = own.endpoints.get(&set.endpoint).context("its endpoint is not there")?;
        let mut fields = Fields::new();
        for (name, mut value) in object.fields {
            let (name, is_told) = self.applies(&name)?;
            let is_vital = set.key.iter().any(|key| key == name)
                || endpoint.field(name).is_some_and(|field| field.required);
            let is_there = is_told.unwrap_or_else(|| !self.lacks(&set.endpoint, endpoint, name, &value));
            if is_there && self.keep(&mut value) {
                fields.insert(name.to_owned(), value);
            } else if is_vital && is_told.is_none() {
                return Ok(None);
            } else if is_told.is_none() {
                self.left.fields += 1;
            }
        }
        Ok(Some(Object { fields, ..object }))
    }

    /// The name of a field such as `ports @4.3-4.6`, and whether it applies to this version, if it names versions.
    fn applies<'n>(&self, name: &'n str) -> anyhow::Result<(&'n str, Option<bool>)> {
        Ok(match name.split_once(" @") {
            Some((name, versions)) => {
                let versions = read_notation(versions, &self.known.versions())?;
                (name, Some(versions.contains(&self.version)))
            }
            None => (name, None),
        })
    }

    /// Whether this version lacks a field of `endpoint` with that value, which others have.
    fn lacks(&self, path: &str, endpoint: &Endpoint, name: &str, value: &Value) -> bool {
        let has = |field: &Field| {
            let choice = value.as_str().filter(|_| !field.choices.is_empty());
            field.writable && choice.is_none_or(|choice| field.choices.iter().any(|own| own == choice))
        };
        let mut others = self.known.documents.values().filter_map(|other| other.facts.endpoints.get(path));
        !endpoint.field(name).is_some_and(has) && others.any(|other| other.field(name).is_some_and(has))
    }

    /// Takes out of `value` what refers to objects that were left out, and says whether anything remains.
    fn keep(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => !self.gone.contains(text.as_str()),
            Value::Array(items) => {
                let was_empty = items.is_empty();
                items.retain_mut(|item| self.keep(item));
                was_empty || !items.is_empty()
            }
            // The end of a cable is nothing without the object.
            Value::Object(fields) => fields.values_mut().all(|value| self.keep(value)),
            _ => true,
        }
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} objects and {} fields", self.objects, self.fields)
    }
}

#[cfg(test)]
mod tests;
