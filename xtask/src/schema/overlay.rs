//! Where the documents are wrong, and what is right.
//!
//! ```text
//! # What was observed, on which version.
//! dcim/devices.face null @4.3-
//! extras/bookmarks?q absent @4.3-
//! ```
//!
//! A paragraph has its evidence first, in lines after `#`, and then its corrections, each of a field (after a dot) or a
//! parameter (after a question mark) of an endpoint, or of all that list by the page (`*`), in the versions after `@`.
//! What is the same for several fields or parameters is said once, of their names with commas between them.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail, ensure};

use super::{
    extract::Extract,
    facts::{Endpoint, Facts, Field},
    line,
    version::read_notation,
    vocabulary::{Control, Kind, Lookup},
};

/// The corrections, in the order of the file.
#[derive(Debug)]
pub(crate) struct Overlay {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    line: usize,
    text: String,
    endpoint: String,
    correction: Correction,
    versions: String,
}

#[derive(Debug)]
enum Correction {
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
enum FieldCorrection {
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

/// What a correction does to one endpoint.
#[derive(PartialEq)]
enum Effect {
    NoMatch,
    Unneeded,
    Corrected,
}

impl Overlay {
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        let mut entries = Vec::new();
        let mut has_evidence = false;
        for (number, line) in (1..).zip(text.lines()) {
            match line.trim() {
                "" => has_evidence = false,
                comment if comment.starts_with('#') => has_evidence = true,
                entry => {
                    let read = Entry::read(number, entry, has_evidence);
                    entries.extend(read.with_context(|| format!("line {number}: {line}"))?);
                }
            }
        }
        Ok(Self { entries })
    }

    /// What is right. A correction must do something in each version that it names, and to all that it matches there:
    /// one that the documents have outgrown, or that was never right, is an error.
    pub(crate) fn correct(&self, mut extract: Extract) -> anyhow::Result<Extract> {
        for entry in &self.entries {
            entry
                .apply(&mut extract)
                .with_context(|| format!("the overlay's line {}: {}", entry.line, entry.text))?;
        }
        for (version, release) in &extract.documents {
            check_targets(&release.facts).with_context(|| version.to_string())?;
        }
        Ok(extract)
    }
}

impl Entry {
    /// An entry for each name in the line.
    fn read(line: usize, text: &str, has_evidence: bool) -> anyhow::Result<Vec<Self>> {
        ensure!(has_evidence, "no evidence stands before it in its paragraph");
        let (rest, versions) = text.rsplit_once(" @").context("no versions stand at its end")?;
        let (subject, correction) = rest.split_once(' ').context("no correction follows")?;
        let place = subject.find(['.', '?']).context("neither a field nor a parameter is named")?;
        let (endpoint, names) = (&subject[..place], &subject[place + 1..]);
        let is_field = subject[place..].starts_with('.');
        let entries = names.split(',').map(|name| {
            let correction = if is_field {
                Correction::of_field(name, correction)?
            } else {
                Correction::of_parameter(name, correction)?
            };
            Ok(Self {
                line,
                text: text.to_owned(),
                endpoint: endpoint.to_owned(),
                correction,
                versions: versions.to_owned(),
            })
        });
        entries.collect()
    }

    fn apply(&self, extract: &mut Extract) -> anyhow::Result<()> {
        for version in read_notation(&self.versions, &extract.versions())? {
            let release = extract.documents.get_mut(&version).context("there is no such version")?;
            let endpoints = release.facts.endpoints.iter_mut();
            let chosen = endpoints.filter(|(path, endpoint)| match &*self.endpoint {
                "*" => endpoint.is_paged(),
                one => one == *path,
            });
            let mut corrected = false;
            for (path, endpoint) in chosen {
                match self.correction.apply(endpoint) {
                    Effect::NoMatch => {}
                    Effect::Unneeded => bail!("the document of {version} is right about it for {path}"),
                    Effect::Corrected => corrected = true,
                }
            }
            ensure!(corrected, "the document of {version} has nothing of the kind");
        }
        Ok(())
    }
}

impl Correction {
    fn of_field(name: &str, text: &str) -> anyhow::Result<Self> {
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

    fn of_parameter(name: &str, text: &str) -> anyhow::Result<Self> {
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

    fn apply(&self, endpoint: &mut Endpoint) -> Effect {
        match self {
            Self::NoField(name) => {
                let before = endpoint.fields.len();
                endpoint.fields.retain(|field| field.name != *name);
                if endpoint.fields.len() < before { Effect::Corrected } else { Effect::NoMatch }
            }
            Self::NewField(field) => {
                if endpoint.field(&field.name).is_some() {
                    return Effect::Unneeded;
                }
                endpoint.fields.push(field.clone());
                Effect::Corrected
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
                    return Effect::Corrected;
                }
                let Some(filter) = endpoint.filters.get_mut(base) else { return Effect::NoMatch };
                if !filter.lookups.remove(lookup) {
                    return Effect::NoMatch;
                }
                if filter.lookups.is_empty() {
                    endpoint.filters.remove(base);
                }
                Effect::Corrected
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

fn changed(is: bool) -> Effect {
    if is { Effect::Corrected } else { Effect::Unneeded }
}

/// Foreign keys point to endpoints, and nothing else does.
fn check_targets(facts: &Facts) -> anyhow::Result<()> {
    let mut wrong = BTreeSet::new();
    for (path, endpoint) in &facts.endpoints {
        for field in &endpoint.fields {
            let is_right = match &field.target {
                Some(target) => field.kind.has_target() && facts.endpoints.contains_key(target),
                None => !field.kind.has_target(),
            };
            if !is_right {
                wrong.insert(format!("{path}.{}: {}", field.name, line::words(field)));
            }
        }
    }
    let wrong = wrong.into_iter().collect::<Vec<_>>().join("\n  ");
    ensure!(
        wrong.is_empty(),
        "these don't point where they should; the overlay has to say where:\n  {wrong}"
    );
    Ok(())
}

#[cfg(test)]
mod tests;
