//! What is known of the filters of an endpoint. NetBox ignores one that it does not know, and answers with everything.

use std::{collections::BTreeSet, sync::Arc};

use netbox_schema::{Endpoint, Kind, Versions, endpoint};

use super::orders;
use crate::{
    base::ApiPath, client::Client, error::Error, nearest::nearest, transport::Transport, version::Version,
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
    Own(Endpoint, Server),
    /// The server's, with these filters: [`Client::load_schema`].
    Loaded(Arc<BTreeSet<String>>),
    /// Nobody.
    Nothing,
}

/// Whose NetBox it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Server {
    /// No answer told it yet.
    Unknown,
    /// Of a version that the schema has.
    Known(Version),
    /// Of another one.
    Other(Version),
}

impl Names {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.filters.iter().map(|(name, _)| &**name)
    }

    /// Refuses what NetBox, in the server's version if an answer told that, would ignore.
    pub(crate) fn check<T: Transport>(&self, client: &Client<T>) -> Result<(), Error> {
        let known = Known::of(client, &self.path);
        for (name, values) in &self.filters {
            known.check(name, &values.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        self.order.iter().try_for_each(|term| known.check_order(term.trim_start_matches('-')))
    }
}

impl Known {
    fn of<T: Transport>(client: &Client<T>, path: &ApiPath) -> Self {
        let server = Server::of(client.version());
        match (endpoint(path.as_str()), client.loaded_filters(path)) {
            // The server's own document has NetBox's mistakes in it, but knows what is new.
            (Some(endpoint), None) => Self::Own(endpoint, server),
            (Some(endpoint), Some(_)) if !matches!(server, Server::Other(_)) => Self::Own(endpoint, server),
            (_, Some(filters)) => Self::Loaded(filters),
            (None, None) => Self::Nothing,
        }
    }

    /// Refuses what is no filter here, and `values` that NetBox would ignore.
    fn check(&self, name: &str, values: &[&str]) -> Result<(), Error> {
        match self {
            Self::Own(endpoint, server) => check_own(*endpoint, *server, name, values),
            Self::Loaded(names) if !names.contains(name) && !name.starts_with("cf_") => {
                let why = "this server's own schema does not have it";
                Err(unknown(name, why, nearest(name, names.iter().cloned())))
            }
            Self::Loaded(_) | Self::Nothing => Ok(()),
        }
    }

    /// Refuses the field `name` if NetBox can't order by it, which it would not say.
    fn check_order(&self, name: &str) -> Result<(), Error> {
        let Self::Own(endpoint, server) = self else { return Ok(()) };
        if endpoint.fields().is_empty() {
            return Ok(());
        }
        let no_order = |why: &str| Error::query(format!("no list is ordered by `{name}`: {why}"));
        let field = endpoint.field(name);
        if let Some(why) = orders::refusal(endpoint.path(), name, field) {
            return Err(no_order(why));
        }
        match field {
            Some(field) if server.has(field.versions()) => Ok(()),
            field => {
                let guess = match field {
                    Some(field) => format!(", only {} has it", field.versions()),
                    None => guess(nearest(name, endpoint.fields().map(|field| field.name().to_owned()))),
                };
                Err(no_order(&format!(
                    "there is no such field in {endpoint}{guess}, and NetBox would ignore it"
                )))
            }
        }
    }
}

impl Server {
    fn of(version: Option<Version>) -> Self {
        match version {
            None => Self::Unknown,
            Some(version) if Versions::ALL.contains(version.major(), version.minor()) => Self::Known(version),
            Some(version) => Self::Other(version),
        }
    }

    /// Whether it has what these versions have, or any has it if it isn't known.
    fn has(self, versions: Versions) -> bool {
        match self {
            Self::Known(version) => versions.contains(version.major(), version.minor()),
            Self::Unknown | Self::Other(_) => !versions.is_empty(),
        }
    }
}

fn check_own(endpoint: Endpoint, server: Server, name: &str, values: &[&str]) -> Result<(), Error> {
    if name.starts_with("cf_") {
        return match endpoint.field("custom_fields") {
            Some(field) if server.has(field.versions()) => Ok(()),
            _ => Err(unknown(name, &format!("{endpoint} has no custom fields"), None)),
        };
    }
    let accepted = endpoint.accepts(name);
    if !server.has(accepted) {
        return Err(refusal(endpoint, server, accepted, name));
    }
    let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
    let Some(filter) = endpoint.filter(base).filter(|_| matches!(lookup, "" | "n")) else { return Ok(()) };
    let is_flag = |value: &&str| matches!(*value, "true" | "True" | "false" | "False");
    if filter.kind() == Kind::Boolean && !values.iter().all(is_flag) {
        return Err(Error::query(format!("`{name}` is true or false: NetBox would ignore anything else")));
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

/// Why the endpoint does not take `name`, and what it takes instead.
fn refusal(endpoint: Endpoint, server: Server, accepted: Versions, name: &str) -> Error {
    if let Server::Other(server) = server {
        let newest = Versions::ALL;
        let why = format!(
            "{endpoint} has none in NetBox {newest}, and whether {server} has one is not known before `load_schema`"
        );
        return unknown(name, &why, None);
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
