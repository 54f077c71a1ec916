//! Filters of lists.

use netbox_schema::{Endpoint, Filter, Kind, Versions, nearest, renamed};

use super::{
    plausible::{check_flag, check_plausible, check_sense, is_conjoined, is_custom, is_of_tags, nearest_lookup},
    refusal::Refusal,
    vocabulary::{Filters, Vocabulary},
};
use crate::wire::{Error, Server};

/// How a filter was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// By a field of the model.
    Typed,
    /// By its name, for a model with these fields.
    Named(Option<&'static [&'static str]>),
    /// By a name that the caller vouches for.
    Unchecked,
}

impl Vocabulary<'_> {
    /// Refuses the filter `name` with `values` if NetBox, in the server's version as far as that is known, would ignore
    /// a part of it.
    pub(crate) fn check_filter(&self, name: &str, values: &[String], given: Given) -> Result<(), Error> {
        match given {
            Given::Unchecked | Given::Named(_) if values.is_empty() => {
                return Err(Error::query(format!("`{name}` has no values")));
            }
            Given::Unchecked => return Ok(()),
            // The schema knows better than the model, if there is one.
            Given::Named(fields) => check_plausible(name, fields.filter(|_| !self.has_schema()))?,
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
            (None, Some(names)) if !is_custom(name) => check_loaded(names, name),
            (None, _) => Ok(()),
        }
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
            Some(names) => check_loaded(names, name)?,
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

fn check_loaded(names: &Filters, name: &str) -> Result<(), Error> {
    if names.contains(name) {
        return Ok(());
    }
    let guess = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
    Err(Refusal::new(name, "this server's own schema does not have it").or(guess).filter())
}

/// Says why the endpoint does not take `name`, and what it takes instead.
fn refusal(endpoint: Endpoint, server: Server, accepted: Versions, name: &str) -> Error {
    if let Server::Other(server) = server {
        let guess = nearest(name, endpoint.filters().map(Filter::name))
            .filter(|near| *near != name)
            .map(str::to_owned);
        let why = Refusal::new(name, format!("{endpoint} has no such filter in NetBox {}", Versions::ALL))
            .or(guess);
        return Error::query(format!(
            "unknown filter `{name}`: {}, and the filters of {server} are known only after `load_schema`. NetBox ignores a \
             filter that it does not know, and answers with everything; `param_unchecked` sends it all the same",
            why.reason()
        ));
    }
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
    let suffix = if lookup.is_empty() { String::new() } else { format!("__{lookup}") };
    let by_name = base.strip_suffix("_id").filter(|bare| has(bare).is_some());
    if let Some(bare) = by_name {
        let why = format!("{endpoint} is not filtered by ids here, but by names: `{bare}`");
        return Refusal::new(name, why).filter();
    }
    if has(&format!("{base}_id")).is_some() {
        let why = format!("{endpoint} is not filtered by names here, but by ids: `{base}_id`");
        return Refusal::new(name, why).filter();
    }
    let filters = endpoint.filters().filter(|filter| server.has(filter.versions()));
    let old = base.strip_suffix("_id").unwrap_or(base);
    let near = match renamed(old).filter(|new| has(new).is_some()) {
        Some(new) => Some(base.replacen(old, new, 1)),
        None => nearest(base, filters.map(Filter::name)).map(str::to_owned),
    };
    let near = near.map(|near| format!("{near}{suffix}"));
    Refusal::new(name, format!("{endpoint} has none by `{base}`")).or(near).filter()
}

#[cfg(test)]
mod tests;
