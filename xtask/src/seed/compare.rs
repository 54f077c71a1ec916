//! Whether an object as NetBox shows it has the fields that it shall have.

use serde_json::{Map, Value};

use super::rule::file;

/// Whether all of `wanted`, in the form in which it is written, is in `shown`, the form in which NetBox reads it out.
pub(super) fn agrees(shown: &Map<String, Value>, wanted: &Map<String, Value>) -> bool {
    // Of a file, NetBox shows at most where it is.
    let mut wanted = wanted.iter().filter(|(_, value)| file(value).is_none());
    wanted.all(|(name, value)| shown.get(name).is_some_and(|shown| equal(shown, value)))
}

/// What is written to get a scalar, a choice or a related object as it is shown.
pub(super) fn written(shown: &Value) -> &Value {
    shown.get("value").or_else(|| shown.get("id")).unwrap_or(shown)
}

fn equal(shown: &Value, wanted: &Value) -> bool {
    match (shown, wanted) {
        (Value::Object(shown), Value::Object(wanted)) => agrees(shown, wanted),
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
    fn fields_that_were_not_asked_for_do_not_matter() {
        check(json!({"a": 1, "b": {"value": "x"}}), json!({"b": "x"}), true);
        check(json!({"a": 1}), json!({"b": null}), false);
        check(json!({"a": 1}), json!({"a": 1, "b": {"file": "b.png"}}), true);
    }
}
