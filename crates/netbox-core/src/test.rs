//! What several tests of this crate need.

use proptest::prelude::*;
use serde_json::Value;

/// Any JSON, with names and shapes that NetBox's has.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(Value::from("https://h/api/dcim/sites/1/")),
    ];
    let name =
        "(id|url|display|name|color|value|label|detail|errors|__all__|object_type|object_id|[a-z]{1,4})";
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name, inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}
