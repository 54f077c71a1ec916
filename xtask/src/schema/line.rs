//! A line of the extract: one fact of an endpoint.

use anyhow::{Context as _, bail, ensure};

use super::{
    facts::{Endpoint, Field, Filter},
    vocabulary::{Control, Kind, Lookup, Method},
};

/// How no suffix at all is written.
const EXACT: &str = "=";

pub(super) fn route(endpoint: &Endpoint, name: &str) -> Option<String> {
    let methods = endpoint.routes.get(name)?.iter().map(|method| method.name());
    Some(format!("route {name} {}", join(methods)))
}

pub(super) fn controls(endpoint: &Endpoint) -> Option<String> {
    let controls = endpoint.controls.iter().map(|control| control.name());
    (!endpoint.controls.is_empty()).then(|| format!("controls {}", join(controls)))
}

pub(super) fn field(endpoint: &Endpoint, name: &str) -> Option<String> {
    let field = endpoint.field(name)?;
    Some(format!("field {name} {}", words(field)))
}

/// All that is known of a field, except its name and its choices.
pub(super) fn words(field: &Field) -> String {
    let access = match (field.readable, field.writable) {
        (true, false) => "read-only",
        (false, true) => "write-only",
        _ => "",
    };
    let mut words = vec![field.kind.name(), access];
    words.extend(field.nullable.then_some("null"));
    words.extend(field.required.then_some("required"));
    words.extend(field.nested.then_some("nested"));
    if let Some(target) = &field.target {
        words.extend(["->", target]);
    }
    join(words.into_iter().filter(|word| !word.is_empty()))
}

pub(super) fn filter(endpoint: &Endpoint, name: &str) -> Option<String> {
    let filter = endpoint.filters.get(name)?;
    let repeatable = if filter.repeatable { " repeatable" } else { "" };
    let lookups = filter.lookups.iter().map(|lookup| match lookup {
        Lookup::Exact => EXACT,
        other => other.suffix(),
    });
    Some(format!("filter {name} {}{repeatable} {}", filter.kind, join(lookups)))
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Reads the fact in `line` into the endpoint that it is of.
pub(super) fn read(line: &str, endpoint: &mut Endpoint) -> anyhow::Result<()> {
    let mut words = line.split_whitespace();
    let kind = words.next();
    if kind == Some("controls") {
        for word in words {
            endpoint.controls.insert(find(Control::ALL, |control| control.name() == word, word)?);
        }
        return Ok(());
    }
    let name = words.next().context("there is no name")?;
    match kind {
        Some("route") => {
            let methods = words.map(|word| find(Method::ALL, |method| method.name() == word, word));
            endpoint.routes.insert(name.to_owned(), methods.collect::<Result<_, _>>()?);
        }
        Some("field") => {
            ensure!(endpoint.field(name).is_none(), "the field is there twice");
            endpoint.fields.push(read_field(name, words)?);
        }
        Some("values") => {
            let field = endpoint.fields.iter_mut().find(|field| field.name == name);
            field.context("there is no such field")?.choices.extend(words.map(str::to_owned));
        }
        Some("filter") => {
            let word = words.next().context("there is no kind")?;
            let kind = find(Kind::ALL, |kind| kind.name() == word, word)?;
            let mut filter = Filter { kind, repeatable: false, lookups: [].into() };
            for word in words {
                match word {
                    "repeatable" => filter.repeatable = true,
                    EXACT => drop(filter.lookups.insert(Lookup::Exact)),
                    suffix => {
                        let lookup = find(Lookup::ALL, |lookup| lookup.suffix() == suffix, suffix)?;
                        filter.lookups.insert(lookup);
                    }
                }
            }
            endpoint.filters.insert(name.to_owned(), filter);
        }
        _ => bail!("what is `{}`?", kind.unwrap_or_default()),
    }
    Ok(())
}

/// Reads what [`words`] writes.
pub(super) fn read_field<'a>(name: &str, mut words: impl Iterator<Item = &'a str>) -> anyhow::Result<Field> {
    let word = words.next().context("there is no kind")?;
    let mut field = Field::new(name, find(Kind::ALL, |kind| kind.name() == word, word)?);
    while let Some(word) = words.next() {
        match word {
            "read-only" => field.writable = false,
            "write-only" => field.readable = false,
            "null" => field.nullable = true,
            "required" => field.required = true,
            "nested" => field.nested = true,
            "->" => field.target = Some(words.next().context("there is no target")?.to_owned()),
            other => bail!("what is `{other}`?"),
        }
    }
    Ok(field)
}

pub(super) fn find<T: Copy>(all: &[T], is: impl Fn(&T) -> bool, word: &str) -> anyhow::Result<T> {
    all.iter().copied().find(is).with_context(|| format!("what is `{word}`?"))
}
