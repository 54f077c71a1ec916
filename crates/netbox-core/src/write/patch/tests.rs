use super::*;
use crate::{fk::GenericFk, test::Site};

const NAME: Field<Site, String> = Field::new("name", |site| &site.name);
const PLACE: Field<Site, Option<GenericFk>> = Field::new("place", |_| &None);
const NOTE: Field<Site, Option<String>> = Field::new("note", |_| &None);

#[track_caller]
fn check_sent(patch: Patch<Site>, expected: &Value) {
    assert_eq!(Value::from(patch.into_body(Purpose::Update).unwrap()), *expected);
}

#[track_caller]
fn check_refused(patch: Patch<Site>, purpose: Purpose, why: &str) {
    let told = patch.into_body(purpose).unwrap_err().to_string();
    assert!(told.contains(why), "{told}");
}

#[test]
fn a_patch_says_what_changes_and_keeps_the_rest() {
    let patch = Patch::new()
        .set(NAME, "a")
        .clear(NOTE)
        .custom_field("audited", true)
        .custom_field("tier", "b")
        .add_tags(["x"])
        .add_tags([3])
        .remove_tags(["y"])
        .message("why");
    assert_eq!(patch.value::<String>("name").as_deref(), Some("a"));
    assert_eq!((patch.value::<u64>("name"), patch.value::<String>("slug")), (None, None));
    let expected = json!({
        "name": "a", "note": null, "custom_fields": {"audited": true, "tier": "b"},
        "add_tags": [{"slug": "x"}, 3], "remove_tags": [{"slug": "y"}], "changelog_message": "why",
    });
    check_sent(patch, &expected);
    // Whatever else stands there gives way.
    check_sent(
        Patch::new().field("custom_fields", 1).custom_field("a", 2),
        &json!({"custom_fields": {"a": 2}}),
    );
    check_sent(Patch::new().field("add_tags", 1).add_tags([2]), &json!({"add_tags": [2]}));
    // A map of custom fields says nothing of the others, whichever comes first.
    check_sent(
        Patch::new()
            .custom_field("a", 1)
            .custom_field("b", 1)
            .field("custom_fields", json!({"b": 2, "c": 3})),
        &json!({"custom_fields": {"a": 1, "b": 2, "c": 3}}),
    );
}

#[test]
fn a_generic_reference_is_a_type_and_an_id() {
    let key = || GenericFk::new("dcim.site", 7);
    let generic = PLACE.generic();
    check_sent(Patch::new().set(generic, key()), &json!({"place_type": "dcim.site", "place_id": 7}));
    check_sent(Patch::new().clear(generic), &json!({"place_type": null, "place_id": null}));
    let named = generic.written_as("parent");
    check_sent(Patch::new().set(named, key()), &json!({"parent_type": "dcim.site", "parent_id": 7}));
    let expected = json!({"place": {"app_label": "dcim", "model": "site", "object_id": 7}});
    check_sent(Patch::new().set(PLACE.polymorphic(), key()), &expected);
}

#[test]
fn of_two_patches_the_second_has_its_way() {
    let first = Patch::new()
        .set(NAME, "a")
        .custom_field("one", 1)
        .add_tags([1])
        .remove_tags([2])
        .field("list", [1])
        .field("map", json!({"a": 1}));
    let second = Patch::new()
        .set(NAME, "b")
        .custom_field("two", 2)
        .add_tags([3])
        .remove_tags([4])
        .field("list", [2])
        .field("map", json!({"b": 2}));
    let expected = json!({
        "name": "b", "custom_fields": {"one": 1, "two": 2}, "add_tags": [1, 3], "remove_tags": [2, 4], "list": [2],
        "map": {"b": 2},
    });
    check_sent(first.clone().and(second), &expected);
    let wrong = || Patch::new().field("latitude", f64::NAN);
    check_refused(first.and(wrong()), Purpose::Update, "`latitude`");
    check_refused(wrong().and(Patch::new().field("name", 1)), Purpose::Update, "`latitude`");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let patch = Patch::<Site>::new;
    for (patch, why) in [
        (patch().field("tags", [1]).add_tags([2]), "either set, or added and removed"),
        (patch().field("tags", [1]).remove_tags([2]), "either set, or added and removed"),
        (
            patch().add_tags(["a", "b"]).remove_tags(["b"]),
            r#"the tag {"slug":"b"} is both added and removed"#,
        ),
        (patch().set(NAME.read_only(), "a"), "`name` is read-only"),
        (patch().custom_field("a", f64::NAN), "the custom field `a`"),
    ] {
        check_refused(patch, Purpose::Update, why);
    }
    check_refused(patch().remove_tags([1]), Purpose::Create, "no tags that could be removed");
    check_sent(patch().add_tags([1]).remove_tags([2]), &json!({"add_tags": [1], "remove_tags": [2]}));
}

#[test]
fn patches_are_compared_by_what_they_write() {
    let patch = || Patch::<Site>::new().field("a", 1);
    assert_eq!(patch().field("b", 2), Patch::new().field("b", 2).field("a", 1));
    assert_ne!(patch(), patch().field("b", 2));
    assert_ne!(patch(), patch().field("b", f64::NAN));
    assert!(Patch::<Site>::new().message("x").is_empty() && !patch().is_empty());
    assert!(!Patch::<Site>::new().field("b", f64::NAN).is_empty(), "the mistake is to be told");
}
