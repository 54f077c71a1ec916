//! Bodies of writes.

use std::collections::BTreeMap;

use netbox_schema::{Field, Kind, Versions, is_read_only_name, nearest};
use serde_json::Value;

use super::{
    options::{FieldOptions, Options},
    refusal::Refusal,
};
use crate::{
    model::Body,
    wire::{ApiPath, Error, Version},
};

/// Goes with every write: the message for the change log.
pub(crate) const CHANGELOG_MESSAGE: &str = "changelog_message";
pub(crate) const TAGS: &str = "tags";
/// Goes with the writes of all objects that have tags, and so does [`REMOVE_TAGS`].
pub(crate) const ADD_TAGS: &str = "add_tags";
pub(crate) const REMOVE_TAGS: &str = "remove_tags";

/// The purpose of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Create,
    Update,
}

/// Whether NetBox's own schema suffices to say that `endpoint` takes all of `body`, and misses nothing in it. If not, the
/// server has to be asked: it may be newer, and plugins may have added to it.
pub(crate) fn is_taken(endpoint: &ApiPath, server: Option<Version>, body: &Body, purpose: Purpose) -> bool {
    let Some(server) = server else { return false };
    let Some(endpoint) = netbox_schema::endpoint(endpoint.as_str()) else { return false };
    let has = |versions: Versions| versions.contains(server.major(), server.minor());
    let takes = |name: &String| {
        field_of(name).is_none_or(|meant| {
            endpoint
                .field(meant)
                .is_some_and(|field| has(field.writable()) && is_plain(meant, field.kind(), &body[name]))
        })
    };
    let is_there = |field: Field| !has(field.required()) || body.contains_key(field.name());
    body.keys().all(takes) && (purpose != Purpose::Create || endpoint.fields().all(is_there))
}

/// Whether the schema describes all parts of a `value` for the field `name` of that kind.
fn is_plain(name: &str, kind: Kind, value: &Value) -> bool {
    let mut items = value.as_array().into_iter().flatten().filter_map(Value::as_object);
    match kind {
        Kind::File => value.is_null(),
        // Only those of tags are found by attributes.
        Kind::ForeignKeys => name == TAGS || items.next().is_none(),
        Kind::GenericObjects => items.all(|item| {
            item.keys().all(|name| matches!(name.as_str(), "object_type" | "object_id" | "object"))
        }),
        Kind::List => items.next().is_none(),
        _ => true,
    }
}

/// Refuses all names in `body` that `endpoint` would ignore, and all fields that it would miss, at once.
pub(crate) fn check_body(
    endpoint: &ApiPath,
    options: &Options,
    body: &Body,
    purpose: Purpose,
) -> Result<(), Error> {
    let wrong = |name: &String| {
        match options.field(field_of(name)?) {
            // Only what is the same everywhere is known.
            None if !options.is_known() => is_read_only_name(name).then(|| read_only(name, options)),
            None => Some(unknown(name, options)),
            Some(field) if field.is_read_only() => Some(read_only(name, options)),
            Some(field) if field.is_file() && !body[name].is_null() => {
                Some(Refusal::new(name, "is a file, which JSON can't carry: upload it"))
            }
            Some(_) if is_list_of_ids(endpoint, name) && !is_plain(name, Kind::ForeignKeys, &body[name]) => {
                Some(Refusal::new(
                    name,
                    "is a list of ids: NetBox finds only single objects and tags by their attributes",
                ))
            }
            Some(_) => None,
        }
    };
    let mut refusals: Vec<_> = body.keys().filter_map(wrong).collect();
    for (name, value) in body {
        if let Some(parts) = options.field(name).and_then(FieldOptions::parts) {
            unknown_parts(name, value, parts, &mut refusals);
        }
    }
    if purpose == Purpose::Create {
        let missing =
            options.fields().filter(|(name, field)| field.is_required() && !body.contains_key(*name));
        refusals.extend(missing.map(|(name, _)| Refusal::new(name, "is required")));
    }
    Refusal::fields(endpoint.as_str(), refusals)
}

/// Whether NetBox itself has a field `name` at `endpoint` that refers to several objects.
fn is_list_of_ids(endpoint: &ApiPath, name: &str) -> bool {
    let field = netbox_schema::endpoint(endpoint.as_str()).and_then(|endpoint| endpoint.field(name));
    field.is_some_and(|field| field.kind() == Kind::ForeignKeys)
}

/// Adds a refusal for each name within `value`, which is called `place`, that is none of `parts`.
fn unknown_parts(
    place: &str,
    value: &Value,
    parts: &BTreeMap<String, FieldOptions>,
    refusals: &mut Vec<Refusal>,
) {
    match value {
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                unknown_parts(&format!("{place}.{position}"), item, parts, refusals);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                let place = format!("{place}.{name}");
                match parts.get(name) {
                    None => refusals.push(ignored(&place, "is no field there", name, parts.keys())),
                    Some(part) => {
                        if let Some(parts) = part.parts() {
                            unknown_parts(&place, value, parts, refusals);
                        }
                    }
                }
            }
        }
        _ => {}
    }
}

/// Refuses data and files for a script at `path` if they name other variables than the script has: `known`, with the types
/// of their values.
pub(crate) fn check_variables<'n>(
    path: &ApiPath,
    known: &BTreeMap<String, Value>,
    data: impl Iterator<Item = &'n String>,
    files: &'n [String],
) -> Result<(), Error> {
    let wrong = |(name, is_file): (&String, bool)| match known.get(name) {
        None => Some(ignored(name, "is no variable of the script", name, known.keys())),
        Some(kind) if is_file == (kind == "FileVar") => None,
        Some(_) if is_file => Some(Refusal::new(name, "takes no file")),
        Some(_) => Some(Refusal::new(name, "is a file, which JSON can't carry: give it by `file`")),
    };
    let given = data.map(|name| (name, false)).chain(files.iter().map(|name| (name, true)));
    Refusal::fields(path.as_str(), given.filter_map(wrong).collect())
}

/// Refuses a file for the field `name` if that takes none.
pub(crate) fn check_file(endpoint: &ApiPath, options: &Options, name: &str) -> Result<(), Error> {
    let refusal = match options.field(name) {
        _ if !options.is_known() => return Ok(()),
        Some(field) if field.is_file() => return Ok(()),
        Some(_) => Refusal::new(name, "takes no file"),
        None => unknown(name, options),
    };
    Refusal::fields(endpoint.as_str(), vec![refusal])
}

/// The field that a name of a body stands for, if it is no field itself; `None` if it goes with any.
fn field_of(name: &str) -> Option<&str> {
    match name {
        CHANGELOG_MESSAGE => None,
        ADD_TAGS | REMOVE_TAGS => Some(TAGS),
        name => Some(name),
    }
}

const IGNORED: &str = ", and NetBox would ignore it";

fn unknown(name: &str, options: &Options) -> Refusal {
    let writable = options.fields().filter(|(_, field)| !field.is_read_only());
    ignored(name, "is no field there", name, writable.map(|(name, _)| name))
}

/// Refuses `name`, which stands at `place`, for the reason `why`: NetBox would ignore it, and has those that are `known`.
fn ignored(place: &str, why: &str, name: &str, known: impl Iterator<Item = impl AsRef<str>>) -> Refusal {
    let known: Vec<_> = known.collect();
    let near = nearest(name, known.iter().map(AsRef::as_ref)).map(str::to_owned);
    Refusal::new(place, why).or(near).then(IGNORED)
}

fn read_only(name: &str, options: &Options) -> Refusal {
    let parts = [format!("{name}_type"), format!("{name}_id")];
    let is_generic = parts.iter().all(|part| options.field(part).is_some());
    let instead =
        if is_generic { format!(": write `{}` and `{}`", parts[0], parts[1]) } else { String::new() };
    Refusal::new(name, format!("is read-only{IGNORED}{instead}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(body: Value, purpose: Purpose) -> Option<String> {
        let fields = json!({
            "id": {"read_only": true}, "name": {"required": true}, "slug": {"required": true}, "scope": {"read_only": true},
            "scope_type": {}, "scope_id": {}, "front_image": {"type": "image upload"},
        });
        let options = serde_json::from_value(json!({"name": "Things", "actions": {"POST": fields}})).unwrap();
        let Value::Object(body) = body else { unreachable!() };
        let endpoint = ApiPath::of_endpoint("dcim/things");
        check_body(&endpoint, &options, &body, purpose).err().map(|error| error.to_string())
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let body = json!({"nmae": "x", "scope": 1, "front_image": "http://h/x.png", "add_tags": []});
        let told = refusal(body, Purpose::Create).unwrap();
        for part in [
            "dcim/things",
            "`nmae` is no field there (did you mean `name`?)",
            "`scope` is read-only, and NetBox would ignore it: write `scope_type` and `scope_id`",
            "`front_image` is a file",
            "`name` is required",
            "`slug` is required",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(told.contains("`add_tags` is no field there"), "there are no tags: {told}");
    }

    /// The form in which NetBox 4.7.3 describes the ports of a front port, its device and its tags.
    #[test]
    fn what_is_within_is_checked_unless_it_is_a_reference() {
        let mappings = json!({"type": "field", "child": {"type": "nested object", "children": {
            "position": {"required": true}, "rear_port": {}, "rear_port_position": {},
        }}});
        let site = json!({"type": "nested object", "children": {"id": {"read_only": true}, "name": {}}});
        let fields = json!({"rear_ports": mappings, "site": site, "tags": {"child": site}});
        let options = serde_json::from_value(json!({"actions": {"POST": fields}})).unwrap();
        let refusal = |body: Value| {
            let endpoint = ApiPath::of_endpoint("dcim/front-ports");
            let checked = check_body(&endpoint, &options, body.as_object().unwrap(), Purpose::Create);
            checked.err().map(|error| error.to_string())
        };
        let told =
            refusal(json!({"rear_ports": [{"position": 1}, {"rear_port": 7, "rear_port_positon": 3}]}))
                .unwrap();
        let why = "`rear_ports.1.rear_port_positon` is no field there (did you mean `rear_port_position`?), and NetBox would \
                   ignore it";
        assert!(told.contains(why), "{told}");
        let fine =
            json!({"rear_ports": [{"rear_port": 7}], "site": {"facility": "x"}, "tags": [{"slug": "a"}]});
        assert_eq!(refusal(fine), None);
    }

    #[track_caller]
    fn check_taken(endpoint: &str, version: (u16, u16), purpose: Purpose, body: Value, expected: bool) {
        let version = Version::new(version.0, version.1);
        let taken =
            |server| is_taken(&ApiPath::of_endpoint(endpoint), server, body.as_object().unwrap(), purpose);
        assert_eq!(taken(Some(version)), expected);
        assert!(!taken(None), "of an unknown version nothing is certain");
    }

    #[test]
    fn what_netbox_is_known_to_take_needs_no_asking() {
        let site = json!({"name": "a", "slug": "a", "tenant": 1, "changelog_message": "x"});
        check_taken("dcim/sites", (4, 7), Purpose::Create, site.clone(), true);
        check_taken("dcim/sites", (4, 8), Purpose::Create, site.clone(), false);
        check_taken("dcim/nowhere", (4, 7), Purpose::Create, site, false);
        check_taken("dcim/sites", (4, 7), Purpose::Create, json!({"name": "a"}), false);
        check_taken("dcim/sites", (4, 7), Purpose::Update, json!({"name": "a"}), true);
        check_taken("dcim/sites", (4, 7), Purpose::Update, json!({"nmae": "a"}), false);
        check_taken("dcim/sites", (4, 4), Purpose::Update, json!({"owner": 1}), false);
        check_taken("dcim/sites", (4, 5), Purpose::Update, json!({"owner": 1}), true);
        check_taken("dcim/interfaces", (4, 6), Purpose::Update, json!({"mac_address": "x"}), false);
        check_taken("dcim/interfaces", (4, 7), Purpose::Update, json!({"mac_address": "x"}), true);
        check_taken("dcim/device-types", (4, 7), Purpose::Update, json!({"front_image": "x"}), false);
        check_taken("dcim/device-types", (4, 7), Purpose::Update, json!({"front_image": null}), true);
        let ends = |name: &str| json!({"a_terminations": [{"object_type": "dcim.interface", name: 1}]});
        check_taken("dcim/cables", (4, 7), Purpose::Update, ends("object_id"), true);
        check_taken("dcim/cables", (4, 7), Purpose::Update, ends("object_ids"), false);
        let by_name = |field: &str| json!({field: [3, {"name": "a"}]});
        check_taken("dcim/interfaces", (4, 7), Purpose::Update, by_name("tags"), true);
        check_taken("dcim/interfaces", (4, 7), Purpose::Update, by_name("tagged_vlans"), false);
        check_taken(
            "dcim/front-ports",
            (4, 7),
            Purpose::Update,
            json!({"rear_ports": [{"position": 1}]}),
            false,
        );
    }

    /// The form in which NetBox 4.7.3 describes both, as far as they differ.
    #[test]
    fn only_tags_are_found_by_attributes_in_a_list() {
        let fields = json!({"tags": {"child": {"children": {"name": {}}}}, "tagged_vlans": {}});
        let options = serde_json::from_value(json!({"actions": {"POST": fields}})).unwrap();
        let check = |body: Value| {
            let endpoint = ApiPath::of_endpoint("dcim/interfaces");
            check_body(&endpoint, &options, body.as_object().unwrap(), Purpose::Update)
        };
        check(json!({"tags": [{"name": "a"}, 3], "tagged_vlans": [3, 4]})).unwrap();
        let told = check(json!({"tagged_vlans": [3, {"name": "a"}]})).unwrap_err().to_string();
        assert!(
            told.contains("`tagged_vlans` is a list of ids: NetBox finds only single objects and tags"),
            "{told}"
        );
    }

    #[test]
    fn what_is_kept_is_not_missing() {
        assert_eq!(
            refusal(json!({"slug": "x", "front_image": null, "changelog_message": "why"}), Purpose::Update),
            None
        );
        assert_eq!(refusal(json!({"slug": "x", "name": "x"}), Purpose::Create), None);
    }

    #[test]
    fn who_is_told_nothing_is_not_hindered() {
        let endpoint = ApiPath::of_endpoint("dcim/things");
        let allowed = |body: Value| {
            check_body(&endpoint, &Options::default(), body.as_object().unwrap(), Purpose::Create).is_ok()
        };
        assert!(allowed(json!({"anything": 1, "add_tags": []})));
        assert!(!allowed(json!({"display": "x"})), "but for what is read-only everywhere");
    }

    #[test]
    fn only_files_are_uploaded() {
        let fields = json!({"front_image": {"type": "image upload"}, "name": {"type": "string"}});
        let options = serde_json::from_value(json!({"actions": {"POST": fields}})).unwrap();
        let refused = |name: &str| {
            check_file(&ApiPath::of_endpoint("dcim/things"), &options, name)
                .err()
                .map(|error| error.to_string())
        };
        assert_eq!(refused("front_image"), None);
        assert!(refused("name").unwrap().contains("takes no file"));
        assert!(refused("fornt_image").unwrap().contains("did you mean `front_image`?"));
    }
}
