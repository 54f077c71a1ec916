//! The contents of the documents of all versions, as one text that a reviewer can read in a diff.
//!
//! ```text
//! documents 4.3.7 4.4.10 4.5.10 4.6.8 4.7.3
//!
//! circuits/circuit-groups
//!   route . GET POST PUT PATCH DELETE
//!   controls limit offset ordering @4.3-4.5
//!   field tenant foreign-key null -> tenancy/tenants
//!   values priority primary secondary
//!   filter name text repeatable = n ic nic
//! ```
//!
//! The versions after `@` say so; without `@`, all versions of the endpoint, or of the documents.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};

use super::{
    facts::{Endpoint, Facts},
    line,
    version::{Version, Versions, notation, read_notation},
};

/// The documents, one of each version.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Extract {
    pub documents: BTreeMap<Version, Release>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// With its patch: `4.7.3`.
    pub number: String,
    pub facts: Facts,
}

const HEADER: &str = "\
# What NetBox's own OpenAPI documents say, right or wrong; source/overlay.txt corrects it.
# Written by `cargo xtask codegen schema DOCUMENT…`, never by hand.
";

/// The maximal length of a line.
const WIDTH: usize = 110;

impl Extract {
    pub fn versions(&self) -> Versions {
        self.documents.keys().copied().collect()
    }

    /// The facts about a version.
    pub fn release(&self, version: Version) -> anyhow::Result<&Release> {
        let all = || self.documents.keys().map(Version::to_string).collect::<Vec<_>>().join(", ");
        self.documents.get(&version).with_context(|| format!("{version} is not known: {} are", all()))
    }

    /// Adds the facts of a document, or replaces those of an older one of the same version.
    pub fn add(&mut self, number: &str, facts: Facts) -> anyhow::Result<()> {
        let release = Release { number: number.to_owned(), facts };
        self.documents.insert(number.parse()?, release);
        Ok(())
    }

    pub fn write(&self) -> String {
        let all = self.versions();
        let numbers: Vec<_> = self.documents.values().map(|release| &*release.number).collect();
        let mut text = format!("{HEADER}documents {}\n", numbers.join(" "));
        for path in self.paths() {
            let endpoints: BTreeMap<_, _> = self
                .documents
                .iter()
                .filter_map(|(version, release)| Some((*version, release.facts.endpoints.get(path)?)))
                .collect();
            let own: Versions = endpoints.keys().copied().collect();
            text.push_str(&format!("\n{path}{}\n", tail(&own, &all, &all)));
            for (line, versions) in lines(&endpoints) {
                text.push_str(&format!("  {line}{}\n", tail(&versions, &own, &all)));
            }
        }
        text
    }

    fn paths(&self) -> BTreeSet<&str> {
        let facts = self.documents.values().map(|release| &release.facts);
        facts.flat_map(|facts| facts.endpoints.keys().map(String::as_str)).collect()
    }

    pub fn read(text: &str) -> anyhow::Result<Self> {
        let mut extract = Self::default();
        let mut path = "";
        let mut own = Versions::new();
        for (number, line) in (1..).zip(text.lines()) {
            let mut read = || -> anyhow::Result<()> {
                if line.is_empty() || line.starts_with('#') {
                    return Ok(());
                }
                if let Some(numbers) = line.strip_prefix("documents ") {
                    for number in numbers.split_whitespace() {
                        extract.add(number, Facts::default())?;
                    }
                    return Ok(());
                }
                let all = extract.versions();
                let (line, versions) = match line.rsplit_once(" @") {
                    Some((line, notation)) => (line, Some(read_notation(notation, &all)?)),
                    None => (line, None),
                };
                match line.strip_prefix("  ") {
                    None => {
                        path = line;
                        own = versions.unwrap_or(all);
                        for version in &own {
                            extract.facts(*version)?.endpoints.insert(path.to_owned(), Endpoint::default());
                        }
                    }
                    Some(line) => {
                        for version in versions.as_ref().unwrap_or(&own) {
                            let facts = extract.facts(*version)?;
                            let endpoint = facts.endpoints.get_mut(path);
                            line::read(
                                line,
                                endpoint.with_context(|| format!("{path} is not in {version}"))?,
                            )?;
                        }
                    }
                }
                Ok(())
            };
            read().with_context(|| format!("line {number}: {line}"))?;
        }
        Ok(extract)
    }

    fn facts(&mut self, version: Version) -> anyhow::Result<&mut Facts> {
        match self.documents.get_mut(&version) {
            Some(release) => Ok(&mut release.facts),
            None => bail!("there is no document of {version}"),
        }
    }
}

fn tail(versions: &Versions, usual: &Versions, all: &Versions) -> String {
    if versions == usual { String::new() } else { format!(" @{}", notation(versions, all)) }
}

/// The lines of an endpoint, each with the versions that it is true of.
fn lines(endpoints: &BTreeMap<Version, &Endpoint>) -> Vec<(String, Versions)> {
    let mut lines = Vec::new();
    let routes = |endpoint: &Endpoint| endpoint.routes.keys().cloned().collect();
    merge(&mut lines, endpoints, routes, line::route);
    merge(&mut lines, endpoints, |_| vec![String::new()], |endpoint, _| line::controls(endpoint));
    let fields = |endpoint: &Endpoint| endpoint.fields.iter().map(|field| field.name.clone()).collect();
    merge(&mut lines, endpoints, fields, line::field);
    for name in names(endpoints, fields) {
        values(&mut lines, endpoints, &name);
    }
    let filters = |endpoint: &Endpoint| endpoint.filters.keys().cloned().collect();
    merge(&mut lines, endpoints, filters, line::filter);
    lines
}

/// Adds a line for each thing that an endpoint names, or several where the versions don't agree about it.
fn merge(
    lines: &mut Vec<(String, Versions)>,
    endpoints: &BTreeMap<Version, &Endpoint>,
    named: impl Fn(&Endpoint) -> Vec<String>,
    line: impl Fn(&Endpoint, &str) -> Option<String>,
) {
    for name in names(endpoints, named) {
        let texts =
            endpoints.iter().filter_map(|(version, endpoint)| Some((line(endpoint, &name)?, *version)));
        lines.extend(group(texts));
    }
}

/// All names, in the order of the newest version that has them.
fn names(endpoints: &BTreeMap<Version, &Endpoint>, named: impl Fn(&Endpoint) -> Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = endpoints.values().rev().flat_map(|endpoint| named(endpoint));
    all.filter(|name| seen.insert(name.clone())).collect()
}

/// The statements of the versions, each once, in the order of their first occurrence.
fn group(said: impl Iterator<Item = (String, Version)>) -> Vec<(String, Versions)> {
    let mut groups: Vec<(String, Versions)> = Vec::new();
    for (text, version) in said {
        match groups.iter_mut().find(|(other, _)| *other == text) {
            Some((_, versions)) => drop(versions.insert(version)),
            None => groups.push((text, [version].into())),
        }
    }
    groups
}

/// Adds the lines for the choices of a field: as many as there are sets of versions, and more where they are long.
fn values(lines: &mut Vec<(String, Versions)>, endpoints: &BTreeMap<Version, &Endpoint>, name: &str) {
    let choices =
        |endpoint: &Endpoint| endpoint.field(name).map_or(Vec::new(), |field| field.choices.clone());
    let mut groups: Vec<(Versions, Vec<String>)> = Vec::new();
    for value in names(endpoints, choices) {
        let having = endpoints.iter().filter(|(_, endpoint)| choices(endpoint).contains(&value));
        let versions: Versions = having.map(|(version, _)| *version).collect();
        match groups.iter_mut().find(|(other, _)| *other == versions) {
            Some((_, values)) => values.push(value),
            None => groups.push((versions, vec![value])),
        }
    }
    for (versions, values) in groups {
        let mut line = String::new();
        for value in values {
            if line.len() + value.len() > WIDTH {
                lines.push((std::mem::take(&mut line), versions.clone()));
            }
            if line.is_empty() {
                line = format!("values {name}");
            }
            line.push(' ');
            line.push_str(&value);
        }
        lines.push((line, versions));
    }
}

#[cfg(test)]
mod tests;
