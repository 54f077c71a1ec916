//! Reading the objects of an endpoint: by their keys, or all of them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use netbox_core::{Client, Error, Mode, Object, Query, Record};
use netbox_schema::{Control, Endpoint, Field, Kind, endpoint};
use serde_json::Value;

use super::Found;
use crate::{
    graph::{Graph, Term},
    key::Part,
    reference::referring,
    server::Server,
    view::by_ids,
};

/// A list is counted where more objects of it are sought: up to so many are found by one or two requests.
const FEW: usize = 100;

/// A list is read as a whole if it has less than so many objects for each that is sought.
const SHARE: u64 = 3;

/// Objects as NetBox has them.
pub(super) type Rows<C> = Vec<Arc<Record<Object, C>>>;

/// The lists that were read as a whole, by their endpoints; nothing for one that is not.
pub(super) type Lists<C> = HashMap<String, Option<Rows<C>>>;

impl<C: Mode> Found<C> {
    /// Reads objects that may be `nodes`: all of the endpoint, if much of it is sought, and else those with their keys.
    pub(super) async fn rows(
        &self,
        client: &Client<C>,
        graph: &Graph,
        nodes: &[usize],
        keys: &HashMap<usize, Vec<Part>>,
        lists: &mut Lists<C>,
    ) -> Result<Rows<C>, Error> {
        let path = graph.nodes[nodes[0]].endpoint.as_str();
        if !lists.contains_key(path) {
            let of_path = keys.keys().copied().filter(|node| graph.nodes[*node].endpoint == path);
            let sought: Vec<usize> = of_path.filter(|node| self.is_sought(*node)).collect();
            let is_much = sought.len() > FEW
                && C::lift(client.query_at(path).count()).await? < sought.len() as u64 * SHARE;
            let all =
                if is_much { Some(read(self.query(client, graph, &sought, keys)).await?) } else { None };
            lists.insert(path.to_owned(), all);
        }
        if let Some(rows) = &lists[path] {
            return Ok(rows.clone());
        }
        read(self.by_keys(self.query(client, graph, nodes, keys), nodes, keys)).await
    }

    /// A query for what `nodes` have: the fields by which they are recognised and compared.
    fn query(
        &self,
        client: &Client<C>,
        graph: &Graph,
        nodes: &[usize],
        keys: &HashMap<usize, Vec<Part>>,
    ) -> Query<Object, C> {
        let path = graph.nodes[nodes[0]].endpoint.as_str();
        let query = client.query_at(path).page_size(1000);
        // Which fields a plugin's object has, and which of them refer to what may be deleted, only the whole object shows.
        let takes_names = |schema: &Endpoint| self.has(schema.supports(Control::Fields));
        let Some(schema) = endpoint(path).filter(takes_names) else { return query };
        // NetBox never shows a password.
        let is_shown = |name: &&str| schema.field(name).is_none_or(|field| self.has(field.readable()));
        let mut names: BTreeSet<&str> = BTreeSet::from(["id", "url", "display"]);
        // By it, a change since the plan was made is seen.
        names.extend(schema.field("last_updated").map(Field::name));
        let mut loose: BTreeSet<&str> = BTreeSet::new();
        for node in nodes {
            names.extend(keys[node].iter().map(|part| part.name.as_str()));
            let is_fixed = |name: &&str| keys[node].iter().any(|part| part.name == *name);
            loose.extend(graph.nodes[*node].fields.keys().map(String::as_str).filter(|name| !is_fixed(name)));
        }
        names.extend(&loose);
        // A value that only one object may have depends on all fields of its key, of which some may change.
        for key in schema.keys().filter(|key| self.has(key.versions())) {
            if key.parts().any(|part| loose.contains(part.name())) {
                names.extend(key.parts().map(|part| -> &str { part.name() }));
            }
        }
        let held = referring(schema, self.server).filter(|field| self.is_prunable(*field));
        names.extend(held.map(|field| -> &str { field.name() }));
        query.fields(names.into_iter().filter(is_shown))
    }

    /// Asks for the objects with the keys of `nodes` alone, as far as there are filters for it.
    fn by_keys(
        &self,
        mut query: Query<Object, C>,
        nodes: &[usize],
        keys: &HashMap<usize, Vec<Part>>,
    ) -> Query<Object, C> {
        let schema = endpoint(query.endpoint());
        let mut filters = BTreeSet::new();
        for part in keys[&nodes[0]].iter().filter(|part| !part.tells_apart) {
            let of_this = nodes.iter().filter_map(|node| keys[node].iter().find(|own| own.name == part.name));
            let values: Option<BTreeSet<String>> = of_this.map(|part| self.filter_value(part)).collect();
            let (Some(values), Some(filter)) = (values, self.filter_of(schema, part)) else { continue };
            let takes_several = schema.is_none_or(|schema| repeats(schema, &filter, self.server));
            if values.len() > 1 && !takes_several {
                continue;
            }
            // Both ends of a cable are found by one filter.
            if filters.insert(filter.clone()) {
                query = query.param(&filter, values.into_iter().collect::<Vec<_>>());
            }
        }
        query
    }

    /// The value by which a list is filtered; `None` if the value is none to filter by.
    fn filter_value(&self, part: &Part) -> Option<String> {
        match &part.term {
            Term::Plain(Value::Null) => Some("null".to_owned()),
            // NetBox reads the filter value `null` as no value.
            Term::Plain(Value::String(text)) if text.is_empty() || text == "null" => None,
            Term::Plain(Value::String(text)) => Some(text.clone()),
            Term::Plain(value @ (Value::Number(_) | Value::Bool(_))) => Some(value.to_string()),
            Term::One(target) => self.id(*target).map(|id| id.to_string()),
            ends => ends.first_end().and_then(|(_, target)| self.id(target)).map(|id| id.to_string()),
        }
    }

    /// The filter that goes by a part of a key, if there is one.
    fn filter_of(&self, schema: Option<Endpoint>, part: &Part) -> Option<String> {
        let has = |filter: &String| schema.is_none_or(|schema| self.has(schema.accepts(filter)));
        let by_id = format!("{}_id", part.name);
        let kind = schema.and_then(|schema| schema.field(&part.name)).map(|field| self.server.kind(field));
        // An end of a cable is found by the type of what it is plugged into: `interface_id`.
        if let Some((object_type, _)) = part.term.first_end() {
            return Some(format!("{}_id", object_type.split_once('.')?.1)).filter(has);
        }
        let names = match (&part.term, kind) {
            (Term::Plain(Value::Null), Some(Kind::ForeignKey)) | (Term::One(_), _) => {
                vec![by_id, part.name.clone()]
            }
            (Term::Plain(Value::Null), _) => return None,
            _ if part.ignores_case => vec![format!("{}__ie", part.name)],
            _ => vec![part.name.clone()],
        };
        names.into_iter().find(has)
    }
}

async fn read<C: Mode>(query: Query<Object, C>) -> Result<Rows<C>, Error> {
    Ok(C::lift(query.all()).await?.into_iter().map(Arc::new).collect())
}

/// Reads these fields of objects, and their names.
pub(crate) async fn read_by_ids<C: Mode>(
    client: &Client<C>,
    path: &str,
    ids: &BTreeSet<u64>,
    fields: &BTreeSet<&str>,
    server: Server,
) -> Result<Vec<Record<Object, C>>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = by_ids(client, path, ids.iter().copied());
    // The fields of a plugin's object are not known, and all are read.
    if endpoint(path).is_some_and(|schema| server.has(schema.supports(Control::Fields))) {
        query = query.fields(["id", "display"].iter().chain(fields).copied());
    }
    C::lift(query.page_size(1000).all()).await
}

/// Whether a list can be filtered by several values of `parameter` at once.
pub(crate) fn repeats(schema: Endpoint, parameter: &str, server: Server) -> bool {
    let name = parameter.split("__").next().unwrap_or(parameter);
    schema.filter(name).is_some_and(|filter| server.has(filter.repeatable()))
}
