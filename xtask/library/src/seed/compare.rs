//! Whether an object as NetBox shows it has the fields that it shall have.

use serde_json::{Map, Value};

use super::rule::file;

/// Whether nothing of `wanted`, in the form in which it is written, is otherwise in `shown`, the form in which NetBox
/// reads it out. Fields that NetBox doesn't show at all, such as passwords, can't be compared.
pub(super) fn agrees(shown: &Map<String, Value>, wanted: &Map<String, Value>) -> bool {
    wanted.iter().all(|(name, wanted)| match shown.get(name) {
        None => true,
        // NetBox shows only the location of a file.
        Some(shown) if file(wanted).is_some() => !shown.is_null(),
        Some(shown) => equal(shown, wanted),
    })
}

/// The value to write for a scalar, a choice or a related object that NetBox shows as `shown`.
pub(super) fn written(shown: &Value) -> &Value {
    shown.get("value").or_else(|| shown.get("id")).unwrap_or(shown)
}

fn equal(shown: &Value, wanted: &Value) -> bool {
    match (shown, wanted) {
        (Value::Object(shown), Value::Object(wanted)) => {
            wanted.iter().all(|(name, value)| shown.get(name).is_some_and(|shown| equal(shown, value)))
        }
        // NetBox puts related objects in an order of its own.
        (Value::Array(shown), Value::Array(wanted)) => {
            shown.len() == wanted.len()
                && wanted.iter().all(|one| shown.iter().any(|other| equal(other, one)))
        }
        (Value::Number(shown), Value::Number(wanted)) => shown.as_f64() == wanted.as_f64(),
        (Value::Object(_), _) => written(shown) != shown && equal(written(shown), wanted),
        _ => shown == wanted,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[track_caller]
    fn check(shown: Value, wanted: Value, expect: bool) {
        assert_eq!(super::equal(&shown, &wanted), expect, "{shown} against {wanted}");
    }

    #[test]
    fn read_forms_agree_with_what_was_written() {
        check(json!({"id": 7, "url": "…", "display": "x"}), json!(7), true);
        check(json!({"id": 7, "url": "…", "display": "x"}), json!(8), false);
        check(json!({"value": "active", "label": "Active"}), json!("active"), true);
        check(json!({"value": 19, "label": "19 inches"}), json!(19), true);
        check(json!(42.0), json!(42), true);
        check(json!(null), json!("x"), false);
        check(json!({}), json!("x"), false);
    }

    #[test]
    fn lists_agree_in_any_order_but_not_in_part() {
        let shown = json!([{"id": 2}, {"id": 1}]);
        check(shown.clone(), json!([1, 2]), true);
        check(shown.clone(), json!([1]), false);
        check(shown, json!([1, 3]), false);
        check(json!([[100, 200]]), json!([[100, 200]]), true);
    }

    #[test]
    fn what_was_not_asked_for_does_not_matter() {
        check(json!({"a": 1, "b": {"value": "x"}}), json!({"b": "x"}), true);
        check(json!({"a": 1}), json!({"b": null}), false);
    }

    #[test]
    fn what_netbox_does_not_show_can_not_be_told() {
        let agrees = |shown: Value, wanted: Value| {
            super::agrees(shown.as_object().expect("an object"), wanted.as_object().expect("an object"))
        };
        assert!(agrees(json!({"a": 1}), json!({"a": 1, "password": "x"})));
        assert!(agrees(json!({"image": "/media/b.png"}), json!({"image": {"file": "b.png"}})));
        assert!(!agrees(json!({"a": 1}), json!({"a": 2, "password": "x"})));
        assert!(!agrees(json!({"image": null}), json!({"image": {"file": "b.png"}})));
    }
}
