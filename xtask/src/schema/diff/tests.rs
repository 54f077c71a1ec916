use super::*;
use crate::schema::extract::Extract;

#[track_caller]
fn check(text: &str, expected: &str) {
    let extract = Extract::read(text).unwrap();
    let releases: Vec<_> = extract.documents.values().collect();
    let [from, to] = *releases else { panic!("a difference has two sides") };
    assert_eq!(diff(from, to), expected);
}

#[test]
fn what_changed_is_told_by_endpoint() {
    check(
        "\
documents 4.6.8 4.7.3

dcim/feeds @4.7-
  route . GET
  field id integer
  filter id integer =

dcim/old @4.6
  route . GET

dcim/racks
  route . GET POST
  route * GET @4.6
  route * GET PUT @4.7-
  route trace GET @4.7-
  controls limit @4.6
  controls limit start @4.7-
  field id integer
  field face choice @4.6
  field face choice null @4.7-
  field site foreign-key required -> dcim/sites @4.6
  field site foreign-key read-only -> dcim/regions @4.7-
  field cooling choice null required @4.7-
  field gone text @4.6
  values face front
  values face top @4.7-
  values face rear @4.6
  values cooling air liquid @4.7-
  filter name text = ic @4.6
  filter name text repeatable = n @4.7-
  filter a text = @4.7-
  filter b text = @4.7-
  filter c text = @4.6

dcim/same
  route . GET
",
        "\
NetBox 4.6.8 to 4.7.3

New endpoints
  dcim/feeds: 1 field, 1 filter

Endpoints that are gone
  dcim/old: 0 fields, 0 filters

dcim/racks
  ~ field face: can be null now; choices +top -rear
  ~ field site: refers to dcim/regions now, and did to dcim/sites; is no longer required; is read-only now
  + field cooling: choice (air, liquid), can be null, required
  - field gone
  + filters a, b
  ~ filter name: takes several values now; lookups +n -ic
  - filter c
  ~ route of an object: +PUT
  + route trace: +GET
  + parameter start

1 endpoint new, 1 gone, 1 changed; fields: 1 more, 1 fewer, 2 changed; filters: 2 more, 1 fewer, 1 changed; routes: 1 more, 0 fewer, 1 changed; parameters: 1 more, 0 fewer, 0 changed.
",
    );
}

#[test]
fn what_changed_in_many_endpoints_is_told_once() {
    let mut text = "documents 4.6.8 4.7.3\n".to_owned();
    for number in 1..=8 {
        text.push_str(&format!("\na/{number}\n  field owner text @4.7-\n  filter owner text = @4.7-\n"));
    }
    text.push_str("\na/9\n  field id integer @4.7-\n");
    check(
        &text,
        "\
NetBox 4.6.8 to 4.7.3

In 8 endpoints
  + field owner: text
  + filter owner
    all but a/9

a/9
  + field id: integer

0 endpoints new, 0 gone, 9 changed; fields: 9 more, 0 fewer, 0 changed; filters: 8 more, 0 fewer, 0 changed; routes: 0 more, 0 fewer, 0 changed; parameters: 0 more, 0 fewer, 0 changed.
",
    );
}

#[test]
fn a_version_does_not_differ_from_itself() {
    let text =
        "documents 4.6.8 4.7.3\n\ndcim/racks\n  route . GET\n  field face choice\n  values face front rear\n";
    let nothing = "NetBox 4.6.8 to 4.7.3\n\n0 endpoints new, 0 gone, 0 changed; fields: 0 more, 0 fewer, 0 changed; \
                   filters: 0 more, 0 fewer, 0 changed; routes: 0 more, 0 fewer, 0 changed; parameters: 0 more, \
                   0 fewer, 0 changed.\n";
    check(text, nothing);
}

#[test]
fn long_lists_are_wrapped() {
    let mut text = String::new();
    let names: Vec<_> = (0..40).map(|number| format!("name_{number}")).collect();
    wrap(&mut text, "- ", "  ", names.iter().map(String::as_str), ", ");
    assert!(text.lines().count() > 1 && text.lines().all(|line| line.len() <= WIDTH + 1), "{text}");
    assert_eq!(text.replace("\n  ", " "), format!("- {}\n", names.join(", ")));
}
