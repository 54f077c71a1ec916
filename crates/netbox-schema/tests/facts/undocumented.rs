//! Observations of facts that no document states.

use std::collections::BTreeSet;

use netbox_schema::{
    Control, Endpoint, Field, Kind, Versions, endpoint_called, endpoint_of_type, endpoints,
    is_read_only_name, never_filters, renamed,
};

use super::{at, field, show};

#[track_caller]
fn check_orders(place: &str, versions: &str) {
    assert_eq!(show(field(place).orders()), versions, "{place}");
}

#[test]
fn objects_have_the_type_that_netbox_lists() {
    for (path, object_type) in [
        ("dcim/sites", "dcim.site"),
        ("dcim/front-ports", "dcim.frontport"),
        ("dcim/virtual-chassis", "dcim.virtualchassis"),
        ("dcim/mac-addresses", "dcim.macaddress"),
        ("ipam/prefixes", "ipam.prefix"),
        ("vpn/ike-policies", "vpn.ikepolicy"),
        ("extras/scripts", "extras.script"),
        ("extras/tagged-objects", "extras.taggeditem"),
        ("users/permissions", "users.objectpermission"),
        ("virtualization/interfaces", "virtualization.vminterface"),
        ("core/object-types", "core.objecttype"),
    ] {
        assert_eq!(at(path).object_type(), Some(object_type), "{path}");
        assert_eq!(endpoint_of_type(object_type), Some(at(path)), "{path}");
    }
    for path in
        ["status", "core/background-queues", "dcim/connected-device", "extras/dashboard", "users/config"]
    {
        assert_eq!(at(path).object_type(), None, "{path}");
    }
    for object_type in ["dcim.sites", "contenttypes.contenttype", "DCIM.Site", ""] {
        assert_eq!(endpoint_of_type(object_type), None, "{object_type}");
    }
    // The former path of the same list is all that shares a type.
    let sharing =
        endpoints().filter(|one| one.object_type().is_some_and(|name| endpoint_of_type(name) != Some(*one)));
    assert_eq!(sharing.map(Endpoint::path).collect::<Vec<_>>(), ["extras/object-types"]);
    // No two apps have a model of the same name.
    for one in endpoints().filter(|one| one.path() != "extras/object-types") {
        let Some((_, model)) = one.object_type().and_then(|object_type| object_type.split_once('.')) else {
            continue;
        };
        assert_eq!(endpoint_called(model), Some(one));
    }
}

#[test]
fn an_etag_that_never_changes_is_no_version() {
    let without: Vec<_> = endpoints()
        .filter(|one| one.supports(Control::Limit).contains(4, 7) && one.versioned().is_empty())
        .map(Endpoint::path)
        .collect();
    let expected = [
        "core/jobs",
        "core/object-changes",
        "core/object-types",
        "extras/bookmarks",
        "extras/notifications",
        "extras/scripts",
        "extras/subscriptions",
        "extras/tagged-objects",
        "users/groups",
        "users/owner-groups",
        "users/owners",
        "users/permissions",
        "users/tokens",
        "users/users",
    ];
    assert_eq!(without, expected);
    for path in ["dcim/sites", "ipam/vlan-translation-rules", "extras/notification-groups", "core/data-files"]
    {
        assert_eq!(show(at(path).versioned()), "4.6-", "{path}");
    }
}

#[test]
fn lists_are_ordered_by_what_stands_in_a_column_once() {
    for place in [
        "dcim/sites.name",
        "dcim/sites.device_count",
        "dcim/devices.tenant",
        "dcim/devices.primary_ip4",
        "dcim/interfaces.cable_end",
        "dcim/mac-addresses.mac_address",
        "dcim/cables.profile",
        "ipam/asns.site_count",
        "ipam/prefixes._depth",
        "virtualization/clusters.allocated_vcpus",
    ] {
        assert_eq!(field(place).orders(), field(place).versions(), "{place}");
    }
    for place in [
        "dcim/sites.display",
        "dcim/sites.tags",
        "dcim/sites.custom_fields",
        "dcim/devices.primary_ip",
        "dcim/interfaces.mac_address",
        "dcim/mac-addresses.is_primary",
        "dcim/mac-addresses.assigned_object",
        "dcim/cables.a_terminations",
        "dcim/interfaces.connected_endpoints",
        "dcim/regions._depth",
        "dcim/modules.is_bay_compatible",
        "dcim/rack-reservations.unit_count",
        "extras/config-contexts.tags",
        "extras/image-attachments.parent",
        "extras/scripts.result",
        "extras/tagged-objects.object_type",
        "ipam/prefixes.family",
        "users/tokens.token",
        "users/users.password",
        "users/tokens/provision.key",
    ] {
        assert_eq!(field(place).orders(), Versions::NONE, "{place}");
    }
    check_orders("ipam/services.protocol", "4.3-4.6");
    check_orders("ipam/services.ports", "4.3-4.6");
    check_orders("ipam/service-templates.protocol", "4.3-4.6");
    check_orders("extras/bookmarks.object_type", "4.3-");
    for one in endpoints() {
        let types = one.field("object_types").map_or(Versions::NONE, Field::orders);
        assert_eq!(types, Versions::NONE, "{one} would have an object once for each type");
    }
}

#[test]
fn json_of_the_users_own_is_json() {
    let mut json = BTreeSet::new();
    let mut objects = BTreeSet::new();
    for field in endpoints().flat_map(Endpoint::fields) {
        for form in field.forms() {
            match form.kind() {
                Kind::Json => drop(json.insert(field.name())),
                Kind::Object => drop(objects.insert(field.name())),
                _ => {}
            }
        }
    }
    let expected = [
        "attributes",
        "conditions",
        "config",
        "config_context",
        "constraints",
        "data",
        "default",
        "environment_params",
        "layout",
        "local_context_data",
        "parameters",
        "postchange_data",
        "prechange_data",
        "related_object_filter",
        "schema",
        "validation_schema",
        "vars",
    ];
    assert!(json.iter().eq(&expected), "{json:?}");
    assert!(objects.iter().eq(&["choice_colors", "custom_fields"]), "{objects:?}");
}

#[test]
fn two_lists_alone_have_a_config_context_to_leave_out() {
    let costly = endpoints().filter(|one| !one.supports(Control::Exclude).is_empty());
    let costly: Vec<_> = costly.map(Endpoint::path).collect();
    assert_eq!(costly, ["dcim/devices", "virtualization/virtual-machines"]);
}

#[test]
fn names_tell_as_much_as_the_table_has_of_them() {
    assert_eq!(renamed("content_type"), Some("object_type"));
    assert_eq!(renamed("content_types"), Some("object_types"));
    assert_eq!(renamed("device_role"), Some("role"));
    assert_eq!(renamed("object_type"), None);

    let named = |name: &str| endpoints().filter(|one| one.field(name).is_some()).count();
    for name in ["comments", "custom_fields", "display", "display_url", "url"] {
        assert!(never_filters(name), "{name}");
        assert!(named(name) > endpoints().len() / 2, "{name} is no field of most objects");
        assert!(endpoints().all(|one| one.filter(name).is_none()), "{name} is a filter");
    }
    assert!(!never_filters("name") && !never_filters("tags") && !never_filters("nmae"));

    for name in ["id", "url", "display", "display_url", "created", "last_updated", "device_count", "_depth"] {
        assert!(is_read_only_name(name), "{name}");
    }
    for name in ["name", "count", "count_ipaddresses", "owner_id", ""] {
        assert!(!is_read_only_name(name), "{name}");
    }
    for one in endpoints() {
        for field in one.fields().filter(|field| is_read_only_name(field.name())) {
            assert_eq!(field.writable(), Versions::NONE, "{one}.{}", field.name());
        }
    }
}
