//! The table of netbox-schema: the facts of all versions, as arrays of small numbers.
//!
//! Each name, each set of facts, each list of choices is there once, and stands for a number elsewhere. A set of versions
//! is a number with a bit for each version, the oldest being the lowest.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use anyhow::{Context as _, ensure};

use self::rows::{Distinct, Lists, count};
use super::{
    extract::Extract,
    facts::{DETAIL, Endpoint, Field, Key, KeyPart, LIST},
    version::Version,
    vocabulary::{Control, Lookup, Method},
};

mod rows;
mod source;

/// The table of what is `corrected`: its source, and how large it is.
pub(crate) fn write(corrected: &Extract) -> anyhow::Result<(String, Size)> {
    let mut table = Table::new(corrected)?;
    let mut merged: BTreeMap<&str, Vec<(u16, &Endpoint)>> = BTreeMap::new();
    for (place, release) in corrected.documents.values().enumerate() {
        for (path, endpoint) in &release.facts.endpoints {
            merged.entry(path).or_default().push((1 << place, endpoint));
        }
    }
    table.targets = merged.keys().zip(1..).map(|(path, number)| ((*path).to_owned(), number)).collect();
    for (path, endpoints) in merged {
        table.endpoint(path, &endpoints)?;
    }
    let size = table.size();
    table.end()?;
    Ok((table.source()?, size))
}

/// The size of a table, over all versions.
#[derive(Debug)]
pub(crate) struct Size {
    endpoints: usize,
    fields: usize,
    filters: usize,
    /// The bytes that the table adds to a program.
    bytes: usize,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoints, fields, filters, bytes } = self;
        write!(f, "{endpoints} endpoints, {fields} fields, {filters} filters in {bytes} bytes of data")
    }
}

/// The facts of one version, with the bit of that version.
type Versioned<'a, T> = [(u16, &'a T)];

struct Table<'a> {
    versions: Vec<Version>,
    names: BTreeMap<&'a str, u16>,
    renamed: Vec<Vec<u16>>,
    unfiltered: Vec<Vec<u16>>,
    /// The numbers of endpoints, from 1 on: 0 is none.
    targets: BTreeMap<String, u16>,
    endpoints: Vec<Vec<u16>>,
    routes: Vec<Vec<u16>>,
    methods: Distinct,
    controls: Distinct,
    fields: Vec<Vec<u16>>,
    facts: Distinct,
    forms: Lists,
    choices: Lists,
    filters: Vec<Vec<u16>>,
    patterns: Distinct,
    keys: Vec<Vec<u16>>,
    key_parts: Lists,
}

impl<'a> Table<'a> {
    fn new(corrected: &'a Extract) -> anyhow::Result<Self> {
        let versions: Vec<_> = corrected.versions().into_iter().collect();
        ensure!(
            (1..=16).contains(&versions.len()),
            "a set of versions has 16 bits: widen it in netbox-schema"
        );
        let mut names = BTreeSet::new();
        let mut renamed = BTreeMap::new();
        let mut unfiltered = BTreeSet::new();
        for release in corrected.documents.values() {
            renamed.extend(release.facts.renamed.iter().map(|(old, new)| (&**old, &**new)));
            unfiltered.extend(release.facts.unfiltered.iter().map(String::as_str));
            for (path, endpoint) in &release.facts.endpoints {
                names.insert(&**path);
                names.extend(endpoint.routes.keys().map(String::as_str));
                names.extend(endpoint.filters.keys().map(String::as_str));
                names.extend(endpoint.object_type.as_deref());
                for field in &endpoint.fields {
                    names.insert(&field.name);
                    names.extend(field.choices.iter().map(String::as_str));
                }
            }
        }
        names.extend(renamed.iter().flat_map(|(old, new)| [*old, *new]));
        names.extend(&unfiltered);
        names.remove(LIST);
        names.remove(DETAIL);
        ensure!(u16::try_from(names.len()).is_ok(), "there are more names than numbers for them");
        let names: BTreeMap<_, _> = names.into_iter().zip(0..).collect();
        Ok(Self {
            versions,
            renamed: renamed.into_iter().map(|(old, new)| vec![names[old], names[new]]).collect(),
            unfiltered: unfiltered.into_iter().map(|name| vec![names[name]]).collect(),
            names,
            targets: BTreeMap::new(),
            endpoints: Vec::new(),
            routes: Vec::new(),
            methods: Distinct::default(),
            controls: Distinct::default(),
            fields: Vec::new(),
            facts: Distinct::default(),
            forms: Lists::default(),
            choices: Lists::default(),
            filters: Vec::new(),
            patterns: Distinct::default(),
            keys: Vec::new(),
            key_parts: Lists::default(),
        })
    }

    fn endpoint(&mut self, path: &str, endpoints: &Versioned<'_, Endpoint>) -> anyhow::Result<()> {
        let methods = |route: &str| -> Vec<u16> {
            let takes = |endpoint: &Endpoint, method| {
                endpoint.routes.get(route).is_some_and(|methods| methods.contains(method))
            };
            Method::ALL.iter().map(|method| versions(endpoints, |endpoint| takes(endpoint, method))).collect()
        };
        let list = self.methods.number(methods(LIST))?;
        let detail = self.methods.number(methods(DETAIL))?;
        let obeyed = |control| versions(endpoints, |endpoint| endpoint.controls.contains(control));
        let controls = self.controls.number(Control::ALL.iter().map(obeyed).collect())?;
        let all = versions(endpoints, |_| true);
        let versioned = versions(endpoints, |endpoint| endpoint.versioned);
        let object_type = self.object_type(endpoints).with_context(|| path.to_owned())?;
        let starts = self.starts()?;
        let own = vec![self.names[path], all, list, detail, controls, versioned, object_type];
        self.endpoints.push([own, starts].concat());
        for route in names(endpoints, |endpoint| endpoint.routes.keys()) {
            if route != LIST && route != DETAIL {
                let methods = self.methods.number(methods(route))?;
                self.routes.push(vec![self.names[route], methods]);
            }
        }
        for name in names(endpoints, |endpoint| endpoint.fields.iter().map(|field| &field.name)) {
            let facts = self.field(&having(endpoints, |endpoint| endpoint.field(name)))?;
            self.fields.push(vec![self.names[name], facts]);
        }
        for name in names(endpoints, |endpoint| endpoint.filters.keys()) {
            let filters = having(endpoints, |endpoint| endpoint.filters.get(name));
            let kinds = filters.iter().map(|(version, filter)| (*version, filter.kind as u16, 0));
            let mut pattern = self.forms.span(forms(kinds))?.to_vec();
            pattern.push(versions(&filters, |filter| filter.repeatable));
            let having = |lookup| versions(&filters, |filter| filter.lookups.contains(lookup));
            pattern.extend(Lookup::ALL.iter().map(having));
            let pattern = self.patterns.number(pattern)?;
            self.filters.push(vec![self.names[name], pattern]);
        }
        self.add_keys(endpoints)
    }

    /// The number after that of the name of the type, or 0 for none.
    fn object_type(&self, endpoints: &Versioned<'_, Endpoint>) -> anyhow::Result<u16> {
        let types: BTreeSet<_> = endpoints.iter().map(|(_, endpoint)| &endpoint.object_type).collect();
        ensure!(types.len() == 1, "the type of an object has one name in all versions, and not {types:?}");
        Ok(types.into_iter().flatten().next().map_or(0, |name| self.names[&**name] + 1))
    }

    fn field(&mut self, fields: &Versioned<'_, Field>) -> anyhow::Result<u16> {
        let forms = forms(fields.iter().map(|(version, field)| {
            let target = field.target.as_ref().map_or(0, |target| self.targets[target]);
            (*version, field.kind as u16, target)
        }));
        let newest_first: Vec<_> = fields.iter().rev().copied().collect();
        let choices = names_in_order(&newest_first, |field| field.choices.iter());
        let choices = choices.into_iter().map(|choice| {
            vec![self.names[choice], versions(fields, |field| field.choices.iter().any(|own| own == choice))]
        });
        let choices = self.choices.span(choices.collect())?;
        let sets = [
            versions(fields, |field| field.readable),
            versions(fields, |field| field.writable),
            versions(fields, |field| field.required),
            versions(fields, |field| field.nullable),
            versions(fields, |field| field.nested),
            versions(fields, |field| field.ordered),
        ];
        let forms = self.forms.span(forms)?;
        self.facts.number([&sets[..], &forms, &choices].concat())
    }

    fn add_keys(&mut self, endpoints: &Versioned<'_, Endpoint>) -> anyhow::Result<()> {
        let mut keys: Vec<&Key> = Vec::new();
        for key in endpoints.iter().rev().flat_map(|(_, endpoint)| &endpoint.keys) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for key in keys {
            let parts = key.parts.iter().map(|KeyPart { name, rule, ignores_case, null_is_unique }| {
                vec![self.names[&**name], *rule as u16, u16::from(*ignores_case), u16::from(*null_is_unique)]
            });
            let [start, count] = self.key_parts.span(parts.collect())?;
            let versions = versions(endpoints, |endpoint| endpoint.keys.contains(key));
            self.keys.push(vec![versions, start, count, u16::from(key.unique)]);
        }
        Ok(())
    }

    /// The row after the last endpoint.
    fn end(&mut self) -> anyhow::Result<()> {
        let starts = self.starts()?;
        self.endpoints.push([vec![0; 7], starts].concat());
        Ok(())
    }

    /// Where the routes, fields, filters and keys of the next endpoint start.
    fn starts(&self) -> anyhow::Result<Vec<u16>> {
        [&self.routes, &self.fields, &self.filters, &self.keys]
            .map(|rows| count(rows.len()))
            .into_iter()
            .collect()
    }

    fn size(&self) -> Size {
        let rows = [
            &self.renamed,
            &self.unfiltered,
            &self.endpoints,
            &self.routes,
            &self.methods.rows,
            &self.controls.rows,
            &self.fields,
            &self.facts.rows,
            &self.forms.rows,
            &self.choices.rows,
            &self.filters,
            &self.patterns.rows,
            &self.keys,
            &self.key_parts.rows,
        ];
        let numbers = self.names.len() + rows.into_iter().flatten().map(Vec::len).sum::<usize>();
        let text = self.names.keys().map(|name| name.len()).sum::<usize>();
        Size {
            endpoints: self.endpoints.len(),
            fields: self.fields.len(),
            filters: self.filters.len(),
            bytes: numbers * size_of::<u16>() + text,
        }
    }
}

/// A row for versions that follow each other with the same kind and target.
fn forms(versions: impl Iterator<Item = (u16, u16, u16)>) -> Vec<Vec<u16>> {
    let mut forms: Vec<Vec<u16>> = Vec::new();
    for (version, kind, target) in versions {
        match forms.last_mut() {
            Some(form) if form[1..] == [kind, target] => form[0] |= version,
            _ => forms.push(vec![version, kind, target]),
        }
    }
    forms
}

/// The versions in which it is so.
fn versions<T>(all: &Versioned<'_, T>, is: impl Fn(&T) -> bool) -> u16 {
    all.iter().filter(|(_, one)| is(one)).map(|(version, _)| version).sum()
}

/// A part of each version, in the versions that have the part.
fn having<'a, T, U>(all: &Versioned<'a, T>, part: impl Fn(&'a T) -> Option<&'a U>) -> Vec<(u16, &'a U)> {
    all.iter().filter_map(|(version, one)| Some((*version, part(one)?))).collect()
}

/// The names in any version, as they are sorted.
fn names<'a, T, I: Iterator<Item = &'a String>>(
    all: &Versioned<'a, T>,
    named: impl Fn(&'a T) -> I,
) -> BTreeSet<&'a str> {
    all.iter().flat_map(|(_, one)| named(one)).map(String::as_str).collect()
}

/// The names in any version, each where it is first.
fn names_in_order<'a, T, I: Iterator<Item = &'a String>>(
    all: &Versioned<'a, T>,
    named: impl Fn(&'a T) -> I,
) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let names = all.iter().flat_map(|(_, one)| named(one)).map(String::as_str);
    names.filter(|name| seen.insert(*name)).collect()
}

#[cfg(test)]
mod tests;
