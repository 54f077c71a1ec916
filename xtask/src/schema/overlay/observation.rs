//! Facts that no document states: those of an endpoint that differ from the rule, and those of a name that are true of
//! all endpoints.

use anyhow::{bail, ensure};

use super::{Effect, changed};
use crate::schema::{
    facts::{Endpoint, Facts, Key, KeyPart},
    vocabulary::KeyRule,
};

/// An observation about an endpoint.
#[derive(Debug)]
pub(super) enum Observation {
    /// `typed TYPE`: NetBox's name of the type of its objects.
    Type(String),
    /// `versioned` and `unversioned`: whether the `ETag` of an object changes with the object.
    Versioned(bool),
    /// `keyed FIELD…`: the fields that together make two of its objects the same, or `known FIELD…`, if NetBox allows two.
    Key(Key),
    /// `.NAME unordered`: its list can't be ordered by the field.
    Unordered(String),
}

/// An observation about a name, whichever endpoint has it.
#[derive(Debug)]
pub(super) enum Word {
    /// `?NAME renamed NEW`: NetBox once had filters of that name, which have a new one now.
    Renamed(String, String),
    /// `.NAME unfiltered`: objects have the field, and no list is filtered by it.
    Unfiltered(String),
}

impl Observation {
    pub(super) fn of_endpoint(text: &str) -> anyhow::Result<Self> {
        Ok(match text.split_once(' ') {
            Some(("typed", name)) => Self::Type(name.to_owned()),
            Some((verb @ ("keyed" | "known"), parts)) => {
                Self::Key(Key { parts: parts.split(' ').map(key_part).collect(), unique: verb == "keyed" })
            }
            None if text == "versioned" => Self::Versioned(true),
            None if text == "unversioned" => Self::Versioned(false),
            _ => bail!("an endpoint is `typed`, `keyed` or `known` something, `versioned` or `unversioned`"),
        })
    }

    pub(super) fn apply(&self, endpoint: &mut Endpoint) -> Effect {
        match self {
            Self::Type(name) => changed(endpoint.object_type.replace(name.clone()).as_ref() != Some(name)),
            Self::Versioned(is) => changed(std::mem::replace(&mut endpoint.versioned, *is) != *is),
            Self::Key(key) if key.parts.iter().any(|part| endpoint.field(&part.name).is_none()) => {
                Effect::NoMatch
            }
            Self::Key(key) if endpoint.keys.contains(key) => Effect::Unneeded,
            Self::Key(key) => {
                endpoint.keys.push(key.clone());
                Effect::Changed
            }
            Self::Unordered(name) => match endpoint.fields.iter_mut().find(|field| field.name == *name) {
                Some(field) => changed(std::mem::take(&mut field.ordered)),
                None => Effect::NoMatch,
            },
        }
    }
}

impl Word {
    /// Adds it to what is known of a version, unless that contradicts it.
    pub(super) fn apply(&self, facts: &mut Facts) -> anyhow::Result<()> {
        let endpoints = || facts.endpoints.values();
        let is_new = match self {
            Self::Renamed(old, new) => {
                let has = |endpoint: &Endpoint, name: &str| {
                    let by_id = format!("{name}_id");
                    endpoint.filters.contains_key(name) || endpoint.filters.contains_key(&by_id)
                };
                ensure!(
                    endpoints().any(|endpoint| has(endpoint, new) && !has(endpoint, old)),
                    "no endpoint has a filter `{new}` without one `{old}`"
                );
                facts.renamed.insert(old.clone(), new.clone()).is_none()
            }
            Self::Unfiltered(name) => {
                ensure!(
                    endpoints().any(|endpoint| endpoint.field(name).is_some()),
                    "no endpoint has the field"
                );
                let filtering =
                    facts.endpoints.iter().find(|(_, endpoint)| endpoint.filters.contains_key(name));
                if let Some((path, _)) = filtering {
                    bail!("{path} has a filter of that name");
                }
                facts.unfiltered.insert(name.clone())
            }
        };
        ensure!(is_new, "it is said twice");
        Ok(())
    }
}

/// Reads `NAME`, `NAME=null` or `NAME?`, with `~` after the name if its case does not matter, and `*` at the end if several
/// objects may have the rest of the key while this is null.
fn key_part(text: &str) -> KeyPart {
    let null_is_unique = !text.ends_with('*');
    let text = text.trim_end_matches('*');
    let (name, rule) = match (text.strip_suffix("=null"), text.strip_suffix('?')) {
        (Some(name), _) => (name, KeyRule::Null),
        (None, Some(name)) => (name, KeyRule::Any),
        (None, None) => (text, KeyRule::Given),
    };
    let ignores_case = name.ends_with('~');
    KeyPart { name: name.trim_end_matches('~').to_owned(), rule, ignores_case, null_is_unique }
}
