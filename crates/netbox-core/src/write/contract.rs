//! Whether an endpoint takes a body: NetBox ignores names that it doesn't know, and answers that all went well.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use netbox_schema::{Field, Kind, Versions};

use super::{
    Message,
    form::{Body, is_read_only_name},
    patch::Purpose,
};
use crate::{
    base::ApiPath, error::Error, lock::lock, nearest::nearest, options::Options, slot::Slot, version::Version,
};

/// The field that a name of a body stands for, if it is no field itself; `None` if it goes with any.
fn field_of(name: &str) -> Option<&str> {
    match name {
        Message::FIELD => None,
        "add_tags" | "remove_tags" => Some("tags"),
        name => Some(name),
    }
}

/// What the endpoints of a NetBox said that they take, each asked once.
#[derive(Default)]
pub(crate) struct Contracts(Mutex<HashMap<ApiPath, Arc<Slot<Options>>>>);

impl Contracts {
    pub(crate) fn of(&self, endpoint: &ApiPath) -> Arc<Slot<Options>> {
        Arc::clone(lock(&self.0).entry(endpoint.clone()).or_default())
    }
}

/// Whether NetBox's own schema suffices to tell that `endpoint` takes all of `body`, and misses nothing in it. Of anything
/// else the server is asked: it may be newer, and plugins may have added to it.
pub(crate) fn is_taken(endpoint: &ApiPath, server: Option<Version>, body: &Body, purpose: Purpose) -> bool {
    let (Some(server), Some(endpoint)) = (server, netbox_schema::endpoint(endpoint.as_str())) else {
        return false;
    };
    let has = |versions: Versions| versions.contains(server.major(), server.minor());
    let takes = |name: &String| {
        field_of(name).is_none_or(|meant| {
            endpoint.field(meant).is_some_and(|field| {
                has(field.writable()) && (field.kind() != Kind::File || body[name].is_null())
            })
        })
    };
    let is_there = |field: Field| !has(field.required()) || body.contains_key(field.name());
    body.keys().all(takes) && (purpose != Purpose::Create || endpoint.fields().all(is_there))
}

/// Refuses what `endpoint` would ignore of `body`, or miss in it; all of it at once.
pub(crate) fn check(
    endpoint: &ApiPath,
    options: &Options,
    body: &Body,
    purpose: Purpose,
) -> Result<(), Error> {
    let mut wrong: Vec<(&str, String)> = Vec::new();
    for name in body.keys().map(String::as_str) {
        let Some(meant) = field_of(name) else { continue };
        match options.field(meant) {
            // Nothing is known but what is the same everywhere.
            None if !options.is_known() => {
                if is_read_only_name(name) {
                    wrong.push((name, "is read-only, and NetBox would ignore it".to_owned()));
                }
            }
            None => wrong.push((name, unknown(name, options))),
            Some(field) if field.is_read_only() => wrong.push((name, read_only(name, options))),
            Some(field) if field.is_file() && !body[name].is_null() => {
                wrong.push((name, "is a file, which JSON can't carry: upload it".to_owned()));
            }
            Some(_) => {}
        }
    }
    if purpose == Purpose::Create {
        let missing =
            options.fields().filter(|(name, field)| field.is_required() && !body.contains_key(*name));
        wrong.extend(missing.map(|(name, _)| (name, "is required".to_owned())));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::fields(endpoint.as_str(), wrong)) }
}

/// Refuses a file for a field that takes none.
pub(crate) fn check_file(endpoint: &ApiPath, options: &Options, name: &str) -> Result<(), Error> {
    let why = match options.field(name) {
        _ if !options.is_known() => return Ok(()),
        Some(field) if field.is_file() => return Ok(()),
        Some(_) => "takes no file".to_owned(),
        None => unknown(name, options),
    };
    Err(Error::fields(endpoint.as_str(), vec![(name, why)]))
}

fn unknown(name: &str, options: &Options) -> String {
    let writable = options.fields().filter(|(_, field)| !field.is_read_only());
    let near = nearest(name, writable.map(|(name, _)| name.to_owned()));
    let guess = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
    format!("is no field there{guess}, and NetBox would ignore it")
}

fn read_only(name: &str, options: &Options) -> String {
    let parts = [format!("{name}_type"), format!("{name}_id")];
    let generic = parts.iter().all(|part| options.field(part).is_some());
    let instead = if generic { format!(": write `{}` and `{}`", parts[0], parts[1]) } else { String::new() };
    format!("is read-only, and NetBox would ignore it{instead}")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn refusal(body: Value, purpose: Purpose) -> Option<String> {
        let fields = json!({
            "id": {"read_only": true}, "name": {"required": true}, "slug": {"required": true}, "scope": {"read_only": true},
            "scope_type": {}, "scope_id": {}, "front_image": {"type": "image upload"},
        });
        let options = serde_json::from_value(json!({"name": "Things", "actions": {"POST": fields}})).unwrap();
        let Value::Object(body) = body else { unreachable!() };
        let endpoint = ApiPath::of_endpoint("dcim/things");
        check(&endpoint, &options, &body, purpose).err().map(|error| error.to_string())
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
            check(&endpoint, &Options::default(), body.as_object().unwrap(), Purpose::Create).is_ok()
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
