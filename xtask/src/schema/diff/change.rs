//! A change of an endpoint.

use std::{collections::BTreeSet, fmt};

use crate::schema::{
    facts::{DETAIL, Endpoint, Field, Filter, LIST},
    vocabulary::{Lookup, Method},
};

/// A part of the API that came, went or changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    pub(super) part: Part,
    pub(super) way: Way,
    pub(super) name: String,
    pub(super) detail: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Field,
    Filter,
    Route,
    Control,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Came,
    Went,
    Changed,
}

/// `NAME`, and what there is to say of it.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.part.one(), self.name)?;
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Field, Self::Filter, Self::Route, Self::Control];

    pub(super) fn one(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Filter => "filter",
            Self::Route => "route",
            Self::Control => "parameter",
        }
    }

    pub(super) fn several(self) -> &'static str {
        match self {
            Self::Field => "fields",
            Self::Filter => "filters",
            Self::Route => "routes",
            Self::Control => "parameters",
        }
    }
}

impl Way {
    pub(super) fn sign(self) -> char {
        match self {
            Self::Came => '+',
            Self::Went => '-',
            Self::Changed => '~',
        }
    }
}

/// All changes from one version of an endpoint to the next, in the order in which they are printed.
pub(super) fn changes(before: &Endpoint, now: &Endpoint) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |part, way, name: &str, detail| {
        changes.push(Change { part, way, name: name.to_owned(), detail });
    };
    for field in &now.fields {
        match before.field(&field.name) {
            None => add(Part::Field, Way::Came, &field.name, Some(whole(field))),
            Some(old) => {
                // The order of choices is no change.
                let differences = differences(old, field);
                if !differences.is_empty() {
                    add(Part::Field, Way::Changed, &field.name, Some(differences));
                }
            }
        }
    }
    for field in before.fields.iter().filter(|field| now.field(&field.name).is_none()) {
        add(Part::Field, Way::Went, &field.name, None);
    }
    for (name, filter) in &now.filters {
        match before.filters.get(name) {
            None => add(Part::Filter, Way::Came, name, None),
            Some(old) if old != filter => {
                add(Part::Filter, Way::Changed, name, Some(filter_differences(old, filter)));
            }
            Some(_) => {}
        }
    }
    for name in before.filters.keys().filter(|name| !now.filters.contains_key(*name)) {
        add(Part::Filter, Way::Went, name, None);
    }
    for route in before.routes.keys().chain(now.routes.keys()).collect::<BTreeSet<_>>() {
        let methods = |endpoint: &Endpoint| endpoint.routes.get(route).cloned().unwrap_or_default();
        let (old, new) = (methods(before), methods(now));
        let names = |methods: &BTreeSet<Method>| methods.iter().map(|method| method.name()).collect();
        let detail = plus_minus(&names(&old), &names(&new));
        let name = match &**route {
            LIST => "of the list",
            DETAIL => "of an object",
            other => other,
        };
        if old != new {
            let way = match (old.is_empty(), new.is_empty()) {
                (true, _) => Way::Came,
                (_, true) => Way::Went,
                _ => Way::Changed,
            };
            add(Part::Route, way, name, Some(detail));
        }
    }
    for control in now.controls.difference(&before.controls) {
        add(Part::Control, Way::Came, control.name(), None);
    }
    for control in before.controls.difference(&now.controls) {
        add(Part::Control, Way::Went, control.name(), None);
    }
    changes
}

/// All about a field that is new.
fn whole(field: &Field) -> String {
    let mut text = field.kind.to_string();
    if let Some(target) = &field.target {
        text.push_str(&format!(" to {target}"));
    }
    if !field.choices.is_empty() {
        text.push_str(&format!(" ({})", field.choices.join(", ")));
    }
    for (is, words) in [
        (field.nullable, "can be null"),
        (field.required, "required"),
        (!field.writable, "read-only"),
        (!field.readable, "write-only"),
    ] {
        if is {
            text.push_str(", ");
            text.push_str(words);
        }
    }
    text
}

fn differences(old: &Field, new: &Field) -> String {
    let mut parts = Vec::new();
    if old.kind != new.kind {
        parts.push(format!("is {} now, and was {}", new.kind, old.kind));
    }
    if old.target != new.target {
        let target = |field: &Field| field.target.clone().unwrap_or_else(|| "nothing".to_owned());
        parts.push(format!("refers to {} now, and did to {}", target(new), target(old)));
    }
    for (was, is, came, went) in [
        (old.nullable, new.nullable, "can be null now", "is never null now"),
        (old.required, new.required, "is required now", "is no longer required"),
        (old.writable, new.writable, "can be written now", "is read-only now"),
        (old.readable, new.readable, "can be read now", "is write-only now"),
        (old.ordered, new.ordered, "can order the list now", "no longer orders the list"),
        (old.nested, new.nested, "is in the nested form now", "is no longer in the nested form"),
    ] {
        if was != is {
            parts.push(if is { came } else { went }.to_owned());
        }
    }
    let (before, now) = (choices(old), choices(new));
    if before != now {
        parts.push(format!("choices {}", plus_minus(&before, &now)));
    }
    parts.join("; ")
}

fn choices(field: &Field) -> BTreeSet<&str> {
    field.choices.iter().map(String::as_str).collect()
}

fn filter_differences(old: &Filter, new: &Filter) -> String {
    let mut parts = Vec::new();
    if old.kind != new.kind {
        parts.push(format!("takes {} now, and did {}", new.kind, old.kind));
    }
    match (old.repeatable, new.repeatable) {
        (false, true) => parts.push("takes several values now".to_owned()),
        (true, false) => parts.push("takes one value now".to_owned()),
        _ => {}
    }
    if old.lookups != new.lookups {
        let names = |filter: &Filter| filter.lookups.iter().copied().map(lookup_name).collect();
        parts.push(format!("lookups {}", plus_minus(&names(old), &names(new))));
    }
    parts.join("; ")
}

fn lookup_name(lookup: Lookup) -> &'static str {
    match lookup {
        Lookup::Exact => "(equal)",
        other => other.suffix(),
    }
}

/// The names that came, with a plus, and those that went, with a minus.
fn plus_minus(old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> String {
    let came = new.difference(old).map(|name| format!("+{name}"));
    let went = old.difference(new).map(|name| format!("-{name}"));
    came.chain(went).collect::<Vec<_>>().join(" ")
}
