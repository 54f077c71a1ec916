//! Paths at which NetBox has no endpoint.

use std::collections::BTreeSet;

use crate::{
    endpoint::{Endpoint, endpoint, endpoints},
    nearest::nearest,
    version::Versions,
};

/// Says that none of the `meant` versions has an endpoint at `path`, and which one was probably meant. Returns `None` if
/// NetBox may still have the path: the table knows nothing of plugins, and of versions that are newer than its own.
///
/// ```
/// use netbox_schema::{Versions, no_endpoint};
///
/// assert_eq!(
///     no_endpoint("dcim/device", Versions::ALL).unwrap(),
///     "NetBox 4.3-4.7 has no endpoint `dcim/device`; did you mean `dcim/devices`?"
/// );
/// assert_eq!(no_endpoint("plugins/acme/widgets", Versions::ALL), None);
/// ```
pub fn no_endpoint(path: &str, meant: Versions) -> Option<String> {
    let path = list_of(path).map_or(path, |(list, _)| list);
    let (app, below) = path.split_once('/').unwrap_or(("", path));
    if app == PLUGINS || meant.is_empty() || is_there(path, meant) {
        return None;
    }
    let what = format!("NetBox {meant} has no endpoint `{path}`");
    if let Some(elsewhere) = endpoint(path) {
        return Some(format!("{what}, which {} has", elsewhere.versions()));
    }
    if let Some(meant) = meant_path(app, below, path, meant) {
        return Some(format!("{what}; did you mean `{meant}`?"));
    }
    let apps: BTreeSet<_> = endpoints().filter_map(app_of).collect();
    if apps.contains(app) {
        return Some(what);
    }
    let apps = apps.into_iter().map(|app| format!("`{app}/`")).collect::<Vec<_>>().join(", ");
    Some(format!("{what}: its own are below {apps}, and those of plugins below `{PLUGINS}/`"))
}

/// The list and the id of the one object that `path` is the path of: `dcim/devices` and `1` of `dcim/devices/1`.
///
/// ```
/// use netbox_schema::list_of;
///
/// assert_eq!(list_of("dcim/devices/1"), Some(("dcim/devices", "1")));
/// assert_eq!(list_of("plugins/custom-objects/1"), None, "a list of custom objects may be called so");
/// ```
pub fn list_of(path: &str) -> Option<(&str, &str)> {
    let (list, id) = path.rsplit_once('/')?;
    let least = if list.starts_with("plugins/") { 3 } else { 2 };
    (is_id(id) && list.split('/').count() >= least).then_some((list, id))
}

fn is_id(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether NetBox's own endpoints, or its web pages, include ones below `app`: `dcim`, `plugins`.
///
/// ```
/// assert!(netbox_schema::is_app("dcim") && !netbox_schema::is_app("netbox"));
/// ```
pub fn is_app(app: &str) -> bool {
    app == PLUGINS || endpoints().filter_map(app_of).any(|known| known == app)
}

/// The app below which all plugins are.
const PLUGINS: &str = "plugins";

fn app_of(endpoint: Endpoint) -> Option<&'static str> {
    Some(endpoint.path().split_once('/')?.0)
}

/// Whether one of the `meant` versions has `path`, as an endpoint or as a route of one object, such as
/// `dcim/racks/7/elevation`.
fn is_there(path: &str, meant: Versions) -> bool {
    let has = |versions: Versions| !versions.and(meant).is_empty();
    if endpoint(path).is_some_and(|endpoint| has(endpoint.versions())) {
        return true;
    }
    let mut parts = path.rsplitn(3, '/');
    let (Some(route), Some(id), Some(list)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    is_id(id) && endpoint(list).is_some_and(|list| list.route(route).is_some())
}

/// The path that was likely meant.
fn meant_path(app: &str, below: &str, path: &str, meant: Versions) -> Option<String> {
    let has = |endpoint: &Endpoint| !endpoint.versions().and(meant).is_empty();
    // Things that belong to an object are in a list of their own.
    let of_its_own = path.rsplit_once('/').map(|(_, last)| format!("{app}/{last}"));
    let of_its_own = of_its_own.filter(|path| endpoint(path).is_some_and(|endpoint| has(&endpoint)));
    let of_plugin = || nearest(app, [PLUGINS]).map(|_| format!("{PLUGINS}/{below}"));
    let lower = path.to_ascii_lowercase();
    let near = || nearest(&lower, endpoints().filter(has).map(Endpoint::path)).map(str::to_owned);
    // Many know the name of a list, and not of its app.
    let bare = || {
        let mut lists = endpoints().filter(has).map(Endpoint::path);
        lists.find(|list| app.is_empty() && list.split_once('/').is_some_and(|(_, list)| list == lower))
    };
    of_its_own.or_else(of_plugin).or_else(|| bare().map(str::to_owned)).or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, why: &str) {
        let told = no_endpoint(path, Versions::ALL).unwrap();
        assert!(told.contains(why), "{told}");
    }

    #[test]
    fn the_path_that_was_meant_is_named() {
        check("dicm/devices", "did you mean `dcim/devices`?");
        check("DCIM/Devices", "did you mean `dcim/devices`?");
        check("devices/devices", "did you mean `dcim/devices`?");
        check("devices", "did you mean `dcim/devices`?");
        check("dcim/devices/interfaces", "did you mean `dcim/interfaces`?");
        check("dcim/device/123456", "has no endpoint `dcim/device`; did you mean `dcim/devices`?");
        check("plugin/netbox-dns/zones", "did you mean `plugins/netbox-dns/zones`?");
        check("acme/widgets", "`wireless/`, and those of plugins below `plugins/`");
        check("dcim/frobnications", "NetBox 4.3-4.7 has no endpoint `dcim/frobnications`");
        let before = Versions::ALL.without(Versions::since(4, 6));
        let old = no_endpoint("dcim/cable-bundle", before).unwrap();
        assert_eq!(old, "NetBox 4.3-4.5 has no endpoint `dcim/cable-bundle`");
        let newer = no_endpoint("dcim/cable-bundles", before).unwrap();
        assert_eq!(newer, "NetBox 4.3-4.5 has no endpoint `dcim/cable-bundles`, which 4.6-4.7 has");
    }

    #[test]
    fn an_endpoint_that_is_not_known_may_be_there() {
        assert_eq!(no_endpoint("plugins/acme/widgets", Versions::ALL), None);
        assert_eq!(no_endpoint("dcim/devices", Versions::ALL), None);
        assert_eq!(no_endpoint("dcim/devices/7", Versions::ALL), None);
        assert_eq!(no_endpoint("dcim/racks/7/elevation", Versions::ALL), None);
        assert_eq!(no_endpoint("dcim/spaceships", Versions::NONE), None);
        assert!(no_endpoint("dcim/racks/7/flight", Versions::ALL).is_some());
    }
}
