//! The changes between two versions, for people who upgrade.

use std::collections::{BTreeMap, BTreeSet};

use self::change::{Change, Part, Way};
use super::{
    extract::Release,
    facts::{Endpoint, Facts},
};

mod change;

/// A change that so many endpoints or more share is printed once, and not with each.
const MANY: usize = 8;

/// The maximal length of a line.
const WIDTH: usize = 110;

/// The changes from one version to another, by endpoint, and a line that counts them.
pub(super) fn diff(from: &Release, to: &Release) -> String {
    let mut text = format!("NetBox {} to {}\n", from.number, to.number);
    let (gone, new) = (only(&from.facts, &to.facts), only(&to.facts, &from.facts));
    endpoints(&mut text, "New endpoints", &new);
    endpoints(&mut text, "Endpoints that are gone", &gone);

    let mut changes: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for (path, now) in &to.facts.endpoints {
        let Some(before) = from.facts.endpoints.get(path) else { continue };
        let found = change::changes(before, now);
        if !found.is_empty() {
            changes.insert(path, found);
        }
    }
    let summary = summary(&new, &gone, &changes);
    let both: BTreeSet<_> =
        to.facts.endpoints.keys().filter(|path| from.facts.endpoints.contains_key(*path)).collect();
    for (paths, alike) in common(&changes) {
        text.push_str(&format!(
            "\nIn {} endpoints\n{}",
            paths.len(),
            lines(&alike.iter().collect::<Vec<_>>())
        ));
        if paths.len() * 2 <= both.len() {
            wrap(&mut text, "    ", "    ", paths.iter().copied(), ", ");
        } else {
            let others = both.iter().map(|path| path.as_str()).filter(|path| !paths.contains(path));
            wrap(&mut text, "    all but ", "    ", others, ", ");
        }
        for path in paths {
            changes.entry(path).or_default().retain(|change| !alike.contains(change));
        }
    }
    for (path, changes) in changes {
        if !changes.is_empty() {
            text.push_str(&format!("\n{path}\n{}", lines(&changes.iter().collect::<Vec<_>>())));
        }
    }
    text.push_str(&format!("\n{summary}\n"));
    text
}

/// The endpoints that `other` has not.
fn only<'a>(facts: &'a Facts, other: &Facts) -> Vec<(&'a str, &'a Endpoint)> {
    let only = facts.endpoints.iter().filter(|(path, _)| !other.endpoints.contains_key(*path));
    only.map(|(path, endpoint)| (&**path, endpoint)).collect()
}

fn endpoints(text: &mut String, title: &str, endpoints: &[(&str, &Endpoint)]) {
    if endpoints.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}\n"));
    for (path, endpoint) in endpoints {
        let fields = counted(endpoint.fields.len(), "field");
        text.push_str(&format!("  {path}: {fields}, {}\n", counted(endpoint.filters.len(), "filter")));
    }
}

/// The changes that many endpoints share, by those endpoints.
fn common<'a>(changes: &BTreeMap<&'a str, Vec<Change>>) -> BTreeMap<Vec<&'a str>, Vec<Change>> {
    let mut places: BTreeMap<&Change, Vec<&str>> = BTreeMap::new();
    for (path, changes) in changes {
        for change in changes {
            places.entry(change).or_default().push(path);
        }
    }
    let mut common: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (change, paths) in places.into_iter().filter(|(_, paths)| paths.len() >= MANY) {
        common.entry(paths).or_default().push(change.clone());
    }
    common
}

/// A line for each change; additions and removals without details share one.
fn lines(changes: &[&Change]) -> String {
    let mut text = String::new();
    let mut told = BTreeSet::new();
    for change in changes {
        let sign = change.way.sign();
        if change.detail.is_some() {
            let change = change.to_string();
            wrap(&mut text, &format!("  {sign} "), "      ", change.split(' '), " ");
        } else if told.insert((change.way, change.part)) {
            let alike = changes
                .iter()
                .filter(|other| (other.way, other.part, &other.detail) == (change.way, change.part, &None));
            let names: Vec<_> = alike.map(|other| &*other.name).collect();
            let part = if names.len() == 1 { change.part.one() } else { change.part.several() };
            wrap(&mut text, &format!("  {sign} {part} "), "      ", names.into_iter(), ", ");
        }
    }
    text
}

/// Adds words and what is between them, in lines that begin with `first` and then with `next`.
fn wrap<'a>(text: &mut String, first: &str, next: &str, words: impl Iterator<Item = &'a str>, between: &str) {
    let mut line = first.to_owned();
    let mut is_first = true;
    for word in words {
        if !is_first && line.len() + between.len() + word.len() > WIDTH {
            text.push_str(&line);
            text.push_str(between.trim_end());
            text.push('\n');
            next.clone_into(&mut line);
        } else if !is_first {
            line.push_str(between);
        }
        line.push_str(word);
        is_first = false;
    }
    text.push_str(&line);
    text.push('\n');
}

fn summary(
    new: &[(&str, &Endpoint)],
    gone: &[(&str, &Endpoint)],
    changes: &BTreeMap<&str, Vec<Change>>,
) -> String {
    let mut parts = vec![format!(
        "{} new, {} gone, {} changed",
        counted(new.len(), "endpoint"),
        gone.len(),
        changes.len()
    )];
    for part in Part::ALL {
        let ways =
            [(Way::Came, "more"), (Way::Went, "fewer"), (Way::Changed, "changed")].map(|(way, word)| {
                let all = changes.values().flatten();
                format!("{} {word}", all.filter(|change| (change.part, change.way) == (part, way)).count())
            });
        parts.push(format!("{}: {}", part.several(), ways.join(", ")));
    }
    format!("{}.", parts.join("; "))
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
