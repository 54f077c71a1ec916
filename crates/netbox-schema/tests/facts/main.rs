//! The table says what was observed on real servers, whether the documents say so or had to be corrected.

use netbox_schema::{Control, Endpoint, Field, Lookup, Method, Versions, endpoint};

mod undocumented;

fn at(path: &str) -> Endpoint {
    endpoint(path).unwrap_or_else(|| panic!("there is no {path}"))
}

fn field(place: &str) -> Field {
    let (path, name) = place.split_once('.').unwrap();
    at(path).field(name).unwrap_or_else(|| panic!("there is no {place}"))
}

/// Versions as `4.5-` where they go on to the newest, so that another one is no reason to write all this anew.
fn show(versions: Versions) -> String {
    let newest = Versions::ALL.newest().unwrap().to_string();
    let text = versions.to_string();
    match text.strip_suffix(&newest) {
        Some(rest) if rest.is_empty() || rest.ends_with(", ") => format!("{text}-"),
        Some(rest) if rest.ends_with('-') => rest.to_owned(),
        _ => text,
    }
}

/// All that the table knows of a field, with the versions of each part that are not those of the field.
fn words(field: Field) -> String {
    let mut words = field.kind().to_string();
    if let Some(target) = field.target() {
        words.push_str(&format!(" of {target}"));
    }
    for (versions, word) in [
        (field.nullable(), "null"),
        (field.required(), "required"),
        (field.read_only(), "read-only"),
        (field.versions().without(field.readable()), "write-only"),
    ] {
        if versions == field.versions() {
            words.push_str(&format!(", {word}"));
        } else if !versions.is_empty() {
            words.push_str(&format!(", {word} {}", show(versions)));
        }
    }
    if field.versions() != Versions::ALL {
        words.push_str(&format!(" [{}]", show(field.versions())));
    }
    words
}

#[track_caller]
fn check(place: &str, expected: &str) {
    assert_eq!(words(field(place)), expected, "{place}");
}

#[track_caller]
fn check_accepts(place: &str, versions: &str) {
    let (path, parameter) = place.split_once('?').unwrap();
    assert_eq!(show(at(path).accepts(parameter)), versions, "{place}");
}

#[track_caller]
fn check_route(path: &str, route: &str, method: Method, versions: &str) {
    let methods = match route {
        "" => at(path).methods(),
        "*" => at(path).detail(),
        name => at(path).route(name).unwrap_or_else(|| panic!("there is no {path}/*/{name}")).methods(),
    };
    assert_eq!(show(methods.of(method)), versions, "{path} {route} {method:?}");
}

#[test]
fn names_that_mean_different_things_do() {
    check("dcim/devices.tenant", "foreign-key of tenancy/tenants, null");
    check("dcim/devices.site", "foreign-key of dcim/sites, required");
    check("dcim/sites.group", "foreign-key of dcim/site-groups, null");
    check("dcim/racks.group", "foreign-key of dcim/rack-groups, null [4.6-]");
    check("ipam/vlans.group", "foreign-key of ipam/vlan-groups, null");
    check("vpn/ike-proposals.group", "integer-choice, required");
    check("dcim/devices.role", "foreign-key of dcim/device-roles, required");
    check("ipam/prefixes.role", "foreign-key of ipam/roles, null");
    check("ipam/ip-addresses.role", "choice, null");
    check("circuits/circuits.type", "foreign-key of circuits/circuit-types, required");
    check("dcim/interfaces.type", "choice, required");
    check("dcim/cables.profile", "choice, null [4.5-]");
    check("dcim/module-types.profile", "foreign-key of dcim/module-type-profiles, null");
    check("dcim/interfaces.parent", "foreign-key of dcim/interfaces, null");
    check("virtualization/interfaces.parent", "foreign-key of virtualization/interfaces, null");
    check("ipam/services.parent", "generic, null, read-only");
    check("dcim/interface-templates.bridge", "foreign-key of dcim/interface-templates, null");
    check("dcim/power-outlet-templates.power_port", "foreign-key of dcim/power-port-templates, null");
    check("circuits/virtual-circuit-terminations.interface", "foreign-key of dcim/interfaces, required");
    check("ipam/fhrp-group-assignments.interface", "generic, null, read-only");
}

#[test]
fn choices_have_labels_or_are_bare() {
    check("dcim/devices.status", "choice");
    check("dcim/cables.type", "bare-choice, null");
    check("dcim/interfaces.cable_end", "bare-choice, null, read-only");
    check("circuits/circuit-terminations.term_side", "bare-choice, required");
    check("ipam/fhrp-groups.auth_type", "bare-choice, null");
    check("core/data-sources.sync_interval", "bare-integer-choice, null");
    check("users/tokens.version", "bare-integer-choice [4.5-]");
    check("extras/event-rules.event_types", "bare-choices, required");
    check("ipam/ip-addresses.family", "integer-choice, read-only");
    check("dcim/racks.width", "integer-choice");
    check("vpn/ipsec-policies.pfs_group", "integer-choice, null");

    let choices = field("dcim/interfaces.type").choices();
    let channel = choices.clone().find(|choice| choice.value() == "channel").unwrap();
    assert_eq!(show(channel.versions()), "4.7-");
    assert!(
        choices.clone().any(|choice| choice.value() == "1000base-t" && choice.versions() == Versions::ALL)
    );
    assert!(choices.clone().all(|choice| !choice.value().is_empty()), "that is the lack of a choice");
}

#[test]
fn what_is_null_for_real_is_null() {
    check("dcim/devices.name", "text, null");
    check("dcim/devices.face", "choice, null");
    check("dcim/interfaces.mode", "choice, null");
    check("virtualization/clusters.allocated_vcpus", "number, null, read-only");
    check("core/jobs.user", "foreign-key of users/users, null, read-only");
    check("core/object-changes.user", "foreign-key of users/users, null, read-only");
    check("extras/custom-field-choice-sets.extra_choices", "list, null, required");
    check("extras/image-attachments.image_size", "integer, null, read-only [4.6-]");
    check("extras/scripts.result", "foreign-key of core/jobs, null, read-only");
    check("core/object-types.rest_api_endpoint", "text, null, read-only [4.4-]");
    check("extras/config-contexts.data_file", "foreign-key of core/data-files, null, read-only 4.3-4.4");
    check(
        "extras/config-context-profiles.data_file",
        "foreign-key of core/data-files, null, read-only 4.4 [4.4-]",
    );
    check("extras/config-templates.data_file", "foreign-key of core/data-files, null");
    check("extras/export-templates.data_file", "foreign-key of core/data-files, null, read-only 4.3-4.6");
    check("dcim/interfaces.connected_endpoints", "generics, null, read-only");
    check("dcim/interfaces.link_peers", "generics, read-only");
    check("dcim/devices.serial", "text");
    // 4.7.3 refuses both null and the empty choice, although its documents list that.
    check("wireless/wireless-lans.status", "choice");
}

#[test]
fn shapes_are_those_of_the_answers() {
    check("dcim/cable-terminations.cable", "bare-key of dcim/cables, required 4.3-4.4, read-only 4.5-");
    check("dcim/inventory-items.parent", "bare-key of dcim/inventory-items, null");
    check("extras/journal-entries.created_by", "bare-key of users/users, null");
    check("dcim/cables.a_terminations", "generic-objects");
    check("ipam/prefixes.scope", "generic, null, read-only");
    check("dcim/interfaces.tagged_vlans", "foreign-keys of ipam/vlans");
    check("dcim/devices.tags", "foreign-keys of extras/tags");
    check("extras/config-contexts.tags", "texts of extras/tags");
    check("ipam/asns.sites", "foreign-keys of dcim/sites [4.5-]");
    check("circuits/circuits.termination_a", "foreign-key of circuits/circuit-terminations, null, read-only");
    check("dcim/device-types.u_height", "number");
    check("extras/tags.weight", "integer");
    check("circuits/circuits.install_date", "date, null");
    check("dcim/sites.created", "date-time, null, read-only");
    check("dcim/devices.custom_fields", "object");
    check("dcim/devices.config_context", "json, null, read-only");
    check("ipam/vlan-groups.utilization", "text, read-only");
    check("ipam/vlan-groups.vid_ranges", "list");
    check("dcim/rack-reservations.units", "integers, required");
    check("extras/image-attachments.image", "file, required");
}

#[test]
fn fields_come_and_go() {
    check("users/users.password", "text, required, write-only");
    check("users/tokens.allowed_ips", "texts, null");
    check("dcim/sites.owner", "foreign-key of users/owners, null [4.5-]");
    check("dcim/front-ports.rear_port", "foreign-key of dcim/rear-ports, required [4.3-4.4]");
    check("dcim/front-ports.rear_ports", "list of dcim/rear-ports [4.5-]");
    check("dcim/interfaces.mac_address", "text, null, read-only 4.3-4.6");
    check("ipam/services.port_mappings", "texts [4.7-]");
    check("ipam/services.protocol", "choice, null 4.7-, required 4.3-4.6");
    check("extras/custom-fields.type", "choice, required");
    check(
        "circuits/circuits.assignments",
        "foreign-keys of circuits/circuit-group-assignments, read-only [4.7-]",
    );
    assert_eq!(at("ipam/asn-ranges").field("asn_count"), None, "it is declared, and never sent");
}

#[test]
fn the_nested_form_has_what_references_show() {
    let nested = |place: &str| field(place).nested();
    for name in ["id", "url", "display", "name", "slug", "description"] {
        assert_eq!(nested(&format!("dcim/sites.{name}")), Versions::ALL, "{name}");
    }
    assert_eq!(nested("dcim/sites.status"), Versions::NONE);
    assert_eq!(nested("dcim/interfaces.device"), Versions::ALL);
    // 4.6.8 and 4.7.3, in `asns` of a site, `vdcs` of an interface and `rules` of a policy.
    for place in [
        "ipam/asns.id",
        "ipam/asns.asn",
        "dcim/virtual-device-contexts.device",
        "ipam/route-targets.name",
        "ipam/vlan-translation-rules.policy",
        "users/groups.description",
    ] {
        assert_eq!(nested(place), Versions::ALL, "{place}");
    }
    for place in ["ipam/asns.rir", "users/groups.display_url"] {
        assert_eq!(nested(place), Versions::NONE, "{place}");
    }
}

#[test]
fn filters_that_servers_ignore_or_fail_on_are_not_there() {
    check_accepts("dcim/sites?name__ic", "4.3-");
    check_accepts("dcim/sites?bogus", "none");
    check_accepts("dcim/sites?id__in", "none");
    check_accepts("dcim/sites?region__name", "none");
    check_accepts("dcim/sites?comments", "none");
    check_accepts("dcim/sites?created", "4.3-");
    check_accepts("dcim/sites?created__empty", "4.7-");
    check_accepts("dcim/sites?tag__any", "4.6-");
    check_accepts("dcim/interfaces?mtu__empty", "4.3-");
    check_accepts("circuits/circuit-group-assignments?q", "4.7-");
    check_accepts("extras/bookmarks?q", "none");
    check_accepts("circuits/circuits?provider_account_id", "4.3-");
    check_accepts("circuits/circuits?provider_account", "4.7-");
    check_accepts("dcim/front-ports?rear_port_id", "4.3-4.4, 4.7-");
    check_accepts("dcim/front-port-templates?rear_port_id__n", "4.4, 4.7-");
    check_accepts("dcim/console-ports?speed", "4.3-");
    check_accepts("dcim/console-ports?speed__regex", "none");
    check_accepts("ipam/services?protocol__ic", "4.5-4.6");
    check_accepts("ipam/asn-ranges?start", "4.3-4.5");
    check_accepts("ipam/asn-ranges?start__gte", "4.3-");
    for path in ["extras/notifications", "extras/subscriptions", "extras/notification-groups"] {
        assert!(at(path).filters().is_empty(), "{path}");
    }
}

#[test]
fn only_filters_that_are_lists_take_several_values() {
    let repeatable = |place: &str| {
        let (path, name) = place.split_once('?').unwrap();
        show(at(path).filter(name).unwrap().repeatable())
    };
    // 4.7.3: `airflow=passive&airflow=front-to-rear` answers with those of the latter alone, and so with `airflow__n`.
    for name in ["airflow", "q", "has_primary_ip"] {
        assert_eq!(repeatable(&format!("dcim/devices?{name}")), "none", "{name}");
    }
    for name in ["status", "name", "site_id"] {
        assert_eq!(repeatable(&format!("dcim/devices?{name}")), "4.3-", "{name}");
    }
    assert_eq!(repeatable("ipam/ip-addresses?assigned_object_type"), "4.5-");
    assert_eq!(repeatable("ipam/services?protocol"), "4.7-");
    assert_eq!(repeatable("users/tokens?last_used"), "4.3-4.4");
    assert_eq!(at("dcim/devices").filter("name").unwrap().lookup(Lookup::Any), Versions::NONE);
}

#[test]
fn filters_take_what_their_version_takes() {
    let forms = |place: &str| {
        let (path, name) = place.split_once('?').unwrap();
        let forms = at(path).filter(name).unwrap().forms();
        forms.map(|form| format!("{} {}", form.kind(), show(form.versions()))).collect::<Vec<_>>().join(", ")
    };
    // 4.3.7: 400 to the name of a type.
    for place in [
        "core/jobs?object_type",
        "core/object-changes?related_object_type",
        "dcim/mac-addresses?assigned_object_type",
        "ipam/ip-addresses?assigned_object_type",
        "ipam/services?parent_object_type",
    ] {
        assert_eq!(forms(place), "integer 4.3, text 4.4-", "{place}");
    }
    assert_eq!(forms("core/jobs?user"), "integer 4.3-4.5, text 4.6-");
    assert_eq!(forms("extras/bookmarks?object_type"), "text 4.3-");
    assert_eq!(forms("dcim/devices?status"), "bare-choice 4.3-");
}

#[test]
fn lists_obey_what_their_version_knows() {
    let supports = |path, control| show(at(path).supports(control));
    assert_eq!(supports("dcim/sites", Control::Start), "4.6-");
    assert_eq!(supports("ipam/asn-ranges", Control::Start), "none");
    assert_eq!(supports("dcim/sites", Control::Ordering), "4.3-");
    assert_eq!(supports("dcim/sites", Control::Fields), "4.3-");
    assert_eq!(supports("dcim/sites", Control::Omit), "4.5-");
    assert_eq!(supports("core/jobs", Control::Fields), "4.5-");
    assert_eq!(supports("core/object-changes", Control::Brief), "none");
    assert_eq!(supports("dcim/devices", Control::Exclude), "4.3-4.6");
    assert_eq!(supports("core/background-queues", Control::Fields), "none");
}

#[test]
fn routes_take_what_they_took() {
    check_route("dcim/sites", "", Method::Post, "4.3-");
    check_route("dcim/sites", "*", Method::Patch, "4.3-");
    check_route("ipam/prefixes", "available-ips", Method::Post, "4.3-");
    check_route("ipam/prefixes", "available-ips", Method::Put, "none");
    check_route("dcim/interfaces", "trace", Method::Get, "4.3-");
    check_route("dcim/front-ports", "paths", Method::Get, "4.3-");
    check_route("dcim/devices", "render-config", Method::Post, "4.3-");
    check_route("dcim/devices", "render-config", Method::Get, "none");
    check_route("dcim/racks", "elevation", Method::Get, "4.3-");
    check_route("core/jobs", "", Method::Post, "none");
    check_route("extras/dashboard", "", Method::Patch, "4.3-");
    check_route("extras/scripts/upload", "", Method::Post, "4.5-");
    check_route("dcim/cable-terminations", "*", Method::Delete, "4.3-4.4");
    assert_eq!(at("dcim/front-ports").route("trace"), None);
    assert_eq!(at("extras/dashboard").detail().versions(), Versions::NONE);
}

#[test]
fn endpoints_come_and_go() {
    let versions = |path| show(at(path).versions());
    assert_eq!(versions("dcim/devices"), "4.3-");
    assert_eq!(versions("authentication-check"), "4.5-");
    assert_eq!(versions("core/object-types"), "4.4-");
    assert_eq!(versions("extras/object-types"), "4.3-4.4");
    assert_eq!(versions("dcim/cable-bundles"), "4.6-");
    assert_eq!(versions("dcim/module-bay-types"), "4.7-");
    for path in
        ["schema", "dcim", "dcim/device", "dcim/devices/", "/dcim/devices", "plugins/acme/widgets", ""]
    {
        assert_eq!(endpoint(path), None, "{path}");
    }
}
