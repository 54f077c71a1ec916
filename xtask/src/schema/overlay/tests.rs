use super::*;
use crate::schema::{
    facts::{Key, KeyPart},
    vocabulary::KeyRule,
};

const DOCUMENTS: &str = "\
documents 4.5.10 4.6.8 4.7.3

dcim/cables
  controls limit
  controls start @4.6-
  field id integer
  field bundle integer @4.6-
  field profile choice @4.5-4.6
  field profile choice null @4.7-
  field side text
  field count integer required
  values profile single
  filter created date-time = empty
  filter q text =
  filter start integer = n @4.5

dcim/racks
  field id integer
  field bundle foreign-key -> Bundle

status
  field id integer
";

/// Checks the facts of `cables` once they are corrected, in the form of the extract.
#[track_caller]
fn check(overlay: &str, expected: &str) {
    let overlay = format!("# Evidence.\n{overlay}\ndcim/racks.bundle -> dcim/cables @4.5-\n");
    let corrected = Overlay::read(&overlay).unwrap().correct(Extract::read(DOCUMENTS).unwrap()).unwrap();
    let written = corrected.write();
    assert!(written.contains(expected), "{written}");
}

#[track_caller]
fn check_refused(overlay: &str, why: &str) {
    let read = Overlay::read(overlay);
    let error = read.and_then(|overlay| overlay.correct(Extract::read(DOCUMENTS).unwrap())).unwrap_err();
    assert!(format!("{error:#}").contains(why), "{error:#}");
}

#[test]
fn fields_are_corrected_in_the_versions_that_are_named() {
    check("dcim/cables.profile null @4.5", "field profile choice @4.6\n");
    check("dcim/cables.profile null @4.5-4.6", "field profile choice null\n");
    check("dcim/cables.side is bare-choice = A B @4.5-", "field side bare-choice\n");
    check("dcim/cables.side is bare-choice = A B @4.5-", "values side A B\n");
    check(
        "dcim/cables.bundle is bare-key -> dcim/cables @4.6-",
        "field bundle bare-key -> dcim/cables @4.6-\n",
    );
    check("dcim/cables.side required @4.6", "field side text required @4.6\n");
    check("dcim/cables.id,side nested @4.6", "field id integer nested @4.6\n");
    check("dcim/cables.id,side nested @4.6", "field side text nested @4.6\n");
    check("dcim/cables.id nested @4.5-\ndcim/cables.id unnested @4.6-", "field id integer nested @4.5\n");
    check("dcim/cables.count absent @4.5-4.6", "field count integer required @4.7-\n");
    check("dcim/cables.new added texts read-only null @4.7-", "field new texts read-only null @4.7-\n");
}

#[test]
fn parameters_are_corrected() {
    check("dcim/cables?created__empty absent @4.5-4.6", "filter created date-time = @4.5-4.6\n");
    check("dcim/cables?brief added @4.5", "controls brief limit @4.5\n");
    check("*?brief added @4.5-\n*?limit absent @4.5-", "controls brief @4.5\n");
    check("dcim/cables?q absent @4.5-4.6", "filter q text = @4.7-\n");
    check("dcim/cables?start absent @4.5-4.6", "controls limit start @4.7-\n");
    check("dcim/cables?start absent @4.5-4.6", "filter start integer n @4.5\n");
}

/// The facts of 4.7 once the overlay has been applied.
fn newest(overlay: &str) -> Facts {
    let overlay = format!("# Evidence.\ndcim/racks.bundle -> dcim/cables @4.5-\n{overlay}");
    let known = Overlay::read(&overlay).unwrap().correct(Extract::read(DOCUMENTS).unwrap()).unwrap();
    known.documents.into_values().next_back().unwrap().facts
}

#[test]
fn what_no_document_tells_follows_from_the_corrected_documents() {
    let ordering = "dcim/cables?ordering added @4.5-";
    let cables = |overlay: &str| newest(&format!("{ordering}\n{overlay}")).endpoints["dcim/cables"].clone();
    let ordered = |overlay: &str| cables(overlay).field("side").unwrap().ordered;
    assert!(ordered(""));
    assert!(!newest("").endpoints["dcim/cables"].field("side").unwrap().ordered, "the list takes no order");
    assert!(!ordered("dcim/cables.side unordered @4.6-") && ordered("dcim/cables.side unordered @4.5-4.6"));
    assert!(!ordered("dcim/cables.side is generic @4.5-"), "whichever of the lines is first");
    assert!(!ordered("*.id,side unordered @4.5-"));

    assert_eq!(cables("").object_type.as_deref(), Some("dcim.cable"));
    assert_eq!(cables("dcim/cables typed dcim.cord @4.5-").object_type.as_deref(), Some("dcim.cord"));
    assert_eq!(newest("").endpoints["status"].object_type, None);

    assert!(!cables("").versioned && cables("* versioned @4.6-").versioned);
    assert!(!cables("* versioned @4.5-\ndcim/cables unversioned @4.6-").versioned);

    let keys = cables("dcim/cables keyed id @4.5-\ndcim/cables known side~ bundle=null count?* @4.6-").keys;
    let part = |name: &str, rule, ignores_case, null_is_unique| KeyPart {
        name: name.to_owned(),
        rule,
        ignores_case,
        null_is_unique,
    };
    let parts = vec![
        part("side", KeyRule::Given, true, true),
        part("bundle", KeyRule::Null, false, true),
        part("count", KeyRule::Any, false, false),
    ];
    let id = vec![part("id", KeyRule::Given, false, true)];
    assert_eq!(keys, [Key { parts: id, unique: true }, Key { parts, unique: false }]);

    assert_eq!(newest("*?query renamed q @4.5-").renamed["query"], "q");
    assert!(newest("*.side unfiltered @4.5-").unfiltered.contains("side"));
}

#[test]
fn what_is_so_without_an_observation_is_refused() {
    let ordered = "# E.\ndcim/racks.bundle -> dcim/cables @4.5-\ndcim/cables?ordering added @4.5-\n";
    let check = |line: &str, why: &str| check_refused(&format!("{ordered}{line}"), why);
    check("dcim/cables.side is generic @4.5-\ndcim/cables.side unordered @4.5-", "4.5: dcim/cables is so");
    check("dcim/cables.side unordered @4.5-\ndcim/cables.side unordered @4.7-", "4.7: dcim/cables is so");
    check("dcim/racks.id unordered @4.5-", "dcim/racks is so without it");
    check("dcim/cables.size unordered @4.5-", "there is nothing of the kind");
    check("dcim/cables typed dcim.cable @4.5-", "dcim/cables is so without it");
    check("dcim/cables unversioned @4.5-", "dcim/cables is so without it");
    check("dcim/cables keyed side @4.5-\ndcim/cables keyed side @4.7-", "4.7: dcim/cables is so without it");
    check("dcim/cables keyed side length @4.5-", "there is nothing of the kind");
    check("dcim/cords versioned @4.5-", "there is nothing of the kind");
    check("*?query renamed qq @4.5-", "no endpoint has a filter `qq`");
    check("*?created renamed q @4.5-", "no endpoint has a filter `q` without one `created`");
    check("*?query renamed q @4.5-\n*?query renamed q @4.7-", "4.7: it is said twice");
    check("*.sides unfiltered @4.5-", "no endpoint has the field");
    check("dcim/cables.q added text @4.5-\n*.q unfiltered @4.5-", "dcim/cables has a filter of that name");
    check("*.side unfiltered @4.5-\n*.side unfiltered @4.5-", "it is said twice");
    check("dcim/cables.side unfiltered @4.5-", "of all endpoints at once");
}

#[test]
fn what_the_documents_do_not_need_is_refused() {
    check_refused("# E.\ndcim/cables.profile null @4.5-", "4.7: dcim/cables is so without it");
    check_refused("# E.\ndcim/cables.bundle null @4.5-", "4.5: there is nothing of the kind");
    check_refused("# E.\ndcim/cables.side,sdie nested @4.5", "there is nothing of the kind");
    check_refused("# E.\ndcim/cabels.profile null @4.5", "there is nothing of the kind");
    check_refused("# E.\ndcim/cables?nmae absent @4.5", "there is nothing of the kind");
    check_refused("# E.\ndcim/cables?created__ic absent @4.5", "there is nothing of the kind");
    check_refused("# E.\ndcim/cables?limit added @4.5", "dcim/cables is so without it");
    check_refused("# E.\ndcim/cables.side added text @4.5", "dcim/cables is so without it");
    check_refused("# E.\ndcim/cables.profile null @4.4", "NetBox 4.4 is not among the versions");
}

#[test]
fn what_is_no_correction_is_refused() {
    check_refused("dcim/cables.profile null @4.5", "no evidence");
    check_refused("# E.\n\ndcim/cables.profile null @4.5", "no evidence");
    check_refused("# E.\ndcim/cables.profile null", "no versions");
    check_refused("# E.\ndcim/cables.profile nul @4.5", "no such correction");
    check_refused("# E.\ndcim/cables.profile null too @4.5", "no such correction");
    check_refused("# E.\ndcim/cables null @4.5", "an endpoint is `typed`, `keyed` or `known` something");
    check_refused("# E.\ndcim/cables?q added @4.5", "a parameter is `absent`");
    check_refused("# E.\ndcim/cables?q__cc absent @4.5", "what is `cc`?");
    check_refused("# E.\ndcim/cables.side is texty @4.5", "what is `texty`?");
}

#[test]
fn keys_that_point_nowhere_are_refused() {
    check_refused(
        "# E.\ndcim/racks.bundle -> dcim/bundles @4.5-",
        "dcim/racks.bundle: foreign-key -> dcim/bundles",
    );
    check_refused("", "dcim/racks.bundle: foreign-key -> Bundle");
}
