//! The reason why there is no such endpoint.

use std::collections::BTreeSet;

use netbox_schema::{Endpoint, Versions, endpoint, endpoints};

use crate::nearest::{did_you_mean, nearest};

/// Says why NetBox has nothing at `path`. Returns `None` if NetBox may still have the path: the schema knows nothing of
/// plugins, and of versions that are newer than its own.
pub(super) fn missing(path: &str, meant: Versions) -> Option<String> {
    let (app, below) = path.split_once('/')?;
    if app == PLUGINS || meant.is_empty() || is_below_an_object(path) {
        return None;
    }
    let what = format!("no endpoint `{path}` (NetBox {meant})");
    if let Some(meant) = meant_path(app, below, path, meant) {
        return Some(what + &did_you_mean(&meant));
    }
    let apps: BTreeSet<_> = endpoints().filter_map(app_of).collect();
    if apps.contains(app) {
        return Some(what);
    }
    let apps = apps.into_iter().map(|app| format!("`{app}/`")).collect::<Vec<_>>().join(", ");
    Some(format!("{what}: its own are below {apps}, and those of plugins below `{PLUGINS}/`"))
}

/// The app below which all plugins are.
const PLUGINS: &str = "plugins";

fn app_of(endpoint: Endpoint) -> Option<&'static str> {
    Some(endpoint.path().split_once('/')?.0)
}

/// Whether `path` is a route of one object, such as `dcim/racks/7/elevation`.
fn is_below_an_object(path: &str) -> bool {
    let mut parts = path.rsplitn(3, '/');
    let (Some(route), Some(id), Some(list)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    id.bytes().all(|byte| byte.is_ascii_digit())
        && endpoint(list).is_some_and(|list| list.route(route).is_some())
}

/// The path that was likely meant.
fn meant_path(app: &str, below: &str, path: &str, meant: Versions) -> Option<String> {
    let has = |endpoint: &Endpoint| !endpoint.versions().and(meant).is_empty();
    // Things that belong to an object are in a list of their own.
    let of_its_own = path.rsplit_once('/').map(|(_, last)| format!("{app}/{last}"));
    let of_its_own = of_its_own.filter(|path| endpoint(path).is_some_and(|endpoint| has(&endpoint)));
    let of_plugin = || nearest(app, [PLUGINS]).map(|_| format!("{PLUGINS}/{below}"));
    let near = || nearest(path, endpoints().filter(has).map(Endpoint::path)).map(str::to_owned);
    of_its_own.or_else(of_plugin).or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, why: &str) {
        let told = missing(path, Versions::ALL).unwrap();
        assert!(told.contains(why), "{told}");
    }

    #[test]
    fn what_was_meant_is_told() {
        check("dicm/devices", "did you mean `dcim/devices`?");
        check("devices/devices", "did you mean `dcim/devices`?");
        check("dcim/devices/interfaces", "did you mean `dcim/interfaces`?");
        check("plugin/netbox-dns/zones", "did you mean `plugins/netbox-dns/zones`?");
        check("acme/widgets", "`wireless/`, and those of plugins below `plugins/`");
        check("dcim/frobnications", "no endpoint `dcim/frobnications` (NetBox 4.3-4.7)");
        let old = missing("dcim/cable-bundle", Versions::ALL.without(Versions::since(4, 6))).unwrap();
        assert_eq!(old, "no endpoint `dcim/cable-bundle` (NetBox 4.3-4.5)");
    }

    #[test]
    fn what_is_not_known_may_be_there() {
        assert_eq!(missing("plugins/acme/widgets", Versions::ALL), None);
        assert_eq!(missing("dcim/racks/7/elevation", Versions::ALL), None);
        assert_eq!(missing("dcim/spaceships", Versions::NONE), None);
        assert!(missing("dcim/racks/7/flight", Versions::ALL).is_some());
    }
}
