//! The overlay of the documents: corrections, and facts that no document states.
//!
//! ```text
//! # What was observed, on which version.
//! dcim/devices.face null @4.3-
//! extras/bookmarks?q absent @4.3-
//! users/tokens unversioned @4.6-
//! ```
//!
//! A paragraph gives its evidence first, in lines after `#`, and then what follows from that, a line for each endpoint,
//! for each field (after a dot) and for each parameter (after a question mark), in the versions after `@`. The endpoint
//! `*` stands for all that list by the page. Several fields or parameters can share a line, with commas between them.
//!
//! A line either corrects the documents ([`correction`]) or states a fact that none of them does ([`observation`]). All
//! corrections apply first, whatever their order: the others are exceptions to rules ([`Facts::infer`]) that go by
//! right documents.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail, ensure};

use self::{
    correction::Correction,
    observation::{Observation, Word},
};
use super::{
    extract::Extract,
    facts::{Endpoint, Facts},
    line,
    version::read_notation,
};

mod correction;
mod observation;

/// The lines, in the order of the file.
#[derive(Debug)]
pub(crate) struct Overlay {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    line: usize,
    text: String,
    endpoint: String,
    claim: Claim,
    versions: String,
}

#[derive(Debug)]
enum Claim {
    Correction(Correction),
    Observation(Observation),
    Word(Word),
}

/// The effect of a line on one endpoint.
#[derive(PartialEq)]
enum Effect {
    NoMatch,
    Unneeded,
    Changed,
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

    /// Returns all that is known. A line must change something in each version that it names, and in all that it matches there:
    /// one that the documents have outgrown, or that was never right, is an error.
    pub(crate) fn correct(&self, mut extract: Extract) -> anyhow::Result<Extract> {
        let (corrections, observations): (Vec<_>, Vec<_>) =
            self.entries.iter().partition(|entry| matches!(entry.claim, Claim::Correction(_)));
        let apply = |entries: Vec<&Entry>, extract: &mut Extract| {
            entries.into_iter().try_for_each(|entry| {
                let place = || format!("the overlay's line {}: {}", entry.line, entry.text);
                entry.apply(extract).with_context(place)
            })
        };
        apply(corrections, &mut extract)?;
        for (version, release) in &mut extract.documents {
            check_targets(&release.facts).with_context(|| version.to_string())?;
            release.facts.infer();
        }
        apply(observations, &mut extract)?;
        Ok(extract)
    }
}

impl Entry {
    /// An entry for each name in the line.
    fn read(line: usize, text: &str, has_evidence: bool) -> anyhow::Result<Vec<Self>> {
        ensure!(has_evidence, "no evidence stands before it in its paragraph");
        let (rest, versions) = text.rsplit_once(" @").context("no versions stand at its end")?;
        let (subject, words) = rest.split_once(' ').context("nothing is said of it")?;
        let (endpoint, names) = subject.split_at(subject.find(['.', '?']).unwrap_or(subject.len()));
        let mut names = names.chars();
        let mark = names.next();
        let entries = names.as_str().split(',').map(|name| {
            let claim = Claim::read(mark, name, words)?;
            let is_of_all = matches!(claim, Claim::Word(_));
            ensure!(
                endpoint == "*" || !is_of_all,
                "that is said of all endpoints at once: write `*` for them"
            );
            let (endpoint, versions) = (endpoint.to_owned(), versions.to_owned());
            Ok(Self { line, text: text.to_owned(), endpoint, claim, versions })
        });
        entries.collect()
    }

    fn apply(&self, extract: &mut Extract) -> anyhow::Result<()> {
        let mut versions = read_notation(&self.versions, &extract.versions())?.into_iter();
        versions.try_for_each(|version| {
            let release = extract.documents.get_mut(&version).context("there is no such version")?;
            self.apply_to(&mut release.facts).with_context(|| version.to_string())
        })
    }

    fn apply_to(&self, facts: &mut Facts) -> anyhow::Result<()> {
        match &self.claim {
            Claim::Correction(correction) => self.apply_to_each(facts, |endpoint| correction.apply(endpoint)),
            Claim::Observation(observation) => {
                self.apply_to_each(facts, |endpoint| observation.apply(endpoint))
            }
            Claim::Word(word) => word.apply(facts),
        }
    }

    fn apply_to_each(
        &self,
        facts: &mut Facts,
        apply: impl Fn(&mut Endpoint) -> Effect,
    ) -> anyhow::Result<()> {
        let chosen = facts.endpoints.iter_mut().filter(|(path, endpoint)| match &*self.endpoint {
            "*" => endpoint.is_paged(),
            one => one == *path,
        });
        let mut has_changed = false;
        for (path, endpoint) in chosen {
            match apply(endpoint) {
                Effect::NoMatch => {}
                Effect::Unneeded => bail!("{path} is so without it"),
                Effect::Changed => has_changed = true,
            }
        }
        ensure!(has_changed, "there is nothing of the kind");
        Ok(())
    }
}

fn changed(is: bool) -> Effect {
    if is { Effect::Changed } else { Effect::Unneeded }
}

impl Claim {
    /// Reads what is said of the field or the parameter `name`, or of an endpoint as a whole.
    fn read(mark: Option<char>, name: &str, text: &str) -> anyhow::Result<Self> {
        Ok(match (mark, text.split_once(' ')) {
            (None, _) => Self::Observation(Observation::of_endpoint(text)?),
            (Some('.'), None) if text == "unordered" => {
                Self::Observation(Observation::Unordered(name.to_owned()))
            }
            (Some('.'), None) if text == "unfiltered" => Self::Word(Word::Unfiltered(name.to_owned())),
            (Some('.'), _) => Self::Correction(Correction::of_field(name, text)?),
            (_, Some(("renamed", new))) => Self::Word(Word::Renamed(name.to_owned(), new.to_owned())),
            _ => Self::Correction(Correction::of_parameter(name, text)?),
        })
    }
}

/// Foreign keys point to endpoints, and some lists do.
fn check_targets(facts: &Facts) -> anyhow::Result<()> {
    let mut wrong = BTreeSet::new();
    for (path, endpoint) in &facts.endpoints {
        for field in &endpoint.fields {
            let is_right = match &field.target {
                Some(target) => field.kind.may_have_target() && facts.endpoints.contains_key(target),
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
