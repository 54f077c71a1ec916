//! Filters of lists.

use netbox_schema::{Endpoint, Form, Kind, Versions, renamed};

use super::{
    meant::{nearest_filter, nearest_lookup, with_lookup},
    plausible::{check_flag, check_is_filter, check_sense, is_conjoined, is_custom, is_of_tags},
    refusal::Refusal,
    vocabulary::{Filters, Vocabulary},
};
use crate::wire::{Error, Server, Version};

/// How a filter was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// By a field of the model.
    Typed,
    /// By its name.
    Named,
    /// By a name that the caller vouches for.
    Unchecked,
}

impl Vocabulary<'_> {
    /// Refuses the filter `name` with `values` if NetBox, in the server's version as far as that is known, would ignore
    /// a part of it.
    pub(crate) fn check_filter(&self, name: &str, values: &[String], given: Given) -> Result<(), Error> {
        match given {
            Given::Unchecked | Given::Named if values.is_empty() => {
                return Err(Error::query(format!("`{name}` has no values")));
            }
            Given::Unchecked => return Ok(()),
            Given::Named => check_is_filter(name)?,
            Given::Typed if values.is_empty() && is_conjoined(name) && !is_of_tags(name) => {
                return Err(Error::query(format!(
                    "`{name}` has no values: leave the filter out to exclude nothing"
                )));
            }
            Given::Typed if values.len() > 1 && is_of_tags(name) => {
                return Err(Error::query(format!(
                    "NetBox takes several values of `{name}` for objects that have all of the tags: give them in filters \
                     of their own for that, or ask `tag__any` by name, which NetBox has from 4.6 on"
                )));
            }
            Given::Typed => {}
        }
        check_sense(self.endpoint, name, values)?;
        match (self.endpoint, &self.loaded) {
            (Some(endpoint), _) => self.check_own(endpoint, name, values),
            (None, Some(described)) if !is_custom(name) => {
                check_described(self.path, described, name, values)
            }
            (None, _) => Ok(()),
        }
    }

    /// Whether only the server itself can say if it has the filter `name`.
    pub(crate) fn must_ask_for(&self, name: &str) -> bool {
        match self.endpoint {
            _ if is_custom(name) => false,
            Some(endpoint) => self.is_of_other_version() && !self.server.has(endpoint.accepts(name)),
            None => true,
        }
    }

    /// Whether the filter `name` takes the number of a type of objects where a newer NetBox takes its name.
    pub(crate) fn takes_number_of_type(&self, name: &str) -> bool {
        let base = name.strip_suffix("__n").unwrap_or(name);
        base.ends_with("object_type") && self.names_elsewhere(name).is_some()
    }

    /// The server's version and those that take names for the filter `name`, if that one takes numbers.
    fn names_elsewhere(&self, name: &str) -> Option<(Version, Versions)> {
        let (Server::Known(server) | Server::Other(server)) = self.server else { return None };
        let filter = self.endpoint?.filter(name.strip_suffix("__n").unwrap_or(name))?;
        let of = |kind| move |form: &Form| form.kind() == kind;
        let newest = filter.forms().next_back().filter(of(Kind::Text))?;
        let own = filter.forms().find(|form| self.server.has(form.versions()));
        own.filter(of(Kind::Integer)).map(|_| (server, newest.versions()))
    }

    fn check_own(&self, endpoint: Endpoint, name: &str, values: &[String]) -> Result<(), Error> {
        let Self { server, loaded, .. } = self;
        if is_custom(name) {
            return match endpoint.field("custom_fields") {
                Some(field) if server.has(field.versions()) => Ok(()),
                _ => Err(Refusal::new(name, format!("{endpoint} has no custom fields")).filter()),
            };
        }
        let accepted = endpoint.accepts(name);
        match loaded {
            Some(described) => check_described(self.path, described, name, values)?,
            None if server.has(accepted) => {}
            None => return Err(refusal(endpoint, *server, accepted, name)),
        }
        let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
        let Some(filter) = endpoint.filter(base).filter(|_| matches!(lookup, "" | "n")) else {
            return Ok(());
        };
        if filter.kind() == Kind::Boolean {
            return check_flag(name, values);
        }
        if let Some((server, others)) = self.names_elsewhere(name)
            && let Some(value) = values.iter().find(|value| !is_number(value))
        {
            return Err(Error::query(format!(
                "`{name}` takes numbers in {endpoint} of NetBox {server}, and “{value}” is none: it takes names in {others}"
            )));
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
                "`{name}` takes one value in {endpoint}{elsewhere}: NetBox would ignore all values but the last"
            )));
        }
        Ok(())
    }
}

/// Whether a filter that takes numbers takes the value. For no object at all it takes `null`.
pub(crate) fn is_number(value: &str) -> bool {
    value == "null" || value.parse::<u64>().is_ok()
}

/// Refuses the filter `name` with `values` if it is not among those that the server describes for the list.
fn check_described(path: &str, described: &Filters, name: &str, values: &[String]) -> Result<(), Error> {
    match described.get(name) {
        None => {
            let names: Vec<_> = described.keys().cloned().collect();
            let related = related_name(name).filter(|related| described.contains_key(related));
            let guess = related.or_else(|| nearest_filter(name, &names));
            let why = format!("this server does not describe such a filter of {path}");
            Err(Refusal::new(name, why).or(guess).filter())
        }
        Some(takes) if takes.kind == Kind::Boolean => check_flag(name, values),
        Some(takes) if !takes.several && values.len() > 1 => Err(Error::query(format!(
            "`{name}` takes one value in {path}: NetBox would ignore all values but the last"
        ))),
        Some(_) => Ok(()),
    }
}

/// The name of a filter by a key with `_id` if `name` is without, and without it otherwise: plugins have either.
pub(crate) fn related_name(name: &str) -> Option<String> {
    let (base, suffix) = name.split_at(name.find("__").unwrap_or(name.len()));
    let related = base.strip_suffix("_id").map_or_else(|| format!("{base}_id"), str::to_owned);
    (!related.is_empty()).then(|| related + suffix)
}

/// Says why the endpoint does not take `name`, and what it takes instead.
fn refusal(endpoint: Endpoint, server: Server, accepted: Versions, name: &str) -> Error {
    if let Server::Known(server) = server
        && !accepted.is_empty()
    {
        let why = format!(
            "{endpoint} has no such filter in NetBox {server}, or NetBox fails on it; {accepted} has it"
        );
        return Refusal::new(name, why).filter();
    }
    let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
    let has = |name: &str| endpoint.filter(name).filter(|filter| server.has(filter.versions()));
    if let Some(filter) = has(base) {
        let known: Vec<_> = filter.lookups().filter(|known| server.has(filter.lookup(*known))).collect();
        let suffixes = known.iter().map(|known| known.suffix()).filter(|suffix| !suffix.is_empty());
        let list: Vec<_> = suffixes.clone().map(|suffix| format!("`{suffix}`")).collect();
        let others = if list.is_empty() { "none".to_owned() } else { list.join(", ") };
        let near = nearest_lookup(base, lookup, suffixes);
        let why = format!("`{base}` in {endpoint} has no lookup `{lookup}`, but {others}");
        return Refusal::new(name, why).or(near).filter();
    }
    if endpoint.filters().is_empty() {
        return Refusal::new(name, format!("{endpoint} has no filters at all")).filter();
    }
    let by_name = base.strip_suffix("_id").filter(|bare| has(bare).is_some());
    if let Some(bare) = by_name {
        let why = format!("{endpoint} is not filtered by ids here, but by names: `{bare}`");
        return Refusal::new(name, why).filter();
    }
    if has(&format!("{base}_id")).is_some() {
        let why = format!("{endpoint} is not filtered by names here, but by ids: `{base}_id`");
        return Refusal::new(name, why).filter();
    }
    let old = base.strip_suffix("_id").unwrap_or(base);
    let near = match renamed(old).filter(|new| has(new).is_some()) {
        Some(new) => Some(with_lookup(&base.replacen(old, new, 1), lookup)),
        None => nearest_filter(name, &names(endpoint, server)),
    };
    Refusal::new(name, format!("{endpoint} has none by `{base}`")).or(near).filter()
}

/// All filters of the endpoint, with each of their lookups.
fn names(endpoint: Endpoint, server: Server) -> Vec<String> {
    let names = endpoint.filters().flat_map(|filter| {
        let lookups = filter.lookups().filter(move |lookup| server.has(filter.lookup(*lookup)));
        lookups.map(move |lookup| with_lookup(filter.name(), lookup.suffix()))
    });
    names.collect()
}

#[cfg(test)]
mod tests;
