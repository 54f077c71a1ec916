use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::test::any_json;

fn form(object: &Value) -> Form {
    let mut form = Form::at("dcim/sites");
    form.read(object.as_object().unwrap(), &BTreeSet::new());
    form
}

fn changes(before: &Value, after: &Value) -> Value {
    form(after).changes_since(&form(before)).unwrap().into()
}

#[test]
fn only_what_differs_is_a_change() {
    let before = json!({"id": 1, "name": "a", "status": {"value": "active", "label": "Active"},
        "custom_fields": {"x": 1, "y": {"value": "b", "label": "B"}}});
    assert_eq!(changes(&before, &before), json!({}));
    let mut after = before.clone();
    after["status"] = json!("active");
    after["custom_fields"]["y"] = json!("b");
    assert_eq!(changes(&before, &after), json!({}));
    after["name"] = json!("b");
    after["custom_fields"]["x"] = json!(null);
    assert_eq!(changes(&before, &after), json!({"name": "b", "custom_fields": {"x": null}}));
}

#[test]
fn a_custom_field_that_is_gone_is_cleared() {
    let before = json!({"custom_fields": {"x": 1, "y": 2, "z": null}});
    let after = json!({"custom_fields": {"x": 1}});
    assert_eq!(changes(&before, &after), json!({"custom_fields": {"y": null}}));
}

#[test]
fn custom_fields_that_were_set_stay_as_they_are() {
    let choice = |value: &str| json!({"value": value, "label": "y"});
    let before = json!({"custom_fields": {"data": choice("a"), "tier": choice("a"), "uses": [choice("a"), choice("b")]}});
    // The map is set as a whole, with the values that were read beside another.
    let mut after = before.clone();
    after["custom_fields"]["data"] = json!({"value": 1, "label": "y"});
    assert_eq!(changes(&before, &after), json!({"custom_fields": {"data": {"value": 1, "label": "y"}}}));
    // Only the label differs, which a choice does not have of its own.
    let mut other = before.clone();
    other["custom_fields"]["data"]["label"] = json!("z");
    assert_eq!(changes(&before, &other), json!({"custom_fields": {"data": {"value": "a", "label": "z"}}}));
    let set = json!({"custom_fields": {"tier": "a", "uses": ["a", "b"], "data": choice("a")}});
    assert_eq!(changes(&before, &set), json!({}));
    let number = json!({"custom_fields": {"data": {"value": 1, "label": "y"}}});
    let one = json!({"custom_fields": {"data": 1}});
    assert_eq!(changes(&number, &one), one);
    // Without custom fields to compare them with, all were set.
    assert_eq!(changes(&json!({}), &set), set);
}

#[test]
fn the_name_of_an_object_in_a_custom_field_is_not_the_objects_own() {
    let site = |id: u64, display: &str| {
        let site = json!({"id": id, "url": "https://h/api/dcim/sites/7/", "display": display});
        form(&json!({"name": "a", "custom_fields": {"backup": site}}))
    };
    assert!(site(7, "a").is_same_as(&site(7, "b")) && !site(7, "a").is_same_as(&site(8, "a")));
}

#[test]
fn the_spelling_of_a_number_is_no_change() {
    let before = json!({"latitude": 52.52, "facility": "01", "u_height": 1, "custom_fields": {"price": 1.0, "code": "1"}});
    let mut after = json!({"latitude": "52.520000", "facility": "01", "u_height": 1.0, "custom_fields": {"price": 1, "code": "1"}});
    assert_eq!(changes(&before, &after), json!({}));
    assert!(form(&after).is_same_as(&form(&after)) && form(&before).is_same_as(&form(&before)));

    after["custom_fields"]["code"] = json!("2");
    assert_eq!(changes(&before, &after), json!({"custom_fields": {"code": "2"}}));
    after["custom_fields"]["code"] = json!("1");
    for (name, value) in [
        ("latitude", json!("52.520001")),
        ("latitude", json!("here")),
        ("latitude", json!(null)),
        // Text that looks like a number is text.
        ("facility", json!("1")),
        ("facility", json!(1)),
        ("facility", json!("01.0")),
    ] {
        let mut after = after.clone();
        after[name] = value.clone();
        assert_eq!(changes(&before, &after), json!({name: value}));
    }
    // So does JSON of the user's own, and a custom field may hold that.
    let mut free = Form::at("extras/custom-fields");
    free.field("default", &1);
    let mut quoted = Form::at("extras/custom-fields");
    quoted.field("default", &"1");
    assert_eq!(Value::from(quoted.changes_since(&free).unwrap()), json!({"default": "1"}));
    after["custom_fields"]["price"] = json!("1.0");
    assert_eq!(changes(&before, &after), json!({"custom_fields": {"price": "1.0"}}));
}

#[test]
fn what_cannot_be_written_is_told() {
    let before = json!({"id": 1, "device_count": 3, "name": "a"});
    let after = json!({"id": 2, "device_count": 4, "name": "b"});
    let error = form(&after).changes_since(&form(&before)).unwrap_err().to_string();
    assert!(error.contains("`device_count`, `id` changed"), "{error}");
}

#[test]
fn a_generic_reference_is_two_fields() {
    let mut form = Form::default();
    form.generic("scope", Some(&GenericFk::new("dcim.site", 7)));
    assert_eq!(Value::from(form.fields.clone()), json!({"scope_type": "dcim.site", "scope_id": 7}));
    let mut cleared = Form::default();
    cleared.generic("scope", None);
    let body = cleared.changes_since(&form).unwrap();
    assert_eq!(Value::from(body), json!({"scope_type": null, "scope_id": null}));
}

#[test]
fn both_halves_of_a_generic_reference_go_out() {
    let form = |id| {
        let mut form = Form::default();
        form.generic("scope", Some(&GenericFk::new("dcim.site", id)));
        form
    };
    let body = form(8).changes_since(&form(7)).unwrap();
    assert_eq!(Value::from(body), json!({"scope_type": "dcim.site", "scope_id": 8}));
    // Fields of their own change by themselves.
    let own = |id| {
        let mut form = Form::default();
        form.field("scope_type", "dcim.site");
        form.field("scope_id", &id);
        form.generic("scope", Some(&GenericFk::new("dcim.site", 7)));
        form
    };
    assert_eq!(Value::from(own(8).changes_since(&own(7)).unwrap()), json!({"scope_id": 8}));
}

#[test]
fn a_form_tells_what_was_put_in() {
    let mut form = Form::default();
    form.field("name", "a");
    form.read_only("slug", "b");
    form.keys("vlans", [3, 1, 3]);
    assert_eq!(form.names().collect::<BTreeSet<_>>(), BTreeSet::from(["name", "slug", "vlans"]));
    let texts = ["name", "slug", "vlans"].map(|name| form.value::<String>(name));
    assert_eq!(texts, [Some("a".to_owned()), Some("b".to_owned()), None]);
    assert_eq!(form.value::<Vec<u64>>("vlans"), Some(vec![1, 3]));
    let mut changed = form.clone();
    changed.read_only("slug", "c");
    assert!(changed.changes_since(&form).unwrap_err().to_string().contains("`slug` changed"));
}

/// Some fields NetBox computes, and a change and its reverse leave no trace in them.
#[test]
fn the_time_of_the_last_change_decides_what_is_the_same() {
    let at = |time: &str, name: &str| form(&json!({"last_updated": time, "name": name}));
    assert!(
        at("09:00", "a").is_same_as(&at("09:00", "b")) && !at("09:00", "a").is_same_as(&at("09:01", "a"))
    );
    let without = |name: &str| form(&json!({"last_updated": null, "name": name}));
    assert!(without("a").is_same_as(&without("a")) && !without("a").is_same_as(&without("b")));
    assert!(without("a").is_same_as(&at("09:00", "a")) && !without("a").is_same_as(&at("09:00", "b")));
}

#[test]
fn json_of_the_users_own_and_what_was_set_stay_as_they_are() {
    let choice = json!({"value": "a", "label": "A"});
    let object = json!({"local_context_data": choice, "status": choice, "set": choice});
    let mut form = Form::at("dcim/devices");
    form.read(object.as_object().unwrap(), &BTreeSet::from(["set".to_owned()]));
    let expected = json!({"local_context_data": choice, "status": "a", "set": choice});
    assert_eq!(Value::from(form.fields), expected);
    // Sites have no such field, where a choice is a choice.
    let mut form = Form::at("dcim/sites");
    form.read(object.as_object().unwrap(), &BTreeSet::new());
    assert_eq!(Value::from(form.fields), json!({"local_context_data": "a", "status": "a", "set": "a"}));
}

/// A faster way to read floats would make the last digit another one, and a PUT would write that.
#[test]
fn a_float_keeps_its_last_digit() {
    let object: Value = serde_json::from_str(r#"{"data": {"x": 187.24158270135618}}"#).unwrap();
    let whole = Value::from(form(&object).into_whole().unwrap());
    assert_eq!(whole.to_string(), r#"{"data":{"x":187.24158270135618}}"#);
}

fn object() -> impl Strategy<Value = Value> {
    let fields = proptest::collection::btree_map(
        "(name|status|tags|site|custom_fields|data|x[a-c]|id|url|device_count|_depth)",
        any_json(),
        0..6,
    );
    fields.prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

proptest! {
    #[test]
    fn changes_lead_from_one_object_to_the_other(before in object(), after in object()) {
        let (before, after) = (form(&before), form(&after));
        let fixed = after.read_only.iter().any(|(name, now)| {
            before.read_only.get(name).is_none_or(|before| !after.is_same(name, before, now))
        });
        let gone = before.fields.keys().any(|name| !after.fields.contains_key(name));
        let Ok(changes) = after.changes_since(&before) else {
            prop_assert!(fixed || gone);
            return Ok(());
        };
        prop_assert!(!fixed && !gone && changes.keys().all(|name| !is_read_only_name(name)));
        let mut applied = before.fields.clone();
        for (name, value) in changes {
            match (applied.get_mut(&name), value) {
                (Some(Value::Object(known)), Value::Object(fields)) if name == CUSTOM_FIELDS => known.extend(fields),
                (_, value) => {
                    applied.insert(name, value);
                }
            }
        }
        for (name, value) in &after.fields {
            let whole = applied.get(name);
            match (value, whole) {
                (Value::Object(fields), Some(Value::Object(known))) if name == CUSTOM_FIELDS => {
                    // A field that was taken out is null now, as NetBox shows one that is not set.
                    let named = known.iter().filter(|(name, value)| fields.contains_key(*name) || !value.is_null());
                    prop_assert!(named.eq(fields.iter()));
                }
                // No custom fields are none, whether they are told or not.
                (Value::Object(fields), _) if name == CUSTOM_FIELDS && fields.is_empty() => {}
                (_, whole) => prop_assert!(whole.is_some_and(|whole| after.is_same(name, whole, value))),
            }
        }
    }
}
