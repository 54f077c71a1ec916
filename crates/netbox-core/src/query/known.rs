//! What is known of the filters of an endpoint. NetBox ignores one that it does not know, and answers with everything.

use std::{collections::BTreeSet, sync::Arc};

use netbox_schema::{Endpoint, Kind, Versions, endpoint};

use crate::{
    base::ApiPath, client::Client, error::Error, nearest::nearest, transport::Transport, version::Version,
};

/// Fields of objects that no list is ordered by.
const NEVER_AN_ORDER: [&str; 4] = ["custom_fields", "display", "display_url", "url"];

/// The names in a question, and what they are given.
pub(crate) struct Names {
    pub(super) path: ApiPath,
    pub(super) filters: Vec<(String, Vec<String>)>,
    /// As in `?ordering=`.
    pub(super) order: Vec<String>,
}

/// Who tells what an endpoint has.
enum Known {
    /// NetBox's own schema; of which version, if the server told one that it knows.
    Own(Endpoint, Option<Version>),
    /// The server's, with these filters: [`Client::load_schema`].
    Loaded(Arc<BTreeSet<String>>),
    /// Nobody.
    Nothing,
}

impl Names {
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
        let of_table = |version: &Version| Versions::ALL.contains(version.major(), version.minor());
        match endpoint(path.as_str()) {
            Some(endpoint) => Self::Own(endpoint, client.version().filter(of_table)),
            None => client.loaded_filters(path).map_or(Self::Nothing, Self::Loaded),
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
        match endpoint.field(name) {
            _ if NEVER_AN_ORDER.contains(&name) => Err(no_order("NetBox would ignore it")),
            Some(field)
                if matches!(field.kind(), Kind::ForeignKeys | Kind::Generics | Kind::GenericObjects) =>
            {
                Err(no_order("it has several values, and NetBox would repeat objects for each"))
            }
            Some(field) if is_in(field.versions(), *server) => Ok(()),
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

fn check_own(endpoint: Endpoint, server: Option<Version>, name: &str, values: &[&str]) -> Result<(), Error> {
    if name.starts_with("cf_") {
        return match endpoint.field("custom_fields") {
            Some(field) if is_in(field.versions(), server) => Ok(()),
            _ => Err(unknown(name, &format!("{endpoint} has no custom fields"), None)),
        };
    }
    let accepted = endpoint.accepts(name);
    if !is_in(accepted, server) {
        return Err(refusal(endpoint, server, accepted, name));
    }
    let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
    let Some(filter) = endpoint.filter(base).filter(|_| matches!(lookup, "" | "n")) else { return Ok(()) };
    let is_flag = |value: &&str| matches!(*value, "true" | "True" | "false" | "False");
    if filter.kind() == Kind::Boolean && !values.iter().all(is_flag) {
        return Err(Error::query(format!("`{name}` is true or false: NetBox would ignore anything else")));
    }
    let repeatable = filter.repeatable();
    if values.len() > 1 && !is_in(repeatable, server) {
        let elsewhere = match server.filter(|_| !repeatable.is_empty()) {
            Some(server) => format!(" of NetBox {server}, and several in {repeatable}"),
            None => String::new(),
        };
        return Err(Error::query(format!(
            "`{name}` takes one value in {endpoint}{elsewhere}: of several, NetBox would ignore all but the last"
        )));
    }
    Ok(())
}

/// Why the endpoint does not take `name`, and what it takes instead.
fn refusal(endpoint: Endpoint, server: Option<Version>, accepted: Versions, name: &str) -> Error {
    if let Some(server) = server.filter(|_| !accepted.is_empty()) {
        let why = format!("NetBox {server} has none in {endpoint}, or fails on it, and {accepted} has it");
        return unknown(name, &why, None);
    }
    let (base, lookup) = name.rsplit_once("__").unwrap_or((name, ""));
    let has = |name: &str| endpoint.filter(name).filter(|filter| is_in(filter.versions(), server));
    if let Some(filter) = has(base) {
        let known: Vec<_> = filter.lookups().filter(|known| is_in(filter.lookup(*known), server)).collect();
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
    let filters = endpoint.filters().filter(|filter| is_in(filter.versions(), server));
    let near = nearest(base, filters.map(|filter| filter.name().to_owned()));
    unknown(name, &format!("{endpoint} has none by `{base}`"), near.map(|near| format!("{near}{suffix}")))
}

/// Whether the server has it, or any if it told no version that is known.
fn is_in(versions: Versions, server: Option<Version>) -> bool {
    server.map_or(!versions.is_empty(), |server| versions.contains(server.major(), server.minor()))
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
mod tests {
    use serde_json::json as value;

    use super::*;
    use crate::{
        Blocking, Object, Query,
        test::{Canned, json},
    };

    /// What a query and a bulk write by it say of the filter `name` of sites, and how many requests of theirs it took.
    fn asked(version: &'static str, name: &str) -> ([Option<String>; 3], usize) {
        let ask = |end: fn(Query<Canned<Blocking>, Object>) -> Option<String>| {
            let client = Canned::<Blocking>::client(move |request| {
                assert_eq!(request.method(), "GET");
                let mut answer = json(200, &value!({"count": 1, "next": null, "results": [{"id": 1}]}));
                answer.headers_mut().insert("api-version", version.parse().unwrap());
                answer
            });
            let told = end(client.query_at("dcim/sites").param(name, "a"));
            (told, client.transport().requests().len())
        };
        let (all, one) = ask(|query| query.all().err().map(|error| error.to_string()));
        let (count, two) = ask(|query| query.count().err().map(|error| error.to_string()));
        let (delete, three) =
            ask(|query| query.at_most(0).delete().send().err().map(|error| error.to_string()));
        ([all, count, delete], one + two + three)
    }

    #[test]
    fn nothing_that_a_server_ignored_a_filter_for_is_handed_out_or_deleted() {
        let (told, requests) = asked("4.4", "tag__any");
        for told in told {
            assert!(told.as_ref().is_some_and(|told| told.contains("NetBox 4.4 has none")), "{told:?}");
        }
        assert_eq!(requests, 3);
        let (told, requests) = asked("4.7", "nmae");
        assert!(told.iter().flatten().all(|told| told.contains("did you mean `name`?")));
        assert_eq!(requests, 0);
        let ([all, count, delete], _) = asked("4.7", "tag__any");
        assert_eq!((all, count), (None, None));
        assert!(delete.unwrap().contains("more than 0 objects match"));
    }

    fn at(place: &str, version: Option<Version>) -> (Known, &str) {
        let (path, name) = place.split_once('?').unwrap();
        (Known::Own(endpoint(path).unwrap(), version), name)
    }

    #[track_caller]
    fn check_taken(place: &str, version: Option<Version>) {
        let (known, name) = at(place, version);
        known.check(name, &["true"]).unwrap();
    }

    #[track_caller]
    fn check_refused(place: &str, version: Option<Version>, why: &str) {
        let (known, name) = at(place, version);
        let told = known.check(name, &["true"]).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }

    #[track_caller]
    fn check_order(place: &str, why: Option<&str>) {
        let (known, name) = at(place, Some(Version::new(4, 7)));
        let told = known.check_order(name).err().map(|error| error.to_string());
        match (&told, why) {
            (Some(told), Some(why)) => assert!(told.contains(why), "{told}"),
            _ => assert_eq!(told.as_deref(), why),
        }
    }

    const OLD: Option<Version> = Some(Version::new(4, 4));
    const NEW: Option<Version> = Some(Version::new(4, 7));

    #[test]
    fn what_the_endpoint_has_is_taken() {
        for place in [
            "dcim/sites?name__ic",
            "dcim/sites?region_id__n",
            "dcim/sites?cf_audited__gte",
            "dcim/devices?rack_id",
            "dcim/sites?tag__any",
            "dcim/interfaces?enabled",
        ] {
            check_taken(place, None);
            check_taken(place, NEW);
        }
    }

    #[test]
    fn what_it_does_not_have_is_refused_with_what_it_has() {
        check_refused(
            "dcim/sites?nmae__ic",
            None,
            "dcim/sites has none by `nmae` (did you mean `name__ic`?)",
        );
        check_refused("dcim/sites?name__icc", None, "did you mean `name__ic`?");
        check_refused(
            "dcim/sites?name__contains",
            None,
            "`name` in dcim/sites has no lookup `contains`, but `n`, ",
        );
        check_refused("dcim/sites?frobnicated", None, "NetBox would ignore it and answer with everything");
        check_refused("dcim/devices?rack", None, "not filtered by names here, but by ids: `rack_id`");
        check_refused("dcim/devices?site_group_idd", None, "did you mean `site_group_id`?");
        check_refused("extras/notifications?id", None, "extras/notifications has no filters at all");
        check_refused("dcim/console-port-templates?cf_x", None, "has no custom fields");
    }

    #[test]
    fn a_server_has_what_its_version_has() {
        check_refused(
            "dcim/sites?tag__any",
            OLD,
            "NetBox 4.4 has none in dcim/sites, or fails on it, and 4.6-4.7 has it",
        );
        check_refused("circuits/circuit-group-assignments?q", OLD, "or fails on it, and 4.7 has it");
        check_taken("circuits/circuit-group-assignments?q", NEW);
    }

    #[test]
    fn values_that_would_be_ignored_are_refused() {
        let (flag, name) = at("dcim/interfaces?enabled", None);
        assert!(flag.check(name, &["0"]).is_err() && flag.check(name, &["false"]).is_ok());
        let (one, name) = at("dcim/devices?airflow", None);
        assert!(one.check(name, &["passive", "mixed"]).is_err() && one.check(name, &["passive"]).is_ok());
        let (several, name) = at("dcim/devices?status", None);
        assert!(several.check(name, &["active", "planned"]).is_ok());
    }

    #[test]
    fn several_values_are_for_versions_that_take_them() {
        let told = |version| {
            let (known, name) = at("ipam/ip-addresses?assigned_object_type", version);
            known
                .check(name, &["dcim.interface", "virtualization.vminterface"])
                .map_err(|error| error.to_string())
        };
        assert_eq!((told(None), told(NEW)), (Ok(()), Ok(())));
        assert!(
            told(OLD)
                .unwrap_err()
                .contains("one value in ipam/ip-addresses of NetBox 4.4, and several in 4.5-4.7")
        );
        let (once, name) = at("users/tokens?last_used", NEW);
        assert!(once.check(name, &["2026-11-23", "2026-11-24"]).is_err());
        let (other, name) = at("dcim/devices?airflow__n", NEW);
        assert!(other.check(name, &["passive", "mixed"]).is_err());
    }

    #[test]
    fn orders_are_fields() {
        check_order("dcim/sites?name", None);
        check_order("dcim/sites?device_count", None);
        check_order("dcim/sites?nmae", Some("no such field in dcim/sites (did you mean `name`?)"));
        check_order("dcim/front-ports?rear_port", Some("only 4.3-4.4 has it"));
        check_order("dcim/sites?tags", Some("would repeat objects"));
        check_order("dcim/sites?display", Some("NetBox would ignore it"));
    }

    #[test]
    fn what_a_server_said_is_all_there_is() {
        let names = ["color", "color__ic", "id"].map(str::to_owned);
        let known = Known::Loaded(Arc::new(names.into()));
        assert!(known.check("color__ic", &["red"]).is_ok() && known.check("cf_x", &["1"]).is_ok());
        let told = known.check("colour", &["red"]).unwrap_err().to_string();
        assert!(told.contains("did you mean `color`?"), "{told}");
        assert!(Known::Nothing.check("anything", &["1"]).is_ok());
    }
}
