//! From a value as NetBox sends it to the value as NetBox takes it.

use serde_json::{Map, Value, json};

/// `read` in the form of a write: the value of a choice, the id of a nested object, and likewise the items of lists.
///
/// Deeper values stay as they are, since they are JSON of the user's own. The references of a list are a set to NetBox,
/// and are sorted, so that two sets can be compared.
pub(crate) fn written(read: &Value) -> Value {
    match read {
        Value::Object(map) => one_written(map),
        Value::Array(items) if !items.is_empty() && items.iter().all(|item| id_of(item).is_some()) => {
            key_set(items.iter().filter_map(id_of))
        }
        Value::Array(items) => {
            items.iter().map(|item| item.as_object().map_or_else(|| item.clone(), one_written)).collect()
        }
        other => other.clone(),
    }
}

fn one_written(map: &Map<String, Value>) -> Value {
    let whole = || Value::Object(map.clone());
    match scalar(map) {
        Some(scalar) => scalar.clone(),
        None if map.contains_key("_content_type") => polymorphic_of(map).unwrap_or_else(whole),
        None => whole(),
    }
}

/// Whether a field with that value is better omitted from an object that is put back whole.
///
/// A PUT that omits a null field leaves the field null, and NetBox refuses some nulls that it sends, such as a cable's
/// profile. A PUT also keeps omitted lists of parts, such as the ends of a cable and the mappings of a port, and NetBox
/// takes existing mappings for duplicates. All this was seen on 4.7.3. Unless the value `may_be_parts`, a list of maps is
/// JSON of the user's own, such as the constraints of a permission, which a copy must have.
pub(crate) fn is_kept_unsaid(value: &Value, may_be_parts: bool) -> bool {
    match value {
        Value::Null => true,
        Value::Array(parts) => may_be_parts && !parts.is_empty() && parts.iter().all(Value::is_object),
        _ => false,
    }
}

/// A set of ids, as a list in their order.
pub(crate) fn key_set(ids: impl Iterator<Item = u64>) -> Value {
    let mut ids: Vec<u64> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}

/// References to objects of several types, in the form in which the plugin custom-objects takes them.
pub(crate) fn polymorphic(references: &Value) -> Value {
    match references {
        Value::Array(items) => items.iter().map(polymorphic).collect(),
        Value::Object(map) => polymorphic_of(map).unwrap_or_else(|| references.clone()),
        other => other.clone(),
    }
}

/// The form in which the plugin custom-objects takes a reference that it sent, or one of NetBox's own.
fn polymorphic_of(map: &Map<String, Value>) -> Option<Value> {
    let reference = match map.get("_content_type") {
        Some(object_type) => (object_type, map.get("id")?),
        None => (map.get("object_type")?, map.get("object_id")?),
    };
    let (app_label, model) = reference.0.as_str()?.split_once('.')?;
    Some(json!({"app_label": app_label, "model": model, "object_id": reference.1}))
}

/// The scalar that stands for a whole choice or nested object.
fn scalar(map: &Map<String, Value>) -> Option<&Value> {
    if map.len() == 2 && map.contains_key("label") { map.get("value") } else { id(map) }
}

fn id_of(value: &Value) -> Option<u64> {
    id(value.as_object()?)?.as_u64()
}

fn id(map: &Map<String, Value>) -> Option<&Value> {
    map.get("id").filter(|id| id.is_u64() && map.get("url").is_some_and(Value::is_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: Value, expected: Value) {
        assert_eq!(written(&read), expected);
    }

    #[test]
    fn what_is_read_can_be_written() {
        check(json!({"value": "active", "label": "Active"}), json!("active"));
        check(json!({"value": 4, "label": "IPv4"}), json!(4));
        check(json!({"id": 7, "url": "https://h/api/dcim/sites/7/", "display": "A"}), json!(7));
        let tag = |id: u64| json!({"id": id, "url": "https://h/api/extras/tags/1/", "slug": "x"});
        check(json!([tag(3), tag(1), tag(3)]), json!([1, 3]));
        check(json!([{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]), json!(["a", "b"]));
        let site = json!({"_content_type": "dcim.site", "id": 7, "display": "A"});
        let taken = json!({"app_label": "dcim", "model": "site", "object_id": 7});
        check(site.clone(), taken.clone());
        check(json!([site]), json!([taken]));
        check(json!([[100, 200], [300, 400]]), json!([[100, 200], [300, 400]]));
        check(json!([]), json!([]));
    }

    #[test]
    fn what_is_the_users_own_stays() {
        for own in [
            json!({"value": 1, "label": "x", "more": 2}),
            json!({"id": 7, "name": "no URL"}),
            json!({"ntp": {"value": 1, "label": "deeper"}}),
            json!([{"object_type": "dcim.interface", "object_id": 9, "object": {"id": 9, "url": "x"}}]),
            json!([2, 1]),
        ] {
            check(own.clone(), own);
        }
    }
}
