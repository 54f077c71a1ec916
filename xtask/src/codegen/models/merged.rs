//! An endpoint as all versions of NetBox together have it.

use std::collections::BTreeSet;

use crate::schema::{
    Extract,
    facts::{Endpoint, Field},
    version::{Version, Versions},
    vocabulary::Kind,
};

pub(super) struct Merged {
    pub(super) path: String,
    /// The versions that have it.
    pub(super) versions: Versions,
    /// In the order of the newest version that has each.
    pub(super) fields: Vec<MergedField>,
    pub(super) filters: BTreeSet<String>,
    /// Whether the newest version lists its objects by the page, and has them singly, by a number.
    pub(super) ordinary: bool,
}

pub(super) struct MergedField {
    pub(super) name: String,
    /// The kind of the field in the newest version that answers with it.
    pub(super) kind: Kind,
    pub(super) kinds: Vec<Kind>,
    /// The versions that answer with it.
    pub(super) readable: Versions,
    /// The versions that take it.
    pub(super) writable: Versions,
    /// Whether any version may answer null.
    pub(super) nullable: bool,
    pub(super) target: Option<String>,
    /// The choices, and the versions that have each.
    pub(super) choices: Vec<(String, Versions)>,
}

impl Merged {
    /// All endpoints that the newest version has, and those that only older ones had.
    pub(super) fn all(extract: &Extract) -> Vec<Self> {
        let mut paths: Vec<&String> =
            extract.documents.values().flat_map(|release| release.facts.endpoints.keys()).collect();
        paths.sort();
        paths.dedup();
        paths.into_iter().map(|path| Self::of(extract, path)).collect()
    }

    fn of(extract: &Extract, path: &str) -> Self {
        let endpoints: Vec<(Version, &Endpoint)> = extract
            .documents
            .iter()
            .filter_map(|(version, release)| Some((*version, release.facts.endpoints.get(path)?)))
            .collect();
        let mut names: Vec<&str> = Vec::new();
        for (_, endpoint) in endpoints.iter().rev() {
            for field in &endpoint.fields {
                if !names.contains(&&*field.name) {
                    names.push(&field.name);
                }
            }
        }
        let newest = endpoints.last().filter(|(version, _)| Some(version) == extract.documents.keys().last());
        let is_ordinary = |endpoint: &Endpoint| {
            let id = endpoint.field("id").is_some_and(|id| id.kind == Kind::Integer);
            id && endpoint.is_paged() && endpoint.routes.contains_key(crate::schema::facts::DETAIL)
        };
        Self {
            path: path.to_owned(),
            versions: endpoints.iter().map(|(version, _)| *version).collect(),
            fields: names.into_iter().filter_map(|name| MergedField::of(&endpoints, name)).collect(),
            filters: endpoints.iter().flat_map(|(_, endpoint)| endpoint.filters.keys().cloned()).collect(),
            ordinary: newest.is_some_and(|(_, endpoint)| is_ordinary(endpoint)),
        }
    }

    pub(super) fn app(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    pub(super) fn field(&self, name: &str) -> Option<&MergedField> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl MergedField {
    /// `None` if no version answers with it.
    fn of(endpoints: &[(Version, &Endpoint)], name: &str) -> Option<Self> {
        let all: Vec<(Version, &Field)> = endpoints
            .iter()
            .filter_map(|(version, endpoint)| Some((*version, endpoint.field(name)?)))
            .collect();
        let read: Vec<(Version, &Field)> = all.iter().copied().filter(|(_, field)| field.readable).collect();
        let (_, newest) = read.last()?;
        let mut kinds: Vec<Kind> = Vec::new();
        let mut choices: Vec<(String, Versions)> = Vec::new();
        for (version, field) in read.iter().rev() {
            if !kinds.contains(&field.kind) {
                kinds.push(field.kind);
            }
            for value in &field.choices {
                match choices.iter_mut().find(|(known, _)| known == value) {
                    Some((_, versions)) => drop(versions.insert(*version)),
                    None => choices.push((value.clone(), [*version].into())),
                }
            }
        }
        Some(Self {
            name: name.to_owned(),
            kind: newest.kind,
            kinds,
            readable: read.iter().map(|(version, _)| *version).collect(),
            writable: all.iter().filter(|(_, field)| field.writable).map(|(version, _)| *version).collect(),
            nullable: read.iter().any(|(_, field)| field.nullable),
            target: newest.target.clone(),
            choices,
        })
    }
}

/// A note such as `From NetBox 4.5 on.`, for a thing that only some of the versions `all` have.
pub(super) fn span(some: &Versions, all: &Versions) -> Option<String> {
    if some == all {
        return None;
    }
    let (first, last) = (some.first()?, some.last()?);
    let to_the_end = all.last() == Some(last);
    let from_the_start = all.first() == Some(first);
    let whole = all.iter().filter(|version| (first..=last).contains(version)).count() == some.len();
    Some(match (whole, from_the_start, to_the_end) {
        (true, false, true) => format!("From NetBox {first} on."),
        (true, true, false) => format!("Up to NetBox {last}."),
        (true, _, _) if first == last => format!("In NetBox {first} alone."),
        (true, _, _) => format!("From NetBox {first} to {last}."),
        (false, _, _) => {
            let versions: Vec<_> = some.iter().map(ToString::to_string).collect();
            format!("In NetBox {}.", versions.join(", "))
        }
    })
}
