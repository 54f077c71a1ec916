//! The differences between a model and the JSON that it was read from, and between an object and its former state.

use std::collections::BTreeSet;

use netbox_core::{Object, patch::Form};
use serde_json::{Map, Value};

use super::Shown;

/// The fields that NetBox sets whenever it saves an object.
const SET_BY_SAVING: [&str; 2] = ["last_updated", "data_synced"];

/// The fields in which `after` differs from `before`, except those that NetBox itself sets.
pub fn changes(before: &Object, after: &Object) -> Vec<String> {
    let names: BTreeSet<&str> = before.names().chain(after.names()).collect();
    let value = |object: &Object, name: &str| object.get::<Value>(name).ok();
    let change = |name: &str| {
        let (before, after) = (value(before, name), value(after, name));
        (before != after).then(|| format!("`{name}` was {before:?} and is {after:?}"))
    };
    names.into_iter().filter(|name| !SET_BY_SAVING.contains(name)).filter_map(change).collect()
}

/// Where `shown` differs from the `raw` object that it was read from.
pub fn differences(raw: &Map<String, Value>, shown: &Shown) -> Vec<String> {
    let Shown { endpoint, id, fields, form } = shown;
    let mut wrong = Vec::new();
    let mut differs = |name: &str, how: String| wrong.push(format!("{endpoint} {id} {name}: {how}"));
    for (name, sent) in raw {
        match form.value::<Value>(name) {
            Some(read) if is_same(&read, sent) && is_of_type(&read, raw.get(&format!("{name}_type"))) => {}
            Some(read) => differs(name, format!("{sent} was read as {read}")),
            // It is written as a type and an id, which are compared by themselves.
            None if fields.contains(&&**name) && is_written_as_pair(name, sent, form) => {}
            None => differs(name, format!("{sent} was lost")),
        }
    }
    // A generic reference beside its type and id goes by another name than that of a field.
    for name in form.names().filter(|name| !raw.contains_key(*name) && !name.contains(' ')) {
        let read = form.value::<Value>(name).unwrap_or_default();
        if !is_nothing(&read) {
            differs(name, format!("{read} was invented"));
        }
    }
    wrong
}

/// Whether `read`, in the form in which it is written, is what NetBox `sent`.
pub fn is_same(read: &Value, sent: &Value) -> bool {
    match (read, sent) {
        _ if read == sent => true,
        (Value::Number(read), Value::Number(sent)) => read.as_f64() == sent.as_f64(),
        // A script that never ran has an object of nulls in place of its job.
        (Value::Null, Value::Object(sent)) => {
            sent.contains_key("log_entries") && sent.values().all(is_nothing)
        }
        (read, Value::Object(sent)) if sent.len() == 2 && sent.contains_key("label") => {
            sent.get("value").is_some_and(|sent| is_same(read, sent))
        }
        (Value::Number(read), Value::Object(sent)) => read.as_u64() == id_of(sent),
        (Value::Object(read), Value::Object(sent)) if read.contains_key("object_type") => {
            let id = read.get("object_id").and_then(Value::as_u64);
            match (sent.get("object_type"), sent.get("object_id")) {
                (Some(kind), Some(sent)) => read.get("object_type") == Some(kind) && id == sent.as_u64(),
                // A table config has an `object_type` of its own.
                _ => id == id_of(sent),
            }
        }
        (Value::Object(read), Value::Object(sent)) => {
            read.len() == sent.len()
                && read.iter().all(|(name, read)| sent.get(name).is_some_and(|sent| is_same(read, sent)))
        }
        (Value::Array(read), Value::Array(sent)) if read.iter().all(Value::is_u64) => {
            let id = |sent: &Value| sent.as_object().map_or_else(|| sent.as_u64(), id_of);
            let mut sent: Vec<_> = sent.iter().map(id).collect();
            sent.sort_unstable();
            sent.into_iter().eq(read.iter().map(Value::as_u64))
        }
        (Value::Array(read), Value::Array(sent)) => {
            read.len() == sent.len() && read.iter().zip(sent).all(|(read, sent)| is_same(read, sent))
        }
        _ => false,
    }
}

/// Whether the generic references in `read`, if it has any, are of the type that NetBox says.
fn is_of_type(read: &Value, sent: Option<&Value>) -> bool {
    match (read, sent) {
        (Value::Array(items), Some(_)) => items.iter().all(|item| is_of_type(item, sent)),
        (Value::Object(read), Some(sent)) => read.get("object_type").is_none_or(|read| read == sent),
        _ => true,
    }
}

fn is_written_as_pair(name: &str, sent: &Value, form: &Form) -> bool {
    let beside = form.value::<Value>(&format!("{name} (beside `{name}_type`)"));
    if let Some(kind) = beside {
        return sent.is_null() == kind.is_null();
    }
    let id = sent.as_object().map(id_of);
    let stems = form.names().filter_map(|name| name.strip_suffix("_id"));
    let mut pairs = stems.filter(|stem| form.names().any(|name| name.strip_suffix("_type") == Some(stem)));
    pairs.any(|stem| {
        let read = form.value::<Value>(&format!("{stem}_id")).unwrap_or_default();
        match id {
            Some(id) => read.as_u64() == id,
            None => sent.is_null() && read.is_null(),
        }
    })
}

/// The id of a nested object, which may be in its URL alone.
fn id_of(object: &Map<String, Value>) -> Option<u64> {
    let url = object.get("url")?.as_str()?;
    match object.get("id") {
        Some(id) => id.as_u64(),
        None => url.trim_end_matches('/').rsplit('/').next()?.parse().ok(),
    }
}

/// Whether `read` is a value that stands for a field that a version lacks.
fn is_nothing(read: &Value) -> bool {
    match read {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Choice};
    use serde_json::json;

    use super::*;

    #[derive(serde::Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/regions")]
    struct Region {
        id: u64,
    }

    #[derive(serde::Deserialize, NetboxModel)]
    #[netbox(endpoint = "ipam/prefixes")]
    struct Prefix {
        id: u64,
        status: Choice,
        #[fk]
        #[netbox(unchecked)]
        region: Option<Fk<Region>>,
        scope: Option<GenericFk>,
    }

    #[track_caller]
    fn check(change: impl Fn(&mut Value, &mut Prefix), expected: &[&str]) {
        let region =
            |id: u64| json!({"id": id, "url": format!("https://h/api/dcim/regions/{id}/"), "display": "x"});
        let mut raw = json!({
            "id": 7, "status": {"value": "active", "label": "Active"}, "region": region(1),
            "scope_type": "dcim.region", "scope_id": 2, "scope": region(2),
        });
        let mut model: Prefix = serde_json::from_value(raw.clone()).unwrap();
        change(&mut raw, &mut model);
        let found = differences(raw.as_object().unwrap(), &Shown::of(&model));
        let names: Vec<_> = found.iter().map(|text| text.split([' ', ':']).nth(2).unwrap()).collect();
        assert_eq!(names, expected, "{found:?}");
    }

    #[test]
    fn what_a_model_loses_or_invents_is_found() {
        check(|_, _| {}, &[]);
        check(|raw, _| raw["status"] = json!("planned"), &["status"]);
        check(|raw, _| raw["new"] = json!(null), &["new"]);
        check(|raw, _| raw["region"] = json!(null), &["region"]);
        check(|_, model| model.region = None, &["region"]);
        check(|_, model| model.scope = Some(GenericFk::new("dcim.site", 2)), &["scope_type"]);
        check(|_, model| model.scope = None, &["scope", "scope_id", "scope_type"]);
        check(|raw, _| drop(raw.as_object_mut().unwrap().remove("region")), &["region"]);
    }
}
