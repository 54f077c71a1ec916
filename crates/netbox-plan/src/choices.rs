//! Choices: a server's configuration may add some to those of NetBox's own, so that the server has the last word.

use std::collections::BTreeMap;

use netbox_core::{Client, Error, Mode};
use netbox_schema::{Kind, endpoint, nearest};
use serde_json::Value;

use crate::{
    graph::{Graph, Term},
    mistake::Mistake,
    server::Server,
};

/// This many choices are listed where none is near to the one that is wrong.
const LISTED: usize = 8;

/// Adds to `mistakes` the choices that the server does not have. It is asked only about those that are not NetBox's own,
/// once for each endpoint; to a token that may not write, it says nothing.
pub(crate) async fn check<C: Mode>(
    client: &Client<C>,
    graph: &Graph,
    server: Server,
    mistakes: &mut Vec<Mistake>,
) -> Result<(), Error> {
    let mut doubtful: BTreeMap<&str, Vec<(String, &str, String)>> = BTreeMap::new();
    for node in graph.nodes.iter().filter(|node| node.is_described()) {
        let Some(schema) = endpoint(&node.endpoint) else { continue };
        for (name, term) in &node.fields {
            let (Some(field), Term::Plain(value)) = (schema.field(name), term) else { continue };
            let value = match (server.kind(field), value) {
                (Kind::Choice | Kind::BareChoice, Value::String(value)) => value.clone(),
                (Kind::IntegerChoice | Kind::BareIntegerChoice, Value::Number(value)) => value.to_string(),
                _ => continue,
            };
            let mut own = field.choices().filter(|choice| server.has(choice.versions()));
            if !value.is_empty() && !own.any(|choice| choice.value() == value) {
                let place = format!("{}.{name}", node.place);
                doubtful.entry(&node.endpoint).or_default().push((place, name, value));
            }
        }
    }
    for (path, values) in doubtful {
        let options = C::lift(client.options_at(path)).await?;
        for (place, name, value) in values {
            let Some(field) = options.field(name) else { continue };
            let choices: Vec<&str> = field.choices().iter().map(netbox_core::value::Choice::as_str).collect();
            if choices.is_empty() || choices.contains(&value.as_str()) {
                continue;
            }
            mistakes.push(Mistake::new(place, no_choice(name, &value, &choices)));
        }
    }
    Ok(())
}

/// Says that the field `name` has no choice `value`.
pub(crate) fn no_choice(name: &str, value: &str, choices: &[&str]) -> String {
    let hint = match nearest(value, choices.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if choices.len() > LISTED => format!("it has {} and others", choices[..LISTED].join(", ")),
        None => format!("it has {}", choices.join(", ")),
    };
    format!("`{name}` has no choice `{value}`: {hint}")
}
