use std::sync::Arc;

use super::*;
use crate::{names::vocabulary::Takes, wire::Version};

fn at(place: &str, version: Option<Version>) -> (Vocabulary<'_>, &str) {
    let (path, name) = place.split_once('?').unwrap();
    assert!(netbox_schema::endpoint(path).is_some(), "{path}");
    (Vocabulary::new(path, version, None), name)
}

impl Vocabulary<'_> {
    fn check(&self, name: &str, values: &[String]) -> Result<(), Error> {
        self.check_filter(name, values, Given::Named)
    }
}

fn values(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

#[track_caller]
fn check_taken(place: &str, version: Option<Version>) {
    let (known, name) = at(place, version);
    known.check(name, &values(&["true"])).unwrap();
}

#[track_caller]
fn check_refused(place: &str, version: Option<Version>, why: &str) {
    let (known, name) = at(place, version);
    let told = known.check(name, &values(&["true"])).unwrap_err().to_string();
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
    check_refused("dcim/sites?nmae__ic", None, "dcim/sites has none by `nmae` (did you mean `name__ic`?)");
    check_refused("dcim/sites?name__icc", None, "did you mean `name__ic`?");
    check_refused(
        "dcim/sites?name__contains",
        None,
        "`name` in dcim/sites has no lookup `contains`, but `n`, ",
    );
    check_refused("dcim/devices?device_role_id", None, "did you mean `role_id`?");
    check_refused("dcim/sites?frobnicated", None, "NetBox would ignore it and answer with everything");
    check_refused("dcim/devices?rack", None, "not filtered by names here, but by ids: `rack_id`");
    check_refused("dcim/devices?site_group_idd", None, "did you mean `site_group_id`?");
    check_refused("extras/notifications?id", None, "extras/notifications has no filters at all");
    check_refused("dcim/console-port-templates?cf_x", None, "has no custom fields");
}

#[test]
fn one_underscore_before_a_lookup_is_understood() {
    for (given, base, guess) in [
        ("name_ic", "name_ic", "name__ic"),
        ("nmae_contains", "nmae_contains", "name__ic"),
        ("nmae__contains", "nmae", "name__ic"),
        ("status_n", "status_n", "status__n"),
        ("region_slug", "region_slug", "region"),
    ] {
        let known = Vocabulary::new("dcim/sites", NEW, None);
        assert_eq!(
            known.check(given, &values(&["x"])).unwrap_err().to_string(),
            format!(
                "unknown filter `{given}`: dcim/sites has none by `{base}` (did you mean `{guess}`?); NetBox would ignore \
                 it and answer with everything. If the endpoint has it all the same, use `param_unchecked`"
            )
        );
    }
    check_refused("dcim/sites?frobnicated_ic", None, "has none by `frobnicated_ic`; NetBox");
}

#[test]
fn a_server_has_what_its_version_has() {
    check_refused(
        "dcim/sites?tag__any",
        OLD,
        "dcim/sites has no such filter in NetBox 4.4, or NetBox fails on it; 4.6-4.7 has it",
    );
    check_refused("circuits/circuit-group-assignments?q", OLD, "or NetBox fails on it; 4.7 has it");
    check_taken("circuits/circuit-group-assignments?q", NEW);
}

#[test]
fn a_newer_server_is_asked_for_what_is_new() {
    let newer = Some(Version::new(9, 9));
    check_taken("dcim/sites?name__ic", newer);
    for (place, expected) in [
        ("dcim/sites?name__ic", false),
        ("dcim/sites?cf_x", false),
        ("dcim/sites?orbit", true),
        ("dcim/front-ports?rear_port_position", true),
    ] {
        let (known, name) = at(place, newer);
        assert_eq!(known.must_ask_for(name), expected, "{place}");
    }
    let (known, name) = at("dcim/sites?orbit", NEW);
    assert!(!known.must_ask_for(name));
    assert!(Vocabulary::new("plugins/acme/widgets", None, None).must_ask_for("color"));
}

#[test]
fn values_that_would_be_ignored_are_refused() {
    let (flag, name) = at("dcim/interfaces?enabled", None);
    assert!(flag.check(name, &values(&["0"])).is_err() && flag.check(name, &values(&["false"])).is_ok());
    let (one, name) = at("dcim/devices?airflow", None);
    assert!(
        one.check(name, &values(&["passive", "mixed"])).is_err()
            && one.check(name, &values(&["passive"])).is_ok()
    );
    let (several, name) = at("dcim/devices?status", None);
    assert!(several.check(name, &values(&["active", "planned"])).is_ok());
}

#[test]
fn several_values_are_for_versions_that_take_them() {
    let told = |version| {
        let (known, name) = at("ipam/ip-addresses?assigned_object_type", version);
        known
            .check(name, &values(&["dcim.interface", "virtualization.vminterface"]))
            .map_err(|error| error.to_string())
    };
    assert_eq!((told(None), told(NEW)), (Ok(()), Ok(())));
    assert!(
        told(OLD)
            .unwrap_err()
            .contains("one value in ipam/ip-addresses of NetBox 4.4, and several in 4.5-4.7")
    );
    let (once, name) = at("users/tokens?last_used", NEW);
    assert!(once.check(name, &values(&["2026-11-23", "2026-11-24"])).is_err());
    let (other, name) = at("dcim/devices?airflow__n", NEW);
    assert!(other.check(name, &values(&["passive", "mixed"])).is_err());
}

#[test]
fn orders_are_fields() {
    check_order("dcim/sites?name", None);
    check_order("dcim/sites?device_count", None);
    check_order("dcim/sites?-name", Some("no such field"));
    check_order("dcim/sites?nmae", Some("no such field (did you mean `name`?)"));
    check_order("dcim/front-ports?rear_port", Some("only 4.3-4.4 has that field"));
    check_order("dcim/sites?tags", Some("or repeat an object"));
    check_order("dcim/sites?display", Some("NetBox computes the field for the answer"));
    check_order("dcim/interfaces?mac_address", Some("or fail on it"));
    check_order("dcim/mac-addresses?mac_address", None);
    check_order("ipam/prefixes?scope", Some("objects of several types"));
}

/// Filters that take several texts, unless their names say otherwise.
fn described(names: &[&str]) -> Filters {
    let takes = |name: &str| match name {
        "locked" => Takes { kind: Kind::Boolean, several: false },
        "once" => Takes { kind: Kind::Text, several: false },
        _ => Takes { kind: Kind::Text, several: true },
    };
    Arc::new(names.iter().map(|name| ((*name).to_owned(), takes(name))).collect())
}

#[test]
fn what_a_server_said_is_all_there_is() {
    let names = described(&["color", "color__ic", "id", "locked", "once", "device", "site_id"]);
    let known = Vocabulary::new("plugins/acme/widgets", None, Some(names));
    let check =
        |name: &str, given: &[&str]| known.check(name, &values(given)).map_err(|error| error.to_string());
    for (name, given) in [("color__ic", ["red"]), ("cf_x", ["1"]), ("locked", ["true"])] {
        check(name, &given).unwrap();
    }
    check("color", &["red", "blue"]).unwrap();
    for (name, given, why) in [
        ("colour", vec!["red"], "did you mean `color`?"),
        ("color_contains", vec!["red"], "did you mean `color__ic`?"),
        ("device_id", vec!["1"], "did you mean `device`?"),
        ("site", vec!["1"], "did you mean `site_id`?"),
        ("locked", vec!["maybe"], "either true or false"),
        ("once", vec!["a", "b"], "takes one value in plugins/acme/widgets"),
    ] {
        let told = check(name, &given).unwrap_err();
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn what_a_newer_server_says_takes_nothing_from_what_is_known() {
    let loaded = described(&["enabled", "orbit", "airflow"]);
    let known = |path| Vocabulary::new(path, Some(Version::new(9, 9)), Some(Arc::clone(&loaded)));
    let devices = known("dcim/devices");
    assert!(devices.check("orbit", &values(&["low"])).is_ok());
    assert!(devices.check("name", &values(&["x"])).is_err(), "its own schema does not have it");
    assert!(devices.check("airflow", &values(&["passive", "mixed"])).is_err());
    assert!(known("dcim/interfaces").check("enabled", &values(&["0"])).is_err());
    for order in ["display", "tags"] {
        assert!(devices.check_order(order).is_err(), "{order}");
    }
    assert!(devices.check_order("orbit").is_ok(), "it may be new");
}
