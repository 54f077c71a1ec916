//! What is known of the filters of an endpoint. NetBox ignores one that it does not know, and answers with everything.

use std::{collections::BTreeSet, sync::Arc};

use netbox_schema::{Endpoint, Kind, Versions, endpoint};

use super::orders;
use crate::{
    base::ApiPath, client::Client, error::Error, nearest::nearest, transport::Transport, version::Server,
};

/// The names in a question, and what they are given.
pub(crate) struct Names {
    pub(super) path: ApiPath,
    pub(super) filters: Vec<(String, Vec<String>)>,
    /// As in `?ordering=`.
    pub(super) order: Vec<String>,
}

/// Names that NetBox once had, and what it calls them now.
const RENAMED: [(&str, &str); 3] =
    [("content_type", "object_type"), ("content_types", "object_types"), ("device_role", "role")];

/// Who tells what an endpoint has.
enum Known {
    /// NetBox's own schema.
    Own(Own),
    /// The server's, with these filters: [`Client::load_schema`].
    Loaded(Filters),
    /// Nobody.
    Nothing,
}

/// What is known of an endpoint of NetBox's own.
struct Own {
    endpoint: Endpoint,
    server: Server,
    /// Of a server that the schema lacks, what its own has; that has NetBox's mistakes in it, but knows what is new.
    loaded: Option<Filters>,
}

type Filters = Arc<BTreeSet<String>>;

impl Names {
    /// Refuses what NetBox, in the server's version if an answer told that, would ignore.
    pub(crate) fn check<T: Transport>(&self, client: &Client<T>) -> Result<(), Error> {
        let known = Known::of(client, &self.path);
        self.filters.iter().try_for_each(|(name, values)| known.check(name, values))?;
        let mut terms = self.order.iter().map(|term| term.strip_prefix('-').unwrap_or(term));
        terms.try_for_each(|name| known.check_order(name))
    }
}

impl Known {
    fn of<T: Transport>(client: &Client<T>, path: &ApiPath) -> Self {
        let server = Server::of(client.version());
        let loaded = client.loaded_filters(path);
        match endpoint(path.as_str()) {
            Some(endpoint) => {
                let loaded = loaded.filter(|_| matches!(server, Server::Other(_)));
                Self::Own(Own { endpoint, server, loaded })
            }
            None => loaded.map_or(Self::Nothing, Self::Loaded),
        }
    }

    /// Refuses what is no filter here, and `values` that NetBox would ignore. Which custom fields there are is another
    /// question.
    fn check(&self, name: &str, values: &[String]) -> Result<(), Error> {
        match self {
            Self::Own(own) => own.check(name, values),
            Self::Loaded(names) if !name.starts_with("cf_") => check_loaded(names, name),
            Self::Loaded(_) | Self::Nothing => Ok(()),
        }
    }

    fn check_order(&self, name: &str) -> Result<(), Error> {
        match self {
            Self::Own(own) => own.check_order(name),
            Self::Loaded(_) | Self::Nothing => Ok(()),
        }
    }
}

fn check_loaded(names: &Filters, name: &str) -> Result<(), Error> {
    if names.contains(name) {
        return Ok(());
    }
    let why = "this server's own schema does not have it";
    Err(unknown(name, why, nearest(name, names.iter().cloned())))
}

impl Own {
    fn check(&self, name: &str, values: &[String]) -> Result<(), Error> {
        let Self { endpoint, server, loaded } = self;
        if name.starts_with("cf_") {
            return match endpoint.field("custom_fields") {
                Some(field) if server.has(field.versions()) => Ok(()),
                _ => Err(unknown(name, &format!("{endpoint} has no custom fields"), None)),
            };
        }
        let accepted = endpoint.accepts(name);
        match loaded {
            Some(names) => check_loaded(names, name)?,
            None if server.has(accepted) => {}
            None => return Err(refusal(*endpoint, *server, accepted, name)),
        }
        let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
        let Some(filter) = endpoint.filter(base).filter(|_| matches!(lookup, "" | "n")) else {
            return Ok(());
        };
        if filter.kind() == Kind::Boolean {
            return check_flag(name, values);
        }
        let repeatable = filter.repeatable();
        if values.len() > 1 && !server.has(repeatable) {
            let elsewhere = match server {
                Server::Known(server) if !repeatable.is_empty() => {
                    format!(" of NetBox {server}, and several in {repeatable}")
                }
                _ => String::new(),
            };
            return Err(Error::query(format!(
                "`{name}` takes one value in {endpoint}{elsewhere}: of several, NetBox would ignore all but the last"
            )));
        }
        Ok(())
    }

    /// Refuses the field `name` if NetBox can't order by it, which it would not say.
    fn check_order(&self, name: &str) -> Result<(), Error> {
        let Self { endpoint, server, .. } = self;
        if endpoint.fields().is_empty() {
            return Ok(());
        }
        let no_order = |why: &str| Error::query(format!("{endpoint} is not ordered by `{name}`: {why}"));
        let field = endpoint.field(name);
        if let Some(why) = orders::refusal(endpoint.path(), name, field) {
            return Err(no_order(why));
        }
        match field {
            Some(field) if server.has(field.versions()) => Ok(()),
            Some(field) => Err(no_order(&format!(
                "only {} has that field, and NetBox would ignore it",
                field.versions()
            ))),
            // It may be new, and no schema tells orders.
            None if matches!(server, Server::Other(_)) => Ok(()),
            None => {
                let guess = guess(nearest(name, endpoint.fields().map(|field| field.name().to_owned())));
                Err(no_order(&format!("there is no such field{guess}, and NetBox would ignore it")))
            }
        }
    }
}

/// Refuses what NetBox does not take for true or false.
pub(super) fn check_flag(name: &str, values: &[String]) -> Result<(), Error> {
    match values {
        [value] if matches!(value.as_str(), "true" | "True" | "false" | "False") => Ok(()),
        _ => Err(Error::query(format!(
            "`{name}` is either true or false: NetBox would ignore anything else, and all but the last of several"
        ))),
    }
}

/// Why the endpoint does not take `name`, and what it takes instead.
fn refusal(endpoint: Endpoint, server: Server, accepted: Versions, name: &str) -> Error {
    if let Server::Other(server) = server {
        let names = endpoint.filters().map(|filter| filter.name().to_owned());
        let guess = guess(nearest(name, names));
        return Error::query(format!(
            "unknown filter `{name}`: {endpoint} has none in NetBox {}{guess}, and what {server} has is not known before \
             `load_schema`. Any that NetBox does not know it would ignore, and answer with everything; `param_unchecked` \
             sends it all the same",
            Versions::ALL
        ));
    }
    if let Server::Known(server) = server
        && !accepted.is_empty()
    {
        let why = format!("NetBox {server} has none in {endpoint}, or fails on it, and {accepted} has it");
        return unknown(name, &why, None);
    }
    let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
    let has = |name: &str| endpoint.filter(name).filter(|filter| server.has(filter.versions()));
    if let Some(filter) = has(base) {
        let known: Vec<_> = filter.lookups().filter(|known| server.has(filter.lookup(*known))).collect();
        let suffixes = known.iter().map(|known| known.suffix()).filter(|suffix| !suffix.is_empty());
        let list: Vec<_> = suffixes.clone().map(|suffix| format!("`{suffix}`")).collect();
        let others = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
        let near = nearest(lookup, suffixes.map(str::to_owned)).map(|near| format!("{base}__{near}"));
        return unknown(
            name,
            &format!("`{base}` in {endpoint} has no lookup `{lookup}`, but {others}"),
            near,
        );
    }
    if endpoint.filters().is_empty() {
        return unknown(name, &format!("{endpoint} has no filters at all"), None);
    }
    let suffix = if lookup.is_empty() { String::new() } else { format!("__{lookup}") };
    let by_name = base.strip_suffix("_id").filter(|bare| has(bare).is_some());
    if let Some(bare) = by_name {
        let why = format!("{endpoint} is not filtered by ids here, but by names: `{bare}`");
        return unknown(name, &why, None);
    }
    if has(&format!("{base}_id")).is_some() {
        let why = format!("{endpoint} is not filtered by names here, but by ids: `{base}_id`");
        return unknown(name, &why, None);
    }
    let filters = endpoint.filters().filter(|filter| server.has(filter.versions()));
    let renamed = RENAMED
        .iter()
        .find(|(old, new)| base.strip_suffix("_id").unwrap_or(base) == *old && has(new).is_some());
    let near = match renamed {
        Some((old, new)) => Some(base.replacen(old, new, 1)),
        None => nearest(base, filters.map(|filter| filter.name().to_owned())),
    };
    unknown(name, &format!("{endpoint} has none by `{base}`"), near.map(|near| format!("{near}{suffix}")))
}

pub(super) fn unknown(name: &str, why: &str, nearest: Option<String>) -> Error {
    Error::query(format!(
        "unknown filter `{name}`: {why}{}; NetBox would ignore it and answer with everything. If the endpoint has it all \
         the same, use `param_unchecked`",
        guess(nearest)
    ))
}

fn guess(nearest: Option<String>) -> String {
    nearest.map(|nearest| format!(" (did you mean `{nearest}`?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
