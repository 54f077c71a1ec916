//! Values as JSON for NetBox.

use serde::Serialize;
use serde_json::Value;

use super::checked::Checked;

/// `value` as JSON, or why it can't be.
///
/// `serde_json` writes NaN and infinity as null, which clears a field, so they are errors here. A record within `value` is
/// written as its id.
pub(crate) fn to_json(value: &(impl Serialize + ?Sized)) -> Result<Value, String> {
    serde_json::to_value(Checked(value)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        New(f64),
        Tuple(u8, f32),
        Struct { x: Option<f64> },
    }

    #[test]
    fn what_json_has_is_as_serde_writes_it() {
        let map = BTreeMap::from([("a", Some(1.5)), ("b", None)]);
        assert_eq!(to_json(&map).unwrap(), json!({"a": 1.5, "b": null}));
        let shapes = [Shape::Unit, Shape::New(0.5), Shape::Tuple(1, 2.5), Shape::Struct { x: Some(1.0) }];
        assert_eq!(to_json(&shapes).unwrap(), serde_json::to_value(&shapes).unwrap());
        assert_eq!(
            to_json(&((), 'c', "d", [1u8], -1i64, true)).unwrap(),
            json!([null, "c", "d", [1], -1, true])
        );
    }

    #[test]
    fn a_short_float_keeps_its_digits() {
        for (number, expected) in
            [(1.1f32, "1.1"), (-0.3, "-0.3"), (12.34, "12.34"), (f32::MAX, "3.4028235e+38")]
        {
            assert_eq!(to_json(&number).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_json_does_not_have_is_refused_wherever_it_is() {
        for infinite in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for refused in [
                to_json(&infinite),
                to_json(&Some(infinite)),
                to_json(&[vec![infinite]]),
                to_json(&BTreeMap::from([("a", infinite)])),
                to_json(&Shape::New(infinite)),
                to_json(&Shape::Tuple(1, f32::NAN)),
                to_json(&Shape::Struct { x: Some(infinite) }),
            ] {
                assert!(refused.unwrap_err().contains("is no number that JSON has"));
            }
        }
    }
}
