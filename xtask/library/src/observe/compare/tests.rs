use std::{fs, path::PathBuf};

use serde_json::json;

use super::*;
use xtask::{
    checkout,
    schema::{Extract, Source},
};

const KNOWN: &str = "\
documents 4.7.3

dcim/cables
  controls limit
  field id integer
  field url text
  field status choice
  field profile bare-choice
  field side bare-choice null
  field device foreign-key -> dcim/devices
  field created date-time
  field ends generics
  field ends_type text
  field secret text write-only
  values status connected planned
  values profile single
  values side A B

dcim/devices
  controls limit
  field id integer
  field url text
  field status choice null
  values status active

status
";

/// The only contradiction of a cable with those fields in place of right ones; of an unknown field without them.
#[track_caller]
fn check(changed: Value, expected: &[&str]) {
    let nested = |path: &str| json!({"id": 1, "url": format!("https://netbox.example.com/api/{path}/1/")});
    let mut cable = nested("dcim/cables");
    let right = json!({
        "status": {"value": "planned", "label": "Planned"}, "profile": "single", "side": null, "ends": [],
        "ends_type": "dcim.device", "device": nested("dcim/devices"), "created": "2026-11-23T09:32:11Z",
    });
    for fields in [right, changed] {
        cable.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    }
    cable.as_object_mut().unwrap().retain(|_, value| *value != "missing");
    check_answers(&[("dcim/cables", cable)], expected);
}

#[track_caller]
fn check_answers(answers: &[(&str, Value)], expected: &[&str]) {
    let mut known = Extract::read(KNOWN).unwrap();
    let release = known.documents.values_mut().next().unwrap();
    release.facts.infer();
    let mut all = Answers::new("4.7".parse().unwrap());
    for (path, answer) in answers {
        all.add(path, answer.clone());
    }
    assert_eq!(told(contradictions(&release.facts, &all)), expected);
}

fn told(found: Contradictions) -> Vec<String> {
    found.into_iter().map(|((place, what), times)| format!("{place}: {what} ({times})")).collect()
}

#[test]
fn an_object_has_the_fields_that_are_known_and_no_others() {
    check(json!({}), &[]);
    check(json!({"created": "missing"}), &["dcim/cables.created: missing (1)"]);
    check(json!({"colour": 1}), &["dcim/cables.colour: integer, and is not in the table (1)"]);
    check(json!({"secret": "x"}), &["dcim/cables.secret: text, and is not in the table (1)"]);
}

#[test]
fn null_is_for_what_can_be_null() {
    check(json!({"created": null}), &["dcim/cables.created: null, which the table says it never is (1)"]);
    check(
        json!({"device": {"name": "", "created": null}}),
        &["dcim/cables.device: null, which the table says it never is (1)"],
    );
    check(json!({"side": "A"}), &[]);
    check(json!({"side": ""}), &[]);
    check(json!({"profile": ""}), &["dcim/cables.profile: the choice `` is not in the table (1)"]);
}

#[test]
fn a_value_is_of_its_kind() {
    check(
        json!({"created": "2026-11-23"}),
        &["dcim/cables.created: date, where the table has date-time (1)"],
    );
    check(json!({"status": "planned"}), &["dcim/cables.status: text, where the table has choice (1)"]);
    check(json!({"device": 7}), &["dcim/cables.device: integer, where the table has foreign-key (1)"]);
    check(json!({"ends": [7]}), &["dcim/cables.ends: list of integer, where the table has generics (1)"]);
    check(
        json!({"status": {"value": "old", "label": "Old"}}),
        &["dcim/cables.status: the choice `old` is not in the table (1)"],
    );
}

#[test]
fn a_reference_is_to_the_endpoint_that_is_known_or_told_beside_it() {
    let of = |path: &str| json!({"id": 7, "url": format!("https://netbox.example.com/api/{path}/7/")});
    check(
        json!({"device": of("dcim/cables")}),
        &["dcim/cables.device: refers to dcim/cables, and not to dcim/devices (1)"],
    );
    check(
        json!({"ends": [of("dcim/cables"), of("dcim/devices")]}),
        &["dcim/cables.ends: refers to dcim/cables, and not to dcim/devices (1)"],
    );
    check(
        json!({"ends": [of("dcim/racks")], "ends_type": "dcim.rack"}),
        &["dcim/racks: the endpoint is not in the table (1)"],
    );
}

#[test]
fn a_nested_form_has_some_fields_and_bare_choices() {
    let nested = |fields: Value| {
        let mut device = json!({"id": 7, "url": "https://netbox.example.com/api/dcim/devices/7/"});
        device.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({"device": device})
    };
    check(nested(json!({"device_bay": 1, "status": "active"})), &[]);
    check(
        nested(json!({"status": "old"})),
        &["dcim/devices.status: the choice `old` is not in the table (1)"],
    );
    check(nested(json!({"status": true})), &["dcim/devices.status: boolean, where the table has choice (1)"]);
    check(nested(json!({"url": 7})), &["dcim/cables.device: object, where the table has foreign-key (1)"]);
}

#[test]
fn endpoints_are_there_or_not() {
    check_answers(
        &[("dcim/racks", json!({"results": []}))],
        &["dcim/racks: the endpoint is not in the table (1)"],
    );
    let absent = json!({"status": 404, "body": {"detail": "Not found."}});
    check_answers(
        &[("/api/dcim/cables/", absent.clone()), ("/api/dcim/racks/", absent)],
        &["dcim/cables: the endpoint is in the table, and is not there (1)"],
    );
    let refused = json!({"status": 400, "body": {"detail": "Request must include a peer."}});
    check_answers(
        &[("/api/dcim/cables/", refused), ("/api/status/", json!({"netbox-version": "4.7.3"}))],
        &[],
    );
    let page = json!({"count": 2, "results": [{"id": "7"}, {"id": "8"}]});
    let device = "dcim/devices.id: text, where the table has integer (2)";
    let others = ["status", "url"].map(|name| format!("dcim/devices.{name}: missing (2)"));
    check_answers(&[("/api/dcim/devices/", page)], &[device, &others[0], &others[1]]);
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = checkout::path("fixtures").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// How many contradictions there are with the documents alone, of each version that lists were kept of.
#[test]
fn the_overlay_settles_all_that_the_lists_of_real_servers_contradict() {
    let source = Source::of_repository();
    let corrected = source.corrected().unwrap();
    let mut documents = source.extract().unwrap();
    let mut settled = Vec::new();
    for path in fixtures("lists").iter().filter(|path| path.extension().is_some_and(|end| end == "gz")) {
        let answers = Answers::of_file(path).unwrap();
        let found = contradictions(&corrected.release(answers.version).unwrap().facts, &answers);
        assert_eq!(told(found), [""; 0], "{}", path.display());
        let release = documents.documents.get_mut(&answers.version).unwrap();
        release.facts.infer();
        settled.push((answers.version.to_string(), contradictions(&release.facts, &answers).len()));
    }
    let settled: Vec<_> = settled.iter().map(|(version, count)| (&**version, *count)).collect();
    assert_eq!(settled, [("4.3", 49), ("4.4", 52), ("4.5", 41), ("4.6", 39), ("4.7", 35)]);
}

#[test]
fn the_recordings_contradict_nothing() {
    let corrected = Source::of_repository().corrected().unwrap();
    for folder in fixtures("cassettes") {
        let mut answers = Answers::new(folder.file_name().unwrap().to_str().unwrap().parse().unwrap());
        for path in fs::read_dir(&folder).unwrap() {
            let cassette: Value = serde_json::from_slice(&fs::read(path.unwrap().path()).unwrap()).unwrap();
            for exchange in cassette["exchanges"].as_array().unwrap() {
                add_whole(&mut answers, exchange);
            }
        }
        assert!(answers.objects.len() > 5, "{} has no objects", folder.display());
        let found = contradictions(&corrected.release(answers.version).unwrap().facts, &answers);
        assert_eq!(told(found), [""; 0], "{}", folder.display());
    }
}

/// Adds the objects of an answer to a GET of a list or of one object, if they are whole.
fn add_whole(answers: &mut Answers, exchange: &Value) {
    let (request, response) = (&exchange["request"], &exchange["response"]);
    let narrowed = ["fields", "omit", "brief", "exclude"];
    let query = request["query"].as_array().into_iter().flatten();
    let is_whole = query.filter(|pair| narrowed.iter().any(|name| pair[0] == *name)).count() == 0;
    let path = request["path"].as_str().unwrap().strip_prefix("/api/").unwrap_or_default();
    let endpoint = path.trim_end_matches(|c: char| c == '/' || c.is_ascii_digit());
    // Below an object is none.
    let is_object = endpoint.split('/').count() == 2;
    if request["method"] == "GET" && response["status"] == 200 && is_whole && is_object {
        answers.add(endpoint, response["body"]["json"].clone());
    }
}
