use serde_json::json;

use super::*;
use xtask::schema::Source;

use crate::seed::rule;

const KNOWN: &str = "\
documents 4.5.10 4.6.8

dcim/sites
  field slug text required
  field name text
  field owner foreign-key -> users/owners
  field old text @4.5
  field new text @4.6-
  field status choice required
  field tags foreign-keys -> extras/tags
  values status active
  values status planned @4.6-

users/owners @4.6-
  field slug text

extras/tags
  field slug text

dcim/racks
  field site foreign-key required -> dcim/sites
  field name text

extras/scripts
  field name text

extras/scripts/upload @4.6-
";

/// The references of the objects of the data set that a version has, with the names of their fields, and what was left out.
fn cut(rules: Value, version: &str) -> (Vec<String>, Left) {
    let dataset = Dataset::expand(&rule::Source {
        rules: serde_json::from_value(rules).unwrap(),
        keys: serde_json::from_value(json!({"dcim/racks": ["site", "name"]})).unwrap(),
        ..rule::Source::default()
    });
    let (dataset, left) =
        dataset.unwrap().cut(&Extract::read(KNOWN).unwrap(), version.parse().unwrap()).unwrap();
    let objects = dataset.sets.iter().flat_map(|set| &set.objects);
    let told = objects.map(|object| {
        let names: Vec<_> = object.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{} {}", object.reference, names.join(" "))
    });
    (told.collect(), left)
}

#[track_caller]
fn check(objects: Value, version: &str, expected: &[&str], left: (usize, usize)) {
    let (told, found) = cut(json!([{"endpoint": "dcim/sites", "objects": objects}]), version);
    assert_eq!(told, expected);
    assert_eq!((found.objects, found.fields), left);
}

#[test]
fn a_version_has_its_own_fields_and_choices() {
    let both = json!([{"slug": "x", "old": "a", "new": "b"}]);
    check(both.clone(), "4.5", &["@dcim/sites/x old=\"a\" slug=\"x\""], (0, 1));
    check(both.clone(), "4.6", &["@dcim/sites/x new=\"b\" slug=\"x\""], (0, 1));
    check(both, "9.9", &["@dcim/sites/x new=\"b\" slug=\"x\""], (0, 1));
    let planned = json!([{"slug": "x", "status": "planned"}, {"slug": "y", "status": "active"}]);
    check(planned, "4.5", &["@dcim/sites/y slug=\"y\" status=\"active\""], (1, 0));
}

#[test]
fn a_mistake_is_left_for_netbox_to_refuse() {
    let wrong = json!([{"slug": "x", "nmae": "a", "status": "actve"}]);
    check(wrong, "4.5", &["@dcim/sites/x nmae=\"a\" slug=\"x\" status=\"actve\""], (0, 0));
}

#[test]
fn a_field_may_tell_its_versions() {
    let told = json!([{"slug": "x", "name @4.5": "a", "message @4.6-": "b"}]);
    check(told.clone(), "4.5", &["@dcim/sites/x name=\"a\" slug=\"x\""], (0, 0));
    check(told, "4.6", &["@dcim/sites/x message=\"b\" slug=\"x\""], (0, 0));
}

#[test]
fn what_refers_to_nothing_is_left_out() {
    let rules = json!([
        {"endpoint": "users/owners", "objects": [{"slug": "me"}]},
        {"endpoint": "dcim/sites", "objects": [
            {"slug": "x", "status": "planned"},
            {"slug": "y", "owner": "@users/owners/me", "tags": ["@users/owners/me"]},
        ]},
        {"endpoint": "dcim/racks", "objects": [
            {"site": "@dcim/sites/x", "name": "A"},
            {"site": "@dcim/sites/y", "name": "B"},
        ]},
        {"endpoint": "dcim/sites", "objects": [{"slug": "x", "name": "X"}]},
        {"endpoint": "extras/scripts", "objects": [{"name": "s"}]},
    ]);
    let (told, left) = cut(rules.clone(), "4.5");
    assert_eq!(told, ["@dcim/sites/y slug=\"y\"", "@dcim/racks/y/B name=\"B\" site=\"@dcim/sites/y\""]);
    assert_eq!((left.objects, left.fields), (5, 2));
    assert_eq!(cut(rules, "4.6").0.len(), 7);
}

#[test]
fn each_version_has_most_of_the_data_set() {
    let known = Source::of_repository().corrected().unwrap();
    let objects = |version| {
        let (dataset, left) = Dataset::of_repository().unwrap().cut(&known, version).unwrap();
        (version.to_string(), dataset.counts().values().sum::<usize>(), left.to_string())
    };
    let counts: Vec<_> = known.versions().into_iter().map(objects).collect();
    // Servers of 4.3.7, 4.4.10, 4.5.10 and 4.6.8 took as many.
    let expected = [
        ("4.3", 7266, "36 objects and 222 fields"),
        ("4.4", 7268, "34 objects and 217 fields"),
        ("4.5", 7275, "27 objects and 83 fields"),
        ("4.6", 7278, "21 objects and 54 fields"),
        ("4.7", 7296, "0 objects and 0 fields"),
    ];
    let expected = expected.map(|(version, count, left)| (version.to_owned(), count, left.to_owned()));
    assert_eq!(counts, expected);
}
